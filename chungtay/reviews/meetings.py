"""Hamlet meetings: who was there, who agreed, and whether the list is still the one that the meeting saw."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Sum

from chungtay.accounts.models import Seat
from chungtay.documents.models import StoredFile
from chungtay.law import reviewing
from chungtay.law.refusals import Reasons, Refused
from chungtay.records import journal
from chungtay.reviews.assessments import Assessment
from chungtay.reviews.rights import need_open
from chungtay.reviews.rounds import CommuneReview, Meeting


@dataclass(frozen=True)
class Heard:
    """What the minutes of a hamlet's meeting say."""

    hamlet: str
    held_on: date
    present: int
    agree: int
    disagree: int
    note: str = ""


@dataclass(frozen=True)
class Hamlet:
    """One hamlet of a review: its households, its last meeting, and what is still missing (empty: it agreed)."""

    name: str
    households: int
    mark: int
    meeting: Meeting | None

    @property
    def missing(self) -> str:
        if self.meeting is None:
            return "chưa họp"
        if not self.meeting.agreed:
            return "họp chưa thống nhất"
        return "" if self.meeting.seen == self.mark else "danh sách đã thay đổi sau cuộc họp, phải họp lại"


@transaction.atomic
def record_meeting(
    review: CommuneReview, heard: Heard, *, by: Seat, on: date, minutes: StoredFile | None = None
) -> Meeting:
    """Ghi kết quả họp dân của một ấp, khu phố. The meeting agrees with more than half of those present.

    Raises `Refused` for counts that cannot be, a hamlet without households in the list, or a day to come.
    """
    need_open(review, by, on, "agree", what="ghi họp dân")
    known = {one.name: one for one in hamlets(review)}
    found = Reasons()
    if heard.hamlet not in known:
        found.add("Ấp, khu phố này không có hộ nào trong danh sách rà soát.", field="hamlet")
    if heard.held_on > on:
        found.add("Ngày họp không thể ở tương lai.", field="held_on")
    if heard.held_on < review.round.opens:
        found.add(f"Ngày họp không thể trước ngày mở đợt ({review.round.opens:%d/%m/%Y}).", field="held_on")
    try:
        agreement = reviewing.meeting(heard.present, heard.agree, heard.disagree, on=heard.held_on)
    except Refused as refused:
        found.extend(refused.reasons)
    found.raise_if_any()
    row = Meeting.objects.create(
        review=review, hamlet=heard.hamlet, held_on=heard.held_on, present=heard.present, agree=heard.agree,
        disagree=heard.disagree, agreed=agreement.agreed, said=agreement.sentence, note=heard.note.strip(),
        seen=known[heard.hamlet].mark, minutes=minutes,
    )  # fmt: skip
    journal.record(
        "hamlet_meeting", by=by, on=on, noun=row,
        body={"review": review.pk, "present": heard.present, "agree": heard.agree, "disagree": heard.disagree,
              "agreed": agreement.agreed, "minutes": minutes.sha256 if minutes is not None else ""},
        personal={"hamlet": heard.hamlet, "note": row.note},
    )  # fmt: skip
    return row


def hamlets(review: CommuneReview) -> list[Hamlet]:
    """The hamlets of the list by name, each with its last meeting. Two queries.

    A hamlet's mark is the sum of the versions of its rows: every change of a row makes another one.
    """
    rows = Assessment.objects.in_force().filter(review=review).order_by("hamlet").values("hamlet")
    told = rows.annotate(households=Count("pk"), mark=Sum("version")).values_list("hamlet", "households", "mark")
    last: dict[str, Meeting] = {}
    for meeting in Meeting.objects.filter(review=review).select_related("minutes").order_by("held_on", "id"):
        last[meeting.hamlet] = meeting
    return [Hamlet(name, households, mark, last.get(name)) for name, households, mark in told]
