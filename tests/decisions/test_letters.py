"""Letters to the Prime Minister: one page each with paper, dossiers and journal; a unit sees its own names only."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client

from chungtay.decisions import actions
from chungtay.decisions.models import Forwarded, Letter
from chungtay.documents.models import Paper
from chungtay.documents.printing_jobs import print_paper
from chungtay.law.procedure import Desk, State
from chungtay.law.refusals import Conflict, Refused
from chungtay.nominations.models import Dossier
from chungtay.records import journal
from tests.make import TODAY, Province, post_form

LIST = "/quyet-dinh/to-trinh/"
GIFT = [{"nature": "money", "text": "Góp quỹ vì người nghèo", "value": 200_000_000}]


def recommended(p: Province, name: str, *, seat: str = "unit") -> Dossier:
    """A dossier for the Prime Minister's certificate that the Council has recommended."""
    place = p.places["kg-30847" if seat == "commune" else "kg"]
    party = p.party(name, "enterprise", place, managing_unit=p.seats[seat].desk.body)
    more: dict[str, Any] = {"seat": seat, "content": "e", "achievements": GIFT, "award": "pm_certificate"}
    return p.recommended(party, summary=f"Ủng hộ người nghèo: {name}", **more)


def forwarded(p: Province, *dossiers: Dossier, title: str = "") -> Letter:
    body, chair = p.bodies["province"], p.seats["chair"]
    return actions.forward(body=body, award="pm_certificate", dossiers=dossiers, by=chair, on=TODAY, title=title)


def text(client: Client, address: str) -> str:
    return str(client.get(address).content.decode())


@pytest.mark.clause("KH IV.2.1")
def test_the_chairman_forwards_on_the_page_and_lands_on_the_letter(province: Province) -> None:
    dossier = recommended(province, "Công ty Biển Xanh")
    client = province.client("chair")
    about = "Đề nghị tặng Bằng khen cho các nhà hảo tâm"
    answer = post_form(client, "/quyet-dinh/trinh/pm_certificate/", {"title": about, "dossiers": [dossier.pk]})
    letter = Letter.objects.get()
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{LIST}{letter.pk}/"
    page = text(client, f"{LIST}{letter.pk}/")
    for word in (about, "01/TTr-UBND", "Lâm Minh Thành", "Công ty Biển Xanh", dossier.code, "Ký tờ trình Thủ tướng"):
        assert str(word) in page
    assert letter.paper.content["data"]["subject"] == f"Về việc {about[0].lower()}{about[1:]}"
    assert [entry.act for entry in journal.of(letter)] == ["sign_letter"]
    assert about in text(client, LIST)
    assert f'href="{LIST}"' in text(client, "/quyet-dinh/")


@pytest.mark.clause("KH IV.2.1")
def test_a_unit_sees_the_letter_of_its_own_dossier_and_no_other_name(province: Province) -> None:
    mine, theirs = recommended(province, "Công ty Biển Xanh"), recommended(province, "Vựa gạo Bà Tư", seat="commune")
    letter = forwarded(province, mine, theirs)
    Paper.objects.filter(pk=letter.paper_id).update(file=province.file())
    address = f"{LIST}{letter.pk}/"
    for seat, shown, hidden in (
        ("unit", "Công ty Biển Xanh", "Vựa gạo Bà Tư"),
        ("commune", "Vựa gạo Bà Tư", "Công ty Biển Xanh"),
    ):
        page = text(province.client(seat), address)
        assert shown in page
        assert hidden not in page
        assert "2 hồ sơ" not in text(province.client(seat), LIST)
        assert province.client(seat).get(f"{address}tep/").status_code == 404
    board = province.client("board")
    assert all(name in text(board, address) for name in ("Công ty Biển Xanh", "Vựa gạo Bà Tư"))
    assert "2 hồ sơ" in text(board, LIST)
    assert b"".join(board.get(f"{address}tep/")).startswith(b"%PDF")


def test_whoever_has_nothing_to_do_with_a_letter_finds_none(province: Province) -> None:
    letter = forwarded(province, recommended(province, "Công ty Biển Xanh"))
    strangers = [province.stranger(kind).user.username for kind in (Desk.BOARD, Desk.CHAIR, Desk.UNIT)]
    for seat in ("commune", "commune_c", "admin", *strangers):
        client = province.client(seat)
        assert client.get(f"{LIST}{letter.pk}/").status_code == 404, seat
        assert client.get(f"{LIST}{letter.pk}/tep/").status_code == 404, seat
        assert "Chưa có tờ trình nào" in text(client, LIST)


def test_the_letter_is_printed_and_until_then_the_page_says_so(province: Province) -> None:
    letter = forwarded(province, recommended(province, "Công ty Biển Xanh"))
    client, address = province.client("chair"), f"{LIST}{letter.pk}/"
    assert "đang được in" in text(client, address)
    assert client.get(f"{address}tep/").status_code == 404
    print_paper.call(letter.paper_id)
    assert "Tờ trình (PDF)" in text(client, address)
    assert b"".join(client.get(f"{address}tep/")).startswith(b"%PDF")


def test_a_letter_stands_as_it_was_signed_and_a_dossier_goes_with_one_only(province: Province) -> None:
    letter = forwarded(province, recommended(province, "Công ty Biển Xanh"))
    other = forwarded(province, recommended(province, "Công ty Hạt Vàng"))
    row = letter.forwarded.get()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(title="Khác")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Forwarded.objects.filter(pk=row.pk).update(letter=other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Forwarded.objects.create(letter=other, dossier=row.dossier)


def test_only_the_chairman_of_the_province_forwards(province: Province) -> None:
    dossier = recommended(province, "Công ty Biển Xanh")
    for seat in (province.seats["board"], province.stranger(Desk.CHAIR)):
        with pytest.raises(Refused, match="Chỉ Chủ tịch UBND tỉnh ký tờ trình"):
            actions.forward(
                body=province.bodies["province"], award="pm_certificate", dossiers=[dossier], by=seat, on=TODAY
            )
    assert not Paper.objects.filter(kind="letter").exists()


@pytest.mark.clause("KH IV.2.1")
def test_of_two_letters_at_once_over_the_same_dossier_one_goes_out(province: Province) -> None:
    dossier = recommended(province, "Công ty Biển Xanh")
    stale = Dossier.objects.get(pk=dossier.pk)
    forwarded(province, dossier)
    with pytest.raises((Conflict, IntegrityError)), transaction.atomic():
        forwarded(province, stale)
    assert Letter.objects.count() == 1
    assert Dossier.objects.get(pk=dossier.pk).at is State.FORWARDED


def test_what_was_typed_stays_when_the_letter_is_refused(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = recommended(province, "Công ty Biển Xanh")

    def refuse(**told: Any) -> Letter:
        raise Refused.because("Hồ sơ này chưa trình được.", field="dossiers")

    monkeypatch.setattr(actions, "forward", refuse)
    told = {"title": "Đề nghị của tỉnh", "dossiers": [dossier.pk]}
    answer = post_form(province.client("chair"), "/quyet-dinh/trinh/pm_certificate/", told)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Đề nghị của tỉnh" in page
    assert "Hồ sơ này chưa trình được." in page
