"""Letters to the Prime Minister: the list, one letter with its dossiers and what was done, and the signed paper."""

from typing import Any

from django.db.models import Count
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.decisions.models import Forwarded, Letter
from chungtay.decisions.views import MONEY, READERS
from chungtay.documents.serving import attachment
from chungtay.nominations.models import Dossier
from chungtay.records import journal, keyset
from chungtay.records.clock import today
from chungtay.records.models import Entry

SENTENCES = {"sign_letter": "Ký tờ trình Thủ tướng Chính phủ"}


def _letters(request: DeskRequest) -> Any:
    """The letters of the bodies in a province desk's area; others see those that name somebody in their own sight."""
    rows = Letter.objects.select_related("paper__file", "body", "signer_seat__user")
    on = today()
    if request.seat.kind in READERS:
        return rows.filter(request.seat.scope(on).where("body__area_path"))
    mine = Forwarded.objects.filter(dossier__in=Dossier.objects.visible_to(request.seat, on))
    return rows.filter(pk__in=mine.values("letter"))


@require_safe
@at_desk()
def list_letters(request: DeskRequest) -> HttpResponse:
    """Tờ trình Thủ tướng Chính phủ, the newest first."""
    rows = _letters(request).annotate(names=Count("forwarded"))
    page = keyset.page(rows, order=("-id",), mark=request.GET.get("trang", ""))
    kind = request.seat.kind
    context = {"page": page, "sees_all": kind in READERS, "sees_money": kind in MONEY}
    return render(request, "decisions/letters.html", context)


@require_safe
@at_desk()
def letter(request: DeskRequest, pk: int) -> HttpResponse:
    """One letter: its paper, the dossiers that went with it (a unit sees its own only), what was done."""
    found, sees_all = get_object_or_404(_letters(request), pk=pk), request.seat.kind in READERS
    rows = found.forwarded.select_related("dossier__unit", "dossier__round__plan_version").order_by("id")
    if not sees_all:
        rows = rows.filter(dossier__in=Dossier.objects.visible_to(request.seat, today()))
    dossiers = [row.dossier for row in rows]
    plan = dossiers[0].round.plan_version.plan
    return render(request, "decisions/letter.html", {
        "letter": found,
        "award": plan.award(found.award),
        "dossiers": dossiers,
        "sees_all": sees_all,
        "acts": [_act(entry) for entry in reversed(journal.of(found))],
    })  # fmt: skip


def _act(entry: Entry) -> dict[str, str]:
    return {
        "who": entry.actor, "desk": entry.desk, "when": f"{entry.on:%d/%m/%Y}", "sentence": SENTENCES[entry.act],
        "tone": "ok",
    }  # fmt: skip


@require_safe
@at_desk(*READERS)
def letter_file(request: DeskRequest, pk: int) -> FileResponse:
    """The signed letter as PDF, for the desks that see the whole list."""
    found = get_object_or_404(_letters(request), pk=pk)
    if found.paper.file is None:
        raise Http404
    return attachment(found.paper.file, f"to-trinh-{found.paper.number}-{found.paper.year}")
