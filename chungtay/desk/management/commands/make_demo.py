"""`manage.py make_demo`: the demo province, once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from chungtay.desk.demo.builder import build
from chungtay.desk.demo.province import DAY
from chungtay.movements.models import Movement
from chungtay.nominations.models import Dossier
from chungtay.parties.models import Party
from chungtay.places.models import Place
from chungtay.records.clock import today


class Command(BaseCommand):
    """All of it in one transaction: there is a whole demo province or none."""

    help = "In demo mode: invent bodies, accounts, parties and dossiers in the real places. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEMO:
            raise CommandError("invented people belong in a demo, and this is none (CHUNGTAY_MODE)", returncode=1)
        if Party.objects.filter(is_demo=True).exists():
            self.stdout.write(f"the demo province is there: {self.size()}; nothing was changed")
            return
        if Party.objects.exists():
            raise CommandError("the register holds parties that are no demo; nothing was changed", returncode=1)
        if not Place.objects.exists() or Movement.objects.count() != 1:
            raise CommandError("first run load_places and load_plan plans/kien-giang-2016-2020.yaml", returncode=1)
        build()
        self.stdout.write(f"the demo province: {self.size()}")
        if today() < DAY:
            self.stdout.write(
                self.style.WARNING(f"CHUNGTAY_WORKING_DAY is {today():%d/%m/%Y}; the demo lives up to {DAY:%d/%m/%Y}")
            )

    def size(self) -> str:
        """How much there is."""
        return f"{Party.objects.count()} parties, {Dossier.objects.count()} dossiers"
