"""Two secretaries and fifteen phones at the same moment, in real threads, on whichever database is asked."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from chungtay.council import actions
from chungtay.council.models import Item, Vote
from chungtay.law.procedure import State
from chungtay.law.refusals import Refused
from chungtay.nominations.models import Dossier
from chungtay.records import journal
from tests.council.people import MEETING_DAY, Council

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Callable[[], object]) -> list[str]:
    """Start all acts at the same moment, each in its own thread and connection; "done" or the refusal of each."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            start.wait(timeout=30)
            act()
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def close(item_id: int, council: Council, secretary: str) -> None:
    item = Item.objects.get(pk=item_id)
    actions.close_item(item, by=getattr(council, secretary), on=MEETING_DAY, silent_ok=True)


def test_of_two_secretaries_who_close_at_once_one_wins(council: Council) -> None:
    _, items = council.opened(*(council.dossier() for _ in range(5)))
    for item in items:
        actions.open_item(item, by=council.secretary, on=MEETING_DAY)
        council.hands(item, 15)
        told = together(*(partial(close, item.pk, council, name) for name in ("secretary", "other_secretary")))
        assert told.count("done") == 1, told
        assert journal.of(item).filter(act="close_item").count() == 1
        assert journal.of(item.dossier).filter(act="recommend").count() == 1
        assert Dossier.objects.get(pk=item.dossier_id).at is State.RECOMMENDED
    assert not journal.faults()


def test_a_vote_is_in_the_result_or_refused_never_lost(council: Council) -> None:
    item = council.voting()
    council.hands(item, 8)
    phones = [council.seats[member.pk] for member in council.members[8:12]]
    votes = [partial(actions.cast, item, choice="yes", by=seat, on=MEETING_DAY) for seat in phones]
    told = together(*votes, partial(close, item.pk, council, "secretary"))
    closed = Item.objects.get(pk=item.pk)
    assert closed.state == Item.State.CLOSED
    assert closed.yes == Vote.objects.filter(item=item).count() == 8 + told[:-1].count("done")


def test_a_double_tap_is_one_vote(council: Council) -> None:
    item = council.voting()
    tap = partial(actions.cast, item, choice="yes", by=council.seats[council.members[0].pk], on=MEETING_DAY)
    assert together(tap, tap, tap).count("done") == 1
    assert Vote.objects.filter(item=item).count() == 1
