"""A round from its opening to its lock: who may do what, what is asked for, what is refused."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.accounts.models import Notice
from chungtay.households.models import Household
from chungtay.law.population import Move
from chungtay.law.refusals import Refused
from chungtay.law.reviewing import STEPS, Stage
from chungtay.records import journal
from chungtay.reviews import complaining, listing, locking, meetings, opening, scoring, steps
from chungtay.reviews.models import Application, Assessment, CommuneReview, Figures
from chungtay.reviews.scoring import Found
from tests.make import Province
from tests.reviews.doing import (
    OPENED,
    POSTED,
    SEATS,
    SENT,
    agree_everywhere,
    bring,
    days,
    finish,
    fresh,
    open_round,
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


def test_carrying_asks_as_often_for_many_households_as_for_few(province: Province) -> None:
    def asked(count: int) -> int:
        place = province.places[OWN]
        listed = list(Household.objects.filter(place=place).order_by("pk")) + households(province, count)
        first = locked(province, 2017 + 2 * len(seen), [row(one, POOR) for one in listed], previous=last())
        with CaptureQueriesContext(connection) as queries:
            opened = open_round(province, year=first.year + 1, on=date(first.year + 1, 9, 1))
        assert opened.communes.get(place=place).assessments.count() == len(listed)
        Round.objects.filter(pk=opened.pk).update(
            approved_on=opened.review_on, decision="x", locked_on=opened.review_on
        )
        Assessment.objects.filter(review__round=opened).update(
            standing="outside", basis="scores", assessed_on=opened.review_on
        )
        return sum(not one["sql"].startswith("INSERT") for one in queries)

    def last() -> Round | None:
        return None

    seen: list[int] = []
    seen.append(asked(3))
    seen.append(asked(300))
    assert seen[0] == seen[1]


@pytest.mark.parametrize("desk", ["commune", "district", "chair", "board", "front"])
def test_only_the_department_of_labour_opens_a_round(province: Province, desk: str) -> None:
    with pytest.raises(Refused, match="Sở Lao động"):
        opening.open_round(province.places["kg"], days(), by=province.seats[desk], on=OPENED)


def test_a_round_waits_for_the_lock_of_the_one_before(province: Province) -> None:
    open_round(province)
    with pytest.raises(Refused, match="chưa khóa số liệu"):
        open_round(province, year=2021)
