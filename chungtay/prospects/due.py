"""Ai đến lượt at one unit: its parties one by one with their turn in a round. A bounded number at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from chungtay.accounts.models import BODY_ONLY, Seat
from chungtay.law.criteria import FACTS, CriterionLike
from chungtay.merits.asking import Ask
from chungtay.parties.models import Party, PartyQuerySet
from chungtay.places.models import Level, PlaceVersion
from chungtay.places.scope import Scope, recent_scope_of
from chungtay.prospects import rights
from chungtay.prospects.judging import Judged, judge
from chungtay.prospects.rounds import Chosen
from chungtay.prospects.turns import Turn, counts, results
from chungtay.targets.ground import Unit

AT_ONCE = 1_000
"""Parties whose verdicts one request reckons; a commune has fewer, the province's own register may have more."""
SHOWN = 50


@dataclass(frozen=True)
class Asked:
    """Đang tìm gì: content, turn (None for every one), the criterion that is missing, from which party on; the award
    ("" for all of the occasion)."""

    content: str
    turn: Turn | None = Turn.READY
    short_of: str = ""
    after: str = ""
    before: str = ""
    award: str = ""


@dataclass(frozen=True)
class Line:
    """Một đối tượng trong danh sách."""

    party: Party
    judged: Judged

    @property
    def turn(self) -> Turn:
        return self.judged.turn

    @property
    def short_of(self) -> tuple[CriterionLike, ...]:
        """What stands in its way; nothing where it is due or already has a dossier."""
        return self.judged.verdict.short_of if self.turn in (Turn.NEAR, Turn.FAR) else ()

    @property
    def results(self) -> list[str]:
        """What the data say it has achieved, in words."""
        return [FACTS[name].label for name in results(self.judged.verdict)]

    @property
    def counts(self) -> dict[str, int]:
        return counts(self.judged.verdict)

    @property
    def warned(self) -> int:
        """Warnings that somebody has to weigh."""
        return len(self.judged.verdict.warned)


@dataclass(frozen=True)
class Listing:
    """Danh sách của một đơn vị: a page of lines, and counts of all of them where all were reckoned."""

    lines: list[Line]
    after: str
    before: str
    by_turn: Counter[Turn] | None
    missing: dict[str, CriterionLike]


def parties_of(seat: Seat, unit: Unit | None, on: date) -> PartyQuerySet:
    """The parties of `unit` that the seat may see: of a commune all, of a province or district its own register only.

    Without a unit, those that the seat's own body manages.
    """
    rows = Party.objects.visible_to(seat, on)
    if unit is None or seat.kind in BODY_ONLY:
        return rows
    paths = list(PlaceVersion.objects.filter(place=unit.pk, since__lte=on).values_list("path", flat=True))
    if unit.level == Level.COMMUNE:
        return rows.filter(_within(seat, unit, on))
    return rows.filter(area_path__in=paths)


def _within(seat: Seat, unit: Unit, on: date) -> Q:
    """Rows written under the commune's path of any day, and under those of communes that it took over."""
    own = Scope.of_paths([unit.path])
    if seat.desk.place_id == unit.pk:
        own |= recent_scope_of(seat.desk.place, on=on)
    return own.where("area_path")


def listing(seat: Seat, rows: PartyQuerySet, chosen: Chosen, asked: Asked) -> Listing:
    """The page of lines that `asked` names. A fixed number of queries."""
    asks = chosen.asks(asked.content, asked.award)
    kinds = chosen.plan.content(asked.content).members
    rows = rows.filter(kind__in=list(kinds)).select_related("place")
    ordered = rows.order_by("name_folded", "id")
    found = list(ordered[: AT_ONCE + 1])
    if len(found) <= AT_ONCE:
        lines = _lines(seat, found, asks, chosen)
        return _page([one for one in lines if _fits(one, asked)], asked, lines)
    return _walked(seat, rows, asks, chosen, asked)


def whole(seat: Seat, rows: PartyQuerySet, chosen: Chosen, asked: Asked) -> Iterator[Line]:
    """Every line that fits, in the order of names, so many parties at a time: for a file."""
    rows = rows.filter(kind__in=list(chosen.plan.content(asked.content).members)).select_related("place")
    asks, mark = chosen.asks(asked.content, asked.award), ""
    while True:
        batch = list(_beyond(rows, mark, back=False).order_by("name_folded", "id")[:AT_ONCE])
        yield from (line for line in _lines(seat, batch, asks, chosen) if _fits(line, asked))
        if len(batch) < AT_ONCE:
            return
        mark = str(batch[-1].pk)


def _walked(seat: Seat, rows: PartyQuerySet, asks: Sequence[Ask], chosen: Chosen, asked: Asked) -> Listing:
    """Of a register too long for one request: the next so many parties after the mark, those that fit among them."""
    mark, back = (asked.before, True) if asked.before else (asked.after, False)
    beyond = _beyond(rows, mark, back=back)
    order = ("-name_folded", "-id") if back else ("name_folded", "id")
    window = list(beyond.order_by(*order)[: AT_ONCE + 1])
    more, window = len(window) > AT_ONCE, window[:AT_ONCE]
    lines = [one for one in _lines(seat, window, asks, chosen) if _fits(one, asked)]
    cut = len(lines) > SHOWN
    shown = lines[:SHOWN]
    last = str(shown[-1].party.pk) if cut else str(window[-1].pk) if more and window else ""
    first = str(shown[0].party.pk) if mark and shown else ""
    if back:
        return Listing(shown[::-1], first, last, None, {})
    return Listing(shown, last, first, None, {})


def _beyond(rows: PartyQuerySet, mark: str, *, back: bool) -> PartyQuerySet:
    """Rows after (or before) the party of that key, in the order of names; all of them for a wrong key."""
    at = rows.filter(pk=int(mark)).first() if mark.isdecimal() and len(mark) < 18 else None
    if at is None:
        return rows
    way = "lt" if back else "gt"
    same = Q(**{"name_folded": at.name_folded, f"id__{way}": at.pk})
    return rows.filter(Q(**{f"name_folded__{way}": at.name_folded}) | same)


def _lines(seat: Seat, parties: Iterable[Party], asks: Sequence[Ask], chosen: Chosen) -> list[Line]:
    """The parties that the questions are about and the desk may name, in the same order."""
    by_key = {party.pk: party for party in parties}
    judged, content = judge(list(by_key), asks, chosen.round), asks[0].content
    return [
        Line(party, judged[key])
        for key, party in by_key.items()
        if key in judged and rights.may_list(seat.kind, content, party.kind, judged[key].verdict.facts.known)
    ]


def _fits(line: Line, asked: Asked) -> bool:
    if asked.turn is not None and line.turn is not asked.turn:
        return False
    return not asked.short_of or asked.short_of in {one.id for one in line.short_of}


def _page(fitting: list[Line], asked: Asked, lines: list[Line]) -> Listing:
    """A page of what fits, by the key of the party that the page before ended with."""
    keys = [str(line.party.pk) for line in fitting]
    start = keys.index(asked.after) + 1 if asked.after in keys else 0
    if asked.before in keys:
        start = max(0, keys.index(asked.before) - SHOWN)
    shown = fitting[start : start + SHOWN]
    missing = {one.id: one for line in lines if line.turn is Turn.NEAR for one in line.short_of}
    return Listing(
        shown,
        keys[start + SHOWN - 1] if start + SHOWN < len(keys) else "",
        keys[start] if start else "",
        Counter(line.turn for line in lines),
        missing,
    )
