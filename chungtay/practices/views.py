"""Good models: the searchable list, one, recording, checking and publishing, a sheet for the hamlet's meeting."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.documents.serving import attachment
from chungtay.documents.storing import keep_upload
from chungtay.parties import finding
from chungtay.parties.models import Party
from chungtay.parties.views import with_places
from chungtay.practices import actions, forms, rights
from chungtay.practices.models import Adoption, Practice, PracticeQuerySet
from chungtay.practices.showing import LOOKS, acts_of, copiers, numbers, reason_form
from chungtay.records import keyset
from chungtay.records.clock import today
from chungtay.records.requests import neighbours, version_of
from chungtay.sheets.exporting import Head
from chungtay.targets.export_views import workbook

OFFERED = 20
COPIES = Count("adoptions", filter=Q(adoptions__ended_on__isnull=True, adoptions__accepted=True))
PRACTICES = (
    Head("Mô hình", 40), Head("Của ai", 36), Head("Làm ở đâu", 30), Head("Làm từ ngày"), Head("Kết quả", 60),
    Head("Số hộ tham gia"), Head("Số hộ thoát nghèo"), Head("Vốn ban đầu (đồng)"), Head("Thu nhập tăng thêm (đồng)"),
    Head("Số nơi áp dụng"), Head("Trạng thái", 24),
)  # fmt: skip
EXAMPLES = {
    "title": "Nuôi sò huyết dưới tán rừng", "site": "Ấp Kim Quy, xã Vân Khánh", "since": "01/03/2018",
    "result": "12 hộ tham gia, 9 hộ thoát nghèo sau hai năm, mỗi hộ thêm 25 triệu đồng một năm.",
    "cost": "15 triệu", "income": "25 triệu",
}  # fmt: skip


def _narrowed(request: DeskRequest) -> tuple[PracticeQuerySet, dict[str, str]]:
    on, seat = today(), request.seat
    told = {name: request.GET.get(name, "").strip()[:200] for name in ("q", "loai")}
    rows = Practice.objects.visible_to(seat, on).exclude(state=Practice.State.WITHDRAWN)
    if told["loai"] == "cua-toi":
        rows = Practice.objects.own_of(seat, on)
    elif told["loai"] in Practice.State.values:
        rows = Practice.objects.visible_to(seat, on).filter(state=told["loai"])
    if told["q"]:
        rows = rows.spoken_of(told["q"])
    return rows.select_related("party"), told


@require_safe
@at_desk(*sorted(rights.READERS))
def listing(request: DeskRequest) -> HttpResponse:
    """The library: found by any word, the latest first."""
    rows, told = _narrowed(request)
    counted: Any = rows.annotate(copies=COPIES)
    page = keyset.page(counted, order=("-recorded_on", "-id"), mark=request.GET.get("trang", ""))
    shown = [
        {
            "title": row.title, "href": reverse("practices:detail", args=[row.pk]),
            "meta": f"{row.party.name} · {row.result}", "badge_tone": LOOKS[row.state][0],
            "badge_label": f"{row.copies} nơi làm theo" if row.copies else row.get_state_display(),
        }
        for row in page.rows
    ]  # fmt: skip
    return render(request, "practices/listing.html", {
        "rows": shown, "pages": neighbours(request, page), "asked": told, "filtered": any(told.values()),
        "kinds": [("cua-toi", "Của địa bàn, đơn vị tôi"), *Practice.State.choices],
        "writes": request.seat.kind in rights.WRITERS, "query": request.GET.urlencode(),
    })  # fmt: skip


@require_safe
@at_desk(*sorted(rights.READERS))
def export(request: DeskRequest) -> HttpResponse:
    """The same list as a workbook."""
    rows: Any = _narrowed(request)[0].annotate(copies=COPIES).order_by("-recorded_on", "-id")
    cells = (
        [row.title, row.party.name, row.site, row.since, row.result, row.households, row.escaped, row.cost,
         row.income, row.copies, row.get_state_display()]
        for row in rows.iterator(chunk_size=2000)
    )  # fmt: skip
    return workbook("mo hinh cach lam hay", PRACTICES, cells)


# --- recording ---


@require_safe
@at_desk(*sorted(rights.WRITERS))
def choose(request: DeskRequest) -> HttpResponse:
    """Whose model it is: the desk's own body first, or anybody of its area."""
    text = request.GET.get("q", "").strip()
    found = finding.page(request.seat, today(), text, size=OFFERED).rows if text else [request.seat.desk.body]
    return render(request, "practices/choose.html", {"text": text, "rows": with_places(found), "offered": OFFERED})


@at_desk(*sorted(rights.WRITERS))
def record(request: DeskRequest, party: int) -> HttpResponse:
    """Ghi mô hình."""
    among = Party.objects.visible_to(request.seat, today()).select_related("place")
    who = get_object_or_404(among, pk=party)
    form = forms.StoryForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            made = actions.record(who, form.story(), by=request.seat, on=today(), proof=proof_of(form))
            messages.success(request, "Đã ghi mô hình; cấp trên được báo để kiểm tra.")
            return redirect("practices:detail", made.pk)
    return _form(request, form, "Ghi mô hình, cách làm hay", who, reverse("practices:choose"))


@at_desk(*sorted(rights.WRITERS))
def change(request: DeskRequest, pk: int) -> HttpResponse:
    """Sửa mô hình chưa được kiểm tra."""
    row = mine(request, pk)
    if not rights.may_keep(row, request.seat) or row.state not in Practice.OPEN:
        raise Http404
    form = forms.StoryForm(request.POST or None, request.FILES or None, initial=forms.StoryForm.first_of(row))
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            told: dict[str, Any] = {"version": version_of(request), "proof": proof_of(form)}
            actions.change(row, form.story(), by=request.seat, on=today(), **told)
            messages.success(request, "Đã sửa; mô hình chờ cấp trên kiểm tra.")
            return redirect("practices:detail", row.pk)
    return _form(request, form, "Sửa mô hình", row.party, reverse("practices:detail", args=[row.pk]), row)


def _form(
    request: DeskRequest, form: forms.StoryForm, title: str, party: Party, back: str, row: Practice | None = None
) -> HttpResponse:
    return render(request, "practices/form.html", {
        "form": form, "title": title, "party": party, "back": back, "row": row,
        "blocks": [
            {"field": field, "example": EXAMPLES.get(field.name, ""),
             "unit": {"households": "hộ", "escaped": "hộ", "cost": "đồng", "income": "đồng"}.get(field.name, "")}
            for field in form
        ],
    }, status=422 if form.is_bound else 200)  # fmt: skip


def proof_of(form: forms.StoryForm | forms.AdoptForm) -> actions.Proof | None:
    """The file that came with a form, kept. Raises Refused with what is wrong with it."""
    upload = form.cleaned_data.get("file")
    return (keep_upload(upload), upload.name or "tài liệu") if upload else None


# --- one model ---


def mine(request: DeskRequest, pk: int) -> Practice:
    """The model, if this desk may see it; otherwise 404."""
    rows = Practice.objects.visible_to(request.seat, today()).select_related("party", "recorded_by", "checked_by")
    return get_object_or_404(rows, pk=pk)


@require_safe
@at_desk(*sorted(rights.READERS))
def detail(request: DeskRequest, pk: int) -> HttpResponse:
    """One model: how it is done, what came of it, who copied it."""
    return page_of(request, mine(request, pk))


def page_of(request: DeskRequest, row: Practice, *bound: Any) -> HttpResponse:
    """`bound`: the form that was sent and not taken."""
    on, seat, sent = today(), request.seat, bound[0] if bound else None
    keeps, checks = rights.may_keep(row, seat), rights.may_check(row, seat, on)
    sound = row.state in Practice.SOUND
    adopts = sound and seat.kind in rights.WRITERS
    own, others = copiers(request, row, keeps) if adopts else ([], [])
    form = sent if isinstance(sent, forms.AdoptForm) else forms.AdoptForm(own=own, others=others)
    return render(request, "practices/detail.html", {
        "row": row, "tone": LOOKS[row.state][0], "icon_name": LOOKS[row.state][1], "numbers": numbers(row),
        "adoptions": acts_of(request, row, on, sent), "keeps": keeps, "form": form,
        "note": sent if isinstance(sent, forms.NoteForm) else forms.NoteForm(),
        "faulty": sent or forms.ReasonForm(),
        "why": reason_form(request, sent, reverse("practices:withdraw", args=[row.pk]), "withdraw"),
        "may_change": keeps and row.state in Practice.OPEN, "may_withdraw": keeps and row.state != "withdrawn",
        "may_check": checks and row.state == "recorded", "may_publish": checks and row.state == "checked",
        "may_hide": checks and row.state == "published", "adopts": adopts and bool(own or others), "sound": sound,
    }, status=422 if bound else 200)  # fmt: skip


@require_safe
@at_desk(*sorted(rights.READERS))
def sheet(request: DeskRequest, pk: int) -> HttpResponse:
    """The model on paper, for the hamlet's meeting."""
    row = mine(request, pk)
    return render(request, "practices/sheet.html", {"row": row, "numbers": numbers(row)})


@require_safe
@at_desk(*sorted(rights.READERS))
def file(request: DeskRequest, pk: int) -> HttpResponseBase:
    """The picture or paper of a model."""
    row = mine(request, pk)
    if row.file is None:
        raise Http404
    return attachment(row.file, row.file_name)


@require_safe
@at_desk(*sorted(rights.READERS))
def adoption_file(request: DeskRequest, pk: int) -> HttpResponseBase:
    """The picture or paper of a copy."""
    row = get_object_or_404(Adoption.objects.visible_to(request.seat, today()).select_related("file"), pk=pk)
    if row.file is None:
        raise Http404
    return attachment(row.file, row.file_name)


@at_desk(*sorted(rights.CHECKERS))
@require_POST
def check(request: DeskRequest, pk: int) -> HttpResponse:
    """Kiểm tra: well, or sent back with what is missing."""
    row, form = mine(request, pk), forms.NoteForm(request.POST)
    if form.is_valid():
        with form.blamed():
            told: dict[str, Any] = {"version": version_of(request), "note": form.cleaned_data["note"]}
            sends_back = request.POST.get("tra-lai") == "1"
            (actions.send_back if sends_back else actions.check)(row, by=request.seat, on=today(), **told)
            messages.success(request, "Đã trả lại để bổ sung." if sends_back else "Đã ghi: kiểm tra đạt.")
            return redirect("practices:detail", row.pk)
    return page_of(request, row, form)


@at_desk(*sorted(rights.CHECKERS))
@require_POST
def publish(request: DeskRequest, pk: int) -> HttpResponse:
    """Phổ biến, or no longer."""
    row = mine(request, pk)
    act = actions.hide if row.state == Practice.State.PUBLISHED else actions.publish
    act(row, by=request.seat, on=today(), version=version_of(request))
    messages.success(request, "Đã phổ biến." if row.state == Practice.State.PUBLISHED else "Đã thôi phổ biến.")
    return redirect("practices:detail", row.pk)


@at_desk(*sorted(rights.WRITERS))
@require_POST
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    """Rút mô hình, with the reason."""
    row, form = mine(request, pk), forms.ReasonForm(request.POST)
    if form.is_valid():
        with form.blamed():
            reason = form.cleaned_data["reason"]
            actions.withdraw(row, by=request.seat, on=today(), version=version_of(request), reason=reason)
            messages.success(request, "Đã rút mô hình; vẫn được giữ trong sổ.")
            return redirect("practices:list")
    return page_of(request, row, form)
