"""The pages of the places, as any signed-in person sees them."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from chungtay.places.models import Boundary, Place
from chungtay.places.outline import draw


def square(south: float) -> dict[str, object]:
    """A square whose lower edge lies on that latitude."""
    ring = [[105.0, south], [105.2, south], [105.2, south + 0.1], [105.0, south + 0.1], [105.0, south]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture
def page(places: None, client: Client) -> Callable[..., str]:
    """The text of a page of this room, read by somebody who is signed in."""
    client.force_login(get_user_model().objects.create_user(username="an", password="mat-khau-dai"))

    def read(name: str = "list", *args: str, **query: str) -> str:
        answer = client.get(reverse(f"places:{name}", args=args), query)
        assert answer.status_code == 200
        return answer.content.decode()

    return read


@pytest.mark.django_db
def test_who_is_not_signed_in_is_sent_to_the_door(client: Client) -> None:
    for address in (reverse("places:list"), reverse("places:detail", args=["kg"])):
        answer = client.get(address)
        assert answer.status_code == 302
        assert "next=" in answer["Location"]


def test_the_list_is_the_list_of_its_day(page: Callable[..., str]) -> None:
    before, after = page(ngay="31/10/2018"), page(ngay="01/11/2018")
    assert "Thị xã Hà Tiên" in before
    assert "Xã Mỹ Đức" in before
    assert "Thành phố Hà Tiên" in after
    assert "Phường Mỹ Đức" in after
    assert len(set(re.findall(r"/dia-ban/(kg-3\d{4})/", after))) == 145
    assert "15 đơn vị cấp huyện và 145 xã" in after
    merged = page(ngay="2025-07-01")
    assert "Gồm 48 xã" in merged
    codes = re.findall(r'<span class="code">(3\d{4})</span>', merged)
    assert codes == sorted(codes)
    assert "Đặc khu Phú Quốc" in merged
    assert "Huyện" not in merged
    assert "102 xã, phường, đặc khu" in merged


def test_the_list_marks_difficult_communes_and_says_that_it_does_not_know_all(page: Callable[..., str]) -> None:
    assert page(ngay="31/12/2019").count("Đặc biệt khó khăn") == 4
    unknown = page(ngay="31/12/2017")
    assert unknown.count("Đặc biệt khó khăn") == 0
    assert "chưa chắc là xã không khó khăn" in unknown


def test_a_day_that_is_none_is_told_at_its_field(page: Callable[..., str]) -> None:
    assert "Ngày chưa đúng" in page(ngay="31/02/2018")


def test_a_day_before_all_days_shows_that_nothing_is_there(page: Callable[..., str]) -> None:
    assert "Không có đơn vị nào vào ngày này" in page(ngay="01/01/2000")


def test_search_finds_a_name_of_another_time(page: Callable[..., str]) -> None:
    text = page(q="vinh bao", ngay="01/07/2025")
    assert "Phường Vĩnh Bảo, Thành phố Rạch Giá" in text
    assert "Không có vào ngày xem" in text
    assert "Không tìm thấy đơn vị nào" in page(q="khong co ten nay")


def test_a_page_of_a_unit_tells_its_names_sources_and_neighbours(page: Callable[..., str]) -> None:
    text = page("detail", "kg-30778", ngay="01/11/2018")
    assert "<h1>Phường Mỹ Đức</h1>" in text
    assert "Xã Mỹ Đức" in text
    assert "573/NQ-UBTVQH14" in text
    assert "Cùng thuộc Thành phố Hà Tiên" in text
    assert text.count("<path class=") == 7
    assert text.count("place-map-shape is-here") == 1
    assert "Marc Choisy" in text


def test_a_page_of_a_merged_unit_leads_to_what_it_was_made_of_and_back(page: Callable[..., str]) -> None:
    new = page("detail", "ag-30742", ngay="01/07/2025")
    assert new.count("Nhập toàn bộ") == 9
    assert "/dia-ban/kg-30742-2024/" in new
    old = page("detail", "kg-30742", ngay="01/07/2025")
    assert "Trang cho xem ngày gần nhất: 30/11/2024" in old
    assert "/dia-ban/kg-30742-2024/" in old


def test_a_page_of_a_district_shows_its_communes_on_the_map(page: Callable[..., str]) -> None:
    text = page("detail", "kg-914", ngay="15/10/2017")
    assert text.count("<path class=") == 5
    assert "Gồm 5 đơn vị" in text


def test_a_page_of_a_difficult_commune_says_by_whom_and_what_is_assumed(page: Callable[..., str]) -> None:
    text = page("detail", "kg-31045", ngay="31/12/2019")
    assert "bãi ngang ven biển" in text
    assert "dantocmiennui.vn" in text
    assert "chưa thấy danh sách kèm quyết định" in text
    assert "Chưa ghi nhận năm nào" in page("detail", "kg-30808", ngay="31/12/2019")


def test_a_page_of_an_island_commune_says_so_with_its_source(page: Callable[..., str]) -> None:
    text = page("detail", "kg-31099", ngay="31/12/2020")
    assert "Từ 01/01/2010 đến hết 31/12/2020" in text.split("Xã đảo</h2>")[1]
    assert "toihuongdan.com" in text
    assert "chưa đọc được các quyết định công nhận xã đảo" in text
    assert "Xã đảo</h2>" not in page("detail", "kg-30808", ngay="31/12/2019")


def test_an_unknown_key_is_not_found(page: Callable[..., str], client: Client) -> None:
    assert client.get(reverse("places:detail", args=["kg-1"])).status_code == 404


@pytest.mark.parametrize("key", ["kg", "ag", "kg-911", "kg-30781", "kg-31099", "ag-31105"])
def test_no_page_has_inline_style_or_script(page: Callable[..., str], key: str) -> None:
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", page("detail", key))


def test_a_page_asks_few_queries(
    page: Callable[..., str], client: Client, django_assert_max_num_queries: Callable
) -> None:
    with django_assert_max_num_queries(20):
        page("detail", "kg-899", ngay="15/10/2017")
    with django_assert_max_num_queries(12):
        page(ngay="15/10/2017")


def test_a_drawing_has_north_up_and_the_unit_in_question_on_top() -> None:
    drawing = draw([("a", "Bắc", square(10.1)), ("b", "Nam", square(10.0))], here="a")
    assert drawing is not None
    assert [(shape.key, shape.is_here) for shape in drawing.shapes] == [("b", False), ("a", True)]
    top, bottom = (min(float(y) for y in re.findall(r" ([\d.]+)", shape.d)) for shape in reversed(drawing.shapes))
    assert top < bottom
    assert (drawing.width, drawing.height) == (910, 924)


def test_no_outline_is_no_drawing() -> None:
    assert draw([]) is None


@pytest.mark.django_db
def test_a_unit_without_an_outline_says_so(page: Callable[..., str]) -> None:
    Boundary.objects.all().delete()
    assert "Chưa có đường ranh" in page("detail", "kg-899", ngay="15/10/2017")
    assert Place.objects.get(key="kg-899").until == date(2025, 7, 1)
