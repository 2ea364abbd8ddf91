"""The movement of a whole population, as tables, is what the law counts household by household."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import narwhals as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.households import duck, movement, population, results
from chungtay.households.columns import Frame
from chungtay.law.deprivations import LISTS
from chungtay.law.population import Change, Counted, Flow, Move, count, move
from chungtay.law.poverty import Basis, Class
from chungtay.law.refusals import Refused

BEFORE, AFTER = date(2019, 12, 31), date(2020, 12, 31)
ENGINE = duck.Engine(threads=1)
WAS, NOW = population.ladder(Basis.INCOME, on=BEFORE), population.ladder(Basis.INCOME, on=AFTER)
ASKED = LISTS.on(AFTER).value
A_HEAD = {
    Class.INCOME_POOR: (600_000, 0),
    Class.SERVICE_POOR: (800_000, 4),
    Class.NEAR_POOR: (800_000, 1),
    Class.AVERAGE: (1_200_000, 5),
    Class.ABOVE: (3_000_000, 0),
    None: (None, 0),
}


@dataclass(frozen=True)
class Stood:
    """A household in one year."""

    commune: int
    outcome: Class | None
    members: int


@dataclass(frozen=True)
class Household:
    """A household in both years, absent from one of them perhaps, and what it had been before."""

    before: Stood | None
    after: Stood | None
    escaped: bool = False
    left_near_poor: bool = False


def stood() -> st.SearchStrategy[Stood]:
    return st.builds(Stood, st.integers(1, 3), st.sampled_from(list(A_HEAD)), st.integers(1, 9))


@st.composite
def households(draw: st.DrawFn) -> Household:
    before, after = draw(st.one_of(st.none(), stood())), draw(st.one_of(st.none(), stood()))
    if before and after and draw(st.integers(0, 3)):
        after = replace(after, commune=before.commune)
    return Household(before, after, draw(st.booleans()), draw(st.booleans()))


def table(rows: list[tuple[int, Stood, bool, bool]], name: str) -> Frame:
    """A year as a file would hold it."""
    heads = "household_id, commune_code, urban, minority, members, income_total, ever_escaped, ever_left_near_poor"
    values = [
        (
            *(number, at.commune, False, False, at.members, a_head and a_head * at.members, escaped, left),
            *(place < lacking for place in range(len(ASKED))),
        )
        for number, at, escaped, left in rows
        for a_head, lacking in [A_HEAD[at.outcome]]
    ]
    numbers = ("household_id", "commune_code", "members", "income_total")
    names = [*heads.split(", "), *ASKED]
    types = ", ".join(f"{column} {'BIGINT' if column in numbers else 'BOOLEAN'}" for column in names)
    ENGINE.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({types})")
    if values:
        told = ", ".join(str(row).replace("None", "null") for row in values)
        ENGINE.connection.execute(f"INSERT INTO {name} VALUES {told}")  # noqa: S608
    return nw.from_native(ENGINE.connection.table(name))


def by_tables(some: list[Household]) -> dict[int, Counted]:
    """The movement of these households, as the engine tells it."""
    before, after = years(some)
    return movement.tables(ENGINE.rows(movement.moved(before, after, WAS, NOW)))


def years(some: list[Household]) -> tuple[Frame, Frame]:
    before = [(n, h.before, h.escaped, h.left_near_poor) for n, h in enumerate(some) if h.before]
    after = [(n, h.after, h.escaped, h.left_near_poor) for n, h in enumerate(some) if h.after]
    return table(before, "before_given"), table(after, "after_given")


def by_the_law(some: list[Household]) -> dict[int, Counted]:
    """The same, one household after the other; who moved went from one commune and came to the other."""
    changes: dict[int, list[Change]] = {}
    for household in some:
        history = [Move.ESCAPED_TO_NEAR_POOR] * household.escaped + [Move.LEFT_NEAR_POOR] * household.left_near_poor
        was = household.before if household.before and household.before.outcome else None
        now = household.after if household.after and household.after.outcome else None
        sides = [(was, now)] if was and now and was.commune == now.commune else [(was, None), (None, now)]
        for one, other in sides:
            at = one or other
            if at is None:
                continue
            before, after = one.outcome if one else None, other.outcome if other else None
            cause = Move.SPLIT if before is None else Move.DIED if after is None else None
            told = move(before, after, history, cause)
            persons = (one.members if one else 0, other.members if other else 0)
            changes.setdefault(at.commune, []).append(Change(before, after, told, *persons))
    return {commune: count(found) for commune, found in changes.items()}


def only_moving(found: dict[int, Counted]) -> dict[int, Counted]:
    return {commune: tables for commune, tables in found.items() if tables != Counted()}


@settings(max_examples=25, deadline=None)
@given(st.lists(households(), max_size=40))
def test_the_tables_count_what_the_law_counts(some: list[Household]) -> None:
    found = by_tables(some)
    assert only_moving(found) == only_moving(by_the_law(some))
    assert [fault for tables in found.values() for fault in tables.faults()] == []


def test_every_pair_of_standings_with_every_history_counts_as_the_law_says() -> None:
    sizes = ((3, 3), (3, 5), (5, 3))
    places = [None, *(Stood(1, outcome, 1) for outcome in A_HEAD), Stood(2, Class.NEAR_POOR, 1)]
    some = [
        Household(was and replace(was, members=old), now and replace(now, members=new), escaped, left)
        for was in places
        for now in places
        for old, new in sizes
        for escaped in (False, True)
        for left in (False, True)
    ]
    assert by_tables(some) == only_moving(by_the_law(some))


def test_a_relapse_needs_an_earlier_escape_and_a_moved_household_is_another_increase() -> None:
    poor, above = Stood(1, Class.INCOME_POOR, 4), Stood(1, Class.ABOVE, 4)
    some = [
        Household(above, poor, escaped=True),
        Household(above, poor),
        Household(poor, above),
        Household(poor, replace(poor, commune=2)),
        Household(None, poor),
        Household(poor, None),
    ]
    found = by_tables(some)
    poor_in_1 = Flow(start=3, above=1, other_decrease=2, relapsed=1, newly_arising=1, other_increase=1, end=3)
    assert found[1].poor == poor_in_1
    assert found[2].poor == Flow(other_increase=1, end=1)
    assert movement.total(found.values()).poor.difference == 0


def test_a_split_leaves_the_old_household_smaller_and_brings_a_new_one() -> None:
    whole, left, new = (Stood(1, Class.INCOME_POOR, members) for members in (7, 4, 3))
    tables = by_tables([Household(whole, left), Household(None, new)])[1]
    assert tables.poor == Flow(start=1, other_increase=1, end=2)
    assert tables.poor_persons == Flow(start=7, other_decrease=3, other_increase=3, end=7)


def test_years_of_different_standards_are_not_compared() -> None:
    before, after = years([])
    later = population.ladder(Basis.INCOME, on=date(2022, 1, 1))
    with pytest.raises(Refused, match="hai chuẩn nghèo khác nhau"):
        movement.moved(before, after, population.ladder(Basis.INCOME, on=date(2021, 12, 31)), later)
    movement.moved(before, after, NOW, population.ladder(Basis.INCOME, on=date(2021, 12, 31)))


def test_what_does_not_close_is_found_beside_the_classes_counted_on_their_own() -> None:
    some = [Household(Stood(1, Class.INCOME_POOR, 2), Stood(1, Class.NEAR_POOR, 2))]
    before, after = years(some)
    reviews = [
        results.Year(by.on, by.standard, population.counts(ENGINE.rows(population.counted(frame, by))))
        for by, frame in ((WAS, before), (NOW, after))
    ]
    found = by_tables(some)
    assert results.disagreements(reviews[1], reviews[0], found) == []
    twice = by_tables(some * 2)
    assert results.disagreements(reviews[1], reviews[0], twice) == [
        "commune 00001: movement tells of (2, 0, 0, 2), the classes of (1, 0, 0, 1)"
    ]
    broken = {1: replace(found[1], poor=replace(found[1].poor, to_other=0))}
    (fault,) = results.disagreements(reviews[1], reviews[0], broken)
    assert fault.startswith("commune 00001: Biến động hộ nghèo không khớp")
