"""The pages of what units owed and did: in the browser's words, from the desk that acts to the desk that answers."""

from datetime import date, timedelta
from typing import Any

import pytest

from chungtay.conduct.models import Commitment, Duty, Handing, Loan, LoanEvent, Programme, Result
from chungtay.conduct.waiting import lines
from chungtay.records.models import Reading
from tests.conduct.made import DUE, commitment, duty, handed, happened, loan, programme, result
from tests.make import TODAY, Province, post_form, upload

BASE = "/viec-phai-lam/"


def text(province: Province, seat: str, address: str) -> str:
    answer = province.client(seat).get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def fetched(province: Province, seat: str, address: str) -> bytes:
    """A file, read to its end."""
    answer: Any = province.client(seat).get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


@pytest.mark.clause("KH IV.1.2.c")
def test_a_district_gives_all_its_communes_a_report_and_sees_at_once_who_is_late(province: Province) -> None:
    district = province.client("district")
    form = text(province, "district", f"{BASE}giao/")
    communes = [province.bodies["commune"].pk, province.bodies["commune_b"].pk]
    assert all(f'value="{key}"' in form and "checked" in form for key in communes)
    assert f'value="{province.bodies["commune_c"].pk}"' not in form
    told = {"kind": "report", "title": "Báo cáo giảm nghèo", "year": "2020", "due_on": "19/10/2020", "units": communes}
    assert post_form(district, f"{BASE}giao/", told).status_code == 302
    board = text(province, "district", f"{BASE}don-vi/?nam=2020")
    assert "đơn vị còn việc quá hạn" in board
    assert board.count("<tr>") == 3
    again = post_form(district, f"{BASE}giao/", told, follow=True).content.decode()
    assert "2 đơn vị đã được giao từ trước, giữ nguyên." in again


def test_a_department_of_the_province_gives_communes_district_by_district(province: Province) -> None:
    form = text(province, "labour", f"{BASE}giao/?nhom=xa")
    assert "Chọn huyện, thành phố" in form
    assert "xã Thổ Sơn" not in form
    form = text(province, "labour", f"{BASE}giao/?nhom=xa&huyen=kg-903")
    assert ("xã Thổ Sơn" in form, "xã Nam Thái A" in form) == (True, False)
    assert "huyện Hòn Đất" in text(province, "labour", f"{BASE}giao/")


@pytest.mark.clause("KH IV.1.2.c")
def test_a_commune_hands_in_with_its_file_and_the_district_confirms(province: Province) -> None:
    row = duty(province)
    commune, district = province.client("commune"), province.client("district")
    told = {"paper": "45/BC-UBND", "handed_on": "15/12/2019", "file": upload("bao-cao.pdf")}
    assert post_form(commune, f"{BASE}{row.pk}/nop/", told).status_code == 302
    handing = Handing.objects.get()
    assert "Chờ nơi nhận xác nhận" in text(province, "commune", f"{BASE}{row.pk}/")
    assert fetched(province, "commune", f"{BASE}tep/lan-nop/{handing.pk}/").startswith(b"%PDF")
    assert province.client("commune_b").get(f"{BASE}tep/lan-nop/{handing.pk}/").status_code == 404
    assert post_form(district, f"{BASE}lan-nop/{handing.pk}/xac-nhan/").status_code == 302
    assert "Xong đúng hạn" in text(province, "commune", f"{BASE}{row.pk}/")


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(province: Province) -> None:
    row = duty(province)
    sent = post_form(province.client("commune"), f"{BASE}{row.pk}/nop/", {"paper": "45/BC", "handed_on": "21/10/2020"})
    assert sent.status_code == 422
    assert "Ngày nộp 21/10/2020 ở tương lai." in sent.content.decode()
    assert 'value="45/BC"' in sent.content.decode()
    assert Handing.objects.count() == 0


def test_the_list_is_narrowed_by_state_year_kind_and_name(province: Province) -> None:
    late, done = duty(province), duty(province, "commune_b", kind="settlement")
    handed(done, province)

    def shown(query: str) -> set[int]:
        page = text(province, "district", f"{BASE}?{query}")
        return {row.pk for row in (late, done) if f'href="{BASE}{row.pk}/"' in page}

    both = {late.pk, done.pk}
    assert shown("") == {late.pk}
    assert shown("tinh-trang=tat-ca") == both
    assert shown("tinh-trang=on_time") == {done.pk}
    assert shown("tinh-trang=overdue") == {late.pk}
    assert shown("tinh-trang=tat-ca&loai=settlement") == {done.pk}
    assert shown("tinh-trang=tat-ca&q=son kien") == {done.pk}
    assert shown("tinh-trang=tat-ca&nam=2018") == set()
    assert shown(f"tinh-trang=tat-ca&don-vi={late.party_id}") == {late.pk}
    assert shown("tinh-trang=khong-co&nam=chu&loai=khong") == both


def test_the_workbooks_hold_what_the_lists_show(province: Province) -> None:
    duty(province)
    happened(loan(province), province, "repaid", date(2019, 1, 1), 5_000_000)
    result(commitment(province), province)
    programme(province)
    client = province.client("labour")
    for name in ("bang-tinh/", "don-vi/bang-tinh/?nam=2019", "von-vay/bang-tinh/", "nghi-quyet/bang-tinh/",
                 "cam-ket/bang-tinh/"):  # fmt: skip
        answer = client.get(BASE + name)
        assert answer.content[:2] == b"PK", name
        assert len(answer.content) > 1500, name


@pytest.mark.clause("KH IV.1.2.a")
def test_a_loan_is_found_by_household_entered_followed_and_corrected(province: Province) -> None:
    home, client = province.household(), province.client("commune")
    assert home.name in client.get(f"{BASE}von-vay/moi/?q=sa phol").content.decode()
    told = {
        "bank_name": "Ngân hàng Chính sách xã hội", "purpose": "Nuôi bò", "amount": "30 triệu", "lent_on": "05/02/2018",
        "due_on": "15/12/2019", "contract": "KU-1",
    }  # fmt: skip
    assert post_form(client, f"{BASE}von-vay/moi/{home.pk}/", told).status_code == 302
    row = Loan.objects.get()
    here = f"{BASE}von-vay/{row.pk}/"
    event = {"kind": "repaid", "day": "01/03/2019", "amount": "10.000.000", "who": "Ngân hàng"}
    assert post_form(client, f"{here}dien-bien/", event).status_code == 302
    page = client.get(here).content.decode()
    assert "20.000.000" in page
    assert "Quá hạn, chưa trả hết" in page
    longer = {**told, "due_on": "15/12/2021", "reason": "Gia hạn 24 tháng"}
    assert post_form(client, f"{here}sua/", longer).status_code == 302
    later = Loan.objects.in_force().get()
    assert (later.due_on, LoanEvent.objects.get().loan) == (date(2021, 12, 15), later)
    assert f"{BASE}von-vay/{later.pk}/" in client.get(here).content.decode()
    assert client.get(f"{here}sua/").status_code == 404


def test_whoever_reads_a_households_loan_leaves_a_trace(province: Province) -> None:
    row, before = loan(province), Reading.objects.count()
    text(province, "board", f"{BASE}von-vay/{row.pk}/")
    assert Reading.objects.count() == before + 1


def test_a_unit_that_is_no_bank_is_not_shown_loans(province: Province) -> None:
    assert "von-vay" not in text(province, "unit", BASE)
    assert province.client("unit").get(f"{BASE}von-vay/").status_code == 404


def test_a_line_is_taken_out_only_with_a_reason(province: Province) -> None:
    row, client = loan(province), province.client("commune")
    sent = post_form(client, f"{BASE}von-vay/{row.pk}/bo/", {"reason": ""})
    assert (sent.status_code, Loan.objects.in_force().count()) == (422, 1)
    assert "Cần ghi lý do." in sent.content.decode()
    assert post_form(client, f"{BASE}von-vay/{row.pk}/bo/", {"reason": "Ghi nhầm hộ"}).status_code == 302
    assert Loan.objects.in_force().count() == 0


@pytest.mark.clause("KH IV.1.2.c")
def test_a_commune_enters_its_resolution_in_the_browser(province: Province) -> None:
    client = province.client("commune")
    told = {
        "party": province.bodies["commune"].pk, "kind": "resolution", "number": "12/NQ-HĐND",
        "title": "Về giảm nghèo bền vững", "issued_on": "20/07/2018", "budget": "500 triệu", "file": upload(),
    }  # fmt: skip
    assert post_form(client, f"{BASE}nghi-quyet/moi/", told).status_code == 302
    row = Programme.objects.get()
    assert row.budget == 500_000_000
    more = {**{k: v for k, v in told.items() if k not in ("party", "file")}, "budget": "1 tỷ", "reason": "Ghi thiếu"}
    assert post_form(client, f"{BASE}nghi-quyet/{row.pk}/sua/", more).status_code == 302
    later = Programme.objects.in_force().get()
    assert (later.budget, later.file_id) == (1_000_000_000, row.file_id)
    assert fetched(province, "commune", f"{BASE}tep/van-ban/{later.pk}/").startswith(b"%PDF")


@pytest.mark.clause("KH IV.1.2.d")
def test_a_department_promises_tells_and_the_commune_confirms_in_the_browser(province: Province) -> None:
    unit, commune = province.client("unit"), province.client("commune")
    told = {
        "party": province.bodies["unit"].pk, "place": province.places["kg-30847"].pk, "hamlet": "Ấp Hòn Me",
        "what": "Xây hai căn nhà cho hộ nghèo", "since": "01/01/2018", "until": "31/12/2019",
    }  # fmt: skip
    assert post_form(unit, f"{BASE}cam-ket/moi/", told).status_code == 302
    here = f"{BASE}cam-ket/{Commitment.objects.get().pk}/"
    sent = {"day": "01/06/2019", "text": "Đã xây hai căn nhà, 120 triệu đồng"}
    assert post_form(unit, f"{here}ket-qua/", sent).status_code == 302
    waiting = lines(province.seats["commune"], TODAY)
    assert [one["badge_label"] for one in waiting] == ["Chờ xã xác nhận"]
    answer = f"{BASE}cam-ket/ket-qua/{Result.objects.get().pk}/tra-loi/"
    assert post_form(commune, answer, {"accepted": "no", "answer": ""}).status_code == 422
    assert post_form(commune, answer, {"accepted": "yes", "answer": ""}).status_code == 302
    assert "Xã đã xác nhận" in unit.get(here).content.decode()
    assert lines(province.seats["commune"], TODAY) == []


def test_what_is_due_soon_or_waits_for_an_answer_stands_on_the_work_list(province: Province) -> None:
    near = duty(province, due_on=TODAY + timedelta(days=10), year=2020)
    duty(province, "commune_b", due_on=TODAY + timedelta(days=11), year=2020)
    page = text(province, "commune", "/ban-lam-viec/")
    assert f'href="{BASE}{near.pk}/"' in page
    assert lines(province.seats["commune_b"], TODAY) == []
    handed(duty(province), province, by="commune", handed_on=DUE)
    assert "Chờ bạn xác nhận" in text(province, "district", "/ban-lam-viec/")
    assert Duty.objects.count() == 3


def test_an_empty_register_says_what_to_do_next(province: Province) -> None:
    for seat, name, words in (
        ("district", "", "Giao một báo cáo cho tất cả xã, huyện một lần"), ("commune", "", "Khi cấp trên giao"),
        ("commune", "von-vay/", "Nhận danh sách vay vốn của ngân hàng bằng bảng tính"),
        ("commune", "nghi-quyet/", "Ghi nghị quyết, chương trình giảm nghèo đã ban hành"),
        ("unit", "cam-ket/", "Nhận giúp một xã, ấp nghèo cụ thể"),
        ("district", "don-vi/", "Năm này chưa giao việc nào"),
    ):  # fmt: skip
        assert words in text(province, seat, BASE + name)


def test_a_reason_or_an_answer_that_was_not_taken_stands_where_it_was_typed(province: Province) -> None:
    row, client = loan(province), province.client("commune")
    event = happened(row, province, "used", date(2018, 6, 1))
    sent = post_form(client, f"{BASE}von-vay/dien-bien/{event.pk}/bo/", {"reason": "hm"})
    page = sent.content.decode()
    assert (sent.status_code, LoanEvent.objects.in_force().count()) == (422, 1)
    typed, other = f'id="drop-{event.pk}_reason"', 'id="take-out_reason"'
    assert "hm</textarea>" in page[page.index(typed) :][:200]
    assert "hm" not in page[page.index(other) :][:200]
    first, second = (result(commitment(province), province) for _ in range(2))
    for told, field, words in (
        ({"accepted": "no", "answer": "hm"}, "answer", "Ghi rõ chưa đúng chỗ nào."),
        ({"accepted": "", "answer": "Mới xây một căn"}, "accepted", "Cần chọn đúng hay chưa đúng."),
    ):
        sent = post_form(client, f"{BASE}cam-ket/ket-qua/{first.pk}/tra-loi/", told)
        page = sent.content.decode()
        assert (sent.status_code, Result.objects.filter(answered_on__isnull=True).count()) == (422, 2)
        assert words in page[page.index(f'id="answer-{first.pk}_{field}_error"') :][:400]
        assert told["answer"] + "</textarea>" in page
    assert "chờ xã xác nhận" in text(province, "unit", f"{BASE}cam-ket/{second.commitment_id}/")


def test_who_may_not_correct_a_line_is_not_shown_the_form(province: Province) -> None:
    owed, promised = duty(province), commitment(province)
    for seat, address in (
        ("labour", f"{BASE}{owed.pk}/sua/"), ("board", f"{BASE}{owed.pk}/sua/"),
        ("commune", f"{BASE}cam-ket/{promised.pk}/sua/"), ("labour", f"{BASE}cam-ket/{promised.pk}/sua/"),
    ):  # fmt: skip
        assert province.client(seat).get(address).status_code == 404
    assert province.client("district").get(f"{BASE}{owed.pk}/sua/").status_code == 200
    post_form(province.client("district"), f"{BASE}{owed.pk}/thoi-giao/", {"reason": "Giao nhầm năm"})
    assert province.client("district").get(f"{BASE}{owed.pk}/sua/").status_code == 404


def test_every_error_and_everything_typed_stands_on_every_form(province: Province) -> None:
    """A form with nothing in it names each field that is needed, and answers 422; nothing is written."""
    home, row, promised = province.household(), loan(province), commitment(province)
    issued, owed = programme(province), duty(province)
    for seat, address, words in (
        ("district", f"{BASE}giao/", ("Cần chọn loại việc.", "Cần ghi tên việc.", "Cần ghi hạn.", "Chưa chọn đơn vị")),
        ("district", f"{BASE}{owed.pk}/sua/", ("Cần ghi tên việc.", "Cần ghi lý do.")),
        ("commune", f"{BASE}{owed.pk}/nop/", ("Cần ghi số, ký hiệu văn bản.", "Cần ghi ngày nộp.")),
        ("commune", f"{BASE}von-vay/moi/{home.pk}/", ("Cần ghi nơi cho vay.", "Cần ghi số tiền vay.")),
        ("commune", f"{BASE}von-vay/{row.pk}/sua/", ("Cần ghi ngày vay.", "Cần ghi lý do.")),
        ("commune", f"{BASE}von-vay/{row.pk}/dien-bien/", ("Cần chọn diễn biến.", "Cần ghi ngày.")),
        ("commune", f"{BASE}nghi-quyet/moi/", ("Cần ghi số, ký hiệu.", "Cần ghi trích yếu.")),
        ("commune", f"{BASE}nghi-quyet/{issued.pk}/sua/", ("Cần ghi ngày ban hành.", "Cần ghi lý do.")),
        ("unit", f"{BASE}cam-ket/moi/", ("Cần chọn xã được giúp.", "Cần ghi giúp việc gì.", "Cần ghi ngày kết thúc.")),
        ("unit", f"{BASE}cam-ket/{promised.pk}/sua/", ("Cần ghi ngày bắt đầu.", "Cần ghi lý do.")),
        ("unit", f"{BASE}cam-ket/{promised.pk}/ket-qua/", ("Cần ghi ngày.", "Cần ghi kết quả.")),
    ):
        sent = post_form(province.client(seat), address, {"nothing": ""})
        page = sent.content.decode()
        assert sent.status_code == 422, address
        assert [one for one in words if one not in page] == [], address
        assert 'class="field-errors"' in page
    found = (Duty, Handing, Loan, LoanEvent, Programme, Commitment, Result)
    assert [model.objects.count() for model in found] == [1, 0, 1, 0, 1, 1, 0]


def test_the_pages_of_another_area_are_not_found(province: Province) -> None:
    lent, issued, owed = loan(province), programme(province), duty(province)
    for address in (f"{BASE}{owed.pk}/", f"{BASE}von-vay/{lent.pk}/", f"{BASE}nghi-quyet/{issued.pk}/"):
        assert province.client("commune").get(address).status_code == 200
        assert province.client("commune_c").get(address).status_code == 404
