"""Races: acts at the same moment, and the same race without its guard, to show that the guard is what holds."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from chungtay.law.refusals import Refused


def blind_update(row: Any, *, version: int | None = None, where: Any = None, **changes: Any) -> Any:
    """`records.versions.guarded_update` without its look at version and state: the last writer wins."""
    type(row).objects.filter(pk=row.pk).update(**changes)
    for name, value in changes.items():
        setattr(row, name, value)
    return row


def take_the_guard_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here to the end of the test nobody asks who was first."""
    monkeypatch.setattr("chungtay.records.versions.guarded_update", blind_update)


def together(*acts: Callable[[], object]) -> list[str]:
    """Start all acts at the same moment, each in its own thread and connection; "done" or the refusal of each."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            start.wait(timeout=30)
            act()
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
