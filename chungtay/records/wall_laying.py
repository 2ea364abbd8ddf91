"""Laying the second wall, as the owner of the tables, after every migrate; and asking whether it stands.

What it says is in `records.wall_rules`; how a transaction tells it what it may see, in `records.walls`.
"""

import hashlib
import logging
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from chungtay.records.wall_rules import RANGES, Table, peek, policies, shown, tables

log = logging.getLogger(__name__)
UNTOUCHED = ("django_migrations",)
"""What the runtime role may only read."""
LEAKPROOF = "ALTER FUNCTION pg_catalog.ts_match_vq(tsvector, tsquery) LEAKPROOF"
"""Only a superuser may say it. Without it PostgreSQL uses no index of words behind a wall, and reads every name."""


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
        cursor.execute(RANGES)
        for table in made:
            for statement in (*(peek(table.model, name, schema) for name in table.peeks()), shown(table.name)[0]):
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


def _lay(cursor: Any, table: Table, wanted: dict[str, str]) -> bool:
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


def is_behind(connection: BaseDatabaseWrapper) -> bool:
    """Whether this connection works under the runtime role, which may change no table."""
    if not settings.RUNTIME_ROLE or connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user = %s", [settings.RUNTIME_ROLE])
        return cursor.fetchone() == (True,)


def names_are_looked_up(connection: BaseDatabaseWrapper) -> bool:
    """Whether the index of words serves a search behind the wall (`LEAKPROOF`)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT proleakproof FROM pg_proc WHERE oid = 'ts_match_vq(tsvector,tsquery)'::regprocedure")
        return cursor.fetchone() == (True,)


@dataclass(frozen=True)
class Standing:
    """Whether the second wall stands, in the operator's words. `is_broken`: it should, and does not."""

    words: str
    is_there: bool = False
    is_broken: bool = False


def standing(connection: BaseDatabaseWrapper) -> Standing:
    """What `doctor` and the start of the server say of the wall."""
    if connection.vendor != "postgresql":
        return Standing("none on the embedded database: the pages' own filter stands alone")
    if not settings.RUNTIME_ROLE:
        lost = walled(connection)
        if lost:
            words = f"{len(lost)} tables are walled, and without CHUNGTAY_RUNTIME_ROLE no row of them is seen"
            return Standing(words, is_broken=True)
        return Standing("none: the pages' own filter stands alone (docs/operations.md, Two roles)")
    found = faults(connection)
    if found:
        return Standing(f"broken, run `manage.py lay_walls` as the owner: {'; '.join(found[:3])}", is_broken=True)
    return Standing(f"{len(tables())} tables are walled for {settings.RUNTIME_ROLE}", is_there=True)


def say_at_start() -> None:
    """Whether the wall stands, once in the server's log. Raises ImproperlyConfigured where it should and does not."""
    try:
        found = standing(connection)
    except DatabaseError as fault:
        log.warning("second wall: not known, the database does not answer: %s", fault)
        return
    finally:
        if not connection.in_atomic_block:
            connection.close()
    if found.is_broken:
        raise ImproperlyConfigured(f"second wall: {found.words}")
    if settings.MODE == "production" and connection.vendor == "postgresql":
        log.log(logging.INFO if found.is_there else logging.WARNING, "second wall: %s", found.words)


def check_before_migrate(**kwargs: Any) -> list[CheckMessage]:
    """Asked before every migrate: behind a wall that the settings do not know it would see, and move, no row."""
    asked = kwargs.get("databases") or []
    found = [standing(connections[alias]) for alias in asked] if not settings.RUNTIME_ROLE else []
    return [Error(f"second wall: {one.words}", id="records.E002") for one in found if one.is_broken]
