"""What follows when a decision is signed or an award withdrawn: money bound, stock given out, gifts claimed."""

from collections.abc import Sequence
from datetime import date

from chungtay.accounts.models import Seat
from chungtay.contributions.claiming import ClaimOn, claim, release
from chungtay.decisions import funding, reckoning, stocks
from chungtay.decisions.models import Award, Decision, Unpaid
from chungtay.decisions.reckoning import Reckoned


def to_accept(decision: Decision, reckoned: Sequence[Reckoned]) -> list[str]:
    """What the signer accepts by name: every assumed value, and the warning that the fund does not suffice."""
    return [*reckoning.assumed(reckoned), *funding.beyond(decision, reckoning.total(reckoned))]


def after_signing(
    decision: Decision, awards: Sequence[Award], reckoned: Sequence[Reckoned], *, by: Seat, on: date
) -> None:
    """Bind the money, take what is given out from the stock, and let the awards use the gifts that they rest on."""
    by_dossier = {award.dossier_id: award for award in awards}
    gone = []
    for one in reckoned:
        if one.settled is None:
            continue
        instead, sentence = by_dossier[one.dossier.pk], one.settled.sentence[:400]
        for award in one.settled.displaced:
            Unpaid.objects.create(award=award, because_of=instead, sentence=sentence, on=on)
            gone.append(award)
    funding.bind(decision, reckoning.total(reckoned), on=on)
    funding.unbind(gone, funding.Kind.RELEASED, on=on)
    stocks.issue(decision, stocks.needed(len(awards), sum(award.has_emblem for award in awards)), on=on)
    claim([_claim(award, decision, on) for award in awards if award.period_from and award.period_to], by=by, on=on)


def _claim(award: Award, decision: Decision, on: date) -> ClaimOn:
    if award.period_from is None or award.period_to is None:
        raise ValueError(f"{award} has no period")
    number = decision.paper.code if decision.paper else ""
    return ClaimOn(award.party_id, award.dossier.key, number, on, award.period_from, award.period_to)


def after_withdrawal(award: Award, *, reason: str, by: Seat, on: date) -> None:
    """Money not yet paid is free again, and so are the gifts; what was paid waits to be recovered.

    An award whose money this one had taken the place of is paid again.
    """
    if not hasattr(award, "handover") and not hasattr(award, "unpaid"):
        funding.unbind([award], funding.Kind.RELEASED, on=on)
    funding.bind_again([row.award for row in Unpaid.objects.filter(because_of=award).select_related("award")], on=on)
    release(award.dossier.key, by=by, on=on, reason=reason)
