"""What each name on a decision gets: money by the law of the day of signing, or the emblem; with every source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from chungtay.contributions import counting
from chungtay.decisions import same_day
from chungtay.decisions.same_day import Settled
from chungtay.law import money
from chungtay.law.money import Emblem, Prize
from chungtay.nominations.models import Dossier
from chungtay.records import walls


@dataclass(frozen=True)
class Reckoned:
    """One dossier with what would go with its award on a day; `settled` where the party has other awards that day."""

    dossier: Dossier
    given: Prize | Emblem
    settled: Settled | None = None

    @property
    def has_emblem(self) -> bool:
        return isinstance(self.given, Emblem)

    @property
    def amount(self) -> int | None:
        """Whole đồng that this decision pays; None where the emblem takes the money's place."""
        if isinstance(self.given, Emblem):
            return None
        return self.given.amount if self.settled is None else self.settled.amount

    @property
    def working(self) -> str:
        """How it was reckoned, in one line."""
        if isinstance(self.given, Emblem):
            return self.given.lines[0]
        return self.given.working if self.settled is None else f"{self.given.working}. {self.settled.line}"

    @property
    def assumed(self) -> tuple[str, ...]:
        """Every value that stands in for a text nobody has read."""
        more = (self.settled.assumed,) if self.settled is not None and self.settled.assumed else ()
        return (*self.given.assumed, *more)

    def as_json(self) -> dict[str, Any]:
        """What is frozen with the award: the whole prize, and why another sum is paid where it is."""
        kept = dict(money.record(self.given))
        if self.settled is None:
            return kept
        lines = [*self.given.lines, f"{self.settled.line} {self.settled.sentence} ({self.settled.source})"]
        return {**kept, "lines": lines, "assumed": list(self.assumed), "paid": self.settled.amount}


def reckon(dossiers: Iterable[Dossier], *, on: date) -> list[Reckoned]:
    """Each dossier with money or emblem, were the decision signed on that day (KH IV.3.1).

    Where a party gets several awards on that day, the decree says which are paid. Expects `achievements` prefetched.
    Raises NoRule where the law has no rule for that day. One query.
    """
    given = [(d, money.reward(d.award, d.party.payee, decided_on=on, gave_assets=gave_assets(d))) for d in dossiers]
    prizes = [(dossier, one) for dossier, one in given if isinstance(one, Prize)]
    settled = same_day.settle(prizes, on=on)
    return [Reckoned(dossier, one, settled.get(dossier.pk)) for dossier, one in given]


def gave_assets(dossier: Dossier) -> bool:
    """Whether an achievement is a direct gift that the plan answers with the emblem (KH IV.3.1)."""
    emblem = dossier.round.plan_version.plan.reward.emblem
    if emblem is None or dossier.award != emblem.award or dossier.party.payee.value not in emblem.payees:
        return False
    return any(achievement.nature in emblem.gifts for achievement in dossier.achievements.all())


def assumed(reckoned: Iterable[Reckoned]) -> list[str]:
    """Every assumed value that the decision would rest on, once each; the signer accepts each by name."""
    return list(dict.fromkeys(sentence for one in reckoned for sentence in one.assumed))


@walls.everything("what was given counts wherever it was received")
def unproved(reckoned: Iterable[Reckoned], *, on: date) -> list[str]:
    """The names that would get the emblem for a gift of which none is confirmed. Two queries."""
    named = {one.dossier.party_id: one.dossier.party_name for one in reckoned if one.has_emblem}
    gave = counting.confirmed_givers(named, on=on) if named else set[int]()
    return [name for party, name in named.items() if party not in gave]


def total(reckoned: Iterable[Reckoned]) -> int:
    """The money of the whole decision, whole đồng."""
    return sum(one.amount or 0 for one in reckoned)
