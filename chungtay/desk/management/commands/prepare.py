"""`manage.py prepare`: everything between an empty directory and a server that can start."""

import hashlib
import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from chungtay.movements.plan_file import read_plan
from chungtay.records import wall_laying

PLAN = Path(__file__).resolve().parents[4] / "plans" / "kien-giang-2016-2020.yaml"


def static_digest() -> str:
    """SHA-256 over the name, size and time of every static file, to see whether anything has changed."""
    told = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: str(found[0])):
            state = Path(storage.path(name)).stat()
            told.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return told.hexdigest()


def forget_everything() -> None:
    """Delete the demo's database and files. Raises CommandError for anything but a demo on the embedded database."""
    if not settings.IS_DEMO:
        raise CommandError("only a demo is ever thrown away, and this is none (CHUNGTAY_MODE)", returncode=1)
    if connection.vendor != "sqlite":
        raise CommandError(
            "DATABASE_URL is set: drop and create that database yourself, then run prepare", returncode=1
        )
    connection.close()
    database = Path(settings.DATABASES["default"]["NAME"])
    for ending in ("", "-wal", "-shm", "-journal"):
        database.with_name(database.name + ending).unlink(missing_ok=True)
    for directory in (settings.FILES_DIR, settings.DATA_DIR / "mail", settings.DATA_DIR / "checkpoints"):
        shutil.rmtree(directory, ignore_errors=True)


class Command(BaseCommand):
    """Every step may be repeated and does only what is not done yet."""

    help = "Migrate, collect static files and, in demo mode, load the places, the plan and the demo province."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from-scratch", action="store_true", help="first throw the demo's data away")
        parser.add_argument("--every-household", action="store_true", help="as make_demo says")

    def handle(self, *args: Any, from_scratch: bool, every_household: bool, **options: Any) -> None:
        if from_scratch:
            self.say("throwing the demo province away")
            forget_everything()
        self.migrate()
        self.collect_static()
        if settings.IS_DEMO:
            self.say("loading the places, the plan and the demo province")
            call_command("load_places", stdout=self.stdout)
            call_command("load_plan", str(PLAN), valid_from=read_plan(PLAN).period.since, stdout=self.stdout)
            call_command("make_demo", every_household=every_household, stdout=self.stdout)

    def migrate(self) -> None:
        """Bring the tables up to date. Behind the second wall only their owner may, and is asked for where it must."""
        if not wall_laying.is_behind(connection):
            self.say("migrating")
            call_command("migrate", interactive=False, verbosity=0)
            return
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError(
                f"{settings.RUNTIME_ROLE} may not change the tables: run prepare once with the owner in DATABASE_URL"
                " (docs/operations.md, Two roles)",
                returncode=1,
            )
        self.say("the tables are up to date")

    def collect_static(self) -> None:
        """Collect, compress and name the static files by content, if any of them has changed."""
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        wanted = static_digest()
        if stamp.exists() and stamp.read_text() == wanted:
            return
        self.say("collecting static files")
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(wanted)

    def say(self, words: str) -> None:
        """One line of progress, at once."""
        self.stdout.write(f"-- {words}")
        self.stdout.flush()
