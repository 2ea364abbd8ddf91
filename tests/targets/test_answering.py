"""What figures, assigned rates and surveys answer about communes and districts."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.reviews.models import Figures
from chungtay.targets import answering
from chungtay.targets.models import Assigned, IncomeSurvey
from tests.make import TODAY, Province
from tests.targets.made import COMMUNES

SINCE, UNTIL = date(2018, 1, 1), date(2019, 12, 31)
Write = Callable[..., Figures]


def assigned(province: Province, key: str, year: int, value: str) -> None:
    place = province.places[key]
    Assigned.objects.create(
        movement=province.movement, goal="T1", place=place, area_path=place.path, year=year, value=Decimal(value),
        assigned_on=date(year, 1, 15),
    )  # fmt: skip


def said(fact: str, party: Party, *, since: date = SINCE, until: date = UNTIL, on: date = TODAY) -> Any:
    return getattr(answering, fact)([party.pk], since=since, until=until, on=on).get(party.pk)


# --- the assigned rate ---


@pytest.mark.clause("KH IV.1.2.c")
@pytest.mark.parametrize(("value", "met", "beaten"), [("7.01", True, True), ("7", True, False), ("6.99", False, False)])
def test_a_commune_meets_its_assigned_rate_at_the_very_figure(
    province: Province, five_years: None, value: str, met: bool, beaten: bool
) -> None:
    assigned(province, "kg-30847", 2018, value)
    assigned(province, "kg-30847", 2019, "6.5")
    known = said("assigned_rate_met", province.bodies["commune"])
    assert (known.value, "năm 2018 giao" in known.because) == (met, True)
    assert ("thực hiện 7%, vượt" in known.because) is beaten


@pytest.mark.clause("KH IV.1.2.c")
def test_each_assigned_year_must_be_met_and_years_without_a_figure_are_not_asked(
    province: Province, five_years: None
) -> None:
    district = province.bodies["district"]
    assert said("assigned_rate_met", district) is None
    assigned(province, "kg-903", 2019, "6")
    assert said("assigned_rate_met", district).value is True
    assigned(province, "kg-903", 2018, "6.9")
    assert said("assigned_rate_met", district).value is False


@pytest.mark.clause("KH IV.1.2.c")
def test_a_year_that_was_assigned_and_not_measured_leaves_it_open_unless_another_missed_its_own(
    province: Province, five_years: None
) -> None:
    commune, until = province.bodies["commune"], date(2020, 12, 31)
    assigned(province, "kg-30847", 2019, "6")
    assigned(province, "kg-30847", 2020, "5")
    on = date(2021, 6, 1)
    assert said("assigned_rate_met", commune, until=until, on=on) is None
    assert said("assigned_rate_met", commune, until=date(2020, 12, 30), on=on).value is True
    assigned(province, "kg-30847", 2018, "6")
    assert said("assigned_rate_met", commune, until=until, on=on).value is False


def test_only_committees_have_an_assigned_rate_and_only_in_the_plans_time(province: Province, five_years: None) -> None:
    assigned(province, "kg-30847", 2019, "6")
    assert said("assigned_rate_met", province.bodies["unit"]) is None
    assert said("assigned_rate_met", province.bodies["commune"], until=date(2021, 1, 1), on=date(2021, 6, 1)) is None


# --- the plan's pace ---


@pytest.mark.clause("KH IV.1.2.b")
def test_the_rate_must_fall_by_the_plans_lower_pace_in_every_year(province: Province, write: Write) -> None:
    for key in COMMUNES:
        write(key, 2015, poor=100)
        for year, poor in ((2016, 90), (2017, 80), (2018, 70), (2019, 60 if key == "kg-30847" else 61)):
            write(key, year, poor=poor)
    good = said("poverty_rate_falls_as_targeted", province.bodies["commune"])
    assert (good.value, "năm 2019 còn 6%, cần không quá 6%" in good.because) == (True, True)
    assert said("poverty_rate_falls_as_targeted", province.bodies["commune_b"]).value is False
    earlier = said("poverty_rate_falls_as_targeted", province.bodies["commune_b"], until=date(2018, 12, 31))
    assert earlier.value is True


def few_poor(write: Write, *rates: str, key: str = "kg-30847") -> None:
    """A commune that began with few poor households: its rates at the end of 2015 and the years after."""
    for year, rate in enumerate(rates, start=2015):
        write(key, year, poor=int(Decimal(rate) * 10))


@pytest.mark.clause("KH IV.1.2.b")
def test_where_the_plans_pace_would_leave_nothing_data_cannot_say_whether_the_rate_fell_enough(
    province: Province, write: Write
) -> None:
    few_poor(write, "3.1", "2.1", "1.1", "0.1", "0")
    commune = province.bodies["commune"]
    within = said("poverty_rate_falls_as_targeted", commune, since=date(2016, 1, 1), until=date(2018, 12, 31))
    assert (within.value, "năm 2018 còn 0,1%, cần không quá 0,1%" in within.because) == (True, True)
    assert said("poverty_rate_falls_as_targeted", commune, since=date(2016, 1, 1)) is None


@pytest.mark.clause("KH IV.1.2.b")
def test_a_pace_that_comes_to_nothing_at_all_is_no_pace(province: Province, write: Write) -> None:
    few_poor(write, "3.0", "2", "1", "0.5")
    commune = province.bodies["commune"]
    told = {"since": date(2016, 1, 1), "until": date(2018, 12, 31)}
    assert said("poverty_rate_falls_as_targeted", commune, **told) is None


@pytest.mark.clause("KH IV.1.2.b")
def test_a_year_that_fell_short_is_told_whatever_the_years_of_which_nothing_can_be_said(
    province: Province, write: Write
) -> None:
    few_poor(write, "2.5", "1.6", "1", "0.5", "0.4")
    known = said("poverty_rate_falls_as_targeted", province.bodies["commune"], since=date(2016, 1, 1))
    assert (known.value, "năm 2016 còn 1,6%, cần không quá 1,5%" in known.because) == (False, True)
    assert "năm 2019 còn" not in known.because


@pytest.mark.clause("KH IV.1.2.b")
@pytest.mark.parametrize(("value", "fell"), [("0.4", True), ("0.39", False)])
def test_a_year_with_an_assigned_figure_counts_by_it_and_not_by_the_pace(
    province: Province, write: Write, value: str, fell: bool
) -> None:
    few_poor(write, "2.5", "1.5", "0.5", "0.45", "0.4")
    assigned(province, "kg-30847", 2018, "0.45")
    assigned(province, "kg-30847", 2019, value)
    known = said("poverty_rate_falls_as_targeted", province.bodies["commune"])
    assert (known.value, f"được giao không quá {value.replace('.', ',')}%" in known.because) == (fell, True)


@pytest.mark.clause("KH IV.1.2.b", "KH IV.1.2.c")
def test_a_figure_that_was_withdrawn_is_asked_of_nobody_from_that_day_on(province: Province, five_years: None) -> None:
    assigned(province, "kg-30847", 2019, "5")
    commune = province.bodies["commune"]
    assert said("poverty_rate_falls_as_targeted", commune).value is False
    place = province.places["kg-30847"]
    Assigned.objects.update(replaced=True)
    Assigned.objects.create(
        movement=province.movement, goal="T1", place=place, area_path=place.path, year=2019, value=None,
        assigned_on=TODAY,
    )  # fmt: skip
    assert said("assigned_rate_met", commune) is None
    assert said("poverty_rate_falls_as_targeted", commune).value is True
    assert said("assigned_rate_met", commune, on=date(2020, 10, 1)).value is False


@pytest.mark.clause("KH IV.1.2.b")
def test_a_community_of_a_hamlet_has_no_figures_of_its_own_and_one_of_the_commune_has(
    province: Province, five_years: None
) -> None:
    place = province.places["kg-30847"]
    hamlet = province.party("Ấp Hòa Tiến", PartyKind.COMMUNITY, place, hamlet="Ấp Hòa Tiến")
    whole = province.party("Hội Phụ nữ xã", PartyKind.GRASSROOTS_ORGANISATION, place)
    assert said("poverty_rate_falls_as_targeted", hamlet) is None
    assert said("poverty_rate_falls_as_targeted", whole).value is True
    assert said("living_conditions_better", hamlet) is None


# --- living conditions ---


def lacking(write: Write, year: int, lacks: int, key: str = "kg-30847", **more: Any) -> None:
    write(key, year, poor=50, lacking={"poor": {"housing": lacks, "water": 10}, "near_poor": {"water": 5}}, **more)


@pytest.mark.clause("KH IV.1.2.b", "KH IV.1.2.c")
@pytest.mark.parametrize(("after", "better"), [(29, True), (30, False), (31, False)])
def test_conditions_are_better_when_fewer_things_are_lacked_on_a_hundred_households(
    province: Province, write: Write, after: int, better: bool
) -> None:
    lacking(write, 2017, 30)
    lacking(write, 2019, after)
    known = said("living_conditions_better", province.bodies["commune"])
    assert known.value is better
    assert "4,5 năm 2017" in known.because


@pytest.mark.clause("KH IV.1.2.c")
@pytest.mark.parametrize(("after", "better"), [(999_999, False), (1_000_000, True)])
def test_surveyed_incomes_may_not_have_fallen(province: Province, write: Write, after: int, better: bool) -> None:
    lacking(write, 2017, 30)
    lacking(write, 2019, 10)
    place = province.places["kg-30847"]
    for year, income in ((2017, 1_000_000), (2019, after)):
        IncomeSurvey.objects.create(
            place=place, area_path=place.path, year=year, households=40, per_head=income, method="Phỏng vấn",
            source="Phòng LĐTBXH", entered_on=date(2020, 3, 1),
        )  # fmt: skip
    known = said("living_conditions_better", province.bodies["commune"])
    assert (known.value, "Thu nhập" in known.because) == (better, True)
    assert said("living_conditions_better", province.bodies["commune"], on=date(2020, 2, 29)).value is True


@pytest.mark.clause("KH IV.1.2.c")
def test_a_district_is_told_by_all_its_communes_or_not_at_all(province: Province, write: Write) -> None:
    district = province.bodies["district"]
    for year, lacks in ((2017, 30), (2019, 20)):
        lacking(write, year, lacks)
    assert said("living_conditions_better", district) is None
    for year, lacks in ((2017, 10), (2019, 25)):
        lacking(write, year, lacks, "kg-30850")
    known = said("living_conditions_better", district)
    assert (known.value, "3,5 năm 2017" in known.because, "3,75 năm 2019" in known.because) == (False, True, True)


def test_figures_that_do_not_tell_what_is_lacked_or_are_not_locked_yet_are_no_data(
    province: Province, write: Write
) -> None:
    commune = province.bodies["commune"]
    write("kg-30847", 2017, poor=50)
    lacking(write, 2019, 20)
    assert said("living_conditions_better", commune) is None
    lacking(write, 2018, 30)
    assert said("living_conditions_better", commune).value is True
    assert said("living_conditions_better", commune, on=date(2020, 1, 5)) is None
    assert said("living_conditions_better", commune, on=date(2020, 1, 6)).value is True


def test_the_number_of_queries_does_not_grow_with_the_number_of_communes(province: Province, five_years: None) -> None:
    every = [province.bodies[key].pk for key in ("commune", "commune_b", "commune_c", "district")]
    for fact in ("assigned_rate_met", "poverty_rate_falls_as_targeted", "living_conditions_better"):
        counts = []
        getattr(answering, fact)(every[:1], since=SINCE, until=UNTIL, on=TODAY)  # the plan is read once a process
        for some in (every[:1], every):
            with CaptureQueriesContext(connection) as queries:
                getattr(answering, fact)(some, since=SINCE, until=UNTIL, on=TODAY)
            counts.append(len(queries))
        assert counts[0] == counts[1], fact
