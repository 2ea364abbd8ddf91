"""`manage.py new_signing_key`: a key for CHUNGTAY_SIGNING_KEY."""

from typing import Any

from django.core.management.base import BaseCommand

from chungtay.documents import sealing


class Command(BaseCommand):
    help = "Print a new private key for certificates (64 hex digits) and, as a comment, its public key."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        key = sealing.new_key()
        self.stdout.write(f"# public key, to be published: {sealing.Sealer(key).public_key_hex}")
        self.stdout.write(f"CHUNGTAY_SIGNING_KEY={key}")
