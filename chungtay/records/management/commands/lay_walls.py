"""`manage.py lay_walls`: the second wall around the rows, laid by the owner of the tables for the runtime role (D7)."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from chungtay.records import wall_laying, wall_rules


class Command(BaseCommand):
    """May be repeated: what stands as it should is not touched. After this every `migrate` does it by itself."""

    help = "PostgreSQL, as the owner: give the runtime role its rights, and wall every table that belongs to an area."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--role", default=settings.RUNTIME_ROLE, help="default: CHUNGTAY_RUNTIME_ROLE")
        parser.add_argument("--lift", action="store_true", help="take the wall down instead")

    def handle(self, *args: Any, role: str, lift: bool, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("row-level security is PostgreSQL's: DATABASE_URL names another database", returncode=1)
        if lift:
            self.stdout.write(f"{len(wall_laying.lift(connection))} tables stand open again")
            return
        try:
            new = wall_laying.lay(connection, role)
        except ImproperlyConfigured as fault:
            raise CommandError(str(fault), returncode=1) from fault
        self.stdout.write(f"{len(wall_rules.tables())} tables are walled for {role}, {len(new)} of them anew")
        if role != settings.RUNTIME_ROLE:
            self.stdout.write(f"now set CHUNGTAY_RUNTIME_ROLE={role}, and {role} in DATABASE_URL: others see no row")
        if not wall_laying.names_are_looked_up(connection):
            self.stdout.write(f"a superuser should say once, so that names are looked up: {wall_laying.LEAKPROOF}")
