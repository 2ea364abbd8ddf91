"""The reports of a round: figures by district or commune, each openable down to its households; Excel and PDF."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from chungtay.accounts.models import Seat
from chungtay.documents import printing
from chungtay.law.ethnicity import MINORITY_ASSUMED
from chungtay.law.rates import with_comma
from chungtay.law.refusals import Refused
from chungtay.parties import areas
from chungtay.places.models import DIGITS
from chungtay.places.scope import Span
from chungtay.reviews import summing
from chungtay.reviews.columns import Column, Form
from chungtay.reviews.figures import Figures
from chungtay.reviews.rights import HOUSEHOLDS
from chungtay.reviews.rounds import CommuneReview, Round
from chungtay.sheets.exporting import Head

DISTRICT = 2 * DIGITS
"""Length of the path of a district; longer ones are communes."""
ON_A_SHEET = 12
"""Columns beside one another on paper."""
ON_PAPER = 5000
"""Lines of a list of names that anybody would print."""
GAP = "–"
BY_MINORITY = ("dan-toc", "nhom")
"""The forms that count ethnic-minority households, so that they say who counts as one."""
NOT_LOCKED = "Số liệu đang rà soát, chưa khóa."
SOURCES = 3
"""How many sources one report names before it says how many more there are."""


@dataclass(frozen=True)
class Cell:
    """One figure in words, and where its households are; no address where nobody in particular stands behind it."""

    label: str
    text: str
    href: str = ""


@dataclass(frozen=True)
class Line:
    """One unit, or all together: its name, the report of its own units, its figures."""

    name: str
    href: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Report:
    """A form filled in for an area."""

    form: Form
    columns: tuple[Column, ...]
    total: Line
    lines: tuple[Line, ...]
    rows: tuple[tuple[Any, ...], ...]
    source: str
    is_final: bool
    note: str = ""


def figures_for(round: Round, seat: Seat, path: str, on: date) -> list[Figures]:
    """The figures of the communes in the seat's area and under `path` ("" for all): locked ones, else as of now."""
    span = Span.under(path) if path else Span("", "")
    if round.is_locked:
        rows = Figures.objects.visible_to(seat, on).in_force().filter(round=round).order_by("area_path")
        return [row for row in rows if span.covers(row.area_path)]
    reviews = CommuneReview.objects.visible_to(seat, on).filter(round=round).select_related("place")
    mine = [review for review in reviews.order_by("area_path") if span.covers(review.area_path)]
    return [one.figures for one in summing.sum_up(round, mine, as_of=round.review_on, source="")]


def report(round: Round, form: Form, seat: Seat, path: str, on: date) -> Report:
    """The form for the seat's area under `path`, by district where there are several of them, else by commune."""
    found = figures_for(round, seat, path, on)
    columns = form.on(round.review_on)
    units = _units(found)
    names = areas.names_on([int(unit[-DIGITS:]) for unit in units], round.review_on)
    opens = seat.kind in HOUSEHOLDS
    lines, plain = [], []
    for unit, rows in units.items():
        name = names.get(int(unit[-DIGITS:]), unit)
        deeper = f"?{urlencode({'vung': unit})}" if len(unit) == DISTRICT and unit != path else ""
        lines.append(Line(name, deeper, tuple(_cell(one, rows, round, form, unit, opens) for one in columns)))
        plain.append((name, *(one.of(rows) for one in columns)))
    total = Line("Cộng", "", tuple(_cell(one, found, round, form, path, opens) for one in columns))
    plain.append(("Cộng", *(one.of(found) for one in columns)))
    source = _sources(found) if found and round.is_locked else NOT_LOCKED
    note = MINORITY_ASSUMED if form.key in BY_MINORITY else ""
    return Report(form, columns, total, tuple(lines), tuple(plain), source, round.is_locked, note)


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


def _cell(column: Column, rows: Sequence[Figures], round: Round, form: Form, unit: str, opens: bool) -> Cell:
    value = column.of(rows)
    href = ""
    if opens and column.where is not None and value:
        asked = {"cot": f"{form.key}.{column.key}"} | ({"vung": unit} if unit else {})
        href = f"{reverse('reviews:behind', args=[round.pk])}?{urlencode(asked)}"
    return Cell(column.label, in_words(value), href)


def in_words(value: int | Decimal | None) -> str:
    """A figure as pages write it; a gap stays a gap."""
    if value is None:
        return GAP
    return with_comma(value) if isinstance(value, Decimal) else f"{value:,}".replace(",", ".")


def above(title: str, round: Round, area: str, source: str = "") -> tuple[str, ...]:
    """What stands over the headings of a spreadsheet: what it is of, its day, and where its figures come from."""
    state = "" if round.is_locked else f" {NOT_LOCKED}"
    told = source or (f"Quyết định {round.decision}" if round.decision else "phiếu rà soát của các xã trong đợt")
    return (
        f"{title} - {round.title}, {area}",
        f"Tính đến ngày {round.review_on:%d/%m/%Y}.{state}",
        f"Nguồn: {told}",
    )


def sheet(told: Report) -> tuple[list[Head], Iterator[tuple[Any, ...]]]:
    """Headings and rows for the one writer of spreadsheets; a gap is a dash, never an empty cell or 0."""
    heads = [Head("Đơn vị", 32), *(Head(one.label, 14) for one in told.columns)]
    return heads, (tuple(GAP if one is None else one for one in row) for row in told.rows)


def pdf(told: Report, round: Round, area: str, *, on: date) -> bytes:
    """The report on paper, wide: so many columns beside one another, then the next ones."""
    parts = []
    for start in range(0, len(told.columns), ON_A_SHEET):
        chosen = slice(start + 1, start + 1 + ON_A_SHEET)
        heads = ["Đơn vị", *(one.label for one in told.columns[start : start + ON_A_SHEET])]
        rows = [[row[0], *(in_words(one) for one in row[chosen])] for row in told.rows]
        parts.append({"heads": heads, "rows": rows, "has_total": True})
    about = f"{round.title}, {area}. Tính đến ngày {round.review_on:%d/%m/%Y}."
    return _paper(told.form.title, about, parts, told.source, on=on, is_final=told.is_final, note=told.note)


def names_pdf(title: str, about: str, heads: Sequence[str], rows: Sequence[Sequence[str]], *, on: date) -> bytes:
    """A list of households on paper. Raises Refused for one that is too long to be read on paper."""
    if len(rows) > ON_PAPER:
        raise Refused.because(f"Danh sách có hơn {ON_PAPER} dòng: hãy tải Excel, hoặc mở từng xã.")
    part = {"heads": ["STT", *heads], "rows": [[str(n), *row] for n, row in enumerate(rows, start=1)]}
    return _paper(title, about, [part | {"has_total": False}], "", on=on, is_final=True)


def _paper(
    title: str, about: str, parts: list[dict[str, Any]], source: str, *, on: date, is_final: bool, note: str = ""
) -> bytes:
    layout = replace(printing.layout_on(on), width=297, height=210, left=20, right=15)
    data = {"subject": title, "about": about, "parts": parts, "source": source, "note": note}
    return printing.pdf("review_table", data, on=on, layout=layout, watermark="" if is_final else printing.DRAFT)
