"""The units of a province on a day, and which of them a path of any earlier day belongs to now. Two queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from chungtay.places.models import DIGITS, Level, Place, PlaceVersion, Succession


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


class Ground:
    """Địa bàn của một tỉnh vào một ngày: the province with its units, and where figures of earlier days belong."""

    def __init__(self, province: Place, on: date) -> None:
        self.day = on if province.until is None or on < province.until else province.until - timedelta(days=1)
        self._versions = list(
            PlaceVersion.objects.filter(since__lte=self.day)
            .exclude(place__level=Level.HAMLET)
            .select_related("place")
            .order_by("path", "since")
        )
        alive = [version for version in self._versions if version.holds_on(self.day)]
        root = next(version.path for version in alive if version.place_id == province.pk)
        inside = sorted(
            (version for version in alive if version.path.startswith(root)), key=lambda version: version.code
        )
        self.units = {one.place_id: _unit(one) for one in inside}
        self.province = self.units[province.pk]
        self._now = self._lineage()

    def _lineage(self) -> dict[str, Unit]:
        """Every path that a unit of today ever had, or one that it took over whole."""
        heirs = dict(
            Succession.objects.filter(on__lte=self.day, kind__in=Succession.WHOLE).values_list(
                "predecessor_id", "successor_id"
            )
        )
        found = {}
        for version in self._versions:
            key = version.place_id
            while key not in self.units and key in heirs:
                key = heirs[key]
            if key in self.units:
                found[version.path] = self.units[key]
        return found

    def at(self, path: str) -> Unit | None:
        """The unit of today that a path of that day or an earlier one stands for."""
        return self._now.get(path)

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
        day = min(date(year, 12, 31), self.day)
        paths = [
            version.path for version in self._versions if version.place.level == Level.COMMUNE and version.holds_on(day)
        ]
        return sum(self._belongs(path, unit) for path in paths)

    def _belongs(self, path: str, unit: Unit) -> bool:
        now = self.at(path)
        return now is not None and now.path.startswith(unit.path)


def _unit(version: PlaceVersion) -> Unit:
    return Unit(
        version.place_id, version.place.key, version.full_name, Level(version.place.level), version.path,
        version.parent_id,
    )  # fmt: skip
