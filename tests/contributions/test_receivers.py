"""Whoever received a gift: what it is told, and that its receipt is nobody else's to give; who sends a statement."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from django.urls import reverse

from chungtay.accounts.models import Desk, Notice
from chungtay.contributions import actions, lists, waiting
from chungtay.contributions.models import Contribution, State
from chungtay.ledger import actions as ledger
from chungtay.parties.kinds import PartyKind
from chungtay.sheets import registry
from chungtay.sheets.layouts import Accepted
from tests.contributions.doing import MILLION, confirmed, dollars, foundation, giver, recorded
from tests.contributions.doing import told as _told
from tests.contributions.test_pages import pdf_text, record, says
from tests.make import TODAY, Province
from tests.parties.cast import at, text_of

OTHERS = ("unit", "district", "front", "labour", "board", "secretary", "chair", "office", "auditor", "member")


def told(province: Province, seat: str) -> list[tuple[str, str]]:
    return list(Notice.objects.filter(desk=province.seats[seat].desk).values_list("text", "link"))


# --- receipts and statements ---


def test_a_receipt_is_given_by_the_body_that_confirmed_and_by_no_other(province: Province) -> None:
    gift = confirmed(province)
    address = f"/dong-gop/{gift.pk}/bien-nhan/1/vi.pdf"
    assert gift.confirmed_body == province.bodies["commune"]
    browser = at(province.seats["commune"])
    assert address in browser.get(f"/dong-gop/{gift.pk}/").content.decode()
    assert says(pdf_text(browser.get(address).content), "XÃ THỔ SƠN", "Chúng tôi đã nhận")
    for seat in OTHERS:
        other = at(province.seats[seat])
        page = other.get(f"/dong-gop/{gift.pk}/")
        assert (page.status_code, "bien-nhan" in page.content.decode()) == (200, False), seat
        assert other.get(address).status_code == 404, seat


def test_a_giver_that_wrote_its_own_gift_gives_itself_no_receipt(province: Province) -> None:
    gift = recorded(province, province.bodies["unit"], seat="unit")
    actions.confirm(gift, by=province.seats["commune"], on=TODAY, version=gift.version)
    address = f"/dong-gop/{gift.pk}/bien-nhan/1/vi.pdf"
    assert at(province.seats["unit"]).get(address).status_code == 404
    assert at(province.seats["commune"]).get(address).status_code == 200
    Contribution.objects.filter(pk=gift.pk).update(confirmed_body=None)
    assert at(province.seats["unit"]).get(address).status_code == 404, "it wrote the gift down, and gave it"


def test_of_a_gift_whose_confirming_body_is_not_known_the_body_that_wrote_it_gives_the_receipt(
    province: Province,
) -> None:
    gift = recorded(province, seat="front")
    actions.confirm(gift, by=province.seats["commune"], on=TODAY, version=gift.version)
    Contribution.objects.filter(pk=gift.pk).update(confirmed_body=None)
    address = f"/dong-gop/{gift.pk}/bien-nhan/1/vi.pdf"
    found = {seat: at(province.seats[seat]).get(address).status_code for seat in ("front", "commune", "district")}
    assert found == {"front": 200, "commune": 404, "district": 404}


def test_a_statement_is_sent_by_the_unit_of_the_giver_the_giver_the_front_and_the_board(province: Province) -> None:
    company = giver(province, place=province.places["kg-30847"])
    confirmed(province, company)
    link = f"/dong-gop/cua/{company.pk}/sao-ke/2019/vi.pdf"
    for seat in (*OTHERS, "commune"):
        browser, may = at(province.seats[seat]), seat in ("unit", "front", "board")
        assert browser.get(link).status_code == (200 if may else 404), seat
        page = browser.get(f"/dong-gop/cua/{company.pk}/").content.decode()
        assert ("Đường dẫn riêng" in page, link in page) == (may, may), seat
    own = province.bodies["commune"]
    confirmed(province, own, seat="district")
    assert at(province.seats["commune"]).get(f"/dong-gop/cua/{own.pk}/sao-ke/2019/vi.pdf").status_code == 200


def test_papers_in_english_say_what_the_body_is_the_currencies_of_a_rate_and_what_stays_vietnamese(
    province: Province,
) -> None:
    who = foundation(province)
    gift = confirmed(province, who, foreign=dollars(), value=0)
    address, browser = f"/dong-gop/{gift.pk}/bien-nhan/1/", at(province.seats["commune"])
    english = pdf_text(browser.get(f"{address}en.pdf").content).replace("’", "'")
    assert english.count("People'sCommitteeofThổSơncommune") == 2, "above, and beside who confirmed"
    assert says(english, "VND 23,185 per USD (Ngân hàng Nhà nước", "as entered, in Vietnamese")
    vietnamese = pdf_text(browser.get(f"{address}vi.pdf").content)
    assert says(vietnamese, "1 USD = 23.185 đồng (Ngân hàng Nhà nước")
    assert not says(vietnamese, "Committee")
    front = at(province.seats["front"]).get(f"/dong-gop/cua/{who.pk}/sao-ke/2019/en.pdf")
    letter = pdf_text(front.content)
    assert says(letter, "Viet Nam Fatherland Front Committee of Kiên Giang province", "names of offices")


# --- what waits ---


def test_a_commune_is_told_when_another_desk_writes_a_gift_for_it_and_finds_it_in_its_work(province: Province) -> None:
    gift = recorded(province, seat="unit", value=7 * MILLION)
    ((text, link),) = told(province, "commune")
    assert link == f"/dong-gop/{gift.pk}/"
    assert province.bodies["unit"].name in text
    assert "7.000.000 đồng" in text
    assert "chờ bạn xác nhận" in text
    assert told(province, "commune_b") == told(province, "district") == []
    home = at(province.seats["commune"]).get(reverse("desk:home")).content.decode()
    assert "1 khoản đóng góp chờ bạn xác nhận" in home
    assert 'href="/dong-gop/cho-xac-nhan/"' in home
    actions.confirm(gift, by=province.seats["commune"], on=TODAY, version=gift.version)
    assert waiting.lines(province.seats["commune"], TODAY) == []


def test_what_a_commune_wrote_itself_waits_without_a_notice(province: Province) -> None:
    recorded(province)
    recorded(province, purpose="Khoản thứ hai")
    assert told(province, "commune") == []
    (line,) = waiting.lines(province.seats["commune"], TODAY)
    assert line["title"] == "2 khoản đóng góp chờ bạn xác nhận"
    for seat in ("commune_b", "district", "front", "unit", "board", "chair"):
        assert waiting.lines(province.seats[seat], TODAY) == [], seat


def test_a_promise_is_told_as_one_and_waits_for_no_confirmation(province: Province) -> None:
    recorded(province, seat="unit", received_on=None)
    ((text, _),) = told(province, "commune")
    assert "nhận được thì ghi đã nhận" in text
    assert waiting.lines(province.seats["commune"], TODAY) == []


def test_a_gift_to_a_fund_is_told_to_its_owner_and_one_that_the_owner_gave_to_nobody(province: Province) -> None:
    fund = ledger.open_fund(
        owner=province.bodies["front"], kind="poor", name="Quỹ tỉnh", by=province.seats["front"], on=TODAY
    )
    here: dict[str, Any] = {"place": fund.place, "fund": fund, "day": TODAY, "received_on": TODAY}
    recorded(province, seat="unit", **here)
    assert [text.partition(" ghi ")[2][:9] for text, _ in told(province, "front")] == ["một khoản"]
    (line,) = waiting.lines(province.seats["front"], TODAY)
    assert line["title"].startswith("1 khoản")
    Notice.objects.all().delete()
    recorded(province, province.bodies["front"], seat="board", **here)
    assert not Notice.objects.exists()


def test_a_list_of_many_gifts_is_one_notice_for_each_commune(province: Province) -> None:
    row = {
        "giver": "A", "day": TODAY, "nature": "money", "purpose": "B", "value": 1, "method": None, "evidence": "C",
        "commune": "kg-30847", "hamlet": None,
    }  # fmt: skip
    writer = registry.known()[lists.GIFT_LIST].writer(province.seats["district"], TODAY)
    writer([Accepted(n, 0, n, {**row, "value": n + 1}) for n in range(3)])
    assert Contribution.objects.filter(state=State.RECEIVED).count() == 3
    ((text, link),) = told(province, "commune")
    assert "3 khoản đóng góp" in text
    assert link == "/dong-gop/cho-xac-nhan/"


def test_a_gift_written_anew_by_the_board_is_told_too(province: Province) -> None:
    gift = confirmed(province)
    anew = actions.correct(
        gift, _told(province), by=province.seats["board"], on=TODAY, reason="Nhầm", version=gift.version
    )
    assert anew is not None
    assert [link for _, link in told(province, "commune")] == [f"/dong-gop/{anew.pk}/"]


# --- givers from elsewhere ---


@pytest.mark.parametrize("kind", [PartyKind.FOREIGN_ORGANISATION, PartyKind.OUTSIDE_ORGANISATION, PartyKind.COMMUNITY])
def test_a_commune_names_any_organisation_as_the_giver(province: Province, kind: str) -> None:
    away = giver(province, "Quỹ Mekong Xanh", kind, place=province.places["kg-30850"])
    browser = at(province.seats["commune"])
    page = text_of(browser.get("/dong-gop/moi/?q=mekong"))
    assert "Quỹ Mekong Xanh" in page
    assert "Sơn Kiên" in page
    assert record(province, f"nguoi={away.pk}").status_code == 302
    assert Contribution.objects.get().shares.get().party == away


def test_a_person_elsewhere_is_named_only_after_giving_here_and_then_without_more_than_the_name(
    province: Province,
) -> None:
    person = giver(
        province, "Bà Trần Ngọc Diệp", PartyKind.PERSON, place=province.places["kg-30850"], birth_year=1961,
        managing_unit=province.bodies["commune_b"],
    )  # fmt: skip
    home = province.household("Trần Ngọc Hà", "kg-30850")
    browser, address = at(province.seats["commune"]), "/dong-gop/moi/?q=tran+ngoc"
    assert "Ngọc Diệp" not in text_of(browser.get(address))
    assert record(province, f"nguoi={person.pk}&nguoi={home.pk}").headers["Location"] == "/dong-gop/moi/"
    actions.record(_told(province, person), by=province.seats["front"], on=TODAY)
    page = text_of(browser.get(address))
    assert ("Ngọc Diệp" in page, "1961" in page, "Ngọc Hà" in page) == (True, False, False)
    assert record(province, f"nguoi={person.pk}").status_code == 302


# --- gifts confirmed before it was written which body did ---


def test_a_gift_confirmed_before_is_that_of_the_desk_that_signed_unless_two_bear_its_name(province: Province) -> None:
    fill = import_module("chungtay.contributions.migrations.0005_the_body_by_its_desk").tell_the_body
    first, second = confirmed(province), confirmed(province, commune="kg-30850", seat="commune_b")
    Contribution.objects.update(confirmed_body=None)
    fill(apps, None)
    bodies = [Contribution.objects.get(pk=gift.pk).confirmed_body for gift in (first, second)]
    assert bodies == [province.bodies["commune"], province.bodies["commune_b"]]
    Contribution.objects.update(confirmed_body=None)
    desk = province.seats["commune"].desk
    Desk.objects.create(kind="unit", name=desk.name, body=province.bodies["unit"], place=desk.place)
    fill(apps, None)
    assert Contribution.objects.get(pk=first.pk).confirmed_body is None


def test_no_body_stands_behind_a_confirmation_that_was_not_given(province: Province) -> None:
    gift = recorded(province)
    with pytest.raises(DatabaseError, match="gift_confirmed_by_body"), transaction.atomic():
        Contribution.objects.filter(pk=gift.pk).update(confirmed_body=province.bodies["commune"])
