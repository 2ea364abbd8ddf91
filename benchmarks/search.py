"""Finding a party by name among a million: time in the database, worst queries included, on both engines.

    python benchmarks/search.py --parties 1000000 --engine both

Measured is what the pages call, `finding.page`, to a seat's first 30 rows: every statement that the search sends, and
nothing else. Goal: 10 ms at the median for every query of a province's, a district's and a commune's desk. Fails if the
engines find different parties.
"""

import argparse
import json
import os
import time
import unicodedata
from typing import Any

import common  # first: it makes the project importable

GOAL = 10.0
ROWS = 30
QUERIES = {
    "frequent": "nguyen",
    "frequent, typed in full": "Nguyễn",
    "nobody": "xyz",
    "nobody, long": "nguyen van khongcoten",
    "one letter": "n",
    "one rare letter": "e",
    "two letters": "th",
    "two frequent words": "nguyen thi",
    "two frequent words that seldom meet": "thi van",
    "the same, begun": "van thi h",
    "two families": "pham tran",
    "three words that seldom meet": "nguyen van thi",
    "begun": "nguyen thi th",
    "any order": "suong kim tran",
    "đ and accents": "Đặng Thị Đào",
    "decomposed": unicodedata.normalize("NFD", "Đặng Thị Đào"),
    "without accents": "dang thi dao",
    "rare": "thach sol",
    "abbreviation": "ubnd tho son",
}
SEATS = ("board", "commune", "district")


def measure(rounds: int) -> list[dict[str, Any]]:
    """Each query of each seat in each order: its milliseconds in the database, the median over rounds, and the ids."""
    import django  # noqa: PLC0415  settings come from the environment of this child only

    django.setup()
    from django.db import connection  # noqa: PLC0415

    from chungtay.accounts.models import Seat  # noqa: PLC0415
    from chungtay.parties import finding  # noqa: PLC0415
    from chungtay.records.clock import today  # noqa: PLC0415

    spent: list[float] = []

    def timed(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent.append((time.perf_counter() - begun) * 1000)

    on = today()
    seats = {name: Seat.objects.select_related("desk__place").get(user__username=name) for name in SEATS}
    for seat in seats.values():
        seat.scope(on)  # its own query is counted among the page's, not the search's
    cases = [(s, label) for label in QUERIES for s in SEATS]
    times: dict[tuple[str, str], list[float]] = {case: [] for case in cases}
    found: dict[tuple[str, str], list[int]] = {}
    for _ in range(rounds + 1):
        for case in cases:
            seat, label = case
            spent.clear()
            with connection.execute_wrapper(timed):
                found[case] = [row.pk for row in finding.page(seats[seat], on, QUERIES[label], size=ROWS).rows]
            times[case].append(sum(spent))
    return [
        {"seat": s, "query": q, "ms": common.middle(times[s, q][1:]), "best": min(times[s, q][1:]), "ids": found[s, q]}
        for s, q in cases
    ]  # fmt: skip


def report(told: dict[str, list[dict[str, Any]]], parties: int) -> int:
    """Print the tables; the number of failures."""
    failed = 0
    print(f"\nms (median; best), {parties:,} parties")
    heads = ["query", *(f"{engine}, {seat}" for engine in told for seat in SEATS)]
    rows = []
    for label, typed in QUERIES.items():
        row = [f"{label}: {typed}"]
        for engine in told:
            found = {(one["seat"], one["query"]): one for one in told[engine]}
            for seat in SEATS:
                one = found[seat, label]
                missed = one["ms"] > GOAL
                failed += missed
                row.append(f"{one['ms']:.1f}; {one['best']:.1f}{' !' * missed}")
        rows.append(row)
    print(common.table(heads, rows))
    engines = list(told)
    differ = [
        (one["seat"], one["query"])
        for one, other in zip(told[engines[0]], told[engines[-1]], strict=True)
        if one["ids"] != other["ids"]
    ]
    for case in differ:
        print("the engines find different parties:", *case)
    return failed + len(differ)


def main() -> int:
    """1 if a query misses the goal, or the engines differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--parties", type=int, default=1_000_000)
    parser.add_argument("--engine", choices=[*common.ENGINES, "both"], default="both")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(measure(asked.rounds)))
        return 0
    print(f"{common.machine()}", flush=True)
    told = {}
    for engine in common.ENGINES if asked.engine == "both" else (asked.engine,):
        with common.place(engine) as env:
            common.child(env, "province.py", "--parties", asked.parties, "--dossiers", 0)
            told[engine] = common.child(env, os.path.basename(__file__), "--child", "--rounds", asked.rounds)
    failed = report(told, asked.parties)
    print(json.dumps({e: [{k: v for k, v in one.items() if k != "ids"} for one in rows] for e, rows in told.items()}))
    return int(failed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
