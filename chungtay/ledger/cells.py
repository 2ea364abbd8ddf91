"""Ô của sổ công khai: a sum with the number of those behind it, told only where they are five or more."""

from collections.abc import Iterable
from dataclasses import dataclass

LEAST_CELL = 5


@dataclass(frozen=True)
class Cell:
    """Một ô: a purpose or a commune with its sum and its households; None where the money is no help to households."""

    label: str
    amount: int
    households: int | None

    @property
    def told(self) -> str:
        """The households as everybody reads them."""
        if self.households is None:
            return ""
        return f"dưới {LEAST_CELL}" if self.households < LEAST_CELL else f"{self.households:,}".replace(",", ".")


def merged(cells: Iterable[Cell], together: str, *, least: int = LEAST_CELL) -> list[Cell]:
    """The cells of at least `least` households, and one line for the others, the greatest sum first.

    The line of the others holds at least two cells and `least` households, where there are so many: or it could be
    reckoned back from the total. Where there are not, it still bears no name of its own.
    """
    known = [cell for cell in cells if cell.amount or cell.households]
    free = [cell for cell in known if cell.households is None]
    by_size = sorted((cell for cell in known if cell.households is not None), key=_size)
    few = [cell for cell in by_size if _size(cell)[0] < least]
    rest = by_size[len(few) :]
    while few and rest and (len(few) < 2 or sum(_size(cell)[0] for cell in few) < least):
        few.append(rest.pop(0))
    if few:
        rest.append(Cell(together, sum(cell.amount for cell in few), sum(_size(cell)[0] for cell in few)))
    return sorted([*rest, *free], key=lambda cell: (-cell.amount, cell.label))


def _size(cell: Cell) -> tuple[int, int, str]:
    return cell.households or 0, cell.amount, cell.label


def settled(months: Iterable[tuple[int, int]], *, least: int = LEAST_CELL) -> tuple[tuple[int, int], tuple[int, int]]:
    """(sum, households) of the months in their order: as told, and what came since that is still too little to tell.

    >>> settled([(50, 5), (9, 1), (30, 3), (10, 1), (8, 2)])
    ((99, 10), (8, 2))
    """
    shown, now = (0, 0), (0, 0)
    for amount, households in months:
        now = (now[0] + amount, now[1] + households)
        if now[1] - shown[1] >= least or now[1] < shown[1] or now[0] < shown[0]:
            shown = now
    return shown, (now[0] - shown[0], now[1] - shown[1])
