"""Ô đếm: sorts of parties, each with how many there are. What a count keeps instead of names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from chungtay.law.awards import Payee
from chungtay.prospects.turns import Turn

NO_DATA, NOT_ASKED = "", "-"
"""A share that nobody has written down, and one that cannot be asked of a collective."""


class Cell(NamedTuple):
    """Một loại đối tượng: where it stands with the measured sum at its threshold or over it, and without.

    `value` is that sum in whole đồng, None where nothing is measured; then both turns are the same. `reached`: whether
    it was at the threshold of the day. `met`, `met_without`: how many of the content's own criteria the data meet.
    The turns are as if it had no dossier in the round; `running` says that it has one.
    `women`, `minority`, `leader` are "1", "0", NO_DATA or NOT_ASKED; `short_of` is the criterion of a party that is
    short of just one.
    """

    payee: str
    turn: str
    met: int
    turn_without: str
    met_without: int
    value: int | None
    reached: bool
    women: str
    minority: str
    leader: str
    short_of: str
    running: bool

    @property
    def turn_now(self) -> Turn:
        """Where it stood on the day, had it no dossier in the round."""
        return Turn(self.turn if self.reached else self.turn_without)

    @property
    def now(self) -> Turn:
        """Where it stood on the day."""
        return Turn.RUNNING if self.running else self.turn_now

    def at(self, thresholds: Mapping[Payee, int]) -> tuple[Turn, int]:
        """Turn and number of criteria met if these thresholds held; where none is named, that of the day."""
        needed = thresholds.get(Payee(self.payee))
        reached = self.reached if self.value is None or needed is None else self.value >= needed
        return (Turn(self.turn), self.met) if reached else (Turn(self.turn_without), self.met_without)


@dataclass(frozen=True)
class Traits:
    """Đặc điểm của một đối tượng, as far as the registers know them."""

    women: str = NO_DATA
    minority: str = NO_DATA
    leader: str = NO_DATA


def flag(known: bool | None) -> str:
    """A yes, a no, or that nobody wrote it down."""
    return NO_DATA if known is None else "1" if known else "0"


def packed(counted: Mapping[Cell, int]) -> list[list[Any]]:
    """As JSON keeps them: the fields of each cell and its number, in a fixed order."""
    return [[*cell, counted[cell]] for cell in sorted(counted, key=repr)]


def unpacked(kept: Iterable[list[Any]]) -> Counter[Cell]:
    """The cells of a tally with their numbers."""
    return Counter({Cell(*fields): number for *fields, number in kept})
