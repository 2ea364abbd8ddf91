"""The verdict: what stands, and every line with its value, threshold, source and clause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from chungtay.law import criteria
from chungtay.law.awards import Award, Payee
from chungtay.law.criteria import Criterion, Known, Mark
from chungtay.law.exclusions import Case, Discipline, Form, PastAward, StateProposal
from chungtay.law.verdicts import Facts, Questions, Stand, verdict

ON = date(2020, 10, 20)
CASE = Case(Award.PROVINCE_CERTIFICATE, "xây cầu", date(2018, 1, 1), date(2020, 9, 30))
CLEAN = Criterion("general.5", "KH IV.1.1", "Không bị kỷ luật?", "no_discipline")
LAW = Criterion("general.1", "KH IV.1.1", "Có chấp hành tốt pháp luật không?")
GIFT = Criterion("e.1", "KH IV.1.2.e", "Đã tới mức chưa?", "contribution_at_threshold", otherwise="person")
LINKS = Criterion("e.2", "KH IV.1.2.e", "Có liên kết sản xuất không?", "model_adopted")
RATE = Criterion("c.5", "KH IV.1.2.c", "Có đạt tỷ lệ được giao không?", "assigned_rate_met")
ALL = Questions((CLEAN, LAW, GIFT, RATE))
ANY = Questions((CLEAN, GIFT, LINKS), need="any")
MET = {
    "no_discipline": Known(True, because="Theo sổ kỷ luật."),
    "contribution_at_threshold": Known(
        200_000_000, needed=200_000_000, because="3 khoản đã xác nhận.", assumed="MỨC TẠM."
    ),
    "assigned_rate_met": Known(True),
}
FACTS = Facts(CASE, ALL, MET, judged={"general.1": True})


def test_a_verdict_says_each_line_with_value_threshold_source_and_clause() -> None:
    said = verdict(FACTS, on=ON)
    assert said.stand is Stand.MET
    assert [line.id for line in said.met] == ["general.5", "general.1", "e.1", "c.5"]
    gift = said.lines[2]
    assert (gift.value, gift.needed, gift.clause) == (200_000_000, 200_000_000, "KH IV.1.2.e")
    assert "cần từ 200.000.000 đồng" in gift.sentence
    assert "3 khoản đã xác nhận." in gift.sentence
    assert said.assumed == ("MỨC TẠM.",)
    assert [line.by_person for line in said.lines] == [False, True, False, False]


@pytest.mark.clause("KH IV.1.2.e")
@pytest.mark.parametrize(("given", "mark"), [(200_000_000, Mark.MET), (199_999_999, Mark.TO_JUDGE)])
def test_one_dong_under_the_threshold_is_another_line(given: int, mark: Mark) -> None:
    known = {**MET, "contribution_at_threshold": Known(given, needed=200_000_000)}
    said = verdict(replace(FACTS, known=known), on=ON)
    assert said.marks[2] is mark
    assert said.stand is (Stand.MET if mark is Mark.MET else Stand.OPEN)


def test_a_missing_source_is_no_data_and_goes_to_a_person() -> None:
    said = verdict(replace(FACTS, known={}, judged={}), on=ON)
    assert [line.id for line in said.no_data] == ["general.5", "e.1", "c.5"]
    assert [line.id for line in said.to_judge] == ["general.1"]
    assert (said.unmet, said.stand) == ((), Stand.OPEN)
    assert all(line.by_person for line in said.lines)


def test_a_person_answers_what_data_leave_open_and_never_what_data_answer() -> None:
    answered = {"general.1": True, "e.1": True, "c.5": True, "general.5": False}
    said = verdict(replace(FACTS, known={"no_discipline": Known(True)}, judged=answered), on=ON)
    assert said.stand is Stand.MET
    late = verdict(replace(FACTS, known={**MET, "assigned_rate_met": Known(False)}, judged=answered), on=ON)
    assert late.stand is Stand.UNMET
    assert [one.id for one in late.short_of] == ["c.5"]


def test_a_no_of_a_person_is_unmet() -> None:
    said = verdict(replace(FACTS, judged={"general.1": False}), on=ON)
    assert (said.stand, [one.id for one in said.short_of]) == (Stand.UNMET, ["general.1"])


@pytest.mark.clause("KH IV.2.2")
def test_where_one_is_enough_one_met_is_enough_and_the_general_ones_are_all_asked() -> None:
    gift, links = MET["contribution_at_threshold"], Known(False)
    base = Facts(CASE, ANY, {"no_discipline": Known(True), "contribution_at_threshold": gift, "model_adopted": links})
    assert verdict(base, on=ON).stand is Stand.MET
    bad = replace(base, known={**base.known, "no_discipline": Known(False)})
    said = verdict(bad, on=ON)
    assert (said.stand, [one.id for one in said.short_of]) == (Stand.UNMET, ["general.5"])
    none = replace(base, known={"no_discipline": Known(True), "model_adopted": links}, judged={"e.1": False})
    said = verdict(none, on=ON)
    assert (said.stand, [one.id for one in said.short_of]) == (Stand.UNMET, ["e.1", "e.2"])
    open_one = replace(none, judged={})
    assert verdict(open_one, on=ON).stand is Stand.OPEN


@pytest.mark.clause("KH IV.1.1")
def test_what_blocks_is_above_every_criterion() -> None:
    case = replace(CASE, disciplines=(Discipline(Form.REPRIMAND, date(2019, 1, 1)),))
    said = verdict(replace(FACTS, case=case), on=ON)
    assert said.stand is Stand.EXCLUDED
    assert [one.clause for one in said.excluded] == ["KH IV.1.1"]
    assert said.warned == ()


@pytest.mark.clause("TT 12/2019, Điều 3")
def test_a_warning_leaves_the_verdict_open_until_it_is_overridden() -> None:
    past = PastAward(Award.PROVINCE_CERTIFICATE, date(2018, 6, 1), "khác", date(2017, 1, 1), date(2018, 1, 1))
    warned = verdict(replace(FACTS, case=replace(CASE, past_awards=(past,))), on=ON)
    assert (warned.stand, len(warned.warned)) == (Stand.OPEN, 1)
    facts = replace(warned.facts, overridden=frozenset({warned.warned[0].key}))
    answered = verdict(facts, on=ON)
    assert (answered.stand, answered.warned, len(answered.findings)) == (Stand.MET, (), 1)
    assert any("TT 12/2019" in text for text in answered.assumed)


@pytest.mark.clause("KH IV.2.2.b")
def test_what_is_only_told_stands_in_nobodys_way() -> None:
    gone = StateProposal(Award.PM_CERTIFICATE, date(2019, 1, 1), standing=False)
    said = verdict(replace(FACTS, case=replace(CASE, five_year=True, state_proposals=(gone,))), on=ON)
    assert (said.stand, len(said.told), said.excluded) == (Stand.MET, 1, ())


@pytest.mark.clause("NĐ 91/2017, Điều 24", "KH IV.2.1")
def test_a_state_award_asks_for_the_lower_one() -> None:
    case = replace(CASE, award=Award.LABOUR_ORDER_3, payee=Payee.PERSON, occasion="yearly")
    said = verdict(replace(FACTS, case=case), on=ON)
    assert said.stand is Stand.OPEN
    assert [one.rule for one in said.warned] == ["lower_first"]


def test_the_criteria_of_an_award_are_asked_of_everybody_whatever_the_content() -> None:
    central = Criterion("pm_certificate.1", "KH IV.2.1", "Có đúng tiêu chuẩn Trung ương hướng dẫn không?")
    asked = Questions((GIFT, LINKS, central), need="any")
    assert asked.is_general == (False, False, True)
    known = {"contribution_at_threshold": MET["contribution_at_threshold"]}
    assert verdict(Facts(CASE, asked, known), on=ON).stand is Stand.OPEN
    assert verdict(Facts(CASE, asked, known, judged={central.id: True}), on=ON).stand is Stand.MET
    assert verdict(Facts(CASE, asked, known, judged={central.id: False}), on=ON).stand is Stand.UNMET


def test_the_marks_in_bulk_are_those_of_one_criterion_for_every_combination() -> None:
    values = [None, Known(True), Known(False)]
    money = [None, Known(5), Known(5, needed=5), Known(4, needed=5)]
    for otherwise, besides in product((None, "person"), repeat=2):
        one = Criterion("c.2", "KH", "?", "budget_settled_on_time", ("reports_on_time",), otherwise, besides)
        sums = Criterion("e.1", "KH", "?", "contribution_at_threshold", ("model_adopted",), otherwise, besides)
        for first, second, third in product(values, values, money):
            known = {
                "budget_settled_on_time": first, "reports_on_time": second, "model_adopted": second,
                "contribution_at_threshold": third,
            }  # fmt: skip
            said = verdict(Facts(CASE, Questions((one, sums)), known), on=ON)
            assert said.marks == (criteria.mark(one, known), criteria.mark(sums, known))
            assert [line.mark for line in said.lines] == [criteria.check(each, known).mark for each in (one, sums)]


def test_a_fact_that_nobody_defined_and_a_value_of_the_wrong_kind_fail_loudly() -> None:
    with pytest.raises(KeyError):
        verdict(Facts(CASE, Questions((Criterion("x.1", "KH", "?", "wishes"),)), {}), on=ON)
    with pytest.raises(ValueError, match="yes or no"):
        verdict(replace(FACTS, known={**MET, "assigned_rate_met": Known(1)}), on=ON)
    with pytest.raises(ValueError, match="is a number"):
        verdict(replace(FACTS, known={**MET, "contribution_at_threshold": Known(True, needed=1)}), on=ON)


def test_words_are_made_only_when_somebody_reads_them() -> None:
    said = verdict(FACTS, on=ON)
    assert said._lines is None
    assert said.lines is said.lines
    assert "met" in repr(said)
