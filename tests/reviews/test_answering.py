"""Whether a household left poverty, by the locked reviews."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.households.models import Household
from chungtay.law.criteria import Known
from chungtay.parties.models import Party
from chungtay.reviews import answering
from chungtay.reviews.models import Application
from tests.make import TODAY, Province
from tests.reviews.people import NEAR, OUTSIDE, POOR, SERVICE, household, locked, row

pytestmark = pytest.mark.clause("KH IV.1.2.a")

SINCE, UNTIL = date(2018, 1, 1), date(2020, 9, 30)
Points = tuple[int, int]


def known_household(province: Province, name: str = "Hộ một") -> tuple[Household, Party]:
    """A household of the register that is also a party."""
    home, party = household(province), province.household(name)
    Household.objects.filter(pk=home.pk).update(party=party)
    return home, party


def reviewed(province: Province, home: Household, *years: tuple[int, Points]) -> None:
    """The household's points in one locked round after another."""
    previous = None
    for year, points in years:
        previous = locked(province, year, [row(home, points)], previous=previous)


def answer(*parties: Party, since: date = SINCE, until: date = UNTIL, on: date = TODAY) -> dict[int, Known]:
    return answering.household_left_poverty([one.pk for one in parties], since=since, until=until, on=on)


@pytest.mark.parametrize("poor", [POOR, SERVICE])
@pytest.mark.parametrize(("after", "out"), [(NEAR, True), (OUTSIDE, True), (POOR, False)])
def test_whoever_was_poor_and_is_so_no_more_has_left_poverty(
    province: Province, poor: Points, after: Points, out: bool
) -> None:
    home, party = known_household(province)
    reviewed(province, home, (2018, poor), (2019, after))
    known = answer(party)[party.pk]
    assert known.value is out
    assert "06/01/2020" in known.because


def test_a_household_that_fell_back_is_not_out(province: Province) -> None:
    home, party = known_household(province)
    reviewed(province, home, (2017, POOR), (2018, OUTSIDE), (2019, POOR))
    assert answer(party)[party.pk].value is False


def test_one_that_left_long_before_and_stayed_out_counts_with_its_day(province: Province) -> None:
    home, party = known_household(province)
    reviewed(province, home, (2016, POOR), (2017, NEAR), (2018, OUTSIDE), (2019, OUTSIDE))
    known = answer(party)[party.pk]
    assert known.value is True
    assert "06/01/2018" in known.because


@pytest.mark.parametrize(("since", "met"), [(date(2018, 1, 6), True), (date(2018, 1, 7), False)])
def test_leaving_before_the_period_is_no_achievement_of_it(province: Province, since: date, met: bool) -> None:
    home, party = known_household(province)
    reviewed(province, home, (2016, POOR), (2017, OUTSIDE), (2018, OUTSIDE), (2019, OUTSIDE))
    known = answer(party, since=since)[party.pk]
    assert known.value is met
    told = "Đã thoát nghèo từ ngày 06/01/2018, trước thời gian tính thành tích (từ 07/01/2018)."
    assert (known.because == told) is not met


def test_who_left_before_the_period_and_is_poor_again_is_told_as_poor(province: Province) -> None:
    home, party = known_household(province)
    reviewed(province, home, (2016, POOR), (2017, OUTSIDE), (2018, POOR))
    known = answer(party, since=date(2019, 1, 1))[party.pk]
    assert (known.value, "trước thời gian" in known.because) == (False, False)


def test_who_fell_back_and_left_again_in_the_period_has_achieved_it(province: Province) -> None:
    home, party = known_household(province)
    reviewed(province, home, (2016, POOR), (2017, OUTSIDE), (2018, POOR), (2019, NEAR))
    assert answer(party, since=date(2020, 1, 1))[party.pk].value is True


def test_whoever_left_after_the_period_did_not_leave_in_it(province: Province) -> None:
    home, party = known_household(province)
    reviewed(province, home, (2018, POOR), (2019, OUTSIDE))
    assert answer(party, until=date(2020, 1, 5))[party.pk].value is False
    assert answer(party, until=date(2020, 1, 6))[party.pk].value is True


def test_a_round_counts_from_the_day_it_was_locked(province: Province) -> None:
    home, party = known_household(province)
    reviewed(province, home, (2018, POOR), (2019, OUTSIDE))
    assert answer(party, on=date(2020, 1, 7))[party.pk].value is False
    assert answer(party, on=date(2020, 1, 8))[party.pk].value is True


def test_a_request_granted_in_the_year_counts_from_its_decision(province: Province) -> None:
    home, party = known_household(province)
    reviewed(province, home, (2019, POOR))
    Application.objects.create(
        household=home, area_path=home.area_path, kind="leave", reason="Có việc làm", received_on=date(2020, 3, 1),
        due_on=date(2020, 3, 11), due_source="TT 17/2016", state="granted", decided_on=date(2020, 3, 9),
        before="income_poor", standing="outside", move="escaped_above",
    )  # fmt: skip
    assert answer(party, on=date(2020, 3, 8))[party.pk].value is False
    assert answer(party, on=date(2020, 3, 9))[party.pk].value is True


POOR_BY_NEW = (100, 30)
OLD, NEW = date(2021, 12, 31), date(2022, 1, 1)
LATE = {"until": date(2024, 12, 31), "on": date(2025, 1, 31)}


def across(province: Province, home: Household, *years: tuple[int, date, Points]) -> None:
    """Locked rounds by the standard of the given days, one after another."""
    previous = None
    for year, day, points in years:
        previous = locked(province, year, [row(home, points)], previous=previous, review_on=day)


@pytest.mark.parametrize(("day", "expected"), [(OLD, [True]), (NEW, [])], ids=["the same standard", "the next one"])
def test_classes_of_two_standards_do_not_tell_that_a_household_left_poverty(
    province: Province, day: date, expected: list[bool]
) -> None:
    home, party = known_household(province)
    across(province, home, (2020, date(2020, 12, 1), POOR), (2021, day, OUTSIDE))
    assert [known.value for known in answer(party, **LATE).values()] == expected


def test_who_left_by_the_old_standard_and_is_poor_by_the_new_has_no_answer(province: Province) -> None:
    home, party = known_household(province)
    across(province, home, (2019, date(2019, 12, 1), POOR), (2021, OLD, OUTSIDE), (2022, NEW, POOR_BY_NEW))
    assert answer(party, **LATE) == {}
    assert answer(party, until=date(2022, 12, 31), on=date(2022, 1, 31))[party.pk].value is True


def test_who_left_by_the_old_standard_and_is_not_poor_by_the_new_is_out_by_both(province: Province) -> None:
    home, party = known_household(province)
    across(province, home, (2019, date(2019, 12, 1), POOR), (2021, OLD, OUTSIDE), (2022, NEW, OUTSIDE))
    known = answer(party, **LATE)[party.pk]
    assert known.value is True
    assert "06/01/2022" in known.because
    assert "theo chuẩn 2022-2026 (thoát nghèo theo chuẩn 2016-2020)" in known.because


@pytest.mark.parametrize(
    ("last", "expected"), [(OUTSIDE, True), (POOR_BY_NEW, False)], ids=["left by the new", "poor by the new still"]
)
def test_two_rounds_of_the_new_standard_tell_it_again(province: Province, last: Points, expected: bool) -> None:
    home, party = known_household(province)
    years = (2021, OLD, POOR), (2022, NEW, POOR_BY_NEW), (2023, date(2023, 12, 1), last)
    across(province, home, *years)
    assert answer(party, **LATE)[party.pk].value is expected


@pytest.mark.parametrize(("move", "expected"), [("escaped_above", [True]), ("", [])])
def test_a_request_granted_by_another_standard_tells_no_way_out(
    province: Province, move: str, expected: list[bool]
) -> None:
    home, party = known_household(province)
    Application.objects.create(
        household=home, area_path=home.area_path, kind="leave", reason="Có việc làm", received_on=date(2022, 3, 1),
        due_on=date(2022, 3, 22), due_source="QĐ 24/2021", state="granted", decided_on=date(2022, 3, 9),
        before="income_poor", standing="outside", move=move,
    )  # fmt: skip
    assert [known.value for known in answer(party, **LATE).values()] == expected


def test_without_data_there_is_no_answer_and_never_a_no(province: Province) -> None:
    home, near = known_household(province, "Hộ cận nghèo")
    reviewed(province, home, (2018, NEAR), (2019, OUTSIDE))
    stranger = province.household("Hộ không có trong sổ")
    assert answer(near, stranger) == {}


def test_two_queries_however_many_households(province: Province) -> None:
    told = [known_household(province, f"Hộ {n}") for n in range(6)]
    locked(province, 2019, [row(home, POOR) for home, _ in told])
    for some in (told[:1], told):
        with CaptureQueriesContext(connection) as queries:
            assert len(answer(*(party for _, party in some))) == len(some)
        assert len(queries) == 2
