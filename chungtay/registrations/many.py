"""Registering many households at once: the board to tick on, and what came of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from chungtay.accounts.requests import DeskRequest
from chungtay.law.refusals import Reason
from chungtay.parties import areas, finding
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party, PartyQuerySet
from chungtay.parties.views import with_places
from chungtay.records import walls
from chungtay.records.clock import today
from chungtay.records.requests import neighbours
from chungtay.registrations.actions import Outcome
from chungtay.registrations.models import Registration, RegistrationQuerySet

HOUSEHOLDS = Q(kind=PartyKind.HOUSEHOLD)
SESSION_KEY = "registrations.outcome"
A_PAGE = 100


def keys(typed: Iterable[str]) -> list[int]:
    """The whole numbers among what was typed, each once, in the order typed."""
    return list(dict.fromkeys(int(one) for one in typed if one.isdecimal() and len(one) < 18))


def board(request: DeskRequest, ticked: list[int]) -> dict[str, Any]:
    """A page of households to tick, each with its last known class; what was ticked and chosen stays so."""
    asked, on = request.GET, today()
    text, hamlet, place = (asked.get(name, "").strip() for name in ("q", "ap", "xa"))
    where = HOUSEHOLDS
    if hamlet:
        where &= Q(hamlet__icontains=hamlet)
    if place.isdecimal() and len(place) < 10:
        where &= Q(place_id=int(place))
    page = finding.page(request.seat, on, text, where=where, mark=asked.get("trang", ""), size=A_PAGE)
    known, standing = _known(page.rows)
    shown = [
        {
            **row,
            "ticked": row["party"].pk in ticked,
            "chosen": request.POST.get(f"dien-{row['party'].pk}", known.get(row["party"].pk, "")),
            "standing": standing.get(row["party"].pk, []),
        }
        for row in with_places(page.rows)
    ]
    return {
        "rows": shown,
        "pages": neighbours(request, page),
        "classes": Registration.HouseholdClass.choices,
        "asked": {"q": text, "hamlet": hamlet, "place": place},
        "places": areas.choices(request.seat, on),
    }


def _known(households: list[Party]) -> tuple[dict[int, str], dict[int, list[str]]]:
    """Of each household, the class of its last registration, and what it stands registered for."""
    classes: dict[int, str] = {}
    standing: dict[int, list[str]] = {}
    found = Registration.objects.standing().filter(party__in=[one.pk for one in households])
    with walls.everything("what the households in sight stand registered for, whatever commune they lived in then"):
        for row in found.order_by("registered_on", "id"):
            if row.household_class:
                classes[row.party_id] = row.household_class
            standing.setdefault(row.party_id, []).append(f"{row.content} · {row.year or 'cả giai đoạn'}")
    return classes, standing


def classes(typed: Mapping[str, str], households: Iterable[Party]) -> dict[int, str]:
    """The class chosen beside each household, where one was."""
    chosen = {one.pk: typed.get(f"dien-{one.pk}", "") for one in households}
    return {key: value for key, value in chosen.items() if value}


def keep(request: DeskRequest, outcome: Outcome, *, outside: int) -> None:
    """Keep what came of it for the page that follows. `outside`: ticked ones that are not in this desk's area."""
    request.session[SESSION_KEY] = {
        "done": [row.pk for row in outcome.done],
        "refused": [[party.pk, [[r.text, r.clause] for r in reasons]] for party, reasons in outcome.refused],
        "outside": outside,
    }


def kept(request: DeskRequest, rows: RegistrationQuerySet, households: PartyQuerySet) -> dict[str, Any] | None:
    """What `keep` kept, read again within the desk's area; None when there is nothing."""
    found = request.session.get(SESSION_KEY)
    if found is None:
        return None
    parties = {party.pk: party for party in households.filter(pk__in=[key for key, _ in found["refused"]])}
    return {
        "done": list(rows.filter(pk__in=found["done"]).order_by("party__name_folded", "id")),
        "refused": [
            {"party": parties[key], "reasons": [Reason(text, clause) for text, clause in reasons]}
            for key, reasons in found["refused"]
            if key in parties
        ],
        "outside": found["outside"],
    }
