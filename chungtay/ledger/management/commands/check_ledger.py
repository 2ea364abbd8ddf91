"""`manage check_ledger`: every kept balance against a fresh sum of all transfers; ends with 1 if one does not fit."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chungtay.ledger import checking


class Command(BaseCommand):
    help = "compare the kept balances of all funds with a fresh sum of their transfers"

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what does not fit, or how much does."""
        found = checking.faults()
        if found:
            raise CommandError("\n".join(found))
        transfers, accounts = checking.counted()
        self.stdout.write(f"{transfers} transfers, {accounts} accounts: every balance fits, and all sum to zero")
