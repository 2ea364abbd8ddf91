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

from chungtay.law.funds import FundKind, Purpose
from chungtay.ledger import books
from chungtay.ledger.models import Account, Balance, Fund, FundQuerySet, Transfer

LEAST_CELL = 5
SINCE = "Mới giúp thêm, chưa đủ năm hộ mỗi nơi, mỗi việc"
OPEN_KINDS = (FundKind.POOR, FundKind.DRIVE)


@dataclass(frozen=True)
class Cell:
    """Một ô: a purpose or a commune with its sum and its households; None where the money is no help to households."""

    label: str
    amount: int
    households: int | None

    @property
    def told(self) -> str:
        """The households as everybody reads them."""
        if self.households is None:
            return ""
        return f"dưới {LEAST_CELL}" if self.households < LEAST_CELL else f"{self.households:,}".replace(",", ".")


def merged(cells: Iterable[Cell], together: str, *, least: int = LEAST_CELL) -> list[Cell]:
    """The cells of at least `least` households, and one line for the others, the greatest sum first.

    The line of the others holds at least two cells and `least` households, where there are so many: or it could be
    reckoned back from the total. Where there are not, it still bears no name of its own.
    """
    known = [cell for cell in cells if cell.amount or cell.households]
    free = [cell for cell in known if cell.households is None]
    by_size = sorted((cell for cell in known if cell.households is not None), key=_size)
    few = [cell for cell in by_size if _size(cell)[0] < least]
    rest = by_size[len(few) :]
    while few and rest and (len(few) < 2 or sum(_size(cell)[0] for cell in few) < least):
        few.append(rest.pop(0))
    if few:
        rest.append(Cell(together, sum(cell.amount for cell in few), sum(_size(cell)[0] for cell in few)))
    return sorted([*rest, *free], key=lambda cell: (-cell.amount, cell.label))


def _size(cell: Cell) -> tuple[int, int, str]:
    return cell.households or 0, cell.amount, cell.label


def last_whole_month(on: date) -> date:
    """The last day of the month before."""
    return on.replace(day=1) - timedelta(days=1)


def funds() -> FundQuerySet:
    """The funds whose books are open: those for the poor. What awards cost stands in the decisions."""
    return Fund.objects.filter(kind__in=[kind.value for kind in OPEN_KINDS])


def totals() -> dict[str, int]:
    """What all these funds took from outside, gave for their purposes, and hold, from the kept balances. One query."""
    rows = Balance.objects.filter(account__fund__in=funds())
    kinds = {"came": Account.Kind.INCOME, "went": Account.Kind.PURPOSE, "left": Account.Kind.CASH}
    sums = {name: Sum(F("debited") - F("credited"), filter=Q(account__kind=kind)) for name, kind in kinds.items()}
    found = rows.aggregate(**sums)
    return {"came": -(found["came"] or 0), "went": found["went"] or 0, "left": found["left"] or 0}


@dataclass(frozen=True)
class Year:
    """Một năm của sổ công khai."""

    sums: books.Sums
    peak: int
    purposes: Sequence[Cell]
    places: Sequence[Cell]


def years(fund: Fund, on: date) -> list[Year]:
    """Each year of a fund's book, the last one first: money in and out, then purposes and communes in whole months."""
    money = books.money_of(fund)
    sums = books.by_year(money)
    peaks = books.in_peak_months(money, [int(one.label) for one in sums])
    cells = _cells(fund, last_whole_month(on))
    return [
        Year(
            one, peaks[int(one.label)],
            _told(cells["purpose"][int(one.label)], "Các việc giúp ít hộ, gộp chung"),
            _told(cells["place"][int(one.label)], "Các nơi có ít hộ, gộp chung"),
        )
        for one in sums
    ]  # fmt: skip


def _told(cells: Iterable[Cell], together: str) -> list[Cell]:
    """The lines of a table: those with names, the few, and in one line what came since the last five of each."""
    named, since = [], Cell(SINCE, 0, 0)
    for cell in cells:
        if cell.label:
            named.append(cell)
        else:
            since = Cell(SINCE, since.amount + cell.amount, (since.households or 0) + (cell.households or 0))
    return merged(named, together) + ([since] if since.amount or since.households else [])


def _cells(fund: Fund, until: date) -> dict[str, dict[int, list[Cell]]]:
    """By purpose and by commune, for each year, less what was taken back. Two queries.

    A cell with households is told as it stood when last at least five had come to it: from one month to the next nobody
    reads what one more household got. What came since stands in a cell without a name of its own.
    """
    helps = {purpose.value for purpose in Purpose if purpose.helps_households}
    told: dict[str, dict[int, list[Cell]]] = {"purpose": defaultdict(list), "place": defaultdict(list)}
    for (table, year, key), months in _by_month(fund, until, helps).items():
        label = Purpose(key).label if table == "purpose" else key
        if table == "purpose" and key not in helps:
            told[table][year].append(Cell(label, sum(amount for amount, _ in months), None))
            continue
        shown, since = settled(months)
        told[table][year] += [Cell(label, *shown), Cell("", *since)] if shown[1] else [Cell(label, *since)]
    return told


def settled(months: Iterable[tuple[int, int]], *, least: int = LEAST_CELL) -> tuple[tuple[int, int], tuple[int, int]]:
    """(sum, households) of the months in their order: as told, and what came since that is still too little to tell.

    >>> settled([(50, 5), (9, 1), (30, 3), (10, 1), (8, 2)])
    ((99, 10), (8, 2))
    """
    shown, now = (0, 0), (0, 0)
    for amount, households in months:
        now = (now[0] + amount, now[1] + households)
        if now[1] - shown[1] >= least or now[1] < shown[1] or now[0] < shown[0]:
            shown = now
    return shown, (now[0] - shown[0], now[1] - shown[1])


def _by_month(
    fund: Fund, until: date, helps: Collection[str]
) -> dict[tuple[str, int, str], list[tuple[int, int]]]:  # fmt: skip
    """By table, year and purpose or commune: (sum, households) of each month in which something was paid, in order."""
    found: dict[tuple[str, int, str], dict[int, tuple[int, int]]] = defaultdict(dict)
    for side, sign in (("debit", 1), ("credit", -1)):
        rows: QuerySet[Any] = Transfer.objects.filter(
            **{f"{side}__fund": fund, f"{side}__kind": Account.Kind.PURPOSE}, on__lte=until
        )
        days = rows.order_by().annotate(year=ExtractYear("on"), month=ExtractMonth("on"))
        named = days.values_list("year", "month", f"{side}__code", "place__title")
        for year, month, code, place, amount, households in named.annotate(Sum("amount"), Sum("households")):
            for key in (("purpose", year, code), *([("place", year, place)] if code in helps and place else [])):
                was = found[key].get(month, (0, 0))
                found[key][month] = (was[0] + sign * amount, was[1] + sign * (households or 0))
    return {key: [months[month] for month in sorted(months)] for key, months in found.items()}
