"""A large workbook is given back by a job: both sides of the border, whose it is, what makes it old, what erases it."""

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client

from chungtay.law.refusals import Conflict
from chungtay.records import journal
from chungtay.sheets import actions, giving_back, jobs, returning
from chungtay.sheets.models import Returned, Row, Upload
from tests.make import TODAY
from tests.sheets import lists, test_pages
from tests.sheets.test_pages import confirm, post, send, text

registered = test_pages.registered
BAD = test_pages.BAD


@pytest.fixture
def upload(province: Any, monkeypatch: pytest.MonkeyPatch) -> Upload:
    """Four rows, two of them bad, where more than three are large."""
    monkeypatch.setattr(returning, "AT_ONCE", 3)
    client = province.client("commune")
    return confirm(client, send(client, *lists.persons(2), BAD, [*BAD[:3], "370123499", *BAD[4:]]))


@pytest.fixture
def client(province: Any) -> Client:
    made: Client = province.client("commune")
    return made


def work(upload: Upload) -> Upload:
    """What the worker does."""
    jobs.give_back.call(upload.pk)
    upload.refresh_from_db()
    return upload


def commented(content: bytes) -> set[str]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}


def address(upload: Upload, tail: str = "") -> str:
    return f"/bang-tinh/{upload.pk}/tra-lai/{tail}"


@pytest.mark.parametrize(("border", "at_once"), [(5, True), (4, False)])
def test_an_upload_of_as_many_rows_is_given_back_at_once_and_one_of_one_more_by_a_job(
    upload: Upload, client: Client, monkeypatch: pytest.MonkeyPatch, border: int, at_once: bool
) -> None:
    assert upload.read == 5  # the headings are a row of the file
    monkeypatch.setattr(returning, "AT_ONCE", border)
    answer = client.get(address(upload))
    assert (answer.status_code == 200) is at_once
    assert (address(upload, "chuan-bi/") in text(client.get(f"/bang-tinh/{upload.pk}/"))) is not at_once
    if not at_once:
        assert answer.headers["Location"] == address(upload, "chuan-bi/")
        assert not Returned.objects.exists()


def test_it_is_asked_for_waited_for_and_fetched(upload: Upload, client: Client) -> None:
    page = address(upload, "chuan-bi/")
    assert "Chuẩn bị tệp có tô vàng" in text(client.get(page))
    assert post(client, page).headers["Location"] == page
    waiting = text(client.get(page))
    assert address(upload, "tien-do/") in waiting
    assert "Đang tô vàng" in text(client.get(address(upload, "tien-do/")))
    assert client.get(address(upload)).status_code == 302
    work(upload)
    done = client.get(address(upload, "tien-do/"))
    assert (done.status_code, done.headers["HX-Refresh"]) == (204, "true")
    assert "Tệp đã chuẩn bị xong" in text(client.get(page))
    answer = client.get(address(upload))
    assert commented(answer.content) == commented(giving_back.workbook(upload)) == {"E4", "E5"}
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_asking_twice_for_the_same_rows_is_told_once(upload: Upload, client: Client) -> None:
    for _ in range(2):
        post(client, address(upload, "chuan-bi/"))
    acts = [entry.act for entry in journal.of(upload)]
    assert acts.count(returning.ASKED) == 1


def test_a_job_that_was_killed_leaves_nothing_and_the_next_one_begins_anew(
    upload: Upload, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(client, address(upload, "chuan-bi/"))

    def killed(_: Upload) -> bytes:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(giving_back, "workbook", killed)
        with pytest.raises(SystemExit):
            work(upload)
    assert not Returned.objects.exists()
    assert "Chạy tiếp" in text(client.get(address(upload, "chuan-bi/")))
    first = work(upload).returned.edition
    with monkeypatch.context() as patched:
        patched.setattr(giving_back, "workbook", killed)
        work(upload)  # nothing to do: it is there
    assert Returned.objects.get().edition == first


def test_a_decision_makes_the_workbook_old_and_it_is_made_anew(upload: Upload, client: Client) -> None:
    post(client, address(upload, "chuan-bi/"))
    work(upload)
    row = Row.objects.filter(upload=upload).order_by("number").first()
    assert row is not None
    fixed = test_pages.text_of_form(client, f"/bang-tinh/{upload.pk}/dong/{row.place}/") | {"o-class": "Hộ nghèo"}
    assert post(client, f"/bang-tinh/{upload.pk}/dong/{row.place}/", quyet="corrected", **fixed).status_code == 302
    assert client.get(address(upload)).status_code == 302
    assert "Chuẩn bị tệp có tô vàng" in text(client.get(address(upload, "chuan-bi/")))
    post(client, address(upload, "chuan-bi/"))
    work(upload)
    assert commented(client.get(address(upload)).content) == {"E5"}
    assert Returned.objects.count() == 1


@pytest.mark.parametrize("tail", ["", "chuan-bi/", "tien-do/"])
def test_another_area_and_another_desk_find_nothing(province: Any, upload: Upload, client: Client, tail: str) -> None:
    post(client, address(upload, "chuan-bi/"))
    work(upload)
    for seat in ("commune_b", "unit", "labour", "front"):
        other = province.client(seat)
        assert other.get(address(upload, tail)).status_code == 404, seat
        assert post(other, address(upload, "chuan-bi/")).status_code == 404, seat


def test_the_district_fetches_what_lies_in_its_area(province: Any, upload: Upload) -> None:
    district = province.client("district")
    assert post(district, address(upload, "chuan-bi/")).status_code == 302
    work(upload)
    assert commented(district.get(address(upload)).content) == {"E4", "E5"}


def test_erasing_the_content_erases_the_workbook_and_nothing_is_made_any_more(
    province: Any, upload: Upload, client: Client
) -> None:
    post(client, address(upload, "chuan-bi/"))
    work(upload)
    by = province.seats["commune"]
    actions.close(upload, by=by, on=TODAY, reason="Thử")
    assert client.get(address(upload)).status_code == 302
    post(client, address(upload, "chuan-bi/"))
    actions.erase(upload, by=by, on=TODAY)
    assert not Returned.objects.exists()
    work(upload)
    assert not Returned.objects.exists()
    for tail in ("", "chuan-bi/", "tien-do/"):
        assert client.get(address(upload, tail)).status_code == 404
    with pytest.raises(Conflict):
        returning.ask(upload, by=by, on=TODAY)


def test_an_upload_that_is_erased_while_the_job_works_keeps_nothing(
    province: Any, upload: Upload, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = province.seats["commune"]
    actions.close(upload, by=by, on=TODAY, reason="Thử")
    whole = giving_back.workbook

    def meanwhile(one: Upload) -> bytes:
        made = whole(one)
        actions.erase(Upload.objects.get(pk=one.pk), by=by, on=TODAY)
        return made

    monkeypatch.setattr(giving_back, "workbook", meanwhile)
    post(client, address(upload, "chuan-bi/"))
    work(upload)
    assert not Returned.objects.exists()


def test_what_was_not_read_yet_has_no_such_page(province: Any, client: Client) -> None:
    opened = send(client, *lists.persons(3))
    for tail in ("chuan-bi/", "tien-do/"):
        assert client.get(address(opened, tail)).status_code == 404
