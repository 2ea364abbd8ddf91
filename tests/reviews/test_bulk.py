"""A whole locked round written from prepared rows closes its tables, or is not written at all."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.households.models import Household
from chungtay.law.refusals import Refused
from chungtay.records import journal
from chungtay.reviews.models import Assessment, CommuneReview, Figures, Round
from tests.make import Province
from tests.reviews.people import (
    FOREIGN,
    NEAR,
    OUTSIDE,
    OWN,
    POOR,
    SERVICE,
    SIBLING,
    household,
    households,
    locked,
    row,
)

pytestmark = pytest.mark.django_db


def figures(round: Round, province: Province, commune: str = OWN) -> Figures:
    return Figures.objects.in_force().get(round=round, place=province.places[commune])


def test_the_first_list_counts_by_class_and_tells_no_moves(province: Province) -> None:
    a, b, c, d = households(province, 4)
    first = locked(province, 2016, [row(a, POOR), row(b, SERVICE, minority=True), row(c, NEAR), row(d, OUTSIDE)])
    found = figures(first, province)
    assert (found.income_poor, found.service_poor, found.poor, found.near_poor) == (1, 1, 2, 1)
    assert (found.poor_persons, found.near_poor_persons, found.minority_poor) == (8, 4, 1)
    assert found.flows == {}
    assert (found.of_first_income_poor, found.of_first_service_poor) == (1, 1)
    assert found.groups["poor"] == {"minority": 1, "no_labour": 0, "merit": 0, "other": 1}
    assert {one.standing for one in Household.objects.all()} == {"income_poor", "service_poor", "near_poor", "outside"}
    assert {one.standing_since for one in Household.objects.all()} == {date(2016, 12, 1)}


def test_a_year_later_every_column_of_the_movement_is_told(province: Province) -> None:
    kept, risen, escaped, fell, new, moved = households(province, 6)
    first = locked(
        province, 2016,
        [row(kept, POOR), row(risen, POOR), row(escaped, POOR), row(fell, NEAR), row(new, OUTSIDE), row(moved, POOR)],
    )  # fmt: skip
    moved_rows = [row(moved, None, gone="moved_out"), row(moved, POOR, place=province.places[SIBLING].pk,
                                                          came="moved_in")]  # fmt: skip
    split = household(province, persons=2)
    second = locked(
        province, 2017,
        [row(kept, SERVICE, persons=3), row(risen, NEAR), row(escaped, OUTSIDE), row(fell, POOR), row(new, POOR),
         row(split, POOR, came="split"), *moved_rows],
        previous=first,
    )  # fmt: skip
    poor = figures(second, province).flows["poor"]
    assert poor == {
        "start": 4, "to_other": 1, "above": 1, "other_decrease": 1, "from_other": 1, "relapsed": 0,
        "newly_arising": 1, "other_increase": 1, "end": 4,
    }  # fmt: skip
    persons = figures(second, province).flows["poor_persons"]
    assert (persons["start"], persons["end"]) == (16, 3 + 4 + 4 + 2)
    assert figures(second, province, SIBLING).flows["poor"]["other_increase"] == 1
    assert figures(second, province).newly_escaped == 1
    escaped.refresh_from_db()
    assert (escaped.standing, escaped.escaped_on) == ("outside", date(2018, 1, 6))
    assert figures(second, province).of_first_income_poor == 1  # `kept`; `moved` is counted where it lives now
    assert figures(second, province, SIBLING).of_first_income_poor == 1


def test_a_household_that_escaped_and_is_poor_again_has_relapsed(province: Province) -> None:
    one = household(province)
    first = locked(province, 2016, [row(one, POOR)])
    second = locked(province, 2017, [row(one, OUTSIDE)], previous=first)
    third = locked(province, 2018, [row(one, POOR)], previous=second)
    assert figures(third, province).flows["poor"]["relapsed"] == 1
    one.refresh_from_db()
    assert (one.standing, one.escaped_on) == ("income_poor", None)


def test_a_listed_household_that_is_told_nowhere_keeps_the_round_from_being_written(province: Province) -> None:
    kept, forgotten = households(province, 2)
    first = locked(province, 2016, [row(kept, POOR), row(forgotten, NEAR)])
    with pytest.raises(Refused) as refused:
        locked(province, 2017, [row(kept, POOR)], previous=first)
    assert [reason.text for reason in refused.value.reasons] == [
        "xa Thổ Sơn: Biến động hộ cận nghèo không khớp: đầu kỳ 1 - giảm 0 + tăng 0 = 1, nhưng cuối kỳ là 0 (lệch -1).",
        "xa Thổ Sơn: Biến động số người thuộc hộ cận nghèo không khớp: đầu kỳ 4 - giảm 0 + tăng 0 = 4, nhưng cuối kỳ "
        "là 0 (lệch -4).",
    ]
    assert Round.objects.count() == 1


def test_every_wrong_row_is_named_at_once(province: Province) -> None:
    a, b, c = households(province, 3)
    with pytest.raises(Refused) as refused:
        locked(province, 2016, [row(a, (100, 25)), row(b, None), row(c, POOR, place=province.places["kg-903"].pk)])
    told = str(refused.value)
    assert f"Hộ {a.pk}: Điểm B2 phải là bội số của 10" in told
    assert f"Hộ {b.pk}: Không có điểm B1, B2 hoặc thu nhập." in told
    assert f"Hộ {c.pk} thuộc xã" in told
    assert not Round.objects.exists()
    assert not Assessment.objects.exists()


def test_more_listed_households_than_the_commune_has_are_refused(province: Province) -> None:
    listed = [row(one, POOR) for one in households(province, 3)]
    with pytest.raises(Refused, match=r"nhiều hơn tổng số hộ của xã \(2\)"):
        locked(province, 2016, listed, size=2)


def test_another_standard_begins_another_line_of_comparison(province: Province) -> None:
    one = household(province)
    first = locked(province, 2021, [row(one, POOR)])
    second = locked(province, 2022, [row(one, (130, 30))], previous=first)
    assert figures(second, province).flows == {}
    assert figures(second, province).poor == 1
    assert not second.compares


def test_the_number_of_statements_does_not_grow_with_the_number_of_households(province: Province) -> None:
    def asked(year: int, count: int) -> int:
        rows = [row(one, POOR) for one in households(province, count)]
        with CaptureQueriesContext(connection) as queries:
            locked(province, year, rows)
        return sum(not one["sql"].startswith("INSERT") for one in queries)

    assert asked(2016, 5) == asked(2017, 200)


def test_the_round_is_written_in_the_journal_and_its_communes_are_locked(province: Province) -> None:
    first = locked(province, 2016, [row(household(province, FOREIGN), POOR)])
    assert set(CommuneReview.objects.values_list("stage", flat=True)) == {"locked"}
    entry = journal.of(first).get()
    assert (entry.act, entry.body["poor"], entry.body["communes"]) == ("write_round", 1, 3)
