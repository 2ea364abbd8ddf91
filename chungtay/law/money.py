"""Money: the prize of an award in whole đồng: multiply wage, award and payee factor, then round UP to 10,000 once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from chungtay.law.awards import (
    COLLECTIVE_FACTOR_ORDERS,
    COLLECTIVE_FACTOR_PAPERS,
    FROM_42,
    FROM_91,
    FROM_98,
    FROM_152,
    GOVERNING_DECREE,
    HOUSEHOLD_FACTOR,
    MULTIPLIER,
    Award,
    Payee,
)
from chungtay.law.clauses import Source, cite, second_hand, stand_in
from chungtay.law.timeline import Timeline, Version

__all__ = ["BASE_WAGE", "ROUNDING", "Award", "Emblem", "Payee", "Prize", "dong", "number", "prize", "record", "reward"]

BASE_WAGE: Timeline[int] = Timeline(
    "mức lương cơ sở (đồng/tháng)",
    Version(date(2012, 5, 1), 1_050_000, cite("NĐ 31/2012")),
    Version(date(2013, 7, 1), 1_150_000, cite("NĐ 66/2013")),
    Version(date(2016, 5, 1), 1_210_000, cite("NĐ 47/2016")),
    Version(date(2017, 7, 1), 1_300_000, cite("NĐ 47/2017")),
    Version(date(2018, 7, 1), 1_390_000, cite("NĐ 72/2018")),
    Version(date(2019, 7, 1), 1_490_000, cite("NĐ 38/2019")),
    Version(date(2023, 7, 1), 1_800_000, cite("NĐ 24/2023")),
    Version(date(2024, 7, 1), 2_340_000, cite("NĐ 73/2024", "Điều 3.2")),
    Version(
        date(2026, 7, 1),
        2_530_000,
        second_hand("NĐ 161/2026"),
        "Mức lương cơ sở 2.530.000 đồng từ 01/7/2026 chưa xác minh được văn bản; cần đối chiếu trước khi chi.",
    ),
)

ROUNDING: Timeline[int] = Timeline(
    "cách làm tròn tiền thưởng (làm tròn lên, đồng)",
    Version(FROM_42, 10_000, second_hand("NĐ 42/2010", "Điều 68")),
    Version(FROM_91, 10_000, cite("NĐ 91/2017", "Điều 68.2")),
    Version(FROM_98, 10_000, cite("NĐ 98/2023", "Điều 53")),
    Version(
        FROM_152,
        10_000,
        stand_in("NĐ 152/2025"),
        "Làm tròn lên hàng chục nghìn đồng theo NĐ 152/2025: suy từ NĐ 98/2023, chưa đọc điều khoản.",
    ),
)

PERSON_FACTOR: Timeline[Fraction] = Timeline(
    "hệ số cá nhân",
    Version(FROM_42, Fraction(1), cite("NĐ 42/2010", "Điều 71-73")),
    Version(FROM_91, Fraction(1), cite("NĐ 91/2017", "Điều 70.1, 73.1")),
    Version(FROM_98, Fraction(1), cite("NĐ 98/2023", "Điều 55.1, 58.1")),
    Version(FROM_152, Fraction(1), cite("NĐ 152/2025", "Điều 51.1, 54.1")),
)


@dataclass(frozen=True)
class Prize:
    """Tiền thưởng: `amount` in whole đồng, with everything it was computed from, to be kept as it is.

    `assumed` names, one Vietnamese sentence each, every value that stands in for a text nobody has read.
    """

    award: Award
    payee: Payee
    decided_on: date
    amount: int
    base_wage: int
    multiplier: Fraction
    factor: Fraction
    unrounded: Fraction
    sources: tuple[Source, ...]
    lines: tuple[str, ...]
    assumed: tuple[str, ...]

    @property
    def working(self) -> str:
        """The sum as a clerk writes it down, e.g. "1.390.000 x 0,3 x 1 = 417.000, làm tròn lên 420.000 đồng"."""
        factors = f"{dong(self.base_wage)} x {number(self.multiplier)} x {number(self.factor)}"
        rounded = "" if self.unrounded == self.amount else f", làm tròn lên {dong(self.amount)}"
        return f"{factors} = {number(self.unrounded)}{rounded} đồng"


@dataclass(frozen=True)
class Emblem:
    """Biểu trưng của UBND tỉnh: given with the certificate for direct gifts, in place of money (KH IV.3.1)."""

    award: Award
    payee: Payee
    decided_on: date
    sources: tuple[Source, ...]
    lines: tuple[str, ...]
    assumed: tuple[str, ...]
    amount: int = 0


def prize(award: Award | str, payee: Payee | str, *, decided_on: date) -> Prize:
    """The prize by the decree and the base wage in force on the day of the decision.

    Raises NoRule if one of the rules does not cover that day, ValueError for an award or payee that is not known.
    """
    award, payee = Award(award), Payee(payee)
    decree = GOVERNING_DECREE.on(decided_on)
    wage = BASE_WAGE.on(decided_on)
    multiplier = MULTIPLIER[award].on(decided_on)
    factor = _payee_factor(award, payee).on(decided_on)
    step = ROUNDING.on(decided_on)
    unrounded = wage.value * multiplier.value * factor.value
    lines = (
        f"Nghị định áp dụng theo ngày ký quyết định: {decree.source}",
        f"Mức lương cơ sở {dong(wage.value)} đồng: {wage.source}",
        f"Hệ số {award.label} {number(multiplier.value)}: {multiplier.source}",
        f"Hệ số {payee.label} {number(factor.value)}: {factor.source}",
        f"Làm tròn lên {dong(step.value)} đồng: {step.source}",
    )
    rules = [(rule.source, rule.assumed) for rule in (decree, wage, multiplier, factor, step)]
    return Prize(
        award=award,
        payee=payee,
        decided_on=decided_on,
        amount=ceil(unrounded / step.value) * step.value,
        base_wage=wage.value,
        multiplier=multiplier.value,
        factor=factor.value,
        unrounded=unrounded,
        sources=tuple(source for source, _ in rules),
        lines=lines,
        assumed=tuple(assumed for _, assumed in rules if assumed),
    )


def reward(award: Award | str, payee: Payee | str, *, decided_on: date, gave_assets: bool) -> Prize | Emblem:
    """What goes with the award: the emblem for direct gifts of money, goods, land or other assets, else the prize.

    Only the provincial certificate carries the emblem (KH IV.3.1). Raises as `prize`.
    """
    award, payee = Award(award), Payee(payee)
    if not gave_assets or award is not Award.PROVINCE_CERTIFICATE:
        return prize(award, payee, decided_on=decided_on)
    source = cite("KH", "IV.3.1")
    line = f"Trực tiếp đóng góp tiền, của cải, đất đai, tài sản: Bằng khen kèm biểu trưng, không kèm tiền: {source}"
    return Emblem(award, payee, decided_on, sources=(source,), lines=(line,), assumed=())


def record(given: Prize | Emblem) -> dict[str, int | str | list[str]]:
    """What to keep of a prize or an emblem once it is decided: plain values only, factors and days as text."""
    kept: dict[str, int | str | list[str]] = {
        "kind": "prize" if isinstance(given, Prize) else "emblem",
        "award": given.award.value,
        "payee": given.payee.value,
        "decided_on": given.decided_on.isoformat(),
        "amount": given.amount,
        "lines": list(given.lines),
        "sources": [source.line for source in given.sources],
        "assumed": list(given.assumed),
    }
    if isinstance(given, Prize):
        kept |= {
            "base_wage": given.base_wage,
            "multiplier": str(given.multiplier),
            "factor": str(given.factor),
            "unrounded": str(given.unrounded),
            "working": given.working,
        }
    return kept


def dong(amount: int) -> str:
    """Whole đồng with dots between thousands: 1.300.000."""
    return f"{amount:,}".replace(",", ".")


def number(value: Fraction) -> str:
    """A factor or a sum with a decimal comma and no more digits than it needs (at most four)."""
    whole, rest = divmod(value, 1)
    digits = f"{round(rest * 10_000):04d}".rstrip("0")
    return f"{dong(whole)},{digits}" if digits else dong(whole)


def _payee_factor(award: Award, payee: Payee) -> Timeline[Fraction]:
    if payee is Payee.PERSON:
        return PERSON_FACTOR
    if payee is Payee.HOUSEHOLD:
        return HOUSEHOLD_FACTOR
    return COLLECTIVE_FACTOR_ORDERS if award.is_order else COLLECTIVE_FACTOR_PAPERS
