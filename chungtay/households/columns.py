"""The columns of a population file: one row a household, one file or folder of files a review.

Every indicator is a column of its own named by its id in `law.deprivations`, so a file says itself what it holds, a
standard that asks for others finds its own, and one bit a household is all that Parquet keeps of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

import narwhals as nw

from chungtay.law.deprivations import INDICATORS, LISTS
from chungtay.law.poverty import Basis

Frame: TypeAlias = nw.LazyFrame[Any]
"""A table that is read only when its rows are asked for, on whichever engine."""


class Kind(StrEnum):
    """What a column holds."""

    WHOLE = "whole numbers"
    YES_NO = "true or false"

    def holds(self, dtype: Any) -> bool:
        """Whether a column of that type holds what it should."""
        return dtype.is_integer() if self is Kind.WHOLE else dtype == nw.Boolean


@dataclass(frozen=True)
class Column:
    """Cột: a name, what it holds, what that means, and whether a row may leave it empty (it then has no class)."""

    name: str
    kind: Kind
    meaning: str
    may_be_empty: bool = False


ID = Column("household_id", Kind.WHOLE, "mã hộ, không đổi qua các năm")
COMMUNE = Column("commune_code", Kind.WHOLE, "mã xã, phường, thị trấn")
MINORITY = Column("minority", Kind.YES_NO, "hộ dân tộc thiểu số")
URBAN = Column("urban", Kind.YES_NO, "khu vực thành thị", True)
MEMBERS = Column("members", Kind.WHOLE, "số nhân khẩu", True)
INCOME = Column("income_total", Kind.WHOLE, "thu nhập cả hộ, đồng một tháng", True)
B1 = Column("b1", Kind.WHOLE, "điểm B1", True)
B2 = Column("b2", Kind.WHOLE, "điểm B2", True)
ESCAPED = Column("ever_escaped", Kind.YES_NO, "đã từng được công nhận thoát nghèo")
LEFT_NEAR_POOR = Column("ever_left_near_poor", Kind.YES_NO, "đã từng được công nhận thoát cận nghèo")
NOT_REVIEWED = Column("not_reviewed", Kind.YES_NO, "hộ không thuộc diện phải rà soát, trên mọi mức chuẩn", True)
"""A file may have it or not: such a household is neither poor nor near-poor, whatever else its row holds."""
COMMON = (ID, COMMUNE, URBAN, MEMBERS, MINORITY)
HISTORY = (ESCAPED, LEFT_NEAR_POOR)
"""What a year's file must say of earlier years, before the review it holds, for moves to be told."""


def indicators(*, on: date) -> tuple[Column, ...]:
    """The columns of the indicators that the standard of that day asks for. Raises NoRule for a day without one."""
    return tuple(Column(name, Kind.YES_NO, INDICATORS[name].label, True) for name in LISTS.on(on).value)


def needed(basis: Basis, *, on: date, history: bool = False) -> tuple[Column, ...]:
    """The columns that a file must have; by points the indicators may be left out. Raises NoRule as `indicators`."""
    means = (INCOME, *indicators(on=on)) if basis is Basis.INCOME else (B1, B2)
    return (*COMMON, *means, *(HISTORY if history else ()))


def faults(frame: Frame, basis: Basis, *, on: date, history: bool = False) -> list[str]:
    """One sentence for each column that is missing or of the wrong type."""
    schema = dict(frame.collect_schema())
    must = needed(basis, on=on, history=history)
    known = [Column(name, Kind.YES_NO, indicator.label, True) for name, indicator in INDICATORS.items()]
    known.append(NOT_REVIEWED)
    found = [f"column {c.name} ({c.meaning}) is missing: {c.kind}" for c in must if c.name not in schema]
    found += [
        f"column {c.name} ({c.meaning}) must hold {c.kind}, not {schema[c.name]}"
        for c in dict.fromkeys([*must, *known])
        if c.name in schema and not c.kind.holds(schema[c.name])
    ]
    asked = [c.name for c in indicators(on=on)]
    some = [name for name in asked if name in schema]
    if basis is Basis.SCORES and some and len(some) < len(asked):
        absent = ", ".join(name for name in asked if name not in schema)
        found.append(f"some indicators have a column, but not {absent}: give all of the standard or none")
    return found


@dataclass(frozen=True)
class Checked:
    """What was found about the rows: how many, how many ids are not alone, how many cells may not be empty but are."""

    rows: int
    repeated: int
    empty: dict[str, int]

    def faults(self) -> Iterable[str]:
        """One sentence for each thing that makes sums of these rows wrong."""
        if self.repeated:
            yield f"{self.repeated} rows repeat the {ID.name} of another row: a household must stand there once"
        yield from (f"column {name} is empty in {count} rows" for name, count in self.empty.items() if count)


def check(frame: Frame, *, history: bool = False) -> tuple[Frame, list[str]]:
    """One row that `checked` reads, and the names of the columns that no row may leave empty."""
    full = [c.name for c in (*COMMON, *(HISTORY if history else ())) if not c.may_be_empty]
    empty = [nw.col(name).is_null().cast(nw.Int64).sum().alias(f"empty_{name}") for name in full]
    return frame.select(nw.len().alias("rows"), nw.col(ID.name).n_unique().alias("ids"), *empty), full


def checked(row: Iterable[int], full: Iterable[str]) -> Checked:
    """The numbers of `check`, named. An empty id counts once among the different ones."""
    rows, ids, *empty = row
    return Checked(rows, rows - ids, dict(zip(full, empty, strict=True)))
