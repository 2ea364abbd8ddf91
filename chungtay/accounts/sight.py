"""The second wall around one request (design D7): its transactions see what its seat may see, and no more."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from chungtay.accounts.models import Seat, User
from chungtay.records import walls
from chungtay.records.clock import today
from chungtay.records.walls import NOTHING, Sight

BACK_OFFICE = "/quan-tri/"


def sight_of(request: HttpRequest) -> Sight:
    """What the wall is told of whoever asks. Somebody without a seat sees nothing: public pages say what they need."""
    seat: Seat | None = getattr(request, "seat", None)
    if request.path.startswith(BACK_OFFICE) and isinstance(request.user, User) and request.user.is_superuser:
        return Sight(walls.EVERYTHING)
    if seat is None:
        return NOTHING
    spans = [(span.lower, span.upper) for span in seat.scope(today()).spans]
    return Sight.of_seat(spans, body=seat.body_id, kind=seat.kind.value)


class SightMiddleware:
    """Where the second wall stands, one transaction a request that sees only what its seat may; elsewhere nothing.

    An answer of 500 is undone whole: without this middleware each statement of a page would have stood by itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not walls.stand():
            return self.get_response(request)
        with walls.seen_by(sight_of(request)), transaction.atomic():
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response
