"""What the pages of this room have in common: the row in sight, its history, its file, forms drawn field by field."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from chungtay.accounts.models import Seat
from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.conduct import rights
from chungtay.conduct.forms import ReasonForm
from chungtay.conduct.lines import Line, Proof
from chungtay.conduct.models import Commitment, Handing, Loan, LoanEvent, Programme, Result
from chungtay.documents.serving import attachment
from chungtay.documents.storing import keep_upload
from chungtay.records.clock import today
from chungtay.records.forms import BlamedForm
from chungtay.records.journal import noun_of
from chungtay.records.models import Entry

Kept = TypeVar("Kept", bound=Line)
LONGEST_CHAIN = 20
YEAR = re.compile(r"(19|20)\d\d")
"""So many corrections of one line are followed back; nobody has made as many."""
SENTENCES = {
    "assign_duty": "Giao việc", "correct_duty": "Sửa việc đã giao", "take_back_duty": "Thôi giao việc",
    "hand_in": "Ghi đã nộp", "confirm_handing": "Xác nhận đã nhận", "send_back_handing": "Trả lại",
    "enter_loan": "Ghi khoản vay", "correct_loan": "Sửa khoản vay", "take_out_loan": "Bỏ khoản vay ghi nhầm",
    "follow_loan": "Ghi diễn biến khoản vay", "take_out_loan_event": "Bỏ diễn biến ghi nhầm",
    "enter_programme": "Ghi vào sổ", "correct_programme": "Sửa", "take_out_programme": "Bỏ dòng ghi nhầm",
    "promise_help": "Ghi cam kết", "correct_commitment": "Sửa cam kết", "take_out_commitment": "Bỏ cam kết ghi nhầm",
    "tell_result": "Báo kết quả", "answer_result": "Xã trả lời kết quả", "take_out_result": "Bỏ kết quả báo nhầm",
}  # fmt: skip
SECTIONS = (
    ("Việc đến hạn", "conduct:duties", rights.READERS),
    ("Theo đơn vị", "conduct:board", rights.READERS),
    ("Vốn vay của hộ", "conduct:loans", rights.LOAN_READERS),
    ("Chương trình, nghị quyết", "conduct:programmes", rights.READERS),
    ("Cam kết giúp địa bàn nghèo", "conduct:commitments", rights.READERS),
)
WITH_FILES: dict[str, tuple[type[Line], str]] = {
    "lan-nop": (Handing, "duty"), "khoan-vay": (Loan, ""), "dien-bien": (LoanEvent, "loan"),
    "van-ban": (Programme, ""), "cam-ket": (Commitment, ""), "ket-qua": (Result, "commitment"),
}  # fmt: skip


def sections(seat: Seat, here: str) -> list[dict[str, Any]]:
    """The registers of this room as tabs; `here` is the name of the address that is open."""
    return [
        {"label": label, "href": reverse(name), "active": name == here}
        for label, name, desks in SECTIONS
        if seat.kind in desks and (desks is not rights.LOAN_READERS or rights.reads_loans(seat))
    ]


def mine(model: type[Kept], request: DeskRequest, pk: int, *beside: str) -> Kept:
    """The row, if this desk may see it; otherwise 404. `beside`: rows that are read with it."""
    manager: Any = model._default_manager
    found: Kept = get_object_or_404(manager.visible_to(request.seat, today()).select_related(*beside), pk=pk)
    return found


def hung_on(model: type[Kept], parent: str, request: DeskRequest, pk: int) -> Kept:
    """A row of another one (`parent`) that this desk may see; otherwise 404."""
    manager: Any = model._default_manager
    row: Kept = get_object_or_404(manager.all(), pk=pk)
    setattr(row, parent, mine(_parent(model, parent), request, getattr(row, f"{parent}_id"), "party"))
    return row


def _parent(model: type[Line], parent: str) -> type[Line]:
    found: type[Line] = model._meta.get_field(parent).related_model  # type: ignore[assignment]
    return found


def proof_of(form: Form) -> Proof | None:
    """The file that came with a form, kept. Raises Refused with what is wrong with it."""
    upload = form.cleaned_data.get("file")
    return Proof(keep_upload(upload), upload.name or "minh chứng") if upload else None


def history(row: Line) -> list[dict[str, str]]:
    """What was done to a line and to those that it took the place of, oldest first, for `components/timeline.html`."""
    keys: list[str] = []
    label = noun_of(row)[0]
    standing: Any = row
    while standing is not None and len(keys) < LONGEST_CHAIN:
        keys.append(str(standing.pk))
        standing = standing.corrects
    return [
        {
            "who": act.actor, "desk": "" if act.actor_key == "system" else act.desk, "when": f"{act.on:%d/%m/%Y}",
            "sentence": SENTENCES[act.act],
        }
        for act in Entry.objects.filter(noun=label, noun_key__in=keys).order_by("seq")
    ]  # fmt: skip


def asked(request: DeskRequest, *names: str) -> dict[str, str]:
    """The filters of a list as typed."""
    return {name.replace("-", "_"): request.GET.get(name, "").strip()[:200] for name in names}


def years(request: DeskRequest) -> list[tuple[str, str]]:
    """The years that a list may be narrowed to, the latest first."""
    return [(str(year), f"Năm {year}") for year in range(today().year + 1, 2015, -1)]


def year(text: str) -> int:
    """A year as typed, from 1900 to 2099; 0 for anything else."""
    return int(text) if YEAR.fullmatch(text) else 0


def number(text: str) -> int:
    """A row's number as typed; 0, which no row has, for anything else."""
    return int(text) if text.isdecimal() and len(text) < 18 else 0


def filled(
    request: DeskRequest, form: BlamedForm, act: Callable[[], str], *, title: str, lead: str, crumbs: Iterable[Any],
    label: str, back: str, units: Sequence[str] = (), examples: dict[str, str] | None = None, **more: Any,
) -> HttpResponse:  # fmt: skip
    """One form on a page of its own: drawn; or, when sent, `act` does it and gives the address to go on to.

    `units`: the fields of money. Refusals stand at the fields, with everything that was typed.
    """
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            return redirect(act())
    told = examples or {}
    blocks = [
        {"field": field, "unit": "đồng" if field.name in units else "", "example": told.get(field.name, "")}
        for field in form
    ]
    context = {
        "form": form, "blocks": blocks, "title": title, "lead": lead, "above": list(crumbs), "label": label,
        "back": back, "sends_file": form.is_multipart(), "banks": [], **more,
    }  # fmt: skip
    return render(request, "conduct/form.html", context, status=422 if form.is_bound else 200)


@dataclass(frozen=True)
class Drop:
    """A dialog that asks for a reason before a line is laid down (`conduct/_drop.html`)."""

    name: str
    title: str
    text: str
    action: str
    label: str
    form: ReasonForm


def drop(
    request: DeskRequest, sent: Form | None, name: str, title: str, text: str, address: str, pk: int, label: str
) -> Drop:  # fmt: skip
    """The dialog; where its own reason was sent and not taken (`sent`), with what was typed and what is wrong."""
    action = reverse(address, args=[pk])
    form = sent if isinstance(sent, ReasonForm) and request.path == action else ReasonForm()
    form.auto_id = f"{name}_%s"
    return Drop(name, title, text, action, label, form)


def dropped(
    request: DeskRequest, act: Callable[[str], None], said: str, to: str, again: Callable[[ReasonForm], HttpResponse]
) -> HttpResponse:
    """A line is taken out, or sent back, for a reason; without one the page is drawn again by `again`."""
    form = ReasonForm(request.POST)
    if form.is_valid():
        with form.blamed():
            act(form.cleaned_data["reason"])
            messages.success(request, said)
            return redirect(to)
    return again(form)


@require_safe
@at_desk(*sorted(rights.READERS))
def file(request: DeskRequest, what: str, pk: int) -> HttpResponseBase:
    """The file of a line, for those who see the line."""
    if what not in WITH_FILES:
        raise Http404
    model, parent = WITH_FILES[what]
    row = hung_on(model, parent, request, pk) if parent else mine(model, request, pk)
    loan = row if isinstance(row, Loan) else getattr(row, "loan", None)
    if row.file is None or (loan is not None and not rights.reads_loans(request.seat)):
        raise Http404
    return attachment(row.file, row.file_name)
