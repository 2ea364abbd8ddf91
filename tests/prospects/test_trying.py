"""Another threshold, another quota: reckoned from the sums of a count, and nothing is written by trying."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from chungtay.law.awards import Award, Payee
from chungtay.prospects.cells import NO_DATA, NOT_ASKED, Cell, packed, unpacked
from chungtay.prospects.trying import Levels, Outcome, Prices, outcome
from chungtay.prospects.turns import Turn

DAY = date(2020, 10, 20)
PRICES = Prices(Award.PROVINCE_CERTIFICATE, DAY)
PERSON_PRIZE, COLLECTIVE_PRIZE = 1_490_000, 2_980_000
"""NĐ 91/2017, Điều 71 by the base wage of 1,490,000 đồng (NĐ 38/2019)."""


def cell(**more: Any) -> Cell:
    told: dict[str, Any] = {
        "payee": "person", "turn": "ready", "met": 1, "turn_without": "ready", "met_without": 1, "value": None,
        "reached": True, "women": NO_DATA, "minority": NO_DATA, "leader": NO_DATA, "short_of": "", "running": False,
    }  # fmt: skip
    return Cell(**{**told, **more})


def giver(value: int, *, reached: bool, **more: Any) -> Cell:
    return cell(turn_without="open", met_without=0, value=value, reached=reached, **more)


def tried(places: dict[int, dict[Cell, int]], islands: frozenset[int] = frozenset(), **levels: Any) -> Outcome:
    return outcome({place: Counter(cells) for place, cells in places.items()}, Levels(**levels), PRICES, islands)


@pytest.mark.clause("KH IV.2.2.a")
def test_a_threshold_moved_down_lets_in_who_gave_just_as_much_and_up_keeps_them_out() -> None:
    places = {1: {giver(50, reached=False): 1, giver(100, reached=True): 2}}
    assert tried(places).qualify == 2
    for level, expected in ((100, 2), (101, 0), (50, 3), (51, 2)):
        assert tried(places, thresholds={Payee.PERSON: level}).qualify == expected


def test_a_threshold_of_one_kind_of_giver_moves_no_other() -> None:
    places = {1: {giver(50, reached=False): 1, giver(50, reached=False, payee="collective"): 1}}
    assert tried(places, thresholds={Payee.COLLECTIVE: 1}).qualify == 1


def test_only_who_is_ready_qualifies_and_who_has_a_dossier_is_counted_with_them() -> None:
    others = {cell(turn=turn.value, turn_without=turn.value): 1 for turn in Turn if turn is not Turn.READY}
    found = tried({1: {**others, cell(running=True): 2, cell(): 3}})
    assert (found.qualify, found.have_dossier) == (5, 2)


def test_more_criteria_may_be_asked_of_the_data() -> None:
    places = {1: {cell(met=1, met_without=1): 1, cell(met=2, met_without=2): 1}}
    assert [tried(places, least_met=least).qualify for least in (0, 1, 2, 3)] == [2, 2, 1, 0]


@pytest.mark.clause("KH IV.3.1", "NĐ 91/2017")
def test_the_money_is_the_law_of_the_day_and_a_quota_gives_a_range() -> None:
    places = {1: {cell(): 2, cell(payee="collective"): 1}, 2: {cell(): 1}}
    whole = tried(places)
    assert (whole.least_money, whole.most_money) == (3 * PERSON_PRIZE + COLLECTIVE_PRIZE,) * 2
    each = tried(places, each_place=1)
    assert (each.chosen, each.least_money, each.most_money) == (2, 2 * PERSON_PRIZE, PERSON_PRIZE + COLLECTIVE_PRIZE)
    in_all = tried(places, in_all=1)
    assert (in_all.chosen, in_all.least_money, in_all.most_money) == (1, PERSON_PRIZE, COLLECTIVE_PRIZE)
    assert tried(places, in_all=0).most_money == 0
    assert tried(places, each_place=5, in_all=9).chosen == 4


@pytest.mark.clause("KH IV.3.1")
def test_whoever_gave_gets_the_emblem_and_no_money_but_is_counted_under_the_quota() -> None:
    prices = Prices(Award.PROVINCE_CERTIFICATE, DAY, frozenset({"person"}))
    places = {1: Counter({giver(100, reached=True): 4})}
    found = outcome(places, Levels(each_place=3), prices, frozenset())
    assert (found.qualify, found.chosen, found.most_money) == (4, 3, 0)


def test_shares_are_of_those_that_are_known_and_the_others_are_told() -> None:
    cells = {
        cell(women="1", minority="1", leader="0"): 3, cell(women="0", minority="0", leader="1"): 1,
        cell(): 2, cell(payee="collective", women=NOT_ASKED, minority=NOT_ASKED, leader=NOT_ASKED): 5,
    }  # fmt: skip
    found = tried({1: cells, 2: {cell(women="1"): 1}}, frozenset({2}))
    women = found.shares["women"]
    assert (women.yes, women.known, women.unknown, women.percent) == (4, 5, 2, "80,0")
    assert (found.shares["leader"].yes, found.shares["leader"].known, found.shares["leader"].unknown) == (1, 4, 3)
    assert (found.shares["island"].yes, found.shares["island"].known) == (1, 12)


def test_under_a_quota_a_share_lies_between_two_numbers() -> None:
    """Three women and one man in one commune, a man alone in the other."""
    places = {1: {cell(women="1"): 3, cell(women="0"): 1}, 2: {cell(women="0"): 1}}

    def women(**quota: Any) -> tuple[int, int]:
        share = tried(places, **quota).shares["women"]
        return share.least, share.most

    assert women() == (3, 3)
    assert women(each_place=3) == (2, 3)
    assert women(each_place=1) == (0, 1)
    assert women(in_all=4) == (2, 3)
    assert women(in_all=2) == (0, 2)
    assert women(each_place=0) == (0, 0)


def test_a_quota_leaves_places_without_anybody() -> None:
    places: dict[int, dict[Any, int]] = {1: {cell(): 3}, 2: {cell(): 1}, 3: {}}
    assert tried(places).places_at_most == 2
    assert tried(places, in_all=1).places_at_most == 1
    assert tried(places, in_all=0).places_at_most == 0
    assert tried(places, each_place=0).chosen_by_place == {1: 0, 2: 0, 3: 0}
    assert tried(places, each_place=0).places_at_most == 0
    assert tried(places, each_place=1).chosen_by_place == {1: 1, 2: 1, 3: 0}


def test_nobody_has_no_share() -> None:
    assert tried({1: {}}).shares["women"].percent == ""


def test_cells_come_back_as_they_were_kept() -> None:
    counted = Counter({cell(): 2, giver(10**15, reached=False): 1})
    assert unpacked(packed(counted)) == counted
    assert packed(counted) == packed(Counter(dict(reversed(counted.items()))))
