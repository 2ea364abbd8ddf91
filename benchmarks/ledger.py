"""A million transfers with their balances, as a ratio to a bare insert of the same rows in the same run.

    python benchmarks/ledger.py --rows 1000000 --engine both

The yardstick is `executemany` into a table of the same columns, keys and indexes, committed as often as ours; it keeps
no balance, checks nothing and can be changed by anybody. Ours: `ledger.posting.post_many` with guarded balances, the
journal, and the triggers. Pieces of both follow each other; the ratio is the median of pieces. Beside it: transfers one
by one through the action that a form calls, what kept balances cost to read and what a fresh sum does, and the check of
all books. Goal: within 3 times bare. Fails if a balance is wrong, or the engines differ.
"""

import argparse
import hashlib
import json
import os
import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import common

GOAL = 3.0
FUNDS = 200
BATCH = 1_000
DAYS = 700
ONE_BY_ONE = 300
FIRST, LAST = date(2018, 1, 2), date(2020, 10, 20)


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what came out."""
    begun = time.perf_counter()
    found = act()
    return time.perf_counter() - begun, found


def measure(count: int, pieces: int) -> dict[str, Any]:
    """In the environment of one engine, on a database of its own."""
    import django  # noqa: PLC0415  the settings come from the environment of this process

    django.setup()
    from benchmarks.ledger_books import Books  # noqa: PLC0415

    books = Books(FUNDS, FIRST)
    rows = books.postings(count, random.Random(7), [FIRST + timedelta(n) for n in range(DAYS)])
    size = -(-count // pieces)
    spent: list[tuple[float, float]] = []
    for start in range(0, count, size):
        piece = rows[start : start + size]
        batches = [piece[n : n + BATCH] for n in range(0, len(piece), BATCH)]
        bare = timed(lambda batches=batches: books.bare(batches))[0]
        ours = timed(lambda batches=batches: books.ours(batches, LAST))[0]
        spent.append((bare, ours))
    single, single_bare = timed(lambda: books.one_by_one(ONE_BY_ONE, LAST))[0], books.bare_one_by_one(ONE_BY_ONE)
    kept, held = timed(books.kept)
    fresh, summed = timed(books.fresh)
    checked, faults = timed(books.faults)
    page = common.middle([timed(books.page)[0] for _ in range(5)])
    told = hashlib.sha256(json.dumps(held).encode()).hexdigest()
    return {
        "rows": count, "pieces": [[round(bare, 3), round(ours, 3)] for bare, ours in spent],
        "ratio": common.middle([ours / bare for bare, ours in spent[1:] or spent]),
        "rate": count / sum(ours for _, ours in spent), "bare_rate": count / sum(bare for bare, _ in spent),
        "single_ms": single * 1000 / ONE_BY_ONE, "single_ratio": single / single_bare, "kept_ms": kept * 1000,
        "fresh_ms": fresh * 1000, "check_s": checked, "page_ms": page * 1000, "faults": faults[:3],
        "agrees": held == summed, "digest": told,
    }  # fmt: skip


def report(told: dict[str, dict[str, Any]]) -> int:
    """Print the table; the number of failures."""
    heads = ["", *told]
    lines = (
        ("transfers a second, in batches", "rate"), ("bare rows a second", "bare_rate"), ("ratio to bare", "ratio"),
        ("one by one, ms each", "single_ms"), ("one by one, ratio to a bare row and commit", "single_ratio"),
        ("kept balances of all funds, ms", "kept_ms"), ("the same by a fresh sum, ms", "fresh_ms"),
        ("figures and first page of one book, ms", "page_ms"), ("check of all books, s", "check_s"),
    )  # fmt: skip
    print(common.table(heads, [[name, *(float(one[key]) for one in told.values())] for name, key in lines]))
    failed = 0
    for engine, one in told.items():
        if one["faults"] or not one["agrees"]:
            failed += 1
            print(f"{engine}: the books are wrong: {one['faults']}")
        if one["ratio"] > GOAL:
            failed += 1
            print(f"{engine}: {one['ratio']:.2f} times bare, the goal is {GOAL}")
    if len({one["digest"] for one in told.values()}) > 1:
        failed += 1
        print("the engines hold different balances")
    return failed


def main() -> int:
    """1 if the goal is missed, a balance is wrong, or the engines differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--pieces", type=int, default=10)
    parser.add_argument("--engine", choices=[*common.ENGINES, "both"], default="both")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(measure(asked.rows, asked.pieces)))
        return 0
    print(common.machine(), flush=True)
    told = {}
    for engine in common.ENGINES if asked.engine == "both" else (asked.engine,):
        with common.place(engine) as env:
            script = os.path.basename(__file__)
            told[engine] = common.child(env, script, "--child", "--rows", asked.rows, "--pieces", asked.pieces)
    failed = report(told)
    print(json.dumps(told))
    return int(failed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
