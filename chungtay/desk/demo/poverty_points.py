"""What a review of the demo finds in a household: points that give its class under the rule of the day."""

from dataclasses import replace
from datetime import date

from chungtay.desk.demo.poverty_lives import ABOVE, INCOME, SERVICE, Life
from chungtay.desk.demo.poverty_series import KINH
from chungtay.law.deprivations import POINTS
from chungtay.law.poverty import SCORE_LINES, Area, Class
from chungtay.reviews.bulk import Row


def review_day(year: int) -> date:
    """The day whose standard counts. The list of the end of 2015 is by the one in force from the next day on."""
    return date(2016, 1, 1) if year == 2015 else date(year, 12, 31)


def points(life: Life, standing: Class, area: Area, year: int) -> tuple[int, int, int]:
    """B1, B2 and the mask of what it lacks, for a household that is to have this class at the end of `year`."""
    day = review_day(year)
    lines = SCORE_LINES[area].on(day).value
    low = lines.poor or 0
    if standing is INCOME:
        b1 = low - life.depth
    elif standing is ABOVE:
        b1 = lines.near_poor + 1 + life.depth
    else:
        b1 = low + 1 + life.depth % (lines.near_poor - low)
    mask = life.lacking(standing)
    return b1, mask.bit_count() * POINTS.on(day).value, mask


def row(life: Life, place: int, hamlet: str, area: Area, year: int) -> Row:
    """The household's row in the round of `year`: one without a class that is not gone has left the lists before."""
    standing = life.states.get(year, None if life.gone == year else ABOVE)
    was = life.states.get(year - 1)
    is_carried = year not in life.states or (was is not None and was.is_listed)
    told = Row(
        household=life.key, place=place, hamlet=hamlet, persons=life.size, minority=life.people != KINH,
        people=life.people, no_labour=life.no_labour, merit=life.merit, origin="carried" if is_carried else "found",
        came="moved_in" if life.came == year else "", gone=life.gone_why if standing is None else "",
    )  # fmt: skip
    if standing is None:
        return told
    b1, b2, lacking = points(life, standing, area, year)
    return replace(told, b1=b1, b2=b2, lacking=lacking, causes=life.causes if standing in (INCOME, SERVICE) else 0)
