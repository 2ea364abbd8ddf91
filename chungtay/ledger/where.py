"""Địa bàn trong sổ: what a commune was called on the day that is told of, with its district."""

from collections.abc import Collection, Iterable
from datetime import date

from chungtay.parties import areas
from chungtay.places.models import Place, PlaceVersion

Groups = list[tuple[str, list[tuple[str, str]]]]


def by_district(places: Collection[Place], on: date) -> Groups:
    """The choices of a field, grouped by district, all named as of `on`. The places are those of that day; a query."""
    above = areas.names_on((one.version.parent_id for one in places if one.version.parent_id), on)
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in places:
        head = above.get(one.version.parent_id or 0, "")
        groups.setdefault(head, []).append((str(one.pk), one.version.full_name))
    return list(groups.items())


class Names:
    """The names of some places on any day. Two queries, whatever the days."""

    def __init__(self, places: Iterable[int | None]) -> None:
        self._of = _versions({key for key in places if key is not None})
        self._above = _versions({row.parent_id for rows in self._of.values() for row in rows if row.parent_id})

    def on(self, place: Place | None, day: date) -> str:
        """ "Xã Thổ Sơn, Huyện Hòn Đất"; the last known title of a place that was not there on that day."""
        if place is None:
            return ""
        found = _then(self._of.get(place.pk, []), day)
        if found is None:
            return str(place)
        above = _then(self._above.get(found.parent_id or 0, []), day)
        return found.full_name if above is None else f"{found.full_name}, {above.full_name}"


def _versions(places: Collection[int]) -> dict[int, list[PlaceVersion]]:
    found: dict[int, list[PlaceVersion]] = {}
    for row in PlaceVersion.objects.filter(place_id__in=places).order_by("since") if places else ():
        found.setdefault(row.place_id, []).append(row)
    return found


def _then(rows: Iterable[PlaceVersion], day: date) -> PlaceVersion | None:
    return next((row for row in rows if row.holds_on(day)), None)
