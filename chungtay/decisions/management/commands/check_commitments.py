"""`manage check_commitments`: what award funds hold against what decisions bind; ends with 1 if it is off."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chungtay.decisions import funding


class Command(BaseCommand):
    help = "compare what decisions bind of the award funds with what the funds' books hold for them"

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what does not fit, or that everything does."""
        found = funding.faults()
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("what decisions bind is what the books hold")
