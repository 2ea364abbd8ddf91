"""Ai đến lượt: /xet-khen/ and what belongs to it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts.models import BODY_ONLY
from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.law.procedure import PROPOSING
from chungtay.places.models import Level
from chungtay.prospects import actions, due, jobs, overview, rights, rounds
from chungtay.prospects.due import Asked
from chungtay.prospects.models import Survey
from chungtay.prospects.rounds import Chosen
from chungtay.prospects.tabs import tabs
from chungtay.prospects.turns import BY_SLUG, Turn
from chungtay.records.clock import today
from chungtay.targets.ground import Ground, Unit
from chungtay.targets.rights import home


def place_of(request: DeskRequest, chosen: Chosen) -> tuple[Ground, Unit]:
    """The unit that `?dia-ban=` names, or the seat's own. Raises Http404 outside of what the seat sees."""
    on = today()
    ground = Ground(chosen.movement.place, on)
    key = request.GET.get("dia-ban", "")
    unit = ground.by_key(key) if key else home(request.seat, ground, on)
    if unit is None or not in_sight(request, unit):
        raise Http404
    return ground, unit


def in_sight(request: DeskRequest, unit: Unit) -> bool:
    """Whether the desk's own area holds the unit; a body that sees only its own parties has no unit to choose."""
    if request.seat.kind in BODY_ONLY:
        return not request.GET.get("dia-ban")
    return request.seat.scope(today()).covers(unit.path)


def is_listed(request: DeskRequest, unit: Unit) -> bool:
    """Whether the page names parties one by one: of a commune, a body's own, or a wider unit's own register."""
    own = request.seat.kind in BODY_ONLY
    return own or unit.level == Level.COMMUNE or request.GET.get("xem") == "danh-sach"


@require_safe
@at_desk(*sorted(rights.DUE))
def show(request: DeskRequest) -> HttpResponse:
    """Who is due: the parties of a commune one by one; of a wider area the sums of the last count."""
    chosen = rounds.choose(request.seat, today(), request.GET)
    ground, unit = place_of(request, chosen)
    frame = {
        "tabs": tabs(request.seat.kind, "due"), "chosen": chosen, "unit": unit, "contents": chosen.contents(),
        "above": [one for one in ground.line(unit) if in_sight(request, one)],
        "is_own_body": request.seat.kind in BODY_ONLY, "filters": request.GET.urlencode(),
        "keep": [{"name": name, "value": request.GET.get(name, "")} for name in ("dia-ban", "xem")],
    }  # fmt: skip
    if is_listed(request, unit):
        return render(request, "prospects/list.html", {**frame, **list_page(request, chosen, unit)})
    content = request.GET.get("nhom", "")
    told = overview.page(request.seat, chosen, ground, unit, today(), content)
    may = request.seat.kind in rights.COUNTERS
    return render(request, "prospects/overview.html", {**frame, **told, "content": content, "may_count": may})


def asked_of(request: DeskRequest, chosen: Chosen) -> Asked:
    """What the address asks for. Without a turn: who is due."""
    told, slug = request.GET, request.GET.get("luot", Turn.READY.slug)
    turn = None if slug == "tat-ca" else BY_SLUG.get(slug, Turn.READY)
    content = chosen.content(told.get("nhom", "")).id
    award = told.get("hinh-thuc", "")
    return Asked(content, turn, told.get("thieu", ""), told.get("sau", ""), told.get("truoc", ""), award)


def list_page(request: DeskRequest, chosen: Chosen, unit: Unit) -> dict[str, Any]:
    """Context of the list of one unit."""
    seat, on, asked = request.seat, today(), asked_of(request, chosen)
    rows = due.parties_of(seat, None if seat.kind in BODY_ONLY else unit, on)
    found = due.listing(seat, rows, chosen, asked)
    asks = chosen.asks(asked.content, asked.award)
    told = {"noi-dung": asked.content, "dip": asks[0].occasion}
    return {
        "listing": found, "asked": asked, "content": chosen.plan.content(asked.content),
        "awards": [one.award for one in asks], "award_choices": _award_choices(request, chosen, asked),
        "turns": _turns(request, found, asked), "verdict_query": urlencode(told),
        "may_open": seat.kind in PROPOSING and chosen.round.is_open(on), "missing": [
            {"criterion": one, "href": _with(request, thieu=one.id, sau="", truoc="")} for one in found.missing.values()
        ],
        "next": _with(request, sau=found.after, truoc="") if found.after else "",
        "previous": _with(request, truoc=found.before, sau="") if found.before else "",
    }  # fmt: skip


def _award_choices(request: DeskRequest, chosen: Chosen, asked: Asked) -> list[dict[str, Any]]:
    """The awards of the occasion to narrow the list to; none where there is but one."""
    awards = [one.award for one in chosen.asks(asked.content)]
    if len(awards) < 2:
        return []
    known = asked.award in awards
    every = {"label": "Mọi hình thức", "href": _with(request, **{"hinh-thuc": ""}), "active": not known, "count": None}
    return [every] + [
        {
            "label": award.short, "href": _with(request, **{"hinh-thuc": award.value, "sau": "", "truoc": ""}),
            "active": asked.award == award, "count": None,
        }
        for award in awards
    ]  # fmt: skip


def _turns(request: DeskRequest, found: due.Listing, asked: Asked) -> list[dict[str, Any]]:
    """The tabs of a list, with how many there are where all were reckoned."""
    counts = found.by_turn
    total = None if counts is None else sum(counts.values())
    whole = {
        "label": "Tất cả", "href": _with(request, luot="tat-ca", thieu="", sau="", truoc=""),
        "active": asked.turn is None, "count": total,
    }  # fmt: skip
    return [
        {
            "label": turn.label, "href": _with(request, luot=turn.slug, thieu="", sau="", truoc=""),
            "active": asked.turn is turn, "count": None if counts is None else counts[turn],
        }
        for turn in (Turn.READY, Turn.NEAR, Turn.OPEN, Turn.RUNNING, Turn.EXCLUDED, Turn.FAR)
    ] + [whole]  # fmt: skip


def _with(request: DeskRequest, **changes: str) -> str:
    """This address with other filters; an empty one is left out."""
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = value
        if not value:
            del query[name]
    return f"?{query.urlencode()}"


@require_POST
@at_desk(*sorted(rights.COUNTERS))
def count(request: DeskRequest) -> HttpResponse:
    """Have the whole province counted for the round."""
    chosen = rounds.choose(request.seat, today(), request.POST)
    actions.count_province(chosen.round, chosen.movement, by=request.seat, on=today())
    messages.success(request, "Máy đang tính cả tỉnh. Bạn có thể đóng trang này, lúc nào quay lại cũng được.")
    return redirect(f"{reverse('prospects:due')}?dot={chosen.round.pk}")


def _survey(request: DeskRequest, pk: int) -> Survey:
    movement = rounds.movement_of(request.seat)
    return get_object_or_404(Survey.objects.filter(round__plan_version__movement=movement), pk=pk)


@require_safe
@at_desk(*sorted(rights.DUE))
def progress(request: DeskRequest, pk: int) -> HttpResponse:
    """How far a count is, asked for every two seconds; the whole page anew when it is done."""
    survey = _survey(request, pk)
    if survey.is_done:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "prospects/_progress.html", {"running": survey})


@require_POST
@at_desk(*sorted(rights.COUNTERS))
def go_on(request: DeskRequest, pk: int) -> HttpResponse:
    """Put the job in the queue once more, for one that was lost; it goes on where it was."""
    survey = _survey(request, pk)
    if not survey.is_done:
        jobs.count_later(survey)
    return redirect(f"{reverse('prospects:due')}?dot={survey.round_id}")
