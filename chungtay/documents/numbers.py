"""Official numbers without gaps and without doubles (design D4)."""

from datetime import date

from django.db import connection
from django.db.models import F

from chungtay.documents.models import Counter
from chungtay.parties.models import Party


def next_number(body: Party, series: str, *, on: date) -> int:
    """The next number of `body` in `series` for the year of `on`, starting at 1.

    It belongs to the surrounding transaction: if the paper is not issued, the number was never given.
    Raises RuntimeError outside a transaction.
    """
    return next_numbers(body, series, 1, on=on)[0]


def next_numbers(body: Party, series: str, count: int, *, on: date) -> range:
    """`count` numbers in a row, in one statement; the same promise as `next_number`."""
    if not connection.in_atomic_block:
        raise RuntimeError("a number is given only inside the transaction that issues the paper")
    Counter.objects.bulk_create([Counter(body=body, series=series, year=on.year)], ignore_conflicts=True)
    rows = Counter.objects.filter(body=body, series=series, year=on.year)
    rows.update(last=F("last") + count)
    last = rows.get().last
    return range(last - count + 1, last + 1)
