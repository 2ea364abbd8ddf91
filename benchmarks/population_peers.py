"""What `population.py` compares the product with: plain SQL, pure Python, numpy, OpenFisca-core.

Only `household_by_household` imports the product: the others are to agree with it, not to share with it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

LINES = ((700_000, 900_000), (1_000_000, 1_300_000), (1_500_000, 1_950_000))
CUT = 3
ASKED = (
    *("care", "insurance", "adult_schooling", "child_schooling", "house_quality"),
    *("house_area", "water", "toilet", "telecom", "information_means"),
)
CLASSES = ("income_poor", "service_poor", "near_poor", "average", "above")
READ = ("commune_code", "urban", "members", "income_total", "minority", *ASKED)
READ_BOTH = ("household_id", "commune_code", "urban", "members", "income_total", *ASKED)
HISTORY = ("ever_escaped", "ever_left_near_poor")


def sums(names: tuple[str, ...]) -> str:
    return ", ".join(f"sum({name})" for name in names)


def class_sql() -> str:
    """The class's number in CLASSES."""
    line = [f"members::BIGINT * CASE WHEN urban THEN {urban} ELSE {rural} END" for rural, urban in LINES]
    lacking = " + ".join(f"{name}::TINYINT" for name in ASKED)
    return f"""CASE WHEN income_total <= {line[0]} THEN 0
        WHEN income_total <= {line[1]} THEN CASE WHEN {lacking} >= {CUT} THEN 1 ELSE 2 END
        WHEN income_total <= {line[2]} THEN 3 ELSE 4 END"""


def by_sql(name: str, engine: Any, files: list[Path]) -> Callable[[], Any]:
    """`read`, `read2`, `sql` (the classes) or `join` (the movement), each as one query that a person would write."""
    before, after = (f"'{file}'" for file in files)
    ask = engine.connection.execute
    if name == "read":
        return lambda: ask(f"SELECT {sums(READ)} FROM {after}").fetchall()
    if name == "read2":
        return lambda: (
            ask(f"SELECT {sums(READ_BOTH)} FROM {before}").fetchall(),
            ask(f"SELECT {sums((*READ_BOTH, 'minority', *HISTORY))} FROM {after}").fetchall(),
        )
    if name == "sql":
        query = f"""SELECT commune_code, {class_sql()}, count(*), sum(members), sum(minority)
            FROM {after} GROUP BY ALL"""
        return lambda: ask(query).fetchall()
    return lambda: full_join(ask, before, after)


def full_join(ask: Any, before: str, after: str) -> Any:
    """The four tables of each commune, columns summed by conditions on one full join."""
    poor, near = "{}.c <= 1", "{}.c = 2"
    both = {"pb": poor.format("b"), "nb": near.format("b"), "pa": poor.format("a"), "na": near.format("a")}
    conditions = ", ".join(f"coalesce({test}, false) AS {name}" for name, test in both.items())
    tables = [*list_sql("p", "n", "e"), *list_sql("n", "p", "l")]
    asked = ", ".join(f"sum({size}) FILTER ({test})" for test, _ in tables for size in ("1",))
    persons = ", ".join(f"sum({size}) FILTER ({test})" for test, size in tables)
    grown = ", ".join(
        f"sum(abs(ma - mb)) FILTER ({who}b AND {who}a AND ma {sign} mb)" for who in "pn" for sign in ("<", ">")
    )
    found = ask(f"""
        WITH b AS (SELECT household_id i, commune_code m, members s, {class_sql()} c FROM {before}),
        a AS (SELECT household_id i, commune_code m, members s, {class_sql()} c, ever_escaped e, ever_left_near_poor l
            FROM {after}),
        j AS (SELECT coalesce(b.m, a.m) m, b.i IS NOT NULL AS was, a.i IS NOT NULL AS is_there, coalesce(b.s, 0) mb,
            coalesce(a.s, 0) ma, coalesce(e, false) e, coalesce(l, false) l, {conditions}
            FROM b FULL JOIN a ON b.i = a.i AND b.m = a.m)
        SELECT m, {asked}, {persons}, {grown} FROM j WHERE pb OR nb OR pa OR na GROUP BY m ORDER BY m""").fetchall()
    return [told(row) for row in found]


def list_sql(own: str, other: str, again: str) -> list[tuple[str, str]]:
    """Condition and persons of the nine columns of a list, in the order of the form."""
    out, into = f"{own}b AND NOT {own}a", f"{own}a AND NOT {own}b"
    back = f"{again}" if own == "p" else f"{again} AND NOT {other}b"
    # Poor again is a relapse wherever it comes from; near-poor again only from above.
    return [
        (f"{own}b", "mb"),
        (f"{out} AND {other}a", "mb"),
        (f"{out} AND is_there AND NOT {other}a", "mb"),
        (f"{out} AND NOT is_there", "mb"),
        (f"{into} AND {other}b AND NOT ({back})", "ma"),
        (f"{into} AND was AND {back}", "ma"),
        (f"{into} AND was AND NOT {other}b AND NOT ({back})", "ma"),
        (f"{into} AND NOT was", "ma"),
        (f"{own}a", "ma"),
    ]


def told(row: tuple[Any, ...]) -> tuple[int, str]:
    """A commune's numbers in the words of the product's tables."""
    names = ("start", "to_other", "above", "other_decrease", "from_other", "relapsed", "newly_arising")
    names = (*names, "other_increase", "end")
    commune, *numbers = (int(number or 0) for number in row)
    lists = [numbers[at : at + 9] for at in range(0, 36, 9)]
    for at, (less, more) in enumerate((numbers[36:38], numbers[38:40])):
        lists[2 + at][3] += less
        lists[2 + at][7] += more
    heads = ("poor", "near_poor", "poor_persons", "near_poor_persons")
    flows = (f"{head}=Flow({', '.join(f'{n}={v}' for n, v in zip(names, flow, strict=True))})"
             for head, flow in zip(heads, lists, strict=True))  # fmt: skip
    return commune, f"Counted({', '.join(flows)})"


def household_by_household(engine: Any, file: Path, on: date, count: int) -> Callable[[], dict[str, Any]]:
    """The law's own function for the first households, and how many of them the expression classes otherwise."""
    import narwhals as nw  # noqa: PLC0415

    from chungtay.households import population  # noqa: PLC0415
    from chungtay.law.classifying import Facts, Income, classify  # noqa: PLC0415
    from chungtay.law.poverty import Area, Basis  # noqa: PLC0415

    some = nw.from_native(engine.connection.sql(f"SELECT * FROM '{file}' WHERE household_id % 97 = 0 LIMIT {count}"))
    names = ("urban", "members", "income_total", *ASKED)
    rows = engine.rows(population.classified(some, population.ladder(Basis.INCOME, on=on)).select(*names, "class"))

    def run() -> dict[str, Any]:
        started = time.perf_counter()
        said = [
            classify(
                Facts(
                    Area.URBAN if urban else Area.RURAL,
                    Income(income, members),
                    frozenset(name for name, lacks in zip(ASKED, bits, strict=True) if lacks),
                ),
                on=on,
            ).outcome.value
            for urban, members, income, *bits, _ in rows
        ]
        seconds = time.perf_counter() - started
        wrong = sum(one != row[-1] for one, row in zip(said, rows, strict=True))
        return {"seconds": seconds, "households": len(rows), "wrong": wrong}

    return run


def in_memory(name: str, file: Path) -> Callable[[], dict[str, Any]]:
    """numpy or OpenFisca, from Parquet read by DuckDB; how many households they class otherwise than SQL."""
    import duckdb  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    rows = f"FROM '{file}'"
    expected = np.asarray(duckdb.sql(f"SELECT {class_sql()} AS c {rows}").fetchnumpy()["c"])
    columns: dict[str, Any] = {}
    classify = numpy_classes(columns) if name == "numpy" else openfisca_classes(columns)

    def run() -> dict[str, Any]:
        started = time.perf_counter()
        found = duckdb.sql(f"SELECT {', '.join(READ)} {rows}").fetchnumpy()
        columns.update({key: np.asarray(value) for key, value in found.items()})
        classes = classify()
        keys = columns["commune_code"].astype(np.int64) * len(CLASSES) + classes
        for weights in (None, columns["members"], columns["minority"]):
            np.bincount(keys, weights=weights)
        seconds = time.perf_counter() - started
        return {"seconds": seconds, "households": len(keys), "wrong": int((classes != expected).sum())}

    return run


def numpy_classes(columns: dict[str, Any]) -> Callable[[], Any]:
    """The class of each household in whole numbers."""
    import numpy as np  # noqa: PLC0415

    def classify() -> Any:
        members = columns["members"].astype(np.int64)
        limits = [np.where(columns["urban"], urban, rural) * members for rural, urban in LINES]
        lacking = sum(columns[name].astype(np.int8) for name in ASKED)
        income = columns["income_total"]
        tests = [income <= limits[0], (income <= limits[1]) & (lacking >= CUT)]
        tests += [income <= limits[1], income <= limits[2]]
        return np.select(tests, range(4), 4)

    return classify


def openfisca_classes(columns: dict[str, Any]) -> Callable[[], Any]:
    """The same as an OpenFisca system: one entity, its columns as inputs, dated parameters, one formula."""
    import numpy as np  # noqa: PLC0415
    from openfisca_core.entities import Entity  # noqa: PLC0415
    from openfisca_core.parameters import ParameterNode  # noqa: PLC0415
    from openfisca_core.periods import MONTH  # noqa: PLC0415
    from openfisca_core.simulations import SimulationBuilder  # noqa: PLC0415
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem  # noqa: PLC0415
    from openfisca_core.variables import Variable  # noqa: PLC0415

    household = Entity("household", "households", "", "")
    kinds = {"urban": bool, "members": int, "income_total": float} | dict.fromkeys(ASKED, bool)
    shared = {"entity": household, "definition_period": MONTH, "label": ""}

    def formula(of: Any, period: Any, parameters: Any) -> Any:
        line, members, urban = parameters(period), of("members", period), of("urban", period)
        limits = [
            np.where(urban, getattr(line, f"urban{at}"), getattr(line, f"rural{at}")) * members
            for at in range(len(LINES))
        ]
        lacking, income = sum(of(name, period).astype(int) for name in ASKED), of("income_total", period)
        tests = [income <= limits[0], (income <= limits[1]) & (lacking >= line.cut)]
        return np.select([*tests, income <= limits[1], income <= limits[2]], range(4), 4)

    system = TaxBenefitSystem([household])
    for name, kind in kinds.items():
        system.add_variable(type(name, (Variable,), shared | {"value_type": kind}))
    system.add_variable(type("outcome", (Variable,), shared | {"value_type": int, "formula": formula}))
    values = {"cut": CUT}
    for at, (rural, urban) in enumerate(LINES):
        values |= {f"rural{at}": rural, f"urban{at}": urban}
    dated = {name: {"values": {"2016-01-01": {"value": value}}} for name, value in values.items()}
    system.parameters = ParameterNode("", data=dated)

    def classify() -> Any:
        simulation = SimulationBuilder().build_default_simulation(system, len(columns["urban"]))
        for name in kinds:
            simulation.set_input(name, "2020-12", columns[name])
        return simulation.calculate("outcome", "2020-12")

    return classify
