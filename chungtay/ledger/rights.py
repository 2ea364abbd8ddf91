"""Who keeps which fund: the body that owns it, and the desk whose work it is at that level."""

from collections.abc import Collection, Iterable
from datetime import date

from chungtay.accounts.models import Desk as SeatDesk
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


def keepers(funds: Iterable[Fund]) -> dict[int, frozenset[int]]:
    """By the key of each fund the bodies that keep it: its owner, and those of the desks whose work it is. A query."""
    listed = {fund.pk: fund for fund in funds}
    desks = list(
        SeatDesk.objects.filter(place__in={fund.place_id for fund in listed.values()}, kind__in=WRITERS)
        .order_by()
        .values_list("place_id", "kind", "body_id")
    )
    found = {}
    for key, fund in listed.items():
        kind = AT_LEVEL[fund.fund_kind].get(Level(fund.level))
        theirs = {body for place, desk, body in desks if place == fund.place_id and desk == kind}
        found[key] = frozenset({fund.owner_id} | theirs)
    return found


def takes(seat: Seat, fund: Fund, givers: Collection[Party], among: Collection[int], on: date) -> bool:
    """Whether the seat may take into this fund what these gave: whoever keeps it; and where a body `among` its keepers
    gave itself, whoever sees that area, since nobody confirms what it gave."""
    if keeps(seat, fund, on):
        return True
    return any(one.pk in among for one in givers) and seat.scope(on).covers(fund.area_path)
