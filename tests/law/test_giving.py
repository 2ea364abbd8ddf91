"""The charity threshold, and from which day gifts count."""

from __future__ import annotations

from datetime import date

import pytest

from chungtay.law.awards import Payee
from chungtay.law.giving import Giver, counts_from, meets_threshold
from chungtay.law.refusals import NoRule

DAY = date(2018, 5, 1)
START, END = date(2016, 1, 1), date(2020, 12, 31)


@pytest.mark.clause("KH IV.1.2.e", "QĐ 11/2015, Điều 15.4.c")
@pytest.mark.parametrize(
    ("giver", "threshold"),
    [("organisation", 200_000_000), ("person", 100_000_000), ("household", 50_000_000)],
)
def test_a_dong_below_the_threshold_misses_it(giver: str, threshold: int) -> None:
    assert meets_threshold(threshold, giver, on=DAY)[0]
    assert not meets_threshold(threshold - 1, giver, on=DAY)[0]


@pytest.mark.clause("QĐ 11/2015, Điều 15.4.c")
@pytest.mark.parametrize("giver", Giver)
def test_the_threshold_says_that_it_stands_in_from_an_giang(giver: Giver) -> None:
    _, version = meets_threshold(0, giver, on=DAY)
    assert version.assumed.startswith("GIÁ TRỊ TẠM DÙNG")
    for word in ("An Giang", "11/2015/QĐ-UBND", "Điều 15", "trước khi dùng thật"):
        assert word in version.assumed
    assert giver.label


def test_before_the_provinces_rule_there_is_no_threshold() -> None:
    with pytest.raises(NoRule, match="mức đóng góp từ thiện"):
        meets_threshold(1, "person", on=date(2015, 2, 10))
    assert meets_threshold(1, "person", on=date(2015, 2, 11))[0] is False


def test_a_negative_sum_or_an_unknown_giver_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="negative"):
        meets_threshold(-1, "person", on=DAY)
    with pytest.raises(ValueError, match="not a valid"):
        meets_threshold(1, "robot", on=DAY)


@pytest.mark.clause("KH IV.2.2.b")
def test_without_a_yearly_award_everything_in_the_phase_counts() -> None:
    counting = counts_from(START, yearly_awards=[date(2015, 12, 31), date(2021, 1, 1)], payee=Payee.PERSON, until=END)
    assert (counting.since, counting.assumed) == (START, "")
    assert "01/01/2016" in counting.sentence


@pytest.mark.clause("KH IV.2.2.b")
def test_after_yearly_awards_only_later_gifts_count() -> None:
    awards = [date(2018, 11, 18), date(2017, 11, 18)]
    counting = counts_from(START, yearly_awards=awards, payee=Payee.COLLECTIVE, until=END)
    assert counting.since == date(2018, 11, 19)
    assert "18/11/2018" in counting.sentence
    assert (str(counting.source), counting.assumed) == ("KH IV.2.2.b", "")


@pytest.mark.clause("KH IV.2.2.b")
@pytest.mark.parametrize("payee", [Payee.PERSON, Payee.HOUSEHOLD])
def test_the_plan_writes_this_for_collectives_and_for_others_it_is_assumed(payee: Payee) -> None:
    counting = counts_from(START, yearly_awards=[START, END], payee=payee, until=END)
    assert counting.since == date(2021, 1, 1)
    assert "tập thể" in counting.assumed
