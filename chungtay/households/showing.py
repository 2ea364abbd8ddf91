"""A household as lists and search show it: its head, where it lives, its class."""

from datetime import date
from typing import Any

from django.urls import reverse

from chungtay.accounts.models import Seat
from chungtay.households.finding import GROUPS, matching
from chungtay.households.models import STANDINGS, Household
from chungtay.households.rights import READERS
from chungtay.law.poverty import Class

TONES = {True: "no", False: "wait"}


def line(household: Household, *, several: bool) -> dict[str, Any]:
    """A household as a line of the list; `several`: the list holds more than one commune."""
    told = [household.hamlet, str(household.place) if several else "", f"{household.persons} người"]
    told += [label for name, label in GROUPS if getattr(household, name)]
    label, tone = standing_of(household)
    return {"household": household, "meta": [part for part in told if part], "label": label, "tone": tone}


def standing_of(household: Household) -> tuple[str, str]:
    """The household's class as a badge: label and tone."""
    if household.closed_on is not None:
        return f"Ra khỏi sổ {household.closed_on:%d/%m/%Y}", "neutral"
    if not household.standing:
        return "Chưa rà soát", "neutral"
    one = Class(household.standing)
    label = dict(STANDINGS)[household.standing]
    return label[:1].upper() + label[1:], TONES[one.is_poor] if one.is_listed else "ok"


def found(seat: Seat, on: date, text: str, *, size: int) -> list[dict[str, Any]]:
    """What a word typed into the search box finds in the register, for desks whose work it is; others find nothing."""
    if seat.kind not in READERS or not text:
        return []
    rows = matching(Household.objects.visible_to(seat, on), text).select_related("place").order_by("-id")[:size]
    told = []
    for household in rows:
        label, tone = standing_of(household)
        told.append({
            "title": household.head_name, "href": reverse("households:detail", args=[household.pk]),
            "code": household.code, "meta": f"{household.hamlet}, {household.place}", "badge_tone": tone,
            "badge_label": label,
        })  # fmt: skip
    return told
