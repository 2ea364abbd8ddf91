"""What of good models waits for a desk, for its work list."""

from datetime import date
from typing import Any

from django.urls import reverse

from chungtay.accounts.models import Seat
from chungtay.practices import rights
from chungtay.practices.models import Adoption, Practice

SHOWN = 10


def lines(seat: Seat, on: date) -> list[dict[str, Any]]:
    """Rows for the work list: models to look at, copies to confirm. One query for each that the desk may do."""
    found = _to_check(seat, on) if seat.kind in rights.CHECKERS else []
    return [*found, *(_to_answer(seat) if seat.kind in rights.WRITERS else [])]


def _to_check(seat: Seat, on: date) -> list[dict[str, Any]]:
    rows = Practice.objects.filter(seat.scope(on).where("area_path"), state=Practice.State.RECORDED)
    rows = rows.exclude(recorded_by_id=seat.body_id).exclude(party_id=seat.body_id).select_related("party")
    return [
        {
            "title": row.title, "meta": f"{row.party.name}, ghi {row.recorded_on:%d/%m/%Y}",
            "href": reverse("practices:detail", args=[row.pk]), "badge_tone": "wait", "badge_label": "Chờ kiểm tra",
        }
        for row in rows.order_by("recorded_on", "id")[:SHOWN]
    ]  # fmt: skip


def _to_answer(seat: Seat) -> list[dict[str, Any]]:
    rows = Adoption.objects.in_force().filter(party_id=seat.body_id, answered_on__isnull=True)
    return [
        {
            "title": f"Có đúng là đã làm theo: {row.practice.title}?", "meta": f"từ ngày {row.adopted_on:%d/%m/%Y}",
            "href": reverse("practices:detail", args=[row.practice_id]), "badge_tone": "info",
            "badge_label": "Chờ bạn xác nhận",
        }
        for row in rows.select_related("practice").order_by("adopted_on", "id")[:SHOWN]
    ]  # fmt: skip
