"""Telling a desk what happened to its work."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from chungtay.accounts.models import Desk, Notice
from chungtay.law.procedure import Desk as DeskKind
from chungtay.parties.models import Party


def tell_body(body: Party, text: str, *, on: date, link: str = "", kinds: Collection[DeskKind] = ()) -> None:
    """One notice for each desk of `body` (only of `kinds` when given)."""
    desks = Desk.objects.filter(body=body).order_by("id")
    if kinds:
        desks = desks.filter(kind__in=[kind.value for kind in kinds])
    Notice.objects.bulk_create(Notice(desk=desk, text=text[:400], link=link, on=on) for desk in desks)


def tell_bodies(told: Iterable[tuple[int, str, str]], *, on: date, kinds: Collection[DeskKind]) -> None:
    """Many notices at once, to the desks of `kinds`: (body's id, text, link) each; two statements for any number."""
    by_body: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for body_id, text, link in told:
        by_body[body_id].append((text, link))
    wanted = [kind.value for kind in kinds]
    desks = Desk.objects.filter(body_id__in=by_body, kind__in=wanted).order_by("id")
    rows = [
        Notice(desk=desk, text=text[:400], link=link, on=on) for desk in desks for text, link in by_body[desk.body_id]
    ]
    Notice.objects.bulk_create(rows, batch_size=500)


def tell_kind(kind: DeskKind, text: str, *, on: date, link: str = "") -> None:
    """One notice for each desk of that kind (there is one one-stop desk, one board, one chairman in a province)."""
    desks = Desk.objects.filter(kind=kind.value).order_by("id")
    Notice.objects.bulk_create(Notice(desk=desk, text=text[:400], link=link, on=on) for desk in desks)
