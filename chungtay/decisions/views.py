"""Decisions: drafts, signing, files, later changes."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts.models import Desk as AccountDesk
from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.decisions import actions, following, funding, paying, reckoning, stocks
from chungtay.decisions.forms import CorrectForm, DraftForm, SignForm, WithdrawForm
from chungtay.decisions.models import Award, Decision, Letter
from chungtay.documents.serving import attachment
from chungtay.law.procedure import Desk, State
from chungtay.law.refusals import Conflict, Refused
from chungtay.movements.plan import NotInPlan
from chungtay.nominations import checklist
from chungtay.nominations.models import Dossier, DossierQuerySet
from chungtay.parties.models import Party
from chungtay.records import keyset
from chungtay.records.clock import today
from chungtay.records.requests import version_of

Made = TypeVar("Made")
DRAFTERS = (Desk.BOARD, Desk.CHAIR)
MONEY = (*DRAFTERS, Desk.AUDITOR)
"""Desks that see what awards cost: fund, payment lists, stock."""
READERS = (*DRAFTERS, Desk.SECRETARY, Desk.COUNCIL, Desk.OFFICE, Desk.LABOUR, Desk.AUDITOR)


def decisions_of(request: DeskRequest) -> Any:
    """Signed decisions for province desks; others see those that honour somebody in their own sight; drafts only
    for who drafts and signs."""
    rows = Decision.objects.select_related(
        "paper__file", "paper__word_file", "certificates__file", "body", "signer_seat__user"
    )
    kind = request.seat.kind
    signed = rows.filter(state=Decision.State.SIGNED)
    if kind in READERS:
        here = request.seat.scope(today()).where("body__area_path")
        return (rows if kind in DRAFTERS else signed).filter(here)
    mine = Dossier.objects.visible_to(request.seat, today()).filter(
        state__in=[State.AWARDED.value, State.REVOKED.value]
    )
    return signed.filter(pk__in=Award.objects.filter(dossier__in=mine).values("decision"))


def _recommended(request: DeskRequest) -> DossierQuerySet:
    """Recommended dossiers in sight that are on no draft yet."""
    seen = Dossier.objects.visible_to(request.seat, today())
    return seen.filter(state=State.RECOMMENDED.value, listing__isnull=True)


def _waiting(request: DeskRequest, award: str) -> list[Dossier]:
    """Those of one award, by name."""
    rows = _recommended(request).filter(award=award)
    return list(
        rows.select_related("unit", "party__place", "round__plan_version__movement").order_by("party_name_folded", "id")
    )


def _plan_award(dossiers: list[Dossier], award: str) -> Any:
    """The form of award as the plan writes it; 404 when nobody waits for it."""
    if not dossiers:
        raise Http404
    try:
        return dossiers[0].round.plan_version.plan.award(award)
    except NotInPlan as unknown:
        raise Http404 from unknown


def issuer(request: DeskRequest) -> Party:
    """The body that issues the Chairman's papers: that of the Chairman's desk in the area."""
    chairs = AccountDesk.objects.filter(request.seat.scope(today()).where("body__area_path"), kind=Desk.CHAIR.value)
    desk = chairs.select_related("body").order_by("id").first()
    return desk.body if desk else request.seat.desk.body


@require_safe
@at_desk()
def list_decisions(request: DeskRequest) -> HttpResponse:
    """Signed ones and drafts; for the Board and the Chairman also what waits to be drafted or forwarded."""
    page = keyset.page(decisions_of(request), order=("-id",), mark=request.GET.get("trang", ""))
    groups: dict[str, dict[str, Any]] = {}
    if request.seat.kind in DRAFTERS:
        rows = _recommended(request).select_related("round__plan_version")
        for dossier in rows.only("award", "state", "round__plan_version__digest").order_by("award", "id"):
            award = dossier.round.plan_version.plan.award(dossier.award)
            group = groups.setdefault(award.id, {"award": award, "count": 0, "is_state": award.level == "state"})
            group["count"] += 1
    kind = request.seat.kind
    context = {
        "page": page, "groups": list(groups.values()), "is_chair": kind is Desk.CHAIR, "sees_money": kind in MONEY,
    }  # fmt: skip
    return render(request, "decisions/list.html", context)


def _written(
    request: DeskRequest,
    award: str,
    words: str,
    verb: Callable[..., Made],
    done: Callable[[Made], HttpResponse],
    *,
    is_forward: bool = False,
) -> HttpResponse:
    """Choose among the dossiers that wait for one award and write one paper about them: `verb` makes it, `done` says
    where to go then; `words` open its title."""
    waiting = _waiting(request, award)
    form_of_award = _plan_award(waiting, award)
    initial = {"title": f"{words} {form_of_award.title}", "dossiers": [one.pk for one in waiting]}
    form = DraftForm(request.POST or None, waiting=waiting, initial=initial)
    if request.method == "POST" and form.is_valid():
        title, chosen = form.cleaned_data["title"], form.chosen
        with form.blamed():
            made = verb(
                body=issuer(request), award=award, title=title, dossiers=chosen, by=request.seat, on=today()
            )  # fmt: skip
            return done(made)
    context = {"form": form, "award": form_of_award, "is_forward": is_forward}
    return render(request, "decisions/draft.html", context, status=422 if form.errors else 200)


@at_desk(*DRAFTERS)
def draft(request: DeskRequest, award: str) -> HttpResponse:
    """Lập dự thảo: choose the dossiers, one decision."""

    def to_its_page(made: Decision) -> HttpResponse:
        return redirect("decisions:detail", made.pk)

    return _written(request, award, "Về việc tặng", actions.draft, to_its_page)


@require_safe
@at_desk()
def detail(request: DeskRequest, pk: int) -> HttpResponse:
    """A draft with what it would cost today, or the signed decision with its frozen list."""
    decision = get_object_or_404(decisions_of(request), pk=pk)
    sees_all = request.seat.kind in READERS
    context: dict[str, Any] = {
        "decision": decision,
        "is_chair": request.seat.kind is Desk.CHAIR,
        "sees_files": sees_all,
        "sees_money": request.seat.kind in MONEY,
    }
    if decision.state == Decision.State.DRAFT:
        context |= _draft_page(decision)
        context["form"] = SignForm(assumed=context["assumed"])
    else:
        awards = decision.awards.prefetch_related("changes").order_by("ordinal")
        if not sees_all:
            awards = awards.filter(dossier__in=Dossier.objects.visible_to(request.seat, today()))
        context["page"] = keyset.page(awards, order=("ordinal",), mark=request.GET.get("trang", ""), size=100)
    return render(request, "decisions/detail.html", context)


def _draft_page(decision: Decision) -> dict[str, Any]:
    reckoned = reckoning.reckon(actions.listed(decision), on=today())
    listings = {listing.dossier_id: listing.pk for listing in decision.listings.all()}
    total, fund = reckoning.total(reckoned), funding.fund_of(decision.body)
    needed = stocks.needed(len(reckoned), sum(one.has_emblem for one in reckoned))
    return {
        "fund": None if fund is None else funding.standing(fund, without=decision),
        "beyond": funding.beyond(decision, total),
        "unproved": reckoning.unproved(reckoned, on=today()),
        "low": stocks.low(decision.body, needed),
        "against": list(checklist.blocks_among([one.dossier for one in reckoned], on=today())),
        "reckoned": [{"one": one, "listing": listings[one.dossier.pk]} for one in reckoned],
        "assumed": following.to_accept(decision, reckoned),
        "total": total,
        "on": today(),
    }


@at_desk(Desk.CHAIR)
@require_POST
def sign(request: DeskRequest, pk: int) -> HttpResponse:
    decision = get_object_or_404(decisions_of(request), pk=pk)
    if decision.state == Decision.State.SIGNED:
        messages.info(request, f"Quyết định này đã ký rồi, ngày {decision.signed_on:%d/%m/%Y}, số {decision.paper}.")
        return redirect("decisions:detail", decision.pk)
    shown = _draft_page(decision)
    form = SignForm(request.POST, assumed=shown["assumed"])
    form.is_valid()
    try:
        actions.sign(decision, by=request.seat, on=today(), accepted=form.accepted, version=version_of(request))
    except Conflict:
        raise
    except Refused as refused:
        form.blame(refused.reasons)
        decision = get_object_or_404(decisions_of(request), pk=pk)  # what the act had written on the other is undone
        context = {"decision": decision, "is_chair": True, "sees_money": True, "form": form, **shown}
        return render(request, "decisions/detail.html", context, status=422)
    messages.success(request, f"Đã ký Quyết định {decision.paper}. Văn bản và bằng khen đang được in.")
    return redirect("decisions:detail", decision.pk)


@at_desk(*DRAFTERS)
@require_POST
def take_off(request: DeskRequest, pk: int, listing_pk: int) -> HttpResponse:
    decision = get_object_or_404(decisions_of(request), pk=pk)
    listing = get_object_or_404(decision.listings.select_related("decision", "dossier"), pk=listing_pk)
    actions.take_off(listing, by=request.seat, on=today())
    return redirect("decisions:detail", pk)


@at_desk(Desk.CHAIR)
def forward(request: DeskRequest, award: str) -> HttpResponse:
    """Trình Thủ tướng: choose the dossiers, one letter."""

    def to_its_page(made: Letter) -> HttpResponse:
        messages.success(request, f"Đã trình Thủ tướng Chính phủ theo Tờ trình {made.paper.code}.")
        return redirect("decisions:letter", made.pk)

    return _written(request, award, "Đề nghị tặng", actions.forward, to_its_page, is_forward=True)


@require_safe
@at_desk()
def file(request: DeskRequest, pk: int, what: str) -> FileResponse:
    """Quyết định as PDF or Word, and the certificates, for the desks that see the whole list."""
    decision = get_object_or_404(decisions_of(request), pk=pk)
    if request.seat.kind not in READERS or decision.paper is None or decision.certificates is None:
        raise Http404
    files = {"pdf": decision.paper.file, "word": decision.paper.word_file, "bang-khen": decision.certificates.file}
    found = files.get(what)
    if found is None:
        raise Http404
    name = "bang-khen" if what == "bang-khen" else "quyet-dinh"
    return attachment(found, f"{name}-{decision.paper.number}-{decision.paper.year}")


def _award(request: DeskRequest, pk: int) -> Award:
    rows = Award.objects.filter(decision__in=decisions_of(request).values("pk"))
    if request.seat.kind not in READERS:
        rows = rows.filter(dossier__in=Dossier.objects.visible_to(request.seat, today()))
    return get_object_or_404(
        rows.select_related("decision__paper", "decision__body", "dossier__round__plan_version", "party"), pk=pk
    )


@require_safe
@at_desk()
def award(request: DeskRequest, pk: int) -> HttpResponse:
    """One honoured party: money or emblem with every source, and what changed afterwards."""
    found = _award(request, pk)
    changes = list(found.changes.select_related("paper").order_by("id"))
    form_of_award = found.dossier.round.plan_version.plan.award(found.award)
    context = {
        "award": found,
        "changes": changes,
        "handed": getattr(found, "handover", None),
        "back": paying.recovery(found),
        "unpaid": getattr(found, "unpaid", None) if paying.is_unpaid(found) else None,
        "may_recover": request.seat.kind in paying.PAYERS and paying.to_recover(found),
        "is_chair": request.seat.kind is Desk.CHAIR,
        "title": form_of_award.title,
    }
    return render(request, "decisions/award.html", context)


@at_desk(Desk.CHAIR)
def correct(request: DeskRequest, pk: int) -> HttpResponse:
    found = _award(request, pk)
    form = CorrectForm(request.POST or None, initial={"new_name": found.name})
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            actions.correct(found, **form.cleaned_data, by=request.seat, on=today())
            return redirect("decisions:award", found.pk)
    context = {"award": found, "form": form, "heading": "Đính chính tên", "button": "Ký quyết định đính chính"}
    return render(request, "decisions/change.html", context, status=422 if form.errors else 200)


@at_desk(Desk.CHAIR)
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    found = _award(request, pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            actions.withdraw(found, **form.cleaned_data, by=request.seat, on=today())
            return redirect("decisions:award", found.pk)
    context = {"award": found, "form": form, "heading": "Thu hồi khen thưởng", "button": "Ký quyết định thu hồi"}
    return render(request, "decisions/change.html", context, status=422 if form.errors else 200)
