"""The class of a household: both sides of every line, on the last and the first day of every standard."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.law.classifying import Classified, Facts, Income, Scores, classify, record
from chungtay.law.clauses import Trust
from chungtay.law.deprivations import LISTS
from chungtay.law.poverty import (
    AVERAGE_UPPER,
    INCOME_LINES,
    SCORE_LINES,
    STANDARD,
    Area,
    Basis,
    Class,
    area_of,
    rule,
    same_standard,
)
from chungtay.law.refusals import NoRule, Refused

IN_2018, LAST_OF_OLD, FIRST_OF_NEW = date(2018, 10, 1), date(2021, 12, 31), date(2022, 1, 1)
LAST_OF_NEW, FIRST_OF_NEXT, LAST_OF_NEXT = date(2026, 12, 31), date(2027, 1, 1), date(2030, 12, 31)
RANK = [Class.INCOME_POOR, Class.POOR, Class.SERVICE_POOR, Class.NEAR_POOR, Class.AVERAGE, Class.ABOVE, Class.OUTSIDE]


def lacking(count: int, on: date) -> frozenset[str]:
    """So many deprivations of that day's standard."""
    return frozenset(LISTS.on(on).value[:count])


def by_income(head: int, count: int, on: date, area: Area = Area.RURAL, members: int = 1) -> Classified:
    return classify(Facts(area, Income(head * members, members), lacking(count, on)), on=on)


def by_scores(b1: int, b2: int, on: date, area: Area = Area.RURAL) -> Class:
    return classify(Facts(area, Scores(b1, b2)), on=on).outcome


OLD = [
    (Area.RURAL, 700_000, 1_000_000, 1_500_000),
    (Area.URBAN, 900_000, 1_300_000, 1_950_000),
]


@pytest.mark.clause("QĐ 59/2015")
@pytest.mark.parametrize("on", [date(2016, 1, 1), IN_2018, date(2020, 12, 31), date(2021, 1, 1), LAST_OF_OLD])
@pytest.mark.parametrize(("area", "poor", "near", "average"), OLD)
def test_a_household_on_a_line_of_2016_is_below_it_and_one_dong_more_is_above(
    area: Area, poor: int, near: int, average: int, on: date
) -> None:
    assert by_income(poor, 0, on, area).outcome is Class.INCOME_POOR
    assert by_income(poor + 1, 0, on, area).outcome is Class.NEAR_POOR
    assert by_income(near, 2, on, area).outcome is Class.NEAR_POOR
    assert by_income(near + 1, 2, on, area).outcome is Class.AVERAGE
    assert by_income(average, 2, on, area).outcome is Class.AVERAGE
    assert by_income(average + 1, 2, on, area).outcome is Class.ABOVE


@pytest.mark.clause("QĐ 59/2015")
@pytest.mark.parametrize(("area", "poor", "near", "average"), OLD)
def test_three_deprivations_make_a_household_between_the_lines_poor_and_two_do_not(
    area: Area, poor: int, near: int, average: int
) -> None:
    for head in (poor + 1, near):
        assert by_income(head, 2, IN_2018, area).outcome is Class.NEAR_POOR
        assert by_income(head, 3, IN_2018, area).outcome is Class.SERVICE_POOR
        assert by_income(head, 10, IN_2018, area).outcome is Class.SERVICE_POOR


@pytest.mark.clause("QĐ 59/2015")
def test_a_household_above_the_near_poor_line_is_never_poor_however_much_it_lacks() -> None:
    assert by_income(1_000_001, 10, IN_2018).outcome is Class.AVERAGE
    assert by_income(1_500_001, 10, IN_2018).outcome is Class.ABOVE


@pytest.mark.clause("NĐ 07/2021", "NĐ 351/2025")
@pytest.mark.parametrize(
    ("on", "area", "line", "average"),
    [
        (FIRST_OF_NEW, Area.RURAL, 1_500_000, 2_250_000),
        (LAST_OF_NEW, Area.RURAL, 1_500_000, 2_250_000),
        (FIRST_OF_NEW, Area.URBAN, 2_000_000, 3_000_000),
        (LAST_OF_NEW, Area.URBAN, 2_000_000, 3_000_000),
        (FIRST_OF_NEXT, Area.RURAL, 2_200_000, None),
        (LAST_OF_NEXT, Area.RURAL, 2_200_000, None),
        (FIRST_OF_NEXT, Area.URBAN, 2_800_000, None),
        (LAST_OF_NEXT, Area.URBAN, 2_800_000, None),
    ],
)
def test_from_2022_one_line_and_three_deprivations_make_poor(
    on: date, area: Area, line: int, average: int | None
) -> None:
    assert by_income(line, 3, on, area).outcome is Class.POOR
    assert by_income(line, 2, on, area).outcome is Class.NEAR_POOR
    assert by_income(0, 2, on, area).outcome is Class.NEAR_POOR
    above = by_income(line + 1, 12, on, area)
    if average is None:
        assert above.outcome is Class.OUTSIDE
        assert any("mức sống trung bình" in text for text in above.assumed)
    else:
        assert above.outcome is Class.AVERAGE
        assert by_income(average, 3, on, area).outcome is Class.AVERAGE
        assert by_income(average + 1, 3, on, area).outcome is Class.ABOVE


def test_the_same_household_changes_its_class_overnight_with_the_standard() -> None:
    income = Income(4_800_000, 4)
    poor = [
        classify(Facts(Area.RURAL, income, lacking(3, day)), on=day).outcome
        for day in (LAST_OF_OLD, FIRST_OF_NEW, LAST_OF_NEW, FIRST_OF_NEXT)
    ]
    assert poor == [Class.AVERAGE, Class.POOR, Class.POOR, Class.POOR]


@pytest.mark.parametrize(("head", "before", "after"), [(1_500_001, Class.AVERAGE, Class.POOR)])
def test_a_rural_household_just_above_the_line_of_2026_is_poor_by_that_of_2027(
    head: int, before: Class, after: Class
) -> None:
    assert by_income(head, 3, LAST_OF_NEW).outcome is before
    assert by_income(head, 3, FIRST_OF_NEXT).outcome is after


@pytest.mark.clause("TT 14/2018")
@pytest.mark.parametrize(("area", "poor", "near"), [(Area.RURAL, 120, 150), (Area.URBAN, 140, 175)])
@pytest.mark.parametrize("on", [date(2016, 1, 1), date(2018, 9, 25), date(2018, 9, 26), LAST_OF_OLD])
def test_points_of_2016_on_both_sides_of_every_band(area: Area, poor: int, near: int, on: date) -> None:
    assert by_scores(poor, 0, on, area) is Class.INCOME_POOR
    assert by_scores(poor + 1, 30, on, area) is Class.SERVICE_POOR
    assert by_scores(poor + 1, 20, on, area) is Class.NEAR_POOR
    assert by_scores(near, 30, on, area) is Class.SERVICE_POOR
    assert by_scores(near, 20, on, area) is Class.NEAR_POOR
    assert by_scores(near + 1, 100, on, area) is Class.OUTSIDE


@pytest.mark.clause("TT 07/2021")
@pytest.mark.parametrize(("area", "line"), [(Area.RURAL, 140), (Area.URBAN, 175)])
@pytest.mark.parametrize("on", [FIRST_OF_NEW, LAST_OF_NEW])
def test_points_from_2022_have_one_line(area: Area, line: int, on: date) -> None:
    assert by_scores(line, 30, on, area) is Class.POOR
    assert by_scores(line, 20, on, area) is Class.NEAR_POOR
    assert by_scores(line + 1, 120, on, area) is Class.OUTSIDE


def test_where_the_law_is_silent_there_is_no_rule() -> None:
    for day in (date(2015, 12, 31), date(2031, 1, 1)):
        with pytest.raises(NoRule, match="chuẩn nghèo"):
            rule(Area.RURAL, Basis.INCOME, on=day)
    with pytest.raises(NoRule, match="điểm B1"):
        by_scores(100, 30, FIRST_OF_NEXT)
    with pytest.raises(NoRule, match="trung bình"):
        AVERAGE_UPPER[Area.RURAL].on(FIRST_OF_NEXT)


def test_what_nobody_has_read_is_said() -> None:
    assert by_income(1, 0, IN_2018).assumed == ()
    rural = classify(Facts(Area.RURAL, Scores(100, 0)), on=IN_2018)
    assert any("150" in text for text in rural.assumed)
    assert any("140" in text for text in classify(Facts(Area.RURAL, Scores(100, 0)), on=FIRST_OF_NEW).assumed)
    lines = [
        version for mapping in (INCOME_LINES, SCORE_LINES) for rules in mapping.values() for version in rules.versions
    ]
    upper = [version for rules in AVERAGE_UPPER.values() for version in rules.versions]
    read = [version for version in (*STANDARD.versions, *lines, *upper) if version.source.trust is Trust.READ]
    assert read == []


def test_a_household_is_told_why_in_its_own_figures_without_a_division() -> None:
    told = classify(Facts(Area.RURAL, Income(2_800_001, 4), frozenset({"water", "insurance"})), on=IN_2018)
    assert told.lines == (
        "Hộ ở khu vực nông thôn, xét theo chuẩn nghèo giai đoạn 2016-2020 (QĐ 59/2015).",
        "Thu nhập cả hộ 2.800.001 đồng một tháng, trên chuẩn nghèo: 700.000 đồng x 4 người = 2.800.000 đồng.",
        "Thu nhập cả hộ 2.800.001 đồng một tháng, không quá chuẩn cận nghèo: "
        "1.000.000 đồng x 4 người = 4.000.000 đồng.",
        "Hộ thiếu hụt 2 chỉ số (bảo hiểm y tế, nguồn nước sinh hoạt), chưa đủ 3 chỉ số để xét hộ nghèo.",
        "Kết luận: hộ cận nghèo.",
    )
    assert not told.is_poor
    assert [(item.line, item.limit, item.within) for item in told.compared] == [
        (700_000, 2_800_000, False),
        (1_000_000, 4_000_000, True),
    ]


def test_points_are_told_too() -> None:
    told = classify(Facts(Area.URBAN, Scores(150, 30)), on=IN_2018)
    assert told.lines[1:] == (
        "Điểm B1 là 150, trên mức 140 điểm ứng với chuẩn nghèo.",
        "Điểm B1 là 150, không quá mức 175 điểm ứng với chuẩn cận nghèo.",
        "Điểm B2 là 30, đủ 30 điểm để xét hộ nghèo.",
        "Kết luận: hộ nghèo thiếu hụt tiếp cận các dịch vụ xã hội cơ bản.",
    )
    assert told.is_poor
    poorest = classify(Facts(Area.URBAN, Scores(140, 0)), on=IN_2018)
    assert poorest.lines[2] == "Điểm B2 là 0; ở mức này kết quả không phụ thuộc vào số thiếu hụt."


@pytest.mark.clause("NĐ 07/2021")
def test_the_year_2021_cites_the_decree_that_kept_the_old_lines() -> None:
    assert "(QĐ 59/2015)" in by_income(1, 0, date(2020, 12, 31)).lines[0]
    assert "2016-2020 (NĐ 07/2021)" in by_income(1, 0, date(2021, 1, 1)).lines[0]
    assert "2022-2026 (NĐ 351/2025)" in by_income(1, 0, date(2026, 1, 1)).lines[0]


def test_everything_wrong_with_the_facts_is_said_at_once() -> None:
    with pytest.raises(Refused) as refusal:
        classify(Facts(Area.RURAL, Income(-1, 0), frozenset({"waste", "nothing"})), on=IN_2018)
    assert [reason.field for reason in refusal.value.reasons] == ["lacking", "lacking", "income_total", "members"]
    assert "rác thải" in str(refusal.value)


@pytest.mark.parametrize(
    ("scores", "chosen", "word"),
    [
        (Scores(100, 15), None, "bội số của 10"),
        (Scores(100, 110), None, "từ 0 đến 100"),
        (Scores(100, -10), None, "từ 0 đến 100"),
        (Scores(-1, 0), None, "B1 không được âm"),
        (Scores(100, 30), frozenset({"water"}), "cho 10 điểm"),
    ],
)
def test_points_that_cannot_be_are_refused(scores: Scores, chosen: frozenset[str] | None, word: str) -> None:
    with pytest.raises(Refused, match=word):
        classify(Facts(Area.RURAL, scores, chosen), on=IN_2018)


def test_income_without_the_deprivations_is_refused_and_points_are_not() -> None:
    with pytest.raises(Refused, match="Chưa nhập các chỉ số thiếu hụt"):
        classify(Facts(Area.RURAL, Income(1, 1)), on=IN_2018)
    assert by_scores(100, 120, FIRST_OF_NEW) is Class.POOR


def test_what_is_kept_of_a_classification_is_plain_and_whole() -> None:
    kept = record(classify(Facts(Area.RURAL, Income(700_000, 1), frozenset({"water"})), on=IN_2018))
    assert json.loads(json.dumps(kept)) == kept
    assert kept["class"] == "income_poor"
    assert kept["income_total"] == 700_000
    assert kept["compared"] == [{"name": "chuẩn nghèo", "line": 700_000, "value": 700_000, "limit": 700_000}]
    scored = record(classify(Facts(Area.RURAL, Scores(130, 30)), on=IN_2018))
    assert (scored["b1"], scored["b2"], scored["lacking"]) == (130, 30, None)


def test_a_ward_and_a_township_are_urban_a_commune_is_rural_and_a_special_zone_has_no_rule() -> None:
    assert [area_of(kind, on=IN_2018) for kind in ("phuong", "thi_tran", "xa")] == [Area.URBAN, Area.URBAN, Area.RURAL]
    with pytest.raises(NoRule, match="đặc khu"):
        area_of("dac_khu", on=date(2025, 7, 1))


def test_classes_compare_within_a_standard_only() -> None:
    assert same_standard(date(2016, 1, 1), LAST_OF_OLD)
    assert not same_standard(LAST_OF_OLD, FIRST_OF_NEW)
    assert not same_standard(LAST_OF_NEW, FIRST_OF_NEXT)


days = st.dates(date(2016, 1, 1), LAST_OF_NEXT)
areas = st.sampled_from(Area)


@settings(max_examples=40)
@given(days, areas, st.integers(1, 12), st.integers(0, 40_000_000), st.integers(0, 3_000_000), st.integers(0, 10))
def test_more_income_never_makes_poorer(on: date, area: Area, members: int, total: int, more: int, count: int) -> None:
    missing = lacking(count, on)
    poorer, richer = (
        classify(Facts(area, Income(sum_, members), missing), on=on).outcome for sum_ in (total, total + more)
    )
    assert RANK.index(poorer) <= RANK.index(richer)


@settings(max_examples=40)
@given(days, areas, st.integers(0, 3_500_000), st.integers(0, 9))
def test_one_more_deprivation_never_lifts_a_household(on: date, area: Area, head: int, count: int) -> None:
    fewer, more = (by_income(head, n, on, area).outcome for n in (count, count + 1))
    assert RANK.index(more) <= RANK.index(fewer)


@settings(max_examples=40)
@given(days, areas, st.integers(1, 15), st.integers(0, 3_500_000), st.integers(0, 10))
def test_only_income_a_head_matters_not_the_size_of_the_household(
    on: date, area: Area, members: int, head: int, count: int
) -> None:
    assert by_income(head, count, on, area, members).outcome is by_income(head, count, on, area).outcome


@settings(max_examples=40)
@given(days, areas, st.integers(0, 3_500_000), st.integers(0, 10))
def test_the_first_rung_that_fits_is_the_class(on: date, area: Area, head: int, count: int) -> None:
    rungs = rule(area, Basis.INCOME, on=on).rungs
    fitting = [r.outcome for r in rungs if count >= r.lacking and (r.up_to is None or head <= r.up_to)]
    assert by_income(head, count, on, area).outcome is fitting[0]
