"""The register of parties: find, look, write, correct, put a discipline on record."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chungtay.law.refusals import Conflict
from chungtay.parties import actions, areas, finding
from chungtay.parties.duplicates import Likeness, likenesses
from chungtay.parties.forms import DisciplineForm, PartyForm, facts_of, kind_choices, listed
from chungtay.parties.kinds import PEOPLE, PartyKind
from chungtay.parties.models import Discipline, Party
from chungtay.parties.requests import KEEPERS, READERS, REGISTRARS, TRUSTED, PartyRequest
from chungtay.records import journal
from chungtay.records.clock import today
from chungtay.records.requests import at_desk, neighbours, version_of

A_PAGE = 50
PERSONAL_KINDS = PEOPLE | {PartyKind.HOUSEHOLD}
SENTENCES = {
    "register_party": "Ghi vào sổ đối tượng",
    "correct_party": "Sửa thông tin",
    "record_discipline": "Ghi kỷ luật",
    "lift_discipline": "Ghi ngày hết hiệu lực của kỷ luật",
}
GUARDED_ACTS = ("record_discipline", "lift_discipline")


def mine(request: PartyRequest, pk: int) -> Party:
    """The party, if this desk may see it; otherwise 404."""
    rows = Party.objects.visible_to(request.seat, today()).select_related("place", "managing_unit")
    return get_object_or_404(rows, pk=pk)


@require_safe
@at_desk(*READERS)
def listing(request: PartyRequest) -> HttpResponse:
    """Parties of the area, commune by commune, by name; `q` finds without accents, `loai` and `xa` narrow."""
    on, asked = today(), request.GET
    text, kind, place = asked.get("q", "").strip(), asked.get("loai", ""), asked.get("xa", "")
    where = Q(kind=kind) if kind in PartyKind.values else Q()
    if place.isdecimal() and len(place) < 10:
        where &= Q(place_id=int(place))
    page = finding.page(request.seat, on, text, where=where, mark=asked.get("trang", ""), size=A_PAGE)
    return render(request, "parties/listing.html", {
        "rows": with_places(page.rows),
        "pages": neighbours(request, page),
        "asked": {"q": text, "kind": kind, "place": place, "any": bool(text or kind or place)},
        "kinds": kind_choices()[1:],
        "places": areas.choices(request.seat, on),
        "may_register": request.seat.kind in REGISTRARS,
    })  # fmt: skip


def with_places(parties: list[Party]) -> list[dict[str, Any]]:
    """Each party with what its place is called today."""
    names = areas.names_on([party.place_id for party in parties], today())
    return [{"party": party, "place": names.get(party.place_id, str(party.place))} for party in parties]


@require_safe
@at_desk(*READERS)
def detail(request: PartyRequest, pk: int) -> HttpResponse:
    """What is on record of one party. Reading a person's or a household's page leaves a trace."""
    party = mine(request, pk)
    if party.kind in PERSONAL_KINDS:
        journal.leave_trace(party, by=request.seat)
    keeper = request.seat.kind in KEEPERS
    return render(request, "parties/detail.html", {
        "party": party,
        "facts": facts(party, whole_id=request.seat.kind in TRUSTED),
        "leaves_trace": party.kind in PERSONAL_KINDS,
        "may_correct": request.seat.kind in REGISTRARS,
        "keeper": keeper,
        "disciplines": [
            {"row": row, "in_force": row.in_force(today()), "is_matter": row.form == Discipline.Form.PENDING}
            for row in (party.disciplines.order_by("-since", "-id") if keeper else [])
        ],
        "acts": history(party, keeper=keeper),
    })  # fmt: skip


def facts(party: Party, *, whole_id: bool) -> list[dict[str, Any]]:
    """Label and value of each known fact; ID number and ethnicity only for desks that need them."""
    number = party.id_number
    place = with_places([party])[0]["place"]
    found: list[dict[str, Any]] = [
        {"label": "Loại đối tượng", "value": party.get_kind_display()},
        {"label": "Địa bàn", "value": place},
        {"label": "Ấp, khu phố", "value": party.hamlet},
        {"label": "Địa chỉ", "value": party.address},
    ]
    if party.managing_unit is not None:
        found.append({"label": "Đơn vị quản lý", "value": party.managing_unit.name})
    if party.kind in PERSONAL_KINDS:
        found += [
            {"label": "Chức vụ, nghề nghiệp", "value": party.post, "note": "lãnh đạo" if party.is_leader else ""},
            {"label": "Giới tính", "value": party.get_gender_display()},
            {"label": "Năm sinh", "value": str(party.birth_year or "")},
            {"label": "Dân tộc", "value": party.ethnicity if whole_id else ""},
            {"label": "Số CMND/CCCD", "value": number if whole_id else "•••••" + number[-3:] if number else ""},
        ]
    found.append({"label": "Điện thoại", "value": party.phone})
    if party.registered_on is not None:
        found.append({"label": "Ngày ghi sổ", "value": f"{party.registered_on:%d/%m/%Y}"})
    return [fact for fact in found if fact["value"]]


def history(party: Party, *, keeper: bool) -> list[dict[str, Any]]:
    """What was done with the party, the latest first; disciplines only for those who keep them."""
    entries = [row for row in journal.of(party) if row.act in SENTENCES and (keeper or row.act not in GUARDED_ACTS)]
    return [
        {
            "who": row.actor,
            "desk": "" if row.actor_key == "system" else row.desk,
            "when": f"{row.on:%d/%m/%Y}",
            "sentence": SENTENCES[row.act],
        }
        for row in reversed(entries)
    ]


@at_desk(*REGISTRARS)
def register(request: PartyRequest) -> HttpResponse:
    """A new party. What looks like it is offered first: it is that one, or a person says that it is another (W1)."""
    on, seat = today(), request.seat
    if request.method != "POST":
        return render(request, "parties/register.html", {"form": PartyForm(seat=seat, on=on), "likenesses": []})
    form = PartyForm(request.POST, seat=seat, on=on)
    found: list[Likeness] = []
    if form.is_valid():
        party = Party(**form.values())
        found = list(likenesses(party, Party.objects.visible_to(seat, on)))
        others = [like.party for like in found if str(like.party.pk) in request.POST.getlist("khac")]
        if len(others) == len(found):
            actions.register(party, by=seat, on=on, different_from=others)
            messages.success(request, f"Đã ghi “{party.name}” vào sổ đối tượng.")
            return redirect("parties:detail", party.pk)
    ticked = request.POST.getlist("khac")
    offered = [like.card(ticked) for like in found]
    return render(request, "parties/register.html", {"form": form, "likenesses": offered}, status=422)


@at_desk(*REGISTRARS)
def correct(request: PartyRequest, pk: int) -> HttpResponse:
    """Correct what was written. When somebody else was first, both texts stand side by side; nothing typed is lost."""
    party, on = mine(request, pk), today()
    if request.method != "POST":
        if party.kind in PERSONAL_KINDS:
            journal.leave_trace(party, by=request.seat)
        form = PartyForm(seat=request.seat, on=on, party=party)
        return render(request, "parties/correct.html", {"form": form, "party": party, "clash": []})
    form = PartyForm(request.POST, seat=request.seat, on=on, party=party)
    if not form.is_valid():
        return render(request, "parties/correct.html", {"form": form, "party": party, "clash": []}, status=422)
    try:
        actions.correct(party, by=request.seat, on=on, version=version_of(request), changes=form.values())
    except Conflict:
        now = mine(request, pk)
        clash = differences(form, now)
        return render(request, "parties/correct.html", {"form": form, "party": now, "clash": clash}, status=409)
    messages.success(request, "Đã ghi bản sửa.")
    return redirect("parties:detail", party.pk)


def differences(form: PartyForm, now: Party) -> list[dict[str, str]]:
    """Each field where what was typed differs from what is on record now: label, yours, theirs."""
    typed, theirs = facts_of(Party(**form.values())), facts_of(now)
    return [
        {
            "label": str(form[name].label),
            "yours": _shown(form, name, typed[name]),
            "theirs": _shown(form, name, theirs[name]),
        }
        for name in typed
        if (typed[name] or "") != (theirs[name] or "")
    ]


def _shown(form: PartyForm, name: str, value: Any) -> str:
    """A value as the form's reader says it: the label of a choice, có/không for a tick."""
    if isinstance(value, bool):
        return "có" if value else "không"
    for key, label in listed(form.fields[name]):
        for one, said in label if isinstance(label, list | tuple) else [(key, label)]:
            if str(one) == str(value):
                return str(said)
    return str(value) if value else "để trống"


@at_desk(*KEEPERS)
def put_on_record(request: PartyRequest, pk: int) -> HttpResponse:
    """Put a discipline, an investigation or a pending complaint on record against a party (KH IV.1.1)."""
    party = mine(request, pk)
    form = DisciplineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            actions.put_on_record(Discipline(party=party, **form.cleaned_data), by=request.seat, on=today())
            messages.success(request, "Đã ghi kỷ luật vào sổ.")
            return redirect("parties:detail", party.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "parties/discipline.html", {"form": form, "party": party}, status=status)


@at_desk(*KEEPERS)
@require_POST
def lift(request: PartyRequest, pk: int, discipline: int) -> HttpResponse:
    """Write the last day of a discipline, or the day on which a matter was closed."""
    party = mine(request, pk)
    row = get_object_or_404(party.disciplines, pk=discipline)
    actions.lift(row, by=request.seat, on=today(), until=today())
    matter = row.form == Discipline.Form.PENDING
    messages.success(request, "Đã ghi việc này kết thúc hôm nay." if matter else "Kỷ luật hết hiệu lực từ ngày mai.")
    return redirect(f"{reverse('parties:detail', args=[party.pk])}#ky-luat")
