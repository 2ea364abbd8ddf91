"""What the pages of the register have in common: the household in sight, a verb's form, lists of choices."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from chungtay.accounts.models import Seat
from chungtay.accounts.requests import DeskRequest
from chungtay.households.forms import peoples
from chungtay.households.household_form import HouseholdForm
from chungtay.households.models import Household
from chungtay.law.refusals import Conflict, Refused
from chungtay.places.models import Level, Place
from chungtay.records.clock import today
from chungtay.records.requests import version_of

HAMLETS = 200
"""So many hamlets are offered to pick from; a commune has about ten."""


def in_sight(request: DeskRequest, pk: int) -> Household:
    """The household, if it lies in the desk's area; otherwise 404."""
    rows = Household.objects.visible_to(request.seat, today()).select_related("place")
    return get_object_or_404(rows, pk=pk)


def communes_of(seat: Seat, on: date) -> list[tuple[int, str]]:
    """The communes of the desk's area on that day."""
    rows = Place.objects.as_of(on).filter(seat.scope(on).where("version__path"), level=Level.COMMUNE)
    return [(row.pk, row.version.full_name) for row in rows]


def hamlets_of(place_id: int) -> list[str]:
    """The hamlets that stand in the register of a commune, to pick from."""
    rows = Household.objects.filter(place_id=place_id, closed_on__isnull=True).order_by("hamlet")
    return list(rows.values_list("hamlet", flat=True).distinct()[:HAMLETS])


def verb(
    request: DeskRequest, household: Household, form: HouseholdForm, act: Callable[[int], str], **told: Any
) -> HttpResponse:
    """One verb about one household: its form, the act (given the version, it says what happened), and what stands in
    the way at the fields with all that was typed. After a conflict the form carries the newer version.
    """
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                messages.success(request, act(version_of(request)))
            except Conflict as conflict:
                form.blame(conflict.reasons)
                household, status = in_sight(request, household.pk), 409
            except Refused as refused:
                form.blame(refused.reasons)
            else:
                here = request.seat.scope(today()).covers(household.area_path)
                return redirect("households:detail", household.pk) if here else redirect("households:events")
    frame: dict[str, Any] = {
        "form": form, "household": household, "peoples": list(peoples()), "hamlets": [], "offered": [], "into": None,
        "tone": "",
    }  # fmt: skip
    return render(request, "households/verb.html", {**frame, **told}, status=status)
