"""Two decisions that want the same gift at the same moment, and a gift corrected while it is being used: in threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from chungtay.contributions import actions, claiming, counting
from chungtay.contributions.claiming import ClaimOn
from chungtay.contributions.models import Claim, Contribution
from chungtay.law.refusals import Refused
from chungtay.parties.models import Party
from tests.contributions.doing import MILLION, confirmed, giver
from tests.make import TODAY, Province, build

AWARD = date(2019, 11, 18)


@pytest.fixture
def town(transactional_db: None, settings: Any) -> Province:
    settings.WORKING_DAY = TODAY
    return build()


def together(*acts: Callable[[], object]) -> list[str]:
    """Start all acts at the same moment, each in its own thread and connection; "done" or the refusal of each."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            start.wait(timeout=30)
            act()
        except Refused as refused:
            return refused.reasons[0].text
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def use(province: Province, party: Party, key: str) -> None:
    """A decision that uses what the giver gave."""
    case = ClaimOn(party.pk, key, f"Quyết định {key}", AWARD, date(2016, 1, 1), AWARD)
    claiming.claim([case], by=province.seats["chair"], on=TODAY)


def drop(province: Province, pk: int) -> None:
    """The gift is cancelled."""
    gift = Contribution.objects.get(pk=pk)
    actions.correct(gift, None, by=province.seats["board"], on=TODAY, reason="Không có", version=gift.version)


def live() -> list[int]:
    return list(Claim.objects.filter(released_on__isnull=True).values_list("amount", flat=True))


def test_two_decisions_at_once_use_a_gift_once(town: Province) -> None:
    who = giver(town)
    confirmed(town, who, value=250 * MILLION)
    answers = together(*(partial(use, town, who, f"k{number}") for number in range(4)))
    assert "done" in answers
    assert set(answers) <= {"done", "Khoản đóng góp vừa được tính vào một quyết định khác; xem lại rồi ký."}
    assert live() == [250 * MILLION]


def test_the_control_without_the_guard_both_decisions_use_the_gift(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = giver(province)
    confirmed(province, who, value=250 * MILLION)
    seen = counting.read([who.pk], since=date(2016, 1, 1), until=AWARD, on=TODAY)
    monkeypatch.setattr(counting, "read", lambda *told, **more: seen)  # both have read before either wrote
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX share_claimed_once")
    for key in ("k1", "k2"):
        use(province, who, key)
    assert live() == [250 * MILLION] * 2


def test_of_two_who_have_read_before_either_wrote_the_second_is_told(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = giver(province)
    confirmed(province, who, value=250 * MILLION)
    seen = counting.read([who.pk], since=date(2016, 1, 1), until=AWARD, on=TODAY)
    monkeypatch.setattr(counting, "read", lambda *told, **more: seen)
    use(province, who, "k1")
    with pytest.raises(Refused, match="một quyết định khác"):
        use(province, who, "k2")
    assert live() == [250 * MILLION]


def test_a_gift_that_is_cancelled_while_it_is_used_serves_no_award(town: Province) -> None:
    who = giver(town)
    gift = confirmed(town, who, value=250 * MILLION)
    together(partial(use, town, who, "k1"), partial(drop, town, gift.pk))
    assert not Contribution.objects.counted().exists()
    assert live() == []
