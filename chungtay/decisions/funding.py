"""Quỹ khen thưởng: what a body still has, what its decisions bind of it, and what goes beyond (KH IV.3.2)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Sum

from chungtay.accounts.models import Seat
from chungtay.decisions.models import Allotment, Award, Commitment, Decision
from chungtay.law.funds import Area, FundKind, Income, award_fund_ceiling
from chungtay.law.money import dong
from chungtay.law.refusals import Reasons
from chungtay.ledger import actions as ledger
from chungtay.ledger.models import Balance, Fund
from chungtay.parties.models import Party
from chungtay.records import journal
from chungtay.records.names import clean

CLAUSE = "KH IV.3.2"
Kind = Commitment.Kind


@dataclass(frozen=True)
class Standing:
    """Quỹ đang có: the money in the fund, what decisions bind of it, and what is free. Whole đồng."""

    fund: Fund
    balance: int
    committed: int

    @property
    def free(self) -> int:
        """Below zero when more was signed than there is."""
        return self.balance - self.committed


def fund_of(body: Party) -> Fund | None:
    """The running award fund of a body; None where its fund is not kept in these books."""
    return Fund.objects.running().filter(kind=FundKind.AWARD.value, owner=body).first()


def standing(fund: Fund, *, without: Decision | None = None) -> Standing:
    """What the fund has and what is bound, `without` counting one decision's own commitment. Two queries."""
    money = Balance.objects.get(account__fund=fund, is_money=True)
    bound = Commitment.objects.filter(fund=fund)
    if without is not None:
        bound = bound.exclude(decision=without)
    return Standing(fund, money.amount, bound.aggregate(sum=Sum("amount"))["sum"] or 0)


def beyond(decision: Decision, total: int) -> list[str]:
    """The warning that the signer accepts by name when the decision costs more than is free; empty when it does not.

    A body whose fund is not kept here is not warned of: nothing is known of it, and the page says so.
    """
    fund = fund_of(decision.body)
    if fund is None or not total:
        return []
    found = standing(fund, without=decision)
    if total <= found.free:
        return []
    return [
        f"{fund.name} còn {dong(found.balance)} đồng, đã cam kết {dong(found.committed)} đồng cho quyết định khác; "
        f"quyết định này cần {dong(total)} đồng, thiếu {dong(total - found.free)} đồng ({CLAUSE})."
    ]


def hold(decision: Decision) -> Fund | None:
    """The fund of the decision's body, held until commit: of two signers the second sees what the first one bound."""
    fund = fund_of(decision.body)
    return None if fund is None else Fund.objects.select_for_update().get(pk=fund.pk)


def bind(decision: Decision, total: int, *, on: date) -> None:
    """Let the decision bind exactly `total` of its body's fund. Nothing is written when it already does."""
    fund = fund_of(decision.body)
    if fund is None:
        return
    rows = Commitment.objects.filter(decision=decision, fund=fund)
    more = total - (rows.aggregate(sum=Sum("amount"))["sum"] or 0)
    if more:
        kind = Kind.CHANGED if rows.exists() else Kind.DRAFTED
        Commitment.objects.create(fund=fund, decision=decision, kind=kind, amount=more, on=on)


def unbind(awards: Collection[Award], kind: Commitment.Kind, *, on: date) -> None:
    """What these awards bound is spent, or no longer asked for."""
    _add(awards, kind, -1, on)


def bind_again(awards: Collection[Award], *, on: date) -> None:
    """What these awards bound is asked for again."""
    _add(awards, Kind.CHANGED, 1, on)


def _add(awards: Collection[Award], kind: Commitment.Kind, sign: int, on: date) -> None:
    """Only what a decision bound is changed: one that was signed before the fund was kept here bound nothing."""
    bound = {
        row.decision_id: row.fund_id
        for row in Commitment.objects.filter(decision__in={award.decision_id for award in awards}).order_by("id")
    }
    Commitment.objects.bulk_create(
        Commitment(
            fund_id=bound[award.decision_id], decision_id=award.decision_id, award=award, kind=kind,
            amount=sign * award.amount, on=on,
        )
        for award in awards
        if award.amount and award.decision_id in bound
    )  # fmt: skip


@dataclass(frozen=True)
class Told:
    """Lời của một lần trích quỹ; `accepted` are the assumed sentences that the writer accepts by name."""

    year: int
    area: Area
    recurrent_budget: int
    amount: int
    document: str
    key: str
    accepted: frozenset[str] = frozenset()


@transaction.atomic
def allot(fund: Fund, told: Told, *, by: Seat, on: date) -> Allotment:
    """Trích quỹ một năm: money from the budget into the award fund, within the ceiling of the day (KH IV.3.2)."""
    ceiling = award_fund_ceiling(told.recurrent_budget, told.area, on=on)
    fund = Fund.objects.select_for_update(of=("self",)).select_related("owner").get(pk=fund.pk)
    standing = Allotment.objects.filter(fund=fund, year=told.year, transfer__countered_by__isnull=True)
    given = standing.aggregate(sum=Sum("amount"))["sum"] or 0
    reasons = Reasons()
    if fund.kind != FundKind.AWARD:
        reasons.add("Chỉ trích tiền vào quỹ thi đua, khen thưởng.", clause=CLAUSE)
    if not on.year - 1 <= told.year <= on.year + 1:
        reasons.add("Ghi năm trước, năm nay hoặc năm sau.", clause=CLAUSE, field="year")
    if given + told.amount > ceiling.amount:
        before = f" Năm {told.year} đã trích {dong(given)} đồng." if given else ""
        reasons.add(f"Vượt mức trần: {ceiling.working}.{before}", clause=CLAUSE, field="amount")
    if not told.document.strip():
        reasons.add("Ghi văn bản giao dự toán hoặc quyết định trích quỹ.", clause=CLAUSE, field="document")
    if ceiling.assumed and ceiling.assumed not in told.accepted:
        reasons.add(f"Chưa xác nhận giá trị tạm dùng: {ceiling.assumed}", clause=CLAUSE, field="accept")
    reasons.raise_if_any()
    words = f"Trích quỹ năm {told.year} theo {clean(told.document)}"
    said = ledger.Told(day=on, words=words[:300], key=told.key)
    moved = ledger.pay_in(fund, told.amount, Income.BUDGET, said, by=by, on=on)
    made, is_new = Allotment.objects.get_or_create(
        transfer=moved,
        defaults={
            "fund": fund, "year": told.year, "area": told.area.value, "recurrent_budget": told.recurrent_budget,
            "ceiling": ceiling.amount, "amount": told.amount, "document": clean(told.document),
            "working": ceiling.working, "accepted": ceiling.assumed, "on": on,
        },
    )  # fmt: skip
    if is_new:
        journal.record("allot_fund", by=by, on=on, noun=made, body={"year": told.year, "amount": told.amount})
    return made
