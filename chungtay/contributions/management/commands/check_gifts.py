"""`manage check_gifts`: every confirmed gift of money to a fund against the fund's book; ends with 1 if one is off."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chungtay.contributions import checking


class Command(BaseCommand):
    help = "compare confirmed gifts of money to funds with the transfers that they wrote"

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what does not fit, or how much does."""
        found = checking.faults()
        if found:
            raise CommandError("\n".join(found))
        looked = checking.counted()
        self.stdout.write(f"{looked['gifts']} confirmed gifts to funds, {looked['transfers']} transfers: all fit")
