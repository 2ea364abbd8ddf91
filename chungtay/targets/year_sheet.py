"""The figures of one year as a workbook: what the page of the year tells, a row for the place and for each below."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chungtay.law.population import Counted
from chungtay.reviews.columns import FLOW_LABELS, OTHER_LIST
from chungtay.sheets.exporting import Head
from chungtay.targets.ground import Unit
from chungtay.targets.sums import Sums
from chungtay.targets.yearly import ALL_NAMES, LISTS, Parts


@dataclass(frozen=True)
class Row:
    """One unit and year: its sums, its rates, and the tables beside them."""

    unit: Unit
    year: int
    of: Sums
    rates: Mapping[str, Any]
    parts: Parts


Column = tuple[Head, Callable[[Row], Any]]
OF_LIST = {"poor": "hộ nghèo", "near_poor": "hộ cận nghèo"}
SHORT = {"lacking": "Thiếu hụt", "causes": "Nguyên nhân", "groups": "Nhóm"}
FIRST: tuple[Column, ...] = (
    (Head("Địa bàn", 28), lambda row: row.unit.name),
    (Head("Năm"), lambda row: row.year),
    (Head("Tổng số hộ"), lambda row: row.of.households_all),
    (Head("Tổng số người"), lambda row: row.of.persons_all),
    (Head("Hộ nghèo"), lambda row: row.of.poor),
    (Head("Tỷ lệ nghèo (%)"), lambda row: row.rates["poor"]),
    (Head("Nghèo thu nhập"), lambda row: row.of.income_poor),
    (Head("Nghèo thiếu hụt"), lambda row: row.of.service_poor),
    (Head("Người trong hộ nghèo"), lambda row: row.of.poor_persons),
    (Head("Hộ cận nghèo"), lambda row: row.of.near_poor),
    (Head("Tỷ lệ cận nghèo (%)"), lambda row: row.rates["near_poor"]),
    (Head("Người trong hộ cận nghèo"), lambda row: row.of.near_poor_persons),
    (Head("Mới thoát nghèo"), lambda row: row.of.newly_escaped),
    (Head("Hộ dân tộc thiểu số"), lambda row: row.of.minority_all),
    (Head("Hộ nghèo dân tộc thiểu số"), lambda row: row.of.minority_poor),
    (Head("Tỷ lệ nghèo dân tộc thiểu số (%)"), lambda row: row.rates["minority_poor"]),
    (Head("Hộ cận nghèo dân tộc thiểu số"), lambda row: row.of.minority_near_poor),
    (Head("Tỷ lệ cận nghèo dân tộc thiểu số (%)"), lambda row: row.rates["minority_near_poor"]),
    (Head("Tỷ trọng dân tộc thiểu số trong hộ nghèo (%)"), lambda row: row.rates["minority_share"]),
)
LAST: tuple[Column, ...] = (
    (Head("Tính đến ngày"), lambda row: row.of.as_of),
    (Head("Nguồn", 60), lambda row: row.of.source),
)


def columns(rows: Sequence[Row]) -> list[Column]:
    """The columns that these rows need; what was asked of the poor alone has none for the near-poor."""
    found = [*FIRST, *_movement()]
    for kind, names in ALL_NAMES.items():
        for on_list in LISTS:
            if on_list == "poor" or any(row.parts.has_near(kind) for row in rows):
                found += [
                    (Head(f"{SHORT[kind]}, {OF_LIST[on_list]}: {name}", 22), _counted(kind, on_list, key))
                    for key, name in names.items()
                ]
    return [*found, *LAST]


def _movement() -> Iterator[Column]:
    """The four tables of movement, each column in the words of the form."""
    for on_list in LISTS:
        for table, of in ((on_list, OF_LIST[on_list]), (f"{on_list}_persons", f"người trong {OF_LIST[on_list]}")):
            for name, label in (FLOW_LABELS | OTHER_LIST[on_list]).items():
                yield Head(f"Biến động {of}: {label}", 22), _moved(table, name)


def _moved(table: str, name: str) -> Callable[[Row], Any]:
    def size(row: Row) -> int | None:
        told: Counted = row.parts.movement
        return getattr(getattr(told, table), name) if row.parts.has_movement else None

    return size


def _counted(kind: str, on_list: str, key: str) -> Callable[[Row], Any]:
    """A size, 0 where others of its table were counted, empty where nobody counted."""

    def size(row: Row) -> int | None:
        told = row.parts.counts[kind]
        return told[on_list].get(key, 0) if any(told.values()) else None

    return size
