"""A past day sees what stood then: rounds locked by it, corrections, surveys, answers and gifts known by it."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from chungtay.contributions import actions as giving
from chungtay.reviews import correcting
from chungtay.reviews.models import Assessment, Figures
from chungtay.targets import actions, answering, judging, measuring, sums, yearly
from chungtay.targets.actions import Answer, Survey
from chungtay.targets.ground import Ground
from chungtay.targets.measuring import Measured
from chungtay.targets.models import Assigned
from tests.contributions import doing as gifts
from tests.make import TODAY, Province
from tests.reviews.doing import points
from tests.reviews.people import POOR, households, row
from tests.reviews.people import locked as reviewed
from tests.targets.made import COMMUNES

Write = Callable[..., Figures]
LOCKED = date(2020, 1, 6)
"""The day on which `made.locked` locks the round of 2019."""
BEFORE = LOCKED - timedelta(days=1)
PLACE = "kg-30847"


def measured(province: Province, way: str, on: date, key: str = PLACE, year: int = 2019) -> Measured:
    ground = Ground(province.places["kg"], on)
    unit = ground.by_key(key)
    assert unit is not None
    facts = measuring.gather(ground, [unit], base_year=2015)
    return measuring.measure(facts, way, [unit], [year])[unit.pk][year]


def said(fact: str, province: Province, on: date) -> Any:
    party = province.bodies["commune"]
    told = getattr(answering, fact)([party.pk], since=date(2018, 1, 1), until=date(2019, 12, 31), on=on)
    return told.get(party.pk)


# --- the day of the lock ---


@pytest.mark.clause("KH I.1.b")
def test_a_rate_is_known_from_the_day_its_round_was_locked(province: Province, five_years: None) -> None:
    assert measured(province, "poverty_rate", LOCKED).value == Decimal("6.00")
    early = measured(province, "poverty_rate", BEFORE)
    assert (early.value, early.why) == (None, "Chưa có số liệu rà soát đã khóa của năm 2019.")
    assert measured(province, "income_poor_households", LOCKED).value == 30
    assert measured(province, "income_poor_households", BEFORE).value is None


@pytest.mark.clause("KH IV.1.2.c")
def test_the_assigned_rate_of_a_year_is_answered_from_the_day_of_the_lock(province: Province, five_years: None) -> None:
    place = province.places[PLACE]
    for year, value in ((2018, "7"), (2019, "6")):
        Assigned.objects.create(
            movement=province.movement, goal="T1", place=place, area_path=place.path, year=year, value=Decimal(value),
            assigned_on=date(year, 1, 15),
        )  # fmt: skip
    assert said("assigned_rate_met", province, LOCKED).value is True
    assert said("assigned_rate_met", province, BEFORE) is None


@pytest.mark.clause("KH IV.1.2.b")
def test_the_plans_pace_is_answered_from_the_day_of_the_lock(province: Province, five_years: None) -> None:
    assert said("poverty_rate_falls_as_targeted", province, LOCKED).value is True
    assert said("poverty_rate_falls_as_targeted", province, BEFORE) is None


def test_a_pace_that_an_earlier_year_already_missed_is_told_before_the_lock_of_the_last(
    province: Province, write: Write
) -> None:
    for year, poor in ((2015, 100), (2016, 90), (2017, 80), (2018, 75), (2019, 10)):
        for key in COMMUNES:
            write(key, year, poor=poor)
    known = said("poverty_rate_falls_as_targeted", province, BEFORE)
    assert (known.value, "2019" in known.because) == (False, False)


def test_no_sum_and_no_year_of_the_dashboard_is_told_before_the_lock(province: Province, five_years: None) -> None:
    for on, years in ((LOCKED, [2019, 2018, 2017, 2016, 2015]), (BEFORE, [2018, 2017, 2016, 2015])):
        ground = Ground(province.places["kg"], on)
        assert sums.years(ground, ground.province) == years
        unit = ground.by_key(PLACE)
        assert unit is not None
        assert sums.years(ground, unit) == years
        assert (2019 in sums.read(ground, [unit], year=2019).get(unit.pk, {})) is (on == LOCKED)


def test_the_tables_beside_a_year_wait_for_the_lock_too(province: Province, write: Write) -> None:
    write(PLACE, 2019, poor=60, causes={"poor": {"land": 12}, "near_poor": {}})
    for on, size in ((LOCKED, 12), (BEFORE, 0)):
        ground = Ground(province.places["kg"], on)
        parts = yearly.read(ground, ground.province, 2019)
        assert parts.counts["causes"]["poor"].get("land", 0) == size


def test_the_working_day_of_the_pages_is_such_a_day(province: Province, five_years: None, settings: Any) -> None:
    page = f"/chi-tieu/dia-ban/{PLACE}/nam/2019/"
    for on, is_told in ((LOCKED, True), (BEFORE, False)):
        settings.WORKING_DAY = on
        told = province.client("labour").get(page).content.decode()
        assert ("6% của 1.000 hộ" in told) is is_told
        assert ("Chưa có số liệu của năm này" in told) is not is_told


# --- corrections ---


def test_a_correction_after_the_lock_counts_from_its_own_day_and_before_it_the_old_figure_stands(
    province: Province,
) -> None:
    a, b = households(province, 2)
    round = reviewed(province, 2019, [row(a, POOR), row(b, POOR)])
    on = date(2020, 3, 2)
    one = Assessment.objects.get(review__round=round, household=a)
    correcting.correct(
        one, points(160, 0), why="Nhập nhầm", by=province.seats["labour"], on=on, version=one.version
    )  # fmt: skip
    for day, poor in ((on - timedelta(days=1), 2), (on, 1), (TODAY, 1)):
        seen = measured(province, "poverty_rate", day)
        assert (seen.part, "điều chỉnh" in seen.source) == (poor, poor == 1), day
    assert round.locked_on is not None
    assert measured(province, "poverty_rate", round.locked_on - timedelta(days=1)).part is None


def test_two_corrections_of_one_day_leave_one_figure_on_it(province: Province) -> None:
    made = households(province, 3)
    round = reviewed(province, 2019, [row(one, POOR) for one in made])
    on = date(2020, 3, 2)
    for household in made[:2]:
        one = Assessment.objects.in_force().get(review__round=round, household=household)
        correcting.correct(one, points(160, 0), why="Sai", by=province.seats["labour"], on=on, version=one.version)
    found = Figures.objects.filter(round=round, place=province.places[PLACE])
    for day, poor in ((on - timedelta(days=1), 3), (on, 1)):
        assert [one.poor for one in found.standing(day)] == [poor]


# --- what people enter ---


def test_a_survey_counts_from_the_day_it_was_entered_and_a_later_one_only_from_its_own(province: Province) -> None:
    place, by = province.places[PLACE], province.seats["labour"]
    first, second = date(2020, 3, 1), date(2020, 5, 4)
    entered = ((2015, 500_000, first), (2019, 750_000, first), (2019, 1_000_000, second))
    for year, income, day in entered:
        actions.enter_survey(place, Survey(year, 40, income, "Phỏng vấn", "Sở"), by=by, on=day)
    values = {day: measured(province, "income_of_the_poor", day).value for day in (first, date(2020, 5, 3), second)}
    assert values == {first: Decimal("1.50"), date(2020, 5, 3): Decimal("1.50"), second: Decimal("2.00")}
    assert "chưa nhập kết quả" in measured(province, "income_of_the_poor", date(2020, 2, 29)).why


def test_what_was_answered_about_roads_counts_until_the_day_of_a_newer_answer(province: Province) -> None:
    place, by = province.places[PLACE], province.seats["labour"]
    first, second = date(2020, 3, 1), date(2020, 5, 4)
    for day, met in ((first, True), (second, False)):
        actions.enter_infrastructure(place, 2019, [Answer("road", met=met)], by=by, on=day, source="BC")
    for day, told in ((date(2020, 2, 29), []), (first, [True]), (date(2020, 5, 3), [True]), (second, [False])):
        ground = Ground(province.places["kg"], day)
        facts = measuring.gather(ground, [ground.province], base_year=2015)
        assert [one.met for rows in facts.answers.values() for one in rows] == told, day


def test_a_gift_counts_from_its_confirmation_until_it_is_corrected(province: Province) -> None:
    confirmed, ended = date(2020, 2, 3), date(2020, 6, 1)
    day = date(2019, 12, 20)
    gift = gifts.confirmed(province, day=day, received_on=day, value=3_000_000, on=confirmed)
    giving.correct(gift, None, by=province.seats["commune"], on=ended, reason="Ghi trùng", version=gift.version)
    days = {
        confirmed - timedelta(days=1): None,
        confirmed: 3_000_000,
        ended - timedelta(days=1): 3_000_000,
        ended: None,
    }
    for on, value in days.items():
        assert measured(province, "contributions", on).value == value, on


def test_a_standing_of_a_past_day_forecasts_from_what_was_known_then(province: Province, five_years: None) -> None:
    for on, year in ((BEFORE, 2018), (LOCKED, 2019)):
        ground = Ground(province.places["kg"], on)
        facts = measuring.gather(ground, [ground.province], base_year=2015)
        plan = province.movement.plan_on(on).plan
        [one] = judging.judge(facts, plan, plan.goal("T1"), [ground.province], {}, on=on)
        assert one.progress.latest_year == year
