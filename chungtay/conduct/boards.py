"""Bảng theo đơn vị: who is late, at once; and giving one duty to many units."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.conduct import actions, forms, pages, rights
from chungtay.conduct.models import Duty
from chungtay.conduct.standing import State, condition
from chungtay.conduct.views import ALL
from chungtay.law.procedure import Desk
from chungtay.parties import areas
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.records.clock import today
from chungtay.sheets.exporting import Head
from chungtay.targets.export_views import workbook

UNITS_SHOWN = 400
GROUPS = {
    "xa": ("Xã, phường, thị trấn", frozenset({PartyKind.PEOPLE_COMMITTEE_COMMUNE})),
    "huyen": ("Huyện, thành phố", frozenset({PartyKind.PEOPLE_COMMITTEE_DISTRICT})),
    "so": ("Sở, ban, ngành, đoàn thể", frozenset({
        PartyKind.DEPARTMENT, PartyKind.BOARD_BRANCH, PartyKind.MASS_ORGANISATION, PartyKind.FATHERLAND_FRONT,
        PartyKind.BANK,
    })),
}  # fmt: skip
BOARD = (
    Head("Đơn vị", 44), Head("Được giao"), Head("Quá hạn, chưa nộp"), Head("Xong, muộn hạn"), Head("Xong đúng hạn"),
    Head("Chờ xác nhận"), Head("Chưa đến hạn"),
)  # fmt: skip


def _board(request: DeskRequest) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """One row a unit with how its duties stand, those behind first. One query."""
    on, told = today(), pages.asked(request, "loai", "nam")
    rows = Duty.objects.visible_to(request.seat, on).in_force().with_handing().select_related(None)
    if told["loai"] in Duty.Kind.values:
        rows = rows.filter(kind=told["loai"])
    told["nam"] = str(pages.year(told["nam"]) or on.year)
    rows = rows.filter(year=int(told["nam"]))
    counted = {state.value: Count("pk", filter=condition(state, on)) for state in State}
    found: Any = (
        rows.order_by().values("party_id", "party__name", "party__name_folded").annotate(all=Count("pk"), **counted)
    )
    units = sorted(found, key=lambda one: (-one[State.OVERDUE], -one[State.LATE], one["party__name_folded"]))
    return units[:UNITS_SHOWN], told


@require_safe
@at_desk(*sorted(rights.READERS))
def board(request: DeskRequest) -> HttpResponse:
    """Bảng theo đơn vị: what each owes, what it did in time, and who is late, at once."""
    units, told = _board(request)
    totals = {state.value: sum(one[state.value] for one in units) for state in State}
    for one in units:
        one["href"] = f"{reverse('conduct:duties')}?don-vi={one['party_id']}&nam={told['nam']}&tinh-trang={ALL}"
        one["ahead_all"] = one[State.SOON] + one[State.AHEAD]
    return render(request, "conduct/board.html", {
        "units": units, "totals": totals, "behind": sum(1 for one in units if one[State.OVERDUE]), "asked": told,
        "sections": pages.sections(request.seat, "conduct:board"), "kinds": Duty.Kind.choices,
        "years": pages.years(request), "assigns": request.seat.kind in rights.ASSIGNERS,
        "query": request.GET.urlencode(),
    })  # fmt: skip


@require_safe
@at_desk(*sorted(rights.READERS))
def export_board(request: DeskRequest) -> HttpResponse:
    """The board as a workbook."""
    units, told = _board(request)
    rows = (
        [one["party__name"], one["all"], one[State.OVERDUE], one[State.LATE], one[State.ON_TIME], one[State.WAITING],
         one[State.SOON] + one[State.AHEAD]]
        for one in units
    )  # fmt: skip
    return workbook(f"viec den han theo don vi {told['nam']}", BOARD, rows)


# --- giving duties ---


@at_desk(*sorted(rights.ASSIGNERS))
def assign(request: DeskRequest) -> HttpResponse:
    """Giao việc: one form, and every unit of a group ticked; those that are left ticked owe it."""
    on, seat = today(), request.seat
    group = request.GET.get("nhom", "")
    group = group if group in GROUPS else ("xa" if seat.kind is Desk.DISTRICT else "huyen")
    districts = [] if seat.kind is Desk.DISTRICT or group != "xa" else _districts(request)
    among = Party.objects.visible_to(seat, on).filter(kind__in=GROUPS[group][1]).exclude(pk=seat.body_id)
    inside = next((one for one in districts if one["key"] == request.GET.get("huyen")), None)
    if inside is not None:
        among = among.filter(area_path__startswith=inside["path"])
    units = list(among.order_by("area_path", "name_folded", "id")) if inside is not None or not districts else []
    form = forms.AssignForm(request.POST or None, among=units, on=on)
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            given = actions.assign(form.task(), form.parties(), by=seat, on=on)
            messages.success(request, _given(given))
            return redirect(f"{reverse('conduct:board')}?nam={form.cleaned_data['year']}")
    return render(request, "conduct/assign.html", {
        "form": form, "groups": [(key, label) for key, (label, _) in GROUPS.items()], "group": group,
        "districts": districts, "inside": inside, "units": units,
    }, status=422 if form.is_bound else 200)  # fmt: skip


def _districts(request: DeskRequest) -> list[dict[str, Any]]:
    """The districts of a province's desk, to give communes their duties district by district."""
    rows = Party.objects.visible_to(request.seat, today()).filter(kind=PartyKind.PEOPLE_COMMITTEE_DISTRICT)
    found = list(rows.select_related("place").order_by("area_path", "id"))
    names = areas.names_on([party.place_id for party in found], today())
    return [
        {"key": party.place.key, "name": names.get(party.place_id, party.name), "path": party.area_path}
        for party in found
    ]


def _given(given: actions.Given) -> str:
    said = f"Đã giao việc cho {len(given.made)} đơn vị."
    return f"{said} {len(given.had)} đơn vị đã được giao từ trước, giữ nguyên." if given.had else said
