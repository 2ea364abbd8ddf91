"""Complaints while the result is posted, and their answers after a re-check."""

from datetime import date

from django.db import transaction

from chungtay.accounts.models import Seat
from chungtay.households.models import Household
from chungtay.law.population import Move
from chungtay.law.refusals import Reason, Reasons, Refused
from chungtay.records import journal, versions
from chungtay.reviews import listing
from chungtay.reviews.assessments import Assessment
from chungtay.reviews.moving import take
from chungtay.reviews.rights import CLAUSE, need_open
from chungtay.reviews.rounds import CommuneReview, Complaint


@transaction.atomic
def receive(
    review: CommuneReview, *, who: str, text: str, by: Seat, on: date, household: int | None = None,
    received_on: date | None = None,
) -> Complaint:  # fmt: skip
    """Tiếp nhận khiếu nại, up to the last day of posting. `household`: key of one of the commune, if it is about one.

    It need not stand in the list: somebody may complain that it was left out. Its class of that moment is kept.
    """
    need_open(review, by, on, "recheck", what="nhận khiếu nại")
    day = received_on or on
    faults(review, who=who, text=text, by=by, on=on, household=household, received_on=day).raise_if_any()
    row = Complaint.objects.create(
        review=review, area_path=review.area_path, household_id=household, who=who.strip()[:200], text=text.strip(),
        received_on=day, classed_before=_class(_row(review, household)),
    )  # fmt: skip
    journal.record(
        "receive_complaint", by=by, on=on, noun=row, body={"review": review.pk, "household": household},
        personal={"who": row.who, "text": row.text},
    )  # fmt: skip
    return row


def faults(
    review: CommuneReview, *, who: str, text: str, by: Seat, on: date, household: int | None = None,
    received_on: date | None = None,
) -> Reasons:  # fmt: skip
    """Everything that is wrong with a complaint; of a day that could not be read nothing is said."""
    day, found = received_on, Reasons()
    if not who.strip():
        found.add("Cần ghi người khiếu nại.", field="who")
    if not text.strip():
        found.add("Cần ghi nội dung khiếu nại.", field="text")
    if day is not None and day > on:
        found.add("Ngày nhận không thể ở tương lai.", field="received_on")
    if day is not None and review.posted_on is not None and day < review.posted_on:
        found.add(f"Niêm yết từ ngày {review.posted_on:%d/%m/%Y}.", clause=CLAUSE, field="received_on")
    if day is not None and review.posting_ends is not None and day > review.posting_ends:
        text_ = f"Đã hết niêm yết ngày {review.posting_ends:%d/%m/%Y}; hướng dẫn hộ nộp giấy đề nghị rà soát."
        found.add(text_, clause=CLAUSE, field="received_on")
    if household is not None and _row(review, household) is None:
        found.extend(_about_omitted(review, household, by, on))
    return found


@transaction.atomic
def add_omitted(
    complaint: Complaint, household: Household, *, by: Seat, on: date, version: int, came: Move | None = None
) -> Assessment:
    """Bổ sung hộ bị bỏ sót: the re-check puts a household of the commune onto the posted list; it is scored next.

    A complaint that named no household is from now on about this one. Raises `Refused` with every reason.
    """
    review, found = complaint.review, Reasons()
    need_open(review, by, on, "recheck", what="bổ sung hộ bị bỏ sót")
    _hold(complaint, found)
    if complaint.household_id not in (None, household.pk):
        found.add("Khiếu nại này về một hộ khác.", field="household")
    found.extend(listing.faults_of_entry(review, household, by=by, on=on))
    found.raise_if_any()
    versions.guarded_update(complaint, version=version, where={"answered_on__isnull": True}, household_id=household.pk)
    return listing.enter(review, household, by=by, on=on, origin=Assessment.Origin.ASKED_IN, came=came)


@transaction.atomic
def answer(complaint: Complaint, *, outcome: str, by: Seat, on: date, version: int) -> Complaint:
    """Trả lời sau phúc tra: what was found; the review takes its step of the table for it.

    The class of the household as it then stands is kept beside the one that was complained about: nothing about the
    household may be changed any more. A household that the re-check added has to have its class first.
    """
    review, found = complaint.review, Reasons()
    if not outcome.strip():
        found.add("Cần ghi kết quả phúc tra.", field="outcome")
    _hold(complaint, found)
    found.raise_if_any()
    need_open(review, by, on, "recheck", what="trả lời khiếu nại")
    told = _row(review, complaint.household_id)
    if told is not None and not _class(told):
        raise Refused.because("Hộ của khiếu nại này chưa chấm điểm: phúc tra xong rồi mới trả lời.", clause=CLAUSE)
    versions.guarded_update(
        complaint, version=version, where={"answered_on__isnull": True}, outcome=outcome.strip(), answered_on=on,
        classed_after=_class(told),
    )  # fmt: skip
    take(
        review, "recheck", by=by, on=on, body={"complaint": complaint.pk},
        personal={
            "outcome": complaint.outcome, "before": complaint.classed_before, "class": complaint.classed_after,
        },
    )  # fmt: skip
    return complaint


def _hold(complaint: Complaint, found: Reasons) -> None:
    """Hold the complaint until the act is done, so that nothing is scored beside it; a reason where it is answered."""
    rows = Complaint.objects.select_for_update().filter(pk=complaint.pk)
    answered = rows.values_list("answered_on", flat=True).get()
    if answered is not None:
        found.add(f"Đã trả lời ngày {answered:%d/%m/%Y}.")


def _row(review: CommuneReview, household: int | None) -> Assessment | None:
    return Assessment.objects.in_force().filter(review=review, household=household).first() if household else None


def _class(row: Assessment | None) -> str:
    """The class of a household in the list, or how it is gone; "" where it does not stand in the list."""
    return "" if row is None else row.standing or row.gone


def _about_omitted(review: CommuneReview, household: int, by: Seat, on: date) -> Reasons:
    """Why somebody cannot complain that this household was left out."""
    home = Household.objects.visible_to(by, on).filter(pk=household).first()
    if home is None:
        return Reasons([Reason("Hộ này không ở trong xã.", field="household")])
    return listing.faults_of_entry(review, home, by=by, on=on)
