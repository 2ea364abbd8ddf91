"""Programmes of communes and districts: the list, one, entering, correcting."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.conduct import forms, pages, promising, rights
from chungtay.conduct.models import Programme, ProgrammeQuerySet
from chungtay.law.money import dong
from chungtay.parties.models import Party
from chungtay.parties.search import matching
from chungtay.records import keyset
from chungtay.records.clock import today
from chungtay.records.requests import neighbours
from chungtay.sheets.exporting import Head
from chungtay.targets.export_views import workbook

PROGRAMMES = (
    Head("Xã, huyện", 40), Head("Loại", 16), Head("Số, ký hiệu", 20), Head("Trích yếu", 60), Head("Ngày ban hành"),
    Head("Thực hiện đến"), Head("Vốn ưu tiên (đồng)"),
)  # fmt: skip
FEW_ISSUERS = 300
EXAMPLES = {
    "number": "12/NQ-HĐND", "title": "Về giảm nghèo bền vững trên địa bàn xã giai đoạn 2016-2020",
    "budget": "500 triệu", "reason": "Ghi nhầm số văn bản.",
}  # fmt: skip


def _programmes(request: DeskRequest) -> tuple[ProgrammeQuerySet, dict[str, str]]:
    told = pages.asked(request, "q", "loai", "nam")
    rows = Programme.objects.visible_to(request.seat, today()).in_force().select_related("party")
    if told["loai"] in Programme.Kind.values:
        rows = rows.filter(kind=told["loai"])
    if year := pages.year(told["nam"]):
        rows = rows.filter(issued_on__year=year)
    if told["q"]:
        rows = matching(rows, told["q"], party="party__")
    return rows, told


@require_safe
@at_desk(*sorted(rights.READERS))
def programmes(request: DeskRequest) -> HttpResponse:
    """What communes and districts issued, the latest first."""
    rows, told = _programmes(request)
    page = keyset.page(rows, order=("-issued_on", "-id"), mark=request.GET.get("trang", ""))
    shown = [
        {
            "title": f"{row} · {row.party.name}", "href": reverse("conduct:programme", args=[row.pk]),
            "meta": f"{row.issued_on:%d/%m/%Y} · {row.title}",
            "badge_tone": "info", "badge_label": f"{dong(row.budget)} đồng" if row.budget else "",
        }
        for row in page.rows
    ]  # fmt: skip
    return render(request, "conduct/programmes.html", {
        "rows": shown, "pages": neighbours(request, page), "asked": told, "filtered": any(told.values()),
        "sections": pages.sections(request.seat, "conduct:programmes"), "kinds": Programme.Kind.choices,
        "years": pages.years(request), "writes": request.seat.kind in rights.PROGRAMME_WRITERS,
        "query": request.GET.urlencode(),
    })  # fmt: skip


@require_safe
@at_desk(*sorted(rights.READERS))
def export_programmes(request: DeskRequest) -> HttpResponse:
    """The same list as a workbook."""
    rows, _ = _programmes(request)
    found = rows.order_by("-issued_on", "-id").iterator(chunk_size=2000)
    cells = (
        [row.party.name, row.get_kind_display(), row.number, row.title, row.issued_on, row.expires_on, row.budget]
        for row in found
    )  # fmt: skip
    return workbook("chuong trinh nghi quyet giam ngheo", PROGRAMMES, cells)


@at_desk(*sorted(rights.PROGRAMME_WRITERS))
def issue(request: DeskRequest) -> HttpResponse:
    """Ghi chương trình, nghị quyết."""
    issuers = Party.objects.visible_to(request.seat, today()).filter(kind__in=rights.ISSUERS)
    among = list(issuers.order_by("area_path", "name_folded", "id")[:FEW_ISSUERS])
    form = forms.ProgrammeForm(request.POST or None, request.FILES or None, issuers=among)

    def act() -> str:
        made = promising.issue(
            form.issuer(), form.issued(), by=request.seat, on=today(), proof=pages.proof_of(form)
        )  # fmt: skip
        messages.success(request, "Đã ghi vào sổ.")
        return reverse("conduct:programme", args=[made.pk])

    back = reverse("conduct:programmes")
    return pages.filled(
        request, form, act, title="Ghi chương trình, nghị quyết", label="Ghi vào sổ", back=back, units=("budget",),
        lead="Văn bản giảm nghèo mà xã, huyện đã ban hành, và vốn ngân sách ưu tiên cho xã, ấp nghèo.",
        crumbs=[(back, "Chương trình, nghị quyết")], examples=EXAMPLES,
    )  # fmt: skip


def _programme(request: DeskRequest, pk: int) -> Programme:
    return pages.mine(Programme, request, pk, "party", "corrects", "entered_by", "file")


@require_safe
@at_desk(*sorted(rights.READERS))
def programme(request: DeskRequest, pk: int) -> HttpResponse:
    """One programme."""
    return _programme_page(request, _programme(request, pk))


def _programme_page(request: DeskRequest, row: Programme, *bound: Any) -> HttpResponse:
    stands, sent = row.ended_on is None, bound[0] if bound else None
    keeps = stands and rights.may_keep_programme(row.party, request.seat, today())
    text = "Chỉ bỏ khi ghi nhầm. Dòng vẫn được giữ, kèm lý do."
    drops = [
        pages.drop(request, sent, "take-out", "Bỏ dòng này?", text, "conduct:take_out_programme", row.pk, "Bỏ dòng này")
    ]
    return render(request, "conduct/programme.html", {
        "row": row, "keeps": keeps, "drops": drops if keeps else [],
        "later": None if stands else Programme.objects.filter(corrects=row).first(), "acts": pages.history(row),
        "faulty": sent or forms.ReasonForm(),
    }, status=422 if bound else 200)  # fmt: skip


@at_desk(*sorted(rights.PROGRAMME_WRITERS))
def correct_programme(request: DeskRequest, pk: int) -> HttpResponse:
    """Sửa chương trình, nghị quyết."""
    row = _programme(request, pk)
    if row.ended_on is not None:
        raise Http404
    form = forms.CorrectProgrammeForm(request.POST or None, request.FILES or None, issuers=[], row=row)

    def act() -> str:
        reason, proof = form.cleaned_data["reason"], pages.proof_of(form)
        made = promising.correct_programme(
            row, form.issued(), reason=reason, by=request.seat, on=today(), proof=proof
        )  # fmt: skip
        messages.success(request, "Đã sửa; dòng cũ vẫn được giữ.")
        return reverse("conduct:programme", args=[made.pk])

    back = reverse("conduct:programme", args=[row.pk])
    return pages.filled(
        request, form, act, title="Sửa chương trình, nghị quyết", lead=row.party.name, label="Ghi dòng mới",
        back=back, crumbs=[(reverse("conduct:programmes"), "Chương trình, nghị quyết"), (back, str(row))],
        units=("budget",), examples=EXAMPLES,
    )  # fmt: skip


@at_desk(*sorted(rights.PROGRAMME_WRITERS))
@require_POST
def take_out_programme(request: DeskRequest, pk: int) -> HttpResponse:
    """Bỏ dòng ghi nhầm."""
    row = _programme(request, pk)

    def act(reason: str) -> None:
        promising.take_out_programme(row, reason=reason, by=request.seat, on=today())

    said, to = "Đã bỏ dòng ghi nhầm; dòng cũ vẫn được giữ.", reverse("conduct:programmes")
    return pages.dropped(request, act, said, to, lambda form: _programme_page(request, row, form))
