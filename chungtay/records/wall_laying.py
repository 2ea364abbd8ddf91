"""The policies of the second wall: which rows the runtime role may read and write, laid by the owner after a migrate.

A room declares its table by `walled` on the model: `"area_path"`, the name of a foreign key ("stands where that row
stands"), or a `Wall`. Rules are SQL over the columns of the table, with these words in braces: `area` (the row's
`area_path` lies in the seat's area), `body` (key of the seat's body), `kind` (of its desk), and `party__unit` (column
`unit` of the row that the foreign key `party` names, whoever may see that row).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from chungtay.records.walls import EVERYTHING, SEAT

UNTOUCHED = ("django_migrations",)
"""What the runtime role may only read."""


@dataclass(frozen=True)
class Wall:
    """`rule`: rows that a seat reads and writes. `known`: further rows that every seat may read, never write.

    `shows`: foreign keys, separated by spaces, to rows that whoever sees this one may read too.
    """

    rule: str
    known: str = ""
    shows: str = ""


AREA = Wall("{area}")


@dataclass(frozen=True)
class _Table:
    """A walled table, with its rule in words of SQL."""

    model: type[models.Model]
    wall: Wall

    @property
    def name(self) -> str:
        return str(self.model._meta.db_table)

    def column(self, field: str) -> str:
        return f'"{self.name}"."{_column(self.model, field)}"'

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
        key, _, _ = name.partition("__")
        return f"{_peek_name(self.model, name)}({self.column(key)})"

    def peeks(self) -> Iterator[str]:
        for text in (self.wall.rule, self.wall.known):
            yield from (name for _, name, _, _ in Formatter().parse(text) if name and "__" in name)


def tables() -> list[_Table]:
    """Every walled table, in the order of their names."""
    found = []
    for model in apps.get_models():
        declared = getattr(model, "walled", None)
        if declared is not None and model.__module__.startswith("chungtay."):
            found.append(_Table(model, declared if isinstance(declared, Wall) else _short(model, declared)))
    return sorted(found, key=lambda table: table.name)


def _short(model: type[models.Model], name: str) -> Wall:
    field = model._meta.get_field(name)
    if not field.is_relation:
        return AREA
    other = field.related_model._meta  # type: ignore[union-attr]
    here, there = f'"{model._meta.db_table}"."{_column(model, name)}"', other.pk.column
    # The policy of that table holds inside too, so the row is found only where it may be seen.
    return Wall(f'EXISTS (SELECT 1 FROM "{other.db_table}" AS other WHERE other."{there}" = {here})')  # noqa: S608


def _column(model: type[models.Model], field: str) -> str:
    return str(model._meta.get_field(field).column)  # type: ignore[union-attr]


def _setting(name: str) -> str:
    """Read once a statement, not once a row."""
    return f"(SELECT current_setting('chungtay.{name}', true))"


def _in_area(path: str) -> str:
    """The first range is compared by itself; a merged commune has others, which are unpacked only then."""
    path = f'{path} COLLATE "C"'
    return (
        f"({path} >= {_setting('lower')} AND {path} < {_setting('upper')} OR {_setting('more')} <> '' AND EXISTS ("
        f"SELECT 1 FROM unnest(string_to_array({_setting('more')}, ',')) AS span"
        f" WHERE {path} >= split_part(span, '-', 1) AND {path} < split_part(span, '-', 2)))"
    )


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


def _peek(model: type[models.Model], name: str, schema: str) -> str:
    """A function of the owner, who sees through the wall only inside one: one column of one row, by its key."""
    key, _, field = name.partition("__")
    other: Any = model._meta.get_field(key).related_model
    table, pk, column = other._meta.db_table, other._meta.pk.column, _column(other, field)
    return (
        f"CREATE OR REPLACE FUNCTION {_peek_name(model, name)}(key bigint) RETURNS bigint LANGUAGE sql STABLE"
        f' SECURITY DEFINER SET search_path = "{schema}", pg_temp AS'
        f""" $$ SELECT "{column}" FROM "{table}" WHERE "{pk}" = key $$"""
    )


def _shown(table: str) -> tuple[str, str]:
    """(function, call) that tell whether a row in sight shows this row of `table`; empty when nothing ever does.

    A function and not part of the policy: its price would be reckoned for every row, though few rows come to it.
    """
    ways = []
    for other in tables():
        for field in other.wall.shows.split():
            target = other.model._meta.get_field(field).related_model
            if target is not None and target._meta.db_table == table:  # type: ignore[union-attr]
                ways.append(f'EXISTS (SELECT 1 FROM "{other.name}" WHERE "{_column(other.model, field)}" = key)')  # noqa: S608
    if not ways:
        return "", ""
    name = f'"wall_shows_{table}"'
    return (
        f"CREATE OR REPLACE FUNCTION {name}(key bigint) RETURNS boolean LANGUAGE plpgsql STABLE COST 1"
        f" AS $$ BEGIN RETURN {' OR '.join(ways)}; END $$",
        f'{name}("{table}"."id")',
    )


def policies(table: _Table, role: str, owner: str) -> dict[str, str]:
    """Name of each policy of a table, to what it says."""
    writes = _guarded(table.words(table.wall.rule))
    more = [table.words(part) for part in (table.wall.rule, table.wall.known, _shown(table.name)[1]) if part]
    reads = _guarded(" OR ".join(f"({part})" for part in more))
    open_to_owner = f"{_setting('sees')} = '{EVERYTHING}' OR session_user <> current_user"
    return {
        "wall_read": f'FOR SELECT TO "{role}" USING ({reads})',
        "wall_insert": f'FOR INSERT TO "{role}" WITH CHECK ({writes})',
        "wall_update": f'FOR UPDATE TO "{role}" USING ({writes}) WITH CHECK ({writes})',
        "wall_delete": f'FOR DELETE TO "{role}" USING ({writes})',
        "wall_owner": f'FOR ALL TO "{owner}" USING ({open_to_owner}) WITH CHECK ({open_to_owner})',
    }


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@transaction.atomic
def lay(connection: BaseDatabaseWrapper, role: str) -> list[str]:
    """Rights and policies for `role`, as the owner of the tables; the names of the tables whose policies were new.

    What stands already as it should is not touched, and so not locked.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_schema(), array_agg(tablename) FROM pg_tables"
                       " WHERE schemaname = current_schema()")  # fmt: skip
        owner, schema, present = cursor.fetchone()
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None or role == owner:
            raise ImproperlyConfigured(
                f"CHUNGTAY_RUNTIME_ROLE must be a role of this database other than its owner {owner}, and {role!r} is"
                " none: docs/operations.md says how to make it"
            )
        _grant(cursor, role, schema, present)
        made = [table for table in tables() if table.name in present]
        for table in made:
            for statement in (*(_peek(table.model, name, schema) for name in table.peeks()), _shown(table.name)[0]):
                if statement:
                    cursor.execute(statement)
        new = [table.name for table in made if _lay(cursor, table, policies(table, role, owner))]
        wanted = {table.name for table in made}
        cursor.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity AND relnamespace = %s::regnamespace",
                       [schema])  # fmt: skip
        for (gone,) in cursor.fetchall():
            if gone not in wanted:
                _lift(cursor, gone)
        return new


def _grant(cursor: Any, role: str, schema: str, present: list[str]) -> None:
    """Rows may be read and written; tables, triggers and policies stay the owner's, and nothing is truncated."""
    cursor.execute(f'GRANT USAGE ON SCHEMA "{schema}" TO "{role}"')
    cursor.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "{schema}" TO "{role}"')
    cursor.execute(f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA "{schema}" TO "{role}"')
    for table in UNTOUCHED:
        if table in present:
            cursor.execute(f'REVOKE INSERT, UPDATE, DELETE ON "{table}" FROM "{role}"')


def _lay(cursor: Any, table: _Table, wanted: dict[str, str]) -> bool:
    """Whether anything had to be laid: a policy carries the digest of what it should say as its comment."""
    if _faults(cursor, table.name, wanted) == []:
        return False
    cursor.execute(f'ALTER TABLE "{table.name}" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY')
    for name, said in wanted.items():
        cursor.execute(f'DROP POLICY IF EXISTS "{name}" ON "{table.name}"')
        cursor.execute(f'CREATE POLICY "{name}" ON "{table.name}" {said}')
        cursor.execute(f"""COMMENT ON POLICY "{name}" ON "{table.name}" IS '{_digest(said)}'""")
    return True


def _lift(cursor: Any, table: str) -> None:
    cursor.execute("SELECT polname FROM pg_policy WHERE polrelid = %s::regclass AND polname LIKE 'wall\\_%%'", [table])
    for (name,) in cursor.fetchall():
        cursor.execute(f'DROP POLICY "{name}" ON "{table}"')
    cursor.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY')


@transaction.atomic
def lift(connection: BaseDatabaseWrapper) -> list[str]:
    """Take the wall down; the names of the tables that stand open again. Rights of the runtime role stay."""
    with connection.cursor() as cursor:
        standing = _walled(cursor)
        for table in standing:
            _lift(cursor, table)
    return standing


def _walled(cursor: Any) -> list[str]:
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relforcerowsecurity AND relnamespace = current_schema()::regnamespace"
        " ORDER BY relname"
    )
    return [name for (name,) in cursor.fetchall()]


def _faults(cursor: Any, table: str, wanted: dict[str, str]) -> list[str]:
    cursor.execute("SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [table])
    if cursor.fetchone() != (True,):
        return [f"{table} is not walled"]
    cursor.execute(
        "SELECT polname, obj_description(oid, 'pg_policy') FROM pg_policy WHERE polrelid = %s::regclass", [table]
    )
    if dict(cursor.fetchall()) != {name: _digest(said) for name, said in wanted.items()}:
        return [f"{table} has other policies than this version lays"]
    return []


def walled(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the tables that are walled in this database; none on another engine."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        return _walled(cursor)


def faults(connection: BaseDatabaseWrapper) -> list[str]:
    """Why the wall does not stand between the role of this connection and the rows; empty when it does."""
    role = settings.RUNTIME_ROLE
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        user, passes = cursor.fetchone()
        if user != role:
            found.append(f"the system works as {user}, not as CHUNGTAY_RUNTIME_ROLE={role}")
        if passes:
            found.append(f"{user} passes every policy (SUPERUSER or BYPASSRLS)")
        cursor.execute("SELECT tablename, tableowner FROM pg_tables WHERE schemaname = current_schema()")
        owners = dict(cursor.fetchall())
        for table in tables():
            owner = owners.get(table.name)
            if owner is None:
                found.append(f"{table.name} does not exist")
            elif owner == user:
                found.append(f"{user} owns {table.name}")
            else:
                found += _faults(cursor, table.name, policies(table, role, owner))
    return found


def lay_after_migrate(connection: BaseDatabaseWrapper) -> None:
    """Called after every migrate, as the owner: new tables get their rights and policies with the old ones."""
    if settings.RUNTIME_ROLE and connection.vendor == "postgresql":
        lay(connection, settings.RUNTIME_ROLE)
