"""After the lock nothing is changed: a correction is a new row beside the old one, and so are its figures."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from chungtay.households.models import Household
from chungtay.law.refusals import Conflict, Refused
from chungtay.records import journal
from chungtay.reviews import correcting
from chungtay.reviews.models import Assessment, Figures, Round
from tests.make import Province
from tests.racing import take_the_guard_away
from tests.reviews.doing import open_round, points, review_of
from tests.reviews.people import OWN, POOR, household, households, locked, row

pytestmark = pytest.mark.django_db
ON = date(2020, 3, 2)


def corrected(province: Province, one: Assessment, b1: int = 130, b2: int = 0, why: str = "Nhập nhầm") -> Assessment:
    return correcting.correct(one, points(b1, b2), why=why, by=province.seats["labour"], on=ON, version=one.version)


def of(round: Round, household: Household) -> Assessment:
    rows = Assessment.objects.in_force().select_related("review__round__previous", "household")
    return rows.get(review__round=round, household=household)


def test_a_correction_leaves_the_old_assessment_and_the_old_figures_to_be_seen(province: Province) -> None:
    a, b = households(province, 2)
    first = locked(province, 2019, [row(a, POOR), row(b, POOR)])
    old = of(first, a)
    new = corrected(province, old)
    old.refresh_from_db()
    assert (old.standing, old.replaced, new.standing, new.corrects) == ("income_poor", True, "near_poor", old)
    rows = Figures.objects.filter(round=first, place=province.places[OWN]).order_by("id")
    assert [(one.poor, one.near_poor, one.replaced) for one in rows] == [(2, 0, True), (1, 1, False)]
    assert rows[1].source.endswith("; điều chỉnh ngày 02/03/2020")  # why may name the household: not for all
    a.refresh_from_db()
    assert a.standing == "near_poor"
    assert journal.of(new).get().body["corrects"] == old.pk


def test_the_movement_of_a_corrected_round_still_closes(province: Province) -> None:
    one = household(province)
    first = locked(province, 2018, [row(one, POOR)])
    second = locked(province, 2019, [row(one, POOR)], previous=first)
    corrected(province, of(second, one), 160, 0)
    flow = Figures.objects.in_force().get(round=second, place=province.places[OWN]).flows["poor"]
    assert (flow["start"], flow["above"], flow["end"]) == (1, 1, 0)
    one.refresh_from_db()
    assert one.escaped_on == second.approved_on


def test_the_open_round_after_it_begins_with_what_is_true_now(province: Province) -> None:
    listed, unlisted = households(province, 2)
    first = locked(province, 2019, [row(listed, POOR), row(unlisted, (160, 0))])
    opened = open_round(province)
    corrected(province, of(first, listed), 130, 0)
    corrected(province, of(first, unlisted), 100, 0)
    told = dict(review_of(opened, province).assessments.values_list("household", "before"))
    assert told == {listed.pk: "near_poor", unlisted.pk: "income_poor"}


def test_only_the_last_locked_round_is_corrected_by_labour_with_a_reason(province: Province) -> None:
    one = household(province)
    first = locked(province, 2018, [row(one, POOR)])
    old = of(first, one)
    with pytest.raises(Refused, match="Cần ghi lý do"):
        corrected(province, old, why=" ")
    with pytest.raises(Refused, match="Sở Lao động"):
        correcting.correct(old, points(130, 0), why="x", by=province.seats["commune"], on=ON, version=old.version)
    locked(province, 2019, [row(one, POOR)], previous=first)
    with pytest.raises(Refused, match="điều chỉnh ở đợt đó"):
        corrected(province, old)


def test_a_round_that_is_not_locked_is_not_corrected(province: Province) -> None:
    one = household(province)
    locked(province, 2019, [row(one, POOR)])
    with pytest.raises(Refused, match="chưa khóa"):
        corrected(province, of(open_round(province), one))


def test_of_two_corrections_at_once_one_wins(province: Province) -> None:
    one = household(province)
    first = locked(province, 2019, [row(one, POOR)])
    mine, theirs = of(first, one), of(first, one)
    corrected(province, mine)
    with pytest.raises(Conflict):
        corrected(province, theirs, 160, 0)
    assert Assessment.objects.in_force().get(household=one).standing == "near_poor"


def test_without_the_guard_the_database_itself_keeps_one_assessment(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = household(province)
    first = locked(province, 2019, [row(one, POOR)])
    mine, theirs = of(first, one), of(first, one)
    corrected(province, mine)
    take_the_guard_away(monkeypatch)
    with pytest.raises(IntegrityError), transaction.atomic():
        corrected(province, theirs, 160, 0)
