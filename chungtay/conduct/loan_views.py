"""Loans: the list, one with what became of it, whom it is for, entering, correcting, following."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import F, Q, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.conduct import forms, lending, pages, rights
from chungtay.conduct.models import Loan, LoanEvent, LoanQuerySet
from chungtay.law.money import dong
from chungtay.parties import finding
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.parties.search import matching
from chungtay.parties.views import with_places
from chungtay.records import journal, keyset
from chungtay.records.clock import today
from chungtay.records.requests import neighbours
from chungtay.sheets.exporting import Head
from chungtay.targets.export_views import workbook

OFFERED = 20
KEPT, DROP = "Chỉ bỏ khi ghi nhầm. Dòng vẫn được giữ, kèm lý do.", "Bỏ dòng này"
REPAID = Sum("events__amount", filter=Q(events__ended_on__isnull=True))
STATES = {"dang-vay": "Còn nợ, chưa đến hạn", "qua-han": "Quá hạn, chưa trả hết", "xong": "Đã trả hết"}
LOANS = (
    Head("Hộ vay", 34), Head("Nơi cho vay", 34), Head("Số khế ước"), Head("Mục đích", 30), Head("Số tiền vay (đồng)"),
    Head("Ngày vay"), Head("Hạn trả hết"), Head("Đã trả gốc (đồng)"), Head("Còn nợ (đồng)"), Head("Tình trạng", 26),
)  # fmt: skip
EXAMPLES = {
    "bank_name": "Ngân hàng Chính sách xã hội huyện Hòn Đất", "purpose": "Nuôi hai con bò sinh sản",
    "amount": "30 triệu", "lent_on": "05/02/2018", "reason": "Ngân hàng gia hạn thêm 12 tháng.",
}  # fmt: skip


def standing(loan: Any, on: Any) -> tuple[str, str]:
    """(word, tone) of a loan with its repayments as `repaid`."""
    if (loan.repaid or 0) >= loan.amount:
        return "Đã trả hết", "ok"
    return ("Quá hạn, chưa trả hết", "no") if loan.due_on < on else ("Còn nợ, chưa đến hạn", "neutral")


def _narrowed(request: DeskRequest) -> tuple[LoanQuerySet, dict[str, str]]:
    if not rights.reads_loans(request.seat):
        raise Http404
    on, told = today(), pages.asked(request, "q", "tinh-trang")
    rows: Any = Loan.objects.visible_to(request.seat, on).in_force().select_related("party").annotate(repaid=REPAID)
    paid = Q(repaid__gte=F("amount"))
    if told["tinh_trang"] == "xong":
        rows = rows.filter(paid)
    elif told["tinh_trang"] in STATES:
        late = Q(due_on__lt=on)
        rows = rows.filter(late if told["tinh_trang"] == "qua-han" else ~late).filter(
            Q(repaid__isnull=True) | ~paid
        )  # fmt: skip
    if told["q"]:
        rows = matching(rows, told["q"], party="party__")
    return rows, told


@require_safe
@at_desk(*sorted(rights.LOAN_READERS))
def loans(request: DeskRequest) -> HttpResponse:
    """Loans of the area's households, the latest first."""
    on, (rows, told) = today(), _narrowed(request)
    page = keyset.page(rows, order=("-lent_on", "-id"), mark=request.GET.get("trang", ""))
    shown = []
    for loan in page.rows:
        word, tone = standing(loan, on)
        shown.append({
            "title": loan.party.name, "href": reverse("conduct:loan", args=[loan.pk]), "badge_tone": tone,
            "badge_label": word, "due_tone": "late" if tone == "no" else "",
            "meta": f"{dong(loan.amount)} đồng, {loan.lent_on:%d/%m/%Y} đến {loan.due_on:%d/%m/%Y} · {loan.purpose}",
        })  # fmt: skip
    return render(request, "conduct/loans.html", {
        "rows": shown, "pages": neighbours(request, page), "asked": told, "filtered": any(told.values()),
        "sections": pages.sections(request.seat, "conduct:loans"), "states": list(STATES.items()),
        "writes": request.seat.kind in rights.LOAN_WRITERS, "query": request.GET.urlencode(),
    })  # fmt: skip


@require_safe
@at_desk(*sorted(rights.LOAN_READERS))
def export_loans(request: DeskRequest) -> HttpResponse:
    """The same list as a workbook."""
    on, (rows, _) = today(), _narrowed(request)
    journal.leave_trace(request.seat.desk.body, by=request.seat)
    found: Any = rows.order_by("-lent_on", "-id").iterator(chunk_size=2000)
    return workbook("von vay cua ho", LOANS, (_cells(loan, on) for loan in found))


def _cells(loan: Any, on: Any) -> list[Any]:
    repaid = loan.repaid or 0
    return [
        loan.party.name, loan.bank_name, loan.contract, loan.purpose, loan.amount, loan.lent_on, loan.due_on, repaid,
        loan.amount - repaid, standing(loan, on)[0],
    ]  # fmt: skip


@require_safe
@at_desk(*sorted(rights.LOAN_WRITERS))
def choose(request: DeskRequest) -> HttpResponse:
    """Whose loan: a search among the households of the area."""
    text = request.GET.get("q", "").strip()
    households = Q(kind=PartyKind.HOUSEHOLD)
    found = finding.page(request.seat, today(), text, where=households, size=OFFERED).rows
    return render(request, "conduct/choose.html", {"text": text, "rows": with_places(found), "offered": OFFERED})


def _banks(request: DeskRequest) -> list[Party]:
    """The banks of the register: bodies, which every desk knows."""
    return list(Party.objects.filter(kind=PartyKind.BANK).order_by("name_folded", "id")[:50])


@at_desk(*sorted(rights.LOAN_WRITERS))
def enter_loan(request: DeskRequest, party: int) -> HttpResponse:
    """Ghi một khoản vay của hộ."""
    among = Party.objects.visible_to(request.seat, today()).filter(kind=PartyKind.HOUSEHOLD)
    who, banks = get_object_or_404(among.select_related("place"), pk=party), _banks(request)
    form = forms.LoanForm(request.POST or None, request.FILES or None, banks=banks)

    def act() -> str:
        made = lending.enter(who, form.terms(), by=request.seat, on=today(), proof=pages.proof_of(form))
        messages.success(request, f"Đã ghi khoản vay của “{who.name}”.")
        return reverse("conduct:loan", args=[made.pk])

    return pages.filled(
        request, form, act, title="Ghi khoản vay", lead=f"Hộ {who.name}", label="Ghi vào sổ",
        back=reverse("conduct:choose_household"), units=("amount",), examples=EXAMPLES, banks=banks,
        crumbs=[(reverse("conduct:loans"), "Vốn vay của hộ"), (reverse("conduct:choose_household"), "Chọn hộ")],
    )  # fmt: skip


# --- one loan ---


def _loan(request: DeskRequest, pk: int) -> Loan:
    if not rights.reads_loans(request.seat):
        raise Http404
    return pages.mine(Loan, request, pk, "party", "bank", "corrects", "entered_by")


@require_safe
@at_desk(*sorted(rights.LOAN_READERS))
def loan(request: DeskRequest, pk: int) -> HttpResponse:
    """One loan and what became of it. Reading it leaves a trace with the household."""
    row = _loan(request, pk)
    if request.method == "GET":
        journal.leave_trace(row.party, by=request.seat)
    return _page(request, row)


def _page(request: DeskRequest, row: Loan, *bound: Any) -> HttpResponse:
    on, seat = today(), request.seat
    events = list(row.events.select_related("entered_by", "file").order_by("day", "id"))
    repaid = sum(one.amount or 0 for one in events if one.ended_on is None)
    checks = [one for one in events if one.ended_on is None and one.kind in ("used", "misused")]
    row.repaid = repaid  # type: ignore[attr-defined]
    word, tone = standing(row, on)
    stands = row.ended_on is None
    keeps = stands and rights.may_keep_loan(row.party, seat, on)
    follows = stands and rights.may_follow_loan(row.party, row.bank_id, seat, on)
    sent = bound[0] if bound else None
    asks = partial(pages.drop, request, sent)
    drops = [asks("take-out", "Bỏ khoản vay này?", KEPT, "conduct:take_out_loan", row.pk, DROP)] if keeps else []
    for one in events if follows else []:
        if one.ended_on is None:
            text = f"{one}. {KEPT}"
            drops.append(asks(f"drop-{one.pk}", "Bỏ diễn biến này?", text, "conduct:unfollow", one.pk, DROP))
    return render(request, "conduct/loan.html", {
        "row": row, "events": events, "repaid": repaid, "left": row.amount - repaid, "word": word, "tone": tone,
        "check": checks[-1] if checks else None, "acts": pages.history(row),
        "keeps": keeps, "follows": follows, "drops": drops,
        "later": None if stands else Loan.objects.filter(corrects=row).first(),
        "form": sent if isinstance(sent, forms.HappeningForm) else forms.HappeningForm(initial={"day": on}),
        "faulty": sent or forms.ReasonForm(),
    }, status=422 if bound else 200)  # fmt: skip


@at_desk(*sorted(rights.LOAN_READERS))
@require_POST
def follow(request: DeskRequest, pk: int) -> HttpResponse:
    """Ghi diễn biến."""
    row, form = _loan(request, pk), forms.HappeningForm(request.POST, request.FILES)
    if form.is_valid():
        with form.blamed():
            lending.follow(row, form.told(), by=request.seat, on=today(), proof=pages.proof_of(form))
            messages.success(request, "Đã ghi diễn biến của khoản vay.")
            return redirect("conduct:loan", row.pk)
    return _page(request, row, form)


@at_desk(*sorted(rights.LOAN_READERS))
@require_POST
def unfollow(request: DeskRequest, pk: int) -> HttpResponse:
    """Bỏ một diễn biến ghi nhầm."""
    event = pages.hung_on(LoanEvent, "loan", request, pk)
    event.loan = _loan(request, event.loan_id)

    def act(reason: str) -> None:
        lending.unfollow(event, reason=reason, by=request.seat, on=today())

    to = reverse("conduct:loan", args=[event.loan_id])
    return pages.dropped(
        request, act, "Đã bỏ dòng ghi nhầm; dòng cũ vẫn được giữ.", to, lambda form: _page(request, event.loan, form)
    )  # fmt: skip


@at_desk(*sorted(rights.LOAN_WRITERS))
def correct_loan(request: DeskRequest, pk: int) -> HttpResponse:
    """Sửa khoản vay, gia hạn nợ."""
    row, banks = _loan(request, pk), _banks(request)
    if row.ended_on is not None:
        raise Http404
    form = forms.CorrectLoanForm(request.POST or None, request.FILES or None, banks=banks, loan=row)

    def act() -> str:
        reason, proof = form.cleaned_data["reason"], pages.proof_of(form)
        made = lending.correct(row, form.terms(), reason=reason, by=request.seat, on=today(), proof=proof)
        messages.success(request, "Đã sửa; dòng cũ vẫn được giữ.")
        return reverse("conduct:loan", args=[made.pk])

    back = reverse("conduct:loan", args=[row.pk])
    return pages.filled(
        request, form, act, title="Sửa khoản vay", lead=f"Hộ {row.party.name}", label="Ghi dòng mới", back=back,
        crumbs=[(reverse("conduct:loans"), "Vốn vay của hộ"), (back, row.party.name)], units=("amount",),
        examples=EXAMPLES, banks=banks,
    )  # fmt: skip


@at_desk(*sorted(rights.LOAN_WRITERS))
@require_POST
def take_out_loan(request: DeskRequest, pk: int) -> HttpResponse:
    """Bỏ khoản vay ghi nhầm."""
    row = _loan(request, pk)

    def act(reason: str) -> None:
        lending.take_out(row, reason=reason, by=request.seat, on=today())

    said, to = "Đã bỏ khoản vay ghi nhầm; dòng cũ vẫn được giữ.", reverse("conduct:loans")
    return pages.dropped(request, act, said, to, lambda form: _page(request, row, form))
