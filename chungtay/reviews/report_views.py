"""The reports of a round on a page, as Excel and PDF, and the households behind one figure."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.law import causes, deprivations
from chungtay.parties import areas
from chungtay.places.models import DIGITS
from chungtay.places.scope import Span
from chungtay.records import journal, keyset
from chungtay.records.clock import today
from chungtay.records.requests import neighbours
from chungtay.reviews import pages, reports, rights
from chungtay.reviews.assessments import Assessment
from chungtay.reviews.columns import BEHIND, FORMS
from chungtay.reviews.request_views import download
from chungtay.reviews.rounds import Round
from chungtay.reviews.views import my_round
from chungtay.sheets.exporting import Head, xlsx

HEADS = (
    Head("Mã hộ"), Head("Chủ hộ", 30), Head("Xã, phường", 24), Head("Ấp, khu phố", 24), Head("Số nhân khẩu", 10),
    Head("Dân tộc thiểu số", 10), Head("Loại kỳ trước", 24), Head("Loại kỳ này", 24), Head("Biến động", 28),
    Head("Điểm B1", 10), Head("Điểm B2", 10), Head("Thu nhập cả hộ (đồng/tháng)", 16), Head("Thiếu hụt", 50),
    Head("Nguyên nhân", 40),
)  # fmt: skip


ON_PAPER = ("Mã hộ", "Chủ hộ", "Ấp, khu phố", "Số nhân khẩu", "Loại kỳ trước", "Loại kỳ này")
PDF = "application/pdf"


def area_asked(request: DeskRequest) -> str:
    """The path of the unit that `?vung=` names, "" for the whole area of the desk. 404 for what is no path."""
    path = request.GET.get("vung", "")
    if path and (not path.isdecimal() or len(path) % DIGITS or len(path) > DIGITS * 4 or not path.strip("9")):
        raise Http404
    return path


def area_name(path: str, round: Round) -> str:
    """The unit at `path` on the round's day; the province without one."""
    key = int(path[-DIGITS:]) if path else round.place_id
    return areas.names_on([key], round.review_on).get(key, "")


@require_safe
@at_desk(*rights.FIGURES)
def report(request: DeskRequest, pk: int, form: str) -> HttpResponseBase:
    """One form of the round for the desk's area: every figure leads to its households, for those who may see them."""
    round, on, path = my_round(request, pk), today(), area_asked(request)
    if form not in FORMS:
        raise Http404
    told = reports.report(round, FORMS[form], request.seat, path, on)
    asked = request.GET.get("dang", "")
    name = f"{form}-{round.year}"
    if asked == "xlsx":
        heads, rows = reports.sheet(told)
        source = told.source if told.is_final else ""
        over = reports.above(told.form.title, round, area_name(path, round), source)
        if told.note:
            over = (*over, f"Tạm áp dụng: {told.note}")
        return download(xlsx(heads, rows, sheet=told.form.title, above=over), f"{name}.xlsx")
    if asked == "pdf":
        content = reports.pdf(told, round, area_name(path, round), on=on)
        return download([content], f"{name}.pdf", PDF)
    tabs = [{"label": one.title, "href": f"../{key}/", "active": key == form} for key, one in FORMS.items()]
    return render(request, "reviews/report.html", {
        "round": round,
        "report": told,
        "path": path,
        "area": area_name(path, round),
        "tabs": tabs,
        "compares": round.compares,
        "is_movement": form.startswith("bien-dong"),
    })  # fmt: skip


@require_safe
@at_desk(*rights.HOUSEHOLDS)
def behind(request: DeskRequest, pk: int) -> HttpResponseBase:
    """The households that stand behind one figure (`?cot=`), in the desk's area; on a page or as Excel."""
    round, path = my_round(request, pk), area_asked(request)
    column = BEHIND.get(request.GET.get("cot", ""))
    if column is None:
        raise Http404
    rows = column.households(_rows(request, round, path), round)
    if request.GET.get("dang") == "xlsx":
        journal.leave_trace(round, by=request.seat)
        name = slugify(f"{request.GET['cot'].replace('.', '-')}-{round.year}")
        over = reports.above(column.label, round, area_name(path, round))
        return download(xlsx(HEADS, _lines(rows, round), sheet=column.label, above=over), f"{name}.xlsx")
    if request.GET.get("dang") == "pdf":
        journal.leave_trace(round, by=request.seat)
        about = f"{round.title}, {area_name(path, round)}. {reports.above('', round, '')[1]}"
        content = reports.names_pdf(column.label, about, ON_PAPER, _posted(rows), on=today())
        return download([content], f"{slugify(request.GET['cot'].replace('.', '-'))}-{round.year}.pdf", PDF)
    page = keyset.page(pages.told_households(rows), order=("-id",), mark=request.GET.get("trang", ""))
    return render(request, "reviews/behind.html", {
        "round": round,
        "label": column.label,
        "area": area_name(path, round),
        "rows": pages.household_rows(page.rows),
        "pages": neighbours(request, page),
        "column": request.GET["cot"],
        "path": path,
    })  # fmt: skip


def _posted(rows: "QuerySet[Assessment]") -> list[list[str]]:
    """What a posted list tells of each household: never a score."""
    found = rows.select_related("household").order_by("area_path", "hamlet", "household__head_folded", "id")
    return [
        [
            row.household.code, row.household.head_name, row.hamlet, str(row.persons or row.persons_before),
            pages.CLASSES.get(row.before, ""), pages.CLASSES.get(row.standing, pages.MOVED.get(row.gone, "")),
        ]
        for row in found[: reports.ON_PAPER + 1]
    ]  # fmt: skip


def _rows(request: DeskRequest, round: Round, path: str) -> "QuerySet[Assessment]":
    rows = Assessment.objects.visible_to(request.seat, today()).in_force().filter(review__round=round)
    if not path:
        return rows
    span = Span.under(path)
    return rows.filter(area_path__gte=span.lower, area_path__lt=span.upper)


def _lines(rows: "QuerySet[Assessment]", round: Round) -> Iterator[tuple[Any, ...]]:
    found = rows.select_related("household", "review").order_by("area_path", "hamlet", "id")
    names = areas.names_on(round.communes.order_by().values_list("place", flat=True), round.review_on)
    for row in found.iterator(chunk_size=2000):
        yield (
            row.household.code, row.household.head_name, names.get(row.review.place_id, ""), row.hamlet, row.persons,
            "có" if row.minority else "", pages.CLASSES.get(row.before, ""), pages.CLASSES.get(row.standing, ""),
            pages.MOVED.get(row.move, ""), row.b1, row.b2, row.income_total,
            deprivations.in_words(deprivations.unmask(row.lacking)) if row.lacking else "", causes.in_words(row.causes),
        )  # fmt: skip
