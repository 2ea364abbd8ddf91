"""Award money and goods: the fund, the payment list of a decision, handing over, the stock."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.decisions import funding, paying, stocks
from chungtay.decisions.forms import AllotForm, HandoverForm, LeastForm, StockForm
from chungtay.decisions.models import Allotment, Award, Commitment, Decision, Item, Stock, StockEntry
from chungtay.decisions.views import MONEY, decisions_of, issuer
from chungtay.law.funds import AWARD_FUND_SHARE, Area
from chungtay.law.procedure import Desk
from chungtay.ledger import books
from chungtay.ledger.models import Fund
from chungtay.parties.authority import in_sight
from chungtay.records import journal, keyset
from chungtay.records.clock import today
from chungtay.records.names import fold
from chungtay.records.requests import version_of
from chungtay.sheets.exporting import XLSX, Head, xlsx

KEY = "_key"
HEADS = (
    Head("STT", 6), Head("Tên", 36), Head("Địa chỉ, đơn vị", 40), Head("Thành tích", 50), Head("Sổ vàng", 12),
    Head("Tiền thưởng (đồng)"), Head("Biểu trưng", 12), Head("Người nhận", 30), Head("Ngày nhận", 12),
    Head("Đã chi (đồng)"), Head("Đã nộp lại (đồng)"), Head("Ngày nộp lại", 12), Head("Ghi chú", 40),
)  # fmt: skip


@require_safe
@at_desk(*MONEY)
def fund(request: DeskRequest) -> HttpResponse:
    """Quỹ thi đua, khen thưởng: what there is, what is bound, what is free; each year's allotment; each commitment."""
    body = issuer(request)
    found = funding.fund_of(body)
    context: dict[str, Any] = {"body": body, "fund": found, "may_write": request.seat.kind is Desk.BOARD}
    if found is not None:
        rows = Commitment.objects.filter(fund=found).select_related("decision__paper", "award")
        standing = funding.standing(found)
        context |= {
            "stats": books.stats(balance=standing.balance, committed=standing.committed, free=standing.free),
            "allotments": list(Allotment.objects.filter(fund=found).order_by("-year", "-id")[:20]),
            "page": keyset.page(rows, order=("-id",), mark=request.GET.get("trang", "")),
        }
    return render(request, "decisions/fund.html", context)


@at_desk(Desk.BOARD)
def allot(request: DeskRequest) -> HttpResponse:
    """Trích quỹ một năm."""
    on = today()
    found: Fund | None = funding.fund_of(issuer(request))
    if found is None:
        raise Http404
    rule = AWARD_FUND_SHARE.on(on)
    form = AllotForm(request.POST or None, fund=found, on=on, initial={"year": on.year, "area": Area.PLAIN.value})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        told = funding.Told(
            year=said["year"], area=Area(said["area"]), recurrent_budget=said["recurrent_budget"],
            amount=said["amount"], document=said["document"], key=request.POST[KEY], accepted=form.accepted,
        )  # fmt: skip
        with form.blamed():
            made = funding.allot(found, told, by=request.seat, on=on)
            messages.success(request, f"Đã ghi trích quỹ năm {made.year}.")
            return redirect("decisions:fund")
    context = {"form": form, "fund": found, "source": str(rule.source)}
    return render(request, "decisions/allot.html", context, status=422 if form.errors else 200)


# --- the payment list of a decision ---


def _signed(request: DeskRequest, pk: int) -> Decision:
    found: Decision = get_object_or_404(decisions_of(request).filter(state=Decision.State.SIGNED), pk=pk)
    return found


def line(award: Award) -> dict[str, Any]:
    """One name of the payment list: the money that is due or was paid, and what became of it.

    `sum` is what the list adds up: what was paid and has not come back, of others what is still to be paid.
    """
    handed, back, paid = getattr(award, "handover", None), paying.recovery(award), paying.paid(award)
    if paying.to_recover(award):
        tone, state = "no", "Đã chi, chờ thu hồi tiền"
    elif back is not None:
        tone, state = "neutral", "Đã thu hồi, tiền đã nộp lại"
    elif paying.is_withdrawn(award):
        tone, state = "neutral", "Đã thu hồi"
    elif handed is not None:
        tone, state = "ok", "Đã nhận"
    elif paying.is_unpaid(award) or award.amount == 0:
        tone, state = "neutral", "Không chi riêng tiền"
    else:
        tone, state = "wait", "Chưa nhận"
    return {
        "award": award, "sum": paid if handed is not None else paying.payable(award), "handed": handed, "paid": paid,
        "back": back, "tone": tone, "state": state,
    }  # fmt: skip


def _totals(decision: Decision) -> dict[str, int]:
    """What was promised, paid and not yet handed over. Three queries."""
    rows = decision.awards
    paid = rows.filter(handover__recovery__isnull=True).aggregate(sum=Sum("handover__amount"))["sum"] or 0
    waiting = rows.filter(handover__isnull=True).exclude(changes__kind="withdrawn")
    return {
        "promised": rows.aggregate(sum=Sum("amount"))["sum"] or 0,
        "paid": paid,
        "waiting": waiting.count(),
    }


@require_safe
@at_desk(*MONEY)
def payments(request: DeskRequest, pk: int) -> HttpResponse:
    """Danh sách chi tiền thưởng và giao nhận của một quyết định."""
    decision = _signed(request, pk)
    totals = _totals(decision)
    page = keyset.page(paying.rows_of(decision), order=("ordinal",), mark=request.GET.get("trang", ""), size=100)
    return render(request, "decisions/payments.html", {
        "decision": decision, "page": page, "lines": [line(award) for award in page.rows],
        "totals": totals, "stats": books.stats(promised=totals["promised"], paid=totals["paid"]),
        "fund": funding.fund_of(decision.body),
        "may_write": request.seat.kind in paying.PAYERS,
    })  # fmt: skip


@require_safe
@at_desk(*MONEY)
def payment_sheet(request: DeskRequest, pk: int) -> HttpResponse:
    """The list on paper, with a place for each signature."""
    decision = _signed(request, pk)
    lines = [line(award) for award in paying.rows_of(decision)]
    return render(request, "decisions/payment_sheet.html", {
        "decision": decision, "lines": lines, "total": sum(one["sum"] for one in lines),
        "paid": sum(one["paid"] for one in lines), "back": sum(one["handed"].amount for one in lines if one["back"]),
    })  # fmt: skip


@require_safe
@at_desk(*MONEY)
def payment_export(request: DeskRequest, pk: int) -> HttpResponse:
    """The list as Excel."""
    decision = _signed(request, pk)
    journal.leave_trace(decision, by=request.seat)
    cells = _cells(paying.rows_of(decision))
    answer = HttpResponse(b"".join(xlsx(HEADS, cells, sheet="Chi thưởng")), content_type=XLSX)
    name = fold(f"chi thuong {decision}").replace(" ", "-")
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def _cells(rows: "QuerySet[Award]") -> Iterator[list[Any]]:
    for award in rows:
        told = line(award)
        handed, back = told["handed"], told["back"]
        yield [
            award.ordinal, award.name, award.address, award.citation, f"{award.register_number}/{award.register_year}",
            told["sum"], "1 biểu trưng" if award.has_emblem else "", handed.receiver if handed else "",
            handed.on if handed else None, told["paid"] if handed else None, handed.amount if back else None,
            back.on if back else None, told["state"],
        ]  # fmt: skip


@at_desk(*sorted(paying.PAYERS))
def hand_over(request: DeskRequest, pk: int) -> HttpResponse:
    """Ghi giao nhận."""
    decision, on = _signed(request, pk), today()
    if not in_sight(decision.body, request.seat, on):
        raise Http404
    waiting = [one for one in paying.rows_of(decision) if not hasattr(one, "handover") and not paying.is_withdrawn(one)]
    form = HandoverForm(request.POST or None, waiting=waiting, initial={"day": on})
    if request.method == "POST" and form.is_valid():
        given = [paying.Given(award, receiver) for award, receiver in form.chosen()]
        with form.blamed():
            made = paying.hand_over(decision, given, form.cleaned_data["day"], by=request.seat, on=on)
            messages.success(request, f"Đã ghi {len(made)} người nhận.")
            return redirect("decisions:payments", decision.pk)
    context = {"decision": decision, "form": form, "waiting": waiting}
    return render(request, "decisions/hand_over.html", context, status=422 if form.errors else 200)


@at_desk(*sorted(paying.PAYERS))
@require_POST
def recover(request: DeskRequest, pk: int) -> HttpResponse:
    """Tiền thưởng của khen thưởng bị thu hồi đã được nộp lại."""
    rows = Award.objects.filter(decision__in=decisions_of(request).values("pk"))
    found = get_object_or_404(rows.select_related("decision__paper", "body"), pk=pk)
    paying.recover(found, by=request.seat, on=today())
    messages.success(request, "Đã ghi tiền thưởng được nộp lại vào quỹ.")
    return redirect("decisions:award", found.pk)


# --- stock ---


@require_safe
@at_desk(*MONEY)
def stock(request: DeskRequest) -> HttpResponse:
    """Kho phôi bằng khen, biểu trưng: tồn, nhập, xuất."""
    body = issuer(request)
    rows = StockEntry.objects.filter(stock__body=body).select_related("stock", "decision__paper")
    return render(request, "decisions/stock.html", {
        "body": body, "stocks": list(stocks.of_body(body).values()), "may_write": request.seat.kind in stocks.KEEPERS,
        "page": keyset.page(rows, order=("-id",), mark=request.GET.get("trang", "")),
    })  # fmt: skip


@at_desk(*sorted(stocks.KEEPERS))
def write_stock(request: DeskRequest) -> HttpResponse:
    """Nhập kho, hoặc ghi hỏng."""
    form = StockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with form.blamed():
            stocks.write(
                issuer(request), Item(said["item"]), said["pieces"], said["words"], by=request.seat, on=today(),
                spoiled=said["way"] == "spoiled",
            )  # fmt: skip
            messages.success(request, "Đã ghi sổ kho.")
            return redirect("decisions:stock")
    return render(request, "decisions/write_stock.html", {"form": form}, status=422 if form.errors else 200)


@at_desk(*sorted(stocks.KEEPERS))
def least(request: DeskRequest, pk: int) -> HttpResponse:
    """Mức báo sắp hết của một vật tư."""
    found = get_object_or_404(Stock.objects.filter(body=issuer(request)).select_related("body"), pk=pk)
    form = LeastForm(request.POST or None, initial={"least": found.least})
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            wanted = form.cleaned_data["least"]
            stocks.set_least(found, wanted, by=request.seat, on=today(), version=version_of(request))
            return redirect("decisions:stock")
    return render(request, "decisions/least.html", {"stock": found, "form": form}, status=422 if form.errors else 200)
