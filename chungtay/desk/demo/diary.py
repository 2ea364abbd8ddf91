"""Nhật trình: what happens on which day, played in the order of days, so that the journal tells a true story."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import groupby

from django.utils import timezone

from chungtay.accounts.models import Notice

Act = Callable[[date], object]
MORNING = time(9, 0)


@dataclass
class Diary:
    """Acts by day; those of one day in the order in which they were written down."""

    acts: list[tuple[date, Act]] = field(default_factory=list)

    def at(self, day: date, act: Act) -> None:
        """Let `act(day)` happen on `day`."""
        self.acts.append((day, act))

    def play(self) -> None:
        """Every act, day by day; the notices of a day bear that day."""
        told = 0
        for day, acts in groupby(sorted(self.acts, key=lambda one: one[0]), key=lambda one: one[0]):
            for _, act in acts:
                act(day)
            fresh = Notice.objects.filter(pk__gt=told)
            fresh.update(at=timezone.make_aware(datetime.combine(day, MORNING)))
            told = Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or told
        self.acts.clear()
