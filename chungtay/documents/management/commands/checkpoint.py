"""`manage.py checkpoint`: sign how far the journal has come; for every night's timer (design D1)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chungtay.documents import checkpoints


class Command(BaseCommand):
    """Repeating it makes no second checkpoint of the same journal."""

    help = "Sign a checkpoint of the journal, and copy what it lacks to the witness (CHUNGTAY_WITNESS_DIR)."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = checkpoints.make()
        except (checkpoints.Broken, OSError) as fault:
            raise CommandError(str(fault), returncode=1) from fault
        self.stdout.write(f"checkpoint {made.number}: entry {made.seq}, {made.digest}")
        self.stdout.write(f"in {checkpoints.directory() / made.file_name}; public key {made.public_key}")
