"""How rounds follow one another: the first of the line, earlier moves, and which commune went on for which."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from chungtay.law.population import NEWLY_ESCAPED_MONTHS, Move, newly_escaped
from chungtay.places.models import Succession
from chungtay.records import walls
from chungtay.reviews.assessments import Application, Assessment
from chungtay.reviews.rounds import CommuneReview, Round

LEAVING = (Move.ESCAPED_TO_NEAR_POOR, Move.ESCAPED_ABOVE, Move.LEFT_NEAR_POOR)
"""The moves that a later one is told from: a relapse, or near-poor again."""


def first_of(round: Round) -> Round:
    """The list that the line of `round` began with: the one whose households the plan's goals follow. One query."""
    known = {row.pk: row for row in Round.objects.filter(place_id=round.place_id).order_by("id")}
    found = known[round.pk]
    while found.previous_id is not None:
        found = known[found.previous_id]
    return found


@walls.everything("what a household's class was before is told also where it lived then")
def earlier_moves(households: Collection[int] | None, *, before: Round) -> dict[int, set[Move]]:
    """Of these households (None: of all), the moves by which they left a list in earlier rounds or by a request.

    Two queries.
    """
    found: dict[int, set[Move]] = defaultdict(set)
    reviewed = Assessment.objects.in_force().filter(
        move__in=LEAVING, review__round__place=before.place_id, review__round__year__lt=before.year
    )
    granted = Application.objects.filter(
        state=Application.State.GRANTED, move__in=LEAVING, decided_on__lte=before.review_on
    )
    if households is not None:
        reviewed, granted = reviewed.filter(household__in=households), granted.filter(household__in=households)
    told = [
        *reviewed.order_by().values_list("household", "move"), *granted.order_by().values_list("household", "move")
    ]  # fmt: skip
    for household, move in told:
        found[household].add(Move(move))
    return found


def homes(round: Round, reviews: Collection[CommuneReview]) -> dict[int, int]:
    """Place of a commune in the round before to its place in this one: itself, or the unit that it went into whole."""
    if round.previous_id is None:
        return {}
    here = {review.place_id for review in reviews}
    old = set(CommuneReview.objects.filter(round=round.previous_id).order_by().values_list("place", flat=True))
    found = {place: place for place in old & here}
    steps: dict[int, int] = dict(
        Succession.objects.filter(kind__in=Succession.WHOLE, on__lte=round.review_on)
        .order_by("on", "id")
        .values_list("predecessor", "successor")
    )
    for place in old - here:
        at: int | None = steps.get(place)
        seen = {place}
        while at is not None and at not in here and at not in seen:
            seen.add(at)
            at = steps.get(at)
        if at in here and at is not None:
            found[place] = at
    return found


def escaped_since(on: date) -> date:
    """The first day of escape that still makes a household newly escaped on `on`; `on` where there is none."""
    first, last = min(NEWLY_ESCAPED_MONTHS.versions[0].since, on), on
    while first < last:
        middle = first + timedelta(days=(last - first).days // 2)
        if newly_escaped(middle, on=on).holds:
            last = middle
        else:
            first = middle + timedelta(days=1)
    return first
