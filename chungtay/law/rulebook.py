"""Rulebook: every dated value of `law` in one list, for the page that shows them and the test that looks for gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType

from chungtay.law import (
    awards,
    deadlines,
    deprivations,
    exclusions,
    funds,
    giving,
    holidays,
    layout,
    money,
    population,
    poverty,
    preconditions,
    reviewing,
    together,
    voting,
)
from chungtay.law.timeline import Timeline

MODULES: tuple[ModuleType, ...] = (
    awards,
    deadlines,
    deprivations,
    exclusions,
    funds,
    giving,
    holidays,
    layout,
    money,
    population,
    poverty,
    preconditions,
    reviewing,
    together,
    voting,
)


def timelines() -> dict[str, Timeline[object]]:
    """Every timeline by where it stands: "money.BASE_WAGE", "giving.THRESHOLD[person]". Each timeline comes once."""
    found: dict[str, Timeline[object]] = {}
    seen: set[int] = set()
    for module in MODULES:
        for name, timeline in _of(module):
            if id(timeline) not in seen:
                seen.add(id(timeline))
                found[f"{module.__name__.rpartition('.')[2]}.{name}"] = timeline
    return found


def _of(module: ModuleType) -> Iterator[tuple[str, Timeline[object]]]:
    for name, value in vars(module).items():
        if isinstance(value, Timeline):
            yield name, value
        elif isinstance(value, Mapping):
            for key, member in value.items():
                if isinstance(member, Timeline):
                    yield f"{name}[{key}]", member
