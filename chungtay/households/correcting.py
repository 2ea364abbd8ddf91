"""Sửa thông tin of a household and of its people, and saying of two who look alike that they are two."""

from datetime import date
from typing import Any

from django.db import transaction

from chungtay.accounts.models import Seat
from chungtay.households import actions, rights, writing
from chungtay.households.facts import Home, Person, faults_of_home, faults_of_person
from chungtay.households.hamlets import as_written
from chungtay.households.models import Apart, Event, Household, Member
from chungtay.law.ethnicity import people_named
from chungtay.law.refusals import Reasons
from chungtay.records.names import clean, fold

OF_HOUSEHOLD = ("hamlet", "address", "no_labour", "merit", "unnamed")
OF_MEMBER = ("name", "relation", "gender", "birth_year", "born_on", "ethnicity", "identity", "id_number")


@transaction.atomic
def correct_household(household: Household, home: Home, *, by: Seat, on: date, version: int) -> Household:
    """Sửa thông tin hộ: hamlet, address, groups, how many are without a name. The commune changes only by a move.

    Raises `Refused` with every reason, `Conflict` when somebody else was first.
    """
    writing.lock(household, version)
    found = Reasons(rights.faults_of_writer(household, by, on))
    found.extend(faults_of_home(home))
    new: dict[str, Any] = {
        "hamlet": _hamlet(household, home.hamlet), "address": clean(home.address), "no_labour": home.no_labour,
        "merit": home.merit, "unnamed": home.unnamed,
    }  # fmt: skip
    old = {name: getattr(household, name) for name in OF_HOUSEHOLD}
    changed = [name for name in OF_HOUSEHOLD if old[name] != new[name]]
    if not changed:
        found.add("Chưa sửa gì.")
    found.raise_if_any()
    before = household.persons
    writing.recount(household, version, **new)
    _keep(
        "correct_household", household, household, changed, old, new, by=by, on=on, persons=household.persons - before
    )
    return household


@transaction.atomic
def correct_member(member: Member, person: Person, *, by: Seat, on: date, version: int) -> Member:
    """Sửa thông tin một người, as it should have been written. `version` is the household's.

    Who is head changes only by `actions.new_head`. Raises `Refused` with every reason, `Conflict`.
    """
    household = member.household
    writing.lock(household, version)
    found = Reasons(rights.faults_of_writer(household, by, on))
    found.extend(faults_of_person(person, on=on))
    if member.until is not None:
        found.add(f"{member.name} đã rời hộ ngày {member.until:%d/%m/%Y}.")
    if (person.relation == writing.HEAD) != (member.relation == writing.HEAD):
        found.add("Muốn đổi chủ hộ thì dùng “Đổi chủ hộ”.", field="relation")
    found.extend(writing.taken({"id_number": person.number}, by=by, on=on, but=[member.pk]))
    new: dict[str, Any] = {
        "name": clean(person.name), "relation": person.relation, "gender": person.gender, "birth_year": person.year,
        "born_on": person.born_on, "ethnicity": people_named(person.ethnicity), "identity": str(person.paper),
        "id_number": person.number,
    }  # fmt: skip
    old = {name: getattr(member, name) for name in OF_MEMBER}
    changed = [name for name in OF_MEMBER if old[name] != new[name]]
    if not changed:
        found.add("Chưa sửa gì.")
    found.raise_if_any()
    writing.rewrite(member, name_folded=fold(new["name"]), **new)
    writing.recount(household, version)
    _keep("correct_member", household, member, changed, old, new, by=by, on=on, persons=0)
    return member


@transaction.atomic
def reopen(household: Household, *, by: Seat, on: date, version: int, note: str) -> Household:
    """Ghi lại vào sổ a household that was closed by mistake: whoever left with it comes back, nobody else.

    A merged one does not come back: its people live in the other household. Raises `Refused`, `Conflict`.
    """
    writing.lock(household, version)
    found = Reasons(rights.faults_of_desk(household, by, on))
    why = actions.LEFT_BY_CLOSING.get(household.closed_why)
    if household.closed_on is None:
        found.add("Hộ đang có trong sổ.")
    elif why is None:
        found.add("Hộ đã nhập vào hộ khác, người của hộ đang ở hộ đó; hãy tách ra nếu nhập nhầm.")
    if not note.strip():
        found.add("Cần ghi vì sao ghi lại vào sổ.", field="note")
    found.raise_if_any()
    back = list(household.members.filter(until=household.closed_on, left_why=why).order_by("id"))
    heads = [one for one in back if one.relation == writing.HEAD]
    back = [one for one in back if one.relation != writing.HEAD or one == heads[-1]]
    if not heads:
        found.add("Không còn chủ hộ nào để ghi lại: hãy ghi hộ mới.")
    found.extend(writing.taken({f"member-{one.pk}": one.id_number for one in back}, by=by, on=on))
    found.raise_if_any()
    writing.restore(household, back, version)
    writing.happened(household, Event.Kind.REOPENED, on, persons=household.persons, note=note)
    writing.record(
        "reopen_household", household, by=by, on=on, day=on, members=[one.pk for one in back],
        personal={"head": household.head_name, "note": note},
    )  # fmt: skip
    return household


@transaction.atomic
def tell_apart(member: Member, other: Member, *, by: Seat, on: date) -> None:
    """Hai người khác nhau: from now on nobody is asked again whether they are the same. Twice said is once kept."""
    found = Reasons()
    for one in (member, other):
        found.extend(rights.faults_of_writer(one.household, by, on))
    if member.person == other.person:
        found.add("Đây là cùng một người.")
    found.raise_if_any()
    first, second = sorted((member.person, other.person))
    if Apart.objects.filter(one=first, other=second).exists():
        return
    Apart.objects.create(one_id=first, other_id=second, on=on)
    writing.record(
        "tell_apart", member.household, by=by, on=on, day=on, one=first, other=second, other_code=other.household.code,
        personal={"member": member.name, "other": other.name},
    )  # fmt: skip


def _hamlet(household: Household, typed: str) -> str:
    """The hamlet as the commune writes it; another way to write the household's own is what is being put right."""
    name = clean(typed)
    return name if fold(name) == fold(household.hamlet) else as_written(household.place, name)


def _keep(
    act: str, household: Household, row: Household | Member, changed: list[str], old: dict[str, Any],
    new: dict[str, Any], *, by: Seat, on: date, persons: int,
) -> None:  # fmt: skip
    """The line of history and the journal's entry of a correction. What it said before stands only in the journal."""
    labels = ", ".join(str(type(row)._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]
    note = f"{row.name}: {labels}" if isinstance(row, Member) else labels
    writing.happened(household, Event.Kind.CORRECTED, on, persons=abs(persons), note=note)
    writing.record(
        act, household, by=by, on=on, day=on, fields=changed, row=row.pk, persons=persons,
        personal={
            **{f"{name} (cũ)": str(old[name]) for name in changed if old[name] not in ("", None)},
            **{name: str(new[name]) for name in changed if new[name] not in ("", None)},
        },
    )  # fmt: skip
