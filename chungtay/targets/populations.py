"""A locked round of the database as the rows of a population file, so that one command classifies both alike.

Communes whose households are reviewed one by one are given whole: whom the review did not look at stands as so many
rows without people, above every line, so that rates are shares of all households. The class itself is not written: the
file holds points, and whoever reads it classifies anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from chungtay.law.population import Move
from chungtay.law.poverty import Area
from chungtay.places.models import Place
from chungtay.reviews import lineage
from chungtay.reviews.models import Assessment, CommuneReview, Round

HEADS = {
    "household_id": "BIGINT", "commune_code": "INTEGER", "urban": "BOOLEAN", "members": "INTEGER",
    "minority": "BOOLEAN", "b1": "INTEGER", "b2": "INTEGER", "ever_escaped": "BOOLEAN",
    "ever_left_near_poor": "BOOLEAN",
}  # fmt: skip
FAR_ABOVE = 10_000
"""Points of a household that nobody had to review: above every line that there is."""
OUT_OF_POVERTY = frozenset({Move.ESCAPED_TO_NEAR_POOR, Move.ESCAPED_ABOVE})
Line = tuple[int, int, bool, int | None, bool, int | None, int | None, bool, bool]


@dataclass(frozen=True)
class Home:
    """A commune of the round: its number in the file, its area, all its households and the minority ones among them."""

    code: int
    urban: bool
    households: int
    minority: int


def homes(round: Round) -> dict[int, Home]:
    """The communes of the round that have assessments, by place."""
    reviewed = set(Assessment.objects.in_force().filter(review__round=round).values_list("review__place", flat=True))
    codes = {place.pk: int(place.version.code) for place in Place.objects.communes(round.review_on)}
    areas = dict(
        Assessment.objects.in_force().filter(review__round=round).order_by().values_list("review__place", "area")
    )
    rows = CommuneReview.objects.filter(round=round, place__in=reviewed)
    return {
        row.place_id: Home(
            codes[row.place_id], areas[row.place_id] == Area.URBAN.value, row.households_all or 0, row.minority_all or 0
        )
        for row in rows
    }


def lines(round: Round, *, also: Round | None = None) -> Iterator[Line]:
    """One row for each household of those communes at the end of `round`.

    `also`: the round after it, whose households that were neither poor nor near-poor yet get a row of their own here.
    """
    known = homes(round)
    rows = Assessment.objects.in_force().filter(review__round=round).exclude(standing="").order_by("pk")
    earlier = lineage.earlier_moves(None, before=round)
    listed, minorities = Counter[int](), Counter[int]()
    seen: set[int] = set()
    told = rows.values_list("review__place", "household", "area", "persons", "minority", "b1", "b2")
    for place, household, area, persons, minority, b1, b2 in told.iterator(chunk_size=5000):
        seen.add(household)
        listed[place] += 1
        minorities[place] += minority
        moves = earlier.get(household, set())
        yield (
            household, known[place].code, area == Area.URBAN.value, persons, minority, b1, b2,
            not OUT_OF_POVERTY.isdisjoint(moves), Move.LEFT_NEAR_POOR in moves,
        )  # fmt: skip
    if also is not None:
        for place, household, minority in _newcomers(also, known):
            if household not in seen:
                listed[place] += 1
                minorities[place] += minority
                yield household, known[place].code, known[place].urban, None, minority, FAR_ABOVE, 0, False, False
    yield from _rest(known, listed, minorities)


def _newcomers(after: Round, known: dict[int, Home]) -> Iterator[tuple[int, int, bool]]:
    """Households of the round after that lived in these communes before it."""
    rows = Assessment.objects.in_force().filter(review__round=after, came="", gone="", review__place__in=list(known))
    yield from rows.order_by("pk").values_list("review__place", "household", "minority").iterator(chunk_size=5000)


def _rest(known: dict[int, Home], listed: Counter[int], minorities: Counter[int]) -> Iterator[Line]:
    """Everybody else of each commune, with numbers below 0 that no household bears."""
    number = 0
    for place, home in known.items():
        for at in range(max(home.households - listed[place], 0)):
            number -= 1
            is_minority = at < home.minority - minorities[place]
            yield number, home.code, home.urban, None, is_minority, FAR_ABOVE, 0, False, False
