"""The papers behind a gift, and the way from a book's line to the gift that wrote it."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.contributions import actions, booking, pages
from chungtay.contributions.forms import PaperForm
from chungtay.contributions.papers import Paper
from chungtay.contributions.recording import RECORDERS
from chungtay.contributions.views import show
from chungtay.documents.serving import attachment
from chungtay.documents.storing import keep_upload
from chungtay.ledger.models import Transfer
from chungtay.parties.requests import READERS
from chungtay.records.clock import today


@at_desk(*sorted(RECORDERS))
@require_POST
def attach(request: DeskRequest, pk: int) -> HttpResponse:
    """Another paper behind the gift."""
    gift = pages.mine(request, pk)
    form = PaperForm(request.POST, request.FILES, auto_id="id_paper_%s")
    if form.is_valid():
        with form.blamed():
            upload = form.cleaned_data["file"]
            actions.attach(gift, keep_upload(upload), upload.name or "", by=request.seat, on=today())
            messages.success(request, "Đã đính kèm chứng từ.")
            return redirect("contributions:detail", gift.pk)
    return show(request, gift, form, "attach", 422)


@require_safe
@at_desk(*sorted(READERS))
def paper(request: DeskRequest, pk: int, number: int) -> FileResponse:
    """One paper; that of a helped household only for whoever may read its name."""
    gift = pages.mine(request, pk)
    if not pages.reads_papers(gift, request.seat, today()):
        raise Http404
    row = get_object_or_404(Paper.objects.filter(gift=gift).select_related("file"), pk=number)
    return attachment(row.file, row.name)


@require_safe
@at_desk(*sorted(READERS))
def of_transfer(request: DeskRequest, pk: int) -> HttpResponse:
    """From a transfer in the book of a fund to the gift that wrote it, if this desk may see both."""
    row = get_object_or_404(Transfer.objects.visible_to(request.seat, today()), pk=pk)
    gift = booking.gift_of(row)
    if gift is None:
        raise Http404
    return redirect("contributions:detail", pages.mine(request, gift).pk)
