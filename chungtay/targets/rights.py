"""Who sees and writes what here: a desk its own area, every desk the totals of its province."""

from datetime import date

from chungtay.accounts.models import Seat
from chungtay.law.procedure import Desk
from chungtay.places.models import Level
from chungtay.targets.ground import Ground, Unit

READERS = frozenset(Desk) - {Desk.ADMIN}
"""Desks that read figures; whoever runs the machine has no business with them."""
WRITERS = frozenset({Desk.LABOUR, Desk.DISTRICT})
"""Desks that assign figures and enter what only people can measure."""


def may_see(seat: Seat, ground: Ground, unit: Unit, on: date) -> bool:
    """The totals of the province, and everything in the seat's own area."""
    return unit.pk == ground.province.pk or seat.scope(on).covers(unit.path)


def seen(seat: Seat, ground: Ground, units: list[Unit], on: date) -> list[Unit]:
    """Those of the units that the seat may see, in the same order."""
    scope = seat.scope(on)
    return [unit for unit in units if unit.pk == ground.province.pk or scope.covers(unit.path)]


def home(seat: Seat, ground: Ground, on: date) -> Unit:
    """The unit whose page a seat sees first: its own area, or the province."""
    own = ground.at(seat.desk.place.path) if seat.scope(on).spans else None
    return own or ground.province


def may_assign(seat: Seat, unit: Unit, on: date) -> bool:
    """Sở Lao động assigns to any unit of its province, a district to its own communes (KH I.1.b, V.3)."""
    if not seat.scope(on).covers(unit.path):
        return False
    return seat.kind is Desk.LABOUR or (seat.kind is Desk.DISTRICT and unit.level == Level.COMMUNE)


def may_measure(seat: Seat, unit: Unit, on: date) -> bool:
    """Who enters an income survey or the state of infrastructure: Sở Lao động, a district for its own area."""
    return seat.kind in WRITERS and seat.scope(on).covers(unit.path)
