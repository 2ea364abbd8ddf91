"""The payment list tells the same money on the page, on paper and in Excel, also of a prize that is to come back."""

import io

import openpyxl
import pytest

from chungtay.decisions import paying
from chungtay.decisions.models import Award, Decision
from tests.decisions.test_money import PRIZE, fund, hand, row, said, sign, withdraw
from tests.decisions.test_sign import drafted, group
from tests.make import TODAY, Province, post_form

PAID, DUE = "2.980.000", "5.960.000"


def two(p: Province) -> tuple[Decision, Award]:
    """Two names, one of them paid and then withdrawn, the other still to be paid."""
    fund(p)
    decision = sign(p, drafted(p, group(p, "Tập thể A"), group(p, "Tập thể B")))
    hand(p, decision, TODAY, "Tập thể A")
    gone = decision.awards.get(name="Tập thể A")
    withdraw(p, gone)
    return decision, row(gone)


def excel(p: Province, decision: Decision) -> list[dict[str, object]]:
    answer = p.client("board").get(f"/quyet-dinh/{decision.pk}/chi-thuong/xuat/")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content), read_only=True).active
    assert sheet is not None
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), cells, strict=True)) for cells in rows]


@pytest.mark.clause("KH IV.3.2")
def test_what_was_paid_and_is_still_to_come_back_stands_with_its_sum_everywhere(province: Province) -> None:
    decision, gone = two(province)
    page = said(province, "board", f"/quyet-dinh/{decision.pk}/chi-thuong/")
    [line] = [part for part in page.split("<tr>") if f"/khen-thuong/{gone.pk}/" in part]
    assert PAID in line
    assert "Đã chi, chờ thu hồi tiền" in line
    sheet = said(province, "board", f"/quyet-dinh/{decision.pk}/chi-thuong/in/")
    [line] = [part for part in sheet.split("<tr>") if "Tập thể A" in part]
    assert PAID in line
    assert "chờ nộp lại" in line
    foot = sheet.split("<tfoot>")[1]
    assert DUE in foot
    assert PAID in foot.split("Trong đó đã chi")[1]
    cells = excel(province, decision)
    assert [one["Đã chi (đồng)"] for one in cells] == [PRIZE, None]
    assert [one["Đã nộp lại (đồng)"] for one in cells] == [None, None]


@pytest.mark.clause("KH IV.3.2")
def test_what_came_back_is_paid_no_more_and_every_list_says_when_it_came(province: Province) -> None:
    decision, gone = two(province)
    paying.recover(gone, by=province.seats["board"], on=TODAY)
    page = said(province, "board", f"/quyet-dinh/{decision.pk}/chi-thuong/")
    [line] = [part for part in page.split("<tr>") if f"/khen-thuong/{gone.pk}/" in part]
    for words in ("Đã thu hồi, tiền đã nộp lại", f"đã nộp lại {PAID} đ", "Nộp lại 20/10/2020"):
        assert words in line
    assert "0 đ" in page.split("stat-grid")[1].split("đã chi")[0]
    cells = excel(province, decision)
    assert sum(int(str(one["Đã chi (đồng)"] or 0)) for one in cells) == 0
    assert [one["Đã nộp lại (đồng)"] for one in cells] == [PRIZE, None]
    foot = said(province, "board", f"/quyet-dinh/{decision.pk}/chi-thuong/in/").split("<tfoot>")[1]
    assert PAID in foot.split("Trong đó đã chi")[0]  # what is still to be paid to the other
    assert f"không kể {PAID} đ đã nộp lại" in foot
    assert "tiền đã nộp lại vào quỹ ngày 20/10/2020" in said(province, "board", f"/quyet-dinh/khen-thuong/{gone.pk}/")


def test_an_award_whose_money_is_still_out_says_so_on_its_page(province: Province) -> None:
    _, gone = two(province)
    page = said(province, "board", f"/quyet-dinh/khen-thuong/{gone.pk}/")
    assert "chờ nộp lại" in page
    assert "tiền đã nộp lại" not in page


# --- sentences ---


def test_an_allotment_form_says_everything_that_is_wrong_at_once(province: Province) -> None:
    fund(province, 0)
    client = province.client("board")
    typed = {"year": "1999", "recurrent_budget": "1000", "area": "plain", "amount": "11", "document": "QĐ 1"}
    answer = post_form(client, "/quyet-dinh/quy-khen-thuong/trich/", typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    for words in ("Trích quỹ cho năm 2019, 2020 hoặc 2021", "Vượt mức trần", "Chưa xác nhận giá trị tạm dùng"):
        assert words in page
    answer = post_form(client, "/quyet-dinh/quy-khen-thuong/trich/", {**typed, "year": "2020", "amount": "10"})
    assert "Vượt mức trần" not in answer.content.decode()


def test_a_decision_that_is_signed_already_says_so_and_not_that_somebody_was_faster(province: Province) -> None:
    decision = drafted(province, group(province))
    client, old = province.client("chair"), decision.version
    signed = sign(province, decision)
    answer = post_form(client, f"/quyet-dinh/{decision.pk}/ky/", {"version": old, "accept-0": "on"})
    assert answer.headers["Location"] == f"/quyet-dinh/{decision.pk}/"
    page = client.get(f"/quyet-dinh/{decision.pk}/").content.decode()
    assert f"Quyết định này đã ký rồi, ngày 20/10/2020, số {signed.paper}" in page
    assert "Người khác" not in page
