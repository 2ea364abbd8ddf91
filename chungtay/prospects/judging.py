"""Verdicts of many parties in a round, with what the dossiers say of them. A fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from chungtay.law.awards import Award
from chungtay.law.procedure import State
from chungtay.law.verdicts import Verdict
from chungtay.merits.asking import Ask
from chungtay.merits.gathering import Gathered, gather
from chungtay.merits.reckoning import Past, Proposals, reckon
from chungtay.movements.models import Round
from chungtay.nominations import facts as nominations
from chungtay.nominations.models import Dossier
from chungtay.prospects.turns import FIRST, Turn, turn_of
from chungtay.records import walls
from chungtay.records.among import Among

ENDED = tuple(
    state.value for state in (State.WITHDRAWN, State.REFUSED, State.DECLINED, State.NOT_GRANTED, State.REVOKED)
)
ON_RECORD = "who already has a dossier is not due, whichever unit proposes"


@dataclass(frozen=True)
class History:
    """Điều hồ sơ ghi về nhiều đối tượng: awards received, State awards asked for."""

    past: Past
    proposals: Proposals


@dataclass(frozen=True)
class Standing:
    """Kết luận và lượt cho một hình thức khen."""

    award: Award
    verdict: Verdict
    turn: Turn


@dataclass(frozen=True)
class Judged:
    """Một đối tượng với kết luận và lượt của nó: for each award of the occasion, and the best of them.

    `turn` is RUNNING for whoever has a dossier in the round, whichever award it asks.
    """

    party: int
    best: Standing
    turn: Turn
    standings: tuple[Standing, ...]

    @property
    def verdict(self) -> Verdict:
        """The verdict on the award for which it stands best."""
        return self.best.verdict

    @property
    def due_for(self) -> tuple[Standing, ...]:
        """The awards that it could be proposed for now, the province's own first."""
        return () if self.turn is Turn.RUNNING else tuple(one for one in self.standings if one.turn is Turn.READY)


def history(parties: Collection[int], movement: int, on: date) -> History:
    """What is on record about these parties as it stood on `on`. Three queries."""
    found = nominations.history(parties, movement, on=on)
    return History(
        {party: [one for one in told if one.decided_on <= on] for party, told in found.past.items()},
        {party: [one for one in told if one.proposed_on <= on] for party, told in found.proposals.items()},
    )


@walls.everything(ON_RECORD)
def running(parties: Collection[int], round: Round) -> frozenset[int]:
    """Those that have a dossier in the round which has not come to nothing. One query."""
    rows = Dossier.objects.filter(Among("party_id", parties), round=round).exclude(state__in=ENDED).order_by()
    return frozenset(rows.values_list("party_id", flat=True))


def reckoned(gathered: Gathered, told: History) -> Mapping[int, Verdict]:
    """The verdicts of what was gathered. No query."""
    return reckon(gathered, past=told.past, proposals=told.proposals)


def gathered_for(parties: Collection[int], asks: Sequence[Ask]) -> list[Gathered]:
    """What is known about these parties for each of the questions, which differ in their award alone. The facts are
    read once for all of them: the number of queries does not grow with the awards."""
    first = gather(parties, asks[0], frozenset[str]().union(*(one.facts for one in asks)))
    return [replace(first, ask=one) for one in asks]


def judge(parties: Collection[int], asks: Sequence[Ask], round: Round) -> dict[int, Judged]:
    """Verdicts and turn of each party that one of `asks` is about. A fixed number of queries."""
    told, busy = history(parties, asks[0].movement, asks[0].on), running(parties, round)
    standings: dict[int, list[Standing]] = {}
    for gathered in gathered_for(parties, asks):
        for party, verdict in reckoned(gathered, told).items():
            one = Standing(gathered.ask.award, verdict, turn_of(verdict, running=False))
            standings.setdefault(party, []).append(one)
    found = {}
    for party, mine in standings.items():
        best = min(mine, key=lambda one: FIRST[one.turn])
        found[party] = Judged(party, best, Turn.RUNNING if party in busy else best.turn, tuple(mine))
    return found
