"""What a page of a model shows: its numbers in words, who copied it, who may say so."""

from datetime import date
from typing import Any

from django.urls import reverse

from chungtay.accounts.models import Seat
from chungtay.accounts.requests import DeskRequest
from chungtay.law.money import dong
from chungtay.parties.kinds import BODIES, PartyKind
from chungtay.parties.models import Party
from chungtay.practices import rights
from chungtay.practices.models import Practice
from chungtay.records import walls
from chungtay.records.clock import today

LOOKS = {
    "recorded": ("wait", "hourglass-split"), "returned": ("no", "arrow-return-left"), "checked": ("info", "check-lg"),
    "published": ("ok", "megaphone"), "withdrawn": ("neutral", "x-circle"),
}  # fmt: skip
FEW = 100
MANY = 400


def numbers(row: Practice) -> list[dict[str, str]]:
    """The numbers of a model as label and value; only those that are known."""
    told = (
        ("Số hộ tham gia", row.households and f"{row.households:,} hộ".replace(",", ".")),
        ("Số hộ thoát nghèo", row.escaped and f"{row.escaped:,} hộ".replace(",", ".")),
        ("Vốn ban đầu", row.cost and f"{dong(row.cost)} đồng"),
        ("Thu nhập tăng thêm một hộ mỗi năm", row.income and f"{dong(row.income)} đồng"),
    )
    return [{"label": label, "value": value} for label, value in told if value]


def acts_of(row: Practice, seat: Seat, on: date) -> list[dict[str, Any]]:
    """Who copied the model, the latest first, with what this seat may do about each line.

    The adopters of a model that one may see are no secret: the law counts them wherever they are.
    """
    with walls.everything("who copied a model is shown to whoever may read the model"):
        rows = list(row.adoptions.select_related("party", "file").order_by("-adopted_on", "-id"))
    return [
        {
            "row": one, "waits": one.ended_on is None and one.answered_on is None,
            "may_answer": one.ended_on is None and one.answered_on is None
            and rights.may_answer_for(one.party, seat, on),
            "drop": {
                "name": f"drop-{one.pk}", "action": reverse("practices:take_out", args=[one.pk]),
            } if one.ended_on is None and _may_take_out(one, seat, on) else None,
        }
        for one in rows
    ]  # fmt: skip


def _may_take_out(one: Any, seat: Seat, on: date) -> bool:
    return bool(seat.body_id == one.entered_by_id or rights.may_answer_for(one.party, seat, on))


def copiers(request: DeskRequest, row: Practice, keeps: bool) -> tuple[list[Party], list[Party]]:
    """(parties for which this seat itself may say so, public bodies that it may name); never whose the model is."""
    seat, on = request.seat, today()
    body = seat.desk.body
    among = Party.objects.visible_to(seat, on).filter(managing_unit=body).exclude(
        kind__in=[PartyKind.HOUSEHOLD, PartyKind.PERSON]
    )  # fmt: skip
    own = [body, *among.exclude(pk=body.pk).order_by("name_folded", "id")[:FEW]]
    others: list[Party] = []
    if keeps:
        known = {party.pk for party in own}
        bodies = Party.objects.filter(kind__in=BODIES, area_path__startswith=body.area_path[:5])
        others = [one for one in bodies.order_by("area_path", "name_folded", "id")[:MANY] if one.pk not in known]
    return [one for one in own if one.pk != row.party_id], [one for one in others if one.pk != row.party_id]
