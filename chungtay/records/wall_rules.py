"""The rules of the second wall as SQL: which rows the runtime role may read and write (design D7).

A room declares its table by `walled` on the model: `"area_path"`, the name of a foreign key (the row belongs to whoever
may write the one it names), or a `Wall`. Rules are SQL over the columns of the table, with these words in braces:
`area` (the row's `area_path` lies in the seat's area), `body` (key of the seat's body), `kind` (of its desk),
`party__unit` (column `unit` of the row that the foreign key `party` names, whoever may see that row) and `party__area`
(that row lies in the area).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter
from typing import Any

from django.apps import apps
from django.db import models

from chungtay.records.walls import EVERYTHING, SEAT


@dataclass(frozen=True)
class Wall:
    """`rule`: rows that a seat reads and writes. `known`: further rows that every seat may read, never write.

    `shows`: foreign keys, separated by spaces, to rows that whoever sees this one may read too. A rule that asked the
    very rows it shows would make the two ask each other without end: it says `party__area` instead.
    """

    rule: str
    known: str = ""
    shows: str = ""


@dataclass(frozen=True)
class Table:
    """A walled table, with its rule in words of SQL. `alias`: what the table is called where the rule stands."""

    model: type[models.Model]
    alias: str = ""

    @property
    def name(self) -> str:
        return str(self.model._meta.db_table)

    @property
    def wall(self) -> Wall:
        """As the model declares it; by the name of a column alone, rows of an area, or those of another row."""
        declared: Wall | str = self.model.walled  # type: ignore[attr-defined]
        return declared if isinstance(declared, Wall) else Wall("{area}" if declared == "area_path" else "")

    def column(self, field: str) -> str:
        return f'"{self.alias or self.name}"."{_column(self.model, field)}"'

    def rule(self) -> str:
        """Rows that a seat reads and writes."""
        declared: Wall | str = self.model.walled  # type: ignore[attr-defined]
        if isinstance(declared, Wall) or declared == "area_path":
            return self.words(self.wall.rule)
        other: Any = self.model._meta.get_field(declared).related_model
        its = Table(other, f"its_{declared}")
        key = f'"{its.alias}"."{other._meta.pk.column}" = {self.column(declared)}'
        return f'EXISTS (SELECT 1 FROM "{its.name}" AS "{its.alias}" WHERE {key} AND ({its.rule()}))'  # noqa: S608

    def words(self, text: str) -> str:
        """`text` with its words in braces spelt out."""
        named = {name for _, name, _, _ in Formatter().parse(text) if name}
        return text.format(**{name: self._word(name) for name in named})

    def _word(self, name: str) -> str:
        if name == "area":
            return _in_area(self.column("area_path"))
        if name == "body":
            return "(SELECT nullif(current_setting('chungtay.body', true), '')::bigint)"
        if name == "kind":
            return _setting("kind")
        key, _, field = name.partition("__")
        if field == "area":
            return _in_area(self._word(f"{key}__area_path"))
        return f"{_peek_name(self.model, name)}({self.column(key)})"

    def peeks(self) -> Iterator[str]:
        """The columns of other rows that the rule reads: `party__unit`."""
        for text in (self.wall.rule, self.wall.known):
            for _, name, _, _ in Formatter().parse(text):
                if name and "__" in name:
                    yield f"{name}_path" if name.endswith("__area") else name


def tables() -> list[Table]:
    """Every walled table, in the order of their names."""
    ours = (model for model in apps.get_models() if model.__module__.startswith("chungtay."))
    return sorted((Table(model) for model in ours if hasattr(model, "walled")), key=lambda table: table.name)


def _column(model: type[models.Model], field: str) -> str:
    return str(model._meta.get_field(field).column)  # type: ignore[union-attr]


def _setting(name: str) -> str:
    """Read once a statement, not once a row."""
    return f"(SELECT current_setting('chungtay.{name}', true))"


RANGES = """
CREATE OR REPLACE FUNCTION wall_in_ranges(path text, ranges text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM unnest(string_to_array(ranges, ',')) AS span
        WHERE path COLLATE "C" >= split_part(span, '-', 1) AND path COLLATE "C" < split_part(span, '-', 2)
    );
END $$"""
"""A function and not part of each policy, where it would be planned for every table of every query, and seldom used."""


def _in_area(path: str) -> str:
    """The first range is compared by itself; a merged commune has others, which are unpacked only then."""
    ordered, more = f'{path} COLLATE "C"', _setting("more")
    first = f"{ordered} >= {_setting('lower')} AND {ordered} < {_setting('upper')}"
    return f"({first} OR {more} <> '' AND wall_in_ranges({path}, {more}))"


def _guarded(rule: str) -> str:
    """`rule` for a seat, everything for work that says so, nothing without a word.

    Written as a test that the planner takes for true of nearly every row: it then plans each list as without the wall.
    """
    sees = _setting("sees")
    return f"(CASE WHEN {sees} = '{EVERYTHING}' THEN 1 WHEN {sees} = '{SEAT}' AND ({rule}) THEN 1 END) IS NOT NULL"


def _peek_name(model: type[models.Model], name: str) -> str:
    key, _, field = name.partition("__")
    other = model._meta.get_field(key).related_model
    return f'"wall_{_column(other, field)}_of_{other._meta.db_table}"'  # type: ignore[union-attr,arg-type]


def peek(model: type[models.Model], name: str, schema: str) -> str:
    """A function of the owner, who sees through the wall only inside one: one column of one row, by its key."""
    key, _, field = name.partition("__")
    other: Any = model._meta.get_field(key).related_model
    table, pk, column = other._meta.db_table, other._meta.pk.column, _column(other, field)
    kind = "bigint" if other._meta.get_field(field).is_relation else "text"
    reads = f'SELECT "{column}" FROM "{table}" WHERE "{pk}" = $1'  # noqa: S608 - names of our own models
    return (
        f"CREATE OR REPLACE FUNCTION {_peek_name(model, name)}(bigint) RETURNS {kind} LANGUAGE sql STABLE"
        f' SECURITY DEFINER SET search_path = "{schema}", pg_temp AS $$ {reads} $$'
    )


def shown(table: str) -> tuple[str, str]:
    """(function, call) that tell whether a row in sight shows this row of `table`; empty when nothing ever does.

    A function and not part of the policy: its price would be reckoned for every row, though few rows come to it.
    """
    ways = []
    for other in tables():
        for field in other.wall.shows.split():
            target = other.model._meta.get_field(field).related_model
            if target is not None and target._meta.db_table == table:
                ways.append(f'EXISTS (SELECT 1 FROM "{other.name}" WHERE "{_column(other.model, field)}" = $1)')  # noqa: S608
    if not ways:
        return "", ""
    name = f'"wall_shows_{table}"'
    return (
        f"CREATE OR REPLACE FUNCTION {name}(bigint) RETURNS boolean LANGUAGE plpgsql STABLE COST 1"
        f" AS $$ BEGIN RETURN {' OR '.join(ways)}; END $$",
        f'{name}("{table}"."id")',
    )


def policies(table: Table, role: str, owner: str) -> dict[str, str]:
    """Name of each policy of a table, to what it says."""
    writes = _guarded(table.rule())
    more = [part for part in (table.rule(), table.words(table.wall.known), shown(table.name)[1]) if part]
    reads = _guarded(" OR ".join(f"({part})" for part in more))
    open_to_owner = f"{_setting('sees')} = '{EVERYTHING}' OR session_user <> current_user"
    return {
        "wall_read": f'FOR SELECT TO "{role}" USING ({reads})',
        "wall_insert": f'FOR INSERT TO "{role}" WITH CHECK ({writes})',
        "wall_update": f'FOR UPDATE TO "{role}" USING ({writes}) WITH CHECK ({writes})',
        "wall_delete": f'FOR DELETE TO "{role}" USING ({writes})',
        "wall_owner": f'FOR ALL TO "{owner}" USING ({open_to_owner}) WITH CHECK ({open_to_owner})',
    }
