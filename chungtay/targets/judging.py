"""A goal of the plan at one place: its baseline there, its path, what was measured, and the figures assigned for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chungtay.law import targets as law
from chungtay.law.targets import Direction, Progress, Reach, Track
from chungtay.movements import paces
from chungtay.movements.models import Movement
from chungtay.movements.plan import Plan
from chungtay.movements.plan_parts import Goal
from chungtay.places.models import Level
from chungtay.targets import measuring
from chungtay.targets.ground import Unit
from chungtay.targets.measuring import Facts, Measured
from chungtay.targets.models import Assigned

GENERAL_RATE, SPECIAL_RATE, MINORITY_RATE = paces.GENERAL_RATE, paces.SPECIAL_RATE, paces.MINORITY_RATE
RATES = frozenset({GENERAL_RATE, SPECIAL_RATE, MINORITY_RATE})
COUNTS = frozenset({paces.OF_FIRST_INCOME, paces.OF_FIRST_SERVICE})
ASSIGNABLE = RATES | COUNTS
"""Measures whose figure is assigned downwards: the children's can be weighed or added against the parent's."""
OWN_START = "Số liệu gốc của địa bàn lấy từ danh sách cuối năm {year} trong hệ thống; {plan}."
PLAN_TELLS = {True: "kế hoạch chỉ nêu số của tỉnh", False: "kế hoạch không nêu số liệu gốc"}


@dataclass(frozen=True)
class Given:
    """Mức giao đang có hiệu lực: the figure that a unit was assigned for one year, and the paper that it stands in."""

    value: Decimal
    document: str = ""


AssignedBy = dict[tuple[int, int], Given]
"""By unit and year. One that was withdrawn is not there."""


@dataclass(frozen=True)
class Standing:
    """Một chỉ tiêu ở một địa bàn: everything that its pages show."""

    goal: Goal
    unit: Unit
    baseline: Decimal | None
    baseline_source: str
    progress: Progress
    measured: Mapping[int, Measured]
    assigned: Mapping[int, Given]
    special_years: frozenset[int]
    running: Mapping[int, Measured]
    """What was surveyed of the year under way: told, never judged."""

    @property
    def latest(self) -> Measured | None:
        """What was measured in the latest year that was."""
        year = self.progress.latest_year
        return None if year is None else self.measured[year]

    @property
    def why_not(self) -> str:
        """Why the last year that has ended has no figure; empty where it has one."""
        ended = [year for year in self.measured if self.measured[year].why]
        return self.measured[max(ended)].why if ended and self.latest is None else ""

    def against(self, year: int) -> Track:
        """How the year stands against what was assigned; NOT_MEASURED where nothing was."""
        row, seen = self.assigned.get(year), self.measured.get(year)
        if row is None or seen is None:
            return Track.NOT_MEASURED
        return law.against_assigned(row.value, seen.value, direction=Direction(self.goal.direction))


def judge(
    facts: Facts, plan: Plan, goal: Goal, units: Collection[Unit], assigned: AssignedBy, *, on: date
) -> list[Standing]:
    """How the goal stands at each unit on `on`. No query."""
    first, last = paces.span(goal, plan)
    readings = measuring.measure(facts, goal.measure, units, range(first, last + 1))
    return [_standing(facts, plan, goal, unit, readings[unit.pk], assigned, on=on) for unit in units]


def _standing(
    facts: Facts,
    plan: Plan,
    goal: Goal,
    unit: Unit,
    measured: Mapping[int, Measured],
    assigned: AssignedBy,
    *,
    on: date,
) -> Standing:
    first, last = paces.span(goal, plan)
    value, source = _baseline(facts, goal, unit, measured[first])
    special = frozenset(facts.special_years(unit) if unit.level == Level.COMMUNE else ())
    told = paces.path(plan, goal, value, special if unit.level == Level.COMMUNE else None)
    known = {year: one.value for year, one in measured.items() if one.value is not None}
    given = {year: assigned[unit.pk, year] for year in range(first, last + 1) if (unit.pk, year) in assigned}
    by_plan = unit.pk == facts.ground.province.pk or goal.measure not in ASSIGNABLE
    stands_to = None if by_plan else {year: one.value for year, one in given.items()}
    running = {year: one for year, one in measured.items() if year == on.year and date(year, 12, 31) > on}
    return Standing(
        goal, unit, value, source, law.progress(told, known, on=on, assigned=stands_to),
        {year: one for year, one in measured.items() if date(year, 12, 31) <= on}, given, special,
        {year: one for year, one in running.items() if goal.measure == measuring.SURVEYED and one.part is not None},
    )  # fmt: skip


def _baseline(facts: Facts, goal: Goal, unit: Unit, seen: Measured) -> tuple[Decimal | None, str]:
    """The plan's figure for the province (or one that holds everywhere: 0 communes, 1 time); else our own list's."""
    planned = goal.baseline
    everywhere = goal.unit in ("multiple", "percent")
    if planned.value is not None and (everywhere or unit.pk == facts.ground.province.pk):
        return planned.value, planned.source or planned.note
    if seen.value is not None and goal.measure in ASSIGNABLE:
        return seen.value, OWN_START.format(year=planned.as_of.year, plan=PLAN_TELLS[planned.value is not None])
    if unit.pk != facts.ground.province.pk:
        return None, f"Chưa có số liệu cuối năm {planned.as_of.year} của địa bàn này."
    return None, planned.note or planned.source


def assigned_in(movement: Movement, goals: Iterable[str], paths: str, *, on: date) -> dict[str, AssignedBy]:
    """The figures of these goals under a path that stood assigned on `on`, by goal. One query.

    A figure that was withdrawn by then is passed over.
    """
    found: dict[str, AssignedBy] = {goal: {} for goal in goals}
    rows = Assigned.objects.filter(movement=movement, goal__in=list(found), area_path__startswith=paths)
    for row in rows.standing(on):
        if row.value is not None:
            found[row.goal][row.place_id, row.year] = Given(row.value, row.document)
    return found


def unconcerned(facts: Facts, goal: Goal, unit: Unit, year: int) -> str:
    """Why the goal does not ask anything of a unit in that year; empty where it does, or where nobody knows.

    Specially difficult communes are those of the latest list up to that year.
    """
    what = "Xã này" if unit.level == Level.COMMUNE else "Địa bàn này"
    if unit.pk == facts.ground.province.pk:
        return ""
    if goal.measure == SPECIAL_RATE:
        listed = max((at for _, at in facts.special if at <= year), default=None)
        if listed is None:
            return f"Chưa có danh sách xã đặc biệt khó khăn của năm {year} nên chưa giao được chỉ tiêu này."
        if not any((one.pk, listed) in facts.special for one in facts.ground.communes(unit)):
            return f"{what} không {'' if unit.level == Level.COMMUNE else 'có xã '}thuộc diện đặc biệt khó khăn."
    if goal.measure == MINORITY_RATE:
        years = [known for known in facts.years(unit) if known <= year]
        if years and facts.table[unit.pk][max(years)].minority_all == 0:
            return f"{what} không có hộ dân tộc thiểu số."
    return ""


@dataclass(frozen=True)
class Check:
    """Kiểm tra mức giao của cấp dưới: the parent's figure, who has none yet, and what the children's come to."""

    parent: Decimal | None
    parent_is_plan: bool
    missing: tuple[str, ...]
    reach: Reach | None
    sentence: str

    @property
    def falls_short(self) -> bool:
        """Whether the children's figures together do not reach the parent's."""
        return self.reach is not None and not self.reach.enough


def check(
    facts: Facts, parent: Standing, children: Collection[Unit], values: Mapping[int, Decimal], year: int
) -> Check:
    """Whether the children's figures for `year` reach the parent's: assigned to it, or, to the province, by the plan.

    Counts that exceed the parent's already are told before every child has its own.
    """
    own = parent.assigned.get(year)
    planned = None if parent.progress.by_assigned else slow(parent, year)
    target = own.value if own is not None else planned
    asked = _concerned(facts, parent.goal, children, year)
    missing = tuple(unit.name for unit, _ in asked if unit.pk not in values)
    if target is None:
        return Check(None, False, missing, None, "Cấp trên chưa được giao mức nào cho năm này và kế hoạch không nêu.")
    if not asked:
        return Check(target, own is None, (), None, "Không có đơn vị cấp dưới nào thuộc phạm vi của chỉ tiêu này.")
    direction, word = Direction(parent.goal.direction), parent.goal.word
    if missing and parent.goal.measure in COUNTS:
        so_far = [law.Child(unit.name, values[unit.pk]) for unit, _ in asked if unit.pk in values]
        reach = law.children_add_up(target, so_far, direction=direction, word=word)
        if not reach.enough:
            text = f"Còn {len(missing)} đơn vị chưa được giao. {reach.sentence}"
            return Check(target, own is None, missing, reach, text)
    if missing:
        text = f"Còn {len(missing)} đơn vị chưa được giao: chưa kiểm tra được đủ hay chưa."
        return Check(target, own is None, missing, None, text)
    told = [law.Child(unit.name, values[unit.pk], weight) for unit, weight in asked]
    if parent.goal.measure in COUNTS:
        reach = law.children_add_up(target, told, direction=direction, word=word)
    elif sum(one.households for one in told) == 0:
        return Check(target, own is None, (), None, "Chưa có số hộ của cấp dưới nên chưa tính được bình quân.")
    else:
        reach = law.children_reach(target, told, direction=direction, word=word)
    return Check(target, own is None, (), reach, reach.sentence)


def slow(stands: Standing, year: int) -> Decimal | None:
    """What the plan's slower pace comes to at the end of that year; None where the plan tells nothing."""
    return next((one.slow for one in stands.progress.years if one.year == year), None)


def _concerned(facts: Facts, goal: Goal, children: Collection[Unit], year: int) -> list[tuple[Unit, int]]:
    """The children that the goal is about, each with its households by the latest figures up to that year."""
    found = []
    for unit in children:
        years = [known for known in facts.years(unit) if known <= year]
        latest = facts.table[unit.pk][max(years)] if years else None
        if goal.measure == SPECIAL_RATE:
            weight = latest.special_households if latest else 0
        elif goal.measure == MINORITY_RATE:
            weight = (latest.minority_all or 0) if latest else 0
        else:
            weight = latest.households_all if latest else 0
        if weight or goal.measure in COUNTS or goal.measure == GENERAL_RATE:
            found.append((unit, weight))
    return found
