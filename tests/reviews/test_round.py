"""A round from its opening to its lock: who may do what, what is asked for, what is refused."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.accounts.models import Notice
from chungtay.households.models import Event, Household
from chungtay.law.population import Move
from chungtay.law.refusals import Refused
from chungtay.law.reviewing import Stage
from chungtay.records import journal
from chungtay.reviews import listing, opening, steps
from chungtay.reviews.models import Application, Assessment
from chungtay.reviews.scoring import Found
from tests.make import Province
from tests.reviews.doing import (
    OPENED,
    POSTED,
    bring,
    days,
    open_round,
    opened_with,
    points,
    review_of,
    row_of,
    score,
)
from tests.reviews.people import NEAR, OUTSIDE, OWN, POOR, SIBLING, household, households, locked, row

pytestmark = [pytest.mark.django_db, pytest.mark.clause("TT 17/2016")]


def test_every_commune_of_the_day_gets_its_review_and_last_years_households(province: Province) -> None:
    poor, near, outside = households(province, 3)
    first = locked(province, 2019, [row(poor, POOR), row(near, NEAR), row(outside, OUTSIDE)])
    opened = open_round(province)
    assert opened.previous == first
    assert set(opened.communes.values_list("stage", flat=True)) == {"listing"}
    assert opened.communes.count() == 3
    review = review_of(opened, province)
    found = {r.household_id: (r.before, r.persons_before, r.origin, r.standing) for r in review.assessments.all()}
    assert found == {
        poor.pk: ("income_poor", 4, "carried", ""),
        near.pk: ("near_poor", 4, "carried", ""),
    }
    assert Notice.objects.filter(desk=province.seats["commune"].desk, link=f"/ra-soat/xa/{review.pk}/").exists()
    assert journal.of(opened).get().body["carried"] == 2


def test_the_newly_escaped_are_carried_too_for_thirty_six_months(province: Province) -> None:
    lately, long_ago = households(province, 2)
    first = locked(province, 2015, [row(lately, POOR), row(long_ago, POOR)], review_on=date(2016, 1, 1))
    second = locked(province, 2016, [row(lately, POOR), row(long_ago, OUTSIDE)], previous=first)
    third = locked(province, 2017, [row(lately, OUTSIDE), row(long_ago, OUTSIDE)], previous=second)
    locked(province, 2018, [], previous=third)
    opened = open_round(province)
    assert set(opened.communes.get(place=province.places[OWN]).assessments.values_list("household", "before")) == {
        (lately.pk, "outside")
    }


def test_carrying_hundreds_of_households_takes_no_statement_for_each(province: Province) -> None:
    locked(province, 2019, [row(one, POOR) for one in households(province, 300)])
    with CaptureQueriesContext(connection) as queries:
        opened = open_round(province)
    assert opened.communes.get(place=province.places[OWN]).assessments.count() == 300
    assert sum(not one["sql"].startswith("INSERT") for one in queries) <= 20


@pytest.mark.parametrize("desk", ["commune", "district", "chair", "board", "front"])
def test_only_the_department_of_labour_opens_a_round(province: Province, desk: str) -> None:
    with pytest.raises(Refused, match="Sở Lao động"):
        opening.open_round(province.places["kg"], days(), by=province.seats[desk], on=OPENED)


def test_a_round_waits_for_the_lock_of_the_one_before(province: Province) -> None:
    open_round(province)
    with pytest.raises(Refused, match="chưa khóa số liệu"):
        open_round(province, year=2021)


def test_a_first_round_carries_nobody_and_compares_with_nothing(province: Province) -> None:
    opened = open_round(province)
    assert not opened.compares
    assert not Assessment.objects.exists()


def test_a_household_found_lived_there_unlisted_and_arises_newly(province: Province) -> None:
    review, new = opened_with(province, household(province)), household(province)
    added = listing.add(review, new, by=province.seats["commune"], on=POSTED)
    assert (added.before, added.came, added.origin) == ("outside", "", "found")
    bring(province, review, Stage.SCORING)
    assert score(province, review, new.pk, points(100, 0)).move == Move.NEWLY_ARISING


def test_a_household_is_added_once_and_only_in_its_own_commune(province: Province) -> None:
    listed, elsewhere = household(province), household(province, SIBLING)
    review = opened_with(province, listed)
    for wrong, why in ((listed, "đã có trong danh sách"), (elsewhere, "không ở trong xã")):
        with pytest.raises(Refused, match=why):
            listing.add(review, wrong, by=province.seats["commune"], on=POSTED)
    with pytest.raises(Refused, match="ngoài địa bàn"):
        listing.add(review, elsewhere, by=province.seats["commune_b"], on=POSTED)


def test_a_request_that_waits_is_answered_by_the_round(province: Province) -> None:
    review, asking = opened_with(province, household(province)), household(province)
    request = Application.objects.create(
        household=asking, area_path=asking.area_path, kind="enter", reason="Mất mùa", received_on=OPENED,
        due_on=POSTED, due_source="TT 17/2016",
    )  # fmt: skip
    added = listing.carry_request(review, request, by=province.seats["commune"], on=POSTED)
    request.refresh_from_db()
    assert (added.origin, request.state, request.decided_on) == ("asked_in", "carried", POSTED)
    with pytest.raises(Refused, match="đã có kết quả"):
        listing.carry_request(review, request, by=province.seats["commune"], on=POSTED)


def test_the_register_tells_who_is_gone_and_who_came(province: Province) -> None:
    away, dead, moved, kept = households(province, 4)
    review = opened_with(province, away, dead, moved, kept)
    Household.objects.filter(pk=away.pk).update(closed_on=OPENED, closed_why="moved_out", persons=0)
    Household.objects.filter(pk=dead.pk).update(closed_on=OPENED, closed_why="died", persons=0)
    sibling = province.places[SIBLING]
    Household.objects.filter(pk=moved.pk).update(place=sibling, area_path=sibling.path)
    Event.objects.create(household=moved, kind=Event.Kind.MOVED_IN, on=OPENED, **area_of_event(sibling.path))
    assert listing.follow_register(review, by=province.seats["commune"], on=POSTED)[:2] == (3, 0)
    told = dict(review.assessments.values_list("household", "gone"))
    assert told == {away.pk: "moved_out", dead.pk: "died", moved.pk: "moved_out", kept.pk: ""}
    other = review_of(review.round, province, SIBLING)
    with pytest.raises(Refused, match="chưa có trong danh sách rà soát"):
        steps.close_list(other, by=province.seats["commune_b"], on=POSTED)
    assert listing.follow_register(other, by=province.seats["commune_b"], on=POSTED)[:2] == (0, 1)
    assert other.assessments.get().came == Move.MOVED_IN
    assert listing.follow_register(review, by=province.seats["commune"], on=POSTED)[:2] == (0, 0)


def area_of_event(path: str) -> dict[str, str]:
    """An event's area, where the register writes one."""
    names = {field.name for field in Event._meta.concrete_fields}
    return {"area_path": path} if "area_path" in names else {}


def test_only_a_household_that_no_list_held_may_be_dropped(province: Province) -> None:
    listed, found = households(province, 2)
    review = opened_with(province, listed)
    added = listing.add(review, found, by=province.seats["commune"], on=POSTED)
    listing.drop(added, by=province.seats["commune"], on=POSTED, version=added.version)
    assert not review.assessments.filter(household=found).exists()
    kept = row_of(review, listed)
    with pytest.raises(Refused, match="Hộ có trong danh sách kỳ trước"):
        listing.drop(kept, by=province.seats["commune"], on=POSTED, version=kept.version)


def test_closing_scoring_names_everything_that_is_missing_at_once(province: Province) -> None:
    unscored = households(province, 12)
    review = opened_with(province, *unscored)
    steps.close_list(review, by=province.seats["commune"], on=POSTED)
    with pytest.raises(Refused) as refused:
        steps.close_scoring(review, by=province.seats["commune"], on=POSTED)
    told = [reason.text for reason in refused.value.reasons]
    assert sum("chưa chấm điểm." in one and one.startswith("Hộ") for one in told) == 10
    assert "Còn 2 hộ nữa chưa chấm điểm." in told
    assert "Chưa ghi tổng số hộ, nhân khẩu, hộ dân tộc thiểu số của xã." in told


@pytest.mark.parametrize(
    ("b1", "b2", "outcome"),
    [(120, 0, "income_poor"), (121, 30, "service_poor"), (121, 20, "near_poor"), (150, 30, "service_poor"),
     (151, 90, "outside")],
)  # fmt: skip
def test_the_class_is_shown_at_once_with_its_lines(province: Province, b1: int, b2: int, outcome: str) -> None:
    one = household(province)
    review = bring(province, opened_with(province, one), Stage.SCORING)
    scored = score(province, review, one.pk, points(b1, b2))
    assert scored.standing == outcome
    assert scored.because["standard"] == "2016-2020"
    assert f"Điểm B1 là {b1}" in scored.because["lines"][1]
    assert scored.because["sources"]


@pytest.mark.parametrize(("total", "outcome"), [(2_800_000, "income_poor"), (2_800_001, "near_poor")])
def test_income_is_compared_for_the_whole_household(province: Province, total: int, outcome: str) -> None:
    one = household(province)
    review = bring(province, opened_with(province, one), Stage.SCORING)
    scored = score(province, review, one.pk, Found(persons=4, income_total=total, lacking=frozenset()))
    assert (scored.standing, scored.b1, scored.income_total) == (outcome, None, total)


@pytest.mark.parametrize(("day", "outcome"), [(date(2021, 12, 31), "service_poor"), (date(2022, 1, 1), "poor")])
def test_the_standard_of_the_rounds_day_decides(province: Province, day: date, outcome: str) -> None:
    """130 points and three deprivations: between the old lines, below the new single one."""
    one = household(province)
    opened = open_round(province, review_on=day)
    review = review_of(opened, province)
    listing.add(review, one, by=province.seats["commune"], on=POSTED)
    bring(province, review, Stage.SCORING)
    assert score(province, review, one.pk, points(130, 30)).standing == outcome


def test_what_is_wrong_with_a_score_is_said_at_its_fields(province: Province) -> None:
    one = household(province)
    review = bring(province, opened_with(province, one), Stage.SCORING)
    with pytest.raises(Refused) as refused:
        score(province, review, one.pk, Found(persons=0, causes=frozenset({"luck"})))
    assert {reason.field for reason in refused.value.reasons} == {"persons", "b1", "causes"}
    with pytest.raises(Refused, match="bội số của 10"):
        score(province, review, one.pk, points(100, 25))
