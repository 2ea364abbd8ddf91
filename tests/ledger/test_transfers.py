"""Money in, money out, from fund to fund, taken back: what the book takes and what it refuses (design D2)."""

from contextlib import suppress
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from chungtay.law.funds import FundKind, Income, Purpose
from chungtay.law.procedure import Desk
from chungtay.law.refusals import Conflict, Refused
from chungtay.ledger import actions, checking, posting
from chungtay.ledger.models import Account, Balance, Fund, Transfer
from chungtay.records import journal
from tests.ledger.make import DAY, MILLION, OPENED, balance, build_house, drive, fund, give, told
from tests.make import Province


def fields(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {reason.field for reason in refused.value.reasons}


@pytest.mark.clause("KH III.3")
def test_what_comes_in_less_what_goes_out_is_the_balance(province: Province) -> None:
    front = fund(province)
    give(province, front, 200 * MILLION)
    build_house(province, front, 50 * MILLION)
    assert balance(front) == 150 * MILLION
    money, *others = Balance.objects.filter(account__fund=front).order_by("-is_money", "account__kind")
    assert (money.debited, money.credited) == (200 * MILLION, 50 * MILLION)
    assert [row.amount for row in others] == [-200 * MILLION, 50 * MILLION]
    assert sum(row.amount for row in Balance.objects.all()) == 0
    assert checking.faults() == []
    assert journal.faults() == []


@pytest.mark.clause("KH III.3")
def test_a_fund_pays_its_last_dong_and_not_one_more(province: Province) -> None:
    front = fund(province)
    give(province, front, 100)
    with pytest.raises(Refused, match="chỉ còn 100 đồng, không đủ để chi 101 đồng") as refused:
        build_house(province, front, 101)
    assert fields(refused) == {"amount"}
    assert Transfer.objects.count() == 1
    build_house(province, front, 100)
    assert balance(front) == 0
    with pytest.raises(Refused, match="chỉ còn 0 đồng"):
        build_house(province, front, 1)


def test_everything_that_is_wrong_is_said_at_once(province: Province) -> None:
    front = fund(province)
    wrong = told(OPENED - timedelta(days=1), words="ngắn")
    with pytest.raises(Refused) as refused:
        actions.pay_out(front, 0, Purpose.AWARD, wrong, by=province.seats["front"], on=DAY)
    assert fields(refused) == {"amount", "day", "words", "code"}
    with pytest.raises(Refused, match="cần ghi địa bàn") as refused:
        actions.pay_out(front, 1, Purpose.HOUSE, told(), by=province.seats["front"], on=DAY)
    assert fields(refused) == {"place", "households"}
    with pytest.raises(Refused, match="không có nguồn thu này"):
        actions.pay_in(drive(province), 1, Income.BUDGET, told(), by=province.seats["front"], on=DAY)


@pytest.mark.parametrize(("day", "fine"), [(OPENED - timedelta(1), False), (OPENED, True), (DAY, True),
                                           (DAY + timedelta(1), False)])  # fmt: skip
def test_money_moves_between_the_opening_of_the_fund_and_today(province: Province, day: date, fine: bool) -> None:
    front = fund(province)
    if fine:
        assert actions.pay_in(front, 5, Income.PEOPLE, told(day), by=province.seats["front"], on=DAY).on == day
        return
    with pytest.raises(Refused, match="Ngày phải từ ngày mở quỹ"):
        actions.pay_in(front, 5, Income.PEOPLE, told(day), by=province.seats["front"], on=DAY)


@pytest.mark.clause("KH III.3")
@pytest.mark.parametrize(
    ("day", "fine"),
    [(date(2019, 10, 16), False), (date(2019, 10, 17), True), (date(2019, 11, 18), True), (date(2019, 11, 19), False)],
)
def test_a_drive_takes_money_from_its_first_day_to_its_last(province: Province, day: date, fine: bool) -> None:
    peak = drive(province)
    if fine:
        give(province, peak, 5, day)
        assert balance(peak) == 5
        return
    with pytest.raises(Refused, match="nhận tiền từ ngày 17/10/2019 đến hết ngày 18/11/2019"):
        give(province, peak, 5, day)


@pytest.mark.clause("KH III.3")
def test_a_drive_spends_what_it_took_after_its_last_day_but_not_before_its_first(province: Province) -> None:
    peak = drive(province)
    give(province, peak, 10)
    build_house(province, peak, 4, date(2019, 12, 1))
    assert balance(peak) == 6
    with pytest.raises(Refused, match="bắt đầu ngày 17/10/2019"):
        build_house(province, peak, 1, date(2019, 10, 16))


def test_the_same_form_sent_twice_is_one_transfer(province: Province) -> None:
    front = fund(province)
    once = give(province, front, 7, key="k" * 20)
    assert give(province, front, 7, key="k" * 20) == once
    assert balance(front) == 7
    assert journal.of(once).count() == 1
    with pytest.raises(Refused, match="đã được dùng để ghi một khoản khác"):
        give(province, front, 8, key="k" * 20)
    assert balance(front) == 7
    assert checking.faults() == []


def test_a_wrong_transfer_is_taken_back_once_and_stays_in_the_book(province: Province) -> None:
    front, by = fund(province), province.seats["front"]
    wrong = give(province, front, 70)
    back = actions.counter(wrong, reason="Ghi nhầm số tiền trên phiếu", key="a" * 20, by=by, on=DAY)
    assert (back.debit_id, back.credit_id, back.amount) == (wrong.credit_id, wrong.debit_id, 70)
    assert (balance(front), Transfer.objects.count()) == (0, 2)
    assert actions.counter(wrong, reason="Ghi nhầm số tiền trên phiếu", key="a" * 20, by=by, on=DAY) == back
    with pytest.raises(Refused, match="đã được đảo ngày 17/10/2019"):
        actions.counter(wrong, reason="Ghi nhầm số tiền trên phiếu", key="b" * 20, by=by, on=DAY)
    with pytest.raises(Refused, match="Đây đã là bút toán đảo"):
        actions.counter(back, reason="Đảo của đảo thì không được", key="c" * 20, by=by, on=DAY)
    assert checking.faults() == []


def test_a_transfer_is_not_taken_back_when_its_money_has_been_spent(province: Province) -> None:
    front = fund(province)
    gift = give(province, front, 70)
    spent = build_house(province, front, 70)
    by = province.seats["front"]
    with pytest.raises(Refused, match="chỉ còn 0 đồng"):
        actions.counter(gift, reason="Người ủng hộ rút lại tiền", key="a" * 20, by=by, on=DAY)
    actions.counter(spent, reason="Hộ đã trả lại tiền làm nhà", key="b" * 20, by=by, on=DAY)
    actions.counter(gift, reason="Người ủng hộ rút lại tiền", key="a" * 20, by=by, on=DAY)
    assert balance(front) == 0
    assert checking.faults() == []


def test_a_wrong_transfer_of_a_drive_is_taken_back_after_its_last_day(province: Province) -> None:
    peak = drive(province)
    wrong = give(province, peak, 70)
    late = date(2020, 3, 1)
    actions.counter(wrong, reason="Ghi nhầm sang đợt này", key="a" * 20, by=province.seats["front"], on=late)
    assert balance(peak) == 0


def test_a_reason_of_a_few_letters_takes_nothing_back(province: Province) -> None:
    wrong = give(province, fund(province), 70)
    with pytest.raises(Refused, match="Lý do cần ít nhất") as refused:
        actions.counter(wrong, reason="nhầm", key="a" * 20, by=province.seats["front"], on=DAY)
    assert fields(refused) == {"reason"}


def test_money_goes_from_fund_to_fund_in_one_row_that_stands_in_both_books(province: Province) -> None:
    front, commune = fund(province), fund(province, "commune")
    give(province, front, 100)
    row = actions.transfer(front, commune, 30, told(), by=province.seats["front"], on=DAY)
    assert (balance(front), balance(commune)) == (70, 30)
    assert {row.debit.kind, row.credit.kind} == {Account.Kind.CASH}
    for seat in ("front", "commune"):
        assert row in Transfer.objects.visible_to(province.seats[seat], DAY)
    assert row not in Transfer.objects.visible_to(province.seats["commune_b"], DAY)
    assert checking.faults() == []


def test_money_for_the_poor_never_becomes_award_money(province: Province) -> None:
    front, award = fund(province), fund(province, "province", FundKind.AWARD)
    give(province, front, 100)
    for one, other, seat in ((front, award, "front"), (award, front, "board")):
        with pytest.raises(Refused, match="không chuyển qua lại") as refused:
            actions.transfer(one, other, 1, told(), by=province.seats[seat], on=DAY)
        assert fields(refused) == {"to"}
    with pytest.raises(Refused, match="Chọn một quỹ khác"):
        actions.transfer(front, front, 1, told(), by=province.seats["front"], on=DAY)


# --- opening and closing ---


def test_a_body_keeps_one_running_fund_of_a_kind_and_any_number_of_drives(province: Province) -> None:
    first = fund(province)
    with pytest.raises(Refused, match="đang giữ một quỹ cùng loại"):
        fund(province)
    assert drive(province) != drive(province)
    actions.close_fund(first, by=province.seats["front"], on=DAY)
    assert fund(province).is_running


def test_only_an_empty_fund_is_closed_and_a_closed_one_takes_nothing(province: Province) -> None:
    front, commune, by = fund(province), fund(province, "commune"), province.seats["front"]
    wrong = give(province, front, 10)
    with pytest.raises(Refused, match="Quỹ còn 10 đồng"):
        actions.close_fund(Fund.objects.get(pk=front.pk), by=by, on=DAY)
    assert Fund.objects.get(pk=front.pk).is_running
    stale = Fund.objects.get(pk=front.pk)
    actions.transfer(front, commune, 10, told(), by=by, on=DAY)
    actions.close_fund(Fund.objects.get(pk=front.pk), by=by, on=DAY)
    for closed in (stale, Fund.objects.get(pk=front.pk)):
        with pytest.raises(Refused, match="đã đóng, không ghi thêm được"):
            give(province, closed, 1)
    with pytest.raises(Refused, match="đã đóng"):
        actions.counter(wrong, reason="Ghi nhầm số tiền trên phiếu", key="a" * 20, by=by, on=DAY)
    with pytest.raises(Refused, match="đã đóng"):
        actions.transfer(commune, stale, 1, told(), by=province.seats["commune"], on=DAY)
    with pytest.raises(Refused, match="Quỹ này đã đóng"):
        actions.close_fund(Fund.objects.get(pk=front.pk), by=by, on=DAY)
    assert checking.faults() == []


def test_of_two_who_close_a_fund_the_second_is_told(province: Province) -> None:
    front, by = fund(province), province.seats["front"]
    stale = Fund.objects.get(pk=front.pk)
    actions.close_fund(front, by=by, on=DAY)
    with pytest.raises(Conflict):
        actions.close_fund(stale, by=by, on=DAY)


@pytest.mark.parametrize(
    ("days", "field"),
    [({}, "starts"), ({"starts": DAY}, "starts"), ({"starts": DAY, "ends": DAY - timedelta(1)}, "ends")],
)
def test_a_drive_has_a_first_and_a_last_day(province: Province, days: dict[str, date], field: str) -> None:
    with pytest.raises(Refused) as refused:
        fund(province, "front", FundKind.DRIVE, **days)
    assert fields(refused) == {field}


def test_a_fund_for_the_poor_has_no_last_day_and_needs_a_name(province: Province) -> None:
    with pytest.raises(Refused) as refused:
        fund(province, name=" ", starts=DAY)
    assert fields(refused) == {"name", "starts"}


# --- who ---

KEEPS = {
    # the fund: body and kind, and the desks that may write in it
    ("front", FundKind.POOR): {"front"},
    ("commune", FundKind.POOR): {"commune"},
    ("district", FundKind.POOR): {"district"},
    ("unit", FundKind.DRIVE): {"unit", "front"},
    ("province", FundKind.AWARD): {"board"},
}


@pytest.mark.parametrize(("body", "kind"), KEEPS)
def test_a_fund_is_kept_by_its_body_and_by_the_desk_of_its_level(province: Province, body: str, kind: FundKind) -> None:
    province.stranger(Desk.FRONT)
    days: dict[str, Any] = {"starts": DAY, "ends": DAY} if kind is FundKind.DRIVE else {}
    may = set()
    for name, seat in province.seats.items():
        with suppress(Refused):
            made = actions.open_fund(owner=province.bodies[body], kind=kind, name="Quỹ", by=seat, on=OPENED, **days)
            may.add(name)
            Fund.objects.filter(pk=made.pk).update(closed_on=OPENED)
    assert may == KEEPS[body, kind]


@pytest.mark.parametrize("seat", ["commune", "district", "board", "chair", "admin", "auditor"])
def test_nobody_else_moves_money_of_the_front(province: Province, seat: str) -> None:
    front, other, by = fund(province), fund(province, "commune"), province.seats[seat]
    gift = give(province, front, 100)
    for act in (
        lambda: actions.pay_in(front, 1, Income.UNITS, told(), by=by, on=DAY),
        lambda: actions.pay_out(front, 1, Purpose.OTHER, told(), by=by, on=DAY),
        lambda: actions.transfer(front, other, 1, told(), by=by, on=DAY),
        lambda: actions.counter(gift, reason="Ghi nhầm số tiền", key="a" * 20, by=by, on=DAY),
        lambda: actions.close_fund(front, by=by, on=DAY),
    ):
        with pytest.raises(Refused, match="không giữ quỹ này"):
            act()
    assert balance(front) == 100


def test_a_desk_sees_the_funds_of_its_area_and_of_its_own_body(province: Province) -> None:
    front, commune = fund(province), fund(province, "commune")
    days: dict[str, Any] = {"starts": DAY, "ends": DAY}
    unit = actions.open_fund(
        owner=province.bodies["unit"], kind=FundKind.DRIVE, name="Ngành y", by=province.seats["unit"], on=OPENED, **days
    )
    stranger = province.stranger(Desk.FRONT)
    seen = {
        "front": {front, commune, unit}, "board": {front, commune, unit}, "district": {commune}, "commune": {commune},
        "commune_b": set(), "unit": {unit},
    }  # fmt: skip
    for seat, funds in seen.items():
        assert set(Fund.objects.visible_to(province.seats[seat], DAY)) == funds, seat
    assert not Fund.objects.visible_to(stranger, DAY).exists()
    assert not Fund.objects.visible_to(None, DAY).exists()
    assert not Transfer.objects.visible_to(None, DAY).exists()


# --- many at once, and the check ---


def test_many_at_once_write_every_column_that_one_writes(province: Province) -> None:
    front, evidence = fund(province), province.file()
    give(province, front, 100)
    built = build_house(province, front, 10, evidence=evidence, party=province.bodies["unit"])
    one = posting.Posting(
        "many-1", built.debit, built.credit, 10, DAY, built.words, party=province.bodies["unit"], evidence=evidence,
        place=province.places["kg-30847"], households=1, corrects=built,
    )  # fmt: skip
    posting.post_many([one], written_on=built.written_on)
    columns = [field.attname for field in Transfer._meta.concrete_fields]
    written = Transfer.objects.values(*columns)
    differ = {name for name in columns if written.get(key="many-1")[name] != written.get(pk=built.pk)[name]}
    assert differ == {"id", "key", "corrects_id"}


def test_many_transfers_are_written_all_or_none(province: Province) -> None:
    front = fund(province)
    money, source = posting.cash(front), posting.account(front, Account.Kind.INCOME, Income.PEOPLE)
    out = posting.account(front, Account.Kind.PURPOSE, Purpose.OTHER)
    rows = [posting.Posting(f"sheet-1-{n}", money, source, n, DAY, "Thu theo danh sách") for n in range(1, 11)]
    rows.append(posting.Posting("sheet-1-out", out, money, 55, DAY, "Chi theo danh sách"))
    assert posting.post_many(rows, written_on=DAY) == 11
    assert balance(front) == 0
    assert checking.faults() == []
    more = [posting.Posting("sheet-2-1", money, source, 5, DAY, "Thu"), rows[0]]
    with pytest.raises(Conflict, match="đã được ghi sổ"):
        posting.post_many(more, written_on=DAY)
    late = posting.Posting("sheet-3-1", out, money, 1, DAY, "Chi quá số dư")
    with pytest.raises(Refused, match="chỉ còn 0 đồng"):
        posting.post_many([late], written_on=DAY)
    assert not Transfer.objects.filter(key="sheet-2-1").exists()


def check() -> str:
    out = StringIO()
    call_command("check_ledger", stdout=out)
    return out.getvalue()


def test_the_check_says_that_all_is_well_or_which_balance_is_not(province: Province) -> None:
    front = fund(province)
    give(province, front, 100)
    assert "1 transfers, 2 accounts: every balance fits" in check()
    money = posting.cash(front)
    Balance.objects.filter(account=money).update(debited=101)
    with pytest.raises(CommandError, match=rf"account {money.pk}: kept \(101, 0\), its transfers sum to \(100, 0\)"):
        check()
    Balance.objects.filter(account=money).update(debited=100)
    Transfer.objects.create(
        key="x" * 20, debit=posting.account(front, Account.Kind.INCOME, Income.UNITS), amount=1, on=DAY, written_on=DAY,
        credit=posting.account(front, Account.Kind.INCOME, Income.PEOPLE), words="",
        corrects=Transfer.objects.get(),
    )  # fmt: skip
    found = "; ".join(checking.faults())
    assert "is no mirror of the one it corrects" in found
    assert "touches no fund's money" in found
