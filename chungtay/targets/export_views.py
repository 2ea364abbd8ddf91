"""The same tables as Excel, through the one safe writer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.law.targets import Track
from chungtay.records.clock import today
from chungtay.records.names import fold
from chungtay.sheets.exporting import XLSX, Head, xlsx
from chungtay.targets import rights, views
from chungtay.targets.scene import open_scene

GOALS = (
    Head("Chỉ tiêu", 60), Head("Địa bàn", 24), Head("Số liệu gốc", 14), Head("Năm đo"), Head("Đo được"),
    Head("Kế hoạch (mức thấp)"), Head("Kế hoạch (mức cao)"), Head("Tiến độ", 24), Head("Dự báo"),
    Head("Tính đến ngày"), Head("Nguồn", 60), Head("Ghi chú", 60),
)  # fmt: skip
YEAR = (
    Head("Địa bàn", 28), Head("Năm"), Head("Tổng số hộ"), Head("Hộ nghèo"), Head("Tỷ lệ nghèo (%)"),
    Head("Nghèo thu nhập"), Head("Nghèo thiếu hụt"), Head("Người trong hộ nghèo"), Head("Hộ cận nghèo"),
    Head("Tỷ lệ cận nghèo (%)"), Head("Người trong hộ cận nghèo"), Head("Mới thoát nghèo"),
    Head("Hộ nghèo dân tộc thiểu số"), Head("Tỷ lệ nghèo dân tộc thiểu số (%)"), Head("Tính đến ngày"),
    Head("Nguồn", 60),
)  # fmt: skip


def workbook(name: str, heads: Sequence[Head], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """The rows as a file to keep."""
    answer = HttpResponse(b"".join(xlsx(heads, rows, sheet="Số liệu")), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{fold(name).replace(" ", "-")}.xlsx"'
    return answer


def line(row: dict[str, Any]) -> list[Any]:
    """One goal at one place as typed cells."""
    one = row["standing"]
    progress, latest = one.progress, one.latest
    planned = next((year for year in progress.years if year.year == progress.latest_year), None)
    notes = [row["why_not"], latest.caution if latest else "", *progress.assumed]
    return [
        f"{one.goal.id}. {one.goal.text}", one.unit.name, one.baseline, progress.latest_year, progress.latest,
        planned and planned.slow, planned and planned.fast, progress.track.label, progress.forecast,
        latest and latest.as_of, latest.source if latest else one.baseline_source, " ".join(filter(None, notes)),
    ]  # fmt: skip


@require_safe
@at_desk(*sorted(rights.READERS))
def overview(request: DeskRequest, key: str) -> HttpResponse:
    """The nine goals of one place."""
    scene = open_scene(request.seat, today(), key)
    found = views.standings(scene, [scene.unit], list(scene.plan.goals))
    rows = [line(views.summary(scene, one[0])) for one in found]
    return workbook(f"chi tieu {scene.unit.name}", GOALS, rows)


@require_safe
@at_desk(*sorted(rights.READERS))
def goal(request: DeskRequest, goal: str, key: str) -> HttpResponse:
    """One goal at a place and the units below it, a row for each year that was measured."""
    scene = open_scene(request.seat, today(), key)
    units = [scene.unit, *scene.seen(scene.ground.children(scene.unit))]
    [found] = views.standings(scene, units, [scene.goal(goal)])
    heads = (
        Head("Địa bàn", 28), Head("Năm"), Head("Đo được"), Head("Tử số"), Head("Mẫu số"), Head("Kế hoạch (mức thấp)"),
        Head("Kế hoạch (mức cao)"), Head("Mức giao"), Head("Tiến độ", 24), Head("Tính đến ngày"), Head("Nguồn", 60),
        Head("Ghi chú", 60),
    )  # fmt: skip
    return workbook(f"{goal} {scene.unit.name}", heads, (row for one in found for row in _years(one)))


def _years(one: Any) -> Iterable[list[Any]]:
    for year in one.progress.years:
        seen, given = one.measured.get(year.year), one.assigned.get(year.year)
        track = "" if year.track is Track.NOT_MEASURED else year.track.label
        yield [
            one.unit.name, year.year, year.measured, seen and seen.part, seen and seen.whole, year.slow, year.fast,
            given and given.value, track, seen and seen.as_of, seen.source if seen else "",
            (seen.why or seen.caution) if seen else "",
        ]  # fmt: skip


@require_safe
@at_desk(*sorted(rights.READERS))
def year(request: DeskRequest, key: str, year: int) -> HttpResponse:
    """The classes of one place and the units below it in one year."""
    scene = open_scene(request.seat, today(), key)
    found = views.year_of(scene, year)
    rows = [{"unit": scene.unit, "sums": found["total"], "rates": found["rates"]}] if found["total"] else []
    told = [_classes(year, row) for row in [*rows, *found["inside"]]]
    return workbook(f"so lieu {year} {scene.unit.name}", YEAR, told)


def _classes(year: int, row: dict[str, Any]) -> list[Any]:
    of, rates = row["sums"], row["rates"]
    return [
        row["unit"].name, year, of.households_all, of.poor, rates["poor"], of.income_poor, of.service_poor,
        of.poor_persons, of.near_poor, rates["near_poor"], of.near_poor_persons, of.newly_escaped, of.minority_poor,
        rates["minority_poor"], of.as_of, of.source,
    ]  # fmt: skip
