"""What each name on a decision gets: money by the law of the day of signing, or the emblem; with every source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from chungtay.law import money
from chungtay.law.money import Emblem, Prize
from chungtay.nominations.models import Dossier


@dataclass(frozen=True)
class Reckoned:
    """One dossier with what would go with its award on a day."""

    dossier: Dossier
    given: Prize | Emblem

    @property
    def has_emblem(self) -> bool:
        return isinstance(self.given, Emblem)

    @property
    def amount(self) -> int | None:
        """Whole đồng; None where the emblem takes the money's place."""
        return None if isinstance(self.given, Emblem) else self.given.amount

    @property
    def working(self) -> str:
        """How it was reckoned, in one line."""
        return self.given.working if isinstance(self.given, Prize) else self.given.lines[0]

    def as_json(self) -> dict[str, Any]:
        """What is frozen with the award."""
        return dict(money.record(self.given))


def reckon(dossiers: Iterable[Dossier], *, on: date) -> list[Reckoned]:
    """Each dossier with money or emblem, were the decision signed on that day (KH IV.3.1).

    Expects `achievements` prefetched. Raises NoRule where the law has no rule for that day.
    """
    return [
        Reckoned(d, money.reward(d.award, d.party.payee, decided_on=on, gave_assets=gave_assets(d))) for d in dossiers
    ]


def gave_assets(dossier: Dossier) -> bool:
    """Whether an achievement is a direct gift that the plan answers with the emblem (KH IV.3.1)."""
    emblem = dossier.round.plan_version.plan.reward.emblem
    if emblem is None or dossier.award != emblem.award or dossier.party.payee.value not in emblem.payees:
        return False
    return any(achievement.nature in emblem.gifts for achievement in dossier.achievements.all())


def assumed(reckoned: Iterable[Reckoned]) -> list[str]:
    """Every assumed value that the decision would rest on, once each; the signer accepts each by name."""
    return list(dict.fromkeys(sentence for one in reckoned for sentence in one.given.assumed))


def total(reckoned: Iterable[Reckoned]) -> int:
    """The money of the whole decision, whole đồng."""
    return sum(one.amount or 0 for one in reckoned)
