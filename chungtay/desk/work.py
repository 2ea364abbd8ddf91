"""What waits for a seat: one query for the list, one bounded count for the mark in the frame."""

from datetime import date

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from chungtay.accounts.models import Seat
from chungtay.council.models import Item, Vote
from chungtay.decisions.models import Decision, Listing
from chungtay.law.procedure import PROPOSING, Desk
from chungtay.nominations.models import Dossier, DossierQuerySet

WAITED_FOR = frozenset({Desk.OFFICE, Desk.BOARD, Desk.SECRETARY, Desk.CHAIR})
SHOWN = 100
COUNTED = 100


def waiting(seat: Seat, on: date) -> DossierQuerySet:
    """The dossiers that wait for this seat, the longest overdue first."""
    rows = Dossier.objects.none()
    if seat.kind in PROPOSING:  # what is its own body's, a proposing seat always sees
        rows = Dossier.objects.filter(unit_id=seat.body_id, waits_for="unit")
    elif seat.kind in WAITED_FOR:
        rows = Dossier.objects.visible_to(seat, on).filter(waits_for=seat.kind.value)
    return rows.order_by("due_on", "id")


def votes_owed(seat: Seat) -> list[Item]:
    """For a member of the Council: the open votes that wait for this member's hand."""
    if seat.kind is not Desk.COUNCIL:
        return []
    voting = Item.objects.filter(
        state=Item.State.VOTING,
        is_secret=False,
        meeting__attendances__member__user_id=seat.user_id,
        meeting__attendances__is_present=True,
    ).exclude(recusals__member__user_id=seat.user_id)
    voted = Vote.objects.filter(member__user_id=seat.user_id).values("item_id")
    return list(
        voting.exclude(pk__in=voted).select_related("dossier", "meeting").order_by("meeting_id", "ordinal")[:SHOWN]
    )


def drafts(seat: Seat) -> list[Decision]:
    """For who drafts and signs: the draft decisions, oldest first."""
    if seat.kind not in (Desk.CHAIR, Desk.BOARD):
        return []
    names = Listing.objects.filter(decision=OuterRef("pk")).order_by().values("decision").values(names=Count("pk"))
    rows = Decision.objects.filter(state=Decision.State.DRAFT).annotate(names=Coalesce(Subquery(names), 0))
    return list(rows.order_by("drafted_on", "id")[:SHOWN])


def count(seat: Seat, on: date) -> int:
    """How many things wait, counted no further than 100; on every page, so the keys are read, not counted."""
    return len(waiting(seat, on).order_by().values_list("pk")[:COUNTED]) + len(votes_owed(seat))
