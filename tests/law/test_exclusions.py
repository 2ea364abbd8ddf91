"""What keeps a nominee from an award, or must be weighed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chungtay.law.exclusions import (
    Case,
    Discipline,
    Form,
    Kind,
    PastAward,
    Pending,
    Rule,
    StateProposal,
    blocked,
    find,
    unanswered,
)
from chungtay.law.money import Award

DAY = timedelta(days=1)
SINCE, UNTIL, ON = date(2016, 1, 1), date(2018, 12, 31), date(2019, 3, 1)
CASE = Case(Award.PROVINCE_CERTIFICATE, "e", SINCE, UNTIL)
FIVE_YEAR = replace(CASE, five_year=True)
STATE = replace(CASE, award=Award.PM_CERTIFICATE)


def disciplined(form: Form, decided_on: date, ended_on: date | None = None) -> Case:
    return replace(CASE, disciplines=(Discipline(form, decided_on, ended_on, "12/QĐ"),))


def test_a_clean_record_finds_nothing() -> None:
    assert find(CASE, on=ON) == []
    assert not blocked([])


@pytest.mark.clause("KH IV.1.1")
@pytest.mark.parametrize("form", [form for form in Form if form is not Form.CRITICISM])
def test_any_discipline_from_reprimand_up_in_the_period_blocks(form: Form) -> None:
    (finding,) = find(disciplined(form, date(2017, 5, 1), date(2018, 5, 1)), on=ON)
    assert finding.kind is Kind.BLOCK
    assert form.label in finding.text
    assert (finding.clause, "12/QĐ" in finding.text) == ("KH IV.1.1", True)


@pytest.mark.clause("KH IV.1.1")
def test_criticism_is_below_reprimand_and_blocks_nothing() -> None:
    assert find(disciplined(Form.CRITICISM, date(2017, 5, 1)), on=ON) == []


@pytest.mark.clause("KH IV.1.1")
@pytest.mark.parametrize(
    ("decided_on", "ended_on", "blocks"),
    [
        (date(2015, 1, 1), SINCE - DAY, False),
        (date(2015, 1, 1), SINCE, True),
        (UNTIL, ON - DAY, True),
        (UNTIL + DAY, ON - DAY, False),
        (UNTIL + DAY, ON, True),
        (UNTIL + DAY, None, True),
        (ON + DAY, None, False),
    ],
)
def test_discipline_counts_while_it_touches_the_period_or_still_holds(
    decided_on: date, ended_on: date | None, blocks: bool
) -> None:
    assert blocked(find(disciplined(Form.REPRIMAND, decided_on, ended_on), on=ON)) is blocks


@pytest.mark.clause("TT 08/2017", "NĐ 98/2023, Điều 4")
@pytest.mark.parametrize(
    ("on", "kind", "clause", "assumed"),
    [
        (date(2017, 12, 14), Kind.WARN, "Tạm dùng", True),
        (date(2017, 12, 15), Kind.BLOCK, "TT 08/2017", False),
        (date(2019, 12, 31), Kind.BLOCK, "TT 08/2017", False),
        (date(2020, 1, 1), Kind.BLOCK, "TT 12/2019", True),
        (date(2024, 1, 1), Kind.BLOCK, "NĐ 98/2023, Điều 4", False),
        (date(2025, 7, 1), Kind.BLOCK, "NĐ 152/2025", False),
    ],
)
def test_an_open_investigation_blocks_by_the_rule_of_the_day(on: date, kind: Kind, clause: str, assumed: bool) -> None:
    case = replace(CASE, pendings=(Pending("đơn tố cáo đang xác minh", date(2017, 1, 1)),))
    (finding,) = find(case, on=on)
    assert (finding.kind, finding.clause, bool(finding.assumed)) == (kind, clause, assumed)
    assert "đơn tố cáo" in finding.text


def test_a_closed_or_later_investigation_does_not_count() -> None:
    closed = Pending("thanh tra", date(2018, 1, 1), ON)
    later = Pending("thanh tra", ON + DAY)
    assert find(replace(CASE, pendings=(closed, later)), on=ON) == []
    assert blocked(find(replace(CASE, pendings=(closed,)), on=ON - DAY))


@pytest.mark.clause("KH IV.2.2.b")
def test_whoever_is_proposed_for_a_state_award_gets_no_five_year_certificate() -> None:
    proposal = StateProposal(Award.LABOUR_ORDER_3, date(2019, 2, 1))
    (finding,) = find(replace(FIVE_YEAR, state_proposals=(proposal,)), on=ON)
    assert (finding.kind, finding.clause) == (Kind.BLOCK, "KH IV.2.2.b")
    assert "Huân chương Lao động hạng Ba ngày 01/02/2019" in finding.text


@pytest.mark.clause("KH IV.2.2.b")
def test_a_withdrawn_state_proposal_is_only_told() -> None:
    proposal = StateProposal(Award.LABOUR_ORDER_3, date(2019, 2, 1), standing=False)
    (finding,) = find(replace(FIVE_YEAR, state_proposals=(proposal,)), on=ON)
    assert finding.kind is Kind.NOTE
    assert unanswered([finding], ()) == []


@pytest.mark.clause("KH IV.2.2.b")
@pytest.mark.parametrize("case", [CASE, STATE, replace(STATE, five_year=True)])
def test_a_state_proposal_of_another_year_does_not_exclude_from_other_awards(case: Case) -> None:
    proposal = StateProposal(Award.LABOUR_ORDER_3, date(ON.year - 1, 12, 31))
    assert find(replace(case, state_proposals=(proposal,)), on=ON) == []


@pytest.mark.clause("TT 08/2017", "TT 12/2019")
def test_two_state_proposals_in_one_year_exclude_each_other() -> None:
    proposal = StateProposal(Award.PM_CERTIFICATE, date(ON.year, 1, 1))
    (finding,) = find(replace(STATE, state_proposals=(proposal,)), on=ON)
    assert finding.kind is Kind.BLOCK
    assert find(replace(CASE, state_proposals=(proposal,)), on=ON) == []
    assert find(replace(STATE, ad_hoc=True, state_proposals=(proposal,)), on=ON) == []
    withdrawn = replace(proposal, standing=False)
    assert find(replace(STATE, state_proposals=(withdrawn,)), on=ON) == []


@pytest.mark.clause("KH IV.1.1")
def test_a_discipline_is_told_without_its_details_to_those_who_may_not_read_the_register() -> None:
    record = Discipline(Form.REPRIMAND, CASE.since, number="12/QĐ")
    (finding,) = find(replace(CASE, disciplines=(record,)), on=ON)
    assert "12/QĐ" in finding.text
    assert "12/QĐ" not in finding.open_text
    assert "khiển trách" in finding.open_text


@pytest.mark.clause("TT 08/2017", "TT 12/2019, Điều 3")
@pytest.mark.parametrize(
    ("on", "kind"), [(date(2017, 12, 14), Kind.WARN), (date(2017, 12, 15), Kind.BLOCK), (date(2020, 1, 1), Kind.BLOCK)]
)
def test_the_same_achievement_is_not_rewarded_twice(on: date, kind: Kind) -> None:
    past = PastAward(Award.UNIT_COMMENDATION, date(2017, 1, 5), "e", SINCE, UNTIL, number="9/QĐ")
    (finding,) = find(replace(CASE, past_awards=(past,)), on=on)
    assert (finding.kind, finding.rule) == (kind, Rule.SAME_ACHIEVEMENT)
    assert "(số 9/QĐ)" in finding.text


@pytest.mark.parametrize(
    ("number", "dossier", "told"),
    [("9/QĐ", "HS-1", " (số 9/QĐ)"), ("", "HS-1", " (hồ sơ HS-1)"), ("", "", "")],
)
def test_an_award_is_named_by_its_decision_and_never_by_a_dossier_as_if_that_were_one(
    number: str, dossier: str, told: str
) -> None:
    past = PastAward(Award.UNIT_COMMENDATION, date(2017, 1, 5), number=number, dossier=dossier)
    assert past.named == f"{Award.UNIT_COMMENDATION.label} ngày 05/01/2017{told}"


@pytest.mark.clause("TT 08/2017", "TT 12/2019, Điều 3")
@pytest.mark.parametrize(
    ("content", "since", "until", "rule"),
    [
        ("e", SINCE, UNTIL, Rule.SAME_ACHIEVEMENT),
        ("e", SINCE - DAY, UNTIL + DAY, Rule.SAME_ACHIEVEMENT),
        ("e", SINCE + DAY, UNTIL, Rule.OVERLAP),
        ("e", SINCE, UNTIL - DAY, Rule.OVERLAP),
        ("d", SINCE, UNTIL, Rule.OVERLAP),
        ("", SINCE, UNTIL, Rule.OVERLAP),
        ("e", None, None, Rule.OVERLAP),
    ],
)
def test_an_achievement_is_a_content_over_a_period_whatever_the_words(
    content: str, since: date | None, until: date | None, rule: Rule
) -> None:
    past = PastAward(Award.PROVINCE_CERTIFICATE, date(2019, 2, 2), content, since, until)
    (finding,) = find(replace(CASE, past_awards=(past,)), on=ON)
    assert (finding.rule, finding.kind) == (rule, Kind.BLOCK if rule is Rule.SAME_ACHIEVEMENT else Kind.WARN)


@pytest.mark.clause("NĐ 91/2017, Điều 66.2.c", "TT 08/2017")
@pytest.mark.parametrize(("decided_on", "kind"), [(ON, Kind.WARN), (ON - DAY, Kind.BLOCK)])
def test_two_awards_of_one_day_for_one_achievement_are_left_to_a_named_official(decided_on: date, kind: Kind) -> None:
    past = PastAward(Award.PROVINCE_CERTIFICATE, decided_on, "e", SINCE, UNTIL)
    (finding,) = find(replace(CASE, past_awards=(past,)), on=ON)
    assert (finding.kind, finding.rule) == (kind, Rule.SAME_ACHIEVEMENT)


@pytest.mark.clause("TT 12/2019")
@pytest.mark.parametrize(("service", "blocks"), [(True, False), (False, True)])
def test_an_award_for_a_whole_working_life_does_not_use_up_the_year(service: bool, blocks: bool) -> None:
    past = PastAward(Award.LABOUR_ORDER_3, date(2019, 1, 1), service=service)
    assert blocked(find(replace(STATE, past_awards=(past,)), on=ON)) is blocks


@pytest.mark.clause("TT 08/2017")
def test_an_overlapping_period_warns_and_says_from_when_achievements_count() -> None:
    past = PastAward(
        Award.PROVINCE_CERTIFICATE, date(2017, 6, 1), "nhà tình thương", date(2016, 1, 1), date(2016, 12, 31)
    )
    (finding,) = find(replace(CASE, past_awards=(past,)), on=ON)
    assert finding.kind is Kind.WARN
    assert "chỉ tính thành tích từ ngày 01/01/2017" in finding.text


@pytest.mark.clause("TT 08/2017")
def test_a_decision_without_a_period_counts_from_its_own_day() -> None:
    past = PastAward(Award.PROVINCE_CERTIFICATE, date(2017, 6, 1))
    assert past.next_counts_from == date(2017, 6, 1)
    (finding,) = find(replace(CASE, past_awards=(past,)), on=ON)
    assert "01/06/2017" in finding.text


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (date(2014, 1, 1), SINCE - DAY, 0),
        (date(2014, 1, 1), SINCE, 1),
        (UNTIL, date(2019, 2, 1), 1),
        (UNTIL + DAY, date(2019, 2, 1), 0),
    ],
)
def test_periods_overlap_from_the_day_they_share(since: date, until: date, found: int) -> None:
    past = PastAward(Award.PROVINCE_CERTIFICATE, date(2019, 2, 2), "khác", since, until)
    assert len(find(replace(CASE, past_awards=(past,)), on=ON)) == found


@pytest.mark.clause("TT 08/2017", "TT 12/2019")
@pytest.mark.parametrize(
    ("case", "award", "decided_on", "blocks"),
    [
        (STATE, Award.LABOUR_ORDER_3, date(2019, 1, 1), True),
        (STATE, Award.LABOUR_ORDER_3, date(2018, 12, 31), False),
        (CASE, Award.LABOUR_ORDER_3, date(2019, 1, 1), False),
        (STATE, Award.PROVINCE_CERTIFICATE, date(2019, 1, 1), False),
        (replace(STATE, ad_hoc=True), Award.LABOUR_ORDER_3, date(2019, 1, 1), False),
    ],
)
def test_one_state_award_a_year_except_ad_hoc(case: Case, award: Award, decided_on: date, blocks: bool) -> None:
    past = PastAward(award, decided_on, "khác", date(2010, 1, 1), date(2015, 12, 31))
    assert blocked(find(replace(case, past_awards=(past,)), on=ON)) is blocks


def test_an_ad_hoc_award_received_does_not_use_up_the_year() -> None:
    past = PastAward(Award.PM_CERTIFICATE, date(2019, 1, 1), "khác", date(2010, 1, 1), date(2015, 12, 31), ad_hoc=True)
    assert find(replace(STATE, past_awards=(past,)), on=ON) == []


def test_everything_is_found_at_once() -> None:
    case = replace(
        FIVE_YEAR,
        disciplines=(Discipline(Form.WARNING, date(2017, 1, 1)),),
        pendings=(Pending("thanh tra", date(2019, 1, 1)),),
        state_proposals=(StateProposal(Award.PM_CERTIFICATE, date(2019, 1, 1)),),
        past_awards=(PastAward(Award.UNIT_COMMENDATION, date(2017, 1, 5), "e"),),
    )
    findings = find(case, on=ON)
    assert len(findings) == 4
    assert all(finding.text.endswith(".") and finding.clause for finding in findings)


@pytest.mark.clause("TT 08/2017")
def test_a_warning_stands_until_a_named_official_overrides_that_very_one() -> None:
    first, second = (
        PastAward(Award.PROVINCE_CERTIFICATE, date(year, 6, 1), "khác", date(2016, 1, 1), date(2017, 12, 31))
        for year in (2018, 2019)
    )
    findings = find(replace(CASE, past_awards=(first,)), on=ON)
    (warning,) = unanswered(findings, ())
    assert (warning.rule, warning.kind) == (Rule.OVERLAP, Kind.WARN)
    assert unanswered(findings, {warning.key}) == []
    both = find(replace(CASE, past_awards=(first, second)), on=ON)
    assert [one.key for one in unanswered(both, {warning.key})] == [
        "overlap:province_certificate:2019-06-01:",
    ]


def test_a_block_is_never_overridden() -> None:
    findings = find(disciplined(Form.REPRIMAND, date(2017, 5, 1)), on=ON)
    assert unanswered(findings, {findings[0].key}) == []
    assert blocked(findings)


@pytest.mark.clause("TT 08/2017")
@pytest.mark.parametrize(
    ("got", "asked", "until", "found"),
    [
        (Award.PM_CERTIFICATE, Award.LABOUR_ORDER_3, SINCE, [Rule.SAME_KIND, Rule.OVERLAP]),
        (Award.LABOUR_ORDER_3, Award.PM_CERTIFICATE, SINCE, [Rule.SAME_KIND, Rule.OVERLAP]),
        (Award.PM_CERTIFICATE, Award.PM_CERTIFICATE, SINCE, [Rule.OVERLAP]),
        (Award.PM_CERTIFICATE, Award.LABOUR_ORDER_3, SINCE - DAY, []),
        (Award.PROVINCE_CERTIFICATE, Award.LABOUR_ORDER_3, SINCE, [Rule.OVERLAP]),
    ],
)
def test_an_order_and_another_state_award_for_the_same_time_are_weighed(
    got: Award, asked: Award, until: date, found: list[Rule]
) -> None:
    past = PastAward(got, date(2018, 2, 1), "khác", date(2014, 1, 1), until)
    findings = find(replace(CASE, award=asked, past_awards=(past,)), on=ON)
    assert [one.rule for one in findings] == found
    assert {one.kind for one in findings} <= {Kind.WARN}


@pytest.mark.clause("TT 08/2017", "TT 12/2019, Điều 3")
@pytest.mark.parametrize(
    ("on", "clause", "assumed"),
    [
        (date(2017, 12, 14), "Tạm dùng", True),
        (date(2017, 12, 15), "TT 08/2017", False),
        (date(2019, 12, 31), "TT 08/2017", False),
        (date(2020, 1, 1), "TT 12/2019, Điều 3", True),
        (date(2024, 1, 1), "NĐ 98/2023", True),
        (date(2025, 7, 1), "NĐ 152/2025", True),
    ],
)
def test_an_overlap_is_weighed_by_the_text_of_the_day(on: date, clause: str, assumed: bool) -> None:
    past = PastAward(Award.PROVINCE_CERTIFICATE, date(2016, 6, 1), "khác", date(2015, 1, 1), date(2016, 1, 1))
    (finding,) = find(replace(CASE, past_awards=(past,)), on=on)
    assert (finding.kind, finding.clause, bool(finding.assumed)) == (Kind.WARN, clause, assumed)
