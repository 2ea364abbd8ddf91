"""Sổ quỹ: what a fund took and gave by year and by month, what for, and the rows of one page with the money left."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import ExtractMonth, ExtractYear

from chungtay.law.funds import Purpose, peak_month
from chungtay.law.money import dong, number
from chungtay.ledger.models import Account, Balance, Fund, FundQuerySet, Transfer
from chungtay.records.keyset import Page

MILLION = 1_000_000
ORDER = ("-on", "-id")
BESIDE = ("debit__fund", "credit__fund", "party", "countered_by")
SIDES = (("debit", 0), ("credit", 1))
FROM_OTHERS, TO_OTHERS = "Quỹ khác chuyển đến", "Chuyển sang quỹ khác"


@dataclass(frozen=True)
class Sums:
    """Thu, chi của một khoảng: what came in and what went out, each less what was taken back."""

    label: str
    came: int
    went: int


@dataclass(frozen=True)
class Line:
    """Một dòng của sổ: the transfer as this fund's book tells it, and the money left after it."""

    row: Transfer
    came: int | None
    went: int | None
    left: int
    what: str

    @property
    def state(self) -> str:
        """ "Đảo" for a counter-entry, "Đã đảo" for what was countered, nothing else."""
        if self.row.corrects_id is not None:
            return "Bút toán đảo"
        return "Đã đảo" if hasattr(self.row, "countered_by") else ""


def with_money(funds: FundQuerySet) -> "QuerySet[Any]":
    """The funds, each with `money`: what it holds."""
    kept = Balance.objects.filter(account__fund=OuterRef("pk"), is_money=True)
    return funds.annotate(money=Subquery(kept.values(left=F("debited") - F("credited"))[:1]))


def money_of(fund: Fund) -> Account:
    """The account of its money."""
    return Account.objects.get(fund=fund, kind=Account.Kind.CASH)


def transfers(money: Account) -> "tuple[QuerySet[Transfer], QuerySet[Transfer]]":
    """What came and what went, each walked along an index of its own."""
    return Transfer.objects.filter(debit=money), Transfer.objects.filter(credit=money)


def by_year(money: Account) -> list[Sums]:
    """Each year in which money moved, the last one first."""
    found = _summed(money, ExtractYear("on"), Q())
    return [Sums(str(year), *found[year]) for year in sorted(found, reverse=True)]


def by_month(money: Account, year: int) -> list[Sums]:
    """The twelve months of one year."""
    found = _summed(money, ExtractMonth("on"), Q(on__year=year))
    return [Sums(f"Tháng {month}", *found.get(month, (0, 0))) for month in range(1, 13)]


def _summed(money: Account, part: Any, where: Q) -> dict[int, tuple[int, int]]:
    """(came, went) by a part of the day. A counter-entry lowers the side that it takes back. Two queries."""
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for side, place in SIDES:
        rows = Transfer.objects.filter(where, **{side: money}).order_by()
        rows = rows.annotate(part=part, back=Q(corrects__isnull=False))
        for at, is_back, amount in rows.values_list("part", "back").annotate(Sum("amount")):
            if is_back:
                found[at][1 - place] -= amount
            else:
                found[at][place] += amount
    return {at: (came, went) for at, (came, went) in found.items()}


def in_peak_months(money: Account, years: Iterable[int]) -> dict[int, int]:
    """What came in the peak month of each year (KH III.3), less what was taken back of it. Two queries."""
    days = {f"y{year}": Q(on__range=peak_month(year)) for year in years}
    if not days:
        return {}
    came = Transfer.objects.filter(debit=money, corrects__isnull=True)
    back = Transfer.objects.filter(credit=money, corrects__isnull=False)
    sums = [
        rows.aggregate(**{name: Sum("amount", filter=when) for name, when in told.items()})
        for rows, told in (
            (came, days),
            (back, {f"y{year}": Q(corrects__on__range=peak_month(year)) for year in years}),
        )
    ]
    return {int(name[1:]): (sums[0][name] or 0) - (sums[1][name] or 0) for name in days}


@dataclass(frozen=True)
class Parts:
    """Thu từ đâu, chi cho việc gì: headings with their sums, the greatest first. Each list adds up to what it is of."""

    income: list[dict[str, Any]]
    purpose: list[dict[str, Any]]


def parts(money: Account, of: Sums, year: int | None = None) -> Parts:
    """The headings of all that came and went, or of one year; what other funds gave and got is one of them.

    `of` is what they add up to. One query for the whole book, from the kept balances; three for a year.
    """
    sums = _kept(money) if year is None else _of_year(money, year)
    came = _headed(sums[Account.Kind.INCOME], of.came, FROM_OTHERS)
    return Parts(came, _headed(sums[Account.Kind.PURPOSE], of.went, TO_OTHERS))


def _headed(sums: dict[str, int], whole: int, between: str) -> list[dict[str, Any]]:
    found = [(label, amount) for label, amount in {**sums, between: whole - sum(sums.values())}.items() if amount]
    return [{"label": label, "amount": amount} for label, amount in sorted(found, key=lambda one: (-one[1], one[0]))]


def _kept(money: Account) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {Account.Kind.INCOME: {}, Account.Kind.PURPOSE: {}}
    rows = Balance.objects.filter(account__fund=money.fund_id, is_money=False).select_related("account")
    for row in rows:
        sign = -1 if row.account.kind == Account.Kind.INCOME else 1
        found[row.account.kind][str(row.account)] = sign * row.amount
    return found


def _of_year(money: Account, year: int) -> dict[str, dict[str, int]]:
    """As `_kept` of the transfers of one year; a counter-entry lowers its heading in the year in which it stands."""
    rows = Account.objects.filter(fund=money.fund_id).exclude(kind=Account.Kind.CASH)
    others = {row.pk: row for row in rows}
    found: dict[str, dict[str, int]] = {Account.Kind.INCOME: {}, Account.Kind.PURPOSE: {}}
    for side, other in (("debit", "credit"), ("credit", "debit")):
        sums = Transfer.objects.filter(within(year), **{side: money}).order_by().values_list(other)
        for key, amount in sums.annotate(Sum("amount")):
            if key in others:
                of = others[key]
                sign = 1 if (side == "debit") is (of.kind == Account.Kind.INCOME) else -1
                found[of.kind][str(of)] = found[of.kind].get(str(of), 0) + sign * amount
    return found


def houses(money: Account, year: int | None = None) -> int:
    """Solidarity houses built with this fund's money, less those taken back, of all years or of one."""
    goal = Account.objects.filter(fund=money.fund_id, kind=Account.Kind.PURPOSE, code=Purpose.HOUSE.value)
    rows = Transfer.objects.filter(within(year))
    built = rows.filter(debit__in=goal).aggregate(n=Sum("households"))["n"] or 0
    back = rows.filter(credit__in=goal).aggregate(n=Sum("households"))["n"] or 0
    return int(built - back)


def lines(page: Page[Transfer], money: Account) -> list[Line]:
    """The rows of a page, newest first, with the money left after each. One query for the newest."""
    if not page.rows:
        return []
    left = _left(Q(on__lt=page.rows[0].on) | Q(on=page.rows[0].on, id__lte=page.rows[0].pk), money)
    found = []
    for row in page.rows:
        came = row.debit_id == money.pk
        found.append(Line(row, row.amount if came else None, None if came else row.amount, left, what(row, money)))
        left -= row.amount if came else -row.amount
    return found


def left_before(row: Transfer, money: Account) -> int:
    """The money that was there before a row of the book."""
    return _left(Q(on__lt=row.on) | Q(on=row.on, id__lt=row.pk), money)


def _left(until: Q, money: Account) -> int:
    sums = [rows.filter(until).aggregate(sum=Sum("amount"))["sum"] or 0 for rows in transfers(money)]
    return int(sums[0] - sums[1])


def what(row: Transfer, money: Account) -> str:
    """What a transfer was, seen from the fund whose money this is."""
    came = row.debit_id == money.pk
    other = row.credit if came else row.debit
    if other.kind == Account.Kind.CASH:
        return f"{'Nhận từ' if came else 'Chuyển sang'} {other.fund.name}"
    return str(other)


def chart(sums: Sequence[Sums]) -> str:
    """Two lines as JSON for the drawing: in and out, in millions of đồng."""
    lines = [
        {"kind": kind, "name": name, "data": [round(getattr(one, field) / MILLION, 2) for one in sums]}
        for kind, name, field in (("measured", "Thu", "came"), ("assigned", "Chi", "went"))
    ]
    return json.dumps({"years": [one.label for one in sums], "unit": "triệu đồng", "lines": lines}, ensure_ascii=False)


def short(amount: int) -> str:
    """A sum where there is little room: "2.052,72 triệu đồng"; below a million in full."""
    if abs(amount) < MILLION:
        return f"{dong(amount)} đồng"
    return f"{'-' * (amount < 0)}{number(Fraction(round(abs(amount) / 10_000), 100))} triệu đồng"


def stats(**sums: int) -> dict[str, dict[str, Any]]:
    """By name a sum, in full and short."""
    return {name: {"sum": amount, "short": short(amount)} for name, amount in sums.items()}


def within(year: int | None) -> Q:
    """The transfers of one year, or all."""
    return Q() if year is None else Q(on__range=(date(year, 1, 1), date(year, 12, 31)))
