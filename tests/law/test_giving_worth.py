"""What a gift is worth and to whom, and the province's own thresholds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.law.awards import Payee
from chungtay.law.giving import (
    CURRENCIES,
    Choice,
    Giver,
    Method,
    Nature,
    counts_from,
    giver_of,
    in_dong,
    meets_threshold,
    methods_for,
    missing_share,
    provided,
    split,
    threshold_on,
)
from chungtay.law.refusals import NoRule

START, END = date(2016, 1, 1), date(2020, 12, 31)
SINCE = date(2019, 7, 1)


@given(st.integers(0, 10**12), st.lists(st.integers(1, 1000), min_size=1, max_size=12))
def test_shares_sum_to_the_value_and_none_is_a_dong_off(value: int, weights: list[int]) -> None:
    shares = [Fraction(one, sum(weights)) for one in weights]
    parts = split(value, shares)
    assert sum(parts) == value
    assert all(abs(part - value * share) < 1 for part, share in zip(parts, shares, strict=True))


def test_the_largest_remainder_gets_what_is_over_and_of_equals_the_first() -> None:
    third = Fraction(1, 3)
    assert split(100, [third, third, third]) == (34, 33, 33)
    assert split(101, [Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)]) == (51, 25, 25)
    assert split(0, [Fraction(1)]) == (0,)


@pytest.mark.parametrize("shares", [[], [Fraction(1, 2)], [Fraction(2, 3), Fraction(2, 3)], [Fraction(0), Fraction(1)]])
def test_shares_that_do_not_make_the_whole_are_a_mistake_of_the_caller(shares: list[Fraction]) -> None:
    with pytest.raises(ValueError, match="whole"):
        split(100, shares)
    with pytest.raises(ValueError, match="whole"):
        split(-1, [Fraction(1)])


def test_what_is_missing_to_the_whole() -> None:
    assert missing_share([Fraction(1, 2), Fraction(1, 4)]) == Fraction(1, 4)
    assert missing_share([Fraction(1), Fraction(1, 4)]) == Fraction(-1, 4)
    assert missing_share([Fraction(1, 3)] * 3) == 0


def test_half_a_dong_is_rounded_up() -> None:
    assert in_dong(Decimal("5000.00"), Decimal("23185")) == 115_925_000
    assert in_dong(Decimal("1"), Decimal("0.5")) == 1
    assert in_dong(Decimal("1"), Decimal("0.499999")) == 0
    assert in_dong(Decimal("3"), Decimal("0.5")) == 2
    for amount, rate in (("0", "1"), ("1", "0"), ("-1", "1")):
        with pytest.raises(ValueError, match="above zero"):
            in_dong(Decimal(amount), Decimal(rate))


@pytest.mark.clause("KH IV.1.2.e", "KH IV.3.1")
def test_each_nature_has_its_ways_of_being_valued() -> None:
    assert methods_for("money") == [Method.COUNTED]
    assert Method.LAND_TABLE in methods_for(Nature.LAND)
    assert Method.LAND_TABLE not in methods_for(Nature.GOODS)
    assert Method.UNVALUED in methods_for("knowledge")
    assert {nature.label for nature in Nature} == {"Tiền", "Hiện vật", "Đất, tài sản", "Ngày công", "Trí tuệ, kỹ thuật"}
    assert all(method.label for method in Method)


@pytest.mark.clause("QĐ 11/2015, Điều 15.4.c")
def test_what_the_province_enters_holds_from_its_first_day_and_is_not_assumed() -> None:
    own = [provided(SINCE, 250_000_000, "Quyết định số 20/2019/QĐ-UBND, Điều 9")]
    before, at = threshold_on("organisation", date(2019, 6, 30), own), threshold_on("organisation", SINCE, own)
    assert (before.value, bool(before.assumed)) == (200_000_000, True)
    assert (at.value, at.assumed) == (250_000_000, "")
    assert str(at.source) == "Quyết định số 20/2019/QĐ-UBND, Điều 9"
    assert not meets_threshold(249_999_999, "organisation", on=SINCE, entered=own)[0]
    assert meets_threshold(250_000_000, "organisation", on=SINCE, entered=own)[0]
    assert threshold_on("person", SINCE).value == 100_000_000


def test_of_two_entered_for_one_day_the_later_stands_and_one_from_the_start_replaces_the_stand_in() -> None:
    own = [provided(SINCE, 1_000, "Bản một"), provided(SINCE, 2_000, "Bản hai"), provided(date(2015, 2, 11), 7, "Gốc")]
    assert threshold_on(Giver.PERSON, date(2020, 1, 1), own).value == 2_000
    assert threshold_on(Giver.PERSON, date(2016, 1, 1), own).value == 7
    with pytest.raises(NoRule):
        threshold_on(Giver.PERSON, date(2015, 2, 10), own)


@pytest.mark.parametrize(("amount", "text"), [(0, "Quyết định"), (-1, "Quyết định"), (1, "  ")])
def test_a_threshold_without_a_sum_or_a_text_is_none(amount: int, text: str) -> None:
    with pytest.raises(ValueError, match="threshold"):
        provided(SINCE, amount, text)


@pytest.mark.clause("KH IV.2.2.b")
@pytest.mark.parametrize("payee", [Payee.PERSON, Payee.HOUSEHOLD])
def test_for_persons_and_households_the_province_chooses_and_then_nothing_is_assumed(payee: Payee) -> None:
    award, text = date(2018, 11, 18), "Hướng dẫn số 5/HD-HĐTĐKT"
    whole = counts_from(START, yearly_awards=[award], payee=payee, until=END, choice=Choice(False, START, text))
    assert (whole.since, whole.assumed, str(whole.source)) == (START, "", text)
    assert "trừ khoản đã dùng" in whole.sentence
    assert text not in whole.sentence, "the source stands beside the sentence, once"
    anew = counts_from(START, yearly_awards=[award], payee=payee, until=END, choice=Choice(True, START, text))
    assert (anew.since, anew.assumed, str(anew.source)) == (date(2018, 11, 19), "", text)


@pytest.mark.clause("KH IV.2.2.b")
def test_what_the_province_chooses_for_others_changes_nothing_for_collectives() -> None:
    award, choice = date(2018, 11, 18), Choice(False, START, "Hướng dẫn số 5")
    found = counts_from(START, yearly_awards=[award], payee=Payee.COLLECTIVE, until=END, choice=choice)
    assert (found.since, str(found.source)) == (date(2018, 11, 19), "KH IV.2.2.b")


@pytest.mark.parametrize(
    ("code", "is_one"), [("USD", True), ("EUR", True), ("LAK", True), ("ZZZ", False), ("VND", False), ("XAU", False),
                         ("usd", False), ("DEM", False)],
)  # fmt: skip
def test_foreign_money_is_that_of_a_currency_in_circulation(code: str, is_one: bool) -> None:
    assert (code in CURRENCIES) is is_one
    assert all(len(one) == 3 and one.isupper() and one.isascii() for one in CURRENCIES)


def test_every_payee_is_measured_as_some_giver() -> None:
    assert [giver_of(payee) for payee in Payee] == [Giver.PERSON, Giver.ORGANISATION, Giver.HOUSEHOLD]
