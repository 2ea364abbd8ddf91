"""Deprivations: the basic services that a review asks about, and from how many missing ones on a household is poor.

The lists are dated. An indicator keeps its id and its bit for ever, so a set kept as one whole number stays readable.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from chungtay.law.clauses import Source, second_hand, stand_in
from chungtay.law.refusals import Reason
from chungtay.law.timeline import Timeline, Version

FROM_2016, FROM_2021, FROM_2022 = date(2016, 1, 1), date(2021, 1, 1), date(2022, 1, 1)
FROM_2026, FROM_2027, FROM_2031 = date(2026, 1, 1), date(2027, 1, 1), date(2031, 1, 1)


@dataclass(frozen=True)
class Indicator:
    """Chỉ số thiếu hụt: the basic service it belongs to, its name, and its place in a bit mask."""

    id: str
    service: str
    label: str
    bit: int

    def __str__(self) -> str:
        return self.label


# fmt: off
_ROWS = (
    ("care",              "Y tế",                   "tiếp cận các dịch vụ y tế"),
    ("insurance",         "Y tế",                   "bảo hiểm y tế"),
    ("adult_schooling",   "Giáo dục",               "trình độ giáo dục của người lớn"),
    ("child_schooling",   "Giáo dục",               "tình trạng đi học của trẻ em"),
    ("house_quality",     "Nhà ở",                  "chất lượng nhà ở"),
    ("house_area",        "Nhà ở",                  "diện tích nhà ở bình quân đầu người"),
    ("water",             "Nước sạch và vệ sinh",   "nguồn nước sinh hoạt"),
    ("toilet",            "Nước sạch và vệ sinh",   "hố xí, nhà tiêu hợp vệ sinh"),
    ("telecom",           "Thông tin",              "sử dụng dịch vụ viễn thông"),
    ("information_means", "Thông tin",              "tài sản, phương tiện phục vụ tiếp cận thông tin"),
    ("employment",        "Việc làm",               "việc làm"),
    ("dependants",        "Việc làm",               "người phụ thuộc trong hộ"),
    ("nutrition",         "Y tế",                   "dinh dưỡng"),
    ("digital",           "Thông tin",              "sử dụng dịch vụ số, Internet"),
    ("waste",             "Nước sạch và vệ sinh",   "xử lý rác thải sinh hoạt"),
)
INDICATORS: Mapping[str, Indicator] = {
    row[0]: Indicator(*row, bit=1 << place) for place, row in enumerate(_ROWS)
}
_TEN: tuple[str, ...] = (
    "care", "insurance", "adult_schooling", "child_schooling", "house_quality",
    "house_area", "water", "toilet", "telecom", "information_means",
)
_TWELVE: tuple[str, ...] = (
    "employment", "dependants", "nutrition", "insurance", "adult_schooling", "child_schooling",
    "house_quality", "house_area", "water", "toilet", "telecom", "information_means",
)
_NEXT_TWELVE: tuple[str, ...] = (
    "employment", "dependants", "nutrition", "insurance", "adult_schooling", "child_schooling",
    "house_quality", "house_area", "water", "toilet", "digital", "waste",
)
# fmt: on

LISTS: Timeline[tuple[str, ...]] = Timeline(
    "danh mục chỉ số thiếu hụt dịch vụ xã hội cơ bản",
    Version(FROM_2016, _TEN, second_hand("QĐ 59/2015")),
    Version(FROM_2021, _TEN, second_hand("NĐ 07/2021")),
    Version(FROM_2022, _TWELVE, second_hand("NĐ 07/2021")),
    Version(FROM_2026, _TWELVE, second_hand("NĐ 351/2025")),
    Version(
        FROM_2027,
        _NEXT_TWELVE,
        second_hand("NĐ 351/2025"),
        "Danh mục 12 chỉ số từ năm 2027 lấy theo dự thảo và tin báo chí: bỏ phương tiện tiếp cận thông tin, thêm dịch "
        "vụ số và rác thải; việc dịch vụ số thay cho viễn thông là suy ra, chưa đọc Nghị định 351/2025/NĐ-CP.",
    ),
    Version(FROM_2031, None, second_hand("NĐ 351/2025")),
)
CUT: Timeline[int] = Timeline(
    "số chỉ số thiếu hụt để xét hộ nghèo",
    Version(FROM_2016, 3, second_hand("QĐ 59/2015")),
    Version(FROM_2021, 3, second_hand("NĐ 07/2021")),
    Version(FROM_2022, 3, second_hand("NĐ 07/2021")),
    Version(FROM_2026, 3, second_hand("NĐ 351/2025")),
    Version(FROM_2027, 3, second_hand("NĐ 351/2025")),
    Version(FROM_2031, None, second_hand("NĐ 351/2025")),
)
_EQUAL = "Mỗi chỉ số thiếu hụt 10 điểm B2: các nguồn dẫn lại khớp với mức này, chưa đọc phiếu B."
POINTS: Timeline[int] = Timeline(
    "điểm B2 của một chỉ số thiếu hụt",
    Version(FROM_2016, 10, stand_in("TT 17/2016", "Phụ lục 3b"), _EQUAL),
    Version(FROM_2022, 10, stand_in("TT 07/2021"), _EQUAL),
    Version(FROM_2027, None, second_hand("NĐ 351/2025")),
)
POINTS_CUT: Timeline[int] = Timeline(
    "số điểm B2 để xét hộ nghèo",
    Version(FROM_2016, 30, second_hand("TT 14/2018")),
    Version(
        FROM_2022,
        30,
        stand_in("TT 07/2021"),
        "Mức 30 điểm B2 của chuẩn 2022-2026 chưa đọc trong Thông tư 07/2021/TT-BLĐTBXH.",
    ),
    Version(FROM_2027, None, second_hand("NĐ 351/2025")),
)

# How a reviewer tells: form B2 of the 2016-2020 standard. The text was not opened; `Definition.source` says so.
_DEPRIVED_2016: Mapping[str, str] = {
    "care": "trong 12 tháng qua có người bị ốm, bị thương nặng đến mức phải nằm một chỗ và có người chăm sóc, hoặc "
    "phải nghỉ việc, nghỉ học, mà không đi khám, chữa bệnh",
    "insurance": "có ít nhất một người từ 6 tuổi trở lên hiện không có bảo hiểm y tế",
    "adult_schooling": "có ít nhất một người từ 15 tuổi trở lên, sinh từ năm 1986, chưa tốt nghiệp trung học cơ sở và "
    "hiện không đi học",
    "child_schooling": "có ít nhất một trẻ em từ 5 tuổi đến dưới 15 tuổi hiện không đi học",
    "house_quality": "nhà ở thuộc loại thiếu kiên cố hoặc đơn sơ",
    "house_area": "diện tích nhà ở bình quân dưới 8 m² một người",
    "water": "không có nguồn nước hợp vệ sinh để sinh hoạt",
    "toilet": "không có hố xí, nhà tiêu hợp vệ sinh",
    "telecom": "không người nào dùng thuê bao điện thoại hoặc Internet",
    "information_means": "không có ti vi, đài, máy tính nào và không nghe được loa truyền thanh của xã, ấp",
}


@dataclass(frozen=True)
class Definition:
    """Cách nhận biết thiếu hụt: `deprived_when` in a reviewer's words; empty where no text was found."""

    indicator: Indicator
    deprived_when: str
    source: Source
    assumed: str


def definitions(*, on: date) -> tuple[Definition, ...]:
    """The indicators of the standard in force on `on`, in the order of the form, each with how to tell.

    Raises NoRule for a day without a standard.
    """
    found = []
    for name in LISTS.on(on).value:
        told = _DEPRIVED_2016.get(name, "") if on < FROM_2022 else ""
        assumed = (
            "Cách nhận biết theo phiếu B2 giai đoạn 2016-2020, chưa đọc bản gốc."
            if told
            else "Chưa tìm thấy cách nhận biết thiếu hụt; người rà soát dùng phiếu của tỉnh."
        )
        source = stand_in("QĐ 1614/2015" if on < FROM_2022 else "TT 07/2021" if on < FROM_2027 else "NĐ 351/2025")
        found.append(Definition(INDICATORS[name], told, source, assumed))
    return tuple(found)


def mask(names: Iterable[str]) -> int:
    """The set as one whole number. Raises KeyError for an indicator that no standard knows."""
    value = 0
    for name in names:
        value |= INDICATORS[name].bit
    return value


def unmask(value: int) -> frozenset[str]:
    """The set that `mask` made. Raises ValueError for a negative number or a bit that stands for nothing."""
    if not 0 <= value < 1 << len(INDICATORS):
        raise ValueError(f"{value} holds bits that stand for no indicator")
    return frozenset(name for name, indicator in INDICATORS.items() if value & indicator.bit)


def in_words(names: Collection[str]) -> str:
    """The labels, comma between them, in the order of the catalogue: "bảo hiểm y tế, chất lượng nhà ở"."""
    return ", ".join(indicator.label for name, indicator in INDICATORS.items() if name in names)


def strangers(names: Collection[str], *, on: date) -> list[Reason]:
    """One reason for each of `names` that the standard of that day does not ask. Raises NoRule as `Timeline.on`."""
    version = LISTS.on(on)
    return [
        Reason(
            f"Chuẩn nghèo ngày {on:%d/%m/%Y} không có chỉ số thiếu hụt “{known.label if known else name}”.",
            str(version.source),
            "lacking",
        )
        for name in sorted(names)
        if name not in version.value
        for known in (INDICATORS.get(name),)
    ]
