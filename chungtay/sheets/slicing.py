"""Cắt trang tính lớn: a large sheet of an .xlsx as several small workbooks, cut between rows.

The reader gives no row before it has parsed a whole sheet. Cut into pieces, rows come out while the rest waits, whoever
reads them works meanwhile on another processor, and memory holds one piece. A sheet that is not written plainly (other
namespace, comments, rows without numbers) is not cut. Used by the reading child only.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from chungtay.sheets import archive

LARGE = 6 << 20
PIECE = 4 << 20  # its lines fit into the pipe to whoever reads them (`opening.PIPE`)
_ROW_END = b"</row>"
_TABLE = re.compile(rb"<sheetData(?:\s[^>/]*)?>")
_NUMBERED = re.compile(rb"\s*<row\b[^>]*\sr=\"\d+\"")
_NEEDED = ("/styles", "/sharedStrings", "/theme")
_CLOSED = b"</sheetData></worksheet>"


@dataclass(frozen=True)
class Piece:
    """Khúc: a workbook that holds some rows of the sheet, and those rows as they are written."""

    workbook: io.BytesIO
    rows: memoryview
    has_errors: bool


def pieces(content: bytes, name: str) -> Iterator[Piece]:
    """The sheet's pieces in their order; none at all if the sheet is small or cannot be cut.

    What follows the rows (merged cells) stands in the first piece only. Raises KeyError or BadZipFile for an archive
    that is no workbook.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        part = archive.sheet_parts(opened).get(name)
        if part is None or opened.getinfo(part).file_size < LARGE:
            return
        text = opened.read(part)
        others = _others(opened)
    begin = _TABLE.search(text)
    end = text.rfind(b"</sheetData>")
    if begin is None or end < 0 or (b"!" in text and (b"<!--" in text or b"<![CDATA[" in text)):
        return
    cuts = _cuts(text, begin.end(), end, max(PIECE, 2 * _weight(others)))
    if not all(_NUMBERED.match(text, at) for at in cuts[:-1]):
        return
    whole, tail = memoryview(text), memoryview(text)[end:]
    has_errors = b't="e"' in text or b"t='e'" in text
    for at, until in pairwise(cuts):
        rows = whole[at:until]
        yield Piece(_workbook(others, part, (whole[: begin.end()], rows, tail)), rows, has_errors)
        tail = memoryview(_CLOSED)


def _cuts(text: bytes, begin: int, end: int, size: int) -> list[int]:
    """Where pieces begin, and where the last one ends."""
    found = [begin]
    while end - found[-1] > size:
        at = text.find(_ROW_END, found[-1] + size, end)
        if at < 0 or end - at < size // 4:  # a last piece of a few rows is not worth its workbook
            break
        found.append(at + len(_ROW_END))
    return [*found, end]


def _others(opened: zipfile.ZipFile) -> list[tuple[str, bytes]]:
    """What every piece needs besides its rows: the workbook, its formats and its shared texts."""
    links = archive.relations_of("xl/workbook.xml")
    known = archive.relations(opened.read(links).decode()).values()
    wanted = [archive.resolve("xl/workbook.xml", one["Target"]) for one in known if one["Type"].endswith(_NEEDED)]
    names = ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", links, *wanted]
    return [(name, opened.read(name)) for name in names if name in opened.namelist()]


def _weight(others: list[tuple[str, bytes]]) -> int:
    """Bytes that are read again with every piece: shared texts may outweigh the rows."""
    return sum(len(data) for _, data in others)


def _workbook(others: list[tuple[str, bytes]], part: str, blocks: Iterable[memoryview]) -> io.BytesIO:
    """Not compressed, and never copied again: the reader takes it from here."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        for name, data in others:
            made.writestr(name, data)
        with made.open(part, "w") as target:
            for block in blocks:
                target.write(block)
    out.seek(0)
    return out
