"""The front page: the movement, the two look-ups, open rounds, and counts that point at nobody."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from chungtay.decisions.models import Award
from chungtay.law.money import Payee
from chungtay.public import pages
from tests.make import PLAN, Province
from tests.public.cast import Signing, load_other_movement


@pytest.fixture
def read(client: Client) -> Callable[[], str]:
    """The front page as it stands."""
    return lambda: client.get(reverse("public:home")).content.decode()


def stats() -> dict[str, str]:
    return {stat["label"]: stat["value"] for stat in pages.counts()}


def test_the_front_page_tells_what_the_movement_is_and_leads_to_everything(
    province: Province, read: Callable[[], str]
) -> None:
    text = read()
    assert "<h1>Chung tay vì người nghèo và công tác từ thiện xã hội</h1>" in text
    assert "phát động, giai đoạn 2016-2020." in text
    for name in ("dossier", "certificate_help", "movement"):
        assert reverse(f"public:{name}") in text
    assert reverse("account_login") in text
    assert len(re.findall("#noi-dung-", text)) == 6
    assert "Hộ gia đình vượt khó vươn lên thoát nghèo" in text


@pytest.mark.django_db
def test_before_any_plan_is_loaded_the_page_says_so(read: Callable[[], str]) -> None:
    text = read()
    assert "Chưa có phong trào nào" in text
    assert "Hôm nay không có đợt xét nào đang nhận hồ sơ." in text
    assert list(stats().values()) == ["0", "0", "0", "0"]


def test_an_official_finds_the_way_to_the_desk(province: Province) -> None:
    text = province.client("commune").get(reverse("public:home")).content.decode()
    assert reverse("desk:home") in text
    assert reverse("account_login") not in text


@pytest.mark.clause("KH III.5")
@pytest.mark.parametrize(
    ("day", "yearly", "five_year"),
    [(date(2020, 7, 31), False, False), (date(2020, 8, 1), False, True), (date(2020, 10, 1), True, True),
     (date(2020, 11, 15), True, True), (date(2020, 11, 16), True, False), (date(2020, 12, 15), True, False),
     (date(2020, 12, 16), False, False)],
)  # fmt: skip
def test_a_round_is_open_from_its_first_to_its_last_day(
    province: Province, settings: Settings, client: Client, day: date, yearly: bool, five_year: bool
) -> None:
    settings.WORKING_DAY = day
    titles = [one["title"] for one in client.get(reverse("public:home")).context["open"]]
    assert ("Đợt xét khen hằng năm 2020" in titles) is yearly
    assert ("Đợt xét khen tổng kết giai đoạn 2016-2020" in titles) is five_year


def test_a_round_that_comes_next_is_announced(province: Province, settings: Settings, read: Callable[[], str]) -> None:
    settings.WORKING_DAY = date(2020, 7, 31)
    assert "Sắp tới: Đợt xét khen tổng kết giai đoạn 2016-2020" in read()


def test_two_movements_at_once_are_both_shown_and_one_of_another_time_is_linked(
    province: Province, settings: Settings, read: Callable[[], str]
) -> None:
    load_other_movement(province)
    assert "(Đồng Tháp, 2026-2030)" in read()
    settings.WORKING_DAY = date(2026, 7, 1)
    text = read()
    assert "<h1>Đất sen hồng không để ai bị bỏ lại phía sau</h1>" in text
    assert len(re.findall("#noi-dung-", text)) == 3


def test_movements_that_run_at_the_same_time_share_the_page(province: Province, read: Callable[[], str]) -> None:
    load_other_movement(province, since=b"2019-01-01")
    text = read()
    assert "<h1>Chung tay vì người nghèo</h1>" in text
    assert len(re.findall("#noi-dung-", text)) == 9


def test_after_the_last_day_of_every_movement_the_latest_one_stays(
    province: Province, settings: Settings, read: Callable[[], str]
) -> None:
    load_other_movement(province)
    settings.WORKING_DAY = date(2031, 1, 1)
    assert "<h1>Đất sen hồng không để ai bị bỏ lại phía sau</h1>" in read()


def test_the_page_asks_as_many_queries_for_two_movements_as_for_one(
    province: Province, read: Callable[[], str], django_assert_num_queries: Callable
) -> None:
    read()
    with django_assert_num_queries(4):
        read()
    load_other_movement(province)
    read()
    with django_assert_num_queries(4):
        read()


@pytest.mark.parametrize(("count", "shown"), [(0, "0"), (1, "dưới 5"), (4, "dưới 5"), (5, "5"), (1234, "1.234")])
def test_fewer_than_five_of_a_kind_are_not_counted_in_public(count: int, shown: str) -> None:
    assert pages._cell(count) == shown


def test_counts_are_of_signed_decisions_and_of_awards_that_stand(signing: Signing) -> None:
    dossiers = [signing.recommended(signing.household(f"Hộ số {n}")) for n in range(5)]
    collective = signing.recommended(signing.collective())
    assert stats()["Quyết định khen thưởng đã ký"] == "0"
    signing.sign(*dossiers, collective)
    assert stats() == {
        "Quyết định khen thưởng đã ký": "1",
        "Tập thể được khen": "dưới 5",
        "Hộ gia đình được khen": "5",
        "Cá nhân được khen": "0",
    }
    signing.withdraw(Award.objects.filter(payee=Payee.HOUSEHOLD.value).order_by("id")[0])
    assert stats()["Hộ gia đình được khen"] == "dưới 5"


def test_no_total_gives_a_hidden_count_away(signing: Signing, read: Callable[[], str]) -> None:
    dossiers = [signing.recommended(signing.household(f"Hộ số {n}")) for n in range(5)]
    signing.sign(*dossiers, signing.recommended(signing.collective()))
    values = re.findall(r'<p class="stat-value">(.*?)</p>', read())
    assert values == ["1", "dưới 5", "5", "0"]


def test_the_plan_file_of_the_province_is_the_one_shown(province: Province, read: Callable[[], str]) -> None:
    assert PLAN.exists()
    for content in province.movement.plan_on(date(2020, 10, 20)).plan.contents:
        assert content.title in read()
