"""`manage.py reap_jobs`: put the jobs of killed workers back, and queue papers that nobody prints any more."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from chungtay.documents import reaping


class Command(BaseCommand):
    """Runs before each start of a worker, and by a timer where workers run on several machines."""

    help = "Put jobs whose worker was killed back in the queue; queue papers that have no PDF and no job."

    def add_arguments(self, parser: ArgumentParser) -> None:
        default = int(reaping.LONGEST.total_seconds()) // 60
        parser.add_argument(
            "--minutes", type=int, default=default, help=f"no job runs longer than this (default {default})"
        )

    def handle(self, *args: Any, minutes: int, verbosity: int, **options: Any) -> None:
        again, given_up = reaping.reap(longest=timedelta(minutes=minutes))
        papers = reaping.print_unqueued()
        if verbosity or again or given_up or papers:
            self.stdout.write(f"{again} jobs put back, {given_up} given up, {papers} papers queued for printing")
