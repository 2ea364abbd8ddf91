"""After the award: a household poor again, a commune off its rate. A notice to help; the award stays as it is."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from chungtay.decisions.models import Award
from chungtay.households.models import Household
from chungtay.law.refusals import Refused
from chungtay.prospects import actions, watching
from chungtay.prospects.models import Help
from chungtay.prospects.watching import Notice
from chungtay.records.models import Entry
from chungtay.targets.models import Assigned
from tests.make import TODAY, Province, post_form
from tests.prospects.people import home, honoured, stands
from tests.reviews.people import OUTSIDE, POOR, locked, row

SIGNED, REVIEWED = date(2020, 10, 5), date(2020, 10, 15)
PLAN = "Hội Phụ nữ xã đến thăm, làm thủ tục vay vốn."


def relapsed(province: Province, name: str = "Danh Thị Khổ", **more: Any) -> tuple[Award, Household]:
    party, kept = home(province, name, **more)
    award = honoured(province, party, SIGNED, **({"seat": "commune_b"} if more else {}))
    stands(kept, "poor", REVIEWED)
    return award, kept


def notices(province: Province, seat: str = "commune", *, taken: bool = False) -> list[Notice]:
    found = watching.watched(province.seats[seat], province.movement, TODAY, taken=taken)
    return [*found.places, *found.households]


def test_an_honoured_household_that_is_poor_again_is_a_notice(province: Province) -> None:
    award, kept = relapsed(province)
    [one] = notices(province)
    assert (one.award, one.name, one.about) == (award.pk, kept.head_name, "2020-10-15")
    assert "hộ nghèo" in one.sentence


@pytest.mark.parametrize(
    ("standing", "since"),
    [("near_poor", REVIEWED), ("outside", REVIEWED), ("poor", SIGNED), ("poor", date(2020, 10, 21))],
    ids=["near-poor", "out", "known when it was honoured", "only from tomorrow"],
)
def test_a_household_that_is_not_poor_again_is_none(province: Province, standing: str, since: date) -> None:
    party, kept = home(province, "Danh Thị Vững")
    honoured(province, party, SIGNED)
    stands(kept, standing, since)
    assert notices(province) == []


@pytest.mark.parametrize(("scores", "expected"), [(POOR, 0), (OUTSIDE, 1)], ids=["poor then", "out then"])
def test_again_means_that_it_was_not_poor_when_it_was_honoured(province: Province, scores: Any, expected: int) -> None:
    party, kept = home(province, "Danh Thị Khổ")
    locked(province, 2019, [row(kept, scores)])
    honoured(province, party, SIGNED)
    stands(kept, "poor", REVIEWED)
    assert len(notices(province)) == expected


OLD, NEW = date(2021, 12, 31), date(2022, 1, 1)


@pytest.mark.parametrize(("since", "expected"), [(OLD, 1), (NEW, 0)], ids=["the same standard", "the next one"])
@pytest.mark.parametrize("was_reviewed", [True, False])
def test_poor_by_a_standard_that_came_after_the_award_is_not_poor_again(
    province: Province, since: date, expected: int, was_reviewed: bool
) -> None:
    party, kept = home(province, "Danh Thị Khổ")
    if was_reviewed:
        locked(province, 2019, [row(kept, OUTSIDE)])
    honoured(province, party, SIGNED)
    stands(kept, "poor", since)
    assert watching.poor_again(province.seats["labour"], date(2022, 2, 1)).count() == expected


@pytest.mark.parametrize(("scores", "expected"), [(OUTSIDE, 1), ((100, 30), 0)], ids=["out in between", "poor in both"])
def test_whoever_was_not_poor_by_the_new_standard_may_be_poor_again_by_it(
    province: Province, scores: Any, expected: int
) -> None:
    party, kept = home(province, "Danh Thị Khổ")
    honoured(province, party, SIGNED)
    locked(province, 2022, [row(kept, scores)])
    stands(kept, "poor", date(2023, 12, 1))
    assert watching.poor_again(province.seats["labour"], date(2024, 2, 1)).count() == expected


def test_a_household_that_has_left_the_register_or_was_never_honoured_is_none(province: Province) -> None:
    _, kept = relapsed(province)
    Household.objects.filter(pk=kept.pk).update(closed_on=TODAY, closed_why="moved_out", persons=0, unnamed=0)
    _, other = home(province, "Chưa Được Khen")
    stands(other, "poor", REVIEWED)
    assert notices(province) == []


@pytest.mark.parametrize(("seat", "expected"), [
    ("commune", 1), ("district", 1), ("front", 1), ("labour", 1), ("commune_b", 0), ("commune_c", 0),
])  # fmt: skip
def test_it_is_shown_to_the_desks_of_the_area_that_can_help(province: Province, seat: str, expected: int) -> None:
    relapsed(province)
    assert len(notices(province, seat)) == expected


def test_taking_on_says_what_will_be_done_and_moves_the_notice(province: Province) -> None:
    award, _ = relapsed(province)
    client = province.client("commune")
    page = client.get(f"/xet-khen/sau-khen/{award.pk}/tai-ngheo/")
    assert page.status_code == 200
    assert "không ảnh hưởng đến khen thưởng" in page.content.decode()
    short = post_form(client, f"/xet-khen/sau-khen/{award.pk}/tai-ngheo/", {"text": "Giúp"})
    assert short.status_code == 422
    assert post_form(client, f"/xet-khen/sau-khen/{award.pk}/tai-ngheo/", {"text": PLAN}).status_code == 302
    assert notices(province) == []
    [one] = notices(province, taken=True)
    assert [help.text for help in one.helps] == [PLAN]
    assert Entry.objects.order_by("-seq")[0].act == "take_on_help"
    assert Award.objects.get(pk=award.pk).changes.count() == 0


def test_a_household_that_is_poor_again_a_second_time_is_a_new_notice(province: Province) -> None:
    _, kept = relapsed(province)
    actions.take_on(notices(province)[0], PLAN, by=province.seats["front"], on=date(2020, 10, 16))
    assert notices(province) == []
    stands(kept, "service_poor", date(2020, 10, 19))
    assert len(notices(province)) == 1


@pytest.mark.parametrize("seat", ["board", "commune_b", "chair"])
def test_another_desk_or_another_area_takes_nothing_on(province: Province, seat: str) -> None:
    relapsed(province)
    [one] = notices(province)
    with pytest.raises(Refused):
        actions.take_on(one, PLAN, by=province.seats[seat], on=TODAY)
    assert not Help.objects.exists()


def committee(province: Province, *figures: tuple[int, str]) -> Award:
    """The commune's committee, honoured in 2020, with the rates assigned to it."""
    award = honoured(province, province.bodies["commune"], SIGNED, content="c", seat="district", period_to=SIGNED)
    place = province.places["kg-30847"]
    for year, value in figures:
        Assigned.objects.create(
            movement=province.movement, goal="T1", place=place, area_path=province.bodies["commune"].area_path,
            year=year, value=Decimal(value), assigned_on=date(year, 1, 15),
        )  # fmt: skip
    return award


@pytest.mark.parametrize(
    ("value", "expected"), [("0.09", 1), ("0.10", 0), ("0.50", 0)], ids=["missed", "just met", "met"]
)
def test_an_honoured_commune_off_its_assigned_rate_is_a_notice(
    province: Province, monkeypatch: Any, value: str, expected: int
) -> None:
    award = committee(province, (2020, value))
    kept = home(province, "Hộ Nghèo Mới")[1]
    locked(province, 2020, [row(kept, POOR)])
    found = watching.off_rate(province.seats["labour"], province.movement, date(2021, 2, 1))
    assert [(one.award, one.about) for one in found] == [(award.pk, "2020")] * expected
    assert all("được giao còn 0,09%" in one.sentence and "thực tế còn 0,1" in one.sentence for one in found)


def test_a_year_that_the_award_speaks_of_is_no_notice(province: Province) -> None:
    committee(province, (2019, "0.01"))
    kept = home(province, "Hộ Nghèo")[1]
    locked(province, 2019, [row(kept, POOR)])
    assert watching.off_rate(province.seats["labour"], province.movement, TODAY) == []


@pytest.mark.parametrize("change", [{"text": ""}, {"about": ""}, {"cause": "khac"}])
def test_help_that_says_nothing_is_refused_by_the_table(province: Province, change: dict[str, str]) -> None:
    award, _ = relapsed(province)
    told = {"cause": "poor_again", "about": "2020-10-15", "text": PLAN, "by": "Người", "desk": "Xã", **change}
    with pytest.raises(IntegrityError), transaction.atomic():
        Help.objects.create(award=award, on=TODAY, area_path="00001", **told)


def test_what_was_taken_on_is_never_changed(province: Province) -> None:
    relapsed(province)
    made = actions.take_on(notices(province)[0], PLAN, by=province.seats["commune"], on=TODAY)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Help.objects.filter(pk=made.pk).update(text="Không làm gì")
