"""Behind the second wall a careless view tells nothing foreign, and forms are acted on as ever (design D7)."""

import secrets
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from chungtay.nominations.models import Dossier
from chungtay.parties.models import Party
from tests.make import Province
from tests.walls.behind import Walled, run


def forgets(request: HttpRequest) -> HttpResponse:
    """What a careless view would tell."""
    names = Party.objects.filter(kind="household").order_by("id").values_list("name", flat=True)
    return HttpResponse(", ".join(names))


def breaks(request: HttpRequest) -> HttpResponse:
    Party.objects.filter(kind="household").update(hamlet="Ấp bị sửa dở")
    return HttpResponse("half done", status=500)


urlpatterns = [path("quen/", forgets), path("hong/", breaks), path("quan-tri/quen/", forgets)]


@pytest.fixture
def careless(walled: Walled, settings: Settings) -> Callable[[str], Client]:
    """Browsers of desks at the careless addresses above; one household in each commune."""
    with walled.lifted():
        walled.province.household("Hộ xã này")
        walled.province.household("Hộ xã khác", "kg-30850")
    settings.ROOT_URLCONF = __name__
    return walled.province.client


def test_a_view_that_forgot_its_filter_tells_only_of_its_own_area(
    careless: Callable[[str], Client], settings: Settings
) -> None:
    expected = {
        "commune": "Hộ xã này", "commune_b": "Hộ xã khác", "district": "Hộ xã này, Hộ xã khác",
        "board": "Hộ xã này, Hộ xã khác", "unit": "",
    }  # fmt: skip
    for _ in range(2):  # one connection serves them in turn, and keeps nothing of the one before
        for who, told in expected.items():
            assert careless(who).get("/quen/").content.decode() == told, who
        assert Client().get("/quen/").content == b""
    settings.RUNTIME_ROLE = ""
    run("RESET SESSION AUTHORIZATION")
    assert careless("commune").get("/quen/").content.decode() == "Hộ xã này, Hộ xã khác"


def test_the_back_office_is_open_to_superusers_and_to_nobody_else(
    careless: Callable[[str], Client], walled: Walled
) -> None:
    with walled.lifted():
        walled.province.seats["unit"].user.__class__.objects.filter(username="unit").update(is_superuser=True)
    assert careless("unit").get("/quan-tri/quen/").content.decode() == "Hộ xã này, Hộ xã khác"
    assert careless("unit").get("/quen/").content == b""
    assert careless("commune").get("/quan-tri/quen/").content.decode() == "Hộ xã này"


def test_an_answer_of_500_leaves_nothing_half_done(careless: Callable[[str], Client], walled: Walled) -> None:
    assert careless("commune").get("/quen/").status_code == 200
    client = careless("commune")
    client.raise_request_exception = False
    assert client.post("/hong/", {"_key": secrets.token_urlsafe(18)}).status_code == 500
    with walled.lifted():
        assert not Party.objects.filter(hamlet="Ấp bị sửa dở").exists()


# --- forms ---


def send(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"_key": secrets.token_urlsafe(18), **data})


def test_a_commune_registers_a_household_and_the_second_click_changes_nothing(
    province: Province, behind: Callable[[Province], Walled]
) -> None:
    walled = behind(province)
    client = province.client("commune")
    told = {"kind": "household", "name": "Trần Thị Sen", "place": str(province.places["kg-30847"].pk), "_key": "k" * 20}
    answers = [client.post("/doi-tuong/moi/", told) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    elsewhere = {**told, "name": "Lê Văn Xa", "place": str(province.places["kg-30850"].pk), "_key": "l" * 20}
    assert client.post("/doi-tuong/moi/", elsewhere).status_code == 422
    with walled.lifted():
        assert list(Party.objects.filter(kind="household").values_list("name", flat=True)) == ["Trần Thị Sen"]


def test_a_dossier_goes_from_desk_to_desk_behind_the_wall(
    province: Province, behind: Callable[[Province], Walled]
) -> None:
    dossier = province.complete(province.draft())
    walled = behind(province)
    page = f"/ho-so/{dossier.key}/"
    commune, office = province.client("commune"), province.client("office")
    assert office.get(page).status_code == 404
    assert send(commune, f"{page}nop/").status_code == 302
    assert office.get(page).status_code == 200
    assert send(office, f"{page}mo/").status_code == 302
    assert send(office, f"{page}tiep-nhan/").status_code == 302
    assert province.client("commune_b").get(page).status_code == 404
    with walled.lifted():
        assert Dossier.objects.get(pk=dossier.pk).state == "received"
