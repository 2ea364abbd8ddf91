"""One commune's figures, or those of a whole round, from their assessments: one pass over the rows, a few queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Count

from chungtay.law.causes import CAUSES
from chungtay.law.deprivations import INDICATORS
from chungtay.law.population import Change, Counted, Flow, Move, count
from chungtay.law.poverty import Class
from chungtay.places.models import Difficulty
from chungtay.records import walls
from chungtay.reviews import escaping, lineage, peoples
from chungtay.reviews.assessments import Assessment
from chungtay.reviews.figures import Figures
from chungtay.reviews.rounds import CommuneReview, Round

TABLES = {"poor": "poor", "near_poor": "near_poor", "poor_persons": "poor", "near_poor_persons": "near_poor"}
"""The four tables of movement, and the list that each is about."""
GROUPS = ("minority", "no_labour", "merit", "other")
ROW = (
    "review", "household", "before", "standing", "move", "persons", "persons_before", "minority", "no_labour", "merit",
    "people", "lacking", "causes",
)  # fmt: skip
_CLASS: Mapping[str, Class | None] = {"": None} | {one.value: one for one in Class}
_LIST = {"": ""} | {one.value: "poor" if one.is_poor else "near_poor" if one.is_listed else "" for one in Class}


@dataclass
class Tally:
    """What the rows of one commune add up to; `groups`, `peoples`, `lacking` and `causes` by list."""

    households: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    persons: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    minority: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    groups: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    peoples: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    lacking: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    causes: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    first: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    changes: list[Change] = field(default_factory=list)
    unfinished: int = 0


@dataclass(frozen=True)
class Summed:
    """One commune's review added up: its figures, not yet written, and why they could not be locked (sentences)."""

    review: CommuneReview
    figures: Figures
    counted: Counted
    faults: tuple[str, ...]


def sum_round(round: Round, *, as_of: date, source: str) -> list[Summed]:
    """The figures of every commune of the round, in the order of the communes."""
    reviews = list(round.communes.select_related("place").order_by("area_path"))
    return sum_up(round, reviews, as_of=as_of, source=source)


def sum_up(round: Round, reviews: Sequence[CommuneReview], *, as_of: date, source: str) -> list[Summed]:
    """The figures of these communes of one round. The number of queries does not depend on how many there are.

    The columns of movement come from the rows, the start from the figures of the round before, the end from the
    classes: a household that was listed and is told nowhere now leaves a table that does not close. Newly escaped are
    those of the day on which the province decided. All households are 0 as long as a commune has not told them.
    """
    tallies = _tallies(round, reviews)
    starts = _starts(round, reviews)
    escaped = _newly_escaped(round, reviews)
    special = set(
        Difficulty.objects.filter(year=round.year, place__in=[one.place_id for one in reviews])
        .order_by()
        .values_list("place", flat=True)
    )
    found = []
    for review in reviews:
        tally = tallies[review.pk]
        counted = _counted(tally, starts.get(review.place_id)) if round.compares else Counted()
        figures = _figures(round, review, tally, as_of=as_of, source=source)
        figures.newly_escaped = escaped.get(review.place_id, 0)
        figures.special = review.place_id in special
        figures.flows = asdict(counted) if round.compares else {}
        found.append(Summed(review, figures, counted, tuple(_faults(review, figures, tally, counted))))
    return found


def _tallies(round: Round, reviews: Sequence[CommuneReview]) -> dict[int, Tally]:
    mine = Assessment.objects.in_force().filter(review__in=reviews)
    first = _first_list(round, reviews)
    found: dict[int, Tally] = {review.pk: Tally() for review in reviews}
    told: dict[tuple[Any, ...], Change] = {}
    for row in mine.order_by().values_list(*ROW).iterator(chunk_size=5000):
        review, household, before, standing, move, now, was, minority, no_labour, merit, people, lacking, causes = row
        tally = found[review]
        if standing:
            tally.households[standing] += 1
            on_list = _LIST[standing]
            if on_list:
                _listed(tally, on_list, now, (minority, no_labour, merit), lacking or 0, causes)
                tally.peoples[on_list, peoples.group_of(people)] += 1
            if on_list == "poor" and household in first:
                tally.first[first[household]] += 1
        elif not move:
            tally.unfinished += 1
            continue
        if move and (before or standing):
            key = (before, standing, move, was if before else 0, now if standing else 0)
            if key not in told:
                told[key] = Change(_CLASS[before], _CLASS[standing], Move(move), key[3], key[4])
            tally.changes.append(told[key])
    return found


def _listed(
    tally: Tally, on_list: str, persons: int, marks: tuple[bool, bool, bool], lacking: int, causes: int
) -> None:
    tally.persons[on_list] += persons
    tally.minority[on_list] += marks[0]
    for name, holds in zip(GROUPS, (*marks, not any(marks)), strict=True):
        tally.groups[on_list, name] += holds
    tally.lacking[on_list, lacking] += 1
    tally.causes[on_list, causes] += 1


@walls.everything("a household of the first list is followed wherever it lives now")
def _first_list(round: Round, reviews: Collection[CommuneReview]) -> dict[int, str]:
    """Of the households of these reviews, those that the first list held as poor, and how."""
    first = lineage.first_of(round)
    here = Assessment.objects.in_force().filter(review__in=reviews, standing__in=[o.value for o in Class if o.is_poor])
    poor = Assessment.objects.in_force().filter(
        review__round=first, standing__in=[Class.INCOME_POOR.value, Class.SERVICE_POOR.value]
    )
    narrowed = poor.filter(household__in=here.values("household")) if len(reviews) == 1 else poor
    return dict(narrowed.order_by().values_list("household", "standing"))


def _starts(round: Round, reviews: Sequence[CommuneReview]) -> dict[int, dict[str, int]]:
    """By place: households and persons on each list at the end of the round before, as its figures in force say."""
    homes = lineage.homes(round, reviews)
    found: dict[int, dict[str, int]] = {}
    if not round.compares:
        return found
    rows = Figures.objects.in_force().filter(round=round.previous_id, place__in=list(homes))
    for place, *sizes in rows.order_by().values_list("place", *TABLES):
        start = found.setdefault(homes[place], dict.fromkeys(TABLES, 0))
        for name, size in zip(TABLES, sizes, strict=True):
            start[name] += size
    return found


def _counted(tally: Tally, start: Mapping[str, int] | None) -> Counted:
    """The four tables; the start as the round before left it, the end as the classes of this round say."""
    told = count(tally.changes)
    poor = sum(size for standing, size in tally.households.items() if _LIST[standing] == "poor")
    ends = {
        "poor": poor,
        "near_poor": tally.households[Class.NEAR_POOR.value],
        "poor_persons": tally.persons["poor"],
        "near_poor_persons": tally.persons["near_poor"],
    }
    begun = start or dict.fromkeys(TABLES, 0)
    tables: dict[str, Flow] = {name: replace(getattr(told, name), start=begun[name], end=ends[name]) for name in TABLES}
    return Counted(**tables)


def _newly_escaped(round: Round, reviews: Sequence[CommuneReview]) -> dict[int, int]:
    """By place: the households of the lists that came above the near-poor line and still are within their months."""
    rows = Assessment.objects.in_force().filter(escaping.newly_escaped(round), review__in=reviews)
    return dict(rows.order_by().values_list("review__place").annotate(Count("pk")))


def _figures(round: Round, review: CommuneReview, tally: Tally, *, as_of: date, source: str) -> Figures:
    of = tally.households
    income_poor, service_poor = of[Class.INCOME_POOR.value], of[Class.SERVICE_POOR.value]
    return Figures(
        round=round, place_id=review.place_id, area_path=review.area_path, year=round.year, as_of=as_of,
        households_all=review.households_all or 0, persons_all=review.persons_all, minority_all=review.minority_all,
        income_poor=income_poor, service_poor=service_poor, poor=income_poor + service_poor + of[Class.POOR.value],
        near_poor=of[Class.NEAR_POOR.value],
        poor_persons=tally.persons["poor"], near_poor_persons=tally.persons["near_poor"],
        minority_poor=tally.minority["poor"], minority_near_poor=tally.minority["near_poor"],
        of_first_income_poor=tally.first[Class.INCOME_POOR.value],
        of_first_service_poor=tally.first[Class.SERVICE_POOR.value],
        lacking=_by_bit(tally.lacking, {one.id: one.bit for one in INDICATORS.values()}),
        causes=_by_bit(tally.causes, {one.id: one.bit for one in CAUSES.values()}),
        groups={name: {group: tally.groups[name, group] for group in GROUPS} for name in ("poor", "near_poor")},
        peoples={name: {one: tally.peoples[name, one] for one in peoples.GROUPS} for name in ("poor", "near_poor")},
        source=source, is_demo=review.is_demo,
    )  # fmt: skip


def _by_bit(counts: Mapping[tuple[str, int], int], bits: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Households by list and by name of a bit, from households by mask; names that nobody has are left out."""
    found: dict[str, dict[str, int]] = {"poor": {}, "near_poor": {}}
    for (on_list, mask), size in counts.items():
        for name, bit in bits.items():
            if mask & bit:
                found[on_list][name] = found[on_list].get(name, 0) + size
    return {on_list: {name: told[name] for name in bits if name in told} for on_list, told in found.items()}


def _faults(review: CommuneReview, figures: Figures, tally: Tally, counted: Counted) -> list[str]:
    """Why this commune's figures could not be locked; empty where they could."""
    found = []
    if tally.unfinished:
        found.append(f"Còn {tally.unfinished} hộ chưa được xếp loại hoặc ghi lý do không còn trong xã.")
    return found + faults_of_totals(review, figures) + counted.faults()


def faults_of_totals(review: CommuneReview, figures: Figures) -> list[str]:
    """Why the lists of a commune cannot be part of its totals; empty where they can."""
    found = []
    if review.households_all is None:
        found.append("Chưa ghi tổng số hộ của xã.")
    elif figures.poor + figures.near_poor > review.households_all:
        found.append(
            f"Hộ nghèo và cận nghèo ({figures.poor + figures.near_poor}) nhiều hơn tổng số hộ của xã "
            f"({review.households_all})."
        )
    minority = figures.minority_poor + figures.minority_near_poor
    if review.minority_all is not None and minority > review.minority_all:
        found.append(
            f"Hộ nghèo và cận nghèo dân tộc thiểu số ({minority}) nhiều hơn tổng số hộ dân tộc thiểu số của xã "
            f"({review.minority_all})."
        )
    return found
