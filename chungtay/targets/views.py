"""Targets measured: the nine goals of a place, one goal with its chart and map, a place's figures of one year."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.law.ethnicity import MINORITY_ASSUMED
from chungtay.law.rates import minority_rate, minority_share, percent, poverty_rate
from chungtay.places.models import Level
from chungtay.records.clock import today
from chungtay.reviews.models import Round
from chungtay.reviews.rights import HOUSEHOLDS
from chungtay.targets import charting, judging, measuring, rights, sums, yearly
from chungtay.targets.ground import Unit
from chungtay.targets.judging import Standing
from chungtay.targets.keeping import Drawing, kept
from chungtay.targets.rows import apart, apart_name, in_year, of_years, summary
from chungtay.targets.scene import Scene, open_scene

COLUMNS = {"poor": "ket-qua.poor", "near_poor": "ket-qua.near_poor"}
"""The columns of the review's report whose households stand behind the great figures."""
NOTHING_BEHIND = dict.fromkeys(COLUMNS, "")
LEVELS = {Level.DISTRICT: "huyện", Level.COMMUNE: "xã"}


def standings(scene: Scene, units: list[Unit], goals: list[Any]) -> list[list[Standing]]:
    """Each goal at each unit. A constant number of queries."""
    facts = measuring.gather(scene.ground, units, base_year=scene.base_year)
    assigned = judging.assigned_in(scene.movement, [one.id for one in goals], scene.ground.province.path, on=scene.on)
    return [judging.judge(facts, scene.plan, one, units, assigned[one.id], on=scene.on) for one in goals]


@require_safe
@at_desk(*sorted(rights.READERS))
@kept
def overview(request: DeskRequest, key: str = "") -> Drawing:
    """The nine goals at one place, and the way down to the units in it."""
    scene = open_scene(request.seat, today(), key)
    goals = list(scene.plan.goals)
    rows = [summary(scene, found[0]) for found in standings(scene, [scene.unit], goals)]
    return "targets/overview.html", {**_frame(scene), "rows": rows}


def _frame(scene: Scene) -> dict[str, Any]:
    """What every page of a place shows around its figures."""
    children = scene.seen(scene.ground.children(scene.unit))
    ended = [year for year in scene.years if date(year, 12, 31) <= scene.on]
    return {
        "scene": scene, "unit": scene.unit, "movement": scene.movement, "children": children,
        "above": scene.seen(scene.ground.line(scene.unit)), "ended": ended[::-1],
        "may_measure": rights.may_measure(scene.seat, scene.unit, scene.on),
        "is_commune": scene.unit.level == Level.COMMUNE,
        "child_level": LEVELS[children[0].level] if children else "",
    }  # fmt: skip


@require_safe
@at_desk(*sorted(rights.READERS))
@kept
def goal(request: DeskRequest, goal: str, key: str) -> Drawing:
    """One goal at one place: the line against the plan's paces with its table, the map of the units below."""
    scene = open_scene(request.seat, today(), key)
    found = scene.goal(goal)
    frame = _frame(scene)
    below = below_of(scene, frame["children"], every_commune=request.GET.get("theo") == "xa")
    [all_of_it] = standings(scene, [scene.unit, *below], [found])
    here, rest = all_of_it[0], all_of_it[1:]
    year = here.progress.latest_year
    measured = {} if year is None else {one.unit.pk: one.measured.get(year) for one in rest}
    values = {key: None if seen is None else seen.value for key, seen in measured.items()}
    has_map = any(value is not None for value in values.values())
    assignable = found.measure in judging.ASSIGNABLE
    return "targets/goal.html", {
        **frame,
        "row": summary(scene, here),
        "minority_assumed": MINORITY_ASSUMED if found.measure == measuring.MINORITY_RATE else "",
        "chart": charting.line(here),
        "years": of_years(here),
        "below": [{**summary(scene, one), **in_year(one, year)} for one in rest],
        "apart": charting.shown(apart(scene, here, rest).get(year or 0), found.unit),
        "apart_name": apart_name(rest),
        "by_commune": len(below) > len(frame["children"]),
        "can_zoom": scene.unit.level == Level.PROVINCE and bool(frame["children"]),
        "map": charting.map_of(below, values, found.unit, scene.on) if has_map else None,
        "may_assign": assignable and any(rights.may_assign(scene.seat, one, scene.on) for one in frame["children"]),
    }  # fmt: skip


def below_of(scene: Scene, children: list[Unit], *, every_commune: bool) -> list[Unit]:
    """The units that a goal is told of below the scene's: those right under it, or every commune of the province."""
    if every_commune and scene.unit.level == Level.PROVINCE:
        return scene.seen(scene.ground.communes(scene.unit))
    return children


@require_safe
@at_desk(*sorted(rights.READERS))
@kept
def year(request: DeskRequest, key: str, year: int) -> Drawing:
    """The figures of one place and one year: classes, movement, deprivations, causes, groups, the units below."""
    scene = open_scene(request.seat, today(), key)
    told = year_of(scene, year)
    behind = _behind(scene, year) if told["total"] is not None else NOTHING_BEHIND
    return "targets/year.html", {**_frame(scene), **told, "behind": behind}


def _behind(scene: Scene, year: int) -> dict[str, str]:
    """Where the households behind the figures are listed, for a desk whose work is the register of this area."""
    if scene.seat.kind not in HOUSEHOLDS or not scene.seat.scope(scene.on).covers(scene.unit.path):
        return NOTHING_BEHIND
    round = Round.objects.filter(place=scene.movement.place_id, year=year).order_by("pk").first()
    if round is None:
        return NOTHING_BEHIND
    address = reverse("reviews:behind", args=[round.pk])
    return {
        name: f"{address}?{urlencode({'cot': column, 'vung': scene.unit.path})}" for name, column in COLUMNS.items()
    }


def year_of(scene: Scene, year: int) -> dict[str, Any]:
    """The figures of the scene's unit in that year. Raises Http404 for a year that no figure can be of."""
    if not scene.base_year <= year <= scene.on.year:
        raise Http404
    children = scene.seen(scene.ground.children(scene.unit))
    table = sums.read(scene.ground, children or [scene.unit], year=year)
    total = table.get(scene.unit.pk, {}).get(year)
    parts = yearly.read(scene.ground, scene.unit, year) if total is not None else yearly.Parts()
    poor, near = (total.poor, total.near_poor) if total else (0, 0)
    return {
        "year": year,
        "total": total, "known_years": sums.years(scene.ground, scene.unit), "rates": _rates(total),
        "expected": scene.ground.expected(scene.unit, year), "parts": parts,
        "classes": _classes(total) if total else [],
        "minority_assumed": MINORITY_ASSUMED,
        "notes": _notes(total) if total else {},
        "movement_rows": parts.movement_rows() if parts.has_movement else [],
        "tables": [(title, parts.rows(kind, poor, near), parts.has_near(kind)) for kind, title in TITLES.items()],
        "inside": [_inside(one, of) for one in children if (of := table.get(one.pk, {}).get(year)) is not None],
    }  # fmt: skip


def _inside(unit: Unit, of: sums.Sums) -> dict[str, Any]:
    rates = _rates(of)
    poor, near = (charting.shown(rates[name], "percent") for name in ("poor", "near_poor"))
    return {"unit": unit, "sums": of, "rates": rates, "poor_rate": poor, "near_rate": near}


TITLES = {
    "lacking": "Thiếu hụt dịch vụ xã hội cơ bản", "causes": "Nguyên nhân nghèo", "groups": "Nhóm hộ",
}  # fmt: skip


def _classes(of: sums.Sums) -> list[dict[str, Any]]:
    """The table of classes: households, their share of all, persons; None where nobody knows."""
    rates = _rates(of)
    return [
        {"name": name, "households": households, "rate": charting.shown(rate, "percent"), "persons": persons}
        for name, households, rate, persons in (
            ("Tất cả", of.households_all, None, of.persons_all),
            ("Hộ nghèo", of.poor, rates["poor"], of.poor_persons),
            ("– nghèo về thu nhập", of.income_poor, percent(of.income_poor, of.households_all), None),
            ("– nghèo thiếu hụt dịch vụ", of.service_poor, percent(of.service_poor, of.households_all), None),
            ("Hộ cận nghèo", of.near_poor, rates["near_poor"], of.near_poor_persons),
            ("Hộ dân tộc thiểu số", of.minority_all, None, None),
            ("– hộ nghèo dân tộc thiểu số", of.minority_poor, rates["minority_poor"], None),
            ("– hộ cận nghèo dân tộc thiểu số", of.minority_near_poor, rates["minority_near_poor"], None),
        )
    ]


def _notes(of: sums.Sums) -> dict[str, str]:
    """What stands under the great figures: each rate with what it is a share of."""
    rates = {name: charting.shown(rate, "percent") for name, rate in _rates(of).items()}
    households = f"{of.households_all:,}".replace(",", ".")
    minority = f"{rates['minority_poor']} của hộ dân tộc thiểu số" if rates["minority_poor"] else ""
    share = f"{rates['minority_share']} của hộ nghèo" if rates["minority_share"] else ""
    return {
        "poor": f"{rates['poor']} của {households} hộ" if rates["poor"] else "",
        "near_poor": f"{rates['near_poor']} của {households} hộ" if rates["near_poor"] else "",
        "minority": "; ".join(filter(None, (minority, share))),
    }


def _rates(total: sums.Sums | None) -> dict[str, Any]:
    """The rates of these sums; None where nothing is known or there is nobody."""
    if total is None:
        return {}
    minority = total.minority_all
    return {
        "poor": poverty_rate(total.poor, total.households_all),
        "near_poor": percent(total.near_poor, total.households_all),
        "minority_poor": None if minority is None else minority_rate(total.minority_poor, minority),
        "minority_near_poor": None if minority is None else minority_rate(total.minority_near_poor, minority),
        "minority_share": minority_share(total.minority_poor, total.poor),
    }
