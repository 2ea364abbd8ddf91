"""A whole round written at once from prepared rows, already approved and locked: for lists kept elsewhere until now.

The law classes each row, moves are told from the round before, and the sums are those of `reviews.summing`: what would
not be locked by the desk is refused here too. `Opening.review_on` is the day whose standard counts: the list of the end
of 2015 was made by the standard in force from 01/01/2016, so its `review_on` is that day and its `year` 2015.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection, transaction

from chungtay.law import deprivations
from chungtay.law.classifying import Facts, Income, Scores, classify
from chungtay.law.population import Move, move
from chungtay.law.poverty import Area, Class, area_of
from chungtay.law.refusals import Reason, Reasons, Refused
from chungtay.law.reviewing import Stage
from chungtay.places.models import Place
from chungtay.records import journal
from chungtay.reviews import lineage, peoples, settling, summing
from chungtay.reviews.assessments import Assessment
from chungtay.reviews.rounds import CommuneReview, Round
from chungtay.sheets.bulk import insert

COLUMNS = (
    "version", "review", "household", "area_path", "hamlet", "origin", "persons", "persons_before", "minority",
    "people", "no_labour", "merit", "area", "basis", "b1", "b2", "income_total", "lacking", "causes", "before",
    "standing", "came", "gone", "move", "answers", "because", "assessed_on", "why", "replaced", "is_demo",
)  # fmt: skip
ToldBefore = dict[tuple[int, int], tuple[str, int]]


@dataclass(frozen=True)
class Opening:
    """The round to be written: its days, the one before it, and the decision that approved it."""

    place: Place
    year: int
    title: str
    opens: date
    closes: date
    review_on: date
    decision: str
    approved_on: date
    locked_on: date
    previous: Round | None = None
    is_demo: bool = False


@dataclass(frozen=True)
class Totals:
    """All of a commune, not only the listed. None: nobody knows."""

    households: int
    persons: int | None = None
    minority: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One household in one commune (`place`, its key). Either points, or income with `lacking` (a mask), or `gone`.

    `came`: moved in or split off since the round before; `gone`: moved out, merged, died. A household that moved from
    one commune of the province to another has two rows, one in each. `lacking` beside points must give the same B2.
    `people` is that of the head; "" leaves it to the register.
    """

    household: int
    place: int
    hamlet: str
    persons: int
    b1: int | None = None
    b2: int | None = None
    income_total: int | None = None
    lacking: int | None = None
    causes: int = 0
    minority: bool = False
    people: str = ""
    no_labour: bool = False
    merit: bool = False
    origin: str = "carried"
    came: str = ""
    gone: str = ""


@transaction.atomic
def write_round(
    opening: Opening, rows: Iterable[Row], totals: Mapping[int, Totals], *, by: journal.Author, on: date, source: str
) -> Round:
    """The locked round with its communes (the keys of `totals`), assessments and figures; households get their class.

    Raises Refused with every table that does not close, every commune whose figures cannot be, and every row that
    names a commune without totals.
    """
    round = _open(opening)
    reviews = _reviews(round, opening, totals)
    before = _before(round, list(reviews.values()))
    faults = Reasons()
    ready = list(_assessments(round, reviews, before, rows, faults))
    faults.raise_if_any()
    insert(Assessment, COLUMNS, ready)
    peoples.freeze(Assessment.objects.filter(review__in=CommuneReview.objects.filter(round=round)))
    settling.settle(round, escaped_on=opening.approved_on)
    summed = summing.sum_round(round, as_of=round.review_on, source=source)
    for one in summed:
        faults.extend(Reason(f"{one.review.place}: {fault}") for fault in one.faults)
    faults.raise_if_any()
    settling.write_figures(summed)
    journal.record(
        "write_round", by=by, on=on, noun=round,
        body={"year": round.year, "communes": len(summed), "poor": sum(one.figures.poor for one in summed),
              "near_poor": sum(one.figures.near_poor for one in summed), "source": source},
    )  # fmt: skip
    return round


def _open(opening: Opening) -> Round:
    return Round.objects.create(
        place=opening.place, area_path=opening.place.path_on(opening.review_on), year=opening.year,
        title=opening.title, opens=opening.opens, closes=opening.closes, review_on=opening.review_on,
        previous=opening.previous, opened_on=opening.opens, approved_on=opening.approved_on, decision=opening.decision,
        locked_on=opening.locked_on, is_demo=opening.is_demo,
    )  # fmt: skip


def _reviews(round: Round, opening: Opening, totals: Mapping[int, Totals]) -> dict[int, CommuneReview]:
    """A review for each commune of `totals`, by place. Raises Refused for one that was none on that day."""
    places = {place.pk: place for place in Place.objects.communes(round.review_on).filter(pk__in=list(totals))}
    if strange := sorted(set(totals) - set(places)):
        raise Refused.because(f"Ngày {round.review_on:%d/%m/%Y} không có xã, phường, thị trấn nào mang khoá {strange}.")
    made = CommuneReview.objects.bulk_create(
        CommuneReview(
            round=round, place=place, area_path=place.path_on(round.review_on), stage=Stage.LOCKED.value,
            stage_since=opening.locked_on, households_all=totals[key].households, persons_all=totals[key].persons,
            minority_all=totals[key].minority, recognised_on=opening.approved_on, is_demo=opening.is_demo,
        )
        for key, place in places.items()
    )  # fmt: skip
    return {review.place_id: review for review in made}


def _before(round: Round, reviews: list[CommuneReview]) -> ToldBefore:
    """By place of this round and household: class and persons in the round before."""
    if round.previous is None:
        return {}
    homes = lineage.homes(round, reviews)
    told = Assessment.objects.in_force().filter(review__round=round.previous).exclude(standing="").order_by()
    rows = told.values_list("review__place", "household", "standing", "persons").iterator(chunk_size=5000)
    return {(homes[place], key): (standing, persons) for place, key, standing, persons in rows if place in homes}


def _assessments(
    round: Round, reviews: Mapping[int, CommuneReview], before: ToldBefore, rows: Iterable[Row], faults: Reasons
) -> Iterator[tuple[Any, ...]]:
    areas = {key: area_of(review.place.on(round.review_on).kind, on=round.review_on) for key, review in reviews.items()}
    history: Mapping[int, set[Move]] = {}
    if round.compares:
        history = lineage.earlier_moves(None, before=round)
    for row in rows:
        if row.place not in reviews:
            faults.add(f"Hộ {row.household} thuộc xã {row.place} không có trong đợt.")
            continue
        try:
            yield _assessment(round, reviews[row.place], areas[row.place], row, before, history)
        except Refused as refused:
            faults.extend(Reason(f"Hộ {row.household}: {reason.text}", reason.clause) for reason in refused.reasons)


def _assessment(
    round: Round, review: CommuneReview, area: Area, row: Row, before: ToldBefore, history: Mapping[int, set[Move]]
) -> tuple[Any, ...]:
    """The values of `COLUMNS`."""
    standing, basis = ("", "") if row.gone else _classed(area, row, round.review_on)
    was, persons, told = "", 0, row.gone
    if round.compares:
        if not row.came:
            was, persons = before.get((row.place, row.household), ("" if row.gone else Class.OUTSIDE.value, 0))
        cause = Move(row.came or row.gone) if row.came or row.gone else None
        told = _move(was, standing, frozenset(history.get(row.household, ())), cause)
    day = connection.ops.adapt_datefield_value(round.review_on)
    return (
        1, review.pk, row.household, review.area_path, row.hamlet, row.origin, 0 if row.gone else row.persons, persons,
        row.minority, row.people, row.no_labour, row.merit, area.value, basis, row.b1, row.b2, row.income_total,
        row.lacking, row.causes, was, standing, row.came if round.compares else "", row.gone, told, "{}", "{}", day,
        "", False, review.is_demo,
    )  # fmt: skip


def _classed(area: Area, row: Row, on: date) -> tuple[str, str]:
    """Class and basis. Raises Refused where nothing was found of the household."""
    if row.income_total is not None:
        means: tuple[int, int, bool] = (row.income_total, row.persons, True)
    elif row.b1 is not None and row.b2 is not None:
        means = (row.b1, row.b2, False)
    else:
        raise Refused.because("Không có điểm B1, B2 hoặc thu nhập.")
    return _class_of(area, means, row.lacking, on)


@lru_cache(maxsize=65536)
def _class_of(area: Area, means: tuple[int, int, bool], lacking: int | None, on: date) -> tuple[str, str]:
    """Class and basis. `means`: income and members (True), or B1 and B2."""
    told = Income(*means[:2]) if means[2] else Scores(*means[:2])
    names = None if lacking is None else deprivations.unmask(lacking)
    found = classify(Facts(area, told, names), on=on)
    return found.outcome.value, found.facts.basis.value


@lru_cache(maxsize=4096)
def _move(before: str, after: str, history: frozenset[Move], cause: Move | None) -> str:
    was, now = (Class(one) if one else None for one in (before, after))
    if was is None and now is None:
        raise Refused.because("Hộ không có ở kỳ trước nên không ghi là không còn.")
    return move(was, now, history, cause).value
