"""Tiền từ đâu, cho mọi người đọc: by source and year, and no source that fewer than five gave to stands alone.

As with those who were helped (`open_books`), a source is told as it stood when last at least five more had given to it.
A giver counts once a year for each source; a receipt that names none, as that of a collecting box, counts as one.
"""

from collections import Counter, defaultdict
from datetime import date

from django.db.models import Min, Sum
from django.db.models.functions import ExtractMonth, ExtractYear

from chungtay.law.funds import Income
from chungtay.ledger.cells import Cell, merged, settled
from chungtay.ledger.models import Account, Fund, Transfer

GIVEN = frozenset({Income.PEOPLE, Income.UNITS, Income.ABROAD})
"""Sources behind which givers stand."""
SINCE = "Mới ủng hộ thêm, chưa đủ năm người mỗi nguồn"
FEW = "Các nguồn có ít người ủng hộ, gộp chung"
THIS_MONTH = "Từ đầu tháng này, chưa chia theo nguồn"
Months = dict[int, tuple[int, int]]


def carried(fund: Fund) -> dict[int, int]:
    """By year what the old book carried over, less what was taken back. Two queries."""
    found: dict[int, int] = defaultdict(int)
    for side, sign in (("credit", 1), ("debit", -1)):
        rows = Transfer.objects.filter(**_income(fund, side), **{f"{side}__code": Income.CARRIED.value}).order_by()
        for year, amount in rows.annotate(year=ExtractYear("on")).values_list("year").annotate(Sum("amount")):
            found[year] += sign * amount
    return dict(found)


def sources(fund: Fund, until: date) -> dict[int, list[Cell]]:
    """By year the sources of the money that came until that day, without what was carried over. Four queries."""
    told: dict[int, list[Cell]] = defaultdict(list)
    since: dict[int, Cell] = {}
    for (year, source), months in _by_month(fund, until).items():
        if source not in GIVEN:
            told[year].append(Cell(source.label, sum(amount for amount, _ in months), None))
            continue
        shown, late = settled(months)
        if not shown[1]:
            shown, late = late, (0, 0)
        told[year].append(Cell(source.label, *shown))
        before = since.get(year, Cell(SINCE, 0, 0))
        since[year] = Cell(SINCE, before.amount + late[0], (before.households or 0) + late[1])
    return {
        year: merged(cells, FEW) + [one for one in (since.get(year),) if one is not None and one.amount]
        for year, cells in told.items()
    }


def _by_month(fund: Fund, until: date) -> dict[tuple[int, Income], list[tuple[int, int]]]:
    """By year and source (sum, those who gave for the first time that year) of each month, in order."""
    sums: dict[tuple[int, Income], Counter[int]] = defaultdict(Counter)
    for side, sign in (("credit", 1), ("debit", -1)):
        rows = Transfer.objects.filter(**_income(fund, side), on__lte=until).exclude(
            **{f"{side}__code": Income.CARRIED.value}
        )
        rows = rows.order_by().annotate(year=ExtractYear("on"), month=ExtractMonth("on"))
        for year, month, code, amount in rows.values_list("year", "month", f"{side}__code").annotate(Sum("amount")):
            sums[year, Income(code)][month] += sign * amount
    givers = _givers(fund, until)
    return {
        key: [(months[month], givers[key][month]) for month in sorted(months.keys() | givers[key].keys())]
        for key, months in sums.items()
    }


def _givers(fund: Fund, until: date) -> dict[tuple[int, Income], Counter[int]]:
    """By year and source how many gave in each month for the first time that year. What was taken back counts not."""
    found: dict[tuple[int, Income], Counter[int]] = defaultdict(Counter)
    rows = Transfer.objects.filter(
        **_income(fund, "credit"), credit__code__in=GIVEN, on__lte=until, countered_by__isnull=True
    )
    rows = rows.order_by().annotate(year=ExtractYear("on"), month=ExtractMonth("on"))
    named = rows.filter(party__isnull=False).values_list("year", "credit__code", "party")
    for year, code, _, month in named.annotate(first=Min("month")).iterator(chunk_size=2000):
        found[year, Income(code)][month] += 1
    for year, code, month in rows.filter(party__isnull=True).values_list("year", "credit__code", "month"):
        found[year, Income(code)][month] += 1
    return found


def _income(fund: Fund, side: str) -> dict[str, object]:
    return {f"{side}__fund": fund, f"{side}__kind": Account.Kind.INCOME}
