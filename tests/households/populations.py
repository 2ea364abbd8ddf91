"""Households on every line of every standard, drawn or counted up, and what the law says of each: for every engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import narwhals as nw
from hypothesis import strategies as st

from chungtay.households import columns, duck, population
from chungtay.law import deprivations, poverty
from chungtay.law.classifying import Facts, Income, Scores, classify
from chungtay.law.deprivations import LISTS
from chungtay.law.poverty import AVERAGE_UPPER, INCOME_LINES, SCORE_LINES, STANDARD, Area, Basis, Class
from chungtay.law.refusals import NoRule, Refused
from chungtay.law.timeline import Timeline

Row = dict[str, Any]
INTEGERS = ("household_id", "commune_code", "members", "income_total", "b1", "b2")
ENGINE = duck.Engine(threads=1)


def borders(basis: Basis) -> list[date]:
    """The first and last days of everything dated that decides a class, and the days around them."""
    by_area = (*INCOME_LINES.values(), *AVERAGE_UPPER.values()) if basis is Basis.INCOME else SCORE_LINES.values()
    dated: list[Timeline[Any]] = [STANDARD, LISTS, deprivations.CUT, deprivations.POINTS_CUT, *by_area]
    firsts = {version.since for timeline in dated for version in timeline.versions}
    days = {first + timedelta(days=shift) for first in firsts for shift in (-1, 0)}
    return sorted(day for day in days if covered(basis, day))


def covered(basis: Basis, day: date) -> bool:
    try:
        population.ladder(basis, on=day)
    except NoRule:
        return False
    return True


DAYS = {basis: borders(basis) for basis in Basis}


def lines(basis: Basis, area: Area, day: date) -> list[int]:
    return [rung.up_to for rung in poverty.rule(area, basis, on=day).rungs if rung.up_to is not None]


@st.composite
def facts(draw: st.DrawFn, basis: Basis, day: date) -> Row:
    """A household on, just below or just above a line, with about as many deprivations as matter, or with a gap."""
    urban = draw(st.sampled_from([False, True, False, True, None]))
    asked = LISTS.on(day).value
    how_many = draw(st.one_of(st.sampled_from([2, 3]), st.integers(0, len(asked))))
    lacking = set(draw(st.permutations(asked))[:how_many])
    row: Row = dict.fromkeys((*INTEGERS, *deprivations.INDICATORS)) | {"minority": draw(st.booleans()), "urban": urban}
    row |= {name: name in lacking for name in asked}
    members = draw(st.one_of(st.integers(1, 12), st.sampled_from([1, 3000, 0, -1])))
    line = draw(st.sampled_from([0, *lines(basis, Area.URBAN if urban else Area.RURAL, day)]))
    value = (line * members if basis is Basis.INCOME else line) + draw(st.sampled_from([-1, 0, 1, 10**7]))
    row |= {"members": members}
    if basis is Basis.INCOME:
        row |= {"income_total": value}
    else:
        row |= {"b1": value, "b2": 10 * how_many + draw(st.sampled_from([0, 0, 0, 0, 10, -10, 5, 200]))}
        if draw(st.booleans()):
            row |= dict.fromkeys(asked)
    if draw(st.integers(0, 4)) == 0:
        row[draw(st.sampled_from(["urban", "members", "income_total", "b1", "b2", *asked]))] = None
    if draw(st.integers(0, 9)) == 0:
        row[draw(st.sampled_from([name for name in deprivations.INDICATORS if name not in asked]))] = True
    return row


def by_the_law(row: Row, basis: Basis, day: date) -> Class | None:
    """What `classify` says of the row; None where it refuses, or where not even its facts can be stated."""
    asked = [row[name] for name in LISTS.on(day).value]
    means = (row["income_total"], row["members"]) if basis is Basis.INCOME else (row["b1"], row["b2"])
    partly = None in asked and any(value is not None for value in asked)
    if row["urban"] is None or None in means or partly:
        return None
    true = frozenset(name for name in deprivations.INDICATORS if row[name])
    lacking = None if None in asked and not true else true
    area = Area.URBAN if row["urban"] else Area.RURAL
    try:
        said = Income(*means) if basis is Basis.INCOME else Scores(*means)
        return classify(Facts(area, said, lacking), on=day).outcome
    except Refused:
        return None


def every_border(basis: Basis, day: date) -> Iterator[Row]:
    """Each line from both sides with each number of deprivations, in both areas."""
    asked = LISTS.on(day).value
    for area in Area:
        for line in lines(basis, area, day):
            for step in (-1, 0, 1):
                for how_many in range(len(asked) + 1):
                    row: Row = dict.fromkeys((*INTEGERS, *deprivations.INDICATORS))
                    row |= {name: place < how_many for place, name in enumerate(asked)}
                    row |= {"urban": area is Area.URBAN, "members": 7, "minority": False}
                    row |= {"income_total": 7 * line + step} if basis is Basis.INCOME else {
                        "b1": line + step, "b2": 10 * how_many
                    }  # fmt: skip
                    yield row


@st.composite
def either_facts(draw: st.DrawFn, day: date) -> Row:
    """A household reviewed by income, or by points where the standard of the day has any."""
    known = [basis for basis in Basis if day in DAYS[basis] or covered(basis, day)]
    return draw(facts(draw(st.sampled_from(known)), day))


def on_either(row: Row, day: date) -> Class | None:
    """What the law says of the row by its income where it states one, else by its points."""
    return by_the_law(row, Basis.SCORES if row["income_total"] is None else Basis.INCOME, day)


def table(rows: list[Row], *names: str) -> columns.Frame:
    """Rows as DuckDB sees them: whole numbers of 64 bits, and booleans."""
    names = names or tuple(rows[0])
    typed = ", ".join(f"{name}::{'BIGINT' if name in INTEGERS else 'BOOLEAN'} AS {name}" for name in names)
    cells = ("null" if row[name] is None else str(row[name]) for row in rows for name in names)
    values = ", ".join(f"({', '.join(row)})" for row in zip(*[cells] * len(names), strict=True))
    ENGINE.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE given AS SELECT {typed} FROM (VALUES {values}) AS given ({', '.join(names)})"  # noqa: S608
    )
    return nw.from_native(ENGINE.connection.table("given"))
