"""Verdicts of many parties in a round, with what the dossiers say of them. A fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from chungtay.law.procedure import State
from chungtay.law.verdicts import Verdict
from chungtay.merits.asking import Ask
from chungtay.merits.gathering import Gathered, gather
from chungtay.merits.reckoning import Past, Proposals, reckon
from chungtay.movements.models import Round
from chungtay.nominations import facts as nominations
from chungtay.nominations.models import Dossier
from chungtay.prospects.turns import Turn, turn_of
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
class Judged:
    """Một đối tượng với kết luận và lượt của nó."""

    party: int
    verdict: Verdict
    turn: Turn


def history(parties: Collection[int], movement: int, on: date) -> History:
    """What is on record about these parties that was so by `on`. Three queries."""
    found = nominations.history(parties, movement)
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


def judge(parties: Collection[int], ask: Ask, round: Round) -> dict[int, Judged]:
    """Verdict and turn of each party that `ask` is about. A fixed number of queries."""
    gathered = gather(parties, ask)
    told, busy = history(parties, ask.movement, ask.on), running(parties, round)
    return {
        party: Judged(party, verdict, turn_of(verdict, running=party in busy))
        for party, verdict in reckoned(gathered, told).items()
    }
