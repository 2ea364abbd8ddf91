"""Moves between two reviews, the identity of both lists, rates, and the newly escaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from chungtay.law.population import (
    ARRIVALS,
    DEPARTURES,
    Change,
    Counted,
    Flow,
    Move,
    count,
    identity_holds,
    move,
    newly_escaped,
)
from chungtay.law.poverty import Class
from chungtay.law.rates import minority_rate, minority_share, percent, points_between, poverty_rate, rounded, with_comma
from chungtay.law.refusals import NoRule, Refused

INCOME, SERVICE, NEAR, AVERAGE, ABOVE = (
    Class.INCOME_POOR,
    Class.SERVICE_POOR,
    Class.NEAR_POOR,
    Class.AVERAGE,
    Class.ABOVE,
)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (INCOME, SERVICE, Move.STAYS),
        (INCOME, NEAR, Move.ESCAPED_TO_NEAR_POOR),
        (SERVICE, AVERAGE, Move.ESCAPED_ABOVE),
        (Class.POOR, Class.OUTSIDE, Move.ESCAPED_ABOVE),
        (NEAR, INCOME, Move.FELL),
        (NEAR, NEAR, Move.STAYS),
        (NEAR, AVERAGE, Move.LEFT_NEAR_POOR),
        (AVERAGE, SERVICE, Move.NEWLY_ARISING),
        (AVERAGE, NEAR, Move.NEWLY_NEAR_POOR),
        (AVERAGE, ABOVE, Move.STAYS),
    ],
)
def test_a_household_known_in_both_reviews_has_one_move(before: Class, after: Class, expected: Move) -> None:
    assert move(before, after) is expected


@pytest.mark.parametrize("before", [NEAR, AVERAGE])
@pytest.mark.parametrize("out", [Move.ESCAPED_TO_NEAR_POOR, Move.ESCAPED_ABOVE])
def test_once_recognised_as_out_and_poor_again_is_a_relapse_wherever_it_comes_from(before: Class, out: Move) -> None:
    assert move(before, INCOME, [out, Move.STAYS]) is Move.RELAPSED
    assert move(before, INCOME, [Move.NEWLY_NEAR_POOR, Move.STAYS]) is not Move.RELAPSED


def test_only_a_household_once_out_of_near_poverty_is_near_poor_again() -> None:
    assert move(AVERAGE, NEAR, [Move.LEFT_NEAR_POOR]) is Move.NEAR_POOR_AGAIN
    assert move(AVERAGE, NEAR, [Move.ESCAPED_ABOVE]) is Move.NEWLY_NEAR_POOR


def test_who_came_or_went_needs_its_reason() -> None:
    assert move(None, INCOME, cause=Move.SPLIT) is Move.SPLIT
    assert move(NEAR, None, cause=Move.MERGED) is Move.MERGED
    with pytest.raises(Refused, match=r"chưa có ở kỳ trước: .*chuyển đến, tách hộ"):
        move(None, INCOME)
    with pytest.raises(Refused, match="không còn ở kỳ này"):
        move(INCOME, None, cause=Move.MOVED_IN)
    with pytest.raises(Refused, match="có ở cả hai kỳ"):
        move(INCOME, INCOME, cause=Move.MOVED_IN)
    with pytest.raises(ValueError, match="neither"):
        move(None, None)


def change(
    before: Class | None, after: Class | None, *, cause: Move | None = None, past: Sequence[Move] = ()
) -> Change:
    size = (0 if before is None else 4, 0 if after is None else 3)
    return Change(before, after, move(before, after, past, cause), *size)


ONE_OF_EACH = [
    change(INCOME, INCOME),
    change(INCOME, NEAR),
    change(SERVICE, AVERAGE),
    change(INCOME, None, cause=Move.DIED),
    change(NEAR, INCOME),
    change(NEAR, INCOME, past=[Move.ESCAPED_TO_NEAR_POOR]),
    change(AVERAGE, INCOME),
    change(None, INCOME, cause=Move.MOVED_IN),
    change(NEAR, AVERAGE),
    change(AVERAGE, NEAR, past=[Move.LEFT_NEAR_POOR]),
    change(AVERAGE, NEAR),
    change(None, AVERAGE, cause=Move.SPLIT),
]


def test_every_column_of_both_forms_is_filled_by_the_move_that_belongs_there() -> None:
    counted = count(ONE_OF_EACH)
    assert counted.poor == Flow(
        start=4,
        to_other=1,
        above=1,
        other_decrease=1,
        from_other=1,
        relapsed=1,
        newly_arising=1,
        other_increase=1,
        end=5,
    )
    assert counted.near_poor == Flow(start=3, to_other=2, above=1, from_other=1, relapsed=1, newly_arising=1, end=3)
    assert counted.faults() == []


def test_a_household_that_stays_with_a_member_less_is_an_other_decrease_of_persons() -> None:
    counted = count([change(INCOME, INCOME)])
    assert counted.poor_persons == Flow(start=4, other_decrease=1, end=3)
    assert counted.poor == Flow(start=1, end=1)


def test_a_report_that_does_not_close_says_where_and_by_how_much() -> None:
    counted = count(ONE_OF_EACH)
    wrong = replace(counted, poor=replace(counted.poor, end=6))
    assert identity_holds(wrong.poor) == 1
    assert wrong.faults() == [
        "Biến động hộ nghèo không khớp: đầu kỳ 4 - giảm 3 + tăng 4 = 5, nhưng cuối kỳ là 6 (lệch +1)."
    ]
    assert identity_holds(replace(counted.poor, end=3)) == -2


def test_communes_add_up_to_their_district() -> None:
    assert count(ONE_OF_EACH[:5]) + count(ONE_OF_EACH[5:]) == count(ONE_OF_EACH)


class Years(RuleBasedStateMachine):
    """Years of reviews of one commune: whatever happens to its households, every table closes and follows the last."""

    def __init__(self) -> None:
        super().__init__()
        self.households: dict[int, tuple[Class, int]] = dict.fromkeys(range(6), (INCOME, 4))
        self.past: dict[int, list[Move]] = {number: [] for number in range(6)}
        self.last: Counted = Counted()
        self.this = count([Change(INCOME, INCOME, Move.STAYS, 4, 4)] * 6)

    @rule(
        outcomes=st.lists(st.sampled_from([INCOME, SERVICE, NEAR, AVERAGE, ABOVE, None]), min_size=6, max_size=12),
        size=st.integers(1, 9),
        cause=st.sampled_from(sorted(DEPARTURES)),
    )
    def review(self, outcomes: list[Class | None], size: int, cause: Move) -> None:
        changes = []
        for number, after in enumerate(outcomes):
            before, persons = self.households.get(number, (None, 0))
            if before is None and after is None:
                continue
            why = None if before and after else cause if before else sorted(ARRIVALS)[size % 2]
            made = move(before, after, self.past.setdefault(number, []), why)
            self.past[number].append(made)
            changes.append(Change(before, after, made, persons, size if after else 0))
        seen = range(len(outcomes))
        changes += [Change(c, c, Move.STAYS, n, n) for key, (c, n) in self.households.items() if key not in seen]
        self.last, self.this = self.this, count(changes)
        rest = {key: value for key, value in self.households.items() if key not in seen}
        self.households = rest | {key: (after, size) for key, after in enumerate(outcomes) if after}

    @invariant()
    def every_table_closes(self) -> None:
        assert self.this.faults() == []
        assert [identity_holds(flow) for flow in (self.this.poor, self.this.near_poor)] == [0, 0]

    @invariant()
    def the_end_is_what_is_there(self) -> None:
        poor = [persons for standing, persons in self.households.values() if standing.is_poor]
        near = [persons for standing, persons in self.households.values() if standing is NEAR]
        assert (self.this.poor.end, self.this.poor_persons.end) == (len(poor), sum(poor))
        assert (self.this.near_poor.end, self.this.near_poor_persons.end) == (len(near), sum(near))

    @invariant()
    def a_year_starts_where_the_last_ended(self) -> None:
        if self.last != Counted():
            assert self.this.poor.start == self.last.poor.end
            assert self.this.near_poor_persons.start == self.last.near_poor_persons.end

    @invariant()
    def what_one_list_gives_the_other_takes(self) -> None:
        assert self.this.poor.to_other == self.this.near_poor.from_other
        assert self.this.poor.from_other <= self.this.near_poor.to_other
        assert self.this.near_poor.to_other <= self.this.poor.from_other + self.this.poor.relapsed


TestYears = Years.TestCase
TestYears.settings = settings(max_examples=15, stateful_step_count=6, deadline=None)


@pytest.mark.clause("QĐ 28/2015")
@pytest.mark.parametrize(
    ("escaped", "last", "first_after"),
    [
        (date(2018, 1, 6), date(2021, 1, 6), date(2021, 1, 7)),
        (date(2016, 2, 29), date(2019, 2, 28), date(2019, 3, 1)),
        (date(2017, 12, 31), date(2020, 12, 31), date(2021, 1, 1)),
    ],
)
def test_a_household_is_newly_escaped_for_thirty_six_months(escaped: date, last: date, first_after: date) -> None:
    assert newly_escaped(escaped, on=escaped).holds
    assert newly_escaped(escaped, on=last).holds
    assert not newly_escaped(escaped, on=first_after).holds
    assert newly_escaped(escaped, on=last).last_day == last
    assert "36 tháng" in newly_escaped(escaped, on=last).assumed


def test_nobody_is_newly_escaped_before_the_decision_or_before_the_rule() -> None:
    assert not newly_escaped(date(2018, 1, 6), on=date(2018, 1, 5)).holds
    with pytest.raises(NoRule):
        newly_escaped(date(2015, 9, 4), on=date(2016, 1, 1))


def test_only_those_above_the_near_poor_line_start_to_be_newly_escaped() -> None:
    assert {known for known in Move if known.starts_newly_escaped} == {Move.ESCAPED_ABOVE, Move.LEFT_NEAR_POOR}


def test_the_published_figures_of_2020_come_out() -> None:
    """Quyết định 24/QĐ-UBND of 06/01/2021: 8,790 poor households, 1.91%; 2,393 of them ethnic-minority, 3.40%."""
    assert 8_037 + 753 == 8_790
    assert poverty_rate(8_790, 460_209) == Decimal("1.91")
    assert poverty_rate(19_378, 460_209) == Decimal("4.21")
    assert minority_share(2_393, 8_790) == Decimal("27.22")
    assert minority_rate(2_393, 70_370) == Decimal("3.40")
    assert points_between(Decimal("9.78"), Decimal("1.91")) == Decimal("-7.87")


def test_the_published_figures_of_2015_and_2016_come_out() -> None:
    assert 28_151 + 13_051 == 41_202
    assert poverty_rate(41_202, 421_288) == Decimal("9.78")
    assert poverty_rate(35_233, 423_474) == Decimal("8.32")


def test_the_share_of_minorities_among_the_poor_is_not_the_rate_of_poor_among_minorities() -> None:
    assert minority_share(2_393, 8_790) != minority_rate(2_393, 70_370)


@pytest.mark.parametrize(
    ("part", "whole", "rate"),
    [(1, 800, "0.13"), (1_125, 100_000, "1.13"), (1_124, 100_000, "1.12"), (0, 5, "0.00"), (5, 5, "100.00")],
)
def test_a_rate_has_two_decimals_rounded_half_up(part: int, whole: int, rate: str) -> None:
    assert percent(part, whole) == Decimal(rate)


def test_without_households_there_is_no_rate_and_a_part_is_not_above_its_whole() -> None:
    assert percent(0, 0) is None
    for part, whole in ((-1, 5), (6, 5)):
        with pytest.raises(ValueError, match="is no part of"):
            percent(part, whole)


@settings(max_examples=50)
@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_rounded_rate_is_at_most_half_a_hundredth_away(part: int, more: int) -> None:
    whole = part + more
    rate = percent(part, whole)
    assert rate is not None
    assert abs(Fraction(rate) - Fraction(part * 100, whole)) <= Fraction(1, 200)


def test_numbers_are_written_with_a_comma_and_no_needless_zeros() -> None:
    assert [with_comma(Decimal(text)) for text in ("7.87", "2.00", "10", "0.50")] == ["7,87", "2", "10", "0,5"]
    assert rounded(Fraction(-9, 8)) == Decimal("-1.13")
