"""Many people at once into households that stand: few statements for the people, one for each household."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from chungtay.accounts.models import Seat
from chungtay.households import rights, writing
from chungtay.households.facts import Person, faults_of_person
from chungtay.households.models import Event, Household, Member
from chungtay.law.refusals import Conflict, Reason, Reasons
from chungtay.records import journal


@dataclass(frozen=True)
class Joining:
    """A person to be written into a household. Those counted without a name are named first."""

    household: Household
    person: Person


@transaction.atomic
def add_many(joining: Sequence[Joining], *, by: Seat, on: date) -> list[Member]:
    """Thêm nhiều nhân khẩu một lúc; the new rows, in the order given. One entry in the journal for all.

    Raises `Refused` with every fault (fields are "<index>-<name>"), `Conflict` when a number or a household was
    written in the meantime.
    """
    if not joining:
        return []
    found = Reasons()
    wrong = {one.household.pk: list(rights.faults_of_writer(one.household, by, on)) for one in joining}
    for index, one in enumerate(joining):
        reasons = [*wrong[one.household.pk], *faults_of_person(one.person, on=on)]
        if one.person.relation == writing.HEAD:
            reasons.append(Reason("Hộ đã có chủ hộ.", field="relation"))
        found.extend(Reason(reason.text, reason.clause, f"{index}-{reason.field}") for reason in reasons)
    found.raise_if_any()
    members = [writing.member_of(one.household, one.person, on) for one in joining]
    try:
        with transaction.atomic():
            members = Member.objects.bulk_create(members, batch_size=500)
    except IntegrityError as twice:
        raise Conflict([Reason(writing.NOT_AGAIN, field="id_number")]) from twice
    _count(joining, members, on)
    journal.record(
        "add_members", by=by, on=on, noun=joining[0].household,
        body={"members": len(members), "codes": sorted({one.household.code for one in joining})},
    )  # fmt: skip
    return members


def _count(joining: Sequence[Joining], members: Sequence[Member], on: date) -> None:
    """The count, the head and the history of each household that somebody joined."""
    homes = {one.household.pk: one.household for one in joining}
    came: dict[int, list[Member]] = defaultdict(list)
    for member in members:
        came[member.household_id].append(member)
    events = []
    for key, rows in sorted(came.items()):
        home = homes[key]
        named = min(len(rows), home.unnamed)
        writing.recount(home, home.version, unnamed=home.unnamed - named)
        names = ", ".join(row.name for row in rows)[:300]
        kind, area = Event.Kind.JOINED, home.area_path
        events.append(Event(household=home, kind=kind, on=on, persons=len(rows) - named, note=names, area_path=area))
    Event.objects.bulk_create(events, batch_size=500)
