"""The pages of what happens to a whole household: correct, split, merge, move, another head, close."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from chungtay.accounts.requests import DeskRequest, at_desk
from chungtay.households import actions, correcting, joining, writing
from chungtay.households.finding import matching
from chungtay.households.forms import HomeForm
from chungtay.households.models import Household, HouseholdQuerySet
from chungtay.households.pages import hamlets_of, in_sight, verb
from chungtay.households.rights import WRITERS
from chungtay.households.verb_forms import CloseForm, HeadForm, MergeForm, MoveForm, ReopenForm, SplitForm
from chungtay.places.models import Place
from chungtay.records.clock import today

CANDIDATES = 10


@at_desk(*WRITERS)
def correct(request: DeskRequest, pk: int) -> HttpResponse:
    """Correct hamlet, address and groups of a household."""
    household, on = in_sight(request, pk), today()
    form = HomeForm(request.POST or None, household=household, initial=HomeForm.of(household))

    def act(version: int) -> str:
        home = form.home(household.place)
        correcting.correct_household(household, home, by=request.seat, on=on, version=version)
        return "Đã ghi bản sửa."

    return verb(
        request, household, form, act, title="Sửa thông tin hộ", label="Ghi bản sửa", icon="check-lg",
        note="Bản cũ vẫn được giữ trong nhật ký.", hamlets=hamlets_of(household.place_id),
    )  # fmt: skip


@at_desk(*WRITERS)
def split(request: DeskRequest, pk: int) -> HttpResponse:
    """Some of the people become a household of their own."""
    household, on = in_sight(request, pk), today()
    initial = {"hamlet": household.hamlet, "address": household.address, "left_unnamed": household.unnamed}
    members = writing.living(household)
    form = SplitForm(request.POST or None, members=members, on=on, household=household, initial=initial)

    def act(version: int) -> str:
        leaving = form.chosen()
        head = form.member("head") or (leaving[0] if len(leaving) == 1 else None)
        new = joining.split(
            household, leaving, form.home(household.place), head=head, new_head=form.member("new_head"),
            by=request.seat, on=on, version=version, day=form.cleaned_data["day"],
        )  # fmt: skip
        return f"Đã tách thành hộ mới {new.code}, chủ hộ {new.head_name}."

    return verb(
        request, household, form, act, title="Tách hộ", label="Tách hộ", icon="diagram-3",
        note="Hộ mới chưa có loại hộ cho đến khi được rà soát.", hamlets=hamlets_of(household.place_id),
    )  # fmt: skip


@at_desk(*WRITERS)
def merge(request: DeskRequest, pk: int) -> HttpResponse:
    """First the other household is found and looked at, then everybody goes into it."""
    household, on, code = in_sight(request, pk), today(), request.GET.get("vao", "").strip()
    others = Household.objects.visible_to(request.seat, on).standing().exclude(pk=pk)
    if not code:
        return _choose(request, household, others)
    into = get_object_or_404(others.select_related("place"), code=code)
    form = MergeForm(request.POST or None, members=writing.living(household), on=on)
    typed = request.POST.get("into_version", "")
    into_version = int(typed) if typed.isdecimal() and len(typed) < 10 else 0

    def act(version: int) -> str:
        joining.merge(
            household, into, by=request.seat, on=on, version=version, into_version=into_version,
            day=form.cleaned_data["day"], relations=form.relations(),
        )  # fmt: skip
        return f"Đã nhập vào hộ {into.code}, chủ hộ {into.head_name}."

    return verb(
        request, household, form, act, title="Nhập vào hộ khác", label="Nhập hộ", icon="box-arrow-in-right", into=into,
        note="Hộ này sẽ ra khỏi sổ; lịch sử vẫn còn.",
    )  # fmt: skip


def _choose(request: DeskRequest, household: Household, others: HouseholdQuerySet) -> HttpResponse:
    """The households that a name or a code finds, to choose the one to merge into."""
    text = request.GET.get("q", "").strip()
    found: list[Any] = list(matching(others, text).order_by("-id")[:CANDIDATES]) if text else []
    return render(request, "households/merge_choose.html", {
        "household": household, "text": text, "found": found, "most": len(found) == CANDIDATES,
    })  # fmt: skip


@at_desk(*WRITERS)
def move(request: DeskRequest, pk: int) -> HttpResponse:
    """To another hamlet, or to another commune, which takes the register on."""
    household, on = in_sight(request, pk), today()
    form = MoveForm(request.POST or None, household=household, on=on)

    def act(version: int) -> str:
        values = form.cleaned_data
        place = Place.objects.get(pk=values["place"])
        joining.move(
            household, place, hamlet=values["hamlet"], address=values["address"], by=request.seat, on=on,
            version=version, day=values["day"],
        )  # fmt: skip
        return f"Đã ghi hộ {household.code} chuyển đến {household.hamlet}, {place.name_on(on)}."

    return verb(
        request, household, form, act, title="Chuyển chỗ ở", label="Ghi chuyển chỗ ở", icon="truck",
        note="Sang xã khác: xã nhận được báo và giữ sổ của hộ từ đây; xã cũ chỉ còn xem được biến động đã ghi.",
        hamlets=hamlets_of(household.place_id),
    )  # fmt: skip


@at_desk(*WRITERS)
def new_head(request: DeskRequest, pk: int) -> HttpResponse:
    """Another head, while the old one lives in the household."""
    household, on = in_sight(request, pk), today()
    form = HeadForm(request.POST or None, members=writing.living(household), on=on)

    def act(version: int) -> str:
        actions.new_head(
            household, form.member("new_head"), by=request.seat, on=on, version=version, day=form.cleaned_data["day"]
        )
        return f"Chủ hộ mới: {household.head_name}. Hãy xem lại quan hệ của từng người với chủ hộ mới."

    return verb(
        request, household, form, act, title="Đổi chủ hộ", label="Đổi chủ hộ", icon="person-check",
        note="Chủ hộ qua đời hoặc chuyển đi: hãy ghi ở người đó, và chọn người thay ngay trong cùng một bước.",
    )  # fmt: skip


@at_desk(*WRITERS)
def close(request: DeskRequest, pk: int) -> HttpResponse:
    """The whole household leaves the register."""
    household, on = in_sight(request, pk), today()
    form = CloseForm(request.POST or None, on=on)

    def act(version: int) -> str:
        values = form.cleaned_data
        actions.close_household(
            household, values["why"], by=request.seat, on=on, version=version, day=values["day"], note=values["note"]
        )
        return f"Đã đưa hộ {household.code} ra khỏi sổ."

    return verb(
        request, household, form, act, title="Đưa hộ ra khỏi sổ", label="Đưa ra khỏi sổ", icon="box-arrow-right",
        tone="danger", note="Chuyển đến xã khác trong tỉnh thì dùng “Chuyển chỗ ở” để giữ lịch sử của hộ.",
    )  # fmt: skip


@at_desk(*WRITERS)
def reopen(request: DeskRequest, pk: int) -> HttpResponse:
    """A household that left the register by mistake comes back with its people."""
    household, on = in_sight(request, pk), today()
    form = ReopenForm(request.POST or None)

    def act(version: int) -> str:
        correcting.reopen(household, by=request.seat, on=on, version=version, note=form.cleaned_data["note"])
        return f"Hộ {household.code} lại có trong sổ."

    return verb(
        request, household, form, act, title="Ghi lại vào sổ", label="Ghi lại vào sổ", icon="arrow-counterclockwise",
        note="Chỉ dùng khi đã đưa ra khỏi sổ nhầm. Những người rời đi cùng lúc sẽ trở lại.",
    )  # fmt: skip
