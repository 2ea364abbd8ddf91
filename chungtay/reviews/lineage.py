"""How rounds follow one another: the first of the line, earlier moves, and which commune went on for which."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from chungtay.law.population import NEWLY_ESCAPED_MONTHS, Move, newly_escaped
from chungtay.places.models import Succession
from chungtay.records import walls
from chungtay.records.among import Among
from chungtay.reviews.assessments import Application, Assessment
from chungtay.reviews.rounds import CommuneReview, Round

LEAVING = (Move.ESCAPED_TO_NEAR_POOR, Move.ESCAPED_ABOVE, Move.LEFT_NEAR_POOR)
"""The moves that a later one is told from: a relapse, or near-poor again."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one assessment of an earlier round says of a household."""

    round: int
    place: int
    standing: str
    persons: int
    gone: str


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


@walls.everything("what a household's class was before is told also where it lived then")
def last_told(households: Collection[int], *, before: Round) -> dict[int, list[Told]]:
    """Of these households, the assessments of the last earlier round that knew each. One query."""
    if not households:
        return {}
    rows = Assessment.objects.in_force().filter(
        Among("household_id", households), review__round__place=before.place_id, review__round__year__lt=before.year
    )
    names = ("household", "review__round", "review__place", "standing", "persons", "gone")
    found: dict[int, list[Told]] = {}
    for household, *said in rows.order_by("review__round__year", "id").values_list(*names):
        told, known = Told(*said), found.get(household)
        if known is None or known[0].round != told.round:
            known = found[household] = []
        known.append(told)
    return found


def homes(
    round: Round, reviews: Collection[CommuneReview], steps: Mapping[int, int] | None = None
) -> dict[int, int]:  # fmt: skip
    """Place of a commune in the round before to its place in this one: itself, or the unit that it went into whole.

    `steps`: the `heirs` of the round's day where the caller knows them.
    """
    if round.previous_id is None:
        return {}
    here = {review.place_id for review in reviews}
    old = set(CommuneReview.objects.filter(round=round.previous_id).order_by().values_list("place", flat=True))
    steps = heirs(round.review_on) if steps is None else steps
    told = {place: heir(place, here, steps) for place in old}
    return {place: home for place, home in told.items() if home is not None}


def heirs(on: date) -> dict[int, int]:
    """Place of each unit that went whole into another by that day, to the place of the other. One query."""
    rows = Succession.objects.filter(kind__in=Succession.WHOLE, on__lte=on).order_by("on", "id")
    return dict(rows.values_list("predecessor", "successor"))


def grounds(review: CommuneReview) -> frozenset[int]:
    """The place of the commune and of every unit that went into it whole: where the register keeps its households."""
    steps, here = heirs(review.round.review_on), {review.place_id}
    return frozenset({review.place_id, *(place for place in steps if heir(place, here, steps) is not None)})


def heir(place: int, here: Collection[int], steps: Mapping[int, int]) -> int | None:
    """The first unit among `here` on the way on from `place`, which is itself where it stands there still."""
    at: int | None = place
    seen: set[int] = set()
    while at is not None and at not in here and at not in seen:
        seen.add(at)
        at = steps.get(at)
    return at if at in here else None


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
