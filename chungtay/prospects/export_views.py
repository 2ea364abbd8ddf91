"""The same lists and sums as Excel, through the one safe writer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from chungtay.accounts.models import BODY_ONLY
from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.prospects import due, overview, rights, rounds
from chungtay.prospects.due_views import asked_of, is_listed, place_of
from chungtay.records import journal
from chungtay.records.clock import today
from chungtay.sheets.exporting import Head
from chungtay.targets.export_views import workbook

NAMES = (
    Head("Tên", 34), Head("Loại", 24), Head("Địa bàn", 24), Head("Ấp, khu phố", 20), Head("Nội dung", 10),
    Head("Lượt", 22), Head("Đến lượt khen gì", 40), Head("Còn thiếu", 60), Head("Kết quả bằng số liệu", 50),
    Head("Đạt"), Head("Chưa đạt"), Head("Chờ người thẩm định"), Head("Chưa có số liệu"), Head("Xét ngày"),
)  # fmt: skip


@require_safe
@at_desk(*sorted(rights.DUE))
def export(request: DeskRequest) -> HttpResponse:
    """What the page shows, whole: the names of a commune, or the sums of a wider area."""
    chosen = rounds.choose(request.seat, today(), request.GET)
    ground, unit = place_of(request, chosen)
    if is_listed(request, unit):
        journal.leave_trace(chosen.round, by=request.seat)
        return workbook(f"ai den luot {unit.name}", NAMES, _names(request, chosen, unit))
    heads = [Head("Địa bàn", 28), *(Head(turn.label, 14) for turn in overview.SHOWN), Head("Xét ngày")]
    told = overview.page(request.seat, chosen, ground, unit, today(), request.GET.get("nhom", ""))
    return workbook(f"ai den luot {unit.name}", heads, _sums(told))


def _names(request: DeskRequest, chosen: rounds.Chosen, unit: Any) -> Iterator[list[Any]]:
    seat, asked = request.seat, asked_of(request, chosen)
    rows = due.parties_of(seat, None if seat.kind in BODY_ONLY else unit, today())
    letter = chosen.plan.content(asked.content).letter
    for line in due.whole(seat, rows, chosen, asked):
        party, counts = line.party, line.counts
        yield [
            party.name, party.get_kind_display(), unit.name, party.hamlet, letter, line.turn.label,
            "; ".join(one.award.short for one in line.judged.due_for),
            "; ".join(one.question for one in line.short_of), "; ".join(line.results), counts["met"], counts["unmet"],
            counts["to_judge"], counts["no_data"], chosen.on,
        ]  # fmt: skip


def _sums(told: dict[str, Any]) -> Iterator[list[Any]]:
    if told["survey"] is None:
        return
    day = told["survey"].on
    for row in told["rows"]:
        yield [row["unit"].name, *row["sums"].cells, day]
    if told["own"] is not None:
        yield [told["own_label"], *told["own"].cells, day]
    yield ["Cộng", *told["total"].cells, day]
