"""What people see when a request cannot be answered. Each page says what happened and what to do next."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400. The request itself may be what is broken, so the page is drawn without reading it again."""
    return HttpResponse(loader.get_template("400.html").render(_bare_frame()), status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _page(request, "403.html", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; also for rows that exist but that one may not see."""
    return _page(request, "404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, of a template that asks nobody anything: database and context processors may be what failed."""
    return HttpResponse(loader.get_template("500.html").render(), status=500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose anti-forgery token has run out."""
    return _page(request, "errors/csrf.html", 403)


def _page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """The page in the reader's own frame; the bare 400 if the request cannot even be read for that."""
    try:
        return render(request, template, status=status)
    except SuspiciousOperation as exception:
        return bad_request(request, exception)


def _bare_frame() -> dict[str, Any]:
    """The frame of base.html for nobody in particular."""
    return {
        "is_demo": settings.IS_DEMO, "working_day": None, "user": AnonymousUser(), "messages": [], "seat": None,
        "seats": [], "nav": [], "waiting": 0, "search_url": "", "searched": "",
    }  # fmt: skip
