"""Givers under many names: which parties people have said are one. Meter and claims follow the joined givers."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q

from chungtay.accounts.models import Seat
from chungtay.contributions.gifts import Share
from chungtay.contributions.reckoned import Sameness
from chungtay.law.procedure import PROPOSING, Desk
from chungtay.law.refusals import Conflict, Reason, Reasons
from chungtay.parties.authority import in_sight
from chungtay.parties.kinds import PEOPLE, PartyKind
from chungtay.parties.models import Party, PartyQuerySet
from chungtay.records import journal

DECIDERS = PROPOSING | {Desk.BOARD}
"""Desks that say whether two givers are one."""


ORGANISATIONS = frozenset(PartyKind) - PEOPLE - {PartyKind.HOUSEHOLD}
"""Whose name, kind and place are no secret to whoever received a gift of theirs."""
NAMED = "an organisation, or whoever gave here before, is named as a giver wherever it sits"


def nameable(seat: Seat, on: date) -> PartyQuerySet:
    """Whom a desk may name as a giver beyond those in sight; to be asked where everything is seen (`NAMED`)."""
    here = Share.objects.filter(seat.scope(on).where("area_path"), party__isnull=False).order_by().values("party")
    return Party.objects.filter(Q(kind__in=ORGANISATIONS) | Q(pk__in=here))


def joined(parties: Collection[int]) -> dict[int, frozenset[int]]:
    """For each of these parties the keys of all that are the same giver, itself among them. One query."""
    pairs = Sameness.objects.filter(same=True, undone_on__isnull=True).order_by().values_list("one_id", "other_id")
    return groups(parties, pairs)


def groups(parties: Collection[int], pairs: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    """The groups that `pairs` join, for each of `parties`: whoever is joined to one is joined to all of its own.

    >>> groups([1, 5], [(1, 2), (2, 3)])
    {1: frozenset({1, 2, 3}), 5: frozenset({5})}
    """
    own: dict[int, set[int]] = {}
    for one, other in pairs:
        first, second = own.setdefault(one, {one}), own.setdefault(other, {other})
        if first is not second:
            first |= second
            for key in second:
                own[key] = first
    return {key: frozenset(own.get(key, {key})) for key in parties}


@transaction.atomic
def decide(one: Party, other: Party, same: bool, *, by: Seat, on: date, because: str) -> Sameness:
    """Nói hai người đóng góp là một hay là hai. Raises `Refused`, or `Conflict` when it was said already."""
    reasons = _faults(one, other, by, on)
    if one.pk == other.pk:
        reasons.add("Đây là cùng một đối tượng trong sổ.")
    if not because.strip():
        reasons.add("Cần ghi căn cứ để nói là một hay là hai.", field="because")
    reasons.raise_if_any()
    first, second = sorted((one, other), key=lambda party: party.pk)
    row = Sameness(one=first, other=second, same=same, because=because.strip()[:300], on=on, by=_name(by))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as twice:
        raise Conflict([Reason("Hai đối tượng này đã có người quyết định. Muốn đổi thì gỡ quyết định cũ.")]) from twice
    journal.record(
        "decide_sameness", by=by, on=on, noun=row, body={"one": first.pk, "other": second.pk, "same": same},
        personal={"one": first.name, "other": second.name, "because": row.because},
    )  # fmt: skip
    return row


@transaction.atomic
def undo(row: Sameness, *, by: Seat, on: date, reason: str) -> Sameness:
    """Gỡ quyết định: the two are as if nobody had looked. Raises `Refused`, or `Conflict` if somebody was first."""
    reasons = _faults(row.one, row.other, by, on)
    if row.undone_on is not None:
        reasons.add(f"Quyết định này đã gỡ ngày {row.undone_on:%d/%m/%Y}.")
    if not reason.strip():
        reasons.add("Cần ghi lý do gỡ.", field="reason")
    reasons.raise_if_any()
    told = {"undone_on": on, "undone_why": reason.strip()[:300], "undone_by": _name(by)}
    if Sameness.objects.filter(pk=row.pk, undone_on__isnull=True).update(**told) != 1:
        raise Conflict([Reason("Người khác vừa gỡ quyết định này.")])
    for name, value in told.items():
        setattr(row, name, value)
    journal.record(
        "undo_sameness", by=by, on=on, noun=row, body={"one": row.one_id, "other": row.other_id},
        personal={"reason": row.undone_why},
    )  # fmt: skip
    return row


def _faults(one: Party, other: Party, by: Seat, on: date) -> Reasons:
    found = Reasons()
    if by.kind not in DECIDERS:
        found.add(f"Việc này do đơn vị quản lý người đóng góp làm, không phải {by.kind.label}.")
    elif not (in_sight(one, by, on) and in_sight(other, by, on)):
        found.add("Cả hai phải thuộc địa bàn hoặc đơn vị bạn quản lý; nếu không, đề nghị cơ quan cấp trên quyết định.")
    return found


def _name(by: Seat) -> str:
    _, name, desk, _ = by.journal_identity()
    return f"{name}, {desk}"[:300]
