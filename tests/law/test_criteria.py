"""What the data answers, what a person must judge, and that a missing source is never a no."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from chungtay.law.criteria import (
    ASKABLE,
    FACTS,
    Criterion,
    Fact,
    FactKind,
    Known,
    Mark,
    answer,
    check,
    mark,
    unknown_facts,
)

WISH = Criterion("a1", "KH IV.1.2.a", "Hộ có tự nguyện đăng ký thoát nghèo không?", "registered_to_leave_poverty")
GIFTS = Criterion("e1", "KH IV.1.2.e", "Mức đóng góp có đạt không?", "contribution_at_threshold")
JUDGED = Criterion("a2", "KH IV.1.2.a", "Có sáng kiến, cách làm hay không?")
RATE = Fact("rate", "Tỷ lệ giảm", "Điểm phần trăm giảm trong năm.", FactKind.RATE)


@pytest.mark.clause("KH IV.1.2.a")
@pytest.mark.parametrize(("value", "mark"), [(True, Mark.MET), (False, Mark.UNMET)])
def test_a_yes_or_no_fact_is_met_or_unmet(value: bool, mark: Mark) -> None:
    result = check(WISH, {"registered_to_leave_poverty": Known(value, because="Đăng ký ngày 05/02/2018.")})
    assert (result.mark, result.value, result.clause) == (mark, value, "KH IV.1.2.a")
    assert result.sentence == f"Tự nguyện đăng ký thoát nghèo: {mark.label.lower()}. Đăng ký ngày 05/02/2018."


@pytest.mark.parametrize("facts", [{}, {"registered_to_leave_poverty": None}])
def test_a_missing_source_is_no_data_and_never_unmet(facts: dict[str, Known | None]) -> None:
    result = check(WISH, facts)
    assert (result.mark, result.value) == (Mark.NO_DATA, None)
    assert "chưa có dữ liệu" in result.sentence


@pytest.mark.clause("KH IV.1.2.e")
@pytest.mark.parametrize(("given", "mark"), [(100_000_000, Mark.MET), (99_999_999, Mark.UNMET), (0, Mark.UNMET)])
def test_a_sum_is_measured_by_the_threshold(given: int, mark: Mark) -> None:
    known = Known(given, needed=100_000_000, assumed="GIÁ TRỊ TẠM DÙNG.")
    result = check(GIFTS, {"contribution_at_threshold": known})
    assert (result.mark, result.assumed) == (mark, "GIÁ TRỊ TẠM DÙNG.")
    assert "cần từ 100.000.000 đồng" in result.sentence


def test_a_sum_without_a_threshold_is_no_data() -> None:
    assert check(GIFTS, {"contribution_at_threshold": Known(5)}).mark is Mark.NO_DATA
    assert answer(FACTS["no_discipline"], None) is Mark.NO_DATA


def test_a_criterion_without_a_fact_is_for_a_person_whatever_the_data() -> None:
    result = check(JUDGED, {"registered_to_leave_poverty": Known(False)})
    assert result.mark is Mark.TO_JUDGE
    assert "thẩm định" in result.sentence


@pytest.mark.parametrize(("value", "mark"), [(Fraction(3, 2), Mark.MET), (Fraction(149, 100), Mark.UNMET)])
def test_a_rate_is_measured_by_the_rate_asked(value: Fraction, mark: Mark) -> None:
    assert answer(RATE, Known(value, needed=Fraction(3, 2))) is mark


def test_a_value_of_the_wrong_kind_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="yes or no"):
        check(WISH, {"registered_to_leave_poverty": Known(1)})
    with pytest.raises(ValueError, match="is a number"):
        check(GIFTS, {"contribution_at_threshold": Known(True, needed=1)})


def test_a_criterion_that_names_an_unknown_fact_fails_loudly() -> None:
    with pytest.raises(KeyError):
        check(Criterion("x", "KH", "?", "wishes"), {})
    assert unknown_facts(["no_discipline", "wishes"]) == ["wishes"]


def test_every_fact_is_named_labelled_and_defined_in_vietnamese() -> None:
    for name, fact in FACTS.items():
        assert fact.name == name
        assert fact.label
        assert fact.definition.endswith(".")
    assert {mark.label for mark in Mark} == {"Đạt", "Chưa đạt", "Chưa có dữ liệu", "Cần người thẩm định"}


BOTH = Criterion("c.2", "KH IV.1.2.c", "Đúng hạn không?", "budget_settled_on_time", also=("reports_on_time",))


@pytest.mark.clause("KH IV.1.2.c")
@pytest.mark.parametrize(
    ("budget", "reports", "found"),
    [
        (True, True, Mark.MET),
        (True, False, Mark.UNMET),
        (False, True, Mark.UNMET),
        (True, None, Mark.NO_DATA),
        (None, False, Mark.UNMET),
        (None, None, Mark.NO_DATA),
    ],
)
def test_facts_asked_together_must_all_hold_and_one_gap_is_a_gap(
    budget: bool | None, reports: bool | None, found: Mark
) -> None:
    known = {
        name: None if value is None else Known(value, because=f"Theo sổ {name}.")
        for name, value in (("budget_settled_on_time", budget), ("reports_on_time", reports))
    }
    said = check(BOTH, known)
    assert (said.mark, said.data, mark(BOTH, known)) == (found, found, found)
    assert "Quyết toán" in said.sentence
    assert "Báo cáo đúng hạn" in said.sentence


@pytest.mark.clause("KH IV.1.2.e")
@pytest.mark.parametrize(("given", "found"), [(199_999_999, Mark.TO_JUDGE), (200_000_000, Mark.MET)])
def test_where_a_no_is_not_the_last_word_a_person_decides(given: int, found: Mark) -> None:
    asked = replace(GIFTS, otherwise="person")
    said = check(asked, {"contribution_at_threshold": Known(given, needed=200_000_000)})
    assert (said.mark, said.value, said.needed) == (found, given, 200_000_000)


@pytest.mark.clause("KH IV.1.2.d")
@pytest.mark.parametrize(("on_time", "found"), [(True, Mark.TO_JUDGE), (False, Mark.UNMET), (None, Mark.NO_DATA)])
def test_where_the_clause_asks_more_than_data_can_say_a_yes_goes_to_a_person_and_a_no_stays(
    on_time: bool | None, found: Mark
) -> None:
    asked = Criterion("d.1", "KH IV.1.2.d", "Đúng hạn và có chất lượng không?", "guidance_on_time", besides="person")
    assert check(asked, {"guidance_on_time": None if on_time is None else Known(on_time)}).mark is found


def test_a_retired_fact_names_the_one_that_took_its_place_and_no_new_file_may_ask_it() -> None:
    retired = [fact for fact in FACTS.values() if fact.retired]
    assert [(fact.name, fact.retired) for fact in retired] == [
        ("declared_contribution_at_threshold", "contribution_at_threshold")
    ]
    assert set(ASKABLE) == set(FACTS) - {fact.name for fact in retired}
