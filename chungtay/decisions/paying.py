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
from chungtay.ledger import actions as ledger
from chungtay.ledger.models import Fund
from chungtay.parties.authority import in_sight
from chungtay.records import journal
from chungtay.records.names import clean

CLAUSE = "KH IV.3.2"
PAYERS = frozenset({Desk.BOARD})


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


def rows_of(decision: Decision) -> "QuerySet[Award]":
    """The awards of a decision with all that the payment list tells. Three queries, however many."""
    beside = ("handover__transfer__countered_by", "unpaid__because_of__decision__paper", "party", "decision")
    rows = decision.awards.select_related(*beside).prefetch_related("changes", "unpaid__because_of__changes")
    return rows.order_by("ordinal")


@transaction.atomic
def hand_over(decision: Decision, given: Sequence[Given], day: date, *, by: Seat, on: date) -> list[Handover]:
    """Giao nhận: each award once; its money leaves the fund of the body in the same act (KH IV.3)."""
    fund = _fund_to_pay_from(decision, given)
    _refusals(decision, given, day, fund, by=by, on=on).raise_if_any()
    made = []
    for one in given:
        amount, moved = payable(one.award), None
        if amount and fund is not None:
            words = f"Tiền thưởng theo Quyết định {decision}, số sổ vàng {one.award.register_number}"
            told = ledger.Told(day=day, words=words, key=f"award-{one.award.pk}", party=one.award.party)
            moved = ledger.pay_out(fund, amount, Purpose.AWARD, told, by=by, on=on)
        made.append(
            Handover(
                award=one.award, receiver=clean(one.receiver), on=day, amount=amount, transfer=moved, written_on=on
            )
        )
    try:
        with transaction.atomic():
            Handover.objects.bulk_create(made)
    except IntegrityError as twice:
        raise Conflict([Reason("Có người trong danh sách vừa được ghi nhận xong; mở lại danh sách.")]) from twice
    funding.unbind([one.award for one, row in zip(given, made, strict=True) if row.amount], funding.Kind.SPENT, on=on)
    body = {"names": len(made), "amount": sum(row.amount for row in made), "day": day}
    journal.record("hand_over", by=by, on=on, noun=decision, body=body)
    return made


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
def recover(award: Award, *, key: str, by: Seat, on: date) -> Recovery:
    """Thu hồi tiền thưởng: the money of a withdrawn award came back; its payment is countered in the book."""
    if by.kind not in PAYERS or not in_sight(award.body, by, on):
        raise Refused.because("Thu hồi tiền thưởng do Ban Thi đua - Khen thưởng ghi.", clause=CLAUSE)
    paid = award.handover.transfer if to_recover(award) else None
    if paid is None:
        raise Refused.because("Khen thưởng này không có tiền chờ thu hồi.", clause=CLAUSE)
    reason = f"Thu hồi tiền thưởng của Quyết định {award.decision}, số sổ vàng {award.register_number}"
    back = ledger.counter(paid, reason=reason, key=key, by=by, on=on)
    made = Recovery.objects.create(handover=award.handover, transfer=back, on=on)
    journal.record("recover_prize", by=by, on=on, noun=award, body={"amount": back.amount})
    return made
