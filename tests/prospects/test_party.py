"""One party on one day: which awards of the plan, and the verdict on one of them line by line, in plain words."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.law.criteria import FACTS
from chungtay.law.procedure import Desk
from chungtay.law.verdicts import Stand
from chungtay.movements.models import Movement
from chungtay.parties.models import Discipline, Party
from chungtay.prospects import explaining, party_page
from chungtay.prospects.explaining import HIDDEN, Reader
from chungtay.prospects.party_page import Question
from chungtay.records.models import Reading
from tests.make import TODAY, Province
from tests.prospects.people import escaped, home, honoured, registered, reviewed
from tests.reviews.people import POOR


def question(
    province: Province, party: Party, on: date = TODAY, occasion: str = "yearly", seat: str = "board"
) -> Question:  # fmt: skip
    movement: Movement = province.movement
    plan = movement.plan_on(on).plan
    return Question(party, province.seats[seat], movement, plan, occasion, on, TODAY)


def stands(province: Province, party: Party, **more: Any) -> dict[tuple[str, str], Stand]:
    found = party_page.possible(question(province, party, **more))
    return {(one.content.id, one.award.id.value): one.verdict.stand for one in found}


def read(province: Province, party: Party, query: str = "", seat: str = "commune") -> str:
    answer = province.client(seat).get(f"/xet-khen/{party.pk}/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.clause("KH IV.2")
def test_every_award_that_the_plan_gives_such_a_party_is_offered_and_no_other(province: Province) -> None:
    found = stands(province, escaped(province))
    assert {award for content, award in found if content == "a"} == {
        "province_certificate", "unit_commendation", "commune_commendation", "pm_certificate",
    }  # fmt: skip
    assert ("a", "labour_order_3") not in found  # orders are for persons and collectives
    assert found["a", "province_certificate"] is Stand.OPEN
    assert found["e", "province_certificate"] is Stand.UNMET  # it never registered as a giver


@pytest.mark.clause("KH IV.2.2")
def test_the_midterm_review_has_no_provincial_certificate(province: Province) -> None:
    found = stands(province, escaped(province), on=date(2018, 9, 1), occasion="midterm")
    assert ("a", "province_certificate") not in found
    assert ("a", "pm_certificate") in found


@pytest.mark.parametrize(("day", "stand"), [
    (date(2018, 2, 28), Stand.UNMET), (date(2018, 3, 1), Stand.OPEN),
], ids=["the day before it registered", "the day it registered"])  # fmt: skip
def test_the_verdict_is_that_of_the_day_asked_for(province: Province, day: date, stand: Stand) -> None:
    assert stands(province, escaped(province), on=day)["a", "province_certificate"] is stand


def test_an_award_counts_from_the_day_it_was_decided(province: Province) -> None:
    party, _ = home(province, "Danh Thị Thoát")
    honoured(province, party, date(2020, 10, 5), summary="Nuôi tôm giỏi", period_from=date(2020, 1, 1))
    before, after = (
        next(
            one.verdict
            for one in party_page.possible(question(province, party, on=day))
            if (one.content.id, one.award.id.value) == ("a", "province_certificate")
        )
        for day in (date(2020, 10, 4), date(2020, 10, 5))
    )
    assert before.warned == ()
    assert [one.rule.value for one in after.warned] == ["overlap"]


def test_each_line_has_its_state_its_words_its_source_and_its_clause(province: Province) -> None:
    text = read(province, escaped(province))
    for words in (
        "Đã thoát nghèo và chưa tái nghèo: đạt", "Rà soát công nhận thoát nghèo ngày 06/01/2020", "KH IV.1.2.a",
        "Nguồn: sổ đăng ký thi đua", "Chưa có số liệu", "Chờ người thẩm định", "không có nghĩa là không đạt",
        "Thành tích từ 01/01/2020 đến 20/10/2020",
    ):  # fmt: skip
        assert words in text, words


@pytest.mark.clause("KH IV.1.1")
def test_the_register_of_disciplines_is_quoted_to_who_keeps_it_and_hinted_at_to_others(province: Province) -> None:
    party = escaped(province)
    Discipline.objects.create(party=party, form="reprimand", since=date(2020, 5, 1), source="QĐ 99", recorded_on=TODAY)
    assert "khiển trách ngày 01/05/2020" in read(province, party, seat="district")
    told = read(province, party)
    assert "khiển trách ngày" not in told
    assert "Sổ kỷ luật có ghi việc không được xét khen" in told


@pytest.mark.parametrize("seat", ["secretary", "chair", "front"])
def test_a_household_is_not_called_poor_to_a_desk_without_the_register(province: Province, seat: str) -> None:
    party, kept = home(province, "Danh Văn Nghèo")
    reviewed(province, (kept, (POOR, POOR)))
    province.wish(party)
    assert "hộ nghèo về thu nhập" in read(province, party)
    told = read(province, party, seat=seat)
    assert "hộ nghèo về thu nhập" not in told
    assert HIDDEN in told


def test_whoever_may_propose_is_led_to_the_dossier_while_a_round_is_open(province: Province, settings: Any) -> None:
    party = escaped(province)
    assert f"/ho-so/lap/{party.pk}/" in read(province, party)
    assert f"/ho-so/lap/{party.pk}/" not in read(province, party, seat="board")
    assert f"/ho-so/lap/{party.pk}/" not in read(province, party, "?ngay=01/10/2019")
    settings.WORKING_DAY = date(2020, 12, 16)
    assert f"/ho-so/lap/{party.pk}/" not in read(province, party)


def test_a_day_outside_the_plan_is_a_fault_at_its_field(province: Province) -> None:
    party, client = escaped(province), province.client("commune")
    for typed in ("31/12/2015", "02/01/2022", "31/02/2020", "hôm qua"):
        answer = client.get(f"/xet-khen/{party.pk}/", {"ngay": typed})
        assert answer.status_code == 422, typed
        assert typed in answer.content.decode()
    for typed in ("01/01/2016", "01/01/2022"):
        assert client.get(f"/xet-khen/{party.pk}/", {"ngay": typed}).status_code == 200, typed


def test_a_wrong_award_or_content_shows_the_one_that_stands_best(province: Province) -> None:
    party = escaped(province)
    assert "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh" in read(province, party, "?noi-dung=zz&hinh-thuc=zz")


def test_the_meter_stands_with_a_content_that_asks_for_gifts(province: Province) -> None:
    party = escaped(province)
    registered(province, party, "e")
    told = read(province, party, "?noi-dung=e&hinh-thuc=province_certificate")
    assert "Đã tính từ lần khen trước" in told
    assert "Còn thiếu" in told
    assert "Đã tính từ lần khen trước" not in read(province, party, "?noi-dung=a")


def test_another_area_sees_nothing_and_reading_leaves_a_trace(province: Province) -> None:
    party, before = escaped(province), Reading.objects.count()
    assert province.client("commune_b").get(f"/xet-khen/{party.pk}/").status_code == 404
    assert Reading.objects.count() == before
    read(province, party)
    assert Reading.objects.count() == before + 1


def test_facts_are_read_once_a_content_whatever_the_number_of_its_awards(province: Province) -> None:
    party = escaped(province)
    asked = question(province, party)
    party_page.possible(asked)
    with CaptureQueriesContext(connection) as queries:
        assert len(party_page.possible(asked)) == 8
    assert len(queries) <= 50


def test_a_person_reads_of_themselves_whatever_their_desk(province: Province) -> None:
    """Only a household's poverty is kept from desks without the register: nobody else has any to keep."""
    assert Reader.at(Desk.CHAIR, household=False).reads_poverty
    assert not Reader.at(Desk.CHAIR, household=True).reads_poverty


def test_every_fact_has_a_source_in_words() -> None:
    assert set(explaining.SOURCES) == set(FACTS)


def test_the_short_line_counts_what_the_reader_is_shown(province: Province) -> None:
    """Else an auditor would read from it what is hidden in the lines: that a household is poor."""
    party, kept = home(province, "Danh Thị Còn Nghèo")
    reviewed(province, (kept, (POOR, POOR)))
    whole = party_page.page(question(province, party, seat="board"), "a", "province_certificate")["told"]
    hidden = party_page.page(question(province, party, seat="auditor"), "a", "province_certificate")["told"]
    for told in (whole, hidden):
        states = [one["state"] for one in (*told["own"], *told["general"])]
        assert f"{states.count('unmet')} chưa đạt" in told["summary"]
    assert whole["summary"] != hidden["summary"]
