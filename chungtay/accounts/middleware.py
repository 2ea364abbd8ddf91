"""Who is at which desk, and what a refusal looks like."""

from collections.abc import Callable
from http import HTTPStatus

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chungtay.accounts.models import Seat, User
from chungtay.law.refusals import Conflict, Refused
from chungtay.records import walls
from chungtay.records.clock import today

SESSION_KEY = "seat"
OPEN_PATHS = ("/tai-khoan/", "/cong-khai/", "/static/")


def seats_of(user: User) -> list[Seat]:
    """The seats that are valid today, with what every page shows of them."""
    found = Seat.objects.filter(user=user).valid(today())
    return list(found.select_related("user", "desk__body", "desk__place", "delegated_from__user").order_by("id"))


class SeatMiddleware:
    """`request.seat`: the chosen seat, or the first valid one; None for the public and for people without a desk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.seat = None  # type: ignore[attr-defined]
        request.seats = []  # type: ignore[attr-defined]
        user = request.user
        if isinstance(user, User) and user.is_authenticated:
            with walls.everything("whoever comes is asked first where they sit"):
                request.seats = seats_of(user)  # type: ignore[attr-defined]
            chosen = request.session.get(SESSION_KEY)
            request.seat = next(  # type: ignore[attr-defined]
                (seat for seat in request.seats if seat.pk == chosen),  # type: ignore[attr-defined]
                request.seats[0] if request.seats else None,  # type: ignore[attr-defined]
            )
            if settings.REQUIRE_MFA and not request.path.startswith(OPEN_PATHS) and not is_mfa_enabled(user):
                return redirect("mfa_activate_totp")
        return self.get_response(request)


class RefusalMiddleware:
    """A refusal raised by the law or an action becomes a page with all its sentences; nothing typed is lost.

    An address that only takes what is sent to it, opened as a page, says so instead of staying blank.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not answer.content and request.method == "GET":
            page = render(request, "errors/only_sent.html", status=answer.status_code)
            page["Allow"] = answer["Allow"]
            return page
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        typed = [(name, value) for name, value in request.POST.items() if not name.startswith(("_", "csrf", "version"))]
        status, page = (
            (409, "errors/conflict.html") if isinstance(exception, Conflict) else (422, "errors/refused.html")
        )
        back = request.META.get("HTTP_REFERER", "/")
        context = {"reasons": exception.reasons, "typed": typed, "back": back, "is_gone": False}
        return render(request, page, context, status=status)
