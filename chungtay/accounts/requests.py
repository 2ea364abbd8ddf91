"""Requests of people who sit at a desk."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from chungtay.accounts.models import Seat, User
from chungtay.law.procedure import Desk as DeskKind

Rest = ParamSpec("Rest")


class DeskRequest(HttpRequest):
    """A request that has passed `at_desk`: its seat is known."""

    seat: Seat
    seats: list[Seat]
    user: User
    htmx: Any


def at_desk(
    *kinds: DeskKind,
) -> Callable[[Callable[Concatenate[DeskRequest, Rest], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Only for people at a desk of one of `kinds` (any, when none is named). Others see 404; strangers log in first."""

    def wrap(view: Callable[Concatenate[DeskRequest, Rest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @login_required
        @wraps(view)
        def inner(request: DeskRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            if request.seat is None or (kinds and request.seat.kind not in kinds):
                raise Http404
            return view(request, *args, **kwargs)

        inner.desk_kinds = kinds  # type: ignore[attr-defined]
        return inner

    return wrap
