"""`manage.py compare_published`: the province's figures beside the published series. Gaps stay gaps."""

from argparse import ArgumentParser
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chungtay.movements.models import Movement
from chungtay.records.clock import today
from chungtay.targets import published, sums
from chungtay.targets.ground import Ground


class Command(BaseCommand):
    """One line a figure; ends with 1 if a figure that both sides know differs."""

    help = "Print our figures beside the published series of the province, year by year."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, action="append", help="only this year (may be repeated)")

    def handle(self, *args: Any, year: list[int] | None, **options: Any) -> None:
        movement = Movement.objects.select_related("place").order_by("code").first()
        if movement is None:
            raise CommandError("there is no movement: run load_plan first")
        ground = Ground(movement.place, today())
        districts = [one for one in published.read_districts() if not year or one.year in year]
        units = {one.place: unit for one in districts if (unit := ground.by_key(one.place)) is not None}
        table = sums.read(ground, [ground.province, *units.values()])
        series = [one for one in published.read_series() if not year or one.year in year]
        compared = published.compare(series, table.get(ground.province.pk, {}))
        compared += published.beside(districts, {key: table.get(unit.pk, {}) for key, unit in units.items()})
        if year and not series and not districts:
            raise CommandError(f"nothing was published of {', '.join(map(str, sorted(set(year))))}")
        for one in series:
            self.stdout.write(f"{one.year}  {one.basis}{f' [{one.source}]' if one.source else ''}")
            for row in compared:
                if row.year == one.year and (row.published is not None or row.ours is not None):
                    self.stdout.write(line(row, units[row.place].name if row.place in units else row.place))
        wrong = [row for row in compared if row.agrees is False]
        known = sum(row.agrees is not None for row in compared)
        self.stdout.write(f"{known} figures known to both, {len(wrong)} differ")
        if wrong:
            raise CommandError("ours differs from the published series", returncode=1)


def line(row: published.Compared, district: str = "") -> str:
    """ "  poor                      41,202      41,202  same"; a district's name stands behind."""
    verdict = {True: "same", False: "DIFFERS", None: "-"}[row.agrees]
    behind = f" ({district})" if district else ""
    return f"  {row.column:<20}{cell(row.published):>14}{cell(row.ours):>14}  {verdict}{behind}"


def cell(value: Decimal | None) -> str:
    """A figure; "gap" for one that nobody published or that we do not hold."""
    return "gap" if value is None else f"{value:,}"
