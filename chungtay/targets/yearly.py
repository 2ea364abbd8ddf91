"""The dashboard of one place and one year: classes, movement, deprivations, causes, groups, added up over communes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from chungtay.law.causes import CAUSES
from chungtay.law.deprivations import INDICATORS
from chungtay.law.population import Counted, Flow
from chungtay.law.rates import percent
from chungtay.places.scope import Scope
from chungtay.reviews.columns import FLOW_LABELS, OTHER_LIST
from chungtay.reviews.models import Figures
from chungtay.targets.charting import shown
from chungtay.targets.ground import Ground, Unit

GROUPS = {
    "minority": "Hộ dân tộc thiểu số", "no_labour": "Hộ không có khả năng lao động",
    "merit": "Hộ có người có công với cách mạng", "other": "Các hộ khác",
}  # fmt: skip
LISTS = ("poor", "near_poor")
ALL_NAMES = {
    "lacking": {one.id: one.label.capitalize() for one in INDICATORS.values()},
    "causes": {one.id: one.label.capitalize() for one in CAUSES.values()},
    "groups": GROUPS,
}


@dataclass
class Parts:
    """Các bảng kèm theo of one place and year: the movement, and households by list and name."""

    movement: Counted = field(default_factory=Counted)
    counts: dict[str, dict[str, dict[str, int]]] = field(
        default_factory=lambda: {kind: {on_list: {} for on_list in LISTS} for kind in ALL_NAMES}
    )
    has_movement: bool = False

    def rows(self, kind: str, poor: int, near_poor: int) -> list[dict[str, Any]]:
        """A table of households lacking an indicator, with a cause or of a group: numbers, and shares of each list."""
        found = []
        for key, name in ALL_NAMES[kind].items():
            sizes = [self.counts[kind][on_list].get(key, 0) for on_list in LISTS]
            if kind == "groups" or any(sizes):
                shares = [
                    shown(percent(size, of), "percent") for size, of in zip(sizes, (poor, near_poor), strict=True)
                ]
                found.append({"name": name, "poor": sizes[0], "near": sizes[1], "shares": shares})
        return found

    def has_near(self, kind: str) -> bool:
        """Whether anybody asked it of near-poor households: causes are asked of the poor alone."""
        return any(self.counts[kind]["near_poor"].values())

    def movement_rows(self) -> list[dict[str, Any]]:
        """The movement tables column by column in the words of the form: households and persons of both lists.

        `near`: what the form calls the same column in the list of the near-poor, where that is something else.
        """
        told = self.movement
        tables = [told.poor, told.poor_persons, told.near_poor, told.near_poor_persons]
        return [
            {"name": name, "near": OTHER_LIST["near_poor"].get(column, ""),
             "sizes": [getattr(table, column) for table in tables], "is_sum": column in ("start", "end")}
            for column, name in (FLOW_LABELS | OTHER_LIST["poor"]).items()
        ]  # fmt: skip


def read(ground: Ground, unit: Unit, year: int) -> Parts:
    """The parts of every commune of the unit added up. One query, one row a commune."""
    return of_each(ground, [unit], year)[unit.pk]


def of_each(ground: Ground, units: Collection[Unit], year: int) -> dict[int, Parts]:
    """The same of many units at once, by their keys. One query, one row a commune."""
    found = {unit.pk: Parts() for unit in units}
    moved: dict[int, dict[str, dict[str, int]]] = {unit.pk: {} for unit in units}
    inside = Scope.of_paths([ground.province.path]).where("area_path")
    rows = Figures.objects.standing(ground.on).filter(inside, year=year).order_by()
    for path, flows, *kinds in rows.values_list("area_path", "flows", *ALL_NAMES):
        for key in set(ground.keys_at(path)) & found.keys():
            for name, table in flows.items():
                _add(moved[key].setdefault(name, {}), table)
            for kind, told in zip(ALL_NAMES, kinds, strict=True):
                for on_list in LISTS:
                    _add(found[key].counts[kind][on_list], told.get(on_list, {}))
    for key, tables in moved.items():
        found[key].movement = Counted(**{name: Flow(**table) for name, table in tables.items()})
        found[key].has_movement = bool(tables)
    return found


def _add(into: dict[str, int], told: Mapping[str, int]) -> None:
    for name, size in told.items():
        into[name] = into.get(name, 0) + size
