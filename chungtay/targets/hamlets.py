"""Ấp, khu phố as one commune writes them: a name that is known already is never written in another way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count

from chungtay.households.models import Household
from chungtay.places.models import Place
from chungtay.records import walls
from chungtay.records.names import clean, fold
from chungtay.targets.models import Infrastructure


class Names:
    """The hamlets of a commune: those that its households live in, and those that were answered about.

    Of the spellings of one hamlet that of the most households is taken.
    """

    def __init__(self, lived_in: Iterable[str], answered: Iterable[str]) -> None:
        """`answered`: the spellings under which an answer stands; each of them can still be taken back."""
        self._exact = set(answered)
        self._folded: dict[str, str] = {}
        for name in (*lived_in, *sorted(self._exact)):
            self._folded.setdefault(fold(name), name)

    @classmethod
    def read(cls, place: Place, on: date) -> Names:
        """Those of `place` on that day. Two queries: a hamlet's name is no secret."""
        answered = Infrastructure.objects.standing(on).filter(place=place).exclude(hamlet="")
        rows = Household.objects.filter(place=place, closed_on__isnull=True).order_by().values_list("hamlet")
        used = rows.annotate(of=Count("pk")).order_by("-of", "hamlet")
        with walls.everything("a hamlet is written as its own commune writes it"):
            lived_in = [name for name, _ in used]
        return cls(lived_in, answered.order_by().values_list("hamlet", flat=True).distinct())

    @property
    def all(self) -> list[str]:
        """Every spelling that may be picked, in order."""
        return sorted({*self._folded.values(), *self._exact})

    def written(self, typed: str) -> str:
        """`typed` as it is known already, else cleaned; empty for the commune itself."""
        name = clean(typed)
        return name if name in self._exact else self._folded.get(fold(name), name)
