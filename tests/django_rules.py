"""The rules that catch whole families of bugs (a control test for each: `tests/house/test_guards.py`).

1. Rows of a query without an order come shuffled, differently in each test.
2. A variable that a template of ours names and nobody gave fails.
3. A GET, HEAD or OPTIONS that writes fails.
4. Files of one test are never seen by another.
5. An UPDATE that looks at its rows through a join fails: it is no guard.
Random order, warnings as errors and blocked sockets are set in `pyproject.toml`.
"""

import inspect
import itertools
import random
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from django.db.models.sql.compiler import SQLUpdateCompiler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template import Node, engines
from pytest_django import Settings

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
MAY_BE_WRITTEN_ON_READING = ("django_session", "records_reading")
dice = random.Random()
numbers = itertools.count(1)

# --- 1. no order means no order ---

_fetch_all = models.QuerySet._fetch_all
_iterator = models.QuerySet._iterator  # type: ignore[attr-defined]


def fetch_all_shuffled(self: models.QuerySet[Any]) -> None:
    """As Django's own, but rows that nobody ordered come in another order each time."""
    is_fresh = self._result_cache is None
    _fetch_all(self)
    if is_fresh and self._result_cache and not self.ordered:
        dice.shuffle(self._result_cache)


def iterator_shuffled(self: models.QuerySet[Any], *args: Any, **kwargs: Any) -> Iterator[Any]:
    """The same for `.iterator()`."""
    if self.ordered:
        yield from _iterator(self, *args, **kwargs)
        return
    rows = list(_iterator(self, *args, **kwargs))
    dice.shuffle(rows)
    yield from rows


# --- 2. an undefined template variable fails ---


class UndefinedVariable(AssertionError):
    """A template names a variable that its view did not give."""


class NothingInvalid(str):
    """Django formats this text with the name of the variable it could not find; we fail instead."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s" or super().__contains__(str(part))

    def __mod__(self, variable: object) -> str:
        origin = template_in_stack()
        if "site-packages" in origin:
            return ""  # Django's and allauth's own templates rely on silence
        raise UndefinedVariable(f"{origin} names {variable}, and nobody gave it")


def template_in_stack() -> str:
    """The file of the innermost template node that is being rendered now."""
    frame = inspect.currentframe()
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None) is not None:
            return str(node.origin)
        frame = frame.f_back
    return "a template"


# --- 3. a page that is only read writes nothing ---

WRITES = re.compile(
    r"^\s*(?:INSERT(?: OR \w+)? INTO|REPLACE INTO|UPDATE|DELETE FROM|TRUNCATE|CREATE|ALTER|DROP)\b\s*\"?(\w*)", re.I
)
HIDDEN_WRITES = re.compile(r"^\s*WITH\b.*?\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.I | re.S)


class WroteOnReading(AssertionError):
    """A GET, HEAD or OPTIONS changed the database."""


class Reading:
    """What one request of a safe method tried to write. It raises at once, and again if a view swallowed that."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        found = WRITES.match(sql) or HIDDEN_WRITES.match(sql)
        if found and found[1] not in MAY_BE_WRITTEN_ON_READING:
            self.written.append(sql[:200])
            self.finish()
        return execute(sql, params, many, context)

    def finish(self) -> None:
        """Raises WroteOnReading if anything was to be written."""
        if self.written:
            raise WroteOnReading(f"a page that is only read wrote: {'; '.join(self.written)}")


_get_response = BaseHandler.get_response


def get_response_guarded(self: BaseHandler, request: HttpRequest) -> HttpResponseBase:
    """As Django's own, for the test client and the live server alike, refusing writes for safe methods."""
    if request.method not in SAFE_METHODS:
        return _get_response(self, request)
    reading = Reading()
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(reading))
        response = _get_response(self, request)
    reading.finish()
    return response


# --- 5. an UPDATE asks the row that it writes ---

THROUGH_A_JOIN = re.compile(r'^UPDATE "(\w+)" SET .* WHERE "\1"\."\w+" IN \(SELECT .* FROM "\1"', re.S)
_update_sql = SQLUpdateCompiler.as_sql


class NoGuard(AssertionError):
    """An UPDATE whose conditions Django moved into a sub-select, because one of them names another table.

    The sub-select sees the row as it was when the statement began. Who waited there for another writer then writes over
    what that writer said, on PostgreSQL: two acts are done of which one should have been refused.
    """


def update_sql_guarding(self: SQLUpdateCompiler) -> Any:
    """As Django's own, for statements whose conditions stand on the row itself."""
    sql, params = _update_sql(self)
    if THROUGH_A_JOIN.match(sql):
        raise NoGuard(f"filter by the keys of the other table instead: {sql[:400]}")
    return sql, params


# --- between tests ---

SQLiteOperations = SQLite.ops_class
_execute_sql_flush = SQLiteOperations.execute_sql_flush


def flush_append_only(self: BaseDatabaseOperations, sql_list: Iterable[str]) -> None:
    """Emptying the test database is the one act that deletes append-only rows; `post_migrate` lays triggers again."""
    connection: BaseDatabaseWrapper = self.connection
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
    _execute_sql_flush(self, sql_list)


def pytest_configure() -> None:
    """Lay the rules over Django for the whole run, in test mode or not at all."""
    if settings.MODE != "test":
        raise pytest.UsageError("the tests run with CHUNGTAY_MODE=test")
    models.QuerySet._fetch_all = fetch_all_shuffled  # type: ignore[method-assign]
    models.QuerySet._iterator = iterator_shuffled  # type: ignore[attr-defined]
    BaseHandler.get_response = get_response_guarded  # type: ignore[method-assign]
    SQLUpdateCompiler.as_sql = update_sql_guarding  # type: ignore[method-assign]
    SQLiteOperations.execute_sql_flush = flush_append_only  # type: ignore[method-assign]


def pytest_sessionstart() -> None:
    """Once Django is set up: our templates fail on what is undefined."""
    engines["django"].engine.string_if_invalid = NothingInvalid("%s")  # type: ignore[attr-defined]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """The same seed and the same test give the same shuffles."""
    dice.seed(f"{item.config.getoption('randomly_seed', 0)} {item.nodeid}")


@pytest.fixture(autouse=True)
def own_files(settings: Settings) -> None:
    """Each test has its own place for files, made when first written to."""
    settings.FILES_DIR = Path(settings.DATA_DIR) / "tests" / str(next(numbers)) / "files"
