"""Gifts: the list, choosing who gave, writing one down, one with its history and what it counts for."""

import re
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.contributions import actions, booking, counting, lists, pages, where
from chungtay.contributions import givers as givers_of
from chungtay.contributions.authority import CONFIRMERS
from chungtay.contributions.forms import PROJECT, GiftForm, PaperForm, ReasonForm, ReceivedForm
from chungtay.contributions.gifts import Contribution, Correction, Project, Share, State
from chungtay.contributions.papers import Paper
from chungtay.contributions.recording import RECORDERS
from chungtay.documents.storing import keep_upload
from chungtay.law.giving import Nature
from chungtay.law.procedure import Desk
from chungtay.law.words import in_words
from chungtay.parties import finding
from chungtay.parties.models import Party
from chungtay.parties.requests import READERS
from chungtay.parties.search import matching
from chungtay.places.models import Place
from chungtay.places.scope import Scope
from chungtay.records import keyset, walls
from chungtay.records.clock import today
from chungtay.records.fields import DongField
from chungtay.records.forms import BlamedForm
from chungtay.records.requests import neighbours

OFFERED = 20
ORDER = ("-day", "-id")
YEAR = re.compile(r"(19|20)\d\d")
YEARS = 8


@require_safe
@at_desk(*sorted(READERS))
def listing(request: DeskRequest) -> HttpResponse:
    """Gifts in sight, the latest first; by nature, state, year, area and giver."""
    on, asked = today(), request.GET
    chosen = {name: asked.get(name, "").strip() for name in ("hinh-thuc", "trang-thai", "nam", "dia-ban", "q")}
    places = [(head, [(str(key), name) for key, name in rows]) for head, rows in where.groups(request.seat, on)]
    wanted = _narrowed(chosen, {key for _, rows in places for key, _ in rows})
    parts = [part.filter(wanted) for part in Contribution.objects.parts_visible_to(request.seat, on)]
    page = keyset.page(parts, order=ORDER, mark=asked.get("trang", ""), show=pages.shown_with)
    return render(request, "contributions/listing.html", {
        "rows": pages.lines(page.rows, request.seat),
        "pages": neighbours(request, page),
        "natures": [(one.value, one.label) for one in Nature],
        "states": State.choices,
        "years": [(str(year), f"Năm {year}") for year in range(on.year, on.year - YEARS, -1)],
        "places": places if sum(len(rows) for _, rows in places) > 1 else [],
        "chosen": {name.replace("-", "_"): value for name, value in chosen.items()},
        "filtered": any(chosen.values()),
        "may_record": request.seat.kind in RECORDERS,
        "may_confirm": request.seat.kind in CONFIRMERS,
        "may_import": request.seat.kind in lists.GIFTS.desks,
    })  # fmt: skip


def _narrowed(chosen: Mapping[str, str], places: set[str]) -> Q:
    wanted = Q()
    if chosen["hinh-thuc"] in list(Nature):
        wanted &= Q(nature=chosen["hinh-thuc"])
    if chosen["trang-thai"] in State.values:
        wanted &= Q(state=chosen["trang-thai"])
    if YEAR.fullmatch(chosen["nam"]):
        wanted &= Q(day__year=int(chosen["nam"]))
    if chosen["dia-ban"] in places:
        wanted &= Scope.of_paths([Place.objects.get(pk=int(chosen["dia-ban"])).path_on(today())]).where("area_path")
    if chosen["q"]:
        found = matching(Party.objects.all(), chosen["q"]).order_by().values("pk")
        wanted &= Q(pk__in=Share.objects.filter(party__in=found).order_by().values("gift"))
    return wanted


@require_safe
@at_desk(*sorted(RECORDERS))
def choose(request: DeskRequest) -> HttpResponse:
    """Who gave: a search among the parties in sight, all organisations, and whoever gave here before; several may be
    chosen, or nobody named."""
    text = request.GET.get("q", "").strip()
    givers, unnamed = _chosen(request)
    found = finding.page(request.seat, today(), text, size=OFFERED + 1).rows if text else []
    known = {party.pk for party in found}
    if text and len(found) <= OFFERED:
        found = [*found, *(one for one in _beyond(request, text) if one.pk not in known)]
    taken = {party.pk for party in givers}
    return render(request, "contributions/choose.html", {
        "text": text,
        "rows": [
            {**row, "is_near": row["party"].pk in known}
            for row in pages.named([party for party in found if party.pk not in taken][:OFFERED])
        ],
        "more": len(found) > OFFERED,
        "offered": OFFERED,
        "givers": givers,
        "unnamed": unnamed,
        "who": _query([party.pk for party in givers], unnamed),
    })  # fmt: skip


@walls.everything(givers_of.NAMED)
def _beyond(request: DeskRequest, text: str) -> list[Party]:
    """Whom else this desk may name as a giver: shown by name, kind and place only."""
    rows = matching(givers_of.nameable(request.seat, today()), text)
    return list(rows.select_related("place").order_by("name_folded", "pk")[: OFFERED + 1])


def _query(keys: list[int], unnamed: bool) -> str:
    return "&".join([*(f"nguoi={key}" for key in keys), *(["khong-ten=1"] if unnamed else [])])


def _chosen(request: DeskRequest) -> tuple[list[Party], bool]:
    """The givers that the address names, as far as this desk may name them, in the order chosen."""
    seat = request.seat
    typed = request.GET.getlist("nguoi")[:OFFERED]
    keys = list(dict.fromkeys(int(one) for one in typed if one.isdecimal() and len(one) < 18))
    seen = Party.objects.visible_to(seat, today()).order_by().values("pk")
    nameable = givers_of.nameable(seat, today()).order_by().values("pk")
    with walls.everything(givers_of.NAMED):
        rows = Party.objects.filter(Q(pk__in=seen) | Q(pk__in=nameable), pk__in=keys).select_related("place")
        found = {party.pk: party for party in rows} if keys else {}
    return [found[key] for key in keys if key in found], request.GET.get("khong-ten") == "1"


def places_for(request: DeskRequest) -> list[int]:
    """Further places that a gift may go to from here."""
    return where.below(request.seat, today()) if request.seat.kind == Desk.UNIT else []


@at_desk(*sorted(RECORDERS))
def record(request: DeskRequest) -> HttpResponse:
    """Write down what the chosen givers gave."""
    givers, unnamed = _chosen(request)
    if not givers and not unnamed:
        return redirect("contributions:choose")
    form = GiftForm(
        request.POST or None,
        request.FILES or None,
        seat=request.seat,
        on=today(),
        givers=givers,
        unnamed=unnamed,
        places=places_for(request),
    )
    if request.method == "POST" and form.is_valid():
        with form.blamed(), transaction.atomic():
            gift = actions.record(form.told(new_project(request, form)), by=request.seat, on=today())
            keep_paper(request, form, gift)
            messages.success(request, "Đã ghi khoản đóng góp.")
            return redirect("contributions:detail", gift.pk)
    return render(request, "contributions/record.html", {
        "form": form,
        "givers": givers,
        "unnamed": unnamed,
        "who": _query([party.pk for party in givers], unnamed),
        "title": "Ghi khoản đóng góp",
        "gift": None,
        "reason": None,
    }, status=422 if request.method == "POST" else 200)  # fmt: skip


def keep_paper(request: DeskRequest, form: GiftForm, gift: Contribution) -> None:
    """The paper that came with the form. Raises `Refused` with what is wrong with the file."""
    upload = form.cleaned_data["file"]
    if upload:
        actions.attach(gift, keep_upload(upload), upload.name or "", by=request.seat, on=today())


def new_project(request: DeskRequest, form: GiftForm) -> Project | None:
    """The project that was typed as a new one, opened in the place of the gift."""
    said = form.cleaned_data
    if said["to"] != PROJECT or said.get("project") or not said["project_name"]:
        return None
    place = Place.objects.get(pk=said["place"])
    return actions.open_project(said["project_name"], place, by=request.seat, on=today())


@require_safe
@at_desk(*sorted(RECORDERS))
def words(request: DeskRequest) -> HttpResponse:
    """A sum in words, to be read while it is typed."""
    try:
        amount = DongField(required=False).clean(request.GET.get("value", ""))
        text = f"Bằng chữ: {in_words(amount)}" if amount else ""
    except ValidationError as wrong:
        text = str(wrong.messages[0])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
@at_desk(*sorted(READERS))
def detail(request: DeskRequest, pk: int) -> HttpResponse:
    """One gift: what is known, who gave which part, what was done with it, what it counts for."""
    return show(request, pages.mine(request, pk))


def show(
    request: DeskRequest, gift: Contribution, form: BlamedForm | None = None, act: str = "", status: int = 200
) -> HttpResponse:
    """The page of a gift; `form` of the act that was refused, with its reasons."""
    line = pages.lines([gift], request.seat)[0]
    forms: dict[str, BlamedForm] = {
        "receive": ReceivedForm(initial={"day": today()}, auto_id="id_receive_%s"),
        "refuse": ReasonForm(auto_id="id_refuse_%s"),
        "withdraw": ReasonForm(auto_id="id_withdraw_%s"),
        "attach": PaperForm(auto_id="id_paper_%s"),
    }
    if form is not None and act in forms:
        forms[act] = form
    on, may = today(), pages.may(gift, request.seat, today())
    blocked = actions.faults_of_confirming([gift], request.seat, on)[gift.pk] if may["confirm"] else ()
    corrected = Correction.objects.filter(gift=gift).first()
    mine = Contribution.objects.visible_to(request.seat, today())
    return render(request, "contributions/detail.html", {
        **line,
        "beside": pages.COUNTS[gift.at],
        "shares": _shares(request, gift),
        "acts": pages.acts(gift),
        "may": {**may, "confirm": may["confirm"] and not blocked},
        "blocked": [reason.text for reason in blocked],
        "books": pages.in_books(gift, request.seat, on),
        "book_words": booking.words_about(gift),
        "papers": list(Paper.objects.filter(gift=gift)),
        "reads_papers": pages.reads_papers(gift, request.seat, on),
        "forms": forms,
        "refused": form,
        "correction": corrected,
        "anew": mine.filter(corrects__gift=gift).first(),
        "corrects": Correction.objects.filter(replacement=gift, gift__in=mine).first(),
        "quantity": f"{pages.plain(gift.quantity)} {gift.unit}" if gift.quantity is not None else "",
        "rate": pages.plain(gift.rate),
        "foreign": pages.plain(gift.amount),
    }, status=status)  # fmt: skip


@walls.everything("whether a gift still counts depends on awards decided anywhere")
def _shares(request: DeskRequest, gift: Contribution) -> list[dict[str, Any]]:
    """Each share with what it counts for today."""
    rows, on = pages.shares(gift), today()
    keys = {row["share"].party_id for row in rows if row["share"].party_id is not None}
    if gift.state == State.CONFIRMED and not keys:
        return [{**row, **_counts(None, row["share"].pk)} for row in rows]
    if gift.state != State.CONFIRMED or gift.received_on is None:
        return [{**row, "counts": "", "tone": "neutral"} for row in rows]
    since = min(counting.phase_on(on)[0], gift.received_on)
    book = counting.read(keys, since=since, until=on, on=on)
    found = []
    for row in rows:
        party = row["share"].party_id
        tally = book.of(party, since=since, until=on, on=on) if party is not None else None
        found.append({**row, **_counts(tally, row["share"].pk)})
    return found


def _counts(tally: counting.Tally | None, share: int) -> dict[str, str]:
    if tally is None:
        return {"counts": "Không tính cho riêng ai", "tone": "neutral"}
    if share in {line.share for line in tally.used}:
        return {"counts": "Đã tính cho một lần khen", "tone": "honour"}
    if share in {line.share for line in tally.before}:
        return {"counts": f"Nhận trước mốc tính {tally.counting.since:%d/%m/%Y}", "tone": "neutral"}
    return {"counts": "Đang được tính", "tone": "ok"}
