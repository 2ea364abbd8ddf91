"""What the province has settled: thresholds and the way of counting, for everybody at a desk to read."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.contributions import counting, settling
from chungtay.contributions.forms import ChoiceForm, ThresholdForm
from chungtay.contributions.reckoned import CountingChoice, Threshold
from chungtay.contributions.settling import SETTLERS
from chungtay.law.giving import Giver
from chungtay.parties.requests import READERS
from chungtay.records.clock import today

CHOICE_ID = "id_cach_%s"
"""Two forms stand on one page."""


@require_safe
@at_desk(*sorted(READERS))
def settled(request: DeskRequest) -> HttpResponse:
    """The thresholds of today with their sources, what was entered before, and the way of counting."""
    return _page(request, ThresholdForm(), ChoiceForm(auto_id=CHOICE_ID))


def _page(request: DeskRequest, threshold: ThresholdForm, choice: ChoiceForm, status: int = 200) -> HttpResponse:
    on, entered = today(), counting.thresholds()
    levels: list[dict[str, Any]] = []
    for giver in Giver:
        version = counting.threshold_on(giver, on, entered)
        levels.append({"label": giver.label.capitalize(), "version": version})
    return render(request, "contributions/settled.html", {
        "levels": levels,
        "assumed": list(dict.fromkeys(one["version"].assumed for one in levels if one["version"] is not None)),
        "entered": Threshold.objects.order_by("-pk"),
        "choice": counting.choice_on(counting.choices(), on),
        "choices": CountingChoice.objects.order_by("-pk"),
        "threshold_form": threshold,
        "choice_form": choice,
        "may_settle": request.seat.kind in SETTLERS,
    }, status=status)  # fmt: skip


@at_desk(*sorted(SETTLERS))
@require_POST
def enter_threshold(request: DeskRequest) -> HttpResponse:
    """Enter what the province's own text says."""
    form = ThresholdForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        with form.blamed():
            settling.enter_threshold(
                said["giver"], said["amount"], said["since"], said["source"], by=request.seat, on=today()
            )
            messages.success(request, "Đã nhập mức đóng góp.")
            return redirect("contributions:settled")
    return _page(request, form, ChoiceForm(auto_id=CHOICE_ID), 422)


@at_desk(*sorted(SETTLERS))
@require_POST
def choose_counting(request: DeskRequest) -> HttpResponse:
    """Choose how gifts of persons and households count after an award."""
    form = ChoiceForm(request.POST, auto_id=CHOICE_ID)
    if form.is_valid():
        said = form.cleaned_data
        with form.blamed():
            settling.choose_counting(said["anew"], said["since"], said["source"], by=request.seat, on=today())
            messages.success(request, "Đã ghi cách tính.")
            return redirect("contributions:settled")
    return _page(request, ThresholdForm(), form, 422)
