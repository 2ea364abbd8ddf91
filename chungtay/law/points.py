"""Points: the B1 table, which a province loads. None is shipped: no point value was found, and none is invented.

Until a table is loaded, B1 is entered as a total; the bands of `poverty.SCORE_LINES` decide either way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from chungtay.law.clauses import Source, second_hand
from chungtay.law.refusals import Reasons

NOT_LOADED = "Chưa nạp bảng điểm B1 của vùng; nhập tổng điểm B1 theo phiếu giấy."


class Region(StrEnum):
    """Vùng của phiếu B: one form for urban areas, one for each rural region."""

    URBAN = "urban"
    RED_RIVER_DELTA = "red_river_delta"
    NORTHERN_MOUNTAINS = "northern_mountains"
    CENTRAL_COAST = "central_coast"
    CENTRAL_HIGHLANDS = "central_highlands"
    SOUTH_EAST = "south_east"
    MEKONG_DELTA = "mekong_delta"

    @property
    def label(self) -> str:
        return _REGIONS[self]


_REGIONS = {
    Region.URBAN: "khu vực thành thị",
    Region.RED_RIVER_DELTA: "nông thôn đồng bằng sông Hồng",
    Region.NORTHERN_MOUNTAINS: "nông thôn trung du, miền núi phía Bắc",
    Region.CENTRAL_COAST: "nông thôn Bắc Trung Bộ và duyên hải miền Trung",
    Region.CENTRAL_HIGHLANDS: "nông thôn Tây Nguyên",
    Region.SOUTH_EAST: "nông thôn Đông Nam Bộ",
    Region.MEKONG_DELTA: "nông thôn đồng bằng sông Cửu Long",
}


class Group(StrEnum):
    """Nhóm chỉ tiêu whose points may be borrowed; OTHER never is."""

    LAND = "land"
    LIVESTOCK = "livestock"
    BOATS = "boats"
    OTHER = "other"


@dataclass(frozen=True)
class Option:
    """Một mức trả lời và số điểm của nó."""

    id: str
    label: str
    points: int


@dataclass(frozen=True)
class Item:
    """Chỉ tiêu của phiếu B1: of the options one is ticked, or any number where `several`."""

    id: str
    label: str
    options: tuple[Option, ...]
    group: Group = Group.OTHER
    several: bool = False


@dataclass(frozen=True)
class Sheet:
    """Bảng điểm B1 của một vùng, in one version; `text` is the paper it was typed from."""

    region: Region
    version: str
    text: str
    items: tuple[Item, ...]


SHEETS: Mapping[Region, Sheet] = {}


@dataclass(frozen=True)
class Borrowing:
    """Vận dụng bảng điểm: what the provincial steering board may allow, and by which text."""

    groups: frozenset[Group]
    sentence: str
    source: Source


LAND_AND_LIVESTOCK = Borrowing(
    frozenset({Group.LAND, Group.LIVESTOCK}),
    "Hộ ở phường, thị trấn có đất sản xuất, chăn nuôi như hộ nông thôn: Ban Chỉ đạo cấp tỉnh cho dùng điểm đất đai, "
    "chăn nuôi của phiếu nông thôn trong vùng.",
    second_hand("TT 14/2018"),
)
BOATS = Borrowing(
    frozenset({Group.BOATS}),
    "Hộ nông thôn có tàu, thuyền mà phiếu của vùng không có điểm tàu, thuyền: Ban Chỉ đạo cấp tỉnh cho dùng điểm "
    "tàu, thuyền của vùng khác.",
    second_hand("TT 14/2018"),
)


def borrow(sheet: Sheet, lender: Sheet, how: Borrowing) -> Sheet:
    """`sheet` with the items of the borrowed groups taken from `lender`.

    Raises Refused where the rule does not allow it: land and livestock go from a rural to the urban form only, boats
    from a form that has them to a rural one that has none.
    """
    reasons = Reasons()
    lent = tuple(item for item in lender.items if item.group in how.groups)
    if not lent:
        reasons.add(f"Phiếu {lender.region.label} không có điểm của nhóm cần vận dụng.", clause=str(how.source))
    if (sheet.region is Region.URBAN) is (how is BOATS):
        reasons.add(f"Phiếu {sheet.region.label} không thuộc trường hợp được vận dụng này.", clause=str(how.source))
    if lender.region in (sheet.region, Region.URBAN):
        reasons.add("Chỉ vận dụng điểm của phiếu nông thôn thuộc vùng phù hợp.", clause=str(how.source))
    if how is BOATS and any(item.group is Group.BOATS for item in sheet.items):
        reasons.add(f"Phiếu {sheet.region.label} đã có điểm tàu, thuyền.", clause=str(how.source))
    reasons.raise_if_any()
    kept = tuple(item for item in sheet.items if item.group not in how.groups)
    version = f"{sheet.version}, vận dụng {lender.region.label} ({lender.version})"
    return replace(sheet, version=version, items=kept + lent)


def faults(sheet: Sheet) -> list[str]:
    """What is wrong with a table before it may be loaded, in Vietnamese; empty for a sound one."""
    found = [] if sheet.items else ["Bảng điểm không có chỉ tiêu nào."]
    found += [f"Mã chỉ tiêu “{name}” bị trùng." for name in _twice(item.id for item in sheet.items)]
    for item in sheet.items:
        if not item.options:
            found.append(f"Chỉ tiêu “{item.label}” không có mức trả lời nào.")
        twice = _twice(option.id for option in item.options)
        found += [f"Chỉ tiêu “{item.label}”: mã mức “{name}” bị trùng." for name in twice]
    return found


def b1(sheet: Sheet, answers: Mapping[str, frozenset[str]]) -> int:
    """The total of B1 from the ticked options, by item.

    Raises Refused naming every item without an answer, with too many, or with one that the table does not know.
    """
    reasons, total = Reasons(), 0
    known = {item.id for item in sheet.items}
    for name in sorted(set(answers) - known):
        reasons.add(f"Phiếu {sheet.region.label} không có chỉ tiêu “{name}”.", field=name)
    for item in sheet.items:
        ticked = answers.get(item.id)
        if ticked is None:
            reasons.add(f"Chưa trả lời chỉ tiêu “{item.label}”.", field=item.id)
            continue
        if not item.several and len(ticked) != 1:
            reasons.add(f"Chỉ tiêu “{item.label}” phải chọn đúng một mức.", field=item.id)
        if ticked - {option.id for option in item.options}:
            reasons.add(f"Chỉ tiêu “{item.label}” có mức trả lời không thuộc bảng điểm.", field=item.id)
        total += sum(option.points for option in item.options if option.id in ticked)
    reasons.raise_if_any()
    return total


def _twice(names: Iterable[str]) -> list[str]:
    listed = list(names)
    return sorted({name for name in listed if listed.count(name) > 1})
