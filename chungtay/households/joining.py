"""Tách hộ, nhập hộ, chuyển hộ: people and whole households go from one place in the register to another.

A household that moves keeps its code and history. Its old commune keeps the lines that were written there and sees no
more of the household; the new commune sees all of it, and is told.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.urls import reverse

from chungtay.accounts import notices
from chungtay.accounts.models import Desk, Seat
from chungtay.households import rights, writing
from chungtay.households.codes import next_codes
from chungtay.households.facts import Home, faults_of_home
from chungtay.households.hamlets import as_written
from chungtay.households.kinship import in_own_house
from chungtay.households.models import Event, Household, Member
from chungtay.law.procedure import Desk as DeskKind
from chungtay.law.refusals import Reasons
from chungtay.places.models import NoPlaceThen, Place
from chungtay.records import walls
from chungtay.records.names import clean

Kind, Left, Closed = Event.Kind, Member.Left, Household.Closed


@transaction.atomic
def split(
    household: Household, members: Sequence[Member], home: Home, *, head: Member | None, by: Seat, on: date,
    version: int, day: date | None = None, new_head: Member | None = None,
) -> Household:  # fmt: skip
    """Tách hộ: `members`, led by `head`, become a household of their own at `home`; gives the new household.

    When the old head goes with them, `new_head` leads those who stay. The new household has no class until a review
    recognises one. `home.unnamed` of the people counted without a name go too. Raises `Refused`, `Conflict`.
    """
    day = day or on
    writing.lock(household, version)
    all_here = writing.living(household)
    going = {one.pk for one in members}
    leaving = [one for one in all_here if one.pk in going]
    staying = [one for one in all_here if one.pk not in going]
    found = Reasons(rights.faults_of_writer(household, by, on))
    found.extend(rights.faults_of_place(home.place, by, on))
    found.extend(faults_of_home(home))
    first = max([household.opened_on, *(one.since for one in leaving)])
    found.extend(rights.faults_of_day(day, on, since=first))
    found.extend(_about_parting(household, leaving, staying, head, new_head))
    if len(leaving) != len(going):
        found.add("Có người không còn ở trong hộ này.", field="members")
    if home.unnamed > household.unnamed:
        found.add(f"Hộ chỉ còn {household.unnamed} nhân khẩu chưa ghi tên.", field="unnamed")
    found.raise_if_any()
    new = _split_off(household, leaving, home, next(one for one in leaving if one == head), day=day, on=on)
    if new_head is not None:
        writing.crown(staying, next(one for one in staying if one.pk == new_head.pk))
        writing.happened(household, Kind.NEW_HEAD, day, persons=0, note=f"{new_head.name} thay {household.head_name}")
    writing.recount(household, version, unnamed=household.unnamed - home.unnamed)
    names = ", ".join(one.name for one in leaving)
    writing.happened(household, Kind.SPLIT_OFF, day, persons=new.persons, other=new, note=names)
    writing.happened(new, Kind.SPLIT_FROM, day, persons=new.persons, other=household, note=names)
    writing.record(
        "split_household", household, by=by, on=on, day=day, new=new.code, members=sorted(going),
        new_head=None if new_head is None else new_head.pk, personal={"people": names, "head": new.head_name},
    )  # fmt: skip
    return new


@transaction.atomic
def merge(
    household: Household, into: Household, *, by: Seat, on: date, version: int, into_version: int,
    day: date | None = None, relations: Mapping[int, str] | None = None,
) -> Household:  # fmt: skip
    """Nhập hộ: everybody of `household` goes to `into`, and `household` leaves the register; gives `into`.

    `relations`: what each of them (by the member's key) is to the head of `into`; OTHER where nothing is told.
    """
    day, told = day or on, dict(relations or {})
    writing.hold(household, into)
    writing.lock(household, version)
    writing.lock(into, into_version)
    coming = writing.living(household)
    found = Reasons(rights.faults_of_writer(household, by, on))
    if household.pk == into.pk:
        found.add("Hãy chọn một hộ khác để nhập vào.", field="into")
    else:
        found.extend(rights.faults_of_writer(into, by, on))
    first = max([household.opened_on, into.opened_on, *(one.since for one in coming)])
    found.extend(rights.faults_of_day(day, on, since=first))
    for member in coming:
        relation = told.setdefault(member.pk, Member.Relation.OTHER.value)
        if relation == writing.HEAD or relation not in Member.Relation.values:
            found.add(f"Hãy chọn {member.name} là gì với chủ hộ.", field=f"relation-{member.pk}")
    found.raise_if_any()
    persons, unnamed = household.persons, household.unnamed
    writing.shut(household, version, Closed.MERGED, day)
    writing.leave(coming, Left.OTHER_HOUSEHOLD, day)
    writing.insert([writing.carried(one, into, told[one.pk], day) for one in coming])
    writing.recount(into, into_version, unnamed=into.unnamed + unnamed)
    names = ", ".join(one.name for one in coming)
    writing.happened(household, Kind.MERGED_INTO, day, persons=persons, other=into, note=names)
    writing.happened(into, Kind.TOOK_IN, day, persons=persons, other=household, note=names)
    writing.record(
        "merge_household", household, by=by, on=on, day=day, into=into.code, persons=persons,
        personal={"people": names, "head": household.head_name, "head_of_other": into.head_name},
    )  # fmt: skip
    return into


@transaction.atomic
def move(
    household: Household, place: Place, *, hamlet: str, address: str, by: Seat, on: date, version: int,
    day: date | None = None,
) -> Household:  # fmt: skip
    """Chuyển chỗ ở, to another hamlet or another commune of the province, which is told and keeps the register on."""
    day = day or on
    writing.lock(household, version)
    hamlet, address = as_written(place, hamlet), clean(address)
    found = Reasons(rights.faults_of_writer(household, by, on))
    found.extend(faults_of_home(Home(place, hamlet, address)))
    found.extend(rights.faults_of_day(day, on, since=household.opened_on))
    elsewhere = place.pk != household.place_id
    if elsewhere:
        found.extend(rights.faults_of_place(place, None, on))
    elif (hamlet, address) == (household.hamlet, household.address):
        found.add("Hộ đang ở đúng nơi này.", field="hamlet")
    found.raise_if_any()
    old_place, old_hamlet = household.place, household.hamlet
    if elsewhere:
        _hand_over(household, place, hamlet, address, version=version, day=day, on=on)
    else:
        writing.recount(household, version, hamlet=hamlet, address=address)
        writing.happened(household, Kind.MOVED, day, persons=household.persons, note=f"{old_hamlet} → {hamlet}")
    writing.record(
        "move_household", household, by=by, on=on, day=day, from_place=old_place.key, to_place=place.key,
        personal={"head": household.head_name, "from_hamlet": old_hamlet, "to_hamlet": hamlet, "address": address},
    )  # fmt: skip
    return household


@walls.everything("the household is handed over to a commune outside the writer's area")
def _hand_over(
    household: Household, place: Place, hamlet: str, address: str, *, version: int, day: date, on: date
) -> None:
    """Write the household into another commune, the leaving under the old one's area and the coming under the new."""
    old_place, old_path, old_hamlet = _called(household.place, on), household.area_path, household.hamlet
    path = place.path_on(on)
    writing.recount(household, version, hamlet=hamlet, address=address, place=place, area_path=path)
    out = f"{household.head_name}: đến {hamlet}, {place.name_on(on)}"
    writing.happened(household, Kind.MOVED_OUT, day, persons=household.persons, note=out, area_path=old_path)
    came = f"{household.head_name}: từ {old_hamlet}, {old_place}"
    writing.happened(household, Kind.MOVED_IN, day, persons=household.persons, note=came)
    _tell(household, old_place, on)


def _about_parting(
    household: Household,
    leaving: Sequence[Member],
    staying: Sequence[Member],
    head: Member | None,
    new_head: Member | None,
) -> Reasons:
    """Whether both halves have people and a head."""
    found = Reasons()
    if not leaving:
        found.add("Hãy chọn người tách ra.", field="members")
    elif not staying:
        found.add("Tách thì phải còn người ở lại; cả hộ cùng đi thì dùng “Chuyển chỗ ở”.", field="members")
    if leaving and (head is None or head.pk not in {one.pk for one in leaving}):
        found.add("Hãy chọn chủ hộ của hộ mới trong những người tách ra.", field="head")
    head_goes = any(one.relation == writing.HEAD for one in leaving)
    if head_goes and staying and (new_head is None or new_head.pk not in {one.pk for one in staying}):
        found.add(f"{household.head_name} tách ra: cần chọn chủ hộ cho những người ở lại.", field="new_head")
    elif not head_goes and new_head is not None:
        found.add("Chủ hộ ở lại, không cần chọn chủ hộ khác.", field="new_head")
    return found


def _split_off(
    household: Household, leaving: Sequence[Member], home: Home, head: Member, *, day: date, on: date
) -> Household:
    """The new household with its people, who have left the old one. Raises `Conflict` when one had just left."""
    writing.leave(leaving, Left.OTHER_HOUSEHOLD, day)
    was = head.relation
    new = Household(
        code=next_codes(home.place, 1, on=on)[0], place=home.place, hamlet=as_written(home.place, home.hamlet),
        address=clean(home.address), head_name=head.name, no_labour=home.no_labour, merit=home.merit,
        unnamed=home.unnamed, persons=len(leaving) + home.unnamed, opened_on=day, is_demo=household.is_demo,
    )  # fmt: skip
    new.fill_derived(on)
    relations = {
        one.pk: writing.HEAD.value if one.pk == head.pk else in_own_house(was, one.relation) for one in leaving
    }
    new.minority = writing.is_minority((relations[one.pk], one.ethnicity) for one in leaving)
    new.save(force_insert=True)
    writing.insert([writing.carried(one, new, relations[one.pk], day) for one in leaving])
    return new


def _called(place: Place, on: date) -> str:
    """The place's name of that day, or its last one if it is no more."""
    try:
        return place.name_on(on)
    except NoPlaceThen:
        return str(place)


def _tell(household: Household, old_place: str, on: date) -> None:
    """A notice to the commune desks of the household's new place."""
    kinds = (DeskKind.COMMUNE,)
    desks = Desk.objects.filter(place=household.place, kind=DeskKind.COMMUNE.value).order_by("id")
    text = f"Hộ {household.head_name} ({household.code}) chuyển đến {household.hamlet} từ {old_place}."
    link = reverse("households:detail", args=[household.pk])
    bodies = dict.fromkeys(desk.body_id for desk in desks)
    notices.tell_bodies([(body, text, link) for body in bodies], on=on, kinds=kinds)
