"""The register of households: the list, one household, a new one, and what happened in the area."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.households import actions, apart, writing
from chungtay.households.finding import GROUPS, Asked, choices
from chungtay.households.forms import OpenForm, peoples
from chungtay.households.models import Event, Household, Member
from chungtay.households.pages import communes_of, hamlets_of, in_sight
from chungtay.households.pages_of_link import party_of
from chungtay.households.rights import READERS, WRITERS
from chungtay.households.showing import line, standing_of
from chungtay.law.ethnicity import MINORITY_ASSUMED
from chungtay.places.models import Place
from chungtay.records import journal, keyset
from chungtay.records.clock import today
from chungtay.records.requests import neighbours

OF_PEOPLE = (Event.Kind.DIED, Event.Kind.LEFT, Event.Kind.JOINED)
"""What happened to people of a household, who are named in the note: not to its head of today."""
ROWS = 1
MOST_ROWS = 30


@require_safe
@at_desk(*READERS)
def listing(request: DeskRequest) -> HttpResponse:
    """Households of the area, the newest first; `loai`, `nhom`, `ap`, `xa`, `q` narrow, `ra` shows those that left."""
    on, asked = today(), Asked.from_query(request.GET.dict())
    rows = asked.narrow(Household.objects.visible_to(request.seat, on)).select_related("place")
    page = keyset.page(rows, order=("-id",), mark=request.GET.get("trang", ""))
    places = communes_of(request.seat, on)
    mine = {str(key): key for key, _ in places}
    chosen = places[0][0] if len(places) == 1 else mine.get(asked.place, 0)
    return render(request, "households/listing.html", {
        "rows": [line(household, several=len(places) > 1) for household in page.rows],
        "pages": neighbours(request, page),
        "asked": asked,
        "classes": choices(on),
        "groups": GROUPS,
        "places": [(str(key), name) for key, name in places] if len(places) > 1 else [],
        "hamlets": [(name, name) for name in hamlets_of(chosen)] if chosen else [],
        "may_write": request.seat.kind in WRITERS,
    })  # fmt: skip


@require_safe
@at_desk(*READERS)
def detail(request: DeskRequest, pk: int) -> HttpResponse:
    """One household: who lives in it, where, what happened to it. Reading it leaves a trace."""
    household = in_sight(request, pk)
    journal.leave_trace(household, by=request.seat)
    members = list(household.members.order_by("id"))
    here = sorted([one for one in members if one.until is None], key=lambda one: one.relation != writing.HEAD)
    label, tone = standing_of(household)
    return render(request, "households/detail.html", {
        "household": household,
        "label": label,
        "tone": tone,
        "facts": facts(household),
        "members": here,
        "gone": [one for one in members if one.until is not None],
        "acts": [happening(event, request) for event in household.events.select_related("other")],
        "assumed": MINORITY_ASSUMED if household.minority else "",
        "party": party_of(household, request),
        "may_write": request.seat.kind in WRITERS and household.closed_on is None,
        "may_unlink": request.seat.kind in WRITERS and household.party_id is not None,
        "may_reopen": request.seat.kind in WRITERS and household.closed_why in actions.LEFT_BY_CLOSING,
    })  # fmt: skip


def facts(household: Household) -> list[dict[str, Any]]:
    """Label and value of what is known of a household."""
    groups = [label for name, label in GROUPS if getattr(household, name)]
    counted = f"trong đó {household.unnamed} người chưa ghi tên" if household.unnamed else ""
    since = household.standing_since
    found: list[dict[str, Any]] = [
        {"label": "Mã hộ", "value": household.code},
        {"label": "Chủ hộ", "value": household.head_name},
        {"label": "Nơi ở", "value": f"{household.hamlet}, {household.place}"},
        {"label": "Địa chỉ", "value": household.address},
        {"label": "Nhân khẩu", "value": f"{household.persons} người", "note": counted},
        {"label": "Nhóm", "value": ", ".join(groups)},
        {"label": "Vào sổ", "value": f"{household.opened_on:%d/%m/%Y}"},
        {"label": "Loại hộ từ ngày", "value": f"{since:%d/%m/%Y}" if since else ""},
        {"label": "Ra khỏi sổ", "value": household.get_closed_why_display(),
         "note": f"{household.closed_on:%d/%m/%Y}" if household.closed_on else ""},
    ]  # fmt: skip
    return [fact for fact in found if fact["value"]]


def happening(event: Event, request: DeskRequest) -> dict[str, Any]:
    """A line of history; the other household is a link where this desk may see it."""
    told: dict[str, Any] = {
        "sentence": event.get_kind_display(), "who": f"{event.persons} người" if event.persons else "",
        "when": f"{event.on:%d/%m/%Y}", "note": event.note,
    }  # fmt: skip
    other = event.other
    if other is not None and request.seat.scope(today()).covers(other.area_path):
        told |= {"href": f"../{other.pk}/", "link_label": f"Hộ {other.code}"}
    return told


@require_safe
@at_desk(*READERS)
def events(request: DeskRequest) -> HttpResponse:
    """What happened in the area, the latest first; of a household that has left only what was written here."""
    on, kind = today(), request.GET.get("viec", "")
    rows = Event.objects.visible_to(request.seat, on).select_related("household")
    if kind in Event.Kind.values:
        rows = rows.filter(kind=kind)
    page = keyset.page(rows, order=("-on", "-id"), mark=request.GET.get("trang", ""))
    scope = request.seat.scope(on)
    return render(request, "households/events.html", {
        "rows": [_told(one, in_sight=scope.covers(one.household.area_path)) for one in page.rows],
        "pages": neighbours(request, page),
        "kinds": Event.Kind.choices,
        "kind": kind,
    })  # fmt: skip


def _told(event: Event, *, in_sight: bool) -> dict[str, Any]:
    """A line of the list: whom it names, and what else is told of it."""
    who = event.note if in_sight and event.kind in OF_PEOPLE else ""
    return {"event": event, "in_sight": in_sight, "who": who, "note": "" if who else event.note}


@at_desk(*WRITERS)
def open_one(request: DeskRequest) -> HttpResponse:
    """A new household with its people. Who looks like one of them is offered first."""
    on, places = today(), communes_of(request.seat, today())
    typed = request.POST.get("rows", "")
    rows = min(int(typed), MOST_ROWS) if typed.isdecimal() and len(typed) < 3 else ROWS
    if "more" in request.POST:
        rows = min(rows + 1, MOST_ROWS)
    form = OpenForm(request.POST or None, places=places, by=request.seat, on=on, rows=max(rows, 1))
    offered: list[dict[str, Any]] = []
    status = 200
    if "more" in request.POST:
        form = OpenForm(initial=request.POST.dict(), places=places, by=request.seat, on=on, rows=rows)
    elif request.method == "POST":
        status = 422
        if form.is_valid():
            place = get_object_or_404(Place, pk=form.chosen_place() or 0)
            ticked = request.POST.getlist("khac")
            found = apart.likenesses(form.people(), place)
            offered = [like.card(ticked) for like in found]
            if all(one["ticked"] for one in offered):
                with form.blamed():
                    made = _write(form, place, [like.member for like in found], request)
                    messages.success(request, f"Đã ghi hộ {made.head_name} vào sổ với mã {made.code}.")
                    return redirect("households:detail", made.pk)
    return render(request, "households/open.html", {
        "form": form, "offered": offered, "peoples": list(peoples()),
        "hamlets": hamlets_of(places[0][0]) if len(places) == 1 else [],
    }, status=status)  # fmt: skip


def _write(form: OpenForm, place: Place, different: list[Member], request: DeskRequest) -> Household:
    return actions.open_household(
        form.home(place), form.people(), by=request.seat, on=today(), day=form.cleaned_data["day"],
        different_from=different,
    )  # fmt: skip
