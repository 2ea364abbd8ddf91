"""The province's published series, beside what the figures here come to. What was not published stays a gap."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from chungtay.law.rates import minority_rate, percent, poverty_rate
from chungtay.targets.sums import Sums

FOLDER = Path(__file__).resolve().parents[2] / "data" / "published"
SERIES, DISTRICTS = FOLDER / "poverty.csv", FOLDER / "districts.csv"
RATES = frozenset({"poor_rate", "near_poor_rate", "minority_rate", "minority_near_rate"})
COLUMNS = (
    "households", "poor", "poor_rate", "income_poor", "service_poor", "poor_persons", "near_poor", "near_poor_rate",
    "near_poor_persons", "minority_poor", "minority_rate", "minority_near_poor", "minority_near_rate",
)  # fmt: skip


@dataclass(frozen=True)
class Published:
    """Số công bố của một năm: None where nothing was published; what it is and where it stands."""

    year: int
    figures: Mapping[str, Decimal | None]
    basis: str
    source: str


@dataclass(frozen=True)
class Compared:
    """One figure of one year: published, ours, and whether they are the same. `place`: a district's key, else all."""

    year: int
    column: str
    published: Decimal | None
    ours: Decimal | None
    place: str = ""

    @property
    def agrees(self) -> bool | None:
        """Whether both are known and the same; None where one is not known."""
        return None if self.published is None or self.ours is None else self.published == self.ours


def read_series(path: Path = SERIES) -> list[Published]:
    """The published years in order. Raises ValueError for a figure that is no number."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Published(
            int(row["year"]), {name: Decimal(row[name]) if row[name] else None for name in COLUMNS}, row["basis"],
            row["source"],
        )
        for row in rows
    ]  # fmt: skip


def read_districts(path: Path = DISTRICTS) -> list[Compared]:
    """The published figures of single districts, ours not yet beside them. Raises ValueError for what is no number."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [Compared(int(row["year"]), row["column"], Decimal(row["value"]), None, row["place"]) for row in rows]


def ours(sums: Sums | None) -> dict[str, Decimal | None]:
    """The same columns from our own figures; None where we do not know."""
    if sums is None:
        return dict.fromkeys(COLUMNS)
    minority = sums.minority_all
    told: dict[str, int | Decimal | None] = {
        "households": sums.households_all, "poor": sums.poor,
        "poor_rate": poverty_rate(sums.poor, sums.households_all), "income_poor": sums.income_poor,
        "service_poor": sums.service_poor, "poor_persons": sums.poor_persons, "near_poor": sums.near_poor,
        "near_poor_rate": percent(sums.near_poor, sums.households_all), "near_poor_persons": sums.near_poor_persons,
        "minority_poor": sums.minority_poor,
        "minority_rate": None if minority is None else minority_rate(sums.minority_poor, minority),
        "minority_near_poor": sums.minority_near_poor,
        "minority_near_rate": None if minority is None else minority_rate(sums.minority_near_poor, minority),
    }  # fmt: skip
    return {name: None if value is None else Decimal(value) for name, value in told.items()}


def compare(series: list[Published], years: Mapping[int, Sums]) -> list[Compared]:
    """Every figure of every published year beside ours."""
    return [
        Compared(one.year, name, one.figures[name], mine[name])
        for one in series
        for mine in [ours(years.get(one.year))]
        for name in COLUMNS
    ]


def beside(found: list[Compared], years: Mapping[str, Mapping[int, Sums]]) -> list[Compared]:
    """The published figures of districts with ours beside them; `years` by the place's key."""
    return [replace(one, ours=ours(years.get(one.place, {}).get(one.year))[one.column]) for one in found]
