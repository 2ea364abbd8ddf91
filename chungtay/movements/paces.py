"""What a goal of the plan asks of one place in each year: its span, its pace, its end. Pure reading of the plan."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from chungtay.law.targets import Direction, Pace, by_status, steady
from chungtay.law.targets import Goal as Path
from chungtay.movements.plan import Plan
from chungtay.movements.plan_parts import Goal

GENERAL_RATE, SPECIAL_RATE, MINORITY_RATE = (
    "poverty_rate", "poverty_rate_special_communes", "poverty_rate_ethnic_minority",
)  # fmt: skip
OF_FIRST_INCOME, OF_FIRST_SERVICE = "income_poor_households", "service_poor_households"


def span(goal: Goal, plan: Plan) -> tuple[int, int]:
    """The year of the baseline, and the last year of the goal's path."""
    return goal.baseline.as_of.year, plan.period.until.year


def special_goal(plan: Plan) -> Goal | None:
    """The goal whose pace specially difficult communes follow (KH I.1.b), if the plan has one."""
    return next((goal for goal in plan.goals if goal.measure == SPECIAL_RATE), None)


def paces(plan: Plan, goal: Goal, special: Collection[int] | None) -> dict[int, Pace] | None:
    """By year, where the goal has a pace. `special`: a commune's years of special difficulty; None above communes."""
    if goal.per_year is None:
        return None
    first, last = span(goal, plan)
    general = Pace(goal.per_year.least, goal.per_year.most)
    harder = special_goal(plan)
    if goal.measure == GENERAL_RATE and special is not None and harder is not None and harder.per_year:
        faster = Pace(harder.per_year.least, harder.per_year.most)
        return by_status(general, faster, special, first + 1, last)
    return steady(general, first + 1, last)


def path(plan: Plan, goal: Goal, baseline: Decimal | None, special: Collection[int] | None) -> Path:
    """The goal in plain numbers, ready for `law.targets.progress`."""
    first, last = span(goal, plan)
    end = None if goal.end is None or baseline is None else goal.end.value
    told = paces(plan, goal, special)
    direction = Direction(goal.direction)
    return Path(direction, first, last, baseline, paces=told, end=end, word=goal.word, places=goal.places)
