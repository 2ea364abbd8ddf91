"""Verdicts on a hundred thousand parties over five years, beside a plain loop over objects that finds the same.

    python benchmarks/verdicts.py --parties 100000 --engine both

Facts of all rooms, awards, proposals and the law, for everybody at once: verdicts a second, statements, memory. The
loop reads one party at a time and asks the same law; it runs over a sample, which must agree. Goal: 50 times the loop,
and as many statements for a hundred parties as for all. Five in a hundred givers stand at the threshold or 1 đồng less.
"""

import argparse
import json
import sys
from typing import Any

import common

GOAL = 50.0


def run(engine: str, asked: argparse.Namespace) -> dict[str, Any]:
    """The figures on one engine."""
    with common.place(engine) as env:
        common.child(env, "province.py", "--parties", asked.parties, "--dossiers", asked.parties * 3 // 10)
        rows = common.child(env, "verdicts_history.py")
        print(f"\n{engine}, {', '.join(f'{count:,} {name}' for name, count in rows.items())}", flush=True)
        found = common.child(env, "verdicts_run.py", "--sample", asked.sample, "--rounds", asked.rounds)
        return dict(found)


def faults(engine: str, found: dict[str, Any], goal: float) -> list[str]:
    """What misses a goal."""
    said = []
    if found["ratio"] < goal:
        said.append(f"{engine}: {found['ratio']} times the loop, not {goal}")
    if found["wrong"]:
        said.append(f"{engine}: {found['wrong']} of {found['compared']} verdicts differ from the loop's")
    if found["statements"] != found["statements_for_100"]:
        said.append(f"{engine}: {found['statements_for_100']} statements for 100, {found['statements']} for all")
    return said


def main() -> int:
    """1 if a goal is missed or a verdict differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--engine", choices=[*common.ENGINES, "both"], default="both")
    parser.add_argument("--parties", type=int, default=100_000)
    parser.add_argument("--sample", type=int, default=400, help="parties of the loop")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    print(common.machine(), flush=True)
    every, missed = {}, []
    for engine in common.ENGINES if asked.engine == "both" else (asked.engine,):
        every[engine] = found = run(engine, asked)
        heads = ["parties", "seconds", "verdicts/s", "loop/s", "x", "statements", "peak MB", "in words/s"]
        keys = ("parties", "seconds", "rate", "loop_rate", "ratio", "statements", "peak_mb", "words_rate")
        print(common.table(heads, [[found[key] for key in keys]]))
        print(", ".join(f"{name} {count:,}" for name, count in sorted(found["stands"].items())), flush=True)
        missed += faults(engine, found, GOAL)
    if len({json.dumps(found["stands"], sort_keys=True) for found in every.values()}) > 1:
        missed.append("the engines differ")
    for words in missed:
        print(words, file=sys.stderr)
    print(json.dumps({"machine": common.machine(), "figures": every}))
    return int(bool(missed))


if __name__ == "__main__":
    raise SystemExit(main())
