"""Print what a killed worker left unprinted."""

from typing import Any

from django.core.management.base import BaseCommand

from chungtay.documents.models import Paper
from chungtay.documents.printing_jobs import print_later


class Command(BaseCommand):
    """Queues every issued paper without a PDF again; printing is idempotent, so a doubled job does no harm."""

    help = "queue every issued paper that has no PDF yet"

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = list(Paper.objects.filter(file__isnull=True, voided_on__isnull=True))
        for paper in waiting:
            print_later(paper)
        self.stdout.write(f"{len(waiting)} papers queued for printing")
