"""Another province, a later period, fewer groups, another calendar: another file and no other code (P1)."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from chungtay.movements.plan import Plan
from chungtay.movements.plan_file import canonical, digest, from_canonical, read_plan
from chungtay.parties.kinds import PartyKind

FILE = Path(__file__).parent / "plans" / "dong-thap-2026-2030.yaml"
KIEN_GIANG = Path(__file__).parents[2] / "plans" / "kien-giang-2016-2020.yaml"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(FILE)


def test_its_groups_and_letters_are_its_own(plan: Plan) -> None:
    assert [(content.id, content.letter) for content in plan.contents] == [("ho", "1"), ("xa", "2"), ("ban", "3")]
    assert [content.id for content in plan.contents_for(PartyKind.OVERSEAS_VIETNAMESE)] == ["ban"]
    assert plan.contents_for(PartyKind.SCHOOL) == ()


def test_its_criteria_ask_its_own_judge_for_a_longer_reason(plan: Plan) -> None:
    assert [one.id for one in plan.criteria_for("xa")] == ["general.1", "xa.1"]
    assert (plan.criterion("xa.1").judge, plan.criterion("xa.1").min_reason) == ("phong-khen-thuong", 40)


def test_its_awards_and_papers_are_its_own(plan: Plan) -> None:
    assert [award.id.value for award in plan.awards_for("ban")] == ["pm_certificate"]
    assert plan.award("pm_certificate").sets == 2
    assert [paper.id for paper in plan.papers_for("commune_commendation")] == ["list"]
    assert plan.reward.emblem is None


def test_its_calendar_knows_quarters_of_each_year(plan: Plan) -> None:
    assert plan.body("xa-phuong").name == "Ủy ban nhân dân cấp xã"
    (step,) = plan.steps_of("xa-phuong")
    assert step.due() == tuple(date(year, 12, 31) for year in range(2026, 2030))
    assert plan.calendar[0].due() == (date(2026, 9, 30),)


def test_its_goal_rises(plan: Plan) -> None:
    assert plan.goals[0].path(2028) == (
        (2027, Decimal(45), Decimal(48)),
        (2028, Decimal(50), Decimal(56)),
    )


def test_its_period_holds_its_first_and_last_day_and_no_more(plan: Plan) -> None:
    days = (date(2026, 6, 30), date(2026, 7, 1), date(2030, 6, 30), date(2030, 7, 1))
    assert [day in plan.period for day in days] == [False, True, True, False]


@pytest.mark.parametrize("file", [FILE, KIEN_GIANG], ids=["dong-thap", "kien-giang"])
def test_a_kept_version_gives_the_same_plan_again(file: Path) -> None:
    plan = read_plan(file)
    assert from_canonical(canonical(plan)) == plan
    assert digest(from_canonical(canonical(plan))) == digest(plan)


def test_the_digest_is_of_what_the_plan_says_and_not_of_how_it_is_written(plan: Plan) -> None:
    text = FILE.read_text(encoding="utf-8")
    other_words = text.replace("value: 40,", "value: 40.00,").replace("\nprovince: ", "\n\n# chú thích\nprovince:   ")
    other_order = text.replace("as_of: 2026-06-30, source: KH mục 1", "source: KH mục 1, as_of: 2026-06-30")
    assert len({text, other_words, other_order}) == 3
    assert {digest(read_plan(written.encode())) for written in (other_words, other_order)} == {digest(plan)}
    assert digest(read_plan(text.replace("value: 40,", "value: 41,").encode())) != digest(plan)


def test_two_provinces_are_two_plans() -> None:
    assert digest(read_plan(FILE)) != digest(read_plan(KIEN_GIANG))
