"""Poverty: the dated lines, and the class that a household has by them, with everything it rests on.

The whole classification is the table that `rule` gives for an area and a day: the first rung that fits is the class.
`classify` walks it for one household and explains; a query over millions is built from the same rungs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chungtay.law.clauses import Source, second_hand, stand_in
from chungtay.law.deprivations import (
    CUT,
    FROM_2016,
    FROM_2021,
    FROM_2022,
    FROM_2026,
    FROM_2027,
    FROM_2031,
    POINTS_CUT,
)
from chungtay.law.refusals import NoRule
from chungtay.law.timeline import Timeline, Version


class Area(StrEnum):
    """Khu vực: by the kind of commune that the household lives in."""

    RURAL = "rural"
    URBAN = "urban"

    @property
    def label(self) -> str:
        return {Area.RURAL: "nông thôn", Area.URBAN: "thành thị"}[self]


class Basis(StrEnum):
    """Căn cứ xếp loại: income a head, or the points of form B (since 2015 the review collects points, not income)."""

    INCOME = "income"
    SCORES = "scores"


class Class(StrEnum):
    """Loại hộ. The 2016-2020 standard has two kinds of poor, the later ones have one.

    OUTSIDE is a household that is neither poor nor near-poor where no rule says whether it is average or above.
    """

    INCOME_POOR = "income_poor"
    SERVICE_POOR = "service_poor"
    POOR = "poor"
    NEAR_POOR = "near_poor"
    AVERAGE = "average"
    ABOVE = "above"
    OUTSIDE = "outside"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_poor(self) -> bool:
        """Hộ nghèo: income-poor and service-poor alike."""
        return self in (Class.INCOME_POOR, Class.SERVICE_POOR, Class.POOR)

    @property
    def is_listed(self) -> bool:
        """Whether the household stands on the list of poor or on that of near-poor households."""
        return self.is_poor or self is Class.NEAR_POOR


_LABELS = {
    Class.INCOME_POOR: "hộ nghèo về thu nhập",
    Class.SERVICE_POOR: "hộ nghèo thiếu hụt tiếp cận các dịch vụ xã hội cơ bản",
    Class.POOR: "hộ nghèo",
    Class.NEAR_POOR: "hộ cận nghèo",
    Class.AVERAGE: "hộ có mức sống trung bình",
    Class.ABOVE: "hộ có mức sống trên trung bình",
    Class.OUTSIDE: "hộ không thuộc diện nghèo, cận nghèo",
}


@dataclass(frozen=True)
class Lines:
    """Mức chuẩn, in đồng a person a month or in B1 points; a household exactly on a line is on its lower side.

    `poor`: up to here poor whatever the household lacks; None where the standard has no such line.
    `near_poor`: up to here poor with enough deprivations, else near-poor.
    """

    poor: int | None
    near_poor: int

    def __str__(self) -> str:
        return f"{self.near_poor}" if self.poor is None else f"{self.poor}; {self.near_poor}"


STANDARD: Timeline[str] = Timeline(
    "chuẩn nghèo tiếp cận đa chiều",
    Version(FROM_2016, "2016-2020", second_hand("QĐ 59/2015")),
    Version(FROM_2021, "2016-2020", second_hand("NĐ 07/2021")),
    Version(FROM_2022, "2022-2026", second_hand("NĐ 07/2021")),
    Version(FROM_2026, "2022-2026", second_hand("NĐ 351/2025")),
    Version(FROM_2027, "2027-2030", second_hand("NĐ 351/2025")),
    Version(FROM_2031, None, second_hand("NĐ 351/2025")),
)


def _income(area: Area, old: Lines, now: int, later: int) -> Timeline[Lines]:
    return Timeline(
        f"chuẩn thu nhập xét hộ nghèo, hộ cận nghèo khu vực {area.label} (đồng/người/tháng)",
        Version(FROM_2016, old, second_hand("QĐ 59/2015")),
        Version(FROM_2021, old, second_hand("NĐ 07/2021")),
        Version(FROM_2022, Lines(None, now), second_hand("NĐ 07/2021")),
        Version(FROM_2026, Lines(None, now), second_hand("NĐ 351/2025")),
        Version(FROM_2027, Lines(None, later), second_hand("NĐ 351/2025")),
        Version(FROM_2031, None, second_hand("NĐ 351/2025")),
    )


def _average(area: Area, old: int, now: int) -> Timeline[int]:
    return Timeline(
        f"mức thu nhập cao nhất của hộ có mức sống trung bình khu vực {area.label} (đồng/người/tháng)",
        Version(FROM_2016, old, second_hand("QĐ 59/2015")),
        Version(FROM_2021, old, second_hand("NĐ 07/2021")),
        Version(FROM_2022, now, second_hand("NĐ 07/2021")),
        Version(FROM_2026, now, second_hand("NĐ 351/2025")),
        Version(FROM_2027, None, second_hand("NĐ 351/2025")),
    )


def _scores(area: Area, old: Lines, doubt: str, now: int) -> Timeline[Lines]:
    return Timeline(
        f"mức điểm B1 xét hộ nghèo, hộ cận nghèo khu vực {area.label}",
        Version(FROM_2016, old, second_hand("TT 17/2016"), doubt),
        Version(date(2018, 9, 26), old, second_hand("TT 14/2018"), doubt),
        Version(
            FROM_2022,
            Lines(None, now),
            stand_in("TT 07/2021"),
            f"Mức {now} điểm B1 khu vực {area.label} của chuẩn 2022-2026 chưa đọc trong văn bản; cần đối chiếu.",
        ),
        Version(FROM_2027, None, second_hand("NĐ 351/2025")),
    )


INCOME_LINES: Mapping[Area, Timeline[Lines]] = {
    Area.RURAL: _income(Area.RURAL, Lines(700_000, 1_000_000), 1_500_000, 2_200_000),
    Area.URBAN: _income(Area.URBAN, Lines(900_000, 1_300_000), 2_000_000, 2_800_000),
}
AVERAGE_UPPER: Mapping[Area, Timeline[int]] = {
    Area.RURAL: _average(Area.RURAL, 1_500_000, 2_250_000),
    Area.URBAN: _average(Area.URBAN, 1_950_000, 3_000_000),
}
SCORE_LINES: Mapping[Area, Timeline[Lines]] = {
    Area.RURAL: _scores(
        Area.RURAL,
        Lines(120, 150),
        "Mức 120 điểm B1 theo nguồn dẫn lại; mức 150 điểm và kết quả cận nghèo, không nghèo ở nông thôn suy theo khu "
        "vực thành thị, chưa đọc văn bản.",
        140,
    ),
    Area.URBAN: _scores(
        Area.URBAN,
        Lines(140, 175),
        "Mức 140 và 175 điểm B1 theo nguồn dẫn lại; kết quả cận nghèo, không nghèo theo điểm chưa đọc văn bản.",
        175,
    ),
}
_AREAS: Mapping[str, Area] = {"phuong": Area.URBAN, "thi_tran": Area.URBAN, "xa": Area.RURAL}
AREA_OF: Timeline[Mapping[str, Area]] = Timeline(
    "khu vực của xã, phường, thị trấn",
    Version(
        FROM_2016,
        _AREAS,
        stand_in("QĐ 59/2015"),
        "Phường, thị trấn là thành thị, xã là nông thôn: theo cách làm chung, chưa đọc điều khoản.",
    ),
)


def area_of(kind: str, *, on: date) -> Area:
    """The area of a commune by its kind ("xa", "phuong", "thi_tran").

    Raises NoRule for a special zone ("dac_khu") and any other kind: no rule found says how to take it.
    """
    version = AREA_OF.on(on)
    if kind not in version.value:
        name = "đặc khu" if kind == "dac_khu" else f"loại đơn vị “{kind}”"
        raise NoRule.on(f"khu vực thành thị hay nông thôn của {name}", on, "người rà soát phải chọn khu vực của hộ")
    return version.value[kind]


def same_standard(one: date, other: date) -> bool:
    """Whether the classes of the two days may be compared: 2020 and 2021 may, 2021 and 2022 may not.

    Raises NoRule for a day without a standard.
    """
    return STANDARD.on(one).value == STANDARD.on(other).value


@dataclass(frozen=True)
class Rung:
    """Bậc: one row of the classification. It fits a household at or below `up_to` that lacks at least `lacking`.

    `up_to` is in đồng a person a month or in B1 points, None without a limit; `lacking` is in indicators or B2 points.
    """

    up_to: int | None
    lacking: int
    outcome: Class
    name: str = ""


@dataclass(frozen=True)
class Rule:
    """Quy tắc xếp loại: the rungs from the lowest on, of which the first that fits decides, and their sources."""

    area: Area
    basis: Basis
    standard: str
    rungs: tuple[Rung, ...]
    lacking_cut: int
    sources: tuple[Source, ...]
    assumed: tuple[str, ...]


def rule(area: Area, basis: Basis, *, on: date) -> Rule:
    """The classification in force on `on`. Raises NoRule where no line or no cut covers that day."""
    standard = STANDARD.on(on)
    lines = (INCOME_LINES if basis is Basis.INCOME else SCORE_LINES)[area].on(on)
    cut = (CUT if basis is Basis.INCOME else POINTS_CUT).on(on)
    rungs = _listed(lines.value, cut.value)
    used: list[Version[Lines] | Version[int]] = [lines, cut]
    doubts = []
    average = _average_on(area, on) if basis is Basis.INCOME else None
    if average is not None:
        used.append(average)
        rungs += (Rung(average.value, 0, Class.AVERAGE, "mức sống trung bình"), Rung(None, 0, Class.ABOVE))
    else:
        rungs += (Rung(None, 0, Class.OUTSIDE),)
        if basis is Basis.INCOME:
            doubts.append(f"Chưa tìm thấy mức sống trung bình của chuẩn {standard.value}; không tách hộ trung bình.")
    return Rule(
        area=area,
        basis=basis,
        standard=standard.value,
        rungs=rungs,
        lacking_cut=cut.value,
        sources=tuple(dict.fromkeys([standard.source, *(version.source for version in used)])),
        assumed=(*(version.assumed for version in used if version.assumed), *doubts),
    )


def _listed(lines: Lines, cut: int) -> tuple[Rung, ...]:
    if lines.poor is None:
        name = "chuẩn nghèo"
        return (Rung(lines.near_poor, cut, Class.POOR, name), Rung(lines.near_poor, 0, Class.NEAR_POOR, name))
    return (
        Rung(lines.poor, 0, Class.INCOME_POOR, "chuẩn nghèo"),
        Rung(lines.near_poor, cut, Class.SERVICE_POOR, "chuẩn cận nghèo"),
        Rung(lines.near_poor, 0, Class.NEAR_POOR, "chuẩn cận nghèo"),
    )


def _average_on(area: Area, on: date) -> Version[int] | None:
    try:
        return AVERAGE_UPPER[area].on(on)
    except NoRule:
        return None
