"""Hamlet meetings with their minutes, posting, complaints and their answers."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.documents.serving import attachment
from chungtay.documents.storing import keep_upload
from chungtay.households.models import Household
from chungtay.law.population import Move
from chungtay.law.procedure import Desk
from chungtay.records.clock import today
from chungtay.records.requests import version_of
from chungtay.reviews import complaining, forms, lineage, rights
from chungtay.reviews import meetings as acts
from chungtay.reviews.assessments import Assessment
from chungtay.reviews.commune_views import my_review, name_of, searched
from chungtay.reviews.rounds import CommuneReview, Complaint, Meeting

SHOWN = 200


@at_desk(*rights.HOUSEHOLDS)
def meetings(request: DeskRequest, pk: int) -> HttpResponse:
    """The hamlets, which of them met and agreed, and the minutes of one more meeting."""
    on, review = today(), my_review(request, pk)
    hamlets = acts.hamlets(review)
    form = forms.MeetingForm(
        request.POST or None, request.FILES or None, hamlets=hamlets,
        initial={"hamlet": request.GET.get("ap", ""), "held_on": on},
    )  # fmt: skip
    may = "agree" in rights.steps_open(review, request.seat)
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            upload = form.cleaned_data["minutes"]
            minutes = keep_upload(upload) if upload else None
            made = acts.record_meeting(review, form.heard(), by=request.seat, on=on, minutes=minutes)
            said = "đã thống nhất" if made.agreed else "chưa thống nhất"
            messages.success(request, f"{made.hamlet}: {said}. {made.said}")
            return redirect("reviews:meetings", review.pk)
    return render(request, "reviews/meetings.html", {
        "review": review,
        "name": name_of(review),
        "hamlets": hamlets,
        "form": form,
        "may": may,
    }, status=422 if request.method == "POST" else 200)  # fmt: skip


@require_safe
@at_desk(*rights.HOUSEHOLDS)
def minutes(request: DeskRequest, pk: int) -> HttpResponseBase:
    """The minutes of a meeting, as they were handed in."""
    mine = CommuneReview.objects.visible_to(request.seat, today())
    rows = Meeting.objects.filter(review__in=mine, minutes__isnull=False).select_related("minutes")
    row = get_object_or_404(rows, pk=pk)
    if row.minutes is None:
        raise Http404
    return attachment(row.minutes, f"bien-ban-{row.pk}")


@at_desk(*rights.HOUSEHOLDS)
def complaints(request: DeskRequest, pk: int) -> HttpResponse:
    """What was complained about while the result was posted, and one more complaint."""
    on, review = today(), my_review(request, pk)
    form = forms.ComplaintForm(
        request.POST or None, initial={"household": request.GET.get("ho", ""), "received_on": on}
    )
    may = "recheck" in rights.steps_open(review, request.seat)
    if request.method == "POST" and _is_fine(form, review, request):
        said = form.cleaned_data
        with form.blamed():
            complaining.receive(
                review, who=said["who"], text=said["text"], received_on=said["received_on"],
                household=_household(review, said["household"]), by=request.seat, on=on,
            )  # fmt: skip
            messages.success(request, "Đã ghi khiếu nại. Phúc tra xong thì trả lời ở đây.")
            return redirect("reviews:complaints", review.pk)
    return _complaints(request, review, form, may=may)


def _is_fine(form: forms.ComplaintForm, review: CommuneReview, request: DeskRequest) -> bool:
    """Whether nothing is wrong with what was typed; otherwise all of it stands at its fields, read or not."""
    form.is_valid()
    said, read = form.cleaned_data, set(form.errors)
    code = said.get("household", "")
    key = _household(review, code)
    found = complaining.faults(
        review, who=said.get("who", ""), text=said.get("text", ""), received_on=said.get("received_on"),
        household=key, by=request.seat, on=today(),
    )  # fmt: skip
    if code.strip() and key is None:
        found.add("Không có hộ mang mã này trong sổ hộ của xã.", field="household")
    form.blame(one for one in found if one.field not in read)
    return not form.errors


def _household(review: CommuneReview, code: str) -> int | None:
    """The key of the household of that code in the list, or in the commune's register; None where there is none."""
    if not code.strip():
        return None
    here = Q(assessments__review=review) | Q(place__in=lineage.grounds(review))
    key: int | None = Household.objects.filter(here, code=code.strip()).values_list("pk", flat=True).first()
    return key


def _complaints(request: DeskRequest, review: CommuneReview, form: Any, *, may: bool) -> HttpResponse:
    rows = Complaint.objects.filter(review=review).select_related("household").order_by("-received_on", "-id")[:SHOWN]
    return render(request, "reviews/complaints.html", {
        "review": review,
        "name": name_of(review),
        "rows": list(rows),
        "form": form,
        "may": may,
    }, status=422 if request.method == "POST" else 200)  # fmt: skip


@at_desk(Desk.COMMUNE)
def answer(request: DeskRequest, pk: int) -> HttpResponse:
    """Answer a complaint after the re-check."""
    row = _my_complaint(request, pk)
    form = forms.AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            complaining.answer(
                row, outcome=form.cleaned_data["outcome"], by=request.seat, on=today(), version=version_of(request)
            )
            messages.success(request, "Đã trả lời khiếu nại.")
            return redirect("reviews:complaints", row.review_id)
    found = _in_list(row)
    return render(request, "reviews/answer.html", {
        "complaint": row,
        "review": row.review,
        "name": name_of(row.review),
        "form": form,
        "found": found,
        "may": _may_recheck(request, row),
        "may_add": found is None and _may_recheck(request, row),
    }, status=422 if request.method == "POST" else 200)  # fmt: skip


def _my_complaint(request: DeskRequest, pk: int) -> Complaint:
    rows = Complaint.objects.visible_to(request.seat, today()).select_related("review__round", "review__place")
    return get_object_or_404(rows.select_related("household", "review__round__previous"), pk=pk)


def _in_list(row: Complaint) -> Assessment | None:
    """The assessment of the household that the complaint is about, where it stands in the list."""
    if row.household_id is None:
        return None
    return Assessment.objects.in_force().filter(review=row.review_id, household=row.household_id).first()


def _may_recheck(request: DeskRequest, row: Complaint) -> bool:
    return "recheck" in rights.steps_open(row.review, request.seat) and row.answered_on is None


@at_desk(Desk.COMMUNE)
def add_omitted(request: DeskRequest, pk: int) -> HttpResponse:
    """Put a household that was left out onto the posted list, because of a complaint."""
    row, form = _my_complaint(request, pk), forms.CameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = request.POST.get("household", "")
        if not typed.isdecimal() or len(typed) >= 18:
            form.add_error(None, "Chưa chọn hộ nào: tìm hộ, rồi bấm “Thêm” bên cạnh tên.")
        elif made := _added(request, row, int(typed), form):
            return redirect("reviews:assessment", made.pk)
    text = request.GET.get("q", "" if row.household is None else row.household.code).strip()
    may = _may_recheck(request, row) and _in_list(row) is None
    return render(request, "reviews/add.html", {
        "review": row.review,
        "held": row,
        "name": name_of(row.review),
        "form": form,
        "text": text,
        "found": searched(request, row.review, text) if text and may else [],
        "may_list": may,
    }, status=422 if request.method == "POST" else 200)  # fmt: skip


def _added(request: DeskRequest, row: Complaint, key: int, form: forms.CameForm) -> Assessment | None:
    """The new assessment; None, with the reasons at the form, where the household may not be added."""
    household = get_object_or_404(Household.objects.visible_to(request.seat, today()), pk=key)
    came = Move(form.cleaned_data["came"]) if form.cleaned_data["came"] else None
    with form.blamed():
        made = complaining.add_omitted(
            row, household, by=request.seat, on=today(), version=version_of(request), came=came
        )
        messages.success(request, f"Đã thêm hộ “{household.head_name}” vào danh sách. Chấm điểm rồi trả lời khiếu nại.")
        return made
    return None
