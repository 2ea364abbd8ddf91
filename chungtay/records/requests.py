"""Requests of people who sit at a desk. The seat is put on the request above; here only its kind is known."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from chungtay.law.procedure import Desk
from chungtay.records.keyset import Page

Asked = TypeVar("Asked", bound=HttpRequest)
Rest = ParamSpec("Rest")
ENDED = "Phiên làm việc đã hết giờ, việc vừa gửi chưa được ghi. Đăng nhập lại để làm tiếp; chữ bạn đã gõ còn ở máy này."


def at_desk(
    *kinds: Desk,
) -> Callable[[Callable[Concatenate[Asked, Rest], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Only for people at a desk of one of `kinds` (any, when none is named). Others see 404; strangers log in first.

    `desk_kinds` of the wrapped view names them, in order, for whoever checks the addresses.
    """

    def wrap(view: Callable[Concatenate[Asked, Rest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def inner(request: Asked, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            if not cast(Any, request).user.is_authenticated:
                return to_login(request)
            seat = getattr(request, "seat", None)
            if seat is None or (kinds and seat.kind not in kinds):
                raise Http404
            return view(request, *args, **kwargs)

        cast(Any, inner).desk_kinds = tuple(sorted(kinds))
        return inner

    return wrap


def to_login(request: HttpRequest) -> HttpResponseBase:
    """To the login page, and from there back to where the person was.

    What was sent after the session had ended is not done; the page that the form stood on gives back what was typed.
    """
    is_part, is_sent = "HX-Request" in request.headers, request.method == "POST"
    back = request.get_full_path()
    if is_part or is_sent:
        stood_on = request.headers.get("HX-Current-URL" if is_part else "Referer", "")
        host = {request.get_host()}
        if stood_on and url_has_allowed_host_and_scheme(stood_on, host, require_https=request.is_secure()):
            back = urlsplit(stood_on)._replace(scheme="", netloc="", fragment="").geturl()
    if is_sent:
        messages.info(request, ENDED)
    answer = redirect_to_login(back)
    return HttpResponseClientRedirect(answer.url) if is_part else answer


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
