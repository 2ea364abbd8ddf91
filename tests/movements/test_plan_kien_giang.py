"""Kiên Giang's plan of 2016-2020, as the file says it: every clause that the movement's requirements list is there."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from chungtay.law.criteria import FACTS
from chungtay.movements.plan import NotInPlan, Plan
from chungtay.movements.plan_file import read_plan
from chungtay.parties.kinds import PartyKind

FILE = Path(__file__).parents[2] / "plans" / "kien-giang-2016-2020.yaml"

ASKED = {
    "P1": ["KH I.1.a"],
    "P2": ["KH V.7"],
    "P3": ["KH Căn cứ", "KH Nơi nhận"],
    **{f"T{number}": ["KH I.1.b"] for number in range(1, 10)},
    "W1": ["KH I.2.a"],
    "W2": ["KH I.2.b"],
    "W3": ["KH V.1.1.a", "KH V.1.1.b", "KH V.1.1.c", "KH III.1"],
    "W4": ["KH II.2", "KH V.1.1"],
    "a": ["KH II.2.a"],
    "b": ["KH II.2.b"],
    "c": ["KH II.2.c"],
    "d": ["KH II.2.d"],
    "đ": ["KH II.2.đ"],
    "e": ["KH II.2.e"],
    "S1": ["KH III.2"],
    "S2": ["KH III.3"],
    "S3": ["KH I.2.c", "KH V.6"],
    "S4": ["KH III.4", "KH V.1.2", "KH V.1.3"],
    "S5": ["KH III.5"],
    "S6": ["KH III.5"],
    "C0": ["KH IV.1.1"],
    "C1": ["KH IV.1.2.a"],
    "C2": ["KH IV.1.2.b"],
    "C3": ["KH IV.1.2.c"],
    "C4": ["KH IV.1.2.d"],
    "C5": ["KH IV.1.2.đ"],
    "C6": ["KH IV.1.2.e"],
    "A1": ["KH IV.2.1"],
    "A2": ["KH IV.2.2.a"],
    "A3": ["KH IV.2.2.b"],
    "A4": ["KH IV.2.3"],
    "A5": ["KH IV.3.1"],
    "A6": ["KH IV.3.2"],
    "D1": ["KH IV.4.1"],
    "D2": ["KH IV.4.2"],
    "D3": ["KH IV.4.3"],
    "D4": ["KH V.2", "KH V.5"],
    "V1": ["KH V.1.1", "KH V.1.2", "KH V.1.3"],
    "V2": ["KH V.2", "KH V.3", "KH V.4", "KH V.5", "KH V.6"],
    "V3": ["KH V.4"],
    "V4": ["KH V.6"],
}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(FILE)


@pytest.mark.parametrize("asked", ASKED)
def test_every_clause_that_is_asked_for_stands_in_the_plan(plan: Plan, asked: str) -> None:
    assert [clause for clause in ASKED[asked] if clause not in plan.clauses] == []


@pytest.mark.clause("KH Căn cứ")
def test_the_decision_cited_as_1285_is_officially_1258(plan: Plan) -> None:
    basis = plan.legal_basis("qd1258")
    assert (basis.as_cited.number, basis.as_cited.dated) == ("1285/QĐ-TTg", date(2017, 8, 22))
    assert (basis.in_force.number, basis.in_force.dated) == ("1258/QĐ-TTg", date(2017, 8, 21))
    assert basis.note
    assert plan.legal_basis("nq80").in_force.number == "80/NQ-CP"


@pytest.mark.clause("KH Căn cứ")
def test_the_three_bases_of_the_heading_are_there_in_their_order(plan: Plan) -> None:
    heading = [basis.id for basis in plan.legal_bases if basis.clause == "KH Căn cứ"]
    assert heading == ["nq80", "qd1258", "kh111"]


@pytest.mark.clause("KH I.1.b")
def test_the_goals_are_t1_to_t9(plan: Plan) -> None:
    assert [goal.id for goal in plan.goals] == [f"T{number}" for number in range(1, 10)]


@pytest.mark.clause("KH I.1.b")
@pytest.mark.parametrize(("goal", "least", "most"), [("T1", "1", "1.5"), ("T2", "2", "2"), ("T3", "1.5", "2")])
def test_the_rates_fall_by_points_each_year(plan: Plan, goal: str, least: str, most: str) -> None:
    pace = plan.goal(goal).per_year
    assert pace is not None
    assert (pace.least, pace.most, plan.goal(goal).direction) == (Decimal(least), Decimal(most), "down")
    assert plan.goal(goal).denominator


@pytest.mark.clause("KH I.1.b")
def test_the_poverty_rate_has_a_path_from_the_end_of_2015(plan: Plan) -> None:
    path = plan.goal("T1").path(2020)
    assert path[0] == (2016, Decimal("8.28"), Decimal("8.78"))
    assert path[-1] == (2020, Decimal("2.28"), Decimal("4.78"))


@pytest.mark.clause("KH I.1.b")
def test_without_a_published_baseline_there_is_no_path_and_the_plan_says_why(plan: Plan) -> None:
    assert plan.goal("T2").path(2020) == ()
    assert plan.goal("T2").baseline.note


@pytest.mark.clause("KH I.1.b")
@pytest.mark.parametrize(("goal", "baseline", "end"), [("T4", 28151, 0), ("T5", 13051, 0), ("T6", 1, 2), ("T7", 0, 30)])
def test_the_goals_of_2020_have_their_end_values(plan: Plan, goal: str, baseline: int, end: int) -> None:
    found = plan.goal(goal)
    assert found.end is not None
    assert (found.baseline.value, found.end.value) == (Decimal(baseline), Decimal(end))
    assert found.end.by == date(2020, 12, 31)


@pytest.mark.clause("KH II.2")
def test_the_six_contents_carry_the_letters_of_the_plan(plan: Plan) -> None:
    assert [(content.id, content.letter) for content in plan.contents] == [
        ("a", "a"), ("b", "b"), ("c", "c"), ("d", "d"), ("dd", "đ"), ("e", "e"),
    ]  # fmt: skip


@pytest.mark.clause("KH IV.1.1", "KH IV.1.2")
def test_the_criteria_are_as_many_as_the_plan_has(plan: Plan) -> None:
    assert len(plan.general_criteria) == 5
    assert {content.id: len(content.criteria) for content in plan.contents} == {
        "a": 4, "b": 5, "c": 5, "d": 4, "dd": 1, "e": 3,
    }  # fmt: skip


@pytest.mark.clause("KH IV.1.2")
@pytest.mark.parametrize("content", ["a", "b", "c", "d", "dd", "e"])
def test_a_nominee_is_asked_the_general_criteria_first(plan: Plan, content: str) -> None:
    asked = [criterion.id for criterion in plan.criteria_for(content)]
    own = [criterion.id for criterion in plan.content(content).criteria]
    assert asked == [f"general.{number}" for number in range(1, 6)] + own
    assert {plan.criterion(each).group for each in own} == {content}


@pytest.mark.clause("KH IV.1.1", "KH IV.1.2")
def test_data_answer_what_the_rooms_hold_and_a_person_of_the_board_all_others(plan: Plan) -> None:
    everything = [*plan.general_criteria, *(own for content in plan.contents for own in content.criteria)]
    assert {one.id: one.facts for one in everything if one.answered_by == "data"} == {
        "general.5": ("no_discipline",),
        "a.1": ("registered_to_leave_poverty",),
        "a.2": ("model_adopted",),
        "a.3": ("loan_used_and_repaid",),
        "a.4": ("household_left_poverty", "helped_others_out"),
        "b.3": ("resources_mobilised",),
        "b.4": ("living_conditions_better",),
        "b.5": ("poverty_rate_falls_as_targeted",),
        "c.1": ("programme_issued",),
        "c.2": ("budget_settled_on_time", "reports_on_time"),
        "c.3": ("resources_mobilised",),
        "c.4": ("living_conditions_better",),
        "c.5": ("assigned_rate_met",),
        "d.1": ("guidance_on_time",),
        "d.3": ("commitment_kept",),
        "d.4": ("model_adopted",),
        "e.1": ("contribution_at_threshold",),
    }
    judged = [one for one in everything if one.answered_by == "person"]
    assert {(one.judge, one.min_reason, one.fact) for one in judged} == {("board", 20, None)}
    assert plan.registration.fact in FACTS


@pytest.mark.clause("KH IV.1.2.e")
def test_a_gift_of_work_or_intellect_below_the_threshold_goes_to_a_person(plan: Plan) -> None:
    gift = plan.criterion("e.1")
    assert (gift.answered_by, gift.otherwise, gift.judge) == ("data", "person", "board")


@pytest.mark.clause("KH IV.1.2")
def test_a_yes_of_the_data_is_not_enough_where_the_clause_asks_what_data_cannot_say(plan: Plan) -> None:
    everything = [own for content in plan.contents for own in content.criteria]
    assert [one.id for one in everything if one.besides] == ["b.3", "b.5", "c.1", "c.2", "c.3", "d.1"]
    assert [one.id for one in everything if one.otherwise] == [
        "a.2", "a.4", "b.3", "b.4", "c.3", "c.4", "d.3", "d.4", "e.1",
    ]  # fmt: skip
    assert all(one.judge == "board" and one.min_reason for one in everything if one.may_be_judged)


@pytest.mark.clause("KH IV.2.1")
def test_state_awards_ask_what_the_central_guidance_asks(plan: Plan) -> None:
    own = {award.id.value: [one.clause for one in award.criteria] for award in plan.awards}
    assert own == {
        "labour_order_3": ["KH IV.2.1"], "pm_certificate": ["KH IV.2.1"], "province_certificate": [],
        "unit_commendation": [], "commune_commendation": [],
    }  # fmt: skip
    asked = [one.id for one in plan.criteria_for("a", award="pm_certificate")]
    assert asked[-1] == "pm_certificate.1"
    assert plan.criterion("pm_certificate.1").answered_by == "person"


@pytest.mark.clause("KH IV.1.2.e")
def test_only_banks_are_asked_about_credit(plan: Plan) -> None:
    assert "e.3" in [one.id for one in plan.criteria_for("e", PartyKind.BANK)]
    assert "e.3" not in [one.id for one in plan.criteria_for("e", PartyKind.ENTERPRISE)]


@pytest.mark.clause("KH IV.1.2.d")
def test_only_associations_are_asked_about_models(plan: Plan) -> None:
    assert "d.4" in [one.id for one in plan.criteria_for("d", PartyKind.MASS_ORGANISATION)]
    assert "d.4" not in [one.id for one in plan.criteria_for("d", PartyKind.DEPARTMENT)]


@pytest.mark.clause("KH I.2.a", "KH II.1")
@pytest.mark.parametrize("kind", list(PartyKind))
def test_every_kind_of_party_takes_part_and_has_a_content(plan: Plan, kind: PartyKind) -> None:
    assert kind in {participant.kind for participant in plan.participants}
    assert plan.contents_for(kind)


@pytest.mark.clause("KH II.2")
@pytest.mark.parametrize(
    ("kind", "contents"),
    [
        (PartyKind.HOUSEHOLD, ["a", "e"]),
        (PartyKind.COMMUNITY, ["b"]),
        (PartyKind.PEOPLE_COMMITTEE_COMMUNE, ["c"]),
        (PartyKind.DEPARTMENT, ["d"]),
        (PartyKind.POVERTY_OFFICIAL, ["dd"]),
        (PartyKind.FOREIGN_PERSON, ["e"]),
    ],
)
def test_a_party_may_register_for_the_contents_of_its_group(plan: Plan, kind: PartyKind, contents: list[str]) -> None:
    assert [content.id for content in plan.contents_for(kind)] == contents


@pytest.mark.clause("KH IV.2", "KH IV.4.1", "KH IV.4.2")
def test_each_award_has_its_level_and_its_sets_of_papers(plan: Plan) -> None:
    assert {award.id.value: (award.level.value, award.sets) for award in plan.awards} == {
        "labour_order_3": ("state", 4),
        "pm_certificate": ("state", 3),
        "province_certificate": ("province", 1),
        "unit_commendation": ("unit", 1),
        "commune_commendation": ("commune", 1),
    }


@pytest.mark.clause("KH IV.4.1")
@pytest.mark.parametrize("award", ["labour_order_3", "pm_certificate", "province_certificate"])
def test_a_set_is_letter_minutes_and_report_on_form_07(plan: Plan, award: str) -> None:
    letter, minutes, report = plan.papers_for(award)
    assert (letter.title, minutes.title) == ("Tờ trình", "Biên bản họp Hội đồng Thi đua - Khen thưởng")
    assert "Mẫu số 07" in report.form
    assert not plan.award(award).papers_assumed


@pytest.mark.clause("KH IV.2.3")
def test_the_papers_of_a_commendation_are_marked_as_assumed(plan: Plan) -> None:
    assert plan.award("commune_commendation").papers_assumed
    assert plan.award("unit_commendation").note


@pytest.mark.clause("KH IV.2.2.b")
def test_the_five_year_certificate_passes_over_state_proposals_and_counts_gifts_anew(plan: Plan) -> None:
    yearly, five_year = (plan.award("province_certificate").occasion(kind) for kind in ("yearly", "five_year"))
    assert yearly.exclusions == ()
    state, gifts = five_year.exclusions
    assert (state.rule, set(state.payees)) == ("proposed_for_state_award", {"person", "collective", "household"})
    assert (gifts.rule, gifts.contents, gifts.payees) == ("gifts_since_last_award", ("e",), ("collective",))


@pytest.mark.clause("KH IV.2.2")
def test_the_province_has_no_certificate_for_the_mid_term(plan: Plan) -> None:
    with pytest.raises(NotInPlan, match="dịp xét"):
        plan.award("province_certificate").occasion("midterm")
    assert "province_certificate" not in [award.id for award in plan.awards_for("e", "midterm")]
    assert "province_certificate" in [award.id for award in plan.awards_for("e", "yearly")]


@pytest.mark.clause("KH IV.3.1")
def test_a_direct_gift_takes_the_emblem_and_no_money(plan: Plan) -> None:
    emblem = plan.reward.emblem
    assert emblem is not None
    assert (emblem.award, emblem.also_money) == ("province_certificate", False)
    assert set(emblem.gifts) == {"money", "goods", "land", "other_assets"}
    assert plan.legal_basis(plan.reward.money_basis).as_cited.number == "91/2017/NĐ-CP"


@pytest.mark.clause("KH V.1")
@pytest.mark.parametrize(
    ("step", "last"),
    [
        ("launch-province", date(2017, 2, 28)),
        ("launch-communes", date(2017, 12, 31)),
        ("midterm-review", date(2018, 12, 31)),
        ("final-review", date(2020, 12, 31)),
    ],
)
def test_a_single_step_is_due_on_the_last_day_of_its_time(plan: Plan, step: str, last: date) -> None:
    (found,) = [one for one in plan.calendar if one.id == step]
    assert found.due() == (last,)


@pytest.mark.clause("KH V.4")
def test_the_department_of_labour_reports_every_year(plan: Plan) -> None:
    (report,) = [step for step in plan.steps_of("labour") if step.id == "yearly-report"]
    assert report.due() == tuple(date(year, 12, 31) for year in range(2017, 2021))


@pytest.mark.clause("KH V.2", "KH V.3", "KH V.4", "KH V.5", "KH V.6")
@pytest.mark.parametrize(
    ("body", "clause"),
    [
        ("councils", "KH V.2"), ("steering_committees", "KH V.2"), ("units", "KH V.3"), ("labour", "KH V.4"),
        ("board", "KH V.4"), ("council", "KH V.5"), ("front", "KH V.6"), ("information", "KH III.2"),
    ],
)  # fmt: skip
def test_each_body_finds_its_duties(plan: Plan, body: str, clause: str) -> None:
    assert clause in [duty.clause for duty in plan.duties_of(body)]


@pytest.mark.clause("KH V.7")
def test_the_chairman_decides_what_the_department_of_labour_has_put_together(plan: Plan) -> None:
    change = plan.amendment
    assert (change.asks, change.leads, change.decides) == ("units", "labour", "chair")


@pytest.mark.clause("KH Nơi nhận")
def test_the_twelve_recipients_are_listed_in_order(plan: Plan) -> None:
    assert len(plan.recipients) == 12
    assert plan.recipients[0].purpose == "để đăng ký"
    assert plan.recipients[-1].name == "Lưu: VT"


@pytest.mark.clause("KH III.5", "KH IV.2.1", "KH V.1.2", "KH V.1.3")
def test_the_rounds_are_four_years_the_midterm_and_the_phase_with_days_marked_as_assumed(plan: Plan) -> None:
    assert [(one.kind.value, one.year) for one in plan.rounds] == [
        ("yearly", 2017), ("yearly", 2018), ("yearly", 2019), ("yearly", 2020), ("midterm", 2018), ("five_year", 2020),
    ]  # fmt: skip
    assert all(one.assumed and one.note for one in plan.rounds)
    assert plan.round("five-year-2020").closes in plan.period


def test_what_the_plan_does_not_know_is_said_in_a_sentence(plan: Plan) -> None:
    with pytest.raises(NotInPlan, match="Kế hoạch không có nội dung thi đua “z”"):
        plan.content("z")
