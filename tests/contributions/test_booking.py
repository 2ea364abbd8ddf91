"""Money given to a fund or a drive: from the confirmation on it stands in the book, and a correction takes it back."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.contributions import actions, booking, checking
from chungtay.contributions.models import Contribution, State
from chungtay.contributions.recording import Given
from chungtay.law.funds import FundKind, Income
from chungtay.law.refusals import Conflict, Refused
from chungtay.ledger import actions as ledger
from chungtay.ledger import checking as books
from chungtay.ledger import open_books
from chungtay.ledger.models import Account, Transfer
from chungtay.parties.kinds import PartyKind
from chungtay.records import journal
from tests.contributions.doing import MILLION, confirmed, dollars, foundation, giver, recorded, told
from tests.ledger.make import DAY, OPENED, balance, build_house, drive, fund, give, keeper
from tests.make import TODAY, Province
from tests.parties.cast import at, text_of


def to_fund(province: Province, fund: Any, *parties: Any, **more: Any) -> Contribution:
    """Received by the commune for its fund, not confirmed."""
    more.setdefault("day", DAY)
    return recorded(province, *parties, fund=fund, received_on=more.pop("received_on", more["day"]), **more)


def booked(province: Province, fund: Any, *parties: Any, **more: Any) -> Contribution:
    gift = to_fund(province, fund, *parties, **more)
    return actions.confirm(gift, by=province.seats["commune"], on=TODAY, version=gift.version)


def all_fits() -> bool:
    return checking.faults() == [] and books.faults() == [] and journal.faults() == []


def texts(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.text for reason in refusal.value.reasons]


# --- the life of a gift ---


@pytest.mark.clause("KH III.3")
def test_nothing_stands_in_the_book_before_the_confirmation_and_all_of_it_after(province: Province) -> None:
    purse = fund(province, "commune")
    gift = recorded(province, fund=purse, day=DAY, received_on=None, value=7)
    by = province.seats["commune"]
    assert (booking.takings(gift), Transfer.objects.count()) == ([], 0)
    gift = actions.receive(gift, by=by, on=TODAY, day=DAY + timedelta(3), version=gift.version)
    assert Transfer.objects.count() == 0
    gift = actions.confirm(gift, by=by, on=TODAY, version=gift.version)
    row = Transfer.objects.get()
    assert (row.amount, row.on, row.written_on, row.key) == (7, DAY + timedelta(3), TODAY, f"gift:{gift.pk}:units")
    assert (row.debit.fund, row.credit.code, row.party) == (purse, Income.UNITS, gift.shares.get().party)
    assert (balance(purse), row.origin) == (7, "gift")
    assert [entry.act for entry in journal.of(row)] == ["pay_in"]
    assert booking.gift_of(row) == gift.pk
    assert all_fits()


@pytest.mark.parametrize(
    ("kind", "source"),
    [(PartyKind.PERSON, Income.PEOPLE), (PartyKind.HOUSEHOLD, Income.PEOPLE), (PartyKind.ENTERPRISE, Income.UNITS),
     (PartyKind.OUTSIDE_ORGANISATION, Income.UNITS), (PartyKind.OUTSIDE_PERSON, Income.PEOPLE),
     (PartyKind.FOREIGN_ORGANISATION, Income.ABROAD), (PartyKind.OVERSEAS_VIETNAMESE, Income.ABROAD)],
)  # fmt: skip
def test_the_source_in_the_book_is_what_the_giver_is(province: Province, kind: str, source: Income) -> None:
    purse = fund(province, "commune")
    booked(province, purse, giver(province, kind=kind))
    assert Account.objects.get(kind="income").code == source


def test_a_shared_gift_comes_in_by_one_transfer_for_each_source_and_sums_to_its_value(province: Province) -> None:
    purse = fund(province, "commune")
    firms = [giver(province, f"Công ty {at}") for at in range(2)]
    person = giver(province, "Lý Thị Mai", PartyKind.PERSON)
    third = [Given(one, Fraction(1, 4)) for one in (*firms, person)] + [Given(None, Fraction(1, 4), "khách qua đường")]
    gift = booked(province, purse, givers=third, value=101)
    rows = {row.credit.code: row for row in Transfer.objects.all()}
    assert {code: row.amount for code, row in rows.items()} == {"units": 51, "people": 25, "other_income": 25}
    assert (rows["people"].party, rows["units"].party, rows["other_income"].party) == (person, None, None)
    assert (balance(purse), gift.value) == (101, 101)
    assert all_fits()


def test_dollars_stand_in_the_book_in_whole_dong_as_from_abroad(province: Province) -> None:
    purse = fund(province, "commune")
    gift = booked(province, purse, foundation(province), foreign=dollars("5000.50", "23185.25"), value=0)
    row = Transfer.objects.get()
    assert (row.amount, gift.value, row.credit.code) == (115_937_843, 115_937_843, "abroad")


@pytest.mark.parametrize(
    "more", [{"nature": "goods", "method": "invoice"}, {"nature": "labour", "method": "labour_norm"}]
)
def test_what_is_no_money_stands_in_no_book(province: Province, more: dict[str, Any]) -> None:
    booked(province, fund(province, "commune"), **more)
    assert (Transfer.objects.count(), checking.faults()) == (0, [])


def test_money_for_a_place_stands_in_no_book(province: Province) -> None:
    confirmed(province)
    assert (Transfer.objects.count(), checking.faults()) == (0, [])


@pytest.mark.parametrize("act", ["refuse", "withdraw"])
def test_what_was_refused_or_withdrawn_never_stood_in_the_book(province: Province, act: str) -> None:
    purse, by = fund(province, "commune"), province.seats["commune"]
    gift = to_fund(province, purse)
    getattr(actions, act)(gift, by=by, on=TODAY, reason="Chưa nhận được", version=gift.version)
    assert (Transfer.objects.count(), checking.faults()) == (0, [])


@pytest.mark.clause("KH III.3")
def test_a_correction_takes_the_money_back_and_the_new_gift_brings_it_when_it_is_confirmed(province: Province) -> None:
    purse, by = fund(province, "commune"), province.seats["commune"]
    gift = booked(province, purse, value=70)
    again = told(province, giver(province, "Công ty Đúng"), fund=purse, day=DAY, received_on=DAY, value=7)
    anew = actions.correct(gift, again, by=by, on=TODAY, reason="Gõ thừa số 0", version=gift.version)
    assert anew is not None
    wrong, back = Transfer.objects.order_by("pk")
    assert (back.corrects, back.amount, back.key, back.on) == (wrong, 70, f"{wrong.key}:back", TODAY)
    assert "Gõ thừa số 0" in back.words
    assert (balance(purse), booking.gift_of(back)) == (0, gift.pk)
    assert all_fits()
    actions.confirm(anew, by=by, on=TODAY, version=anew.version)
    assert balance(purse) == 7
    found = open_books.totals()
    assert (found.came, found.went, found.left) == (7, 0, 7)
    assert all_fits()


def test_a_gift_that_never_was_leaves_the_book_as_if_it_had_not_come(province: Province) -> None:
    purse, by = fund(province, "commune"), province.seats["commune"]
    gift = booked(province, purse)
    actions.correct(gift, None, by=by, on=TODAY, reason="Không có thật", version=gift.version)
    assert (balance(purse), booking.standing(gift)) == (0, [])
    assert open_books.totals().came == 0
    assert all_fits()


def test_money_that_is_spent_is_not_taken_back_until_the_right_gift_has_come(province: Province) -> None:
    purse, by = fund(province, "commune"), province.seats["commune"]
    gift = booked(province, purse, value=100)
    build_house(province, purse, 60)
    with pytest.raises(Refused, match="chỉ còn 40 đồng, không đủ để đảo 100 đồng") as refusal:
        actions.correct(gift, None, by=by, on=TODAY, reason="Sai người", version=gift.version)
    assert {reason.field for reason in refusal.value.reasons} == {""}
    gift.refresh_from_db()
    assert gift.state == State.CONFIRMED
    booked(province, purse, giver(province, "Công ty Đúng"), value=100)
    actions.correct(gift, None, by=by, on=TODAY, reason="Sai người", version=gift.version)
    assert balance(purse) == 40
    assert all_fits()


# --- funds that take nothing ---


def test_a_closed_fund_takes_no_gift_and_gives_none_back(province: Province) -> None:
    purse, by = fund(province, "commune"), province.seats["commune"]
    other = fund(province, "front")
    gone, waiting = booked(province, purse, value=5), to_fund(province, purse, value=6)
    ledger.transfer(purse, other, 5, ledger.Told(DAY, "Chuyển sang quỹ tỉnh", "k" * 20), by=by, on=TODAY)
    ledger.close_fund(purse, by=by, on=TODAY)
    waiting = Contribution.objects.get(pk=waiting.pk)
    with pytest.raises(Refused, match="đã đóng, không ghi thêm được"):
        actions.confirm(waiting, by=by, on=TODAY, version=waiting.version)
    with pytest.raises(Refused, match=r"đã đóng ngày .*: không đảo được khoản này"):
        actions.correct(gone, None, by=by, on=TODAY, reason="Nhầm", version=gone.version)
    with pytest.raises(Refused, match="Quỹ này đã đóng"):
        to_fund(province, purse)
    assert Contribution.objects.counted().count() == 1
    assert all_fits()


@pytest.mark.clause("KH III.3")
def test_a_desk_that_may_not_keep_the_fund_confirms_nothing_for_it(province: Province) -> None:
    purse = fund(province, "commune")
    gift = to_fund(province, purse)
    for seat in ("front", "district"):
        with pytest.raises(Refused) as refusal:
            actions.confirm(gift, by=province.seats[seat], on=TODAY, version=gift.version)
        assert texts(refusal) == [
            f"Tiền vào {purse.name} do {purse.owner.name} giữ; chỉ bàn giữ quỹ đó mới xác nhận được."
        ]
    assert Transfer.objects.count() == 0
    actions.confirm(gift, by=province.seats["commune"], on=TODAY, version=gift.version)
    with pytest.raises(Refused, match="chỉ bàn giữ quỹ đó"):
        actions.correct(gift, None, by=province.seats["board"], on=TODAY, reason="Nhầm", version=gift.version)
    assert balance(purse) == gift.value


def test_what_the_keeper_itself_gave_is_confirmed_by_whoever_stands_above(province: Province) -> None:
    purse, commune = fund(province, "commune"), province.bodies["commune"]
    gift = to_fund(province, purse, commune, value=9)
    with pytest.raises(Refused, match="không tự xác nhận"):
        actions.confirm(gift, by=province.seats["commune"], on=TODAY, version=gift.version)
    with pytest.raises(Refused, match="Chỉ nơi nhận"):
        actions.confirm(gift, by=province.seats["commune_b"], on=TODAY, version=gift.version)
    actions.confirm(gift, by=province.seats["district"], on=TODAY, version=gift.version)
    assert balance(purse) == 9
    actions.correct(gift, None, by=province.seats["district"], on=TODAY, reason="Nhầm", version=gift.version)
    assert balance(purse) == 0
    assert all_fits()


def test_an_award_fund_takes_no_money_of_people(province: Province) -> None:
    purse = fund(province, "commune", FundKind.AWARD)
    person = giver(province, "Lý Thị Mai", PartyKind.PERSON)
    with pytest.raises(Refused, match="không nhận tiền từ nguồn này: cá nhân"):
        to_fund(province, purse, person)
    booked(province, purse, value=3)
    assert balance(purse) == 3


# --- days ---


@pytest.mark.clause("KH III.3")
@pytest.mark.parametrize(("day", "fine"), [(date(2019, 11, 18), True), (date(2019, 11, 19), False)])
def test_a_drive_takes_money_that_comes_until_its_last_day(province: Province, day: date, fine: bool) -> None:
    peak, front = drive(province), province.seats["front"]
    more: dict[str, Any] = {"fund": peak, "commune": "kg", "seat": "front", "day": date(2019, 11, 1)}
    promised = recorded(province, received_on=None, value=4, **more)
    if not fine:
        with pytest.raises(Refused, match=r"ở ngoài đợt\. Khoản đến ngoài đợt thì ghi cho Quỹ") as refusal:
            actions.receive(promised, by=front, on=TODAY, day=day, version=promised.version)
        assert [reason.field for reason in refusal.value.reasons] == ["day"]
        with pytest.raises(Refused) as refusal:
            recorded(province, received_on=day, **more)
        assert [reason.field for reason in refusal.value.reasons] == ["received_on"]
        assert balance(peak) == 0
        return
    promised = actions.receive(promised, by=front, on=TODAY, day=day, version=promised.version)
    actions.confirm(promised, by=front, on=TODAY, version=promised.version)
    row = Transfer.objects.get()
    assert (balance(peak), row.on, row.written_on) == (4, day, TODAY), "confirmed later, in the book on its own day"


@pytest.mark.parametrize(
    ("received", "day"),
    [(OPENED, OPENED), (OPENED - timedelta(1), None), (OPENED + timedelta(1), OPENED + timedelta(1))],
)
def test_money_from_before_the_book_was_opened_is_in_what_was_carried_over(
    province: Province, received: date, day: date | None
) -> None:
    purse = fund(province, "commune")
    gift = booked(province, purse, day=received, value=8)
    assert gift.state == State.CONFIRMED
    assert [row.on for row in Transfer.objects.all()] == ([day] if day else [])
    assert balance(purse) == (8 if day else 0)
    assert checking.faults() == []
    assert ("số dư sổ cũ" in text_of(at(province.seats["commune"]).get(f"/dong-gop/{gift.pk}/"))) is (day is None)


@pytest.mark.parametrize("late", [timedelta(3), timedelta(40)])
def test_what_a_drive_took_stands_on_its_own_day_whenever_its_book_was_opened(
    province: Province, late: timedelta
) -> None:
    """Also after its last day: a drive carries nothing over. The control is the fund above."""
    by, starts, ends = province.seats["commune"], date(2019, 10, 17), date(2019, 11, 18)
    peak = ledger.open_fund(
        owner=province.bodies["commune"], kind="drive", name="Tháng cao điểm", by=by, on=starts + late,
        starts=starts, ends=ends,
    )  # fmt: skip
    booked(province, peak, day=starts, value=8)
    assert [row.on for row in Transfer.objects.all()] == [starts]
    assert checking.faults() == []


# --- many at once ---


@pytest.mark.parametrize("on_a_page", [False, True])
def test_many_are_confirmed_in_the_same_number_of_queries(province: Province, on_a_page: bool) -> None:
    purse, by = fund(province, "commune"), province.seats["commune"]
    firms = [giver(province, f"Công ty {at}") for at in range(14)]
    booked(province, purse, firms[0])  # accounts stand open
    asked = []
    for some in (firms[:3], firms[3:]):
        gifts = [to_fund(province, purse, firm, value=at + 1) for at, firm in enumerate(some)]
        before = balance(purse)
        browser = at(by)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            if on_a_page:
                told = {"khoan": [str(gift.pk) for gift in gifts]}
                assert browser.send("/dong-gop/cho-xac-nhan/", told).status_code == 302
            else:
                assert actions.confirm_many(gifts, by=by, on=TODAY) == {}
        asked.append(len(seen.captured_queries))
        assert balance(purse) - before == sum(range(1, len(some) + 1))
    assert asked[0] == asked[1], [query["sql"][:90] for query in seen.captured_queries]
    assert all_fits()


def test_of_many_those_that_something_stands_against_are_told_and_the_others_confirmed(province: Province) -> None:
    purse, by = fund(province, "commune"), province.seats["commune"]
    good, own = to_fund(province, purse, value=3), to_fund(province, purse, province.bodies["commune"])
    stale, promised = to_fund(province, purse), recorded(province, received_on=None)
    Contribution.objects.filter(pk=stale.pk).update(version=5)
    why = actions.confirm_many([good, own, stale, promised], by=by, on=TODAY)
    assert {key: [reason.text for reason in reasons] for key, reasons in why.items()} == {
        own.pk: ["Người đóng góp không tự xác nhận khoản của mình; cấp trên hoặc Mặt trận xác nhận."],
        stale.pk: ["Người khác vừa sửa khoản này; xem lại rồi xác nhận."],
        promised.pk: ["Chỉ xác nhận khoản đã nhận."],
    }
    assert (good.state, balance(purse)) == (State.CONFIRMED, 3)
    assert set(Contribution.objects.counted()) == {good}
    assert actions.confirm_many([], by=by, on=TODAY) == {}
    assert all_fits()


# --- never twice, never by hand ---


def test_a_gift_is_never_written_twice_even_where_its_state_was_lost(province: Province) -> None:
    purse, by = fund(province, "commune"), province.seats["commune"]
    gift = booked(province, purse, value=5)
    with pytest.raises(Conflict, match="đã được ghi sổ"):
        booking.book([gift], by=by, on=TODAY)
    assert balance(purse) == 5


def test_what_a_gift_wrote_is_not_taken_back_by_hand_and_no_form_writes_in_its_name(province: Province) -> None:
    purse, by = fund(province, "commune"), province.seats["commune"]
    booked(province, purse, value=5)
    row = Transfer.objects.get()
    with pytest.raises(Refused, match="do một việc khác ghi vào sổ"):
        ledger.counter(row, reason="Ghi nhầm số tiền", key="k" * 20, by=by, on=TODAY)
    page = text_of(at(by).get(f"/quy/but-toan/{row.pk}/"))
    assert ("Đảo khoản này" in page, "Xem khoản đóng góp" in page) == (False, True)
    with pytest.raises(Refused, match="Tờ mẫu này không dùng được"):
        give(province, purse, 5, key="gift:999999:units")
    assert Transfer.objects.count() == 1


# --- the check ---


def test_the_check_finds_a_confirmed_gift_without_its_money_and_money_without_its_gift(province: Province) -> None:
    purse = fund(province, "commune")
    gift, other = booked(province, purse, value=5), to_fund(province, purse, value=6)
    out = StringIO()
    call_command("check_gifts", stdout=out)
    assert out.getvalue() == "1 confirmed gifts to funds, 1 transfers: all fit\n"
    Contribution.objects.filter(pk=other.pk).update(state=State.CONFIRMED, confirmed_on=TODAY, confirmed_by="Ai")
    Contribution.objects.filter(pk=gift.pk).update(
        state=State.CORRECTED, ended_on=TODAY, ended_why="lén", version=gift.version + 1
    )
    with pytest.raises(CommandError) as told_off:
        call_command("check_gifts")
    assert str(told_off.value).splitlines() == [
        f"gift {gift.pk}: 0 confirmed for fund {purse.pk}, its book holds 5",
        f"gift {other.pk}: 6 confirmed for fund {purse.pk}, its book holds 0",
    ]


# --- pages ---


def test_the_gift_leads_to_its_transfer_and_the_line_of_the_book_to_its_gift(province: Province) -> None:
    purse = fund(province, "commune")
    gift = booked(province, purse, value=5 * MILLION)
    row, browser = Transfer.objects.get(), at(province.seats["commune"])
    assert f'href="/quy/but-toan/{row.pk}/"' in browser.get(f"/dong-gop/{gift.pk}/").content.decode()
    assert f'href="/dong-gop/but-toan/{row.pk}/"' in browser.get(f"/quy/{purse.pk}/").content.decode()
    there = browser.get(f"/dong-gop/but-toan/{row.pk}/")
    assert (there.status_code, there.headers["Location"]) == (302, f"/dong-gop/{gift.pk}/")
    assert at(province.seats["commune_b"]).get(f"/dong-gop/but-toan/{row.pk}/").status_code == 404
    by_hand = give(province, purse, 5)
    assert browser.get(f"/dong-gop/but-toan/{by_hand.pk}/").status_code == 404


def test_the_unit_that_manages_the_giver_reads_of_the_book_without_a_way_into_it(province: Province) -> None:
    gift = booked(province, fund(province, "commune"))
    page = at(province.seats["unit"]).get(f"/dong-gop/{gift.pk}/").content.decode()
    assert "Thu 10.000.000 đồng" in page
    assert "/quy/but-toan/" not in page


def test_a_page_says_why_a_gift_cannot_be_confirmed_here_instead_of_offering_it(province: Province) -> None:
    purse = fund(province, "commune")
    gift = to_fund(province, purse)
    page = text_of(at(province.seats["district"]).get(f"/dong-gop/{gift.pk}/"))
    assert ("chỉ bàn giữ quỹ đó" in page, "Xác nhận đã nhận" in page) == (True, False)
    page = text_of(at(province.seats["commune"]).get(f"/dong-gop/{gift.pk}/"))
    assert ("Xác nhận đã nhận" in page, "Xác nhận xong thì tự vào sổ quỹ" in page) == (True, True)


def test_the_open_books_sum_to_what_was_confirmed(province: Province) -> None:
    purse, peak = fund(province, "commune"), drive(province)
    assert keeper(province, peak) is province.seats["front"]
    for value in (5, 6):
        booked(province, purse, value=value)
    gift = recorded(province, fund=peak, commune="kg", seat="front", day=DAY, received_on=DAY, value=7)
    actions.confirm(gift, by=province.seats["front"], on=TODAY, version=gift.version)
    to_fund(province, purse, value=1000)
    assert Decimal(open_books.totals().came) == 18
    (year,) = open_books.years(purse, TODAY)
    assert (year.sums.came, year.peak) == (11, 11)
