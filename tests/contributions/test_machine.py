"""Whatever is given, claimed, released, corrected, joined and separated: no đồng serves two awards, shares sum exactly,
and nothing counts that was received before the last award."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.contributions import actions, claiming, counting, givers
from chungtay.contributions.claiming import ClaimOn
from chungtay.contributions.models import AwardCase, Claim, Contribution, Sameness, Share, State
from chungtay.contributions.recording import Given
from chungtay.law.clauses import cite
from chungtay.law.giving import Counting
from chungtay.law.refusals import Conflict, Refused
from chungtay.parties.models import Party
from tests.contributions.doing import confirmed, giver, told
from tests.make import TODAY, Province

STEPS = ("give", "give", "claim", "release", "correct", "join", "separate")
DRAWN = st.lists(
    st.tuples(st.sampled_from(STEPS), st.integers(0, 30), st.integers(0, 30), st.integers(0, 3)), max_size=14
)
FIRST = date(2019, 1, 1)
SINCE = date(2016, 1, 1)


def day(number: int) -> date:
    """One of so many days, a fortnight apart."""
    return FIRST + timedelta(days=14 * (number % 30))


def step(province: Province, parties: list[Party], kind: str, first: int, second: int, third: int) -> None:
    """One act, chosen by the numbers; the law may refuse it."""
    commune, chair, unit = (province.seats[name] for name in ("commune", "chair", "unit"))
    one, other = parties[first % len(parties)], parties[second % len(parties)]
    if kind == "give":
        parts = (
            [Given(one)] if one == other else [Given(one, Fraction(third + 1, 7)), Given(other, Fraction(6 - third, 7))]
        )
        confirmed(province, givers=parts, value=10 * first + third + 1, day=day(second), received_on=day(second))
    elif kind == "claim":
        decided = day(second)
        case = ClaimOn(one.pk, f"k{AwardCase.objects.count()}", "1/QĐ", decided, SINCE, decided)
        claiming.claim([case], by=chair, on=TODAY)
    elif kind == "release":
        live = list(AwardCase.objects.filter(released_on__isnull=True).order_by("pk"))
        if live:
            claiming.release(live[first % len(live)].case_key, by=chair, on=TODAY, reason="Thu hồi")
    elif kind == "correct":
        rows = list(Contribution.objects.counted().order_by("pk"))
        if rows:
            gift = rows[first % len(rows)]
            again = told(province, other, value=second + 1, day=gift.day, received_on=gift.received_on)
            anew = actions.correct(gift, again, by=commune, on=TODAY, reason="Ghi nhầm", version=gift.version)
            assert anew is not None
            actions.confirm(anew, by=commune, on=TODAY, version=anew.version)
    elif kind == "join":
        givers.decide(one, other, third > 0, by=unit, on=TODAY, because="Xem giấy tờ")
    else:
        said = list(Sameness.objects.filter(undone_on__isnull=True).order_by("pk"))
        if said:
            givers.undo(said[first % len(said)], by=unit, on=TODAY, reason="Nhầm")


def holds(parties: list[Party]) -> None:
    """What must be true after every step."""
    for gift in Contribution.objects.prefetch_related("shares"):
        shares = list(gift.shares.all())
        assert sum(share.amount for share in shares) == gift.value, "shares sum exactly"
        assert sum(Fraction(share.numerator, share.denominator) for share in shares) == 1
    live = list(Claim.objects.filter(released_on__isnull=True).select_related("share__gift", "case"))
    assert len({claim.share_id for claim in live}) == len(live), "no đồng serves two awards"
    for claim in live:
        assert claim.amount == claim.share.amount
        assert claim.share.gift.state in (State.CONFIRMED, State.RECEIVED), "what was cancelled serves no award"
        assert claim.case.released_on is None
    keys = [party.pk for party in parties]
    book = counting.read(keys, since=SINCE, until=TODAY, on=TODAY)
    claimed = {claim.share_id for claim in live}
    for party in parties:
        tally = book.of(party.pk, since=SINCE, until=TODAY, on=TODAY)
        assert tally.total == plainly(party, claimed)
        if tally.last is not None:
            late = [line.received_on > tally.last.decided_on for line in tally.lines]
            assert all(late), "nothing counts that was received before the last award"


def plainly(party: Party, claimed: set[int]) -> int:
    """The sum that counts, reckoned anew row by row."""
    group, grew = {party.pk}, True
    pairs = list(Sameness.objects.filter(same=True, undone_on__isnull=True).values_list("one_id", "other_id"))
    while grew:
        more = {key for pair in pairs if group & set(pair) for key in pair} - group
        group |= more
        grew = bool(more)
    cases = AwardCase.objects.filter(party__in=group, released_on__isnull=True)
    last = max((case.decided_on for case in cases), default=date(1900, 1, 1))
    shares = Share.objects.filter(party__in=group, gift__state=State.CONFIRMED).select_related("gift")
    return sum(
        share.amount for share in shares
        if share.pk not in claimed and share.gift.received_on is not None and share.gift.received_on > last
    )  # fmt: skip


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is undone at the end: one province serves all examples."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def play(province: Province, steps: list[tuple[str, int, int, int]], *, look: bool = True) -> list[Party]:
    """Act by act, with a look after each; the givers."""
    parties = [giver(province, f"Công ty số {number}") for number in range(3)]
    for one in steps:
        try:
            with transaction.atomic():
                step(province, parties, *one)
        except (Refused, Conflict):
            pass
        if look:
            holds(parties)
    return parties


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=DRAWN)
def test_whatever_happens_no_dong_serves_two_awards(province: Province, steps: list[Any]) -> None:
    with undone():
        play(province, steps)


TWICE = [("give", 1, 1, 0), ("claim", 1, 20, 0), ("claim", 1, 25, 0)]
BEFORE = [("claim", 1, 20, 0), ("give", 1, 1, 0)]


def sees_no_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here to the end of the test nobody sees what was claimed before, and the database refuses no second."""
    lines = counting._lines

    def without_cases(*told: Any) -> Iterator[counting.Line]:
        return (replace(line, case=None) for line in lines(*told))

    monkeypatch.setattr(counting, "_lines", without_cases)
    sees_no_award(monkeypatch)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX share_claimed_once")


def sees_no_award(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here to the end of the test gifts count from the start, whatever was decided."""
    source = cite("KH", "IV.2.2.b")
    monkeypatch.setattr(counting, "counts_from", lambda since, **more: Counting(since, "", source))


@pytest.mark.parametrize("steps", [TWICE, BEFORE])
def test_with_the_guards_both_ways_hold(province: Province, steps: list[Any]) -> None:
    with undone():
        play(province, steps)


def test_the_control_without_its_guards_a_share_serves_two_awards(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    with undone():
        sees_no_claim(monkeypatch)
        parties = play(province, TWICE, look=False)
        with pytest.raises(AssertionError, match="no đồng serves two awards"):
            holds(parties)


def test_the_control_without_the_cut_off_what_came_before_the_award_counts(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    with undone():
        sees_no_award(monkeypatch)
        parties = play(province, BEFORE, look=False)
        with pytest.raises(AssertionError):
            holds(parties)
