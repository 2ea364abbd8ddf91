"""Two people do the same thing at once: one wins, the other is told. Beside each, the race without its guard."""

import pytest

from chungtay.law.refusals import Conflict, Refused
from chungtay.law.reviewing import Stage
from chungtay.records import journal
from chungtay.reviews import listing, locking, opening, regular, scoring, steps
from chungtay.reviews.models import Application, Round
from tests.make import Province
from tests.racing import take_the_guard_away
from tests.reviews.doing import OPENED, POSTED, SEATS, SENT, bring, days, fresh, open_round, points, review_of, row_of
from tests.reviews.people import household

pytestmark = pytest.mark.django_db


def scored_twice(province: Province) -> None:
    one = household(province)
    review = review_of(open_round(province), province)
    listing.add(review, one, by=province.seats["commune"], on=POSTED)
    bring(province, review, Stage.SCORING)
    mine, theirs = row_of(review, one), row_of(review, one)
    for row, b1 in ((mine, 100), (theirs, 160)):
        scoring.score(row, points(b1, 0), by=province.seats["commune"], on=POSTED, version=row.version)


def test_of_two_clerks_who_score_a_household_one_wins(province: Province) -> None:
    with pytest.raises(Conflict):
        scored_twice(province)


def test_without_the_guard_both_scores_go_through(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    take_the_guard_away(monkeypatch)
    scored_twice(province)


def recognised_twice(province: Province) -> int:
    review = bring(province, review_of(open_round(province), province), Stage.CHECKED)
    mine, theirs = fresh(review), fresh(review)
    try:
        for one in (mine, theirs):
            steps.recognise(one, by=province.seats["commune"], on=SENT)
    finally:
        told = [entry.act for entry in journal.of(review)].count("review_recognise")
    return told


def test_of_two_who_recognise_a_list_one_wins(province: Province) -> None:
    with pytest.raises(Conflict):
        recognised_twice(province)


def test_without_the_guard_a_list_is_recognised_twice(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    take_the_guard_away(monkeypatch)
    assert recognised_twice(province) == 2


def test_of_two_who_decide_a_request_one_wins(province: Province) -> None:
    one = household(province)
    made = regular.ask(one, "enter", reason="Mất mùa", by=province.seats["commune"], on=OPENED)
    mine, theirs = (Application.objects.select_related("household__place").get(pk=made.pk) for _ in range(2))
    regular.refuse(mine, why="Không đủ", by=province.seats["commune"], on=OPENED, version=mine.version)
    with pytest.raises(Conflict):
        regular.grant(
            theirs, points(100, 0), decision="1/QĐ", by=province.seats["commune"], on=OPENED, version=theirs.version
        )
    one.refresh_from_db()
    assert one.standing == ""


def test_a_round_is_approved_and_locked_once(province: Province) -> None:
    opened = open_round(province)
    for commune in SEATS:
        bring(province, review_of(opened, province, commune), Stage.RECOGNISED)
    mine, theirs = (Round.objects.select_related("previous").get(pk=opened.pk) for _ in range(2))
    chair, labour = province.seats["chair"], province.seats["labour"]
    locking.approve(mine, decision="24/QĐ-UBND", by=chair, on=SENT)
    with pytest.raises(Refused):
        locking.approve(theirs, decision="25/QĐ-UBND", by=chair, on=SENT)
    theirs.refresh_from_db()
    locking.lock(mine, by=labour, on=SENT)
    with pytest.raises(Refused):
        locking.lock(theirs, by=labour, on=SENT)
    opened.refresh_from_db()
    assert opened.decision == "24/QĐ-UBND"


def test_a_year_has_one_round_whoever_opens_it_first(province: Province) -> None:
    open_round(province)
    with pytest.raises(Refused):
        opening.open_round(province.places["kg"], days(), by=province.seats["labour"], on=OPENED)
    assert Round.objects.count() == 1


def test_the_decision_and_the_lock_of_a_round_are_written_once(province: Province) -> None:
    """Two rows in hand that both say "not yet": the statement itself asks again."""
    opened = open_round(province)
    for commune in SEATS:
        bring(province, review_of(opened, province, commune), Stage.RECOGNISED)
    Round.objects.filter(pk=opened.pk).update(approved_on=SENT, decision="23/QĐ-UBND")
    with pytest.raises(Conflict):
        locking.approve(opened, decision="24/QĐ-UBND", by=province.seats["chair"], on=SENT)
