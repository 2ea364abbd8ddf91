"""A whole population classified: of each household what the law says, for every standard, on every border."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.households import columns, duck, population
from chungtay.law import deprivations, poverty
from chungtay.law.classifying import Facts, Income, Scores, classify
from chungtay.law.clauses import second_hand
from chungtay.law.deprivations import LISTS
from chungtay.law.poverty import AVERAGE_UPPER, INCOME_LINES, SCORE_LINES, STANDARD, Area, Basis, Class, Lines
from chungtay.law.refusals import NoRule, Refused
from chungtay.law.timeline import Timeline, Version

Row = dict[str, Any]
INTEGERS = ("household_id", "commune_code", "members", "income_total", "b1", "b2")
ENGINE = duck.Engine(threads=1)


def borders(basis: Basis) -> list[date]:
    """The first and last days of everything dated that decides a class, and the days around them."""
    by_area = (*INCOME_LINES.values(), *AVERAGE_UPPER.values()) if basis is Basis.INCOME else SCORE_LINES.values()
    dated: list[Timeline[Any]] = [STANDARD, LISTS, deprivations.CUT, deprivations.POINTS_CUT, *by_area]
    firsts = {version.since for timeline in dated for version in timeline.versions}
    days = {first + timedelta(days=shift) for first in firsts for shift in (-1, 0)}
    return sorted(day for day in days if covered(basis, day))


def covered(basis: Basis, day: date) -> bool:
    try:
        population.ladder(basis, on=day)
    except NoRule:
        return False
    return True


DAYS = {basis: borders(basis) for basis in Basis}


def lines(basis: Basis, area: Area, day: date) -> list[int]:
    return [rung.up_to for rung in poverty.rule(area, basis, on=day).rungs if rung.up_to is not None]


@st.composite
def facts(draw: st.DrawFn, basis: Basis, day: date) -> Row:
    """A household on, just below or just above a line, with about as many deprivations as matter, or with a gap."""
    urban = draw(st.sampled_from([False, True, False, True, None]))
    asked = LISTS.on(day).value
    how_many = draw(st.one_of(st.sampled_from([2, 3]), st.integers(0, len(asked))))
    lacking = set(draw(st.permutations(asked))[:how_many])
    row: Row = dict.fromkeys((*INTEGERS, *deprivations.INDICATORS)) | {"minority": draw(st.booleans()), "urban": urban}
    row |= {name: name in lacking for name in asked}
    members = draw(st.one_of(st.integers(1, 12), st.sampled_from([1, 3000, 0, -1])))
    line = draw(st.sampled_from([0, *lines(basis, Area.URBAN if urban else Area.RURAL, day)]))
    value = (line * members if basis is Basis.INCOME else line) + draw(st.sampled_from([-1, 0, 1, 10**7]))
    row |= {"members": members}
    if basis is Basis.INCOME:
        row |= {"income_total": value}
    else:
        row |= {"b1": value, "b2": 10 * how_many + draw(st.sampled_from([0, 0, 0, 0, 10, -10, 5, 200]))}
        if draw(st.booleans()):
            row |= dict.fromkeys(asked)
    if draw(st.integers(0, 4)) == 0:
        row[draw(st.sampled_from(["urban", "members", "income_total", "b1", "b2", *asked]))] = None
    if draw(st.integers(0, 9)) == 0:
        row[draw(st.sampled_from([name for name in deprivations.INDICATORS if name not in asked]))] = True
    return row


def by_the_law(row: Row, basis: Basis, day: date) -> Class | None:
    """What `classify` says of the row; None where it refuses, or where not even its facts can be stated."""
    asked = [row[name] for name in LISTS.on(day).value]
    means = (row["income_total"], row["members"]) if basis is Basis.INCOME else (row["b1"], row["b2"])
    partly = None in asked and any(value is not None for value in asked)
    if row["urban"] is None or None in means or partly:
        return None
    true = frozenset(name for name in deprivations.INDICATORS if row[name])
    lacking = None if None in asked and not true else true
    area = Area.URBAN if row["urban"] else Area.RURAL
    try:
        said = Income(*means) if basis is Basis.INCOME else Scores(*means)
        return classify(Facts(area, said, lacking), on=day).outcome
    except Refused:
        return None


def table(rows: list[Row], *names: str) -> columns.Frame:
    """Rows as DuckDB sees them: whole numbers of 64 bits, and booleans."""
    names = names or tuple(rows[0])
    typed = ", ".join(f"{name}::{'BIGINT' if name in INTEGERS else 'BOOLEAN'} AS {name}" for name in names)
    cells = ("null" if row[name] is None else str(row[name]) for row in rows for name in names)
    values = ", ".join(f"({', '.join(row)})" for row in zip(*[cells] * len(names), strict=True))
    ENGINE.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE given AS SELECT {typed} FROM (VALUES {values}) AS given ({', '.join(names)})"  # noqa: S608
    )
    return nw.from_native(ENGINE.connection.table("given"))


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


def every_border(basis: Basis, day: date) -> Iterator[Row]:
    """Each line from both sides with each number of deprivations, in both areas."""
    asked = LISTS.on(day).value
    for area in Area:
        for line in lines(basis, area, day):
            for step in (-1, 0, 1):
                for how_many in range(len(asked) + 1):
                    row: Row = dict.fromkeys((*INTEGERS, *deprivations.INDICATORS))
                    row |= {name: place < how_many for place, name in enumerate(asked)}
                    row |= {"urban": area is Area.URBAN, "members": 7, "minority": False}
                    row |= {"income_total": 7 * line + step} if basis is Basis.INCOME else {
                        "b1": line + step, "b2": 10 * how_many
                    }  # fmt: skip
                    yield row


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
