"""Writing gifts down and what becomes of them: promised, received, confirmed, refused, withdrawn, corrected."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from chungtay.contributions import actions, counting, givers, settling, telling
from chungtay.contributions.models import Claim, Contribution, Correction, Project, Sameness, Share, State, Threshold
from chungtay.contributions.recording import Foreign, Given
from chungtay.law.refusals import Conflict, Refused
from chungtay.ledger import actions as ledger
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.records import journal
from tests.contributions.doing import (
    DAY,
    MILLION,
    confirmed,
    dollars,
    foundation,
    given,
    giver,
    honoured,
    recorded,
    share_of,
    told,
)
from tests.households import make as homes
from tests.make import TODAY, Province
from tests.racing import take_the_guard_away


def refused(act: Callable[[], object]) -> list[str]:
    """The sentences of a refusal, in order."""
    with pytest.raises(Refused) as refusal:
        act()
    return [reason.text for reason in refusal.value.reasons]


# --- writing down ---


@pytest.mark.clause("KH IV.1.2.e", "T9")
def test_a_gift_in_dollars_is_worth_the_rate_of_its_day(province: Province) -> None:
    gift = recorded(province, foundation(province), foreign=dollars("5000.50", "23185.25"), value=0)
    assert (gift.value, gift.currency, gift.amount, gift.rate) == (
        115_937_843, "USD", Decimal("5000.50"), Decimal("23185.25"),
    )  # fmt: skip
    assert gift.state == State.RECEIVED
    assert gift.rate_source.startswith("Ngân hàng Nhà nước")
    assert [entry.act for entry in journal.of(gift)] == ["record_gift"]


@pytest.mark.clause("KH IV.1.2.e")
@pytest.mark.parametrize(
    ("nature", "method"),
    [("money", "counted"), ("goods", "invoice"), ("land", "land_table"), ("labour", "labour_norm"),
     ("knowledge", "contract")],
)  # fmt: skip
def test_gifts_of_the_five_natures_are_written_down(province: Province, nature: str, method: str) -> None:
    gift = recorded(province, nature=nature, method=method, quantity=Decimal("12.5"), unit="đơn vị")
    assert (gift.nature, gift.method, gift.value) == (nature, method, 10 * MILLION)


def test_shares_are_whole_dong_that_sum_to_the_gift(province: Province) -> None:
    parties = [giver(province, f"Công ty {at}") for at in range(3)]
    gift = recorded(province, *parties, value=100)
    assert [share.amount for share in gift.shares.all()] == [34, 33, 33]
    assert {(share.numerator, share.denominator) for share in gift.shares.all()} == {(1, 3)}


def test_a_gift_goes_to_a_household_a_project_a_fund_or_the_place(province: Province) -> None:
    by, place = province.seats["commune"], province.places["kg-30847"]
    home = homes.household(province, "Danh Sol")
    bridge = actions.open_project("Cầu kênh 5", place, by=by, on=TODAY)
    fund = ledger.open_fund(owner=province.bodies["commune"], kind="poor", name="Quỹ", by=by, on=TODAY)
    rows = [
        recorded(province, household=home), recorded(province, project=bridge), recorded(province, fund=fund),
        recorded(province, hamlet="Ấp Mới"),
    ]  # fmt: skip
    kinds = [
        [name for name in ("household", "project", "fund", "community") if getattr(row, f"{name}_id")] for row in rows
    ]
    assert kinds == [["household"], ["project"], ["fund"], ["community"]]
    assert [row.hamlet for row in rows] == [home.hamlet, "", "", "Ấp Mới"]
    assert refused(lambda: recorded(province, household=home, fund=fund)) == [
        "Chọn một nơi được giúp: hộ, địa bàn, công trình hoặc quỹ."
    ]


def test_a_drive_takes_gifts_from_its_first_day_to_its_last(province: Province) -> None:
    by = province.seats["commune"]
    starts, ends = date(2020, 10, 17), date(2020, 10, 19)
    drive = ledger.open_fund(
        owner=province.bodies["commune"], kind="drive", name="Tháng cao điểm", by=by, on=TODAY, starts=starts, ends=ends
    )
    for day in (starts, ends):
        recorded(province, fund=drive, day=day, received_on=day)
    for day in (date(2020, 10, 16), TODAY):
        (text,) = refused(lambda day=day: recorded(province, fund=drive, day=day, received_on=day))  # type: ignore[misc]
        assert "ở ngoài đợt" in text


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "tomorrow": ({"day": date(2020, 10, 21), "received_on": None}, "Ngày tặng ở tương lai"),
    "received tomorrow": ({"received_on": date(2020, 10, 21)}, "Ngày nhận ở tương lai"),
    "received before it was given": ({"received_on": date(2019, 5, 19)}, "không thể trước ngày tặng"),
    "no purpose": ({"purpose": " "}, "Cần ghi đã tặng gì"),
    "no evidence": ({"evidence": ""}, "Cần ghi chứng từ"),
    "no value": ({"value": 0}, "Cần ghi giá trị"),
    "goods counted": ({"nature": "goods"}, "Hiện vật được định giá bằng"),
    "not valued but with a value": (
        {"nature": "labour", "method": "unvalued"}, "Đã chọn không quy ra tiền",
    ),
    "a quantity without a unit": ({"quantity": Decimal(3)}, "đi cùng đơn vị tính"),
    "nobody gave": ({"givers": []}, "Cần có người đóng góp"),
    "an unnamed giver without a word": ({"givers": [Given(None)]}, "ghi vài chữ đã biết"),
    "two unnamed givers": (
        {"givers": [Given(None, Fraction(1, 2), "một"), Given(None, Fraction(1, 2), "hai")]}, "ghi chung một dòng",
    ),
    "ninety per cent": ({"givers": [Given(None, Fraction(9, 10), "bà con chợ")]}, "còn thiếu 10%"),
    "a hundred and ten": ({"givers": [Given(None, Fraction(11, 10), "bà con chợ")]}, "thừa 10%"),
    "a share of nothing": ({"givers": [Given(None, Fraction(0), "bà con chợ")]}, "phải lớn hơn 0"),
    "dollars in goods": (
        {"nature": "goods", "method": "market", "foreign": dollars(), "value": 0}, "Chỉ khoản tiền mới ghi",
    ),
    "dollars of another day": (
        {"foreign": dollars(), "value": 0, "received_on": date(2019, 5, 21)}, "tỷ giá của ngày nhận",
    ),
    "dollars without a source": (
        {"foreign": Foreign("USD", Decimal(1), Decimal(23000), " "), "value": 0}, "nguồn tỷ giá",
    ),
    "đồng as foreign money": (
        {"foreign": Foreign("VND", Decimal(1), Decimal(1), "x"), "value": 0}, "ba chữ cái",
    ),
    "less than a đồng": (
        {"foreign": Foreign("IDR", Decimal("0.1"), Decimal("1.6"), "x"), "value": 0}, "chưa được một đồng",
    ),
    "no foreign sum": ({"foreign": Foreign("USD", Decimal(0), Decimal(0), "x"), "value": 0}, "phải lớn hơn 0"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_a_gift_is_said(province: Province, case: str) -> None:
    more, said = WRONG[case]
    assert any(said in text for text in refused(lambda: recorded(province, **more)))
    assert not Contribution.objects.exists()


def test_everything_wrong_is_said_at_once(province: Province) -> None:
    texts = refused(lambda: recorded(province, purpose="", evidence="", value=0, day=date(2020, 10, 21), givers=[]))
    assert len(texts) == 6


def test_the_same_giver_stands_once_in_a_gift(province: Province) -> None:
    one = giver(province)
    assert "chỉ ghi một lần" in refused(lambda: recorded(province, givers=given(one, one)))[0]


def test_who_neither_received_nor_manages_the_giver_writes_nothing(province: Province) -> None:
    for seat in ("commune_b", "commune_c"):
        assert "đều không thuộc địa bàn" in refused(lambda seat=seat: recorded(province, seat=seat))[0]  # type: ignore[misc]
    for seat in ("chair", "secretary", "auditor"):
        assert "không phải" in refused(lambda seat=seat: recorded(province, seat=seat))[0]  # type: ignore[misc]
    assert recorded(province, seat="unit").recorded_body == province.bodies["unit"]


def test_only_those_who_keep_a_household_write_what_it_got(province: Province) -> None:
    home = homes.household(province, "Danh Sol")
    assert "Chỉ nơi quản lý hộ" in refused(lambda: recorded(province, seat="unit", household=home))[0]
    there = refused(lambda: recorded(province, commune="kg-30850", seat="district", household=home))
    assert "không ở địa bàn đã chọn" in there[0]


def test_a_transfer_of_the_bank_stands_once_in_the_book(province: Province) -> None:
    first = recorded(province, bank_reference="ft 2019a")
    assert first.bank_reference == "FT2019A"
    (text,) = refused(lambda: recorded(province, commune="kg-30850", seat="commune_b", bank_reference="FT2019A"))
    assert text == "Giao dịch ngân hàng FT2019A đã có trong sổ đóng góp."
    actions.withdraw(first, by=province.seats["commune"], on=TODAY, reason="Ghi nhầm xã", version=1)
    recorded(province, bank_reference="FT2019A")


# --- its life ---


def test_a_promise_is_received_and_confirmed_each_with_its_day_and_name(province: Province) -> None:
    gift = recorded(province, received_on=None)
    assert gift.state == State.PLEDGED
    by: dict[str, Any] = {"by": province.seats["commune"], "on": TODAY}
    assert "Chỉ xác nhận khoản đã nhận" in refused(lambda: actions.confirm(gift, version=1, **by))[0]
    for day, said in ((date(2019, 5, 19), "trước ngày tặng"), (date(2020, 10, 21), "tương lai")):
        assert said in refused(lambda day=day: actions.receive(gift, day=day, version=1, **by))[0]  # type: ignore[misc]
    actions.receive(gift, day=date(2019, 6, 1), version=1, **by)
    actions.confirm(gift, version=2, **by)
    gift.refresh_from_db()
    assert (gift.state, gift.received_on, gift.confirmed_on) == (State.CONFIRMED, date(2019, 6, 1), TODAY)
    assert gift.confirmed_by == "Người commune, Ủy ban nhân dân xã Thổ Sơn (commune)"
    assert [entry.act for entry in journal.of(gift)] == ["record_gift", "receive_gift", "confirm_gift"]


def test_promised_dollars_are_received_at_the_rate_of_their_day_only(province: Province) -> None:
    gift = recorded(province, foreign=dollars(), value=0, received_on=None)
    by: dict[str, Any] = {"by": province.seats["commune"], "on": TODAY, "version": 1}
    assert "tỷ giá ngày nhận" in refused(lambda: actions.receive(gift, day=date(2019, 5, 21), **by))[0]
    assert actions.receive(gift, day=DAY, **by).state == State.RECEIVED


@pytest.mark.clause("KH IV.1.2.e")
def test_only_those_who_received_confirm_and_never_the_giver(province: Province) -> None:
    gift = recorded(province, province.bodies["commune"])
    for name in ("commune_b", "unit", "board", "chair"):
        by = province.seats[name]
        assert "Chỉ nơi nhận" in refused(lambda by=by: actions.confirm(gift, by=by, on=TODAY, version=1))[0]  # type: ignore[misc]
    own = refused(lambda: actions.confirm(gift, by=province.seats["commune"], on=TODAY, version=1))
    assert "Người đóng góp không tự xác nhận" in own[0]
    assert actions.confirm(gift, by=province.seats["district"], on=TODAY, version=1).state == State.CONFIRMED


def test_a_giver_under_another_name_does_not_confirm_either(province: Province) -> None:
    other = giver(province, "UBND xã Thổ Sơn (cũ)", PartyKind.COLLECTIVE)
    gift = recorded(province, other)
    givers.decide(province.bodies["commune"], other, True, by=province.seats["board"], on=TODAY, because="Một cơ quan")
    own = refused(lambda: actions.confirm(gift, by=province.seats["commune"], on=TODAY, version=1))
    assert "không tự xác nhận" in own[0]


@pytest.mark.parametrize(("verb", "state"), [("refuse", State.REFUSED), ("withdraw", State.WITHDRAWN)])
def test_refusing_and_withdrawing_keep_the_row_with_its_reason(province: Province, verb: str, state: State) -> None:
    gift, act = recorded(province), getattr(actions, verb)
    by: dict[str, Any] = {"by": province.seats["commune"], "on": TODAY}
    assert refused(lambda: act(gift, reason=" ", version=1, **by)) == ["Cần ghi lý do."]
    act(gift, reason="Chưa nhận được", version=1, **by)
    gift.refresh_from_db()
    assert (gift.state, gift.ended_on, gift.ended_why) == (state, TODAY, "Chưa nhận được")
    assert refused(lambda: act(gift, reason="Lần nữa", version=2, **by)) == [f"Khoản này {state.label.lower()}."]
    assert "chỉ đính chính" in refused(lambda: act(confirmed(province), reason="x", version=2, **by))[0]


def test_what_was_confirmed_is_corrected_by_a_row_and_a_new_gift(province: Province) -> None:
    gift = confirmed(province, value=20 * MILLION)
    by: dict[str, Any] = {"by": province.seats["commune"], "on": TODAY}
    who = gift.shares.get().party
    assert who is not None
    anew = actions.correct(
        gift, told(province, who, value=2 * MILLION), reason="Thừa một số không", version=gift.version, **by
    )
    assert anew is not None
    gift.refresh_from_db()
    row = Correction.objects.get(gift=gift)
    assert (gift.state, gift.value, gift.confirmed_on) == (State.CORRECTED, 20 * MILLION, TODAY)
    assert (row.replacement, row.reason, anew.state, anew.value) == (anew, "Thừa một số không", "received", 2 * MILLION)
    assert [entry.act for entry in journal.of(gift)][-1] == "correct_gift"
    assert refused(lambda: actions.correct(gift, None, reason="x", version=gift.version, **by)) == [
        "Khoản này đã đính chính."
    ]


def test_a_correction_may_cancel_alone_and_needs_a_reason(province: Province) -> None:
    gift = confirmed(province)
    by: dict[str, Any] = {"by": province.seats["board"], "on": TODAY, "version": gift.version}
    assert refused(lambda: actions.correct(gift, None, reason=" ", **by)) == ["Cần ghi lý do đính chính."]
    assert actions.correct(gift, None, reason="Không có khoản này", **by) is None
    assert Correction.objects.get().replacement is None


def test_a_unit_takes_back_what_it_wrote_but_not_what_was_confirmed(province: Province) -> None:
    mine, unit = recorded(province, seat="unit"), province.seats["unit"]
    stranger = province.seats["commune_c"]
    with pytest.raises(Refused, match="không do bạn ghi"):
        actions.withdraw(mine, by=stranger, on=TODAY, reason="x", version=1)
    actions.withdraw(mine, by=unit, on=TODAY, reason="Ghi nhầm", version=1)
    done = confirmed(province)
    with pytest.raises(Refused, match="Chỉ nơi nhận"):
        actions.correct(done, None, by=unit, on=TODAY, reason="x", version=done.version)


def test_of_two_who_confirm_at_once_the_second_is_told(province: Province) -> None:
    gift = recorded(province)
    seen = Contribution.objects.get(pk=gift.pk)
    actions.confirm(gift, by=province.seats["commune"], on=TODAY, version=1)
    with pytest.raises(Conflict):
        actions.confirm(seen, by=province.seats["district"], on=TODAY, version=1)


def test_without_the_guard_a_gift_is_confirmed_twice(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    gift = recorded(province)
    seen = Contribution.objects.get(pk=gift.pk)
    take_the_guard_away(monkeypatch)
    for one, seat in ((gift, "commune"), (seen, "district")):
        actions.confirm(one, by=province.seats[seat], on=TODAY, version=1)
    assert [entry.act for entry in journal.of(gift)].count("confirm_gift") == 2


@pytest.mark.clause("KH IV.1.2.e")
def test_the_unit_is_offered_a_proposal_once_when_the_threshold_is_reached(province: Province) -> None:
    who, notices = giver(province), province.seats["unit"].desk.notices
    confirmed(province, who, value=199 * MILLION)
    assert not notices.exists()
    confirmed(province, who, value=MILLION)
    told_text = notices.get()
    assert "200.000.000 đồng" in told_text.text
    assert "Đơn vị xem và quyết định" in told_text.text
    assert told_text.link == f"/dong-gop/cua/{who.pk}/"
    confirmed(province, who, value=5 * MILLION)
    assert notices.count() == 1


def test_of_a_giver_that_nobody_manages_the_front_is_told(province: Province) -> None:
    confirmed(province, giver(province, managing_unit=None), value=200 * MILLION)
    assert "200.000.000 đồng" in province.seats["front"].desk.notices.get().text


def test_the_unit_is_told_when_one_giver_under_two_names_reaches_the_threshold(province: Province) -> None:
    """Neither name did alone; two who are said to be different reach nothing together."""
    one, other, third = giver(province), giver(province, "Cty Kiên Cường"), giver(province, "Hải sản Kiên Cường")
    by, notices = province.seats["unit"], province.seats["unit"].desk.notices
    for who in (one, other, third):
        confirmed(province, who, value=100 * MILLION)
    telling.join(one, third, False, by=by, on=TODAY, because="Hai công ty")
    assert not notices.exists()
    telling.join(one, other, True, by=by, on=TODAY, because="Cùng mã số thuế")
    assert "200.000.000 đồng" in notices.get().text


# --- same or different ---


def test_a_decision_about_two_givers_is_remembered_and_may_be_undone(province: Province) -> None:
    one, other, by = giver(province), giver(province, "Cty Kiên Cường"), province.seats["unit"]
    row = givers.decide(other, one, True, by=by, on=TODAY, because="Cùng mã số thuế")
    assert (row.one, row.other) == (one, other)
    with pytest.raises(Conflict, match="đã có người quyết định"):
        givers.decide(one, other, False, by=by, on=TODAY, because="Khác")
    assert givers.joined({one.pk}) == {one.pk: frozenset({one.pk, other.pk})}
    assert refused(lambda: givers.undo(row, by=by, on=TODAY, reason=" ")) == ["Cần ghi lý do gỡ."]
    givers.undo(row, by=by, on=TODAY, reason="Nhầm")
    assert givers.joined({one.pk}) == {one.pk: frozenset({one.pk})}
    assert "đã gỡ" in refused(lambda: givers.undo(row, by=by, on=TODAY, reason="Nữa"))[0]
    givers.decide(one, other, False, by=by, on=TODAY, because="Hai công ty")
    assert [entry.act for entry in journal.of(row)] == ["decide_sameness", "undo_sameness"]


def test_of_two_who_undo_at_once_the_second_is_told(province: Province) -> None:
    one, other, by = giver(province), giver(province, "Cty Kiên Cường"), province.seats["unit"]
    row = givers.decide(one, other, True, by=by, on=TODAY, because="Cùng mã số thuế")
    seen = Sameness.objects.get(pk=row.pk)
    givers.undo(row, by=by, on=TODAY, reason="Nhầm")
    with pytest.raises(Conflict):
        givers.undo(seen, by=by, on=TODAY, reason="Nhầm")


def test_who_manages_neither_giver_says_nothing_of_them(province: Province) -> None:
    one, other = giver(province), giver(province, "Cty Kiên Cường")
    for seat, said in (("commune_c", "Cả hai phải thuộc"), ("chair", "đơn vị quản lý")):
        by = province.seats[seat]
        texts = refused(lambda by=by: givers.decide(one, other, True, by=by, on=TODAY, because="x"))  # type: ignore[misc]
        assert said in texts[0]
    texts = refused(lambda: givers.decide(one, one, True, by=province.seats["unit"], on=TODAY, because=" "))
    assert len(texts) == 2


def test_a_commune_says_nothing_of_a_giver_that_others_manage(province: Province) -> None:
    """Whoever joined a department's company to a giver of its own would read what that company gave everywhere."""
    theirs = giver(province)
    own = province.party("Bà Tư", PartyKind.PERSON, province.places["kg-30847"])
    confirmed(province, theirs)
    by = province.seats["commune"]
    for one, other in ((theirs, own), (own, theirs)):
        texts = refused(partial(givers.decide, one, other, True, by=by, on=TODAY, because="Một người"))
        assert "Cả hai phải thuộc" in texts[0]
    row = givers.decide(theirs, own, True, by=province.seats["board"], on=TODAY, because="Một người")
    assert "Cả hai phải thuộc" in refused(lambda: givers.undo(row, by=by, on=TODAY, reason="Nhầm"))[0]


# --- what the province settles ---


def test_the_board_enters_thresholds_and_nobody_else(province: Province) -> None:
    row = settling.enter_threshold(
        "person", 80 * MILLION, TODAY, "Quyết định số 9", by=province.seats["board"], on=TODAY
    )
    assert counting.thresholds()["person"][0].value == 80 * MILLION
    assert "Người board" in row.entered_by
    texts = refused(lambda: settling.enter_threshold("x", 0, TODAY, " ", by=province.seats["district"], on=TODAY))
    assert len(texts) == 4
    with pytest.raises(Refused, match="Ban Thi đua"):
        settling.choose_counting(False, TODAY, "Hướng dẫn", by=province.seats["chair"], on=TODAY)
    settling.choose_counting(False, TODAY, "Hướng dẫn", by=province.seats["board"], on=TODAY)
    settling.choose_counting(True, TODAY, "Hướng dẫn mới", by=province.seats["board"], on=TODAY)
    choice = counting.choice_on(counting.choices(), TODAY)
    assert choice is not None
    assert choice.anew, "of one first day the last entered stands"


# --- what the database itself refuses ---


def breaks(name: str, act: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError, match=name), transaction.atomic():
        act()


def copy_of(row: Any, **changes: Any) -> Callable[[], object]:
    """Write the row once more, changed."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "id"}
    return lambda: type(row).objects.create(**{**values, **changes})


IMPOSSIBLE: dict[str, tuple[str, dict[str, Any]]] = {
    "an unknown nature": ("gift_nature_known", {"nature": "prayer"}),
    "no beneficiary": ("gift_has_one_beneficiary", {"community_id": None}),
    "worth nothing": ("gift_is_worth_something", {"value": 0}),
    "worth less than nothing": ("gift_is_worth_something", {"value": -1}),
    "unvalued with a value": ("gift_is_worth_something", {"method": "unvalued"}),
    "no evidence": ("gift_says_what", {"evidence": ""}),
    "no purpose": ("gift_says_what", {"purpose": ""}),
    "an unknown method": ("gift_says_what", {"method": "guess"}),
    "a unit alone": ("gift_quantity_has_unit", {"unit": "kg"}),
    "a quantity alone": ("gift_quantity_has_unit", {"quantity": 3}),
    "dollars without a rate": ("gift_in_foreign_money", {"currency": "USD"}),
    "dollars without a sum": ("gift_in_foreign_money", {"currency": "USD", "rate": 2, "rate_source": "x"}),
    "dollars with a sum and no rate": ("gift_in_foreign_money", {"currency": "USD", "amount": 2, "rate_source": "x"}),
    "a name that confirmed on no day": ("gift_confirmed_by_somebody", {"confirmed_by": "x"}),
    "a rate of đồng": ("gift_in_foreign_money", {"rate": 2}),
    "confirmed but not received": ("gift_state_fits_its_days", {"state": "confirmed"}),
    "promised but received": ("gift_state_fits_its_days", {"received_on": DAY}),
    "refused after confirmation": (
        "gift_", {"state": "refused", "received_on": DAY, "confirmed_on": DAY, "confirmed_by": "x", "ended_on": DAY,
                  "ended_why": "x"},
    ),
    "received before it was given": (
        "gift_received_after_given", {"state": "received", "received_on": date(2019, 5, 19)},
    ),
    "confirmed by nobody": (
        "gift_confirmed_by_somebody", {"state": "confirmed", "received_on": DAY, "confirmed_on": DAY},
    ),
    "ended without a reason": ("gift_ended_says_why", {"state": "withdrawn", "ended_on": DAY}),
    "a reason without an end": ("gift_ended_says_why", {"ended_why": "x"}),
}  # fmt: skip


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_an_impossible_gift_is_refused_by_the_database(province: Province, case: str) -> None:
    name, values = IMPOSSIBLE[case]
    breaks(name, copy_of(recorded(province, received_on=None), **values))


def test_two_beneficiaries_and_a_reference_twice_are_refused_by_the_database(province: Province) -> None:
    bridge = actions.open_project("Cầu", province.places["kg-30847"], by=province.seats["commune"], on=TODAY)
    gift = recorded(province, bank_reference="FT1")
    breaks("gift_has_one_beneficiary", copy_of(gift, project_id=bridge.pk, bank_reference=""))
    breaks("gift_bank_reference_once|UNIQUE", copy_of(gift))


@pytest.mark.parametrize(
    "change", [{"value": 1}, {"day": DAY}, {"evidence": "khác"}, {"recorded_on": DAY}, {"rate_source": "khác"}]
)
def test_what_was_written_of_a_gift_is_never_changed(province: Province, change: dict[str, Any]) -> None:
    gift = confirmed(province, day=date(2019, 5, 1))
    breaks("append-only", lambda: Contribution.objects.filter(pk=gift.pk).update(**change))
    breaks("append-only", lambda: Contribution.objects.filter(pk=gift.pk)._raw_delete("default"))


def test_shares_claims_corrections_and_thresholds_only_grow(province: Province) -> None:
    who = giver(province)
    gift = confirmed(province, who)
    (case,) = honoured(province, who)
    share, claim = share_of(gift, who), case.claims.get()
    breaks("append-only", lambda: Share.objects.filter(pk=share.pk).update(amount=1))
    breaks("append-only", lambda: Claim.objects.filter(pk=claim.pk).update(amount=1))
    breaks("append-only", lambda: type(case).objects.filter(pk=case.pk).update(decided_on=DAY))
    settling.enter_threshold("person", 1, TODAY, "QĐ", by=province.seats["board"], on=TODAY)
    breaks("append-only", lambda: Threshold.objects.update(amount=2))
    breaks("share_claimed_once|UNIQUE", lambda: Claim.objects.create(case=case, share=share, amount=1))
    breaks("award_case_reckoned_once|UNIQUE", copy_of(case))
    breaks("award_case_period_in_order", copy_of(case, case_key="k", until=date(2015, 1, 1)))
    breaks("award_case_names_its_decision", copy_of(case, case_key="k", number=""))
    breaks("release_says_why", copy_of(case, case_key="k", released_on=TODAY))
    breaks("claim_is_not_negative", copy_of(claim, released_on=TODAY, amount=-1))
    breaks("share_is_a_fraction", copy_of(share, ordinal=2, party_id=None, words="x", numerator=2))
    breaks("share_is_a_fraction", copy_of(share, ordinal=2, party_id=None, words="x", numerator=0))
    breaks("share_is_not_negative", copy_of(share, ordinal=2, party_id=None, words="x", amount=-1))
    breaks("giver_is_named_or_told", copy_of(share, ordinal=2, party_id=None))
    breaks("giver_is_named_or_told", copy_of(share, ordinal=2, words="x"))
    breaks("share_ordinal_once|UNIQUE", copy_of(share, party_id=None, words="x"))
    breaks("giver_once_in_a_gift|UNIQUE", copy_of(share, ordinal=2))


def test_rows_about_rows_are_kept_sane_by_the_database(province: Province) -> None:
    gift = confirmed(province)
    actions.correct(gift, None, by=province.seats["board"], on=TODAY, reason="Không có", version=gift.version)
    row = Correction.objects.get()
    breaks("append-only", lambda: Correction.objects.update(reason="khác"))
    other = recorded(province, received_on=None)
    breaks("correction_says_why_and_who", copy_of(row, gift_id=other.pk, reason=""))
    breaks("gift_never_replaces_itself", copy_of(row, gift_id=other.pk, replacement_id=other.pk))
    one, two = giver(province), giver(province, "Cty Kiên Cường")
    said = givers.decide(one, two, True, by=province.seats["unit"], on=TODAY, because="x")
    breaks("sameness_in_order", copy_of(said, one_id=two.pk, other_id=one.pk))
    breaks("sameness_said_once|UNIQUE", copy_of(said))
    breaks("sameness_says_why_and_who", copy_of(said, other_id=province.bodies["unit"].pk + 10**6, because=""))
    breaks("undoing_says_why_and_who", copy_of(said, undone_on=TODAY))
    level = settling.enter_threshold("person", 1, TODAY, "QĐ", by=province.seats["board"], on=TODAY)
    breaks("threshold_giver_known", copy_of(level, giver="robot"))
    breaks("threshold_above_zero", copy_of(level, amount=0))
    breaks("threshold_has_source", copy_of(level, source=""))
    choice = settling.choose_counting(True, TODAY, "HD", by=province.seats["board"], on=TODAY)
    breaks("choice_has_source", copy_of(choice, source=""))


def test_a_project_is_opened_where_it_lies_and_once(province: Province) -> None:
    place, by = province.places["kg-30847"], province.seats["commune"]
    actions.open_project("Cầu kênh 5", place, by=by, on=TODAY)
    assert "đã có công trình" in refused(lambda: actions.open_project("Cầu kênh 5", place, by=by, on=TODAY))[0]
    assert (
        "do nơi có công trình"
        in refused(lambda: actions.open_project("Đường", place, by=province.seats["commune_b"], on=TODAY))[0]
    )
    assert len(refused(lambda: actions.open_project(" ", place, by=province.seats["unit"], on=TODAY))) == 2
    row = Project.objects.get()
    breaks("project_has_name", copy_of(row, name=""))
    breaks("project_once_in_a_place|UNIQUE", copy_of(row))
    assert list(Project.objects.visible_to(province.seats["commune_b"], TODAY)) == []
    assert Party.objects.filter(pk=by.body_id).exists()
