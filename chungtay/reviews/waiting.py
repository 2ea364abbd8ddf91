"""What of the reviews waits for a desk, for its work list."""

from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import Length
from django.urls import reverse

from chungtay.accounts.models import Seat
from chungtay.law.procedure import Desk
from chungtay.law.reviewing import Stage
from chungtay.reviews.assessments import Application
from chungtay.reviews.rights import HOUSEHOLDS
from chungtay.reviews.rounds import UNDER_PROVINCE, CommuneReview, Round

SHOWN = 20
_PROVINCE = {Desk.CHAIR: Stage.RECOGNISED, Desk.LABOUR: Stage.APPROVED}
"""The desks that act for a whole round, and the stage in which all its communes have to be."""


def lines(seat: Seat, on: date) -> list[dict[str, str]]:
    """Rows for the work list: requests by their last day, then reviews; at most two queries, none for other desks."""
    found = _requests(seat, on) if seat.kind is Desk.COMMUNE else []
    if seat.kind in _PROVINCE:
        return _rounds(seat, on) + (_to_check(seat, on) if seat.kind is Desk.LABOUR else [])
    return found + _reviews(seat, on) if seat.kind in HOUSEHOLDS else found


def _requests(seat: Seat, on: date) -> list[dict[str, str]]:
    rows = Application.objects.visible_to(seat, on).filter(state=Application.State.WAITING)
    return [
        {
            "title": row.household.head_name, "code": row.household.code, "meta": row.get_kind_display(),
            "href": reverse("reviews:request", args=[row.pk]), "due_tone": "late" if row.due_on < on else "ok",
            "due_label": f"hạn {row.due_on:%d/%m/%Y}",
        }
        for row in rows.select_related("household").order_by("due_on", "id")[:SHOWN]
    ]  # fmt: skip


def _reviews(seat: Seat, on: date) -> list[dict[str, str]]:
    awaited = [stage.value for stage in Stage if seat.kind in stage.waits_for]
    return _told(CommuneReview.objects.visible_to(seat, on).filter(stage__in=awaited))


def _to_check(seat: Seat, on: date) -> list[dict[str, str]]:
    """Communes right under the province whose result it has to check: no district stands above them."""
    rows = CommuneReview.objects.visible_to(seat, on).annotate(depth=Length("area_path"))
    return _told(rows.filter(stage=Stage.SENT.value, depth__lte=UNDER_PROVINCE))


def _told(found: QuerySet[CommuneReview]) -> list[dict[str, str]]:
    rows = found.filter(round__locked_on__isnull=True)
    return [
        {
            "title": f"{row.place}: {row.round.title}", "meta": row.words.sentence, "badge_tone": "wait",
            "badge_label": row.words.label, "href": reverse("reviews:commune", args=[row.pk]),
        }
        for row in rows.select_related("round", "place").order_by("round", "area_path", "id")[:SHOWN]
    ]  # fmt: skip


def _rounds(seat: Seat, on: date) -> list[dict[str, str]]:
    stage = _PROVINCE[seat.kind]
    behind = CommuneReview.objects.exclude(stage=stage.value)
    rows = Round.objects.visible_to(seat, on).filter(locked_on__isnull=True).exclude(pk__in=behind.values("round"))
    name = "reviews:approve" if seat.kind is Desk.CHAIR else "reviews:lock"
    return [
        {
            "title": row.title, "meta": stage.sentence, "badge_tone": "wait", "badge_label": stage.label,
            "href": reverse(name, args=[row.pk]),
        }
        for row in rows.order_by("year", "id")[:SHOWN]
    ]  # fmt: skip
