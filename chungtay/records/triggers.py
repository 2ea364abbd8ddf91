"""Tables that only grow: an UPDATE or DELETE of what was decided is refused by the database itself, on both engines.

A room declares its table by `append_only = (...)` on the model: the names of the columns that may still change
(an empty tuple: none). Rows may never be deleted.
"""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

_also: list[Callable[[BaseDatabaseWrapper], None]] = []


def guarded() -> dict[str, tuple[str, ...]]:
    """Table name to the columns that may still change, for every model that declares `append_only`."""
    return {
        model._meta.db_table: tuple(model.append_only)
        for model in apps.get_models()
        if model.__module__.startswith("chungtay.") and hasattr(model, "append_only")
    }


def _columns(table: str) -> list[str]:
    model: type[models.Model] = next(m for m in apps.get_models() if m._meta.db_table == table)
    return [str(f.column) for f in model._meta.concrete_fields]


def _sqlite(table: str, free: tuple[str, ...]) -> list[str]:
    fixed = [c for c in _columns(table) if c not in free]
    changed = " OR ".join(f'NEW."{c}" IS NOT OLD."{c}"' for c in fixed)
    return [
        f'DROP TRIGGER IF EXISTS "{table}_no_update"',
        f'DROP TRIGGER IF EXISTS "{table}_no_delete"',
        f'CREATE TRIGGER "{table}_no_update" BEFORE UPDATE ON "{table}" WHEN {changed}'
        f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
        f'CREATE TRIGGER "{table}_no_delete" BEFORE DELETE ON "{table}"'
        f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    ]


def _postgresql(table: str, free: tuple[str, ...]) -> list[str]:
    fixed = [c for c in _columns(table) if c not in free]
    changed = " OR ".join(f'NEW."{c}" IS DISTINCT FROM OLD."{c}"' for c in fixed)
    return [
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514'; END $$",
        f'DROP TRIGGER IF EXISTS "{table}_no_update" ON "{table}"',
        f'DROP TRIGGER IF EXISTS "{table}_no_delete" ON "{table}"',
        f'CREATE TRIGGER "{table}_no_update" BEFORE UPDATE ON "{table}" FOR EACH ROW WHEN ({changed})'
        " EXECUTE FUNCTION refuse_change()",
        f'CREATE TRIGGER "{table}_no_delete" BEFORE DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION refuse_change()',
    ]


def install(connection: BaseDatabaseWrapper) -> None:
    """Lay the triggers of every append-only table that exists."""
    make = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for table, free in guarded().items():
            if table in present:
                for statement in make(table, free):
                    cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that should stand and do not."""
    wanted = {f"{table}_{what}" for table in guarded() for what in ("no_update", "no_delete")}
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return sorted(wanted - {row[0] for row in cursor.fetchall()})


def lay_also(install: Callable[[BaseDatabaseWrapper], None]) -> None:
    """A room's own triggers: called, once a room, from its `ready`; they are laid with ours after every migrate."""
    _also.append(install)


def install_after_migrate(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Called after each app's migrate; laying them again is cheap and idempotent."""
    if kwargs.get("app_config") is not None and kwargs["app_config"].label == "records":
        for lay in (install, *_also):
            lay(connections[using])
