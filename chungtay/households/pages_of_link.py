"""The pages where a household of the register is linked to the party that registers, and the link is undone."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.households import linking
from chungtay.households.models import Household
from chungtay.households.pages import in_sight, verb
from chungtay.households.rights import WRITERS
from chungtay.households.verb_forms import LinkForm, UnlinkForm
from chungtay.parties import finding
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.records.clock import today
from chungtay.records.requests import version_of

FOUND = 10
UNLINKED = Q(kind=PartyKind.HOUSEHOLD, household__isnull=True)


@at_desk(*WRITERS)
def link(request: DeskRequest, pk: int) -> HttpResponse:
    """The likely parties first, then whom a name finds; or the household is put into the register of parties."""
    household, on = in_sight(request, pk), today()
    offered = [] if household.party_id else linking.likely(household, request.seat, on)
    ticked = request.POST.getlist("khac")
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = request.POST.get("chinh-la", "")
        with form.blamed():
            if chosen.isdecimal() and len(chosen) < 18:
                party = get_object_or_404(Party.objects.visible_to(request.seat, on), pk=int(chosen))
                linking.link(household, party, by=request.seat, on=on, version=version_of(request))
                return _done(request, household, party)
            if all(str(one.party.pk) in ticked for one in offered):
                party = linking.register_and_link(
                    household, by=request.seat, on=on, version=version_of(request),
                    different_from=[one.party for one in offered],
                )  # fmt: skip
                return _done(request, household, party)
            form.add_error(None, "Xem những hộ giống bên dưới trước khi ghi.")
    text = request.GET.get("q", "").strip()
    rows = finding.page(request.seat, on, text, where=UNLINKED, size=FOUND).rows if text else []
    return render(request, "households/link.html", {
        "household": household if request.method != "POST" else in_sight(request, pk),
        "form": form, "offered": [one.card(ticked) for one in offered], "text": text, "found": rows,
        "linked": party_of(household, request) if household.party_id else None,
    }, status=422 if request.method == "POST" else 200)  # fmt: skip


def _done(request: DeskRequest, household: Household, party: Party) -> HttpResponse:
    messages.success(request, f"Đã nối hộ {household.code} với đối tượng thi đua “{party.name}”.")
    return redirect("households:detail", household.pk)


@at_desk(*WRITERS)
def unlink(request: DeskRequest, pk: int) -> HttpResponse:
    """A link made by mistake is undone, with the reason."""
    household, on = in_sight(request, pk), today()
    form = UnlinkForm(request.POST or None)

    def act(version: int) -> str:
        linking.unlink(household, by=request.seat, on=on, version=version, why=form.cleaned_data["note"])
        return "Đã gỡ. Hộ và đối tượng vẫn còn trong sổ của mình."

    return verb(
        request, household, form, act, title="Gỡ khỏi đối tượng thi đua", label="Gỡ", icon="x-lg",
        note="Chỉ gỡ khi đã nối nhầm: việc xét khen dựa vào những gì sổ hộ biết về hộ này.",
    )  # fmt: skip


def party_of(household: Household, request: DeskRequest) -> dict[str, Any] | None:
    """The party that a household is linked to: its name only where this desk sees it. None when it has none."""
    if household.party_id is None:
        return None
    party = Party.objects.visible_to(request.seat, today()).filter(pk=household.party_id).first()
    return {"name": "" if party is None else party.name, "pk": household.party_id}
