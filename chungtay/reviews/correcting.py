"""Corrections after the lock: a new assessment beside the old one, and a new row of figures; both old ones stay."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from chungtay.accounts.models import Seat
from chungtay.households.models import Household
from chungtay.law.poverty import Class
from chungtay.law.procedure import Desk
from chungtay.law.refusals import Reason, Reasons
from chungtay.records import journal, versions
from chungtay.reviews import carrying, scoring, summing
from chungtay.reviews.assessments import Assessment
from chungtay.reviews.figures import Figures
from chungtay.reviews.rights import CLAUSE, NO_WORDS, need_desk, need_in_sight
from chungtay.reviews.rounds import CommuneReview, Round
from chungtay.reviews.scoring import Found, told_move

COPIED = (
    "review", "household", "area_path", "hamlet", "origin", "persons_before", "minority", "no_labour", "merit",
    "before", "came", "is_demo",
)  # fmt: skip


@transaction.atomic
def correct(row: Assessment, found: Found, *, why: str, by: Seat, on: date, version: int) -> Assessment:
    """Điều chỉnh sau khóa: only in the last locked round; the next one, if it is open, follows.

    Raises `Refused` with every reason, `Conflict` when somebody else corrected the same household first.
    """
    need_desk(by, Desk.LABOUR, what="điều chỉnh số liệu đã khóa")
    need_in_sight(row, by, on)
    round, reasons = row.review.round, Reasons()
    if not why.strip():
        reasons.add(NO_WORDS, clause=CLAUSE, field="why")
    if not round.is_locked:
        reasons.add("Số liệu của đợt này chưa khóa; sửa ngay trên phiếu.")
    if row.gone:
        reasons.add("Hộ đã ghi là không còn trong xã ở đợt này.")
    after = Round.objects.filter(previous=round).first()
    if after is not None and after.is_locked:
        reasons.add(f"“{after.title}” lập từ danh sách này đã khóa; điều chỉnh ở đợt đó.")
    classified = scoring.classified_or_refused(row, found, round, reasons)
    versions.guarded_update(row, version=version, where={"replaced": False}, replaced=True)
    told: dict[str, Any] = {name: getattr(row, name) for name in COPIED}
    made = Assessment(**told, corrects=row, why=why.strip()[:500])
    for name, value in scoring.values(made, found, classified, on=on).items():
        setattr(made, name, value)
    made.save(force_insert=True)
    _figures(made.review, why=made.why, on=on).raise_if_any()
    _household(made, round, on)
    if after is not None:
        _follow(made, after)
    journal.record(
        "correct_assessment", by=by, on=on, noun=made, body={"corrects": row.pk, "review": made.review_id},
        personal={"before": row.standing, "class": made.standing, "why": made.why},
    )  # fmt: skip
    return made


def _figures(review: CommuneReview, *, why: str, on: date) -> Reasons:
    """A new row of figures in the place of the one in force, with its own source; what is wrong with it."""
    old = Figures.objects.in_force().get(round=review.round_id, place=review.place_id)
    source = f"{old.source}; điều chỉnh ngày {on:%d/%m/%Y}: {why}"[:300]
    [summed] = summing.sum_up(review.round, [review], as_of=old.as_of, source=source)
    Figures.objects.filter(pk=old.pk).update(replaced=True)
    summed.figures.newly_escaped, summed.figures.special = old.newly_escaped, old.special
    summed.figures.save(force_insert=True)
    return Reasons(Reason(fault, CLAUSE) for fault in summed.faults)


def _household(made: Assessment, round: Round, on: date) -> None:
    """The household's class follows, unless a decision of a later day gave it another."""
    above = made.move in carrying.ABOVE
    mine = Household.objects.filter(pk=made.household_id, standing_since=round.review_on)
    mine.update(
        standing=made.standing, version=F("version") + 1, escaped_on=(round.approved_on or on) if above else None
    )


def _follow(made: Assessment, after: Round) -> None:
    """The open round that began with this list begins with what is true now."""
    rows = Assessment.objects.counting().filter(review__round=after, household=made.household_id, came="")
    for row in rows.select_related("review__round__previous"):
        before = made.standing
        changed: dict[str, Any] = {"before": before, "persons_before": made.persons}
        row.before = before
        if row.standing:
            changed["move"] = told_move(row, Class(row.standing))
        versions.guarded_update(row, **changed)
    known = rows.exists()
    review = CommuneReview.objects.filter(round=after, place=made.household.place_id).select_related("round").first()
    if not known and review is not None and made.standing in carrying.LISTED:
        row = carrying.row_for(after, review, made.household, origin=Assessment.Origin.CARRIED, came=None)
        row.before, row.persons_before = made.standing, made.persons
        row.save(force_insert=True)
