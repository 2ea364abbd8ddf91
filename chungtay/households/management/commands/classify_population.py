"""`manage.py classify_population`: the classes, rates and movement of a province or a nation, from Parquet files."""

from __future__ import annotations

import csv
import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from chungtay.households import columns, duck, movement, population, results
from chungtay.households.columns import Frame
from chungtay.law.population import Counted, Flow
from chungtay.law.poverty import Basis
from chungtay.law.refusals import Refused


class Command(BaseCommand):
    help = (
        "Classify every household of Parquet files by the standard of a day: classes and rates by commune, province "
        "and in all, and the movement since a previous year. Reads only the files given; needs no network."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", type=Path, nargs="+", help="Parquet files of the year, or a folder of them")
        parser.add_argument("--on", type=day, required=True, help="day of the review, as YYYY-MM-DD")
        parser.add_argument("--basis", type=Basis, choices=list(Basis), default=Basis.INCOME, help="income or scores")
        parser.add_argument("--previous", type=Path, nargs="+", help="the files of the year before, for the movement")
        parser.add_argument("--previous-on", type=day, help="day of that review, as YYYY-MM-DD")
        parser.add_argument("--communes", type=Path, help="CSV with commune_code, province_code: adds province totals")
        parser.add_argument("--out", type=Path, required=True, help="folder for the results")
        parser.add_argument("--format", choices=("csv", "parquet"), default="csv", dest="kind", help="default: csv")
        parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb", help="default: duckdb")
        parser.add_argument("--threads", type=int, default=0, help="of DuckDB; default: every core")
        parser.add_argument("--memory", default="", help="that DuckDB may take, such as 2GB; default: 80%% of it")
        parser.add_argument(
            "--unclassified-as-other", action="store_true",
            help="tell the movement though some households have no class: they count as gone or come for other reasons",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        with TemporaryDirectory(prefix="chungtay-population-") as folder:
            try:
                self.run(Path(folder), **options)
            except (Refused, OSError, ArithmeticError) as why:
                raise CommandError(str(why)) from None

    def run(self, spill: Path, **options: Any) -> None:
        """Read, check, classify, write, print. Raises CommandError with everything that is wrong with the files."""
        if bool(options["previous"]) != bool(options["previous_on"]):
            raise CommandError("--previous and --previous-on go together")
        engine = engine_of(options, spill)
        basis, moving = options["basis"], bool(options["previous"])
        now = population.ladder(basis, on=options["on"])
        after = self.checked(engine, options["files"], now, history=moving)
        year = self.counted(engine, after, now)
        previous, found = None, dict[int, Counted]()
        if moving:
            was = population.ladder(basis, on=options["previous_on"])
            movement.require_comparable(was, now)
            before = self.checked(engine, options["previous"], was)
            previous = self.counted(engine, before, was)
            self.require_classes(year, previous, allowed=options["unclassified_as_other"])
            found = movement.tables(engine.rows(movement.moved(before, after, was, now)))
            if faults := results.disagreements(year, previous, found):
                raise CommandError("the movement does not close:\n" + "\n".join(faults[:20]))
        provinces = province_of(options["communes"], {*year.communes, *(previous.communes if previous else ())})
        tables = [results.class_table(year), results.rate_table(year, provinces, previous)]
        if previous:
            tables.append(results.movement_table(year, previous, found, provinces))
        self.write(tables, options["out"], options["kind"], spill)
        self.tell(engine, now, options, year, tables)

    def checked(self, engine: Any, given: Sequence[Path], by: population.Ladder, *, history: bool = False) -> Frame:
        """The rows of the files. Raises CommandError with what is wrong with their columns, then with their rows."""
        frame = engine.read(parquet_files(given))
        where = ", ".join(map(str, given))
        faults = columns.faults(frame, by.basis, on=by.on, history=history)
        if not faults:
            question, full = columns.check(frame, history=history)
            faults = list(columns.checked(engine.rows(question)[0], full).faults())
        if faults:
            raise CommandError(f"{where}: nothing was classified\n" + "\n".join(f"- {fault}" for fault in faults))
        return frame

    def counted(self, engine: Any, frame: Frame, by: population.Ladder) -> results.Year:
        """The classes of every commune."""
        rows = engine.rows(population.counted(frame, by))
        return results.Year(by.on, by.standard, population.counts(rows))

    def require_classes(self, *years: results.Year, allowed: bool) -> None:
        """Raises CommandError where households have no class and nobody said what the movement should do with them."""
        for year in years:
            without = results.Figures.of(results.merged(year.communes.values())).unclassified
            if without and not allowed:
                raise CommandError(
                    f"{without} households of {year.on} have no class, so their movement is not known: complete their "
                    "facts, or count them as other increase and decrease with --unclassified-as-other"
                )

    def write(self, tables: list[results.Table], out: Path, kind: str, spill: Path) -> None:
        """Each table as a file; Parquet by way of CSV, with the types of its columns."""
        out.mkdir(parents=True, exist_ok=True)
        for table in tables:
            rows = (out if kind == "csv" else spill) / f"{table.name}.csv"
            with rows.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([list(table.columns), *table.rows])
            if kind == "parquet":
                duck.Engine().write(rows, dict(table.columns), out / f"{table.name}.parquet")

    def tell(
        self,
        engine: Any,
        by: population.Ladder,
        options: dict[str, Any],
        year: results.Year,
        tables: list[results.Table],
    ) -> None:
        """What the figures rest on, printed and written; then the totals."""
        about = {
            "as_of": by.on.isoformat(),
            "standard": by.standard,
            "basis": by.basis.value,
            "previous": options["previous_on"] and options["previous_on"].isoformat(),
            "sources": by.sources(),
            "assumed": by.assumed(),
            "files": [str(path) for path in options["files"]],
            "previous_files": [str(path) for path in options["previous"] or ()],
            "engine": engine.name,
        }
        text = json.dumps(about, ensure_ascii=False, indent=2)
        (options["out"] / "about.json").write_text(text + "\n", encoding="utf-8")
        self.stdout.write(f"as of {by.on}, standard {by.standard}, by {by.basis}, on {engine.name}")
        self.stdout.write(f"source: {'; '.join(by.sources())}")
        for said in by.assumed():
            self.stdout.write(f"assumed: {said}")
        for line in printed(year, tables):
            self.stdout.write(line)
        self.stdout.write(f"written: {', '.join(t.name for t in tables)} and about.json in {options['out']}")


def day(text: str) -> date:
    """A day as ISO writes it."""
    return date.fromisoformat(text)


def engine_of(options: dict[str, Any], spill: Path) -> Any:
    """The engine asked for. Raises CommandError where Spark is asked for and not installed."""
    if options["engine"] == "duckdb":
        return duck.Engine(threads=options["threads"], memory=options["memory"], spill=spill)
    if find_spec("pyspark") is None:
        raise CommandError(f"PySpark is not installed: {sys.executable} -m uv pip install -r requirements/spark.txt")
    return import_string("chungtay.households.spark.Engine")()


def parquet_files(given: Sequence[Path]) -> list[Path]:
    """The files, and those of each folder in order. Raises CommandError where there is none."""
    found = [file for path in given for file in (sorted(path.glob("**/*.parquet")) if path.is_dir() else [path])]
    missing = [str(path) for path in found if not path.is_file()]
    if missing or not found:
        raise CommandError(f"no such file: {', '.join(missing)}" if missing else f"no .parquet file in {given[0]}")
    return found


def province_of(path: Path | None, communes: set[int]) -> dict[int, str]:
    """The province of each commune. Raises CommandError for a commune that the file does not name."""
    if path is None:
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = {int(row["commune_code"]): row["province_code"] for row in csv.DictReader(file)}
    except (KeyError, ValueError, TypeError) as why:
        wrong = f"{path}: every row needs commune_code (a number) and province_code: {why}"
        raise CommandError(wrong) from None
    if unknown := sorted(communes - set(found)):
        few = ", ".join(results.code(commune) for commune in unknown[:10])
        raise CommandError(f"{path} names no province for {len(unknown)} communes: {few}{', …' * (len(unknown) > 10)}")
    return found


def printed(year: results.Year, tables: list[results.Table]) -> list[str]:
    """The totals as lines of text."""
    lines = [f"{'class':<16}{'households':>14}{'persons':>14}{'minority':>12}"]
    for outcome, tally in results.merged(year.communes.values()).items():
        name = results.UNCLASSIFIED if outcome is None else outcome.value
        persons = "-" if outcome is None else f"{tally.persons:,}"
        lines.append(f"{name:<16}{tally.households:>14,}{persons:>14}{tally.minority:>12,}")
    rates = next(table for table in tables if table.name == "rates")
    total = dict(zip(rates.columns, rates.rows[0], strict=True))
    lines += [f"{name}: {'-' if total[name] is None else total[name]}" for name in rates.columns if name in SHARES]
    for table in tables:
        if table.name == "movement":
            head = [column.name for column in fields(Flow)]
            lines.append(f"{'movement':<22}" + "".join(f"{name.replace('_', ' '):>16}" for name in head))
            for row in table.rows[:4]:
                name = f"{row[5]} {row[6]}".replace("_", "-")
                lines.append(f"{name:<22}" + "".join(f"{number:>16,}" for number in row[-len(head) :]))
    return lines


SHARES = (
    *("poverty_rate", "near_poor_rate", "minority_rate", "minority_share"),
    *("previous_poverty_rate", "change_in_points"),
)
