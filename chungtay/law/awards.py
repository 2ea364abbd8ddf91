"""Awards: the forms of award of the plan and their money factors by decree. Factors multiply the base wage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction

from chungtay.law.clauses import Instrument, Source, cite, second_hand, stand_in
from chungtay.law.timeline import Timeline, Version


class Level(StrEnum):
    """Cấp khen thưởng."""

    STATE = "state"
    PROVINCE = "province"
    UNIT = "unit"
    COMMUNE = "commune"

    @property
    def label(self) -> str:
        return _LEVELS[self]


class Award(StrEnum):
    """Hình thức khen thưởng."""

    LABOUR_ORDER_1 = "labour_order_1"
    LABOUR_ORDER_2 = "labour_order_2"
    LABOUR_ORDER_3 = "labour_order_3"
    PM_CERTIFICATE = "pm_certificate"
    PROVINCE_CERTIFICATE = "province_certificate"
    UNIT_COMMENDATION = "unit_commendation"
    COMMUNE_COMMENDATION = "commune_commendation"

    @property
    def label(self) -> str:
        return _AWARDS[self][0]

    @property
    def short(self) -> str:
        """The award where there is little room, as in a line of a list."""
        return _SHORT[self]

    @property
    def signer(self) -> str:
        """Who signs it, in Vietnamese."""
        return _AWARDS[self][1]

    @property
    def level(self) -> Level:
        return _AWARDS[self][2]

    @property
    def is_order(self) -> bool:
        return self in ORDERS

    @property
    def is_state(self) -> bool:
        return self.level is Level.STATE


class Payee(StrEnum):
    """Đối tượng nhận thưởng."""

    PERSON = "person"
    COLLECTIVE = "collective"
    HOUSEHOLD = "household"

    @property
    def label(self) -> str:
        return {Payee.PERSON: "cá nhân", Payee.COLLECTIVE: "tập thể", Payee.HOUSEHOLD: "hộ gia đình"}[self]


_LEVELS = {
    Level.STATE: "cấp Nhà nước",
    Level.PROVINCE: "cấp tỉnh",
    Level.UNIT: "cấp sở, huyện và tương đương",
    Level.COMMUNE: "cấp xã",
}
_AWARDS = {
    Award.LABOUR_ORDER_1: ("Huân chương Lao động hạng Nhất", "Chủ tịch nước", Level.STATE),
    Award.LABOUR_ORDER_2: ("Huân chương Lao động hạng Nhì", "Chủ tịch nước", Level.STATE),
    Award.LABOUR_ORDER_3: ("Huân chương Lao động hạng Ba", "Chủ tịch nước", Level.STATE),
    Award.PM_CERTIFICATE: ("Bằng khen của Thủ tướng Chính phủ", "Thủ tướng Chính phủ", Level.STATE),
    Award.PROVINCE_CERTIFICATE: ("Bằng khen của Chủ tịch UBND tỉnh", "Chủ tịch UBND tỉnh", Level.PROVINCE),
    Award.UNIT_COMMENDATION: (
        "Giấy khen của Giám đốc sở, Chủ tịch UBND cấp huyện, Thủ trưởng đơn vị",
        "Giám đốc sở, Chủ tịch UBND cấp huyện, Thủ trưởng đơn vị",
        Level.UNIT,
    ),
    Award.COMMUNE_COMMENDATION: ("Giấy khen của Chủ tịch UBND cấp xã", "Chủ tịch UBND cấp xã", Level.COMMUNE),
}
_SHORT = {
    Award.LABOUR_ORDER_1: "Huân chương Lao động hạng Nhất",
    Award.LABOUR_ORDER_2: "Huân chương Lao động hạng Nhì",
    Award.LABOUR_ORDER_3: "Huân chương Lao động hạng Ba",
    Award.PM_CERTIFICATE: "Bằng khen Thủ tướng",
    Award.PROVINCE_CERTIFICATE: "Bằng khen tỉnh",
    Award.UNIT_COMMENDATION: "Giấy khen đơn vị",
    Award.COMMUNE_COMMENDATION: "Giấy khen xã",
}
ORDERS = frozenset({Award.LABOUR_ORDER_1, Award.LABOUR_ORDER_2, Award.LABOUR_ORDER_3})

FROM_42, FROM_91, FROM_98, FROM_152 = date(2010, 6, 1), date(2017, 10, 1), date(2024, 1, 1), date(2025, 7, 1)

GOVERNING_DECREE: Timeline[Instrument] = Timeline(
    "nghị định về mức tiền thưởng",
    Version(FROM_42, cite("NĐ 42/2010").instrument, cite("NĐ 42/2010", "Điều 68, 71-73, 75, 76")),
    Version(FROM_91, cite("NĐ 91/2017").instrument, cite("NĐ 91/2017", "Điều 68-73")),
    Version(FROM_98, cite("NĐ 98/2023").instrument, cite("NĐ 98/2023", "Điều 53-58")),
    Version(FROM_152, cite("NĐ 152/2025").instrument, cite("NĐ 152/2025", "Điều 50-54")),
)


def _memory(what: str, decree: str, why: str = "") -> str:
    return f"{what} theo {decree} ghi theo trí nhớ{', ' + why if why else ''}; cần đối chiếu văn bản."


def _factor(name: str, *values: tuple[str, Source, str]) -> Timeline[Fraction]:
    """One version for each decree, in the order of the decrees; each value is (number, source, assumed)."""
    days = (FROM_42, FROM_91, FROM_98, FROM_152)
    dated = zip(days, values, strict=True)
    return Timeline(name, *(Version(day, Fraction(n), source, assumed) for day, (n, source, assumed) in dated))


def _order_factor(award: Award, number: str, letter: str, read_in_91: bool) -> Timeline[Fraction]:
    what = f"Hệ số {award.label}"
    in_91 = cite("NĐ 91/2017", f"Điều 70.1.{letter}") if read_in_91 else stand_in("NĐ 91/2017", "Điều 70.1")
    doubt = "" if read_in_91 else _memory(what, "NĐ 91/2017", "trùng NĐ 98/2023 và NĐ 152/2025")
    return _factor(
        f"hệ số tiền thưởng {award.label}",
        (number, stand_in("NĐ 42/2010"), _memory(what, "NĐ 42/2010")),
        (number, in_91, doubt),
        (number, cite("NĐ 98/2023", f"Điều 55.1.{letter}"), ""),
        (number, cite("NĐ 152/2025", f"Điều 51.1.{letter}"), ""),
    )


def _paper_factor(
    award: Award, in_42: str, in_91: str, in_98: str, in_152: str, at: tuple[Source, Source, Source], doubt: str = ""
) -> Timeline[Fraction]:
    return _factor(
        f"hệ số tiền thưởng {award.label}",
        (in_42, stand_in("NĐ 42/2010"), _memory(f"Hệ số {award.label}", "NĐ 42/2010")),
        (in_91, at[0], ""),
        (in_98, at[1], ""),
        (in_152, at[2], doubt),
    )


_IN_91, _IN_98 = cite("NĐ 91/2017", "Điều 73.1"), cite("NĐ 98/2023", "Điều 58.1")
_IN_152 = cite("NĐ 152/2025", "Điều 54.1")
_COMMUNE = Award.COMMUNE_COMMENDATION

MULTIPLIER: Mapping[Award, Timeline[Fraction]] = {
    Award.LABOUR_ORDER_1: _order_factor(Award.LABOUR_ORDER_1, "9", "e", read_in_91=True),
    Award.LABOUR_ORDER_2: _order_factor(Award.LABOUR_ORDER_2, "7.5", "g", read_in_91=False),
    Award.LABOUR_ORDER_3: _order_factor(Award.LABOUR_ORDER_3, "4.5", "h", read_in_91=False),
    Award.PM_CERTIFICATE: _paper_factor(Award.PM_CERTIFICATE, "1.5", "3.5", "3.5", "3.5", (_IN_91, _IN_98, _IN_152)),
    Award.PROVINCE_CERTIFICATE: _paper_factor(
        Award.PROVINCE_CERTIFICATE, "1", "1", "1.5", "1.5", (_IN_91, _IN_98, _IN_152)
    ),
    Award.UNIT_COMMENDATION: _paper_factor(
        Award.UNIT_COMMENDATION,
        "0.3",
        "0.3",
        "0.3",
        "0.3",
        (_IN_91, second_hand("NĐ 98/2023", "Điều 58.1"), second_hand("NĐ 152/2025", "Điều 54.1.e")),
    ),
    _COMMUNE: _paper_factor(
        _COMMUNE,
        "0.15",
        "0.15",
        "0.15",
        "0.15",
        (
            cite("NĐ 91/2017", "Điều 73.1.d"),
            second_hand("NĐ 98/2023", "Điều 58.1"),
            stand_in("NĐ 152/2025", "Điều 54.1"),
        ),
        _memory(f"Hệ số {_COMMUNE.label}", "NĐ 152/2025"),
    ),
}

_HOUSEHOLD = "Hệ số 1,5 cho hộ gia đình"
_TWICE = "Hệ số tập thể gấp hai lần cá nhân"
_COLLECTIVE_42 = ("2", stand_in("NĐ 42/2010"), _memory(_TWICE, "NĐ 42/2010"))

COLLECTIVE_FACTOR_ORDERS: Timeline[Fraction] = _factor(
    "hệ số tập thể đối với huân chương",
    _COLLECTIVE_42,
    ("2", second_hand("NĐ 91/2017", "Điều 70.2"), ""),
    ("2", cite("NĐ 98/2023", "Điều 55.2"), ""),
    ("2", cite("NĐ 152/2025", "Điều 51.2"), ""),
)
COLLECTIVE_FACTOR_PAPERS: Timeline[Fraction] = _factor(
    "hệ số tập thể đối với Bằng khen, Giấy khen",
    _COLLECTIVE_42,
    ("2", cite("NĐ 91/2017", "Điều 73.2"), ""),
    ("2", stand_in("NĐ 98/2023", "Điều 58.2"), _memory(_TWICE, "NĐ 98/2023, Điều 58.2")),
    ("2", stand_in("NĐ 152/2025", "Điều 54.2"), _memory(_TWICE, "NĐ 152/2025, Điều 54.2")),
)
HOUSEHOLD_FACTOR: Timeline[Fraction] = _factor(
    "hệ số hộ gia đình",
    ("1", stand_in("NĐ 42/2010"), "NĐ 42/2010: không tìm thấy hệ số cho hộ gia đình; tạm tính như cá nhân."),
    ("1", stand_in("NĐ 91/2017"), "NĐ 91/2017: không tìm thấy hệ số cho hộ gia đình; tạm tính như cá nhân."),
    ("1.5", stand_in("NĐ 98/2023", "Điều 58"), _memory(_HOUSEHOLD, "NĐ 98/2023")),
    ("1.5", stand_in("NĐ 152/2025", "Điều 54"), _memory(_HOUSEHOLD, "NĐ 152/2025")),
)
