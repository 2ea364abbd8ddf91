"""Telling a desk what happened to its work."""

from chungtay.accounts.models import Desk, Notice
from chungtay.law.procedure import Desk as DeskKind
from chungtay.parties.models import Party


def tell_body(body: Party, text: str, *, link: str = "", kinds: tuple[DeskKind, ...] = ()) -> None:
    """One notice for each desk of `body` (only of `kinds` when given)."""
    desks = Desk.objects.filter(body=body).order_by("id")
    if kinds:
        desks = desks.filter(kind__in=[kind.value for kind in kinds])
    Notice.objects.bulk_create(Notice(desk=desk, text=text[:400], link=link) for desk in desks)


def tell_kind(kind: DeskKind, text: str, *, link: str = "") -> None:
    """One notice for each desk of that kind (there is one one-stop desk, one board, one chairman in a province)."""
    desks = Desk.objects.filter(kind=kind.value).order_by("id")
    Notice.objects.bulk_create(Notice(desk=desk, text=text[:400], link=link) for desk in desks)
