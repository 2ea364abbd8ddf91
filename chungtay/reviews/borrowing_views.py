"""Vận dụng bảng điểm: what the provincial steering board lets a B1 form take from another region's."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.law import points
from chungtay.law.points import Region
from chungtay.law.procedure import Desk
from chungtay.records.clock import today
from chungtay.reviews import forms, point_tables


@at_desk(Desk.LABOUR)
def borrow_points(request: DeskRequest) -> HttpResponse:
    """A new edition of a loaded table with the land, livestock or boat points of another region's.

    The lender's table is only read: it never counts for households here.
    """
    form = forms.BorrowForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with form.blamed():
            own, edition, text = point_tables.loaded(said["sheet"].pk), said["edition"], said["text"]
            lender = point_tables.read(said["file"].read(), region=Region(said["lender"]), edition=edition, text=text)
            made = replace(points.borrow(own, lender, forms.BORROWINGS[said["how"]]), version=edition, text=text)
            point_tables.load(made, since=said["since"], by=request.seat, on=today())
            messages.success(request, f"Đã nạp bảng điểm {made.region.label}: {len(made.items)} chỉ tiêu.")
            return redirect("reviews:point_sheets")
    context = {"form": form, "rules": [one.sentence for one in forms.BORROWINGS.values()]}
    return render(request, "reviews/borrow_points.html", context, status=422 if request.method == "POST" else 200)
