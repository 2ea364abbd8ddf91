"""Nối hộ trong sổ với đối tượng thi đua: what awards say of a household rests on what the register knows of it."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q

from chungtay.accounts.models import Seat
from chungtay.households import rights, writing
from chungtay.households.models import Household
from chungtay.law.refusals import Conflict, Reason, Reasons
from chungtay.parties import actions as parties
from chungtay.parties.authority import in_sight
from chungtay.parties.duplicates import Likeness
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.parties.search import searchable
from chungtay.records import versions, walls
from chungtay.records.names import fold

OFFERED = 6
FIRST_YEAR = 1900
"""The register of parties takes no earlier year of birth."""
TAKEN = "Người khác vừa nối đối tượng này với một hộ khác."


@transaction.atomic
def link(household: Household, party: Party, *, by: Seat, on: date, version: int) -> Household:
    """Nối một hộ với đối tượng thi đua của chính hộ đó: one household of the register, one party of kind household.

    Raises `Refused` with every reason, `Conflict` when somebody else was first.
    """
    writing.lock(household, version)
    found = Reasons(rights.faults_of_writer(household, by, on))
    found.extend(_faults(household, party, by, on))
    found.raise_if_any()
    try:
        with transaction.atomic():
            versions.guarded_update(household, version=version, where={"party__isnull": True}, party=party)
    except IntegrityError as twice:
        raise Conflict([Reason(TAKEN, field="party")]) from twice
    writing.record(
        "link_party", household, by=by, on=on, day=on, party=party.pk,
        personal={"head": household.head_name, "party": party.name},
    )  # fmt: skip
    return household


@transaction.atomic
def register_and_link(
    household: Household, *, by: Seat, on: date, version: int, different_from: Iterable[Party] = ()
) -> Party:
    """Ghi hộ vào sổ đối tượng by what the register knows of its head, and link the two; the desk's body manages it.

    `different_from`: look-alikes that a person told apart. Raises `Refused`, `Conflict`.
    """
    found = Reasons(rights.faults_of_writer(household, by, on))
    found.raise_if_any()
    head = writing.head_of(writing.living(household))
    party = Party(
        kind=PartyKind.HOUSEHOLD.value, name=head.name, place=household.place, hamlet=household.hamlet,
        address=household.address, managing_unit_id=by.body_id, gender=head.gender,
        birth_year=head.birth_year if head.birth_year >= FIRST_YEAR else None,
        id_number=head.id_number, ethnicity=head.ethnicity, is_demo=household.is_demo,
    )  # fmt: skip
    parties.register(party, by=by, on=on, different_from=different_from)
    link(household, party, by=by, on=on, version=version)
    return party


@transaction.atomic
def unlink(household: Household, *, by: Seat, on: date, version: int, why: str) -> Household:
    """Gỡ một lần nối nhầm: a new act, whether the household still stands or not; both stay in their registers.

    Raises `Refused` with every reason, `Conflict` when somebody else was first.
    """
    writing.lock(household, version)
    found = Reasons(rights.faults_of_desk(household, by, on))
    party = household.party_id
    if party is None:
        found.add("Hộ này chưa nối với đối tượng thi đua nào.")
    if not why.strip():
        found.add("Cần ghi vì sao gỡ.", field="note")
    found.raise_if_any()
    versions.guarded_update(household, version=version, where={"party": party}, party=None)
    writing.record(
        "unlink_party", household, by=by, on=on, day=on, party=party,
        personal={"head": household.head_name, "note": why.strip()},
    )  # fmt: skip
    return household


def likely(household: Household, by: Seat, on: date) -> list[Likeness]:
    """The unlinked households among the parties in sight that may be this one, the likeliest first.

    They bear the name or the number of somebody who lives in it; another commune's are offered by number alone.
    """
    members = writing.living(household)
    names = {searchable(one.name) for one in members}
    numbers = {one.id_number for one in members if one.id_number}
    rows = Party.objects.visible_to(by, on).filter(kind=PartyKind.HOUSEHOLD, household__isnull=True)
    alike = Q(name_folded__in=names, place=household.place_id) | Q(id_number__in=numbers)
    head = next((one for one in members if one.relation == writing.HEAD), None)
    found = []
    for party in rows.filter(alike).select_related("place").order_by("id")[: 2 * OFFERED]:
        told = {
            "trùng số giấy tờ": bool(party.id_number) and party.id_number in numbers,
            "trùng tên chủ hộ": head is not None and party.name_folded == searchable(head.name),
            "cùng xã": party.place_id == household.place_id,
            "cùng ấp": bool(party.hamlet) and fold(party.hamlet) == fold(household.hamlet),
            "cùng năm sinh": head is not None and party.birth_year == head.birth_year,
        }
        found.append(Likeness(party, tuple(reason for reason, holds in told.items() if holds)))
    return sorted(found, key=lambda one: -len(one.reasons))[:OFFERED]


def candidates(party: Party, by: Seat, on: date) -> list[Household]:
    """The unlinked households in sight, in the party's commune, whose head bears the party's name."""
    rows = Household.objects.visible_to(by, on).filter(
        closed_on__isnull=True, party__isnull=True, place=party.place_id, head_folded=fold(party.name)
    )
    return list(rows.order_by("id")[:OFFERED])


def _faults(household: Household, party: Party, by: Seat, on: date) -> Iterable[Reason]:
    """Why these two may not be linked, whoever asks."""
    if household.party_id is not None:
        yield Reason("Hộ này đã nối với một đối tượng thi đua; gỡ ra trước đã.", field="party")
    if party.kind != PartyKind.HOUSEHOLD:
        yield Reason(f"“{party.name}” không phải hộ gia đình.", field="party")
    if not in_sight(party, by, on):
        yield Reason("Đối tượng này không thuộc địa bàn hoặc đơn vị bạn quản lý.", field="party")
    with walls.everything("a party is one household, whichever commune wrote it down"):
        other = Household.objects.filter(party=party).exclude(pk=household.pk).first()
    if other is not None:
        which = f"hộ {other.code}" if by.scope(on).covers(other.area_path) else "một hộ ở địa bàn khác"
        yield Reason(f"“{party.name}” đã nối với {which}.", field="party")
