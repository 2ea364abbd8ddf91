"""Ấp, khu phố as the register of a commune writes them: one hamlet is written in one way, a new one is asked about.

No list of hamlets is kept: those of a commune are the ones that its standing households live in.
"""

import difflib
from collections.abc import Collection, Mapping

from django.db.models import Count

from chungtay.households.models import Household
from chungtay.places.models import Place
from chungtay.records import walls
from chungtay.records.names import clean, fold

OFFERED = 3
ALIKE = 0.75
"""From this likeness on (0 to 1, of the folded names) a hamlet is offered as perhaps meant."""


class Hamlets:
    """The hamlets of some communes, by the commune's key. Nothing is looked up after `read`."""

    def __init__(self, told: Mapping[int, Collection[str]]) -> None:
        """`told`: each commune's names, the most used spelling of a hamlet before its others."""
        self._named = {place: set(names) for place, names in told.items()}
        self._folded: dict[int, dict[str, str]] = {}
        for place, names in told.items():
            known = self._folded.setdefault(place, {})
            for name in names:
                known.setdefault(fold(name), name)

    @classmethod
    def read(cls, places: Collection[int]) -> "Hamlets":
        """Those of `places`, wherever they lie: a hamlet's name is no secret. One statement."""
        rows = Household.objects.filter(place__in=places, closed_on__isnull=True).order_by()
        told: dict[int, list[str]] = {}
        with walls.everything("a hamlet is written as its own commune writes it"):
            counted = rows.values_list("place", "hamlet").annotate(of=Count("pk"))
            for place, hamlet, _ in sorted(counted, key=lambda one: (-one[2], one[1])):
                told.setdefault(place, []).append(hamlet)
        return cls(told)

    def written(self, place: int, typed: str) -> str:
        """`typed` as the commune writes that hamlet; "" where nobody lives in a hamlet of that name."""
        if typed in self._named.get(place, ()):
            return typed
        return self._folded.get(place, {}).get(fold(typed), "")

    def take(self, place: int, typed: str) -> str:
        """The same; a hamlet that was not known is so from now on."""
        known = self.written(place, typed)
        if not known:
            self._named.setdefault(place, set()).add(typed)
            self._folded.setdefault(place, {})[fold(typed)] = typed
        return known or typed

    def is_new(self, place: int, typed: str) -> bool:
        """Whether `typed` is to be asked about: the commune has hamlets, and none of that name."""
        return bool(self._named.get(place)) and not self.written(place, typed)

    def near(self, place: int, typed: str) -> list[str]:
        """The hamlets of the commune that may be meant, the likeliest first."""
        known = self._folded.get(place, {})
        return [known[one] for one in difflib.get_close_matches(fold(typed), known, n=OFFERED, cutoff=ALIKE)]


def as_written(place: Place, typed: str) -> str:
    """`typed` as the commune writes that hamlet; cleaned, where no household of it lives there yet."""
    name = clean(typed)
    return Hamlets.read([place.pk]).written(place.pk, name) or name


def question(place: int, typed: str, *, offers: bool = True) -> str:
    """What is asked about a hamlet that the commune has no household in; "" where there is nothing to ask.

    `offers`: whether the names of its hamlets that look like it may be told.
    """
    known = Hamlets.read([place])
    if not known.is_new(place, typed):
        return ""
    near = ", ".join(f"“{name}”" for name in known.near(place, typed)) if offers else ""
    asked = f"Chưa có hộ nào ở “{typed}”: nếu đúng là ấp, khu phố mới thì đánh dấu xác nhận."
    return f"{asked} Gần giống: {near}." if near else asked
