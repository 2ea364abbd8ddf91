"""The same tables as Excel, through the one safe writer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.records.clock import today
from chungtay.records.names import fold
from chungtay.sheets.exporting import XLSX, Head, xlsx
from chungtay.targets import rights, rows, views, year_sheet, yearly
from chungtay.targets.charting import cell
from chungtay.targets.judging import Standing
from chungtay.targets.scene import open_scene

GOALS = (
    Head("Chỉ tiêu", 60), Head("Địa bàn", 24), Head("Số liệu gốc", 14), Head("Năm đo"), Head("Đo được"),
    Head("Kế hoạch (mức thấp)"), Head("Kế hoạch (mức cao)"), Head("Tiến độ", 24), Head("Dự báo"),
    Head("Tính đến ngày"), Head("Nguồn", 60), Head("Ghi chú", 60),
)  # fmt: skip
OF_GOAL = (
    Head("Địa bàn", 28), Head("Năm"), Head("Đo được"), Head("Tử số"), Head("Mẫu số"), Head("Kế hoạch (mức thấp)"),
    Head("Kế hoạch (mức cao)"), Head("Mức giao"), Head("Tiến độ", 24), Head("Tính đến ngày"), Head("Nguồn", 60),
    Head("Ghi chú", 60),
)  # fmt: skip


def workbook(name: str, heads: Sequence[Head], told: Iterable[Sequence[Any]]) -> HttpResponse:
    """The rows as a file to keep."""
    answer = HttpResponse(b"".join(xlsx(heads, told, sheet="Số liệu")), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{fold(name).replace(" ", "-")}.xlsx"'
    return answer


def line(row: dict[str, Any]) -> list[Any]:
    """One goal at one place as typed cells."""
    one = row["standing"]
    progress, latest, unit = one.progress, one.latest, one.goal.unit
    planned = next((year for year in progress.years if year.year == progress.latest_year), None)
    notes = [row["why_not"], latest.caution if latest else "", *progress.assumed]
    told = (one.baseline, progress.latest, planned and planned.slow, planned and planned.fast, progress.forecast)
    baseline, measured, slow, fast, forecast = (cell(value, unit) for value in told)
    return [
        f"{one.goal.id}. {one.goal.text}", one.unit.name, baseline, progress.latest_year, measured, slow, fast,
        row["track"]["label"], forecast, latest and latest.as_of,
        latest.source if latest else one.baseline_source, " ".join(filter(None, notes)),
    ]  # fmt: skip


@require_safe
@at_desk(*sorted(rights.READERS))
def overview(request: DeskRequest, key: str) -> HttpResponse:
    """The nine goals of one place."""
    scene = open_scene(request.seat, today(), key)
    found = views.standings(scene, [scene.unit], list(scene.plan.goals))
    told = [line(rows.summary(scene, one[0])) for one in found]
    return workbook(f"chi tieu {scene.unit.name}", GOALS, told)


@require_safe
@at_desk(*sorted(rights.READERS))
def goal(request: DeskRequest, goal: str, key: str) -> HttpResponse:
    """One goal at a place and the units below it that the page shows, a row for each year from the base year on."""
    scene = open_scene(request.seat, today(), key)
    children = scene.seen(scene.ground.children(scene.unit))
    below = views.below_of(scene, children, every_commune=request.GET.get("theo") == "xa")
    [[here, *parts]] = views.standings(scene, [scene.unit, *below], [scene.goal(goal)])
    told = [cells for one in (here, *parts) for cells in _years(one)]
    rest = rows.apart(scene, here, parts)
    told += [[rows.apart_name(parts), year, value, *[None] * 9] for year, value in sorted(rest.items())]
    return workbook(f"{goal} {scene.unit.name}", OF_GOAL, told)


def _years(one: Standing) -> Iterator[list[Any]]:
    """A row for each year as the page has it: the base year first, with what the goal starts from."""
    unit, base = one.goal.unit, one.progress.years[0].year - 1
    first = one.measured.get(base)
    yield [
        one.unit.name, base, cell(one.baseline, unit), first and first.part, first and first.whole, None, None, None,
        "", one.goal.baseline.as_of, one.baseline_source, "Số liệu gốc",
    ]  # fmt: skip
    for year in one.progress.years:
        seen, given = one.measured.get(year.year), one.assigned.get(year.year)
        track = "" if year.measured is None else rows.word(one.progress, year.track, year.measured)
        measured, slow, fast = (cell(value, unit) for value in (year.measured, year.slow, year.fast))
        yield [
            one.unit.name, year.year, measured, seen and seen.part, seen and seen.whole, slow, fast,
            given and cell(given.value, unit), track, seen and seen.as_of, seen.source if seen else "",
            (seen.why or seen.caution) if seen else "",
        ]  # fmt: skip


@require_safe
@at_desk(*sorted(rights.READERS))
def year(request: DeskRequest, key: str, year: int) -> HttpResponse:
    """All figures of one place and the units below it in one year."""
    scene = open_scene(request.seat, today(), key)
    found = views.year_of(scene, year)
    here = [{"unit": scene.unit, "sums": found["total"], "rates": found["rates"]}] if found["total"] else []
    every = [*here, *found["inside"]]
    parts = yearly.of_each(scene.ground, [one["unit"] for one in every], year)
    told = [year_sheet.Row(one["unit"], year, one["sums"], one["rates"], parts[one["unit"].pk]) for one in every]
    columns = year_sheet.columns(told)
    cells = ([of(row) for _, of in columns] for row in told)
    return workbook(f"so lieu {year} {scene.unit.name}", [head for head, _ in columns], cells)
