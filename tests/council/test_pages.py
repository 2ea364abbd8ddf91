"""The Council's pages: who may see them, what they say, and that a form acts once and loses nothing that was typed."""

import re
import secrets
from datetime import datetime, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from chungtay.accounts.models import Seat
from chungtay.council import actions
from chungtay.council.models import Item, Meeting, Vote
from chungtay.documents.models import Paper
from chungtay.documents.printing_jobs import print_paper
from chungtay.law.procedure import Desk as DeskKind
from chungtay.law.procedure import State
from chungtay.nominations.models import Dossier
from tests.council.people import MEETING_DAY, Council
from tests.make import post_form

ALL = {DeskKind.SECRETARY, DeskKind.COUNCIL, DeskKind.CHAIR, DeskKind.BOARD, DeskKind.AUDITOR}
SECRETARY = {DeskKind.SECRETARY}
ADDRESSES = {
    "list": ALL, "waiting": ALL, "plan_meeting": SECRETARY,
    "meeting": ALL, "pulse": ALL, "change_meeting": SECRETARY, "list_items": SECRETARY, "open_meeting": SECRETARY,
    "mark_attendance": SECRETARY, "close_meeting": SECRETARY,
    "item": ALL, "tally": ALL, "recuse": {DeskKind.SECRETARY, DeskKind.COUNCIL}, "record_votes": SECRETARY,
    "enter_count": SECRETARY, "close_item": SECRETARY, "defer_item": SECRETARY,
}  # fmt: skip
OF_ITEMS = ("item", "tally", "recuse", "open_item", "record_votes", "enter_count", "close_item", "defer_item")
NOWHERE = ("list", "waiting", "plan_meeting")


@pytest.fixture(autouse=True)
def on_the_day(council: Council, settings: Settings) -> None:
    settings.WORKING_DAY = MEETING_DAY


def sit(client: Client, seat: Seat) -> Client:
    client.force_login(seat.user)
    return client


def send(client: Client, address: str, **fields: Any) -> Any:
    return post_form(client, address, fields)


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def all_seats(council: Council) -> list[Seat]:
    return [council.secretary, council.seats[council.members[0].pk], *council.others.values()]


def at(name: str, item: Item) -> str:
    args = [] if name in NOWHERE else [item.pk if name in OF_ITEMS else item.meeting_id]
    return reverse(f"council:{name}", args=args)


@pytest.mark.parametrize("name", ADDRESSES)
def test_each_page_is_seen_from_the_desks_that_have_to_do_with_it_and_is_not_there_for_others(
    council: Council, client: Client, name: str
) -> None:
    item = council.voting()
    codes = {seat.kind: sit(client, seat).get(at(name, item)).status_code for seat in all_seats(council)}
    assert {kind for kind, code in codes.items() if code in (200, 204)} == ADDRESSES[name]
    assert {code for kind, code in codes.items() if kind not in ADDRESSES[name]} == {404}
    client.logout()
    assert client.get(at(name, item)).status_code == 302


def test_no_other_desk_acts_by_post(council: Council, client: Client) -> None:
    item = council.voting()
    for seat in all_seats(council):
        for name in ("open_item", "unlist_item", "cast", "close_item", "defer_item", "record_votes", "enter_count"):
            may = {DeskKind.COUNCIL} if name == "cast" else SECRETARY
            if seat.kind not in may:
                answer = send(sit(client, seat), reverse(f"council:{name}", args=[item.pk]), choice="yes", reason="x")
                assert answer.status_code == 404
    assert not Vote.objects.exists()


def test_another_provinces_meetings_are_not_there(council: Council, client: Client) -> None:
    item = council.voting()
    body = council.secretary.desk.body
    type(body).objects.filter(pk=body.pk).update(area_path="99999")
    for name in ("meeting", "item", "tally", "close_item"):
        assert sit(client, council.secretary).get(at(name, item)).status_code == 404


def test_the_secretary_walks_a_meeting_through_the_pages(council: Council, client: Client) -> None:
    dossier = council.dossier()
    sit(client, council.secretary)
    assert dossier.party_name in text_of(client.get(reverse("council:waiting")))
    facts = {"title": "Xét khen thưởng đợt 1", "held_on": "20/09/2018", "venue": "Phòng họp số 2"}
    made = send(client, reverse("council:plan_meeting"), **facts)
    meeting = Meeting.objects.get()
    assert made.headers["Location"] == reverse("council:list_items", args=[meeting.pk])
    assert str(dossier) in text_of(client.get(made.headers["Location"]))
    send(client, made.headers["Location"], dossier=dossier.key)
    item = meeting.items.get()

    def post(name: str, **fields: Any) -> None:
        assert send(client, at(name, item), **fields).status_code == 302, name

    post("open_meeting", at="8h05", version=meeting.version)
    everybody = client.get(f"{at('mark_attendance', item)}?tat-ca=co-mat").content.decode()
    assert everybody.count("checked") == 15
    marks = {f"present-{member.pk}": "present" for member in council.members[:13]}
    marks |= {f"present-{member.pk}": "absent" for member in council.members[13:]}
    marks |= {f"reason-{member.pk}": "Đi công tác" for member in council.members[13:]}
    post("mark_attendance", **marks, presider=council.members[0].pk, version=Meeting.objects.get().version)
    page = text_of(client.get(at("meeting", item)))
    assert "13/15 có mặt – đủ họp (cần 10)" in page
    post("open_item", version=Item.objects.get().version)
    assert "Được đề nghị khen khi có ít nhất 11/15 phiếu đồng ý" in text_of(client.get(at("item", item)))
    post("record_votes", **{f"vote-{member.pk}": "yes" for member in council.members[:13]})
    post("close_item", discussion="Nhất trí", version=Item.objects.get().version)
    assert Dossier.objects.get().at is State.RECOMMENDED
    result = text_of(client.get(at("item", item)))
    assert "Hội đồng đề nghị khen" in result
    assert "13/15 phiếu đồng ý" in result
    post("close_meeting", at="11:30", version=Meeting.objects.get().version)
    assert "01/BB-HĐTĐKT" in text_of(client.get(at("meeting", item)))


def test_the_printed_minutes_are_handed_out_to_who_may_see_the_meeting(council: Council, client: Client) -> None:
    meeting, (item,) = council.opened(council.dossier())
    address = reverse("council:minutes", args=[meeting.pk])
    actions.defer_item(item, reason="Hết giờ", by=council.secretary, on=MEETING_DAY)
    assert sit(client, council.secretary).get(address).status_code == 404
    meeting.refresh_from_db()
    assert send(client, at("close_meeting", item), at="11:30", version=meeting.version).status_code == 302
    assert "đang in" in text_of(client.get(at("meeting", item)))
    print_paper.call(Paper.objects.get().pk)
    assert Paper.objects.get().print_fault == ""
    page = client.get(address)
    assert b"".join(page).startswith(b"%PDF")
    assert address in client.get(at("meeting", item)).content.decode()
    assert sit(client, council.others[DeskKind.COMMUNE]).get(address).status_code == 404


def test_the_assumed_parts_of_the_rule_are_shown_with_their_sources(council: Council, client: Client) -> None:
    item = council.voting()
    page = text_of(sit(client, council.others[DeskKind.CHAIR]).get(at("item", item)))
    assert page.count("Tạm áp dụng:") == 4
    assert "QĐ 1338 Lạng Sơn" in page


def test_a_member_sees_no_figures_before_the_own_vote(council: Council, client: Client) -> None:
    item = council.voting()
    council.hands(item, 7)
    late = council.seats[council.members[10].pk]
    hidden = "Số đếm hiện sau khi bạn biểu quyết"
    for name in ("item", "tally"):
        address = f"{at(name, item)}?dau={item.meeting.version}-{item.version}"
        page = sit(client, late).get(address).content.decode()
        assert hidden in page
        assert "stat-value" not in page
    assert send(client, at("item", item) + "bieu-quyet/", choice="no").status_code == 302
    page = client.get(at("item", item)).content.decode()
    assert hidden not in page
    assert '<p class="stat-value">7</p>' in page


def test_a_member_votes_on_the_phone_with_one_of_three_buttons(council: Council, client: Client) -> None:
    item = council.voting()
    member = council.members[5]
    sit(client, council.seats[member.pk])
    page = client.get(at("meeting", item)).content.decode()
    assert re.findall(r'name="choice" value="(\w+)"', page) == ["yes", "no", "blank"]
    key = secrets.token_urlsafe(18)
    for _ in range(2):
        assert client.post(reverse("council:cast", args=[item.pk]), {"_key": key, "choice": "yes"}).status_code == 302
    assert Vote.objects.get().member == member
    page = client.get(at("meeting", item)).content.decode()
    assert 'name="choice"' not in page
    assert "Biểu quyết của bạn đã được ghi" in page
    refused = send(client, reverse("council:cast", args=[item.pk]), choice="no")
    assert refused.status_code == 422
    assert "mỗi thành viên chỉ một lần" in refused.content.decode()


def test_a_secret_ballot_offers_no_button_and_keeps_its_count_until_closed(council: Council, client: Client) -> None:
    item = council.voting("pm_certificate", present=13)
    sit(client, council.secretary)
    numbers = {"issued": 13, "written": 0, "yes": 13, "no": 0, "blank": 0, "missing": 0}
    tellers = {"teller_1": "Lý Kiểm", "teller_2": "Sơn Đếm"}
    assert send(client, at("enter_count", item), **numbers, **tellers, version=item.version).status_code == 302
    mine = client.get(at("item", item)).content.decode()
    assert "Tất cả phiếu giống nhau" in mine
    theirs = sit(client, council.seats[council.members[0].pk]).get(at("item", item)).content.decode()
    assert 'name="choice"' not in theirs
    assert "stat-value" not in theirs
    assert "Kết quả kiểm phiếu hiện sau khi thư ký chốt" in theirs
    council.close(Item.objects.get())
    assert '<p class="stat-value">13</p>' in client.get(at("item", item)).content.decode()


def test_a_wrong_count_comes_back_with_what_was_typed_and_why(council: Council, client: Client) -> None:
    item = council.voting("pm_certificate", present=13)
    numbers = {"issued": 14, "written": 0, "yes": 11, "no": 1, "blank": 1, "missing": 0}
    tellers = {"teller_1": "Lý Kiểm", "teller_2": "Sơn Đếm"}
    answer = send(sit(client, council.secretary), at("enter_count", item), **numbers, **tellers)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="14"' in page
    assert "cộng lại là 13" in page


def test_a_result_that_cannot_be_closed_yet_says_so_at_the_form(council: Council, client: Client) -> None:
    item = council.voting()
    council.hands(item, 12)
    sit(client, council.secretary)
    answer = send(client, at("close_item", item), discussion="Đã bàn kỹ", version=item.version)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Còn 3 thành viên có mặt chưa biểu quyết" in page
    assert "Đã bàn kỹ" in page
    answer = send(client, at("close_item", item), discussion="Đã bàn kỹ", silent_ok="on", version=item.version)
    assert answer.status_code == 302


def test_the_slower_secretary_gets_the_conflict_page(council: Council, client: Client) -> None:
    meeting, (item,) = council.opened(council.dossier())
    shown = meeting.version
    council.call(Meeting.objects.get(), 12)
    marks = {f"present-{member.pk}": "present" for member in council.members}
    answer = send(
        sit(client, council.other_secretary), at("mark_attendance", item), **marks,
        presider=council.members[0].pk, version=shown,
    )  # fmt: skip
    assert answer.status_code == 409
    assert meeting.attendances.filter(is_present=True).count() == 12


def test_open_pages_reload_only_when_something_moved(council: Council, client: Client) -> None:
    item = council.voting()
    sit(client, council.seats[council.members[0].pk])
    found = re.search(r'hx-get="([^"]*nhip[^"]*)"', client.get(at("meeting", item)).content.decode())
    assert found is not None
    assert "HX-Refresh" not in client.get(found[1]).headers
    council.hands(item, 2)
    assert "HX-Refresh" not in client.get(found[1]).headers
    council.close(item)
    assert client.get(found[1]).headers["HX-Refresh"] == "true"
    stale = f"{at('tally', item)}?dau={item.meeting.version}-{item.version - 1}"
    assert client.get(stale).headers["HX-Refresh"] == "true"


def test_known_interest_stands_in_the_form_already(council: Council, client: Client) -> None:
    proposer = council.members[4]
    _, (item,) = council.opened(council.dossier(unit=proposer.body))
    sit(client, council.secretary)
    page = client.get(at("item", item)).content.decode()
    offer = f"{at('recuse', item)}?tv={proposer.pk}"
    assert offer in page
    form = client.get(offer).content.decode()
    assert "là đơn vị trình hồ sơ" in form
    assert f'<option value="{proposer.pk}" selected>' in form


def test_a_meeting_page_asks_as_much_for_twenty_dossiers_as_for_two(
    council: Council, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    meeting, items = council.opened(*(council.dossier() for _ in range(20)))
    for item in items:
        actions.open_item(item, by=council.secretary, on=MEETING_DAY)
    sit(client, council.seats[council.members[0].pk])
    with django_assert_max_num_queries(16):
        client.get(reverse("council:meeting", args=[meeting.pk]))


@pytest.mark.parametrize(("hour", "offered"), [(7, ""), (23, "23:30")])
def test_the_hour_of_now_is_offered_for_the_end_only_once_the_meeting_has_begun(
    client: Client, council: Council, monkeypatch: pytest.MonkeyPatch, hour: int, offered: str
) -> None:
    """Written up after midnight, the hour of now would lie before the beginning."""
    meeting, _ = council.opened(council.dossier())
    now = datetime.combine(MEETING_DAY, time(hour, 30))
    monkeypatch.setattr("chungtay.council.views.timezone.localtime", lambda: now)
    page = sit(client, council.secretary).get(reverse("council:close_meeting", args=[meeting.pk])).content.decode()
    found = re.search(r'name="at"[^>]*?value="([^"]*)"', page)
    assert (found[1] if found else "") == offered
