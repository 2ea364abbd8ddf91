"""Timelines: one legal value from each day it came into force, with the clause that a clerk can open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Generic, TypeVar, cast

from chungtay.law.clauses import Source
from chungtay.law.refusals import NoRule

T = TypeVar("T")


@dataclass(frozen=True)
class Version(Generic[T]):
    """Một giá trị có hiệu lực từ ngày `since`. A `value` of None means that the rule was repealed on that day."""

    since: date
    value: T
    source: Source
    assumed: str = ""

    def __str__(self) -> str:
        return f"{self.source}, từ ngày {self.since:%d/%m/%Y}"


class Timeline(Generic[T]):
    """Dòng thời gian của một quy định: versions in rising order of date; each holds until the day before the next."""

    def __init__(self, name: str, *versions: Version[T] | Version[None]) -> None:
        if not versions:
            raise ValueError(f"timeline '{name}' has no version")
        for earlier, later in pairwise(versions):
            if later.since <= earlier.since:
                raise ValueError(f"timeline '{name}': {later.since} does not come after {earlier.since}")
        if versions[0].value is None:
            raise ValueError(f"timeline '{name}' starts with a repeal")
        self.name = name
        self.versions: tuple[Version[T] | Version[None], ...] = versions

    def __repr__(self) -> str:
        return f"<Timeline {self.name}: {', '.join(str(version.since) for version in self.versions)}>"

    def on(self, day: date) -> Version[T]:
        """The version in force on `day`. Raises NoRule before the first one and after a repeal."""
        found: Version[T] | Version[None] | None = None
        for version in self.versions:
            if version.since > day:
                break
            found = version
        if found is None:
            first = self.versions[0]
            raise NoRule.on(self.name, day, f"quy định sớm nhất là {first.source}, từ ngày {first.since:%d/%m/%Y}")
        if found.value is None:
            raise NoRule.on(self.name, day, f"quy định đã hết hiệu lực từ ngày {found.since:%d/%m/%Y} ({found.source})")
        return cast(Version[T], found)

    def periods(self) -> Iterator[tuple[date, date | None, Version[T] | Version[None]]]:
        """Each version with its first and its last day; the last day of the last version is None (open)."""
        for place, version in enumerate(self.versions):
            follows = self.versions[place + 1 : place + 2]
            yield version.since, follows[0].since - timedelta(days=1) if follows else None, version
