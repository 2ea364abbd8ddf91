"""Ghi nhiều dòng một lúc: COPY on PostgreSQL, executemany on SQLite. No model's `save`, no signals, no defaults."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
from django.db import connection, models

from chungtay.records import walls


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows of ready values, one for each of `fields`, in the running transaction.

    Values go to the driver as they are: JSON as text, a foreign key as its number. Fields that are not named take the
    database's own default, so name every field that has none. Raises what the database raises.
    """
    columns = [str(model._meta.get_field(name).column) for name in fields]  # type: ignore[union-attr]
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and walls.stand():
            _copy_behind_the_wall(cursor, table, names, rows)
        elif connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(rows))  # noqa: S608  # our own names


def _copy_behind_the_wall(cursor: Any, table: str, names: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """COPY knows no row-level security and is refused there: the rows come by way of a table of this transaction."""
    cursor.execute(f"CREATE TEMP TABLE coming ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA")  # noqa: S608
    with cursor.copy(f"COPY coming ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM coming")  # noqa: S608
    cursor.execute("DROP TABLE coming")


def insert_bytes(model: type[models.Model], values: dict[str, Any]) -> int:
    """Insert one row with large bytes, sent as bytes and not as letters; the number of its key."""
    fields = [model._meta.get_field(name) for name in values]
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)  # type: ignore[union-attr]
    key, table = connection.ops.quote_name(str(model._meta.pk.column)), connection.ops.quote_name(model._meta.db_table)
    if connection.vendor == "postgresql":
        marks = ["%b" if isinstance(value, bytes) else "%s" for value in values.values()]
        connection.ensure_connection()
        walls.tell()
        with psycopg.Cursor(connection.connection) as cursor:
            cursor.execute(_insertion(table, names, marks, key).encode(), list(values.values()))
            return int((cursor.fetchone() or (0,))[0])
    with connection.cursor() as told:
        told.execute(_insertion(table, names, ["%s"] * len(values), key), list(values.values()))
        return int(told.fetchone()[0])


def _insertion(table: str, names: str, marks: Sequence[str], key: str) -> str:
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join(marks)}) RETURNING {key}"  # noqa: S608  # our own names
