"""The back office: one way in, with the second factor; every change of an account or a desk is in the journal."""

import pytest
from django.test import Client
from pytest_django import Settings

from chungtay.accounts.models import Desk, User
from chungtay.records import journal
from tests.make import Province

USERS = "/quan-tri/accounts/user/"
TOLD = {"username": "boss", "password": "mat-khau-du-dai"}


@pytest.fixture
def boss(province: Province) -> User:
    return User.objects.create_superuser(**TOLD, full_name="Quản trị viên")


def test_a_password_alone_does_not_open_the_back_office(boss: User, settings: Settings) -> None:
    settings.REQUIRE_MFA = True
    client = Client()
    answer = client.post(f"/quan-tri/login/?next={USERS}", TOLD)
    assert answer.headers["Location"].startswith("/tai-khoan/login/")
    assert client.get(USERS).status_code == 302
    client.force_login(boss)
    answer = client.get(USERS)
    assert (answer.status_code, "totp" in answer.headers["Location"]) == (302, True)


def test_without_the_demand_for_a_second_factor_the_same_page_opens(boss: User, settings: Settings) -> None:
    settings.REQUIRE_MFA = False
    client = Client()
    client.force_login(boss)
    assert client.get(USERS).status_code == 200


def test_a_changed_desk_is_in_the_journal_and_no_desk_is_deleted(province: Province, boss: User) -> None:
    desk = Desk.objects.get(seats=province.seats["board"])
    client = Client()
    client.force_login(boss)
    told = {"kind": desk.kind, "name": "Phòng Thi đua", "body": desk.body_id, "place": desk.place_id}
    assert client.post(f"/quan-tri/accounts/desk/{desk.pk}/change/", told).status_code == 302
    (entry,) = journal.of(desk)
    assert (entry.act, entry.actor, entry.desk) == ("change_by_admin", "Quản trị viên", "Trang quản trị")
    assert client.get(f"/quan-tri/accounts/desk/{desk.pk}/delete/").status_code == 403


def test_a_password_set_for_somebody_is_in_the_journal(province: Province, boss: User) -> None:
    user = province.seats["commune"].user
    client = Client()
    client.force_login(boss)
    told = {"password1": "mat-khau-moi-rat-dai", "password2": "mat-khau-moi-rat-dai", "usable_password": "true"}
    assert client.post(f"{USERS}{user.pk}/password/", told).status_code == 302
    assert [entry.act for entry in journal.of(user)] == ["change_by_admin"]
