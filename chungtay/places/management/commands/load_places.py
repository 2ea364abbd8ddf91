"""`manage.py load_places`: bring the database in line with the files of `data/places`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chungtay.places import actions
from chungtay.places.reading import read
from chungtay.places.tables import BadFiles

FOLDER = Path(__file__).resolve().parents[4] / "data" / "places"


class Command(BaseCommand):
    help = "Load provinces, districts, communes, their successions, difficulty status and outlines. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=FOLDER, help="where the files are (default: data/places)")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            book = read(folder)
        except BadFiles as bad:
            raise CommandError(f"nothing was loaded, {len(bad.faults)} fault(s) in {folder}:\n{bad}") from None
        loaded = actions.load(book)
        for table, count in loaded.counts.items():
            self.stdout.write(f"{table}: {count}")
        if loaded.forgotten:
            self.stdout.write(f"kept, though no file names them any more: {', '.join(loaded.forgotten)}")
