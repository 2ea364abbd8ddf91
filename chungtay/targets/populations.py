"""A locked round of the database as the rows of a population file, so that one command classifies both alike.

Communes whose households are reviewed one by one are given whole: whom the review did not look at stands as so many
rows without people, marked as such, so that rates are shares of all households. The class itself is not written: the
file holds what was found, points or income with the deprivations, and whoever reads it classifies anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from chungtay.law.deprivations import LISTS, unmask
from chungtay.law.population import Move
from chungtay.law.poverty import Area, Basis
from chungtay.places.models import Difficulty, Place
from chungtay.reviews import lineage
from chungtay.reviews.models import Assessment, CommuneReview, Round

FIXED = {
    "household_id": "BIGINT", "commune_code": "INTEGER", "urban": "BOOLEAN", "members": "INTEGER",
    "minority": "BOOLEAN", "not_reviewed": "BOOLEAN", "ever_escaped": "BOOLEAN", "ever_left_near_poor": "BOOLEAN",
    "b1": "INTEGER", "b2": "INTEGER", "income_total": "BIGINT",
}  # fmt: skip
FOUND = ("review__place", "household", "area", "persons", "minority", "basis", "b1", "b2", "income_total", "lacking")
OUT_OF_POVERTY = frozenset({Move.ESCAPED_TO_NEAR_POOR, Move.ESCAPED_ABOVE})
Line = tuple[int | bool | None, ...]


@dataclass(frozen=True)
class Home:
    """A commune of the round: its number in the file, its area, all its households and the minority ones among them.

    `minority` None: nobody entered how many there are.
    """

    code: int
    urban: bool
    households: int
    minority: int | None


def heads(round: Round) -> dict[str, str]:
    """The columns of the round's file with their SQL types: the same for all, then each deprivation of its standard."""
    return FIXED | dict.fromkeys(_asked(round), "BOOLEAN")


def _asked(round: Round) -> tuple[str, ...]:
    return tuple(LISTS.on(round.review_on).value)


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
            codes[row.place_id], areas[row.place_id] == Area.URBAN.value, row.households_all or 0, row.minority_all
        )
        for row in rows
    }


def special(known: dict[int, Home]) -> Iterator[str]:
    """Code and year of each of these communes that is known as specially difficult in that year."""
    rows = Difficulty.objects.filter(place__in=list(known)).order_by("place", "year")
    for place, year in rows.values_list("place_id", "year").distinct():
        yield f"{known[place].code},{year}"


def lines(round: Round, *, also: Round | None = None) -> Iterator[Line]:
    """One row for each household of those communes at the end of `round`, in the order of `heads`.

    `also`: the round after it, whose households that were neither poor nor near-poor yet get a row of their own here.
    """
    known, asked = homes(round), _asked(round)
    rows = Assessment.objects.in_force().filter(review__round=round).exclude(standing="").order_by("pk")
    earlier = lineage.earlier_moves(None, before=round)
    listed, minorities = Counter[int](), Counter[int]()
    seen: set[int] = set()
    for place, household, area, persons, minority, *found in rows.values_list(*FOUND).iterator(chunk_size=5000):
        seen.add(household)
        listed[place] += 1
        minorities[place] += minority
        moves = earlier.get(household, set())
        yield (
            household, known[place].code, area == Area.URBAN.value, persons, minority, False,
            not OUT_OF_POVERTY.isdisjoint(moves), Move.LEFT_NEAR_POOR in moves, *_means(found, asked),
        )  # fmt: skip
    if also is not None:
        for place, household, minority in _newcomers(also, known):
            if household not in seen:
                listed[place] += 1
                minorities[place] += minority
                yield _above(household, known[place], minority, asked)
    yield from _rest(known, listed, minorities, asked)


def _means(found: Sequence[Any], asked: tuple[str, ...]) -> Line:
    """Points or income, only those that the class rests on; then each deprivation, all empty where nobody asked."""
    basis, b1, b2, income, lacking = found
    names = None if lacking is None else unmask(lacking)
    means = (None, None, income) if basis == Basis.INCOME.value else (b1, b2, None)
    return (*means, *(None if names is None else name in names for name in asked))


def _above(household: int, home: Home, minority: bool, asked: tuple[str, ...]) -> Line:
    """A household that nobody had to review: above every line that there is."""
    return (household, home.code, home.urban, None, minority, True, False, False, *(None,) * (3 + len(asked)))


def _newcomers(after: Round, known: dict[int, Home]) -> Iterator[tuple[int, int, bool]]:
    """Households of the round after that lived in these communes before it."""
    rows = Assessment.objects.in_force().filter(review__round=after, came="", gone="", review__place__in=list(known))
    yield from rows.order_by("pk").values_list("review__place", "household", "minority").iterator(chunk_size=5000)


def _rest(
    known: dict[int, Home], listed: Counter[int], minorities: Counter[int], asked: tuple[str, ...]
) -> Iterator[Line]:
    """Everybody else of each commune, with numbers below 0 that no household bears."""
    number = 0
    for place, home in known.items():
        for at in range(max(home.households - listed[place], 0)):
            number -= 1
            yield _above(number, home, at < (home.minority or 0) - minorities[place], asked)
