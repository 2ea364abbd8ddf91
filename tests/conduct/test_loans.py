"""Loans of policy banks: what was lent, what it was used for, what was repaid (KH IV.1.2.a)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from chungtay.conduct import lending
from chungtay.conduct.models import Loan, LoanEvent
from chungtay.law.refusals import Conflict, Refused
from chungtay.parties.kinds import PartyKind
from chungtay.records import journal
from tests.conduct.made import happened, loan, terms
from tests.make import TODAY, Province


def said(refused: pytest.ExceptionInfo[Refused]) -> str:
    return " ".join(str(reason) for reason in refused.value.reasons)


@pytest.mark.clause("KH IV.1.2.a")
def test_a_commune_enters_a_loan_and_what_became_of_it(province: Province) -> None:
    row = loan(province)
    happened(row, province, "used", date(2018, 6, 1))
    happened(row, province, "repaid", date(2019, 12, 15), 30_000_000)
    kinds = [(one.kind, one.amount, one.entered_by) for one in row.events.order_by("day")]
    body = province.bodies["commune"]
    assert kinds == [("used", None, body), ("repaid", 30_000_000, body)]
    assert [entry.act for entry in journal.of(row)] == ["enter_loan", "follow_loan", "follow_loan"]
    assert "30000000" not in str([entry.body for entry in journal.of(row)])


def test_everything_wrong_with_a_loan_is_said_at_once(province: Province) -> None:
    wrong: dict[str, Any] = {
        "bank_name": " ", "purpose": "", "amount": 0, "lent_on": TODAY + timedelta(days=1), "due_on": TODAY,
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        loan(province, **wrong)
    assert {one.field for one in refused.value.reasons} == {"bank_name", "purpose", "amount", "lent_on", "due_on"}


@pytest.mark.parametrize(("years", "fits"), [(40, True), (41, False)])
def test_no_loan_runs_longer_than_forty_years(province: Province, years: int, fits: bool) -> None:
    faults = list(lending.faults(province.household(), terms(due_on=date(2018 + years, 2, 5)), TODAY))
    assert (faults == []) is fits


def test_only_households_borrow_and_only_desks_of_their_area_enter_it(province: Province) -> None:
    group = province.party("Chi hội", PartyKind.GRASSROOTS_ORGANISATION, province.places["kg-30847"])
    with pytest.raises(Refused, match="hộ gia đình"):
        loan(province, group)
    home = province.household()
    for seat in ("commune_b", "commune_c", "unit", "board", "front"):
        with pytest.raises(Refused, match="Chỉ xã, huyện của hộ"):
            loan(province, home, by=seat)
    assert loan(province, home, by="district").entered_by == province.bodies["district"]


def test_the_same_loan_is_entered_once(province: Province) -> None:
    row = loan(province)
    with pytest.raises(Refused, match="đã có trong sổ"):
        loan(province, row.party)
    assert loan(province, row.party, contract="KU-02").pk != row.pk


@pytest.mark.parametrize(("more", "fits"), [(20_000_000, True), (20_000_001, False)])
def test_no_more_is_repaid_than_was_lent(province: Province, more: int, fits: bool) -> None:
    row = loan(province)
    happened(row, province, "repaid", date(2019, 1, 1), 10_000_000)
    if fits:
        happened(row, province, "repaid", date(2019, 2, 1), more)
        return
    with pytest.raises(Refused, match=r"chỉ còn 20\.000\.000 đồng"):
        happened(row, province, "repaid", date(2019, 2, 1), more)


@pytest.mark.parametrize(
    ("kind", "day", "amount", "who", "words"),
    [
        ("used", date(2018, 2, 4), None, "Tổ", "trước ngày vay"),
        ("used", date(2018, 2, 5), None, " ", "ai đã kiểm tra"),
        ("repaid", date(2019, 1, 1), None, "", "số tiền gốc"),
        ("repaid", TODAY + timedelta(days=1), 5, "", "tương lai"),
        ("dreamt", date(2019, 1, 1), None, "Tổ", "chọn diễn biến"),
    ],
)
def test_what_cannot_have_happened_is_refused(
    province: Province, kind: str, day: date, amount: int | None, who: str, words: str
) -> None:
    row = loan(province)
    with pytest.raises(Refused) as refused:
        happened(row, province, kind, day, amount, who=who)
    assert words in said(refused)
    assert not row.events.exists()


@pytest.mark.parametrize("kind", ["used", "misused", "overdue"])
def test_an_amount_is_written_with_a_repayment_only_and_never_dropped(province: Province, kind: str) -> None:
    row = loan(province)
    with pytest.raises(Refused, match="Số tiền chỉ ghi khi trả gốc") as refused:
        happened(row, province, kind, date(2019, 1, 1), 5_000_000)
    assert [one.field for one in refused.value.reasons] == ["amount"]
    assert happened(row, province, kind, date(2019, 1, 1)).amount is None


@pytest.mark.clause("KH IV.1.2.a")
@pytest.mark.parametrize(("day", "fits"), [(date(2019, 12, 15), True), (date(2019, 12, 16), False)])
def test_nothing_falls_behind_after_the_day_on_which_all_was_repaid(province: Province, day: date, fits: bool) -> None:
    row = loan(province)
    happened(row, province, "repaid", date(2019, 12, 15), 30_000_000)
    if fits:
        assert happened(row, province, "overdue", day).day == day
        return
    with pytest.raises(Refused, match="đã trả hết nợ gốc ngày 15/12/2019"):
        happened(row, province, "overdue", day)


def test_while_something_is_owed_it_may_fall_behind(province: Province) -> None:
    row = loan(province)
    happened(row, province, "repaid", date(2019, 1, 1), 29_999_999)
    assert happened(row, province, "overdue", date(2020, 1, 1)).kind == "overdue"


@pytest.mark.parametrize(("day", "fits"), [(date(2019, 6, 1), True), (date(2019, 5, 31), False)])
def test_all_is_not_repaid_before_the_day_on_which_it_fell_behind(province: Province, day: date, fits: bool) -> None:
    row = loan(province)
    happened(row, province, "overdue", date(2019, 6, 1))
    if fits:
        assert happened(row, province, "repaid", day, 30_000_000).day == day
        return
    with pytest.raises(Refused, match="Sổ ghi chậm trả ngày 01/06/2019, sau ngày trả hết 31/05/2019"):
        happened(row, province, "repaid", day, 30_000_000)


def test_a_corrected_sum_is_not_repaid_whole_before_it_fell_behind(province: Province) -> None:
    row = loan(province)
    happened(row, province, "repaid", date(2019, 1, 1), 20_000_000)
    happened(row, province, "overdue", date(2019, 6, 1))
    told: dict[str, Any] = {"reason": "Ghi nhầm số", "by": province.seats["commune"], "on": TODAY}
    with pytest.raises(Refused, match="sau ngày trả hết 01/01/2019"):
        lending.correct(row, terms(amount=20_000_000), **told)
    assert lending.correct(row, terms(amount=20_000_001), **told).corrects == row


def test_on_the_day_of_lending_itself_a_check_may_be_made(province: Province) -> None:
    assert happened(loan(province), province, "used", date(2018, 2, 5)).kind == "used"


@pytest.mark.clause("KH IV.1.2.a")
def test_the_bank_that_lent_sees_its_loan_and_follows_it_and_no_other_unit_does(province: Province) -> None:
    bank = province.body("bank", "Ngân hàng Chính sách xã hội", PartyKind.BANK, province.places["kg"])
    province.seat("bank", province.seats["unit"].kind, bank, province.places["kg"])
    row = loan(province, bank=bank)
    assert list(Loan.objects.visible_to(province.seats["bank"], TODAY)) == [row]
    assert happened(row, province, "overdue", date(2019, 1, 1), by="bank").entered_by == bank
    assert list(Loan.objects.visible_to(province.seats["unit"], TODAY)) == []
    with pytest.raises(Refused, match="ngân hàng cho vay"):
        happened(row, province, "overdue", date(2019, 1, 1), by="unit")
    with pytest.raises(Refused):
        lending.correct(row, terms(), reason="Ghi lại số", by=province.seats["bank"], on=TODAY)


def test_more_time_to_repay_is_a_new_line_and_what_happened_goes_with_it(province: Province) -> None:
    row = loan(province)
    event = happened(row, province, "repaid", date(2019, 1, 1), 5)
    later = date(2020, 12, 15)
    made = lending.correct(
        row, terms(due_on=later), reason="Gia hạn 12 tháng", by=province.seats["commune"], on=TODAY
    )  # fmt: skip
    row.refresh_from_db()
    event.refresh_from_db()
    assert (row.due_on, row.ended_why, made.due_on, event.loan) == (date(2019, 12, 15), "Gia hạn 12 tháng", later, made)
    assert list(Loan.objects.in_force()) == [made]
    with pytest.raises(Refused, match="thôi dùng"):
        happened(row, province, "overdue", date(2019, 1, 1))


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"amount": 10_000_000}, set()), ({"amount": 9_999_999}, {"amount"}), ({"lent_on": date(2018, 6, 1)}, set()),
        ({"lent_on": date(2018, 6, 2)}, {"lent_on"}),
    ],
)  # fmt: skip
def test_a_corrected_loan_still_fits_what_happened_to_it(
    province: Province, changed: dict[str, Any], fields: set[str]
) -> None:
    row = loan(province)
    happened(row, province, "used", date(2018, 6, 1))
    happened(row, province, "repaid", date(2018, 12, 1), 10_000_000)
    told: dict[str, Any] = {"reason": "Ghi nhầm số", "by": province.seats["commune"], "on": TODAY}
    if not fields:
        assert lending.correct(row, terms(**changed), **told).corrects == row
        return
    with pytest.raises(Refused) as refused:
        lending.correct(row, terms(**changed), **told)
    assert {one.field for one in refused.value.reasons} == fields


def test_a_loan_entered_by_mistake_is_taken_out_and_stays_on_record(province: Province) -> None:
    row = loan(province)
    with pytest.raises(Refused, match="lý do"):
        lending.take_out(row, reason="", by=province.seats["commune"], on=TODAY)
    lending.take_out(row, reason="Ghi nhầm hộ", by=province.seats["commune"], on=TODAY)
    assert (Loan.objects.in_force().count(), Loan.objects.count()) == (0, 1)
    assert loan(province, row.party).pk != row.pk


def test_an_event_entered_by_mistake_no_longer_counts_towards_what_was_repaid(province: Province) -> None:
    row = loan(province)
    event = happened(row, province, "repaid", date(2019, 1, 1), 30_000_000)
    lending.unfollow(event, reason="Nhầm hộ", by=province.seats["commune"], on=TODAY)
    assert happened(row, province, "repaid", date(2019, 1, 1), 30_000_000).pk != event.pk
    again = LoanEvent.objects.select_related("loan__party").get(pk=event.pk)
    again.ended_on = None
    with pytest.raises(Conflict):
        lending.unfollow(again, reason="Nhầm hộ", by=province.seats["commune"], on=TODAY)


def test_impossible_loans_are_refused_by_the_database(province: Province) -> None:
    row = loan(province)
    event = happened(row, province, "repaid", date(2019, 1, 1), 5)
    wrongs: list[tuple[Any, dict[str, Any]]] = [
        (row, {}), (row, {"contract": "x", "amount": 0}), (row, {"contract": "x", "due_on": row.lent_on}),
        (row, {"contract": "x", "bank_name": ""}), (row, {"contract": "x", "purpose": ""}),
        (event, {"amount": 0}), (event, {"amount": None}), (event, {"kind": "used"}),
        (event, {"kind": "used", "amount": None, "who": ""}), (event, {"ended_on": TODAY}),
    ]  # fmt: skip
    for one, wrong in wrongs:
        copy = type(one).objects.get(pk=one.pk)
        for name, value in {"pk": None, **wrong}.items():
            setattr(copy, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save(force_insert=True)
    for table, change in ((Loan, {"amount": 1}), (LoanEvent, {"amount": 1})):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            table.objects.update(**change)
