"""The plan's goals measured in a classified population: path, measured value and track of every place and year.

A population tells of poor households, not of incomes surveyed, roads or gifts: a goal that it cannot tell of says so.
What a table rests on (which first list, which list of communes) is in `Given`; nothing is read here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from chungtay.households.population import Tally
from chungtay.households.results import ALL, Cell, Figures, Table, Year, levels, merged
from chungtay.law.poverty import Class
from chungtay.law.rates import minority_rate, poverty_rate
from chungtay.law.targets import Progress, Track, progress
from chungtay.movements import paces
from chungtay.movements.plan import Plan
from chungtay.movements.plan_parts import Goal

NUMBER = "DECIMAL(14, 2)"
COLUMNS = {
    **dict.fromkeys(("goal", "clause", "measure", "unit", "direction", "level", "code"), "VARCHAR"),
    "year": "INTEGER", "as_of": "DATE", "standard": "VARCHAR", "baseline": NUMBER, "baseline_source": "VARCHAR",
    "planned_least": NUMBER, "planned_most": NUMBER, "measured": NUMBER, "part": "BIGINT", "whole": "BIGINT",
    "track": "VARCHAR", "forecast": NUMBER, "forecast_track": "VARCHAR", "why": "VARCHAR", "caution": "VARCHAR",
}  # fmt: skip
OWN_LIST = "the first list given"
NO_FIRST_LIST = "not measured: the list that the plan starts from was not given, so no household can be followed"
NO_SPECIAL_LIST = "not measured: no list of specially difficult communes was given"
NOT_TOLD = "not measured: a population of households does not tell this"
NOT_WHOLE = "the list of specially difficult communes is not whole: only known ones are counted"


@dataclass(frozen=True)
class Review:
    """One year's end: which year, the classes of every commune, and who of the first list is still poor (or None)."""

    year: int
    found: Year
    still: Mapping[int, Mapping[Class, int]] | None = None


@dataclass(frozen=True)
class Given:
    """What the goals are measured by. `whole_plan`: whether a place is the plan's province, whole.

    `special`: communes by year, None where no list was given; `minority_unknown`: communes that do not know all their
    ethnic-minority households.
    """

    plan: Plan
    reviews: Sequence[Review]
    first: Review | None = None
    province_of: Mapping[int, str] = field(default_factory=dict)
    province: str = ""
    special: Mapping[int, frozenset[int]] | None = None
    special_whole: bool = True
    minority_unknown: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Measured:
    """A value with what it is of, or why there is none."""

    value: Decimal | None
    why: str = ""
    part: int | None = None
    whole: int | None = None
    caution: str = ""


@dataclass(frozen=True)
class Place:
    """A level, its code and its communes."""

    level: str
    code: str
    communes: Sequence[int]


def table(given: Given) -> Table:
    """One row for each goal, place and year that was read; goals of which it cannot tell only for all together."""
    every = {commune for review in given.reviews for commune in review.found.communes}
    places = [Place(*one) for one in levels(every, given.province_of)]
    rows: list[list[Cell]] = []
    for goal in given.plan.goals:
        for place in places if goal.measure in _WAYS else places[:1]:
            rows += _rows(given, goal, place)
    return Table("targets", COLUMNS, rows)


def _rows(given: Given, goal: Goal, place: Place) -> Iterator[list[Cell]]:
    first, last = paces.span(goal, given.plan)
    measured = {review.year: _measure(given, goal, place, review) for review in given.reviews}
    baseline, source = _baseline(given, goal, place)
    special = None
    if place.level == "commune":
        special = {year for year, communes in (given.special or {}).items() if place.communes[0] in communes}
    path = paces.path(given.plan, goal, baseline, special)
    known = {year: one.value for year, one in measured.items() if one.value is not None}
    ended = date(max(measured), 12, 31)
    told = progress(path, known, on=ended, assigned={} if place.level == "commune" else None)  # a pace of the province
    years = {year.year: year for year in told.years}
    for review in given.reviews:
        one, at = measured[review.year], years.get(review.year)
        track = at.track if at else Track.NOT_MEASURED
        why = one.why or _why(review.year, first, last, baseline, track)
        yield [
            goal.id, goal.clause, goal.measure, goal.unit, goal.direction, place.level, place.code, review.year,
            review.found.on.isoformat(), review.found.standard, baseline, source, at.slow if at else None,
            at.fast if at else None, one.value, one.part, one.whole, track.value, *_forecast(told, review.year), why,
            one.caution,
        ]  # fmt: skip


def _why(year: int, first: int, last: int, baseline: Decimal | None, track: Track) -> str:
    """Why a measured value is on no track; empty where it is."""
    if track is not Track.NOT_MEASURED:
        return ""
    if not first < year <= last:
        return f"the plan has a path for {first + 1} to {last} only"
    return f"no figure of the end of {first} to start from" if baseline is None else "the plan gives no path"


def _forecast(told: Progress, year: int) -> tuple[Decimal | None, str | None]:
    """What the goal comes to at the plan's end, on the row of the latest year that was measured."""
    return (told.forecast, told.forecast_track.value) if told.latest_year == year else (None, None)


def _baseline(given: Given, goal: Goal, place: Place) -> tuple[Decimal | None, str | None]:
    """The plan's figure for the plan's own province; else that of the first list, where it has the same communes."""
    planned = goal.baseline
    if planned.value is not None and (goal.unit in ("multiple", "percent") or _is_plans(given, place)):
        return planned.value, planned.source or planned.note
    if given.first is None or given.first.year != planned.as_of.year or goal.measure not in _WAYS:
        return None, None
    if not set(place.communes) <= set(given.first.found.communes):
        return None, None
    value = _measure(given, goal, place, given.first).value
    return value, None if value is None else OWN_LIST


def _is_plans(given: Given, place: Place) -> bool:
    if not given.province:
        return False
    if place.level == ALL[0]:
        return not given.province_of or {given.province_of[one] for one in place.communes} == {given.province}
    return (place.level, place.code) == ("province", given.province)


def _measure(given: Given, goal: Goal, place: Place, review: Review) -> Measured:
    """The goal at a place in one year."""
    way = _WAYS.get(goal.measure)
    if way is None:
        return Measured(None, NOT_TOLD)
    here = figures(review, place.communes)
    if not here.households:
        return Measured(None, f"not measured: no household of this place in {review.year}")
    if here.unclassified:
        return Measured(None, f"not measured: {here.unclassified} households of {review.year} have no class")
    return way(given, place, review, here)


def figures(review: Review, communes: Iterable[int]) -> Figures:
    """The sums of these communes."""
    return Figures.of(merged(review.found.communes.get(one, dict[Class | None, Tally]()) for one in communes))


def _poverty_rate(given: Given, place: Place, review: Review, here: Figures) -> Measured:
    return Measured(poverty_rate(here.poor, here.households), "", here.poor, here.households)


def _special_rate(given: Given, place: Place, review: Review, here: Figures) -> Measured:
    if given.special is None:
        return Measured(None, NO_SPECIAL_LIST)
    listed = given.special.get(review.year, frozenset())
    those = figures(review, [one for one in place.communes if one in listed])
    if not those.households:
        return Measured(None, f"not measured: no commune of this place is on the list of {review.year}")
    caution = "" if given.special_whole else NOT_WHOLE
    return Measured(poverty_rate(those.poor, those.households), "", those.poor, those.households, caution)


def _minority_rate(given: Given, place: Place, review: Review, here: Figures) -> Measured:
    if unknown := given.minority_unknown.intersection(place.communes):
        return Measured(None, f"not measured: {len(unknown)} communes do not know all their ethnic-minority households")
    if not here.minority:
        return Measured(None, "not measured: no ethnic-minority household lives here")
    return Measured(minority_rate(here.minority_poor, here.minority), "", here.minority_poor, here.minority)


def _still(outcome: Class, given: Given, place: Place, review: Review) -> Measured:
    if given.first is None or review.still is None:
        return Measured(None, NO_FIRST_LIST)
    first = merged(given.first.found.communes.get(one, {}) for one in place.communes)
    listed = first.get(outcome, Tally()).households
    left = sum(review.still.get(one, {}).get(outcome, 0) for one in place.communes)
    return Measured(Decimal(left), "", left, listed)


def _still_income_poor(given: Given, place: Place, review: Review, here: Figures) -> Measured:
    return _still(Class.INCOME_POOR, given, place, review)


def _still_service_poor(given: Given, place: Place, review: Review, here: Figures) -> Measured:
    return _still(Class.SERVICE_POOR, given, place, review)


_WAYS = {
    paces.GENERAL_RATE: _poverty_rate,
    paces.SPECIAL_RATE: _special_rate,
    paces.MINORITY_RATE: _minority_rate,
    paces.OF_FIRST_INCOME: _still_income_poor,
    paces.OF_FIRST_SERVICE: _still_service_poor,
}
"""How a population tells of each measure that a plan may name; the others need what it does not hold."""
