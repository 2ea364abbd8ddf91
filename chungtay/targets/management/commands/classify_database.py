"""`manage.py classify_database`: a locked round classified anew as a whole population, and held to its own figures."""

import csv
from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from chungtay.households import duck
from chungtay.law.poverty import Basis, Class
from chungtay.reviews.models import Figures, Round
from chungtay.targets import populations

POOR = frozenset(one.value for one in Class if one.is_poor)


class Command(BaseCommand):
    """Writes the round and the one before it as Parquet, runs `classify_population` over them, compares the counts."""

    help = "Classify the households of a locked round as `classify_population` does, and compare with its figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int, help="year of the round")
        parser.add_argument("--out", type=Path, required=True, help="folder for the results")
        parser.add_argument("--keep", type=Path, help="folder that keeps the Parquet files (default: nobody does)")

    def handle(self, *args: Any, year: int, out: Path, keep: Path | None, **options: Any) -> None:
        round = Round.objects.select_related("previous").filter(year=year, locked_on__isnull=False).first()
        if round is None:
            raise CommandError(f"there is no locked round of {year}")
        with TemporaryDirectory(prefix="chungtay-round-") as folder:
            files = keep or Path(folder)
            files.mkdir(parents=True, exist_ok=True)
            asked: dict[str, Any] = {"on": round.review_on, "basis": Basis.SCORES, "out": out}
            now = self.write(files, round, None)
            if round.previous is not None and round.compares:
                before = self.write(files, round.previous, round)
                asked |= {"previous": [before], "previous_on": round.previous.review_on}
            call_command("classify_population", now, stdout=self.stdout, **asked)
        self.compare(round, out)

    def write(self, folder: Path, round: Round, also: Round | None) -> Path:
        """The round as a Parquet file. Raises CommandError where no commune reviewed its households one by one."""
        rows, made = folder / f"{round.year}.csv", folder / f"{round.year}.parquet"
        with rows.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(populations.HEADS)
            writer.writerows(
                ["" if value is None else str(value).lower() for value in line]
                for line in populations.lines(round, also=also)
            )
        if not populations.homes(round):
            raise CommandError(f"no commune reviewed its households one by one in {round.year}")
        duck.Engine().write(rows, populations.HEADS, made)
        rows.unlink()
        return made

    def compare(self, round: Round, out: Path) -> None:
        """Hold the classes of each commune to its figures. Raises CommandError naming those that differ."""
        found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        with (out / "classes.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                on_list = "poor" if row["class"] in POOR else row["class"]
                found[row["commune_code"]][on_list] += int(row["households"])
        homes = populations.homes(round)
        rows = Figures.objects.in_force().filter(round=round, place__in=list(homes)).select_related("place")
        wrong = []
        for one in rows.order_by("area_path"):
            ours = found[f"{homes[one.place_id].code:05d}"]
            poor, near = ours["poor"], ours[Class.NEAR_POOR.value]
            if (poor, near) != (one.poor, one.near_poor):
                wrong.append(f"{one.place}: {poor} and {near}, its figures say {one.poor} and {one.near_poor}")
        if wrong:
            raise CommandError("poor and near-poor differ:\n" + "\n".join(wrong))
        self.stdout.write(f"{len(homes)} communes have the same poor and near-poor households as their figures")
