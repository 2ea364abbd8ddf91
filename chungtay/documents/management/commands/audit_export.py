"""`manage.py audit_export`: the journal as JSON lines, for whoever verifies it without this system (design D1).

One line an entry: what the chain protects of it, the digest before it and its own. Names of persons and other personal
values are there as hashes only; reasons that an act keeps in its body stand there as they were typed.
"""

import json
import os
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chungtay.documents import checkpoints
from chungtay.records.journal import chained_fields
from chungtay.records.models import ChainHead, Entry


def export(write: Callable[[str], object]) -> int:
    """Write the journal up to its present end; how many entries that were. Memory use does not grow with them."""
    head = ChainHead.objects.filter(pk=1).first() or ChainHead()
    count = 0
    for entry in Entry.objects.filter(seq__lte=head.seq).order_by("seq").iterator(chunk_size=2000):
        line = {**chained_fields(entry), "previous": entry.previous, "digest": entry.digest}
        write(json.dumps(line, sort_keys=True, ensure_ascii=False) + "\n")
        count += 1
    return count


class Command(BaseCommand):
    """The file is new and readable by its owner alone: acts and desks are not for everybody."""

    help = "Write the journal as JSON lines; verify it anywhere with tools/audit_verifier.py."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a new file, e.g. journal.jsonl; - for standard output")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        if file == "-":
            export(self.stdout.write)
            return
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as fault:
            raise CommandError(f"{file}: {fault.strerror}", returncode=1) from fault
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            count = export(out.write)
        self.stdout.write(f"{count} entries in {file}")
        self.stdout.write(
            f"verify: python3 tools/audit_verifier.py {Path(file)} --checkpoints {checkpoints.directory()}"
        )
