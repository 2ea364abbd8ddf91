"""Funds of one's area, a fund's book, one transfer with its paper, the book as Excel."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.documents.serving import attachment
from chungtay.law.funds import FundKind
from chungtay.ledger import books, rights
from chungtay.ledger.models import KINDS, Account, Fund, Transfer
from chungtay.ledger.where import Names
from chungtay.records import journal, keyset
from chungtay.records.clock import today
from chungtay.records.names import fold
from chungtay.sheets.exporting import XLSX, Head, xlsx

READERS = tuple(sorted(rights.READERS))
ACTS = {
    "pay_in": "Ghi khoản thu",
    "pay_out": "Ghi khoản chi",
    "move_funds": "Chuyển quỹ",
    "counter": "Ghi bút toán đảo",
}
HEADS = (
    Head("Ngày", 12), Head("Nội dung", 36), Head("Diễn giải", 60), Head("Thu (đồng)"), Head("Chi (đồng)"),
    Head("Còn lại (đồng)"), Head("Địa bàn", 24), Head("Số hộ", 8), Head("Ghi chú"),
    Head("Mã chứng từ (SHA-256)", 40),
)  # fmt: skip


def fund_of(request: DeskRequest, pk: int) -> Fund:
    """The fund, if the seat may see it."""
    rows = Fund.objects.visible_to(request.seat, today()).select_related("owner", "place")
    return get_object_or_404(rows, pk=pk)


def year_of(request: HttpRequest) -> int | None:
    """The year asked for by `?nam=`."""
    asked = request.GET.get("nam", "")
    return int(asked) if asked.isdecimal() and len(asked) == 4 and 1900 <= int(asked) <= 2100 else None


@require_safe
@at_desk(*READERS)
def list_funds(request: DeskRequest) -> HttpResponse:
    """Các quỹ của địa bàn, with what each holds."""
    kind = request.GET.get("loai", "")
    rows = Fund.objects.visible_to(request.seat, today()).select_related("owner")
    if kind in set(FundKind):
        rows = rows.filter(kind=kind)
    page = keyset.page(books.with_money(rows), order=("area_path", "kind", "id"), mark=request.GET.get("trang", ""))
    tabs = [("Tất cả", "", ""), *((label, value, f"?loai={value}") for value, label in KINDS)]
    return render(request, "ledger/list.html", {
        "page": page, "may_open": request.seat.kind in rights.WRITERS, "on": today(),
        "tabs": [
            {"label": label, "href": reverse("ledger:list") + query, "active": kind == value}
            for label, value, query in tabs
        ],
    })  # fmt: skip


@require_safe
@at_desk(*READERS)
def book(request: DeskRequest, pk: int) -> HttpResponse:
    """Sổ của một quỹ: money in, out and left, by year or by the months of one year, what for, and every row."""
    fund, year = fund_of(request, pk), year_of(request)
    money = books.money_of(fund)
    years = books.by_year(money)
    shown = books.by_month(money, year) if year else list(reversed(years))
    whole = books.Sums("", sum(one.came for one in shown), sum(one.went for one in shown))
    is_poor = fund.kind != FundKind.AWARD
    peaks = books.in_peak_months(money, [int(one.label) for one in years]) if is_poor else {}
    rows = [part.filter(books.within(year)).select_related(*books.BESIDE) for part in books.transfers(money)]
    page = keyset.page(rows, order=books.ORDER, mark=request.GET.get("trang", ""), show=_beside)
    kept = money.balance
    return render(request, "ledger/book.html", {
        "fund": fund, "keeps": fund.is_running and rights.keeps(request.seat, fund, today()), "year": year,
        "left": kept.amount, "held": kept.held, "of_year": f" năm {year}" if year else "",
        "stats": books.stats(left=kept.amount, came=whole.came, went=whole.went, held=kept.held, free=kept.free),
        "years": [{"sums": one, "peak": peaks.get(int(one.label))} for one in years], "months": shown if year else [],
        "reads_gifts": request.seat.scope(today()).covers(fund.area_path),
        "chart": books.chart(shown), "parts": books.parts(money, whole, year), "is_poor": is_poor,
        "houses": books.houses(money, year) if is_poor else 0, "page": page, "lines": books.lines(page, money),
    })  # fmt: skip


def _beside(rows: Any) -> Any:
    """Only the rows of a page are read with what stands beside them."""
    return rows.select_related(*books.BESIDE)


@require_safe
@at_desk(*READERS)
def export(request: DeskRequest, pk: int) -> HttpResponse:
    """The book of one year, or the whole, as Excel: oldest first, with the money left after each row."""
    fund, year = fund_of(request, pk), year_of(request)
    money = books.money_of(fund)
    came, went = (part.filter(books.within(year)) for part in books.transfers(money))
    rows = (came | went).select_related(*books.BESIDE, "place", "evidence").order_by("on", "id")
    helped = Transfer.objects.filter(credit=money, place__isnull=False).order_by().values_list("place", flat=True)
    name = fold(f"so quy {fund.name} {year or ''}").replace(" ", "-")
    answer = HttpResponse(
        b"".join(xlsx(HEADS, _lines(rows, money, Names(helped.distinct())), sheet="Sổ quỹ")), content_type=XLSX
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def _lines(rows: Any, money: Account, names: Names) -> Any:
    left: int | None = None
    for row in rows.iterator(chunk_size=2000):
        if left is None:
            left = books.left_before(row, money)
        came = row.debit_id == money.pk
        left += row.amount if came else -row.amount
        line = books.Line(row, row.amount if came else None, None if came else row.amount, left, books.what(row, money))
        yield [
            row.on, line.what, row.words, line.came, line.went, left, names.on(row.place, row.on), row.households,
            line.state, row.evidence.sha256 if row.evidence else "",
        ]  # fmt: skip


def transfer_of(request: DeskRequest, pk: int) -> Transfer:
    """The transfer, if the seat may see one of its funds."""
    beside = ("debit__fund__owner", "credit__fund__owner", "place", "party", "evidence", "corrects", "countered_by")
    return get_object_or_404(Transfer.objects.visible_to(request.seat, today()).select_related(*beside), pk=pk)


def funds_of(row: Transfer) -> list[Fund]:
    """The funds whose money a transfer touches, the payer first."""
    return [side.fund for side in (row.credit, row.debit) if side.kind == Account.Kind.CASH]


@require_safe
@at_desk(*READERS)
def transfer(request: DeskRequest, pk: int) -> HttpResponse:
    """Một bút toán: what it says, its paper, who wrote it, what took it back."""
    row = transfer_of(request, pk)
    funds = [one for one in funds_of(row) if Fund.objects.visible_to(request.seat, today()).filter(pk=one.pk).exists()]
    acts = [
        {
            "who": entry.actor, "desk": entry.desk, "when": f"{entry.on:%d/%m/%Y}", "sentence": ACTS[entry.act],
            "tone": "ok",
        }
        for entry in journal.of(row)
    ]  # fmt: skip
    countered = getattr(row, "countered_by", None)
    may = any(one.is_running and rights.keeps(request.seat, one, today()) for one in funds)
    return render(request, "ledger/transfer.html", {
        "row": row, "funds": funds, "acts": acts, "countered": countered,
        "where": Names([row.place_id]).on(row.place, row.on),
        "may_counter": may and countered is None and row.corrects_id is None and not row.origin,
        "reads_gifts": any(request.seat.scope(today()).covers(one.area_path) for one in funds),
    })  # fmt: skip


@require_safe
@at_desk(*READERS)
def evidence(request: DeskRequest, pk: int) -> FileResponse:
    """The paper behind a transfer."""
    row = transfer_of(request, pk)
    if row.evidence is None:
        raise Http404
    return attachment(row.evidence, f"chung-tu-{row.pk}")
