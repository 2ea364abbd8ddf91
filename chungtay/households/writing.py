"""What every verb of the register shares: making rows, counting people, adding a line of history, closing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from chungtay.accounts.models import Seat
from chungtay.households import rights
from chungtay.households.facts import Person
from chungtay.households.kinship import seen_from
from chungtay.households.models import Event, Household, Member
from chungtay.law.ethnicity import minority_household, people_named
from chungtay.law.refusals import Conflict, Reason, Reasons
from chungtay.places.scope import Scope
from chungtay.records import journal, versions, walls
from chungtay.records.names import clean, fold

HEAD = Member.Relation.HEAD
READ = 900
"""So many values are asked for in one statement: SQLite takes at most 999."""
NOT_AGAIN = "Người khác vừa ghi một người có cùng số giấy tờ."
ELSEWHERE = (
    "Số này đã ghi cho một người ở địa bàn khác; hỏi Phòng Lao động - Thương binh và Xã hội huyện (Sở, nếu khác huyện)."
)
"""All that is told of a taken number to whoever may not see the household that holds it: no code, no place."""
TAKEN = "Số này đã ghi cho một người khác trong sổ hộ: xem lại số đã ghi."
"""The same where it is not known who asks."""


def living(household: Household) -> list[Member]:
    """Nhân khẩu hiện có: who is in the household now, the head first, then as they were written."""
    rows = list(household.members.filter(until__isnull=True).order_by("id"))
    return sorted(rows, key=lambda row: (row.relation != HEAD, row.pk))


def head_of(members: Iterable[Member]) -> Member:
    """The head among `members`. Raises StopIteration for people without one, which no action leaves behind."""
    return next(member for member in members if member.relation == HEAD)


def is_minority(people: Iterable[tuple[str, str]]) -> bool:
    """Hộ dân tộc thiểu số, from (relation, people) of its members."""
    heads = (HEAD.value, Member.Relation.SPOUSE.value)
    return minority_household(people for relation, people in people if relation in heads)


def member_of(household: Household, person: Person, since: date) -> Member:
    """The unsaved row of a person who was found without fault."""
    name = clean(person.name)
    return Member(
        household=household, name=name, name_folded=fold(name), relation=person.relation, gender=person.gender,
        birth_year=person.year or 0, born_on=person.born_on, ethnicity=people_named(person.ethnicity) or "",
        identity=person.paper, id_number=person.number, since=since, is_demo=household.is_demo,
    )  # fmt: skip


def carried(member: Member, household: Household, relation: str, since: date) -> Member:
    """The unsaved row of a person who comes from another household."""
    row = Member(**{f.attname: getattr(member, f.attname) for f in Member._meta.concrete_fields if f.name != "id"})
    row.household, row.relation, row.since, row.origin_id = household, relation, since, member.person
    row.until, row.left_why, row.version, row.is_demo = None, "", 1, household.is_demo
    return row


def insert(members: Sequence[Member]) -> list[Member]:
    """Write new rows of members. Raises `Conflict` when a number came into the register in the meantime."""
    try:
        with transaction.atomic():
            return Member.objects.bulk_create(members)
    except IntegrityError as twice:
        raise Conflict([Reason(NOT_AGAIN, field="id_number")]) from twice


def rewrite(member: Member, **values: Any) -> None:
    """Write other values of a member. Raises `Conflict` when the new number came into the register in the meantime."""
    _write(member, {"until__isnull": True}, **values)


def _write(member: Member, where: dict[str, Any], **values: Any) -> None:
    try:
        with transaction.atomic():
            versions.guarded_update(member, where=where, **values)
    except IntegrityError as twice:
        raise Conflict([Reason(NOT_AGAIN, field="id_number")]) from twice


def leave(members: Iterable[Member], why: str, day: date) -> None:
    """Write that these people left on `day`. Raises `Conflict` if one of them had just left."""
    for member in members:
        versions.guarded_update(member, where={"until__isnull": True}, until=day, left_why=why)


def crown(members: Sequence[Member], heir: Member) -> None:
    """Make `heir` the head of `members`, and say of each other what they are to the heir."""
    was = heir.relation
    others = [member for member in members if member.pk != heir.pk]
    for member in others:
        versions.guarded_update(member, relation=seen_from(was, member.relation))
    versions.guarded_update(heir, relation=HEAD.value)


def recount(household: Household, version: int, *, unnamed: int | None = None, **changes: Any) -> Household:
    """Set what follows from the members: head, count, group; guarded, so that the second of two clerks is told."""
    members = living(household)
    head = head_of(members)
    counted = household.unnamed if unnamed is None else unnamed
    return versions.guarded_update(
        household, version=version, where={"closed_on__isnull": True}, unnamed=counted,
        persons=len(members) + counted, head_name=head.name, head_folded=head.name_folded,
        minority=is_minority((member.relation, member.ethnicity) for member in members), **changes,
    )  # fmt: skip


def lock(household: Household, version: int) -> None:
    """Wait until nobody else writes about this household, and refuse at once whoever looked at an older version.

    The wait keeps two clerks from holding each other up; the guarded update of every verb is what decides between them.
    """
    hold(household)
    if household.version != version:
        raise Conflict([Reason("Người khác vừa sửa hộ này trước bạn. Xem bản mới bên cạnh rồi làm lại.")])


def hold(*households: Household) -> None:
    """Hold several rows until commit, in one order for everybody: two clerks never wait for each other."""
    rows = Household.objects.select_for_update().filter(pk__in=[one.pk for one in households])
    list(rows.order_by("pk").values_list("pk"))


def shut(household: Household, version: int, why: str, day: date) -> Household:
    """Take a household out of the register: nobody is in it any more."""
    return versions.guarded_update(
        household, version=version, where={"closed_on__isnull": True}, closed_on=day, closed_why=why, persons=0,
        unnamed=0,
    )  # fmt: skip


def restore(household: Household, members: Sequence[Member], version: int) -> None:
    """Put a closed household back with these people. Raises `Conflict` when a number is taken or another was first."""
    versions.guarded_update(
        household, version=version, where={"closed_on__isnull": False}, closed_on=None, closed_why="", persons=1
    )
    for member in members:
        _write(member, {"until__isnull": False}, until=None, left_why="")
    recount(household, household.version, unnamed=0)


def happened(
    household: Household, kind: Event.Kind, day: date, *, persons: int, note: str = "",
    other: Household | None = None, area_path: str = "",
) -> Event:  # fmt: skip
    """Add a line to the history, in the household's area of that time."""
    return Event.objects.create(
        household=household, kind=kind, on=day, persons=persons, note=note[:300], other=other,
        area_path=area_path or household.area_path,
    )  # fmt: skip


def record(
    act: str, household: Household, *, by: Seat, on: date, day: date, personal: Mapping[str, str], **body: Any
) -> None:
    """The journal's entry of an act on one household."""
    journal.record(
        act, by=by, on=on, noun=household, body={"code": household.code, "day": day, **body},
        personal={name: value for name, value in personal.items() if value},
    )  # fmt: skip


def taken(numbers: Mapping[str, str], *, by: Seat, on: date, but: Iterable[int] = ()) -> Reasons:
    """Which of these ID numbers (by the field where each was typed) already belong to somebody in the register.

    `but`: rows of members who are about to leave, or to be corrected. The household's code and commune are told only
    to a seat that may see it; anybody else learns no more than that the number is taken.
    """
    wanted = {number: field for field, number in numbers.items() if number}
    scope = by.scope(on) if by.kind in rights.READERS else Scope(())
    found = Reasons()
    for row in _bearers(wanted, but):
        home = row.household
        if scope.covers(home.area_path):
            text = f"Số giấy tờ này đang thuộc một người trong hộ {home.code} ở {home.place}."
        else:
            text = ELSEWHERE
        found.add(text, field=wanted[row.id_number])
    return found


def is_taken(number: str) -> bool:
    """Whether an ID number belongs to somebody in the register, for a look that knows nobody who asks."""
    return bool(_bearers([number], []))


def _bearers(numbers: Iterable[str], but: Iterable[int]) -> list[Member]:
    """The living members with one of these ID numbers, wherever they live."""
    asked = sorted(numbers)
    if not asked:
        return []
    rows = Member.objects.filter(until__isnull=True).exclude(pk__in=list(but)).select_related("household__place")
    known = list[Member]()
    with walls.everything("a person lives in one household, whichever commune wrote it down"):
        for start in range(0, len(asked), READ):
            known += rows.filter(id_number__in=asked[start : start + READ]).order_by("id")
    return known
