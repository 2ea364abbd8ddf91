"""Surveys and answers about infrastructure: what is surely mistyped, what is taken back, how a hamlet is written."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from chungtay.law.refusals import Conflict, Refused
from chungtay.places.models import Difficulty
from chungtay.records.models import Entry
from chungtay.targets import actions, judging, measuring
from chungtay.targets.actions import Answer
from chungtay.targets.ground import Ground
from chungtay.targets.hamlets import Names
from chungtay.targets.measuring import Measured
from chungtay.targets.models import IncomeSurvey, Infrastructure
from tests.make import TODAY, Province, post_form
from tests.reviews.people import households
from tests.targets.test_assigning import told

BEFORE = TODAY - timedelta(days=1)
INCOME, ROADS = "/chi-tieu/dia-ban/kg/thu-nhap/", "/chi-tieu/dia-ban/kg-30847/ha-tang/"
COMMUNE = "kg-30847"


def measured(province: Province, way: str, key: str, on: date = TODAY, year: int = 2019) -> Measured:
    ground = Ground(province.places["kg"], on)
    unit = ground.by_key(key)
    assert unit is not None
    return measuring.measure(measuring.gather(ground, [unit], base_year=2015), way, [unit], [year])[unit.pk][year]


def surveyed(province: Province, year: int, per_head: int, on: date = BEFORE) -> IncomeSurvey:
    place = province.places["kg"]
    return actions.enter_survey(place, told(year=year, per_head=per_head), by=province.seats["labour"], on=on)


# --- incomes ---


@pytest.mark.clause("KH I.1.b", "T6")
@pytest.mark.parametrize(("per_head", "taken"), [
    (49_999, False), (50_000, True), (50_000_000, True), (50_000_001, False),
])  # fmt: skip
def test_an_income_that_nobody_can_have_was_mistyped(province: Province, per_head: int, taken: bool) -> None:
    if taken:
        assert surveyed(province, 2019, per_head).per_head == per_head
        return
    with pytest.raises(Refused, match="Ghi đủ số đồng") as refused:
        surveyed(province, 2019, per_head)
    assert [reason.field for reason in refused.value.reasons] == ["per_head"]


def test_the_page_says_that_neither_nobody_nor_nothing_can_be_surveyed(province: Province) -> None:
    data = {"year": "2019", "households": "0", "per_head": "0", "method": "chọn mẫu", "source": "BC 9"}
    page = post_form(province.client("labour"), INCOME, data).content.decode()
    assert "ví dụ 912.000" in page
    assert "Số hộ phải từ 1 trở lên." in page


@pytest.mark.clause("KH I.1.b", "T6")
def test_a_survey_is_withdrawn_with_a_reason_and_counted_until_that_day(province: Province) -> None:
    surveyed(province, 2015, 500_000)
    wrong = surveyed(province, 2019, 912_000)
    client = province.client("labour")
    assert post_form(client, INCOME, {"rut-survey": str(wrong.pk), "rut-reason": " "}).status_code == 422
    assert post_form(client, INCOME, {"rut-survey": str(wrong.pk), "rut-reason": "Ghi nhầm năm"}).status_code == 302
    assert "chưa nhập kết quả" in measured(province, "income_of_the_poor", "kg").why
    assert measured(province, "income_of_the_poor", "kg", BEFORE).value is not None
    assert Entry.objects.latest("seq").body["reason"] == "Ghi nhầm năm"
    page = client.get(INCOME).content.decode()
    assert "Rút: Ghi nhầm năm" in page
    assert f'value="{wrong.pk}"' not in page
    assert surveyed(province, 2019, 950_000, TODAY).per_head == 950_000
    assert measured(province, "income_of_the_poor", "kg").part == 950_000


def test_a_survey_is_withdrawn_once_by_those_who_may_enter_it(province: Province) -> None:
    wrong = surveyed(province, 2019, 912_000)
    with pytest.raises(Refused) as refused:
        actions.withdraw_survey(wrong, by=province.seats["district"], on=TODAY, reason="")
    assert len(refused.value.reasons) == 2
    actions.withdraw_survey(wrong, by=province.seats["labour"], on=TODAY, reason="Nhầm")
    with pytest.raises(Conflict):
        actions.withdraw_survey(wrong, by=province.seats["labour"], on=TODAY, reason="Nhầm")
    assert IncomeSurvey.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        IncomeSurvey.objects.update(withdrawn="")


@pytest.mark.clause("KH I.1.b", "T6")
def test_a_survey_is_of_the_end_of_its_year_and_its_source_tells_the_day_of_entry(province: Province) -> None:
    surveyed(province, 2015, 500_000)
    surveyed(province, 2019, 912_000)
    found = measured(province, "income_of_the_poor", "kg")
    assert found.as_of == date(2019, 12, 31)
    assert found.source.endswith(f"nhập ngày {BEFORE:%d/%m/%Y}")


@pytest.mark.clause("KH I.1.b", "T6")
def test_a_survey_of_the_year_under_way_is_shown_and_not_judged(province: Province) -> None:
    surveyed(province, 2015, 500_000)
    surveyed(province, TODAY.year, 1_000_000)
    ground, plan = Ground(province.places["kg"], TODAY), province.movement.plan_on(TODAY).plan
    facts = measuring.gather(ground, [ground.province], base_year=2015)
    [one] = judging.judge(facts, plan, plan.goal("T6"), [ground.province], {}, on=TODAY)
    assert (one.progress.latest_year, [*one.running]) == (None, [TODAY.year])
    assert one.running[TODAY.year].as_of == BEFORE
    client = province.client("labour")
    for page in (INCOME, "/chi-tieu/t6/kg/"):
        assert "tạm tính, năm chưa hết" in client.get(page).content.decode(), page
    [ended] = judging.judge(facts, plan, plan.goal("T6"), [ground.province], {}, on=date(TODAY.year, 12, 31))
    assert (ended.progress.latest_year, ended.running) == (TODAY.year, {})


# --- infrastructure ---


def answered(province: Province, hamlet: str, met: bool | None = True, on: date = BEFORE, source: str = "BC") -> Any:
    answers = [Answer("road", met=met, hamlet=hamlet)]
    place, by = province.places[COMMUNE], province.seats["district"]
    return actions.enter_infrastructure(place, 2019, answers, by=by, on=on, source=source)


@pytest.mark.clause("KH I.1.b", "T8")
@pytest.mark.parametrize("typed", ["Ấp Trà Phọt", "ấp trà phọt", "Ap Tra Phot", "  Ấp   Trà  Phọt "])
def test_a_hamlet_is_written_as_the_first_answer_about_it_was(province: Province, typed: str) -> None:
    answered(province, "Ấp Trà Phọt")
    answered(province, typed, met=False)
    assert [(row.hamlet, row.met) for row in Infrastructure.objects.in_force()] == [("Ấp Trà Phọt", False)]


@pytest.mark.clause("KH I.1.b", "T8")
def test_a_hamlet_is_written_as_the_households_that_live_in_it_do(province: Province) -> None:
    [home] = households(province, 1)
    answered(province, home.hamlet.upper())
    assert Infrastructure.objects.in_force().get().hamlet == home.hamlet
    page = province.client("district").get(ROADS).content.decode()
    assert f'<option value="{home.hamlet}">' in page


def test_a_spelling_that_stands_already_can_still_be_taken_back(province: Province) -> None:
    names = Names(["Ấp Trà Phọt"], ["ap tra phot"])
    assert names.written("ap tra phot") == "ap tra phot"
    assert names.written("ẤP TRÀ PHỌT") == "Ấp Trà Phọt"
    assert names.written("") == ""
    assert names.all == ["ap tra phot", "Ấp Trà Phọt"]


@pytest.mark.clause("KH I.1.b", "T8")
def test_an_answer_that_is_retracted_stands_no_more_and_is_not_lost(province: Province) -> None:
    Difficulty.objects.create(place=province.places[COMMUNE], year=2019, programme="coastal", source="QĐ 131")
    place, by = province.places[COMMUNE], province.seats["district"]
    every = [Answer(one, met=True) for one in Infrastructure.Criterion]
    actions.enter_infrastructure(place, 2019, every, by=by, on=BEFORE, source="BC")
    answered(province, "Ấp Nhầm")
    assert "mới nhập 4 trong 6" in measured(province, "essential_infrastructure", COMMUNE).why
    data = {"year": "2019", "hamlet": "ap nham", "source": "Ghi nhầm ấp", "road": "none"}
    client = province.client("district")
    assert post_form(client, ROADS, data).status_code == 302
    assert measured(province, "essential_infrastructure", COMMUNE).part == 3
    assert "mới nhập 4 trong 6" in measured(province, "essential_infrastructure", COMMUNE, BEFORE).why
    assert Entry.objects.latest("seq").act == "retract_infrastructure"
    page = client.get(ROADS).content.decode()
    assert "Rút kết quả" in page
    assert "Ghi nhầm ấp" in page
    again = post_form(client, ROADS, data)
    assert again.status_code == 422
    assert "Không có kết quả nào đang ghi để rút." in again.content.decode()


def test_what_is_not_answered_stays_as_it_is(province: Province) -> None:
    answered(province, "")
    data = {"year": "2019", "hamlet": "", "source": "BC xã", "power": "yes"}
    assert post_form(province.client("district"), ROADS, data).status_code == 302
    rows = Infrastructure.objects.in_force().order_by("criterion")
    assert [(row.criterion, row.met) for row in rows] == [("power", True), ("road", True)]
