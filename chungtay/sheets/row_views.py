"""Rows of an upload: those to look at first, and one of them with all that may be done about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.records.clock import today
from chungtay.records.templatetags.vn import so
from chungtay.sheets import actions, forms, looking, old_fonts, together
from chungtay.sheets.archive import column_letters
from chungtay.sheets.kinds import shown
from chungtay.sheets.layouts import Layout
from chungtay.sheets.models import PLACES, Row, Upload
from chungtay.sheets.views import State, about, layout_of, mine

TONES = {
    "good": "ok", "doubtful": "wait", "bad": "no", "skipped": "neutral", "same": "ok", "accepted": "ok",
    "rejected": "neutral",
}  # fmt: skip
LOOKED_AT = (State.STAGED, State.ACCEPTING, State.CLOSED)
SHOWN = 3
"""How many columns of a row a list shows."""
SHOWN_TOGETHER = 8


def read(request: DeskRequest, pk: int) -> tuple[Upload, Layout, dict[str, Any]]:
    """The upload whose rows were read, its layout, and what its pages show. 404 before that."""
    upload, known = mine(request, pk)
    if upload.state not in LOOKED_AT or upload.erased_on is not None:
        raise Http404
    return upload, layout_of(upload, known), about(request, upload, known)


@require_safe
@at_desk()
def rows(request: DeskRequest, pk: int) -> HttpResponse:
    """Rows of the file, those with something wrong first."""
    upload, layout, context = read(request, pk)
    group = request.GET.get("nhom", "")
    if group not in (*looking.GROUPS, looking.PACKED):
        group = "can-xem" if upload.bad + upload.doubtful else looking.PACKED
    page = looking.rows_of(upload, group, request.GET.get("trang", ""))
    here = reverse("sheets:rows", args=[upload.pk])
    pages = {way: f"{here}?nhom={group}&trang={mark}" if mark else ""
             for way, mark in (("previous", page.previous), ("next", page.next))}  # fmt: skip
    names = [told["name"] for told in upload.survey]
    may_answer = group in ("can-xem", "can-hoi") and context["is_ours"] and upload.state == State.STAGED
    return render(request, "sheets/rows.html", {
        **context,
        "group": group,
        "tabs": tabs(upload, group, here),
        "common": together.offered(upload, layout)[:SHOWN_TOGETHER] if may_answer and upload.doubtful > 1 else [],
        "rows": [line(row, upload, layout, names) for row in page.rows],
        "heads": [column.label for column in layout.columns[:SHOWN]],
        "pages": pages,
        "has_sheets": len(upload.plan["sheets"]) > 1,
    })  # fmt: skip


@require_POST
@at_desk()
def answer(request: DeskRequest, pk: int) -> HttpResponse:
    """One answer for all rows that ask the same."""
    upload, layout, context = read(request, pk)
    settle = context["known"].settle
    key = request.POST.get("cau", "")
    done, left = together.answer(upload, key, layout=layout, by=request.seat, on=today(), settle=settle)
    if done:
        messages.success(request, f"Đã quyết {so(done)} dòng cùng một câu trả lời.")
    if left or not done:
        about = f"{so(left)} dòng" if left else "Không dòng nào"
        messages.warning(request, f"{about} chưa quyết chung được: mở từng dòng để xem.")
    return redirect(f"{reverse('sheets:rows', args=[upload.pk])}?nhom=can-hoi")


def tabs(upload: Upload, group: str, here: str) -> list[dict[str, Any]]:
    """The groups of rows with how many each holds, as far as that is counted."""
    told = (
        ("can-xem", "Cần xem", upload.bad + upload.doubtful), ("can-hoi", "Cần hỏi", upload.doubtful),
        ("sai", "Sai", upload.bad), (looking.PACKED, "Tốt", None), ("da-quyet", "Đã quyết", None),
        *([("nhan-roi", "Đã nhận trước đó", upload.same)] if upload.same else []),
        ("khong-tinh", "Không tính", upload.skipped),
    )  # fmt: skip
    return [
        {"label": label, "href": f"{here}?nhom={name}", "active": name == group, "count": count}
        for name, label, count in told
    ]


def line(row: Row, upload: Upload, layout: Layout, names: list[str]) -> dict[str, Any]:
    """A row in a list: where it stands, its first columns, what is wrong."""
    texts = row_texts(row, upload, layout)[:SHOWN]
    return {
        "row": row,
        "sheet": names[row.sheet],
        "tone": TONES[row.state],
        "cells": [{"label": column.label, "text": text} for column, text in zip(layout.columns, texts, strict=False)],
        "faults": row.faults[:4],
        "href": reverse("sheets:row", args=[upload.pk, row.place]) if row.pk else "",
    }


def row_texts(row: Row, upload: Upload, layout: Layout) -> list[str]:
    """One text a column of the layout: as the file has it in plain Unicode, or as it was understood, in plain words."""
    cells = row.cells()
    plan = next(one for one in upload.reading.sheets if one.sheet == row.sheet)
    found = []
    for column in layout.columns:
        index = plan.columns.get(column.name)
        if row.state in (Row.State.GOOD, Row.State.ACCEPTED) or not cells:
            found.append(column.kind.tell(row.clean.get(column.name)))
        else:
            text = shown(cells[index]) if index is not None and index < len(cells) else ""
            found.append(old_fonts.read(text, plan.fonts.get(column.name, old_fonts.ANY)).text)
    return found


@at_desk()
def row(request: DeskRequest, pk: int, place: int) -> HttpResponse:
    """One row: what the file says, what is asked about it, and the decision."""
    upload, layout, context = read(request, pk)
    rows = Row.objects.filter(upload=upload).select_related("upload")
    found = get_object_or_404(rows, sheet=place // PLACES, number=place % PLACES)
    found.upload = upload
    texts = row_texts(found, upload, layout)
    form = forms.RowForm(request.POST or None, row=found, layout=layout, texts=texts)
    if request.method == "POST" and form.is_valid():
        choice = request.POST.get("quyet", "")
        if choice not in (actions.AS_READ, actions.OFFERED, actions.CORRECTED, actions.REJECTED):
            raise Http404
        settle = context["known"].settle
        with form.blamed():
            actions.decide(found, form.decision(choice), layout=layout, by=request.seat, on=today(), settle=settle)
            messages.success(request, f"Đã quyết dòng {found.number}.")
            return redirect(next_open(upload, found))
    return render(request, "sheets/row.html", {
        **context,
        "row": found,
        "form": form,
        "row_tone": TONES[found.state],
        "sheet": upload.survey[found.sheet]["name"],
        "cells": [{"letter": column_letters(n), "text": shown(cell)} for n, cell in enumerate(found.cells())],
        "is_open": found.state not in (Row.State.GOOD, Row.State.ACCEPTED) and upload.state == State.STAGED
        and context["is_ours"],
        "has_offer": any(fault.get("offer") is not None for fault in found.faults),
        "looks": [one for fault in found.faults for one in fault.get("answers", ()) if one["href"]],
    }, status=422 if request.method == "POST" else 200)  # fmt: skip


def next_open(upload: Upload, after: Row) -> str:
    """The next row that waits for a person; the list when there is none."""
    rows = Row.objects.filter(upload=upload, state__in=looking.OPEN).order_by("sheet", "number")
    later = rows.filter(sheet=after.sheet, number__gt=after.number).first() or rows.first()
    if later is None:
        return reverse("sheets:detail", args=[upload.pk])
    return reverse("sheets:row", args=[upload.pk, later.place])
