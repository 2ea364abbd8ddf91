"""Who copied a model: saying so, answering, taking a wrong line out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.practices import actions, forms, rights
from chungtay.practices.models import Adoption
from chungtay.practices.showing import copiers
from chungtay.practices.views import mine, page_of, proof_of
from chungtay.records.clock import today


@at_desk(*sorted(rights.WRITERS))
@require_POST
def adopt(request: DeskRequest, pk: int) -> HttpResponse:
    """Chúng tôi đã làm theo."""
    row = mine(request, pk)
    own, others = copiers(request, row, rights.may_keep(row, request.seat))
    form = forms.AdoptForm(request.POST, request.FILES, own=own, others=others)
    if form.is_valid():
        with form.blamed():
            made = actions.adopt(
                row, form.adopter(), form.copied(), by=request.seat, on=today(), proof=proof_of(form)
            )  # fmt: skip
            messages.success(request, "Đã ghi." if made.accepted else "Đã ghi; chờ nơi áp dụng xác nhận.")
            return redirect("practices:detail", row.pk)
    return page_of(request, row, form)


def _adoption(request: DeskRequest, pk: int) -> Adoption:
    rows = Adoption.objects.visible_to(request.seat, today()).select_related("party", "practice__party")
    return get_object_or_404(rows, pk=pk)


@at_desk(*sorted(rights.WRITERS))
@require_POST
def answer(request: DeskRequest, pk: int) -> HttpResponse:
    """Nơi áp dụng trả lời."""
    row, form = _adoption(request, pk), forms.AnswerForm(request.POST)
    if form.is_valid():
        with form.blamed():
            accepted, text = form.cleaned_data["accepted"] == "yes", form.cleaned_data["text"]
            actions.answer(row, accepted=accepted, text=text, by=request.seat, on=today())
            messages.success(request, "Đã trả lời.")
            return redirect("practices:detail", row.practice_id)
    return page_of(request, mine(request, row.practice_id), form)


@at_desk(*sorted(rights.WRITERS))
@require_POST
def take_out(request: DeskRequest, pk: int) -> HttpResponse:
    """Bỏ dòng ghi nhầm, with the reason."""
    row, form = _adoption(request, pk), forms.ReasonForm(request.POST)
    if form.is_valid():
        with form.blamed():
            actions.take_out(row, reason=form.cleaned_data["reason"], by=request.seat, on=today())
            messages.success(request, "Đã bỏ dòng ghi nhầm; dòng cũ vẫn được giữ.")
            return redirect("practices:detail", row.practice_id)
    return page_of(request, mine(request, row.practice_id), form)
