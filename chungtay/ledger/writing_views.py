"""Opening a fund, writing a transfer, taking one back, closing a fund."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chungtay.accounts.models import Seat
from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.law.funds import uses
from chungtay.ledger import actions, holding, rights
from chungtay.ledger.forms import CounterForm, MoveForm, OpenForm, PayInForm, PayOutForm, TransferForm
from chungtay.ledger.models import Fund, Transfer
from chungtay.ledger.views import fund_of, funds_of, transfer_of
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.places.models import Place
from chungtay.places.scope import Span
from chungtay.records.clock import today
from chungtay.records.requests import version_of

WRITERS = tuple(sorted(rights.WRITERS))
KEY = "_key"


def _owners(seat: Seat, on: date) -> list[Party]:
    """Whose funds the seat may keep: its own body, the Front and the People's Committees that sit in its area."""
    own = Party.objects.filter(pk=seat.body_id)
    inside = Party.objects.visible_to(seat, on).filter(
        kind__in=[
            PartyKind.FATHERLAND_FRONT, PartyKind.MASS_ORGANISATION, PartyKind.PEOPLE_COMMITTEE_COMMUNE,
            PartyKind.PEOPLE_COMMITTEE_DISTRICT, PartyKind.DEPARTMENT,
        ],
        place__level=seat.desk.place.level,
    )  # fmt: skip
    found = (own | inside).select_related("place").order_by("name_folded", "id")
    return list(found[:200])


@at_desk(*WRITERS)
def open_fund(request: DeskRequest) -> HttpResponse:
    """Mở quỹ."""
    on = today()
    form = OpenForm(
        request.POST or None, owners=_owners(request.seat, on), by=request.seat, on=on,
        initial={"owner": request.seat.body_id},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            made = actions.open_fund(**form.told(), by=request.seat, on=today())
            messages.success(request, f"Đã mở {made.name}.")
            return redirect("ledger:book", made.pk)
    return render(request, "ledger/open.html", {"form": form}, status=422 if form.errors else 200)


def _kept(request: DeskRequest, pk: int) -> Fund:
    """The running fund, if the seat keeps it."""
    fund = fund_of(request, pk)
    if not fund.is_running or not rights.keeps(request.seat, fund, today()):
        raise Http404
    return fund


def _written(
    request: DeskRequest, fund: Fund, form: TransferForm, write: Callable[[], Transfer], words: dict[str, str]
) -> HttpResponse:
    """Write what was typed and go back to the book; at a refusal, show it at the fields."""
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            made = write()
            messages.success(request, f"Đã ghi sổ {made.amount:,} đồng.".replace(",", "."))
            return redirect("ledger:book", fund.pk)
    context: dict[str, Any] = {"fund": fund, "form": form, "money": holding.money_of(fund), **words}
    return render(request, "ledger/write.html", context, status=422 if form.errors else 200)


@at_desk(*WRITERS)
def pay_in(request: DeskRequest, pk: int) -> HttpResponse:
    """Ghi một khoản thu."""
    fund, on = _kept(request, pk), today()
    form = PayInForm(request.POST or None, request.FILES or None, fund=fund, on=on, initial={"day": on})

    def write() -> Transfer:
        said = form.cleaned_data
        return actions.pay_in(fund, said["amount"], said["code"], form.told(request.POST[KEY]), by=request.seat, on=on)

    return _written(request, fund, form, write, {"heading": "Ghi khoản thu", "button": "Ghi thu", "gifts": "1"})


@at_desk(*WRITERS)
def pay_out(request: DeskRequest, pk: int) -> HttpResponse:
    """Ghi một khoản chi."""
    fund, on = _kept(request, pk), today()
    area = Span.under(fund.area_path)
    places = [one for one in Place.objects.communes(on) if area.covers(one.path_on(on))]
    form = PayOutForm(
        request.POST or None, request.FILES or None, purposes=uses(fund.fund_kind, on=on), places=places, fund=fund,
        on=on, key=request.POST.get(KEY, ""), initial={"day": on},
    )  # fmt: skip

    def write() -> Transfer:
        said = form.cleaned_data
        return actions.pay_out(fund, said["amount"], said["code"], form.told(request.POST[KEY]), by=request.seat, on=on)

    return _written(request, fund, form, write, {"heading": "Ghi khoản chi", "button": "Ghi chi", "spends": "1"})


@at_desk(*WRITERS)
def move(request: DeskRequest, pk: int) -> HttpResponse:
    """Chuyển tiền sang quỹ khác."""
    fund, on = _kept(request, pk), today()
    others = Fund.objects.may_take_from(fund).order_by("area_path", "kind", "id")
    form = MoveForm(
        request.POST or None, request.FILES or None, funds=others[:500], fund=fund, on=on,
        key=request.POST.get(KEY, ""), initial={"day": on},
    )  # fmt: skip

    def write() -> Transfer:
        said = form.cleaned_data
        return actions.transfer(fund, form.fund, said["amount"], form.told(request.POST[KEY]), by=request.seat, on=on)

    return _written(request, fund, form, write, {"heading": "Chuyển sang quỹ khác", "button": "Chuyển", "spends": "1"})


@at_desk(*WRITERS)
def counter(request: DeskRequest, pk: int) -> HttpResponse:
    """Đảo một khoản ghi sai."""
    row, on = transfer_of(request, pk), today()
    if not any(one.is_running and rights.keeps(request.seat, one, on) for one in funds_of(row)):
        raise Http404
    form = CounterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            reason = form.cleaned_data["reason"]
            made = actions.counter(row, reason=reason, key=request.POST[KEY], by=request.seat, on=on)
            messages.success(request, "Đã ghi bút toán đảo; khoản cũ vẫn giữ nguyên trong sổ.")
            return redirect("ledger:transfer", made.pk)
    return render(request, "ledger/counter.html", {"row": row, "form": form}, status=422 if form.errors else 200)


@at_desk(*WRITERS)
@require_POST
def close(request: DeskRequest, pk: int) -> HttpResponse:
    """Đóng quỹ."""
    fund = _kept(request, pk)
    actions.close_fund(fund, by=request.seat, on=today(), version=version_of(request))
    messages.success(request, f"Đã đóng {fund.name}.")
    return redirect("ledger:book", fund.pk)
