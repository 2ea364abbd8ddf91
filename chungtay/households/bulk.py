"""Many households at once, for imports and the demo province: few statements, one entry in the journal a batch."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction

from chungtay.households.codes import next_codes
from chungtay.households.facts import Home, Person, faults_of_home, faults_of_people
from chungtay.households.models import Event, Household, Member
from chungtay.households.rights import faults_of_place
from chungtay.households.writing import HEAD, READ, is_minority
from chungtay.law.ethnicity import people_named
from chungtay.law.refusals import Conflict, Reason, Reasons
from chungtay.places.models import Place
from chungtay.records import journal
from chungtay.records.journal import Author
from chungtay.records.names import clean, fold
from chungtay.sheets.bulk import insert

HOUSEHOLD = (
    "version", "code", "place", "area_path", "hamlet", "address", "head_name", "head_folded", "persons", "unnamed",
    "minority", "no_labour", "merit", "standing", "standing_since", "escaped_on", "opened_on", "closed_on",
    "closed_why", "party", "is_demo",
)  # fmt: skip
MEMBER = (
    "version", "household", "name", "name_folded", "relation", "gender", "birth_year", "born_on", "ethnicity",
    "identity", "id_number", "origin", "since", "until", "left_why", "is_demo",
)  # fmt: skip
EVENT = ("household", "kind", "on", "other", "persons", "note", "area_path")
SHOWN = 50
"""So many households with faults are named in one refusal."""


@dataclass(frozen=True)
class Entry:
    """A household to be written. `standing` with `standing_since`: the class of its last recognised review, if any;
    `party`: the key of the party that it is, where somebody has already linked the two."""

    home: Home
    people: Sequence[Person]
    standing: str = ""
    standing_since: date | None = None
    escaped_on: date | None = None
    opened_on: date | None = None
    party: int | None = None


@dataclass
class _Ready:
    """A household with its code and area."""

    entry: Entry
    code: str
    area_path: str
    since: date


@transaction.atomic
def open_many(entries: Sequence[Entry], *, by: Author, on: date, is_demo: bool = False) -> list[int]:
    """Ghi nhiều hộ một lúc; gives the keys of the new households in the order of `entries`.

    Whoever calls has asked for rights and looked for look-alikes. Raises `Refused` with the faults of the first
    households that have any (fields are "<index>-person-<n>-<name>"), or `Conflict` when an ID number is taken.
    """
    if not entries:
        return []
    _faults(entries, on).raise_if_any()
    ready = _with_codes(entries, on)
    adapt = connection.ops.adapt_datefield_value
    try:
        with transaction.atomic(), connection.wrap_database_errors:
            insert(Household, HOUSEHOLD, (_household(one, adapt, is_demo) for one in ready))
            keys = _keys([one.code for one in ready])
            insert(Member, MEMBER, _members(ready, keys, adapt, is_demo))
            insert(Event, EVENT, (_opened(one, keys[one.code], adapt) for one in ready))
    except IntegrityError as twice:
        raise Conflict([Reason("Có số giấy tờ ghi cho hai người, hoặc đã có trong sổ.", field="id_number")]) from twice
    journal.record(
        "open_households", by=by, on=on, noun=Household(pk=keys[ready[0].code]),
        body={
            "households": len(ready), "members": sum(len(one.entry.people) for one in ready),
            "places": Counter(one.entry.home.place.key for one in ready),
            "codes": _first_and_last(ready),
        },
    )  # fmt: skip
    return [keys[one.code] for one in ready]


def _faults(entries: Sequence[Entry], on: date) -> Reasons:
    found = Reasons()
    places = {entry.home.place.pk: entry.home.place for entry in entries}
    wrong = {key: list(faults_of_place(place, None, on)) for key, place in places.items()}
    named = 0
    for index, entry in enumerate(entries):
        reasons = [*wrong[entry.home.place.pk], *faults_of_home(entry.home), *faults_of_people(entry.people, on=on)]
        since = entry.opened_on or on
        if since > on:
            reasons.append(Reason(f"Ngày {since:%d/%m/%Y} ở tương lai.", field="opened_on"))
        if reasons and named < SHOWN:
            named += 1
            found.extend(Reason(f"Hộ thứ {index + 1}: {one.text}", field=f"{index}-{one.field}") for one in reasons)
    return found


def _with_codes(entries: Sequence[Entry], on: date) -> list[_Ready]:
    """Codes and areas, one statement or two a commune."""
    counts = Counter(entry.home.place.pk for entry in entries)
    places: dict[int, Place] = {entry.home.place.pk: entry.home.place for entry in entries}
    codes = {key: iter(next_codes(places[key], counts[key], on=on)) for key in sorted(places)}
    paths = {key: place.path_on(on) for key, place in places.items()}
    ready = []
    for entry in entries:
        key = entry.home.place.pk
        ready.append(_Ready(entry, next(codes[key]), paths[key], entry.opened_on or on))
    return ready


def _household(one: _Ready, adapt: Any, is_demo: bool) -> tuple[Any, ...]:
    entry, home = one.entry, one.entry.home
    head = clean(next(person.name for person in entry.people if person.relation == HEAD))
    minority = is_minority((person.relation, people_named(person.ethnicity) or "") for person in entry.people)
    return (
        1, one.code, home.place.pk, one.area_path, clean(home.hamlet), clean(home.address), head, fold(head),
        len(entry.people) + home.unnamed, home.unnamed, minority, home.no_labour, home.merit, entry.standing,
        adapt(entry.standing_since), adapt(entry.escaped_on), adapt(one.since), None, "", entry.party, is_demo,
    )  # fmt: skip


def _members(ready: Iterable[_Ready], keys: dict[str, int], adapt: Any, is_demo: bool) -> Iterator[tuple[Any, ...]]:
    for one in ready:
        household, since = keys[one.code], adapt(one.since)
        for person in one.entry.people:
            name = clean(person.name)
            yield (
                1, household, name, fold(name), person.relation, person.gender, person.year, adapt(person.born_on),
                people_named(person.ethnicity), str(person.paper), person.number, None, since, None, "", is_demo,
            )  # fmt: skip


def _opened(one: _Ready, household: int, adapt: Any) -> tuple[Any, ...]:
    persons = len(one.entry.people) + one.entry.home.unnamed
    return household, Event.Kind.OPENED.value, adapt(one.since), None, persons, "", one.area_path


def _keys(codes: Sequence[str]) -> dict[str, int]:
    """The keys of the households that were just written, by code."""
    found: dict[str, int] = {}
    for start in range(0, len(codes), READ):
        rows = Household.objects.filter(code__in=codes[start : start + READ])
        found.update(rows.values_list("code", "pk"))
    return found


def _first_and_last(ready: Sequence[_Ready]) -> dict[str, list[str]]:
    """Of each series the first and the last code of this batch."""
    spans: dict[str, list[str]] = {}
    for one in ready:
        spans.setdefault(one.code.rpartition("-")[0], [one.code, one.code])[1] = one.code
    return spans
