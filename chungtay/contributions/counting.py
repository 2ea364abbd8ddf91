"""Which gifts count for a giver on a day, for any number of givers in the same number of queries (KH IV.2.2.b).

A share counts when its gift is confirmed, was received in the period and after the last award, and serves no award yet.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import OuterRef, Q, Subquery

from chungtay.contributions import givers
from chungtay.contributions.gifts import Share, State
from chungtay.contributions.reckoned import AwardCase, Claim, CountingChoice, Threshold
from chungtay.law import giving
from chungtay.law.giving import Choice, Counting, Giver, Nature, counts_from, giver_of
from chungtay.law.refusals import NoRule
from chungtay.law.timeline import Version
from chungtay.movements.models import Movement
from chungtay.parties.kinds import payee_of
from chungtay.parties.models import Party

ASSETS = (Nature.MONEY, Nature.GOODS, Nature.LAND)
"""What is answered with the emblem (KH IV.3.1)."""
MANY = 900
"""More keys than this are not listed in a statement: what concerns anybody is read, and the others left aside."""


@dataclass(frozen=True)
class Line:
    """One share of a confirmed gift: keys of share, gift and giver, whole đồng; `case` of the award that used it."""

    share: int
    gift: int
    party: int
    amount: int
    received_on: date
    case: int | None = None


@dataclass(frozen=True)
class Tally:
    """Đã tính từ lần khen trước: what counts for a giver on a day, and against which threshold.

    `last`: the award after which gifts count anew. `threshold` is None on a day without one. `before` were received
    before the day from which gifts count, `used` serve an award already.
    """

    counting: Counting
    last: AwardCase | None
    lines: tuple[Line, ...]
    before: tuple[Line, ...]
    used: tuple[Line, ...]
    threshold: Version[int] | None

    @property
    def total(self) -> int:
        """Whole đồng that count."""
        return sum(line.amount for line in self.lines)

    @property
    def reached(self) -> bool:
        return self.threshold is not None and self.total >= self.threshold.value

    @property
    def missing(self) -> int:
        """Whole đồng to the threshold; 0 when it is reached or there is none."""
        return max(0, self.threshold.value - self.total) if self.threshold is not None else 0

    @property
    def level_source(self) -> str:
        """Where the threshold is written, as a page says it; empty where there is none. One that only stands in for
        the province's own says so."""
        if self.threshold is None:
            return ""
        source = str(self.threshold.source)
        return f"Mức tạm dùng, lấy theo {source}" if self.threshold.assumed else source

    @property
    def assumed(self) -> list[str]:
        """What of this nobody has read in a text."""
        told = (self.counting.assumed, self.threshold.assumed if self.threshold is not None else "")
        return [one for one in told if one]


@dataclass
class Book:
    """All that is needed to count for some givers, read once. Five queries whatever their number."""

    groups: dict[int, frozenset[int]]
    kinds: dict[int, str]
    lines: dict[int, list[Line]] = field(default_factory=dict)
    cases: dict[int, list[AwardCase]] = field(default_factory=dict)
    entered: dict[str, list[Version[int]]] = field(default_factory=dict)
    choices: list[Choice] = field(default_factory=list)

    def of(self, party: int, *, since: date, until: date, on: date) -> Tally:
        """What counts for `party` and whoever is the same giver, of gifts received from `since` to `until`."""
        group, payee = self.groups[party], payee_of(self.kinds[party])
        every = [case for key in group for case in self.cases.get(key, ()) if case.decided_on <= on]
        cases = [case for case in every if case.restarts]
        counting = counts_from(
            since, yearly_awards=[case.decided_on for case in cases], payee=payee, until=max(until, on),
            choice=choice_on(self.choices, on),
        )  # fmt: skip
        inside = [line for key in group for line in self.lines.get(key, ()) if since <= line.received_on <= until]
        inside.sort(key=lambda line: (line.received_on, line.share))
        free = [line for line in inside if line.case is None]
        return Tally(
            counting=counting,
            last=max(cases, key=lambda case: (case.decided_on, case.pk), default=None),
            lines=tuple(line for line in free if line.received_on >= counting.since),
            before=tuple(line for line in free if line.received_on < counting.since),
            used=tuple(line for line in inside if line.case is not None),
            threshold=threshold_on(giver_of(payee), on, self.entered),
        )


def read(parties: Collection[int], *, since: date, until: date, on: date) -> Book:
    """The book of these givers: their gifts received from `since` to `until` and confirmed by `on`."""
    groups = givers.joined(parties)
    keys = {key for group in groups.values() for key in group}
    listed = Q(party_id__in=keys) if len(keys) <= MANY else Q(party_id__isnull=False)
    book = Book(groups, kinds=kinds_of(parties), choices=choices(), entered=thresholds())
    for line in _lines(listed, since, until, on):
        if line.party in keys:
            book.lines.setdefault(line.party, []).append(line)
    for case in AwardCase.objects.filter(listed, _stood(on)).order_by("decided_on", "pk"):
        if case.party_id in keys:
            book.cases.setdefault(case.party_id, []).append(case)
    return book


def confirmed_givers(parties: Collection[int], *, on: date) -> set[int]:
    """Those of the parties of whom, under any name, money, goods or land is confirmed by that day. Two queries."""
    groups = givers.joined(parties)
    keys = {key for group in groups.values() for key in group}
    rows = Share.objects.filter(
        party_id__in=keys, gift__state=State.CONFIRMED, gift__confirmed_on__lte=on, gift__nature__in=ASSETS
    )
    gave = set(rows.order_by().values_list("party_id", flat=True))
    return {party for party, group in groups.items() if group & gave}


def kinds_of(parties: Collection[int]) -> dict[int, str]:
    """The kind of each of these parties. One query."""
    rows = Party.objects.order_by().values_list("pk", "kind")
    if len(parties) <= MANY:
        return dict(rows.filter(pk__in=parties))
    wanted = set(parties)
    return {key: kind for key, kind in rows.iterator(chunk_size=5000) if key in wanted}


def thresholds(before: int | None = None) -> dict[str, list[Version[int]]]:
    """What the province has entered, by giver, in the order in which it was entered; `before` the row of that key."""
    found: dict[str, list[Version[int]]] = {}
    rows = Threshold.objects.all() if before is None else Threshold.objects.filter(pk__lt=before)
    for row in rows.order_by("pk"):
        found.setdefault(row.giver, []).append(giving.provided(row.since, row.amount, row.source))
    return found


def choices(before: int | None = None) -> list[Choice]:
    """The province's choices for persons and households, in the order in which they were entered; `before` that key."""
    rows = CountingChoice.objects.all() if before is None else CountingChoice.objects.filter(pk__lt=before)
    return [Choice(row.anew, row.since, row.source) for row in rows.order_by("pk")]


def choice_on(among: Iterable[Choice], on: date) -> Choice | None:
    """The choice in force on that day: of the latest first day, and of those the last entered."""
    found: Choice | None = None
    for choice in among:
        if choice.since <= on and (found is None or choice.since >= found.since):
            found = choice
    return found


def threshold_on(giver: Giver, on: date, entered: dict[str, list[Version[int]]]) -> Version[int] | None:
    """The threshold of that day; None where there is no rule."""
    try:
        return giving.threshold_on(giver, on, entered.get(giver.value, ()))
    except NoRule:
        return None


def _lines(listed: Q, since: date, until: date, on: date) -> Iterable[Line]:
    used = Claim.objects.filter(_stood(on), share=OuterRef("pk"), case__decided_on__lte=on)
    stood = Q(gift__state=State.CONFIRMED) | Q(gift__state=State.CORRECTED, gift__ended_on__gt=on)
    rows = Share.objects.filter(
        listed, stood, gift__received_on__range=(since, until), gift__confirmed_on__lte=on
    ).order_by()
    live = used.order_by("-pk").values("case_id")[:1]
    told = rows.values_list("pk", "gift_id", "party_id", "amount", "gift__received_on", Subquery(live))
    return (Line(*row) for row in told.iterator(chunk_size=5000))


def _stood(on: date) -> Q:
    """What was not released by that day."""
    return Q(released_on__isnull=True) | Q(released_on__gt=on)


def phase_on(on: date) -> tuple[date, date]:
    """From the first day of the movement that runs on that day until then; without one, from the first of the year."""
    for movement in Movement.objects.order_by("pk"):
        period = movement.plan_on(on).plan.period
        if on in period:
            return period.since, on
    return date(on.year, 1, 1), on
