"""The Council's guidance for each round: everybody at a desk reads it, the Council's secretary writes it."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.law.procedure import Desk
from chungtay.movements.models import Round
from chungtay.nominations import guiding
from chungtay.nominations.guidance import Guidance
from chungtay.nominations.guidance_forms import GuidanceForm
from chungtay.nominations.models import Judgement
from chungtay.places.models import DIGITS
from chungtay.records import walls
from chungtay.records.clock import today
from chungtay.records.requests import version_of

FORM = ["GET", "HEAD", "POST"]
FROZEN = "the first judgement of a round freezes its guidance, whoever judged"


def _rounds(request: DeskRequest) -> QuerySet[Round]:
    """The rounds of the seat's own province, the latest first."""
    path = request.seat.desk.body.area_path[:DIGITS]
    rows = Round.objects.select_related("plan_version__movement__place", "guidance").order_by("-year", "kind", "-id")
    return rows.filter(plan_version__movement__place__versions__path=path).distinct()


@require_safe
@at_desk()
def list_guidance(request: DeskRequest) -> HttpResponse:
    """Every round with its guidance, if the Council has set one."""
    with walls.everything(FROZEN):
        found = list(_rounds(request).annotate(is_judged=Exists(_judgements(OuterRef("pk")))))
    rows = [{"round": one, "guidance": getattr(one, "guidance", None)} for one in found]
    context = {"rows": rows, "may_write": request.seat.kind is Desk.SECRETARY}
    return render(request, "nominations/guidance_list.html", context)


@require_safe
@at_desk()
def guidance(request: DeskRequest, round_id: int) -> HttpResponse:
    """What the Council has set for one round: scale, weights, numbers and how far they are used."""
    round = get_object_or_404(_rounds(request), pk=round_id)
    found = guiding.of_round(round.pk)
    plan = round.plan_version.plan
    is_frozen = _judging_opened(round)
    weighed = [] if found is None else [{"criterion": plan.criterion(c), "weight": w} for c, w in found.weights.items()]
    context = {
        "round": round,
        "guidance": found,
        "weighed": weighed,
        "uses": [] if found is None else guiding.uses(found),
        "is_frozen": is_frozen,
        "may_write": request.seat.kind is Desk.SECRETARY and not is_frozen,
    }
    return render(request, "nominations/guidance.html", context)


@require_http_methods(FORM)
@at_desk(Desk.SECRETARY)
def edit_guidance(request: DeskRequest, round_id: int) -> HttpResponse:
    """The secretary enters the guidance, until the first nominee of the round is judged."""
    round = get_object_or_404(_rounds(request), pk=round_id)
    found: Guidance | None = guiding.of_round(round.pk)
    form = GuidanceForm(request.POST or None, plan=round.plan_version.plan, guidance=found)
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            guiding.save_guidance(round, form.told, by=request.seat, on=today(), version=version_of(request))
            messages.success(request, "Đã ghi hướng dẫn của Hội đồng.")
            return redirect("nominations:guidance", round.pk)
    context = {
        "round": round,
        "guidance": found,
        "form": form,
        "is_frozen": _judging_opened(round),
        "version": found.version if found else 0,
    }
    return render(request, "nominations/guidance_edit.html", context, status=422 if form.errors else 200)


def _judgements(round_id: Any) -> QuerySet[Judgement]:
    """What was judged in that round, or in that of an outer query."""
    return Judgement.objects.filter(dossier__round_id=round_id).order_by()


@walls.everything(FROZEN)
def _judging_opened(round: Round) -> bool:
    return _judgements(round.pk).exists()
