"""Sổ công khai: what everybody may read of the funds for the poor: sums, and no cell of fewer than five households.

Nobody's name, and nothing by which one household could be told: purposes and communes with few households stand
together in one line. Those lines end with the last whole month, so that no day's help can be reckoned from two visits.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from chungtay.law.funds import FundKind, Purpose
from chungtay.ledger import books
from chungtay.ledger.models import Account, Balance, Fund, FundQuerySet, Transfer

LEAST_CELL = 5
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
            merged(cells["purpose"][int(one.label)], "Các việc giúp ít hộ, gộp chung"),
            merged(cells["place"][int(one.label)], "Các nơi có ít hộ, gộp chung"),
        )
        for one in sums
    ]  # fmt: skip


def _cells(fund: Fund, until: date) -> dict[str, dict[int, list[Cell]]]:
    """By purpose and by commune, for each year, less what was taken back. Two queries."""
    found: dict[str, dict[tuple[int, str], list[int]]] = {"purpose": {}, "place": {}}
    helps = {purpose.value for purpose in Purpose if purpose.helps_households}
    for side, sign in (("debit", 1), ("credit", -1)):
        rows: QuerySet[Any] = Transfer.objects.filter(
            **{f"{side}__fund": fund, f"{side}__kind": Account.Kind.PURPOSE}, on__lte=until
        )
        named = rows.order_by().annotate(year=ExtractYear("on")).values_list("year", f"{side}__code", "place__title")
        for year, code, place, amount, households in named.annotate(Sum("amount"), Sum("households")):
            keys = [("purpose", code), *([("place", place)] if code in helps and place else [])]
            for table, key in keys:
                kept = found[table].setdefault((year, key), [0, 0])
                kept[0] += sign * amount
                kept[1] += sign * (households or 0)
    told: dict[str, dict[int, list[Cell]]] = {"purpose": defaultdict(list), "place": defaultdict(list)}
    for (year, code), (amount, households) in found["purpose"].items():
        told["purpose"][year].append(Cell(Purpose(code).label, amount, households if code in helps else None))
    for (year, place), (amount, households) in found["place"].items():
        told["place"][year].append(Cell(place, amount, households))
    return told
