"""Funds: what money may come from and go to, the peak month, and how much an award fund may hold (KH III.3, IV.3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from chungtay.law.awards import FROM_42, FROM_91, FROM_98, FROM_152
from chungtay.law.clauses import Source, cite, second_hand, stand_in
from chungtay.law.money import dong, number
from chungtay.law.timeline import Timeline, Version


class FundKind(StrEnum):
    """Loại quỹ."""

    POOR = "poor"
    DRIVE = "drive"
    AWARD = "award"

    @property
    def label(self) -> str:
        return _KINDS[self]


class Income(StrEnum):
    """Nguồn thu của quỹ."""

    PEOPLE = "people"
    UNITS = "units"
    ABROAD = "abroad"
    BUDGET = "budget"
    INTEREST = "interest"
    CARRIED = "carried"
    OTHER = "other_income"

    @property
    def label(self) -> str:
        return _INCOMES[self]


class Purpose(StrEnum):
    """Mục đích chi của quỹ."""

    HOUSE = "house"
    PRODUCTION = "production"
    SCHOOL = "school"
    ILLNESS = "illness"
    RELIEF = "relief"
    AWARD = "award"
    EMBLEM = "emblem"
    OTHER = "other_purpose"

    @property
    def label(self) -> str:
        return _PURPOSES[self]

    @property
    def helps_households(self) -> bool:
        """Whether the money goes to households, so that their number and commune are written with it."""
        return self not in (Purpose.AWARD, Purpose.EMBLEM, Purpose.OTHER)


class Area(StrEnum):
    """Địa bàn của đơn vị trích quỹ khen thưởng."""

    PLAIN = "plain"
    REMOTE = "remote"

    @property
    def label(self) -> str:
        return {
            Area.PLAIN: "đồng bằng, thành phố trực thuộc trung ương",
            Area.REMOTE: "miền núi, trung du, Tây Nguyên, vùng sâu, vùng xa, hải đảo",
        }[self]


_KINDS = {
    FundKind.POOR: "Quỹ “Vì người nghèo”",
    FundKind.DRIVE: "Đợt vận động",
    FundKind.AWARD: "Quỹ thi đua, khen thưởng",
}
_INCOMES = {
    Income.PEOPLE: "Cá nhân, hộ gia đình ủng hộ",
    Income.UNITS: "Cơ quan, doanh nghiệp, tổ chức ủng hộ",
    Income.ABROAD: "Tổ chức, cá nhân nước ngoài, kiều bào ủng hộ",
    Income.BUDGET: "Ngân sách",
    Income.INTEREST: "Lãi tiền gửi",
    Income.CARRIED: "Số dư sổ cũ chuyển sang",
    Income.OTHER: "Thu khác",
}
_PURPOSES = {
    Purpose.HOUSE: "Xây, sửa nhà Đại đoàn kết",
    Purpose.PRODUCTION: "Giống, vốn, phương tiện làm ăn",
    Purpose.SCHOOL: "Giúp con em đi học",
    Purpose.ILLNESS: "Giúp người bệnh nằm viện dài ngày",
    Purpose.RELIEF: "Cứu đói, khó khăn đột xuất",
    Purpose.AWARD: "Tiền thưởng kèm hình thức khen thưởng",
    Purpose.EMBLEM: "In bằng khen, làm biểu trưng",
    Purpose.OTHER: "Chi khác theo quy chế quỹ",
}

_POOR_USES: tuple[Purpose, ...] = (
    Purpose.HOUSE, Purpose.PRODUCTION, Purpose.SCHOOL, Purpose.ILLNESS, Purpose.RELIEF, Purpose.OTHER,
)  # fmt: skip
_AWARD_USES: tuple[Purpose, ...] = (Purpose.AWARD, Purpose.EMBLEM, Purpose.OTHER)
_SAME_USES = "Các mục đích chi theo quy chế năm 2016 chưa đọc được; giữ theo quy chế năm 2006."
_AWARD_UNREAD = "Các mục đích chi của quỹ thi đua, khen thưởng chưa đọc trong văn bản; ghi theo việc của phong trào."
_POOR: Timeline[tuple[Purpose, ...]] = Timeline(
    "mục đích chi của Quỹ “Vì người nghèo”",
    Version(date(2006, 5, 24), _POOR_USES, second_hand("QĐ 924/2006/MTTW")),
    Version(date(2016, 12, 29), _POOR_USES, stand_in("QĐ 1198/2016/MTTW"), _SAME_USES),
)
_AWARD: Timeline[tuple[Purpose, ...]] = Timeline(
    "mục đích chi của quỹ thi đua, khen thưởng",
    Version(FROM_42, _AWARD_USES, stand_in("NĐ 42/2010"), _AWARD_UNREAD),
    Version(FROM_91, _AWARD_USES, stand_in("NĐ 91/2017", "Điều 65-67"), _AWARD_UNREAD),
    Version(FROM_98, _AWARD_USES, stand_in("NĐ 98/2023"), _AWARD_UNREAD),
    Version(FROM_152, _AWARD_USES, stand_in("NĐ 152/2025", "Điều 46"), _AWARD_UNREAD),
)
USES: Mapping[FundKind, Timeline[tuple[Purpose, ...]]] = {
    FundKind.POOR: _POOR,
    FundKind.DRIVE: _POOR,
    FundKind.AWARD: _AWARD,
}
# The headings of a book's income are our own, for sorting what came in; no text prescribes or limits them.
INCOMES: Mapping[FundKind, tuple[Income, ...]] = {
    FundKind.POOR: tuple(Income),
    FundKind.DRIVE: (Income.PEOPLE, Income.UNITS, Income.ABROAD, Income.INTEREST, Income.OTHER),
    FundKind.AWARD: (Income.BUDGET, Income.CARRIED, Income.UNITS, Income.OTHER),
}


@dataclass(frozen=True)
class DayOfYear:
    """Ngày, tháng: the same in every year."""

    day: int
    month: int

    def of(self, year: int) -> date:
        return date(year, self.month, self.day)


PEAK_MONTH: Timeline[tuple[DayOfYear, DayOfYear]] = Timeline(
    "tháng cao điểm “Vì người nghèo”",
    Version(date(2000, 10, 17), (DayOfYear(17, 10), DayOfYear(18, 11)), second_hand("Tháng cao điểm")),
)


def peak_month(year: int) -> tuple[date, date]:
    """The first and the last day of that year's peak month, both included (KH III.3). Raises NoRule before 2000."""
    first, last = PEAK_MONTH.on(date(year, 12, 31)).value
    return first.of(year), last.of(year)


def in_peak_month(day: date) -> bool:
    """Whether that day lies in the peak month of its year. Raises NoRule before 17/10/2000."""
    first, last = PEAK_MONTH.on(day).value
    return first.of(day.year) <= day <= last.of(day.year)


def uses(kind: FundKind | str, *, on: date) -> tuple[Purpose, ...]:
    """What a fund of that kind may pay for on that day. Raises NoRule for a day without a rule."""
    return USES[FundKind(kind)].on(on).value


_SHARES: Mapping[Area, Fraction] = {Area.PLAIN: Fraction(1, 100), Area.REMOTE: Fraction(15, 1000)}
AWARD_FUND_SHARE: Timeline[Mapping[Area, Fraction]] = Timeline(
    "mức trích quỹ thi đua, khen thưởng (phần của dự toán chi thường xuyên)",
    Version(
        FROM_42,
        _SHARES,
        stand_in("NĐ 42/2010"),
        "Mức trích quỹ theo NĐ 42/2010 chưa đọc được; dùng 1,0% và 1,5% như NĐ 91/2017, Điều 65.",
    ),
    Version(
        FROM_91,
        _SHARES,
        stand_in("NĐ 91/2017", "Điều 65"),
        "Mức trích quỹ theo NĐ 91/2017, Điều 65 (1,0% và 1,5%) ghi theo trí nhớ; cần đối chiếu văn bản.",
    ),
    Version(
        FROM_98,
        _SHARES,
        stand_in("NĐ 98/2023"),
        "Mức trích quỹ theo NĐ 98/2023: suy từ NĐ 91/2017 và NĐ 152/2025, chưa đọc điều khoản.",
    ),
    Version(FROM_152, _SHARES, cite("NĐ 152/2025", "Điều 46.3.b")),
)


@dataclass(frozen=True)
class Ceiling:
    """Mức trần: the most, in whole đồng, that an award fund may be given for one year, with how it was reckoned."""

    amount: int
    share: Fraction
    working: str
    source: Source
    assumed: str


def award_fund_ceiling(recurrent_budget: int, area: Area | str, *, on: date) -> Ceiling:
    """The ceiling of a year's award fund by the rule in force on that day, parts of a đồng cut off.

    Raises NoRule for a day without a rule, ValueError for an unknown area or a negative budget.
    """
    if recurrent_budget < 0:
        raise ValueError("a budget is not negative")
    rule = AWARD_FUND_SHARE.on(on)
    area = Area(area)
    share = rule.value[area]
    amount = int(recurrent_budget * share)
    working = (
        f"{number(share * 100)}% ({area.label}) của {dong(recurrent_budget)} đồng chi thường xuyên "
        f"= {dong(amount)} đồng: {rule.source}"
    )
    return Ceiling(amount, share, working, rule.source, rule.assumed)
