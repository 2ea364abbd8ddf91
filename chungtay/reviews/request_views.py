"""Regular review: the list of requests, taking one in, the check, granting or refusing it, putting it into a round."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.households.models import Household
from chungtay.law.procedure import Desk
from chungtay.law.refusals import Refused
from chungtay.law.reviewing import open_steps
from chungtay.records import journal, keyset
from chungtay.records.clock import today
from chungtay.records.requests import neighbours, version_of
from chungtay.reviews import beside, forms, listing, pages, point_tables, regular, report_papers, rights
from chungtay.reviews.assessments import Application
from chungtay.reviews.rounds import CommuneReview
from chungtay.reviews.score_forms import GrantForm
from chungtay.sheets.exporting import XLSX, Head, xlsx

TONES = {"granted": "ok", "refused": "no", "carried": "info"}
HEADS = (
    Head("Mã hộ"), Head("Chủ hộ", 30), Head("Ấp, khu phố", 24), Head("Số nhân khẩu", 10), Head("Đề nghị", 40),
    Head("Lý do hộ nêu", 50), Head("Ngày nhận"), Head("Hạn giải quyết"), Head("Kết quả", 24), Head("Ngày quyết định"),
    Head("Loại được công nhận", 30), Head("Lý do của kết quả", 50),
)  # fmt: skip


ON_PAPER = ("Mã hộ", "Chủ hộ", "Ấp, khu phố", "Lý do hộ nêu", "Ngày nhận", "Hạn giải quyết", "Kết quả")


def mine(request: DeskRequest) -> "QuerySet[Application]":
    """The requests that this desk may see."""
    return Application.objects.visible_to(request.seat, today()).select_related("household__place")


def my_request(request: DeskRequest, pk: int) -> Application:
    return get_object_or_404(mine(request), pk=pk)


@require_safe
@at_desk(*rights.HOUSEHOLDS)
def requests(request: DeskRequest) -> HttpResponseBase:
    """Requests of the area, the latest first; by kind and state; as a spreadsheet (PL 2a, 2b)."""
    asked = request.GET
    kind, state = asked.get("loai", ""), asked.get("ket-qua", "")
    rows = mine(request)
    if kind in Application.Kind.values:
        rows = rows.filter(kind=kind)
    if state in Application.State.values:
        rows = rows.filter(state=state)
    if asked.get("dang") in ("xlsx", "pdf"):
        journal.leave_trace(request.seat.desk.body, by=request.seat)
    if asked.get("dang") == "xlsx":
        return download(xlsx(HEADS, _lines(rows), sheet="Đề nghị rà soát"), "de-nghi-ra-soat.xlsx")
    if asked.get("dang") == "pdf":
        title = dict(Application.Kind.choices).get(kind, "Giấy đề nghị rà soát trong năm")
        about = f"{request.seat.desk.name}, ngày {today():%d/%m/%Y}."
        content = report_papers.names_pdf(title, about, ON_PAPER, _on_paper(rows), on=today())
        return download([content], "de-nghi-ra-soat.pdf", "application/pdf")
    page = keyset.page(rows, order=("-id",), mark=asked.get("trang", ""))
    return render(request, "reviews/requests.html", {
        "rows": [_row(row) for row in page.rows],
        "pages": neighbours(request, page),
        "kinds": Application.Kind.choices,
        "states": Application.State.choices,
        "chosen": {"kind": kind, "state": state},
        "filtered": bool(kind or state),
    })  # fmt: skip


def download(blocks: Iterable[bytes], name: str, media_type: str = XLSX) -> HttpResponse:
    """A file to keep; written before it is sent, because what may be seen is said for the time of the request."""
    answer = HttpResponse(b"".join(blocks), content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _lines(rows: "QuerySet[Application]") -> Iterator[tuple[Any, ...]]:
    for row in rows.order_by("received_on", "id").iterator(chunk_size=2000):
        yield (
            row.household.code, row.household.head_name, row.household.hamlet, row.household.persons,
            row.get_kind_display(), row.reason, row.received_on, row.due_on, row.get_state_display(), row.decided_on,
            pages.CLASSES.get(row.standing, ""), row.answer,
        )  # fmt: skip


def _on_paper(rows: "QuerySet[Application]") -> list[list[str]]:
    return [
        [
            row.household.code, row.household.head_name, row.household.hamlet, row.reason,
            f"{row.received_on:%d/%m/%Y}", f"{row.due_on:%d/%m/%Y}", row.get_state_display(),
        ]
        for row in rows.order_by("received_on", "id")[: report_papers.ON_PAPER + 1]
    ]  # fmt: skip


def _row(row: Application) -> dict[str, str]:
    waits = row.state == Application.State.WAITING
    late = waits and row.due_on < today()
    return {
        "title": row.household.head_name, "code": row.household.code, "href": reverse("reviews:request", args=[row.pk]),
        "meta": f"{row.get_kind_display()} · {row.household.hamlet}",
        "badge_tone": TONES.get(row.state, "wait"), "badge_label": row.get_state_display(),
        "due_tone": "late" if late else "ok", "due_label": f"hạn {row.due_on:%d/%m/%Y}" if waits else "",
    }  # fmt: skip


@at_desk(Desk.COMMUNE)
def ask(request: DeskRequest, household: int) -> HttpResponse:
    """Take in a household's request."""
    on = today()
    who = get_object_or_404(Household.objects.visible_to(request.seat, on), pk=household)
    form = forms.AskForm(request.POST or None, initial={"received_on": on})
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            made = regular.ask(who, by=request.seat, on=on, **form.cleaned_data)
            messages.success(request, f"Đã nhận giấy đề nghị. Hạn giải quyết: {made.due_on:%d/%m/%Y}.")
            return redirect("reviews:request", made.pk)
    return render(request, "reviews/ask.html", {
        "form": form, "household": who, "class": pages.CLASSES.get(who.standing, "chưa xếp loại"),
    }, status=422 if request.method == "POST" else 200)  # fmt: skip


@require_safe
@at_desk(*rights.HOUSEHOLDS)
def request(request: DeskRequest, pk: int) -> HttpResponse:
    """One request, with the form that checks it."""
    row = my_request(request, pk)
    journal.leave_trace(row.household, by=request.seat)
    return _page(request, row, _grant_form(row, None), forms.RefuseForm())


def _grant_form(row: Application, data: Any) -> GrantForm:
    on = today()
    area = regular.area_of_home(row.household, "", on)
    sheet = point_tables.for_area(area, on=on)
    return GrantForm(data, initial={"persons": row.household.persons}, on=on, area_known=bool(area), sheet=sheet)


def _page(request: DeskRequest, row: Application, form: GrantForm, refusal: forms.RefuseForm) -> HttpResponse:
    waits = row.state == Application.State.WAITING and request.seat.kind is Desk.COMMUNE
    late = row.state == Application.State.WAITING and row.due_on < today()
    return render(request, "reviews/request.html", {
        "row": row,
        "household": row.household,
        "tone": TONES.get(row.state, "wait"),
        "late": late,
        "before": pages.CLASSES.get(row.before, "chưa xếp loại"),
        "standing": pages.CLASSES.get(row.standing, ""),
        "move": pages.MOVED.get(row.move, ""),
        "why": pages.why(row.because),
        "form": form,
        "refusal": refusal,
        "may": waits,
        "prints": request.seat.kind is Desk.COMMUNE,
        "round": _open_round(request, row) if waits else None,
        "beside": [one.told() for one in beside.of_request(row, beside.open_sheets(row.household_id))],
        "not_loaded": pages.POINTS_NOT_LOADED if waits and form.sheet is None else "",
    }, status=422 if form.is_bound or refusal.is_bound else 200)  # fmt: skip


def _open_round(request: DeskRequest, row: Application) -> CommuneReview | None:
    """The commune's review that the request may still be put into."""
    found = CommuneReview.objects.visible_to(request.seat, today()).filter(place=row.household.place_id)
    for review in found.filter(round__locked_on__isnull=True).select_related("round").order_by("-round__year"):
        if {step.name for step in open_steps(request.seat.kind, review.now)} & {"list", "score"}:
            return review
    return None


@at_desk(Desk.COMMUNE)
@require_POST
def grant(request: DeskRequest, pk: int) -> HttpResponse:
    """Grant the request on what the check found."""
    row = my_request(request, pk)
    form = _grant_form(row, request.POST)
    if form.is_valid():
        with form.blamed():
            regular.grant(
                row, form.found(), decision=form.cleaned_data["decision"], by=request.seat, on=today(),
                version=version_of(request),
            )  # fmt: skip
            messages.success(request, f"Đã công nhận: {pages.CLASSES[row.standing]}.")
            return redirect("reviews:request", row.pk)
    return _page(request, row, form, forms.RefuseForm())


@at_desk(Desk.COMMUNE)
@require_POST
def refuse(request: DeskRequest, pk: int) -> HttpResponse:
    """Refuse it, with the reason."""
    row = my_request(request, pk)
    form = forms.RefuseForm(request.POST)
    if form.is_valid():
        with form.blamed():
            regular.refuse(
                row, why=form.cleaned_data["answer"], by=request.seat, on=today(), version=version_of(request)
            )
            messages.success(request, "Đã ghi không công nhận, kèm lý do.")
            return redirect("reviews:request", row.pk)
    return _page(request, row, _grant_form(row, None), form)


@at_desk(Desk.COMMUNE)
@require_POST
def carry(request: DeskRequest, pk: int) -> HttpResponse:
    """Let the yearly round answer the request."""
    row = my_request(request, pk)
    review = _open_round(request, row)
    if review is None:
        raise Refused.because("Xã không có đợt rà soát nào đang lập danh sách hoặc chấm điểm.")
    made = listing.carry_request(review, row, by=request.seat, on=today())
    messages.success(request, f"Đã đưa hộ vào “{review.round.title}”.")
    return redirect("reviews:assessment", made.pk)
