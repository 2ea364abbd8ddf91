"""The verdict on one party as a plain loop over objects finds it: rows of one party at a time, no sentence made.

Reads the tables by its own queries, and asks the same law as the product.
"""

from django.db.models import Q

from chungtay.conduct.models import Loan
from chungtay.contributions import counting
from chungtay.contributions.models import AwardCase, Sameness, Share
from chungtay.law import exclusions
from chungtay.law.awards import Award
from chungtay.law.criteria import Known
from chungtay.law.giving import giver_of
from chungtay.law.procedure import State
from chungtay.law.verdicts import Facts, Verdict, verdict
from chungtay.merits.asking import Ask
from chungtay.nominations import facts
from chungtay.nominations.models import Dossier
from chungtay.parties.kinds import payee_of
from chungtay.parties.models import Party
from chungtay.registrations.models import Registration
from chungtay.reviews.models import Application, Assessment


def plain(key: int, ask: Ask) -> Verdict:
    """The same verdict as a loop over objects would find it: rows of one party at a time, no sentence made."""
    party = Party.objects.get(pk=key)
    known = {**_plain_book(party, ask), **_plain_gifts(party, ask)}
    if ask.content == "a":
        known |= {**_plain_loans(party, ask), **_plain_reviews(party, ask)}
    records = list(party.disciplines.order_by("since", "id"))
    marked = tuple(
        exclusions.Discipline(exclusions.Form(one.form), one.since, one.until, one.source)
        for one in records
        if one.form != "pending"
    )
    pending = tuple(exclusions.Pending("việc", one.since, one.until) for one in records if one.form == "pending")
    past, proposals = [], []
    for one in Dossier.objects.filter(party=party).exclude(state="draft").select_related("round__plan_version"):
        award = Award(one.award)
        if one.at is State.AWARDED:
            past.append(exclusions.PastAward(
                award, one.state_since, one.content, one.period_from, one.period_to, "", one.code or "", thematic=True
            ))  # fmt: skip
        if award.is_state and one.round.plan_version.movement_id == ask.movement:
            standing = one.at not in facts.NOT_STANDING
            proposals.append(exclusions.StateProposal(award, one.received_on or one.state_since, standing))
    payee = party.payee
    case = exclusions.Case(
        ask.award, ask.content, ask.since, ask.until, five_year=ask.passes_over_state_proposals(payee),
        occasion=ask.occasion, payee=payee, disciplines=marked, pendings=pending, state_proposals=tuple(proposals),
        past_awards=tuple(past),
    )  # fmt: skip
    clean = not exclusions.blocked(exclusions.find(exclusions.Case(
        ask.award, ask.content, ask.since, ask.until, disciplines=marked), on=ask.on))  # fmt: skip
    known["no_discipline"] = Known(clean)
    questions = ask.questions(party.kind)
    if questions is None:
        raise ValueError(f"{party.kind} has no part in {ask.content}")
    return verdict(Facts(case, questions, known), on=ask.on)


def _plain_book(party: Party, ask: Ask) -> dict[str, Known | None]:
    standing = [
        one
        for one in Registration.objects.filter(party=party, movement_id=ask.movement)
        if one.registered_on <= ask.until and (one.withdrawn_on is None or one.withdrawn_on > ask.until)
    ]
    return {
        "registered_for_content": Known(any(one.content == ask.content for one in standing)),
        "registered_to_leave_poverty": Known(any(one.kind == "leave_poverty" for one in standing)),
    }


def _plain_gifts(party: Party, ask: Ask) -> dict[str, Known | None]:
    shares = [
        one
        for one in Share.objects.filter(party=party).select_related("gift__household")
        if one.gift.state == "confirmed" and ask.since <= (one.gift.received_on or ask.on) <= ask.until
    ]
    if ask.content == "a":
        others = [one for one in shares if one.gift.household is None or one.gift.household.party_id != party.pk]
        return {"helped_others_out": Known(True) if others else None}
    same = Sameness.objects.filter(Q(one=party) | Q(other=party), same=True, undone_on__isnull=True)
    if same.exists() or not shares:
        return {"contribution_at_threshold": None}
    cases = list(AwardCase.objects.filter(party=party, released_on__isnull=True, restarts=True))
    choice = counting.choice_on(counting.choices(), ask.on)
    payee = payee_of(party.kind)
    since = counting.counts_from(
        ask.since, yearly_awards=[one.decided_on for one in cases], payee=payee, until=ask.on, choice=choice
    ).since
    total = sum(
        one.amount
        for one in shares
        if (one.gift.received_on or ask.on) >= since and not one.claims.filter(released_on__isnull=True).exists()
    )
    threshold = counting.threshold_on(giver_of(payee), ask.on, counting.thresholds())
    return {"contribution_at_threshold": Known(total, needed=threshold.value if threshold else None)}


def _plain_loans(party: Party, ask: Ask) -> dict[str, Known | None]:
    said = [_plain_loan(loan, ask) for loan in Loan.objects.filter(party=party, ended_on__isnull=True)]
    told = [one for one in said if one is not None]
    return {"loan_used_and_repaid": Known(all(told)) if told else None}


def _plain_loan(loan: Loan, ask: Ask) -> bool | None:
    """As `conduct.answering` reads a loan."""
    last, left, paid_on, check, behind = min(ask.until, ask.on), loan.amount, None, "", False
    for event in loan.events.filter(ended_on__isnull=True, day__lte=ask.on).order_by("day", "id"):
        if event.kind == "repaid":
            left -= event.amount or 0
            paid_on = event.day if left <= 0 and paid_on is None else paid_on
        elif event.kind == "overdue":
            behind = behind or ask.since <= event.day <= last
        else:
            check = event.kind
    if loan.lent_on > last or (paid_on is not None and paid_on < ask.since):
        return None
    late = loan.due_on <= last and loan.due_on < ask.on and (paid_on is None or paid_on > loan.due_on)
    if check == "misused" or behind or late:
        return False
    return True if paid_on is not None and paid_on <= last and check else None


def _plain_reviews(party: Party, ask: Ask) -> dict[str, Known | None]:
    rows = Assessment.objects.filter(household__party=party, replaced=False, review__round__locked_on__lte=ask.on)
    granted = Application.objects.filter(household__party=party, state="granted", decided_on__lte=ask.on)
    if not rows.exists() and not granted.exists():
        return {"household_left_poverty": None}
    raise ValueError("the benchmark has no reviews")
