"""What is typed here: figures assigned to the units below, income surveys, the state of infrastructure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.movements.plan_parts import Goal
from chungtay.places.models import Level, Place
from chungtay.records.clock import today
from chungtay.targets import actions, charting, forms, judging, measuring, rights
from chungtay.targets.ground import Unit
from chungtay.targets.models import Assigned, IncomeSurvey, Infrastructure
from chungtay.targets.scene import Scene, open_scene

EARLIER = 50


@at_desk(*sorted(rights.WRITERS))
def assign(request: DeskRequest, goal: str, key: str) -> HttpResponse:
    """Giao chỉ tiêu một năm: a field for each unit below, the plan's figure beside it, and whether it is enough."""
    scene = open_scene(request.seat, today(), key)
    found = scene.goal(goal)
    units = [one for one in scene.ground.children(scene.unit) if rights.may_assign(scene.seat, one, scene.on)]
    if found.measure not in judging.ASSIGNABLE or not units:
        raise Http404
    if scene.unit.level == Level.PROVINCE:
        units.insert(0, scene.unit)
    year = _year(request, scene)
    rows = Assigned.objects.filter(movement=scene.movement, goal=found.id, year=year, place__in=[u.pk for u in units])
    standing = {row.place_id: row for row in rows.in_force()}
    form = forms.AssignForm(request.POST or None, units=units, standing=standing, whole=found.unit == "household")
    if request.method == "POST" and form.is_valid():
        above = Place.objects.get(pk=scene.unit.pk)
        with form.blamed():
            actions.assign(
                scene.movement, found.id, above, year, form.wanted(), by=request.seat, on=scene.on,
                document=form.cleaned_data["document"],
            )  # fmt: skip
            messages.success(request, f"Đã ghi mức giao năm {year}.")
            return redirect(f"{request.path}?nam={year}")
    return render(request, "targets/assign.html", {
        "scene": scene, "unit": scene.unit, "goal": found, "key": goal, "year": year, "form": form,
        "years": scene.years[1:], "word": charting.UNITS[found.unit], **_beside(scene, found, year, form),
        "earlier": _earlier(rows, units, found),
    }, status=422 if request.method == "POST" else 200)  # fmt: skip


def _earlier(rows: QuerySet[Assigned], units: Iterable[Unit], goal: Goal) -> list[dict[str, Any]]:
    """The figures that were assigned before those of now, the latest first."""
    names = {unit.pk: unit.name for unit in units}
    return [
        {"on": row.assigned_on, "name": names[row.place_id], "document": row.document,
         "value": charting.shown(row.value, goal.unit)}
        for row in rows.filter(replaced=True).order_by("-pk")[:EARLIER]
    ]  # fmt: skip


def _year(request: DeskRequest, scene: Scene) -> int:
    """The year asked for, or the present one, within the plan."""
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else scene.on.year
    return min(max(year, scene.years[1]), scene.years[-1])


def _beside(scene: Scene, goal: Any, year: int, form: forms.AssignForm) -> dict[str, Any]:
    """Each field with the plan's own figure and what was measured, and the check of what stands."""
    children = scene.ground.children(scene.unit)
    facts = measuring.gather(scene.ground, children, base_year=scene.base_year)
    assigned = judging.assigned_in(scene.movement, [goal.id], scene.ground.province.path, on=scene.on)[goal.id]
    here, *below = judging.judge(facts, scene.plan, goal, [scene.unit, *children], assigned, on=scene.on)
    by_unit = {one.unit.pk: one for one in (here, *below)}
    rows = []
    for row in form.rows():
        one = by_unit[row["unit"].pk]
        planned = next(step for step in one.progress.years if step.year == year)
        slow, fast = (charting.shown(value, goal.unit) for value in (planned.slow, planned.fast))
        rows.append({
            **row, "plan": slow if slow == fast else f"{slow} đến {fast}",
            "before": charting.shown(one.progress.latest, goal.unit), "before_year": one.progress.latest_year,
            "is_special": year in one.special_years, "is_here": one.unit.pk == scene.unit.pk,
        })  # fmt: skip
    values = {key: row.value for (key, at), row in assigned.items() if at == year}
    check = judging.check(facts, here, children, values, year)
    return {"rows": rows, "check": check, "target": charting.shown(check.parent, goal.unit)}


@at_desk(*sorted(rights.WRITERS))
def survey(request: DeskRequest, key: str) -> HttpResponse:
    """Kết quả điều tra thu nhập của hộ nghèo: the only thing that goal T6 can be measured by."""
    scene = _to_measure(request, key)
    form = forms.SurveyForm(request.POST or None, years=_ended(scene))

    def keep(place: Place) -> None:
        actions.enter_survey(place, form.told(), by=request.seat, on=scene.on)

    rows = IncomeSurvey.objects.visible_to(request.seat, scene.on).in_force().filter(place=scene.unit.pk)
    return _entered(request, scene, form, keep, "targets/survey.html", "Đã ghi kết quả điều tra thu nhập.", rows)


@at_desk(*sorted(rights.WRITERS))
def infrastructure(request: DeskRequest, key: str) -> HttpResponse:
    """Đường, điện, nước sạch của một xã theo tiêu chí nông thôn mới (T8)."""
    scene = _to_measure(request, key)
    if scene.unit.level != Level.COMMUNE:
        raise Http404
    form = forms.InfrastructureForm(request.POST or None, years=_ended(scene))

    def keep(place: Place) -> None:
        told = form.cleaned_data
        actions.enter_infrastructure(
            place, told["year"], form.answers(), by=request.seat, on=scene.on, source=told["source"]
        )

    rows = Infrastructure.objects.visible_to(request.seat, scene.on).in_force().filter(place=scene.unit.pk)
    said = "Đã ghi kết quả hạ tầng thiết yếu."
    return _entered(request, scene, form, keep, "targets/infrastructure.html", said, rows)


def _to_measure(request: DeskRequest, key: str) -> Scene:
    scene = open_scene(request.seat, today(), key)
    if not rights.may_measure(scene.seat, scene.unit, scene.on):
        raise Http404
    return scene


def _ended(scene: Scene) -> list[int]:
    """The years of the plan that have begun."""
    return [year for year in scene.years if date(year, 1, 1) <= scene.on]


def _entered(
    request: DeskRequest, scene: Scene, form: Any, keep: Callable[[Place], None], page: str, said: str, rows: Any
) -> HttpResponse:
    """Write what was typed by `keep` and come back to the page; at a refusal, show it at the fields."""
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            keep(Place.objects.get(pk=scene.unit.pk))
            messages.success(request, said)
            return redirect(request.path)
    context = {"scene": scene, "unit": scene.unit, "form": form, "rows": rows.order_by("-year", "-id")}
    return render(request, page, context, status=422 if request.method == "POST" else 200)
