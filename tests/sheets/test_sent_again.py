"""Rows that were sent before, and many rows that ask the same: nothing is decided twice, nothing one by one."""

import io
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
import pytest
from pytest_django import Settings

from chungtay.law.refusals import Conflict, Refused
from chungtay.records import journal
from chungtay.sheets import actions, giving_back, together
from chungtay.sheets.layouts import ALREADY, Answer, Flaw, Staged
from chungtay.sheets.models import Row, Upload
from tests.sheets import lists, people
from tests.sheets.lists import Register

YES = Answer("yes", "Thay bằng dòng này")


def check(rows: Sequence[Staged]) -> Iterable[tuple[Staged, Flaw]]:
    """Those of number 0 to 2 are held already; 3 to 6 are asked about, each with an answer of its own too."""
    for row in rows:
        last = int(row.values["name"].split()[-1])
        if last <= 2:
            yield row, ALREADY
        if last in (2, 3, 4, 5, 6):
            answers = (YES, Answer(str(last), f"Là hộ số {last}"))
            yield row, Flaw("", f"Hộ {last} đã có: thay?", is_doubtful=True, ask="again", answers=answers)


LAYOUT = lists.households(check=check)


@pytest.fixture(autouse=True)
def registered(settings: Settings) -> None:
    settings.SHEET_LISTS = ["tests.sheets.people.LIST"]


def settle(row: Staged, answers: Any) -> Iterable[Flaw]:
    if row.values["name"].endswith("6"):
        yield Flaw("name", "Hộ này không còn.")


def sent(province: Any, *rows: Any) -> Upload:
    return lists.staged(province, lists.simple(*(rows or lists.persons(9))), LAYOUT)


def test_a_row_that_the_room_holds_needs_nobody_and_writes_nothing(province: Any) -> None:
    upload, register = sent(province), Register()
    assert (upload.same, upload.good, upload.doubtful, upload.bad) == (3, 2, 4, 0)
    assert [row.faults[0]["sentence"] for row in lists.alone(upload)[:3]] == ["Đã nhận trước đó, không đổi."] * 3
    lists.accept(province, upload, LAYOUT, register)
    assert register.names == ["Nguyễn Văn 7", "Nguyễn Văn 8"]
    assert Row.objects.filter(upload=upload, state="same").count() == 3


def test_a_doubtful_cell_of_a_row_that_the_room_holds_is_not_asked_about_and_a_bad_one_is(province: Any) -> None:
    doubtful, bad = lists.persons(2)
    doubtful[3], bad[4] = "12345678", "Hộ giàu"
    assert lists.states(sent(province, doubtful, bad)) == [(2, "same"), (3, "bad")]


def test_such_rows_are_told_and_not_yellow(province: Any) -> None:
    upload, client = sent(province), province.client("commune")
    page = client.get(f"/bang-tinh/{upload.pk}/").content.decode()
    assert "Đã nhận trước đó" in page
    shown = client.get(f"/bang-tinh/{upload.pk}/dong/?nhom=nhan-roi")
    assert [one["row"].number for one in shown.context["rows"]] == [2, 3, 4]
    upload.refresh_from_db()
    sheet = openpyxl.load_workbook(io.BytesIO(giving_back.workbook(upload))).worksheets[0]
    assert sheet["B2"].fill.fgColor.rgb != "FFFFFF00"
    assert sheet["B5"].comment.text == "Hộ 3 đã có: thay?"


def test_a_file_with_nothing_new_can_only_be_closed(province: Any) -> None:
    upload, client = sent(province, *lists.persons(3)), province.client("commune")
    assert "Không có gì mới" in client.get(f"/bang-tinh/{upload.pk}/").content.decode()
    answer = client.post(f"/bang-tinh/{upload.pk}/ket-thuc/", {"_key": secrets.token_urlsafe(18)})
    upload.refresh_from_db()
    assert (answer.status_code, upload.state, upload.same) == (302, "closed", 3)


def test_a_row_sent_before_is_written_only_after_it_was_changed(province: Any) -> None:
    upload, by = sent(province), province.seats["commune"]
    row = lists.alone(upload)[0]
    with pytest.raises(Refused, match="không có gì để ghi"):
        actions.decide(row, actions.Decision(actions.CORRECTED), layout=LAYOUT, by=by, on=lists.ON)
    said = actions.Decision(actions.CORRECTED, typed={"members": "5"})
    assert actions.decide(row, said, layout=LAYOUT, by=by, on=lists.ON).state == "good"
    upload.refresh_from_db()
    assert (upload.same, upload.good) == (2, 3)


def answer(province: Any, upload: Upload, key: str, seat: str = "commune") -> tuple[int, int]:
    return together.answer(upload, key, layout=LAYOUT, by=province.seats[seat], on=lists.ON, settle=settle)


def test_an_answer_that_fits_many_rows_is_given_once(province: Any) -> None:
    upload = sent(province)
    [(common, count)] = together.offered(upload, LAYOUT)
    assert (common.label, common.question, count) == (YES.label, "Hộ 3 đã có: thay?", 4)
    assert answer(province, upload, "khac") == (0, 0)
    assert answer(province, upload, common.key) == (3, 1)  # the room does not let the sixth be answered so
    upload.refresh_from_db()
    assert (upload.good, upload.doubtful) == (5, 1)
    assert journal.of(upload).filter(act="decide_rows").get().body == {
        "choice": "as_read", "answers": {"again": "yes"}, "rows": [[0, 5], [0, 6], [0, 7]],
    }  # fmt: skip
    register = Register()
    lists.accept(province, upload, LAYOUT, register)
    assert [one.answers for one in register.taken if one.answers] == [{"again": "yes"}] * 3
    assert journal.faults() == []


def test_a_go_has_an_end_and_the_rest_is_offered_again(province: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "AT_ONCE", 2)
    upload = sent(province)
    [(common, _)] = together.offered(upload, LAYOUT)
    assert answer(province, upload, common.key) == (2, 0)
    [(again, count)] = together.offered(upload, LAYOUT)
    assert (again.key, count) == (common.key, 2)


def test_doubts_of_one_column_are_settled_together_as_offered_or_as_they_stand(province: Any) -> None:
    rows = lists.persons(4, first=7)
    for n, row in enumerate(rows):
        row[3] = f"1234567{n}"
    rows[3][6] = 20  # asks two things: it is looked at by itself
    upload = sent(province, *rows)
    told = {one.label: (one, count) for one, count in together.offered(upload, LAYOUT)}
    assert {label: count for label, (_, count) in told.items()} == {together.STAYS: 3, together.TAKES: 3}
    assert told[together.TAKES][0].about == "Cột “Số CMND/CCCD”"
    assert answer(province, upload, told[together.TAKES][0].key) == (3, 0)
    assert [row.clean["id_number"] for row in lists.alone(upload)][:3] == ["012345670", "012345671", "012345672"]


def test_only_the_sender_s_body_answers_and_only_while_rows_wait(province: Any) -> None:
    upload = sent(province)
    [(common, _)] = together.offered(upload, LAYOUT)
    with pytest.raises(Refused, match="cơ quan khác"):
        answer(province, upload, common.key, "commune_b")
    actions.close(upload, by=province.seats["commune"], on=lists.ON, reason="Thử")
    with pytest.raises(Conflict):
        answer(province, upload, common.key)


def test_the_page_offers_the_common_answer_and_takes_it(province: Any) -> None:
    known = [[n, "Danh Thị Sa Phol", "05/02/1960", f"37099945{n}", "Hộ nghèo", 700_000, 4] for n in range(3)]
    client = province.client("commune")
    layout = people.layout(province.seats["commune"], lists.ON)
    upload = lists.staged(province, lists.simple(*lists.persons(2), *known), layout)
    page = client.get(f"/bang-tinh/{upload.pk}/dong/?nhom=can-hoi")
    offered = {one.label: one.key for one, count in page.context["common"] if count == 3}
    assert set(offered) == {"Là hộ HO-17", "Là hộ khác"}
    sent_back = client.post(
        f"/bang-tinh/{upload.pk}/dong/tra-loi/", {"_key": secrets.token_urlsafe(18), "cau": offered["Là hộ khác"]}
    )
    assert sent_back.headers["Location"] == f"/bang-tinh/{upload.pk}/dong/?nhom=can-hoi"
    assert "Đã quyết 3 dòng" in client.get(sent_back.headers["Location"]).content.decode()
    assert [row.decision["answers"] for row in lists.alone(upload)] == [{"same": "new"}] * 3
