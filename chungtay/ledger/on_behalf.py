"""Transfers that another room writes as part of its own act, in the same transaction.

They bear that room's word in their key (`Transfer.origin`), so that the same act can never be written twice, and nobody
takes them back by hand: only the act that wrote them does.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from chungtay.accounts.models import Seat
from chungtay.law.funds import Income, Purpose
from chungtay.law.money import dong
from chungtay.law.refusals import Reasons
from chungtay.ledger import rights
from chungtay.ledger.actions import Told, faults_of_income, faults_of_purpose
from chungtay.ledger.models import APART, Account, Balance, Fund, Transfer
from chungtay.ledger.posting import Posting, accounts, post_many
from chungtay.parties.models import Party
from chungtay.records import journal
from chungtay.records.journal import Act
from chungtay.records.names import clean

CASH, INCOME, PURPOSE = Account.Kind.CASH, Account.Kind.INCOME, Account.Kind.PURPOSE


@dataclass(frozen=True)
class Taking:
    """Một khoản thu do việc khác ghi. The key in `told` is the room's own; `givers` are all who gave."""

    fund: Fund
    amount: int
    income: Income
    told: Told
    givers: tuple[Party, ...] = ()


@dataclass(frozen=True)
class Paying:
    """Một khoản chi do việc khác ghi. The key in `told` is the room's own."""

    fund: Fund
    amount: int
    purpose: Purpose
    told: Told


def faults(takings: Sequence[Taking], *, by: Seat, on: date) -> list[Reasons]:
    """What stands against each of them. One query whatever their number."""
    keepers = rights.keepers(one.fund for one in takings)
    found = []
    for one in takings:
        reasons = Reasons()
        if not rights.takes(by, one.fund, one.givers, keepers[one.fund.pk], on):
            text = f"Tiền vào {one.fund.name} do {one.fund.owner.name} giữ; chỉ bàn giữ quỹ đó mới xác nhận được."
            reasons.add(text, clause=one.fund.clause)
        reasons.extend(faults_of_income(one.fund, one.amount, one.income, one.told, on=on))
        found.append(reasons)
    return found


@transaction.atomic
def pay_in_many(takings: Sequence[Taking], *, origin: str, by: Seat, on: date) -> list[Transfer]:
    """Thu nhiều khoản, all or none, in a fixed number of statements; the transfers in the order told.

    Raises `Refused` with every reason, `Conflict` when one of the keys was used before.
    """
    if not takings:
        return []
    reasons = Reasons()
    for each in faults(takings, by=by, on=on):
        reasons.extend(each)
    reasons.raise_if_any()
    books = accounts([(one.fund, kind, code) for one in takings for kind, code in ((CASH, ""), (INCOME, one.income))])
    postings = [
        Posting(
            key=f"{origin}{APART}{one.told.key}", debit=books[one.fund.pk, CASH.value, ""],
            credit=books[one.fund.pk, INCOME.value, one.income.value], amount=one.amount, on=one.told.day,
            words=clean(one.told.words), party=one.told.party, evidence=one.told.evidence,
        )
        for one in takings
    ]  # fmt: skip
    return _written("pay_in", postings, by=by, on=on)


@transaction.atomic
def pay_out_many(payings: Sequence[Paying], *, origin: str, by: Seat, on: date) -> list[Transfer]:
    """Chi nhiều khoản, all or none, in a fixed number of statements; the transfers in the order told.

    Raises `Refused` with every reason, also where a fund holds too little, `Conflict` when a key was used before.
    """
    if not payings:
        return []
    reasons = Reasons()
    for fund in {one.fund for one in payings}:
        reasons.extend(_of_keeper(fund, by, on))
    for one in payings:
        reasons.extend(faults_of_purpose(one.fund, one.amount, one.purpose, one.told, on=on))
    reasons.raise_if_any()
    wanted = [(one.fund, kind, code) for one in payings for kind, code in ((CASH, ""), (PURPOSE, one.purpose))]
    books = accounts(wanted)
    postings = [
        Posting(
            key=f"{origin}{APART}{one.told.key}", debit=books[one.fund.pk, PURPOSE.value, one.purpose.value],
            credit=books[one.fund.pk, CASH.value, ""], amount=one.amount, on=one.told.day, words=clean(one.told.words),
            party=one.told.party, evidence=one.told.evidence,
        )
        for one in payings
    ]  # fmt: skip
    return _written("pay_out", postings, by=by, on=on)


@transaction.atomic
def bring_back(paid: Transfer, *, reason: str, by: Seat, on: date) -> Transfer:
    """Bút toán đảo of a payment that the same room wrote: the money is in the fund again.

    Raises `Refused`, also for a closed fund, `Conflict` when somebody brought it back before.
    """
    _of_keeper(paid.credit.fund, by, on).raise_if_any()
    back = Posting(
        key=f"{paid.key}{APART}back", debit=paid.credit, credit=paid.debit, amount=paid.amount, on=on,
        words=clean(f"Đảo khoản ngày {paid.on:%d/%m/%Y}: {reason}")[:300], party=paid.party, corrects=paid,
    )  # fmt: skip
    return _written("counter", [back], by=by, on=on)[0]


def _of_keeper(fund: Fund, by: Seat, on: date) -> Reasons:
    reasons = Reasons()
    if not rights.keeps(by, fund, on):
        reasons.add("Bàn làm việc này không giữ quỹ này.", clause=fund.clause)
    return reasons


def faults_of_taking_back(wrong: Sequence[Transfer], givers: Sequence[Party], *, by: Seat, on: date) -> Reasons:
    """What stands against taking these back: who asks, a closed fund, or money that is spent already. Two queries."""
    reasons, sums = Reasons(), defaultdict[Fund, int](int)
    for one in wrong:
        sums[one.debit.fund] += one.amount
    keepers = rights.keepers(sums)
    left = {row.account.fund_id: row.amount for row in _money(sums)}
    for fund, amount in sums.items():
        if not rights.takes(by, fund, givers, keepers[fund.pk], on):
            text = f"Khoản này đã vào sổ {fund.name}; chỉ bàn giữ quỹ đó ({fund.owner.name}) mới đính chính được."
            reasons.add(text, clause=fund.clause)
        if fund.closed_on is not None:
            text = (
                f"{fund.name} đã đóng ngày {fund.closed_on:%d/%m/%Y}, sổ không ghi thêm được: không đảo được khoản này."
            )
            reasons.add(text, clause=fund.clause)
        elif left[fund.pk] < amount:
            text = (
                f"{fund.name} chỉ còn {dong(left[fund.pk])} đồng, không đủ để đảo {dong(amount)} đồng: tiền của khoản "
                "này đã chi. Ghi và xác nhận khoản đúng trước, rồi hủy khoản này."
            )
            reasons.add(text, clause=fund.clause)
    return reasons


def _money(funds: Sequence[Fund] | dict[Fund, int]) -> list[Balance]:
    return list(Balance.objects.filter(account__fund__in=list(funds), is_money=True).select_related("account"))


@transaction.atomic
def take_back(
    wrong: Sequence[Transfer], givers: Sequence[Party], *, reason: str, by: Seat, on: date
) -> list[Transfer]:  # fmt: skip
    """Bút toán đảo of what the same room wrote. Raises `Refused`, `Conflict` when somebody took one back before."""
    if not wrong:
        return []
    faults_of_taking_back(wrong, givers, by=by, on=on).raise_if_any()
    postings = [
        Posting(
            key=f"{one.key}{APART}back", debit=one.credit, credit=one.debit, amount=one.amount, on=on,
            words=clean(f"Đảo khoản ngày {one.on:%d/%m/%Y}: {reason}")[:300], party=one.party, corrects=one,
        )
        for one in wrong
    ]  # fmt: skip
    return _written("counter", postings, by=by, on=on)


def _written(act: str, postings: Sequence[Posting], *, by: Seat, on: date) -> list[Transfer]:
    """Write them and their journal. The rows, in the order told."""
    post_many(postings, written_on=on)
    rows = {row.key: row for row in Transfer.objects.filter(key__in=[one.key for one in postings])}
    made = [rows[one.key] for one in postings]
    acts = [
        Act(
            act, row,
            body={
                "amount": row.amount, "on": row.on, "from": str(one.credit), "to": str(one.debit),
                "fund": one.debit.fund_id,
            },
            personal={"words": row.words},
        )
        for one, row in zip(postings, made, strict=True)
    ]  # fmt: skip
    journal.record_many(acts, by=by, on=on)
    return made
