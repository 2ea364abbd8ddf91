"""Cách đọc một tệp: which column of which sheet means what, as a person confirmed it. Kept with the upload as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from chungtay.law.refusals import Reasons
from chungtay.sheets import kinds, old_fonts
from chungtay.sheets.layouts import Layout

SWAP = "swap"
RULES = {
    kinds.PAD: "Thêm số 0 ở đầu cho số bị thiếu",
    kinds.CENTURY: "Năm hai chữ số: hiểu như máy đề nghị",
    kinds.SPELLING: "Chữ gần đúng: hiểu như máy đề nghị",
    SWAP: "Đảo ngày và tháng trong các ô ngày",
}
SCALES = {1: "đồng", 1_000: "nghìn đồng", 1_000_000: "triệu đồng"}


@dataclass(frozen=True)
class SheetPlan:
    """Một trang tính: its position in the file (from 0), the first row of data (from 1), and its columns (from 0)."""

    sheet: int
    first_row: int
    columns: Mapping[str, int]
    fonts: Mapping[str, str] = field(default_factory=dict)
    scales: Mapping[str, int] = field(default_factory=dict)
    rules: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    headings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """Cách đọc cả tệp: the sheets that are taken in, in their order."""

    sheets: tuple[SheetPlan, ...]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        sheets = []
        for one in told.get("sheets", ()):
            rules = {name: tuple(some) for name, some in one.get("rules", {}).items()}
            sheets.append(SheetPlan(**{**one, "rules": rules, "headings": tuple(one.get("headings", ()))}))
        return cls(tuple(sheets))


def require_sound(plan: Plan, layout: Layout, bottoms: Sequence[int]) -> None:
    """Raises Refused with everything that is wrong with a plan: unknown columns, required ones missing, used twice.

    `bottoms`: the number of the last row of each sheet of the file.
    """
    found = Reasons()
    if not plan.sheets:
        found.add("Chọn ít nhất một trang tính.", field="sheets")
    if len({one.sheet for one in plan.sheets}) != len(plan.sheets):
        found.add("Một trang tính được chọn hai lần.", field="sheets")
    for one in plan.sheets:
        if not 0 <= one.sheet < len(bottoms) or one.first_row < 1:
            found.add("Trang tính hoặc dòng đầu tiên không có trong tệp.", field="sheets")
        elif one.first_row > bottoms[one.sheet]:
            last = bottoms[one.sheet]
            found.add(f"Trang tính chỉ có đến dòng {last}: ghi số dòng từ 1 đến {last}.", field="first_row")
        _check_columns(one, layout, found)
    found.raise_if_any()


def _check_columns(one: SheetPlan, layout: Layout, found: Reasons) -> None:
    told = set(one.columns) | set(one.fonts) | set(one.scales) | set(one.rules)
    if told - layout.by_name.keys():
        found.add("Có cột không thuộc mẫu này.", field="columns")
    if any(index < 0 for index in one.columns.values()):
        found.add("Có cột nằm ngoài bảng.", field="columns")
    if len(set(one.columns.values())) != len(one.columns):
        found.add("Một cột của tệp được dùng cho hai mục.", field="columns")
    for column in layout.columns:
        if column.is_required and column.name not in one.columns:
            found.add(f"Chưa chỉ ra cột “{column.label}”.", field=column.name)
    if any(font not in old_fonts.NAMES for font in one.fonts.values()):
        found.add("Bảng mã chữ không có.", field="fonts")
    if any(scale not in SCALES for scale in one.scales.values()):
        found.add("Đơn vị tiền không có.", field="scales")
    if any(rule not in RULES for some in one.rules.values() for rule in some):
        found.add("Quy tắc đọc không có.", field="rules")
