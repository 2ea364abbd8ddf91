"""Pages for requests that cannot be answered."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, reverse
from pytest_django import Settings

from chungtay.public import errors
from tests.make import Province


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("bí mật bên trong")


def closed(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


urlpatterns = [path("hong/", broken), path("cam/", closed), path("", include("config.urls"))]
handler400, handler403 = "chungtay.public.errors.bad_request", "chungtay.public.errors.forbidden"
handler404, handler500 = "chungtay.public.errors.not_found", "chungtay.public.errors.server_error"


@pytest.fixture
def quiet(settings: Settings) -> Client:
    """A browser that gets the error page and not the exception."""
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [("/khong-co/", 404, "Không tìm thấy trang này"), ("/cam/", 403, "Bàn này không làm được việc đó"),
     ("/hong/", 500, "Hệ thống gặp lỗi")],
)  # fmt: skip
def test_each_error_has_its_own_page(quiet: Client, address: str, status: int, words: str) -> None:
    answer = quiet.get(address)
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert "bí mật" not in answer.content.decode()


@pytest.mark.django_db
def test_the_public_is_not_spoken_to_as_an_official(quiet: Client) -> None:
    page = quiet.get("/khong-co/").content.decode()
    assert "trang này chỉ mở cho người đã đăng nhập" in page
    assert "bàn" not in page.partition("<main")[2].partition("</main>")[0]


def test_a_page_not_found_keeps_the_frame_of_who_is_signed_in(province: Province) -> None:
    answer = province.client("commune").get("/khong-co/")
    assert answer.status_code == 404
    assert reverse("desk:home") in answer.content.decode()


def test_an_error_of_the_server_asks_the_database_nothing(db: None, django_assert_num_queries: Callable) -> None:
    with django_assert_num_queries(0):
        answer = errors.server_error(HttpRequest())
    assert answer.status_code == 500


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/khong-co/", "/cong-khai/ho-so/", "/"])
def test_a_request_that_cannot_be_read_is_answered_all_the_same(
    quiet: Client, settings: Settings, address: str
) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    answer = quiet.get(f"{address}?{'&'.join(f'a{n}=1' for n in range(11))}")
    assert answer.status_code == 400
    assert "Yêu cầu không đọc được" in answer.content.decode()


@pytest.mark.django_db
def test_a_wrong_host_gets_the_bad_request_page(quiet: Client) -> None:
    answer = quiet.get("/", headers={"host": "la.example"})
    assert answer.status_code == 400
    assert "Yêu cầu không đọc được" in answer.content.decode()


def test_a_form_without_its_token_says_that_the_page_is_too_old(province: Province) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(province.seats["commune"].user)
    answer = client.post(reverse("desk:switch"), {"_key": "k" * 20})
    assert answer.status_code == 403
    assert "Trang đã mở quá lâu" in answer.content.decode()
