"""The library of good models in the browser's words: from who records to who copies (KH V.6)."""

import pytest

from chungtay.parties.kinds import PartyKind
from chungtay.practices.models import Practice
from tests.make import Province, post_form, upload
from tests.practices.told import adopted, practice, published


@pytest.mark.clause("KH V.6")
def test_a_commune_records_the_district_checks_and_publishes_and_another_copies(province: Province) -> None:
    group = province.party("Chi hội Nông dân", PartyKind.GRASSROOTS_ORGANISATION, province.places["kg-30847"])
    told = {
        "title": "Đan bàng xuất khẩu", "site": "Ấp Trần Thệ", "since": "01/03/2018",
        "what": "Mỗi nhà đan một thứ. " * 5,
        "result": "20 hộ tham gia, 15 hộ thoát nghèo", "households": "20", "escaped": "15", "cost": "15 triệu",
        "income": "25.000.000",
    }  # fmt: skip
    commune, district = province.client("commune"), province.client("district")
    sent = post_form(commune, f"/mo-hinh/moi/{group.pk}/", {**told, "file": upload("anh.pdf")})
    row = Practice.objects.get()
    assert (sent.status_code, row.cost, row.income, row.file_name) == (302, 15_000_000, 25_000_000, "anh.pdf")
    here = f"/mo-hinh/{row.pk}/"
    assert "Đan bàng xuất khẩu" in district.get("/ban-lam-viec/").content.decode()
    post_form(district, f"{here}kiem-tra/", {"version": row.version, "note": ""})
    row.refresh_from_db()
    post_form(district, f"{here}pho-bien/", {"version": row.version})
    other = province.client("commune_c")
    assert "Chúng tôi đã làm theo" in other.get(here).content.decode()
    copied = {
        "party": province.bodies["commune_c"].pk,
        "adopted_on": "01/06/2019",
        "result": "8 hộ cùng đan, 3 hộ thoát nghèo",
    }
    assert post_form(other, f"{here}ap-dung/", copied).status_code == 302
    assert "Chúng tôi đã làm theo" not in other.get(here).content.decode()
    assert "1 nơi làm theo" in commune.get("/mo-hinh/?q=dan bang").content.decode()
    assert commune.get("/mo-hinh/bang-tinh/").content[:2] == b"PK"


def test_what_is_wrong_stands_at_its_field_with_what_was_typed(province: Province) -> None:
    sent = post_form(
        province.client("commune"), f"/mo-hinh/moi/{province.bodies['commune'].pk}/",
        {"title": "Nuôi bò", "site": "Ấp 1", "since": "31/02/2018", "what": "ngắn", "result": "tốt", "escaped": "3"},
    )  # fmt: skip
    text = sent.content.decode()
    assert (sent.status_code, Practice.objects.count()) == (422, 0)
    assert "Không có ngày 31: tháng 2 năm 2018 có 28 ngày." in text
    assert 'value="Nuôi bò"' in text


def test_without_a_model_the_page_says_what_to_do(province: Province) -> None:
    assert "Ghi một cách làm hay" in province.client("commune").get("/mo-hinh/").content.decode()
    assert "Chưa có mô hình nào được phổ biến" in province.client("office").get("/mo-hinh/").content.decode()


def test_a_note_a_reason_or_an_answer_that_was_not_taken_stands_where_it_was_typed(province: Province) -> None:
    row, commune, district = practice(province), province.client("commune"), province.client("district")
    here = f"/mo-hinh/{row.pk}/"
    sent = post_form(district, f"{here}kiem-tra/", {"version": row.version, "note": "hm", "tra-lai": "1"})
    page = sent.content.decode()
    assert sent.status_code == 422
    assert "hm</textarea>" in page[page.index('id="id_note"') :][:300]
    assert "Ghi rõ cần bổ sung gì." in page
    sent = post_form(commune, f"{here}rut/", {"version": row.version, "reason": "hm"})
    page = sent.content.decode()
    assert "hm</textarea>" in page[page.index('id="withdraw_reason"') :][:300]
    published(row, province)
    told = adopted(row, province, "commune_c", by="commune")
    other = province.client("commune_c")
    sent = post_form(other, f"/mo-hinh/ap-dung/{told.pk}/tra-loi/", {"accepted": "no", "text": ""})
    page = sent.content.decode()
    assert "Ghi rõ chưa đúng chỗ nào." in page[page.index(f'id="answer-{told.pk}_text_error"') :][:300]
    sent = post_form(commune, f"/mo-hinh/ap-dung/{told.pk}/bo/", {"reason": "hm"})
    page = sent.content.decode()
    assert "hm</textarea>" in page[page.index(f'id="drop-{told.pk}_reason"') :][:300]
    told.refresh_from_db()
    row.refresh_from_db()
    assert (sent.status_code, told.answered_on, told.ended_on, row.state) == (422, None, None, "published")
