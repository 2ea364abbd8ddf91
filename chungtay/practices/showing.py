"""What a page of a model shows: its numbers in words, who copied it, who may say so."""

from datetime import date
from typing import Any

from django.forms import Form
from django.urls import reverse

from chungtay.accounts.models import Seat
from chungtay.accounts.requests import DeskRequest
from chungtay.law.money import dong
from chungtay.parties.kinds import BODIES, PartyKind
from chungtay.parties.models import Party
from chungtay.practices import rights
from chungtay.practices.forms import AnswerForm, ReasonForm
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


def reason_form(request: DeskRequest, sent: Form | None, address: str, name: str) -> ReasonForm:
    """The reason asked for by a dialog; where it was sent to `address` and not taken, with what was typed."""
    form = sent if isinstance(sent, ReasonForm) and request.path == address else ReasonForm()
    form.auto_id = f"{name}_%s"
    return form


def _answer_form(request: DeskRequest, sent: Form | None, pk: int) -> AnswerForm:
    here = request.path == reverse("practices:answer", args=[pk])
    form = sent if isinstance(sent, AnswerForm) and here else AnswerForm()
    form.auto_id = f"answer-{pk}_%s"
    return form


def _drop(request: DeskRequest, sent: Form | None, pk: int) -> dict[str, Any]:
    name, action = f"drop-{pk}", reverse("practices:take_out", args=[pk])
    return {"name": name, "action": action, "form": reason_form(request, sent, action, name)}


def acts_of(request: DeskRequest, row: Practice, on: date, sent: Form | None) -> list[dict[str, Any]]:
    """Who copied the model, the latest first, with what this seat may do about each line.

    `sent`: the form that was sent and not taken; it is drawn again where it stood.
    The adopters of a model that one may see are no secret: the law counts them wherever they are.
    """
    seat = request.seat
    with walls.everything("who copied a model is shown to whoever may read the model"):
        rows = list(row.adoptions.select_related("party", "file").order_by("-adopted_on", "-id"))
    return [
        {
            "row": one, "waits": one.ended_on is None and one.answered_on is None,
            "form": _answer_form(request, sent, one.pk)
            if one.ended_on is None and one.answered_on is None and rights.may_answer_for(one.party, seat, on)
            else None,
            "drop": _drop(request, sent, one.pk) if one.ended_on is None and _may_take_out(one, seat, on) else None,
        }
        for one in rows
    ]  # fmt: skip


def _may_take_out(one: Any, seat: Seat, on: date) -> bool:
    return bool(seat.body_id == one.entered_by_id or rights.may_answer_for(one.party, seat, on))


def copiers(request: DeskRequest, row: Practice, keeps: bool) -> tuple[list[Party], list[Party]]:
    """(parties for which this seat itself may say so, public bodies that it may name).

    Never whose the model is, nor who copied it already.
    """
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
    with walls.everything("who copied a model is shown to whoever may read the model"):
        done = {row.party_id, *row.adoptions.filter(ended_on__isnull=True).values_list("party_id", flat=True)}
    return [one for one in own if one.pk not in done], [one for one in others if one.pk not in done]
