"""Seats: one's own and how to delegate them; for the administrator, every desk and who sits there."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts import actions
from chungtay.accounts.forms import DelegateForm, GiveSeatForm
from chungtay.accounts.models import Desk, Seat
from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.law.procedure import Desk as DeskKind
from chungtay.law.refusals import Refused
from chungtay.records import keyset
from chungtay.records.clock import today
from chungtay.records.names import fold
from chungtay.records.requests import neighbours

ROWS = ("user", "desk__body", "desk__place", "delegated_from__user")


@require_safe
@at_desk()
def seats(request: DeskRequest) -> HttpResponse:
    """One's own seats today, and the people who do one's work."""
    on = today()
    given = Seat.objects.filter(delegated_from__user=request.user).select_related(*ROWS).order_by("-until", "-id")
    return render(request, "accounts/seats.html", {
        "seats_now": [
            {"seat": seat, "may_delegate": seat.delegated_from_id is None, "is_current": seat == request.seat}
            for seat in request.seats
        ],
        "given": [_row(seat, on) for seat in given],
        "is_admin": request.seat.kind is DeskKind.ADMIN,
    })  # fmt: skip


def _row(seat: Seat, on: date) -> dict[str, Any]:
    """A seat and how it stands today."""
    if seat.until is not None and seat.until < on:
        tone, label = "neutral", "Đã hết"
    elif seat.since > on:
        tone, label = "info", "Chưa đến ngày"
    elif seat.until == on:
        tone, label = "wait", "Hết cuối ngày hôm nay"
    else:
        tone, label = "ok", "Đang làm"
    ends = label in ("Đang làm", "Chưa đến ngày")
    return {"seat": seat, "tone": tone, "label": label, "may_end": ends and seat.since <= on}


@at_desk()
def delegate(request: DeskRequest, pk: int) -> HttpResponse:
    """Let a colleague of the same body do the work of one's own seat until a day."""
    on = today()
    seat = get_object_or_404(_own(request).valid(on), pk=pk)
    form = DelegateForm(request.POST or None, seat=seat, on=on)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with form.blamed():
            made = actions.delegate(seat, said["user"], by=request.seat, on=on, until=said["until"])
            messages.success(request, f"{made.user} làm thay bạn đến hết ngày {made.until:%d/%m/%Y}.")
            return redirect("accounts:seats")
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/delegate.html", {"form": form, "own": seat}, status=status)


def _own(request: DeskRequest) -> Any:
    """The user's own seats, without those that others delegated to them."""
    return Seat.objects.filter(user=request.user, delegated_from=None).select_related(*ROWS)


@at_desk()
@require_POST
def end_delegation(request: DeskRequest, pk: int) -> HttpResponse:
    """Take back what one delegated; it holds to the end of today."""
    on = today()
    rows = Seat.objects.filter(delegated_from__user=request.user).select_related(*ROWS)
    seat = get_object_or_404(rows.valid(on), pk=pk)
    actions.end_seat(seat, by=request.seat, on=on)
    messages.success(request, "Việc ủy quyền hết vào cuối ngày hôm nay.")
    return redirect("accounts:seats")


def _administered(request: DeskRequest) -> QuerySet[Desk]:
    """The desks of the bodies in the administrator's area."""
    rows = Desk.objects.filter(request.seat.scope(today()).where("body__area_path"))
    return rows.select_related("body", "place")


@require_safe
@at_desk(DeskKind.ADMIN)
def desks(request: DeskRequest) -> HttpResponse:
    """Every desk with how many sit there today."""
    text = request.GET.get("q", "").strip()
    rows = _administered(request)
    for word in fold(text).split():
        rows = rows.filter(body__name_folded__contains=word)
    page = keyset.page(rows, order=("id",), mark=request.GET.get("trang", ""))
    sitting = Seat.objects.filter(desk__in=[row.pk for row in page.rows]).valid(today()).select_related("user")
    people: dict[int, list[str]] = {}
    for seat in sitting.order_by("id"):
        people.setdefault(seat.desk_id, []).append(str(seat.user))
    return render(request, "accounts/desks.html", {
        "rows": [{"desk": row, "people": ", ".join(people.get(row.pk, []))} for row in page.rows],
        "pages": neighbours(request, page),
        "text": text,
    })  # fmt: skip


@require_safe
@at_desk(DeskKind.ADMIN)
def desk(request: DeskRequest, pk: int) -> HttpResponse:
    """One desk: who sits there, who sat there, and the form that gives a seat."""
    row = get_object_or_404(_administered(request), pk=pk)
    return _desk(request, row, GiveSeatForm(desk=row, on=today()))


def _desk(request: DeskRequest, row: Desk, form: GiveSeatForm) -> HttpResponse:
    found = row.seats.select_related(*ROWS).order_by("-since", "-id")
    rows = [_row(seat, today()) for seat in found]
    status = 422 if form.is_bound else 200
    return render(request, "accounts/desk.html", {"desk": row, "rows": rows, "form": form}, status=status)


@at_desk(DeskKind.ADMIN)
@require_POST
def give_seat(request: DeskRequest, pk: int) -> HttpResponse:
    """Let a user work at a desk from today."""
    row = get_object_or_404(_administered(request), pk=pk)
    form = GiveSeatForm(request.POST, desk=row, on=today())
    if not form.is_valid():
        return _desk(request, row, form)
    said = form.cleaned_data
    try:
        actions.give_seat(said["user"], row, by=request.seat, on=today(), until=said["until"], title=said["title"])
    except Refused as refused:
        form.blame(refused.reasons)
        return _desk(request, row, form)
    messages.success(request, f"{said['user']} làm việc tại “{row.name}” từ hôm nay.")
    return redirect("accounts:desk", row.pk)


@at_desk(DeskKind.ADMIN)
@require_POST
def end_seat(request: DeskRequest, pk: int, seat: int) -> HttpResponse:
    """End a seat; it holds to the end of today. The administrator's own seat is ended by another one."""
    rows = Seat.objects.filter(desk__in=_administered(request)).select_related(*ROWS)
    found = get_object_or_404(rows.filter(desk=pk).valid(today()), pk=seat)
    actions.end_seat(found, by=request.seat, on=today())
    messages.success(request, f"{found.user} thôi việc tại bàn này từ ngày mai.")
    return redirect("accounts:desk", pk)
