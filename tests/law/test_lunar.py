"""The lunar days of the holiday table, checked against the astronomy of the Vietnamese calendar (UTC+7).

After Jean Meeus, Astronomical Algorithms: mean new moon with the main periodic terms, and the sun's longitude.
"""

from __future__ import annotations

from datetime import date, timedelta
from math import floor, pi, radians, sin

import pytest

from chungtay.law.holidays import YEARS

MEAN_MONTH = 29.530588853
HANOI = 7 / 24
JULIAN_DAY_OF_ORDINAL_0 = 1_721_425


def _new_moon(k: int) -> int:
    """Julian day number, in Hà Nội, of the k-th new moon after 1 January 1900."""
    t = k / 1236.85
    anomaly_sun = radians(359.2242 + 29.10535608 * k - 0.0000333 * t**2 - 0.00000347 * t**3)
    anomaly_moon = radians(306.0253 + 385.81691806 * k + 0.0107306 * t**2 + 0.00001236 * t**3)
    latitude = radians(21.2964 + 390.67050646 * k - 0.0016528 * t**2 - 0.00000239 * t**3)
    mean = 2415020.75933 + 29.53058868 * k + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * sin(radians(166.56 + 132.87 * t - 0.009173 * t**2))
    terms = (
        (0.1734 - 0.000393 * t) * sin(anomaly_sun)
        + 0.0021 * sin(2 * anomaly_sun)
        - 0.4068 * sin(anomaly_moon)
        + 0.0161 * sin(2 * anomaly_moon)
        - 0.0004 * sin(3 * anomaly_moon)
        + 0.0104 * sin(2 * latitude)
        - 0.0051 * sin(anomaly_sun + anomaly_moon)
        - 0.0074 * sin(anomaly_sun - anomaly_moon)
        + 0.0004 * sin(2 * latitude + anomaly_sun)
        - 0.0004 * sin(2 * latitude - anomaly_sun)
        - 0.0006 * sin(2 * latitude + anomaly_moon)
        + 0.0010 * sin(2 * latitude - anomaly_moon)
        + 0.0005 * sin(2 * anomaly_moon + anomaly_sun)
    )
    delta_t = -0.000278 + 0.000265 * t + 0.000262 * t**2
    return floor(mean + terms - delta_t + 0.5 + HANOI)


def _sun_sector(day: int) -> int:
    """In which sector of 30 degrees the sun stands at midnight in Hà Nội; 9 begins at the winter solstice."""
    t = (day - 0.5 - HANOI - 2451545.0) / 36525
    anomaly = radians(357.52910 + 35999.05030 * t - 0.0001559 * t**2)
    centre = (1.914600 - 0.004817 * t) * sin(anomaly) + 0.019993 * sin(2 * anomaly) + 0.00029 * sin(3 * anomaly)
    longitude = radians(280.46645 + 36000.76983 * t + centre) % (2 * pi)
    return floor(longitude / pi * 6)


def _month_11(year: int) -> int:
    """The k of the new moon that begins the month holding the winter solstice of `year`."""
    end_of_year = date(year, 12, 31).toordinal() + JULIAN_DAY_OF_ORDINAL_0
    k = floor((end_of_year - 2415021) / MEAN_MONTH)
    return k - 1 if _sun_sector(_new_moon(k)) >= 9 else k


def _first_of(month: int, year: int) -> date:
    """The first day of lunar `month` (1 to 10) of the year whose Tết lies in `year`, with its leap month."""
    start, end = _month_11(year - 1), _month_11(year)
    leap = None
    if end - start == 13:
        leap = next(k for k in range(start + 1, end) if _sun_sector(_new_moon(k)) == _sun_sector(_new_moon(k + 1)))
    k = start + month + 1
    if leap is not None and k >= leap:
        k += 1
    return date.fromordinal(_new_moon(k) - JULIAN_DAY_OF_ORDINAL_0)


@pytest.mark.parametrize("year", YEARS)
def test_tet_and_hung_kings_day_are_where_the_moon_puts_them(year: int) -> None:
    assert YEARS[year].tet == _first_of(1, year)
    assert YEARS[year].hung_kings == _first_of(3, year) + timedelta(days=9)


def test_the_calculation_knows_a_year_that_differs_from_china() -> None:
    """In 2007 Tết fell on 17 February in Hà Nội, a day before Beijing; 2020 has a leap fourth month."""
    assert _first_of(1, 2007) == date(2007, 2, 17)
    assert _first_of(5, 2020) == date(2020, 6, 21)
