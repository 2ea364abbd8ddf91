"""The plan in plain words for everybody."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.make import Province
from tests.public.cast import load_other_movement


@pytest.fixture
def read(client: Client) -> Callable[..., str]:
    """The page, of one movement if it is named."""

    def page(code: str = "") -> str:
        answer = client.get(reverse("public:movement"), {"ma": code} if code else {})
        assert answer.status_code == 200
        return answer.content.decode()

    return page


@pytest.mark.clause("KH I.1.b", "KH II.2", "KH IV.1.2", "KH IV.2", "KH V.1")
def test_the_page_tells_goals_groups_criteria_awards_and_calendar(province: Province, read: Callable[..., str]) -> None:
    text = read()
    plan = province.movement.plan_on(date(2020, 10, 20)).plan
    told = [
        *(goal.text for goal in plan.goals),
        *(content.title for content in plan.contents),
        *(content.who for content in plan.contents),
        *(criterion.question for content in plan.contents for criterion in content.criteria),
        *(criterion.question for criterion in plan.general_criteria),
        *(award.title for award in plan.awards),
        *(step.text for step in plan.calendar),
        plan.filing.place,
    ]
    assert len(plan.contents) == 6
    assert [sentence for sentence in told if sentence not in text] == []
    assert "data-print" in text


@pytest.mark.clause("KH V.1.1.a")
@pytest.mark.parametrize(("day", "word"), [("2017-01-31", "Sắp tới"), ("2017-02-01", "Đang làm"),
                                           ("2017-02-28", "Đang làm"), ("2017-03-01", "Đã qua")])  # fmt: skip
def test_a_step_is_ahead_now_or_past_by_its_first_and_last_day(
    province: Province, settings: Settings, client: Client, day: str, word: str
) -> None:
    settings.WORKING_DAY = date.fromisoformat(day)
    told = client.get(reverse("public:movement")).context["milestones"]
    launch = next(act for act in told if act["sentence"] == "Phát động phong trào thi đua toàn tỉnh")
    assert launch["desk"] == word
    assert launch["when"] == "tháng 02/2017"


def test_milestones_run_forward_and_yearly_work_stands_apart(province: Province, client: Client) -> None:
    told = client.get(reverse("public:movement")).context
    years = [re.findall(r"20\d\d", act["when"])[-1] for act in told["milestones"]]
    assert told["milestones"][0]["sentence"] == "Phát động phong trào thi đua toàn tỉnh"
    assert years == sorted(years)
    assert {act["when"] for act in told["yearly"]} == {"hằng năm, năm 2017 đến năm 2020"}


def test_with_two_movements_each_has_its_tab_and_its_page(province: Province, read: Callable[..., str]) -> None:
    assert 'aria-label="Các phong trào"' not in read()
    load_other_movement(province)
    text = read("dong-thap-2026-2030")
    assert "<h1>Đất sen hồng không để ai bị bỏ lại phía sau</h1>" in text
    assert "?ma=kien-giang-2016-2020" in text
    assert "<h1>Chung tay vì người nghèo và công tác từ thiện xã hội</h1>" in read()


def test_an_unknown_movement_is_not_found(province: Province, client: Client) -> None:
    assert client.get(reverse("public:movement"), {"ma": "khong-co"}).status_code == 404


@pytest.mark.django_db
def test_without_a_plan_the_page_says_so(read: Callable[..., str]) -> None:
    assert "Chưa có phong trào nào" in read()
