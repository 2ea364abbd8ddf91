"""The pages of a household's people: add, correct, leave; and of those who may be one and the same."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.households import actions, apart, correcting, writing
from chungtay.households.forms import PersonForm
from chungtay.households.models import Household, Member
from chungtay.households.pages import in_sight, verb
from chungtay.households.rights import WRITERS
from chungtay.households.verb_forms import LeaveForm
from chungtay.records import journal, keyset
from chungtay.records.clock import today
from chungtay.records.requests import neighbours


def _member(household: Household, pk: int) -> Member:
    """Somebody who lives in the household; otherwise 404."""
    member = get_object_or_404(household.members.filter(until__isnull=True), pk=pk)
    member.household = household
    return member


@at_desk(*WRITERS)
def add(request: DeskRequest, pk: int) -> HttpResponse:
    """One more person. Who looks like them is offered first."""
    household, on = in_sight(request, pk), today()
    form = PersonForm(request.POST or None, by=request.seat, on=on, household=household)
    ticked, offered = request.POST.getlist("khac"), list[dict[str, Any]]()
    found: list[apart.Likeness] = []
    if request.method == "POST" and form.is_valid():
        found = apart.likenesses([form.person()], household.place)
        offered = [like.card(ticked) for like in found]
        if not all(one["ticked"] for one in offered):
            form.add_error(None, "Xem những người giống bên dưới trước khi ghi.")

    def act(version: int) -> str:
        values = form.cleaned_data
        member = actions.add_member(
            household, form.person(), by=request.seat, on=on, version=version, day=values["day"],
            was_counted=bool(values.get("was_counted")), different_from=[like.member for like in found],
        )  # fmt: skip
        return f"Đã ghi {member.name} vào hộ."

    return verb(
        request, household, form, act, title="Thêm người", label="Ghi vào hộ", icon="person-plus", offered=offered,
        note="Sổ tìm người trùng trước khi ghi; không bao giờ tự gộp.",
    )  # fmt: skip


@at_desk(*WRITERS)
def correct(request: DeskRequest, pk: int, member: int) -> HttpResponse:
    """Correct what was written about a person."""
    household, on = in_sight(request, pk), today()
    one = _member(household, member)
    if request.method != "POST":
        journal.leave_trace(household, by=request.seat)
    form = PersonForm(request.POST or None, by=request.seat, on=on, household=household, member=one)

    def act(version: int) -> str:
        correcting.correct_member(one, form.person(), by=request.seat, on=on, version=version)
        return "Đã ghi bản sửa."

    return verb(
        request, household, form, act, title=f"Sửa thông tin: {one.name}", label="Ghi bản sửa", icon="check-lg",
        note="Bản cũ vẫn được giữ trong nhật ký.",
    )  # fmt: skip


@at_desk(*WRITERS)
def leave(request: DeskRequest, pk: int, member: int) -> HttpResponse:
    """Somebody died, moved away or was written by mistake; a leaving head names the next one here."""
    household, on = in_sight(request, pk), today()
    one = _member(household, member)
    form = LeaveForm(request.POST or None, members=writing.living(household), on=on, who=one)

    def act(version: int) -> str:
        values = form.cleaned_data
        actions.member_left(
            one, values["why"], by=request.seat, on=on, version=version, day=values["day"],
            new_head=form.member("new_head"), note=values["note"],
        )  # fmt: skip
        if household.closed_on is not None:
            return f"Đã ghi {one.name} rời hộ. Không còn ai, nên hộ {household.code} ra khỏi sổ."
        return f"Đã ghi {one.name} rời hộ. Chủ hộ: {household.head_name}."

    return verb(
        request, household, form, act, title=f"Ghi rời hộ: {one.name}", label="Ghi rời hộ", icon="person-check",
        note="Ra ở riêng thì dùng “Tách hộ”; sang ở với hộ khác thì tách rồi “Nhập hộ”.",
    )  # fmt: skip


@require_safe
@at_desk(*WRITERS)
def alike(request: DeskRequest) -> HttpResponse:
    """People of one commune with the same name and year of birth whom nobody has told apart yet."""
    rows = apart.with_twin(Member.objects.filter(request.seat.scope(today()).where("household__area_path")))
    page = keyset.page(rows.select_related("household"), order=("-id",), mark=request.GET.get("trang", ""), size=20)
    return render(request, "households/alike.html", {
        "pairs": apart.pairs(page.rows), "pages": neighbours(request, page),
    })  # fmt: skip


@require_POST
@at_desk(*WRITERS)
def tell_apart(request: DeskRequest) -> HttpResponse:
    """Say of two people that they are two."""
    one, other = _in_area(request, "mot"), _in_area(request, "hai")
    if one is None or other is None:
        messages.error(request, "Người này không còn ở hộ nào trong địa bàn của bạn.")
        return redirect("households:alike")
    correcting.tell_apart(one, other, by=request.seat, on=today())
    messages.success(
        request, f"Đã ghi: {one.name} ở hộ {one.household.code} và hộ {other.household.code} là hai người."
    )
    return redirect("households:alike")


def _in_area(request: DeskRequest, name: str) -> Member | None:
    """The member whose key was sent, if they live in a household of the desk's area."""
    typed = request.POST.get(name, "")
    if not typed.isdecimal() or len(typed) > 15:
        return None
    rows = Member.objects.filter(request.seat.scope(today()).where("household__area_path"), until__isnull=True)
    return rows.select_related("household__place").filter(pk=int(typed)).first()
