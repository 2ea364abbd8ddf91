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


def answer(*parties: Party, until: date = UNTIL, on: date = TODAY) -> dict[int, Known]:
    return answering.household_left_poverty([one.pk for one in parties], since=SINCE, until=until, on=on)


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


def test_one_that_left_long_before_and_stayed_out_still_counts_with_its_day(province: Province) -> None:
    home, party = known_household(province)
    reviewed(province, home, (2016, POOR), (2017, NEAR), (2018, OUTSIDE), (2019, OUTSIDE))
    assert "06/01/2018" in answer(party)[party.pk].because


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
        before="income_poor", standing="outside",
    )  # fmt: skip
    assert answer(party, on=date(2020, 3, 8))[party.pk].value is False
    assert answer(party, on=date(2020, 3, 9))[party.pk].value is True


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
