"""`manage.py make_demo`: the demo province, once."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from chungtay.desk.demo.builder import build
from chungtay.desk.demo.province import DAY
from chungtay.households.models import Household
from chungtay.movements.models import Movement
from chungtay.nominations.models import Dossier
from chungtay.parties.models import Party
from chungtay.places.models import Place
from chungtay.records.clock import today


class Command(BaseCommand):
    """All of it in one transaction: there is a whole demo province or none."""

    help = "In demo mode: invent bodies, accounts, parties and dossiers in the real places. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--every-household", action="store_true",
            help="write the households of all communes one by one, not only of those that work with the system",
        )  # fmt: skip

    def handle(self, *args: Any, every_household: bool, **options: Any) -> None:
        if not settings.IS_DEMO:
            raise CommandError("invented people belong in a demo, and this is none (CHUNGTAY_MODE)", returncode=1)
        if Party.objects.filter(is_demo=True).exists():
            self.stdout.write(f"the demo province is there: {self.size()}; nothing was changed")
            return
        if Party.objects.exists():
            raise CommandError("the register holds parties that are no demo; nothing was changed", returncode=1)
        if not Place.objects.exists() or Movement.objects.count() != 1:
            raise CommandError("first run load_places and load_plan plans/kien-giang-2016-2020.yaml", returncode=1)
        build(everywhere=every_household)
        self.stdout.write(f"the demo province: {self.size()}")
        if today() < DAY:
            self.stdout.write(
                self.style.WARNING(f"CHUNGTAY_WORKING_DAY is {today():%d/%m/%Y}; the demo lives up to {DAY:%d/%m/%Y}")
            )

    def size(self) -> str:
        """How much there is."""
        households = Household.objects.count()
        return f"{Party.objects.count()} parties, {Dossier.objects.count()} dossiers, {households} households"
