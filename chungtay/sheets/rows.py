"""Từ ô đến dòng: the rows of one part, column by column. What was read once in a column is remembered for later rows.

The result is ready for the database: values as JSON text, flaws as JSON text, a state.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

import orjson

from chungtay.records.names import fold
from chungtay.sheets import old_fonts
from chungtay.sheets.archive import reference
from chungtay.sheets.kinds import Cell, Read, is_empty, shown
from chungtay.sheets.layouts import Column, Flaw, Layout, Staged
from chungtay.sheets.plans import SWAP, SheetPlan
from chungtay.sheets.reading_child import DAY, MARK

REMEMBERED = 20_000
GOOD, DOUBTFUL, BAD, SKIPPED = "good", "doubtful", "bad", "skipped"
NO_FLAWS = "[]"
_TOTAL = re.compile(
    r"(tổng cộng|tổng số|tổng|cộng|toàn xã|toàn ấp)(\s*[:(\d.].*|\s+(toàn|ấp|khu|xã|phường|huyện|hộ|số|khẩu|các).*)?"
)
# Cheap, for every row: a text that begins like "tổng", "cộng" or "toàn" in whatever font.
_MAY_BE_TOTAL = re.compile(rb'"\s*[tTcC][^"rRhH][^"]{0,4}[nN][gG]?[\s:("]')
_SWAPPED = re.compile(DAY + r"(\d{4})-(\d\d)-(\d\d)(.*)", re.DOTALL)
Entry = tuple[str, Read | None]


class ColumnReader(dict[Cell, Entry]):
    """Bộ đọc một cột: cell to its piece of JSON, and what there is to say about it. Remembers what it has read."""

    def __init__(self, column: Column, plan: SheetPlan) -> None:
        super().__init__()
        self.column = column
        self.index = plan.columns.get(column.name)
        self.font = plan.fonts.get(column.name, "")
        self.scale = plan.scales.get(column.name, 1)
        self.rules = frozenset(plan.rules.get(column.name, ()))
        self.key = orjson.dumps(column.name).decode()
        self.nothing = f"{self.key}:null", None
        self.is_plain = not (self.font or self.rules or column.doubts or self.scale != 1)

    def __missing__(self, cell: Cell) -> Entry:
        read = self.column.kind.read(cell) if self.is_plain else self.read(cell)
        value = read.value
        entry: Entry
        if value is None or read.sentence:
            read = self.read(cell)
            entry = (f"{self.key}:{orjson.dumps(read.value).decode()}", read) if read.sentence else self.nothing
        elif isinstance(value, int):
            entry = f"{self.key}:{value}", None
        elif value.isalnum():  # nothing in it that JSON would write otherwise
            entry = f'{self.key}:"{value}"', None
        else:
            entry = f"{self.key}:{orjson.dumps(value).decode()}", None
        if len(self) < REMEMBERED:
            self[cell] = entry
        return entry

    def read(self, cell: Cell) -> Read:
        """The cell as this column understands it, with the rules that a person switched on."""
        if isinstance(cell, str):
            if self.font and not cell.startswith(MARK):
                cell = old_fonts.convert(cell, self.font)
            elif SWAP in self.rules and (found := _SWAPPED.fullmatch(cell)):
                cell = f"{DAY}{found[1]}-{found[3]}-{found[2]}{found[4]}"
        found_read = self.column.kind.read(cell)
        if found_read.is_doubtful and found_read.rule in self.rules and found_read.offer is not None:
            found_read = Read(found_read.offer)
        if found_read.sentence:
            return found_read
        if found_read.value is None:
            return Read(sentence=f"Thiếu “{self.column.label}”.") if self.column.is_required else found_read
        if self.scale != 1 and isinstance(found_read.value, int):
            found_read = Read(found_read.value * self.scale)
        return self._doubts(found_read)

    def _doubts(self, read: Read) -> Read:
        load = self.column.kind.load
        for doubt in self.column.doubts:
            question = doubt(load(read.value) if load else read.value)
            if question:
                return Read(read.value, question, is_doubtful=True, offer=read.value)
        return read


@dataclass
class ReadRow:
    """Dòng vừa đọc, on its way to the database."""

    sheet: int
    number: int
    line: bytes
    clean: str
    state: str = GOOD
    key: str = ""  # of the columns that may stand only once; "" if one of them is empty
    flaws: list[Flaw] = field(default_factory=list)

    def add(self, flaw: Flaw) -> None:
        self.flaws.append(flaw)
        if self.state != SKIPPED:
            self.state = DOUBTFUL if flaw.is_doubtful and self.state != BAD else BAD


def faults_json(flaws: Iterable[Flaw], number: int, columns: dict[str, int]) -> list[dict[str, Any]]:
    """Flaws as they are kept: column, cell's name, sentence, kind, and the offer of a doubtful one."""
    return [
        {
            "column": flaw.column,
            "cell": reference(number, columns[flaw.column]) if flaw.column in columns else "",
            "sentence": flaw.sentence,
            "kind": DOUBTFUL if flaw.is_doubtful else BAD,
            "offer": flaw.offer,
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

    def read(self, lines: Sequence[bytes]) -> list[ReadRow]:
        """The rows of a part from the plan's first row on."""
        table = [orjson.loads(line) for line in lines]
        start = next((n for n, row in enumerate(table) if row[0] >= self.plan.first_row), len(table))
        table, lines = table[start:], lines[start:]
        by_column = list(zip_longest(*table, fillvalue=""))
        nothing = [""] * len(table)
        pieces: list[list[str]] = []
        flawed: dict[int, list[tuple[str, Read]]] = {}
        for reader in self.readers:
            there = reader.index is not None and reader.index + 1 < len(by_column)
            entries = [reader[cell] for cell in (by_column[reader.index + 1] if there else nothing)]  # type: ignore[operator]
            pieces.append([entry[0] for entry in entries])
            for n, entry in enumerate(entries):
                if entry[1] is not None:
                    flawed.setdefault(n, []).append((reader.column.name, entry[1]))
        found = []
        keys = self._keys(pieces)
        for n, parts in enumerate(zip(*pieces, strict=True)):
            row = ReadRow(
                self.plan.sheet, table[n][0], lines[n], f"{{{','.join(parts)}}}", GOOD, keys[n] if keys else ""
            )
            found.append(row)
            if n in flawed or (_MAY_BE_TOTAL.search(lines[n]) and self._is_among_totals(table[n])):
                self._judge(row, table[n], flawed.get(n, ()))
        return found

    def _keys(self, pieces: list[list[str]]) -> list[str]:
        """One key a row, from the pieces of the unique columns."""
        if not self.layout.unique:
            return []
        chosen = [pieces[n] for n, one in enumerate(self.readers) if one.column.name in self.layout.unique]
        return [
            "" if any(p.endswith(":null") for p in parts) else ",".join(parts) for parts in zip(*chosen, strict=True)
        ]

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
        said = old_fonts.convert(cell, next(iter(self.plan.fonts.values()), "")).strip().lower()
        return bool(_TOTAL.fullmatch(said)) or fold(said) in ("tong cong", "tong so")

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


def staged(row: ReadRow, layout: Layout) -> Staged:
    """The row for the room's own check."""
    return Staged(row.sheet, row.number, layout.load(orjson.loads(row.clean)))
