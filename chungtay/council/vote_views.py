"""The pages of one dossier in a meeting: what the Council reads, the vote, the result."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.council import actions, agenda, roll
from chungtay.council.forms import CountForm, HandsForm, RecusalForm, ResultForm
from chungtay.council.models import Item, Meeting, Vote
from chungtay.council.views import AMONG, FORM, tried
from chungtay.council.votes import kept_count
from chungtay.law.procedure import Desk
from chungtay.law.rates import rounded, with_comma
from chungtay.nominations import guiding
from chungtay.nominations.forms import ReasonForm
from chungtay.records.clock import today
from chungtay.records.requests import version_of


def visible(request: DeskRequest, pk: int) -> Item:
    """The item, if this seat may see its meeting; else 404."""
    rows = Item.objects.visible_to(request.seat, today())
    rows = rows.select_related("meeting__council", "dossier__unit", "dossier__party", "dossier__round__plan_version")
    return get_object_or_404(rows, pk=pk)


def stamp_of(item: Item) -> str:
    """Changes whenever the secretary moves this item or its meeting."""
    return f"{item.meeting.version}-{item.version}"


@require_safe
@at_desk(*AMONG)
def item(request: DeskRequest, pk: int) -> HttpResponse:
    """One dossier before the Council: the vote, the rule with its sources, and what there is to read."""
    found = visible(request, pk)
    table = roll.of(found)
    tone, label = agenda.badge(found)
    rule = agenda.rule_for(found)
    dossier = found.dossier
    plan = dossier.round.plan_version.plan
    appraisal = dossier.appraisals.order_by("-id").first()
    points = guiding.points_of(dossier.round_id, appraisal.answers) if appraisal else None
    context = {
        **_tally(request, found, table), "tone": tone, "label": label, "dossier": dossier, "rule": rule,
        "rule_sentence": _rule_sentence(found, table), "award": agenda.award_label(dossier),
        "content": plan.content(dossier.content).title, "is_secretary": request.seat.kind is Desk.SECRETARY,
        "is_open": found.meeting.state == Meeting.State.OPEN,
        "is_planned": found.meeting.state == Meeting.State.PLANNED,
        "line": table.line_of_seat(request.seat), "is_member_desk": request.seat.kind is Desk.COUNCIL,
        "appraisal": appraisal, "points": "" if points is None else with_comma(rounded(points)),
        "achievements": dossier.achievements.all(),
        "others": _others(found),
    }  # fmt: skip
    return render(request, "council/item.html", context)


@require_safe
@at_desk(*AMONG)
def tally(request: DeskRequest, pk: int) -> HttpResponse:
    """The figures alone, asked for every few seconds while the vote runs; the whole page anew when something moved."""
    found = visible(request, pk)
    if request.GET.get("dau") != stamp_of(found):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "council/_tally.html", _tally(request, found, roll.of(found)))


def _tally(request: DeskRequest, found: Item, table: roll.Roll) -> dict[str, Any]:
    votes, kept = table.votes(), kept_count(found)
    figures = {"yes": votes[Vote.Choice.YES], "no": votes[Vote.Choice.NO], "blank": votes[Vote.Choice.BLANK]}
    if kept is not None:
        figures = {"yes": kept.yes, "no": kept.no, "blank": kept.blank}
    needed = found.needed
    if needed is None and table.total:
        needed = agenda.rule_for(found).yes_needed(table.base)
    return {
        "item": found, "table": table, "stamp": stamp_of(found), "figures": figures, "kept": kept, "needed": needed,
        "is_counted": kept is not None or not found.is_secret, "is_voting": found.state == Item.State.VOTING,
        "shows_tally": agenda.tally_is_open(found, table, request.seat),
        "shows_names": found.state == Item.State.CLOSED or request.seat.kind is Desk.SECRETARY,
        "is_unanimous": kept is not None and kept.returned in (kept.yes, kept.no),
    }  # fmt: skip


def _rule_sentence(found: Item, table: roll.Roll) -> str:
    """With the figures of the roll once there is one; before, with the members in office on the day of the meeting."""
    members = table.total or found.meeting.council.council_members.valid(found.meeting.held_on).count()
    if not members:
        return ""
    base = table.base if table.total else members
    return agenda.rule_sentence(agenda.rule_for(found), members=members, base=base)


def _others(found: Item) -> dict[str, Item | None]:
    """The neighbours on the agenda, to walk through the meeting without going back to it."""
    rows = Item.objects.filter(meeting=found.meeting).select_related("dossier")
    return {
        "before": rows.filter(ordinal__lt=found.ordinal).order_by("-ordinal").first(),
        "after": rows.filter(ordinal__gt=found.ordinal).order_by("ordinal").first(),
    }


@require_POST
@at_desk(Desk.SECRETARY)
def unlist_item(request: DeskRequest, pk: int) -> HttpResponse:
    """Bỏ khỏi chương trình."""
    found = visible(request, pk)
    actions.unlist_item(found, by=request.seat, on=today())
    messages.success(request, f"Đã bỏ hồ sơ {found.dossier} khỏi chương trình.")
    return redirect("council:meeting", found.meeting_id)


@require_POST
@at_desk(Desk.SECRETARY)
def open_item(request: DeskRequest, pk: int) -> HttpResponse:
    """Mở biểu quyết."""
    found = visible(request, pk)
    actions.open_item(found, by=request.seat, on=today(), version=version_of(request))
    return redirect("council:item", pk)


@require_POST
@at_desk(Desk.COUNCIL)
def cast(request: DeskRequest, pk: int) -> HttpResponse:
    """Biểu quyết trên điện thoại."""
    found = visible(request, pk)
    vote = actions.cast(found, choice=request.POST.get("choice", ""), by=request.seat, on=today())
    messages.success(request, f"Đã ghi biểu quyết của bạn: {vote.get_choice_display()}.")
    return redirect("council:meeting", found.meeting_id)


@require_http_methods(FORM)
@at_desk(Desk.SECRETARY, Desk.COUNCIL)
def recuse(request: DeskRequest, pk: int) -> HttpResponse:
    """Không tham gia biểu quyết. What the data know of a member's interest stands in the form already (`?tv=`)."""
    found = visible(request, pk)
    table = roll.of(found)
    lines = table.open_to_record
    if request.seat.kind is Desk.COUNCIL:
        lines = [line for line in lines if line.member.user_id == request.seat.user_id]
    asked = [line for line in lines if str(line.member.pk) == request.GET.get("tv")]
    told = asked[0] if asked else lines[0] if len(lines) == 1 else None
    initial = {"member": told.member.pk, "reason": told.interest} if told else {}
    form = RecusalForm(request.POST or None, table=roll.Roll(tuple(lines)), initial=initial)
    if form.is_valid() and tried(
        form,
        lambda: actions.recuse(
            found, member=form.by_id[form.cleaned_data["member"]], reason=form.cleaned_data["reason"],
            by=request.seat, on=today(),
        ),
    ):  # fmt: skip
        return redirect("council:item", pk)
    return _form(request, "council/recuse.html", form, found, {"table": table})


@require_http_methods(FORM)
@at_desk(Desk.SECRETARY)
def record_votes(request: DeskRequest, pk: int) -> HttpResponse:
    """Ghi biểu quyết giơ tay. `?tat-ca=dong-y` fills in yes for everybody who is there, to be looked through."""
    found = visible(request, pk)
    table = roll.of(found)
    here = [line.member.pk for line in table.silent] if request.GET.get("tat-ca") == "dong-y" else []
    initial = {f"vote-{member_id}": Vote.Choice.YES for member_id in here}
    form = HandsForm(request.POST or None, table=table, initial=initial)
    if form.is_valid() and tried(
        form,
        lambda: actions.record_votes(found, votes=form.votes, written=form.written, by=request.seat, on=today()),
    ):
        messages.success(request, f"Đã ghi biểu quyết của {len(form.votes)} thành viên.")
        return redirect("council:item", pk)
    return _form(request, "council/record_votes.html", form, found, {"table": table})


@require_http_methods(FORM)
@at_desk(Desk.SECRETARY)
def enter_count(request: DeskRequest, pk: int) -> HttpResponse:
    """Nhập kết quả kiểm phiếu kín."""
    found = visible(request, pk)
    form = CountForm.of(kept_count(found), request.POST or None)
    if form.is_valid() and tried(
        form,
        lambda: actions.enter_count(found, count=form.count, by=request.seat, on=today(), version=version_of(request)),
    ):
        messages.success(request, "Đã ghi kết quả kiểm phiếu. Kiểm tra lại rồi chốt kết quả.")
        return redirect("council:item", pk)
    return _form(request, "council/enter_count.html", form, found, {"table": roll.of(found)})


@require_http_methods(FORM)
@at_desk(Desk.SECRETARY)
def close_item(request: DeskRequest, pk: int) -> HttpResponse:
    """Chốt kết quả."""
    found = visible(request, pk)
    table = roll.of(found)
    form = ResultForm(request.POST or None)
    if form.is_valid() and tried(
        form,
        lambda: actions.close_item(
            found, **form.cleaned_data, by=request.seat, on=today(), version=version_of(request)
        ),
    ):
        messages.success(request, f"Đã chốt kết quả: {found.outcome}")
        return redirect("council:item", pk)
    context = {**_tally(request, found, table), "rule_sentence": _rule_sentence(found, table)}
    return _form(request, "council/close_item.html", form, found, context)


@require_http_methods(FORM)
@at_desk(Desk.SECRETARY)
def defer_item(request: DeskRequest, pk: int) -> HttpResponse:
    """Để lại phiên sau."""
    found = visible(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and tried(
        form,
        lambda: actions.defer_item(
            found, **form.cleaned_data, by=request.seat, on=today(), version=version_of(request)
        ),
    ):
        return redirect("council:meeting", found.meeting_id)
    return _form(request, "council/defer_item.html", form, found, {})


def _form(
    request: DeskRequest, template: str, form: forms.BaseForm, found: Item, context: dict[str, Any]
) -> HttpResponse:
    """The page of a form about an item; 422 when what was sent could not be accepted."""
    dossier = found.dossier
    shown = {**context, "item": found, "dossier": dossier, "award": agenda.award_label(dossier), "form": form}
    return render(request, template, shown, status=422 if form.is_bound else 200)
