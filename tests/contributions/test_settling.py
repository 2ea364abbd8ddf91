"""What the province settles anew brings givers to the threshold: their units are told, once, and nobody else."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks import default_task_backend

from chungtay.accounts.models import Notice
from chungtay.contributions import givers, settling, telling
from chungtay.contributions.models import Threshold
from chungtay.parties.kinds import PartyKind
from tests.contributions.doing import MILLION, confirmed, giver, honoured
from tests.make import TODAY, Province


@pytest.fixture(autouse=True)
def queue() -> Any:
    """What was put off, and nothing of another test."""
    default_task_backend.clear()  # type: ignore[attr-defined]
    return default_task_backend


def lowered(province: Province, millions: int, *, kind: str = "organisation", since: date = TODAY) -> Threshold:
    by = province.seats["board"]
    return settling.enter_threshold(kind, millions * MILLION, since, "QĐ 9/QĐ-UBND", by=by, on=TODAY)


def work(queue: Any) -> None:
    """Do what was put off."""
    due, queue.results[:] = list(queue.results), []
    for one in due:
        one.task.call(*one.args, **one.kwargs)


@pytest.mark.clause("QĐ 11/2015, Điều 15.4.c")
def test_the_units_of_those_who_reach_a_lowered_threshold_are_told_and_no_others(
    province: Province, queue: Any
) -> None:
    reaching, short = giver(province), giver(province, "Công ty Hòn Me")
    nobodys = giver(province, "Công ty Tư", managing_unit=None)
    confirmed(province, reaching, value=100 * MILLION)
    confirmed(province, short, value=100 * MILLION - 1)
    confirmed(province, nobodys, value=130 * MILLION)
    confirmed(province, giver(province, "Ông Năm", PartyKind.PERSON), value=100 * MILLION)
    Notice.objects.all().delete()
    lowered(province, 100)
    assert not Notice.objects.exists()
    work(queue)
    assert {(note.desk.kind, note.text.split(" đã")[0], note.link) for note in Notice.objects.all()} == {
        ("unit", reaching.name, f"/dong-gop/cua/{reaching.pk}/"),
        ("front", nobodys.name, f"/dong-gop/cua/{nobodys.pk}/"),
    }  # fmt: skip
    assert "đạt mức 100.000.000 đồng" in province.seats["unit"].desk.notices.get().text


def test_who_had_reached_it_before_is_not_told_again_and_one_giver_under_two_names_once(
    province: Province, queue: Any
) -> None:
    one, other = giver(province), giver(province, "Cty Kiên Cường")
    for who in (one, other):
        confirmed(province, who, value=60 * MILLION)
    givers.decide(one, other, True, by=province.seats["unit"], on=TODAY, because="Cùng mã số thuế")
    for millions in (120, 110):
        lowered(province, millions)
        work(queue)
    told = province.seats["unit"].desk.notices.get()
    assert "đã đóng góp 120.000.000 đồng, đạt mức 120.000.000 đồng" in told.text


def test_a_threshold_of_a_later_day_is_told_on_that_day(province: Province, queue: Any) -> None:
    confirmed(province, giver(province), value=100 * MILLION)
    tomorrow = TODAY + timedelta(1)
    row = lowered(province, 100, since=tomorrow)
    [put_off] = queue.results
    assert put_off.task.run_after is not None
    assert f"{timezone.localtime(put_off.task.run_after):%Y-%m-%d %H:%M}" == f"{tomorrow} 00:00"
    assert telling.tell_who_reach_anew(row, TODAY) == 0
    assert telling.tell_who_reach_anew(row, tomorrow) == 1


@pytest.mark.clause("KH IV.2.2.b")
def test_a_person_whose_gifts_before_an_award_count_again_is_told(province: Province, queue: Any) -> None:
    who, award = giver(province, "Bà Trần Thị Bông", PartyKind.PERSON), date(2019, 11, 18)
    confirmed(province, who, day=award, received_on=award, value=100 * MILLION)
    honoured(province, who, decided_on=award, until=date(2019, 9, 30))
    Notice.objects.all().delete()
    settling.choose_counting(False, TODAY, "Hướng dẫn số 5", by=province.seats["board"], on=TODAY)
    work(queue)
    assert "đã đóng góp 100.000.000 đồng" in province.seats["unit"].desk.notices.get().text


def test_how_many_givers_there_are_asks_no_more_of_the_database(
    province: Province, django_assert_max_num_queries: Callable
) -> None:
    for number in range(12):
        confirmed(province, giver(province, f"Công ty số {number}"), value=100 * MILLION)
    row = lowered(province, 100)
    with django_assert_max_num_queries(17):
        assert telling.tell_who_reach_anew(row, TODAY) == 12
