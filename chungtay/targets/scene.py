"""What every page of this room starts from: the movement, its province on the day, the unit that was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from chungtay.accounts.models import Seat
from chungtay.movements.models import Movement
from chungtay.movements.plan import NotInPlan, Plan
from chungtay.movements.plan_parts import Goal
from chungtay.places.models import DIGITS
from chungtay.targets import rights
from chungtay.targets.ground import Ground, Unit


@dataclass(frozen=True)
class Scene:
    """Phong trào, kế hoạch và địa bàn đang xem, as the seat may see them on the day."""

    movement: Movement
    plan: Plan
    ground: Ground
    unit: Unit
    seat: Seat
    on: date

    @property
    def base_year(self) -> int:
        """The year whose end the plan counts from."""
        return self.plan.goals[0].baseline.as_of.year

    @property
    def years(self) -> range:
        """The years of the plan's targets, the base year first."""
        return range(self.base_year, self.plan.period.until.year + 1)

    def seen(self, units: list[Unit]) -> list[Unit]:
        """Those of the units that the seat may see."""
        return rights.seen(self.seat, self.ground, units, self.on)

    def goal(self, goal_id: str) -> Goal:
        """The goal by its id in an address ("t1"). Raises Http404."""
        try:
            return self.plan.goal(goal_id.upper())
        except NotInPlan:
            raise Http404 from None


def open_scene(seat: Seat, on: date, key: str = "") -> Scene:
    """The unit with that key, or the seat's own. Raises Http404 without a movement, or outside what the seat sees."""
    path = seat.desk.body.area_path
    movements = Movement.objects.select_related("place").order_by("-code")
    movement = next((one for one in movements if one.place.path == path[:DIGITS]), None)
    if movement is None:
        raise Http404
    ground = Ground(movement.place, on)
    unit = ground.by_key(key) if key else rights.home(seat, ground, on)
    if unit is None or not rights.may_see(seat, ground, unit, on):
        raise Http404
    return Scene(movement, plan_in_force(movement, on), ground, unit, seat, on)


def plan_in_force(movement: Movement, on: date) -> Plan:
    """As `Movement.plan_on`, without reading the text of every version again: a plan is read once a process."""
    versions = list(movement.plans.defer("content").order_by("number"))
    in_force = [version for version in versions if version.valid_from <= on]
    return (in_force or versions[:1])[-1].plan
