"""The life of a dossier. One short function an address: who? which? one verb, then the page."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.documents.models import Paper
from chungtay.documents.serving import attachment
from chungtay.law.awards import Payee
from chungtay.law.procedure import PROPOSING, Desk
from chungtay.law.refusals import Conflict
from chungtay.nominations import actions, lists, pages, reports
from chungtay.nominations.forms import ReasonForm, SendBackForm
from chungtay.nominations.models import Dossier
from chungtay.nominations.requests import dossier_of, handed_in, own_dossier
from chungtay.records import journal
from chungtay.records.clock import today
from chungtay.records.journal import noun_of


@require_safe
@at_desk()
def list_dossiers(request: DeskRequest) -> HttpResponse:
    """Every dossier in sight, newest first, by key."""
    return render(request, "nominations/list.html", lists.dossier_list(request.seat, request.GET, today()))


@require_safe
@at_desk()
def detail(request: DeskRequest, key: str) -> HttpResponse:
    """The dossier: where it is, what is missing, what was done. Another's reading of a person leaves a trace."""
    dossier = dossier_of(request, key)
    if dossier.party.payee is not Payee.COLLECTIVE and dossier.unit_id != request.seat.body_id:
        journal.leave_trace(dossier.party, by=request.seat)
    return render(request, "nominations/detail.html", pages.dossier_page(dossier, request.seat, today()))


@at_desk(*PROPOSING)
@require_POST
def submit(request: DeskRequest, key: str) -> HttpResponse:
    dossier = own_dossier(request, key)
    actions.submit(dossier, by=request.seat, on=today())
    messages.success(request, "Đã nộp hồ sơ. Có thể lấy lại khi Bộ phận tiếp nhận chưa mở.")
    return redirect("nominations:detail", dossier.key)


@at_desk(*PROPOSING)
@require_POST
def recall(request: DeskRequest, key: str) -> HttpResponse:
    dossier = own_dossier(request, key)
    actions.recall(dossier, by=request.seat, on=today())
    messages.success(request, "Đã lấy lại hồ sơ. Sửa xong hãy nộp lại.")
    return redirect("nominations:detail", dossier.key)


@at_desk(*PROPOSING)
@require_POST
def withdraw(request: DeskRequest, key: str) -> HttpResponse:
    dossier = own_dossier(request, key)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    actions.withdraw(dossier, by=request.seat, on=today(), reason=reason)
    messages.success(request, "Đã rút hồ sơ.")
    return redirect("nominations:detail", dossier.key)


@at_desk(Desk.OFFICE)
@require_POST
def take_up(request: DeskRequest, key: str) -> HttpResponse:
    try:
        dossier = actions.take_up(handed_in(request, key), by=request.seat, on=today())
    except Conflict as conflict:
        return _too_late(request, key, conflict)
    return redirect("nominations:detail", dossier.key)


def _too_late(request: DeskRequest, key: str, conflict: Conflict) -> HttpResponse:
    """What happened meanwhile, with a way on that exists: a dossier that was taken back has no page here any more."""
    stays = Dossier.objects.visible_to(request.seat, today()).filter(key=key).exists()
    back = reverse("nominations:detail", args=[key]) if stays else reverse("desk:home")
    context = {"reasons": conflict.reasons, "typed": [], "back": back, "is_gone": not stays}
    return render(request, "errors/conflict.html", context, status=409)


@at_desk(Desk.OFFICE)
@require_POST
def receive(request: DeskRequest, key: str) -> HttpResponse:
    dossier = dossier_of(request, key)
    actions.receive(dossier, by=request.seat, on=today())
    messages.success(request, f"Đã tiếp nhận, mã {dossier.code}, hẹn trả {dossier.promised_on:%d/%m/%Y}.")
    return redirect("nominations:detail", dossier.key)


@at_desk(Desk.OFFICE, Desk.BOARD)
def send_back(request: DeskRequest, key: str) -> HttpResponse:
    """A note at each part that must change; the unit finds them beside the fields."""
    dossier = dossier_of(request, key)
    form = SendBackForm(request.POST or None, parts=pages.parts(dossier))
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            actions.send_back(dossier, by=request.seat, on=today(), notes=form.cleaned_data)
            messages.success(request, "Đã trả lại hồ sơ cho đơn vị trình.")
            return redirect("desk:home")
    status = 422 if form.errors else 200
    return render(request, "nominations/send_back.html", {"dossier": dossier, "form": form}, status=status)


@require_safe
@at_desk()
def paper_file(request: DeskRequest, key: str, paper_id: int) -> FileResponse:
    """A paper issued about this dossier: the receipt; a letter names others too, so only province desks read it."""
    label, noun_key = noun_of(dossier_of(request, key))
    rows = Paper.objects.filter(noun=label, noun_key=noun_key).select_related("file")
    if request.seat.kind in PROPOSING:
        rows = rows.filter(kind=Paper.Kind.RECEIPT)
    paper = get_object_or_404(rows, pk=paper_id)
    if paper.file is None:
        raise Http404
    return attachment(paper.file, paper.title)


@require_safe
@at_desk()
def report_pdf(request: DeskRequest, key: str) -> HttpResponse:
    """Báo cáo thành tích (Mẫu 07) printed from what the unit wrote, for signing."""
    dossier = dossier_of(request, key)
    response = HttpResponse(reports.printed(dossier, on=today()), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="bao-cao-{dossier.key}.pdf"'
    return response
