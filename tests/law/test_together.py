"""Several awards at once: what is paid, by the decree of the day."""

from __future__ import annotations

from datetime import date

import pytest

from chungtay.law.money import Prize, prize
from chungtay.law.refusals import NoRule
from chungtay.law.together import Due, several

LAST_42, FIRST_91 = date(2017, 9, 30), date(2017, 10, 1)
LAST_91, FIRST_98 = date(2023, 12, 31), date(2024, 1, 1)
LAST_98, FIRST_152 = date(2025, 6, 30), date(2025, 7, 1)


def paper(award: str, day: date) -> Prize:
    return prize(award, "person", decided_on=day)


def two_forms(day: date, *, same: bool) -> tuple[Due, Due]:
    second = "2018" if same else "2016-2020"
    return Due(paper("unit_commendation", day), "2018"), Due(paper("province_certificate", day), second)


@pytest.mark.clause("NĐ 42/2010, Điều 68.2.c")
def test_under_decree_42_two_forms_at_once_pay_the_highest_only() -> None:
    low, high = two_forms(LAST_42, same=False)
    result = several(low, high, decided_on=LAST_42)
    assert (result.paid, result.unpaid) == ((high,), (low,))
    assert result.amount == high.prize.amount


@pytest.mark.clause("NĐ 42/2010, Điều 68.2.d")
def test_under_decree_42_titles_of_different_periods_are_each_paid() -> None:
    titles = [Due(paper("unit_commendation", LAST_42), year, is_title=True) for year in ("2015", "2016")]
    assert several(*titles, decided_on=LAST_42).paid == tuple(titles)
    same = [Due(paper(award, LAST_42), "2016", is_title=True) for award in ("unit_commendation", "pm_certificate")]
    assert several(*same, decided_on=LAST_42).paid == (same[1],)


@pytest.mark.clause("NĐ 42/2010, Điều 68.2.c")
def test_under_decree_42_a_title_and_a_form_for_one_period_pay_the_highest_only() -> None:
    title = Due(paper("pm_certificate", LAST_42), "2016", is_title=True)
    form = Due(paper("province_certificate", LAST_42), "2016")
    assert several(form, title, decided_on=LAST_42).paid == (title,)


@pytest.mark.clause("NĐ 91/2017, Điều 66.2.c")
@pytest.mark.parametrize("day", [FIRST_91, LAST_91])
def test_under_decree_91_one_achievement_pays_its_highest_sum_only(day: date) -> None:
    low, high = two_forms(day, same=True)
    assert several(low, high, decided_on=day).paid == (high,)
    title = Due(paper("unit_commendation", day), "2018", is_title=True)
    assert several(title, high, decided_on=day).unpaid == (title,)


@pytest.mark.clause("NĐ 91/2017, Điều 66.2.c")
@pytest.mark.parametrize("day", [FIRST_91, LAST_91])
def test_under_decree_91_different_achievements_are_each_paid(day: date) -> None:
    low, high = two_forms(day, same=False)
    result = several(low, high, decided_on=day)
    assert result.paid == (low, high)
    assert result.amount == low.prize.amount + high.prize.amount
    assert "chưa đọc" in result.assumed


@pytest.mark.clause("NĐ 98/2023, Điều 53.5")
@pytest.mark.parametrize("day", [FIRST_98, LAST_98, FIRST_152])
def test_from_decree_98_a_title_and_a_form_at_once_are_both_paid(day: date) -> None:
    title = Due(paper("unit_commendation", day), "2024", is_title=True)
    form = Due(paper("province_certificate", day), "2024")
    assert several(title, form, decided_on=day).paid == (title, form)


@pytest.mark.clause("NĐ 98/2023, Điều 53.5")
def test_from_decree_98_two_forms_for_one_achievement_still_pay_the_highest() -> None:
    low, high = two_forms(FIRST_98, same=True)
    assert several(low, high, decided_on=FIRST_98).paid == (high,)


def test_the_rule_of_decree_152_is_assumed_and_that_of_98_is_not() -> None:
    assert several(decided_on=LAST_98).assumed == ""
    assert "NĐ 152/2025" in several(decided_on=FIRST_152).assumed


def test_equal_sums_for_one_achievement_pay_one() -> None:
    twins = [Due(paper("province_certificate", FIRST_91), "2018") for _ in range(2)]
    result = several(*twins, decided_on=FIRST_91)
    assert (len(result.paid), len(result.unpaid)) == (1, 1)


def test_a_prize_of_another_day_does_not_belong() -> None:
    with pytest.raises(ValueError, match="one day of decision"):
        several(Due(paper("pm_certificate", LAST_91), "x"), decided_on=FIRST_98)


def test_before_decree_42_nothing_is_known() -> None:
    with pytest.raises(NoRule):
        several(decided_on=date(2010, 5, 31))
