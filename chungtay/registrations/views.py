"""Registrations: the list, one, many at once, a household's own wish, the pact on paper, withdrawing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.households import linking
from chungtay.households.models import Household
from chungtay.households.rights import WRITERS
from chungtay.law.procedure import PROPOSING
from chungtay.law.refusals import Refused
from chungtay.movements.models import Movement
from chungtay.movements.plan import NotInPlan
from chungtay.parties import areas, finding
from chungtay.parties.authority import in_sight
from chungtay.parties.duplicates import likenesses
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party, PartyQuerySet
from chungtay.parties.requests import READERS
from chungtay.parties.search import matching
from chungtay.parties.views import PERSONAL_KINDS, with_places
from chungtay.records import journal, keyset
from chungtay.records.clock import today
from chungtay.records.requests import neighbours, version_of
from chungtay.registrations import actions, forms, many
from chungtay.registrations.models import Registration, reads_poverty

SENTENCES = {"register": "Đăng ký", "withdraw_registration": "Rút đăng ký"}
OFFERED = 20


def mine(request: DeskRequest, pk: int) -> Registration:
    """The registration, if this desk may see it; otherwise 404."""
    rows = Registration.objects.visible_to(request.seat, today()).select_related("party__place", "movement")
    return get_object_or_404(rows, pk=pk)


def my_party(request: DeskRequest, pk: int) -> Party:
    """The party, if this desk may see it; otherwise 404."""
    rows = Party.objects.visible_to(request.seat, today()).select_related("place", "managing_unit")
    return get_object_or_404(rows, pk=pk)


def movement_of(request: DeskRequest) -> Movement:
    """The movement that `?phong-trao=` names, or the one that runs today. 404 when the province has none."""
    found = forms.movements_for(request.seat, today())
    asked = request.GET.get("phong-trao", "")
    chosen = [one for one in found if one.code == asked] if asked else found
    if not chosen:
        raise Http404
    return chosen[0]


@require_safe
@at_desk(*sorted(READERS))
def listing(request: DeskRequest) -> HttpResponse:
    """Registrations of the area, the latest first; by content, year, kind, party."""
    on, asked = today(), request.GET
    rows = Registration.objects.visible_to(request.seat, on).select_related("party__place", "movement")
    movements = forms.movements_for(request.seat, on)
    contents = {one.id: forms.content_label(one) for m in reversed(movements) for one in m.plan_on(on).plan.contents}
    years = {key: label for m in movements for key, label in forms.span_choices(m.plan_on(on).plan)}
    chosen = {name: asked.get(name, "").strip() for name in ("noi-dung", "nam", "loai", "q", "doi-tuong")}
    if chosen["noi-dung"] in contents:
        rows = rows.filter(content=chosen["noi-dung"])
    if chosen["nam"] in years:
        rows = rows.filter(year=int(chosen["nam"]))
    if chosen["loai"] in Registration.Kind.values:
        rows = rows.filter(kind=chosen["loai"])
    if chosen["q"]:
        rows = matching(rows, chosen["q"], party="party__")
    if chosen["doi-tuong"].isdecimal() and len(chosen["doi-tuong"]) < 18:
        rows = rows.filter(party_id=int(chosen["doi-tuong"]))
    page = keyset.page(rows, order=("-registered_on", "-id"), mark=asked.get("trang", ""))
    return render(request, "registrations/listing.html", {
        "rows": shown(page.rows),
        "pages": neighbours(request, page),
        "contents": contents,
        "years": years,
        "kinds": Registration.Kind.choices,
        "chosen": {name.replace("-", "_"): value for name, value in chosen.items()},
        "filtered": any(chosen.values()),
        "may_register": request.seat.kind in PROPOSING and bool(movements),
    })  # fmt: skip


def shown(rows: list[Registration]) -> list[dict[str, Any]]:
    """Each registration in words: what it is for, for when, where, whether it stands."""
    on = today()
    movements = {row.movement_id: row.movement for row in rows}
    plans = {key: movement.plan_on(on).plan for key, movement in movements.items()}
    names = areas.names_on([row.party.place_id for row in rows], on)
    found = []
    for row in rows:
        plan = plans[row.movement_id]
        try:
            content = plan.content(row.content)
            letter, title = content.letter, content.title
        except NotInPlan:
            letter, title = row.content, ""
        found.append({
            "row": row,
            "letter": letter,
            "content": f"{letter}) {title}" if title else letter,
            "span": dict(forms.span_choices(plan)).get(str(row.year), f"Năm {row.year}"),
            "place": names.get(row.party.place_id, str(row.party.place)),
            "own_wish": row.kind == Registration.Kind.LEAVE_POVERTY,
        })  # fmt: skip
    return found


@require_safe
@at_desk(*sorted(PROPOSING))
def choose(request: DeskRequest) -> HttpResponse:
    """Whom to register: a search among the parties of the area."""
    text = request.GET.get("q", "").strip()
    found = finding.page(request.seat, today(), text, size=OFFERED + 1).rows if text else []
    return render(request, "registrations/choose.html", {
        "text": text,
        "rows": with_places(found[:OFFERED]),
        "more": len(found) > OFFERED,
        "offered": OFFERED,
    })  # fmt: skip


@at_desk(*sorted(PROPOSING))
def register(request: DeskRequest, party: int) -> HttpResponse:
    """Register one party for a content of the plan."""
    who, movement, on = my_party(request, party), movement_of(request), today()
    form = forms.RegistrationForm(request.POST or None, party=who, movement=movement, on=on)
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            made = actions.register(who, form.wish(), by=request.seat, on=on)
            messages.success(request, f"Đã đăng ký cho “{who.name}”.")
            return redirect("registrations:detail", made.pk)
    return render(request, "registrations/register.html", {
        "form": form,
        "party": with_places([who])[0],
        "movement": movement,
        "entitled": movement.plan_on(on).plan.contents_for(who.kind),
        "is_household": who.kind == PartyKind.HOUSEHOLD,
    }, status=422 if request.method == "POST" else 200)  # fmt: skip


@at_desk(*sorted(PROPOSING))
def own_wish(request: DeskRequest) -> HttpResponse:
    """A household's own wish to leave poverty, for one in the register (`?ho=`) or a new one, in one step."""
    movement, on = movement_of(request), today()
    asked = request.POST.get("chinh-la") or request.GET.get("ho", "")
    if asked.isdecimal() and len(asked) < 18:
        return _wish_of_known(request, get_object_or_404(_households(request), pk=int(asked)), movement)
    form = forms.NewHouseholdForm(request.POST or None, seat=request.seat, movement=movement, on=on)
    found: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        household, ticked = form.household(), request.POST.getlist("khac")
        alike = likenesses(household, _households(request))
        found = [one.card(ticked) for one in alike]
        if all(one["ticked"] for one in found):
            with form.blamed():
                made = actions.enrol(
                    household, form.wish(), by=request.seat, on=on, different_from=[one.party for one in alike]
                )
                return _done(request, made)
    return _wish_page(request, form, movement, likenesses=found)


def _wish_of_known(request: DeskRequest, household: Party, movement: Movement) -> HttpResponse:
    form = forms.KnownHouseholdForm(request.POST or None, movement=movement, on=today())
    if request.method == "POST" and form.is_valid():
        try:
            return _done(request, actions.register(household, form.wish(), by=request.seat, on=today()))
        except Refused as refused:
            form.blame(refused.reasons)
    return _wish_page(request, form, movement, household=with_places([household])[0])


def _done(request: DeskRequest, made: Registration) -> HttpResponse:
    messages.success(request, f"Hộ “{made.party.name}” đã tự nguyện đăng ký thoát nghèo.")
    return redirect("registrations:detail", made.pk)


def _households(request: DeskRequest) -> PartyQuerySet:
    rows = Party.objects.visible_to(request.seat, today()).filter(kind=PartyKind.HOUSEHOLD)
    return rows.select_related("place", "managing_unit")


def _wish_page(request: DeskRequest, form: Any, movement: Movement, **more: Any) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    found = finding.page(request.seat, today(), text, where=many.HOUSEHOLDS, size=OFFERED).rows if text else []
    return render(request, "registrations/own_wish.html", {
        "form": form,
        "movement": movement,
        "text": text,
        "rows": with_places(found),
        "household": None,
        "likenesses": [],
        **more,
    }, status=422 if request.method == "POST" else 200)  # fmt: skip


@at_desk(*sorted(PROPOSING))
def register_many(request: DeskRequest) -> HttpResponse:
    """Many households of the area for one content: ticked ones are registered, each refused one says why."""
    movement, on = movement_of(request), today()
    form = forms.ManyForm(request.POST or None, movement=movement, on=on)
    ticked = many.keys(request.POST.getlist("ho"))
    if request.method == "POST" and form.is_valid():
        if ticked:
            found = list(_households(request).filter(pk__in=ticked).order_by("name_folded", "id"))
            classes = many.classes(request.POST, found)
            result = actions.register_many(found, form.wish(), by=request.seat, on=on, classes=classes)
            many.keep(request, result, outside=len(ticked) - len(found))
            return redirect("registrations:outcome")
        form.add_error(None, "Chưa đánh dấu hộ nào.")
    return render(request, "registrations/many.html", {
        "form": form,
        "movement": movement,
        **many.board(request, ticked),
    }, status=422 if request.method == "POST" else 200)  # fmt: skip


@require_safe
@at_desk(*sorted(PROPOSING))
def outcome(request: DeskRequest) -> HttpResponse:
    """What came of the last registration of many: those done, those refused and why."""
    rows = Registration.objects.visible_to(request.seat, today()).select_related("party__place", "movement")
    kept = many.kept(request, rows, _households(request))
    if kept is None:
        return redirect("registrations:register_many")
    return render(request, "registrations/outcome.html", {**kept, "done": shown(kept["done"])})


@require_safe
@at_desk(*sorted(READERS))
def of_party(request: DeskRequest, party: int) -> HttpResponse:
    """The registrations of one party: a part of its page, or the list narrowed to it."""
    who = my_party(request, party)
    if not request.htmx:
        return redirect(f"{reverse('registrations:list')}?doi-tuong={who.pk}")
    rows = Registration.objects.visible_to(request.seat, today()).filter(party=who)
    found = list(rows.select_related("party__place", "movement").order_by("-registered_on", "-id")[:OFFERED])
    may = request.seat.kind in PROPOSING
    return render(request, "registrations/of_party.html", {"rows": shown(found), "party": who, "may_register": may})


@require_safe
@at_desk(*sorted(READERS))
def detail(request: DeskRequest, pk: int) -> HttpResponse:
    """One registration, with what was done to it."""
    return _detail(request, mine(request, pk), forms.WithdrawForm())


def _detail(request: DeskRequest, row: Registration, form: forms.WithdrawForm) -> HttpResponse:
    if request.method == "GET" and row.party.kind in PERSONAL_KINDS:
        journal.leave_trace(row.party, by=request.seat)
    acts = [
        {
            "who": act.actor,
            "desk": "" if act.actor_key == "system" else act.desk,
            "when": f"{act.on:%d/%m/%Y}",
            "sentence": SENTENCES[act.act],
        }
        for act in journal.of(row)
    ]
    may = request.seat.kind in PROPOSING and in_sight(row.party, request.seat, today())
    return render(request, "registrations/detail.html", {
        **shown([row])[0],
        "form": form,
        "acts": acts,
        "homes": homes(row.party, request),
        "may_withdraw": may and row.withdrawn_on is None,
        "tells_class": row.household_class and reads_poverty(request.seat.kind),
    }, status=422 if form.is_bound else 200)  # fmt: skip


def homes(party: Party, request: DeskRequest) -> dict[str, Any] | None:
    """The household of the register that a party is, or those that it may be; None for who keeps no such register."""
    if party.kind != PartyKind.HOUSEHOLD or request.seat.kind not in WRITERS:
        return None
    linked = Household.objects.visible_to(request.seat, today()).filter(party=party).first()
    likely = [] if linked is not None else linking.candidates(party, request.seat, today())
    return {"linked": linked, "likely": likely}


@at_desk(*sorted(PROPOSING))
@require_POST
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    """Withdraw a registration, with the reason; the row stays."""
    row = mine(request, pk)
    form = forms.WithdrawForm(request.POST)
    if form.is_valid():
        with form.blamed():
            why, version = form.cleaned_data["reason"], version_of(request)
            actions.withdraw(row, by=request.seat, on=today(), reason=why, version=version)
            messages.success(request, "Đã rút đăng ký. Dòng đăng ký vẫn được giữ, kèm lý do.")
            return redirect("registrations:detail", row.pk)
    return _detail(request, row, form)


@require_safe
@at_desk(*sorted(READERS))
def pact(request: DeskRequest, pk: int) -> HttpResponse:
    """The pact as a sheet for paper and signatures (KH V.1.1)."""
    row = mine(request, pk)
    if row.party.kind in PERSONAL_KINDS:
        journal.leave_trace(row.party, by=request.seat)
    plan = row.movement.plan_on(row.registered_on).plan
    return render(request, "registrations/pact.html", {
        **shown([row])[0], "plan": plan, "tells_class": row.household_class and reads_poverty(request.seat.kind),
    })  # fmt: skip
