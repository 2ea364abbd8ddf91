"""Corrections after the lock: a household's class, one that was not there, one that was forgotten, the totals."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.households.models import Household
from chungtay.law.population import Move
from chungtay.law.poverty import Area
from chungtay.law.procedure import Desk
from chungtay.records import journal
from chungtay.records.clock import today
from chungtay.records.requests import version_of
from chungtay.reviews import carrying, correcting, forms, pages, point_tables
from chungtay.reviews.commune_views import my_review, name_of, searched
from chungtay.reviews.household_views import form_of, mine, shown
from chungtay.reviews.rounds import CommuneReview
from chungtay.reviews.score_forms import CorrectForm, ForgottenForm


@at_desk(Desk.LABOUR)
def correct(request: DeskRequest, pk: int) -> HttpResponse:
    """Correct a household's class after the lock, with the reason; the old one stays to be seen."""
    row = get_object_or_404(mine(request), pk=pk)
    form = form_of(row, request.POST or None, CorrectForm)
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            made = correcting.correct(
                row, form.found(), why=form.cleaned_data["why"], by=request.seat, on=today(),
                version=version_of(request),
            )  # fmt: skip
            messages.success(request, "Đã điều chỉnh. Phiếu cũ và số liệu cũ vẫn được giữ.")
            return redirect("reviews:assessment", made.pk)
    if request.method == "GET":
        journal.leave_trace(row.household, by=request.seat)
    return render(request, "reviews/correct.html", {
        **shown(request, row), "form": form, "not_loaded": pages.POINTS_NOT_LOADED if form.sheet is None else "",
    }, status=422 if request.method == "POST" else 200)  # fmt: skip


@at_desk(Desk.LABOUR)
def correct_gone(request: DeskRequest, pk: int) -> HttpResponse:
    """Say after the lock that a household was not in the commune any more."""
    row = get_object_or_404(mine(request), pk=pk)
    form = forms.CorrectGoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            made = correcting.correct_gone(
                row, Move(form.cleaned_data["gone"]), why=form.cleaned_data["why"], by=request.seat, on=today(),
                version=version_of(request),
            )  # fmt: skip
            messages.success(request, "Đã điều chỉnh: hộ không còn trong xã. Phiếu cũ và số liệu cũ vẫn được giữ.")
            return redirect("reviews:assessment", made.pk)
    if request.method == "GET":
        journal.leave_trace(row.household, by=request.seat)
    return render(
        request, "reviews/correct_gone.html", {**shown(request, row), "form": form},
        status=422 if request.method == "POST" else 200,
    )  # fmt: skip


@require_safe
@at_desk(Desk.LABOUR)
def forgotten(request: DeskRequest, pk: int) -> HttpResponse:
    """Which household a locked list forgot: found in the register of the commune."""
    review = my_review(request, pk)
    text = request.GET.get("q", "").strip()
    return render(request, "reviews/forgotten_choose.html", {
        "review": review, "name": name_of(review), "text": text,
        "found": searched(request, review, text) if text else [],
    })  # fmt: skip


@at_desk(Desk.LABOUR)
def add_forgotten(request: DeskRequest, pk: int, household: int) -> HttpResponse:
    """Put that household on the locked list, with its class and the reason."""
    review = my_review(request, pk)
    rows = Household.objects.visible_to(request.seat, today()).select_related("place")
    return _add_forgotten(request, review, get_object_or_404(rows, pk=household))


def _add_forgotten(request: DeskRequest, review: CommuneReview, household: Household) -> HttpResponse:
    form = _forgotten_form(review, household, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with form.blamed():
            made = correcting.correct_forgotten(
                review, household, form.found(), why=said["why"], by=request.seat, on=today(),
                came=Move(said["came"]) if said["came"] else None,
            )  # fmt: skip
            messages.success(request, f"Đã bổ sung hộ “{household.head_name}”. Số liệu cũ của xã vẫn được giữ.")
            return redirect("reviews:assessment", made.pk)
    if request.method == "GET":
        journal.leave_trace(household, by=request.seat)
    return render(request, "reviews/forgotten.html", {
        "review": review, "name": name_of(review), "household": household, "form": form,
        "not_loaded": pages.POINTS_NOT_LOADED if form.sheet is None else "",
    }, status=422 if request.method == "POST" else 200)  # fmt: skip


def _forgotten_form(review: CommuneReview, household: Household, data: Any) -> ForgottenForm:
    """The form of a household that has no assessment yet, with the province's B1 table where one is loaded."""
    day = review.round.review_on
    area = carrying.area_in(review)
    sheet = point_tables.for_area(area, on=day)
    initial = {"persons": household.persons, "area": area}
    return ForgottenForm(data, initial=initial, on=day, area_known=area in {one.value for one in Area}, sheet=sheet)


@at_desk(Desk.LABOUR)
def correct_totals(request: DeskRequest, pk: int) -> HttpResponse:
    """Correct the commune's totals after the lock, with the reason."""
    review = my_review(request, pk)
    told = {"households": review.households_all, "persons": review.persons_all, "minority": review.minority_all}
    form = forms.CorrectTotalsForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            correcting.correct_totals(
                review, form.totals(), why=form.cleaned_data["why"], by=request.seat, on=today(),
                version=version_of(request),
            )  # fmt: skip
            messages.success(request, "Đã điều chỉnh tổng số của xã. Số liệu cũ vẫn được giữ.")
            return redirect("reviews:commune", review.pk)
    return render(
        request, "reviews/correct_totals.html", {"review": review, "name": name_of(review), "form": form},
        status=422 if request.method == "POST" else 200,
    )  # fmt: skip
