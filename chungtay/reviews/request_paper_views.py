"""The papers of a request, for the commune that keeps it: the household's own, and the answer to a refused one."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.law.procedure import Desk
from chungtay.records import journal
from chungtay.reviews import request_papers
from chungtay.reviews.assessments import Application
from chungtay.reviews.request_views import download, my_request

PDF = "application/pdf"


@require_safe
@at_desk(Desk.COMMUNE)
def paper(request: DeskRequest, pk: int) -> HttpResponse:
    """Giấy đề nghị, to be signed by the household."""
    return _printed(request, my_request(request, pk), request_papers.paper, "giay-de-nghi")


@require_safe
@at_desk(Desk.COMMUNE)
def answer(request: DeskRequest, pk: int) -> HttpResponse:
    """Thông báo không công nhận; 404 for a request that was not refused."""
    row = my_request(request, pk)
    if row.state != Application.State.REFUSED:
        raise Http404
    return _printed(request, row, request_papers.answer, "tra-loi-de-nghi")


def _printed(
    request: DeskRequest, row: Application, made: Callable[[Application, str], bytes], name: str
) -> HttpResponse:
    journal.leave_trace(row.household, by=request.seat)
    content = made(row, request.seat.desk.body.name)
    return download([content], f"{name}-{row.household.code}.pdf", PDF)
