"""Giving a workbook back with yellow cells: at once where it is small, else made by a job that a page waits for."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.records.clock import today
from chungtay.sheets import exporting, giving_back, jobs, returning
from chungtay.sheets.models import Upload
from chungtay.sheets.views import mine


def to_return(request: DeskRequest, pk: int) -> Upload:
    """The upload, if this desk may see it and it has something to give back; otherwise 404."""
    upload, _ = mine(request, pk)
    if not returning.may_return(upload):
        raise Http404
    return upload


@require_safe
@at_desk()
def give_back(request: DeskRequest, pk: int) -> HttpResponse:
    """The same workbook with yellow cells and comments; a large one as it is kept, or the page that has it made."""
    upload = to_return(request, pk)
    content = giving_back.workbook(upload) if returning.is_at_once(upload) else returning.ready(upload)
    if content is None:
        return redirect("sheets:prepare_back", upload.pk)
    answer = HttpResponse(content, content_type=exporting.XLSX)
    name = f"{upload.name.rpartition('.')[0] or upload.name} (cần sửa).xlsx"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@at_desk()
def prepare_back(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask for the workbook of a large upload, wait for it, and fetch it."""
    upload = to_return(request, pk)
    if request.method == "POST":
        returning.ask(upload, by=request.seat, on=today())
        jobs.give_back_later(upload)
        return redirect("sheets:prepare_back", upload.pk)
    return render(request, "sheets/prepare_back.html", about_return(upload))


def about_return(upload: Upload) -> dict[str, Any]:
    """How far the workbook to give back is. A small one needs no making."""
    is_ready = returning.is_at_once(upload) or returning.is_ready(upload)
    return {"upload": upload, "is_ready": is_ready, "is_being_made": not is_ready and returning.is_being_made(upload)}


@require_safe
@at_desk()
def return_progress(request: DeskRequest, pk: int) -> HttpResponse:
    """Asked for every two seconds while the workbook is being made; the whole page anew when it is there."""
    context = about_return(to_return(request, pk))
    if not context["is_being_made"]:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "sheets/_making.html", context)
