"""Holidays: the days off of Vietnamese State bodies, 2015-2027, by the Labour Code and a table of those years.

The lunar days are computed facts. Where the five days of Tết lie, which day stands beside 2/9 and which days are
swapped is announced each year; those announcements were not read, so each day that rests on them is marked assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from chungtay.law.clauses import cite, second_hand
from chungtay.law.refusals import NoRule
from chungtay.law.timeline import Timeline, Version

_ONE_DAY = timedelta(days=1)

ASSUMED = (
    "Ngày nghỉ Tết, ngày nghỉ liền kề 2/9 và ngày làm bù lấy theo lịch nghỉ công bố hằng năm, "
    "chưa đối chiếu với văn bản thông báo."
)


@dataclass(frozen=True)
class Year:
    """Một năm lịch nghỉ: lunar days in the solar calendar, and what that year's announcement chose.

    `eve` is how many of the five Tết days lie before the first lunar day; `beside` the second National Day (from 2021);
    `swapped` maps a day off to the Saturday worked for it.
    """

    tet: date
    hung_kings: date
    eve: int
    beside: date | None = None
    swapped: tuple[tuple[date, date], ...] = ()


def _d(year: int, month: int, day: int) -> date:
    return date(year, month, day)


# fmt: off
YEARS: Mapping[int, Year] = {
    2015: Year(_d(2015, 2, 19), _d(2015, 4, 28), 2, swapped=(
        (_d(2015, 1, 2), _d(2014, 12, 27)), (_d(2015, 2, 16), _d(2015, 2, 14)), (_d(2015, 4, 29), _d(2015, 4, 25)))),
    2016: Year(_d(2016, 2, 8), _d(2016, 4, 16), 1),
    2017: Year(_d(2017, 1, 28), _d(2017, 4, 6), 2),
    2018: Year(_d(2018, 2, 16), _d(2018, 4, 25), 2, swapped=((_d(2018, 12, 31), _d(2019, 1, 5)),)),
    2019: Year(_d(2019, 2, 5), _d(2019, 4, 14), 1, swapped=((_d(2019, 4, 29), _d(2019, 5, 4)),)),
    2020: Year(_d(2020, 1, 25), _d(2020, 4, 2), 2),
    2021: Year(_d(2021, 2, 12), _d(2021, 4, 21), 2, _d(2021, 9, 3)),
    2022: Year(_d(2022, 2, 1), _d(2022, 4, 10), 1, _d(2022, 9, 1)),
    2023: Year(_d(2023, 1, 22), _d(2023, 4, 29), 2, _d(2023, 9, 1)),
    2024: Year(_d(2024, 2, 10), _d(2024, 4, 18), 2, _d(2024, 9, 3), ((_d(2024, 4, 29), _d(2024, 5, 4)),)),
    2025: Year(_d(2025, 1, 29), _d(2025, 4, 7), 2, _d(2025, 9, 1), ((_d(2025, 5, 2), _d(2025, 4, 26)),)),
    2026: Year(_d(2026, 2, 17), _d(2026, 4, 26), 1, _d(2026, 9, 1), (
        (_d(2026, 1, 2), _d(2026, 1, 10)), (_d(2026, 8, 31), _d(2026, 8, 22)))),
    2027: Year(_d(2027, 2, 6), _d(2027, 4, 16), 2, _d(2027, 9, 3)),
}
# fmt: on

TET_DAYS: Timeline[int] = Timeline(
    "số ngày nghỉ Tết Âm lịch",
    Version(date(2013, 5, 1), 5, cite("BLLĐ 2012", "Điều 115.1")),
    Version(date(2021, 1, 1), 5, cite("BLLĐ 2019", "Điều 112.1")),
)
NATIONAL_DAYS: Timeline[int] = Timeline(
    "số ngày nghỉ Quốc khánh",
    Version(date(2013, 5, 1), 1, cite("BLLĐ 2012", "Điều 115.1")),
    Version(date(2021, 1, 1), 2, cite("BLLĐ 2019", "Điều 112.1")),
)
CULTURE_DAYS: Timeline[int] = Timeline(
    "số ngày nghỉ Ngày Văn hóa Việt Nam 24/11",
    Version(date(2013, 5, 1), 0, cite("BLLĐ 2012", "Điều 115.1")),
    Version(
        date(2026, 1, 1),
        1,
        second_hand("NQ 80-NQ/TW"),
        "Nghỉ Ngày Văn hóa Việt Nam 24/11 theo chủ trương tại Nghị quyết 80-NQ/TW, chưa đọc văn bản pháp luật.",
    ),
)
FIRST_DAY, LAST_DAY = date(min(YEARS), 1, 1), date(max(YEARS), 12, 31)


def is_working_day(day: date) -> bool:
    """Whether State bodies work on `day`: Monday to Friday less the days off, and the Saturdays worked for a swap.

    Raises NoRule for a day outside the years of the table.
    """
    if not FIRST_DAY <= day <= LAST_DAY:
        span = f"lịch nghỉ hiện có từ năm {FIRST_DAY.year} đến năm {LAST_DAY.year}"
        raise NoRule.on("ngày nghỉ lễ, Tết", day, span)
    if day in _swapped_in():
        return True
    return day.weekday() < 5 and day not in days_off(day.year)


@cache
def days_off(year: int) -> Mapping[date, str]:
    """The days off of `year` with their names in Vietnamese: holidays, make-up days and swapped days, in order.

    A holiday on a weekend is made up on the next working day (BLLĐ 2012, Điều 115.3; BLLĐ 2019, Điều 111.3). Raises
    NoRule for a year that the table does not hold.
    """
    if year not in YEARS:
        raise NoRule.on("ngày nghỉ lễ, Tết", date(year, 1, 1), f"lịch nghỉ chưa có năm {year}")
    holidays = _statutory(year)
    off = dict(holidays)
    for day, name in sorted(holidays.items()):
        if day.weekday() >= 5:
            off[_next_free(day, off)] = f"{name} (nghỉ bù)"
    off.update({day: f"Nghỉ hoán đổi, làm bù ngày {worked:%d/%m/%Y}" for day, worked in YEARS[year].swapped})
    return dict(sorted(off.items()))


def _statutory(year: int) -> dict[date, str]:
    entry, new_year = YEARS[year], date(year, 1, 1)
    first = entry.tet - entry.eve * _ONE_DAY
    days = {
        new_year: "Tết Dương lịch",
        **{first + place * _ONE_DAY: "Tết Nguyên đán" for place in range(TET_DAYS.on(new_year).value)},
        entry.hung_kings: "Giỗ Tổ Hùng Vương",
        date(year, 4, 30): "Ngày Chiến thắng",
        date(year, 5, 1): "Ngày Quốc tế lao động",
        date(year, 9, 2): "Quốc khánh",
    }
    if NATIONAL_DAYS.on(new_year).value == 2 and entry.beside:
        days[entry.beside] = "Quốc khánh"
    if CULTURE_DAYS.on(new_year).value:
        days[date(year, 11, 24)] = "Ngày Văn hóa Việt Nam"
    return days


def _next_free(day: date, off: Mapping[date, str]) -> date:
    while day.weekday() >= 5 or day in off:
        day += _ONE_DAY
    return day


@cache
def _swapped_in() -> frozenset[date]:
    return frozenset(worked for year in YEARS.values() for _, worked in year.swapped)
