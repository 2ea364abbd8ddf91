"""Khen thưởng đã có: /ho-so/khen-da-co/. The Board's list of what waits, the awards of one party, and what is done."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.documents.serving import attachment
from chungtay.law.awards import Payee
from chungtay.law.procedure import PROPOSING, Desk
from chungtay.movements.plan import Content
from chungtay.nominations import earlier_page, entering
from chungtay.nominations.earlier import EarlierAward
from chungtay.nominations.earlier_forms import EarlierAwardForm, StrikeForm
from chungtay.parties.models import Party
from chungtay.parties.requests import READERS
from chungtay.records import journal, keyset
from chungtay.records.clock import today
from chungtay.records.requests import neighbours

FORM = ["GET", "HEAD", "POST"]
RECORDERS = (*sorted(PROPOSING), Desk.BOARD)


def _party(request: DeskRequest, pk: int) -> Party:
    rows = Party.objects.visible_to(request.seat, today()).select_related("place", "managing_unit")
    return get_object_or_404(rows, pk=pk)


def _row(request: DeskRequest, pk: int) -> EarlierAward:
    """An earlier award in sight that this seat may change; 404 otherwise."""
    rows = EarlierAward.objects.visible_to(request.seat, today()).select_related("party", "file")
    found = get_object_or_404(rows, pk=pk)
    if not entering.may_change(found, request.seat, today()):
        raise Http404
    return found


def _contents(party: Party) -> tuple[Content, ...]:
    movement = entering.movement_of(party)
    return () if movement is None else movement.plan_on(today()).plan.contents_for(party.kind)


@require_safe
@at_desk(Desk.BOARD)
def waiting(request: DeskRequest) -> HttpResponse:
    """What units have recorded and the Board has not looked at, the latest first."""
    on = today()
    rows = EarlierAward.objects.visible_to(request.seat, on).waiting().select_related("party", "unit")
    page = keyset.page(rows, order=("-id",), mark=request.GET.get("trang", ""))
    context = {**earlier_page.waiting(page, request.seat, on), "pages": neighbours(request, page)}
    return render(request, "nominations/earlier_waiting.html", context)


@require_safe
@at_desk(*sorted(READERS))
def of_party(request: DeskRequest, party_id: int) -> HttpResponse:
    """Every award of one party that is on record. Reading of a person leaves a trace."""
    party = _party(request, party_id)
    if party.payee is not Payee.COLLECTIVE:
        journal.leave_trace(party, by=request.seat)
    return render(request, "nominations/earlier.html", earlier_page.of_party(party, request.seat, today()))


@require_http_methods(FORM)
@at_desk(*RECORDERS)
def record(request: DeskRequest, party_id: int) -> HttpResponse:
    """One award more."""
    party = _party(request, party_id)
    if not entering.may_record(party, request.seat, today()):
        raise Http404
    form = EarlierAwardForm(request.POST or None, request.FILES or None, contents=_contents(party), corrects=None)
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            made = entering.record_earlier(party, form.told(), by=request.seat, on=today())
            said = "Đã ghi." if made.counts else "Đã ghi, chờ Ban Thi đua - Khen thưởng xác nhận."
            messages.success(request, said)
            return redirect("nominations:earlier", party.pk)
    context = {"party": party, "form": form, "corrects": None}
    return render(request, "nominations/earlier_form.html", context, status=422 if form.errors else 200)


@require_http_methods(FORM)
@at_desk(*RECORDERS)
def correct(request: DeskRequest, pk: int) -> HttpResponse:
    """A wrong one is struck off and written anew."""
    row = _row(request, pk)
    form = EarlierAwardForm(request.POST or None, request.FILES or None, contents=_contents(row.party), corrects=row)
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            reason = form.cleaned_data["reason"]
            entering.correct_earlier(row, form.told(), by=request.seat, on=today(), reason=reason)
            messages.success(request, "Đã đính chính.")
            return redirect("nominations:earlier", row.party_id)
    context = {"party": row.party, "form": form, "corrects": row}
    return render(request, "nominations/earlier_form.html", context, status=422 if form.errors else 200)


@require_http_methods(FORM)
@at_desk(*RECORDERS)
def strike(request: DeskRequest, pk: int) -> HttpResponse:
    """A wrong one counts no more."""
    row = _row(request, pk)
    form = StrikeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            entering.strike_earlier(row, by=request.seat, on=today(), reason=form.cleaned_data["reason"])
            messages.success(request, "Đã gỡ.")
            return redirect("nominations:earlier", row.party_id)
    context = {"row": row, "party": row.party, "form": form}
    return render(request, "nominations/earlier_strike.html", context, status=422 if form.errors else 200)


@require_POST
@at_desk(Desk.BOARD)
def confirm(request: DeskRequest, pk: int) -> HttpResponse:
    """The Board has seen the decision."""
    row = _row(request, pk)
    entering.confirm_earlier(row, by=request.seat, on=today())
    messages.success(request, "Đã xác nhận; từ nay được tính.")
    return redirect("nominations:earlier", row.party_id)


@require_safe
@at_desk(*sorted(READERS))
def earlier_file(request: DeskRequest, pk: int) -> FileResponse:
    """The picture of the decision, for whoever sees the party."""
    rows = EarlierAward.objects.visible_to(request.seat, today()).select_related("file", "party")
    row = get_object_or_404(rows, pk=pk)
    if row.file is None:
        raise Http404
    if row.party.payee is not Payee.COLLECTIVE:
        journal.leave_trace(row.party, by=request.seat)
    return attachment(row.file, f"khen-da-co-{row.pk}")
