"""Open books: the funds for the poor, what they took and gave, and never whom (KH III.3)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from chungtay.ledger import books, open_books
from chungtay.ledger.cells import LEAST_CELL
from chungtay.ledger.models import Fund
from chungtay.public.views import LOOKED_UP, kept_for_strangers
from chungtay.records import keyset, walls
from chungtay.records.clock import today


@require_safe
@kept_for_strangers
@walls.everything(LOOKED_UP)
def funds(request: HttpRequest) -> HttpResponse:
    """Every fund for the poor with what it holds."""
    rows = books.with_money(open_books.funds().select_related("owner"))
    page = keyset.page(rows, order=("area_path", "kind", "id"), mark=request.GET.get("trang", ""))
    told = open_books.totals()
    stats = books.stats(came=told.came, carried=told.carried, went=told.went, left=told.left)
    return render(request, "public/funds.html", {"page": page, "totals": stats, "sources": told.sources})


@require_safe
@walls.everything(LOOKED_UP)
def fund(request: HttpRequest, pk: int) -> HttpResponse:
    """One fund year by year."""
    found: Fund = get_object_or_404(open_books.funds().select_related("owner"), pk=pk)
    money = books.money_of(found)
    years = open_books.years(found, today())
    return render(request, "public/fund.html", {
        "fund": found, "left": money.balance.amount, "years": years, "least": LEAST_CELL,
        "has_carried": any(one.carried for one in years), "until": open_books.last_whole_month(today()),
        "chart": books.chart([one.sums for one in reversed(years)]),
    })  # fmt: skip
