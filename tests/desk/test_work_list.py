"""The work list: without a desk one is told whom to ask; a notice whose dossier has gone says what became of it."""

from datetime import timedelta

import pytest
from django.test import Client

from chungtay.accounts import actions as accounts
from chungtay.accounts.models import Desk as DeskRow
from chungtay.accounts.models import Notice, User
from chungtay.desk.told import OUT_OF_SIGHT, TAKEN_BACK
from chungtay.law.procedure import Desk
from chungtay.nominations import actions
from chungtay.nominations.models import Dossier
from tests.make import TODAY, Province, post_form

HOME, NOTICES = "/ban-lam-viec/", "/ban-lam-viec/thong-bao/"
CLOSED = ("thong-bao/", "tim/", "nhat-ky/")


@pytest.fixture
def newcomer(province: Province) -> User:
    """Somebody with an account and no desk."""
    return User.objects.create_user(username="nguoi.moi", password="mat-khau-du-dai", full_name="Người Mới")


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(client: Client, address: str) -> str:
    return str(client.get(address).content.decode())


def told(desk: Desk) -> list[str]:
    return list(Notice.objects.filter(desk__kind=desk.value).order_by("-id").values_list("text", flat=True))


def test_somebody_without_a_desk_is_told_whom_to_ask(province: Province, newcomer: User) -> None:
    client = browser(newcomer)
    answer = client.get(HOME)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Bạn chưa được phân công bàn làm việc" in page
    admin = province.seats["admin"]
    for word in (str(admin.user), admin.desk.name, "nguoi.moi"):
        assert word in page
    assert "Việc chờ tôi" not in page
    for address in (*(f"{HOME}{rest}" for rest in CLOSED), "/ho-so/", "/doi-tuong/", "/phan-cong/"):
        assert client.get(address).status_code == 404, address


def test_somebody_whose_seat_ended_or_has_not_begun_reads_which_and_when(province: Province, newcomer: User) -> None:
    admin = province.seats["admin"]
    desk, later = province.seats["commune"].desk, province.seats["unit"].desk
    past = TODAY - timedelta(days=9)
    accounts.give_seat(newcomer, desk, by=admin, on=past, until=TODAY - timedelta(days=1))
    accounts.give_seat(newcomer, later, by=admin, on=TODAY + timedelta(days=1))
    page = text(browser(newcomer), HOME)
    assert desk.name in page
    assert "đã hết ngày 19/10/2020" in page
    assert later.name in page
    assert "bắt đầu từ 21/10/2020" in page


def test_without_any_administrator_the_page_names_the_office(province: Province, newcomer: User) -> None:
    DeskRow.objects.filter(kind=Desk.ADMIN.value).update(kind=Desk.AUDITOR.value)
    assert "Sở Nội vụ, Ban Thi đua - Khen thưởng" in text(browser(newcomer), HOME)


@pytest.mark.clause("KH IV.4.3")
def test_the_notice_of_a_recalled_dossier_says_that_it_was_taken_back(province: Province) -> None:
    dossier = province.submitted()
    office = province.client("office")
    link = f'href="/ho-so/{dossier.key}/"'
    assert all(link in text(office, address) for address in (HOME, NOTICES))
    actions.recall(dossier, by=province.seats["commune"], on=TODAY)
    for address in (HOME, NOTICES):
        page = text(office, address)
        assert link not in page
        assert TAKEN_BACK in page
    assert told(Desk.OFFICE)[0].startswith("Hồ sơ của Ủy ban nhân dân xã Thổ Sơn: đơn vị đã lấy lại")
    actions.submit(dossier, by=province.seats["commune"], on=TODAY)
    page = text(office, NOTICES)
    assert page.count(link) == 2
    assert TAKEN_BACK not in page


def test_a_dossier_that_is_out_of_sight_for_another_reason_is_not_called_taken_back(province: Province) -> None:
    dossier = province.received()
    Dossier.objects.filter(pk=dossier.pk).update(area_path=province.stranger(Desk.UNIT).desk.body.area_path)
    page = text(province.client("office"), NOTICES)
    assert OUT_OF_SIGHT in page
    assert TAKEN_BACK not in page


@pytest.mark.clause("KH IV.4.3")
def test_whoever_opens_too_late_is_led_back_to_the_work_list(province: Province) -> None:
    dossier = province.submitted()
    address = f"/ho-so/{dossier.key}/"
    actions.recall(dossier, by=province.seats["commune"], on=TODAY)
    answer = post_form(province.client("office"), f"{address}mo/", headers={"referer": f"http://testserver{address}"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "vừa lấy lại hồ sơ này" in page
    assert f'href="{HOME}"' in page
    assert address not in page


@pytest.mark.clause("KH IV.4")
@pytest.mark.parametrize(
    ("state", "desk"), [("submitted", Desk.OFFICE), ("received", Desk.BOARD), ("appraised", Desk.SECRETARY)]
)
def test_a_withdrawal_is_told_to_the_desk_that_had_the_dossier(province: Province, state: str, desk: Desk) -> None:
    dossier = getattr(province, state)()
    others = {kind: len(told(kind)) for kind in Desk if kind is not desk}
    actions.withdraw(dossier, by=province.seats["commune"], on=TODAY, reason="Hộ đề nghị để năm sau.")
    assert "đơn vị đã rút" in told(desk)[0]
    assert f'href="/ho-so/{dossier.key}/"' in text(province.client(desk.value), NOTICES)
    assert {kind: len(told(kind)) for kind in Desk if kind is not desk} == others


@pytest.mark.clause("KH IV.4")
def test_a_dossier_may_be_withdrawn_while_the_office_checks_it(province: Province) -> None:
    dossier = actions.take_up(province.submitted(), by=province.seats["office"], on=TODAY)
    assert "Rút hồ sơ" in text(province.client("commune"), f"/ho-so/{dossier.key}/")
    actions.withdraw(dossier, by=province.seats["commune"], on=TODAY, reason="Hộ đề nghị để năm sau.")
    assert Dossier.objects.get(pk=dossier.pk).state == "withdrawn"
    assert "đơn vị đã rút" in told(Desk.OFFICE)[0]


def test_a_draft_that_nobody_waits_for_is_withdrawn_in_silence(province: Province) -> None:
    dossier = province.draft()
    before = Notice.objects.count()
    actions.withdraw(dossier, by=province.seats["commune"], on=TODAY, reason="Lập nhầm.")
    assert Notice.objects.count() == before


@pytest.mark.parametrize(("page", "shown"), [
    ("/ban-lam-viec/tim/?q=danh", "danh"), ("/ho/?q=danh", ""), ("/viec-phai-lam/von-vay/?q=danh", ""),
])  # fmt: skip
def test_the_box_at_the_top_holds_what_was_searched_there_and_no_lists_own_filter(
    province: Province, page: str, shown: str
) -> None:
    answer = province.client("commune").get(page)
    assert answer.status_code == 200
    box = answer.content.decode().partition('id="find"')[2].partition(">")[0]
    assert f'value="{shown}"' in box
