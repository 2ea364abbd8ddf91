"""Who keeps which fund: the body that owns it, and the desk whose work it is at that level."""

from datetime import date

from chungtay.accounts.models import Seat
from chungtay.law.funds import FundKind
from chungtay.law.procedure import Desk
from chungtay.ledger.models import Fund
from chungtay.parties.authority import in_sight
from chungtay.parties.models import Party
from chungtay.places.models import Level

READERS = frozenset(Desk) - {Desk.ADMIN, Desk.COUNCIL, Desk.OFFICE}
"""Desks that read the books of their area."""
WRITERS = frozenset({Desk.FRONT, Desk.LABOUR, Desk.UNIT, Desk.DISTRICT, Desk.COMMUNE, Desk.BOARD})
"""Desks that may keep a fund of their own body."""
AT_LEVEL = {
    FundKind.POOR: {Level.PROVINCE: Desk.FRONT, Level.DISTRICT: Desk.DISTRICT, Level.COMMUNE: Desk.COMMUNE},
    FundKind.DRIVE: {Level.PROVINCE: Desk.FRONT, Level.DISTRICT: Desk.DISTRICT, Level.COMMUNE: Desk.COMMUNE},
    FundKind.AWARD: {Level.PROVINCE: Desk.BOARD, Level.DISTRICT: Desk.DISTRICT, Level.COMMUNE: Desk.COMMUNE},
}
"""Whose work the funds of other bodies in its area are (KH III.3, IV.3.2)."""


def may_keep(seat: Seat, kind: str, owner: Party, level: str, on: date) -> bool:
    """Whether the seat may write in a fund of that kind, body and level."""
    if seat.kind not in WRITERS:
        return False
    if seat.body_id == owner.pk:
        return True
    return AT_LEVEL[FundKind(kind)].get(Level(level)) is seat.kind and in_sight(owner, seat, on)


def keeps(seat: Seat, fund: Fund, on: date) -> bool:
    """Whether the seat may write in this fund."""
    return may_keep(seat, fund.kind, fund.owner, fund.level, on)
