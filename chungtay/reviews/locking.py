"""The province's part: approval of the whole round by one decision, and the lock that makes its figures stand."""

from datetime import date

from django.db import transaction
from django.db.models import F

from chungtay.accounts import notices
from chungtay.accounts.models import Seat
from chungtay.law import reviewing
from chungtay.law.procedure import Desk
from chungtay.law.refusals import Conflict, Reason, Reasons
from chungtay.law.reviewing import Stage, Step
from chungtay.records import journal
from chungtay.reviews import closing, settling, summing
from chungtay.reviews.rights import need_in_sight
from chungtay.reviews.rounds import CommuneReview, Round

NAMED = 10
RECOGNISED = (Stage.RECOGNISED, Stage.APPROVED, Stage.LOCKED)
"""The stages of a commune that has nothing more to do."""
FIRST = Conflict([Reason("Người khác vừa làm việc này trước bạn. Mở lại trang để xem.")])


@transaction.atomic
def approve(round: Round, *, decision: str, by: Seat, on: date) -> Round:
    """Phê duyệt kết quả: every commune must have recognised its list. Raises `Refused` naming those that have not."""
    step = _step("approve", Stage.RECOGNISED, round, by, on)
    found = _not_at(round, step, "xã chưa ký công nhận")
    if not decision.strip():
        found.add("Cần ghi số quyết định phê duyệt.", field="decision")
    if round.approved_on is not None:
        found.add(f"Đã phê duyệt ngày {round.approved_on:%d/%m/%Y}.")
    found.raise_if_any()
    said = decision.strip()[:120]
    if Round.objects.filter(pk=round.pk, approved_on__isnull=True).update(approved_on=on, decision=said) != 1:
        raise FIRST
    round.approved_on, round.decision = on, said
    moved = _move_all(round, step, on)
    notices.tell_kind(Desk.LABOUR, f"{round.title}: đã phê duyệt, chờ khóa số liệu.", on=on, link=address(round))
    journal.record("review_approve", by=by, on=on, noun=round, body={"decision": said, "communes": moved})
    return round


@transaction.atomic
def lock(round: Round, *, by: Seat, on: date) -> Round:
    """Khóa số liệu: figures are written, households get their class. Refused while any table does not close, in a
    commune or against last year's ends of a district or the province, and while the register says otherwise.
    """
    step = _step("lock", Stage.APPROVED, round, by, on)
    found = _not_at(round, step, "chưa được tỉnh phê duyệt")
    if round.is_locked:
        found.add("Số liệu của đợt này đã khóa.")
    found.raise_if_any()
    settling.settle(round, escaped_on=round.approved_on or on)
    source = f"Quyết định {round.decision} ngày {round.approved_on:%d/%m/%Y}"
    summed = summing.sum_round(round, as_of=round.review_on, source=source)
    closing.faults(round, summed).raise_if_any()
    if Round.objects.filter(pk=round.pk, locked_on__isnull=True).update(locked_on=on) != 1:
        raise FIRST
    round.locked_on = on
    _move_all(round, step, on)
    settling.write_figures(summed)
    journal.record(
        "review_lock", by=by, on=on, noun=round,
        body={"communes": len(summed), "poor": sum(one.figures.poor for one in summed),
              "near_poor": sum(one.figures.near_poor for one in summed)},
    )  # fmt: skip
    return round


def faults(round: Round) -> Reasons:
    """Everything that would keep the round from being locked; empty where nothing does."""
    return closing.faults(round, summing.sum_round(round, as_of=round.review_on, source=""))


def faults_so_far(round: Round) -> Reasons:
    """The same while communes are still at work: only what is wrong with those that have recognised their lists.

    Tables of the others do not close yet, nor do the sums of their districts, and neither says anything.
    """
    done = [stage.value for stage in RECOGNISED]
    rows = list(round.communes.select_related("place", "round").order_by("area_path"))
    ready = [row for row in rows if row.stage in done]
    if len(ready) == len(rows):
        return faults(round)
    return closing.faults_of_communes(summing.sum_up(round, ready, as_of=round.review_on, source=""))


def address(round: Round) -> str:
    """The page of a round."""
    return f"/ra-soat/dot/{round.pk}/"


def _step(name: str, stage: Stage, round: Round, by: Seat, on: date) -> Step:
    need_in_sight(round, by, on)
    return reviewing.step(name, desk=by.kind, stage=stage)


def _not_at(round: Round, step: Step, what: str) -> Reasons:
    """The communes from which the step cannot be taken."""
    found = Reasons()
    stages = [stage.value for stage in step.from_stages]
    rows = CommuneReview.objects.filter(round=round).exclude(stage__in=stages)
    told = list(rows.select_related("place").order_by("area_path")[: NAMED + 1])
    for row in told[:NAMED]:
        found.add(f"{row.place}: {what} (đang ở “{row.now.label}”).", clause=step.clause)
    if len(told) > NAMED:
        found.add(f"Còn {rows.order_by().count() - NAMED} xã nữa {what}.", clause=step.clause)
    return found


def _move_all(round: Round, step: Step, on: date) -> int:
    """Move every commune of the round along the step, in one statement. Raises Conflict if one was moved meanwhile."""
    rows = CommuneReview.objects.filter(round=round)
    mine = rows.filter(stage__in=[stage.value for stage in step.from_stages])
    moved = mine.update(stage=step.to_stage.value, stage_since=on, version=F("version") + 1)
    if rows.exclude(stage=step.to_stage.value).exists():
        raise FIRST
    return moved
