"""Bức tường thứ hai: what a transaction may see, said to PostgreSQL's row-level security (design D7).

`visible_to` is the first wall, and stands in every query that remembers it. This one stands in the database itself:
the policies of `records.wall_laying` read settings that hold for one transaction, and without them there are no rows.
A request of a seat says whose it is (`accounts.sight`); all other work says, in words, why it sees everything.

Without a runtime role (SQLite, the demo, PostgreSQL with one role) nothing here asks the database anything.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from psycopg import OperationalError
from psycopg.pq import ExecStatus, TransactionStatus

EVERYTHING = "everything"
SEAT = "seat"
SETTINGS = ("sees", "lower", "upper", "more", "body", "kind")
_PLAIN = re.compile(r"[0-9A-Za-z_~,-]*")
NO_END = "~"
"""Beyond every path: paths are digits."""


@dataclass(frozen=True)
class Sight:
    """What the policies are told; `SETTINGS` in their order. The default sees nothing."""

    sees: str = ""
    lower: str = ""
    upper: str = ""
    more: str = ""
    body: str = ""
    kind: str = ""

    @classmethod
    def of_seat(cls, spans: Sequence[tuple[str, str]], *, body: int, kind: str) -> "Sight":
        """The half-open ranges of paths of a seat's area (an empty upper end is none), its body and its desk's kind."""
        first, *others = [(lower, upper or NO_END) for lower, upper in spans] or [("", "")]
        more = ",".join(f"{lower}-{upper}" for lower, upper in others)
        return cls(SEAT, *first, more, str(body), kind)

    def words(self) -> tuple[str, ...]:
        return tuple(getattr(self, name) for name in SETTINGS)

    @cached_property
    def statement(self) -> bytes:
        """The settings of this transaction. Nobody types the words: they are paths, keys and kinds of desks."""
        if not all(_PLAIN.fullmatch(word) for word in self.words()):
            raise ValueError(f"{self} holds what no path, key or kind of desk holds")
        told = zip(SETTINGS, self.words(), strict=True)
        return ("SELECT " + ", ".join(f"set_config('chungtay.{name}', '{word}', true)" for name, word in told)).encode()


NOTHING = Sight()
_sight: ContextVar[Sight] = ContextVar("sight", default=NOTHING)


def stand() -> bool:
    """Whether the system works under a runtime role, so that every transaction has to say what it may see."""
    return bool(settings.RUNTIME_ROLE)


@contextmanager
def everything(reason: str) -> Iterator[None]:
    """Work that belongs to no seat, or looks beyond its area by law; `reason` says why. Also decorates functions.

    It opens no transaction: each one that begins inside says it for itself.
    """
    if not reason.strip():
        raise ValueError("say why this work sees everything")
    with seen_by(Sight(EVERYTHING)):
        yield


@contextmanager
def seen_by(sight: Sight) -> Iterator[None]:
    """Until the end of the block each transaction sees what `sight` may, and afterwards what it saw before."""
    if not stand():
        yield
        return
    before = _sight.set(sight)
    if _say_first not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _say_first)  # first: whoever adds one for a while takes the last away
    try:
        _say_now()
        yield
    finally:
        _sight.reset(before)
        _say_now()


def tell() -> None:
    """Before a statement that goes past Django's cursors and may be the first of its transaction."""
    if stand():
        _say()


def _status() -> TransactionStatus:
    raw = connection.connection
    return TransactionStatus.IDLE if raw is None or raw.closed else raw.info.transaction_status


def _say_now() -> None:
    """Tell a transaction that runs already. One that failed forgets by itself when it, or its savepoint, is undone."""
    if _status() is TransactionStatus.INTRANS:
        _say()


def _say() -> None:
    """One round trip, straight to the server; with BEGIN where this opens the transaction."""
    raw, statement = connection.connection, _sight.get().statement
    if _status() is TransactionStatus.IDLE and not raw.autocommit:
        if (raw.isolation_level, raw.read_only, raw.deferrable) == (None, None, None):
            statement = b"BEGIN; " + statement
        else:
            raw.execute("SELECT 1")  # it knows best how to begin
    with connection.wrap_database_errors:
        told = raw.pgconn.exec_(statement)
        if told.status != ExecStatus.TUPLES_OK:
            raise OperationalError(f"the wall could not be told: {told.error_message.decode(errors='replace')}")


def _say_first(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Before the first statement of a transaction, say what it may see; a lone statement gets one of its own."""
    if _status() is not TransactionStatus.IDLE or _sight.get() is NOTHING:
        return execute(sql, params, many, context)
    if connection.get_autocommit():
        with transaction.atomic():
            _say()
            return execute(sql, params, many, context)
    _say()
    return execute(sql, params, many, context)
