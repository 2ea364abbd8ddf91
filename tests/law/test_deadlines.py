"""Working days across Tết and the spring holidays, and the deadlines counted in them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.law.deadlines import (
    DEADLINES,
    comment_before_council,
    due,
    is_working_day,
    public_comment_days,
    working_days_after,
    working_days_between,
)
from chungtay.law.holidays import FIRST_DAY, LAST_DAY, YEARS, days_off
from chungtay.law.money import Award
from chungtay.law.refusals import NoRule

DAY = timedelta(days=1)


def breaks(first: date, last: date) -> bool:
    """Whether the offices are closed from `first` to `last` and open on both sides."""
    inside = [first + place * DAY for place in range((last - first).days + 1)]
    return not any(map(is_working_day, inside)) and is_working_day(_before(first)) and is_working_day(last + DAY)


def _before(day: date) -> date:
    return day - DAY


@pytest.mark.clause("BLLĐ 2012, Điều 115", "BLLĐ 2019, Điều 112")
@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2015, 2, 15), date(2015, 2, 23)),
        (date(2016, 2, 6), date(2016, 2, 14)),
        (date(2017, 1, 26), date(2017, 2, 1)),
        (date(2018, 2, 14), date(2018, 2, 20)),
        (date(2019, 2, 2), date(2019, 2, 10)),
        (date(2020, 1, 23), date(2020, 1, 29)),
        (date(2021, 2, 10), date(2021, 2, 16)),
        (date(2022, 1, 29), date(2022, 2, 6)),
        (date(2023, 1, 20), date(2023, 1, 26)),
        (date(2024, 2, 8), date(2024, 2, 14)),
        (date(2025, 1, 25), date(2025, 2, 2)),
        (date(2026, 2, 14), date(2026, 2, 22)),
        (date(2027, 2, 4), date(2027, 2, 10)),
    ],
)
def test_the_tet_break_of_every_year(first: date, last: date) -> None:
    assert breaks(first, last)


@pytest.mark.clause("BLLĐ 2012, Điều 115.3", "BLLĐ 2019, Điều 111.3")
@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2016, 4, 30), date(2016, 5, 3)),
        (date(2017, 4, 29), date(2017, 5, 2)),
        (date(2018, 4, 28), date(2018, 5, 1)),
        (date(2019, 4, 27), date(2019, 5, 1)),
        (date(2022, 4, 30), date(2022, 5, 3)),
        (date(2023, 4, 29), date(2023, 5, 3)),
        (date(2016, 4, 16), date(2016, 4, 18)),
        (date(2019, 4, 13), date(2019, 4, 15)),
        (date(2017, 9, 2), date(2017, 9, 4)),
        (date(2018, 9, 1), date(2018, 9, 3)),
        (date(2018, 12, 29), date(2019, 1, 1)),
    ],
)
def test_holidays_on_a_weekend_are_made_up_on_the_next_working_day(first: date, last: date) -> None:
    assert breaks(first, last)


@pytest.mark.clause("BLLĐ 2019, Điều 112.1")
@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2020, 9, 2), date(2020, 9, 2)),
        (date(2021, 9, 2), date(2021, 9, 5)),
        (date(2022, 9, 1), date(2022, 9, 4)),
        (date(2023, 9, 1), date(2023, 9, 4)),
        (date(2024, 8, 31), date(2024, 9, 3)),
        (date(2025, 8, 30), date(2025, 9, 2)),
        (date(2026, 8, 29), date(2026, 9, 2)),
    ],
)
def test_national_day_is_one_day_until_2020_and_two_from_2021(first: date, last: date) -> None:
    assert breaks(first, last)


def test_a_saturday_is_worked_for_a_swapped_day() -> None:
    assert not is_working_day(date(2019, 4, 29))
    assert is_working_day(date(2019, 5, 4))
    assert not is_working_day(date(2019, 5, 5))
    assert is_working_day(date(2019, 1, 5))


def test_culture_day_is_off_from_2026_and_not_before() -> None:
    assert is_working_day(date(2025, 11, 24))
    assert not is_working_day(date(2026, 11, 24))


def test_every_day_off_has_a_name_and_make_up_days_say_so() -> None:
    assert days_off(2017)[date(2017, 1, 2)] == "Tết Dương lịch (nghỉ bù)"
    assert days_off(2019)[date(2019, 4, 29)] == "Nghỉ hoán đổi, làm bù ngày 04/05/2019"
    assert list(days_off(2018)) == sorted(days_off(2018))
    assert len([name for name in days_off(2018).values() if name == "Tết Nguyên đán"]) == 5


def test_ten_working_days_across_tet_2018() -> None:
    """From Friday 9/2: two days, the break 14-20/2, then eight more."""
    assert working_days_after(date(2018, 2, 9), 10) == date(2018, 3, 2)
    assert working_days_after(date(2018, 2, 13), 1) == date(2018, 2, 21)


def test_working_days_across_the_spring_holidays_of_2018() -> None:
    """25/4 is Hùng Kings' day; 30/4 and 1/5 follow a weekend."""
    assert working_days_after(date(2018, 4, 24), 1) == date(2018, 4, 26)
    assert working_days_after(date(2018, 4, 27), 1) == date(2018, 5, 2)
    assert working_days_between(date(2018, 4, 24), date(2018, 5, 2)) == 3


def test_the_first_day_does_not_count_and_a_count_of_zero_is_the_day_itself() -> None:
    assert working_days_after(date(2018, 3, 5), 1) == date(2018, 3, 6)
    assert working_days_after(date(2018, 3, 3), 0) == date(2018, 3, 3)
    assert working_days_between(date(2018, 3, 5), date(2018, 3, 5)) == 0
    with pytest.raises(ValueError, match="negative"):
        working_days_after(date(2018, 3, 5), -1)


def test_days_late_come_out_negative() -> None:
    assert working_days_between(date(2018, 3, 9), date(2018, 3, 6)) == -3


@given(st.dates(date(2016, 1, 1), date(2026, 6, 30)), st.integers(1, 60))
def test_the_day_found_is_a_working_day_as_far_away_as_asked(start: date, count: int) -> None:
    end = working_days_after(start, count)
    assert is_working_day(end)
    assert working_days_between(start, end) == count


@pytest.mark.parametrize("day", [FIRST_DAY - DAY, LAST_DAY + DAY])
def test_outside_the_years_of_the_table_there_is_no_rule(day: date) -> None:
    with pytest.raises(NoRule, match="ngày nghỉ lễ, Tết"):
        is_working_day(day)
    with pytest.raises(NoRule, match="lịch nghỉ chưa có năm"):
        days_off(day.year)
    assert isinstance(is_working_day(FIRST_DAY), bool)
    assert isinstance(is_working_day(LAST_DAY), bool)


def test_counting_stops_at_the_end_of_the_table() -> None:
    with pytest.raises(NoRule):
        working_days_after(date(2027, 12, 30), 5)


@pytest.mark.clause("NĐ 91/2017, Điều 48.2")
@pytest.mark.parametrize(
    ("name", "since", "days"),
    [
        ("province_appraisal", date(2017, 9, 30), 15),
        ("province_appraisal", date(2017, 10, 1), 25),
        ("province_appraisal", date(2024, 1, 1), 25),
        ("province_appraisal", date(2025, 7, 1), 25),
        ("opinion", date(2012, 6, 19), 15),
        ("opinion", date(2012, 6, 20), 10),
        ("opinion", date(2018, 1, 2), 10),
        ("public_comment", date(2018, 1, 2), 10),
        ("public_comment", date(2024, 1, 2), 10),
        ("notify_result", date(2018, 1, 2), 10),
        ("notify_awardee", date(2018, 1, 2), 7),
        ("notify_refusal", date(2018, 1, 2), 10),
        ("reception_check", date(2018, 1, 2), 3),
        ("send_back", date(2018, 1, 2), 3),
        ("lower_appraisal", date(2018, 1, 2), 10),
    ],
)
def test_the_working_days_of_each_step(name: str, since: date, days: int) -> None:
    assert DEADLINES[name].on(since).value == days


def test_a_due_date_tells_its_days_clause_and_doubts() -> None:
    appraisal = due("province_appraisal", since=date(2018, 1, 29))
    assert (appraisal.day, appraisal.working_days) == (date(2018, 3, 12), 25)
    assert str(appraisal.source) == "NĐ 91/2017, Điều 48.2"
    assert len(appraisal.assumed) == 1
    assert "lịch nghỉ" in appraisal.assumed[0]


def test_a_stand_in_from_another_province_is_named() -> None:
    assert any("Quảng Nam" in text for text in due("send_back", since=date(2018, 1, 29)).assumed)


def test_an_unknown_deadline_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        due("someday", since=date(2018, 1, 29))


@pytest.mark.clause("NĐ 91/2017, Điều 45.10", "NĐ 98/2023, Điều 46.2")
def test_only_orders_are_put_up_for_public_comment() -> None:
    for award in Award:
        asked = public_comment_days(award, on=date(2018, 1, 2))
        assert (asked is not None) == award.is_order
        assert asked is None or asked.value == 10


@pytest.mark.clause("NĐ 98/2023, Điều 46.2")
def test_from_2024_comment_must_end_before_the_council_votes() -> None:
    assert not comment_before_council(on=date(2023, 12, 31)).value
    assert comment_before_council(on=date(2024, 1, 1)).value


def test_the_second_national_day_stands_beside_the_first() -> None:
    for year, entry in YEARS.items():
        assert (entry.beside is not None) == (year >= 2021)
        assert entry.beside is None or abs((entry.beside - date(year, 9, 2)).days) == 1


def test_a_swapped_day_is_an_ordinary_weekday_and_its_make_up_a_saturday() -> None:
    for entry in YEARS.values():
        for day, worked in entry.swapped:
            assert day.weekday() < 5
            assert worked.weekday() == 5
