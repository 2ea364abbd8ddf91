"""Chi thưởng và giao nhận: handing certificate, emblem and money over, and getting the money of a withdrawn award back.

What is handed over once stays so; money is a transfer of the body's fund, and comes back as its counter-entry.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from chungtay.accounts.models import Seat
from chungtay.decisions import funding
from chungtay.decisions.models import Award, AwardChange, Decision, Handover, Recovery
from chungtay.law.funds import FundKind, Purpose
from chungtay.law.procedure import Desk
from chungtay.law.refusals import Conflict, Reason, Reasons, Refused
from chungtay.ledger import on_behalf
from chungtay.ledger.actions import Told
from chungtay.ledger.models import Fund, Transfer
from chungtay.parties.authority import in_sight
from chungtay.records import journal
from chungtay.records.names import clean

CLAUSE = "KH IV.3.2"
PAYERS = frozenset({Desk.BOARD})
ORIGIN = "award"
"""The word of this room on the transfers that it writes: only the recovery of a prize takes its payment back."""


@dataclass(frozen=True)
class Given:
    """Một lần giao: the award, and who received it."""

    award: Award
    receiver: str


def is_withdrawn(award: Award) -> bool:
    """Whether a later decision took the award back."""
    return any(change.kind == AwardChange.Kind.WITHDRAWN for change in award.changes.all())


def is_unpaid(award: Award) -> bool:
    """Whether another award of the same day, which still stands, took the place of its money."""
    return hasattr(award, "unpaid") and not is_withdrawn(award.unpaid.because_of)


def payable(award: Award) -> int:
    """What is to be paid with an award: nothing for an emblem, a withdrawn or an unpaid one. Whole đồng."""
    return 0 if is_unpaid(award) or is_withdrawn(award) else award.amount or 0


def recovery(award: Award) -> Recovery | None:
    """The return of the money of a withdrawn award, once it came back."""
    return getattr(getattr(award, "handover", None), "recovery", None)


def paid(award: Award) -> int:
    """What was paid with an award and has not come back. Whole đồng."""
    handed = getattr(award, "handover", None)
    return 0 if handed is None or recovery(award) is not None else handed.amount


def rows_of(decision: Decision) -> "QuerySet[Award]":
    """The awards of a decision with all that the payment list tells. Three queries, however many."""
    return told(decision.awards.all())


def told(awards: "QuerySet[Award]") -> "QuerySet[Award]":
    """These awards with what was paid, handed over, changed and left unpaid. Three queries."""
    beside = (
        "handover__transfer__countered_by", "handover__recovery", "unpaid__because_of__decision__paper", "party",
        "decision",
    )  # fmt: skip
    return awards.select_related(*beside).prefetch_related("changes", "unpaid__because_of__changes").order_by("ordinal")


@transaction.atomic
def hand_over(decision: Decision, given: Sequence[Given], day: date, *, by: Seat, on: date) -> list[Handover]:
    """Giao nhận: each award once; its money leaves the fund of the body in the same act (KH IV.3)."""
    given = _as_they_stand(given)
    fund = _fund_to_pay_from(decision, given)
    _refusals(decision, given, day, fund, by=by, on=on).raise_if_any()
    paid = _paid(decision, [one.award for one in given], fund, day, by=by, on=on)
    made = [
        Handover(
            award=one.award, receiver=clean(one.receiver), on=day, amount=payable(one.award),
            transfer=paid.get(one.award.pk), written_on=on,
        )
        for one in given
    ]  # fmt: skip
    try:
        with transaction.atomic():
            Handover.objects.bulk_create(made)
    except IntegrityError as twice:
        raise Conflict([Reason("Có người trong danh sách vừa được ghi nhận xong; mở lại danh sách.")]) from twice
    funding.unbind([one.award for one, row in zip(given, made, strict=True) if row.amount], funding.Kind.SPENT, on=on)
    body = {"names": len(made), "amount": sum(row.amount for row in made), "day": day}
    journal.record("hand_over", by=by, on=on, noun=decision, body=body)
    return made


def _as_they_stand(given: Sequence[Given]) -> list[Given]:
    """The same with their awards read anew and held until commit, so that none is withdrawn while it is paid."""
    keys = [one.award.pk for one in given]
    list(Award.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    now = {award.pk: award for award in told(Award.objects.filter(pk__in=keys))}
    return [Given(now[one.award.pk], one.receiver) for one in given]


def _paid(
    decision: Decision, awards: Iterable[Award], fund: Fund | None, day: date, *, by: Seat, on: date
) -> dict[int, Transfer]:
    """By award the money that left the fund; the same number of statements, however many."""
    payings = {}
    for award in awards:
        if fund is not None and (amount := payable(award)):
            words = f"Tiền thưởng theo Quyết định {decision}, số sổ vàng {award.register_number}"
            said = Told(day=day, words=words, key=str(award.pk), party=award.party)
            payings[award.pk] = on_behalf.Paying(fund, amount, Purpose.AWARD, said)
    rows = on_behalf.pay_out_many(list(payings.values()), origin=ORIGIN, by=by, on=on)
    return dict(zip(payings, rows, strict=True))


def _fund_to_pay_from(decision: Decision, given: Iterable[Given]) -> Fund | None:
    if not any(payable(one.award) for one in given):
        return None
    return funding.fund_of(decision.body)


def _refusals(
    decision: Decision, given: Collection[Given], day: date, fund: Fund | None, *, by: Seat, on: date
) -> Reasons:
    reasons = Reasons()
    if by.kind not in PAYERS or not in_sight(decision.body, by, on):
        reasons.add("Giao nhận do Ban Thi đua - Khen thưởng ghi.", clause=CLAUSE)
    if decision.state != Decision.State.SIGNED or decision.signed_on is None:
        reasons.add("Quyết định chưa ký.", clause=CLAUSE)
    elif not decision.signed_on <= day <= on:
        text = f"Ngày nhận phải từ ngày ký {decision.signed_on:%d/%m/%Y} đến hôm nay."
        reasons.add(text, clause=CLAUSE, field="day")
    if not given:
        reasons.add("Chọn ít nhất một tên đã nhận.", field="awards")
    for one in given:
        name = one.award.name
        if one.award.decision_id != decision.pk:
            reasons.add(f"{name}: không có trong quyết định này.", field="awards")
        if hasattr(one.award, "handover"):
            reasons.add(f"{name}: đã nhận ngày {one.award.handover.on:%d/%m/%Y}.", field="awards")
        if is_withdrawn(one.award):
            reasons.add(f"{name}: khen thưởng đã bị thu hồi, không giao.", clause=CLAUSE, field="awards")
        if not one.receiver.strip():
            reasons.add(f"{name}: ghi tên người nhận.", field="awards")
    if fund is None and any(payable(one.award) for one in given):
        text = f"Chưa mở {FundKind.AWARD.label.lower()} của {decision.body.name}: mở quỹ và ghi tiền trích quỹ trước."
        reasons.add(text, clause=CLAUSE)
    return reasons


def to_recover(award: Award) -> bool:
    """Whether a withdrawn award's money was paid and has not come back."""
    handed = getattr(award, "handover", None)
    if handed is None or handed.transfer is None or hasattr(handed.transfer, "countered_by"):
        return False
    return is_withdrawn(award)


@transaction.atomic
def recover(award: Award, *, by: Seat, on: date) -> Recovery:
    """Thu hồi tiền thưởng: the money of a withdrawn award came back; its payment is countered in the book."""
    if by.kind not in PAYERS or not in_sight(award.body, by, on):
        raise Refused.because("Thu hồi tiền thưởng do Ban Thi đua - Khen thưởng ghi.", clause=CLAUSE)
    [held] = _as_they_stand([Given(award, "")])
    award = held.award
    paid = award.handover.transfer if to_recover(award) else None
    if paid is None:
        raise Refused.because("Khen thưởng này không có tiền chờ thu hồi.", clause=CLAUSE)
    reason = f"Thu hồi tiền thưởng của Quyết định {award.decision}, số sổ vàng {award.register_number}"
    back = on_behalf.bring_back(paid, reason=reason, by=by, on=on)
    made = Recovery.objects.create(handover=award.handover, transfer=back, on=on)
    journal.record("recover_prize", by=by, on=on, noun=award, body={"amount": back.amount})
    return made
