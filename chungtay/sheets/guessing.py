"""Đoán tiêu đề và cột: where the table begins in a sheet with titles above, and which column answers to which heading.

Nothing here decides: the guess with its confidence is shown, a person confirms or corrects it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

from chungtay.records.names import clean, fold
from chungtay.sheets import old_fonts
from chungtay.sheets.kinds import SPELLING, Cell, is_empty, shown
from chungtay.sheets.layouts import Column, Layout
from chungtay.sheets.plans import Plan, SheetPlan
from chungtay.sheets.reading_child import DAY, MARK

HEAD_ROWS = 40
SAMPLES = 200
DEEPEST_HEADING = 3
SURE = 0.55
_UNITS = {"nghin dong": 1_000, "1000 dong": 1_000, "1 000 dong": 1_000, "1 000d": 1_000, "1000d": 1_000,
          "ngan dong": 1_000, "trieu dong": 1_000_000, "tr dong": 1_000_000}  # fmt: skip


@dataclass
class Survey:
    """Xem trước một trang tính: its first rows, rows spread over the rest, how many, and the last's number."""

    name: str
    is_hidden: bool = False
    merged: list[list[int]] = field(default_factory=list)
    head: list[list[Any]] = field(default_factory=list)
    samples: list[list[Any]] = field(default_factory=list)
    rows: int = 0
    stride: int = 1
    last: int = 0

    @property
    def bottom(self) -> int:
        """The number of the last row, as the sheet counts; at least as far as rows were looked at."""
        return max([self.last, self.rows, *(row[0] for row in (*self.head[-1:], *self.samples[-1:]))])

    def wants(self) -> bool:
        """Whether the next row should be looked at."""
        return len(self.head) < HEAD_ROWS or self.rows % self.stride == 0

    def add(self, row: list[Any]) -> None:
        """Look at a wanted row `[number, cell, ...]`; memory stays the same however many come."""
        if len(self.head) < HEAD_ROWS:
            self.head.append(row)
            return
        self.samples.append(row)
        if len(self.samples) >= 2 * SAMPLES:
            self.samples = self.samples[::2]
            self.stride *= 2


@dataclass(frozen=True)
class ColumnGuess:
    """Phỏng đoán một cột: its place in the sheet, 0 to 1 how sure, the font, and what a person should look at."""

    name: str
    index: int
    confidence: float
    font: str = ""
    scale: int = 1
    before_after: tuple[tuple[str, str], ...] = ()
    remark: str = ""


@dataclass(frozen=True)
class SheetGuess:
    """Phỏng đoán một trang tính. `score` is the sum of its columns' confidence; `missing`: required ones not found."""

    sheet: int
    name: str
    first_row: int
    headings: tuple[str, ...]
    columns: tuple[ColumnGuess, ...]
    missing: tuple[str, ...]

    @property
    def score(self) -> float:
        return sum(column.confidence for column in self.columns)

    def plan(self) -> SheetPlan:
        """The guess as a plan that a person may confirm."""
        return SheetPlan(
            sheet=self.sheet,
            first_row=self.first_row,
            columns={one.name: one.index for one in self.columns},
            fonts={one.name: one.font for one in self.columns if one.font},
            scales={one.name: one.scale for one in self.columns if one.scale != 1},
            headings=self.headings,
        )


def guess(surveys: Sequence[Survey], layout: Layout) -> list[SheetGuess]:
    """Each visible sheet that seems to hold the list, in the file's order; all of them if none does."""
    found = [guess_sheet(n, one, layout) for n, one in enumerate(surveys) if one.rows and not one.is_hidden]
    fitting = [one for one in found if one.columns and not one.missing]
    return fitting or found


def plan(guesses: Iterable[SheetGuess]) -> Plan:
    """The guesses as one plan."""
    return Plan(tuple(one.plan() for one in guesses))


def guess_sheet(position: int, survey: Survey, layout: Layout) -> SheetGuess:
    """What one sheet seems to hold."""
    rows = _spread(survey)
    font = old_fonts.guess([c for row in survey.head for c in row[1:] if isinstance(c, str)]).font or old_fonts.ANY
    best: tuple[float, int, tuple[str, ...]] = (0.0, -1, ())
    for top, row in enumerate(rows):
        if not _may_be_heading(row):
            continue
        for height in range(1, DEEPEST_HEADING + 1):
            block = rows[top : top + height]
            if len(block) < height or block[-1][0] != row[0] + height - 1 or not _may_be_heading(block[-1]):
                break
            headings = _headings(block, font, layout)
            score = sum(_best_likeness(fold(heading), layout) for heading in set(headings)) - 0.05 * height
            if score > best[0] + 1e-9:
                best = (score, top + height, headings)
    _, begin, headings = best
    if begin < 0:  # no heading at all: rows pasted without one
        begin, headings = 0, ()
    body = [row for row in rows[begin:] if not _is_numbering(row)] + survey.samples
    first = body[0][0] if body else (rows[-1][0] + 1 if rows else 1)
    columns = _columns(layout, headings, body)
    missing = {c.name for c in layout.columns if c.is_required} - {c.name for c in columns}
    labels = tuple(c.label for c in layout.columns if c.name in missing)
    return SheetGuess(position, survey.name, first, headings, columns, labels)


def _may_be_heading(row: Sequence[Cell]) -> bool:
    """Words in at least two columns, and hardly a number, a day or a very long text."""
    filled = [cell for cell in row[1:] if not is_empty(cell)]
    words = [cell for cell in filled if isinstance(cell, str) and not cell.startswith(MARK) and not cell[:1].isdigit()]
    return len(words) >= 2 and len(words) >= 0.8 * len(filled)


def _spread(survey: Survey) -> list[list[Any]]:
    """The head with each merged heading written into every cell that it covers."""
    rows = {row[0]: list(row) for row in survey.head}
    for top, left, bottom, right in survey.merged:
        source = rows.get(top)
        if source is None or len(source) <= left + 1 or right - left > 100 or bottom - top >= DEEPEST_HEADING:
            continue
        for number in range(top, bottom + 1):
            row = rows.get(number)
            if row is not None and (number > top or right > left):
                row += [""] * (right + 2 - len(row))
                row[left + 1 : right + 2] = [source[left + 1]] * (right - left + 1)
    return [rows[number] for number in sorted(rows)]


def _headings(block: Sequence[Sequence[Cell]], font: str | None, layout: Layout) -> tuple[str, ...]:
    """One heading a column: the texts above each other, each once."""
    width = max(len(row) for row in block)
    found = []
    for column in range(1, width):
        texts = [clean(_heading(shown(row[column]), font, layout)) for row in block if column < len(row)]
        found.append(" / ".join(dict.fromkeys(text for text in texts if text)))
    return tuple(found)


def _heading(text: str, font: str | None, layout: Layout) -> str:
    """A heading as it reads; of two readings the one that the list knows a column by."""
    told = old_fonts.read(text, font)
    if told.other and _best_likeness(fold(told.other), layout) > _best_likeness(fold(told.text), layout):
        return told.other
    return told.text


def _is_numbering(row: Sequence[Cell]) -> bool:
    """The row under the headings that only numbers the columns: 1, 2, (3), A, B."""
    told = [fold(shown(cell)) for cell in row[1:] if not is_empty(cell)]
    if len(told) < 2 or any(len(word) > 2 for word in told):
        return False
    numbers = [int(word) for word in told if word.isdigit()]
    return len(numbers) >= 2 and all(b - a == 1 for a, b in pairwise(numbers))


def _best_likeness(heading: str, layout: Layout) -> float:
    """How well a folded heading answers to any column."""
    best = max((likeness(heading, column) for column in layout.columns), default=0.0)
    return best if best >= SURE else 0.0


def likeness(heading: str, column: Column) -> float:
    """0 to 1: how well a folded heading answers to a column."""
    return max(_alike(heading, word) for word in column.headings)


_folded = lru_cache(maxsize=2_000)(fold)


@lru_cache(maxsize=20_000)
def _alike(heading: str, label: str) -> float:
    word = _folded(label)
    if not heading or not word:
        return 0.0
    if heading == word:
        return 1.0
    ours, theirs = set(word.split()), set(heading.split())
    common = len(ours & theirs)
    if f" {word} " in f" {heading} ":
        return 0.7 + 0.28 * common / len(theirs)
    overlap = common / len(ours | theirs)
    is_near = heading[:2] == word[:2] and abs(len(heading) - len(word)) <= 4
    near = difflib.SequenceMatcher(None, heading, word).ratio() if is_near else 0.0
    return max(0.85 * overlap, near if near >= 0.85 else 0.0)


def _columns(layout: Layout, headings: Sequence[str], body: Sequence[Sequence[Cell]]) -> tuple[ColumnGuess, ...]:
    """The best pairs of column and place, surest first, each used once."""
    width = max([len(headings), *(len(row) - 1 for row in body)], default=0)
    cells = [[row[n + 1] for row in body if n + 1 < len(row) and not is_empty(row[n + 1])] for n in range(width)]
    fonts = [old_fonts.guess([c for c in some if isinstance(c, str)]) for some in cells]
    everywhere = old_fonts.together(one.font for one in fonts)
    pairs = []
    for column in layout.columns:
        for n in range(width):
            head = likeness(fold(headings[n]), column) if n < len(headings) else 0.0
            if head < SURE and not (column.kind.is_telling and head == 0.0 and not any(headings)):
                continue
            content = _readable(column, cells[n], fonts[n].font)
            score = 0.8 * head + 0.2 * content if head else 0.7 * content
            pairs.append((score, column.is_required, -n, column.name))
    taken: dict[str, ColumnGuess] = {}
    used: set[int] = set()
    for score, _, minus, name in sorted(pairs, reverse=True):
        if name not in taken and -minus not in used and score >= SURE - 0.1:
            used.add(-minus)
            heading = headings[-minus] if -minus < len(headings) else ""
            column = layout.by_name[name]
            font = fonts[-minus]
            if column.kind.name == "text":  # where one column is typed in an old font, so may another be
                font = replace(font, font=old_fonts.together((font.font, everywhere)))
            taken[name] = _column(column, -minus, round(score, 3), heading, cells[-minus], font)
    return tuple(taken[column.name] for column in layout.columns if column.name in taken)


def _column(
    column: Column, index: int, score: float, heading: str, cells: Sequence[Cell], font: old_fonts.Guess
) -> ColumnGuess:
    folded = fold(heading)
    scale = next((by for words, by in _UNITS.items() if words in folded), 1) if column.kind.name == "dong" else 1
    is_day = column.kind.name in ("day", "birth")
    return ColumnGuess(column.name, index, score, font.font, scale, font.examples, _mixed_days(cells) if is_day else "")


def _readable(column: Column, cells: Sequence[Cell], font: str) -> float:
    """The share of cells that the column's kind can read."""
    some = cells[:60]
    if not some:
        return 0.5
    texts = [old_fonts.read(cell, font or old_fonts.ANY).text if isinstance(cell, str) else cell for cell in some]
    reads = [column.kind.read(cell) for cell in texts]
    return sum(not r.sentence or (r.is_doubtful and r.rule != SPELLING) for r in reads) / len(reads)


def _mixed_days(cells: Sequence[Cell]) -> str:
    """Excel set to American days turns 05/02 into 2 May and leaves 13/02 as text: both in one column betray it."""
    days = [cell for cell in cells if isinstance(cell, str) and cell.startswith(DAY)]
    texts = [cell for cell in cells if isinstance(cell, str) and not cell.startswith(DAY)]
    late = [text for text in texts if text[:2].isdigit() and int(text[:2]) > 12]
    if days and late and all(int(day[len(DAY) + 8 : len(DAY) + 10] or 0) <= 12 for day in days):
        return "Cột này lẫn ngày và chữ: có thể Excel đã đảo ngày với tháng trong các ô ngày, hãy kiểm tra."
    return ""
