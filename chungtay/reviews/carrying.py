"""Who is reviewed: last year's listed households, the newly escaped, those granted a class since, those who asked."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from chungtay.households.models import Event, Household
from chungtay.law.population import Move
from chungtay.law.poverty import Class, area_of
from chungtay.law.refusals import NoRule
from chungtay.records.among import Among
from chungtay.reviews import lineage
from chungtay.reviews.assessments import Application, Assessment
from chungtay.reviews.rounds import CommuneReview, Round

BATCH = 2000
LISTED = [standing.value for standing in Class if standing.is_listed]
ABOVE = [move.value for move in Move if move.starts_newly_escaped]
NOW = ("hamlet", "persons", "minority", "no_labour", "merit")
_ARRIVED = {Event.Kind.MOVED_IN.value: Move.MOVED_IN, Event.Kind.SPLIT_FROM.value: Move.SPLIT}


@dataclass(frozen=True, slots=True)
class Begun:
    """With what a household begins in a commune's list: its class and persons of last year's list, or how it came."""

    standing: str = Class.OUTSIDE.value
    persons: int = 0
    came: Move | None = None

    @classmethod
    def by(cls, came: Move | None) -> "Begun":
        """One that came; None: it lived in the commune, on no list."""
        return cls() if came is None else cls("", 0, came)


def carry(round: Round, reviews: Mapping[int, CommuneReview]) -> int:
    """Write an assessment, not yet scored, for every household that the round begins with; how many there are.

    `reviews` by place. A statement for a batch of rows, none for a row.
    """
    made = Assessment.objects.bulk_create(_rows(round, reviews), batch_size=BATCH)
    return len(made)


def _rows(round: Round, reviews: Mapping[int, CommuneReview]) -> Iterator[Assessment]:
    areas = {place: area_in(review) for place, review in reviews.items()}
    steps = lineage.heirs(round.review_on)
    homes = lineage.homes(round, list(reviews.values()), steps)
    seen: set[tuple[int, int]] = set()
    for place, household, standing, persons, now in _listed_before(round):
        home = homes.get(place)
        if home is None:
            continue
        seen.add((home, household))
        yield _row(round, reviews[home], areas[home], household, now, (standing, persons))
    origin = Assessment.Origin
    for more, why in ((newly_escaped(round), origin.CARRIED), (granted_since(round), origin.ASKED_IN)):
        rows = list(more.order_by("pk").values_list("place", "pk", *NOW))
        last = lineage.last_told([household for _, household, *_ in rows], before=round)
        for place, household, *told in rows:
            home = lineage.heir(place, reviews, steps)
            if home is not None and (home, household) not in seen:
                seen.add((home, household))
                begun = _begun(reviews[home], homes, last.get(household, []), None)
                now = dict(zip(NOW, told, strict=True))
                yield _one_more(reviews[home], areas[home], household, now, origin=why, begun=begun)


def _listed_before(round: Round) -> Iterator[tuple[int, int, str, int, dict[str, Any]]]:
    """Place, household, class and persons in the round before, and what the register says of the household now."""
    if round.previous_id is None:
        return
    rows = Assessment.objects.in_force().filter(review__round=round.previous_id, standing__in=LISTED)
    names = [f"household__{name}" for name in NOW]
    told = rows.order_by("pk").values_list("review__place", "household", "standing", "persons", *names)
    for place, household, standing, persons, *now in told.iterator(chunk_size=BATCH):
        yield place, household, standing, persons, dict(zip(NOW, now, strict=True))


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


def row_for(review: CommuneReview, household: Household, *, origin: str, begun: Begun) -> Assessment:
    """An assessment for one more household, which begins as `beginnings` told."""
    now = {name: getattr(household, name) for name in NOW}
    return _one_more(review, area_in(review), household.pk, now, origin=origin, begun=begun)


def _one_more(
    review: CommuneReview, area: str, household: int, now: Mapping[str, Any], *, origin: str, begun: Begun
) -> Assessment:  # fmt: skip
    found = _row(review.round, review, area, household, now, (begun.standing, begun.persons), origin=origin)
    found.came = begun.came.value if begun.came is not None and review.round.compares else ""
    return found


def beginnings(review: CommuneReview, households: Collection[int]) -> dict[int, Begun]:
    """With what each of these households begins in this commune's list.

    Last year's list of the commune, or of a unit that went into it whole, tells first. Whoever was told to be gone, or
    stood on another commune's list, has come since, and never begins as one that lived here on no list. Four queries.
    """
    round = review.round
    if round.previous is None or not households:
        return dict.fromkeys(households, Begun())
    homes = lineage.homes(round, [review])
    last = lineage.last_told(households, before=round)
    events = arrived(households, since=round.previous.review_on)
    return {key: _begun(review, homes, last.get(key, []), events.get(key)) for key in households}


def _begun(
    review: CommuneReview, homes: Mapping[int, int], told: Collection[lineage.Told], came: Move | None
) -> Begun:  # fmt: skip
    classed = [one for one in told if one.standing]
    listed = [one for one in classed if one.round == review.round.previous_id and one.standing in LISTED]
    here = next((one for one in listed if homes.get(one.place) == review.place_id), None)
    if here is not None:
        return Begun(here.standing, here.persons)
    away = bool(listed) or (bool(told) and not classed)
    return Begun.by(came or (Move.MOVED_IN if away else None))


def begins(review: CommuneReview, household: Household, came: Move | None = None) -> Begun:
    """The same for one household; `came` where a person says how, and last year's list does not."""
    known = beginnings(review, [household.pk])[household.pk]
    return known if came is None or known.standing in LISTED else Begun.by(came)


def area_in(review: CommuneReview) -> str:
    """Rural or urban by the kind of the commune on the round's day; empty where no rule says, so a person must."""
    day: date = review.round.review_on
    try:
        return area_of(review.place.on(day).kind, on=day).value
    except NoRule:
        return ""


def arrived(households: Collection[int], *, since: date) -> dict[int, Move]:
    """Of these households, those that came into their commune after `since`, and how, as the register tells."""
    events = Event.objects.filter(Among("household_id", households), kind__in=list(_ARRIVED), on__gt=since)
    told = events.order_by("on", "id").values_list("household", "kind")
    return {household: _ARRIVED[kind] for household, kind in told}
