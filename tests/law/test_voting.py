"""The Council's vote: quorum, threshold, recusal and the sums that must add up."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.law.money import Award
from chungtay.law.refusals import NoRule, Refused
from chungtay.law.voting import Outcome, Rule, outcome, rule

DAY = date(2018, 7, 17)
RULE = rule("province_certificate", on=DAY)


def vote(yes: int, *, present: int = 15, members: int = 15, recused: int = 0, written: int = 0) -> Outcome:
    no = max(0, min(present + written, members - recused) - yes)
    return outcome(RULE, members=members, present=present, yes=yes, no=no, blank=0, recused=recused, written=written)


@pytest.mark.clause("QĐ 1338/QĐ-UBND Lạng Sơn")
def test_ten_of_fifteen_fail_seventy_per_cent_and_eleven_pass() -> None:
    short, enough = vote(10), vote(11)
    assert (short.passed, short.percent, short.needed) == (False, "66,7%", 11)
    assert (enough.passed, enough.percent, enough.base) == (True, "73,3%", 15)
    assert enough.sentence == "11/15 phiếu đồng ý (73,3%), cần ít nhất 11: đủ để đề nghị khen."
    assert short.sentence == "10/15 phiếu đồng ý (66,7%), cần ít nhất 11: chưa đủ để đề nghị khen."


def test_exactly_seventy_per_cent_pass() -> None:
    assert vote(7, members=10, present=10).passed
    assert not vote(6, members=10, present=10).passed


def test_nine_of_fifteen_are_no_quorum_and_ten_are() -> None:
    assert not vote(9, present=9).quorum_met
    assert vote(10, present=10).quorum_met
    assert vote(9, present=9).sentence == "Không đủ số người họp: có mặt 9/15, cần ít nhất 10."


def test_without_a_quorum_nothing_passes_whatever_the_votes() -> None:
    result = vote(15, present=9, written=6)
    assert (result.yes, result.needed, result.quorum_met, result.passed) == (15, 11, False, False)


def test_the_share_is_of_all_members_and_not_of_those_present() -> None:
    assert not vote(10, present=10).passed
    assert vote(10, present=10).percent == "66,7%"


def test_written_ballots_of_absent_members_count() -> None:
    assert vote(11, present=10, written=1).passed


def test_a_recused_member_leaves_the_base() -> None:
    result = vote(10, recused=1)
    assert (result.base, result.needed, result.passed) == (14, 10, True)
    assert not vote(10, recused=0).passed


def test_blank_votes_are_not_yes() -> None:
    assert not outcome(RULE, members=15, present=15, yes=10, no=0, blank=5).passed


def test_a_failed_share_is_never_shown_as_if_it_had_reached_the_threshold() -> None:
    result = vote(699, members=999, present=999)
    assert (result.passed, result.percent) == (False, "69,9%")


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({"present": 16}, ["nhiều hơn 15 thành viên"]),
        ({"yes": 16}, ["nhiều hơn 15 thành viên được bỏ phiếu", "nhiều hơn 15 người bỏ phiếu"]),
        ({"yes": 15, "recused": 1}, ["nhiều hơn 14 thành viên được bỏ phiếu"]),
        ({"yes": 11, "present": 10}, ["Có 11 phiếu, nhiều hơn 10 người bỏ phiếu"]),
        ({"recused": 15}, ["Không còn thành viên nào"]),
        ({"no": -1}, ["không được âm"]),
        ({"present": 14, "written": 2}, ["Có mặt 14 và gửi phiếu 2"]),
    ],
)
def test_counts_that_do_not_add_up_are_refused_with_everything_wrong(counts: dict[str, int], words: list[str]) -> None:
    given_counts = {"members": 15, "present": 15, "yes": 0, "no": 0, "blank": 0} | counts
    with pytest.raises(Refused) as refusal:
        outcome(RULE, **given_counts)
    texts = [reason.text for reason in refusal.value.reasons]
    assert len(texts) == len(words)
    for text, word in zip(texts, words, strict=True):
        assert word in text


@given(st.integers(1, 60), st.data())
def test_one_more_yes_never_turns_a_pass_into_a_failure(members: int, data: st.DataObject) -> None:
    recused = data.draw(st.integers(0, members - 1))
    base = members - recused
    yes = data.draw(st.integers(0, base - 1))
    less, more = (vote(count, members=members, present=members, recused=recused) for count in (yes, yes + 1))
    assert less.passed <= more.passed
    assert more.passed == (Fraction(yes + 1, base) >= RULE.threshold)


@pytest.mark.parametrize("award", ["labour_order_1", "labour_order_2", "labour_order_3", "pm_certificate"])
def test_state_awards_are_voted_in_secret(award: str) -> None:
    assert rule(award, on=DAY).secret


def test_the_provincial_certificate_is_voted_openly() -> None:
    assert not RULE.secret


@pytest.mark.parametrize("award", ["unit_commendation", "commune_commendation"])
def test_the_council_does_not_vote_on_commendations(award: str) -> None:
    with pytest.raises(NoRule, match="Hội đồng tỉnh không bỏ phiếu"):
        rule(award, on=DAY)


@pytest.mark.parametrize("award", [award for award in Award if "commendation" not in award])
@pytest.mark.parametrize("day", [date(2016, 1, 1), date(2020, 12, 31), date(2024, 1, 1), date(2026, 12, 31)])
def test_every_default_that_is_no_national_text_is_named(award: Award, day: date) -> None:
    in_force = rule(award, on=day)
    assert (in_force.quorum, in_force.threshold) == (Fraction(2, 3), Fraction(7, 10))
    said = " ".join(in_force.assumed)
    for word in ("2/3", "70%", "liên quan", "phiếu kín" if award.is_state else "công khai"):
        assert word in said


def test_the_rumour_of_eighty_per_cent_is_told_only_for_orders_from_2024() -> None:
    def told(award: str, day: date) -> bool:
        return "80%" in " ".join(rule(award, on=day).assumed)

    assert told("labour_order_3", date(2024, 1, 1))
    assert not told("labour_order_3", date(2023, 12, 31))
    assert not told("pm_certificate", date(2024, 1, 1))


def test_needed_numbers_are_rounded_up() -> None:
    odd = Rule(Fraction(1, 2), Fraction(9, 10), True, (), ())
    assert (odd.present_needed(15), odd.yes_needed(15)) == (8, 14)
