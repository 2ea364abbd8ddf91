"""What of this room waits for a desk, for its work list: duties near their day, and words to give to others."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse

from chungtay.accounts.models import Seat
from chungtay.conduct import rights
from chungtay.conduct.models import Duty, Result
from chungtay.conduct.standing import OWED, SOON_DAYS, State, condition
from chungtay.law.procedure import Desk

SHOWN = 20


def lines(seat: Seat, on: date) -> list[dict[str, Any]]:
    """Rows for the work list: one query, a second for a commune; none for desks that owe and receive nothing."""
    found = _duties(seat, on) if seat.kind in rights.HANDERS | rights.ASSIGNERS else []
    return [*found, *(_results(seat, on) if seat.kind is Desk.COMMUNE else [])]


def _duties(seat: Seat, on: date) -> list[dict[str, Any]]:
    """What this body owes until soon, and what others handed in to it and wait to hear."""
    mine = Q(party_id=seat.body_id) & OWED & Q(due_on__lte=on + timedelta(days=SOON_DAYS))
    told = Q(owed_to_id=seat.body_id) & condition(State.WAITING, on)
    rows = Duty.objects.in_force().with_handing().filter(mine | told if seat.kind in rights.ASSIGNERS else mine)
    return [_line(row, seat, on) for row in rows.order_by("due_on", "id")[:SHOWN]]


def _line(row: Duty, seat: Seat, on: date) -> dict[str, Any]:
    title = row.title if str(row.year) in row.title else f"{row.title} ({row.year})"
    href = reverse("conduct:duty", args=[row.pk])
    if row.handing is not None:
        return {
            "title": f"{row.party.name}: {title}", "href": href, "meta": f"nộp {row.handing.handed_on:%d/%m/%Y}",
            "badge_tone": "info", "badge_label": "Chờ bạn xác nhận",
        }  # fmt: skip
    return {
        "title": title, "href": href, "meta": f"nộp cho {row.owed_to.name}",
        "due_tone": "late" if row.due_on < on else "soon", "due_label": f"hạn {row.due_on:%d/%m/%Y}",
    }  # fmt: skip


def _results(seat: Seat, on: date) -> list[dict[str, Any]]:
    """What others say they did for this commune."""
    told = Result.objects.visible_to(seat, on).in_force().filter(
        accepted__isnull=True, commitment__ended_on__isnull=True
    )  # fmt: skip
    rows = told.exclude(commitment__party_id=seat.body_id).select_related("commitment__party")
    return [
        {
            "title": f"{row.commitment.party.name} báo đã giúp: {row.text}", "meta": f"tính đến {row.day:%d/%m/%Y}",
            "href": reverse("conduct:commitment", args=[row.commitment_id]), "badge_tone": "info",
            "badge_label": "Chờ xã xác nhận",
        }
        for row in rows.order_by("day", "id")[:SHOWN]
    ]  # fmt: skip
