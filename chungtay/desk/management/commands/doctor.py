"""`manage.py doctor`: is everything well? One line a check, 1 if one fails (design D13)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chungtay.desk import health


class Command(BaseCommand):
    help = "Print each check with OK, WARN or FAIL; end with 1 if one fails."
    requires_system_checks = ()  # it must speak even when something is badly wrong

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--deep", action="store_true", help="also walk the whole journal")

    def handle(self, *args: Any, deep: bool, **options: Any) -> None:
        paint = {
            health.Level.OK: self.style.SUCCESS,
            health.Level.WARN: self.style.WARNING,
            health.Level.FAIL: self.style.ERROR,
        }
        failed = 0
        for name, question in (health.CHECKS | (health.DEEP_CHECKS if deep else {})).items():
            found = health.answer(question)
            failed += found.level is health.Level.FAIL
            self.stdout.write(f"{paint[found.level](f'{found.level:4}')} {name:19} {found.words}")
        if failed:
            raise CommandError(f"{failed} failed", returncode=1)
