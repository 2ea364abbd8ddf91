"""One household in one review: its form and why it has its class; gone, dropped, corrected; its whole history."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.households.models import Household
from chungtay.law import causes, classifying, deprivations
from chungtay.law.population import Move, newly_escaped
from chungtay.law.poverty import Basis
from chungtay.law.procedure import Desk
from chungtay.law.refusals import Refused
from chungtay.records import journal
from chungtay.records.clock import today
from chungtay.records.requests import version_of
from chungtay.reviews import beside, closing, forms, listing, pages, point_tables, rights, scoring
from chungtay.reviews.assessments import Application, Assessment
from chungtay.reviews.carrying import LISTED
from chungtay.reviews.commune_views import name_of
from chungtay.reviews.score_forms import ScoreForm
from chungtay.reviews.scoring import Found

YEARS = 60


def mine(request: DeskRequest) -> "QuerySet[Assessment]":
    """The assessments that this desk may see, with what their page shows."""
    rows = Assessment.objects.visible_to(request.seat, today())
    return rows.select_related("household", "review__place", "review__round__previous", "corrected_by", "corrects")


@at_desk(*rights.HOUSEHOLDS)
def assessment(request: DeskRequest, pk: int) -> HttpResponse:
    """The form of a household, its class at once, and why."""
    row = get_object_or_404(mine(request), pk=pk)
    may = may_score(request, row)
    form = form_of(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            found = form.found()
            scoring.score(row, found, by=request.seat, on=today(), version=version_of(request))
            messages.success(request, f"{row.household.head_name}: {pages.CLASSES[row.standing]}.")
            return redirect(_after(request, row))
    if request.method == "GET":
        journal.leave_trace(row.household, by=request.seat)
    return render(request, "reviews/assessment.html", {
        **shown(request, row),
        "form": form,
        "gone_form": forms.GoneForm(initial={"gone": row.gone}),
        "may": may,
        "may_gone": (_open(request, row, "list", "score") or may_recheck(request, row)) and not row.came,
        "still_there": bool(row.gone) and not row.review.now.is_final and closing.lives_in(row.review, row.household),
        "may_drop": _open(request, row, "list") and row.before not in LISTED,
        "may_correct": request.seat.kind is Desk.LABOUR and row.review.round.is_locked and not row.replaced,
        "not_loaded": pages.POINTS_NOT_LOADED if may and form.sheet is None else "",
    }, status=422 if request.method == "POST" else 200)  # fmt: skip


def _after(request: DeskRequest, row: Assessment) -> str:
    """The next household without a class where that was asked for, else this page again."""
    following = scoring.next_unscored(row.review, row) if "next" in request.POST else None
    return reverse("reviews:assessment", args=[following.pk if following is not None else row.pk])


def _open(request: DeskRequest, row: Assessment, *names: str) -> bool:
    return not rights.steps_open(row.review, request.seat).isdisjoint(names) and not row.replaced


def may_score(request: DeskRequest, row: Assessment) -> bool:
    """Whether this desk may score the household now."""
    if row.gone or row.replaced:
        return False
    return "score" in rights.steps_open(row.review, request.seat) or may_recheck(request, row)


def may_recheck(request: DeskRequest, row: Assessment) -> bool:
    """Whether the result is posted and a complaint about the household waits for this desk's answer."""
    opened = rights.steps_open(row.review, request.seat)
    return "recheck" in opened and rights.complained_about(row.review, row.household_id).exists()


def form_of(row: Assessment, data: Any, kind: type[ScoreForm] = ScoreForm) -> Any:
    """The form of the household, filled with what was found, with the province's B1 table where one is loaded."""
    day = row.review.round.review_on
    initial: dict[str, Any] = {
        "persons": persons_of(row), "b1": row.b1, "income_total": row.income_total, "area": row.area,
        "causes": sorted(causes.unmask(row.causes)),
        "lacking": sorted(deprivations.unmask(row.lacking)) if row.lacking else [],
        "none_lacking": row.lacking == 0, "b2": row.b2 if row.lacking is None else None,
    }  # fmt: skip
    sheet = point_tables.for_area(row.area, on=day)
    for name, ticked in row.answers.items():
        item = next((one for one in sheet.items if one.id == name), None) if sheet is not None else None
        initial[f"item-{name}"] = ticked if item is not None and item.several else "".join(ticked[:1])
    form = kind(data, initial=initial, on=day, area_known=bool(row.area), sheet=sheet)
    home = row.household
    if home.closed_on is None and home.persons != initial["persons"] and not row.review.round.is_locked:
        form.fields["persons"].help_text = f"Sổ hộ hiện ghi {home.persons} người."
    return form


def persons_of(row: Assessment) -> int:
    """How many people a sheet begins with: those that were scored, before that those of the register of today."""
    settled = row.standing or row.gone or row.household.closed_on is not None
    return row.persons if settled else row.household.persons


def shown(request: DeskRequest, row: Assessment) -> dict[str, Any]:
    """What every page of an assessment tells."""
    tone, label = pages.badge(row)
    near = beside.of_sheet(row, request.seat, today())
    names = sorted(deprivations.unmask(row.lacking)) if row.lacking else []
    return {
        "row": row,
        "review": row.review,
        "name": name_of(row.review),
        "origin": pages.origin_of(row),
        "beside": None if near is None else near.told(),
        "tone": tone,
        "label": label,
        "before": pages.CLASSES[row.before] if row.before else "",
        "came": pages.MOVED.get(row.came, ""),
        "move": pages.MOVED.get(row.move, ""),
        "why": explained(row),
        "lacking": deprivations.in_words(names),
        "causes": causes.in_words(row.causes),
        "corrected_by": getattr(row, "corrected_by", None),
    }


def explained(row: Assessment) -> dict[str, Any] | None:
    """Why the household has its class: as it was kept, or told anew for a row that came by a prepared list."""
    if row.because or not row.standing:
        return pages.why(row.because)
    found = Found(
        persons=row.persons, b1=row.b1, b2=row.b2, income_total=row.income_total,
        lacking=None if row.lacking is None else deprivations.unmask(row.lacking),
    )  # fmt: skip
    classified = scoring.classify(row.area, found, on=row.review.round.review_on)
    return pages.why(classifying.record(classified))


@at_desk(Desk.COMMUNE)
@require_POST
def gone(request: DeskRequest, pk: int) -> HttpResponse:
    """Say that the household is not in the commune any more, or is there after all."""
    row = get_object_or_404(mine(request), pk=pk)
    form = forms.GoneForm(request.POST)
    if not form.is_valid():
        raise Refused.because("Hãy chọn chuyển đi, nhập hộ hoặc không còn ai trong hộ.", field="gone")
    why = Move(form.cleaned_data["gone"]) if form.cleaned_data["gone"] else None
    listing.mark_gone(row, why, by=request.seat, on=today(), version=version_of(request))
    said = pages.MOVED[row.gone] if row.gone else "vẫn ở trong xã, cần chấm điểm"
    messages.success(request, f"{row.household.head_name}: {said}.")
    return redirect("reviews:assessment", row.pk)


@at_desk(Desk.COMMUNE)
@require_POST
def drop(request: DeskRequest, pk: int) -> HttpResponse:
    """Take a household that no list held before off this list."""
    row = get_object_or_404(mine(request), pk=pk)
    listing.drop(row, by=request.seat, on=today(), version=version_of(request))
    messages.success(request, f"Đã bỏ hộ “{row.household.head_name}” khỏi danh sách rà soát.")
    return redirect("reviews:households", row.review_id)


@require_safe
@at_desk(*rights.HOUSEHOLDS)
def of_household(request: DeskRequest, pk: int) -> HttpResponse:
    """A household's class each year and why, with its requests in between; reading leaves a trace."""
    on = today()
    household = get_object_or_404(Household.objects.visible_to(request.seat, on).select_related("place"), pk=pk)
    journal.leave_trace(household, by=request.seat)
    rows = mine(request).filter(household=household).order_by("-review__round__year", "-id")[:YEARS]
    requests = list(
        Application.objects.visible_to(request.seat, on).filter(household=household).order_by("-id")[:YEARS]
    )
    granted = [one for one in requests if one.state == Application.State.GRANTED]
    escaped = newly_escaped(household.escaped_on, on=on) if household.escaped_on is not None else None
    return render(request, "reviews/of_household.html", {
        "household": household,
        "class": pages.CLASSES.get(household.standing, ""),
        "tone": pages.TONES.get(household.standing, "ok"),
        "escaped": escaped if escaped is not None and escaped.holds else None,
        "years": [_year(row, granted) for row in rows],
        "requests": [_request_row(row) for row in requests],
        "may_ask": request.seat.kind is Desk.COMMUNE and household.closed_on is None,
    })  # fmt: skip


def _year(row: Assessment, granted: Sequence[Application]) -> dict[str, Any]:
    """A year of a household; `granted`: its requests that were, the latest first."""
    tone, label = pages.badge(row)
    found = "" if not row.standing else (
        f"Thu nhập cả hộ {row.income_total:,} đồng".replace(",", ".") if row.basis == Basis.INCOME
        else f"Điểm B1 {row.b1}, điểm B2 {row.b2}"
    )  # fmt: skip
    return {
        "row": row, "tone": tone, "label": label, "move": pages.MOVED.get(row.move, ""), "found": found,
        "why": explained(row), "year": row.review.round.year, "locked": row.review.round.is_locked,
        "beside": _beside(row, granted),
    }  # fmt: skip


def _beside(row: Assessment, granted: Sequence[Application]) -> dict[str, Any] | None:
    """The last decision, where a sheet of an open round was scored before it and says otherwise."""
    if not granted or row.replaced or row.review.round.is_locked or not beside.differ(row, granted[0]):
        return None
    return beside.Beside(row, granted[0], True).told()


def _request_row(row: Application) -> dict[str, str]:
    tone = {"granted": "ok", "refused": "no"}.get(row.state, "wait")
    return {
        "title": row.get_kind_display(), "href": reverse("reviews:request", args=[row.pk]), "badge_tone": tone,
        "badge_label": row.get_state_display(), "meta": f"Nhận ngày {row.received_on:%d/%m/%Y}",
    }  # fmt: skip
