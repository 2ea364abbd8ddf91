"""Since 01/07/2025 communes lie right under the province: whoever checks a commune's result, and a whole such round."""

from datetime import date, timedelta
from typing import Any

import pytest

from chungtay.accounts.models import Notice
from chungtay.law.refusals import Refused
from chungtay.law.reviewing import Stage
from chungtay.places.models import Place, PlaceVersion
from chungtay.reviews import listing, locking, opening, steps, waiting
from chungtay.reviews.models import CommuneReview, Figures, Round
from tests.make import Province
from tests.reviews.doing import SEATS, agree_everywhere, days, fresh, points, review_of, score
from tests.reviews.people import OWN, household

pytestmark = [pytest.mark.django_db, pytest.mark.clause("QĐ 24/2021")]

LAST_WITH, FIRST_WITHOUT = date(2025, 6, 30), date(2025, 7, 1)
WORKED = date(2025, 11, 3)
DONE = date(2025, 11, 20)


@pytest.fixture
def merged(province: Province) -> Province:
    """The small province after the districts were given up: its communes lie right under it."""
    top = province.places["kg"]
    for key in SEATS:
        place = province.places[key]
        old = PlaceVersion.objects.get(place=place)
        PlaceVersion.objects.filter(pk=old.pk).update(until=FIRST_WITHOUT)
        new = PlaceVersion(
            place=place, since=FIRST_WITHOUT, code=old.code, kind="xa", name=old.name, parent=top, source="test"
        )
        new.fill_derived(top.path_on(FIRST_WITHOUT))
        new.save()
    for key in ("kg-903", "kg-908"):
        PlaceVersion.objects.filter(place=province.places[key]).update(until=FIRST_WITHOUT)
        Place.objects.filter(pk=province.places[key].pk).update(until=FIRST_WITHOUT)
    return province


def opened(province: Province, review_on: date, on: date) -> Round:
    told = days(2025, review_on=review_on, opens=on, closes=on + timedelta(days=60))
    return opening.open_round(province.places["kg"], told, by=province.seats["labour"], on=on)


def brought_to_check(province: Province, round: Round, commune: str, on: date) -> CommuneReview:
    """Listed, scored, met about, posted and sent, by the commune alone."""
    seat, review = province.seats[SEATS[commune]], review_of(round, province, commune)
    listing.set_totals(review, listing.Totals(500, 2000, 100), by=seat, on=on, version=review.version)
    steps.close_list(review, by=seat, on=on)
    for row in review.assessments.filter(standing="", gone=""):
        score(province, review, row.household_id, points(100, 30), on=on)
    steps.close_scoring(review, by=seat, on=on)
    agree_everywhere(province, review, on=on)
    steps.close_meetings(review, by=seat, on=on)
    steps.post(review, by=seat, on=on)
    assert review.posting_ends is not None
    return steps.send(review, by=seat, on=review.posting_ends + timedelta(days=1))


@pytest.mark.parametrize(
    ("review_on", "on", "checker", "other"),
    [(LAST_WITH, date(2025, 6, 2), "district", "labour"), (FIRST_WITHOUT, date(2025, 7, 2), "labour", "district")],
    ids=["the last day with districts", "the first day without"],
)
def test_who_checks_depends_on_the_day_of_the_review(
    merged: Province, review_on: date, on: date, checker: str, other: str
) -> None:
    review = brought_to_check(merged, opened(merged, review_on, on), OWN, on)
    day = on + timedelta(days=10)
    assert review.now is Stage.SENT
    with pytest.raises(Refused, match=r"“Kiểm tra đạt” do .* thực hiện|ngoài địa bàn"):
        steps.check(fresh(review), by=merged.seats[other], on=day)
    assert [one.desk for one in Notice.objects.filter(text__contains="đã gửi kết quả rà soát")] == [
        merged.seats[checker].desk
    ]
    assert steps.check(fresh(review), by=merged.seats[checker], on=day, note="Đúng").now is Stage.CHECKED


def test_a_whole_round_after_the_districts_were_given_up_can_be_locked(merged: Province) -> None:
    poor = household(merged)
    round = opened(merged, date(2025, 12, 1), WORKED)
    own = review_of(round, merged)
    listing.add(own, poor, by=merged.seats["commune"], on=WORKED)
    labour = merged.seats["labour"]
    for commune in SEATS:
        review = brought_to_check(merged, round, commune, WORKED)
        told = [line for line in waiting.lines(labour, DONE) if line["badge_label"] == "Đã gửi tỉnh"]
        assert [line["href"] for line in told] == [f"/ra-soat/xa/{review.pk}/"]
        steps.check(fresh(review), by=labour, on=DONE)
        steps.recognise(fresh(review), by=merged.seats[SEATS[commune]], on=DONE)
    locking.approve(round, decision="1/QĐ-UBND", by=merged.seats["chair"], on=date(2026, 1, 5))
    locking.lock(round, by=labour, on=date(2026, 1, 6))
    assert Figures.objects.get(round=round, place=poor.place).poor == 1
    poor.refresh_from_db()
    assert poor.standing == "poor"


def test_the_province_may_send_a_result_back_before_and_after_it_was_recognised(merged: Province) -> None:
    review = brought_to_check(merged, opened(merged, date(2025, 12, 1), WORKED), OWN, WORKED)
    back = steps.send_back(fresh(review), by=merged.seats["labour"], on=DONE, why="Chấm lại điểm nhà ở")
    assert back.now is Stage.SCORING


def test_the_pages_name_the_province_and_say_that_the_rule_is_assumed(merged: Province, settings: Any) -> None:
    round = opened(merged, date(2025, 12, 1), WORKED)
    review = brought_to_check(merged, round, OWN, WORKED)
    settings.WORKING_DAY = DONE
    page = merged.client("labour").get(f"/ra-soat/xa/{review.pk}/").content.decode()
    assert "Đã gửi tỉnh" in page
    assert "Kiểm tra đạt" in page
    assert "chưa tìm thấy quy định" in page
    assert "chưa tìm thấy quy định" in merged.client("labour").get(f"/ra-soat/dot/{round.pk}/").content.decode()
