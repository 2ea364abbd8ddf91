"""What the data answers, what a person must judge, and that a missing source is never a no."""

from __future__ import annotations

from fractions import Fraction

import pytest

from chungtay.law.criteria import FACTS, Criterion, Fact, FactKind, Known, Verdict, answer, check, unknown_facts

WISH = Criterion("a1", "KH IV.1.2.a", "Hộ có tự nguyện đăng ký thoát nghèo không?", "registered_to_leave_poverty")
GIFTS = Criterion("e1", "KH IV.1.2.e", "Mức đóng góp có đạt không?", "declared_contribution_at_threshold")
JUDGED = Criterion("a2", "KH IV.1.2.a", "Có sáng kiến, cách làm hay không?")
RATE = Fact("rate", "Tỷ lệ giảm", "Điểm phần trăm giảm trong năm.", FactKind.RATE)


@pytest.mark.clause("KH IV.1.2.a")
@pytest.mark.parametrize(("value", "verdict"), [(True, Verdict.MET), (False, Verdict.UNMET)])
def test_a_yes_or_no_fact_is_met_or_unmet(value: bool, verdict: Verdict) -> None:
    result = check(WISH, {"registered_to_leave_poverty": Known(value, because="Đăng ký ngày 05/02/2018.")})
    assert (result.verdict, result.value, result.clause) == (verdict, value, "KH IV.1.2.a")
    assert result.sentence == f"Tự nguyện đăng ký thoát nghèo: {verdict.label.lower()}. Đăng ký ngày 05/02/2018."


@pytest.mark.parametrize("facts", [{}, {"registered_to_leave_poverty": None}])
def test_a_missing_source_is_no_data_and_never_unmet(facts: dict[str, Known | None]) -> None:
    result = check(WISH, facts)
    assert (result.verdict, result.value) == (Verdict.NO_DATA, None)
    assert "chưa có dữ liệu" in result.sentence


@pytest.mark.clause("KH IV.1.2.e")
@pytest.mark.parametrize(
    ("given", "verdict"), [(100_000_000, Verdict.MET), (99_999_999, Verdict.UNMET), (0, Verdict.UNMET)]
)
def test_a_sum_is_measured_by_the_threshold(given: int, verdict: Verdict) -> None:
    known = Known(given, needed=100_000_000, assumed="GIÁ TRỊ TẠM DÙNG.")
    result = check(GIFTS, {"declared_contribution_at_threshold": known})
    assert (result.verdict, result.assumed) == (verdict, "GIÁ TRỊ TẠM DÙNG.")
    assert "cần từ 100.000.000 đồng" in result.sentence


def test_a_sum_without_a_threshold_is_no_data() -> None:
    assert check(GIFTS, {"declared_contribution_at_threshold": Known(5)}).verdict is Verdict.NO_DATA
    assert answer(FACTS["no_discipline"], None) is Verdict.NO_DATA


def test_a_criterion_without_a_fact_is_for_a_person_whatever_the_data() -> None:
    result = check(JUDGED, {"registered_to_leave_poverty": Known(False)})
    assert result.verdict is Verdict.TO_JUDGE
    assert "thẩm định" in result.sentence


@pytest.mark.parametrize(("value", "verdict"), [(Fraction(3, 2), Verdict.MET), (Fraction(149, 100), Verdict.UNMET)])
def test_a_rate_is_measured_by_the_rate_asked(value: Fraction, verdict: Verdict) -> None:
    assert answer(RATE, Known(value, needed=Fraction(3, 2))) is verdict


def test_a_value_of_the_wrong_kind_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="yes or no"):
        check(WISH, {"registered_to_leave_poverty": Known(1)})
    with pytest.raises(ValueError, match="is a number"):
        check(GIFTS, {"declared_contribution_at_threshold": Known(True, needed=1)})


def test_a_criterion_that_names_an_unknown_fact_fails_loudly() -> None:
    with pytest.raises(KeyError):
        check(Criterion("x", "KH", "?", "wishes"), {})
    assert unknown_facts(["no_discipline", "wishes"]) == ["wishes"]


def test_every_fact_is_named_labelled_and_defined_in_vietnamese() -> None:
    for name, fact in FACTS.items():
        assert fact.name == name
        assert fact.label
        assert fact.definition.endswith(".")
    assert {verdict.label for verdict in Verdict} == {"Đạt", "Chưa đạt", "Chưa có dữ liệu", "Cần người thẩm định"}
