"""Causes: why a household is poor, as the report by cause counts them; several may hold for one household.

A cause keeps its id and its bit for ever, so a set kept as one whole number stays readable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chungtay.law.clauses import Source, stand_in


@dataclass(frozen=True)
class Cause:
    """Nguyên nhân nghèo: its name in the report, and its place in a bit mask."""

    id: str
    label: str
    bit: int


# fmt: off
_ROWS = (
    ("land",      "không có đất sản xuất"),
    ("capital",   "không có vốn sản xuất, kinh doanh"),
    ("labour",    "không có lao động"),
    ("tools",     "không có công cụ, phương tiện sản xuất"),
    ("knowledge", "không có kiến thức về sản xuất"),
    ("skills",    "không có kỹ năng lao động, sản xuất"),
    ("illness",   "có người ốm đau, bệnh nặng, tai nạn"),
    ("other",     "nguyên nhân khác"),
)
# fmt: on
CAUSES: Mapping[str, Cause] = {row[0]: Cause(*row, bit=1 << place) for place, row in enumerate(_ROWS)}
SOURCE: Source = stand_in("TT 07/2021", "biểu tổng hợp theo nguyên nhân nghèo")
ASSUMED = "Tám nguyên nhân theo tên các biểu báo cáo được dẫn lại, chưa đọc bản gốc của biểu."


def mask(names: Iterable[str]) -> int:
    """The set as one whole number. Raises KeyError for a cause that the report does not know."""
    value = 0
    for name in names:
        value |= CAUSES[name].bit
    return value


def unmask(value: int) -> frozenset[str]:
    """The set that `mask` made. Raises ValueError for a negative number or a bit that stands for nothing."""
    if not 0 <= value < 1 << len(CAUSES):
        raise ValueError(f"{value} holds bits that stand for no cause")
    return frozenset(name for name, cause in CAUSES.items() if value & cause.bit)


def in_words(value: int) -> str:
    """The labels of a mask, comma between them, in the order of the report."""
    return ", ".join(cause.label for cause in CAUSES.values() if value & cause.bit)
