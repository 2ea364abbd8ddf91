"""What the locked reviews answer about many households at once. Two queries, however many households."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from chungtay.law.criteria import Known
from chungtay.law.poverty import STANDARD, Class
from chungtay.law.refusals import NoRule
from chungtay.records import walls
from chungtay.records.among import Among
from chungtay.reviews.models import Application, Assessment

ON_RECORD = "what the law asks about a nominee counts wherever it was written"
POOR = frozenset(one.value for one in Class if one.is_poor)


@dataclass(frozen=True, slots=True)
class Recognised:
    """Một lần công nhận: the class before ("" if unknown) and from that day on, both by one `standard` (None: none)."""

    on: date
    before: str
    standing: str
    standard: str | None


@walls.everything(ON_RECORD)
def household_left_poverty(parties: Collection[int], *, since: date, until: date, on: date) -> dict[int, Known]:
    """Whether a household that was poor has left poverty in the period and is still out (KH IV.1.2.a).

    Left before the period is no achievement of it: what was done then may have been rewarded then. Both border days
    are inside.
    Told by rounds locked by `on` and requests granted by then. Classes of two standards are never compared: who was
    poor by one and is not by the next has no answer, nor has who left by one and is poor by the next. Neither has a
    household that the reviews never knew as poor, or do not know at all.
    """
    history: dict[int, list[Recognised]] = {}
    for party, one in (*_rounds(parties, on), *_requests(parties, on)):
        history.setdefault(party, []).append(one)
    found = {}
    for party, told in history.items():
        told.sort(key=lambda one: one.on)
        known = _left(told, since, until)
        if known is not None:
            found[party] = known
    return found


def _rounds(parties: Collection[int], on: date) -> Iterable[tuple[int, Recognised]]:
    rows = Assessment.objects.filter(
        Among("household__party_id", parties), replaced=False, review__round__locked_on__lte=on
    ).exclude(standing="")
    told = rows.order_by().values_list(
        "household__party_id", "review__round__approved_on", "before", "standing", "review__round__review_on"
    )
    for party, day, before, standing, reviewed in told:
        if day is not None:  # a locked round was approved
            yield party, Recognised(day, before, standing, standard_on(reviewed))


def _requests(parties: Collection[int], on: date) -> Iterable[tuple[int, Recognised]]:
    """Where a request tells no move, the class before it came by another standard, or nobody knows by which."""
    rows = Application.objects.filter(
        Among("household__party_id", parties), state=Application.State.GRANTED, decided_on__lte=on
    ).exclude(standing="")
    told = rows.order_by().values_list("household__party_id", "decided_on", "before", "standing", "move")
    for party, day, before, standing, move in told:
        if day is not None:  # a granted request was decided
            yield party, Recognised(day, before if move else "", standing, standard_on(day))


@cache
def standard_on(day: date) -> str | None:
    """The name of the poverty standard of that day; None where there is none."""
    try:
        return STANDARD.on(day).value
    except NoRule:
        return None


@dataclass(slots=True)
class _Way:
    """The way out of poverty so far: by which standard the household was poor last, when and by which it left.

    `unsure`: the last step lies between two standards, so that nobody can say whether it is out.
    """

    poor: bool = False
    poor_by: str | None = None
    left_on: date | None = None
    left_by: str | None = None
    unsure: bool = False

    def take(self, one: Recognised) -> None:
        same = self.poor and self.poor_by == one.standard
        if one.before in POOR and not same:
            self.poor, self.poor_by, self.left_on, same = True, one.standard, None, True
        if one.standing in POOR:
            if self.left_on is not None:
                self.unsure = self.left_by != one.standard
            elif not same:
                self.unsure = False
            self.poor, self.poor_by, self.left_on = True, one.standard, None
        elif self.poor and self.left_on is None:
            self.unsure = not same
            if same:
                self.left_on, self.left_by = one.on, one.standard


def _left(told: list[Recognised], since: date, until: date) -> Known | None:
    """`told` in the order of days. The last way out of poverty counts, and only if it led there in the period."""
    way = _Way()
    for one in told:
        way.take(one)
    if not way.poor or way.unsure:
        return None
    last, left_on = told[-1], way.left_on
    if left_on is None:
        return Known(False, because=f"Rà soát công nhận ngày {last.on:%d/%m/%Y}: {Class(last.standing).label}.")
    if left_on > until:
        return Known(False, because=f"Thoát nghèo ngày {left_on:%d/%m/%Y}, sau thời gian thành tích.")
    if left_on < since:
        early = f"Đã thoát nghèo từ ngày {left_on:%d/%m/%Y}, trước thời gian tính thành tích (từ {since:%d/%m/%Y})."
        return Known(False, because=early)
    still = f"đến ngày {last.on:%d/%m/%Y} là {Class(last.standing).label}"
    if last.standard != way.left_by:
        still += f" theo chuẩn {last.standard or 'khác'} (thoát nghèo theo chuẩn {way.left_by})"
    return Known(True, because=f"Rà soát công nhận thoát nghèo ngày {left_on:%d/%m/%Y}, {still}.")
