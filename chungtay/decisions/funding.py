"""Quỹ khen thưởng: what a body still has, what its decisions bind of it, and what goes beyond (KH IV.3.2)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Sum

from chungtay.accounts.models import Seat
from chungtay.decisions.models import Allotment, Award, Commitment, Decision
from chungtay.law.funds import AWARD_FUND_SHARE, Area, Ceiling, FundKind, Income, award_fund_ceiling
from chungtay.law.money import dong
from chungtay.law.refusals import Reason, Reasons
from chungtay.ledger import actions as ledger
from chungtay.ledger import holding
from chungtay.ledger.models import Balance, Fund
from chungtay.parties.models import Party
from chungtay.records import journal, walls
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
        holding.hold(fund, more)


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
    made = [
        Commitment(
            fund_id=bound[award.decision_id], decision_id=award.decision_id, award=award, kind=kind,
            amount=sign * award.amount, on=on,
        )
        for award in awards
        if award.amount and award.decision_id in bound
    ]  # fmt: skip
    Commitment.objects.bulk_create(made)
    for fund in sorted({row.fund_id for row in made}):
        holding.hold(fund, sum(row.amount for row in made if row.fund_id == fund))


@walls.everything("the commitments are checked as a whole")
def faults() -> list[str]:
    """One English sentence for each fund whose book holds another sum than its decisions bind. Two queries."""
    bound = dict(Commitment.objects.order_by().values_list("fund").annotate(Sum("amount")))
    kept = dict(Balance.objects.filter(is_money=True).exclude(held=0).values_list("account__fund", "held"))
    return [
        f"fund {fund}: its decisions bind {bound.get(fund, 0)}, its book holds {kept.get(fund, 0)}"
        for fund in sorted(bound.keys() | kept.keys())
        if bound.get(fund, 0) != kept.get(fund, 0)
    ]


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
    fund = Fund.objects.select_for_update(of=("self",)).select_related("owner").get(pk=fund.pk)
    ceiling = award_fund_ceiling(told.recurrent_budget, told.area, on=on)
    reasons = faults_of_allotment(
        fund, year=told.year, ceiling=ceiling, amount=told.amount, document=told.document, accepted=told.accepted, on=on
    )
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


def faults_of_allotment(
    fund: Fund, *, year: int | None, ceiling: Ceiling | None, amount: int | None, document: str | None,
    accepted: Collection[str] | None, on: date,
) -> Reasons:  # fmt: skip
    """What stands against giving the fund so much for a year. What is not known yet, None, is not judged. One query."""
    reasons = Reasons()
    if fund.kind != FundKind.AWARD:
        reasons.add("Chỉ trích tiền vào quỹ thi đua, khen thưởng.", clause=CLAUSE)
    if year is not None and not on.year - 1 <= year <= on.year + 1:
        reasons.add(years_told(on), clause=CLAUSE, field="year")
    if amount is not None and ceiling is not None:
        reasons.extend(_beyond_ceiling(fund, year, ceiling, amount))
    if document is not None and not document.strip():
        reasons.add("Ghi văn bản giao dự toán hoặc quyết định trích quỹ.", clause=CLAUSE, field="document")
    assumed = AWARD_FUND_SHARE.on(on).assumed
    if accepted is not None and assumed and assumed not in accepted:
        reasons.add(f"Chưa xác nhận giá trị tạm dùng: {assumed}", clause=CLAUSE, field="accept")
    return reasons


def years_told(on: date) -> str:
    """Which years an allotment of that day may be for."""
    return f"Trích quỹ cho năm {on.year - 1}, {on.year} hoặc {on.year + 1}: ghi một trong ba năm đó."


def _beyond_ceiling(fund: Fund, year: int | None, ceiling: Ceiling, amount: int) -> list[Reason]:
    """Also for a year that could not be read: more than the whole ceiling is too much in any year."""
    given = 0
    if year is not None:
        standing = Allotment.objects.filter(fund=fund, year=year, transfer__countered_by__isnull=True)
        given = standing.aggregate(sum=Sum("amount"))["sum"] or 0
    if given + amount <= ceiling.amount:
        return []
    before = f" Năm {year} đã trích {dong(given)} đồng." if given else ""
    return [Reason(f"Vượt mức trần: {ceiling.working}.{before}", CLAUSE, "amount")]
