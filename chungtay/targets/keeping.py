"""Pages of figures are drawn once and kept until a figure changes: figures change when a round is locked, not daily.

What is kept is only the inside of a page. Its frame, with the person's own links and work, is drawn every time.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.db.models import Count, F, IntegerField, Max, Model, Q, QuerySet, Sum, TextField, Value
from django.db.models.functions import Cast
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from chungtay.accounts.requests import DeskRequest
from chungtay.contributions.models import Contribution
from chungtay.movements.models import PlanVersion
from chungtay.places.models import Boundary, Coverage, Difficulty, PlaceVersion
from chungtay.records import walls
from chungtay.records.clock import today
from chungtay.reviews.models import Figures, Round
from chungtay.targets.models import Assigned, IncomeSurvey, Infrastructure

Words = ParamSpec("Words")
Drawing = tuple[str, dict[str, Any]]
"""A template, and what it is drawn with."""
BLOCKS = ("head", "title", "beside", "lead", "crumbs", "actions", "content")
BETWEEN = "\x1e"
SECONDS = 3600
"""Where nothing changed. What nobody asks for any more goes."""
GROUND: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (PlaceVersion, ("place", "since", "until", "kind", "name", "path", "source", "assumed")),
    (Difficulty, ("place", "year", "programme", "decision", "source", "assumed")),
    (Coverage, ("topic", "complete", "note")),
    (Boundary, ("place", "since", "source", "geometry")),
)
"""The reference data of places: loaded from files, which may correct a row in place."""
WIDEST = max(len(names) for _, names in GROUND)


def edition() -> str:
    """A word that changes whenever something changes that a page of figures shows. One query, at times two."""
    locked = Count("pk", filter=Q(locked_on__isnull=False))
    told = (
        (Figures, Max("pk")), (IncomeSurvey, Max("pk")), (Infrastructure, Max("pk")),
        (Assigned, Max("pk")), (Round, Count("pk")), (Round, locked), (PlanVersion, Max("pk")),
    )  # fmt: skip
    rows = [_one(number, model._default_manager.all(), word) for number, (model, word) in enumerate(told)]
    rows.append(_one(len(rows), Contribution.objects.counted(), Sum("pk")))
    with walls.everything("that a figure changed somewhere tells nothing of it"):
        return ".".join([*(str(word or 0) for _, word in sorted(rows[0].union(*rows[1:], all=True))), _ground()])


_read: dict[str, tuple[float, str]] = {}


def _ground() -> str:
    """A word for what the reference data of places says. One query; kept by this process for seconds, as areas are."""
    now = time.monotonic()
    until, word = _read.get(connection.alias, (0.0, ""))
    if now < until:
        return word
    first, *others = [_told(model, names) for model, names in GROUND]
    lines = sorted(repr(row) for row in first.union(*others, all=True))
    word = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
    _read[connection.alias] = (now + settings.AREAS_KEPT_SECONDS, word)
    return word


def _told(model: type[Model], names: tuple[str, ...]) -> QuerySet[Any, Any]:
    """The rows of a table as texts, as many columns as the widest has."""
    columns: dict[str, Any] = {"column_0": Cast(Value(model._meta.label), TextField())}
    for number in range(1, WIDEST + 1):
        name = names[number - 1] if number <= len(names) else ""
        columns[f"column_{number}"] = Cast(F(name) if name else Value(""), TextField())
    return model._default_manager.order_by().annotate(**columns).values_list(*columns)


def _one(number: int, among: QuerySet[Any, Any], word: Any) -> QuerySet[Any, Any]:
    rows = among.order_by().annotate(part=Value(number, IntegerField())).values("part")
    return rows.annotate(word=word).values_list("part", "word")


def _key(request: DeskRequest, name: str, words: tuple[Any, ...], named: dict[str, Any]) -> str:
    on, seat = today(), request.seat
    told = (
        name, words, sorted(named.items()), request.GET.urlencode(), on.isoformat(), seat.kind.value,
        seat.desk.body.area_path, seat.scope(on).spans, edition(),
    )  # fmt: skip
    return hashlib.sha256(repr(told).encode()).hexdigest()


def kept(
    draw: Callable[Concatenate[DeskRequest, Words], Drawing],
) -> Callable[Concatenate[DeskRequest, Words], HttpResponse]:
    """A view whose page is drawn anew only for another address, day, area or kind of desk, or another edition."""

    @wraps(draw)
    def view(request: DeskRequest, /, *words: Words.args, **named: Words.kwargs) -> HttpResponse:
        key = _key(request, draw.__name__, words, named)
        parts = caches["drawn"].get(key)
        if parts is None:
            template, context = draw(request, *words, **named)
            drawn = render_to_string(template, {**context, "frame": "targets/_blocks.html"})
            parts = drawn.strip("\n").split(BETWEEN)
            caches["drawn"].set(key, parts, SECONDS)
        told = {name: mark_safe(part) for name, part in zip(BLOCKS, parts, strict=True)}  # noqa: S308 - drawn by us
        return render(request, "targets/kept.html", told)

    return view
