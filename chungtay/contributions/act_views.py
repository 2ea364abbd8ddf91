"""Acting on a gift: received, confirmed, refused, withdrawn, written anew."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.contributions import actions, carrying, pages
from chungtay.contributions import waiting as waits
from chungtay.contributions.authority import CONFIRMERS
from chungtay.contributions.forms import GiftForm, ReasonForm, ReceivedForm, initial_of
from chungtay.contributions.gifts import Contribution
from chungtay.contributions.recording import RECORDERS
from chungtay.contributions.views import keep_paper, new_project, places_for, show
from chungtay.parties.models import Party
from chungtay.records.clock import today
from chungtay.records.forms import BlamedForm
from chungtay.records.requests import version_of

AT_ONCE = 100
"""So many gifts are offered to be confirmed on one page."""


def _act(
    request: DeskRequest, pk: int, name: str, form: BlamedForm, done: str | Callable[[Contribution], str],
    act: Callable[[Contribution], object],
) -> HttpResponse:  # fmt: skip
    """One act on the gift, from its form; a refusal stands at the form's fields on the gift's own page."""
    gift = pages.mine(request, pk)
    if form.is_valid():
        with form.blamed():
            act(gift)
            messages.success(request, done(gift) if callable(done) else done)
            return redirect("contributions:detail", gift.pk)
    return show(request, pages.mine(request, pk), form, name, 422)


@at_desk(*sorted(CONFIRMERS))
@require_POST
def receive(request: DeskRequest, pk: int) -> HttpResponse:
    """What was promised has come."""
    form = ReceivedForm(request.POST, auto_id="id_receive_%s")
    return _act(request, pk, "receive", form, "Đã ghi là đã nhận.", lambda gift: actions.receive(
        gift, by=request.seat, on=today(), day=form.cleaned_data["day"], version=version_of(request)
    ))  # fmt: skip


def _confirmed(gift: Contribution) -> str:
    used = carrying.used_by(gift)
    if not used:
        return "Đã xác nhận. Khoản này từ nay được tính."
    return f"Đã xác nhận. Khoản này thay cho khoản ghi nhầm, đã tính cho lần khen ở {', '.join(used)}."


@at_desk(*sorted(CONFIRMERS))
@require_POST
def confirm(request: DeskRequest, pk: int) -> HttpResponse:
    """The receiving side confirms."""
    return _act(
        request, pk, "confirm", BlamedForm(request.POST), _confirmed,
        lambda gift: actions.confirm(gift, by=request.seat, on=today(), version=version_of(request)),
    )  # fmt: skip


@at_desk(*sorted(CONFIRMERS))
def waiting(request: DeskRequest) -> HttpResponse:
    """What was received in the area and waits to be confirmed, the oldest first: ticked ones are confirmed at once."""
    on = today()
    rows = waits.received(request.seat, on)
    gifts = list(pages.shown_with(rows).select_related("fund__owner").order_by("day", "pk")[:AT_ONCE])
    blocked = actions.faults_of_confirming(gifts, request.seat, on)
    refused: list[str] = []
    if request.method == "POST":
        ticked = set(request.POST.getlist("khoan"))
        chosen = [gift for gift in gifts if str(gift.pk) in ticked]
        why = actions.confirm_many(chosen, by=request.seat, on=on)
        said = {line["gift"].pk: line["what"] for line in pages.lines(chosen, request.seat)}
        refused = [f"{said[key]}: {' '.join(one.text for one in reasons)}" for key, reasons in why.items()]
        if len(chosen) > len(refused):
            messages.success(request, f"Đã xác nhận {len(chosen) - len(refused)} khoản.")
            for sentence in refused:
                messages.warning(request, f"Chưa xác nhận được {sentence}")
            return redirect("contributions:waiting")
    lines = pages.lines(gifts, request.seat)
    return render(request, "contributions/waiting.html", {
        "rows": [{**line, "blocked": [one.text for one in blocked[line["gift"].pk]]} for line in lines],
        "refused": refused,
        "nothing_ticked": request.method == "POST" and not refused,
        "can": any(not reasons for reasons in blocked.values()),
        "more": len(gifts) == AT_ONCE,
    }, status=422 if request.method == "POST" else 200)  # fmt: skip


@at_desk(*sorted(CONFIRMERS))
@require_POST
def refuse(request: DeskRequest, pk: int) -> HttpResponse:
    """The receiving side says no, and why."""
    form = ReasonForm(request.POST, auto_id="id_refuse_%s")
    return _act(request, pk, "refuse", form, "Đã từ chối. Dòng này vẫn được giữ, kèm lý do.", lambda gift: (
        actions.refuse(
            gift, by=request.seat, on=today(), reason=form.cleaned_data["reason"], version=version_of(request)
        )
    ))  # fmt: skip


@at_desk(*sorted(RECORDERS))
@require_POST
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    """Taken back before anybody confirmed it."""
    form = ReasonForm(request.POST, auto_id="id_withdraw_%s")
    return _act(request, pk, "withdraw", form, "Đã rút. Dòng này vẫn được giữ, kèm lý do.", lambda gift: (
        actions.withdraw(
            gift, by=request.seat, on=today(), reason=form.cleaned_data["reason"], version=version_of(request)
        )
    ))  # fmt: skip


@at_desk(*sorted(RECORDERS))
def correct(request: DeskRequest, pk: int) -> HttpResponse:
    """Cancel a gift by a correction, and write it anew unless it never was (`bo=1`)."""
    gift, on = pages.mine(request, pk), today()
    if not pages.may(gift, request.seat, on)["correct"]:
        raise Http404
    givers, unnamed = _givers(gift)
    only_cancel = request.POST.get("bo") == "1"
    named = pages.reads_households(request.seat, gift.area_path, on)
    form = GiftForm(
        None if only_cancel else request.POST or None, request.FILES or None, seat=request.seat, on=on, givers=givers,
        unnamed=unnamed, places=[*places_for(request), gift.place_id], instead_of=gift,
        initial=initial_of(gift, named=named),
    )  # fmt: skip
    reason = ReasonForm(request.POST or None)
    faulty: BlamedForm = reason if only_cancel else form
    if request.method == "POST" and reason.is_valid() and (only_cancel or form.is_valid()):
        with faulty.blamed(), transaction.atomic():
            told = None if only_cancel else form.told(new_project(request, form))
            anew = actions.correct(
                gift, told, by=request.seat, on=on, reason=reason.cleaned_data["reason"], version=version_of(request)
            )
            if anew is not None:
                keep_paper(request, form, anew)
            messages.success(request, "Đã đính chính. Khoản cũ vẫn được giữ, kèm lý do.")
            return redirect("contributions:detail", anew.pk if anew is not None else gift.pk)
    more: dict[str, Any] = {
        "title": "Đính chính khoản đóng góp", "gift": gift, "what": pages.what(gift, named=named), "who": "",
        "reason": reason,
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    told_page = {"form": form, "givers": givers, "unnamed": unnamed, **more}
    return render(request, "contributions/record.html", told_page, status=status)


def _givers(gift: Contribution) -> tuple[list[Party], bool]:
    shares = list(gift.shares.all())
    return [one.party for one in shares if one.party is not None], any(one.party is None for one in shares)
