"""Pages of figures are drawn once and kept until a figure changes: figures change when a round is locked, not daily.

What is kept is only the inside of a page. Its frame, with the person's own links and work, is drawn every time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.cache import caches
from django.db.models import Count, IntegerField, Max, Model, Q, QuerySet, Sum, Value
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from chungtay.accounts.requests import DeskRequest
from chungtay.movements.models import PlanVersion
from chungtay.places.models import Difficulty, PlaceVersion
from chungtay.records.clock import today
from chungtay.reviews.models import Figures, Round
from chungtay.targets.models import Assigned, IncomeSurvey, Infrastructure

Words = ParamSpec("Words")
Drawing = tuple[str, dict[str, Any]]
"""A template, and what it is drawn with."""
BLOCKS = ("head", "title", "beside", "lead", "crumbs", "actions", "content")
BETWEEN = "\x1e"
SECONDS = 600
"""Even where no figure changed: the reference data of places may have been corrected in place."""


def edition() -> str:
    """A word that changes whenever something changes that a page of figures shows. One query."""
    locked = Count("pk", filter=Q(locked_on__isnull=False))
    told = (
        (Figures, Max("pk")), (IncomeSurvey, Max("pk")), (Infrastructure, Max("pk")),
        (Assigned, Sum("version")), (Assigned, Count("pk")), (Round, Count("pk")), (Round, locked),
        (PlanVersion, Max("pk")), (PlaceVersion, Max("pk")), (Difficulty, Count("pk")),
    )  # fmt: skip
    first, *others = [_one(number, model, word) for number, (model, word) in enumerate(told)]
    return ".".join(str(word or 0) for _, word in sorted(first.union(*others, all=True)))


def _one(number: int, model: type[Model], word: Any) -> QuerySet[Any, Any]:
    rows = model._default_manager.order_by().annotate(part=Value(number, IntegerField())).values("part")
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
