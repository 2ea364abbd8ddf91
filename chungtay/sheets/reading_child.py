"""Tiến trình đọc bảng tính: a workbook on stdin, lines of JSON on stdout, within limits of memory and time.

Lines: `{"sheet", "merged", "is_hidden"}` opens a sheet, `[row number, cell, ...]` is a row that holds anything,
`{"done": true}` ends the file; `{"fault"}` says that the reader gave up. Days, times, truths and error values are texts
marked with `MARK`; other control characters become spaces.
"""

from __future__ import annotations

import gc
import io
import re
import resource
import sys
import zipfile
import zlib
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, BinaryIO

import orjson
import python_calamine as calamine

from chungtay.sheets import archive, slicing

MARK = "\ue0d0"  # private use: no font of ours, so no person's text begins with it
DAY, TIME, TRUTH, ERROR = MARK + "d", MARK + "t", MARK + "b", MARK + "e"
SECONDS = 60
MEMORY = 1024 * 1024 * 1024
MAX_COLUMNS = 400
MERGED_ROWS = 60
BLOCK = 200
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def mark(value: Any) -> str:
    """What JSON cannot say, as a marked text."""
    if isinstance(value, datetime):
        return f"{DAY}{value.isoformat()}"
    if isinstance(value, date):
        return f"{DAY}{value.isoformat()}"
    if isinstance(value, time | timedelta):
        return f"{TIME}{value}"
    return str(value)


def scrub(cell: Any) -> Any:
    """A cell without control characters, truths told from ones."""
    if isinstance(cell, bool):
        return f"{TRUTH}{int(cell)}"
    return _CONTROL.sub(" ", cell) if isinstance(cell, str) else cell


class Marked(dict[Any, str]):
    """Values with their marked texts; the same days come again and again."""

    def __missing__(self, value: Any) -> str:
        if len(self) > 10_000:
            self.clear()
        told = self[value] = mark(value)
        return told


_marked = Marked().__getitem__


def lines_of(rows: Iterable[list[Any]]) -> bytes:
    """The rows as lines of JSON, each with its end."""
    kept = list(rows)
    lines = [orjson.dumps(row, _marked, orjson.OPT_PASSTHROUGH_DATETIME) for row in kept]
    told = b"\n".join(lines)
    if b"\\u" in told or b"\\b" in told or b"\\f" in told or b"true" in told or b"false" in told:
        clean = ([scrub(cell) for cell in row] for row in kept)
        told = b"\n".join(orjson.dumps(row, _marked, orjson.OPT_PASSTHROUGH_DATETIME) for row in clean)
    return told + b"\n" if kept else b""


def limit(seconds: int) -> None:
    """No file may be written, and memory and processor time end."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def errors_by_row(content: bytes, name: str) -> dict[int, list[int]]:
    """Columns of error cells by row, for .xlsx; the reader cannot tell them from empty ones."""
    found: dict[int, list[int]] = defaultdict(list)
    if content.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as opened:
                part = archive.sheet_parts(opened).get(name)
                if part is not None:
                    with opened.open(part) as stream:
                        for row, column in archive.error_cells(stream):
                            found[row].append(column)
        except (KeyError, UnicodeDecodeError, zipfile.BadZipFile, zlib.error):
            return {}
    return found


def numbered(rows: Iterable[list[Any]], first: int, lead: int, errors: dict[int, list[int]]) -> Iterator[list[Any]]:
    """Every row that holds anything, its number in the sheet first; `lead` empty columns stand before the cells."""
    before: list[Any] = [""] * lead
    for number, cells in enumerate(rows, start=first):
        row = [number, *before, *cells]
        if number in errors:
            for column in errors[number]:
                row += [""] * (column + 2 - len(row))
                row[column + 1] = ERROR
        while row[-1] == "":
            row.pop()
        if len(row) > MAX_COLUMNS:
            del row[MAX_COLUMNS + 1 :]
        if len(row) > 1:
            yield row


def write_rows(rows: Iterable[list[Any]], out: BinaryIO) -> None:
    """Block by block."""
    left = iter(rows)
    while block := lines_of(islice(left, BLOCK)):
        out.write(block)


def write_head(told: calamine.SheetMetadata, sheet: calamine.CalamineSheet, out: BinaryIO) -> None:
    """The line that opens a sheet."""
    merged = [
        [first[0] + 1, first[1], last[0] + 1, last[1]]
        for first, last in sheet.merged_cell_ranges or ()
        if first[0] < MERGED_ROWS
    ]
    is_hidden = told.visible != calamine.SheetVisibleEnum.Visible
    out.write(orjson.dumps({"sheet": told.name, "merged": merged[:2000], "is_hidden": is_hidden}) + b"\n")


def write_whole(book: calamine.CalamineWorkbook, told: calamine.SheetMetadata, content: bytes, out: BinaryIO) -> None:
    """A sheet in one go."""
    with ThreadPoolExecutor(1) as aside:  # the reader leaves a second processor to us
        errors = aside.submit(errors_by_row, content, told.name)
        sheet = book.get_sheet_by_name(told.name)
    write_head(told, sheet, out)
    write_rows(numbered(sheet.iter_rows(), 1, sheet.start[1] if sheet.start else 0, errors.result()), out)


def parse(piece: slicing.Piece, name: str) -> tuple[calamine.CalamineSheet, dict[int, list[int]]]:
    """The sheet of a piece, and its error cells by row. The reader works without the interpreter."""
    errors: dict[int, list[int]] = defaultdict(list)
    if piece.has_errors:
        for row, column in archive.error_cells(io.BytesIO(piece.rows)):
            errors[row].append(column)
    return calamine.CalamineWorkbook.from_filelike(piece.workbook).get_sheet_by_name(name), errors


def parsed(content: bytes, name: str) -> Iterator[tuple[calamine.CalamineSheet, dict[int, list[int]]]]:
    """Piece after piece, the next one being parsed while this one is written."""
    with ThreadPoolExecutor(1) as aside:
        waiting = deque[Future[tuple[calamine.CalamineSheet, dict[int, list[int]]]]]()
        for piece in slicing.pieces(content, name):
            waiting.append(aside.submit(parse, piece, name))
            if len(waiting) > 1:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def write_pieces(told: calamine.SheetMetadata, content: bytes, out: BinaryIO) -> bool:
    """A large sheet piece by piece. False, and nothing written, if it cannot be cut."""
    is_first = True
    for sheet, errors in parsed(content, told.name) if content.startswith(b"PK") else ():
        if is_first:
            write_head(told, sheet, out)
            is_first = False
        if sheet.start:
            top, left = sheet.start
            write_rows(numbered(sheet.to_python(skip_empty_area=True), top + 1, left, errors), out)
        out.flush()
    return not is_first


def write_workbook(content: bytes, out: BinaryIO) -> None:
    """Every worksheet, sheet after sheet, so that one sheet at a time lies in memory."""
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    for told in book.sheets_metadata:
        if told.typ == calamine.SheetTypeEnum.WorkSheet and not write_pieces(told, content, out):
            write_whole(book, told, content, out)
    out.write(b'{"done":true}\n')


def main(seconds: int = SECONDS) -> None:
    """The child: see above. Whatever the reader raises is told in one line, not as a traceback."""
    limit(seconds)
    gc.disable()  # short-lived, without cycles
    out = sys.stdout.buffer
    try:
        write_workbook(sys.stdin.buffer.read(), out)
    except calamine.PasswordError:
        out.write(b'{"fault":"password"}\n')
    except (
        calamine.CalamineError,
        OSError,
        KeyError,
        ValueError,
        MemoryError,
        zipfile.BadZipFile,
        zlib.error,
    ) as fault:
        out.write(orjson.dumps({"fault": type(fault).__name__}) + b"\n")
    out.flush()
