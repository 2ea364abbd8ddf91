"""What waits for me, search, notices, the journal."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts.middleware import SESSION_KEY
from chungtay.accounts.models import Notice, Seat
from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.desk import journal_words, work
from chungtay.desk.components_page import samples
from chungtay.law.procedure import PROPOSING, Desk
from chungtay.nominations import pages
from chungtay.nominations.models import Dossier
from chungtay.parties import finding
from chungtay.records import keyset
from chungtay.records.clock import today
from chungtay.records.models import Entry

FOUND = 20


@require_safe
@at_desk()
def home(request: DeskRequest) -> HttpResponse:
    """Việc chờ tôi: overdue first; beside it what happened to my work and which rounds are open."""
    on, seat = today(), request.seat
    mark = request.GET.get("trang", "")
    page = keyset.page(work.waiting(seat, on), order=("due_on", "id"), mark=mark, show=pages.lines)
    rounds = pages.rounds()
    context = {
        "rows": pages.rows_of(page.rows, on, rounds, seat.body_id),
        "page": page,
        "votes": work.votes_owed(seat),
        "drafts": work.drafts(seat),
        "notices": list(Notice.objects.filter(desk=seat.desk)[:8]),
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
    """One box: a dossier's code, a name with or without accents; only what this seat may see."""
    on, text = today(), request.GET.get("q", "").strip()
    dossiers, parties = [], []
    if text:
        rows = pages.named(Dossier.objects.visible_to(request.seat, on), text)
        dossiers = pages.rows_of(pages.lines(rows).order_by("-id")[:FOUND], on, pages.rounds())
        parties = finding.page(request.seat, on, text, size=FOUND).rows
    return render(request, "desk/search.html", {"text": text, "dossiers": dossiers, "parties": parties})


@require_safe
@at_desk()
def notices(request: DeskRequest) -> HttpResponse:
    """Thông báo of this desk, newest first."""
    page = keyset.page(Notice.objects.filter(desk=request.seat.desk), order=("-id",), mark=request.GET.get("trang", ""))
    return render(request, "desk/notices.html", {"page": page})


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
