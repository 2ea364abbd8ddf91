"""Lists at a thousand and at a million dossiers, as a ratio to an empty page of the same server in the same run.

    python benchmarks/lists.py --rows 1000 --rows 1000000 --engine both

For each page: median and 99th percentile at one connection, requests a second at eight; medians over interleaved
rounds. The yardstick `hello` is an empty answer through the whole middleware, with session, person and seat; `frame`
is an empty page in the product's frame. Goal: the median within 3 times hello. Fails if a page differs between engines.
"""

import argparse
import base64
import difflib
import json
import sys
from dataclasses import dataclass
from typing import Any

import common

GOAL = 3.0
HELLO = "hello"


@dataclass(frozen=True)
class Page:
    """One address as one desk sees it."""

    name: str
    desk: str
    path: str


def mark(*values: object) -> str:
    """A page deep in a list, as its pager writes it."""
    return base64.urlsafe_b64encode(json.dumps(["n", *values]).encode()).decode().rstrip("=")


def pages(rows: int, round_id: int) -> list[Page]:
    """The pages under load. Deep: after half of all rows, where an offset would have to skip them."""
    middle = 10_001 + rows // 2
    work, found = "/ban-lam-viec/", "/ho-so/"
    return [
        Page(HELLO, "board", "/hello/"),
        Page("frame", "board", "/frame/"),
        Page("work list, province", "board", work),
        Page("work list, province, deep", "board", f"{work}?trang={mark('2019-04-01', middle)}"),
        Page("work list, commune", "commune", work),
        Page("dossiers, province", "board", found),
        Page("dossiers, province, filtered deep", "board",
             f"{found}?trang_thai=awarded&dot={round_id}&trang={mark(middle)}"),
        Page("dossiers, province, rare state deep", "board", f"{found}?trang_thai=revoked&trang={mark(middle)}"),
        Page("dossiers, district", "district", found),
        Page("dossiers, district, filtered deep", "district", f"{found}?trang_thai=received&trang={mark(middle)}"),
        Page("dossiers, commune", "commune", found),
        Page("dossiers, by name", "board", f"{found}?ten=nguyen+thi"),
    ]  # fmt: skip


def measure(address: str, told: dict[str, Any], some: list[Page], asked: argparse.Namespace) -> dict[str, Any]:
    """Interleaved rounds over all pages: for each name its median figures, and the ratios of each round to hello's."""
    loads: dict[str, list[tuple[common.Load, common.Load]]] = {page.name: [] for page in some}
    for page in some:  # warm
        common.wrk(address + page.path, told["cookies"][page.desk], connections=2, seconds=1)
    for _ in range(asked.rounds):
        for page in some:
            cookie = told["cookies"][page.desk]
            one, eight = (common.wrk(address + page.path, cookie, connections=n, seconds=asked.seconds) for n in (1, 8))
            loads[page.name].append((one, eight))
    found = {}
    for name, runs in loads.items():
        hellos = loads[HELLO]
        found[name] = {
            "median": common.middle([one.median for one, _ in runs]),
            "p99": common.middle([one.p99 for one, _ in runs]),
            "rate": common.middle([eight.rate for _, eight in runs]),
            "median_ratio": common.middle([r[0].median / h[0].median for r, h in zip(runs, hellos, strict=True)]),
            "p99_ratio": common.middle([r[0].p99 / h[0].p99 for r, h in zip(runs, hellos, strict=True)]),
            "rate_ratio": common.middle([r[1].rate / h[1].rate for r, h in zip(runs, hellos, strict=True)]),
        }
    return found


def run(engine: str, rows: int, asked: argparse.Namespace) -> tuple[dict[str, Any], dict[str, str]]:
    """The figures of every page, and what each page said."""
    with common.place(engine) as env:
        told = common.child(env, "province.py", "--parties", rows, "--dossiers", rows)
        some = pages(rows, told["round"])
        with common.serving(env) as address:
            said = {page.name: common.fetch(address + page.path, told["cookies"][page.desk]) for page in some}
            return measure(address, told, some, asked), said


def report(engine: str, rows: int, figures: dict[str, Any]) -> int:
    """Print one table; how many pages miss the goal."""
    print(f"\n{engine}, {rows:,} dossiers and parties")
    heads = ["page", "median ms", "x hello", "p99 ms", "x hello", "req/s at 8", "x hello"]
    keys = ("median", "median_ratio", "p99", "p99_ratio", "rate", "rate_ratio")
    print(common.table(heads, [[name, *(one[key] for key in keys)] for name, one in figures.items()]), flush=True)
    return sum(one["median_ratio"] > GOAL for one in figures.values())


def differences(said: dict[str, dict[str, str]]) -> list[str]:
    """Where two engines answered differently, with the first lines that differ."""
    if len(said) < 2:
        return []
    one, other = said.values()
    found = []
    for name in one:
        if one[name] != other[name]:
            lines = difflib.unified_diff(one[name].splitlines(), other[name].splitlines(), lineterm="", n=0)
            found.append("\n".join([f"{name}: the engines answer differently", *list(lines)[:12]]))
    return found


def main() -> int:
    """1 if a page misses the goal or the engines differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, action="append", help="dossiers, and as many parties; may be repeated")
    parser.add_argument("--engine", choices=[*common.ENGINES, "both"], default="both")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each run of wrk")
    asked = parser.parse_args()
    common.require_wrk()
    print(common.machine(), flush=True)
    failed, every = 0, {}
    for rows in asked.rows or [1000, 1_000_000]:
        said = {}
        for engine in common.ENGINES if asked.engine == "both" else (asked.engine,):
            figures, said[engine] = run(engine, rows, asked)
            failed += report(engine, rows, figures)
            every[f"{engine} {rows}"] = figures
        for words in differences(said):
            failed += 1
            print(words, file=sys.stderr)
    print(json.dumps({"machine": common.machine(), "figures": every}))
    return int(failed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
