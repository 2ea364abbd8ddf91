"""The province's dashboard over all its households and ten years, as a ratio to an empty page of the same server.

    python benchmarks/dashboard.py --engine both

Figures and method as in `lists.py`: each page right after hello, medians over rounds. Goal: the median of the
province's two dashboards (nine goals; one year) within 3 times hello. The pages with a map are measured beside them.
Fails if a page differs between the engines.
"""

import argparse
import json
import sys
from typing import Any

import common
import lists

GOAL = 3.0
YEAR = 2019


def pages() -> list[lists.Page]:
    """The pages under load; the first two after the yardsticks have the goal."""
    return [
        lists.Page(lists.HELLO, "board", "/hello/"),
        lists.Page("frame", "board", "/frame/"),
        lists.Page("nine goals", "board", "/chi-tieu/dia-ban/kg/"),
        lists.Page("one year", "board", f"/chi-tieu/dia-ban/kg/nam/{YEAR}/"),
        lists.Page("one year, district", "board", f"/chi-tieu/dia-ban/kg-903/nam/{YEAR}/"),
        lists.Page("one goal, 15 districts", "board", "/chi-tieu/t1/kg/"),
        lists.Page("one goal, 145 communes", "board", "/chi-tieu/t1/kg/?theo=xa"),
    ]


WITH_GOAL = ("nine goals", "one year")


def run(engine: str, asked: argparse.Namespace) -> tuple[dict[str, Any], dict[str, str], dict[str, int]]:
    """The figures of every page, what each page said, and how many rows there were."""
    with common.place(engine) as env:
        told = common.child(env, "province.py", "--parties", 1000, "--dossiers", 1000)
        rows = common.child(env, "households.py")
        with common.serving(env) as server:
            said = {page.name: common.fetch(server.address + page.path, told["cookies"][page.desk]) for page in pages()}
            return lists.measure(server, told, pages(), asked), said, rows


def main() -> int:
    """1 if a dashboard misses the goal or the engines differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--engine", choices=[*common.ENGINES, "both"], default="both")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2, help="of each run of wrk")
    asked = parser.parse_args()
    common.require_wrk()
    print(common.machine(), flush=True)
    failed, every, said = 0, {}, {}
    for engine in common.ENGINES if asked.engine == "both" else (asked.engine,):
        figures, said[engine], rows = run(engine, asked)
        print(f"\n{engine}, {', '.join(f'{count:,} {name}' for name, count in rows.items())}")
        heads = ["page", "median ms", "x", "p99 ms", "x", "req/s at 8", "x", "CPU ms", "x"]
        cells = [[name, *(one[k + end] for k in lists.KEYS for end in ("", "_ratio"))] for name, one in figures.items()]
        print(common.table(heads, cells), flush=True)
        failed += sum(figures[name]["median_ratio"] > GOAL for name in WITH_GOAL)
        every[engine] = figures
    for words in lists.differences(said):
        failed += 1
        print(words, file=sys.stderr)
    print(json.dumps({"machine": common.machine(), "figures": every}))
    return int(failed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
