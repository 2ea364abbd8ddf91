"""What the charts and maps of a page are drawn from: numbers for the line, outlines and steps for the map."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from chungtay.law.rates import figure, rounded
from chungtay.movements.plan_parts import UNITS, WHOLE
from chungtay.places.models import Boundary
from chungtay.places.outline import Drawing, draw
from chungtay.targets.ground import Unit
from chungtay.targets.judging import Standing

STEPS = 5


def shown(value: Decimal | None, unit: str) -> str:
    """A figure as a page writes it: "2,69%", "28.151 hộ"; empty for None."""
    return "" if value is None else figure(value, UNITS[unit], 0 if unit in WHOLE else None)


def cell(value: Decimal | None, unit: str) -> Decimal | None:
    """The same figure as a number of a workbook: whole where there is no half."""
    return rounded(Fraction(value), 0) if value is not None and unit in WHOLE else value


def plan_word(standing: Standing) -> str:
    """What the plan's line and column are called: below the province the pace is there to compare with, no more."""
    if not standing.progress.by_assigned:
        return "Kế hoạch"
    return "Mức giảm của kế hoạch (tham khảo)" if standing.goal.direction == "down" else "Mức của kế hoạch (tham khảo)"


def line(standing: Standing) -> str:
    """The chart of one goal as JSON: years, and for each line its name, kind and numbers (null is a gap)."""
    progress = standing.progress
    first = progress.years[0].year - 1
    years = [first, *(one.year for one in progress.years)]
    planned = {one.year: one for one in progress.years}
    start = None if standing.baseline is None else float(standing.baseline)

    def along(pace: str) -> list[float | None]:
        found = [getattr(planned[year], pace) for year in years[1:]]
        told = [None if value is None else float(value) for value in found]
        return [start if told[0] is not None else None, *told]

    slow, fast = along("slow"), along("fast")
    name = plan_word(standing)
    lines = []
    if any(value is not None for value in slow[1:]):
        lines.append({"kind": "slow", "name": f"{name}, mức thấp" if slow != fast else name, "data": slow})
        if slow != fast and any(value is not None for value in fast[1:]):
            lines.append({"kind": "fast", "name": f"{name}, mức cao", "data": fast})
    measured = [_number(standing.measured[year].value) if year in standing.measured else None for year in years]
    measured[0] = measured[0] if measured[0] is not None else start
    lines.append({"kind": "measured", "name": "Đo được", "data": measured})
    if standing.assigned:
        told = [_number(standing.assigned[year].value) if year in standing.assigned else None for year in years]
        lines.append({"kind": "assigned", "name": "Mức giao", "data": told})
    return json.dumps({"years": years, "unit": UNITS[standing.goal.unit], "lines": lines}, ensure_ascii=False)


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


@dataclass(frozen=True)
class Step:
    """Một bậc của bản đồ: number from 1, the lightest, and the values that it holds."""

    number: int
    label: str


@dataclass(frozen=True)
class Area:
    """Một địa bàn trên bản đồ: its outline, its step (0: not measured) and what it says."""

    key: str
    d: str
    step: int
    label: str


@dataclass(frozen=True)
class Map:
    """Bản đồ theo bậc, with its legend and where the outlines come from."""

    width: int
    height: int
    areas: list[Area]
    steps: list[Step]
    has_gaps: bool
    source: str


def map_of(units: Sequence[Unit], values: dict[int, Decimal | None], unit: str, on: date) -> Map | None:
    """The map of these units; None where no outline is known. Two queries at most."""
    names = {one.pk: one for one in units}
    known = Boundary.objects.as_of(on).filter(place__in=list(names))
    found = tuple(known.values_list("pk", "place_id", "source", "licence"))
    drawing = _drawing(tuple(row[0] for row in found)) if len(found) > 1 else None
    if drawing is None:
        return None
    edges = _edges([value for value in values.values() if value is not None])
    by_key = {str(one.pk): one for one in units}
    areas = []
    for shape in drawing.shapes:
        one = by_key[shape.key]
        value = values.get(one.pk)
        said = shown(value, unit) or "chưa đo được"
        areas.append(Area(one.key, shape.d, _step(value, edges), f"{one.name}: {said}"))
    steps = [
        Step(n, f"{shown(low, unit)} đến {shown(high, unit)}" if low != high else shown(low, unit))
        for n, (low, high) in enumerate(edges, start=1)
    ]
    source = "; ".join(dict.fromkeys(f"{row[2]} ({row[3]})" for row in found))
    return Map(drawing.width, drawing.height, areas, steps, any(area.step == 0 for area in areas), source)


@lru_cache(maxsize=64)
def _drawing(boundaries: tuple[int, ...]) -> Drawing | None:
    """The outlines drawn once a process: a boundary row keeps its key while its outline stays."""
    rows = Boundary.objects.filter(pk__in=boundaries).order_by("place_id")
    return draw([(str(row.place_id), "", row.geometry) for row in rows])


def _edges(values: list[Decimal]) -> list[tuple[Decimal, Decimal]]:
    """At most five steps with as many units in each as can be; equal values share a step."""
    ordered = sorted(values)
    size, extra = divmod(len(ordered), STEPS)
    steps: list[tuple[Decimal, Decimal]] = []
    at = 0
    for n in range(STEPS):
        part = ordered[at : at + size + (n < extra)]
        at += len(part)
        part = [value for value in part if not steps or value > steps[-1][1]]
        if part:
            steps.append((part[0], part[-1]))
    return steps


def _step(value: Decimal | None, edges: list[tuple[Decimal, Decimal]]) -> int:
    if value is None:
        return 0
    return next(n for n, (_, high) in enumerate(edges, start=1) if value <= high)
