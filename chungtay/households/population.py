"""A whole population classified: the same rungs as `law.classifying.classify`, as one expression over columns.

A row gets a *place*, its class as a small whole number. Which class follows from passing so many lines and reaching so
many cuts is worked out here once, from the rungs of the day; rows are only compared and added, in whole numbers. A row
that `classify` would refuse, or whose facts have a gap, has no place and no class.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from itertools import groupby, pairwise
from operator import add, and_

import narwhals as nw

from chungtay.households.columns import (
    B1,
    B2,
    COMMUNE,
    INCOME,
    MEMBERS,
    MINORITY,
    NOT_REVIEWED,
    URBAN,
    Frame,
    indicators,
)
from chungtay.law.deprivations import INDICATORS, POINTS
from chungtay.law.poverty import Area, Basis, Class, Rule, rule
from chungtay.law.refusals import NoRule

PLACE = "place"
CLASSES = tuple(Class)
NUMBERS = {outcome: number for number, outcome in enumerate(CLASSES)}
"""From the poorest on; these numbers live only while a query runs."""
AREAS = (Area.RURAL, Area.URBAN)
"""In the order of the column `urban`: false, true."""


@dataclass(frozen=True)
class Ladder:
    """Thang xếp loại: the rule of a day for both areas, made ready for columns.

    `lines` holds a pair (rural, urban) for each line, from the lowest; `cuts` the numbers of deprivations or points
    that matter. `steps` has a row for each number of lines passed, with a pair for each number of cuts reached.
    `otherwise` classifies the rows that do not state an income, where each row goes by what it holds.
    """

    basis: Basis
    on: date
    rules: Mapping[Area, Rule]
    lines: tuple[tuple[int, int], ...]
    cuts: tuple[int, ...]
    steps: tuple[tuple[tuple[Class, Class], ...], ...]
    otherwise: Ladder | None = None

    @property
    def bases(self) -> tuple[Basis, ...]:
        """What rows are classified by, the first one first."""
        return (self.basis, *(self.otherwise.bases if self.otherwise else ()))

    @property
    def standard(self) -> str:
        return self.rules[Area.RURAL].standard

    def sources(self) -> list[str]:
        """Every source of the lines and cuts, each with how far to trust it."""
        return list(dict.fromkeys(f"{s} ({s.trust.label})" for by in self._every_rule() for s in by.sources))

    def assumed(self) -> list[str]:
        """Every reading or stand-in that the classes rest on."""
        return list(dict.fromkeys(said for by in self._every_rule() for said in by.assumed))

    def _every_rule(self) -> list[Rule]:
        return [*self.rules.values(), *(self.otherwise._every_rule() if self.otherwise else ())]


def ladder(basis: Basis, *, on: date) -> Ladder:
    """The classification in force on `on`. Raises NoRule where no rule covers that day."""
    rules = {area: rule(area, basis, on=on) for area in AREAS}
    each = [sorted({r.up_to for r in rules[area].rungs if r.up_to is not None}) for area in AREAS]
    most = max(map(len, each))
    # An area with fewer lines passes its last one as often as the other has more: no class lies between the two.
    rural, urban = ([*lines, *[lines[-1]] * (most - len(lines))] for lines in each)
    cuts = tuple(sorted({r.lacking for by in rules.values() for r in by.rungs if r.lacking}))
    steps = tuple(
        tuple(
            (
                _outcome(rules[Area.RURAL], rural, cuts, passed, reached),
                _outcome(rules[Area.URBAN], urban, cuts, passed, reached),
            )
            for reached in range(len(cuts) + 1)
        )
        for passed in range(most + 1)
    )
    return Ladder(basis, on, rules, tuple(zip(rural, urban, strict=True)), cuts, steps)


def either(*, on: date) -> Ladder:
    """Each row by its income where it states one, else by its points; on a day without lines of points by income alone.

    Raises NoRule where no rule covers that day.
    """
    first = ladder(Basis.INCOME, on=on)
    try:
        return replace(first, otherwise=ladder(Basis.SCORES, on=on))
    except NoRule:
        return first


def _outcome(by: Rule, lines: Sequence[int], cuts: Sequence[int], passed: int, reached: int) -> Class:
    lacking = cuts[reached - 1] if reached else 0
    return next(
        rung.outcome
        for rung in by.rungs
        if rung.lacking <= lacking and (rung.up_to is None or lines.index(rung.up_to) >= passed)
    )


def placed(frame: Frame, by: Ladder) -> Frame:
    """The rows with their place beside them; empty where a household has no class."""
    names = frame.collect_schema().names()
    found = _place(by, names)
    if by.otherwise:
        found = nw.when(~nw.col(INCOME.name).is_null()).then(found).otherwise(_place(by.otherwise, names))
    if NOT_REVIEWED.name in names:
        outside = nw.lit(NUMBERS[Class.OUTSIDE], nw.Int16)
        found = nw.when(nw.col(NOT_REVIEWED.name).fill_null(False)).then(outside).otherwise(found)
    return frame.with_columns(found.alias(PLACE))


def _place(by: Ladder, names: Collection[str]) -> nw.Expr:
    asked = [c.name for c in indicators(on=by.on) if c.name in names]
    others = [name for name in INDICATORS if name in names and name not in asked]
    fit = [~nw.col(name).fill_null(False) for name in others] + [~nw.col(URBAN.name).is_null()]
    lacking = total(nw.col(name).cast(nw.Int16) for name in asked)
    if by.basis is Basis.INCOME:
        members, value = nw.col(MEMBERS.name).cast(nw.Int64), nw.col(INCOME.name).cast(nw.Int64)
        fit += [members >= 1, value >= 0, *(~nw.col(name).is_null() for name in asked)]
        limits = [_line(*line) * members for line in by.lines]
    else:
        value, points = nw.col(B1.name).cast(nw.Int64), nw.col(B2.name).cast(nw.Int64)
        fit += [value >= 0, *_fitting_points(by, points, asked, lacking)]
        limits, lacking = [_line(*line) for line in by.lines], points
    found = _step(by.steps[-1], by.cuts, lacking)
    for limit, step in zip(limits[::-1], by.steps[-2::-1], strict=True):
        found = nw.when(value <= limit).then(_step(step, by.cuts, lacking)).otherwise(found)
    return nw.when(reduce(and_, fit)).then(found)


def _step(step: Sequence[tuple[Class, Class]], cuts: Sequence[int], lacking: nw.Expr) -> nw.Expr:
    """The place at a number of lines passed; deprivations are added up only where they decide."""
    found = _either(*step[0])
    for (earlier, pair), cut in zip(pairwise(step), cuts, strict=True):
        if pair != earlier:
            found = nw.when(lacking >= cut).then(_either(*pair)).otherwise(found)
    return found


def _either(rural: Class, urban: Class) -> nw.Expr:
    one, other = (nw.lit(NUMBERS[outcome], nw.Int16) for outcome in (rural, urban))
    return one if rural is urban else nw.when(nw.col(URBAN.name)).then(other).otherwise(one)


def _line(rural: int, urban: int) -> nw.Expr:
    """The line of the row's area. (An unknown area takes the rural one; it has no place all the same.)"""
    return nw.when(nw.col(URBAN.name)).then(nw.lit(urban, nw.Int64)).otherwise(nw.lit(rural, nw.Int64))


def _fitting_points(by: Ladder, points: nw.Expr, asked: Collection[str], lacking: nw.Expr) -> list[nw.Expr]:
    """B2 is so many points for each deprivation, and agrees with the indicators if these were entered."""
    each = POINTS.on(by.on).value
    right = [points >= 0, points <= each * len(indicators(on=by.on)), points % each == 0]
    if not asked:
        return right
    unknown = reduce(and_, (nw.col(name).is_null() for name in asked))
    return [*right, unknown | (lacking.cast(nw.Int64) * each == points)]


def total(terms: Iterable[nw.Expr]) -> nw.Expr:
    """The sum, empty as soon as one term is: engines differ in what `sum_horizontal` does then."""
    return reduce(add, terms, nw.lit(0, nw.Int16))


def chosen(values: Mapping[int, int | str], *, of: str = PLACE, last: nw.Expr) -> nw.Expr:
    """The value that the place in column `of` stands for, by runs of places alike; `last` for a row without a place."""
    runs = [(list(run)[-1], value) for value, run in groupby(sorted(values), values.__getitem__)]
    place = nw.col(of)
    return reduce(lambda rest, run: nw.when(place <= run[0]).then(nw.lit(run[1])).otherwise(rest), runs[::-1], last)


def classified(frame: Frame, by: Ladder) -> Frame:
    """The rows with the id of their class in the column `class`, empty where there is none."""
    classes = {number: outcome.value for number, outcome in enumerate(CLASSES)}
    return placed(frame, by).with_columns(chosen(classes, last=nw.lit(None, nw.String)).alias("class"))


def counted(frame: Frame, by: Ladder) -> Frame:
    """For each commune and place: households, persons, ethnic-minority households."""
    rows = placed(frame, by).select(
        COMMUNE.name, PLACE, nw.col(MEMBERS.name).cast(nw.Int64).fill_null(UNTOLD),
        nw.col(MINORITY.name).cast(nw.Int64),
    )  # fmt: skip
    return rows.group_by(COMMUNE.name, PLACE).agg(
        nw.len().alias("households"),
        nw.col(MEMBERS.name).sum().alias("persons"),
        nw.col(MINORITY.name).sum().alias("minority"),
    )


UNTOLD = -(2**36)
"""Stands for the persons of a household that nobody counted: any sum with one of them is below 0, whatever else is in
it, and a hundred million of them fit into 64 bits."""


def told_persons(total: int) -> int | None:
    """The sum, or None where the persons of some of the households are not known."""
    return None if total < 0 else total


@dataclass(slots=True)
class Tally:
    """Số hộ, số người (`told_persons`), số hộ dân tộc thiểu số. Persons of households without a class are not summed.

    Not frozen, for a nation has tens of thousands of them; nobody changes one.
    """

    households: int = 0
    persons: int = 0
    minority: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.households + other.households, self.persons + other.persons, self.minority + other.minority)


Counts = dict[int, dict[Class | None, Tally]]
"""By commune and class; None are the households without a class."""


def counts(rows: Iterable[tuple[int, int | None, int, int, int]]) -> Counts:
    """The rows of `counted` by commune and class."""
    found: Counts = {}
    for commune, number, households, persons, minority in rows:
        outcome = None if number is None else CLASSES[number]
        tally = Tally(households, 0 if outcome is None else persons, minority)
        before = found.setdefault(commune, {}).setdefault(outcome, tally)
        if before is not tally:
            found[commune][outcome] = before + tally
    return found
