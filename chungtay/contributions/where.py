"""Nơi nhận, địa bàn: places to be chosen from, each told apart from another of the same name."""

from collections.abc import Collection
from datetime import date

from chungtay.accounts.models import Seat
from chungtay.parties import areas
from chungtay.parties.areas import UPPER, Choice, Choices
from chungtay.places.models import Level, Place
from chungtay.places.scope import scope_of


def groups(seat: Seat, on: date, more: Collection[int] = ()) -> Choices:
    """The places of the desk's area, and `more` by their keys, as they were called on `on`; communes under their
    district, and where there are several places with its name. A place that was not there then is left out."""
    every: dict[str, dict[int, str]] = {head: dict(rows) for head, rows in areas.choices(seat, on)}
    known = {key for rows in every.values() for key in rows}
    rows = list(Place.objects.as_of(on).filter(pk__in=set(more) - known)) if set(more) - known else []
    names = areas.names_on([row.version.parent_id for row in rows if row.version.parent_id], on)
    for row in rows:
        head = names.get(row.version.parent_id or 0, "") if row.level == Level.COMMUNE else UPPER
        every.setdefault(head, {})[row.pk] = row.version.full_name
    if sum(len(of_head) for of_head in every.values()) == 1:
        return [(head, list(of_head.items())) for head, of_head in every.items()]
    return [(head, _told_apart(head, of_head)) for head, of_head in every.items()]


def _told_apart(head: str, rows: dict[int, str]) -> list[Choice]:
    district = f", {head}" if head and head != UPPER else ""
    return [(key, f"{name}{district}") for key, name in rows.items()]


def below(seat: Seat, on: date) -> list[int]:
    """The keys of all places in and below the desk's own: a unit has no area of its own, but gives to all."""
    inside = scope_of(seat.desk.place, on=on).where("version__path")
    rows = Place.objects.as_of(on).filter(inside).exclude(level=Level.HAMLET)
    return list(rows.values_list("pk", flat=True))
