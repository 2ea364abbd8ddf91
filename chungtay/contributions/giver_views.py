"""A giver: what was given, what counts since the last award, other names, papers, the statement behind a link."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.contributions import alike, authority, givers, meter, pages, paper, telling
from chungtay.contributions.forms import ReasonForm, SamenessForm
from chungtay.contributions.gifts import Contribution, Share
from chungtay.contributions.givers import DECIDERS
from chungtay.contributions.paper import Issuer
from chungtay.contributions.paper_words import EN, LANGUAGES, VI, WORDS, dong_in
from chungtay.contributions.reckoned import Sameness
from chungtay.documents import printing
from chungtay.law.procedure import PROPOSING
from chungtay.parties import areas
from chungtay.parties.authority import in_sight
from chungtay.parties.models import Party
from chungtay.parties.requests import READERS
from chungtay.parties.views import PERSONAL_KINDS
from chungtay.records import journal, keyset, walls
from chungtay.records.clock import today
from chungtay.records.requests import neighbours

SALT = "contributions.statement"
OPEN_SECONDS = 400 * 24 * 3600
"""A link to a statement opens for so long: until the next year's has come."""


@require_safe
@at_desk(*sorted(READERS))
def giver(request: DeskRequest, party: int) -> HttpResponse:
    """What the giver gave, and for those who manage it: the meter, other names, papers."""
    return _giver(request, pages.my_giver(request, party))


def _giver(request: DeskRequest, who: Party, form: Any = None, status: int = 200) -> HttpResponse:
    if request.method == "GET" and who.kind in PERSONAL_KINDS:
        journal.leave_trace(who, by=request.seat)
    on = today()
    group = givers.joined({who.pk})[who.pk]
    shares = Share.objects.filter(party__in=group).order_by().values("gift")
    rows = Contribution.objects.visible_to(request.seat, on).filter(pk__in=shares)
    page = keyset.page(rows, order=("-day", "-id"), mark=request.GET.get("trang", ""), show=pages.shown_with)
    manages, thanks = in_sight(who, request.seat, on), authority.gives_statement(who, request.seat, on)
    return render(request, "contributions/giver.html", {
        "party": pages.named([who])[0],
        "rows": pages.lines(page.rows, request.seat),
        "pages": neighbours(request, page),
        "meter": meter.of(who, on) if manages else None,
        "others": [one for one in Party.objects.filter(pk__in=group).order_by("name_folded") if one.pk != who.pk],
        "thanks": thanks,
        "years": paper.years_of(paper.entries(who, VI, on)) if thanks else [],
        "languages": LANGUAGES.items(),
        "link": f"{settings.PUBLIC_ADDRESS}{open_link(who)}" if thanks else "",
        **_alike(request, who, form),
        "may_propose": request.seat.kind in PROPOSING and manages,
    }, status=status)  # fmt: skip


def _alike(request: DeskRequest, who: Party, form: Any) -> dict[str, Any]:
    """Who may be the same giver, what was said before, and the form that was refused."""
    if request.seat.kind not in DECIDERS or not in_sight(who, request.seat, today()):
        return {"alike": [], "decided": [], "refused": None, "undo": None}
    found = alike.offered(who, by=request.seat, on=today())
    said = Sameness.objects.filter(undone_on__isnull=True).select_related("one", "other")
    decided = [
        {"row": row, "other": row.other if row.one_id == who.pk else row.one}
        for row in said.filter(one=who) | said.filter(other=who)
    ]
    chosen = form.data.get("other") if isinstance(form, SamenessForm) else None
    places = areas.names_on([one.party.place_id for one in found], today())
    cards = [
        {
            "like": one,
            "place": places.get(one.party.place_id, str(one.party.place)),
            "form": form if str(one.party.pk) == chosen else SamenessForm(
                initial={"other": one.party.pk}, auto_id=f"id_{one.party.pk}_%s"
            ),
        }
        for one in found
    ]  # fmt: skip
    return {"alike": cards, "decided": decided, "refused": form, "undo": ReasonForm(auto_id="id_go_%s")}


@at_desk(*sorted(DECIDERS))
@require_POST
def decide(request: DeskRequest, party: int) -> HttpResponse:
    """Say whether another giver is this one."""
    who = pages.my_giver(request, party)
    form = SamenessForm(request.POST, auto_id="id_said_%s")
    if form.is_valid():
        said = form.cleaned_data
        rows = Party.objects.visible_to(request.seat, today())
        other = get_object_or_404(rows, pk=said["other"])
        with form.blamed():
            telling.join(who, other, said["same"], by=request.seat, on=today(), because=said["because"])
            messages.success(request, "Đã ghi: là một." if said["same"] else "Đã ghi: là hai người khác nhau.")
            return redirect("contributions:giver", who.pk)
    return _giver(request, who, form, 422)


@at_desk(*sorted(DECIDERS))
@require_POST
def undo(request: DeskRequest, pk: int) -> HttpResponse:
    """Take back what was said of two givers."""
    rows = Sameness.objects.filter(one__in=Party.objects.visible_to(request.seat, today())).select_related(
        "one", "other"
    )
    row = get_object_or_404(rows, pk=pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with form.blamed():
            givers.undo(row, by=request.seat, on=today(), reason=form.cleaned_data["reason"])
            messages.success(request, "Đã gỡ. Hai người được tính riêng như trước.")
            return redirect("contributions:giver", row.one_id)
    return _giver(request, row.one, form, 422)


def _pdf(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _watermark() -> str:
    return printing.SPECIMEN if settings.IS_DEMO else ""


def _issuer(body: Party) -> Issuer:
    return Issuer.of(body, areas.names_on([body.place_id], today()).get(body.place_id, str(body.place)))


@require_safe
@at_desk(*sorted(READERS))
def statement(request: DeskRequest, party: int, year: int, language: str) -> HttpResponse:
    """The year's statement of a giver, as PDF, from those who thank it."""
    who = pages.my_giver(request, party)
    may = authority.gives_statement(who, request.seat, today())
    if language not in LANGUAGES or not 1900 <= year <= 2200 or not may:
        raise Http404
    data = paper.statement(who, year, language, _issuer(request.seat.desk.body), on=today(), watermark=_watermark())
    return _pdf(data, f"sao-ke-{who.pk}-{year}-{language}.pdf")


@require_safe
@at_desk(*sorted(READERS))
def receipt(request: DeskRequest, pk: int, ordinal: int, language: str) -> HttpResponse:
    """The receipt of one share of a confirmed gift, as PDF, from the body that received it."""
    gift = pages.mine(request, pk)
    rows = Share.objects.select_related("gift__place", "gift__confirmed_body__place", "party")
    share = get_object_or_404(rows, gift=gift, ordinal=ordinal)
    if language not in LANGUAGES or not authority.gives_receipt(gift, request.seat):
        raise Http404
    data = paper.receipt(share, language, _issuer(request.seat.desk.body), on=today(), watermark=_watermark())
    return _pdf(data, f"bien-nhan-{gift.pk}-{share.ordinal}-{language}.pdf")


def open_link(party: Party) -> str:
    """The address where the giver reads its own statement without an account, for a while."""
    return reverse("contributions:open_statement", args=[token_of(party)])


def token_of(party: Party) -> str:
    """The sealed name of the giver in that address."""
    return signing.dumps(party.pk, salt=SALT)


@require_safe
@never_cache
@walls.everything("whoever holds the link reads of one giver's own gifts")
def open_statement(request: HttpRequest, token: str) -> HttpResponse:
    """A giver's own confirmed gifts, on a page or (`?nam=`) a year's as PDF; `?ngon-ngu=en` for English."""
    language = EN if request.GET.get("ngon-ngu") == EN else VI
    try:
        who = Party.objects.select_related("place", "managing_unit__place").get(
            pk=signing.loads(token, salt=SALT, max_age=OPEN_SECONDS)
        )
    except (signing.BadSignature, Party.DoesNotExist):
        return render(request, "contributions/no_statement.html", {"words": WORDS[language]}, status=404)
    rows, year = paper.entries(who, language, today()), request.GET.get("nam", "")
    years = paper.years_of(rows)
    if year:
        if year not in map(str, years):
            raise Http404
        issuer = _issuer(who.managing_unit or who)
        data = paper.statement(who, int(year), language, issuer, on=today(), watermark=_watermark())
        return _pdf(data, f"sao-ke-{year}-{language}.pdf")
    return render(request, "contributions/open_statement.html", {
        "words": WORDS[language],
        "language": language,
        "other": VI if language == EN else EN,
        "name": who.name,
        "rows": rows,
        "years": years,
        "total": dong_in(language, sum(row.share.amount for row in rows)),
    })  # fmt: skip
