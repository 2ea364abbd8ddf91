"""Who may read reviews, who may work in one, and when."""

from datetime import date
from typing import Protocol

from django.db.models import QuerySet

from chungtay.accounts.models import Seat
from chungtay.law.procedure import Desk
from chungtay.law.refusals import Reasons, Refused
from chungtay.law.reviewing import open_steps
from chungtay.reviews.rounds import CommuneReview, Complaint

HOUSEHOLDS = (Desk.COMMUNE, Desk.DISTRICT, Desk.LABOUR)
"""Desks whose work is the households themselves: only they see names and scores."""
FIGURES = (*HOUSEHOLDS, Desk.FRONT, Desk.CHAIR, Desk.BOARD, Desk.AUDITOR)
"""Desks that see how a round stands and what it counted."""
CLAUSE = "TT 17/2016; QĐ 24/2021"
NO_WORDS = "Cần ghi lý do."


class Placed(Protocol):
    """A row that lies somewhere."""

    area_path: str


def need_in_sight(row: Placed, by: Seat, on: date) -> None:
    """Refused for a row outside the seat's area."""
    if not by.scope(on).covers(row.area_path):
        raise Refused.because("Việc này ở ngoài địa bàn của bàn làm việc này.", clause=CLAUSE)


def steps_open(review: CommuneReview, by: Seat) -> frozenset[str]:
    """Names of the steps of the table that this seat may take now."""
    return frozenset(step.name for step in open_steps(by.kind, review.now, district=review.has_district))


def need_open(review: CommuneReview, by: Seat, on: date, *steps: str, what: str) -> frozenset[str]:
    """Work is open as long as one of the steps that end it is open to the seat. Returns the names of all open steps."""
    need_in_sight(review, by, on)
    found = steps_open(review, by)
    if found.isdisjoint(steps):
        raise Refused.because(
            f"Xã đang ở giai đoạn “{review.words.label}”: {by.kind.label} không {what} được lúc này.", clause=CLAUSE
        )
    return found


def complained_about(review: CommuneReview, household: int) -> "QuerySet[Complaint]":
    """The complaints about that household which wait for their answer: as long as one does, it may be checked again."""
    return Complaint.objects.filter(review=review, household=household, answered_on__isnull=True).order_by("pk")


def need_complaint(review: CommuneReview, household: int, opened: frozenset[str], found: Reasons) -> None:
    """A reason against touching a household of a posted result, unless a complaint about it waits for its answer.

    The complaint is held until the act is done: its answer comes before and forbids the act, or after and tells of it.
    """
    if "recheck" in opened and not list(complained_about(review, household).select_for_update().values_list("pk")):
        found.add("Kết quả đang niêm yết: chỉ phúc tra hộ có khiếu nại chưa trả lời.", clause=CLAUSE)


def need_desk(by: Seat, *desks: Desk, what: str) -> None:
    """Refused for a seat at another desk."""
    if by.kind not in desks:
        who = " hoặc ".join(desk.label for desk in desks)
        raise Refused.because(f"Việc {what} do {who} thực hiện, không phải {by.kind.label}.", clause=CLAUSE)


__all__ = [
    "CLAUSE", "FIGURES", "HOUSEHOLDS", "NO_WORDS", "complained_about", "need_complaint", "need_desk", "need_in_sight",
    "need_open", "steps_open",
]  # fmt: skip
