"""Many who move the money of one fund at the same moment, in real threads, on whichever database is asked."""

from collections.abc import Callable
from functools import partial
from threading import Event
from time import sleep

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.db.models.sql.compiler import SQLUpdateCompiler

from chungtay.law.refusals import Refused
from chungtay.ledger import actions, checking, posting
from chungtay.ledger.models import Balance, Fund, Transfer
from tests import django_rules
from tests.ledger.make import DAY, balance, build_house, fund, give, told
from tests.make import Province, build
from tests.racing import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committed(settings: object) -> Province:
    """The small province, committed: threads have connections of their own."""
    return build()


def test_of_eight_who_pay_30_out_of_100_three_do(committed: Province) -> None:
    front = fund(committed)
    give(committed, front, 100)
    told = together(*[partial(build_house, committed, front, 30) for _ in range(8)])
    assert told.count("done") == 3, told
    assert all("không đủ để chi 30 đồng" in one for one in told if one != "done")
    assert balance(front) == 10
    assert checking.faults() == []


def test_one_form_sent_eight_times_at_once_is_one_transfer(committed: Province) -> None:
    front = fund(committed)
    told = together(*[partial(give, committed, front, 5, key="k" * 20) for _ in range(8)])
    assert told == ["done"] * 8
    assert (balance(front), Transfer.objects.count()) == (5, 1)
    assert checking.faults() == []


def test_a_wrong_transfer_is_taken_back_by_one_of_four(committed: Province) -> None:
    front, by = fund(committed), committed.seats["front"]
    give(committed, front, 5)
    wrong = give(committed, front, 7)
    back = partial(actions.counter, wrong, reason="Ghi nhầm số tiền", by=by, on=DAY)
    told = together(*[partial(back, key=f"{n}" * 20) for n in range(4)])
    assert told.count("done") == 1, told
    assert balance(front) == 5
    assert checking.faults() == []


def test_a_fund_that_is_being_closed_takes_the_money_or_refuses_it(committed: Province) -> None:
    front, by = fund(committed), committed.seats["front"]
    stale = Fund.objects.get(pk=front.pk)
    told = together(partial(give, committed, stale, 5), partial(actions.close_fund, front, by=by, on=DAY))
    assert told.count("done") == 1, told
    closed = Fund.objects.get(pk=front.pk)
    assert (balance(front), closed.is_running) in {(5, True), (0, False)}
    assert checking.faults() == []


def one_after_the_other(first: Callable[[], object], second: Callable[[], object]) -> list[str]:
    """Both are under way at once: the second begins while the first has written and not yet committed."""
    written = Event()

    def slow() -> None:
        with transaction.atomic():
            first()
            written.set()
            sleep(0.4)

    def waits() -> None:
        written.wait(30)
        second()

    return together(slow, waits)


def test_a_fund_into_which_money_is_just_coming_is_not_closed(committed: Province) -> None:
    front, by = fund(committed), committed.seats["front"]
    told = one_after_the_other(
        partial(give, committed, Fund.objects.get(pk=front.pk), 5), partial(actions.close_fund, front, by=by, on=DAY)
    )
    assert told[0] == "done", told
    assert "Quỹ còn 5 đồng" in told[1]
    assert (balance(front), Fund.objects.get(pk=front.pk).is_running) == (5, True)


def test_a_fund_that_is_just_being_closed_takes_no_money(committed: Province) -> None:
    front, by, stale = fund(committed), committed.seats["front"], Fund.objects.get()
    told = one_after_the_other(partial(actions.close_fund, front, by=by, on=DAY), partial(give, committed, stale, 5))
    assert told[0] == "done", told
    assert "đã đóng, không ghi thêm được" in told[1]
    assert (balance(front), Fund.objects.get(pk=front.pk).is_running) == (0, False)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in, whatever the guard says")
def test_without_the_guard_the_fund_is_closed_over_the_money(
    committed: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same UPDATE with its conditions behind a join sees the balance as it was before it waited."""
    monkeypatch.setattr(SQLUpdateCompiler, "as_sql", django_rules._update_sql)
    front = fund(committed)
    joined = Balance.objects.filter(account__fund=front, is_money=True, debited=F("credited"))
    give_then = partial(give, committed, Fund.objects.get(pk=front.pk), 5)
    assert one_after_the_other(give_then, partial(joined.update, is_open=False)) == ["done", "done"]
    assert (balance(front), Balance.objects.get(account__fund=front, is_money=True).is_open) == (5, False)


def test_two_funds_that_pay_each_other_do_not_wait_for_ever(committed: Province) -> None:
    front, commune = fund(committed), fund(committed, "commune")
    for one in (front, commune):
        give(committed, one, 1000)
    acts: list[Callable[[], object]] = []
    for _ in range(4):
        acts.append(partial(_pay, committed, front, commune, "front"))
        acts.append(partial(_pay, committed, commune, front, "commune"))
    assert together(*acts) == ["done"] * 8
    assert balance(front) == balance(commune) == 1000
    assert checking.faults() == []


def _pay(p: Province, one: Fund, other: Fund, seat: str) -> None:
    actions.transfer(one, other, 10, told(), by=p.seats[seat], on=DAY)


# --- the same race without the guard ---


def read_then_write(account_id: int, came: int, went: int) -> None:
    """`posting.move` as one would write it without thinking: read the balance, look, write what was reckoned."""
    kept = stale.setdefault(account_id, Balance.objects.get(account=account_id))
    if kept.is_money and kept.amount + came - went < 0:
        raise Refused.because("không đủ")
    Balance.objects.filter(account=account_id).update(debited=kept.debited + came, credited=kept.credited + went)


stale: dict[int, Balance] = {}


def test_without_the_guard_the_second_of_two_pays_what_is_no_longer_there(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: both looked at the balance before either wrote. More is paid than was there, and nobody notices."""
    front = fund(province)
    give(province, front, 100)
    stale.clear()
    monkeypatch.setattr(posting, "move", read_then_write)
    for _ in range(2):
        build_house(province, front, 60)
    assert balance(front) == 40
    assert [fault.split(":")[0] for fault in checking.faults() if fault.startswith("account")]
    monkeypatch.undo()
    Balance.objects.filter(account=posting.cash(front)).update(credited=F("debited"))
    with pytest.raises(Refused, match="không đủ"):
        build_house(province, front, 1)
