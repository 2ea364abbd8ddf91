"""One party on one day: /xet-khen/<party>/."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.movements.models import Movement, Round
from chungtay.movements.plan import Plan
from chungtay.parties.models import Party
from chungtay.parties.views import PERSONAL_KINDS, with_places
from chungtay.prospects import party_page, rights
from chungtay.prospects.forms import DayForm
from chungtay.prospects.rounds import ORDER, movement_of
from chungtay.records import journal
from chungtay.records.clock import today


@require_safe
@at_desk(*sorted(rights.VERDICTS))
def verdict(request: DeskRequest, pk: int) -> HttpResponse:
    """Which awards the party may be proposed for on a day, and the verdict on one of them. Reading leaves a trace."""
    on, seat = today(), request.seat
    rows = Party.objects.visible_to(seat, on).select_related("place", "managing_unit")
    party = get_object_or_404(rows, pk=pk)
    movement = movement_of(seat)
    form = DayForm(request.GET if request.GET else None, plan=movement.plan_on(on).plan, on=on)
    if request.GET and not form.is_valid():
        context = {"party": party, "form": form, "place": with_places([party])[0]["place"], "rows": None}
        return render(request, "prospects/party.html", context, status=422)
    asked: dict[str, Any] = form.cleaned_data if request.GET else {}
    day: date = asked.get("ngay") or on
    plan = movement.plan_on(day).plan
    if day not in plan.period:
        return _without_plan(request, party, plan, form, day)
    question = party_page.Question(party, seat, movement, plan, asked.get("dip") or occasion_on(movement, day), day, on)
    if party.kind in PERSONAL_KINDS:
        journal.leave_trace(party, by=seat)
    told = party_page.page(question, request.GET.get("noi-dung", ""), request.GET.get("hinh-thuc", ""))
    shown = DayForm({"ngay": f"{day:%d/%m/%Y}", "dip": question.occasion}, plan=plan, on=on)
    return render(request, "prospects/party.html", {
        **told, "form": shown, "place": with_places([party])[0]["place"],
    })  # fmt: skip


def _without_plan(request: DeskRequest, party: Party, plan: Plan, form: DayForm, day: date) -> HttpResponse:
    """The page of a day on which no plan is in force: it says so, and nothing is judged."""
    return render(request, "prospects/party.html", {
        "party": party, "form": form, "place": with_places([party])[0]["place"], "rows": [], "on": day,
        "without_plan": plan.period,
    })  # fmt: skip


def occasion_on(movement: Movement, day: date) -> str:
    """The occasion of the round that is open on that day, the usual one first; yearly when none is."""
    rounds = Round.objects.filter(plan_version__movement=movement, opens__lte=day, closes__gte=day)
    kinds = set(rounds.order_by().values_list("kind", flat=True))
    return next((one for one in ORDER if one in kinds), "yearly")
