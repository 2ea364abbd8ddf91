"""Nhiều hình thức khen cùng ngày: which prizes of one party decided on one day are paid, by `law.together`."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from chungtay.decisions.models import Award, AwardChange, Decision
from chungtay.law import money
from chungtay.law.clauses import Source
from chungtay.law.money import Prize, dong
from chungtay.law.together import Due, several
from chungtay.nominations.models import Dossier


@dataclass(frozen=True)
class Settled:
    """What is paid with one award of a party that has others on the same day, and whose money it takes the place of."""

    amount: int
    line: str
    sentence: str
    source: Source
    assumed: str
    displaced: tuple[Award, ...] = ()


def settle(prizes: Sequence[tuple[Dossier, Prize]], *, on: date) -> dict[int, Settled]:
    """By dossier, for parties that get more than one prize on that day; the others are not in the answer. One query.

    What was signed earlier that day counts too: a smaller prize that was not handed over yet is displaced, one that was
    is taken off.
    """
    before: dict[int, list[Award]] = defaultdict(list)
    for award in signed_on(on, {dossier.party_id for dossier, _ in prizes}):
        before[award.party_id].append(award)
    now: dict[int, list[tuple[Dossier, Prize]]] = defaultdict(list)
    for dossier, prize in prizes:
        now[dossier.party_id].append((dossier, prize))
    found: dict[int, Settled] = {}
    for party, mine in now.items():
        if len(mine) + len(before[party]) > 1:
            found |= _of_party(before[party], mine, on)
    return found


def signed_on(day: date, parties: set[int]) -> list[Award]:
    """The awards with money that were signed for these parties on that day and still stand."""
    if not parties:
        return []
    rows = Award.objects.filter(
        party__in=parties, decision__signed_on=day, decision__state=Decision.State.SIGNED, amount__isnull=False
    )
    rows = rows.exclude(changes__kind=AwardChange.Kind.WITHDRAWN).select_related("decision__paper")
    return list(rows.select_related("handover", "unpaid", "dossier").order_by("pk"))


def _achievement(dossier: Dossier) -> Hashable:
    """What is rewarded: the content, over its period, as the law of exclusions tells achievements apart."""
    return dossier.rewarded or dossier.content


def _of_party(before: list[Award], now: list[tuple[Dossier, Prize]], on: date) -> dict[int, Settled]:
    old = [Due(money.prize(one.award, one.payee, decided_on=on), _achievement(one.dossier)) for one in before]
    new = [Due(prize, _achievement(dossier)) for dossier, prize in now]
    told = several(*old, *new, decided_on=on)
    chosen = {id(due) for due in told.paid}
    displaced = [
        award for due, award in zip(old, before, strict=True)
        if id(due) not in chosen and award.amount and not hasattr(award, "unpaid")
    ]  # fmt: skip
    heirs = _heirs([due for due in new if id(due) in chosen])
    found = {}
    for due, (dossier, prize) in zip(new, now, strict=True):
        gone = tuple(award for award in displaced if heirs(_achievement(award.dossier)) is due)
        handed = sum(award.amount or 0 for award in gone if hasattr(award, "handover"))
        amount = prize.amount - handed if id(due) in chosen else 0
        found[dossier.pk] = Settled(
            amount, _line(amount, prize, handed), told.sentence, told.source, told.assumed,
            tuple(award for award in gone if not hasattr(award, "handover")),
        )  # fmt: skip
    return found


def _heirs(paid: Sequence[Due]) -> Callable[[Hashable], Due | None]:
    """Which of the new prizes takes the place of one that is displaced: that of its achievement, or the greatest."""
    greatest = max(paid, key=lambda due: due.prize.amount, default=None)
    own = {due.achievement: due for due in paid}
    return lambda achievement: own.get(achievement, greatest)


def _line(amount: int, prize: Prize, handed: int) -> str:
    if not amount:
        return "Không chi riêng tiền thưởng: cùng ngày đã có mức thưởng khác thay."
    if handed:
        return f"Chi {dong(amount)} đồng: đã trừ {dong(handed)} đồng nhận cùng ngày."
    return f"Chi đủ {dong(amount)} đồng trong các mức thưởng cùng ngày."
