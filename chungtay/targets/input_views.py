"""What is typed here: figures assigned to the units below, income surveys, the state of infrastructure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.law.refusals import Conflict
from chungtay.movements.plan_parts import Goal
from chungtay.places.models import Level, Place
from chungtay.records.clock import today
from chungtay.records.forms import BlamedForm
from chungtay.targets import actions, assigning, charting, forms, judging, rights, rows
from chungtay.targets.assigning import Table
from chungtay.targets.ground import Unit
from chungtay.targets.hamlets import Names
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
    table = _table(scene, found, _year(request, scene))
    units = [one for one in units if _is_asked(table, one)]
    whole = found.unit == "household"
    form = forms.AssignForm(request.POST or None, units=units, standing=table.rows, whole=whole)
    status = 200
    if request.method == "POST":
        status = 422
        try:
            with form.blamed():
                done = _assigned(request, scene, table, form)
                if done is not None:
                    said = f"Đã ghi mức giao năm {table.year}." if done else "Không có gì thay đổi."
                    messages.add_message(request, messages.SUCCESS if done else messages.INFO, said)
                    return redirect(f"{request.path}?nam={table.year}")
        except Conflict as conflict:
            table = _table(scene, found, table.year)
            form.overtaken(conflict, table.rows)
            status = 409
    return render(request, "targets/assign.html", {
        "scene": scene, "unit": scene.unit, "goal": found, "key": goal, "year": table.year, "form": form,
        "years": scene.years[1:], "word": found.word, "has_ended": table.has_ended, **_beside(table, form),
        "earlier": _earlier(scene, table, units),
    }, status=status)  # fmt: skip


def _table(scene: Scene, goal: Goal, year: int) -> Table:
    return assigning.read(scene.movement, scene.plan, scene.ground, scene.unit, goal, year, base_year=scene.base_year)


def _is_asked(table: Table, unit: Unit) -> bool:
    """Whether there is a field for the unit: the goal concerns it, or it has a figure that can be taken back."""
    is_free = judging.unconcerned(table.facts, table.goal, unit, table.year)
    return not is_free or table.value(unit.pk) is not None


def _assigned(request: DeskRequest, scene: Scene, table: Table, form: forms.AssignForm) -> list[Assigned] | None:
    """What was written; None where the form itself is at fault, which is told with every other fault at once."""
    if form.is_valid():
        above = Place.objects.get(pk=scene.unit.pk)
        return actions.assign(
            scene.movement, table.goal.id, above, table.year, form.wanted(), by=request.seat, on=scene.on,
            document=form.cleaned_data["document"],
        )  # fmt: skip
    wanted, document = form.wanted(), form.cleaned_data.get("document", "")
    if wanted:
        form.blame(table.faults(wanted, by=request.seat, document=document))
    return None


def _earlier(scene: Scene, table: Table, units: Iterable[Unit]) -> list[dict[str, Any]]:
    """The figures that were assigned before those of now and the withdrawals, the latest first."""
    names = {unit.pk: unit.name for unit in units}
    rows = Assigned.objects.filter(movement=scene.movement, goal=table.goal.id, year=table.year, place__in=list(names))
    return [
        {"on": row.assigned_on, "name": names[row.place_id], "document": row.document,
         "value": "Rút mức giao" if row.value is None else charting.shown(row.value, table.goal.unit)}
        for row in rows.filter(Q(replaced=True) | Q(value__isnull=True)).order_by("-pk")[:EARLIER]
    ]  # fmt: skip


def _year(request: DeskRequest, scene: Scene) -> int:
    """The year asked for, or the present one, within the plan."""
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else scene.on.year
    return min(max(year, scene.years[1]), scene.years[-1])


def _beside(table: Table, form: forms.AssignForm) -> dict[str, Any]:
    """Each field with the plan's own figure and what was measured, and the check of what stands."""
    goal = table.goal
    shown = []
    for row in form.rows():
        one = table.stands[row["unit"].pk]
        planned = next(step for step in one.progress.years if step.year == table.year)
        shown.append({
            **row, "plan": rows.between(planned.slow, planned.fast, goal.unit),
            "before": charting.shown(one.progress.latest, goal.unit), "before_year": one.progress.latest_year,
            "is_special": table.year in one.special_years, "is_here": row["unit"].pk == table.parent.pk,
        })  # fmt: skip
    check = table.check()
    return {"rows": shown, "check": check, "target": charting.shown(check.parent, goal.unit)}


@at_desk(*sorted(rights.WRITERS))
def survey(request: DeskRequest, key: str) -> HttpResponse:
    """Kết quả điều tra thu nhập của hộ nghèo: the only thing that goal T6 can be measured by."""
    scene = _to_measure(request, key)
    known = IncomeSurvey.objects.visible_to(request.seat, scene.on).filter(place=scene.unit.pk).order_by("-year", "-pk")
    standing, earlier = list(known.in_force().filter(withdrawn="")), known.filter(Q(replaced=True) | ~Q(withdrawn=""))
    is_withdrawal = "rut-survey" in request.POST or "rut-reason" in request.POST
    form = forms.SurveyForm(None if is_withdrawal else request.POST or None, years=_begun(scene))
    taking_back = forms.WithdrawForm(request.POST if is_withdrawal else None, surveys=standing, prefix="rut")

    def keep() -> str:
        if is_withdrawal:
            reason = taking_back.cleaned_data["reason"]
            actions.withdraw_survey(taking_back.survey(), by=request.seat, on=scene.on, reason=reason)
            return "Đã rút kết quả điều tra thu nhập."
        actions.enter_survey(Place.objects.get(pk=scene.unit.pk), form.told(), by=request.seat, on=scene.on)
        return "Đã ghi kết quả điều tra thu nhập."

    if request.method == "POST" and _entered(request, taking_back if is_withdrawal else form, keep):
        return redirect(request.path)
    return render(request, "targets/survey.html", {
        "scene": scene, "unit": scene.unit, "form": form, "taking_back": taking_back, "rows": standing,
        "this_year": scene.on.year, "earlier": earlier.order_by("-pk")[:EARLIER],
    }, status=422 if request.method == "POST" else 200)  # fmt: skip


@at_desk(*sorted(rights.WRITERS))
def infrastructure(request: DeskRequest, key: str) -> HttpResponse:
    """Đường, điện, nước sạch của một xã theo tiêu chí nông thôn mới (T8)."""
    scene = _to_measure(request, key)
    if scene.unit.level != Level.COMMUNE:
        raise Http404
    form = forms.InfrastructureForm(request.POST or None, years=_begun(scene))
    place = Place.objects.get(pk=scene.unit.pk)

    def keep() -> str:
        told = form.cleaned_data
        actions.enter_infrastructure(
            place, told["year"], form.answers(), by=request.seat, on=scene.on, source=told["source"]
        )
        return "Đã ghi kết quả hạ tầng thiết yếu."

    if request.method == "POST" and _entered(request, form, keep):
        return redirect(request.path)
    known = Infrastructure.objects.visible_to(request.seat, scene.on).filter(place=place)
    return render(request, "targets/infrastructure.html", {
        "scene": scene, "unit": scene.unit, "form": form, "hamlets": Names.read(place, scene.on).all,
        "rows": known.in_force().filter(met__isnull=False).order_by("-year", "hamlet", "criterion"),
        "earlier": known.filter(Q(replaced=True) | Q(met__isnull=True)).order_by("-pk")[:EARLIER],
    }, status=422 if request.method == "POST" else 200)  # fmt: skip


def _to_measure(request: DeskRequest, key: str) -> Scene:
    scene = open_scene(request.seat, today(), key)
    if not rights.may_measure(scene.seat, scene.unit, scene.on):
        raise Http404
    return scene


def _begun(scene: Scene) -> list[int]:
    """The years of the plan that have begun."""
    return [year for year in scene.years if date(year, 1, 1) <= scene.on]


def _entered(request: DeskRequest, form: BlamedForm, keep: Callable[[], str]) -> bool:
    """Write what was typed by `keep`, which gives what is then said; a refusal is put at the fields."""
    if form.is_valid():
        with form.blamed():
            messages.success(request, keep())
            return True
    return False
