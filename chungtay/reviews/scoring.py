"""Scoring one household: the law classes it on the spot, and why is kept beside the class."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from chungtay.accounts.models import Seat
from chungtay.law import causes, classifying, deprivations
from chungtay.law.classifying import Classified, Facts, Income, Scores
from chungtay.law.population import Move, move
from chungtay.law.poverty import Area, Class
from chungtay.law.refusals import Reason, Reasons, Refused
from chungtay.records import journal, versions
from chungtay.records.journal import Act
from chungtay.reviews import lineage
from chungtay.reviews.assessments import Assessment
from chungtay.reviews.rights import need_complaint, need_open
from chungtay.reviews.rounds import CommuneReview, Round

Earlier = Mapping[int, set[Move]]
"""Moves by which households left a list in earlier rounds, by the household's key."""
SCORED = (
    "persons", "area", "basis", "b1", "b2", "income_total", "lacking", "causes", "answers", "standing", "because",
    "assessed_on", "move",
)  # fmt: skip
BATCH = 100


@dataclass(frozen=True)
class Found:
    """What the reviewers found: points, or income; what the household lacks (None: nobody asked); why it is poor.

    `area` only where the kind of the commune does not tell it; `answers` by item of the B1 table, where one is loaded.
    """

    persons: int
    b1: int | None = None
    b2: int | None = None
    income_total: int | None = None
    lacking: frozenset[str] | None = None
    causes: frozenset[str] = frozenset()
    area: str = ""
    answers: Mapping[str, list[str]] = field(default_factory=dict)


@transaction.atomic
def score(row: Assessment, found: Found, *, by: Seat, on: date, version: int) -> Assessment:
    """Chấm điểm, xếp loại một hộ. After posting only while a complaint about the household waits for its answer.

    Raises `Refused` with everything that is wrong or missing, `Conflict` when somebody else scored it first.
    """
    review = row.review
    opened = need_open(review, by, on, "score", "recheck", what="chấm điểm")
    reasons = Reasons()
    need_complaint(review, row.household_id, opened, reasons)
    if row.gone:
        reasons.add("Hộ đã ghi là không còn trong xã.")
    classified = classified_or_refused(row, found, review.round, reasons)
    was = row.standing
    versions.guarded_update(row, version=version, where={"replaced": False}, **values(row, found, classified, on=on))
    journal.record_many([_scored(row, was, classified)], by=by, on=on)
    return row


@transaction.atomic
def score_many(review: CommuneReview, wanted: Mapping[int, Found], *, by: Seat, on: date) -> dict[int, str]:
    """Chấm điểm nhiều hộ một lúc, by the key of their assessments; a sentence for each that could not be.

    A few queries for all of them. Raises `Refused` when the commune is not scoring.
    """
    need_open(review, by, on, "score", what="chấm điểm")
    rows = Assessment.objects.in_force().select_for_update(of=("self",)).filter(review=review, pk__in=list(wanted))
    told = {row.pk: row for row in rows}
    earlier = lineage.earlier_moves([row.household_id for row in told.values()], before=review.round)
    lost, done, acts = {}, list[Assessment](), list[Act]()
    for key, found in wanted.items():
        row = told.get(key)
        if row is None or row.gone:
            lost[key] = "Hộ này không còn trong danh sách đang chấm điểm."
            continue
        row.review = review
        try:
            classified = classify(row.area or found.area, found, on=review.round.review_on)
        except Refused as refused:
            lost[key] = str(refused)
            continue
        was = row.standing
        for name, value in values(row, found, classified, on=on, earlier=earlier).items():
            setattr(row, name, value)
        row.version += 1
        done.append(row)
        acts.append(_scored(row, was, classified))
    Assessment.objects.bulk_update(done, [*SCORED, "version"], batch_size=BATCH)
    journal.record_many(acts, by=by, on=on)
    return lost


def _scored(row: Assessment, was: str, classified: Classified) -> Act:
    return Act(
        "score_household", row,
        {"review": row.review_id, "standard": classified.standard, "basis": row.basis},
        {"class": row.standing, "before": was, "b1": str(row.b1), "b2": str(row.b2)},
    )  # fmt: skip


def classified_or_refused(row: Assessment, found: Found, round: Round, reasons: Reasons) -> Classified:
    """The class by the standard of the round's day. Raises Refused with `reasons` and every further one."""
    try:
        classified = classify(row.area or found.area, found, on=round.review_on)
    except Refused as refused:
        reasons.extend(refused.reasons)
    else:
        reasons.raise_if_any()
        return classified
    raise Refused(list(reasons))


def classify(area: str, found: Found, *, on: date) -> Classified:
    """The class of what was found, by the standard of `on`. Raises Refused with everything wrong."""
    reasons = Reasons()
    if not area:
        reasons.add("Cần chọn hộ ở nông thôn hay thành thị.", field="area")
    if found.persons < 1:
        reasons.add("Hộ phải có ít nhất một người.", field="persons")
    means: Income | Scores | None = None
    if found.income_total is not None:
        means = Income(found.income_total, found.persons)
    elif found.b1 is None and found.b2 is None:
        reasons.add("Cần ghi điểm B1 và B2, hoặc thu nhập của cả hộ.", field="b1")
    elif found.b1 is None or found.b2 is None:
        reasons.add("Cần ghi đủ cả điểm B1 và điểm B2.", field="b1" if found.b1 is None else "b2")
    else:
        means = Scores(found.b1, found.b2)
    if unknown := found.causes - set(causes.CAUSES):
        reasons.add(f"Không có nguyên nhân {', '.join(sorted(unknown))}.", field="causes")
    if means is None or len(reasons):
        raise Refused(list(reasons))
    try:
        return classifying.classify(Facts(Area(area), means, found.lacking), on=on)
    except Refused as refused:
        raise Refused(_at_field(reason) for reason in refused.reasons) from refused


def _at_field(reason: Reason) -> Reason:
    return Reason(reason.text, reason.clause, "persons" if reason.field == "members" else reason.field)


def values(
    row: Assessment, found: Found, classified: Classified, *, on: date, earlier: Earlier | None = None
) -> dict[str, Any]:
    """The columns that a score fills: what was found, the class, why, and how the household moved.

    `earlier`: moves of earlier rounds where they were asked for many households at once.
    """
    means = classified.facts.means
    points = isinstance(means, Scores)
    return {
        "persons": found.persons,
        "area": classified.facts.area.value,
        "basis": classified.facts.basis.value,
        "b1": found.b1 if points else None,
        "b2": found.b2 if points else None,
        "income_total": None if points else found.income_total,
        "lacking": None if found.lacking is None else deprivations.mask(found.lacking),
        "causes": causes.mask(found.causes),
        "answers": dict(found.answers),
        "standing": classified.outcome.value,
        "because": because(found, classified),
        "assessed_on": on,
        "move": told_move(row, classified.outcome, earlier),
    }


def because(found: Found, classified: Classified) -> dict[str, Any]:
    """What is kept of why a household has its class: the law's record, and which of the points told were not used."""
    kept: dict[str, Any] = dict(classifying.record(classified))
    unused = [f"điểm {name} {told}" for name, told in (("B1", found.b1), ("B2", found.b2)) if told is not None]
    if isinstance(classified.facts.means, Income) and unused:
        *before, last = kept["lines"]
        said = f"Xếp loại theo thu nhập; không dùng {' và '.join(unused)} đã ghi."
        kept["lines"] = [*before, said, last]
    return kept


def told_move(row: Assessment, outcome: Class, earlier: Earlier | None = None) -> str:
    """How the household moved since the round before, "" where rounds cannot be compared."""
    if not row.review.round.compares:
        return ""
    before = Class(row.before) if row.before else None
    if earlier is None:
        earlier = lineage.earlier_moves([row.household_id], before=row.review.round)
    cause = Move(row.came) if row.came else None
    return move(before, outcome, earlier.get(row.household_id, set()), cause).value


def next_unscored(review: CommuneReview, after: Assessment) -> Assessment | None:
    """The next household of the same hamlet without a class, else of another hamlet."""
    rows = Assessment.objects.in_force().filter(review=review, standing="", gone="").exclude(pk=after.pk)
    return rows.filter(hamlet=after.hamlet).order_by("-id").first() or rows.order_by("hamlet", "-id").first()
