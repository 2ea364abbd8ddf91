"""Pages of the places as of a day, for every signed-in desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from chungtay.places.forms import AskForm
from chungtay.places.models import Boundary, Coverage, Difficulty, Level, Place, PlaceVersion, Succession
from chungtay.places.outline import Drawing, draw
from chungtay.records.clock import today

MOST_FOUND = 60


@dataclass
class Group:
    """A unit with the communes right under it, as a section of the list."""

    head: PlaceVersion
    communes: list[PlaceVersion] = field(default_factory=list)


@dataclass(frozen=True)
class Found:
    """A unit that was searched for, and what it was called on the day, if it existed."""

    place: Place
    then: PlaceVersion | None


@require_safe
@login_required
def list_places(request: HttpRequest) -> HttpResponse:
    """Every district and commune of the day, or those whose name or code was asked for."""
    form, day = _asked(request)
    text = form.cleaned_data.get("q") or ""
    groups = [] if text else _groups(day)
    context = {
        "form": form,
        "day": day,
        "text": text,
        "found": _found(text, day) if text else [],
        "groups": groups,
        "districts": sum(group.head.place.level == Level.DISTRICT for group in groups),
        "communes": sum(len(group.communes) for group in groups),
        "difficult": set(Difficulty.objects.filter(year=day.year).values_list("place_id", flat=True)),
        "turns": _turns(),
        "notes": Coverage.objects.filter(complete=False),
    }
    return render(request, "places/list.html", context)


@require_safe
@login_required
def detail(request: HttpRequest, key: str) -> HttpResponse:
    """One unit: what it was called when, what it came from and became, its status by year, where it lies."""
    place = get_object_or_404(Place, key=key)
    form, asked = _asked(request)
    day = _within(place, asked)
    version = place.on(day)
    above = version.parent.on(day) if version.parent is not None else None
    beside, is_inside = _beside(place, version, day)
    context = {
        "form": form,
        "place": place,
        "day": day,
        "asked": asked,
        "version": version,
        "above": above,
        "versions": place.versions.order_by("-since"),
        "origins": _steps().filter(successor=place),
        "successions": _steps().filter(predecessor=place),
        "difficulties": place.difficulties.all() if place.level == Level.COMMUNE else None,
        "islands": place.islands.all(),
        "notes": {coverage.topic: coverage for coverage in Coverage.objects.all()},
        "beside": beside,
        "is_inside": is_inside,
        "drawing": _drawing(place, beside, day),
        "outline": Boundary.objects.as_of(day).filter(place__in=[then.place_id for then in beside]).first(),
    }
    return render(request, "places/detail.html", context)


def _asked(request: HttpRequest) -> tuple[AskForm, date]:
    """The form as it was sent, with today's date where none was, and the day to look at."""
    form = AskForm({"ngay": f"{today():%d/%m/%Y}"} | request.GET.dict())
    form.is_valid()
    return form, form.cleaned_data.get("ngay") or today()


def by_code(version: PlaceVersion) -> str:
    """Official order: units that live on from another time keep older ids, so tree order alone would put them first."""
    return version.code


def _steps() -> QuerySet[Succession]:
    """Successions with both sides at hand, in order."""
    return Succession.objects.select_related("predecessor", "successor").order_by("on", "predecessor_id")


def _groups(day: date) -> list[Group]:
    """Districts (and since 2025 the province itself) with their communes, in the order of the official codes."""
    groups: list[Group] = []
    for version in PlaceVersion.objects.as_of(day).exclude(place__level=Level.HAMLET):
        if version.place.level == Level.COMMUNE:
            groups[-1].communes.append(version)
        else:
            groups.append(Group(version))
    for group in groups:
        group.communes.sort(key=by_code)
    return groups


def _found(text: str, day: date) -> list[Found]:
    """Units that match at any time, those of the day first."""
    places = list(Place.objects.search(text).order_by("until", "id")[:MOST_FOUND])
    then = {version.place_id: version for version in PlaceVersion.objects.as_of(day).filter(place__in=places)}
    found = [Found(place, then.get(place.pk)) for place in places]
    return sorted(found, key=lambda one: one.then is None)


def _turns() -> list[date]:
    """The days on which something changed: worth a click."""
    days = PlaceVersion.objects.order_by("since").values_list("since", flat=True).distinct()
    return list(days)[1:]


def _within(place: Place, day: date) -> date:
    """`day`, or the nearest day of the unit's life."""
    if place.until is not None and day >= place.until:
        return place.until - timedelta(days=1)
    return max(day, place.since)


def _beside(place: Place, version: PlaceVersion, day: date) -> tuple[list[PlaceVersion], bool]:
    """What to show next to the map: the units inside this one (then True), or for a commune its neighbours."""
    versions = PlaceVersion.objects.as_of(day).exclude(place__level=Level.HAMLET)
    inside = sorted(versions.filter(parent=place), key=by_code)
    if inside or version.parent_id is None:
        return inside, True
    return sorted(versions.filter(parent=version.parent_id), key=by_code), False


def _drawing(place: Place, beside: list[PlaceVersion], day: date) -> Drawing | None:
    """The map of these units, with this place marked if it is one of them."""
    versions = {version.place_id: version for version in beside}
    boundaries = Boundary.objects.as_of(day).filter(place__in=versions)
    outlines = [(versions[b.place_id], b.geometry) for b in boundaries]
    return draw([(v.place.key, v.full_name, geometry) for v, geometry in outlines], here=place.key)
