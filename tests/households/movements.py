"""Households of two years, drawn, and the movement that the law counts of them one by one: for every engine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import narwhals as nw
from hypothesis import strategies as st

from chungtay.households import duck, movement, population
from chungtay.households.columns import Frame
from chungtay.law.deprivations import LISTS
from chungtay.law.population import Change, Counted, Move, count, move
from chungtay.law.poverty import Basis, Class

BEFORE, AFTER = date(2019, 12, 31), date(2020, 12, 31)
ENGINE = duck.Engine(threads=1)
WAS, NOW = population.ladder(Basis.INCOME, on=BEFORE), population.ladder(Basis.INCOME, on=AFTER)
ASKED = LISTS.on(AFTER).value
A_HEAD = {
    Class.INCOME_POOR: (600_000, 0),
    Class.SERVICE_POOR: (800_000, 4),
    Class.NEAR_POOR: (800_000, 1),
    Class.AVERAGE: (1_200_000, 5),
    Class.ABOVE: (3_000_000, 0),
    None: (None, 0),
}


@dataclass(frozen=True)
class Stood:
    """A household in one year."""

    commune: int
    outcome: Class | None
    members: int


@dataclass(frozen=True)
class Household:
    """A household in both years, absent from one of them perhaps, and what it had been before."""

    before: Stood | None
    after: Stood | None
    escaped: bool = False
    left_near_poor: bool = False


def stood() -> st.SearchStrategy[Stood]:
    return st.builds(Stood, st.integers(1, 3), st.sampled_from(list(A_HEAD)), st.integers(1, 9))


@st.composite
def households(draw: st.DrawFn) -> Household:
    before, after = draw(st.one_of(st.none(), stood())), draw(st.one_of(st.none(), stood()))
    if before and after and draw(st.integers(0, 3)):
        after = replace(after, commune=before.commune)
    return Household(before, after, draw(st.booleans()), draw(st.booleans()))


def table(rows: list[tuple[int, Stood, bool, bool]], name: str) -> Frame:
    """A year as a file would hold it."""
    heads = "household_id, commune_code, urban, minority, members, income_total, ever_escaped, ever_left_near_poor"
    values = [
        (
            *(number, at.commune, False, False, at.members, a_head and a_head * at.members, escaped, left),
            *(place < lacking for place in range(len(ASKED))),
        )
        for number, at, escaped, left in rows
        for a_head, lacking in [A_HEAD[at.outcome]]
    ]
    numbers = ("household_id", "commune_code", "members", "income_total")
    names = [*heads.split(", "), *ASKED]
    types = ", ".join(f"{column} {'BIGINT' if column in numbers else 'BOOLEAN'}" for column in names)
    ENGINE.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({types})")
    if values:
        told = ", ".join(str(row).replace("None", "null") for row in values)
        ENGINE.connection.execute(f"INSERT INTO {name} VALUES {told}")  # noqa: S608
    return nw.from_native(ENGINE.connection.table(name))


def by_tables(some: list[Household]) -> dict[int, Counted]:
    """The movement of these households, as the engine tells it."""
    before, after = years(some)
    return movement.tables(ENGINE.rows(movement.moved(before, after, WAS, NOW)))


def years(some: list[Household]) -> tuple[Frame, Frame]:
    before = [(n, h.before, h.escaped, h.left_near_poor) for n, h in enumerate(some) if h.before]
    after = [(n, h.after, h.escaped, h.left_near_poor) for n, h in enumerate(some) if h.after]
    return table(before, "before_given"), table(after, "after_given")


def by_the_law(some: list[Household]) -> dict[int, Counted]:
    """The same, one household after the other; who moved went from one commune and came to the other."""
    changes: dict[int, list[Change]] = {}
    for household in some:
        history = [Move.ESCAPED_TO_NEAR_POOR] * household.escaped + [Move.LEFT_NEAR_POOR] * household.left_near_poor
        was = household.before if household.before and household.before.outcome else None
        now = household.after if household.after and household.after.outcome else None
        sides = [(was, now)] if was and now and was.commune == now.commune else [(was, None), (None, now)]
        for one, other in sides:
            at = one or other
            if at is None:
                continue
            before, after = one.outcome if one else None, other.outcome if other else None
            cause = Move.SPLIT if before is None else Move.DIED if after is None else None
            told = move(before, after, history, cause)
            persons = (one.members if one else 0, other.members if other else 0)
            changes.setdefault(at.commune, []).append(Change(before, after, told, *persons))
    return {commune: count(found) for commune, found in changes.items()}


def only_moving(found: dict[int, Counted]) -> dict[int, Counted]:
    return {commune: tables for commune, tables in found.items() if tables != Counted()}
