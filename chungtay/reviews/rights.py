"""Who may read reviews, who may work in one, and when."""

from datetime import date
from typing import Protocol

from chungtay.accounts.models import Seat
from chungtay.law.procedure import Desk
from chungtay.law.refusals import Refused
from chungtay.law.reviewing import open_steps
from chungtay.reviews.rounds import CommuneReview

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
    return frozenset(step.name for step in open_steps(by.kind, review.now))


def need_open(review: CommuneReview, by: Seat, on: date, *steps: str, what: str) -> frozenset[str]:
    """Work is open as long as one of the steps that end it is open to the seat. Returns the names of all open steps."""
    need_in_sight(review, by, on)
    found = steps_open(review, by)
    if found.isdisjoint(steps):
        raise Refused.because(
            f"Xã đang ở giai đoạn “{review.now.label}”: {by.kind.label} không {what} được lúc này.", clause=CLAUSE
        )
    return found


def need_desk(by: Seat, *desks: Desk, what: str) -> None:
    """Refused for a seat at another desk."""
    if by.kind not in desks:
        who = " hoặc ".join(desk.label for desk in desks)
        raise Refused.because(f"Việc {what} do {who} thực hiện, không phải {by.kind.label}.", clause=CLAUSE)


__all__ = [
    "CLAUSE", "FIGURES", "HOUSEHOLDS", "NO_WORDS", "need_desk", "need_in_sight", "need_open", "steps_open",
]  # fmt: skip
