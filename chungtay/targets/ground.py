"""The units of a province on a day, and which of them a path of any earlier day belongs to now. Two queries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from chungtay.places.models import DIGITS, Kind, Level, Place, PlaceVersion, Succession


@dataclass(frozen=True)
class Unit:
    """Một đơn vị hành chính as of the day: `path` of its version, `parent` the key of the unit above."""

    pk: int
    key: str
    name: str
    level: Level
    path: str
    parent: int | None

    @property
    def depth(self) -> int:
        """How many steps of a path lead to it."""
        return len(self.path) // DIGITS


class _Version(NamedTuple):
    """One version of a unit, as little of it as is needed."""

    place: int
    key: str
    level: str
    until: date | None
    since: date
    code: str
    kind: str
    name: str
    path: str
    parent: int | None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


_FIELDS = ("place_id", "place__key", "place__level", "until", "since", "code", "kind", "name", "path", "parent_id")
_KINDS = dict(Kind.choices)


class Ground:
    """Địa bàn của một tỉnh vào một ngày: the province with its units, and where figures of earlier days belong.

    `on` is the day that was asked for, and nothing written later is read for it; `day` the last day up to then on which
    the province was one.
    """

    def __init__(self, province: Place, on: date) -> None:
        self.on = on
        self.day = on if province.until is None or on < province.until else province.until - timedelta(days=1)
        rows = PlaceVersion.objects.filter(since__lte=self.day).exclude(place__level=Level.HAMLET)
        self._versions = [_Version(*row) for row in rows.order_by("path", "since").values_list(*_FIELDS)]
        alive = [version for version in self._versions if version.holds_on(self.day)]
        root = next(version.path for version in alive if version.place == province.pk)
        inside = [version for version in alive if version.path.startswith(root)]
        self.units = {one.place: _unit(one) for one in sorted(inside, key=lambda version: version.code)}
        self.province = self.units[province.pk]
        self._now = self._lineage()
        self._expected: dict[int, Counter[int]] = {}

    def _lineage(self) -> dict[str, Unit]:
        """Every path that a unit of today ever had, or one that it took over whole."""
        heirs = dict(
            Succession.objects.filter(on__lte=self.day, kind__in=Succession.WHOLE).values_list(
                "predecessor_id", "successor_id"
            )
        )
        found = {}
        for version in self._versions:
            key = version.place
            while key not in self.units and key in heirs:
                key = heirs[key]
            if key in self.units:
                found[version.path] = self.units[key]
        return found

    def at(self, path: str) -> Unit | None:
        """The unit of today that a path of that day or an earlier one stands for."""
        return self._now.get(path)

    def keys_at(self, path: str) -> list[int]:
        """The keys of the unit at a path of that day or an earlier one, and of those above it."""
        unit = self.at(path)
        return [] if unit is None else [one.pk for one in (*self.line(unit), unit)]

    def by_key(self, key: str) -> Unit | None:
        """The unit with that key, if it lies in the province."""
        return next((unit for unit in self.units.values() if unit.key == key), None)

    def children(self, unit: Unit) -> list[Unit]:
        """The units right under it, in official order."""
        return [one for one in self.units.values() if one.parent == unit.pk]

    def communes(self, unit: Unit) -> list[Unit]:
        """Its communes; a commune is its own."""
        inside = (one for one in self.units.values() if one.path.startswith(unit.path))
        return [one for one in inside if one.level == Level.COMMUNE]

    def line(self, unit: Unit) -> list[Unit]:
        """The units above it, the province first."""
        found: list[Unit] = []
        above = self.units.get(unit.parent or 0)
        while above is not None:
            found.insert(0, above)
            above = self.units.get(above.parent or 0)
        return found

    def expected(self, unit: Unit, year: int) -> int:
        """How many communes it had at the end of `year`, by the paths of then."""
        if year not in self._expected:
            day, told = min(date(year, 12, 31), self.day), Counter[int]()
            for version in self._versions:
                now = self.at(version.path) if version.level == Level.COMMUNE and version.holds_on(day) else None
                if now is not None:
                    told.update(one.pk for one in (*self.line(now), now))
            self._expected[year] = told
        return self._expected[year][unit.pk]


def _unit(one: _Version) -> Unit:
    name = f"{_KINDS[one.kind]} {one.name}"
    return Unit(one.place, one.key, name, Level(one.level), one.path, one.parent)
