"""Who records, checks, publishes and copies good models."""

from datetime import date

from chungtay.accounts.models import Seat
from chungtay.law.procedure import PROPOSING, Desk
from chungtay.parties.authority import in_sight
from chungtay.parties.models import Party
from chungtay.practices.models import Practice

READERS = frozenset(Desk) - {Desk.ADMIN}
"""Desks that read the library; whoever runs the machine has no business with it."""
WRITERS = PROPOSING
"""Desks that record a model of their own body, of a party that it manages, or of their area."""
CHECKERS = frozenset({Desk.DISTRICT, Desk.LABOUR, Desk.BOARD, Desk.FRONT})
"""Desks of a level above, which check what others recorded and decide what is published."""
HANDS = WRITERS | CHECKERS


def is_own(party: Party, by: Seat) -> bool:
    """Whether the party is the seat's own body, or one that it manages."""
    return by.body_id in (party.pk, party.managing_unit_id)


def may_record(party: Party, by: Seat, on: date) -> bool:
    """Whether the seat records a model of that party."""
    return by.kind in WRITERS and in_sight(party, by, on)


def may_keep(practice: Practice, by: Seat) -> bool:
    """Whether the seat changes and withdraws a model: the body that recorded it."""
    return by.kind in WRITERS and by.body_id == practice.recorded_by_id


def may_check(practice: Practice, by: Seat, on: date) -> bool:
    """Whether the seat looks at the model for the level above: never the body that recorded it or whose it is."""
    if by.kind not in CHECKERS or by.body_id in (practice.recorded_by_id, practice.party_id):
        return False
    return by.scope(on).covers(practice.area_path)


def may_answer_for(party: Party, by: Seat, on: date) -> bool:
    """Whether the seat speaks for a party that took a model up."""
    return by.kind in WRITERS and (is_own(party, by) or (by.kind is Desk.COMMUNE and in_sight(party, by, on)))
