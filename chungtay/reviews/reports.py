"""The reports of a round: figures by district or commune, each openable down to its households.

What a commune that has not finished its scores will count nobody knows: it is a gap, never 0, and a sum says of how
many communes it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from chungtay.accounts.models import Seat
from chungtay.law.ethnicity import MINORITY_ASSUMED
from chungtay.parties import areas
from chungtay.places.models import DIGITS
from chungtay.reviews import summing
from chungtay.reviews.columns import Column, Form
from chungtay.reviews.extent import Extent
from chungtay.reviews.figures import Figures
from chungtay.reviews.rights import HOUSEHOLDS
from chungtay.reviews.rounds import Round

DISTRICT = 2 * DIGITS
"""Length of the path of a district; longer ones are communes."""
GAP = "–"
GAP_SAID = "Dấu “–”: chưa có số liệu."
BY_MINORITY = ("dan-toc", "nhom")
"""The forms that count ethnic-minority households, so that they say who counts as one."""
FROM_SCORES = "phiếu rà soát của các xã trong đợt"
SOURCES = 3
"""How many sources one report names before it says how many more there are."""
Value = int | Decimal | None


@dataclass(frozen=True)
class Cell:
    """One figure in words, and where its households are; no address where nobody in particular stands behind it."""

    label: str
    text: str
    href: str = ""


@dataclass(frozen=True)
class Line:
    """One unit, or all together: its name, how far it has come, the report of its own units, its figures."""

    name: str
    note: str
    href: str
    cells: tuple[Cell, ...]
    values: tuple[Value, ...]

    @property
    def row(self) -> tuple[Any, ...]:
        """Name and figures for a spreadsheet or a paper."""
        return (f"{self.name} ({self.note})" if self.note else self.name, *self.values)


@dataclass(frozen=True)
class Report:
    """A form filled in for an area. `state`: of which day it is, and that it is not locked, where it is not."""

    form: Form
    extent: Extent
    columns: tuple[Column, ...]
    total: Line
    lines: tuple[Line, ...]
    source: str
    state: str
    is_final: bool
    note: str = ""

    @property
    def rows(self) -> tuple[tuple[Any, ...], ...]:
        """The lines and the sum under them."""
        return tuple(line.row for line in (*self.lines, self.total))

    @property
    def gaps(self) -> str:
        """What a gap means, where there is any."""
        return GAP_SAID if any(None in row for row in self.rows) else ""


def figures_for(round: Round, seat: Seat, extent: Extent, on: date) -> list[Figures]:
    """The figures of the communes of the extent, in the seat's area: locked ones, else as of now."""
    if round.is_locked:
        rows = Figures.objects.visible_to(seat, on).in_force().filter(round=round).order_by("area_path")
        return [row for row in rows if extent.covers(row.area_path)]
    return [one.figures for one in summing.sum_up(round, extent.reviews, as_of=round.review_on, source="")]


def value(column: Column, rows: Sequence[Figures], extent: Extent) -> Value:
    """What the finished communes among `rows` add up to; None as long as there is none, but for what is known early."""
    done = [row for row in rows if row.place_id in extent.done]
    if done:
        return column.of(done)
    return column.of(rows) if column.is_early and rows else None


def report(round: Round, form: Form, seat: Seat, extent: Extent, on: date) -> Report:
    """The form for the seat's area in the extent, by district where there are several of them, else by commune."""
    found = figures_for(round, seat, extent, on)
    columns = form.on(round.review_on)
    units = _units(found)
    names = areas.names_on([int(unit[-DIGITS:]) for unit in units], round.review_on)

    def line(name: str, rows: Sequence[Figures], unit: str, deeper: str = "") -> Line:
        values = tuple(value(one, rows, extent) for one in columns)
        opens = seat.kind in HOUSEHOLDS
        cells = tuple(
            Cell(one.label, in_words(told), _behind(one, round, form, unit) if opens and told else "")
            for one, told in zip(columns, values, strict=True)
        )
        return Line(name, extent.told([row.place_id for row in rows]), deeper, cells, values)

    lines = []
    for unit, rows in units.items():
        deeper = f"?{urlencode({'vung': unit})}" if len(unit) == DISTRICT and unit != extent.path else ""
        lines.append(line(names.get(int(unit[-DIGITS:]), unit), rows, unit, deeper))
    return Report(
        form, extent, columns, line("Cộng", found, extent.path), tuple(lines),
        source=_sources(found) if found and round.is_locked else FROM_SCORES,
        state=state(round, extent, on), is_final=round.is_locked,
        note=MINORITY_ASSUMED if form.key in BY_MINORITY else "",
    )  # fmt: skip


def state(round: Round, extent: Extent, on: date) -> str:
    """Of which day the figures are: the review's where they are locked, else today's, and of how many communes."""
    if round.is_locked:
        return f"Tính đến ngày {round.review_on:%d/%m/%Y}."
    told = f"; {extent.coverage}" if extent.coverage else ""
    return f"Chưa khóa. Số liệu tạm tính đến ngày {on:%d/%m/%Y}{told}."


def _sources(found: Sequence[Figures]) -> str:
    """The sources of the communes' figures, each once; a correction has its own."""
    told = list(dict.fromkeys(row.source for row in found))
    more = f"; và {len(told) - SOURCES} nguồn khác" if len(told) > SOURCES else ""
    return "; ".join(told[:SOURCES]) + more


def _units(found: Sequence[Figures]) -> dict[str, list[Figures]]:
    """The figures by district where they lie in several, else by commune."""
    districts = {row.area_path[:DISTRICT] for row in found}
    units: dict[str, list[Figures]] = {}
    for row in found:
        units.setdefault(row.area_path[:DISTRICT] if len(districts) > 1 else row.area_path, []).append(row)
    return units


def _behind(column: Column, round: Round, form: Form, unit: str) -> str:
    if column.where is None:
        return ""
    asked = {"cot": f"{form.key}.{column.key}"} | ({"vung": unit} if unit else {})
    return f"{reverse('reviews:behind', args=[round.pk])}?{urlencode(asked)}"


def in_words(told: Value) -> str:
    """A figure as pages write it: whole numbers in groups of three, rates with two decimals; a gap stays a gap."""
    if told is None:
        return GAP
    return f"{told:.2f}".replace(".", ",") if isinstance(told, Decimal) else f"{told:,}".replace(",", ".")
