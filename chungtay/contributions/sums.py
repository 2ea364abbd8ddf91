"""What units received, year by year and by kind: confirmed gifts added up in one query (T9)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Q, Sum
from django.db.models.functions import ExtractYear

from chungtay.contributions.gifts import Contribution, State
from chungtay.law.giving import Nature
from chungtay.law.money import dong
from chungtay.places.scope import Scope
from chungtay.records import walls


@dataclass
class Received:
    """Đóng góp đã nhận trong một năm: whole đồng by nature, and the last day on which something came."""

    by_nature: dict[Nature, int] = field(default_factory=dict)
    latest: date | None = None

    @property
    def total(self) -> int:
        return sum(self.by_nature.values())

    @property
    def kinds(self) -> str:
        """Each kind with its sum, in the order of the plan."""
        told = ((nature, self.by_nature.get(nature, 0)) for nature in Nature)
        return "; ".join(f"{nature.label.lower()} {dong(value)} đồng" for nature, value in told if value)

    def add(self, nature: Nature, value: int, latest: date) -> None:
        self.by_nature[nature] = self.by_nature.get(nature, 0) + value
        self.latest = latest if self.latest is None else max(latest, self.latest)


@walls.everything("sums tell no person")
def received(province: str, units: Callable[[str], Iterable[int]], *, on: date) -> dict[tuple[int, int], Received]:
    """By unit of `on` and year, what it and all below it received, as it stood confirmed on that day. One query.

    `province`: the path of the whole; `units` gives the keys of the units that a path of any day lies in then.
    """
    inside = Scope.of_paths([province]).where("area_path")
    stood = Q(state=State.CONFIRMED) | Q(state=State.CORRECTED, ended_on__gt=on)
    rows = Contribution.objects.filter(stood, inside, confirmed_on__lte=on).order_by()
    told = rows.annotate(year=ExtractYear("received_on")).values("area_path", "year", "nature")
    found: dict[tuple[int, int], Received] = {}
    for row in told.annotate(worth=Sum("value"), latest=Max("received_on")):
        for key in units(row["area_path"]):
            found.setdefault((key, row["year"]), Received()).add(Nature(row["nature"]), row["worth"], row["latest"])
    return found
