"""Prize money: base wage, factors, rounding, and the emblem."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.law import awards
from chungtay.law.awards import COLLECTIVE_FACTOR_ORDERS, COLLECTIVE_FACTOR_PAPERS, HOUSEHOLD_FACTOR, MULTIPLIER
from chungtay.law.money import BASE_WAGE, Award, Emblem, Payee, Prize, number, prize, record, reward
from chungtay.law.refusals import NoRule

ORDER_OF_AWARDS = (
    Award.LABOUR_ORDER_1,
    Award.LABOUR_ORDER_2,
    Award.LABOUR_ORDER_3,
    Award.PM_CERTIFICATE,
    Award.PROVINCE_CERTIFICATE,
    Award.UNIT_COMMENDATION,
    Award.COMMUNE_COMMENDATION,
)

# first and last day of decision with this base wage and decree; (person, collective) of each award in thousands of đồng
# fmt: off
VECTORS = {
    (date(2017, 10, 1), date(2018, 6, 30)): (
        (11_700, 23_400), (9_750, 19_500), (5_850, 11_700), (4_550, 9_100), (1_300, 2_600), (390, 780), (200, 390),
    ),
    (date(2018, 7, 1), date(2019, 6, 30)): (
        (12_510, 25_020), (10_430, 20_850), (6_260, 12_510), (4_870, 9_730), (1_390, 2_780), (420, 840), (210, 420),
    ),
    (date(2019, 7, 1), date(2023, 6, 30)): (
        (13_410, 26_820), (11_180, 22_350), (6_710, 13_410), (5_220, 10_430), (1_490, 2_980), (450, 900), (230, 450),
    ),
    (date(2023, 7, 1), date(2023, 12, 31)): (
        (16_200, 32_400), (13_500, 27_000), (8_100, 16_200), (6_300, 12_600), (1_800, 3_600), (540, 1_080), (270, 540),
    ),
    (date(2024, 1, 1), date(2024, 6, 30)): (
        (16_200, 32_400), (13_500, 27_000), (8_100, 16_200), (6_300, 12_600), (2_700, 5_400), (540, 1_080), (270, 540),
    ),
    (date(2024, 7, 1), date(2025, 6, 30)): (
        (21_060, 42_120), (17_550, 35_100), (10_530, 21_060), (8_190, 16_380), (3_510, 7_020), (710, 1_410), (360, 710),
    ),
    (date(2025, 7, 1), date(2026, 6, 30)): (
        (21_060, 42_120), (17_550, 35_100), (10_530, 21_060), (8_190, 16_380), (3_510, 7_020), (710, 1_410), (360, 710),
    ),
}
# fmt: on
CASES = [
    pytest.param(day, award, payee, sums[payee is Payee.COLLECTIVE] * 1000, id=f"{day}-{award}-{payee}")
    for days, row in VECTORS.items()
    for day in days
    for award, sums in zip(ORDER_OF_AWARDS, row, strict=True)
    for payee in (Payee.PERSON, Payee.COLLECTIVE)
]


@pytest.mark.clause("NĐ 91/2017, Điều 70", "NĐ 91/2017, Điều 73", "NĐ 98/2023, Điều 58", "NĐ 152/2025, Điều 54")
@pytest.mark.parametrize(("day", "award", "payee", "amount"), CASES)
def test_the_prize_on_the_first_and_last_day_of_every_wage_and_decree(
    day: date, award: Award, payee: Payee, amount: int
) -> None:
    assert prize(award, payee, decided_on=day).amount == amount


@pytest.mark.clause("NĐ 91/2017, Điều 68")
@pytest.mark.parametrize(
    ("before", "after", "wage_before", "wage_after"),
    [
        (date(2013, 6, 30), date(2013, 7, 1), 1_050_000, 1_150_000),
        (date(2016, 4, 30), date(2016, 5, 1), 1_150_000, 1_210_000),
        (date(2017, 6, 30), date(2017, 7, 1), 1_210_000, 1_300_000),
        (date(2018, 6, 30), date(2018, 7, 1), 1_300_000, 1_390_000),
        (date(2019, 6, 30), date(2019, 7, 1), 1_390_000, 1_490_000),
        (date(2023, 6, 30), date(2023, 7, 1), 1_490_000, 1_800_000),
        (date(2024, 6, 30), date(2024, 7, 1), 1_800_000, 2_340_000),
        (date(2026, 6, 30), date(2026, 7, 1), 2_340_000, 2_530_000),
    ],
)
def test_the_base_wage_is_that_of_the_day_of_decision(
    before: date, after: date, wage_before: int, wage_after: int
) -> None:
    assert prize("province_certificate", "person", decided_on=before).base_wage == wage_before
    assert prize("province_certificate", "person", decided_on=after).base_wage == wage_after


def test_the_wage_rise_planned_for_july_2020_never_came() -> None:
    assert BASE_WAGE.on(date(2020, 7, 1)).value == 1_490_000


@pytest.mark.clause("NĐ 91/2017, Điều 73.1")
def test_the_prime_ministers_certificate_rises_from_1_5_to_3_5_with_decree_91() -> None:
    assert prize("pm_certificate", "person", decided_on=date(2017, 9, 30)).multiplier == Fraction(3, 2)
    assert prize("pm_certificate", "person", decided_on=date(2017, 10, 1)).multiplier == Fraction(7, 2)


@pytest.mark.clause("NĐ 98/2023, Điều 58.1")
def test_the_provincial_certificate_rises_from_1_to_1_5_with_decree_98() -> None:
    assert prize("province_certificate", "person", decided_on=date(2023, 12, 31)).amount == 1_800_000
    assert prize("province_certificate", "person", decided_on=date(2024, 1, 1)).amount == 2_700_000


@pytest.mark.clause("NĐ 42/2010")
@pytest.mark.parametrize(
    ("award", "factor"),
    [
        (Award.LABOUR_ORDER_1, "9"),
        (Award.LABOUR_ORDER_2, "7.5"),
        (Award.LABOUR_ORDER_3, "4.5"),
        (Award.PM_CERTIFICATE, "1.5"),
        (Award.PROVINCE_CERTIFICATE, "1"),
        (Award.UNIT_COMMENDATION, "0.3"),
        (Award.COMMUNE_COMMENDATION, "0.15"),
    ],
)
def test_factors_of_decree_42_are_from_memory_and_say_so(award: Award, factor: str) -> None:
    paid = prize(award, "person", decided_on=date(2016, 6, 1))
    assert paid.multiplier == Fraction(factor)
    assert any("NĐ 42/2010" in text and "trí nhớ" in text for text in paid.assumed)


@pytest.mark.clause("NĐ 91/2017, Điều 68.2")
def test_the_prize_is_multiplied_first_and_rounded_up_once() -> None:
    paid = prize("commune_commendation", "collective", decided_on=date(2018, 1, 1))
    assert (paid.unrounded, paid.amount) == (Fraction(390_000), 390_000)
    alone = prize("commune_commendation", "person", decided_on=date(2018, 1, 1))
    assert (alone.unrounded, alone.amount) == (Fraction(195_000), 200_000)


@pytest.mark.clause("NĐ 91/2017, Điều 68.2")
def test_a_sum_just_above_ten_thousand_is_rounded_up_not_to_the_nearest() -> None:
    """0.15 x 1,490,000 = 223,500: some pages print 220,000; the decree says up."""
    assert prize("commune_commendation", "person", decided_on=date(2020, 1, 1)).amount == 230_000


@pytest.mark.clause("NĐ 91/2017, Điều 68.2")
@given(st.sampled_from(list(Award)), st.sampled_from(list(Payee)), st.dates(date(2012, 5, 1), date(2026, 12, 31)))
def test_a_prize_is_never_below_its_product_and_less_than_ten_thousand_above(
    award: Award, payee: Payee, day: date
) -> None:
    paid = prize(award, payee, decided_on=day)
    assert paid.amount % 10_000 == 0
    assert 0 <= paid.amount - paid.unrounded < 10_000
    assert paid.unrounded == paid.base_wage * paid.multiplier * paid.factor


@pytest.mark.clause("NĐ 91/2017, Điều 66.2")
@given(st.sampled_from(list(Award)), st.dates(date(2012, 5, 1), date(2026, 12, 31)))
def test_a_collective_gets_double_before_rounding(award: Award, day: date) -> None:
    alone, together = (prize(award, payee, decided_on=day) for payee in (Payee.PERSON, Payee.COLLECTIVE))
    assert together.unrounded == 2 * alone.unrounded


@pytest.mark.parametrize(
    ("day", "factor"),
    [
        (date(2017, 9, 30), 1),
        (date(2017, 10, 1), 1),
        (date(2023, 12, 31), 1),
        (date(2024, 1, 1), Fraction(3, 2)),
        (date(2025, 7, 1), Fraction(3, 2)),
    ],
)
def test_the_household_factor_is_assumed_in_every_era(day: date, factor: Fraction) -> None:
    paid = prize("province_certificate", "household", decided_on=day)
    assert paid.factor == factor
    assert any("hộ gia đình" in text for text in paid.assumed)


@pytest.mark.clause("NĐ 91/2017, Điều 73")
def test_a_provincial_certificate_in_2018_rests_on_nothing_assumed() -> None:
    for payee in (Payee.PERSON, Payee.COLLECTIVE):
        assert prize("province_certificate", payee, decided_on=date(2018, 5, 1)).assumed == ()


@pytest.mark.parametrize(
    ("award", "payee", "day", "word"),
    [
        ("labour_order_3", "person", date(2018, 5, 1), "NĐ 91/2017"),
        ("labour_order_2", "person", date(2018, 5, 1), "NĐ 91/2017"),
        ("province_certificate", "collective", date(2024, 5, 1), "tập thể"),
        ("commune_commendation", "person", date(2025, 8, 1), "NĐ 152/2025"),
        ("province_certificate", "person", date(2026, 7, 1), "2.530.000"),
    ],
)
def test_whatever_was_not_read_is_named_in_the_prize(award: str, payee: str, day: date, word: str) -> None:
    assert any(word in text for text in prize(award, payee, decided_on=day).assumed)


def test_the_weak_wage_of_2026_is_not_assumed_the_day_before() -> None:
    assert not any(
        "Mức lương" in text for text in prize("pm_certificate", "person", decided_on=date(2026, 6, 30)).assumed
    )


def test_before_the_first_base_wage_there_is_no_rule() -> None:
    with pytest.raises(NoRule, match=r"mức lương cơ sở.*30/04/2012"):
        prize("pm_certificate", "person", decided_on=date(2012, 4, 30))
    assert prize("pm_certificate", "person", decided_on=date(2012, 5, 1)).base_wage == 1_050_000


def test_before_decree_42_there_is_no_rule() -> None:
    with pytest.raises(NoRule, match="nghị định về mức tiền thưởng"):
        prize("pm_certificate", "person", decided_on=date(2010, 5, 31))


@pytest.mark.parametrize(("award", "payee"), [("gold_medal", "person"), ("pm_certificate", "village")])
def test_an_unknown_award_or_payee_is_a_mistake_of_the_caller(award: str, payee: str) -> None:
    with pytest.raises(ValueError, match="is not a valid"):
        prize(award, payee, decided_on=date(2018, 1, 1))


def test_a_prize_shows_its_working_and_its_sources_in_vietnamese() -> None:
    paid = prize("unit_commendation", "person", decided_on=date(2018, 7, 1))
    assert paid.working == "1.390.000 x 0,3 x 1 = 417.000, làm tròn lên 420.000 đồng"
    assert [str(source) for source in paid.sources] == [
        "NĐ 91/2017, Điều 68-73",
        "NĐ 72/2018",
        "NĐ 91/2017, Điều 73.1",
        "NĐ 91/2017, Điều 70.1, 73.1",
        "NĐ 91/2017, Điều 68.2",
    ]
    assert paid.lines[1] == "Mức lương cơ sở 1.390.000 đồng: NĐ 72/2018"
    exact = prize("province_certificate", "person", decided_on=date(2018, 7, 1))
    assert exact.working == "1.390.000 x 1 x 1 = 1.390.000 đồng"


@pytest.mark.clause("KH IV.3.1")
@pytest.mark.parametrize("payee", list(Payee))
def test_direct_gifts_get_the_emblem_and_no_money(payee: Payee) -> None:
    given_for = reward("province_certificate", payee, decided_on=date(2018, 5, 1), gave_assets=True)
    assert isinstance(given_for, Emblem)
    assert given_for.amount == 0
    assert [str(source) for source in given_for.sources] == ["KH IV.3.1"]
    assert given_for.decided_on == date(2018, 5, 1)


@pytest.mark.clause("KH IV.3.1")
def test_other_cases_get_the_money_of_the_decree() -> None:
    paid = reward("province_certificate", "household", decided_on=date(2018, 5, 1), gave_assets=False)
    assert isinstance(paid, Prize)
    assert paid.amount == 1_300_000


@pytest.mark.clause("KH IV.3.1")
@pytest.mark.parametrize("award", [award for award in Award if award is not Award.PROVINCE_CERTIFICATE])
def test_only_the_provincial_certificate_carries_the_emblem(award: Award) -> None:
    assert isinstance(reward(award, "person", decided_on=date(2018, 5, 1), gave_assets=True), Prize)


def test_factors_are_shown_with_a_decimal_comma() -> None:
    assert [number(Fraction(text)) for text in ("0.15", "7.5", "2", "1300000", "195000.5")] == [
        "0,15",
        "7,5",
        "2",
        "1.300.000",
        "195.000,5",
    ]


def test_every_award_has_a_factor_a_level_a_signer_and_a_label() -> None:
    assert set(MULTIPLIER) == set(Award)
    for award in Award:
        assert award.label
        assert award.signer
        assert award.level.label
    assert {award for award in Award if award.is_state} == awards.ORDERS | {Award.PM_CERTIFICATE}


def test_factors_change_only_on_the_day_a_decree_takes_over() -> None:
    days = [awards.FROM_42, awards.FROM_91, awards.FROM_98, awards.FROM_152]
    for timeline in (*MULTIPLIER.values(), COLLECTIVE_FACTOR_ORDERS, COLLECTIVE_FACTOR_PAPERS, HOUSEHOLD_FACTOR):
        assert [version.since for version in timeline.versions] == days


def test_what_is_kept_of_a_prize_is_plain_and_whole() -> None:
    paid = prize("labour_order_3", "collective", decided_on=date(2018, 7, 1))
    kept = json.loads(json.dumps(record(paid)))
    assert (kept["kind"], kept["award"], kept["payee"], kept["amount"]) == (
        "prize",
        "labour_order_3",
        "collective",
        12_510_000,
    )
    assert (kept["decided_on"], kept["base_wage"], kept["multiplier"], kept["unrounded"]) == (
        "2018-07-01",
        1_390_000,
        "9/2",
        "12510000",
    )
    assert kept["assumed"] == list(paid.assumed) != []
    assert kept["sources"][1].startswith("NĐ 72/2018: Nghị định số 72/2018/NĐ-CP")


@pytest.mark.clause("KH IV.3.1")
def test_what_is_kept_of_an_emblem_has_no_money_in_it() -> None:
    kept = record(reward("province_certificate", "household", decided_on=date(2018, 7, 1), gave_assets=True))
    assert (kept["kind"], kept["amount"], "base_wage" in kept) == ("emblem", 0, False)
