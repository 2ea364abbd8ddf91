"""Loans of policy banks: entering, correcting, and what became of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from chungtay.accounts.models import Seat
from chungtay.conduct import rights
from chungtay.conduct.lines import Proof, hold, lay_down
from chungtay.conduct.models import Loan, LoanEvent
from chungtay.law.money import dong
from chungtay.law.refusals import Conflict, Reason, Reasons
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.records import journal
from chungtay.records.names import clean

CLAUSE = "KH IV.1.2.a"
MIN_REASON = 5
MOST = 10**10
LONGEST_YEARS = 40


@dataclass(frozen=True)
class Terms:
    """Khoản vay theo khế ước: what a household's loan is. Money in whole đồng."""

    bank_name: str
    purpose: str
    amount: int
    lent_on: date
    due_on: date
    contract: str = ""
    bank: Party | None = None


@dataclass(frozen=True)
class Happening:
    """Diễn biến: what somebody found or recorded about a loan on a day."""

    kind: str
    day: date
    amount: int | None = None
    who: str = ""


def faults(party: Party, terms: Terms, on: date) -> Iterable[Reason]:
    """Everything wrong with the terms of a loan, whoever enters them."""
    if party.kind != PartyKind.HOUSEHOLD:
        yield Reason("Vốn vay chính sách được ghi cho hộ gia đình.", CLAUSE)
    if not clean(terms.bank_name):
        yield Reason("Cần ghi nơi cho vay.", CLAUSE, "bank_name")
    if len(clean(terms.purpose)) < 3:
        yield Reason("Cần ghi vay để làm gì.", CLAUSE, "purpose")
    if not 0 < terms.amount <= MOST:
        yield Reason("Số tiền vay phải lớn hơn 0 và không quá 10 tỷ đồng.", CLAUSE, "amount")
    if terms.lent_on > on:
        yield Reason(f"Ngày vay {terms.lent_on:%d/%m/%Y} ở tương lai.", CLAUSE, "lent_on")
    if terms.due_on <= terms.lent_on:
        yield Reason("Hạn trả phải sau ngày vay.", CLAUSE, "due_on")
    elif terms.due_on.year > terms.lent_on.year + LONGEST_YEARS:
        yield Reason(f"Hạn trả cách ngày vay quá {LONGEST_YEARS} năm.", CLAUSE, "due_on")


def _keep(party: Party, by: Seat, on: date) -> Iterable[Reason]:
    if not rights.may_keep_loan(party, by, on):
        yield Reason("Chỉ xã, huyện của hộ hoặc Sở Lao động mới ghi khoản vay của hộ.", CLAUSE)


def _line(party: Party, terms: Terms, by: Seat, on: date, is_demo: bool) -> Loan:
    return Loan(
        party=party, bank=terms.bank, bank_name=clean(terms.bank_name)[:200], contract=clean(terms.contract)[:60],
        purpose=clean(terms.purpose)[:300], amount=terms.amount, lent_on=terms.lent_on, due_on=terms.due_on,
        area_path=party.area_path, entered_by=by.desk.body, entered_on=on, is_demo=is_demo,
    )  # fmt: skip


def _said(loan: Loan) -> dict[str, str]:
    return {
        "bank": loan.bank_name, "amount": str(loan.amount), "lent_on": loan.lent_on.isoformat(),
        "due_on": loan.due_on.isoformat(), "purpose": loan.purpose,
    }  # fmt: skip


def _save(row: Any, sentence: str, field: str = "") -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as twice:
        raise Conflict([Reason(sentence, CLAUSE, field)]) from twice


@transaction.atomic
def enter(party: Party, terms: Terms, *, by: Seat, on: date, proof: Proof | None = None) -> Loan:
    """Ghi khoản vay của một hộ (KH IV.1.2.a). Raises Refused with every reason."""
    found = Reasons(faults(party, terms, on))
    found.extend(_keep(party, by, on))
    same = Loan.objects.in_force().filter(party=party, lent_on=terms.lent_on, amount=terms.amount)
    if same.filter(contract=clean(terms.contract)).exists():
        found.add("Khoản vay này đã có trong sổ.", clause=CLAUSE, field="lent_on")
    found.raise_if_any()
    made = _line(party, terms, by, on, party.is_demo)
    made.prove(proof)
    _save(made, "Khoản vay này vừa được người khác ghi.", "lent_on")
    journal.record("enter_loan", by=by, on=on, noun=made, personal={"party": party.name, **_said(made)})
    return made


def _standing(row: Loan | LoanEvent) -> Iterable[Reason]:
    if row.ended_on is not None:
        yield Reason(f"Dòng này đã thôi dùng từ ngày {row.ended_on:%d/%m/%Y}.", CLAUSE)


def _why(reason: str) -> Iterable[Reason]:
    if len(clean(reason)) < MIN_REASON:
        yield Reason("Cần ghi rõ lý do.", CLAUSE, "reason")


def _against_events(loan: Loan, terms: Terms) -> Iterable[Reason]:
    """What happened to the loan must still fit: no more repaid than lent, nothing before the day of lending."""
    Loan.objects.select_for_update().filter(pk=loan.pk).first()
    events = list(LoanEvent.objects.in_force().filter(loan=loan).order_by("day", "id"))
    repaid = sum(one.amount or 0 for one in events)
    if repaid > terms.amount > 0:
        yield Reason(f"Hộ đã trả {dong(repaid)} đồng gốc, nhiều hơn số tiền vay này.", CLAUSE, "amount")
    if events and events[0].day < terms.lent_on:
        yield Reason(f"Sổ đã ghi diễn biến ngày {events[0].day:%d/%m/%Y}, trước ngày vay này.", CLAUSE, "lent_on")
    yield from _behind_after(terms.amount, events, "amount")


@transaction.atomic
def correct(
    loan: Loan, terms: Terms, *, reason: str, by: Seat, on: date, proof: Proof | None = None
) -> Loan:  # fmt: skip
    """Sửa khoản vay, hoặc gia hạn nợ: a new line with the reason; what happened to the loan goes with it."""
    found = Reasons(faults(loan.party, terms, on))
    found.extend([*_keep(loan.party, by, on), *_standing(loan), *_why(reason), *_against_events(loan, terms)])
    found.raise_if_any()
    lay_down(loan, why=clean(reason), on=on)
    made = _line(loan.party, terms, by, on, loan.is_demo)
    made.corrects, made.file, made.file_name = loan, loan.file, loan.file_name
    made.prove(proof)
    _save(made, "Đã có một khoản vay giống hệt trong sổ.", "lent_on")
    LoanEvent.objects.filter(loan=loan).update(loan=made)
    journal.record(
        "correct_loan", by=by, on=on, noun=made, body={"before": loan.pk},
        personal={"party": loan.party.name, "reason": loan.ended_why, **_said(made)},
    )  # fmt: skip
    return made


@transaction.atomic
def take_out(loan: Loan, *, reason: str, by: Seat, on: date) -> None:
    """Bỏ khoản vay ghi nhầm: the line stays, with the reason, and counts for nothing."""
    found = Reasons([*_keep(loan.party, by, on), *_standing(loan), *_why(reason)])
    found.raise_if_any()
    lay_down(loan, why=clean(reason), on=on)
    journal.record(
        "take_out_loan", by=by, on=on, noun=loan, personal={"party": loan.party.name, "reason": loan.ended_why}
    )  # fmt: skip


@transaction.atomic
def follow(
    loan: Loan, told: Happening, *, by: Seat, on: date, proof: Proof | None = None
) -> LoanEvent:  # fmt: skip
    """Ghi diễn biến: a check of the use, a repayment, or that interest or principal fell behind."""
    found = Reasons(_standing(loan))
    if not rights.may_follow_loan(loan.party, loan.bank_id, by, on):
        found.add("Chỉ nơi quản lý hộ hoặc ngân hàng cho vay mới ghi diễn biến của khoản vay.", clause=CLAUSE)
    if told.kind not in LoanEvent.Kind.values:
        found.add("Cần chọn diễn biến.", clause=CLAUSE, field="kind")
    if told.day > on:
        found.add(f"Ngày {told.day:%d/%m/%Y} ở tương lai.", clause=CLAUSE, field="day")
    elif told.day < loan.lent_on:
        found.add(f"Ngày {told.day:%d/%m/%Y} trước ngày vay {loan.lent_on:%d/%m/%Y}.", clause=CLAUSE, field="day")
    found.extend(_sums(loan, told))
    if told.kind in (LoanEvent.Kind.USED, LoanEvent.Kind.MISUSED) and len(clean(told.who)) < 2:
        found.add("Cần ghi ai đã kiểm tra.", clause=CLAUSE, field="who")
    found.raise_if_any()
    hold(loan)
    made = LoanEvent(
        loan=loan, kind=told.kind, day=told.day, amount=told.amount, who=clean(told.who)[:200],
        area_path=loan.area_path, entered_by=by.desk.body, entered_on=on, is_demo=loan.is_demo,
    )  # fmt: skip
    made.prove(proof)
    made.save(force_insert=True)
    journal.record(
        "follow_loan", by=by, on=on, noun=loan, body={"kind": made.kind},
        personal={"party": loan.party.name, "day": made.day.isoformat(), "amount": str(made.amount or ""),
                  "who": made.who},
    )  # fmt: skip
    return made


def _sums(loan: Loan, told: Happening) -> Iterable[Reason]:
    """A repayment is of some đồng, and all of them together never more than was lent. Nothing else has an amount, and
    nothing falls behind after the day on which all was repaid."""
    if told.kind != LoanEvent.Kind.REPAID and told.amount is not None:
        yield Reason("Số tiền chỉ ghi khi trả gốc. Bỏ trống ô này, hoặc chọn “Trả gốc”.", CLAUSE, "amount")
    if told.kind not in (LoanEvent.Kind.REPAID, LoanEvent.Kind.OVERDUE):
        return
    if told.kind == LoanEvent.Kind.REPAID and (not told.amount or told.amount < 1):
        yield Reason("Cần ghi số tiền gốc đã trả.", CLAUSE, "amount")
        return
    Loan.objects.select_for_update().filter(pk=loan.pk).first()
    events = list(LoanEvent.objects.in_force().filter(loan=loan).order_by("day", "id"))
    if told.kind == LoanEvent.Kind.OVERDUE:
        whole_on = repaid_whole_on(loan.amount, events)
        if whole_on is not None and told.day > whole_on:
            text = f"Hộ đã trả hết nợ gốc ngày {whole_on:%d/%m/%Y}: sau ngày đó không còn gì để chậm trả."
            yield Reason(text, CLAUSE, "day")
        return
    paid = sum(one.amount or 0 for one in events)
    if paid + (told.amount or 0) > loan.amount:
        yield Reason(f"Khoản vay chỉ còn {dong(loan.amount - paid)} đồng tiền gốc.", CLAUSE, "amount")
        return
    row = LoanEvent(kind=told.kind, day=told.day, amount=told.amount)
    yield from _behind_after(loan.amount, [*events, row], "day")


def repaid_whole_on(amount: int, events: Iterable[LoanEvent]) -> date | None:
    """The day on which the repayments among `events` reached the sum lent; None before that."""
    left = amount
    for event in sorted(events, key=lambda one: one.day):
        left -= event.amount or 0
        if left <= 0:
            return event.day
    return None


def _behind_after(amount: int, events: Sequence[LoanEvent], field: str) -> Iterable[Reason]:
    """What fell behind on a day after the one on which all was repaid: one of the two lines is wrong."""
    whole_on = repaid_whole_on(amount, events)
    late = [one.day for one in events if one.kind == LoanEvent.Kind.OVERDUE and whole_on and one.day > whole_on]
    if whole_on is not None and late:
        text = f"Sổ ghi chậm trả ngày {max(late):%d/%m/%Y}, sau ngày trả hết {whole_on:%d/%m/%Y}. Xem lại hai dòng này."
        yield Reason(text, CLAUSE, field)


@transaction.atomic
def unfollow(event: LoanEvent, *, reason: str, by: Seat, on: date) -> None:
    """Bỏ một diễn biến ghi nhầm: the line stays, with the reason."""
    loan, found = event.loan, Reasons([*_standing(event), *_why(reason)])
    if not rights.may_follow_loan(loan.party, loan.bank_id, by, on):
        found.add("Chỉ nơi quản lý hộ hoặc ngân hàng cho vay mới bỏ được dòng này.", clause=CLAUSE)
    found.raise_if_any()
    lay_down(event, why=clean(reason), on=on)
    journal.record(
        "take_out_loan_event", by=by, on=on, noun=loan, body={"kind": event.kind},
        personal={"party": loan.party.name, "reason": event.ended_why},
    )  # fmt: skip
