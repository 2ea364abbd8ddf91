"""The pages of funds: a book with money in, out and left, a transfer with its paper, forms that act once, Excel."""

import io
import json
from datetime import date
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.law.funds import Purpose
from chungtay.ledger import actions, books, checking
from chungtay.ledger.models import Fund, Transfer
from tests.ledger.make import DAY, MILLION, balance, build_house, fund, give, told
from tests.make import TODAY, Province, post_form, upload


def page(p: Province, seat: str, address: str) -> str:
    answer = p.client(seat).get(address)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).replace("\xa0", " ").split())


@pytest.mark.clause("KH III.3")
def test_a_book_shows_what_came_what_went_and_what_is_left_after_each_row(province: Province) -> None:
    front = fund(province)
    give(province, front, 200 * MILLION, date(2018, 5, 2))
    build_house(province, front, 50 * MILLION, date(2018, 5, 2))
    give(province, front, 30 * MILLION, date(2019, 11, 18))
    give(province, front, 7 * MILLION, date(2019, 11, 19))
    money = books.money_of(front)
    assert [(one.label, one.came // MILLION, one.went // MILLION) for one in books.by_year(money)] == [
        ("2019", 37, 0), ("2018", 200, 50),
    ]  # fmt: skip
    assert books.in_peak_months(money, [2018, 2019]) == {2018: 0, 2019: 30 * MILLION}
    assert books.houses(money) == 1
    said = page(province, "front", f"/quy/{front.pk}/")
    for part in ("187.000.000 đ", "237.000.000 đ", "50.000.000 đ", "180.000.000 đ", "150.000.000 đ", "30.000.000"):
        assert part in said
    assert "Xây, sửa nhà Đại đoàn kết" in said
    assert "Cơ quan, doanh nghiệp, tổ chức ủng hộ" in said


def test_a_counter_lowers_the_side_that_it_takes_back(province: Province) -> None:
    front, by = fund(province), province.seats["front"]
    give(province, front, 100)
    wrong_in = give(province, front, 40)
    wrong_out = build_house(province, front, 30)
    for n, row in enumerate((wrong_in, wrong_out)):
        actions.counter(row, reason="Ghi nhầm trên phiếu", key=f"{n}" * 20, by=by, on=DAY)
    money = books.money_of(front)
    assert [(one.came, one.went) for one in books.by_year(money)] == [(100, 0)]
    assert books.by_month(money, 2019)[9] == books.Sums("Tháng 10", 100, 0)
    assert books.in_peak_months(money, [2019]) == {2019: 100}
    assert books.houses(money) == 0
    assert books.parts(money, books.by_year(money)[0]) == books.Parts(
        [{"label": "Cơ quan, doanh nghiệp, tổ chức ủng hộ", "amount": 100}], []
    )
    said = page(province, "front", f"/quy/{front.pk}/")
    assert (said.count("Bút toán đảo"), said.count("Đã đảo")) == (2, 2)


def test_the_chart_says_the_same_as_the_table(province: Province) -> None:
    front = fund(province)
    give(province, front, 1_500_000)
    drawn = json.loads(books.chart(books.by_year(books.money_of(front))))
    assert drawn["years"] == ["2019"]
    assert [(line["name"], line["data"]) for line in drawn["lines"]] == [("Thu", [1.5]), ("Chi", [0.0])]


def test_a_year_is_shown_by_its_months_and_holds_its_own_rows_only(province: Province) -> None:
    front = fund(province)
    give(province, front, 11_000_000, date(2018, 12, 31), words="Khoản của năm trước")
    give(province, front, 22_000_000, date(2019, 1, 1), words="Khoản của năm này")
    said = page(province, "front", f"/quy/{front.pk}/?nam=2019")
    assert "Khoản của năm này" in said
    assert "Khoản của năm trước" not in said
    assert "Tháng 12" in said
    assert "33.000.000 đ" in said  # left after the year's row: the year before is not forgotten
    assert "Khoản của năm trước" in page(province, "front", f"/quy/{front.pk}/?nam=abcd")


def test_the_pages_of_a_long_book_follow_each_other_with_the_money_left(province: Province) -> None:
    front = fund(province)
    for n in range(60):
        give(province, front, 1000 + n, words=f"Khoản thu thứ {n:03d}")
    client = province.client("front")
    first = client.get(f"/quy/{front.pk}/").content.decode()
    mark = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = client.get(f"/quy/{front.pk}/{mark}").content.decode()
    assert first.count("Khoản thu thứ") == 50
    assert second.count("Khoản thu thứ") == 10
    assert "Khoản thu thứ 009" in second
    tenth = sum(1000 + n for n in range(10))
    assert f"{tenth:,}".replace(",", ".") in second.split("Khoản thu thứ 009")[1][:400]


def test_a_book_asks_as_often_for_sixty_rows_as_for_five(province: Province) -> None:
    front = fund(province)
    client, asked = province.client("front"), []
    for count in (5, 55):
        for n in range(count):
            give(province, front, 1000, words=f"Khoản thu {count} {n}")
        client.get(f"/quy/{front.pk}/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/quy/{front.pk}/")
        asked.append(len(queries))
    assert asked[1] <= asked[0] <= 20


def test_the_book_as_excel_goes_forward_and_ends_with_the_balance(province: Province) -> None:
    front = fund(province)
    give(province, front, 100, date(2018, 3, 1))
    build_house(province, front, 30, evidence=province.file())
    sheet = openpyxl.load_workbook(
        io.BytesIO(province.client("front").get(f"/quy/{front.pk}/xuat/").content), read_only=True
    ).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[3:6] for row in rows[1:]] == [(100, None, 100), (None, 30, 70)]
    assert rows[2][6:8] == ("Xã Thổ Sơn, Huyện Hòn Đất", 1)
    assert len(str(rows[2][9])) == 64
    one_year = openpyxl.load_workbook(
        io.BytesIO(province.client("front").get(f"/quy/{front.pk}/xuat/?nam=2019").content), read_only=True
    ).active
    assert one_year is not None
    assert [row[3:6] for row in one_year.iter_rows(values_only=True)][1:] == [(None, 30, 70)]


# --- writing through the pages ---

PAID: dict[str, Any] = {"amount": "50 triệu", "day": "17/10/2020", "words": "Công ty Biển Xanh ủng hộ", "code": "units"}


def test_a_fund_is_opened_filled_spent_and_closed_through_its_pages(province: Province) -> None:
    client = province.client("commune")
    body = province.bodies["commune"]
    opened = post_form(client, "/quy/mo/", {"kind": "poor", "owner": body.pk, "name": "Quỹ xã Thổ Sơn"})
    made = Fund.objects.get()
    Fund.objects.filter(pk=made.pk).update(opened_on=date(2020, 1, 2))
    assert opened.headers["Location"] == f"/quy/{made.pk}/"
    paper = {**PAID, "evidence": upload("phieu-thu.pdf")}
    assert post_form(client, f"/quy/{made.pk}/thu/", paper).status_code == 302
    gift = Transfer.objects.select_related("evidence").get()
    assert (gift.amount, gift.evidence is not None) == (50 * MILLION, True)
    paper_of_it: Any = client.get(f"/quy/but-toan/{gift.pk}/chung-tu/")
    assert b"".join(paper_of_it.streaming_content).startswith(b"%PDF")
    place = province.places["kg-30847"].pk
    spent = {**PAID, "code": "house", "place": place, "households": "1", "words": "Xây nhà cho một hộ nghèo"}
    assert post_form(client, f"/quy/{made.pk}/chi/", spent).status_code == 302
    assert balance(made) == 0
    closed = post_form(client, f"/quy/{made.pk}/dong/", {"version": made.version})
    assert closed.status_code == 302
    assert not Fund.objects.get(pk=made.pk).is_running
    assert client.get(f"/quy/{made.pk}/thu/").status_code == 404
    assert checking.faults() == []


@pytest.mark.parametrize(("way", "name", "said"), [
    ("thu", "code", "Chọn nguồn thu."), ("chi", "code", "Chọn mục đích chi."), ("chuyen", "to", "Chọn quỹ nhận."),
])  # fmt: skip
def test_nothing_is_chosen_beforehand_in_a_book_that_nobody_can_correct(
    province: Province, way: str, name: str, said: str
) -> None:
    front = fund(province)
    give(province, front, 50 * MILLION)
    fund(province, "commune")
    answer = post_form(province.client("front"), f"/quy/{front.pk}/{way}/", {**PAID, "code": "", "amount": "1 triệu"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {name: [said]}
    assert Transfer.objects.count() == 1


def test_a_year_without_rows_does_not_say_that_the_book_is_empty(province: Province) -> None:
    front = fund(province)
    assert "Sổ chưa có khoản nào" in page(province, "front", f"/quy/{front.pk}/")
    give(province, front, 50 * MILLION)
    said = page(province, "front", f"/quy/{front.pk}/?nam=2016")
    assert "Năm này sổ không có khoản nào" in said
    assert "Sổ chưa có khoản nào" not in said


@pytest.mark.parametrize("way", ["thu", "chi", "chuyen"])
def test_what_is_wrong_with_a_paper_stands_at_its_field(province: Province, way: str) -> None:
    front = fund(province)
    give(province, front, 50 * MILLION)
    other = fund(province, "commune")
    codes: dict[str, dict[str, Any]] = {
        "thu": {"code": "units"},
        "chi": {"code": "other_purpose"},
        "chuyen": {"to": other.pk},
    }
    sent = {**PAID, **codes[way], "amount": "1 triệu", "evidence": upload("phieu-thu.exe", b"MZ" + bytes(200))}
    answer = post_form(province.client("front"), f"/quy/{front.pk}/{way}/", sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"evidence": ["Tệp “phieu-thu.exe” là chương trình máy tính."]}
    assert 'value="1 triệu"' in answer.content.decode()
    assert Transfer.objects.count() == 1


def test_a_form_sent_twice_writes_once_and_a_refused_one_keeps_what_was_typed(province: Province) -> None:
    front = fund(province)
    client = province.client("front")
    same = {**PAID, "_key": "k" * 24}
    for _ in range(2):
        assert client.post(f"/quy/{front.pk}/thu/", same).status_code == 302
    assert Transfer.objects.count() == 1
    too_much = {**PAID, "code": "other_purpose", "amount": "51 triệu"}
    refused = post_form(client, f"/quy/{front.pk}/chi/", too_much)
    said = unescape(refused.content.decode())
    assert refused.status_code == 422
    assert "chỉ còn 50.000.000 đồng, không đủ để chi 51.000.000 đồng" in said
    assert "Công ty Biển Xanh ủng hộ" in said
    assert post_form(client, f"/quy/{front.pk}/thu/", {}).status_code == 422


def test_money_passes_to_another_fund_through_the_page(province: Province) -> None:
    front, commune = fund(province), fund(province, "commune")
    give(province, front, 60 * MILLION)
    answer = post_form(province.client("front"), f"/quy/{front.pk}/chuyen/", {**PAID, "to": commune.pk})
    assert answer.status_code == 302
    assert (balance(front), balance(commune)) == (10 * MILLION, 50 * MILLION)
    assert f"Nhận từ {front.name}" in page(province, "commune", f"/quy/{commune.pk}/")
    assert f"Chuyển sang {commune.name}" in page(province, "front", f"/quy/{front.pk}/")


def test_a_wrong_row_is_taken_back_through_its_page(province: Province) -> None:
    front = fund(province)
    wrong = give(province, front, 10, TODAY)
    client = province.client("front")
    short = post_form(client, f"/quy/but-toan/{wrong.pk}/dao/", {"reason": "nhầm"})
    assert short.status_code == 422
    done = post_form(client, f"/quy/but-toan/{wrong.pk}/dao/", {"reason": "Ghi nhầm sang quỹ này"})
    back = Transfer.objects.get(corrects=wrong)
    assert done.headers["Location"] == f"/quy/but-toan/{back.pk}/"
    said = page(province, "front", f"/quy/but-toan/{wrong.pk}/")
    assert "Khoản này đã được đảo" in said
    assert "Đảo khoản này" not in said
    assert "đảo một khoản ghi sai" in page(province, "front", f"/quy/but-toan/{back.pk}/")


def test_the_list_shows_what_each_fund_holds_and_filters_by_kind(province: Province) -> None:
    front = fund(province)
    give(province, front, 12 * MILLION)
    assert "12.000.000 đ" in page(province, "board", "/quy/")
    assert front.name in page(province, "board", "/quy/?loai=poor")
    assert "Chưa có quỹ nào" in page(province, "board", "/quy/?loai=award")
    assert "Chưa có quỹ nào" in page(province, "commune", "/quy/")


def test_an_other_purpose_needs_no_household(province: Province) -> None:
    front = fund(province)
    give(province, front, 10)
    row = actions.pay_out(front, 10, Purpose.OTHER, told(), by=province.seats["front"], on=DAY)
    assert (row.place, row.households) == (None, None)
