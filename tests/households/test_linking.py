"""A household of the register and the party that registers are one: the link, who may make it, and how it is undone."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from chungtay.households import actions, linking
from chungtay.households.models import Household
from chungtay.law.refusals import Conflict, Refused
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Different, Party
from chungtay.records.models import Entry
from tests.households.make import household, person
from tests.make import TODAY, Province, post_form


@pytest.fixture
def home(province: Province) -> Household:
    return household(province, person("Danh Sol", id_number="371234567", birth_year=1970, gender="m"))


@pytest.fixture
def party(province: Province) -> Party:
    return province.household("Danh Sol", birth_year=1970)


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def join(province: Province, home: Household, party: Party, seat: str = "commune", **more: Any) -> Household:
    told = {"version": home.version, **more}
    return linking.link(home, party, by=province.seats[seat], on=TODAY, **told)


def sent(client: Client, home: Household, where: str = "doi-tuong/", **data: Any) -> Any:
    return post_form(client, f"/ho/{home.pk}/{where}", {"version": home.version, **data})


# --- the act ---


def test_a_household_is_linked_undone_and_linked_to_another_each_with_its_entry(
    province: Province, home: Household, party: Party
) -> None:
    join(province, home, party)
    home.refresh_from_db()
    assert home.party == party
    linking.unlink(home, by=province.seats["commune"], on=TODAY, version=home.version, why="Nối nhầm người trùng tên")
    assert home.party_id is None
    join(province, home, province.household("Danh Sol"))
    acts = Entry.objects.filter(noun="households.Household", noun_key=str(home.pk)).order_by("seq")
    assert [one.act for one in acts] == ["open_household", "link_party", "unlink_party", "link_party"]
    assert acts[1].body["party"] == acts[2].body["party"] == party.pk
    assert "Danh Sol" not in str(acts[1].body), "names stay out of the journal's open part"


def test_one_party_is_one_household_whichever_commune_wrote_it(
    province: Province, home: Household, party: Party
) -> None:
    join(province, home, party)
    other = household(province, "Danh Sol")
    with pytest.raises(Refused, match=f"đã nối với hộ {home.code}"):
        join(province, other, party)
    with pytest.raises(IntegrityError), transaction.atomic():
        Household.objects.filter(pk=other.pk).update(party=party)


def test_a_household_has_one_party_until_it_is_undone(province: Province, home: Household, party: Party) -> None:
    join(province, home, party)
    with pytest.raises(Refused, match="gỡ ra trước"):
        join(province, home, province.household("Danh Sol"))


def test_only_a_household_in_sight_is_linked_and_only_by_its_commune(
    province: Province, home: Household, party: Party
) -> None:
    hamlet = province.party("Cộng đồng ấp Một", PartyKind.COMMUNITY, province.places["kg-30847"])
    with pytest.raises(Refused, match="không phải hộ gia đình"):
        join(province, home, hamlet)
    with pytest.raises(Refused, match="không thuộc địa bàn hoặc đơn vị"):
        join(province, home, province.household("Danh Sol", commune="kg-30850"))
    with pytest.raises(Refused, match="Chỉ Ủy ban nhân dân cấp xã"):
        join(province, home, party, seat="district")
    with pytest.raises(Refused, match="không thuộc địa bàn của bạn"):
        join(province, home, party, seat="commune_b")


def test_a_closed_household_is_not_linked_but_its_link_can_be_undone(
    province: Province, home: Household, party: Party
) -> None:
    join(province, home, party)
    seat = province.seats["commune"]
    actions.close_household(home, "moved_out", by=seat, on=TODAY, version=home.version)
    with pytest.raises(Refused, match="vì sao gỡ"):
        linking.unlink(home, by=seat, on=TODAY, version=home.version, why=" ")
    linking.unlink(home, by=seat, on=TODAY, version=home.version, why="Hộ đã nhập vào hộ khác")
    with pytest.raises(Refused, match="đã ra khỏi sổ"):
        join(province, home, party)
    with pytest.raises(Refused, match="chưa nối"):
        linking.unlink(home, by=seat, on=TODAY, version=home.version, why="Lần nữa")


def test_the_second_of_two_clerks_is_told(province: Province, home: Household, party: Party) -> None:
    join(province, home, party)
    with pytest.raises(Conflict):
        join(province, home, province.household("Danh Sol"), version=home.version - 1)


def test_a_household_that_is_no_party_yet_is_registered_from_what_is_known_of_its_head(
    province: Province, home: Household, party: Party
) -> None:
    seat = province.seats["commune"]
    made = linking.register_and_link(home, by=seat, on=TODAY, version=home.version, different_from=[party])
    assert (made.kind, made.name, made.id_number, made.birth_year, made.gender) == (
        "household", "Danh Sol", "371234567", 1970, "m",
    )  # fmt: skip
    assert (made.hamlet, made.managing_unit_id, made.place_id) == (home.hamlet, seat.body_id, home.place_id)
    assert Different.objects.filter(party=made, other=party).exists()
    assert Household.objects.get(party=made) == home


def test_a_head_born_before_the_register_of_parties_begins_has_no_year_there(province: Province) -> None:
    old = household(province, person("Thị Già", birth_year=1899))
    made = linking.register_and_link(old, by=province.seats["commune"], on=TODAY, version=old.version)
    assert made.birth_year is None


# --- who it may be ---


def test_the_likeliest_party_stands_first_and_each_says_why(province: Province, home: Household) -> None:
    province.household("Danh Sol", birth_year=1980, address="xa")
    best = province.household("Danh Sol", birth_year=1970)
    number = province.party("Khác Tên", PartyKind.HOUSEHOLD, province.places["kg-30850"], id_number="371234567",
                            managing_unit=province.bodies["commune"])  # fmt: skip
    province.household("Danh Soll")
    province.household("Danh Sol", commune="kg-30850")
    found = linking.likely(home, province.seats["commune"], TODAY)
    assert found[0].party == best
    assert {one.party for one in found} >= {best, number}
    assert [one.reasons for one in found if one.party == number] == [("trùng số giấy tờ",)]
    assert set(found[0].reasons) == {"trùng tên chủ hộ", "cùng xã", "cùng ấp", "cùng năm sinh"}
    assert len(found) == 3


def test_the_page_offers_links_searches_and_registers(province: Province, home: Household, party: Party) -> None:
    client = province.client("commune")
    assert "Nối với đối tượng thi đua" in text(client.get(f"/ho/{home.pk}/"))
    page = text(client.get(f"/ho/{home.pk}/doi-tuong/"))
    assert "Chính là hộ này" in page
    assert "trùng tên chủ hộ" in page
    refused = sent(client, home)
    assert refused.status_code == 422
    assert "Xem những hộ giống" in text(refused)
    elsewhere = province.household("Trần Văn Chín")
    assert "Trần Văn Chín" in text(client.get(f"/ho/{home.pk}/doi-tuong/?q=van+chin"))
    assert sent(client, home, **{"chinh-la": str(elsewhere.pk)}).status_code == 302
    home.refresh_from_db()
    assert home.party == elsewhere
    assert "Trần Văn Chín" in text(client.get(f"/ho/{home.pk}/"))
    assert "gỡ ra trước" in text(client.get(f"/ho/{home.pk}/doi-tuong/"))
    assert "Trần Văn Chín" not in text(client.get(f"/ho/{household(province, 'Ai Đó').pk}/doi-tuong/?q=van+chin"))
    assert "Cần ghi vì sao gỡ" in text(sent(client, home, "doi-tuong/go/"))
    assert sent(client, home, "doi-tuong/go/", note="Nhầm").status_code == 302
    home.refresh_from_db()
    assert sent(client, home, khac=[str(party.pk)]).status_code == 302
    home.refresh_from_db()
    assert home.party is not None
    assert home.party not in (party, elsewhere)


def test_a_party_out_of_sight_is_not_found_and_its_name_is_not_told(province: Province, home: Household) -> None:
    foreign = province.household("Lạ Mặt", commune="kg-30850")
    client = province.client("commune")
    assert sent(client, home, **{"chinh-la": str(foreign.pk)}).status_code == 404
    Household.objects.filter(pk=home.pk).update(party=foreign)
    page = text(client.get(f"/ho/{home.pk}/"))
    assert "Lạ Mặt" not in page
    assert "do nơi khác quản lý" in page


@pytest.mark.parametrize("desk", ["district", "labour", "front", "office", "member"])
def test_other_desks_do_not_link(province: Province, home: Household, desk: str) -> None:
    client = province.client(desk)
    assert {client.get(f"/ho/{home.pk}/doi-tuong/{at}").status_code for at in ("", "go/")} == {404}


# --- where a household registers its own wish ---


def test_a_registration_shows_the_household_or_offers_those_of_the_same_name(
    province: Province, home: Household, party: Party
) -> None:
    client, wish = province.client("commune"), province.wish(party, on=date(2018, 3, 1))
    page = client.get(f"/dang-ky/{wish.pk}/").content.decode()
    assert f"/ho/{home.pk}/doi-tuong/" in page
    join(province, home, party)
    page = client.get(f"/dang-ky/{wish.pk}/").content.decode()
    assert f'href="/ho/{home.pk}/"' in page
    assert f"/ho/{home.pk}/doi-tuong/" not in page
    assert "Trong sổ hộ" not in text(province.client("front").get(f"/dang-ky/{wish.pk}/"))
