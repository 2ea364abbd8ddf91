"""Everything that is wrong with what was typed into a form of a fund is told at once, each at its field."""

from datetime import date
from html import unescape
from typing import Any

import pytest

from chungtay.law.funds import FundKind, Income, Purpose
from chungtay.law.refusals import Refused
from chungtay.ledger import actions
from chungtay.ledger.models import Fund, Transfer
from tests.ledger.make import DAY, OPENED, drive, fund, give, told
from tests.make import TODAY, Province, post_form

FUTURE = "21/10/2020"


def refused(p: Province, seat: str, address: str, typed: dict[str, Any]) -> str:
    answer = post_form(p.client(seat), address, typed)
    assert answer.status_code == 422
    return unescape(answer.content.decode()).replace("\xa0", " ")


def test_a_receipt_with_a_wrong_sum_also_hears_of_its_day_and_its_words(province: Province) -> None:
    front = fund(province)
    typed = {"code": "units", "amount": "-5", "day": FUTURE, "words": "ba chữ nè"}
    page = refused(province, "front", f"/quy/{front.pk}/thu/", typed)
    for words in ("Ghi số tiền bằng đồng", "đến hôm nay 20/10/2020", "Diễn giải cần ít nhất 10 ký tự"):
        assert words in page
    assert not Transfer.objects.exists()


def test_a_payment_hears_of_its_place_its_households_and_the_money_at_once(province: Province) -> None:
    front = fund(province)
    give(province, front, 100)
    typed = {"code": "house", "amount": "101", "day": FUTURE, "words": "ngắn", "place": "", "households": ""}
    page = refused(province, "front", f"/quy/{front.pk}/chi/", typed)
    for words in ("cần ghi địa bàn", "cần ghi số hộ", "chỉ còn 100 đồng", "đến hôm nay", "Diễn giải cần ít nhất"):
        assert words in page
    page = refused(province, "front", f"/quy/{front.pk}/chi/", {**typed, "households": "nhiều", "amount": ""})
    for words in ("cần ghi địa bàn", "Ghi số hộ bằng chữ số", "Ghi số tiền."):
        assert words in page
    assert "cần ghi số hộ" not in page  # the field said it already


def test_passing_on_hears_of_the_fund_it_goes_to_and_of_the_money(province: Province) -> None:
    front, peak = fund(province), drive(province)
    page = refused(
        province, "front", f"/quy/{front.pk}/chuyen/",
        {"to": peak.pk, "amount": "5", "day": "20/11/2019", "words": "ngắn"},
    )  # fmt: skip
    for words in ("nhận tiền từ ngày 17/10/2019", "chỉ còn 0 đồng", "Diễn giải cần ít nhất"):
        assert words in page


def test_opening_a_drive_without_a_name_also_hears_of_its_days(province: Province) -> None:
    typed = {"kind": "drive", "owner": province.bodies["commune"].pk, "name": "", "starts": "", "ends": ""}
    page = refused(province, "commune", "/quy/mo/", typed)
    assert "Ghi tên quỹ" in page
    assert "Đợt vận động cần ngày bắt đầu và ngày kết thúc" in page
    assert not Fund.objects.exists()


def test_a_day_for_which_there_is_no_law_is_refused_at_the_form(province: Province) -> None:
    peak = fund(province, kind=FundKind.DRIVE, name="Đợt cũ", starts=date(1999, 1, 1), ends=date(1999, 2, 1))
    typed = {"code": "other_purpose", "amount": "1", "day": "01/01/1999", "words": "Chi khác theo quy chế"}
    assert "Không có quy định" in refused(province, "front", f"/quy/{peak.pk}/chi/", typed)


@pytest.mark.clause("KH III.3", "KH IV.3.2")
def test_each_fund_cites_the_clause_of_its_own_kind(province: Province) -> None:
    for body, kind, clause in (("front", FundKind.POOR, "KH III.3"), ("province", FundKind.AWARD, "KH IV.3.2")):
        purse = fund(province, body, kind)
        seat = province.seats["front" if body == "front" else "board"]
        with pytest.raises(Refused) as found:
            actions.pay_out(purse, 1, Purpose.OTHER, told(date(2017, 1, 1)), by=seat, on=DAY)
        assert {one.clause for one in found.value.reasons} == {clause}
        with pytest.raises(Refused) as found:
            actions.pay_out(purse, 1, Purpose.OTHER, told(), by=seat, on=DAY)
        assert {one.clause for one in found.value.reasons} == {clause}


# --- a drive's own days ---


@pytest.mark.clause("KH III.3")
@pytest.mark.parametrize(("day", "fine"), [(date(2020, 9, 30), False), (date(2020, 10, 1), True)])
def test_a_drive_whose_book_is_opened_late_takes_what_came_from_its_first_day_on(
    province: Province, day: date, fine: bool
) -> None:
    by = province.seats["front"]
    peak = actions.open_fund(
        owner=province.bodies["front"], kind=FundKind.DRIVE, name="Đợt tháng 10", by=by, on=TODAY,
        starts=date(2020, 10, 1), ends=date(2020, 10, 31),
    )  # fmt: skip
    if fine:
        assert actions.pay_in(peak, 5, Income.PEOPLE, told(day), by=by, on=TODAY).on == day
        return
    with pytest.raises(Refused, match="ngày đầu đợt 01/10/2020"):
        actions.pay_in(peak, 5, Income.PEOPLE, told(day), by=by, on=TODAY)
    poor = fund(province)
    with pytest.raises(Refused, match="ngày mở quỹ 02/01/2018"):  # the control: no other fund reaches back
        actions.pay_in(poor, 5, Income.PEOPLE, told(OPENED.replace(day=1)), by=by, on=TODAY)
