"""Thử mức: /xet-khen/thu-muc/. Before the Council's guidance is issued (KH IV.2.2.a); reading only."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chungtay.accounts.models import Seat
from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.contributions import counting
from chungtay.law.awards import Payee
from chungtay.law.ethnicity import MINORITY_ASSUMED
from chungtay.law.giving import giver_of
from chungtay.merits.asking import Ask
from chungtay.places.models import Island, Level
from chungtay.prospects import overview, rights, rounds
from chungtay.prospects.cells import Cell, unpacked
from chungtay.prospects.forms import TryForm
from chungtay.prospects.models import Survey, Tally
from chungtay.prospects.party_page import CONTRIBUTION
from chungtay.prospects.rounds import Chosen
from chungtay.prospects.tabs import tabs
from chungtay.prospects.trying import Levels, Outcome, Prices, outcome
from chungtay.records.clock import today
from chungtay.targets.ground import Ground, Unit

SHARES = {
    "women": ("Nữ", "với hộ: chủ hộ là nữ"),
    "minority": ("Dân tộc thiểu số", "với hộ: theo sổ hộ"),
    "leader": ("Lãnh đạo", "chỉ tính cá nhân; còn lại là người lao động trực tiếp"),
    "island": ("Ở xã đảo", "theo danh sách xã đảo trong danh mục địa bàn"),
}  # fmt: skip


@require_safe
@at_desk(*sorted(rights.TRIERS))
def trying(request: DeskRequest) -> HttpResponse:
    """The levels of the day beside those that are tried, over the last count of the round."""
    seat, on = request.seat, today()
    chosen = rounds.choose(seat, on, request.GET)
    content = chosen.content(request.GET.get("nhom", ""))
    ask = chosen.ask(content.id)
    now = thresholds(ask)
    form = TryForm(request.GET, now=now, own=_own_criteria(ask))
    survey, _ = overview.surveys(chosen.round)
    told: dict[str, Any] = {
        "tabs": tabs(seat.kind, "trying"), "chosen": chosen, "contents": chosen.contents(), "content": content.id,
        "form": form, "survey": survey, "award": ask.award, "may_count": seat.kind in rights.COUNTERS,
    }  # fmt: skip
    if survey is None or not form.is_valid():
        return render(request, "prospects/trying.html", told, status=422 if form.errors else 200)
    return render(request, "prospects/trying.html", {**told, **compared(seat, chosen, ask, survey, form.levels())})


def thresholds(ask: Ask) -> dict[Payee, int]:
    """The thresholds of the day, where the content asks for gifts and there is one."""
    if CONTRIBUTION not in ask.facts:
        return {}
    entered = counting.thresholds()
    found = {payee: counting.threshold_on(giver_of(payee), ask.on, entered) for payee in Payee}
    return {payee: version.value for payee, version in found.items() if version is not None}


def _own_criteria(ask: Ask) -> int:
    """How many criteria of the content itself the data can answer."""
    own = ask.plan.content(ask.content).criteria
    return sum(1 for one in own if one.facts)


def compared(seat: Seat, chosen: Chosen, ask: Ask, survey: Survey, tried: Levels) -> dict[str, Any]:
    """The outcome of the day's levels and of those tried, side by side."""
    ground = Ground(chosen.movement.place, today())
    places = _cells(seat, survey, ask.content, ask.award.value, ground)
    emblem = chosen.plan.reward.emblem
    has_emblem = emblem is not None and emblem.award == ask.award and CONTRIBUTION in ask.facts
    payees = (
        frozenset(payee.value for payee in emblem.payees) if emblem is not None and has_emblem else frozenset[str]()
    )
    prices = Prices(ask.award, survey.on, payees)
    islands = islands_of(ground)
    before, after = (outcome(places, levels, prices, islands) for levels in (Levels(), tried))
    return {
        "before": before, "after": after, "districts": _districts(ground, before, after),
        "none_before": _without(ground, before), "none_after": _without(ground, after),
        "shares": [
            {"label": label, "note": note, "pair": (before.shares[name], after.shares[name])}
            for name, (label, note) in SHARES.items()
        ],
        "assumed": [*prices.assumed(after.payees), MINORITY_ASSUMED], "has_emblem": bool(payees),
        "before_millions": _millions(before.most_money), "millions": _millions(after.most_money),
        "least_millions": _millions(after.least_money),
        "is_range": after.least_money != after.most_money,
        "passed_over": sum(1 for n in after.chosen_by_place.values() if n) - after.places_at_most,
        "has_quota": after.chosen < after.qualify, "difference": after.qualify - before.qualify,
    }  # fmt: skip


def _millions(amount: int) -> str:
    """Triệu đồng, with one decimal."""
    return f"{amount / 1_000_000:.1f}".replace(".", ",")


def _cells(seat: Seat, survey: Survey, content: str, award: str, ground: Ground) -> dict[int, Counter[Cell]]:
    """The cells of each unit of today. One query."""
    rows = Tally.objects.visible_to(seat, today()).filter(survey=survey, content=content, award=award).order_by()
    found: dict[int, Counter[Cell]] = {}
    for path, cells in rows.values_list("area_path", "cells"):
        unit = ground.at(path)
        if unit is not None:
            found.setdefault(unit.pk, Counter()).update(unpacked(cells))
    return found


def islands_of(ground: Ground) -> frozenset[int]:
    """The island communes of the day, and the units above that hold nothing else. One query."""
    marked = set(Island.objects.on(ground.day).order_by().values_list("place_id", flat=True))
    inside = {one.pk: {under.pk for under in ground.communes(one)} for one in ground.units.values()}
    return frozenset(key for key, communes in inside.items() if communes and communes <= marked)


def _without(ground: Ground, told: Outcome) -> list[Unit]:
    """The communes of which nobody would come through: none qualifies, or their own quota lets none pass."""
    return [one for one in ground.units.values() if one.level == Level.COMMUNE and not told.chosen_by_place.get(one.pk)]


def _districts(ground: Ground, before: Outcome, after: Outcome) -> list[dict[str, Any]]:
    """Each unit right under the province with its numbers, the bars measured by the greatest of them."""
    rows: list[dict[str, Any]] = []
    for unit in ground.children(ground.province):
        keys = [one.pk for one in ground.units.values() if one.path.startswith(unit.path)]
        was, now = (sum(told.by_place.get(key, 0) for key in keys) for told in (before, after))
        rows.append({"name": unit.name, "before": was, "after": now})
    rows.append({
        "name": "Cơ quan, đơn vị cấp tỉnh", "before": before.by_place.get(ground.province.pk, 0),
        "after": after.by_place.get(ground.province.pk, 0),
    })  # fmt: skip
    most = max(max(row["before"], row["after"]) for row in rows)
    return [{**row, "most": max(most, 1)} for row in rows]
