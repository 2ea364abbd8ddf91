"""Rows of many keys at once: one parameter however many keys, so that no database's limit on them is met."""

import json
from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Value


class Among(Func):
    """Whether a column of whole numbers holds one of `keys`; stands in a filter like a condition."""

    output_field = BooleanField()

    def __init__(self, field: str, keys: Iterable[int]) -> None:
        self.keys = sorted(set(keys))
        super().__init__(F(field), Value(json.dumps(self.keys)))

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        column, told = (compiler.compile(part) for part in self.get_source_expressions())
        return f"{column[0]} IN (SELECT value FROM json_each({told[0]}))", (*column[1], *told[1])  # noqa: S608 - no input

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        column, params = compiler.compile(self.get_source_expressions()[0])
        return f"{column} = ANY(%s::bigint[])", (*params, self.keys)
