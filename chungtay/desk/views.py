"""What waits for me, search, notices, the journal."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts.middleware import SESSION_KEY
from chungtay.accounts.models import Notice, Seat, User
from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.conduct import waiting as conduct
from chungtay.contributions import waiting as gifts
from chungtay.desk import journal_words, work
from chungtay.desk.components_page import samples
from chungtay.desk.told import told
from chungtay.households import showing
from chungtay.law.procedure import PROPOSING, Desk
from chungtay.nominations import lists
from chungtay.nominations.models import Dossier
from chungtay.parties import finding
from chungtay.practices import waiting as practices
from chungtay.records import keyset, walls
from chungtay.records.clock import today
from chungtay.records.models import Entry
from chungtay.reviews import waiting as reviews

FOUND = 20
ASKED = 3
"""How many names a person without a desk is told."""


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Việc chờ tôi; for somebody who has no desk, who gives one. Every other page of a desk stays closed to them."""
    if getattr(request, "seat", None) is None:
        return render(request, "desk/no_desk.html", _no_desk(cast(User, request.user)))
    return _work_list(cast(DeskRequest, request))


@walls.everything("somebody without a desk is told whom to ask for one")
def _no_desk(user: User) -> dict[str, Any]:
    """Who gives desks, and what the person's own seats were or will be."""
    on = today()
    administrators = Seat.objects.filter(desk__kind=Desk.ADMIN.value, delegated_from=None).valid(on)
    return {
        "administrators": list(administrators.select_related("user", "desk__body").order_by("id")[:ASKED]),
        "seats": list(user.seats.select_related("desk").order_by("-since", "-id")[:ASKED]),
        "on": on,
    }


def _work_list(request: DeskRequest) -> HttpResponse:
    """Overdue first; beside it what happened to my work and which rounds are open."""
    on, seat = today(), request.seat
    mark = request.GET.get("trang", "")
    page = keyset.page(work.waiting(seat, on), order=("due_on", "id"), mark=mark, show=lists.lines)
    rounds = lists.rounds()
    context = {
        "rows": lists.rows_of(page.rows, on, rounds, seat.body_id),
        "page": page,
        "votes": work.votes_owed(seat),
        "drafts": work.drafts(seat),
        "reviews": reviews.lines(seat, on),
        "duties": [*gifts.lines(seat, on), *conduct.lines(seat, on), *practices.lines(seat, on)],
        "notices": told(list(Notice.objects.filter(desk=seat.desk)[:8]), seat, on),
        "proposes": seat.kind in PROPOSING,
        "is_commune": seat.kind is Desk.COMMUNE,
        "on": on,
        "rounds": sorted((r for r in rounds if r.closes >= on), key=lambda r: (r.closes, r.pk))[:4],
    }
    return render(request, "desk/home.html", context)


@at_desk()
@require_POST
def switch(request: DeskRequest) -> HttpResponse:
    """Chuyển bàn: work at another of my desks."""
    seat = get_object_or_404(
        Seat.objects.filter(user=request.user).valid(today()), pk=_number(request.POST.get("seat", ""))
    )
    request.session[SESSION_KEY] = seat.pk
    messages.success(request, f"Bạn đang làm việc tại: {seat.desk.name}.")
    return redirect("desk:home")


def _number(text: str) -> int:
    """A row's number as a form sends it; 0, which no row has, for anything else."""
    return int(text) if text.isdecimal() and len(text) <= 18 else 0


@require_safe
@at_desk()
def search(request: DeskRequest) -> HttpResponse:
    """One box: a code, a name with or without accents; only what this seat may see."""
    on, text = today(), request.GET.get("q", "").strip()
    dossiers, parties = [], []
    if text:
        rows = lists.named(Dossier.objects.visible_to(request.seat, on), text)
        dossiers = lists.rows_of(lists.lines(rows).order_by("-id")[:FOUND], on, lists.rounds())
        parties = finding.page(request.seat, on, text, size=FOUND).rows
    homes = showing.found(request.seat, on, text, size=FOUND)
    return render(request, "desk/search.html", {"text": text, "dossiers": dossiers, "parties": parties, "homes": homes})


@require_safe
@at_desk()
def notices(request: DeskRequest) -> HttpResponse:
    """Thông báo of this desk, newest first."""
    page = keyset.page(Notice.objects.filter(desk=request.seat.desk), order=("-id",), mark=request.GET.get("trang", ""))
    lines = told(page.rows, request.seat, today())
    return render(request, "desk/notices.html", {"page": page, "lines": lines})


@at_desk()
@require_POST
def read_notices(request: DeskRequest) -> HttpResponse:
    Notice.objects.filter(desk=request.seat.desk, read_at__isnull=True).update(read_at=timezone.now())
    return redirect("desk:notices")


@require_safe
@at_desk(Desk.ADMIN, Desk.AUDITOR)
def journal_page(request: DeskRequest) -> HttpResponse:
    """Nhật ký: every act in its order, with the chain's digest; the values of persons stay behind."""
    page = keyset.page(Entry.objects.all(), order=("-seq",), mark=request.GET.get("trang", ""))
    return render(request, "desk/journal.html", {"page": page, "lines": journal_words.lines(page.rows)})


@require_safe
def components(request: DeskRequest) -> HttpResponse:
    """Every component in every state."""
    return render(request, "desk/components_page.html", samples())
