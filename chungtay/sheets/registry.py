"""Sổ các danh sách nhận vào: which lists may be handed in. Rooms above say what theirs is; settings name them.

`settings.SHEET_LISTS` holds dotted names of `SheetList` objects, as `ROOT_URLCONF` names a module: this room never
imports the rooms that it serves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from chungtay.accounts.models import Seat
from chungtay.law.procedure import Desk
from chungtay.sheets.layouts import Flaw, Layout, Staged, Writer

Settle = Callable[[Staged, Mapping[str, str]], Iterable[Flaw]]
"""The room's look at a row with the answers a person gave: what is still wrong, nothing if it may be taken in."""


@dataclass(frozen=True)
class SheetList:
    """Danh sách nhận vào: one kind of list, how it is read, who may hand it in, and who writes its rows.

    `name` stands in addresses and is the layout's name too. `layout` and `writer` are made for a seat and a day, so
    that communes and duplicates are those of that area on that day.
    """

    name: str
    title: str
    desks: frozenset[Desk]
    layout: Callable[[Seat, date], Layout]
    writer: Callable[[Seat, date], Writer]
    settle: Settle | None = None
    lead: str = ""

    def layout_for(self, seat: Seat, on: date) -> Layout:
        """The layout. Raises ValueError if it bears another name."""
        made = self.layout(seat, on)
        if made.name != self.name:
            raise ValueError(f"the layout of {self.name!r} is called {made.name!r}")
        return made


def known() -> dict[str, SheetList]:
    """Every list by its name, in the order of the settings. Raises ValueError for two of one name."""
    found: dict[str, SheetList] = {}
    for path in settings.SHEET_LISTS:
        one = import_string(path)
        if not isinstance(one, SheetList) or one.name in found:
            raise ValueError(f"SHEET_LISTS: {path} is not a list of its own name")
        found[one.name] = one
    return found


def of_desk(desk: str) -> list[SheetList]:
    """The lists that a desk may hand in."""
    return [one for one in known().values() if desk in one.desks]
