"""Complaints while the result is posted, and their answers after a re-check."""

from datetime import date

from django.db import transaction

from chungtay.accounts.models import Seat
from chungtay.law.refusals import Reasons
from chungtay.records import journal, versions
from chungtay.reviews.assessments import Assessment
from chungtay.reviews.moving import take
from chungtay.reviews.rights import CLAUSE, need_open
from chungtay.reviews.rounds import CommuneReview, Complaint


@transaction.atomic
def receive(
    review: CommuneReview, *, who: str, text: str, by: Seat, on: date, household: int | None = None,
    received_on: date | None = None,
) -> Complaint:  # fmt: skip
    """Tiếp nhận khiếu nại, up to the last day of posting. `household`: key of one in the list, if it is about one."""
    need_open(review, by, on, "recheck", what="nhận khiếu nại")
    day, found = received_on or on, Reasons()
    if not who.strip():
        found.add("Cần ghi người khiếu nại.", field="who")
    if not text.strip():
        found.add("Cần ghi nội dung khiếu nại.", field="text")
    if day > on:
        found.add("Ngày nhận không thể ở tương lai.", field="received_on")
    if review.posted_on is not None and day < review.posted_on:
        found.add(f"Niêm yết từ ngày {review.posted_on:%d/%m/%Y}.", clause=CLAUSE, field="received_on")
    if review.posting_ends is not None and day > review.posting_ends:
        text_ = f"Đã hết niêm yết ngày {review.posting_ends:%d/%m/%Y}; hướng dẫn hộ nộp giấy đề nghị rà soát."
        found.add(text_, clause=CLAUSE, field="received_on")
    rows = Assessment.objects.in_force().filter(review=review)
    if household is not None and not rows.filter(household=household).exists():
        found.add("Hộ này không có trong danh sách rà soát của xã.", field="household")
    found.raise_if_any()
    row = Complaint.objects.create(
        review=review, area_path=review.area_path, household_id=household, who=who.strip()[:200], text=text.strip(),
        received_on=day,
    )  # fmt: skip
    journal.record(
        "receive_complaint", by=by, on=on, noun=row, body={"review": review.pk, "household": household},
        personal={"who": row.who, "text": row.text},
    )  # fmt: skip
    return row


@transaction.atomic
def answer(complaint: Complaint, *, outcome: str, by: Seat, on: date, version: int) -> Complaint:
    """Trả lời sau phúc tra: what was found; the review takes its step of the table for it."""
    review, found = complaint.review, Reasons()
    if not outcome.strip():
        found.add("Cần ghi kết quả phúc tra.", field="outcome")
    if complaint.answered_on is not None:
        found.add(f"Đã trả lời ngày {complaint.answered_on:%d/%m/%Y}.")
    found.raise_if_any()
    need_open(review, by, on, "recheck", what="trả lời khiếu nại")
    versions.guarded_update(
        complaint, version=version, where={"answered_on__isnull": True}, outcome=outcome.strip(), answered_on=on
    )
    take(review, "recheck", by=by, on=on, body={"complaint": complaint.pk}, personal={"outcome": complaint.outcome})
    return complaint
