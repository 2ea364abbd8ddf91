"""Load a B1 table of the province from a CSV file."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chungtay.law.points import Region
from chungtay.law.refusals import Refused
from chungtay.records import walls
from chungtay.records.clock import today
from chungtay.records.journal import System
from chungtay.reviews import point_tables


class Command(BaseCommand):
    help = "Load a B1 point table from a CSV file; every fault is told at once with its line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV in UTF-8 with the columns " + ", ".join(point_tables.COLUMNS))
        parser.add_argument("--region", required=True, choices=[region.value for region in Region])
        parser.add_argument("--edition", required=True, help="name of this edition, for example 2018")
        parser.add_argument("--text", required=True, help="the paper that the table was typed from")
        parser.add_argument("--since", required=True, type=date.fromisoformat, help="first day, as 2018-09-26")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
        except OSError as wrong:
            raise CommandError(f"cannot read {options['file']}: {wrong.strerror}") from wrong
        try:
            region = Region(options["region"])
            sheet = point_tables.read(content, region=region, edition=options["edition"], text=options["text"])
            with walls.everything("a table of the whole province is loaded"):
                point_tables.load(sheet, since=options["since"], by=System("load_point_sheet"), on=today())
        except Refused as refused:
            raise CommandError("\n".join(str(reason) for reason in refused.reasons)) from refused
        self.stdout.write(f"Loaded {len(sheet.items)} items for {region.value}, edition {sheet.version}.")
