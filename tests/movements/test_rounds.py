"""The pages of a plan and its rounds: everybody reads them, and they say what the file says."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from chungtay.movements import actions
from chungtay.records.journal import System
from tests.make import PLAN, Province
from tests.parties.cast import text_of

PAGE = "/phong-trao/kien-giang-2016-2020/"


def test_the_only_movement_is_shown_at_once(province: Province, client: Client) -> None:
    assert client.get("/phong-trao/")["Location"] == PAGE


def test_without_a_plan_the_page_says_so(db: None, client: Client) -> None:
    assert "Chưa nạp Kế hoạch nào" in text_of(client.get("/phong-trao/"))


def test_two_movements_are_listed(province: Province, client: Client) -> None:
    other = PLAN.read_text(encoding="utf-8").replace("id: kien-giang-2016-2020", "id: kien-giang-thu", 1)
    actions.load_plan(other.encode(), by=System("test"), on=date(2018, 1, 1))
    page = text_of(client.get("/phong-trao/"))
    assert PAGE in page
    assert "/phong-trao/kien-giang-thu/" in page


def test_the_plan_is_told_whole_to_whoever_asks(province: Province, client: Client) -> None:
    page = text_of(client.get(PAGE, {"phan": "tat-ca"}))
    plan = province.movement.plan_on(date(2020, 1, 1)).plan
    told = [goal.text for goal in plan.goals] + [one.question for one in plan.general_criteria]
    told += [one.question for content in plan.contents for one in content.criteria]
    told += [award.title for award in plan.awards] + [step.text for step in plan.calendar]
    told += [duty.text for duty in plan.duties] + [one.name for one in plan.recipients]
    missing = [words for words in told if words.replace('"', "&quot;") not in page]
    assert missing == []


@pytest.mark.clause("KH Căn cứ")
def test_a_legal_basis_is_shown_as_cited_and_as_official(province: Province, client: Client) -> None:
    page = text_of(client.get(PAGE, {"phan": "can-cu"}))
    for part in ("số 1285/QĐ-TTg ngày 22/08/2017", "số 1258/QĐ-TTg ngày 21/08/2017", "Khác Kế hoạch"):
        assert part in page


@pytest.mark.clause("KH I.1.b")
def test_figures_are_written_as_vietnamese_write_them(province: Province, client: Client) -> None:
    page = text_of(client.get(PAGE))
    assert "giảm 1-1,5 điểm phần trăm mỗi năm" in page
    assert "28.151 hộ" in page


@pytest.mark.clause("KH V.1.1.a")
@pytest.mark.parametrize(
    ("on", "label"),
    [
        (date(2017, 1, 31), "Sắp tới"),
        (date(2017, 2, 1), "Đang làm"),
        (date(2017, 2, 28), "Đang làm"),
        (date(2017, 3, 1), "Đã qua"),
    ],
)
def test_the_launch_month_is_ahead_then_now_then_past(
    province: Province, client: Client, settings: Any, on: date, label: str
) -> None:
    settings.WORKING_DAY = on
    launch = next(
        row for row in client.get(PAGE, {"phan": "tien-do"}).context["calendar"] if row["step"].clause == "KH V.1.1.a"
    )
    assert (launch["label"], launch["when"]) == (label, "tháng 02/2017")


@pytest.mark.clause("KH III.5")
@pytest.mark.parametrize(
    ("edge", "days", "state"),
    [
        ("opens", -1, "Chưa mở"),
        ("opens", 0, "Đang nhận hồ sơ"),
        ("closes", 0, "Đang nhận hồ sơ"),
        ("closes", 1, "Đã đóng"),
    ],
)
def test_a_round_is_open_from_its_first_day_to_its_last(
    province: Province, client: Client, settings: Any, edge: str, days: int, state: str
) -> None:
    settings.WORKING_DAY = getattr(province.round(), edge) + timedelta(days=days)
    rows = client.get(f"{PAGE}dot-xet/").context["rows"]
    assert next(row.state for row in rows if row.round == province.round()) == state
    assert all(row.why_assumed for row in rows)


def test_an_old_version_can_still_be_read_and_one_that_never_was_cannot(province: Province, client: Client) -> None:
    other = PLAN.read_bytes().replace("title: Hộ gia đình vượt khó".encode(), "title: Hộ vượt khó".encode())
    actions.load_plan(other, by=System("test"), on=date(2020, 10, 20))
    assert "Hộ gia đình vượt khó" not in text_of(client.get(PAGE, {"phan": "noi-dung"}))
    assert "Hộ gia đình vượt khó" in text_of(client.get(PAGE, {"ban": "1", "phan": "noi-dung"}))
    assert client.get(PAGE, {"ban": "3"}).status_code == 404
    assert client.get(PAGE, {"ban": "rác"}).status_code == 200
    assert client.get("/phong-trao/khong-co/").status_code == 404
