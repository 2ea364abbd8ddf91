"""Who is reviewed: last year's listed households, the newly escaped, those granted a class since, those who asked."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from chungtay.households.models import Event, Household
from chungtay.law.population import Move
from chungtay.law.poverty import Class, area_of
from chungtay.law.refusals import NoRule
from chungtay.reviews import lineage
from chungtay.reviews.assessments import Application, Assessment
from chungtay.reviews.rounds import CommuneReview, Round

BATCH = 2000
LISTED = [standing.value for standing in Class if standing.is_listed]
ABOVE = [move.value for move in Move if move.starts_newly_escaped]
_NOW = ("hamlet", "persons", "minority", "no_labour", "merit")
_ARRIVED = {Event.Kind.MOVED_IN.value: Move.MOVED_IN, Event.Kind.SPLIT_FROM.value: Move.SPLIT}


def carry(round: Round, reviews: Mapping[int, CommuneReview]) -> int:
    """Write an assessment, not yet scored, for every household that the round begins with; how many there are.

    `reviews` by place. A statement for a batch of rows, none for a row.
    """
    made = Assessment.objects.bulk_create(_rows(round, reviews), batch_size=BATCH)
    return len(made)


def _rows(round: Round, reviews: Mapping[int, CommuneReview]) -> Iterator[Assessment]:
    areas = {place: area_in(review) for place, review in reviews.items()}
    homes = lineage.homes(round, list(reviews.values()))
    seen: set[tuple[int, int]] = set()
    for place, household, standing, persons, now in _listed_before(round):
        home = homes.get(place)
        if home is None:
            continue
        seen.add((home, household))
        yield _row(round, reviews[home], areas[home], household, now, (standing, persons))
    listed = {household for _, household in seen}
    origin = Assessment.Origin
    for rows, why in ((newly_escaped(round), origin.CARRIED), (granted_since(round), origin.ASKED_IN)):
        for place, household, *told in rows.order_by("pk").values_list("place", "pk", *_NOW).iterator(chunk_size=BATCH):
            if place in reviews and (place, household) not in seen:
                came = Move.MOVED_IN if household in listed else None
                seen.add((place, household))
                now = dict(zip(_NOW, told, strict=True))
                yield _one_more(round, reviews[place], areas[place], household, now, origin=why, came=came)


def _listed_before(round: Round) -> Iterator[tuple[int, int, str, int, dict[str, Any]]]:
    """Place, household, class and persons in the round before, and what the register says of the household now."""
    if round.previous_id is None:
        return
    rows = Assessment.objects.in_force().filter(review__round=round.previous_id, standing__in=LISTED)
    names = [f"household__{name}" for name in _NOW]
    told = rows.order_by("pk").values_list("review__place", "household", "standing", "persons", *names)
    for place, household, standing, persons, *now in told.iterator(chunk_size=BATCH):
        yield place, household, standing, persons, dict(zip(_NOW, now, strict=True))


def newly_escaped(round: Round) -> "QuerySet[Household]":
    """Households that came above the near-poor line at most the law's months ago, on the round's first day."""
    first = lineage.escaped_since(round.opens)
    return Household.objects.standing().filter(escaped_on__gte=first, escaped_on__lte=round.opens)


def granted_since(round: Round) -> "QuerySet[Household]":
    """Households on a list by a request that was granted after the last locked round's day."""
    granted = Application.objects.filter(state=Application.State.GRANTED, kind=Application.Kind.ENTER)
    if round.previous is not None:
        granted = granted.filter(decided_on__gt=round.previous.review_on)
    return Household.objects.standing().filter(standing__in=LISTED, pk__in=granted.values("household"))


def _row(
    round: Round, review: CommuneReview, area: str, household: int, now: Mapping[str, Any], before: tuple[str, int],
    *, origin: str = Assessment.Origin.CARRIED,
) -> Assessment:  # fmt: skip
    standing, persons = before if round.compares else ("", 0)
    return Assessment(
        review=review, household_id=household, area_path=review.area_path, origin=origin, area=area,
        before=standing, persons_before=persons, is_demo=review.is_demo, **now,
    )  # fmt: skip


def row_for(round: Round, review: CommuneReview, household: Household, *, origin: str, came: Move | None) -> Assessment:
    """An assessment for one more household; `came`: since the round before."""
    now = {name: getattr(household, name) for name in _NOW}
    return _one_more(round, review, area_in(review), household.pk, now, origin=origin, came=came)


def _one_more(
    round: Round, review: CommuneReview, area: str, household: int, now: Mapping[str, Any], *, origin: str,
    came: Move | None,
) -> Assessment:  # fmt: skip
    """A household that this commune's list did not hold: it lived there unlisted, unless it `came` since."""
    before = ("", 0) if came is not None else (Class.OUTSIDE.value, 0)
    found = _row(round, review, area, household, now, before, origin=origin)
    found.came = came.value if came is not None and round.compares else ""
    return found


def area_in(review: CommuneReview) -> str:
    """Rural or urban by the kind of the commune on the round's day; empty where no rule says, so a person must."""
    day: date = review.round.review_on
    try:
        return area_of(review.place.on(day).kind, on=day).value
    except NoRule:
        return ""


def arrived(household: Household, *, since: date) -> Move | None:
    """How the household came into its commune after `since`, as the register tells; None: it was there before."""
    kinds = list(_ARRIVED)
    events = Event.objects.filter(household=household, kind__in=kinds, on__gt=since).order_by("-on", "-id")
    last = events.values_list("kind", flat=True).first()
    return _ARRIVED[last] if last is not None else None
