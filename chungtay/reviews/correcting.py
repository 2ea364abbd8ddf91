"""Corrections after the lock: a new assessment beside the old one, and a new row of figures; both old ones stay."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from chungtay.accounts.models import Seat
from chungtay.households.models import Household
from chungtay.law.population import DEPARTURES, Move
from chungtay.law.poverty import Class
from chungtay.law.procedure import Desk
from chungtay.law.refusals import Reason, Reasons
from chungtay.records import journal, versions, walls
from chungtay.reviews import carrying, closing, lineage, listing, peoples, scoring, summing
from chungtay.reviews.assessments import Assessment
from chungtay.reviews.figures import Figures
from chungtay.reviews.rights import CLAUSE, NO_WORDS, Placed, need_desk, need_in_sight
from chungtay.reviews.rounds import CommuneReview, Round
from chungtay.reviews.scoring import Found, told_move

COPIED = (
    "review", "household", "area_path", "hamlet", "origin", "persons_before", "minority", "people", "no_labour",
    "merit", "before", "came", "is_demo",
)  # fmt: skip
TOTALS = ("households_all", "persons_all", "minority_all")


@transaction.atomic
def correct(row: Assessment, found: Found, *, why: str, by: Seat, on: date, version: int) -> Assessment:
    """Điều chỉnh sau khóa: another class, or a class for a household that was told to be gone and is not.

    Only in the last locked round; the next one, if it is open, follows. Raises `Refused` with every reason, `Conflict`
    when somebody else corrected the same household first.
    """
    round = row.review.round
    reasons, after = _guard(row, round, why, by, on)
    if row.gone and row.household.closed_on is not None and row.household.closed_on <= round.review_on:
        reasons.add(
            f"Sổ hộ ghi hộ đã ra khỏi sổ ngày {row.household.closed_on:%d/%m/%Y}: nếu ghi nhầm thì xã ghi lại vào sổ "
            "trước, rồi mới xếp loại."
        )
    if row.gone:
        reasons.extend(_classed_elsewhere(row))
    classified = scoring.classified_or_refused(row, found, round, reasons)
    made = _beside(row, why, version)
    for name, value in scoring.values(made, found, classified, on=on).items():
        setattr(made, name, value)
    made.save(force_insert=True)
    _figures(made.review, on=on).raise_if_any()
    _restand(made.household, round)
    if after is not None:
        _follow(made, after)
    _record("correct_assessment", made, by, on, before=row.standing, corrects=row.pk)
    return made


@transaction.atomic
def correct_gone(row: Assessment, gone: Move | None, *, why: str, by: Seat, on: date, version: int) -> Assessment:
    """Điều chỉnh sau khóa: a household that was classed had moved out, merged or died before the review, and the
    register says so too.

    Its class becomes what earlier rounds say; in an open round after it, it is not carried any more. Raises `Refused`
    with every reason, `Conflict` when somebody else corrected the same household first.
    """
    round = row.review.round
    reasons, after = _guard(row, round, why, by, on)
    if gone is None or gone not in DEPARTURES:
        reasons.add("Hãy chọn chuyển đi, nhập hộ hoặc không còn ai trong hộ.", field="gone")
    if row.gone:
        reasons.add("Phiếu này đã ghi hộ không còn trong xã.", field="gone")
    if row.came:
        reasons.add(
            "Hộ ghi là mới có trong xã ở kỳ này nên không thể vừa đến vừa không còn: biến động sẽ không khớp. "
            "Hãy điều chỉnh loại hộ.",
            clause=CLAUSE, field="gone",
        )  # fmt: skip
    if closing.lives_in(row.review, row.household):
        reasons.add(
            "Sổ hộ vẫn ghi hộ đang ở xã: xã ghi chuyển đi, nhập hộ hoặc đưa hộ ra khỏi sổ trước.", clause=CLAUSE,
            field="gone",
        )  # fmt: skip
    reasons.raise_if_any()
    made = _beside(row, why, version)
    made.gone = made.move = gone.value if gone is not None else ""
    made.save(force_insert=True)
    _figures(made.review, on=on).raise_if_any()
    _restand(made.household, round)
    if after is not None:
        _forget(made, after)
    _record("correct_gone", made, by, on, before=row.standing, corrects=row.pk)
    return made


@transaction.atomic
def correct_forgotten(
    review: CommuneReview, household: Household, found: Found, *, why: str, by: Seat, on: date,
    came: Move | None = None,
) -> Assessment:  # fmt: skip
    """Bổ sung sau khóa một hộ bị sót: it lived in the commune on the review's day and stands on no list of the round.

    How it came since the round before is asked of the register where nobody says. Raises `Refused` with every reason.
    """
    round = review.round
    reasons, after = _guard(review, round, why, by, on)
    reasons.extend(_not_forgotten(review, household))
    begun = carrying.begins(review, household, came)
    row = carrying.row_for(review, household, origin=Assessment.Origin.FOUND, begun=begun)
    row.review, row.why = review, why.strip()[:500]
    classified = scoring.classified_or_refused(row, found, round, reasons)
    for name, value in scoring.values(row, found, classified, on=on).items():
        setattr(row, name, value)
    row.save(force_insert=True)
    peoples.freeze(Assessment.objects.filter(pk=row.pk))
    _figures(review, on=on).raise_if_any()
    _restand(household, round)
    if after is not None:
        _follow(row, after)
    _record("correct_forgotten", row, by, on, before="", corrects=None)
    return row


@transaction.atomic
def correct_totals(
    review: CommuneReview, totals: listing.Totals, *, why: str, by: Seat, on: date, version: int
) -> CommuneReview:
    """Điều chỉnh tổng số hộ, nhân khẩu, hộ dân tộc thiểu số của xã sau khóa; the lists and their movement stay as they
    are. Raises `Refused` with every reason, `Conflict`.
    """
    reasons, _ = _guard(review, review.round, why, by, on)
    reasons.extend(listing.faults_of_totals(totals))
    was = {name: getattr(review, name) for name in TOTALS}
    new: dict[str, Any] = dict(zip(TOTALS, (totals.households, totals.persons, totals.minority), strict=True))
    if was == new:
        reasons.add("Chưa sửa gì.")
    reasons.raise_if_any()
    versions.guarded_update(review, version=version, **new)
    old = _replaced(review, on)
    figures = Figures(**{one.attname: getattr(old, one.attname) for one in Figures._meta.concrete_fields[1:]})
    figures.households_all, figures.persons_all, figures.minority_all = new.values()
    figures.source, figures.written_on = _source(old, on), on
    figures.replaced, figures.replaced_on = False, None
    Reasons(Reason(fault, CLAUSE) for fault in summing.faults_of_totals(review, figures)).raise_if_any()
    figures.save(force_insert=True)
    body = {"before": was, "after": new}
    journal.record("correct_totals", by=by, on=on, noun=review, body=body, personal={"why": why.strip()})
    return review


def _guard(row: Placed, round: Round, why: str, by: Seat, on: date) -> tuple[Reasons, Round | None]:
    """What stands against any correction of this round, and the round after it. Raises Refused for another desk."""
    need_desk(by, Desk.LABOUR, what="điều chỉnh số liệu đã khóa")
    need_in_sight(row, by, on)
    reasons = Reasons()
    if not why.strip():
        reasons.add(NO_WORDS, clause=CLAUSE, field="why")
    if not round.is_locked:
        reasons.add("Số liệu của đợt này chưa khóa; sửa ngay trong đợt.")
    after = Round.objects.filter(previous=round).first()
    if after is not None and after.is_locked:
        reasons.add(f"“{after.title}” lập từ danh sách này đã khóa; điều chỉnh ở đợt đó.")
    return reasons, after


@walls.everything("a household stands on one list of a round, whichever commune made it")
def _classed_elsewhere(row: Assessment) -> Reasons:
    """Why a household that was told to be gone cannot be classed here: another commune of the round did."""
    rows = Assessment.objects.in_force().filter(review__round=row.review.round_id, household=row.household_id)
    other = rows.exclude(standing="").select_related("review__place").first()
    found = Reasons()
    if other is not None:
        found.add(f"Hộ này đã được xếp loại ở {other.review.place} trong đợt.")
    return found


def _not_forgotten(review: CommuneReview, household: Household) -> Reasons:
    """Why a household cannot have been forgotten by this commune's list."""
    round, found = review.round, Reasons()
    if household.place_id not in lineage.grounds(review):
        found.add("Hộ này không ở trong xã.", field="household")
    elif closing.came_after([household.pk], round.review_on):
        found.add(f"Hộ chuyển đến xã sau ngày tính chuẩn ({round.review_on:%d/%m/%Y}).", field="household")
    if household.opened_on > round.review_on:
        found.add(
            f"Hộ có trong sổ từ {household.opened_on:%d/%m/%Y}, sau ngày tính chuẩn ({round.review_on:%d/%m/%Y}).",
            field="household",
        )
    if household.closed_on is not None and household.closed_on <= round.review_on:
        found.add(f"Hộ đã ra khỏi sổ ngày {household.closed_on:%d/%m/%Y}.", field="household")
    with walls.everything("a household stands on one list of a round, whichever commune made it"):
        known = Assessment.objects.in_force().filter(review__round=round, household=household)
        other = known.exclude(standing="", review__place=review.place_id).select_related("review__place").first()
        mine = known.filter(review=review).first()
    if mine is not None:
        found.add("Hộ này đã có phiếu trong đợt; hãy điều chỉnh phiếu đó.", field="household")
    elif other is not None and other.standing:
        found.add(f"Hộ này đã có phiếu ở {other.review.place} trong đợt.", field="household")
    listed = Figures.objects.in_force().filter(round=round, place=review.place_id).first()
    if listed is None:
        found.add("Xã chưa có số liệu khóa của đợt này.")
    elif listed.poor + listed.near_poor and not Assessment.objects.filter(review=review).exists():
        found.add("Xã này chỉ có số tổng, chưa nạp từng hộ, nên không bổ sung riêng một hộ được.")
    return found


def _beside(row: Assessment, why: str, version: int) -> Assessment:
    """The unsaved assessment that takes the place of `row`, which stays and is marked."""
    versions.guarded_update(row, version=version, where={"replaced": False}, replaced=True)
    told: dict[str, Any] = {name: getattr(row, name) for name in COPIED}
    return Assessment(**told, corrects=row, why=why.strip()[:500])


def _figures(review: CommuneReview, *, on: date) -> Reasons:
    """A new row of figures in the place of the one in force, with its own source; what is wrong with it."""
    old = _replaced(review, on)
    [summed] = summing.sum_up(review.round, [review], as_of=old.as_of, source=_source(old, on))
    summed.figures.special = old.special
    summed.figures.written_on = on
    summed.figures.save(force_insert=True)
    return Reasons(Reason(fault, CLAUSE) for fault in summed.faults)


def _replaced(review: CommuneReview, on: date) -> Figures:
    """The figures in force until that day, marked as replaced. Of two who correct at once the second waits here."""
    CommuneReview.objects.select_for_update().get(pk=review.pk)
    old = Figures.objects.in_force().get(round=review.round_id, place=review.place_id)
    Figures.objects.filter(pk=old.pk).update(replaced=True, replaced_on=on)
    return old


def _source(old: Figures, on: date) -> str:
    """Many read the source of a figure; why a household was corrected may name it, and stays with its assessment."""
    return f"{old.source}; điều chỉnh ngày {on:%d/%m/%Y}"[:300]


def _record(act: str, made: Assessment, by: Seat, on: date, *, before: str, corrects: int | None) -> None:
    journal.record(
        act, by=by, on=on, noun=made, body={"corrects": corrects, "review": made.review_id},
        personal={"before": before, "class": made.standing or made.gone, "why": made.why},
    )  # fmt: skip


@walls.everything("what a household's class was before is told also where it lived then")
def _restand(household: Household, round: Round) -> None:
    """The household's class is what its locked rounds say now, unless a decision of a later day gave it another."""
    rows = Assessment.objects.in_force().filter(
        household=household, review__round__place=round.place_id, review__round__locked_on__isnull=False
    ).exclude(standing="")  # fmt: skip
    told = list(rows.select_related("review__round").order_by("-review__round__year", "-id"))
    last = told[0] if told else None
    mine = Household.objects.filter(pk=household.pk)
    mine.filter(Q(standing_since__isnull=True) | Q(standing_since__lte=round.review_on)).update(
        standing="" if last is None else last.standing,
        standing_since=None if last is None else last.review.round.review_on,
        escaped_on=_escaped(household, told), version=F("version") + 1,
    )  # fmt: skip
    household.refresh_from_db()


def _escaped(household: Household, told: list[Assessment]) -> date | None:
    """Since when the household is above the near-poor line; the day that a request gave stays where it is earlier."""
    for row in told:
        if row.standing in carrying.LISTED:
            return None
        if row.move in carrying.ABOVE:
            decided, previous = row.review.round.approved_on, row.review.round.previous
            known = household.escaped_on
            if known is None or decided is None or previous is None:
                return decided
            return known if previous.review_on < known < decided else decided
    return household.escaped_on if told else None


def _follow(made: Assessment, after: Round) -> None:
    """The open round that began with this list begins with what is true now."""
    review = _home(made, after)
    rows = _carried(made, after)
    for row in rows:
        changed: dict[str, Any] = {"before": made.standing, "persons_before": made.persons}
        row.before = made.standing
        if row.standing:
            changed["move"] = told_move(row, Class(row.standing))
        versions.guarded_update(row, **changed)
    if not rows and review is not None and made.standing in carrying.LISTED:
        begun = carrying.Begun(made.standing, made.persons)
        row = carrying.row_for(review, made.household, origin=Assessment.Origin.CARRIED, begun=begun)
        row.save(force_insert=True)


def _forget(made: Assessment, after: Round) -> None:
    """The open round that began with this list does not begin with the household: whoever is there again has come."""
    for row in _carried(made, after):
        if not row.standing:
            row.delete()
            continue
        row.before, row.came = "", Move.MOVED_IN.value if after.compares else ""
        move = told_move(row, Class(row.standing))
        versions.guarded_update(row, before="", persons_before=0, came=row.came, move=move)


def _carried(made: Assessment, after: Round) -> list[Assessment]:
    """The household's assessments in the open round that the list before is told from."""
    rows = Assessment.objects.in_force().filter(review=_home(made, after), household=made.household_id, came="")
    return list(rows.select_related("review__round__previous"))


def _home(made: Assessment, after: Round) -> CommuneReview | None:
    """The review of the next round that goes on with the list which `made` stands in, wherever the household is now."""
    reviews = {one.place_id: one for one in after.communes.select_related("round__previous", "place")}
    home = lineage.homes(after, list(reviews.values())).get(made.review.place_id)
    return None if home is None else reviews[home]
