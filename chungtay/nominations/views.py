"""One short function an address: who? which? one verb, then the page."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.documents.models import Paper
from chungtay.documents.serving import attachment
from chungtay.documents.storing import keep_upload
from chungtay.law.awards import Payee
from chungtay.law.procedure import PROPOSING, Desk
from chungtay.law.refusals import Conflict
from chungtay.movements.models import Round
from chungtay.nominations import actions, checklist, guiding, pages, reports
from chungtay.nominations.completeness import required_papers
from chungtay.nominations.forms import (
    DossierForm,
    EvidenceForm,
    JudgeForm,
    OpenForm,
    ReasonForm,
    SendBackForm,
    achievement_forms,
    written_lines,
)
from chungtay.nominations.models import Dossier
from chungtay.parties import finding
from chungtay.parties.models import Party
from chungtay.records import journal, walls
from chungtay.records.clock import today
from chungtay.records.journal import noun_of
from chungtay.records.requests import version_of

WITH = ("party__place", "unit__place", "round__plan_version__movement")
FIRST_PARTIES = 30
MORE_LINES = 2
"""How many empty lines for deeds one press of the button adds."""


def _dossier(request: DeskRequest, key: str) -> Dossier:
    rows = Dossier.objects.visible_to(request.seat, today()).select_related(*WITH)
    return get_object_or_404(rows, key=key)


def _handed_in(request: DeskRequest, key: str) -> Dossier:
    """As `_dossier`. Where the unit took the dossier back a moment ago, Conflict tells so instead of 404."""
    rows = Dossier.objects.select_related(*WITH)
    found = rows.visible_to(request.seat, today()).filter(key=key).first()
    if found is None:
        with walls.everything("whoever had a dossier a moment ago is told who took it back"):
            gone = get_object_or_404(rows.filter(request.seat.scope(today()).where("area_path")), key=key)
        if not any(act.act == "recall" for act in journal.of(gone)):
            raise Http404
        raise Conflict.because("Đơn vị trình vừa lấy lại hồ sơ này để sửa. Họ nộp lại thì hồ sơ sẽ trở về danh sách.")
    return found


def _own(request: DeskRequest, key: str) -> Dossier:
    """A dossier of the seat's own body; anybody else sees nothing here."""
    return get_object_or_404(
        Dossier.objects.visible_to(request.seat, today()).select_related(*WITH), key=key, unit_id=request.seat.body_id
    )


@require_safe
@at_desk()
def list_dossiers(request: DeskRequest) -> HttpResponse:
    """Every dossier in sight, newest first, by key."""
    return render(request, "nominations/list.html", pages.dossier_list(request.seat, request.GET, today()))


@require_safe
@at_desk(*PROPOSING)
def choose_party(request: DeskRequest) -> HttpResponse:
    """First of two steps: for whom."""
    text = request.GET.get("ten", "").strip()
    found = finding.page(request.seat, today(), text, size=FIRST_PARTIES)
    return render(request, "nominations/choose.html", {"text": text, "parties": found.rows})


@at_desk(*PROPOSING)
def open_dossier(request: DeskRequest, party_id: int) -> HttpResponse:
    """Second step: which award, in which round."""
    on = today()
    party = get_object_or_404(Party.objects.visible_to(request.seat, on).select_related("place"), pk=party_id)
    rounds = [
        r for r in Round.objects.select_related("plan_version__movement").order_by("opens", "id") if r.is_open(on)
    ]
    form = OpenForm(request.POST or None, party=party, rounds=rounds)
    if request.method == "POST" and form.is_valid():
        round_, content, award = form.chosen
        with form.blamed():
            made = actions.open_dossier(round=round_, party=party, content=content, award=award, by=request.seat, on=on)
            return redirect("nominations:edit", made.key)
    status = 422 if form.errors else 200
    return render(request, "nominations/open.html", {"party": party, "form": form, "rounds": rounds}, status=status)


@require_safe
@at_desk()
def detail(request: DeskRequest, key: str) -> HttpResponse:
    """The dossier: where it is, what is missing, what was done. Another's reading of a person leaves a trace."""
    dossier = _dossier(request, key)
    if dossier.party.payee is not Payee.COLLECTIVE and dossier.unit_id != request.seat.body_id:
        journal.leave_trace(dossier.party, by=request.seat)
    return render(request, "nominations/detail.html", pages.dossier_page(dossier, request.seat, today()))


@at_desk(*PROPOSING)
def edit(request: DeskRequest, key: str) -> HttpResponse:
    """The unit writes; what is missing is told beside, nothing is lost when somebody else was faster."""
    dossier = _own(request, key)
    form = DossierForm.of(dossier, request.POST or None)
    is_longer = "add_line" in request.POST
    lines = achievement_forms(dossier, request.POST or None, more=MORE_LINES if is_longer else 0)
    theirs: list[dict[str, str]] = []
    if is_longer:
        context = {**pages.edit_page(dossier, form, lines, today()), "theirs": [], "is_longer": True}
        return render(request, "nominations/edit.html", context)
    if request.method == "POST" and all([form.is_valid(), lines.is_valid()]):
        try:
            actions.save(
                dossier,
                by=request.seat,
                on=today(),
                version=version_of(request),
                fields=form.cleaned_data,
                achievements=written_lines(lines),
            )
        except Conflict as conflict:
            form.blame(conflict.reasons)
            dossier.refresh_from_db()
            theirs = pages.differences(dossier, form.cleaned_data)
        else:
            messages.success(request, "Đã lưu.")
            return redirect("nominations:detail" if "done" in request.POST else "nominations:edit", dossier.key)
    status = 409 if theirs else 422 if form.errors or any(lines.errors) else 200
    context = {**pages.edit_page(dossier, form, lines, today()), "theirs": theirs, "is_longer": False}
    return render(request, "nominations/edit.html", context, status=status)


@at_desk(*PROPOSING)
@require_POST
def add_evidence(request: DeskRequest, key: str) -> HttpResponse:
    """One file more."""
    dossier = _own(request, key)
    form = EvidenceForm(request.POST, request.FILES, papers=required_papers(dossier))
    if form.is_valid():
        upload = form.cleaned_data["file"]
        with form.blamed():
            actions.add_evidence(
                dossier,
                keep_upload(upload),
                name=form.cleaned_data["name"] or upload.name,
                paper=form.cleaned_data["paper"],
                criterion="",
                by=request.seat,
                on=today(),
            )
            return redirect(f"/ho-so/{dossier.key}/sua/#giay-to")
    lines = achievement_forms(dossier)
    page = pages.edit_page(dossier, DossierForm.of(dossier), lines, today(), evidence_form=form)
    context = {**page, "theirs": [], "is_longer": False}
    return render(request, "nominations/edit.html", context, status=422)


@require_safe
@at_desk()
def evidence_file(request: DeskRequest, key: str, evidence_id: int) -> FileResponse:
    """The file, for those who see the dossier."""
    found = get_object_or_404(_dossier(request, key).evidence.select_related("file"), pk=evidence_id)
    return attachment(found.file, found.name)


@at_desk(*PROPOSING)
@require_POST
def remove_evidence(request: DeskRequest, key: str, evidence_id: int) -> HttpResponse:
    dossier = _own(request, key)
    found = get_object_or_404(dossier.evidence.filter(removed_on__isnull=True), pk=evidence_id)
    actions.remove_evidence(found, by=request.seat, on=today())
    return redirect(f"/ho-so/{dossier.key}/sua/#giay-to")


@at_desk(*PROPOSING)
@require_POST
def submit(request: DeskRequest, key: str) -> HttpResponse:
    dossier = _own(request, key)
    actions.submit(dossier, by=request.seat, on=today())
    messages.success(request, "Đã nộp hồ sơ. Có thể lấy lại khi Bộ phận tiếp nhận chưa mở.")
    return redirect("nominations:detail", dossier.key)


@at_desk(*PROPOSING)
@require_POST
def recall(request: DeskRequest, key: str) -> HttpResponse:
    dossier = _own(request, key)
    actions.recall(dossier, by=request.seat, on=today())
    messages.success(request, "Đã lấy lại hồ sơ. Sửa xong hãy nộp lại.")
    return redirect("nominations:detail", dossier.key)


@at_desk(*PROPOSING)
@require_POST
def withdraw(request: DeskRequest, key: str) -> HttpResponse:
    dossier = _own(request, key)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    actions.withdraw(dossier, by=request.seat, on=today(), reason=reason)
    messages.success(request, "Đã rút hồ sơ.")
    return redirect("nominations:detail", dossier.key)


@at_desk(Desk.OFFICE)
@require_POST
def take_up(request: DeskRequest, key: str) -> HttpResponse:
    try:
        dossier = actions.take_up(_handed_in(request, key), by=request.seat, on=today())
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
    dossier = _dossier(request, key)
    actions.receive(dossier, by=request.seat, on=today())
    messages.success(request, f"Đã tiếp nhận, mã {dossier.code}, hẹn trả {dossier.promised_on:%d/%m/%Y}.")
    return redirect("nominations:detail", dossier.key)


@at_desk(Desk.OFFICE, Desk.BOARD)
def send_back(request: DeskRequest, key: str) -> HttpResponse:
    """A note at each part that must change; the unit finds them beside the fields."""
    dossier = _dossier(request, key)
    form = SendBackForm(request.POST or None, parts=pages.parts(dossier))
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            actions.send_back(dossier, by=request.seat, on=today(), notes=form.cleaned_data)
            messages.success(request, "Đã trả lại hồ sơ cho đơn vị trình.")
            return redirect("desk:home")
    status = 422 if form.errors else 200
    return render(request, "nominations/send_back.html", {"dossier": dossier, "form": form}, status=status)


@at_desk(Desk.BOARD)
def appraise(request: DeskRequest, key: str) -> HttpResponse:
    """Report, evidence and criteria side by side; save judgements, hand to the Council, or refuse with a reason."""
    dossier = _dossier(request, key)
    found = checklist.of(dossier, on=today())
    plan = dossier.round.plan_version.plan
    guidance = guiding.of_round(dossier.round_id)
    scale = guidance.scale if guidance else 0
    form = JudgeForm(request.POST or None, found=found, plan=plan, scale=scale, initial=pages.judged(found))
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            if form.judgements:
                actions.judge(
                    dossier, by=request.seat, on=today(), judgements=form.judgements, scores=form.scores
                )  # fmt: skip
            for key, reason in form.overrides.items():
                actions.override(dossier, by=request.seat, on=today(), key=key, reason=reason)
            closing = request.POST.get("act")
            if closing == "appraise":
                actions.appraise(dossier, by=request.seat, on=today(), opinion=form.cleaned_data["opinion"])
            elif closing == "refuse":
                actions.refuse(dossier, by=request.seat, on=today(), opinion=form.cleaned_data["opinion"])
            messages.success(request, pages.APPRAISED_MESSAGE.get(closing or "", "Đã lưu nhận xét."))
            return redirect("desk:home") if closing in pages.APPRAISED_MESSAGE else redirect(request.path)
    status = 422 if form.errors else 200
    return render(request, "nominations/appraise.html", pages.appraise_page(dossier, found, form), status=status)


@require_safe
@at_desk()
def paper_file(request: DeskRequest, key: str, paper_id: int) -> FileResponse:
    """A paper issued about this dossier: the receipt; a letter names others too, so only province desks read it."""
    label, noun_key = noun_of(_dossier(request, key))
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
    dossier = _dossier(request, key)
    response = HttpResponse(reports.printed(dossier, on=today()), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="bao-cao-{dossier.key}.pdf"'
    return response
