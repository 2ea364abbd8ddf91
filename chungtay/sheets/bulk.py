"""Ghi nhiều dòng một lúc: COPY on PostgreSQL, executemany on SQLite. No model's `save`, no signals, no defaults."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

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
