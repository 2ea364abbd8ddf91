"""Duties: the list, one of them, correcting, handing in, confirming, sending back."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.conduct import actions, forms, pages, rights
from chungtay.conduct.models import Duty, DutyQuerySet, Handing
from chungtay.conduct.standing import OWED, State, condition, state_of, words
from chungtay.parties.search import matching
from chungtay.records import keyset
from chungtay.records.clock import today
from chungtay.records.requests import neighbours
from chungtay.sheets.exporting import Head
from chungtay.targets.export_views import workbook

OPEN, ALL = "chua-xong", "tat-ca"
KEPT = "Dòng vẫn được giữ, kèm lý do; đơn vị không còn phải nộp."
STATES = {OPEN: "Chưa xong", **{state.value: state.label for state in State}, ALL: "Tất cả"}
DUTIES = (
    Head("Đơn vị phải làm", 40), Head("Việc", 40), Head("Loại", 22), Head("Năm"), Head("Hạn"), Head("Ngày nộp"),
    Head("Số văn bản", 22), Head("Tình trạng", 26), Head("Muộn (ngày)"), Head("Nơi nhận", 40), Head("Văn bản giao", 30),
)  # fmt: skip


def line(duty: Duty, on: Any) -> dict[str, Any]:
    """One duty as a row of a list."""
    state = state_of(duty.due_on, duty.handing, on)
    return {
        "title": f"{duty.title} ({duty.year})" if str(duty.year) not in duty.title else duty.title,
        "href": reverse("conduct:duty", args=[duty.pk]), "meta": f"{duty.party.name} · {words(duty, on)}",
        "badge_tone": state.tone, "badge_label": state.label,
        "due_tone": "late" if state is State.OVERDUE else "",
    }  # fmt: skip


def _narrowed(request: DeskRequest) -> tuple[DutyQuerySet, dict[str, str]]:
    """The duties in sight that the filters ask for, and the filters."""
    on, told = today(), pages.asked(request, "q", "loai", "nam", "tinh-trang", "don-vi")
    rows = Duty.objects.visible_to(request.seat, on).in_force().with_handing()
    state = told["tinh_trang"] or OPEN
    if state == OPEN:
        rows = rows.filter(OWED | condition(State.WAITING, on))
    elif state in {one.value for one in State}:
        rows = rows.filter(condition(State(state), on))
    if told["loai"] in Duty.Kind.values:
        rows = rows.filter(kind=told["loai"])
    if year := pages.year(told["nam"]):
        rows = rows.filter(year=year)
    if pages.number(told["don_vi"]):
        rows = rows.filter(party_id=int(told["don_vi"]))
    if told["q"]:
        rows = matching(rows, told["q"], party="party__")
    return rows, told | {"tinh_trang": state}


@require_safe
@at_desk(*sorted(rights.READERS))
def duties(request: DeskRequest) -> HttpResponse:
    """What units owe, the longest overdue first; by state, kind, year, unit."""
    on, (rows, told) = today(), _narrowed(request)
    order = ("due_on", "id") if told["tinh_trang"] in (OPEN, State.OVERDUE, State.SOON, State.AHEAD) else (
        "-due_on", "-id")  # fmt: skip
    page = keyset.page(rows, order=order, mark=request.GET.get("trang", ""))
    return render(request, "conduct/duties.html", {
        "rows": [line(duty, on) for duty in page.rows], "pages": neighbours(request, page), "asked": told,
        "sections": pages.sections(request.seat, "conduct:duties"), "kinds": Duty.Kind.choices,
        "states": list(STATES.items()), "years": pages.years(request),
        "filtered": any(value for name, value in told.items() if name != "tinh_trang") or told["tinh_trang"] != OPEN,
        "assigns": request.seat.kind in rights.ASSIGNERS, "query": request.GET.urlencode(),
    })  # fmt: skip


@require_safe
@at_desk(*sorted(rights.READERS))
def export_duties(request: DeskRequest) -> HttpResponse:
    """The same list as a workbook."""
    on, (rows, _) = today(), _narrowed(request)
    found = rows.order_by("due_on", "id").iterator(chunk_size=2000)
    return workbook("viec den han", DUTIES, (_cells(duty, on) for duty in found))


def _cells(duty: Duty, on: Any) -> list[Any]:
    handing, state = duty.handing, state_of(duty.due_on, duty.handing, on)
    done = handing.handed_on if handing else None
    late = ((done or on) - duty.due_on).days
    return [
        duty.party.name, duty.title, duty.get_kind_display(), duty.year, duty.due_on, done,
        handing.paper if handing else "", state.label, late if late > 0 else None, duty.owed_to.name, duty.basis,
    ]  # fmt: skip


# --- one duty ---


def _duty(request: DeskRequest, pk: int) -> Duty:
    """The duty in sight, with what was handed in."""
    return pages.mine(Duty, request, pk, "party", "owed_to", "corrects", "entered_by")


@require_safe
@at_desk(*sorted(rights.READERS))
def duty(request: DeskRequest, pk: int) -> HttpResponse:
    """One duty: what is owed, what was handed in, what was done to it."""
    return _page(request, _duty(request, pk))


def _page(request: DeskRequest, row: Duty, *bound: Any) -> HttpResponse:
    """`bound`: the form that was sent and not taken."""
    on, seat = today(), request.seat
    handings = list(row.handings.select_related("entered_by", "answered_by", "file").order_by("-id"))
    row.handing = next((one for one in handings if one.ended_on is None), None)
    keeps = rights.may_answer(row.owed_to_id, seat) and row.ended_on is None
    owes = seat.kind in rights.HANDERS and rights.is_own(row.party, seat) and row.ended_on is None
    hand = next((one for one in bound if isinstance(one, forms.HandForm)), None)
    later = Duty.objects.filter(corrects=row).first() if row.ended_on is not None else None
    asks = partial(pages.drop, request, bound[0] if bound else None)
    drops = [asks("take-back", "Thôi giao việc này?", KEPT, "conduct:take_back", row.pk, "Thôi giao")]
    if row.handing is not None:
        text = "Đơn vị phải nộp lại theo hạn cũ."
        drops.append(asks("send-back", "Trả lại lần nộp này?", text, "conduct:send_back", row.handing.pk, "Trả lại"))
    return render(request, "conduct/duty.html", {
        "row": row, "state": state_of(row.due_on, row.handing, on), "words": words(row, on), "handings": handings,
        "may_hand": (keeps or owes) and row.handing is None, "keeps": keeps, "later": later,
        "answers": keeps and row.handing is not None, "acts": pages.history(row),
        "form": hand or forms.HandForm(initial={"handed_on": on}), "receives": keeps,
        "drops": drops if keeps else [],
        "faulty": bound[0] if bound else forms.ReasonForm(),
    }, status=422 if bound else 200)  # fmt: skip


@at_desk(*sorted(rights.HANDERS | rights.ASSIGNERS))
@require_POST
def hand_in(request: DeskRequest, pk: int) -> HttpResponse:
    """Ghi đã nộp, by the unit or by the receiver."""
    row, form = _duty(request, pk), forms.HandForm(request.POST, request.FILES)
    if form.is_valid():
        with form.blamed():
            told = {name: form.cleaned_data[name] for name in ("paper", "handed_on")}
            made = actions.hand_in(row, **told, by=request.seat, on=today(), proof=pages.proof_of(form))
            waits = made.accepted is None
            messages.success(request, "Đã ghi là đã nộp; chờ nơi nhận xác nhận." if waits else "Đã ghi và xác nhận.")
            return redirect("conduct:duty", row.pk)
    return _page(request, row, form)


@at_desk(*sorted(rights.ASSIGNERS))
@require_POST
def confirm(request: DeskRequest, pk: int) -> HttpResponse:
    """Xác nhận đã nhận."""
    handing = pages.hung_on(Handing, "duty", request, pk)
    actions.confirm(handing, by=request.seat, on=today())
    messages.success(request, "Đã xác nhận.")
    return redirect("conduct:duty", handing.duty_id)


@at_desk(*sorted(rights.ASSIGNERS))
@require_POST
def send_back(request: DeskRequest, pk: int) -> HttpResponse:
    """Trả lại, with the reason."""
    handing = pages.hung_on(Handing, "duty", request, pk)

    def act(reason: str) -> None:
        actions.send_back(handing, reason=reason, by=request.seat, on=today())

    to = reverse("conduct:duty", args=[handing.duty_id])
    return pages.dropped(request, act, "Đã trả lại.", to, lambda form: _page(request, handing.duty, form))


@at_desk(*sorted(rights.ASSIGNERS))
def correct_duty(request: DeskRequest, pk: int) -> HttpResponse:
    """Sửa việc đã giao, gia hạn: a new line with the reason."""
    row = _duty(request, pk)
    if row.ended_on is not None or not rights.may_answer(row.owed_to_id, request.seat):
        raise Http404
    form = forms.CorrectTaskForm(request.POST) if request.method == "POST" else forms.CorrectTaskForm.of(row)

    def act() -> str:
        made = actions.correct(
            row, form.task(), reason=form.cleaned_data["reason"], by=request.seat, on=today()
        )  # fmt: skip
        messages.success(request, "Đã sửa; dòng cũ vẫn được giữ.")
        return reverse("conduct:duty", args=[made.pk])

    back = reverse("conduct:duty", args=[row.pk])
    return pages.filled(
        request, form, act, title="Sửa việc đã giao", lead=row.party.name, label="Ghi dòng mới", back=back,
        crumbs=[(reverse("conduct:duties"), "Việc đến hạn"), (back, row.title)],
        examples={"reason": "Gia hạn theo công văn số 15/UBND-VX."},
    )  # fmt: skip


@at_desk(*sorted(rights.ASSIGNERS))
@require_POST
def take_back(request: DeskRequest, pk: int) -> HttpResponse:
    """Thôi giao việc, with the reason."""
    row = _duty(request, pk)

    def act(reason: str) -> None:
        actions.take_back(row, reason=reason, by=request.seat, on=today())

    to = reverse("conduct:duties")
    return pages.dropped(request, act, "Đã thôi giao việc này.", to, lambda form: _page(request, row, form))
