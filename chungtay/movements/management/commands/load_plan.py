"""`load_plan <file>`: put a movement's plan in force."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chungtay.law.refusals import Refused
from chungtay.movements import actions
from chungtay.movements.plan_file import PlanFaults
from chungtay.records.clock import today
from chungtay.records.journal import System


class Command(BaseCommand):
    """Prints every fault of a wrong file and ends with 1; the same text twice changes nothing."""

    help = "Check a plan file and put it in force as a new version; the same text again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the plan, as plans/kien-giang-2016-2020.yaml")
        parser.add_argument("--valid-from", type=date.fromisoformat, help="first day in force, YYYY-MM-DD (today)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            version, created = actions.load_plan(
                options["file"], by=System("load_plan"), on=options["valid_from"] or today()
            )
        except PlanFaults as wrong:
            for fault in wrong.faults:
                self.stderr.write(str(fault), self.style.ERROR)
            count = len(wrong.faults)
            raise CommandError(f"{count} fault{'s' if count > 1 else ''}, nothing was loaded", returncode=1) from wrong
        except Refused as refused:
            raise CommandError(str(refused), returncode=1) from refused
        if created:
            self.stdout.write(
                f"{version.movement.code}: version {version.number} is in force from {version.valid_from:%d/%m/%Y},"
                f" {version.rounds.count()} rounds rest on it"
            )
        else:
            self.stdout.write(f"{version.movement.code}: version {version.number} says the same, nothing to do")
