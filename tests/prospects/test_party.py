"""One party on one day: which awards of the plan, and the verdict on one of them line by line, in plain words."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.contributions.models import Threshold
from chungtay.decisions import actions as decisions
from chungtay.law.criteria import FACTS
from chungtay.law.procedure import Desk
from chungtay.law.verdicts import Stand
from chungtay.movements.models import Movement
from chungtay.nominations import actions as nominations
from chungtay.parties.models import Discipline, Party
from chungtay.prospects import explaining, party_page
from chungtay.prospects.explaining import HIDDEN, Reader, stand_of
from chungtay.prospects.party_page import Question
from chungtay.records.models import Reading
from tests.make import TODAY, Province
from tests.prospects.people import escaped, home, honoured, registered, reviewed
from tests.reviews.people import OUTSIDE, POOR


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


def offered(province: Province, party: Party) -> set[str]:
    found = {award for _, award in stands(province, party)}
    return {award.removesuffix("_commendation") for award in found if award.endswith("_commendation")}


@pytest.mark.clause("KH IV.2.3")
@pytest.mark.parametrize(("key", "by"), [
    ("commune", {"unit"}), ("district", set()), ("unit", set()), ("front", set()),
])  # fmt: skip
def test_a_chief_honours_whom_his_area_manages_and_never_himself(province: Province, key: str, by: set[str]) -> None:
    """A commune's committee is the district's; a district and the province's bodies have the province above them."""
    assert offered(province, province.bodies[key]) == by


@pytest.mark.clause("KH IV.2.3")
def test_a_giay_khen_is_offered_by_the_unit_or_the_area_that_manages_the_party(province: Province) -> None:
    top, low = province.places["kg"], province.places["kg-30847"]
    health, commune = province.bodies["unit"], province.bodies["commune"]
    far: dict[str, Any] = {"place": top, "managing_unit": health}
    told: list[tuple[Party, set[str]]] = [
        (province.household("Hộ của xã"), {"unit", "commune"}),
        (province.party("Phòng Nghiệp vụ Y", "collective", **far), {"unit"}),
        (province.party("Công ty của tỉnh", "enterprise", top), set()),
        (province.party("Công ty của xã", "enterprise", low, managing_unit=commune), {"unit", "commune"}),
        (province.party("Hope Abroad", "foreign_organisation", top), set()),
        (province.party("Hope Again", "foreign_organisation", **far), {"unit"}),
        (province.party("Hope in a commune", "foreign_organisation", low), set()),
    ]
    for party, by in told:
        assert offered(province, party) == by, party


@pytest.mark.clause("KH IV.2.2.b")
def test_the_five_year_page_opens_on_the_certificate_that_is_excluded(province: Province) -> None:
    """Asked by name, or at another occasion, the page shows what was asked for or stands best."""
    party = province.party("Công ty Biển Xanh", "enterprise", province.places["kg"],
                           managing_unit=province.bodies["unit"])  # fmt: skip
    registered(province, party, "e")
    province.received(party, seat="unit", content="e", award="pm_certificate", round=province.round("five_year"))
    asked = question(province, party, occasion="five_year")
    chosen = party_page.page(asked)["chosen"]
    assert (chosen.award.id, chosen.verdict.stand) == ("province_certificate", Stand.EXCLUDED)
    assert party_page.page(asked, award="unit_commendation")["chosen"].award.id == "unit_commendation"
    best = party_page.page(question(province, party))["chosen"]
    assert best.verdict.stand is not Stand.EXCLUDED


@pytest.mark.clause("KH IV.2.2.b")
def test_a_proposal_for_the_state_passes_over_on_the_days_on_which_it_stood(province: Province) -> None:
    party = province.party("Công ty Biển Xanh", "enterprise", province.places["kg"],
                           managing_unit=province.bodies["unit"])  # fmt: skip
    registered(province, party, "e")
    made = province.received(party, seat="unit", content="e", award="pm_certificate", round=province.round("five_year"))
    nominations.withdraw(made, by=province.seats["unit"], on=TODAY + timedelta(days=30), reason="Đơn vị xin rút hồ sơ.")
    for days, excluded in ((29, True), (30, False)):
        on = TODAY + timedelta(days=days)
        found = stands(province, party, on=on, occasion="five_year")["e", "province_certificate"]
        assert (found is Stand.EXCLUDED) is excluded, on


@pytest.mark.clause("TT 12/2019")
def test_an_award_counts_until_the_day_before_it_was_revoked(province: Province) -> None:
    party, _ = home(province, "Danh Thị Thoát")
    award = honoured(province, party, date(2020, 10, 5), summary="Nuôi tôm giỏi", period_from=date(2020, 1, 1))
    reason = "Kiểm tra sau khen thưởng cho thấy thành tích là của người khác."
    decisions.withdraw(award, reason=reason, by=province.seats["chair"], on=date(2020, 10, 19))
    for day, warned in ((date(2020, 10, 18), ["overlap"]), (date(2020, 10, 19), [])):
        found = next(
            one.verdict for one in party_page.possible(question(province, party, on=day))
            if (one.content.id, one.award.id.value) == ("a", "province_certificate")
        )  # fmt: skip
        assert [one.rule.value for one in found.warned] == warned, day


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


CONCLUSIONS = ("Đủ tiêu chuẩn để đề nghị", "Chưa có gì ngăn, còn chờ người thẩm định", "Chưa đủ tiêu chuẩn")


@pytest.mark.parametrize("seat", ["secretary", "chair", "front"])
def test_the_conclusion_does_not_tell_what_a_hidden_answer_was(province: Province, seat: str) -> None:
    """Who may not read that a household is poor reads the same of one that is and of one that no longer is."""
    (poor, one), (better, other) = home(province, "Danh Văn Nghèo"), home(province, "Danh Văn Khá")
    reviewed(province, (one, (POOR, POOR)), (other, (POOR, OUTSIDE)))
    for party in (poor, better):
        province.wish(party)

    def concluded(of: str) -> list[list[int]]:
        return [[read(province, party, seat=of).count(said) for said in CONCLUSIONS] for party in (poor, better)]

    told = concluded(seat)
    assert told[0] == told[1]


@pytest.mark.parametrize("stand", list(Stand))
@pytest.mark.parametrize(("fact", "is_hidden"), [("household_left_poverty", True), ("no_discipline", False)])
def test_a_conclusion_that_rests_on_a_hidden_answer_is_left_open_unless_an_exclusion_is_plain(
    stand: Stand, fact: str, is_hidden: bool
) -> None:
    asked = SimpleNamespace(facts=(fact,))
    verdict: Any = SimpleNamespace(stand=stand, facts=SimpleNamespace(questions=SimpleNamespace(asked=[asked])))
    shown = Stand.OPEN if is_hidden and stand is not Stand.EXCLUDED else stand
    assert stand_of(verdict, Reader(reads_record=False, reads_poverty=False)) is shown
    assert stand_of(verdict, Reader(reads_record=True, reads_poverty=True)) is stand


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


@pytest.mark.parametrize(("typed", "judged"), [("31/12/2020", True), ("01/01/2021", False), ("01/10/2021", False)])
def test_after_the_plan_nothing_is_judged_and_the_page_says_why(province: Province, typed: str, judged: bool) -> None:
    told = read(province, escaped(province), f"?ngay={typed}")
    assert ("Các tiêu chuẩn:" in told) is judged
    assert (f"Ngày {typed} không có kế hoạch nào đang thực hiện" in told) is not judged
    assert ("thực hiện từ 01/01/2016 đến 31/12/2020" in told) is not judged


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


@pytest.mark.clause("KH IV.1.2.e", "KH IV.2.2.b")
@pytest.mark.parametrize(("occasion", "words", "clause"), [
    ("yearly", "từ đầu thời gian tính thành tích, ngày 01/01/2020", "KH IV.1.2.e"),
    ("five_year", "từ đầu giai đoạn, ngày 01/01/2016", "KH IV.2.2.b"),
])  # fmt: skip
def test_the_meter_says_from_when_it_counts_and_by_which_clause(
    province: Province, occasion: str, words: str, clause: str
) -> None:
    party = escaped(province)
    registered(province, party, "e")
    meter = party_page.page(question(province, party, occasion=occasion), "e", "province_certificate")["meter"]
    assert (words in meter["sentence"], meter["clause"]) == (True, clause)
    assert meter["source"] == "Mức tạm dùng, lấy theo An Giang"
    Threshold.objects.create(
        giver="household", amount=1_000_000, since=date(2020, 1, 1), source="QĐ 11/2015, Điều 15.4.c",
        entered_on=TODAY, entered_by="Ban",
    )  # fmt: skip
    meter = party_page.page(question(province, party, occasion=occasion), "e", "province_certificate")["meter"]
    assert (meter["needed"], meter["source"]) == (1_000_000, "QĐ 11/2015, Điều 15.4.c")


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
