"""What a dossier of the demo is: which party, which story, on which days, how far; and on which side of which border.

`days` are those of opening, handing in, receiving and appraising, as many as the dossier came to; the check at the
one-stop desk begins on the day of receiving. What follows (meetings, decisions, returns) stands in `turns`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from chungtay.desk.demo.story import Line

YEARLY_2018, YEARLY_2019, YEARLY_2020 = ("yearly", 2018), ("yearly", 2019), ("yearly", 2020)
FIVE_YEAR = ("five_year", 2020)
PROVINCE, PRIME_MINISTER, LABOUR_ORDER = "province_certificate", "pm_certificate", "labour_order_3"

START = date(2016, 1, 1)
AUTUMN_2018, AUTUMN_2019, SUMMER_2020 = date(2018, 9, 30), date(2019, 9, 30), date(2020, 6, 30)
AUTUMN_2020 = date(2020, 9, 30)
DISCIPLINE_ENDED = date(2017, 5, 3)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Case:
    """One dossier. `shows` is the border or the state for which it is here."""

    key: str
    party: str
    seat: str
    content: str
    story: str
    round: tuple[str, int]
    days: tuple[date, ...]
    period: tuple[date, date]
    award: str = PROVINCE
    lines: tuple[Line, ...] = ()
    summary: str = ""
    is_empty: bool = False
    shows: str = ""


def days_in(year: int, *told: tuple[int, int]) -> tuple[date, ...]:
    """Days of one year, each told as (month, day)."""
    return tuple(date(year, month, day) for month, day in told)


def one_gift(text: str, value: int, nature: str = "money") -> tuple[Line, ...]:
    """The one thing given, of that worth in đồng."""
    return (Line(nature, text, value),)


SAME = "Ủng hộ xây mười căn nhà đại đoàn kết cho hộ nghèo huyện Hòn Đất"
