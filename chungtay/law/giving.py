"""Giving: what a gift is worth and to whom, the sum from which a provincial certificate may be asked, and from which
day gifts count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from chungtay.law.awards import Payee
from chungtay.law.clauses import Instrument, Source, cite, second_hand, stand_in
from chungtay.law.timeline import Timeline, Version


class Nature(StrEnum):
    """Hình thức đóng góp: the five natures of a gift (KH IV.1.2.e, IV.3.1)."""

    MONEY = "money"
    GOODS = "goods"
    LAND = "land"
    LABOUR = "labour"
    KNOWLEDGE = "knowledge"

    @property
    def label(self) -> str:
        return _NATURES[self]


_NATURES = {
    Nature.MONEY: "Tiền",
    Nature.GOODS: "Hiện vật",
    Nature.LAND: "Đất, tài sản",
    Nature.LABOUR: "Ngày công",
    Nature.KNOWLEDGE: "Trí tuệ, kỹ thuật",
}


class Method(StrEnum):
    """Cách định giá: from what the worth of a gift in đồng was found."""

    COUNTED = "counted"
    INVOICE = "invoice"
    MARKET = "market"
    LAND_TABLE = "land_table"
    LABOUR_NORM = "labour_norm"
    CONTRACT = "contract"
    PANEL = "panel"
    UNVALUED = "unvalued"

    @property
    def label(self) -> str:
        return _METHODS[self][0]


_METHODS: Mapping[Method, tuple[str, frozenset[Nature]]] = {
    Method.COUNTED: ("Số tiền thực nhận", frozenset({Nature.MONEY})),
    Method.INVOICE: ("Hóa đơn mua", frozenset({Nature.GOODS, Nature.LAND})),
    Method.MARKET: ("Giá thị trường ngày nhận", frozenset({Nature.GOODS, Nature.LAND})),
    Method.LAND_TABLE: ("Bảng giá đất của tỉnh", frozenset({Nature.LAND})),
    Method.LABOUR_NORM: ("Định mức ngày công tại địa phương", frozenset({Nature.LABOUR})),
    Method.CONTRACT: ("Hợp đồng, báo giá dịch vụ", frozenset({Nature.LABOUR, Nature.KNOWLEDGE})),
    Method.PANEL: ("Tổ định giá của bên nhận", frozenset(Nature) - {Nature.MONEY}),
    Method.UNVALUED: ("Không quy ra tiền", frozenset({Nature.LABOUR, Nature.KNOWLEDGE})),
}


def methods_for(nature: Nature | str) -> list[Method]:
    """The ways in which a gift of that nature may be valued, in the order in which they are offered."""
    return [method for method, (_, natures) in _METHODS.items() if Nature(nature) in natures]


_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BYR BZD CAD CDF CHF CLP
CNY COP CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF
IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
MOP MRO MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
SCR SDG SEK SGD SHP SLL SOS SRD SSP STD STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VEF VES
VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL
"""
CURRENCIES = frozenset(_CODES.split())
"""Foreign money: codes of list one of ISO 4217:2015 that were in circulation at some time from 2016 to 2020; neither
funds nor metals, nor VND."""


def in_dong(amount: Decimal, rate: Decimal) -> int:
    """A sum of foreign money in whole đồng at `rate` đồng for one unit, half a đồng rounded up.

    Raises ValueError unless both are above zero.
    """
    if amount <= 0 or rate <= 0:
        raise ValueError("amount and rate must be above zero")
    return int((amount * rate).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def split(value: int, shares: Sequence[Fraction]) -> tuple[int, ...]:
    """Whole đồng for each share, in order, that sum to `value` exactly: what is over goes to the largest remainders,
    of equal ones to the first. Raises ValueError for a negative value or shares that do not make the whole."""
    if value < 0 or not shares or min(shares) <= 0 or sum(shares) != 1:
        raise ValueError("shares must be above zero and make the whole of a value that is not negative")
    exact = [value * share for share in shares]
    parts = [int(one) for one in exact]
    by_remainder = sorted(range(len(shares)), key=lambda at: (parts[at] - exact[at], at))
    for at in by_remainder[: value - sum(parts)]:
        parts[at] += 1
    return tuple(parts)


def missing_share(shares: Iterable[Fraction]) -> Fraction:
    """What the shares lack to make the whole; below zero when they are too much."""
    return 1 - sum(shares, Fraction(0))


class Giver(StrEnum):
    """Người đóng góp."""

    ORGANISATION = "organisation"
    PERSON = "person"
    HOUSEHOLD = "household"

    @property
    def label(self) -> str:
        return {
            Giver.ORGANISATION: "tổ chức, doanh nghiệp",
            Giver.PERSON: "cá nhân",
            Giver.HOUSEHOLD: "hộ gia đình",
        }[self]


STAND_IN = (
    "GIÁ TRỊ TẠM DÙNG lấy theo mức của tỉnh An Giang (khen thưởng xây dựng nông thôn mới): chưa tìm thấy điểm c khoản "
    "4 Điều 15 Quyết định số 11/2015/QĐ-UBND của UBND tỉnh Kiên Giang; phải thay bằng mức đúng trước khi dùng thật."
)


def _threshold(giver: Giver, amount: int) -> Timeline[int]:
    return Timeline(
        f"mức đóng góp từ thiện để đề nghị Bằng khen cấp tỉnh đối với {giver.label} (đồng)",
        Version(date(2015, 2, 11), amount, second_hand("An Giang"), STAND_IN),
    )


THRESHOLD: Mapping[Giver, Timeline[int]] = {
    Giver.ORGANISATION: _threshold(Giver.ORGANISATION, 200_000_000),
    Giver.PERSON: _threshold(Giver.PERSON, 100_000_000),
    Giver.HOUSEHOLD: _threshold(Giver.HOUSEHOLD, 50_000_000),
}


def giver_of(payee: Payee) -> Giver:
    """Which threshold a payee of the law of money is measured by."""
    return {Payee.COLLECTIVE: Giver.ORGANISATION, Payee.PERSON: Giver.PERSON, Payee.HOUSEHOLD: Giver.HOUSEHOLD}[payee]


def provided(since: date, amount: int, text: str) -> Version[int]:
    """A threshold that the province has entered, with the text that it rests on. Raises ValueError below one đồng or
    without a text."""
    if amount < 1 or not text.strip():
        raise ValueError("a threshold is above zero and names its text")
    return Version(since, amount, Source(Instrument(text.strip(), text.strip(), None)))


def threshold_on(giver: Giver | str, on: date, entered: Iterable[Version[int]] = ()) -> Version[int]:
    """The threshold of that day: what the province `entered` holds from its first day on, before that the stand-in.

    Of two entered for the same first day the later one in order stands. Raises NoRule for a day without a threshold.
    """
    own = {version.since: version for version in entered}
    timeline = THRESHOLD[Giver(giver)]
    if not own:
        return timeline.on(on)
    before = [version for version in timeline.versions if version.since < min(own)]
    return Timeline(timeline.name, *before, *(own[day] for day in sorted(own))).on(on)


def meets_threshold(
    amount: int, giver: Giver | str, *, on: date, entered: Iterable[Version[int]] = ()
) -> tuple[bool, Version[int]]:
    """Whether gifts worth `amount` đồng reach the threshold of that day, and the threshold itself (KH IV.1.2.e).

    `entered` are those of the province. Raises NoRule for a day without a threshold, ValueError for a negative amount.
    """
    if amount < 0:
        raise ValueError("amount must not be negative")
    version = threshold_on(giver, on, entered)
    return amount >= version.value, version


@dataclass(frozen=True)
class Counting:
    """Mốc tính: gifts count from `since` on; the sentence says why."""

    since: date
    sentence: str
    source: Source
    assumed: str = ""


@dataclass(frozen=True)
class Choice:
    """Lựa chọn của tỉnh: whether gifts of persons and households too count anew after each award; who said so, where.

    The plan writes it for collectives only (KH IV.2.2.b), so for others the province chooses, visibly.
    """

    anew: bool
    since: date
    text: str


def counts_from(
    phase_start: date,
    *,
    yearly_awards: Iterable[date],
    payee: Payee,
    until: date,
    choice: Choice | None = None,
) -> Counting:
    """From which day gifts count towards the five-year certificate (KH IV.2.2.b).

    Whoever had a yearly certificate in the phase counts only what was given after the last one. `yearly_awards` are
    the days of those decisions; those outside `phase_start`..`until` do not matter. `choice` is the province's for
    persons and households; without one they count as collectives do, which is assumed.
    """
    inside = [day for day in yearly_awards if phase_start <= day <= until]
    if not inside:
        text = f"Tính các khoản đóng góp từ đầu giai đoạn, ngày {phase_start:%d/%m/%Y}."
        return Counting(phase_start, text, cite("KH", "IV.2.2.b"))
    if choice is not None and payee is not Payee.COLLECTIVE and not choice.anew:
        text = (
            f"Tính các khoản đóng góp từ đầu giai đoạn, ngày {phase_start:%d/%m/%Y}, trừ khoản đã dùng cho lần khen "
            "trước."
        )
        return Counting(phase_start, text, Source(Instrument(choice.text, choice.text, None)))
    since = max(inside) + timedelta(days=1)
    text = f"Đã được khen hàng năm ngày {max(inside):%d/%m/%Y}: chỉ tính các khoản đóng góp từ ngày {since:%d/%m/%Y}."
    if payee is Payee.COLLECTIVE:
        return Counting(since, text, cite("KH", "IV.2.2.b"))
    if choice is not None:
        return Counting(since, text, Source(Instrument(choice.text, choice.text, None)))
    doubt = "Kế hoạch chỉ ghi mốc này cho tập thể; áp dụng chung vì thành tích đã khen không được cộng lại."
    return Counting(since, text, stand_in("KH", "IV.2.2.b"), doubt)
