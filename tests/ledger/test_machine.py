"""Whatever is written in whatever order: the ledger sums to zero, and every kept balance is a fresh sum."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.law.refusals import Refused
from chungtay.ledger import actions, checking, posting
from chungtay.ledger.models import Account, Balance, Fund, Transfer
from tests.ledger.make import DAY, build_house, drive, fund, give, keeper, told
from tests.make import Province

STEPS = ("in", "in", "out", "move", "counter", "many", "close", "again")
DRAWN = st.lists(
    st.tuples(st.sampled_from(STEPS), st.integers(0, 9), st.integers(0, 9), st.integers(0, 300)), max_size=25
)


def step(p: Province, kind: str, first: int, second: int, amount: int) -> None:
    """One act of whoever keeps the fund, chosen by the numbers; the book may refuse it."""
    funds = list(Fund.objects.select_related("owner").order_by("id"))
    one, other = funds[first % len(funds)], funds[second % len(funds)]
    rows = list(Transfer.objects.select_related("debit__fund__owner", "credit__fund__owner").order_by("id"))
    row = rows[second % len(rows)] if rows else None
    by, day = keeper(p, one), DAY + timedelta(second * 8)
    if kind == "in":
        give(p, one, amount, day)
    elif kind == "out":
        build_house(p, one, amount, day)
    elif kind == "move":
        actions.transfer(one, other, amount, told(), by=by, on=DAY)
    elif kind == "counter" and row is not None:
        actions.counter(row, reason="Ghi nhầm trên phiếu thu", key=f"{row.pk}-{first}-{amount}", by=by, on=day)
    elif kind == "many":
        money, outside = posting.cash(one), posting.account(one, Account.Kind.INCOME, "units")
        some = [posting.Posting(f"m{Transfer.objects.count()}-{n}", money, outside, n, DAY, "Thu") for n in range(1, 4)]
        out = posting.Posting(f"o{Transfer.objects.count()}", outside, money, amount + 1, DAY, "Trả lại")
        posting.post_many([*some, out], written_on=DAY)
    elif kind == "close":
        actions.close_fund(one, by=by, on=day)
    elif kind == "again" and row is not None:
        give(p, one, amount, DAY, key=row.key)


def holds() -> None:
    """What must be true after every step."""
    assert checking.faults() == []
    balances = list(Balance.objects.select_related("account__fund").order_by("account_id"))
    assert sum(one.amount for one in balances) == 0
    for one in balances:
        if one.is_money:
            assert one.amount >= 0, "no fund owes"
            assert one.is_open is one.account.fund.is_running
            assert one.amount == 0 or one.is_open, "a closed fund is empty"
    countered = Transfer.objects.filter(corrects__isnull=False)
    assert not countered.filter(corrects__corrects__isnull=False).exists(), "a counter is not countered"
    inside = Transfer.objects.filter(debit__fund__kind="drive", debit__kind="cash", corrects=None)
    late = inside.exclude(on__range=(F("debit__fund__starts"), F("debit__fund__ends"))).exclude(key__startswith="m")
    assert not late.exists(), "a drive takes money in its days"


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is undone at the end: one province serves all examples."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def start(p: Province) -> None:
    """Two funds and a drive, two of them with money."""
    for one in (fund(p), fund(p, "commune"), drive(p)):
        give(p, one, 200)
    holds()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=DRAWN)
def test_any_sequence_sums_to_zero(province: Province, steps: list[tuple[str, int, int, int]]) -> None:
    with undone():
        start(province)
        for one in steps:
            before = Transfer.objects.count()
            try:
                with transaction.atomic():
                    step(province, *one)
            except Refused:
                assert Transfer.objects.count() == before, "what is refused leaves nothing"
            holds()


def forgets_the_other_side(account_id: int, came: int, went: int) -> None:
    """`posting.move` with a fault: what leaves is not written down."""
    Balance.objects.filter(account=account_id).update(debited=F("debited") + came)


def test_the_machine_would_find_a_balance_that_is_not_kept(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    start(province)
    monkeypatch.setattr(posting, "move", forgets_the_other_side)
    step(province, "in", 0, 0, 5)
    with pytest.raises(AssertionError):
        holds()
