"""The pages of a person's spreadsheet, from the file to rows that count, as the browser meets them."""

import io
import secrets
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from chungtay.records import journal
from chungtay.sheets import jobs, looking, registry, row_views, staging
from chungtay.sheets.models import PLACES, Row, Upload
from tests.sheets import lists, people

GOOD = lists.persons(3)
ASKED = [9, people.KNOWN, "05/02/1960", "370999456", "Hộ nghèo", 700_000, 4]
BAD = [10, "Danh Sol", "1960", "370123457", "Hộ giàu", 700_000, 4]


@pytest.fixture(autouse=True)
def registered(settings: Settings) -> Iterator[None]:
    settings.SHEET_LISTS = ["tests.sheets.people.LIST"]
    people.WRITTEN.clear()
    yield
    people.WRITTEN.clear()


def post(client: Client, url: str, **data: Any) -> Any:
    """Send a form, each time with a key of its own."""
    return client.post(url, {"_key": secrets.token_urlsafe(18), **data})


def send(client: Client, *rows: Any) -> Upload:
    """Pasted, and opened by the worker."""
    answer = post(client, "/bang-tinh/gui/households/", text=lists.pasted(*rows))
    assert answer.status_code == 302, answer.content.decode()
    return work(Upload.objects.get(pk=int(answer.headers["Location"].split("/")[2])))


def work(upload: Upload) -> Upload:
    jobs.go_on.call(upload.pk)
    upload.refresh_from_db()
    return upload


def confirm(client: Client, upload: Upload, **change: str) -> Upload:
    page = client.get(f"/bang-tinh/{upload.pk}/cot/")
    data: dict[str, str] = {}
    for form in page.context["sheets"]:
        for field in form:
            value = field.value()
            if value not in (None, "", False, []):
                data[field.html_name] = "on" if value is True else str(value)
    answer = post(client, f"/bang-tinh/{upload.pk}/cot/", **(data | change))
    assert answer.status_code == 302, answer.content.decode()
    upload.refresh_from_db()
    return upload


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_whole_way_of_a_list(province: Any) -> None:
    client = province.client("commune")
    assert "Danh sách hộ nghèo" in text(client.get("/bang-tinh/"))
    upload = send(client, *GOOD, ASKED, BAD)
    page = f"/bang-tinh/{upload.pk}/"
    assert "Xem và xác nhận các cột" in text(client.get(page))
    assert "3 dòng tốt, 1 dòng cần hỏi, 1 dòng sai" in text(client.get(f"{page}cot/"))
    assert confirm(client, upload).state == "staged"
    assert people.WRITTEN == []
    assert "Duyệt và nhận 3 dòng" in text(client.get(page))
    assert post(client, f"{page}nhan/").status_code == 302
    assert (work(upload).state, upload.accepted) == ("staged", 3)
    row = Row.objects.get(upload=upload, state="doubtful")
    answer = post(client, f"{page}dong/{row.place}/", **{"hoi-same": "new", "quyet": "as_read"})
    bad = Row.objects.get(upload=upload, state="bad")
    assert answer.headers["Location"] == f"{page}dong/{bad.place}/"
    fixed = text_of_form(client, f"{page}dong/{bad.place}/") | {"o-class": "Hộ nghèo", "quyet": "corrected"}
    assert post(client, f"{page}dong/{bad.place}/", **fixed).headers["Location"] == page
    post(client, f"{page}nhan/")
    assert (work(upload).state, upload.accepted) == ("closed", 5)
    assert [one.answers for one in people.WRITTEN[3:]] == [{"same": "new"}, {}]
    assert [entry.act for entry in journal.of(upload)] == [
        "upload_sheet", "confirm_columns", "approve_rows", "accept_rows", "decide_row", "decide_row", "approve_rows",
        "accept_rows", "close_sheet",
    ]  # fmt: skip
    assert "Đã nhận 5 dòng" in text(client.get(page))


def text_of_form(client: Client, url: str) -> dict[str, str]:
    form = client.get(url).context["form"]
    return {field.html_name: str(field.value() or "") for field in form}


def test_a_file_is_handed_in_and_the_same_file_leads_to_the_same_page(province: Any) -> None:
    client = province.client("commune")
    answers = [
        post(client, "/bang-tinh/gui/households/", file=SimpleUploadedFile("ds.xlsx", content))
        for content in [lists.simple(*GOOD)] * 2
    ]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Upload.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("anh.jpg", b"\xff\xd8\xff\xe0 picture", "không phải bảng tính Excel"),
        ("rong.xlsx", b"", "Tệp “rong.xlsx” rỗng."),
        ("hong.xlsx", b"PK\x03\x04 broken", "Tệp “hong.xlsx”"),
    ],
)
def test_a_wrong_file_is_told_in_a_sentence(province: Any, name: str, content: bytes, sentence: str) -> None:
    answer = post(province.client("commune"), "/bang-tinh/gui/households/", file=SimpleUploadedFile(name, content))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert Upload.objects.count() == 0


@pytest.mark.parametrize("data", [{}, {"text": "  "}])
def test_nothing_handed_in_is_asked_for(province: Any, data: dict[str, str]) -> None:
    answer = post(province.client("commune"), "/bang-tinh/gui/households/", **data)
    assert (answer.status_code, "Chọn một tệp, hoặc dán" in text(answer)) == (422, True)


def test_a_file_that_cannot_be_read_says_why_on_its_page(province: Any) -> None:
    client = province.client("commune")
    broken = SimpleUploadedFile("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rubbish")
    answer = post(client, "/bang-tinh/gui/households/", file=broken)
    upload = work(Upload.objects.get())
    assert upload.state == "failed"
    assert "Tệp hỏng, không đọc được." in text(client.get(answer.headers["Location"]))


def test_progress_is_asked_for_while_the_machine_works_and_the_page_comes_anew_after(province: Any) -> None:
    client = province.client("commune")
    answer = post(client, "/bang-tinh/gui/households/", text=lists.pasted(*GOOD))
    page = answer.headers["Location"]
    assert f'hx-get="{page}tien-do/?dang=received"' in text(client.get(page))
    assert "Đang mở tệp" in text(client.get(f"{page}tien-do/?dang=received"))
    work(Upload.objects.get())
    after = client.get(f"{page}tien-do/?dang=received")
    assert (after.status_code, after.headers["HX-Refresh"]) == (204, "true")
    assert "hx-get" not in text(client.get(page)).partition("<main")[2]


def test_other_columns_than_guessed_are_read_by_a_job(province: Any) -> None:
    client = province.client("commune")
    upload = send(client, *GOOD, BAD)
    assert confirm(client, upload, **{"s0-col-born": ""}).state == "staging"
    assert "Đang đọc các dòng" in text(client.get(f"/bang-tinh/{upload.pk}/"))
    assert (work(upload).state, upload.good, upload.bad) == ("staged", 3, 1)
    assert all(row.clean["born"] is None for row in lists.rows(upload))


def test_what_is_wrong_with_the_columns_stands_at_them(province: Any) -> None:
    client = province.client("commune")
    upload = send(client, *GOOD)
    page = f"/bang-tinh/{upload.pk}/cot/"
    told = {"s0-take": "on", "s0-first_row": "2", "s0-font": "auto", "s0-scale": "auto", "s0-col-name": "1"}
    answer = post(client, page, **told)
    assert (answer.status_code, "Chưa chỉ ra cột “Phân loại”." in text(answer)) == (422, True)
    assert post(client, page, **(told | {"s0-first_row": "x"})).status_code == 422
    nothing = post(client, page, **{"s0-first_row": "2"})
    assert "Chọn ít nhất một trang tính." in text(nothing)
    assert Upload.objects.get().state == "opened"


def test_a_first_row_below_the_sheet_is_refused_at_its_field(province: Any) -> None:
    client = province.client("commune")
    upload = send(client, *GOOD)
    page = f"/bang-tinh/{upload.pk}/cot/"
    told = {"s0-take": "on", "s0-font": "auto", "s0-scale": "auto", "s0-col-name": "1", "s0-col-class": "4"}
    beyond = post(client, page, **told, **{"s0-first_row": "5"})
    assert (beyond.status_code, "Trang tính chỉ có đến dòng 4" in text(beyond)) == (422, True)
    assert beyond.context["sheets"][0].errors["first_row"]
    assert Upload.objects.get().state == "opened"
    assert post(client, page, **told, **{"s0-first_row": "4"}).status_code == 302


def test_the_columns_are_chosen_again_as_long_as_no_row_was_accepted(province: Any) -> None:
    client = province.client("commune")
    upload = send(client, *GOOD, BAD)
    confirm(client, upload, **{"s0-first_row": "4"})
    assert (work(upload).good, upload.bad) == (1, 1)
    row = Row.objects.get(upload=upload)
    post(client, f"/bang-tinh/{upload.pk}/dong/{row.place}/", quyet="rejected", reason="Nhầm")
    page = f"/bang-tinh/{upload.pk}/"
    assert "Chọn lại các cột" in text(client.get(page))
    assert post(client, f"{page}cot/chon-lai/").headers["Location"] == f"{page}cot/"
    upload.refresh_from_db()
    assert (upload.state, upload.plan, upload.good, upload.rejected, lists.rows(upload)) == ("opened", {}, 0, 0, [])
    last = journal.of(upload).last()
    assert last is not None
    assert (last.act, last.body) == ("choose_columns_again", {"decided": 1})
    confirm(client, upload)
    assert (work(upload).state, upload.good, upload.bad) == ("staged", 3, 1)
    post(client, f"{page}nhan/")
    work(upload)
    assert "Chọn lại các cột" not in text(client.get(page))
    again = post(client, f"{page}cot/chon-lai/")
    assert (again.status_code, "không chọn lại các cột được nữa" in text(again)) == (422, True)


def test_good_rows_are_shown_as_people_write_and_not_as_they_are_stored(province: Any) -> None:
    client = province.client("commune")
    upload = send(client, *GOOD)
    confirm(client, upload)
    for _ in range(2):  # before and after they were accepted
        shown = client.get(f"/bang-tinh/{upload.pk}/dong/?nhom=tot")
        assert [cell["text"] for cell in shown.context["rows"][0]["cells"]][1:] == ["01/01/1970", "370000000"]
        post(client, f"/bang-tinh/{upload.pk}/nhan/")
        work(upload)
    layout = lists.households()
    assert row_views.row_texts(lists.rows(upload)[0], upload, layout)[3:5] == ["Hộ nghèo", "650.000"]


@pytest.mark.parametrize(
    ("pasted", "sentence"),
    [("một hai ba", "không có cột nào"), ("một\nhai\nba", "không có cột nào"), ("\tmột\t", "không có cột nào")],
)
def test_pasted_words_are_no_table(province: Any, pasted: str, sentence: str) -> None:
    answer = post(province.client("commune"), "/bang-tinh/gui/households/", text=pasted)
    assert (answer.status_code, sentence in text(answer)) == (422, True)
    assert answer.context["form"].errors["text"]
    assert Upload.objects.count() == 0


def test_a_pasted_table_needs_as_many_columns_as_the_list_requires(province: Any) -> None:
    client = province.client("commune")
    assert post(client, "/bang-tinh/gui/households/", text="Danh Sa\tHộ nghèo").status_code == 302


def test_rules_scale_and_font_that_a_person_chose_hold_for_the_columns_they_speak_of(province: Any) -> None:
    client = province.client("commune")
    upload = send(client, [1, "Danh Sa", "01/02/60", 12345678, "Hộ nghèo", 700, 4])
    confirm(client, upload, **{"s0-scale": "1000", "s0-rules": "pad", "s0-font": "tcvn3"})
    plan = upload.reading.sheets[0]
    assert (plan.rules, plan.scales) == ({"id_number": ("pad",)}, {"income": 1000})
    assert set(plan.fonts.values()) == {"tcvn3"}
    confirmed = lists.rows(work(upload))[0]
    assert (confirmed.clean["id_number"], confirmed.clean["income"]) == ("012345678", 700_000)


def test_a_question_of_the_room_wants_an_answer_and_the_room_looks_at_it(province: Any) -> None:
    client = province.client("commune")
    upload = send(client, *GOOD, [*ASKED[:6], 5])
    confirm(client, upload)
    row = Row.objects.get(upload=upload)
    page = f"/bang-tinh/{upload.pk}/dong/{row.place}/"
    asked = text(client.get(page))
    assert all(words in asked for words in ("có phải cùng một hộ?", "Là hộ HO-17", "Là hộ khác"))
    assert "Cần trả lời" in text(post(client, page, quyet="as_read"))
    assert "Hộ HO-17 chỉ có 4 khẩu." in text(post(client, page, **{"hoi-same": "17", "quyet": "as_read"}))
    assert post(client, page, **{"hoi-same": "999", "quyet": "as_read"}).status_code == 422
    assert post(client, page, **{"hoi-same": "new", "quyet": "as_read"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.decision["answers"]) == ("good", {"same": "new"})
    last = journal.of(upload).last()
    assert last is not None
    assert last.body["answers"] == {"same": "new"}


def test_a_row_is_left_out_with_a_reason_and_what_was_typed_stays_until_it_is_right(province: Any) -> None:
    client = province.client("commune")
    upload = send(client, *GOOD, BAD)
    confirm(client, upload)
    row = Row.objects.get(upload=upload)
    page = f"/bang-tinh/{upload.pk}/dong/{row.place}/"
    wrong = post(client, page, **(text_of_form(client, page) | {"o-class": "Hộ khá giả", "quyet": "corrected"}))
    assert (wrong.status_code, 'value="Hộ khá giả"' in text(wrong)) == (422, True)
    assert "Cần ghi lý do" in text(post(client, page, quyet="rejected"))
    assert post(client, page, quyet="rejected", reason="Đã chuyển đi").status_code == 302
    row.refresh_from_db()
    assert row.state == "rejected"
    assert post(client, page, quyet="khac").status_code == 404


def test_rows_are_shown_in_groups_those_with_something_wrong_first(
    province: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "PART_ROWS", 7)
    monkeypatch.setattr(looking, "PAGE", 4)
    client = province.client("commune")
    upload = send(client, *lists.persons(20), ASKED, BAD)
    confirm(client, upload)
    page = f"/bang-tinh/{upload.pk}/dong/"
    first = client.get(page)
    assert [one["row"].number for one in first.context["rows"]] == [22, 23]
    seen, address = [], f"{page}?nhom=tot"
    while address:
        shown = client.get(address)
        seen.append([one["row"].number for one in shown.context["rows"]])
        address, back = shown.context["pages"]["next"], shown.context["pages"]["previous"]
    assert [number for some in seen for number in some] == list(range(2, 22))
    assert [one["row"].number for one in client.get(back).context["rows"]] == seen[-2]
    assert [one["row"].number for one in client.get(f"{page}?nhom=tot&trang=xx").context["rows"]] == seen[0]


def test_the_same_workbook_comes_back_with_yellow_cells(province: Any) -> None:
    client = province.client("commune")
    post(client, "/bang-tinh/gui/households/", file=SimpleUploadedFile("Danh sách.xlsx", lists.simple(*GOOD, BAD)))
    upload = confirm(client, work(Upload.objects.get()))
    answer = client.get(f"/bang-tinh/{upload.pk}/tra-lai/")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert sheet["E5"].comment.text.startswith("Không hiểu “Hộ giàu”")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_job_that_was_lost_is_put_in_the_queue_again_and_does_nothing_twice(province: Any) -> None:
    client = province.client("commune")
    upload = send(client, *GOOD)
    confirm(client, upload)
    post(client, f"/bang-tinh/{upload.pk}/nhan/")
    assert post(client, f"/bang-tinh/{upload.pk}/chay-tiep/").status_code == 302
    work(upload)
    assert (work(upload).state, len(people.WRITTEN)) == ("closed", 3)


def test_an_upload_is_closed_or_given_up_with_a_reason(province: Any) -> None:
    client = province.client("commune")
    upload = confirm(client, send(client, *GOOD, BAD))
    page = f"/bang-tinh/{upload.pk}/"
    assert post(client, f"{page}ket-thuc/").status_code == 422
    assert post(client, f"{page}ket-thuc/", reason="Xác minh sau").status_code == 302
    upload.refresh_from_db()
    assert upload.state == "closed"
    assert post(client, f"{page}bo/", reason="x").status_code == 409


@pytest.mark.parametrize("tail", ["", "tien-do/", "cot/", "dong/", f"dong/{PLACES}/", "tra-lai/"])
def test_another_area_and_another_desk_find_nothing(province: Any, tail: str) -> None:
    upload = confirm(province.client("commune"), send(province.client("commune"), *GOOD, BAD))
    for seat in ("commune_b", "unit", "labour", "front"):
        assert province.client(seat).get(f"/bang-tinh/{upload.pk}/{tail}").status_code == 404, seat
    assert province.client("labour").get("/bang-tinh/").status_code == 404
    assert province.client("labour").get("/bang-tinh/gui/households/").status_code == 404


def test_the_district_reads_and_does_not_act(province: Any) -> None:
    upload = confirm(province.client("commune"), send(province.client("commune"), *GOOD, BAD))
    client = province.client("district")
    page = f"/bang-tinh/{upload.pk}/"
    assert "Duyệt và nhận" not in text(client.get(page))
    assert post(client, f"{page}nhan/").status_code == 422
    row = Row.objects.get(upload=upload)
    assert "Loại dòng này" not in text(client.get(f"{page}dong/{row.place}/"))
    assert post(client, f"{page}dong/{row.place}/", quyet="rejected", reason="x").status_code == 422
    upload.refresh_from_db()
    assert (upload.state, upload.bad) == ("staged", 1)


def test_rows_are_no_page_before_they_were_read(province: Any) -> None:
    client = province.client("commune")
    upload = send(client, *GOOD)
    for tail in ("dong/", "tra-lai/", f"dong/{PLACES}/"):
        assert client.get(f"/bang-tinh/{upload.pk}/{tail}").status_code == 404


def test_lists_are_named_once_and_their_layouts_bear_their_names(province: Any, settings: Settings) -> None:
    settings.SHEET_LISTS = ["tests.sheets.people.LIST", "tests.sheets.people.TWIN"]
    with pytest.raises(ValueError, match="own name"):
        registry.known()
    with pytest.raises(ValueError, match="is called 'households'"):
        people.MISNAMED.layout_for(province.seats["commune"], lists.ON)


def test_an_upload_of_a_list_that_is_gone_is_left_alone(province: Any, settings: Settings) -> None:
    client = province.client("commune")
    answer = post(client, "/bang-tinh/gui/households/", text=lists.pasted(*GOOD))
    settings.SHEET_LISTS = []
    assert work(Upload.objects.get()).state == "received"
    assert client.get(answer.headers["Location"]).status_code == 404
