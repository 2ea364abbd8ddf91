"""Requests of people who sit at a desk. The seat is put on the request above; here only its kind is known."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from chungtay.law.procedure import Desk
from chungtay.records.keyset import Page

Asked = TypeVar("Asked", bound=HttpRequest)
Rest = ParamSpec("Rest")


def at_desk(
    *kinds: Desk,
) -> Callable[[Callable[Concatenate[Asked, Rest], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Only for people at a desk of one of `kinds` (any, when none is named). Others see 404; strangers log in first.

    `desk_kinds` of the wrapped view names them, in order, for whoever checks the addresses.
    """

    def wrap(view: Callable[Concatenate[Asked, Rest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @login_required
        @wraps(view)
        def inner(request: Asked, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            seat = getattr(request, "seat", None)
            if seat is None or (kinds and seat.kind not in kinds):
                raise Http404
            return view(request, *args, **kwargs)

        cast(Any, inner).desk_kinds = tuple(sorted(kinds))
        return inner

    return wrap


def version_of(request: HttpRequest) -> int:
    """The version of the row that the form was drawn from (`form_head`); 0, which no row has, for anything else."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def neighbours(request: HttpRequest, page: Page[Any], mark: str = "trang") -> dict[str, str]:
    """The addresses of the pages before and after `page`, with the filters of this one; empty at an end."""
    found = {}
    for way in ("previous", "next"):
        query = request.GET.copy()
        query[mark] = getattr(page, way)
        found[way] = f"?{query.urlencode()}" if query[mark] else ""
    return found
