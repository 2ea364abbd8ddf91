"""Working behind the second wall, for the tests beside this file: their fixtures stand in `conftest.py`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from chungtay.accounts.models import Seat
from chungtay.records import wall_laying, walls
from chungtay.records.walls import Sight
from tests.make import TODAY, Province


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def own_role(kind: str = "runtime") -> str:
    """Roles belong to the whole server, which several test processes may share."""
    return f"{kind}_{connection.settings_dict['NAME']}"


def sight(seat: Seat) -> Sight:
    """What `accounts.sight` tells the wall of a request of that seat."""
    spans = [(span.lower, span.upper) for span in seat.scope(TODAY).spans]
    return Sight.of_seat(spans, body=seat.body_id, kind=seat.kind.value)


def keys(model: type[models.Model]) -> set[Any]:
    """The rows of a query that has forgotten `visible_to`."""
    return set(model._default_manager.values_list("pk", flat=True))


@dataclass
class Walled:
    """The province behind its wall: the connection works as the runtime role unless it is `lifted`."""

    province: Province
    role: str

    @classmethod
    def around(cls, province: Province, role: str) -> "Walled":
        """Lay the wall for `role`, and work as that role from then on."""
        run("SET CONSTRAINTS ALL IMMEDIATE")  # what was just written waits to be checked, and holds its tables
        wall_laying.lay(connection, role)
        walled = cls(province, role)
        walled.enter()
        return walled

    def enter(self) -> None:
        run(f"SET LOCAL SESSION AUTHORIZATION {self.role}")

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """The control: the same connection without its wall."""
        run("SET CONSTRAINTS ALL IMMEDIATE", "RESET SESSION AUTHORIZATION")
        yield
        self.enter()

    def seen_by(self, name: str) -> Any:
        return walls.seen_by(sight(self.province.seats[name]))
