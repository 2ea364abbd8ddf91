"""The files of `data/places` as one book, checked as a whole: lives without gap, known superiors, one unit a code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from chungtay.places.facts import Coverage, Difficulty
from chungtay.places.kinds import KINDS_OF, PARENT_LEVELS, Kind, Level
from chungtay.places.tables import (
    BadFiles,
    Fault,
    Row,
    day,
    day_or_none,
    one_of,
    read_outlines,
    read_table,
    words,
    year,
    yes_no,
)
from chungtay.places.units import Succession
from chungtay.records.names import fold

Columns = dict[str, Callable[[str], Any]]

PLACES: Columns = {
    "key": words,
    "level": one_of(Level.values),
    "since": day,
    "until": day_or_none,
    "source": words,
    "assumed": str,
}
VERSIONS: Columns = {
    "place": words,
    "since": day,
    "until": day_or_none,
    "code": str,
    "kind": one_of(Kind.values),
    "name": words,
    "parent": str,
    "source": words,
    "assumed": str,
}
SUCCESSIONS: Columns = {
    "predecessor": words,
    "successor": words,
    "on": day,
    "kind": one_of(Succession.Kind.values),
    "source": words,
    "assumed": str,
}
DIFFICULTIES: Columns = {
    "place": words,
    "year": year,
    "programme": one_of(Difficulty.Programme.values),
    "decision": str,
    "source": words,
    "assumed": str,
}
ISLANDS: Columns = {
    "place": words,
    "since": day,
    "until": day_or_none,
    "decision": str,
    "source": words,
    "assumed": str,
}
COVERAGES: Columns = {"topic": one_of(Coverage.Topic.values), "complete": yes_no, "note": words}
OUTLINES = ("communes-2009.geojson", "districts-2009.geojson", "communes-2025.geojson")


@dataclass(frozen=True)
class Book:
    """What the files say, in plain rows; superiors and successions by key."""

    places: list[Row]
    versions: list[Row]
    successions: list[Row]
    difficulties: list[Row]
    islands: list[Row]
    coverages: list[Row]
    boundaries: list[Row]


def read(folder: Path) -> Book:
    """The book in `folder`. Raises BadFiles with every fault of every file at once."""
    faults: list[Fault] = []
    book = Book(
        places=read_table(folder / "places.csv", PLACES, faults),
        versions=read_table(folder / "versions.csv", VERSIONS, faults),
        successions=read_table(folder / "successions.csv", SUCCESSIONS, faults),
        difficulties=read_table(folder / "difficulties.csv", DIFFICULTIES, faults),
        islands=read_table(folder / "islands.csv", ISLANDS, faults),
        coverages=read_table(folder / "coverage.csv", COVERAGES, faults),
        boundaries=[row | {"file": name} for name in OUTLINES for row in read_outlines(folder / name, faults)],
    )
    if not faults:  # a row left out above would only make false faults below
        faults.extend(_Check(book).faults)
    if faults:
        raise BadFiles(faults)
    return book


def overlap(one: Row, other: Row) -> bool:
    """True if two rows with `since` and `until` share a day."""
    return one["since"] < (other["until"] or date.max) and other["since"] < (one["until"] or date.max)


class _Check:
    """Everything that one row cannot know alone."""

    def __init__(self, book: Book) -> None:
        self.faults: list[Fault] = []
        self.places = {row["key"]: row for row in book.places}
        self.versions: dict[str, list[Row]] = defaultdict(list)
        self.once("places.csv", book.places, "key")
        for row in book.versions:
            if self.known("versions.csv", row, "place"):
                self.versions[row["place"]].append(row)
        for row in book.places:
            self.life(row)
        for row in book.versions:
            self.version(row)
        self.alone(book.versions)
        self.once("successions.csv", book.successions, "predecessor", "successor")
        for row in book.successions:
            self.succession(row)
        self.once("difficulties.csv", book.difficulties, "place", "year", "programme")
        for row in book.difficulties:
            if self.known("difficulties.csv", row, "place"):
                self.within("difficulties.csv", row, date(row["year"], 12, 31))
        self.once("islands.csv", book.islands, "place", "since")
        for row in book.islands:
            if self.known("islands.csv", row, "place"):
                self.island(row)
        self.once("coverage.csv", book.coverages, "topic")
        for row in book.boundaries:
            if self.known(row["file"], row, "place"):
                self.within(row["file"], row, row["since"])
        self.once("the boundary files", book.boundaries, "place", "since")

    def tell(self, file: str, row: Row, text: str) -> None:
        self.faults.append(Fault(file, row["line"], text))

    def once(self, file: str, rows: list[Row], *names: str) -> None:
        """No two rows with the same values under `names`."""
        first: dict[tuple[object, ...], int] = {}
        for row in rows:
            values = tuple(row[name] for name in names)
            if values in first:
                told = ", ".join(str(value) for value in values)
                self.tell(row.get("file", file), row, f"{told} already stands in line {first[values]}")
            first.setdefault(values, row["line"])

    def known(self, file: str, row: Row, name: str) -> bool:
        if row[name] in self.places:
            return True
        self.tell(file, row, f"{name}: places.csv has no {row[name]!r}")
        return False

    def within(self, file: str, row: Row, on: date) -> None:
        """The place existed on that day."""
        place = self.places[row["place"]]
        if not place["since"] <= on < (place["until"] or date.max):
            self.tell(file, row, f"{row['place']} did not exist on {on}")

    def island(self, row: Row) -> None:
        """The mark lies within the life of a commune, and no two of one commune share a day."""
        place = self.places[row["place"]]
        if place["level"] != Level.COMMUNE:
            self.tell("islands.csv", row, f"{row['place']} is a {place['level']}, not a commune")
        self.within("islands.csv", row, row["since"])
        if row["until"] is not None and row["until"] <= row["since"]:
            self.tell("islands.csv", row, f"until {row['until']} is not after since {row['since']}")
        if (row["until"] or date.max) > (place["until"] or date.max):
            self.tell("islands.csv", row, f"{row['place']} ends at {place['until']}: until must not be later")

    def life(self, place: Row) -> None:
        """A life begins before it ends, and its versions fill it without gap or overlap."""
        if place["until"] is not None and place["until"] <= place["since"]:
            self.tell("places.csv", place, f"until {place['until']} is not after since {place['since']}")
        reached: date | None = place["since"]
        for row in sorted(self.versions[place["key"]], key=lambda row: row["since"]):
            if row["since"] != reached:
                self.tell("versions.csv", row, f"{place['key']} must go on from {reached}, not from {row['since']}")
            if row["until"] is not None and row["until"] <= row["since"]:
                self.tell("versions.csv", row, f"until {row['until']} is not after since {row['since']}")
            reached = row["until"]
        if not self.versions[place["key"]]:
            self.tell("places.csv", place, f"{place['key']} has no version in versions.csv")
        elif reached != place["until"]:
            told = f"the versions of {place['key']} end at {reached}, its life at {place['until']}"
            self.tell("places.csv", place, told)

    def version(self, row: Row) -> None:
        """Kind and superior fit the level, and the superior stands still over the whole version."""
        place = self.places.get(row["place"])
        if place is None:
            return
        level = Level(place["level"])
        if row["kind"] not in KINDS_OF[level]:
            self.tell("versions.csv", row, f"kind: a {level.value} is no {row['kind']}")
        if not row["parent"]:
            if PARENT_LEVELS[level]:
                self.tell("versions.csv", row, f"parent: a {level.value} must have one")
            return
        if not self.known("versions.csv", row, "parent"):
            return
        parent = self.places[row["parent"]]
        if parent["level"] not in PARENT_LEVELS[level]:
            self.tell("versions.csv", row, f"parent: a {level.value} cannot stand under a {parent['level']}")
        if row["since"] < parent["since"] or (row["until"] or date.max) > (parent["until"] or date.max):
            self.tell("versions.csv", row, f"parent: {row['parent']} does not exist over this whole time")
        above = {over["parent"] for over in self.versions[row["parent"]] if overlap(over, row)}
        if len(above) > 1:
            self.tell("versions.csv", row, f"parent: {row['parent']} moves in this time; begin a new version that day")

    def alone(self, versions: list[Row]) -> None:
        """On no day do two units share a code, or kind, name and superior."""
        for names in (("code",), ("kind", "name", "parent")):
            groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
            for row in versions:
                if row[names[0]]:
                    groups[tuple(fold(row[name]) for name in names)].append(row)
            for rows in groups.values():
                for at, row in enumerate(rows):
                    twins = [other for other in rows[:at] if overlap(row, other) and other["place"] != row["place"]]
                    for other in twins:
                        text = f"{', '.join(names)}: the same as {other['place']} in line {other['line']}"
                        self.tell("versions.csv", row, text)

    def succession(self, row: Row) -> None:
        """The successor lives on the day; a predecessor that is taken over whole ends on it."""
        here = "successions.csv"
        if not all([self.known(here, row, "predecessor"), self.known(here, row, "successor")]):
            return
        before, after = self.places[row["predecessor"]], self.places[row["successor"]]
        if row["predecessor"] == row["successor"]:
            self.tell(here, row, "a unit does not succeed itself")
        if row["kind"] in Succession.WHOLE and before["until"] != row["on"]:
            self.tell(here, row, f"{row['predecessor']} ends at {before['until']}, not at {row['on']}")
        if not after["since"] <= row["on"] < (after["until"] or date.max):
            self.tell(here, row, f"{row['successor']} did not exist on {row['on']}")
