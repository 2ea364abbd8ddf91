"""Lists at a thousand and at a million dossiers, as a ratio to an empty page of the same server in the same run.

    python benchmarks/lists.py --rows 1000 --rows 1000000 --engine both

For each page: median and 99th percentile at one connection, requests a second and the server's processor time a
request at eight; each page right after hello, medians over rounds. "x" is the ratio to hello: an empty answer through
the whole middleware, with session, person and seat. `frame` is an empty page in the product's frame. Goal: the median
within 3 times hello. Fails if a page differs between the engines.
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


KEYS = ("median", "p99", "rate", "cpu")


def measure(server: common.Server, told: dict[str, Any], some: list[Page], asked: argparse.Namespace) -> dict[str, Any]:
    """Rounds over all pages, each page right after hello: the median of each figure, and of its ratio to hello's."""
    runs: dict[str, list[tuple[dict[str, float], dict[str, float]]]] = {page.name: [] for page in some}
    for number in range(asked.rounds + 1):
        for page in some:
            pair = [_once(server, one, told["cookies"][one.desk], asked.seconds) for one in (some[0], page)]
            if number:  # the first round warms
                runs[page.name].append((pair[0], pair[1]))
    return {
        name: {key: common.middle([page[key] for _, page in pairs]) for key in KEYS}
        | {f"{key}_ratio": common.middle([page[key] / hello[key] for hello, page in pairs]) for key in KEYS}
        for name, pairs in runs.items()
    }


def _once(server: common.Server, page: Page, cookie: str, seconds: float) -> dict[str, float]:
    """Latency at one connection, throughput and processor time at eight."""
    one, eight = (common.wrk(server, page.path, cookie, connections=n, seconds=seconds) for n in (1, 8))
    return {"median": one.median, "p99": one.p99, "rate": eight.rate, "cpu": eight.cpu}


def run(engine: str, rows: int, asked: argparse.Namespace) -> tuple[dict[str, Any], dict[str, str]]:
    """The figures of every page, and what each page said."""
    with common.place(engine) as env:
        told = common.child(env, "province.py", "--parties", rows, "--dossiers", rows)
        some = pages(rows, told["round"])
        with common.serving(env) as server:
            said = {page.name: common.fetch(server.address + page.path, told["cookies"][page.desk]) for page in some}
            return measure(server, told, some, asked), said


def report(engine: str, rows: int, figures: dict[str, Any]) -> int:
    """Print one table; how many pages miss the goal."""
    print(f"\n{engine}, {rows:,} dossiers and parties")
    heads = ["page", "median ms", "x", "p99 ms", "x", "req/s at 8", "x", "CPU ms", "x"]
    cells = [[name, *(one[k + end] for k in KEYS for end in ("", "_ratio"))] for name, one in figures.items()]
    print(common.table(heads, cells), flush=True)
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
    parser.add_argument("--seconds", type=int, default=2, help="of each run of wrk")
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
