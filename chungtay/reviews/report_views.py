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
from chungtay.records import journal, keyset
from chungtay.records.clock import today
from chungtay.records.requests import neighbours
from chungtay.reviews import pages, postings, report_papers, reports, rights
from chungtay.reviews.assessments import Assessment
from chungtay.reviews.behind import Behind
from chungtay.reviews.behind import behind as behind_column
from chungtay.reviews.columns import BEHIND, FORMS, Column
from chungtay.reviews.commune_views import my_review, name_of
from chungtay.reviews.extent import Extent, extent
from chungtay.reviews.request_views import download
from chungtay.reviews.rounds import Round
from chungtay.reviews.views import my_round
from chungtay.sheets.exporting import COUNT, Head, xlsx

HEADS = (
    Head("Mã hộ"), Head("Chủ hộ", 30), Head("Xã, phường", 24), Head("Ấp, khu phố", 24), Head("Số nhân khẩu", 10),
    Head("Dân tộc thiểu số", 10), Head("Loại kỳ trước", 24), Head("Loại kỳ này", 24), Head("Biến động", 28),
    Head("Điểm B1", 10), Head("Điểm B2", 10), Head("Thu nhập cả hộ (đồng/tháng)", 16, COUNT), Head("Thiếu hụt", 50),
    Head("Nguyên nhân", 40),
)  # fmt: skip
PDF = "application/pdf"


def area_asked(request: DeskRequest, round: Round) -> Extent:
    """The unit that `?vung=` names, the whole area of the desk without one.

    404 for what is no path, no unit of the round, or lies outside the desk's area.
    """
    path = request.GET.get("vung", "")
    if path and (not path.isdecimal() or len(path) % DIGITS or len(path) > DIGITS * 4 or not path.strip("9")):
        raise Http404
    found = extent(round, request.seat, path, today())
    if found is None:
        raise Http404
    return found


@require_safe
@at_desk(*rights.FIGURES)
def report(request: DeskRequest, pk: int, form: str) -> HttpResponseBase:
    """One form of the round for the desk's area: every figure leads to its households, for those who may see them."""
    round, on = my_round(request, pk), today()
    if form not in FORMS:
        raise Http404
    area = area_asked(request, round)
    told = reports.report(round, FORMS[form], request.seat, area, on)
    asked = request.GET.get("dang", "")
    name = f"{form}-{round.year}"
    if asked == "xlsx":
        heads, rows = report_papers.sheet(told)
        over = [*report_papers.above(told.form.title, round, area.name, told.state, told.source)]
        over += [told.gaps] if told.gaps else []
        over += [f"Tạm áp dụng: {told.note}"] if told.note else []
        return download(xlsx(heads, rows, sheet=told.form.title, above=over), f"{name}.xlsx")
    if asked == "pdf":
        return download([report_papers.pdf(told, round, on=on)], f"{name}.pdf", PDF)
    tabs = [{"label": one.title, "href": f"../{key}/", "active": key == form} for key, one in FORMS.items()]
    return render(request, "reviews/report.html", {
        "round": round,
        "report": told,
        "area": area.name,
        "tabs": tabs,
        "compares": round.compares,
        "is_movement": form.startswith("bien-dong"),
    })  # fmt: skip


@require_safe
@at_desk(*rights.HOUSEHOLDS)
def behind(request: DeskRequest, pk: int) -> HttpResponseBase:
    """The households that stand behind one figure (`?cot=`), in the desk's area; on a page, as Excel or on paper."""
    round, on, key = my_round(request, pk), today(), request.GET.get("cot", "")
    column = BEHIND.get(key)
    if column is None:
        raise Http404
    area = area_asked(request, round)
    found = behind_column(column, round, area, request.seat, on, is_figure="." in key)
    if request.GET.get("dang") in ("xlsx", "pdf"):
        journal.leave_trace(round, by=request.seat)
        name = slugify(f"{key.replace('.', '-')}-{round.year}")
        if request.GET["dang"] == "xlsx":
            return download(_sheet(found, column, round, area), f"{name}.xlsx")
        return download([_paper(found, column, round, area)], f"{name}.pdf", PDF)
    page = keyset.page(pages.told_households(found.rows), order=("-id",), mark=request.GET.get("trang", ""))
    return render(request, "reviews/behind.html", {
        "round": round,
        "label": column.label,
        "area": area.name,
        "state": reports.state(round, area, on),
        "said": found.said,
        "nobody": found.nobody,
        "rows": pages.household_rows(page.rows),
        "pages": neighbours(request, page),
    })  # fmt: skip


@require_safe
@at_desk(*rights.HOUSEHOLDS)
def posting(request: DeskRequest, pk: int) -> HttpResponseBase:
    """The notice that is posted: the commune's list, from when to when, and where to complain."""
    review = my_review(request, pk)
    journal.leave_trace(review.round, by=request.seat)
    content = postings.pdf(review, name_of(review), on=today())
    return download([content], f"niem-yet-{review.round.year}.pdf", PDF)


def _sheet(found: Behind, column: Column, round: Round, area: Extent) -> Iterator[bytes]:
    state = reports.state(round, area, today())
    over = [*report_papers.above(column.label, round, area.name, state), found.said]
    return xlsx(HEADS, _lines(found.rows, round), sheet=column.label, above=over)


def _paper(found: Behind, column: Column, round: Round, area: Extent) -> bytes:
    """The list without scores; with the name of the commune where there are several."""
    heads, rows = postings.names(found.rows, round, with_commune=len(area.reviews) > 1)
    return report_papers.names_pdf(
        column.label, f"{round.title}, {area.name}", heads, rows, on=today(),
        state=reports.state(round, area, today()), lines=[found.said],
    )  # fmt: skip


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
