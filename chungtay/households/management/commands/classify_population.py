"""`manage.py classify_population`: the classes, rates and movement of a province or a nation, from Parquet files."""

from __future__ import annotations

import csv
import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from chungtay.households import columns, duck, files, goals, movement, population, results, told
from chungtay.households.columns import Frame
from chungtay.law.population import Counted
from chungtay.law.poverty import Basis
from chungtay.law.refusals import Refused
from chungtay.movements.plan import Plan
from chungtay.movements.plan_file import PlanFaults, read_plan

EITHER = "either"


@dataclass(frozen=True)
class Read:
    """A review that was read: the year whose end it tells of, its rows, what they are classified by, their classes."""

    year: int
    rows: Frame
    by: population.Ladder
    found: results.Year


class Command(BaseCommand):
    help = (
        "Classify every household of Parquet files by the standard of a day: classes and rates by commune, province "
        "and in all, and the movement since a previous year. Reads only the files given; needs no network."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", type=Path, nargs="+", help="Parquet files of the year, or a folder of them")
        parser.add_argument("--on", type=day, required=True, help="day of the review, as YYYY-MM-DD")
        parser.add_argument(
            "--basis",
            choices=(*map(str, Basis), EITHER),
            default=str(Basis.INCOME),
            help="income, scores, or either: by income where a row states one, else by its scores",
        )
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
        self.add_goals(parser)

    def add_goals(self, parser: ArgumentParser) -> None:
        """What the targets are measured by; none of it without --plan."""
        parser.add_argument("--plan", type=Path, help="plan file, such as those of plans/: adds the targets")
        parser.add_argument("--year", type=int, help="whose end the files tell of; default: the year of --on")
        parser.add_argument("--previous-year", type=int, help="the same of --previous")
        parser.add_argument(
            "--first", type=Path, nargs="+", help="the list that the plan starts from: who is still poor"
        )
        parser.add_argument("--first-on", type=day, help="day whose standard that list was made by, as YYYY-MM-DD")
        parser.add_argument(
            "--province", default="",
            help="code of the plan's province, if it is given whole: in --communes, or without that file all given",
        )  # fmt: skip
        parser.add_argument("--special", type=Path, help="CSV with commune_code, year of specially difficult communes")
        parser.add_argument("--special-incomplete", action="store_true", help="that list is known not to be whole")
        parser.add_argument(
            "--minority-unknown", type=int, nargs="+", default=(), metavar="COMMUNE",
            help="communes that do not know all their ethnic-minority households",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        with TemporaryDirectory(prefix="chungtay-population-") as folder:
            try:
                self.run(Path(folder), **options)
            except (Refused, OSError, ArithmeticError) as why:
                raise CommandError(str(why)) from None

    def run(self, spill: Path, **options: Any) -> None:
        """Read, check, classify, write, print. Raises CommandError with everything that is wrong with the files."""
        require_pairs(options)
        plan = options["plan"] and plan_of(options["plan"])
        if isinstance(options["plan"], Path):
            require_year(plan, options["year"] or options["on"].year)
        engine = engine_of(options, spill)
        now = ladder(options["basis"], options["on"])
        after = self.read(engine, options["files"], now, options["year"], history=bool(options["previous"]))
        before, found = None, dict[int, Counted]()
        if options["previous"]:
            was = ladder(options["basis"], options["previous_on"])
            movement.require_comparable(was, now)
            require_other_files(options)
            if was.on >= now.on:
                raise CommandError("--previous-on is before --on: movement goes from the earlier review to the later")
            before = self.read(engine, options["previous"], was, options["previous_year"])
            self.require_classes(after.found, before.found, allowed=options["unclassified_as_other"])
            found = movement.tables(engine.rows(movement.moved(before.rows, after.rows, was, now)))
            if faults := results.disagreements(after.found, before.found, found):
                raise CommandError("the movement does not close:\n" + "\n".join(faults[:20]))
        year, previous = after.found, before.found if before else None
        provinces = files.province_of(options["communes"], {*year.communes, *(previous.communes if previous else ())})
        if isinstance(options["plan"], Path):
            require_province(options["province"], provinces)
        tables = [results.class_table(year), results.rate_table(year, provinces, previous)]
        if previous:
            tables.append(results.movement_table(year, previous, found, provinces))
        if plan:
            reviews = [before, after] if before else [after]
            tables.append(goals.table(self.given(engine, plan, reviews, provinces, options)))
        self.write(tables, options["out"], options["kind"], spill)
        self.tell(engine, now, options, year, tables)

    def given(
        self, engine: Any, plan: Plan, reviews: list[Read], provinces: dict[int, str], options: dict[str, Any]
    ) -> goals.Given:
        """What the targets are measured by, with the first list followed household by household if it was given."""
        start = None
        if options["first"]:
            base = min(goal.baseline.as_of.year for goal in plan.goals)
            start = self.read(engine, options["first"], ladder(options["basis"], options["first_on"]), base)

        def review(one: Read) -> goals.Review:
            if start is None:
                return goals.Review(one.year, one.found)
            still = engine.rows(movement.followed(start.rows, one.rows, start.by, one.by))
            return goals.Review(one.year, one.found, movement.still_poor(still))

        return goals.Given(
            plan, [review(one) for one in reviews], review(start) if start else None, provinces, options["province"],
            files.special_communes(options["special"]), not options["special_incomplete"],
            frozenset(options["minority_unknown"]),
        )  # fmt: skip

    def read(
        self, engine: Any, given: Sequence[Path], by: population.Ladder, year: int | None, *, history: bool = False
    ) -> Read:
        """A review: its rows, checked, and its classes. `year`: whose end it tells of, else that of its day."""
        rows = self.checked(engine, given, by, history=history)
        found = results.Year(by.on, by.standard, population.counts(engine.rows(population.counted(rows, by))))
        return Read(year or by.on.year, rows, by, found)

    def checked(self, engine: Any, given: Sequence[Path], by: population.Ladder, *, history: bool = False) -> Frame:
        """The rows of the files. Raises CommandError with what is wrong with their columns, then with their rows."""
        frame = engine.read(files.parquet_files(given))
        where = ", ".join(map(str, given))
        each = [columns.faults(frame, basis, on=by.on, history=history) for basis in by.bases]
        faults = list(dict.fromkeys(fault for some in each for fault in some))
        if not faults:
            question, full = columns.check(frame, history=history)
            faults = list(columns.checked(engine.rows(question)[0], full).faults())
        if faults:
            raise CommandError(f"{where}: nothing was classified\n" + "\n".join(f"- {fault}" for fault in faults))
        return frame

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
            "basis": ", else ".join(by.bases),
            "previous": options["previous_on"] and options["previous_on"].isoformat(),
            "sources": by.sources(),
            "assumed": by.assumed(),
            "files": [str(path) for path in options["files"]],
            "previous_files": [str(path) for path in options["previous"] or ()],
            "plan": str(options["plan"] or ""),
            "first_list": [str(path) for path in options["first"] or ()],
            "special_communes": str(options["special"] or ""),
            "engine": engine.name,
        }
        text = json.dumps(about, ensure_ascii=False, indent=2)
        (options["out"] / "about.json").write_text(text + "\n", encoding="utf-8")
        self.stdout.write(f"as of {by.on}, standard {by.standard}, by {', else '.join(by.bases)}, on {engine.name}")
        self.stdout.write(f"source: {'; '.join(by.sources())}")
        for said in by.assumed():
            self.stdout.write(f"assumed: {said}")
        for line in told.printed(year, tables):
            self.stdout.write(line)
        self.stdout.write(f"written: {', '.join(t.name for t in tables)} and about.json in {options['out']}")


def day(text: str) -> date:
    """A day as ISO writes it."""
    return date.fromisoformat(text)


def require_pairs(options: dict[str, Any]) -> None:
    """Raises CommandError where one of two options that need each other is missing."""
    for name in ("previous", "first"):
        if bool(options[name]) != bool(options[f"{name}_on"]):
            raise CommandError(f"--{name} and --{name}-on go together")
    alone = [name for name in ("first", "province", "special", "minority_unknown") if options[name]]
    if alone and not options["plan"]:
        raise CommandError(f"--{alone[0].replace('_', '-')} is for the targets of a plan: give --plan too")


def require_year(plan: Plan, year: int) -> None:
    """Raises CommandError where the plan says nothing of the end of that year."""
    first, last = min(goal.baseline.as_of.year for goal in plan.goals), plan.period.until.year
    if not first <= year <= last:
        raise CommandError(f"the plan is of {first} to {last} and has no targets for {year}")


def require_province(code: str, provinces: dict[int, str]) -> None:
    """Raises CommandError where nobody knows the province that is said to be given whole."""
    known = set(provinces.values())
    if code and ((known and code not in known) or not code.isdecimal()):
        raise CommandError(
            f"--province {code}: not a province of --communes" if known else f"--province {code}: no code"
        )


def require_other_files(options: dict[str, Any]) -> None:
    """Raises CommandError where the year before is read from the files of the year itself."""
    if {one.resolve() for one in options["previous"]} & {one.resolve() for one in options["files"]}:
        raise CommandError("the files of the previous year are those of the year itself")


def plan_of(given: Path | Plan) -> Plan:
    """The plan of a file, or one that the caller already has. Raises CommandError with every fault of the file."""
    if isinstance(given, Plan):
        return given
    try:
        return read_plan(given)
    except PlanFaults as why:
        raise CommandError(str(why)) from None


def ladder(basis: str, on: date) -> population.Ladder:
    """The classification asked for. Raises NoRule where no rule covers that day."""
    return population.either(on=on) if basis == EITHER else population.ladder(Basis(basis), on=on)


def engine_of(options: dict[str, Any], spill: Path) -> Any:
    """The engine asked for. Raises CommandError where Spark is asked for and not installed."""
    if options["engine"] == "duckdb":
        try:
            return duck.Engine(threads=options["threads"], memory=options["memory"], spill=spill)
        except duck.Wrong as why:
            raise CommandError(f"--threads or --memory: {why}") from None
    if find_spec("pyspark") is None:
        raise CommandError(f"PySpark is not installed: {sys.executable} -m uv pip install -r requirements/spark.txt")
    return import_string("chungtay.households.spark.Engine")()
