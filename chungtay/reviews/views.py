"""Rounds: the list, opening one, how its communes stand, approval and lock; the B1 tables."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.law.points import Region
from chungtay.law.procedure import Desk
from chungtay.law.reviewing import ASSUMED, CHECK_ASSUMED, Stage
from chungtay.parties import areas
from chungtay.places.models import Level, Place
from chungtay.records import keyset
from chungtay.records.clock import today
from chungtay.records.requests import neighbours
from chungtay.reviews import forms, locking, opening, point_tables, rights
from chungtay.reviews.columns import FORMS
from chungtay.reviews.commune_views import unmatched
from chungtay.reviews.rounds import CommuneReview, Round
from chungtay.reviews.sheets import PointSheet

REASONS = 40
"""So many reasons against a lock are shown at once."""


def my_round(request: DeskRequest, pk: int) -> Round:
    """The round, if this desk may see it; otherwise 404."""
    return get_object_or_404(Round.objects.visible_to(request.seat, today()).select_related("previous", "place"), pk=pk)


@require_safe
@at_desk(*rights.FIGURES)
def rounds(request: DeskRequest) -> HttpResponse:
    """The rounds of the province, the latest first."""
    rows = Round.objects.visible_to(request.seat, today()).order_by("-year", "-id")
    page = keyset.page(rows, order=("-year", "-id"), mark=request.GET.get("trang", ""))
    last = page.rows[0] if page.rows else None
    return render(request, "reviews/rounds.html", {
        "rows": [_round_row(row) for row in page.rows],
        "pages": neighbours(request, page),
        "may_open": request.seat.kind is Desk.LABOUR and (last is None or last.is_locked),
        "sees_households": request.seat.kind in rights.HOUSEHOLDS,
    })  # fmt: skip


def _round_row(row: Round) -> dict[str, str]:
    tone, label = ("ok", "Đã khóa") if row.is_locked else ("wait", "Đang rà soát")
    return {
        "title": row.title, "href": locking.address(row), "badge_tone": tone, "badge_label": label,
        "meta": f"Từ {row.opens:%d/%m/%Y} đến {row.closes:%d/%m/%Y}" + (f" · {row.decision}" if row.decision else ""),
    }  # fmt: skip


@at_desk(Desk.LABOUR)
def open_round(request: DeskRequest) -> HttpResponse:
    """Open the yearly round."""
    on = today()
    form = forms.OpenRoundForm(request.POST or None, initial=_proposed(on))
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            made = opening.open_round(_province(request, on), form.days(), by=request.seat, on=on)
            messages.success(request, f"Đã mở “{made.title}”. Danh sách năm trước đã chuyển về từng xã.")
            return redirect("reviews:round", made.pk)
    return render(request, "reviews/open_round.html", {
        "form": form,
        "previous": Round.objects.visible_to(request.seat, on).order_by("-year").first(),
    }, status=422 if request.method == "POST" else 200)  # fmt: skip


def _proposed(on: date) -> dict[str, Any]:
    return {
        "year": on.year, "title": f"Rà soát hộ nghèo, hộ cận nghèo năm {on.year}", "opens": date(on.year, 9, 1),
        "closes": date(on.year, 12, 15), "review_on": date(on.year, 12, 1),
    }  # fmt: skip


def _province(request: DeskRequest, on: date) -> Place:
    """The province that the seat works for."""
    place = request.seat.desk.place
    if place.level != Level.PROVINCE:
        raise Http404
    return Place.objects.as_of(on).get(pk=place.pk)


@require_safe
@at_desk(*rights.FIGURES)
def round(request: DeskRequest, pk: int) -> HttpResponse:
    """One round: how many communes stand where, which of them waits for whom, and its reports."""
    on, row = today(), my_round(request, pk)
    mine = CommuneReview.objects.visible_to(request.seat, on).filter(round=row)
    chosen = request.GET.get("giai-doan", "")
    counts = dict(mine.order_by().values_list("stage").annotate(Count("pk")))
    rows = mine.filter(stage=chosen) if chosen in set(Stage) else mine
    page = keyset.page(rows, order=("area_path", "id"), mark=request.GET.get("trang", ""))
    names = areas.names_on([one.place_id for one in page.rows], row.review_on)
    return render(request, "reviews/round.html", {
        "round": row,
        "compares": row.compares,
        "rows": [_commune_row(one, names) for one in page.rows],
        "pages": neighbours(request, page),
        "tabs": _tabs(counts, chosen),
        "forms": list(FORMS.values()),
        "sees_households": request.seat.kind in rights.HOUSEHOLDS,
        "may_approve": request.seat.kind is Desk.CHAIR and row.approved_on is None,
        "may_lock": request.seat.kind is Desk.LABOUR and row.approved_on is not None and not row.is_locked,
        "decision_form": forms.DecisionForm(),
        "assumed": ASSUMED,
        "check_assumed": "" if all(one.has_district for one in page.rows) else CHECK_ASSUMED,
    })  # fmt: skip


def _commune_row(row: CommuneReview, names: dict[int, str]) -> dict[str, str]:
    tone = "ok" if row.now.is_final else "no" if row.returned_why else "wait"
    return {
        "title": names.get(row.place_id, str(row.place_id)), "href": f"/ra-soat/xa/{row.pk}/", "badge_tone": tone,
        "badge_label": row.words.label, "meta": f"{row.words.sentence} Từ ngày {row.stage_since:%d/%m/%Y}.",
    }  # fmt: skip


def _tabs(counts: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    """How many communes stand in each stage; a stage without any is left out."""
    found: list[dict[str, Any]] = [
        {"label": "Tất cả", "href": "?", "active": chosen == "", "count": sum(counts.values())}
    ]
    for stage in Stage:
        if stage.value in counts:
            found.append({
                "label": stage.label, "href": f"?giai-doan={stage.value}", "active": chosen == stage.value,
                "count": counts[stage.value],
            })  # fmt: skip
    return found


@at_desk(Desk.CHAIR)
def approve(request: DeskRequest, pk: int) -> HttpResponse:
    """The decision that approves the whole round."""
    row = my_round(request, pk)
    form = forms.DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            locking.approve(row, decision=form.cleaned_data["decision"], by=request.seat, on=today())
            messages.success(request, f"Đã phê duyệt kết quả theo {row.decision}.")
            return redirect("reviews:round", row.pk)
    return render(request, "reviews/approve.html", {
        "round": row, "form": form,
    }, status=422 if request.method == "POST" else 200)  # fmt: skip


@at_desk(Desk.LABOUR)
def lock(request: DeskRequest, pk: int) -> HttpResponse:
    """What would keep the figures from being locked, and the lock."""
    row = my_round(request, pk)
    if request.method == "POST":
        locking.lock(row, by=request.seat, on=today())
        messages.success(request, "Đã khóa số liệu. Từ nay sửa sai bằng một lần điều chỉnh mới.")
        return redirect("reviews:round", row.pk)
    reasons, behind = [] if row.is_locked else list(locking.faults_so_far(row)), _behind(row)
    return render(request, "reviews/lock.html", {
        "round": row,
        "behind": behind,
        "waiting": sum(one["count"] for one in behind),
        "reasons": reasons[:REASONS],
        "more": max(len(reasons) - REASONS, 0),
        "unmatched": [] if row.is_locked else unmatched(list(row.communes.select_related("round"))),
        "may_lock": row.approved_on is not None and not row.is_locked,
    })  # fmt: skip


def _behind(round: Round) -> list[dict[str, Any]]:
    """How many communes have not recognised their lists, stage by stage, each with the address of those communes."""
    done = [stage.value for stage in locking.RECOGNISED]
    rows = round.communes.exclude(stage__in=done).order_by().values_list("stage")
    counts = dict(rows.annotate(Count("pk")))
    return [
        {"label": stage.label, "count": counts[stage.value], "href": f"../?giai-doan={stage.value}"}
        for stage in Stage if stage.value in counts
    ]  # fmt: skip


@at_desk(Desk.LABOUR)
def point_sheets(request: DeskRequest) -> HttpResponse:
    """The B1 tables that are loaded, and loading one."""
    form = forms.SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with form.blamed():
            sheet = point_tables.read(
                said["file"].read(), region=Region(said["region"]), edition=said["edition"], text=said["text"]
            )
            point_tables.load(sheet, since=said["since"], by=request.seat, on=today())
            messages.success(request, f"Đã nạp bảng điểm {sheet.region.label}: {len(sheet.items)} chỉ tiêu.")
            return redirect("reviews:point_sheets")
    return render(request, "reviews/point_sheets.html", {
        "form": form,
        "rows": [
            {"label": row.get_region_display(), "value": f"Phiên bản {row.edition}, từ {row.since:%d/%m/%Y}",
             "note": row.text}
            for row in PointSheet.objects.order_by("region", "-since", "-id")[:100]
        ],
        "columns": ", ".join(point_tables.COLUMNS),
    }, status=422 if request.method == "POST" else 200)  # fmt: skip
