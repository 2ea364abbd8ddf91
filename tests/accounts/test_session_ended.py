"""The session ended while somebody was writing: nothing is done, nothing is lost, and the way back is one log-in."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.make import Province, post_form

FORM = "/chi-tieu/t1/kg/giao/?nam=2020"


def after_login(address: str) -> str:
    """Where the login page leads."""
    parts = urlsplit(address)
    assert parts.path == "/tai-khoan/login/"
    return parse_qs(parts.query)["next"][0]


def test_a_page_that_was_asked_for_is_where_the_login_leads(province: Province) -> None:
    assert after_login(Client().get(FORM)["Location"]) == FORM


def test_a_form_that_was_sent_leads_back_to_the_page_it_stood_on_and_the_login_says_why(province: Province) -> None:
    client = Client()
    answer = post_form(client, "/ban-lam-viec/thong-bao/da-xem/", HTTP_REFERER=f"http://testserver{FORM}#cuoi")
    assert after_login(answer["Location"]) == FORM
    page = client.get(answer["Location"]).content.decode()
    assert "Phiên làm việc đã hết giờ, việc vừa gửi chưa được ghi" in page
    assert "Phiên làm việc" not in Client().get(Client().get(FORM)["Location"]).content.decode()


def test_the_same_form_sent_again_after_the_login_is_done(province: Province) -> None:
    data, address = {"_key": "k" * 20}, "/ban-lam-viec/thong-bao/da-xem/"
    assert after_login(Client().post(address, data)["Location"]) == address
    answer = province.client("commune").post(address, data)
    assert (answer.status_code, answer["Location"]) == (302, "/ban-lam-viec/thong-bao/")


@pytest.mark.parametrize("elsewhere", ["", "https://evil.example/x", "//evil.example/x", "javascript:alert(1)"])
def test_only_a_page_of_ours_is_led_back_to(province: Province, elsewhere: str) -> None:
    answer = post_form(Client(), "/ban-lam-viec/thong-bao/da-xem/", HTTP_REFERER=elsewhere)
    assert after_login(answer["Location"]) == "/ban-lam-viec/thong-bao/da-xem/"


def test_a_part_of_a_page_is_not_filled_with_the_login_form(province: Province) -> None:
    client = Client(headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{FORM}"})
    answer = client.get("/ho-so/?tim=a")
    assert (answer.status_code, answer.content) == (200, b"")
    assert after_login(answer["HX-Redirect"]) == FORM


def test_an_address_that_only_takes_what_is_sent_says_so_when_it_is_opened(province: Province) -> None:
    client = province.client("commune")
    answer = client.get("/ban-lam-viec/thong-bao/da-xem/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Địa chỉ này không phải một trang" in answer.content.decode()
