"""The papers of a request: the household's own to enter or to leave, and the answer to one that was refused."""

from datetime import date
from typing import Any

import pytest

from chungtay.documents import printing
from chungtay.households.models import Household
from chungtay.law.refusals import Refused
from chungtay.reviews import regular, request_papers
from chungtay.reviews.models import Application
from tests.documents.pdf_reader import pages
from tests.make import TODAY, Province
from tests.reviews.people import SIBLING, household

pytestmark = [pytest.mark.django_db, pytest.mark.clause("TT 17/2016")]

COMMITTEE = "Ủy ban nhân dân xã Thổ Sơn"


def bare(text: str) -> str:
    return "".join(text.split())


def printed(content: bytes) -> str:
    """The letters of the paper, without any space."""
    return bare("".join(page.text for page in pages(content)))


def asked(province: Province, kind: str = "enter", *, seat: str = "commune", **more: Any) -> Application:
    home = household(province, **more)
    if kind == "leave":
        Household.objects.filter(pk=home.pk).update(standing="income_poor", standing_since=date(2019, 12, 1))
        home.refresh_from_db()
    return regular.ask(home, kind, reason="Mất mùa hai vụ liền", by=province.seats[seat], on=TODAY)


def refused(province: Province) -> Application:
    row = asked(province, "leave")
    why = "Điểm B1 là 110, chưa vượt mức."
    return regular.refuse(row, why=why, by=province.seats["commune"], on=TODAY, version=row.version)


@pytest.mark.parametrize(
    ("kind", "subject", "form"),
    [
        ("enter", "Xét duyệt bổ sung hộ nghèo, hộ cận nghèo", "Phụ lục 1a"),
        ("leave", "Thoát nghèo, thoát cận nghèo", "Phụ lục 1b"),
    ],
)
def test_a_request_is_printed_with_what_the_book_holds_and_its_form(
    province: Province, kind: str, subject: str, form: str
) -> None:
    row = asked(province, kind)
    told = printed(request_papers.paper(row, COMMITTEE))
    expected = ["GIẤY ĐỀ NGHỊ", subject, COMMITTEE, row.household.head_name, row.household.code, "Mất mùa hai vụ liền",
                form, "29/10/2020", "ngày 20 tháng 10 năm 2020", "ĐẠI DIỆN HỘ"]  # fmt: skip
    assert [one for one in expected if bare(one) not in told] == []


def test_the_answer_to_a_refused_request_gives_its_reason(province: Province) -> None:
    row = refused(province)
    told = printed(request_papers.answer(row, COMMITTEE))
    expected = ["THÔNG BÁO", "không công nhận", row.household.head_name, "Điểm B1 là 110, chưa vượt mức.",
                "TM. ỦY BAN NHÂN DÂN", "TT 14/2018"]  # fmt: skip
    assert [one for one in expected if bare(one) not in told] == []


def test_only_a_refused_request_has_an_answer_on_paper(province: Province) -> None:
    row = asked(province)
    with pytest.raises(Refused):
        request_papers.answer(row, COMMITTEE)
    client, at = province.client("commune"), f"/ra-soat/de-nghi/{row.pk}/"
    assert client.get(f"{at}tra-loi/").status_code == 404
    page = client.get(at).content.decode()
    assert f"{at}giay/" in page
    assert f"{at}tra-loi/" not in page


def test_the_commune_prints_both_from_the_page_of_the_request(province: Province) -> None:
    row = refused(province)
    client, at = province.client("commune"), f"/ra-soat/de-nghi/{row.pk}/"
    page = client.get(at).content.decode()
    for paper in ("giay", "tra-loi"):
        assert f"{at}{paper}/" in page
        answer = client.get(f"{at}{paper}/")
        assert answer.content.startswith(b"%PDF")
        assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(("seat", "status"), [("commune_b", 404), ("district", 404), ("labour", 404)])
def test_nobody_else_prints_the_papers_of_a_household(province: Province, seat: str, status: int) -> None:
    row = refused(province)
    client, at = province.client(seat), f"/ra-soat/de-nghi/{row.pk}/"
    assert {client.get(f"{at}{paper}/").status_code for paper in ("giay", "tra-loi")} == {status}
    assert f"{at}giay/" not in client.get(at).content.decode()


def test_a_household_that_moved_since_asked_where_it_lived_then(province: Province) -> None:
    row = asked(province, commune=SIBLING, seat="commune_b")
    told = printed(request_papers.paper(row, "Ủy ban nhân dân xã Sơn Kiên"))
    assert bare("Xã Sơn Kiên") in told
    Household.objects.filter(pk=row.household_id).update(place=province.places["kg-30847"])
    again = Application.objects.get(pk=row.pk)
    assert bare("Xã Sơn Kiên") in printed(request_papers.paper(again, "Ủy ban nhân dân xã Sơn Kiên"))


def test_letters_that_no_font_has_are_refused_and_not_left_out(province: Province) -> None:
    row = asked(province)
    row.reason = "Mất mùa 🌾"
    with pytest.raises(Refused, match="Không in được"):
        request_papers.paper(row, COMMITTEE)
    assert "review_request" in printing.TITLES
