"""What of the gifts waits for a desk, for its work list: received here, and not confirmed yet."""

from datetime import date

from django.db.models import Q
from django.urls import reverse

from chungtay.accounts.models import Seat
from chungtay.contributions.authority import CONFIRMERS
from chungtay.contributions.gifts import Contribution, ContributionQuerySet, State
from chungtay.law.procedure import Desk

MOST = 99
"""So many are counted; of more it is only said that they are more."""


def received(seat: Seat, on: date) -> ContributionQuerySet:
    """Gifts in the desk's area that wait to be confirmed, without those that its own body gave."""
    inside = seat.scope(on).where("area_path")
    return Contribution.objects.filter(inside, state=State.RECEIVED).exclude(shares__party_id=seat.body_id)


def lines(seat: Seat, on: date) -> list[dict[str, str]]:
    """One row for the work list with the number of gifts that wait for this desk before any other: a commune's own,
    above it those of the desk's own place and of its funds. At most one query."""
    if seat.kind not in CONFIRMERS:
        return []
    rows = received(seat, on)
    if seat.kind != Desk.COMMUNE:
        rows = rows.filter(Q(place_id=seat.desk.place_id) | Q(fund__owner_id=seat.body_id))
    days = list(rows.order_by("received_on").values_list("received_on", flat=True)[: MOST + 1])
    if not days:
        return []
    number = f"{len(days)}" if len(days) <= MOST else f"Hơn {MOST}"
    return [
        {
            "title": f"{number} khoản đóng góp chờ bạn xác nhận", "meta": f"khoản đầu nhận ngày {days[0]:%d/%m/%Y}",
            "href": reverse("contributions:waiting"), "badge_tone": "wait", "badge_label": "Chờ xác nhận",
        }
    ]  # fmt: skip
