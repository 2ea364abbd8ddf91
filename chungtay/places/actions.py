"""The one act of this room: loading the reference data. Running it again changes only what the files changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db import models, transaction

from chungtay.places import scope
from chungtay.places.models import Boundary, Coverage, Difficulty, Island, Level, Place, PlaceVersion, Succession
from chungtay.places.reading import Book
from chungtay.places.tables import Row

M = TypeVar("M", bound=models.Model)


@dataclass
class Count:
    """How many rows of one table were created, changed, removed and left as they were."""

    created: int = 0
    changed: int = 0
    removed: int = 0
    same: int = 0

    def __str__(self) -> str:
        return f"{self.created} created, {self.changed} changed, {self.removed} removed, {self.same} unchanged"


@dataclass
class Loaded:
    """What a load did, by table, and the keys of places that no file names any more: kept, since rows point at them."""

    counts: dict[str, Count] = field(default_factory=dict)
    forgotten: list[str] = field(default_factory=list)

    @property
    def changed_nothing(self) -> bool:
        return not any(count.created or count.changed or count.removed for count in self.counts.values())


@transaction.atomic
def load(book: Book) -> Loaded:
    """Nạp danh mục địa bàn: make the tables say what the book says, places by their key, so that ids and paths stay.

    Hamlets are the communes' own and are left alone.
    """
    loaded = Loaded()
    titles = _titles(book.versions)
    wanted = [Place(**_without(row), title=titles[row["key"]]) for row in book.places]
    listed = Place.objects.exclude(level=Level.HAMLET)
    loaded.counts["places"] = _sync(listed, ["key"], wanted, may_remove=False)
    places = {place.key: place for place in listed.order_by("id")}
    keys = {row["key"] for row in book.places}
    loaded.forgotten = [key for key in places if key not in keys]
    ours = [places[key].pk for key in keys]

    versions = _versions(book.versions, places)
    loaded.counts["versions"] = _sync(PlaceVersion.objects.filter(place__in=ours), ["place_id", "since"], versions)
    successions = [
        Succession(**_without(row, predecessor=places[row["predecessor"]], successor=places[row["successor"]]))
        for row in book.successions
    ]
    kept = Succession.objects.filter(successor__in=ours)
    loaded.counts["successions"] = _sync(kept, ["predecessor_id", "successor_id"], successions)
    difficulties = [Difficulty(**_without(row, place=places[row["place"]])) for row in book.difficulties]
    found = Difficulty.objects.filter(place__in=ours)
    loaded.counts["difficulties"] = _sync(found, ["place_id", "year", "programme"], difficulties)
    islands = [Island(**_without(row, place=places[row["place"]])) for row in book.islands]
    loaded.counts["islands"] = _sync(Island.objects.filter(place__in=ours), ["place_id", "since"], islands)
    boundaries = [Boundary(**_without(row, place=places[row["place"]])) for row in book.boundaries]
    loaded.counts["boundaries"] = _sync(Boundary.objects.filter(place__in=ours), ["place_id", "since"], boundaries)
    coverages = [Coverage(**_without(row)) for row in book.coverages]
    loaded.counts["coverages"] = _sync(Coverage.objects.all(), ["topic"], coverages)
    transaction.on_commit(scope.forget)
    return loaded


def _without(row: Row, **instead: Any) -> Row:
    """The row's values for a model: without where it stood, keys replaced by what they mean."""
    return {name: value for name, value in row.items() if name not in ("line", "file")} | instead


def _name_on(rows: list[Row], day: date) -> str:
    """Full name among one place's version rows on a day."""
    row = next(row for row in rows if row["since"] <= day < (row["until"] or date.max))
    return PlaceVersion(kind=row["kind"], name=row["name"]).full_name


def _titles(versions: list[Row]) -> dict[str, str]:
    """The last name of each place, with its district's for a commune: names alone are ambiguous in lists."""
    rows: dict[str, list[Row]] = {}
    for row in versions:
        rows.setdefault(row["place"], []).append(row)
    titles = {}
    for key, own in rows.items():
        last = max(own, key=lambda row: row["since"])
        titles[key] = _name_on(own, last["since"])
        if last["parent"] and any(above["parent"] for above in rows[last["parent"]]):
            titles[key] += f", {_name_on(rows[last['parent']], last['since'])}"
    return titles


def _versions(rows: list[Row], places: dict[str, Place]) -> list[PlaceVersion]:
    """Versions with their paths, superiors first."""
    depth = {Level.PROVINCE.value: 0, Level.DISTRICT.value: 1, Level.COMMUNE.value: 2}
    made: dict[str, list[PlaceVersion]] = {}
    for row in sorted(rows, key=lambda row: depth[places[row["place"]].level]):
        parent = places[row["parent"]] if row["parent"] else None
        version = PlaceVersion(**_without(row, place=places[row["place"]], parent=parent))
        above = made.get(row["parent"], [])
        version.fill_derived(next((over.path for over in above if over.holds_on(row["since"])), ""))
        made.setdefault(row["place"], []).append(version)
    return [version for versions in made.values() for version in versions]


def _sync(rows: models.QuerySet[M], by: list[str], wanted: Iterable[M], may_remove: bool = True) -> Count:
    """Make `rows` say what `wanted` says, told apart by the fields `by`, with as few writes as that takes."""
    count = Count()
    existing = {tuple(getattr(row, name) for name in by): row for row in rows.order_by("pk")}
    names = [field.attname for field in rows.model._meta.concrete_fields if not field.primary_key]
    new: list[M] = []
    changed: list[M] = []
    for row in wanted:
        old = existing.pop(tuple(getattr(row, name) for name in by), None)
        if old is None:
            new.append(row)
        elif any(getattr(row, name) != getattr(old, name) for name in names):
            row.pk = old.pk
            changed.append(row)
        else:
            count.same += 1
    if may_remove and existing:
        count.removed = len(existing)
        rows.filter(pk__in=[row.pk for row in existing.values()]).delete()
    if changed:
        count.changed = rows.bulk_update(changed, names)
    count.created = len(rows.model._default_manager.bulk_create(new)) if new else 0
    return count
