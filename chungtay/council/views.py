"""The pages of the meetings. What concerns one item under vote is in `vote_views.py`."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet, Sum
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.council import actions, agenda, roll
from chungtay.council.forms import PRESENT, AttendanceForm, BeginForm, EndForm, MeetingForm
from chungtay.council.models import MAY_SEE, Item, Meeting, Member
from chungtay.documents.serving import attachment
from chungtay.law.procedure import Desk
from chungtay.nominations.models import Dossier
from chungtay.records import keyset
from chungtay.records.clock import today
from chungtay.records.forms import BlamedForm
from chungtay.records.requests import version_of

AMONG = tuple(sorted(MAY_SEE))
FORM = ["GET", "HEAD", "POST"]


def visible(request: DeskRequest, pk: int) -> Meeting:
    """The meeting, if this seat may see it; else 404."""
    rows = Meeting.objects.visible_to(request.seat, today())
    return get_object_or_404(rows.select_related("council", "presider__user", "minutes__file"), pk=pk)


def tried(form: BlamedForm, act: Callable[[], Any]) -> bool:
    """Whether the act was done. A refusal's reasons are put at the form's fields; a conflict gets its own page."""
    with form.blamed():
        act()
        return True
    return False


def stamp_of(meeting: Meeting) -> str:
    """Changes whenever the secretary does something in the meeting."""
    items = Item.objects.filter(meeting=meeting).aggregate(versions=Sum("version"))["versions"] or 0
    return f"{meeting.version}-{items}"


@require_safe
@at_desk(*AMONG)
def list_meetings(request: DeskRequest) -> HttpResponse:
    """All meetings, the latest first, and how many dossiers wait for one."""
    day = today()
    page = keyset.page(
        Meeting.objects.visible_to(request.seat, day), order=("-held_on", "-id"), mark=request.GET.get("trang", "")
    )
    waiting_count, is_exact = keyset.bounded_count(agenda.waiting(request.seat, day))
    context = {
        "page": page, "rows": [agenda.meeting_row(meeting) for meeting in page.rows],
        "waiting_count": waiting_count, "waiting_is_exact": is_exact,
        "is_secretary": request.seat.kind is Desk.SECRETARY,
    }  # fmt: skip
    return render(request, "council/list.html", context)


@require_safe
@at_desk(*AMONG)
def waiting(request: DeskRequest) -> HttpResponse:
    """Appraised dossiers on no running agenda, the most urgent first."""
    return render(request, "council/waiting.html", _waiting(request))


def _waiting(request: DeskRequest) -> dict[str, Any]:
    rows: QuerySet[Dossier] = agenda.waiting(request.seat, today())
    page = keyset.page(rows, order=("due_on", "id"), mark=request.GET.get("trang", ""))
    dossiers = [{"dossier": dossier, "award": agenda.award_label(dossier)} for dossier in page.rows]
    return {"page": page, "dossiers": dossiers}


@require_http_methods(FORM)
@at_desk(Desk.SECRETARY)
def plan_meeting(request: DeskRequest) -> HttpResponse:
    """Lập phiên họp."""
    day = today()
    form = MeetingForm(request.POST or None)
    if form.is_valid():
        made: list[Meeting] = []

        def act() -> None:
            council = agenda.council_of(request.seat, day)
            made.append(actions.plan_meeting(council, **form.cleaned_data, by=request.seat, on=day))

        if tried(form, act):
            messages.success(request, "Đã lập phiên họp. Bây giờ đưa hồ sơ vào chương trình.")
            return redirect("council:list_items", made[0].pk)
    return _form(request, "council/plan_meeting.html", form, {})


@require_http_methods(FORM)
@at_desk(Desk.SECRETARY)
def change_meeting(request: DeskRequest, pk: int) -> HttpResponse:
    """Sửa phiên họp chưa khai mạc."""
    meeting = visible(request, pk)
    form = MeetingForm.of(meeting, request.POST or None)
    if form.is_valid() and tried(
        form,
        lambda: actions.change_meeting(
            meeting, **form.cleaned_data, by=request.seat, on=today(), version=version_of(request)
        ),
    ):
        return redirect("council:meeting", pk)
    return _form(request, "council/change_meeting.html", form, {"meeting": meeting})


@require_safe
@at_desk(*AMONG)
def meeting(request: DeskRequest, pk: int) -> HttpResponse:
    """The meeting: agenda, roll and lamp; for a member, what can be voted on now."""
    found = visible(request, pk)
    items = agenda.items_of(found)
    rolls = roll.of_items(found, items)
    rows = roll.attendances(found)
    context: dict[str, Any] = {
        "meeting": found, "stamp": stamp_of(found), "agenda": [agenda.row(item) for item in items], "roll": rows,
        "tone": agenda.MEETING_TONES[Meeting.State(found.state)],
        "is_secretary": request.seat.kind is Desk.SECRETARY,
        "is_called": found.presider is not None,
        "can_close": bool(items) and not any(item.state in agenda.RUNNING for item in items),
        "cards": _cards(request, items, rolls), "members": [], "lamp": None,
    }  # fmt: skip
    if found.state == Meeting.State.PLANNED:
        members = Member.objects.filter(council=found.council).valid(found.held_on).select_related("user", "body")
        context["members"] = sorted(members, key=lambda member: (roll.RANK[member.office], member.pk))
    else:
        context["lamp"] = agenda.lamp(found, sum(row.is_present for row in rows))
    return render(request, "council/meeting.html", context)


def _cards(request: DeskRequest, items: list[Item], rolls: dict[int, roll.Roll]) -> list[dict[str, Any]]:
    """What a member finds on the phone: one card for each item under vote now."""
    if request.seat.kind is not Desk.COUNCIL:
        return []
    cards = []
    for item in items:
        line = rolls[item.pk].line_of_seat(request.seat)
        if item.state == Item.State.VOTING and line is not None:
            cards.append({"item": item, "line": line, "award": agenda.award_label(item.dossier)})
    return cards


@require_http_methods(FORM)
@at_desk(Desk.SECRETARY)
def list_items(request: DeskRequest, pk: int) -> HttpResponse:
    """Đưa hồ sơ vào chương trình: choose among those that wait."""
    meeting = visible(request, pk)
    day = today()
    form, chosen = BlamedForm(request.POST or None), request.POST.getlist("dossier")
    if request.method == "POST":
        dossiers = list(Dossier.objects.visible_to(request.seat, day).filter(key__in=chosen).order_by("due_on", "id"))
        if tried(form, lambda: actions.list_items(meeting, dossiers=dossiers, by=request.seat, on=day)):
            messages.success(request, f"Đã đưa {len(dossiers)} hồ sơ vào chương trình.")
            return redirect("council:meeting", pk)
    return _form(request, "council/list_items.html", form, {**_waiting(request), "meeting": meeting, "chosen": chosen})


@require_http_methods(FORM)
@at_desk(Desk.SECRETARY)
def open_meeting(request: DeskRequest, pk: int) -> HttpResponse:
    """Khai mạc."""
    meeting = visible(request, pk)
    form = BeginForm(request.POST or None, initial={"at": timezone.localtime().time()})
    if form.is_valid() and tried(
        form,
        lambda: actions.open_meeting(
            meeting, at=form.cleaned_data["at"], by=request.seat, on=today(), version=version_of(request)
        ),
    ):
        messages.success(request, "Phiên họp đã bắt đầu. Điểm danh trước khi biểu quyết.")
        return redirect("council:mark_attendance", pk)
    members = Member.objects.filter(council=meeting.council).valid(meeting.held_on).count()
    return _form(request, "council/open_meeting.html", form, {"meeting": meeting, "members": members})


@require_http_methods(FORM)
@at_desk(Desk.SECRETARY)
def mark_attendance(request: DeskRequest, pk: int) -> HttpResponse:
    """Điểm danh: the whole roll in one form. `?tat-ca=co-mat` fills everybody in as present, to be looked through."""
    meeting = visible(request, pk)
    rows = roll.attendances(meeting)
    all_here = request.GET.get("tat-ca") == "co-mat"
    form = AttendanceForm(request.POST or None, rows=rows, initial=_known_attendance(meeting, rows, all_here=all_here))
    if form.is_valid() and tried(
        form,
        lambda: actions.mark_attendance(
            meeting, marks=form.marks, presider=form.presider, by=request.seat, on=today(),
            version=version_of(request),
        ),
    ):  # fmt: skip
        messages.success(request, "Đã điểm danh.")
        return redirect("council:meeting", pk)
    return _form(request, "council/mark_attendance.html", form, {"meeting": meeting})


def _known_attendance(meeting: Meeting, rows: list[Any], *, all_here: bool) -> dict[str, Any]:
    """What the form starts with: what was marked before; nothing, or everybody present, before the first roll call."""
    initial: dict[str, Any] = {"presider": meeting.presider_id or ""}
    for row in rows:
        if all_here:
            initial[f"present-{row.member_id}"] = PRESENT
        elif meeting.presider_id is not None:
            initial[f"present-{row.member_id}"] = PRESENT if row.is_present else "absent"
            initial[f"reason-{row.member_id}"] = row.absence_reason
    if all_here and rows:
        initial["presider"] = meeting.presider_id or rows[0].member_id
    return initial


@require_http_methods(FORM)
@at_desk(Desk.SECRETARY)
def close_meeting(request: DeskRequest, pk: int) -> HttpResponse:
    """Kết thúc phiên họp và lập biên bản."""
    meeting = visible(request, pk)
    now = timezone.localtime().time()
    is_later = meeting.began_at is not None and now >= meeting.began_at  # else it is written up on another day
    form = EndForm(request.POST or None, initial={"at": now} if is_later else {})
    if form.is_valid() and tried(
        form,
        lambda: actions.close_meeting(
            meeting, **form.cleaned_data, by=request.seat, on=today(), version=version_of(request)
        ),
    ):
        messages.success(request, "Phiên họp đã kết thúc, biên bản đã có số.")
        return redirect("council:meeting", pk)
    rows = [agenda.row(item) for item in agenda.items_of(meeting)]
    return _form(request, "council/close_meeting.html", form, {"meeting": meeting, "agenda": rows})


@require_safe
@at_desk(*AMONG)
def pulse(request: DeskRequest, pk: int) -> HttpResponse:
    """Asked by open pages every few seconds: nothing new, or load the page again."""
    is_new = request.GET.get("dau") != stamp_of(visible(request, pk))
    return HttpResponse(status=204, headers={"HX-Refresh": "true"} if is_new else {})


@require_safe
@at_desk(*AMONG)
def minutes_file(request: DeskRequest, pk: int) -> HttpResponseBase:
    """The minutes as PDF, once they were printed."""
    meeting = visible(request, pk)
    paper = meeting.minutes
    if paper is None or paper.file is None:
        raise Http404
    return attachment(paper.file, f"Biên bản {paper.code.replace('/', '-')}")


def _form(request: DeskRequest, template: str, form: forms.BaseForm, context: dict[str, Any]) -> HttpResponse:
    """The page of a form; 422 when what was sent could not be accepted."""
    return render(request, template, {**context, "form": form}, status=422 if form.is_bound else 200)
