"""Results of a classified population as tables: by commune, by province, and of all, ready to be written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from chungtay.households.population import Counts, Tally, told_persons
from chungtay.law.population import Counted, Flow
from chungtay.law.poverty import Class
from chungtay.law.rates import minority_rate, minority_share, percent, points_between, poverty_rate

Cell: TypeAlias = str | int | Decimal | None
Classes = Mapping[Class | None, Tally]
UNCLASSIFIED = "unclassified"
RATE = "DECIMAL(7, 2)"
ALL = ("all", "")


@dataclass(frozen=True)
class Table:
    """A file's name, its columns with their SQL types, and its rows."""

    name: str
    columns: Mapping[str, str]
    rows: list[list[Cell]]


@dataclass(frozen=True)
class Year:
    """One review of the population: its day, its standard, and the classes of every commune."""

    on: date
    standard: str
    communes: Counts


@dataclass(frozen=True)
class Figures:
    """Số liệu của một địa bàn in households, except `persons` (None where some were not counted); rates are shares of
    all its households."""

    households: int
    persons: int | None
    poor: int
    near_poor: int
    unclassified: int
    minority: int
    minority_poor: int

    @classmethod
    def of(cls, classes: Classes) -> Figures:
        """The sums of these classes."""
        poor = [tally for outcome, tally in classes.items() if outcome is not None and outcome.is_poor]
        return cls(
            households=sum(tally.households for tally in classes.values()),
            persons=told_persons(sum(tally.persons for tally in classes.values())),
            poor=sum(tally.households for tally in poor),
            near_poor=classes.get(Class.NEAR_POOR, Tally()).households,
            unclassified=classes.get(None, Tally()).households,
            minority=sum(tally.minority for tally in classes.values()),
            minority_poor=sum(tally.minority for tally in poor),
        )

    @property
    def rates(self) -> tuple[Decimal | None, ...]:
        """Poor, near-poor, of the minority households poor, of the poor households minority; None of nothing."""
        return (
            poverty_rate(self.poor, self.households),
            percent(self.near_poor, self.households),
            minority_rate(self.minority_poor, self.minority),
            minority_share(self.minority_poor, self.poor),
        )


def order(outcome: Class | None) -> int:
    """From the poorest to the households without a class."""
    return len(Class) if outcome is None else list(Class).index(outcome)


def merged(many: Iterable[Classes]) -> dict[Class | None, Tally]:
    """The classes of several communes together, in order."""
    found: dict[Class | None, Tally] = {}
    for classes in many:
        for outcome, tally in classes.items():
            found[outcome] = found.get(outcome, Tally()) + tally
    return dict(sorted(found.items(), key=lambda item: order(item[0])))


def levels(communes: Iterable[int], province_of: Mapping[int, str]) -> Iterator[tuple[str, str, list[int]]]:
    """Level, code and communes: all, each province if they are known, each commune."""
    every = sorted(communes)
    yield *ALL, every
    for province in sorted({province_of[commune] for commune in every} if province_of else ()):
        yield "province", province, [commune for commune in every if province_of[commune] == province]
    yield from (("commune", code(commune), [commune]) for commune in every)


def code(commune: int) -> str:
    """A commune's code as the official catalogue writes it, five digits."""
    return f"{commune:05d}"


def class_table(year: Year) -> Table:
    """Households, persons and minority households for each commune and class."""
    columns = {"as_of": "DATE", "standard": "VARCHAR", "commune_code": "VARCHAR", "class": "VARCHAR"}
    columns |= dict.fromkeys(("households", "persons", "minority_households"), "BIGINT")
    rows: list[list[Cell]] = []
    for commune, classes in sorted(year.communes.items()):
        for outcome, tally in sorted(classes.items(), key=lambda item: order(item[0])):
            name = UNCLASSIFIED if outcome is None else outcome.value
            persons = None if outcome is None else told_persons(tally.persons)
            head = [year.on.isoformat(), year.standard, code(commune), name]
            rows.append([*head, tally.households, persons, tally.minority])
    return Table("classes", columns, rows)


def rate_table(year: Year, province_of: Mapping[int, str], previous: Year | None = None) -> Table:
    """The figures and rates of every level; with a previous year also its poverty rate, and the change in points."""
    columns = {"as_of": "DATE", "standard": "VARCHAR", "level": "VARCHAR", "code": "VARCHAR"}
    columns |= {column.name: "BIGINT" for column in fields(Figures)}
    columns |= dict.fromkeys(("poverty_rate", "near_poor_rate", "minority_rate", "minority_share"), RATE)
    columns |= dict.fromkeys(("previous_poverty_rate", "change_in_points"), RATE) if previous else {}
    rows: list[list[Cell]] = []
    places = set(year.communes) | set(previous.communes if previous else ())
    for level, of, communes in levels(places, province_of):
        now = Figures.of(merged(year.communes.get(commune, {}) for commune in communes))
        row: list[Cell] = [year.on.isoformat(), year.standard, level, of]
        row += [getattr(now, column.name) for column in fields(Figures)]
        row += now.rates
        if previous:
            was = Figures.of(merged(previous.communes.get(commune, {}) for commune in communes)).rates[0]
            is_now = now.rates[0]
            row += [was, None if was is None or is_now is None else points_between(was, is_now)]
        rows.append(row)
    return Table("rates", columns, rows)


def movement_table(year: Year, previous: Year, found: Mapping[int, Counted], province_of: Mapping[int, str]) -> Table:
    """Both lists, by households and by persons, at every level, as the columns of the form."""
    columns = {"as_of": "DATE", "previous": "DATE", "standard": "VARCHAR", "level": "VARCHAR", "code": "VARCHAR"}
    columns |= {"list": "VARCHAR", "unit": "VARCHAR"} | {column.name: "BIGINT" for column in fields(Flow)}
    rows: list[list[Cell]] = []
    for level, of, communes in levels(found, province_of):
        head: list[Cell] = [year.on.isoformat(), previous.on.isoformat(), year.standard, level, of]
        tables = sum((found[commune] for commune in communes), Counted())
        for listed, unit, flow in (
            ("poor", "households", tables.poor),
            ("poor", "persons", tables.poor_persons),
            ("near_poor", "households", tables.near_poor),
            ("near_poor", "persons", tables.near_poor_persons),
        ):
            rows.append([*head, listed, unit, *(getattr(flow, column.name) for column in fields(Flow))])
    return Table("movement", columns, rows)


def disagreements(year: Year, previous: Year, found: Mapping[int, Counted]) -> list[str]:
    """Where the movement does not start from, close on or end with the classes that were counted on their own."""
    faults = []
    for commune in sorted({*year.communes, *previous.communes}):
        tables = found.get(commune, Counted())
        was, now = (Figures.of(review.communes.get(commune, {})) for review in (previous, year))
        told = (tables.poor.start, tables.near_poor.start, tables.poor.end, tables.near_poor.end)
        counted = (was.poor, was.near_poor, now.poor, now.near_poor)
        if told != counted:
            faults.append(f"commune {code(commune)}: movement tells of {told}, the classes of {counted}")
        faults += [f"commune {code(commune)}: {fault}" for fault in tables.faults()]
    return faults
