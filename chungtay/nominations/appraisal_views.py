"""Appraisal: report, evidence and criteria side by side."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.law.procedure import Desk
from chungtay.nominations import actions, appraisal_page, checklist, guiding
from chungtay.nominations.judging_forms import JudgeForm
from chungtay.nominations.requests import dossier_of
from chungtay.records.clock import today


@at_desk(Desk.BOARD)
def appraise(request: DeskRequest, key: str) -> HttpResponse:
    """Report, evidence and criteria side by side; save judgements, hand to the Council, or refuse with a reason.

    An opinion that is only begun stays with the person's session until it closes the appraisal.
    """
    dossier = dossier_of(request, key)
    found = checklist.of(dossier, on=today())
    plan = dossier.round.plan_version.plan
    guidance = guiding.of_round(dossier.round_id)
    scale = guidance.scale if guidance else 0
    begun = f"opinion:{dossier.key}"
    initial = appraisal_page.judged(found) | {"opinion": request.session.get(begun, "")}
    form = JudgeForm(request.POST or None, found=found, plan=plan, scale=scale, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            if form.judgements:
                actions.judge(
                    dossier, by=request.seat, on=today(), judgements=form.judgements, scores=form.scores
                )  # fmt: skip
            for warning, reason in form.overrides.items():
                actions.override(dossier, by=request.seat, on=today(), key=warning, reason=reason)
            closing = request.POST.get("act")
            request.session[begun] = "" if closing in appraisal_page.APPRAISED_MESSAGE else form.cleaned_data["opinion"]
            if closing == "appraise":
                actions.appraise(dossier, by=request.seat, on=today(), opinion=form.cleaned_data["opinion"])
            elif closing == "refuse":
                actions.refuse(dossier, by=request.seat, on=today(), opinion=form.cleaned_data["opinion"])
            messages.success(request, appraisal_page.APPRAISED_MESSAGE.get(closing or "", "Đã lưu nhận xét."))
            return redirect("desk:home") if closing in appraisal_page.APPRAISED_MESSAGE else redirect(request.path)
    status = 422 if form.errors else 200
    return render(request, "nominations/appraise.html", appraisal_page.page(dossier, found, form), status=status)
