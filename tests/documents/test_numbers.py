"""Official numbers: no gap, no double, a new series each year (design D4)."""

import threading
from datetime import date

import pytest
from django.db import connections, transaction

from chungtay.documents.models import Counter
from chungtay.documents.numbers import next_number, next_numbers
from chungtay.parties.models import Party
from tests import make
from tests.make import Province

DAY = date(2020, 12, 31)


def test_numbers_start_at_one_in_each_series_and_year(province: Province) -> None:
    body = province.bodies["province"]
    with transaction.atomic():
        got = [next_number(body, "QĐ", on=DAY), next_number(body, "QĐ", on=DAY), next_number(body, "TB", on=DAY)]
        assert got == [1, 2, 1]
        assert next_number(body, "QĐ", on=date(2021, 1, 1)) == 1
        assert list(next_numbers(body, "QĐ", 3, on=DAY)) == [3, 4, 5]


def test_a_paper_that_is_not_issued_leaves_no_gap(province: Province) -> None:
    body = province.bodies["province"]

    @transaction.atomic
    def fails_after_asking() -> None:
        next_number(body, "QĐ", on=DAY)
        raise LookupError

    with pytest.raises(LookupError):
        fails_after_asking()
    with transaction.atomic():
        assert next_number(body, "QĐ", on=DAY) == 1


@pytest.mark.django_db(transaction=True)
def test_a_number_is_not_given_outside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        next_number(make.build().bodies["province"], "QĐ", on=DAY)


def careful(body: Party) -> int:
    with transaction.atomic():
        return next_number(body, "QĐ", on=DAY)


def careless(body: Party) -> int:
    """The control: read the highest number, think, write one more."""
    row = Counter.objects.filter(body=body, series="QĐ", year=2020).first()
    last = row.last if row else 0
    barrier.wait(timeout=10)
    Counter.objects.update_or_create(body=body, series="QĐ", year=2020, defaults={"last": last + 1})
    return last + 1


barrier = threading.Barrier(4)


def race(work: object, body: Party, count: int) -> list[int]:
    """The numbers that `count` clerks get who ask at the same moment."""
    got: list[int] = []
    lock = threading.Lock()

    def clerk() -> None:
        try:
            number = work(body)  # type: ignore[operator]
            with lock:
                got.append(number)
        finally:
            connections.close_all()

    clerks = [threading.Thread(target=clerk) for _ in range(count)]
    for one in clerks:
        one.start()
    for one in clerks:
        one.join(timeout=30)
    return sorted(got)


@pytest.mark.django_db(transaction=True)
def test_eight_clerks_at_once_get_eight_numbers() -> None:
    body = make.build().bodies["province"]
    assert race(careful, body, 8) == list(range(1, 9))


@pytest.mark.django_db(transaction=True)
def test_without_the_counter_row_two_clerks_would_get_the_same_number() -> None:
    body = make.build().bodies["province"]
    Counter.objects.create(body=body, series="QĐ", year=2020, last=0)
    barrier.reset()
    assert len(set(race(careless, body, 4))) < 4
