"""One commune's review brought to any stage, by the same actions that the pages call."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from chungtay.accounts.models import Seat
from chungtay.households.models import Household
from chungtay.law.procedure import Desk
from chungtay.law.reviewing import Stage
from chungtay.reviews import listing, locking, meetings, opening, scoring, steps
from chungtay.reviews.models import Assessment, CommuneReview, Round
from chungtay.reviews.scoring import Found
from tests.make import Province
from tests.reviews.people import POOR, locked, row

SEATS = {"kg-30847": "commune", "kg-30850": "commune_b", "kg-30985": "commune_c"}
OPENED, POSTED = date(2020, 9, 1), date(2020, 10, 1)
SENT = date(2020, 10, 13)
"""After posting of seven working days from 01/10/2020, which ends on Monday the 12th."""


def days(year: int = 2020, **more: Any) -> opening.Days:
    told = {
        "title": f"Rà soát hộ nghèo, hộ cận nghèo năm {year}", "opens": date(year, 9, 1), "closes": date(year, 12, 15),
        "review_on": date(year, 12, 1), **more,
    }  # fmt: skip
    return opening.Days(year=year, **told)


def open_round(province: Province, on: date = OPENED, **more: Any) -> Round:
    return opening.open_round(province.places["kg"], days(**more), by=province.seats["labour"], on=on)


def review_of(round: Round, province: Province, commune: str = "kg-30847") -> CommuneReview:
    rows = CommuneReview.objects.select_related("round__previous", "place")
    return rows.get(round=round, place=province.places[commune])


def opened_with(province: Province, *listed: Household, scores: tuple[int, int] = POOR) -> CommuneReview:
    """The review of the first commune in 2020, after a year in which these were listed."""
    locked(province, 2019, [row(one, scores) for one in listed])
    return review_of(open_round(province), province)


def fresh(review: CommuneReview) -> CommuneReview:
    return CommuneReview.objects.select_related("round__previous", "place").get(pk=review.pk)


def row_of(review: CommuneReview, household: Any) -> Assessment:
    rows = Assessment.objects.in_force().select_related("review__round__previous", "household")
    return rows.get(review=review, household=household)


def points(b1: int, b2: int, persons: int = 4, **more: Any) -> Found:
    return Found(persons=persons, b1=b1, b2=b2, **more)


def score(province: Province, review: CommuneReview, household: Any, found: Found, on: date = POSTED) -> Assessment:
    row = row_of(review, household)
    seat = SEATS[province_key(province, review)]
    return scoring.score(row, found, by=province.seats[seat], on=on, version=row.version)


def province_key(province: Province, review: CommuneReview) -> str:
    return next(key for key, place in province.places.items() if place.pk == review.place_id)


def agree_everywhere(province: Province, review: CommuneReview, on: date = POSTED) -> None:
    seat = province.seats[SEATS[province_key(province, review)]]
    for hamlet in meetings.hamlets(review):
        heard = meetings.Heard(hamlet.name, on, 10, 9, 1)
        meetings.record_meeting(review, heard, by=seat, on=on)


def bring(province: Province, review: CommuneReview, to: Stage, *, found: Found | None = None) -> CommuneReview:
    """Bring the review to that stage; whatever is not scored yet is scored as `found`."""
    seat = province.seats[SEATS[province_key(province, review)]]
    district = district_of(province, review)
    acts: list[Any] = [
        (Stage.SCORING, lambda: _listed(review, seat)),
        (Stage.MEETING, lambda: _scored(province, review, found or points(100, 20), seat)),
        (Stage.AGREED, lambda: _agreed(province, review, seat)),
        (Stage.POSTED, lambda: steps.post(review, by=seat, on=POSTED)),
        (Stage.SENT, lambda: steps.send(review, by=seat, on=SENT)),
        (Stage.CHECKED, lambda: steps.check(review, by=district, on=SENT)),
        (Stage.RECOGNISED, lambda: steps.recognise(review, by=seat, on=SENT)),
    ]
    for stage, act in acts:
        if review.now is to:
            break
        if _before(review.now, stage):
            act()
    return review


def district_of(province: Province, review: CommuneReview) -> Seat:
    """The seat of the commune's own district; that of the second district is made when first asked for."""
    if review.place_id != province.places["kg-30985"].pk:
        return province.seats["district"]
    if "district_c" not in province.seats:
        place = province.places["kg-908"]
        body = province.body("district_c", "Ủy ban nhân dân huyện An Biên", "people_committee_district", place)
        province.seat("district_c", Desk.DISTRICT, body, place)
    return province.seats["district_c"]


def _before(at: Stage, stage: Stage) -> bool:
    order = list(Stage)
    return order.index(at) < order.index(stage)


def _listed(review: CommuneReview, seat: Any) -> None:
    listing.set_totals(review, listing.Totals(500, 2000, 100), by=seat, on=POSTED, version=review.version)
    steps.close_list(review, by=seat, on=POSTED)


def _scored(province: Province, review: CommuneReview, found: Found, seat: Any) -> None:
    rows = Assessment.objects.in_force().filter(review=review, standing="", gone="").order_by("id")
    for household in rows.values_list("household", flat=True):
        score(province, review, household, found)
    steps.close_scoring(review, by=seat, on=POSTED)


def _agreed(province: Province, review: CommuneReview, seat: Any) -> None:
    agree_everywhere(province, review)
    steps.close_meetings(review, by=seat, on=POSTED)


def finish(province: Province, round: Round, communes: Iterable[str] = SEATS, on: date = SENT) -> Round:
    """Every commune recognised, the round approved and locked."""
    for commune in communes:
        bring(province, review_of(round, province, commune), Stage.RECOGNISED)
    locking.approve(round, decision="24/QĐ-UBND", by=province.seats["chair"], on=on)
    return locking.lock(round, by=province.seats["labour"], on=on + timedelta(days=1))
