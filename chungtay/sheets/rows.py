"""Từ ô đến dòng: the rows of one part, column by column. What was read once in a column is remembered for later rows.

Good rows stay in their columns and are packed; only a row that somebody has to look at becomes a `ReadRow`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Hashable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import compress, zip_longest
from typing import Any

import orjson

from chungtay.records.names import fold
from chungtay.sheets import old_fonts
from chungtay.sheets.archive import reference
from chungtay.sheets.kinds import Cell, Read, Value, is_empty, shown
from chungtay.sheets.layouts import Column, Flaw, Layout, Staged
from chungtay.sheets.packs import Packed
from chungtay.sheets.plans import SWAP, SheetPlan
from chungtay.sheets.reading_child import DAY, MARK

REMEMBERED = 20_000
GOOD, DOUBTFUL, BAD, SKIPPED, SAME = "good", "doubtful", "bad", "skipped", "same"
_TOTAL = re.compile(
    r"(tổng cộng|tổng số|tổng|cộng|toàn xã|toàn ấp)(\s*[:(\d.].*|\s+(toàn|ấp|khu|xã|phường|huyện|hộ|số|khẩu|các).*)?"
)
# Cheap, for every row: a text that begins like "tổng", "cộng" or "toàn" in whatever font.
_MAY_BE_TOTAL = re.compile(rb'"\s*[tTcC][^"rRhH][^"]{0,4}[nN][gG]?[\s:("]')
_SWAPPED = re.compile(DAY + r"(\d{4})-(\d\d)-(\d\d)(.*)", re.DOTALL)


class ColumnReader(dict[Cell, Value]):
    """Bộ đọc một cột: cell to value, and in `flaws` what there is to say about a cell. Remembers what it has read."""

    def __init__(self, column: Column, plan: SheetPlan) -> None:
        super().__init__()
        self.column = column
        self.index = plan.columns.get(column.name)
        self.font = plan.fonts.get(column.name, old_fonts.ANY)
        self.scale = plan.scales.get(column.name, 1)
        self.rules = frozenset(plan.rules.get(column.name, ()))
        self.is_plain = not (self.font or self.rules or column.doubts or self.scale != 1)
        self.flaws: dict[Cell, Read] = {}

    def __missing__(self, cell: Cell) -> Value:
        is_plain = self.is_plain and (not isinstance(cell, str) or old_fonts.is_plain(cell))
        read = self.column.kind.read(cell) if is_plain else self.read(cell)
        if read.value is None or read.sentence:
            read = self.read(cell)
            if read.sentence:
                self.flaws[cell] = read
        self[cell] = read.value
        return read.value

    def column_of(self, cells: Sequence[Cell]) -> tuple[list[Value], list[tuple[int, Read]]]:
        """The values of many cells, and (position, what there is to say) of those that are not in order."""
        if len(self) > REMEMBERED:
            self.clear()
            self.flaws.clear()
        values = list(map(self.__getitem__, cells))
        flaws = self.flaws
        return values, [(n, flaws[cell]) for n, cell in enumerate(cells) if cell in flaws] if flaws else []

    def read(self, cell: Cell) -> Read:
        """The cell as this column understands it, with the rules that a person switched on."""
        if isinstance(cell, str) and not cell.startswith(MARK):
            told = old_fonts.read(cell, self.font)
            found_read = self._either(told) if told.other else self._by_rules(told.text)
        else:
            if isinstance(cell, str) and SWAP in self.rules and (found := _SWAPPED.fullmatch(cell)):
                cell = f"{DAY}{found[1]}-{found[3]}-{found[2]}{found[4]}"
            found_read = self._by_rules(cell)
        if found_read.sentence:
            return found_read
        if found_read.value is None:
            return Read(sentence=f"Thiếu “{self.column.label}”.") if self.column.is_required else found_read
        if self.scale != 1 and isinstance(found_read.value, int):
            found_read = Read(found_read.value * self.scale)
        return self._doubts(found_read)

    def _by_rules(self, cell: Cell) -> Read:
        """The cell as its kind reads it; a doubt whose rule is switched on is settled."""
        found = self.column.kind.read(cell)
        is_settled = found.is_doubtful and found.rule in self.rules and found.offer is not None
        return Read(found.offer) if is_settled else found

    def _either(self, told: old_fonts.Reading) -> Read:
        """A text that reads in two fonts: the one that means something here, or a question where both do."""
        one, other = self._by_rules(told.text), self._by_rules(told.other)
        if self.column.kind.name != "text" and _trouble(other) < _trouble(one):
            return other
        if _trouble(one) or _trouble(other) or one.value == other.value:
            return one
        return Read(one.value, told.question, is_doubtful=True, offer=other.value)

    def _doubts(self, read: Read) -> Read:
        load = self.column.kind.load
        for doubt in self.column.doubts:
            question = doubt(load(read.value) if load else read.value)
            if question:
                return Read(read.value, question, is_doubtful=True, offer=read.value)
        return read


def _trouble(read: Read) -> int:
    """0 in order, 1 doubtful, 2 bad."""
    return (1 if read.is_doubtful else 2) if read.sentence else 0


@dataclass
class ReadRow:
    """Dòng có điều phải xem, on its way to the database."""

    sheet: int
    number: int
    line: bytes
    values: dict[str, Value]
    state: str = GOOD
    flaws: list[Flaw] = field(default_factory=list)

    def add(self, flaw: Flaw) -> None:
        """One more thing to say about the row. One that the room holds already needs nothing else."""
        if self.state == SAME:
            return
        if flaw.is_known and self.state in (GOOD, DOUBTFUL):
            self.state, self.flaws = SAME, [flaw]
            return
        self.flaws.append(flaw)
        if self.state != SKIPPED:
            self.state = DOUBTFUL if flaw.is_doubtful and self.state != BAD else BAD


@dataclass
class ReadPart:
    """Đoạn vừa đọc: all rows by column, and by their position those that a person has to look at."""

    sheet: int
    lines: Sequence[bytes]
    numbers: list[int]
    names: list[str]
    columns: list[list[Value]]
    rows: dict[int, ReadRow] = field(default_factory=dict)

    def row(self, position: int) -> ReadRow:
        """The row at this position, from now on one to look at."""
        if position not in self.rows:
            values = {name: column[position] for name, column in zip(self.names, self.columns, strict=True)}
            self.rows[position] = ReadRow(self.sheet, self.numbers[position], self.lines[position], values)
        return self.rows[position]

    def keys(self, unique: Sequence[str], there: Container[str]) -> list[Hashable]:
        """One key a row from the columns that may stand only once; None where one that the file has is empty."""
        read = [self.columns[self.names.index(name)] for name in unique if name in there]
        return (
            [None if None in told else told for told in zip(*read, strict=True)] if read else [None] * len(self.lines)
        )

    def staged(self, layout: Layout) -> tuple[list[int], list[Staged]]:
        """The rows for the room's own check, with their positions: all that are neither bad nor skipped."""
        asked = [n for n in range(len(self.numbers)) if n not in self.rows or self.rows[n].state == DOUBTFUL]
        told = layout.load_columns(Packed(self.numbers, self.names, self.columns)).rows()
        return asked, [Staged(self.sheet, *told[n]) for n in asked]

    def good(self) -> Packed:
        """The rows that nobody has to look at."""
        if not self.rows:
            return Packed(self.numbers, self.names, self.columns)
        chosen = [n not in self.rows for n in range(len(self.numbers))]
        columns = [list(compress(column, chosen)) for column in self.columns]
        return Packed(list(compress(self.numbers, chosen)), self.names, columns)


def faults_json(flaws: Iterable[Flaw], number: int, columns: dict[str, int]) -> list[dict[str, Any]]:
    """Flaws as they are kept: column, cell's name, sentence, kind, the offer of a doubtful one, answers to choose."""
    return [
        {
            "column": flaw.column,
            "cell": ", ".join(reference(number, columns[one]) for one in (flaw.column, *flaw.also) if one in columns),
            "sentence": flaw.sentence,
            "kind": SAME if flaw.is_known else DOUBTFUL if flaw.is_doubtful else BAD,
            "offer": flaw.offer,
            **({"also": list(flaw.also)} if flaw.also else {}),
            **({"ask": flaw.ask, "answers": [asdict(one) for one in flaw.answers]} if flaw.ask else {}),
        }
        for flaw in flaws
    ]


class SheetReader:
    """Bộ đọc một trang tính, kept through all its parts so that it remembers."""

    def __init__(self, layout: Layout, plan: SheetPlan) -> None:
        self.layout = layout
        self.plan = plan
        self.columns = dict(plan.columns)
        self.readers = [ColumnReader(column, plan) for column in layout.columns]
        self.required = [one.index for one in self.readers if one.column.is_required and one.index is not None]
        self.headings = {fold(word) for heading in plan.headings for word in (heading, *heading.split(" / "))}

    def read(self, lines: Sequence[bytes]) -> ReadPart:
        """The rows of a part from the plan's first row on."""
        table = orjson.loads(b"[%b]" % b",".join(lines))
        start = next((n for n, row in enumerate(table) if row[0] >= self.plan.first_row), len(table))
        table, lines = table[start:], lines[start:]
        by_column = list(zip_longest(*table, fillvalue="")) or [()]
        part = ReadPart(self.plan.sheet, lines, list(by_column[0]), [one.column.name for one in self.readers], [])
        flawed: dict[int, list[tuple[str, Read]]] = {}
        for reader in self.readers:
            there = reader.index is not None and reader.index + 1 < len(by_column)
            cells = by_column[reader.index + 1] if there else ("",) * len(table)  # type: ignore[operator]
            values, flaws = reader.column_of(cells)
            part.columns.append(values)
            for n, read in flaws:
                flawed.setdefault(n, []).append((reader.column.name, read))
        self._pass_over(part)
        for n, line in enumerate(lines):
            if n in part.rows:
                continue
            if n in flawed or (_MAY_BE_TOTAL.search(line) and self._is_among_totals(table[n])):
                self._judge(part.row(n), table[n], flawed.get(n, ()))
        return part

    def _pass_over(self, part: ReadPart) -> None:
        """Rows without the figure that the list is about; totals and headings among them keep their own words."""
        if self.layout.counts_by is None:
            return
        name, why = self.layout.counts_by
        told = part.columns[part.names.index(name)]
        if all(value is None for value in told):
            return
        for n, value in enumerate(told):
            if value in (None, 0) and not self._is_among_totals(cells := orjson.loads(part.lines[n])):
                row = part.row(n)
                row.state = SKIPPED
                row.add(Flaw("", self._why_skipped(cells) or why))

    def _judge(self, row: ReadRow, cells: list[Cell], reads: Iterable[tuple[str, Read]]) -> None:
        why = self._why_skipped(cells)
        if why:
            row.state = SKIPPED
            row.add(Flaw("", why))
        for name, read in reads:
            row.add(Flaw(name, read.sentence, read.is_doubtful, read.offer))

    def _is_among_totals(self, cells: list[Cell]) -> bool:
        filled = [cell for cell in cells[1:] if not is_empty(cell)]
        return any(isinstance(cell, str) and self._is_total(cell) for cell in filled[:3])

    def _is_total(self, cell: str) -> bool:
        told = old_fonts.read(cell, old_fonts.together(self.plan.fonts.values()) or old_fonts.ANY)
        said = [text.strip().lower() for text in (told.text, told.other)]
        return any(_TOTAL.fullmatch(text) or fold(text) in ("tong cong", "tong so") for text in said)

    def _why_skipped(self, cells: list[Cell]) -> str:
        """Why the row is none of the list's, or "": a total, a heading again, numbers of columns, a signature."""
        filled = [cell for cell in cells[1:] if not is_empty(cell)]
        if self._is_among_totals(cells):
            return "Dòng tổng cộng."
        if not filled:
            return "Dòng trống."
        if self.required and all(n + 1 >= len(cells) or is_empty(cells[n + 1]) for n in self.required):
            return "Dòng nằm ngoài danh sách: không có ô bắt buộc nào được ghi."
        told = {fold(shown(cell)) for cell in filled}
        if len(told) >= 2 and told <= self.headings:
            return "Dòng tiêu đề lặp lại."
        return ""
