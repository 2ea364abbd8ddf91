"""Việc làm sau: what the province settles anew may bring givers to the threshold at once; their units are told."""

from datetime import date, datetime, time

from django.utils import timezone
from django_tasks import task

from chungtay.contributions import telling
from chungtay.contributions.reckoned import CountingChoice, Threshold
from chungtay.records.clock import today


def tell_later(settled: Threshold | CountingChoice, *, on: date) -> None:
    """Put the telling in the queue, in the caller's transaction: for now, or for the first day it holds."""
    due = go_on
    if settled.since > on:
        due = go_on.using(run_after=timezone.make_aware(datetime.combine(settled.since, time.min)))
    due.enqueue(isinstance(settled, Threshold), settled.pk)


@task()
def go_on(is_threshold: bool, key: int) -> None:
    """Tell the units of all who reach the threshold by what was settled, in one transaction: killed, it told nobody."""
    rows = Threshold.objects if is_threshold else CountingChoice.objects
    telling.tell_who_reach_anew(rows.get(pk=key), today())
