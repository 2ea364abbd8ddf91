"""Requests of this room's pages. The room lies below `accounts`, so it knows a seat only by what it can do."""

from datetime import date
from typing import Protocol

from django.http import HttpRequest

from chungtay.law.procedure import PROPOSING, Desk
from chungtay.parties.models import Party
from chungtay.places.models import Place
from chungtay.places.scope import Scope

REGISTRARS = PROPOSING | {Desk.BOARD}
"""Desks that write in the register of parties."""
READERS = frozenset(Desk) - {Desk.ADMIN}
"""Desks whose work needs the register; whoever runs the machine reads nobody's page."""
KEEPERS = frozenset({Desk.BOARD, Desk.DISTRICT, Desk.LABOUR})
"""Desks that see disciplines and put them on record (KH IV.1.1)."""
TRUSTED = REGISTRARS
"""Desks that see a whole ID number."""


class WorkPlace(Protocol):
    """A desk: its body and its place."""

    @property
    def body(self) -> Party: ...

    @property
    def place(self) -> Place: ...


class Registrar(Protocol):
    """A seat at a desk."""

    @property
    def desk(self) -> WorkPlace: ...

    @property
    def body_id(self) -> int: ...

    @property
    def kind(self) -> Desk: ...

    def scope(self, on: date) -> Scope: ...

    def journal_identity(self) -> tuple[str, str, str, str]: ...


class PartyRequest(HttpRequest):
    """A request from somebody who sits at a desk."""

    seat: Registrar
