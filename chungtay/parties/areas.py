"""The places that a desk may write a party into, and what places were called on a day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from chungtay.parties.requests import Registrar
from chungtay.places.models import Level, Place, PlaceVersion

Choice = tuple[int, str]
Choices = list[tuple[str, list[Choice]]]
UPPER = "Cấp tỉnh, cấp huyện"


def choices(seat: Registrar, on: date) -> Choices:
    """The units of the seat's area as of `on`, communes under their district; the desk's own place always."""
    here = seat.scope(on).where("version__path") | Q(pk=seat.desk.place.pk) | Q(pk=seat.desk.body.place_id)
    rows = list(Place.objects.as_of(on).filter(here).exclude(level=Level.HAMLET))
    names = {row.pk: row.version.full_name for row in rows}
    groups: dict[str, list[Choice]] = {}
    for row in rows:
        head = names.get(row.version.parent_id or 0, "") if row.level == Level.COMMUNE else UPPER
        groups.setdefault(head, []).append((row.pk, row.version.full_name))
    return list(groups.items())


def names_on(places: Iterable[int], on: date) -> dict[int, str]:
    """The full names that these places bore on `on`; a place that was not there then is left out."""
    return {row.place_id: row.full_name for row in PlaceVersion.objects.as_of(on).filter(place_id__in=set(places))}
