"""Funds: the peak month, what may be paid for, the ceiling of an award fund, on both sides of each border."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from chungtay.law.awards import FROM_42, FROM_91, FROM_98, FROM_152
from chungtay.law.clauses import Trust
from chungtay.law.funds import (
    INCOMES,
    Area,
    FundKind,
    Income,
    Purpose,
    award_fund_ceiling,
    in_peak_month,
    peak_month,
    uses,
)
from chungtay.law.refusals import NoRule

BUDGET = 8_000_000_000_000
DAY = timedelta(days=1)


@pytest.mark.clause("KH III.3")
@pytest.mark.parametrize("year", [2016, 2020])
def test_the_peak_month_runs_from_the_day_for_the_poor_to_the_day_of_the_front(year: int) -> None:
    assert peak_month(year) == (date(year, 10, 17), date(year, 11, 18))


@pytest.mark.clause("KH III.3")
@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2019, 10, 16), False),
        (date(2019, 10, 17), True),
        (date(2019, 11, 18), True),
        (date(2019, 11, 19), False),
    ],
)
def test_a_day_lies_in_the_peak_month_or_outside(day: date, inside: bool) -> None:
    assert in_peak_month(day) is inside


def test_there_was_no_peak_month_before_there_was_a_day_for_the_poor() -> None:
    assert in_peak_month(date(2000, 10, 17))
    with pytest.raises(NoRule):
        in_peak_month(date(2000, 10, 16))
    with pytest.raises(NoRule):
        peak_month(1999)


@pytest.mark.clause("KH III.3")
def test_the_fund_for_the_poor_builds_houses_and_pays_no_prize() -> None:
    for kind in (FundKind.POOR, FundKind.DRIVE):
        assert uses(kind, on=date(2018, 1, 1))[0] is Purpose.HOUSE
        assert Purpose.AWARD not in uses(kind, on=date(2018, 1, 1))
    for day in (FROM_91 - DAY, FROM_91):
        assert set(uses("award", on=day)) == {Purpose.AWARD, Purpose.EMBLEM, Purpose.OTHER}
    with pytest.raises(NoRule):
        uses(FundKind.POOR, on=date(2006, 5, 23))


def test_only_help_to_households_is_counted_in_households() -> None:
    assert [p for p in Purpose if not p.helps_households] == [Purpose.AWARD, Purpose.EMBLEM, Purpose.OTHER]


def test_only_an_award_fund_has_no_givers_abroad_and_only_a_drive_no_budget() -> None:
    assert Income.ABROAD not in INCOMES[FundKind.AWARD]
    assert Income.BUDGET not in INCOMES[FundKind.DRIVE]


def test_every_word_has_its_label() -> None:
    words = [*FundKind, *Income, *Purpose, *Area]
    assert all(word.label for word in words)
    assert len({word.label for word in words}) == len(words)


@pytest.mark.clause("KH IV.3.2", "NĐ 91/2017, Điều 65", "NĐ 152/2025, Điều 46.3.b")
@pytest.mark.parametrize(
    ("on", "source", "is_read"),
    [
        (FROM_42, "NĐ 42/2010", False),
        (FROM_91 - DAY, "NĐ 42/2010", False),
        (FROM_91, "NĐ 91/2017, Điều 65", False),
        (date(2023, 12, 31), "NĐ 91/2017, Điều 65", False),
        (FROM_98, "NĐ 98/2023", False),
        (date(2025, 6, 30), "NĐ 98/2023", False),
        (FROM_152, "NĐ 152/2025, Điều 46.3.b", True),
    ],
)
def test_the_ceiling_follows_the_decree_of_the_day(on: date, source: str, is_read: bool) -> None:
    plain, remote = (award_fund_ceiling(BUDGET, area, on=on) for area in (Area.PLAIN, Area.REMOTE))
    assert (plain.amount, remote.amount) == (80_000_000_000, 120_000_000_000)
    assert (plain.share, remote.share) == (Fraction(1, 100), Fraction(3, 200))
    assert str(plain.source) == source
    assert (plain.source.trust is Trust.READ) is is_read
    assert bool(plain.assumed) is not is_read


def test_the_ceiling_says_how_it_was_reckoned_and_cuts_parts_of_a_dong_off() -> None:
    found = award_fund_ceiling(199, "remote", on=FROM_152)
    assert found.amount == 2
    assert found.working.startswith("1,5% (miền núi")
    assert "199 đồng chi thường xuyên = 2 đồng: NĐ 152/2025" in found.working


def test_before_the_decree_there_is_no_ceiling_and_a_wrong_question_is_no_answer() -> None:
    with pytest.raises(NoRule):
        award_fund_ceiling(BUDGET, Area.PLAIN, on=FROM_42 - DAY)
    with pytest.raises(ValueError, match="not negative"):
        award_fund_ceiling(-1, Area.PLAIN, on=FROM_91)
    with pytest.raises(ValueError, match="island"):
        award_fund_ceiling(1, "island", on=FROM_91)
