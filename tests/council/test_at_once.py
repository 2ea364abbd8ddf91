"""Two secretaries and fifteen phones at the same moment, in real threads, on whichever database is asked."""

from functools import partial

import pytest

from chungtay.council import actions
from chungtay.council.models import Item, Vote
from chungtay.law.procedure import State
from chungtay.nominations.models import Dossier
from chungtay.records import journal
from tests.council.people import MEETING_DAY, Council
from tests.racing import together

pytestmark = pytest.mark.django_db(transaction=True)


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
