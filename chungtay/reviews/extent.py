"""The area of a report: the unit that was asked for, what it was called, and how far its communes have come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chungtay.accounts.models import Seat
from chungtay.law.reviewing import Stage
from chungtay.parties import areas
from chungtay.places.models import DIGITS, PlaceVersion
from chungtay.places.scope import Span
from chungtay.reviews.rounds import CommuneReview, Round

UNSCORED = frozenset({Stage.PLANNED.value, Stage.LISTING.value, Stage.SCORING.value})
"""Stages in which nobody knows yet what the commune's review will count."""
NOT_DONE = "chưa chấm điểm xong"


@dataclass(frozen=True)
class Extent:
    """Phạm vi của một biểu: `path` ("" for the whole area of the desk), its name, its communes' reviews by path.

    `done`: the places of the communes whose scoring is finished, so that their figures are known.
    """

    path: str
    name: str
    reviews: tuple[CommuneReview, ...]
    done: frozenset[int]

    def covers(self, area_path: str) -> bool:
        return not self.path or Span.under(self.path).covers(area_path)

    def told(self, places: Sequence[int]) -> str:
        """How many of these communes are in their figures; "" where all of them are."""
        done = sum(place in self.done for place in places)
        if done == len(places):
            return ""
        return NOT_DONE if len(places) == 1 else f"{done}/{len(places)} xã đã chấm điểm xong"

    @property
    def coverage(self) -> str:
        """The same of the whole extent."""
        return self.told([review.place_id for review in self.reviews])

    @property
    def counted(self) -> tuple[CommuneReview, ...]:
        """Those that its sum is made of: the finished communes; all of them as long as there is none."""
        return tuple(one for one in self.reviews if one.place_id in self.done) or self.reviews


def extent(round: Round, seat: Seat, path: str, on: date) -> Extent | None:
    """The area at `path` ("" for the seat's own) in the round; None for what is no unit of it in the seat's area."""
    name = _own_name(round, seat, on) if not path else _name_at(round, seat, path, on)
    if not name:
        return None
    rows = CommuneReview.objects.visible_to(seat, on).filter(round=round).select_related("place").order_by("area_path")
    span = Span.under(path) if path else Span("", "")
    reviews = tuple(row for row in rows if span.covers(row.area_path))
    done = frozenset(row.place_id for row in reviews if round.is_locked or row.stage not in UNSCORED)
    return Extent(path, name, reviews, done)


def _name_at(round: Round, seat: Seat, path: str, on: date) -> str:
    """What the unit was called on the round's day; "" for one outside the round or the seat's area."""
    if not path.startswith(round.area_path) or not seat.scope(on).covers(path):
        return ""
    found = PlaceVersion.objects.as_of(round.review_on).filter(place_id=int(path[-DIGITS:]), path=path).first()
    return found.full_name if found is not None else ""


def _own_name(round: Round, seat: Seat, on: date) -> str:
    """The area of the desk: the province for whoever sees all of it, else the unit that the desk works for.

    One that was not there yet on the round's day bears the name of today.
    """
    key = round.place_id if seat.scope(on).covers(round.area_path) else seat.desk.place_id
    return areas.names_on([key], round.review_on).get(key) or areas.names_on([key], on).get(key) or str(seat.desk.place)
