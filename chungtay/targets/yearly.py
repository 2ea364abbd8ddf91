"""The dashboard of one place and one year: classes, movement, deprivations, causes, groups, added up over communes."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from chungtay.law.causes import CAUSES
from chungtay.law.deprivations import INDICATORS
from chungtay.law.population import Counted, Flow
from chungtay.law.rates import percent
from chungtay.places.scope import Scope
from chungtay.reviews.models import Figures
from chungtay.targets.charting import shown
from chungtay.targets.ground import Ground, Unit

GROUPS = {
    "minority": "Hộ dân tộc thiểu số", "no_labour": "Hộ không có khả năng lao động",
    "merit": "Hộ có người có công với cách mạng", "other": "Các hộ khác",
}  # fmt: skip
FLOW_WORDS = {
    "start": "Đầu kỳ", "to_other": "Giảm: chuyển giữa nghèo và cận nghèo", "above": "Giảm: vượt chuẩn cận nghèo",
    "other_decrease": "Giảm khác (chuyển đi, nhập, mất)", "from_other": "Tăng: chuyển giữa nghèo và cận nghèo",
    "relapsed": "Tăng: tái nghèo, tái cận nghèo", "newly_arising": "Tăng: phát sinh mới",
    "other_increase": "Tăng khác (chuyển đến, tách)", "end": "Cuối kỳ",
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

    def movement_rows(self) -> list[dict[str, Any]]:
        """The movement tables column by column: households and persons of both lists."""
        told = self.movement
        tables = [told.poor, told.poor_persons, told.near_poor, told.near_poor_persons]
        return [
            {"name": FLOW_WORDS[column.name], "sizes": [getattr(table, column.name) for table in tables],
             "is_sum": column.name in ("start", "end")}
            for column in fields(Flow)
        ]  # fmt: skip


def read(ground: Ground, unit: Unit, year: int) -> Parts:
    """The parts of every commune of the unit added up. One query, one row a commune."""
    parts, moved = Parts(), dict[str, dict[str, int]]()
    inside = Scope.of_paths([ground.province.path]).where("area_path")
    rows = Figures.objects.standing(ground.on).filter(inside, year=year).order_by()
    for path, flows, *kinds in rows.values_list("area_path", "flows", *ALL_NAMES):
        at = ground.at(path)
        if at is None or not at.path.startswith(unit.path):
            continue
        for name, table in flows.items():
            into = moved.setdefault(name, {})
            for column, size in table.items():
                into[column] = into.get(column, 0) + size
        for kind, told in zip(ALL_NAMES, kinds, strict=True):
            for on_list in LISTS:
                into = parts.counts[kind][on_list]
                for name, size in told.get(on_list, {}).items():
                    into[name] = into.get(name, 0) + size
    parts.movement = Counted(**{name: Flow(**table) for name, table in moved.items()})
    parts.has_movement = bool(moved)
    return parts
