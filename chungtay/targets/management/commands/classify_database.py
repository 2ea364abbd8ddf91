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
from chungtay.law.poverty import Class, same_standard
from chungtay.movements.models import Movement
from chungtay.places.models import Coverage, Place
from chungtay.reviews import lineage
from chungtay.reviews.models import Figures, Round
from chungtay.targets import populations

POOR = frozenset(one.value for one in Class if one.is_poor)


class Command(BaseCommand):
    """Writes the round, the one before and the first one as Parquet, has `classify_population` classify them each
    household by what was found of it, with movement and targets, and compares the counts with the figures."""

    help = "Classify the households of a locked round as `classify_population` does, and compare with its figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int, help="year of the round")
        parser.add_argument("--out", type=Path, required=True, help="folder for the results")
        parser.add_argument("--keep", type=Path, help="folder that keeps the Parquet files (default: nobody does)")

    def handle(self, *args: Any, year: int, out: Path, keep: Path | None, **options: Any) -> None:
        round = Round.objects.select_related("previous", "place").filter(year=year, locked_on__isnull=False).first()
        if round is None:
            raise CommandError(f"there is no locked round of {year}")
        with TemporaryDirectory(prefix="chungtay-round-") as folder:
            files = keep or Path(folder)
            try:
                files.mkdir(parents=True, exist_ok=True)
            except OSError as why:
                raise CommandError(f"--keep {files}: {why.strerror}") from None
            now = self.write(files, round, None)
            asked: dict[str, Any] = {"on": round.review_on, "basis": "either", "out": out, "year": year}
            before = round.previous
            if before is not None and round.compares:
                asked |= {"previous": [self.write(files, before, round)], "previous_on": before.review_on}
                asked |= {"previous_year": before.year}
            asked |= self.goals(files, round)
            call_command("classify_population", now, stdout=self.stdout, **asked)
        self.compare(round, out)

    def goals(self, folder: Path, round: Round) -> dict[str, Any]:
        """The plan of the round's province, and what its goals are measured by; nothing where there is no plan."""
        movement = Movement.objects.filter(place=round.place).order_by("code").first()
        if movement is None:
            return {}
        plan, homes = movement.plan_on(round.locked_on or round.review_on).plan, populations.homes(round)
        special = folder / "special.csv"
        special.write_text("\n".join(["commune_code,year", *populations.special(homes), ""]), encoding="utf-8")
        unknown = [home.code for home in homes.values() if home.minority is None]
        asked = {"plan": plan, "special": special, "minority_unknown": unknown}
        asked["special_incomplete"] = not Coverage.objects.filter(
            topic=Coverage.Topic.DIFFICULTY, complete=True
        ).exists()
        communes = Place.objects.communes(round.review_on)
        if set(homes) == {one.pk for one in communes if one.version.path.startswith(round.area_path)}:
            # every household of the province is there, so what the plan states of the province is theirs
            asked["province"] = round.place.on(round.review_on).code
        first = lineage.first_of(round)
        starts = {goal.baseline.as_of.year for goal in plan.goals}
        if first.pk != round.pk and first.year in starts and same_standard(first.review_on, round.review_on):
            asked |= {"first": [self.write(folder, first, None, "first")], "first_on": first.review_on}
        return asked

    def write(self, folder: Path, round: Round, also: Round | None, name: str = "") -> Path:
        """The round as a Parquet file. Raises CommandError where no commune reviewed its households one by one."""
        rows, made = (folder / f"{name or round.year}.{kind}" for kind in ("csv", "parquet"))
        heads = populations.heads(round)
        with rows.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(heads)
            writer.writerows(
                ["" if value is None else str(value).lower() for value in line]
                for line in populations.lines(round, also=also)
            )
        if not populations.homes(round):
            raise CommandError(f"no commune reviewed its households one by one in {round.year}")
        duck.Engine().write(rows, heads, made)
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
