"""The area of a desk, as ranges over the digits of `area_path`, so that one index serves every list."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, Self, TypeVar

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, F, Func, Model, Q, QuerySet
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from chungtay.places.models import DIGITS, Place, PlaceVersion, Succession


def next_path(path: str) -> str:
    """The first path after `path` and everything under it. Raises ValueError when the digits are used up.

    >>> next_path("0000100015")
    '0000100016'
    """
    if not path.isdigit() or len(path) % DIGITS or not path.strip("9"):
        raise ValueError(f"no path follows {path!r}")
    return str(int(path) + 1).zfill(len(path))


WIDE = 2 * DIGITS
"""Length of the path of a district: such an area and wider ones hold so many rows that an index on them is a detour."""


class Walked(Func):
    """A column that SQLite tests while it walks rows in the order asked for, instead of sorting what an index finds.

    Without this it takes the index on areas for a province's list, and sorts a million rows for the first fifty.
    PostgreSQL counts how wide an area is, and decides well by itself.
    """

    template = "%(expressions)s"
    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        sql, params = super().as_sqlite(compiler, connection, **extra)
        return f"+{sql}", tuple(params)


@dataclass(frozen=True, order=True)
class Span:
    """A half-open range of paths. `Span("", "")` has no end on either side: everything."""

    lower: str
    upper: str

    @classmethod
    def under(cls, path: str) -> Span:
        """The unit at `path` with all that lies in it."""
        return cls(path, next_path(path))

    def covers(self, path: str) -> bool:
        return not self.upper or self.lower <= path < self.upper


_EVERYTHING = Span("", "")


@dataclass(frozen=True)
class Scope:
    """Phạm vi địa bàn: what a desk may see. No span at all means nothing, never everything."""

    spans: tuple[Span, ...]

    @classmethod
    def everything(cls) -> Scope:
        """For desks whose work knows no area."""
        return cls((_EVERYTHING,))

    @classmethod
    def of_paths(cls, paths: list[str]) -> Scope:
        """The fewest spans that hold these paths: nested ones swallowed, neighbours joined."""
        spans: list[Span] = []
        for span in sorted(Span.under(path) for path in set(paths)):
            last = spans[-1] if spans else None
            # Strings of digits compare as text: a parent's span holds its children's longer paths.
            if last is not None and span.lower < last.upper:
                continue
            if last is not None and span.lower == last.upper:
                spans[-1] = Span(last.lower, span.upper)
            else:
                spans.append(span)
        return cls(tuple(spans))

    def where(self, field: str = "area_path") -> Q:
        """The condition on a row's `field`; safe to join to others with `|` and `&`."""
        if _EVERYTHING in self.spans:
            return ~Q(pk__in=[])
        condition = Q(pk__in=[])
        for span in self.spans:
            path: F | Walked = F(field) if len(span.lower) > WIDE else Walked(F(field))
            condition |= Q(GreaterThanOrEqual(path, span.lower)) & Q(LessThan(path, span.upper))
        return condition

    def within(self, field: str = "area_path") -> Q:
        """The same condition for rows in the order of `field`: one range that an index walks from its start."""
        if _EVERYTHING in self.spans or not self.spans:
            return self.where(field)
        lower, upper = min(span.lower for span in self.spans), max(span.upper for span in self.spans)
        hull = Q(GreaterThanOrEqual(F(field), lower)) & Q(LessThan(F(field), upper))
        return hull if len(self.spans) == 1 else hull & self.where(field)

    def covers(self, path: str) -> bool:
        """True if a row written under `path` lies in this area. A row without a path lies only in everything."""
        return any(span.covers(path) for span in self.spans)

    def __or__(self, other: Scope) -> Scope:
        return Scope(tuple(sorted({*self.spans, *other.spans})))


Row = TypeVar("Row", bound=Model)


class HasArea(Protocol):
    """Whoever looks from somewhere: a seat."""

    def scope(self, on: date) -> Scope: ...


class InArea(QuerySet[Row]):
    """Rows that carry the `area_path` they were written under; whoever looks sees those of the own area."""

    def visible_to(self, viewer: HasArea | None, on: date) -> Self:
        """The rows of the viewer's area as of `on`; nothing for nobody."""
        return self.none() if viewer is None else self.filter(viewer.scope(on).where("area_path"))


class InForceInArea(InArea[Row]):
    """The same of a table that only grows: `replaced` is set once, when a later entry takes the row's place."""

    def in_force(self) -> Self:
        """Those that no later entry replaced."""
        return self.filter(replaced=False)


_version, _succession = PlaceVersion._meta.db_table, Succession._meta.db_table
_whole = ", ".join(["%s"] * len(Succession.WHOLE))
_PATHS = f"""
    WITH RECURSIVE line(id) AS (
        SELECT CAST(%s AS bigint)
        UNION
        SELECT s.predecessor_id FROM {_succession} s JOIN line ON s.successor_id = line.id
        WHERE s."on" <= %s AND s.kind IN ({_whole})
    )
    SELECT DISTINCT v.path FROM {_version} v JOIN line ON v.place_id = line.id WHERE v.since <= %s
"""  # noqa: S608 - table names of our own models, values as parameters


def scope_of(place: Place, *, on: date) -> Scope:
    """The area of a desk at `place` on that day: its paths up to then and those of every unit that it took over whole.

    Rows keep the path they were written under, so a merged unit looks back to its predecessors' paths. A unit that is
    no more keeps the area of its last day (a seat's own dates end the access); before its first day it has none. A unit
    that only ceded a part (`RESHAPED`) does not hand over its rows. One query.
    """
    day = connection.ops.adapt_datefield_value(on)
    with connection.cursor() as cursor:
        cursor.execute(_PATHS, [place.pk, day, *Succession.WHOLE, day])
        return Scope.of_paths([path for (path,) in cursor.fetchall()])


_kept: dict[tuple[str, int, date], tuple[float, Scope]] = {}
_MANY = 5_000


def recent_scope_of(place: Place, *, on: date) -> Scope:
    """As `scope_of`, but kept by this process for some seconds (`AREAS_KEPT_SECONDS`): every page asks for it.

    Areas change when a table of units is loaded, which forgets them at once; other processes follow by themselves.
    """
    now, key = time.monotonic(), (connection.alias, place.pk, on)
    until, found = _kept.get(key, (0.0, None))
    if found is not None and now < until:
        return found
    found = scope_of(place, on=on)
    if len(_kept) >= _MANY:
        _kept.clear()
    _kept[key] = (now + settings.AREAS_KEPT_SECONDS, found)
    return found


def forget() -> None:
    """Forget the areas kept: the units have changed."""
    _kept.clear()
