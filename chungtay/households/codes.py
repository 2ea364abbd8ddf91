"""Codes of households: the commune's code and a serial, "30781-00012". No serial is ever given twice."""

from datetime import date

from django.db import connection
from django.db.models import F

from chungtay.households.models import CodeSeries
from chungtay.law.refusals import Refused
from chungtay.places.models import Place


def next_codes(place: Place, count: int, *, on: date) -> list[str]:
    """`count` new codes of the commune `place`, in a row. Whoever takes them holds the series until commit.

    Raises RuntimeError outside a transaction, and `Refused` for a commune without a code.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a code is given only inside the transaction that opens the household")
    prefix = place.on(on).code
    if not prefix:
        raise Refused.because(f"{place} chưa có mã đơn vị hành chính nên chưa cấp được mã hộ.", field="place")
    CodeSeries.objects.bulk_create([CodeSeries(prefix=prefix)], ignore_conflicts=True)
    rows = CodeSeries.objects.filter(prefix=prefix)
    rows.update(last=F("last") + count)
    last = rows.get().last
    return [f"{prefix}-{serial:05d}" for serial in range(last - count + 1, last + 1)]
