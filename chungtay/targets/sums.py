"""Figures of communes added up: every unit and every year in one query, never a loop over communes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, Sum
from django.db.models.functions import Substr

from chungtay.places.models import DIGITS, Difficulty
from chungtay.places.scope import Scope
from chungtay.reviews.models import Figures, FiguresQuerySet
from chungtay.targets.ground import Ground, Unit

COLUMNS = (
    "households_all", "poor", "near_poor", "income_poor", "service_poor", "newly_escaped", "poor_persons",
    "near_poor_persons", "minority_poor", "minority_near_poor", "of_first_income_poor", "of_first_service_poor",
)  # fmt: skip


@dataclass
class Sums:
    """Tổng số liệu của một địa bàn trong một năm. `…_without`: communes that left the column empty: no sum is told."""

    communes: int = 0
    households_all: int = 0
    poor: int = 0
    near_poor: int = 0
    income_poor: int = 0
    service_poor: int = 0
    newly_escaped: int = 0
    poor_persons: int = 0
    near_poor_persons: int = 0
    minority_poor: int = 0
    minority_near_poor: int = 0
    of_first_income_poor: int = 0
    of_first_service_poor: int = 0
    special_communes: int = 0
    special_households: int = 0
    special_poor: int = 0
    minority_known: int = 0
    minority_without: int = 0
    persons_known: int = 0
    persons_without: int = 0
    as_of: date | None = None
    sources: tuple[str, ...] = ()

    @property
    def minority_all(self) -> int | None:
        """All ethnic-minority households; None while a commune has not told."""
        return None if self.minority_without or not self.communes else self.minority_known

    @property
    def persons_all(self) -> int | None:
        """All persons; None while a commune has not told."""
        return None if self.persons_without or not self.communes else self.persons_known

    @property
    def source(self) -> str:
        """Where the figures come from, in one line."""
        return "; ".join(self.sources)

    def add(self, other: Sums) -> None:
        """Take in the sums of another area."""
        for column in fields(Sums):
            mine, theirs = getattr(self, column.name), getattr(other, column.name)
            if column.name == "as_of":
                theirs = max((day for day in (mine, theirs) if day is not None), default=None)
            elif column.name == "sources":
                theirs = tuple(dict.fromkeys((*mine, *theirs)))
            else:
                theirs = mine + theirs
            setattr(self, column.name, theirs)


Table = dict[int, dict[int, Sums]]
"""By unit and year; a year that nobody reviewed is not there."""
_SPECIAL = Q(listed=True)
_LISTED = Exists(Difficulty.objects.order_by().filter(place=OuterRef("place"), year=OuterRef("year")))
"""Whether the dated list has the commune of a row in the year of the row: what every goal asks, and nothing else."""
_AGGREGATES: dict[str, Any] = {
    "n": Count("pk"),
    **{f"sum_{name}": Sum(name) for name in COLUMNS},
    "special_communes": Count("pk", filter=_SPECIAL),
    "special_households": Sum("households_all", filter=_SPECIAL, default=0),
    "special_poor": Sum("poor", filter=_SPECIAL, default=0),
    "minority_known": Sum("minority_all", default=0),
    "minority_without": Count("pk", filter=Q(minority_all__isnull=True)),
    "persons_known": Sum("persons_all", default=0),
    "persons_without": Count("pk", filter=Q(persons_all__isnull=True)),
    "latest": Max("as_of"),
    "one": Min("source"),
    "other": Max("source"),
}


def years(ground: Ground, unit: Unit) -> list[int]:
    """The years with figures of the unit, the latest first. One query."""
    rows = _inside(ground, ground.province.path).order_by()
    if unit.pk == ground.province.pk:
        return sorted(set(rows.values_list("year", flat=True).distinct()), reverse=True)
    mine = set()
    for year, path in rows.values_list("year", "area_path").distinct():
        at = ground.at(path)
        if at is not None and at.path.startswith(unit.path):
            mine.add(year)
    return sorted(mine, reverse=True)


def _inside(ground: Ground, path: str) -> FiguresQuerySet:
    return Figures.objects.standing(ground.on).filter(Scope.of_paths([path]).where("area_path"))


def read(ground: Ground, units: Collection[Unit], *, year: int | None = None) -> Table:
    """The sums of these units and of every unit above them, for every year locked by the ground's day or for one.

    One query.
    """
    deepest = max(unit.depth for unit in units)
    found = _inside(ground, ground.province.path)
    rows = (
        (found if year is None else found.filter(year=year))
        .annotate(at=Substr("area_path", 1, deepest * DIGITS), listed=_LISTED)
        .order_by()
        .values("year", "at")
        .annotate(**_AGGREGATES)
    )
    wanted = {unit.pk for unit in units} | {above.pk for unit in units for above in ground.line(unit)}
    table: Table = {}
    for row in rows:
        unit = ground.at(row["at"])
        if unit is None:
            continue
        sums = _sums(row)
        for one in (*ground.line(unit), unit):
            if one.pk in wanted:
                table.setdefault(one.pk, {}).setdefault(row["year"], Sums()).add(sums)
    return table


def _sums(row: Mapping[str, Any]) -> Sums:
    told = {name.removeprefix("sum_"): row[name] for name in _AGGREGATES if name not in ("n", "latest", "one", "other")}
    sources = tuple(dict.fromkeys((row["one"], row["other"])))
    return Sums(communes=row["n"], as_of=row["latest"], sources=sources, **told)
