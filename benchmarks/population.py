"""A nation classified: `python benchmarks/population.py [--households 10000000] [--rounds 5]`.

Measured, each in a process of its own, rounds interleaved, medians of the ratios of each round:

- `classify`: the product's expression on DuckDB, from Parquet to households and persons for each commune and class;
  goal: within 2.5 times DuckDB merely reading the same columns (`read`, one `SELECT sum(column), ...`);
- `movement`: that, and the movement table of two years; goal: within 12 times DuckDB merely reading the columns of both
  years (`read2`). Beside it `join`: the movement by one full join in hand-written SQL;
- the same expressions on local Spark, in a virtual environment of its own that is thrown away, once; equal answers;
- households a second of pure Python (`law.classifying.classify`, on rows in memory), and of numpy and OpenFisca-core,
  which stand in such an environment too, from Parquet as the product; goal: 3 times OpenFisca or better.

Time counts from after the imports until the answer is in Python. Fails if any answer differs: `classify` from plain
SQL, numpy and pure Python, `movement` from the full join. OpenFisca's float32 is allowed to be wrong, and counted.
Rows are generated: 3 % of all stand exactly on a line, one đồng below or one above.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

BEFORE, AFTER = date(2019, 12, 31), date(2020, 12, 31)
COMMUNES = 11_000
CLASSIFY_GOAL, MOVEMENT_GOAL, PEER_GOAL = 2.5, 12.0, 3.0
SAMPLE = 20_000  # households that pure Python classifies
REPORTING = ("python", "numpy", "openfisca")  # who count their own time and faults
SPARK = ("pyspark~=4.3", "duckdb~=2.0", "narwhals~=2.29")
ENGINES = ("openfisca-core~=46.0", "duckdb~=2.0")


def rows(count: int, year: int) -> str:
    """SQL of one year's households: most of them as the year before, some changed, gone, new, moved."""
    from population_peers import ASKED, LINES  # noqa: PLC0415

    lines = ", ".join(f"[{rural}, {urban}]" for rural, urban in LINES)
    bits = ", ".join(f"(d >> {3 * place}) % 8 < 2 AS {name}" for place, name in enumerate(ASKED))
    later = year - 2019
    return f"""
        WITH numbers AS (
            SELECT i, hash(i) AS h, hash(i + {year} * 1000000007::UBIGINT) AS y FROM range({count}) AS r(i)
        ),
        facts AS (
            SELECT i, h, y, (i * {COMMUNES} // {count})::INTEGER + (y % 200 = 1)::INTEGER * {later} AS commune_code,
                (i * {COMMUNES} // {count}) % 3 = 0 AS urban,
                (1 + h % 7 + (y % 50 = 2)::INTEGER * {later})::TINYINT AS members,
                CASE WHEN (y >> 8) % 10 = 1 THEN y ELSE h END >> 20 AS d,
                300000 + (h >> 16) % 6000 * 1000 + CASE WHEN y % 5 = 0 THEN (y >> 24) % 600 * 1000 ELSE 0 END AS a_head
            FROM numbers WHERE hash(i + {year}) % 100 <> 7
        )
        SELECT i AS household_id, commune_code, urban, members,
            CASE WHEN (h >> 5) % 100 < 3
                THEN members * [{lines}][1 + ((h >> 12) % {len(LINES)})::INTEGER][1 + urban::INTEGER]
                    + ((h >> 10) % 3)::BIGINT - 1
                ELSE members * a_head END::BIGINT AS income_total,
            {bits}, h % 10 = 3 AS minority, h % 4 = 1 AS ever_escaped, h % 6 = 1 AS ever_left_near_poor
        FROM facts"""


def generate(folder: Path, count: int) -> float:
    """Both years as Parquet; the seconds that it took."""
    from chungtay.households import duck  # noqa: PLC0415

    started = time.perf_counter()
    for day in (BEFORE, AFTER):
        engine = duck.Engine(spill=folder)
        engine.connection.execute(f"COPY ({rows(count, day.year)}) TO '{folder}/{day.year}.parquet' (FORMAT parquet)")
    return time.perf_counter() - started


def digest(answer: Any) -> str:
    """A short name of an answer, the same for the same answer."""
    return hashlib.sha256(json.dumps(answer, default=str).encode()).hexdigest()[:16]


# The children: each does one thing once and says how long it took.


def ours(job: str, folder: Path, engine: Any) -> Callable[[], Any]:
    """The product on an engine, everything imported, nothing read yet."""
    from chungtay.households import movement, population  # noqa: PLC0415
    from chungtay.law.poverty import Basis  # noqa: PLC0415

    was, now = (population.ladder(Basis.INCOME, on=day) for day in (BEFORE, AFTER))

    def classify() -> Any:
        after = engine.read([folder / f"{AFTER.year}.parquet"])
        found = population.counts(engine.rows(population.counted(after, now)))
        return found

    def move() -> Any:
        before, after = (engine.read([folder / f"{day.year}.parquet"]) for day in (BEFORE, AFTER))
        tables = movement.tables(engine.rows(movement.moved(before, after, was, now)))
        return classify(), tables

    return classify if job == "classify" else move


def job_of(name: str, folder: Path) -> Callable[[], Any]:
    """What a child of that name does."""
    import population_peers as peers  # noqa: PLC0415

    if name in REPORTING[1:]:
        return peers.in_memory(name, folder / f"{AFTER.year}.parquet")
    if name.startswith("spark"):
        from chungtay.households import spark  # noqa: PLC0415

        return ours(name.removeprefix("spark-"), folder, spark.Engine())
    from chungtay.households import duck  # noqa: PLC0415

    engine = duck.Engine(spill=folder)
    if name in ("classify", "movement"):
        return ours(name, folder, engine)
    if name == "python":
        return peers.household_by_household(engine, folder / f"{AFTER.year}.parquet", AFTER, SAMPLE)
    return peers.by_sql(name, engine, [folder / f"{day.year}.parquet" for day in (BEFORE, AFTER)])


def child(name: str, folder: Path) -> dict[str, Any]:
    """Run once; seconds, processor seconds, peak memory in MB, and the answer's name."""
    job = job_of(name, folder)
    started, worked = time.perf_counter(), time.process_time()
    answer = job()
    seconds, cpu = time.perf_counter() - started, time.process_time() - worked
    told = answer if name in REPORTING else {"answers": [digest(part) for part in parts(name, answer)]}
    return {"seconds": told.pop("seconds", seconds), "cpu": cpu, "memory": peak(os.getpid()), **told}


def peak(process: int) -> float:
    """The most memory that a process and those it started have held, in MB (`getrusage` adds the parent's)."""
    folder = Path(f"/proc/{process}")
    lines = (folder / "status").read_text().splitlines()
    held = next((line for line in lines if line.startswith("VmHWM")), "VmHWM: 0 kB")  # a child that has just ended
    children = (one for task in (folder / "task").iterdir() for one in (task / "children").read_text().split())
    return int(held.split()[1]) / 1024 + sum(peak(int(one)) for one in children)


def parts(name: str, answer: Any) -> list[Any]:
    """An answer by what it tells, classes then movement, in words that are the same for all who answer."""
    from population_peers import CLASSES  # noqa: PLC0415

    if name.endswith("movement"):
        return [*parts("classify", answer[0]), [(commune, str(found)) for commune, found in answer[1].items()]]
    if name == "sql":
        return [sorted((commune, CLASSES[at], *rest) for commune, at, *rest in answer)]
    if not name.endswith("classify"):
        return [answer]
    return [
        sorted(
            (commune, str(outcome), tally.households, tally.persons, tally.minority)
            for commune, classes in answer.items()
            for outcome, tally in classes.items()
        )
    ]


# The parent.


def environment(folder: Path, packages: tuple[str, ...]) -> Path | None:
    """A Python of its own with these packages; None, saying why, where they cannot be installed."""
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if uv is None:
        print(f"skipped {packages[0]}: uv was not found")
        return None
    python = folder / "bin" / "python"
    for command in (["venv", "-q", "-p", sys.executable, folder], ["pip", "install", "-q", "-p", python, *packages]):
        ran = subprocess.run([uv, *map(str, command)], capture_output=True, text=True, check=False)
        if ran.returncode:
            print(f"skipped {packages[0]}: {ran.stderr.strip().splitlines()[-1]}")
            return None
    return python


def measure(name: str, folder: Path, python: Path) -> dict[str, Any]:
    """One run of a child. Ends the benchmark with its last words where it fails."""
    command = [str(python), str(Path(__file__)), "--child", name, "--folder", str(folder)]
    paths = {"PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": str(python), "SPARK_LOCAL_DIRS": str(folder)}
    ran = subprocess.run(command, env=os.environ | paths, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise SystemExit(f"{name} failed:\n{ran.stderr[-2000:]}")
    return json.loads(ran.stdout.splitlines()[-1])


def require_equal(found: dict[str, list[dict[str, Any]]]) -> None:
    """Ends the benchmark where two that answer the same question answer differently, in any round."""
    classes = {one["answers"][0] for name in found if name.endswith(("classify", "movement", "sql"))
               for one in found[name]}  # fmt: skip
    moves = {one["answers"][-1] for name in found if name.endswith(("movement", "join")) for one in found[name]}
    if len(classes) != 1 or len(moves) != 1:
        said = {name: [one["answers"] for one in runs if "answers" in one] for name, runs in found.items()}
        raise SystemExit(f"the answers differ: {json.dumps(said, indent=1)}")
    for name in ("python", "numpy"):
        if wrong := [one["wrong"] for one in found.get(name, ()) if one["wrong"]]:
            raise SystemExit(f"{name} and the expression differ in {wrong[0]} households")


def report(found: dict[str, list[dict[str, Any]]], count: int) -> list[str]:
    """The tables; what misses its goal, in words."""
    from common import middle, table  # noqa: PLC0415

    lines = [
        [name, *(middle([one[key] for one in runs]) for key in ("seconds", "cpu", "memory"))]
        for name, runs in found.items()
    ]
    print(table(["", "seconds", "processor s", "peak MB"], lines), end="\n\n")

    def ratio(one: str, other: str, key: str = "seconds") -> float:
        return middle([a[key] / b[key] for a, b in zip(found[one], found[other], strict=False)])

    compared = [("classify", "read", CLASSIFY_GOAL), ("movement", "read2", MOVEMENT_GOAL), ("movement", "join", None)]
    compared += [(f"spark-{job}", job, None) for job in ("classify", "movement") if f"spark-{job}" in found]
    print(table(
        ["ratio", "goal", "time", "processor"],
        [[f"{a} / {b}", g or "-", ratio(a, b), ratio(a, b, "cpu")] for a, b, g in compared],
    ), end="\n\n")  # fmt: skip
    missed = [f"{a} takes {ratio(a, b):.2f} times {b}" for a, b, goal in compared if goal and ratio(a, b) > goal]

    speed = {"classify": count / middle([one["seconds"] for one in found["classify"]])}
    peers = [name for name in REPORTING if name in found]
    speed |= {name: middle([one["households"] / one["seconds"] for one in found[name]]) for name in peers}
    wrong = {name: found[name][0]["wrong"] for name in peers}
    print(table(
        ["", "households a second", "classify is so many times as fast", "wrong"],
        [[name, f"{per:,.0f}", speed["classify"] / per, wrong.get(name, 0)] for name, per in speed.items()],
    ), end="\n\n")  # fmt: skip
    if "openfisca" in speed and speed["classify"] < PEER_GOAL * speed["openfisca"]:
        missed.append(f"classify is {speed['classify'] / speed['openfisca']:.2f} times as fast as OpenFisca")
    return missed


def run(asked: argparse.Namespace) -> list[str]:
    """One size: generate, warm, measure in rounds, compare, report."""
    from common import machine  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="chungtay-population-", dir=asked.scratch) as name:
        folder = Path(name)
        took = generate(folder, asked.households)
        size = sum(file.stat().st_size for file in folder.glob("*.parquet")) / 2**20
        print(f"\n{asked.households:,} households, {size:.0f} MB of Parquet for two years, made in {took:.1f} s")
        print(f"{machine()}, {asked.rounds} rounds\n")
        here = Path(sys.executable)
        plan = dict.fromkeys(("read", "classify", "sql", "read2", "movement", "join", "python"), here)
        if asked.peers and (peers := environment(folder / "peers", ENGINES)):
            plan |= dict.fromkeys(("numpy", "openfisca"), peers)
        if asked.spark and shutil.which("java") is None:
            print("skipped Spark: no java on this machine")
        elif asked.spark and (spark := environment(folder / "spark", SPARK)):
            plan |= dict.fromkeys(("spark-classify", "spark-movement"), spark)
        found: dict[str, list[dict[str, Any]]] = {name: [] for name in plan}
        for number in range(asked.rounds):
            for name, python in plan.items():
                if number == 0 or not name.startswith("spark"):
                    found[name].append(measure(name, folder, python))
        require_equal(found)
        return report(found, asked.households)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--households", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--scratch", type=Path, help="where to put the files (default: the system's place)")
    parser.add_argument("--no-spark", action="store_false", dest="spark")
    parser.add_argument("--no-peers", action="store_false", dest="peers")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(child(asked.child, asked.folder)))
    elif missed := run(asked):
        raise SystemExit("missed: " + "; ".join(missed))


if __name__ == "__main__":
    main()
