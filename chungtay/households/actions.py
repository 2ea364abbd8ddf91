"""What is done with a household: open, somebody joins or leaves, another head, close. Moves stand in `joining`."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from chungtay.accounts.models import Seat
from chungtay.households import apart, rights, writing
from chungtay.households.codes import next_codes
from chungtay.households.facts import Home, Person, faults_of_home, faults_of_people, faults_of_person
from chungtay.households.hamlets import as_written
from chungtay.households.models import Event, Household, Member
from chungtay.law.refusals import Reasons
from chungtay.records.names import clean

Kind, Left, Closed = Event.Kind, Member.Left, Household.Closed
KIND_OF_LEAVING = {Left.DIED.value: Kind.DIED, Left.MOVED.value: Kind.LEFT, Left.MISTAKE.value: Kind.LEFT}
CLOSED_BY_LEAVING = {
    Left.DIED.value: Closed.DIED, Left.MOVED.value: Closed.MOVED_OUT, Left.MISTAKE.value: Closed.MISTAKE,
}  # fmt: skip
LEFT_BY_CLOSING = {
    Closed.MOVED_OUT.value: Left.MOVED, Closed.DIED.value: Left.DIED, Closed.MISTAKE.value: Left.MISTAKE,
}  # fmt: skip


@transaction.atomic
def open_household(
    home: Home, people: Sequence[Person], *, by: Seat, on: date, day: date | None = None,
    different_from: Iterable[Member] = (), is_demo: bool = False,
) -> Household:  # fmt: skip
    """Ghi một hộ vào sổ, with its members; one of them is the head. `day`: since when it is there (today if not told).

    `different_from` are members that look alike and that a person told apart; they are remembered as others. Reasons
    of a refusal name the fields: those of `Home`, `day`, and `person-<index>-<field>`. Raises `Refused`, `Conflict`.
    """
    day = day or on
    found = Reasons(rights.faults_of_place(home.place, by, on))
    found.extend(faults_of_home(home))
    found.extend(rights.faults_of_day(day, on))
    found.extend(faults_of_people(people, on=on))
    found.extend(
        writing.taken({f"person-{index}-id_number": one.number for index, one in enumerate(people)}, by=by, on=on)
    )
    found.raise_if_any()
    household = Household(
        code=next_codes(home.place, 1, on=on)[0], place=home.place, hamlet=as_written(home.place, home.hamlet),
        address=clean(home.address), head_name=next(one.name for one in people if one.relation == writing.HEAD),
        no_labour=home.no_labour, merit=home.merit, unnamed=home.unnamed, persons=len(people) + home.unnamed,
        opened_on=day, is_demo=is_demo,
    )  # fmt: skip
    household.fill_derived(on)
    rows = [writing.member_of(household, person, day) for person in people]
    household.minority = writing.is_minority((row.relation, row.ethnicity) for row in rows)
    household.save(force_insert=True)
    rows = writing.insert(rows)
    apart.remember(rows, different_from, on=on)
    writing.happened(household, Kind.OPENED, day, persons=household.persons)
    writing.record(
        "open_household", household, by=by, on=on, day=day, place=home.place.key, persons=household.persons,
        members=[row.pk for row in rows],
        personal={"head": household.head_name, "hamlet": household.hamlet, "people": "; ".join(r.name for r in rows)},
    )  # fmt: skip
    return household


@transaction.atomic
def add_member(
    household: Household, person: Person, *, by: Seat, on: date, version: int, day: date | None = None,
    was_counted: bool = False, different_from: Iterable[Member] = (),
) -> Member:  # fmt: skip
    """Thêm nhân khẩu: born, married in, come to live here. `was_counted`: one of those counted without a name.

    Raises `Refused` with every reason, or `Conflict` when somebody else was first.
    """
    day = day or on
    writing.lock(household, version)
    found = Reasons(rights.faults_of_writer(household, by, on))
    found.extend(rights.faults_of_day(day, on, since=household.opened_on))
    found.extend(faults_of_person(person, on=on))
    if person.relation == writing.HEAD:
        found.add("Hộ đã có chủ hộ; muốn đổi thì dùng “Đổi chủ hộ”.", field="relation")
    if was_counted and not household.unnamed:
        found.add("Hộ không còn nhân khẩu nào chưa ghi tên.", field="was_counted")
    found.extend(writing.taken({"id_number": person.number}, by=by, on=on))
    found.raise_if_any()
    [member] = writing.insert([writing.member_of(household, person, day)])
    apart.remember([member], different_from, on=on)
    writing.recount(household, version, unnamed=household.unnamed - was_counted)
    note = "ghi tên người đã được đếm" if was_counted else ""
    writing.happened(household, Kind.JOINED, day, persons=0 if was_counted else 1, note=_about(member, note))
    writing.record(
        "add_member", household, by=by, on=on, day=day, member=member.pk, was_counted=was_counted,
        personal={"member": member.name, "relation": member.get_relation_display()},
    )  # fmt: skip
    return member


@transaction.atomic
def member_left(
    member: Member, why: str, *, by: Seat, on: date, version: int, day: date | None = None,
    new_head: Member | None = None, note: str = "",
) -> Household:  # fmt: skip
    """Bớt nhân khẩu: somebody died, moved away, or was written by mistake. When it is the head, `new_head` is named in
    the same act; when it was the last one, the household leaves the register. `version` is the household's.

    Whoever goes to another household of the register goes by `joining.split` or `joining.merge`.
    """
    day = day or on
    household = member.household
    writing.lock(household, version)
    members = writing.living(household)
    rest = [one for one in members if one.pk != member.pk]
    found = Reasons(rights.faults_of_writer(household, by, on))
    found.extend(rights.faults_of_day(day, on, since=member.since))
    if why not in KIND_OF_LEAVING:
        found.add("Hãy chọn lý do rời hộ.", field="why")
    if member.until is not None:
        found.add(f"{member.name} đã rời hộ ngày {member.until:%d/%m/%Y}.")
    found.extend(_about_heir(member, rest, household, new_head))
    found.raise_if_any()
    writing.leave([member], why, day)
    kind, said = KIND_OF_LEAVING[why], _about(member, note)
    if not rest:
        writing.shut(household, version, CLOSED_BY_LEAVING[why], day)
    else:
        if new_head is not None:
            _crown(household, rest, new_head, day)
        writing.recount(household, version)
    writing.happened(household, kind, day, persons=1, note=said)
    if not rest:
        writing.happened(household, Kind.CLOSED, day, persons=0, note=household.get_closed_why_display())
    writing.record(
        "member_left", household, by=by, on=on, day=day, member=member.pk, why=why,
        new_head=None if new_head is None else new_head.pk, closed=not rest,
        personal={"member": member.name, "new_head": new_head.name if new_head else "", "note": note},
    )  # fmt: skip
    return household


@transaction.atomic
def new_head(
    household: Household, member: Member | None, *, by: Seat, on: date, version: int, day: date | None = None
) -> Household:
    """Đổi chủ hộ while the old head lives in it. What the others are to the new one is proposed, to be corrected."""
    day = day or on
    writing.lock(household, version)
    members = writing.living(household)
    found = Reasons(rights.faults_of_writer(household, by, on))
    found.extend(rights.faults_of_day(day, on, since=household.opened_on))
    if member is None or member.pk not in {one.pk for one in members}:
        found.add("Hãy chọn chủ hộ mới trong những người đang ở trong hộ.", field="new_head")
    elif member.relation == writing.HEAD:
        found.add(f"{member.name} đang là chủ hộ.", field="new_head")
    found.raise_if_any()
    member, old = next(one for one in members if one == member), writing.head_of(members)
    _crown(household, members, member, day)
    writing.recount(household, version)
    writing.record(
        "new_head", household, by=by, on=on, day=day, member=member.pk,
        personal={"new_head": member.name, "old_head": old.name},
    )  # fmt: skip
    return household


@transaction.atomic
def close_household(
    household: Household, why: str, *, by: Seat, on: date, version: int, day: date | None = None, note: str = ""
) -> Household:
    """Đưa hộ ra khỏi sổ: all moved away, out of the province, or died, or it was written by mistake."""
    day = day or on
    writing.lock(household, version)
    members = writing.living(household)
    found = Reasons(rights.faults_of_writer(household, by, on))
    found.extend(rights.faults_of_day(day, on, since=max([household.opened_on, *(one.since for one in members)])))
    if why not in LEFT_BY_CLOSING:
        found.add("Hãy chọn lý do ra khỏi sổ.", field="why")
    found.raise_if_any()
    persons = household.persons
    writing.shut(household, version, why, day)
    writing.leave(members, LEFT_BY_CLOSING[why], day)
    said = household.get_closed_why_display()
    kind = Kind.MOVED_OUT if why == Closed.MOVED_OUT else Kind.CLOSED
    writing.happened(household, kind, day, persons=persons, note=f"{said}: {note}" if note else said)
    writing.record(
        "close_household", household, by=by, on=on, day=day, why=why, persons=persons,
        personal={"head": household.head_name, "note": note},
    )  # fmt: skip
    return household


def _about_heir(member: Member, rest: Sequence[Member], household: Household, heir: Member | None) -> Reasons:
    """Whether a new head is named where one is needed, and only there."""
    found = Reasons()
    if member.relation != writing.HEAD:
        if heir is not None:
            found.add(f"{member.name} không phải chủ hộ; muốn đổi chủ hộ thì dùng “Đổi chủ hộ”.", field="new_head")
    elif rest and heir is None:
        found.add(f"{member.name} là chủ hộ: cần chọn chủ hộ mới.", field="new_head")
    elif heir is not None and heir.pk not in {one.pk for one in rest}:
        found.add("Chủ hộ mới phải đang ở trong hộ.", field="new_head")
    if not rest and household.unnamed:
        found.add(
            f"Hộ còn {household.unnamed} nhân khẩu chưa ghi tên: ghi tên chủ hộ mới trước, hoặc đưa cả hộ ra khỏi sổ.",
            field="new_head",
        )
    return found


def _crown(household: Household, members: Sequence[Member], heir: Member, day: date) -> None:
    """Another head, with its line of history. The old head gives way first: there is one at a time."""
    own = next(one for one in members if one.pk == heir.pk)
    old = next((one for one in members if one.relation == writing.HEAD), None)
    writing.crown(members, own)
    heir.relation, heir.version = own.relation, own.version
    note = f"{own.name} thay {old.name if old is not None else household.head_name}"
    writing.happened(household, Kind.NEW_HEAD, day, persons=0, note=note)


def _about(member: Member, note: str) -> str:
    said = f"{member.name} ({member.get_relation_display().lower()})"
    return f"{said}: {clean(note)}" if note.strip() else said
