"""The small province, built once a process and then laid down again as rows: a tenth of the time of building it.

What building wrote is read back as the database tells it, and written the same way before each test that asks for it,
inside that test's own transaction.
"""

import pickle
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, transaction

Rows = dict[Any, tuple[Any, ...]]


@dataclass(frozen=True)
class Table:
    """One table, with the columns that are written (generated ones are not), the key first."""

    name: str
    columns: tuple[str, ...]

    def quoted(self) -> str:
        return ", ".join(f'"{column}"' for column in self.columns)

    def read(self) -> Rows:
        """Every row by its key; on PostgreSQL as lines of COPY, which come back as they went."""
        query = f'SELECT {self.quoted()} FROM "{self.name}"'  # noqa: S608 - names of our own tables
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY ({query}) TO STDOUT") as lines:
                    told = b"".join(bytes(block) for block in lines).splitlines()
                return {line.split(b"\t", 1)[0]: (line,) for line in told}
            cursor.execute(query)
            return {row[0]: tuple(row) for row in cursor.fetchall()}


@dataclass
class Frozen:
    """What building the province wrote, and the province itself."""

    thing: bytes
    new: list[tuple[Table, list[tuple[Any, ...]]]] = field(default_factory=list)
    gone: list[tuple[Table, list[Any]]] = field(default_factory=list)

    def lay(self) -> Any:
        """Write the rows again; the province with objects of its own."""
        with transaction.atomic(), connection.cursor() as cursor:
            for table, keys in self.gone:
                marks = ", ".join(["%s"] * len(keys))
                cursor.execute(f'DELETE FROM "{table.name}" WHERE "{table.columns[0]}" IN ({marks})', keys)  # noqa: S608
            for table, rows in self.new:
                into = f'"{table.name}" ({table.quoted()})'
                if connection.vendor == "postgresql":
                    with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                        copy.write(b"".join(line + b"\n" for (line,) in rows))
                else:
                    marks = ", ".join(["%s"] * len(table.columns))
                    cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)  # noqa: S608 - our own names
        return pickle.loads(self.thing)  # noqa: S301 - written by this process


def tables() -> list[Table]:
    """Every table that a model of ours or of an app writes."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    found = []
    for model in models:
        key = model._meta.pk
        assert key is not None
        others = [str(f.column) for f in model._meta.local_concrete_fields if f is not key]
        found.append(Table(model._meta.db_table, (str(key.column), *others)))
    return found


def freeze(build: Any) -> tuple[Any, Frozen]:
    """Build, and what that wrote. A row that was there before and is not the same any more is laid anew."""
    every = tables()
    before = {table.name: table.read() for table in every}
    thing = build()
    frozen = Frozen(pickle.dumps(thing))
    for table in every:
        was, now = before[table.name], table.read()
        changed = [key for key in was if now.get(key) != was[key]]
        if changed:
            frozen.gone.append((table, [int(key) for key in changed]))
        rows = [row for key, row in now.items() if was.get(key) != row]
        if rows:
            frozen.new.append((table, rows))
    return thing, frozen
