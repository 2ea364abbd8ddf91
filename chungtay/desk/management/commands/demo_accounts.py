"""`manage.py demo_accounts`: who can log in to the demo, and with what."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from chungtay.accounts.models import Seat
from chungtay.desk.demo.bodies import PASSWORD, WORK
from chungtay.law.procedure import Desk
from chungtay.records.clock import today

ONE_OF_MANY = {
    Desk.COMMUNE: "xa.thoson", Desk.DISTRICT: "huyen.giangthanh", Desk.UNIT: "phunu", Desk.COUNCIL: "hoidong9",
}  # fmt: skip
"""The account that is shown for a kind of desk of which there are many: one with something to do."""


class Command(BaseCommand):
    help = "In demo mode: print one account for each kind of desk (all of them with --all) and the password."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--all", action="store_true", help="every account, not one for each kind of desk")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEMO:
            raise CommandError("passwords are shown only in a demo, and this is none (CHUNGTAY_MODE)", returncode=1)
        seats = list(Seat.objects.valid(today()).select_related("user", "desk").order_by("id"))
        if not seats:
            raise CommandError("there are no accounts yet: run make_demo", returncode=1)
        rank = {kind: place for place, kind in enumerate(Desk)}
        seats.sort(key=lambda seat: rank[seat.kind])
        shown = (
            seats
            if options["all"]
            else [s for s in seats if s.user.username == ONE_OF_MANY.get(s.kind, s.user.username)]
        )
        rows = [(seat.desk.name, seat.user.username, PASSWORD, WORK[seat.kind]) for seat in shown]
        heads = ("desk", "username", "password", "what they do")
        widths = [max(len(row[n]) for row in (heads, *rows)) for n in range(4)]
        for row in (heads, tuple("-" * width for width in widths), *rows):
            self.stdout.write("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        if not options["all"]:
            self.stdout.write(f"\n{len(seats)} accounts in all, one password: `manage.py demo_accounts --all`")
