"""Nhật trình: what happens on which day, played in the order of days, so that the journal tells a true story."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

Act = Callable[[date], object]


@dataclass
class Diary:
    """Acts by day; those of one day in the order in which they were written down."""

    acts: list[tuple[date, Act]] = field(default_factory=list)

    def at(self, day: date, act: Act) -> None:
        """Let `act(day)` happen on `day`."""
        self.acts.append((day, act))

    def play(self) -> None:
        """Every act, day by day."""
        for day, act in sorted(self.acts, key=lambda one: one[0]):
            act(day)
        self.acts.clear()
