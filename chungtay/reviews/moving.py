"""One step of the table: whoever finds stage and version unchanged wins, and the journal tells it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chungtay.accounts.models import Desk as Seats
from chungtay.accounts.models import Notice, Seat
from chungtay.law import reviewing
from chungtay.law.procedure import Desk
from chungtay.records import journal, versions
from chungtay.reviews.rights import need_in_sight
from chungtay.reviews.rounds import CommuneReview


def take(
    review: CommuneReview, name: str, *, by: Seat, on: date, version: int | None = None,
    body: Mapping[str, Any] | None = None, personal: Mapping[str, str] | None = None, **changes: Any,
) -> CommuneReview:  # fmt: skip
    """Take one step of the table. Raises `Refused`, or `Conflict` when somebody else moved the review first."""
    need_in_sight(review, by, on)
    before = review.now
    step = reviewing.step(name, desk=by.kind, stage=before, district=review.has_district)
    versions.guarded_update(
        review, version=version, where={"stage": before.value}, stage=step.to_stage.value, stage_since=on, **changes
    )
    told = {"from": before.value, "to": step.to_stage.value, "year": review.round.year, **(body or {})}
    journal.record(f"review_{name}", by=by, on=on, noun=review, body=told, personal=personal)
    return review


def tell(kind: Desk, told: Mapping[int, tuple[str, str]], *, on: date) -> None:
    """A notice for the desks of that kind at each place: its text and where it leads. Two statements in all."""
    desks = Seats.objects.filter(place__in=list(told), kind=kind.value).order_by("id")
    Notice.objects.bulk_create(
        [Notice(desk=desk, text=told[desk.place_id][0][:400], link=told[desk.place_id][1], on=on) for desk in desks],
        batch_size=500,
    )


def address(review: CommuneReview) -> str:
    """The page of a commune's review."""
    return f"/ra-soat/xa/{review.pk}/"
