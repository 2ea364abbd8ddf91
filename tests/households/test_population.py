"""A whole population classified: of each household what the law says, for every standard, on every border."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.households import columns, duck, population
from chungtay.law import deprivations
from chungtay.law.clauses import second_hand
from chungtay.law.deprivations import LISTS
from chungtay.law.poverty import INCOME_LINES, Area, Basis, Class, Lines
from chungtay.law.refusals import NoRule
from chungtay.law.timeline import Timeline, Version
from tests.households.populations import (
    DAYS,
    ENGINE,
    INTEGERS,
    Row,
    by_the_law,
    either_facts,
    every_border,
    facts,
    on_either,
    table,
)


def by_columns(rows: list[Row], basis: Basis, day: date) -> list[Class | None]:
    """What the expression says of each row."""
    numbered = [row | {"household_id": number} for number, row in enumerate(rows)]
    found = population.classified(table(numbered), population.ladder(basis, on=day)).select("household_id", "class")
    return [said and Class(said) for _, said in sorted(ENGINE.rows(found))]


@pytest.mark.parametrize("basis", Basis)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_the_expression_says_what_the_law_says(basis: Basis, data: st.DataObject) -> None:
    day = data.draw(st.sampled_from(DAYS[basis]))
    rows = data.draw(st.lists(facts(basis, day), min_size=1, max_size=20))
    assert by_columns(rows, basis, day) == [by_the_law(row, basis, day) for row in rows]


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_where_each_row_goes_by_what_it_holds_it_has_the_class_of_its_basis(data: st.DataObject) -> None:
    day = data.draw(st.sampled_from(DAYS[Basis.INCOME]))
    rows = data.draw(st.lists(either_facts(day), min_size=1, max_size=20))
    numbered = [row | {"household_id": number} for number, row in enumerate(rows)]
    found = population.classified(table(numbered), population.either(on=day)).select("household_id", "class")
    assert [said and Class(said) for _, said in sorted(ENGINE.rows(found))] == [on_either(row, day) for row in rows]


def test_from_2027_on_there_are_no_lines_of_points_and_income_alone_decides() -> None:
    last, first = date(2026, 12, 31), date(2027, 1, 1)
    assert population.either(on=last).bases == (Basis.INCOME, Basis.SCORES)
    assert population.either(on=first).bases == (Basis.INCOME,)
    assert set(population.either(on=last).sources()) > set(population.ladder(Basis.INCOME, on=last).sources())


def test_whom_nobody_had_to_review_is_outside_whatever_else_the_row_says() -> None:
    day = date(2027, 12, 31)
    row = next(every_border(Basis.INCOME, day)) | {"commune_code": 1}
    gone = row | {"members": None, "income_total": None, "household_id": 2}
    marked = table([row | {"household_id": 1}, gone]).with_columns((nw.col("household_id") == 2).alias("not_reviewed"))
    found = population.counts(ENGINE.rows(population.counted(marked, population.either(on=day))))[1]
    assert {outcome: tally.households for outcome, tally in found.items()} == {Class.NEAR_POOR: 1, Class.OUTSIDE: 1}
    wrong = marked.with_columns(nw.col("not_reviewed").cast(nw.Int64))
    (fault,) = columns.faults(wrong, Basis.INCOME, on=day)
    assert fault.startswith("column not_reviewed")


@pytest.mark.parametrize(("basis", "day"), [(basis, day) for basis in Basis for day in DAYS[basis]])
def test_on_every_border_the_expression_says_what_the_law_says(basis: Basis, day: date) -> None:
    rows = list(every_border(basis, day))
    expected = [by_the_law(row, basis, day) for row in rows]
    assert by_columns(rows, basis, day) == expected
    assert None not in expected
    assert len(set(expected)) >= 3


@pytest.mark.clause("QĐ 59/2015")
@pytest.mark.parametrize(
    ("urban", "income", "lacking", "expected"),
    [
        (False, 700_000, 0, Class.INCOME_POOR),
        (False, 700_001, 2, Class.NEAR_POOR),
        (False, 700_001, 3, Class.SERVICE_POOR),
        (False, 1_000_000, 3, Class.SERVICE_POOR),
        (False, 1_000_001, 10, Class.AVERAGE),
        (False, 1_500_001, 10, Class.ABOVE),
        (True, 900_000, 0, Class.INCOME_POOR),
        (True, 900_001, 3, Class.SERVICE_POOR),
        (True, 1_300_000, 2, Class.NEAR_POOR),
        (True, 1_300_001, 10, Class.AVERAGE),
    ],
)
def test_classes_of_2020_as_the_decision_writes_them(urban: bool, income: int, lacking: int, expected: Class) -> None:
    day = date(2020, 12, 31)
    row: Row = dict.fromkeys((*INTEGERS, *deprivations.INDICATORS))
    row |= {name: place < lacking for place, name in enumerate(LISTS.on(day).value)}
    row |= {"urban": urban, "members": 1, "income_total": income, "minority": False}
    assert by_columns([row], Basis.INCOME, day) == [expected]


def counted(rows: list[Row], basis: Basis, day: date) -> dict[Class | None, int]:
    ladder = population.ladder(basis, on=day)
    found = population.counts(ENGINE.rows(population.counted(table(rows), ladder)))
    return {outcome: tally.households for outcome, tally in found[1].items()}


def counted_by_the_law(rows: list[Row], basis: Basis, day: date) -> dict[Class | None, int]:
    said = [by_the_law(row, basis, day) for row in rows]
    return {outcome: said.count(outcome) for outcome in set(said)}


def test_a_line_moved_by_one_dong_and_a_date_by_one_day_move_the_counts_as_the_law_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    day = date(2021, 12, 31)
    rows = [row | {"commune_code": 1} for row in every_border(Basis.INCOME, day)]
    before = counted(rows, Basis.INCOME, day)
    assert before == counted_by_the_law(rows, Basis.INCOME, day)
    old, *_, new, later, last = INCOME_LINES[Area.RURAL].versions
    source = second_hand("QĐ 59/2015")
    moved = Timeline("moved", Version(old.since, Lines(700_001, 1_000_000), source), new, later, last)
    monkeypatch.setitem(dict_of(INCOME_LINES), Area.RURAL, moved)
    by_one_dong = counted(rows, Basis.INCOME, day)
    assert by_one_dong == counted_by_the_law(rows, Basis.INCOME, day) != before

    earlier = Timeline("earlier", old, Version(day, Lines(None, 1_500_000), source))
    monkeypatch.setitem(dict_of(INCOME_LINES), Area.RURAL, earlier)
    by_one_day = counted(rows, Basis.INCOME, day)
    assert by_one_day == counted_by_the_law(rows, Basis.INCOME, day) != before
    assert counted(rows, Basis.INCOME, day - timedelta(days=1)) == before


def dict_of(mapping: Any) -> dict[Any, Any]:
    """The law's mapping as what it is, so that a test may change it."""
    assert isinstance(mapping, dict)
    return mapping


def test_sums_leave_persons_without_a_class_out_and_count_their_household() -> None:
    day = date(2020, 12, 31)
    whole = [row | {"commune_code": 1, "minority": True} for row in every_border(Basis.INCOME, day)]
    gap = whole[0] | {"income_total": None}
    ladder = population.ladder(Basis.INCOME, on=day)
    found = population.counts(ENGINE.rows(population.counted(table([*whole, gap]), ladder)))[1]
    assert found[None] == population.Tally(households=1, persons=0, minority=1)
    total = sum((tally for outcome, tally in found.items() if outcome), population.Tally())
    assert total == population.Tally(len(whole), 7 * len(whole), len(whole))


def test_areas_with_unlike_numbers_of_lines_keep_each_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    day = date(2020, 12, 31)
    one_line = Timeline("one", Version(date(2016, 1, 1), Lines(None, 800_000), second_hand("QĐ 59/2015")))
    monkeypatch.setitem(dict_of(INCOME_LINES), Area.URBAN, one_line)
    rows = list(every_border(Basis.INCOME, day))
    assert by_columns(rows, Basis.INCOME, day) == [by_the_law(row, Basis.INCOME, day) for row in rows]


def test_a_number_that_does_not_fit_is_an_error_and_never_another_class() -> None:
    day = date(2020, 12, 31)
    row = next(every_border(Basis.INCOME, day)) | {"members": 2**62}
    with pytest.raises(ArithmeticError, match="Overflow"):
        by_columns([row], Basis.INCOME, day)


def test_no_day_without_a_standard_is_classified() -> None:
    for day in (date(2015, 12, 31), date(2031, 1, 1)):
        with pytest.raises(NoRule):
            population.ladder(Basis.INCOME, on=day)


# --- what a file must hold ---


def test_columns_that_are_missing_or_of_another_type_are_all_named() -> None:
    day = date(2020, 12, 31)
    row = next(every_border(Basis.INCOME, day))
    names = [name for name in row if name not in ("members", "water")]
    frame = table([row], *names).with_columns(nw.col("urban").cast(nw.String))
    assert columns.faults(frame, Basis.INCOME, on=day) == [
        "column members (số nhân khẩu) is missing: whole numbers",
        "column water (nguồn nước sinh hoạt) is missing: true or false",
        "column urban (khu vực thành thị) must hold true or false, not String",
    ]
    assert columns.faults(table([row]), Basis.INCOME, on=day, history=True) == [
        "column ever_escaped (đã từng được công nhận thoát nghèo) is missing: true or false",
        "column ever_left_near_poor (đã từng được công nhận thoát cận nghèo) is missing: true or false",
    ]


def test_by_points_the_indicators_are_given_all_or_not_at_all() -> None:
    day = date(2020, 12, 31)
    row = next(every_border(Basis.SCORES, day))
    bare = ["household_id", "commune_code", "urban", "members", "minority", "b1", "b2"]
    assert columns.faults(table([row], *bare), Basis.SCORES, on=day) == []
    (fault,) = columns.faults(table([row], *bare, "water"), Basis.SCORES, on=day)
    assert fault.startswith("some indicators have a column, but not care, insurance,")


def test_repeated_households_and_empty_cells_are_counted() -> None:
    row: Row = dict.fromkeys(("household_id", "commune_code", "members", "urban", "minority"))
    rows = [row | {"household_id": number, "commune_code": 1, "minority": number > 1} for number in (1, 2, 2, 3)]
    rows[0]["commune_code"] = None
    question, full = columns.check(table(rows))
    assert list(columns.checked(ENGINE.rows(question)[0], full).faults()) == [
        "1 rows repeat the household_id of another row: a household must stand there once",
        "column commune_code is empty in 1 rows",
    ]


def test_the_engine_loads_no_extension_and_nobody_can_change_that(tmp_path: Path) -> None:
    asked = "SELECT name, value FROM duckdb_settings() WHERE name LIKE '%extensions'"
    found = dict(duck.Engine(spill=tmp_path).connection.execute(asked).fetchall())
    assert set(duck.CLOSED) <= set(found)
    assert {found[name] for name in duck.CLOSED} == {"false"}
    with pytest.raises(duckdb.Error, match="locked"):
        ENGINE.connection.execute("SET autoinstall_known_extensions = true")
