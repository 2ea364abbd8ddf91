"""Sổ công khai: what everybody may read of the funds for the poor: sums, and no cell of fewer than five households.

Nobody's name, and nothing by which one household could be told: purposes and communes with few households stand
together in one line. Those lines end with the last whole month, and grow by five households or more at a time, so that
no household's help can be reckoned from two visits.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import ExtractMonth, ExtractYear

from chungtay.law.funds import FundKind, Income, Purpose
from chungtay.ledger import books, open_income
from chungtay.ledger.cells import Cell, merged, settled
from chungtay.ledger.models import Account, Balance, Fund, FundQuerySet, Transfer
from chungtay.ledger.open_income import GIVEN
from chungtay.ledger.where import Names
from chungtay.places.models import Place

SINCE = "Mới giúp thêm, chưa đủ năm hộ mỗi nơi, mỗi việc"
FEW_PURPOSES, FEW_PLACES = "Các việc giúp ít hộ, gộp chung", "Các nơi có ít hộ, gộp chung"
THIS_MONTH = "Từ đầu tháng này, chưa chia theo việc"
MOVED = (books.FROM_OTHERS, books.TO_OTHERS)
GIFTS = "Người dân, cơ quan, doanh nghiệp, kiều bào ủng hộ"
OPEN_KINDS = (FundKind.POOR, FundKind.DRIVE)


def last_whole_month(on: date) -> date:
    """The last day of the month before."""
    return on.replace(day=1) - timedelta(days=1)


def funds() -> FundQuerySet:
    """The funds whose books are open: those for the poor. What awards cost stands in the decisions."""
    return Fund.objects.filter(kind__in=[kind.value for kind in OPEN_KINDS])


@dataclass(frozen=True)
class Totals:
    """Cả tỉnh: what these funds took from outside and from whom, what old books carried over, what went and is left.

    Money that one of them passed on to another came and went for none of them.
    """

    came: int
    carried: int
    went: int
    left: int
    sources: Sequence[Cell]


def totals() -> Totals:
    """From the kept balances. One query."""
    rows = Balance.objects.filter(account__fund__in=funds()).order_by().values_list("account__kind", "account__code")
    found = rows.annotate(sum=Sum(F("debited") - F("credited")))
    sums = {(kind, code): amount for kind, code, amount in found}
    income = {Income(code): -amount for (kind, code), amount in sums.items() if kind == Account.Kind.INCOME}
    carried = income.pop(Income.CARRIED, 0)
    given = sum(amount for source, amount in income.items() if source in GIVEN)
    others = [Cell(source.label, amount, None) for source, amount in income.items() if source not in GIVEN]
    return Totals(
        sum(income.values()), carried,
        sum(amount for (kind, _), amount in sums.items() if kind == Account.Kind.PURPOSE),
        sums.get((Account.Kind.CASH.value, ""), 0),
        merged([Cell(GIFTS, given, None), *others], ""),
    )  # fmt: skip


@dataclass(frozen=True)
class Year:
    """Một năm của sổ công khai. `sums` count no money that the old book carried over; the tables add up to them."""

    sums: books.Sums
    carried: int
    peak: int
    sources: Sequence[Cell]
    purposes: Sequence[Cell]
    places: Sequence[Cell]


def years(fund: Fund, on: date) -> list[Year]:
    """Each year of a fund's book, the last one first: money in and out to the day, then sources, purposes and communes
    in whole months."""
    money, until = books.money_of(fund), last_whole_month(on)
    sums = books.by_year(money)
    peaks = books.in_peak_months(money, [int(one.label) for one in sums])
    carried, between = open_income.carried(fund), _between(money, until)
    sources, cells = open_income.sources(fund, until), _cells(fund, until, on)
    found = []
    for one in sums:
        year = int(one.label)
        told = books.Sums(one.label, one.came - carried.get(year, 0), one.went)
        came, went = (Cell(label, amount, None) for label, amount in zip(MOVED, between.get(year, (0, 0)), strict=True))
        purposes = [*_told(cells["purpose"][year], FEW_PURPOSES), went]
        found.append(
            Year(
                told, carried.get(year, 0), peaks[year],
                _whole([*sources.get(year, []), came], told.came, open_income.THIS_MONTH),
                _whole(purposes, told.went, THIS_MONTH), _told(cells["place"][year], FEW_PLACES),
            )
        )  # fmt: skip
    return found


def _whole(cells: Iterable[Cell], whole: int, rest: str) -> list[Cell]:
    """The cells, and what has come since the last whole month: together the whole, which is told to the day."""
    known = list(cells)
    left = whole - sum(cell.amount for cell in known)
    return [cell for cell in (*known, Cell(rest, left, None)) if cell.amount or cell.households]


def _between(money: Account, until: date) -> dict[int, tuple[int, int]]:
    """By year what other funds passed on to this one and got from it, less what was taken back. Two queries."""
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for place, (side, other) in enumerate((("debit", "credit"), ("credit", "debit"))):
        rows = Transfer.objects.filter(**{side: money, f"{other}__kind": Account.Kind.CASH}, on__lte=until).order_by()
        rows = rows.annotate(year=ExtractYear("on"), back=Q(corrects__isnull=False))
        for year, is_back, amount in rows.values_list("year", "back").annotate(Sum("amount")):
            found[year][1 - place if is_back else place] += -amount if is_back else amount
    return {year: (came, went) for year, (came, went) in found.items()}


def _told(cells: Iterable[Cell], together: str) -> list[Cell]:
    """The lines of a table: those with names, the few, and in one line what came since the last five of each."""
    named, since = [], Cell(SINCE, 0, 0)
    for cell in cells:
        if cell.label:
            named.append(cell)
        else:
            since = Cell(SINCE, since.amount + cell.amount, (since.households or 0) + (cell.households or 0))
    return merged(named, together) + ([since] if since.amount or since.households else [])


def _cells(fund: Fund, until: date, on: date) -> dict[str, dict[int, list[Cell]]]:
    """By purpose and by commune, named as of `on`, for each year, less what was taken back. Five queries.

    A cell with households is told as it stood when last at least five had come to it: from one month to the next nobody
    reads what one more household got. What came since stands in a cell without a name of its own.
    """
    helps = {purpose.value for purpose in Purpose if purpose.helps_households}
    told: dict[str, dict[int, list[Cell]]] = {"purpose": defaultdict(list), "place": defaultdict(list)}
    found = _by_month(fund, until, helps)
    names = Names({key for table, _, key in found if isinstance(key, int)})
    places = Place.objects.in_bulk({key for table, _, key in found if isinstance(key, int)})
    for (table, year, key), months in found.items():
        label = names.on(places[key], on) if isinstance(key, int) else Purpose(key).label
        if table == "purpose" and key not in helps:
            told[table][year].append(Cell(label, sum(amount for amount, _ in months), None))
            continue
        shown, since = settled(months)
        told[table][year] += [Cell(label, *shown), Cell("", *since)] if shown[1] else [Cell(label, *since)]
    return told


def _by_month(
    fund: Fund, until: date, helps: Collection[str]
) -> dict[tuple[str, int, str | int], list[tuple[int, int]]]:  # fmt: skip
    """By table, year and purpose or commune: (sum, households) of each month in which something was paid, in order."""
    found: dict[tuple[str, int, str | int], dict[int, tuple[int, int]]] = defaultdict(dict)
    for side, sign in (("debit", 1), ("credit", -1)):
        rows: QuerySet[Any] = Transfer.objects.filter(
            **{f"{side}__fund": fund, f"{side}__kind": Account.Kind.PURPOSE}, on__lte=until
        )
        days = rows.order_by().annotate(year=ExtractYear("on"), month=ExtractMonth("on"))
        named = days.values_list("year", "month", f"{side}__code", "place")
        for year, month, code, place, amount, households in named.annotate(Sum("amount"), Sum("households")):
            for key in (("purpose", year, code), *([("place", year, place)] if code in helps and place else [])):
                was = found[key].get(month, (0, 0))
                found[key][month] = (was[0] + sign * amount, was[1] + sign * (households or 0))
    return {key: [months[month] for month in sorted(months)] for key, months in found.items()}
