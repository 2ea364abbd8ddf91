"""What the locked reviews answer about many households at once. Two queries, however many households."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from chungtay.law.criteria import Known
from chungtay.law.poverty import Class
from chungtay.records import walls
from chungtay.records.among import Among
from chungtay.reviews.models import Application, Assessment

ON_RECORD = "what the law asks about a nominee counts wherever it was written"
POOR = frozenset(one.value for one in Class if one.is_poor)


@dataclass(frozen=True, slots=True)
class Recognised:
    """Một lần công nhận: the class before ("" if unknown) and from that day on."""

    on: date
    before: str
    standing: str


@walls.everything(ON_RECORD)
def household_left_poverty(parties: Collection[int], *, since: date, until: date, on: date) -> dict[int, Known]:
    """Whether a household that was poor has left poverty by the end of the period and is still out (KH IV.1.2.a).

    Told by rounds locked by `on` and requests granted by then. A household that the reviews never knew as poor, or do
    not know at all, has no answer.
    """
    history: dict[int, list[Recognised]] = {}
    for party, day, before, standing in (*_rounds(parties, on), *_requests(parties, on)):
        if day is not None:  # both tables promise one
            history.setdefault(party, []).append(Recognised(day, before, standing))
    found = {}
    for party, told in history.items():
        told.sort(key=lambda one: one.on)
        known = _left(told, until)
        if known is not None:
            found[party] = known
    return found


def _rounds(parties: Collection[int], on: date) -> Iterable[tuple[int, date | None, str, str]]:
    rows = Assessment.objects.filter(
        Among("household__party_id", parties), replaced=False, review__round__locked_on__lte=on
    ).exclude(standing="")
    return rows.order_by().values_list("household__party_id", "review__round__approved_on", "before", "standing")


def _requests(parties: Collection[int], on: date) -> Iterable[tuple[int, date | None, str, str]]:
    rows = Application.objects.filter(
        Among("household__party_id", parties), state=Application.State.GRANTED, decided_on__lte=on
    ).exclude(standing="")
    return rows.order_by().values_list("household__party_id", "decided_on", "before", "standing")


def _left(told: list[Recognised], until: date) -> Known | None:
    """`told` in the order of days. The last way out of poverty counts, and only if it led there by `until`."""
    was_poor, left_on = False, None
    for one in told:
        was_poor = was_poor or one.before in POOR
        if one.standing in POOR:
            was_poor, left_on = True, None
        elif was_poor and left_on is None:
            left_on = one.on
    if not was_poor:
        return None
    last = told[-1]
    if left_on is None:
        return Known(False, because=f"Rà soát công nhận ngày {last.on:%d/%m/%Y}: {Class(last.standing).label}.")
    if left_on > until:
        return Known(False, because=f"Thoát nghèo ngày {left_on:%d/%m/%Y}, sau thời gian thành tích.")
    still = f"đến ngày {last.on:%d/%m/%Y} là {Class(last.standing).label}"
    return Known(True, because=f"Rà soát công nhận thoát nghèo ngày {left_on:%d/%m/%Y}, {still}.")
