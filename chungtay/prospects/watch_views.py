"""Theo dõi sau khen: /xet-khen/sau-khen/. Whoever was honoured and needs help, for the desks that can give it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.households.rights import READERS as OF_HOUSEHOLDS
from chungtay.law.procedure import PROPOSING
from chungtay.parties.models import Party
from chungtay.prospects import actions, rights, rounds, watching
from chungtay.prospects.forms import HelpForm
from chungtay.prospects.models import Help
from chungtay.prospects.tabs import tabs
from chungtay.prospects.watching import Notice
from chungtay.records import journal
from chungtay.records.clock import today
from chungtay.records.requests import neighbours

NEXT = {
    Help.Cause.POOR_AGAIN: (
        "Đến thăm hộ, hỏi chuyện gì đã xảy ra: ốm đau, mất mùa, mất việc, thêm người phụ thuộc.",
        "Xem phiếu rà soát gần nhất để biết hộ đang thiếu gì: nhà ở, nước sạch, học hành, bảo hiểm y tế.",
        "Làm ngay các chính sách hộ được hưởng: thẻ bảo hiểm y tế, miễn giảm học phí, tiền điện.",
        "Hỏi Quỹ “Vì người nghèo”, Ngân hàng Chính sách xã hội, các nhà hảo tâm trong vùng.",
    ),
    Help.Cause.OFF_RATE: (
        "Xem ấp nào có hộ nghèo mới, hộ tái nghèo, và vì sao.",
        "Mời địa phương đã làm tốt chia sẻ cách làm; xem các mô hình đã được nhân rộng.",
        "Huyện, tỉnh xem lại nguồn lực đã giao: vốn, cán bộ, công trình còn dở dang.",
        "Nếu mức giao không còn hợp với tình hình thì báo cơ quan giao, đừng sửa số liệu.",
    ),
}
"""What may be done next, for each cause: offers, not orders."""


@require_safe
@at_desk(*sorted(rights.HELPERS))
def watch(request: DeskRequest) -> HttpResponse:
    """Notices of the area: those nobody has taken on, or with `?xem=da-nhan` those that somebody has."""
    on, taken = today(), request.GET.get("xem") == "da-nhan"
    movement = rounds.movement_of(request.seat)
    found = watching.watched(request.seat, movement, on, taken=taken, mark=request.GET.get("trang", ""))
    here = reverse("prospects:watch")
    return render(request, "prospects/watch.html", {
        "tabs": tabs(request.seat.kind, "watch"), "watched": found, "taken": taken,
        "pages": neighbours(request, found.page), "on": on,
        "states": [
            {"label": "Chưa ai nhận giúp", "href": here, "active": not taken},
            {"label": "Đã có nơi nhận", "href": f"{here}?xem=da-nhan", "active": taken},
        ],
    })  # fmt: skip


@at_desk(*sorted(rights.HELPERS))
def take_on(request: DeskRequest, pk: int, cause: str) -> HttpResponse:
    """One notice: what has happened, what could be done, what was taken on; and the form to take it on."""
    on = today()
    notice = watching.one(request.seat, rounds.movement_of(request.seat), on, pk, cause)
    if notice is None:
        raise Http404
    if notice.household is not None:
        journal.leave_trace(Party.objects.get(pk=notice.party), by=request.seat)
    form = HelpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.blamed():
            actions.take_on(notice, form.cleaned_data["text"], by=request.seat, on=on)
            messages.success(request, "Đã ghi việc sẽ giúp. Cảm ơn bạn.")
            return redirect(f"{reverse('prospects:watch')}?xem=da-nhan")
    status = 422 if form.errors else 200
    return render(request, "prospects/help.html", page_of(request, notice, form), status=status)


def page_of(request: DeskRequest, notice: Notice, form: HelpForm) -> dict[str, Any]:
    """Context of one notice."""
    kind, links = request.seat.kind, []
    if notice.household is not None and kind in OF_HOUSEHOLDS:
        links.append(("Mở trang của hộ trong sổ", reverse("households:detail", args=[notice.household])))
    if notice.unit:
        links.append(("Xem chỉ tiêu của địa bàn", reverse("targets:of_place", args=[notice.unit])))
    if notice.household is not None and kind in PROPOSING:
        links.append(("Xem đăng ký thi đua của hộ", reverse("registrations:of_party", args=[notice.party])))
    return {"notice": notice, "form": form, "next": NEXT[notice.cause], "links": links}
