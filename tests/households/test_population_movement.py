"""The movement of a whole population, as tables, is what the law counts household by household."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.households import movement, population, results
from chungtay.law.population import Flow
from chungtay.law.poverty import Basis, Class
from chungtay.law.refusals import Refused
from tests.households.movements import (
    A_HEAD,
    ENGINE,
    NOW,
    WAS,
    Household,
    Stood,
    by_tables,
    by_the_law,
    households,
    only_moving,
    years,
)


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
