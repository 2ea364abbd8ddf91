"""Writing a dossier: for whom, which award, the unit's words and its papers."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.documents.serving import attachment
from chungtay.documents.storing import keep_upload
from chungtay.law.procedure import PROPOSING
from chungtay.law.refusals import Conflict
from chungtay.movements.models import Round
from chungtay.nominations import actions, checklist, draft_page
from chungtay.nominations.completeness import required_papers
from chungtay.nominations.forms import DossierForm, EvidenceForm, OpenForm, achievement_forms, written_lines
from chungtay.nominations.requests import dossier_of, own_dossier
from chungtay.parties import finding
from chungtay.parties.models import Party
from chungtay.records.clock import today
from chungtay.records.requests import version_of

FIRST_PARTIES = 30
MORE_LINES = 2
"""How many empty lines for deeds one press of the button adds."""


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


@at_desk(*PROPOSING)
def edit(request: DeskRequest, key: str) -> HttpResponse:
    """The unit writes; what is missing is told beside, nothing is lost when somebody else was faster."""
    dossier = own_dossier(request, key)
    form = DossierForm.of(dossier, request.POST or None)
    is_longer = "add_line" in request.POST
    lines = achievement_forms(dossier, request.POST or None, more=MORE_LINES if is_longer else 0)
    theirs: list[dict[str, str]] = []
    if is_longer:
        context = {**draft_page.page(dossier, form, lines, today()), "theirs": [], "is_longer": True}
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
            theirs = draft_page.differences(dossier, form.cleaned_data)
        else:
            messages.success(request, "Đã lưu.")
            return redirect("nominations:detail" if "done" in request.POST else "nominations:edit", dossier.key)
    status = 409 if theirs else 422 if form.errors or any(lines.errors) else 200
    context = {**draft_page.page(dossier, form, lines, today()), "theirs": theirs, "is_longer": False}
    return render(request, "nominations/edit.html", context, status=status)


@at_desk(*PROPOSING)
@require_POST
def add_evidence(request: DeskRequest, key: str) -> HttpResponse:
    """One file more."""
    dossier = own_dossier(request, key)
    criteria = draft_page.judged_criteria(dossier, checklist.of(dossier, on=today()))
    form = EvidenceForm(request.POST, request.FILES, papers=required_papers(dossier), criteria=criteria)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        paper, criterion = form.what
        with form.blamed():
            actions.add_evidence(
                dossier,
                keep_upload(upload),
                name=form.cleaned_data["name"] or upload.name,
                paper=paper,
                criterion=criterion,
                by=request.seat,
                on=today(),
            )
            return redirect(f"/ho-so/{dossier.key}/sua/#giay-to")
    lines = achievement_forms(dossier)
    shown = draft_page.page(dossier, DossierForm.of(dossier), lines, today(), evidence_form=form)
    context = {**shown, "theirs": [], "is_longer": False}
    return render(request, "nominations/edit.html", context, status=422)


@require_safe
@at_desk()
def evidence_file(request: DeskRequest, key: str, evidence_id: int) -> FileResponse:
    """The file, for those who see the dossier."""
    found = get_object_or_404(dossier_of(request, key).evidence.select_related("file"), pk=evidence_id)
    return attachment(found.file, found.name)


@at_desk(*PROPOSING)
@require_POST
def remove_evidence(request: DeskRequest, key: str, evidence_id: int) -> HttpResponse:
    dossier = own_dossier(request, key)
    found = get_object_or_404(dossier.evidence.filter(removed_on__isnull=True), pk=evidence_id)
    actions.remove_evidence(found, by=request.seat, on=today())
    return redirect(f"/ho-so/{dossier.key}/sua/#giay-to")
