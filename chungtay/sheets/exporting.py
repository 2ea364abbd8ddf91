"""Xuất bảng: the one safe writer. Rows go in one by one and bytes come out at once, whatever the number of rows.

Numbers and days are typed. Text is never a formula: in .xlsx it is typed as text, and what begins like a formula is
marked as quoted, so that its letters stay as they are; in .csv, where nothing has a type, an apostrophe stands before.
"""

from __future__ import annotations

import csv as standard
import io
import math
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from chungtay.sheets.archive import column_letters

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
MAX_ROWS = 1_048_576
MAX_TEXT = 32_767  # letters in one cell
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NEEDS_CARE = re.compile("[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff_]")
_BLOCK = 1 << 17
_EPOCH = date(1899, 12, 30).toordinal()
_PLAIN, _HEAD, _DAY, _QUOTED, COUNT, RATE = range(6)
"""Styles of cells. COUNT: whole numbers in groups of three. RATE: two decimals, always."""
_WIDE = 90  # letters beside one another: above it a page lies on its side
STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<fonts count="2"><font><sz val="12"/><name val="Times New Roman"/></font>'
    '<font><b/><sz val="12"/><name val="Times New Roman"/></font></fonts>'
    '<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF4"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFFFFF00"/></patternFill></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf xfId="0"/>'
    '<xf xfId="0" fontId="1" fillId="2" applyFont="1" applyFill="1" applyAlignment="1">'
    '<alignment vertical="center" wrapText="1"/></xf>'
    '<xf xfId="0" numFmtId="164" applyNumberFormat="1"/><xf xfId="0" quotePrefix="1"/>'
    '<xf xfId="0" numFmtId="3" applyNumberFormat="1"/><xf xfId="0" numFmtId="2" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class Head:
    """Tiêu đề cột: the words above it, its width in letters, and how its numbers are written (COUNT, RATE or plain)."""

    title: str
    width: int = 16
    style: int = _PLAIN


class _Sink(io.RawIOBase):
    """What the archive writes, taken away again block by block; it cannot be sought in."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        block = bytes(data)
        self._held.append(block)
        self.size += len(block)
        return len(block)

    def take(self) -> bytes:
        block = b"".join(self._held)
        self._held, self.size = [], 0
        return block


def xlsx(
    heads: Sequence[Head], rows: Iterable[Sequence[Any]], *, sheet: str = "Danh sách", above: Sequence[str] = ()
) -> Iterator[bytes]:
    """A workbook in blocks. Over a million rows, another sheet with the same headings begins.

    The lines `above` stand over the headings of each sheet: what the table is of, its day, its source. It is printed on
    A4, all columns on the breadth of a page, on its side where there are many.
    """
    top = len(above) + 1
    styles = tuple(head.style for head in heads) if any(head.style for head in heads) else ()
    over = "".join(row_xml(n, [line]) for n, line in enumerate(above, start=1))
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/styles.xml", DECLARED + STYLES)
        yield sink.take()
        coming = iter(rows)
        ahead = next(coming, None)
        count = 0
        while ahead is not None or not count:
            count += 1
            with archive.open(f"xl/worksheets/sheet{count}.xml", "w", force_zip64=True) as part:
                part.write((DECLARED + _opening(heads, top) + over).encode())
                number, block, size = top, [row_xml(top, [head.title for head in heads], _HEAD)], 0
                while ahead is not None and number < MAX_ROWS:
                    number += 1
                    text = row_xml(number, ahead, styles=styles)
                    block.append(text)
                    size += len(text)
                    ahead = next(coming, None)
                    if size >= _BLOCK:
                        part.write("".join(block).encode())
                        block, size = [], 0
                        if sink.size:
                            yield sink.take()
                last = f"{column_letters(max(len(heads), 1) - 1)}{number}"
                closing = f'</sheetData><autoFilter ref="A{top}:{last}"/>{_page(heads)}</worksheet>'
                part.write("".join([*block, closing]).encode())
            yield sink.take()
        for name, text in frame([sheet] if count == 1 else [f"{sheet[:25]} ({n + 1})" for n in range(count)]):
            archive.writestr(name, DECLARED + text)
    yield sink.take()


def _opening(heads: Sequence[Head], top: int) -> str:
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{head.width}" customWidth="1"/>' for n, head in enumerate(heads, start=1)
    )
    return (
        f'<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView workbookViewId="0">'
        f'<pane ySplit="{top}" topLeftCell="A{top + 1}" activePane="bottomLeft" state="frozen"/>'
        "</sheetView></sheetViews>"
        f"{f'<cols>{widths}</cols>' if widths else ''}<sheetData>"
    )


def _page(heads: Sequence[Head]) -> str:
    lies = "landscape" if sum(head.width for head in heads) > _WIDE else "portrait"
    return (
        '<pageMargins left="0.5" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        f'<pageSetup paperSize="9" orientation="{lies}" fitToWidth="1" fitToHeight="0"/>'
    )


def row_xml(number: int, values: Sequence[Any], style: int = _PLAIN, *, styles: Sequence[int] = ()) -> str:
    """One row of a sheet; empty cells are left out. `styles`: those of the numbers of each column, if not `style`."""
    cells = [f'<row r="{number}">']
    for n, value in enumerate(values):
        if value is None or value == "":
            continue
        at = _letters(n) + str(number)
        typed = styles[n] if n < len(styles) else style
        if isinstance(value, str):
            cells.append(_text(at, value, style))
        elif isinstance(value, bool):
            cells.append(f'<c r="{at}" s="{style}" t="b"><v>{int(value)}</v></c>')
        elif isinstance(value, int):
            is_exact = abs(value) < 10**15  # Excel would round it
            cells.append(f'<c r="{at}" s="{typed}"><v>{value}</v></c>' if is_exact else _text(at, str(value), style))
        elif isinstance(value, float | Decimal) and math.isfinite(value):
            cells.append(f'<c r="{at}" s="{typed}"><v>{value}</v></c>')
        elif isinstance(value, datetime):
            seconds = value.hour * 3600 + value.minute * 60 + value.second
            cells.append(f'<c r="{at}" s="{_DAY}"><v>{value.toordinal() - _EPOCH + seconds / 86400}</v></c>')
        elif isinstance(value, date):
            cells.append(f'<c r="{at}" s="{_DAY}"><v>{value.toordinal() - _EPOCH}</v></c>')
        else:
            cells.append(_text(at, str(value), style))
    cells.append("</row>")
    return "".join(cells)


_LETTERS = [column_letters(n) for n in range(256)]


def _letters(column: int) -> str:
    return _LETTERS[column] if column < 256 else column_letters(column)


def _text(at: str, value: str, style: int) -> str:
    value = value[:MAX_TEXT]
    if value.startswith(_DANGEROUS) and style == _PLAIN:
        style = _QUOTED
    if _NEEDS_CARE.search(value):
        value = escape(_ESCAPED.sub("_x005F_", _ILLEGAL.sub(" ", value)))
    mark = f' s="{style}"' if style else ""
    return f'<c r="{at}"{mark} t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'


def frame(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The parts that name the others, for sheets `xl/worksheets/sheet1.xml` and so on."""
    count = len(names)
    shown = [
        escape(re.sub(r"[\[\]:*?/\\']", " ", name)[:31] or f"Sheet{n}", {'"': "&quot;"}) for n, name in enumerate(names)
    ]
    sheets = "".join(f'<sheet name="{one}" sheetId="{n}" r:id="rId{n}"/>' for n, one in enumerate(shown, start=1))
    yield "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'
    parts = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, count + 1)]
    parts.append((f"rId{count + 1}", "styles", "styles.xml"))
    yield "xl/_rels/workbook.xml.rels", relationships(parts)
    yield "_rels/.rels", relationships([("rId1", "officeDocument", "xl/workbook.xml")])
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in range(1, count + 1)
    )
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{overrides}</Types>',
    )


def relationships(parts: Iterable[tuple[str, str, str]]) -> str:
    """A part's relations: id, kind and target of each."""
    told = "".join(f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{at}"/>' for key, kind, at in parts)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def csv(heads: Sequence[Head], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The same as text that Excel opens with its letters right: UTF-8 with mark, days dd/mm/yyyy, lines by CR LF."""
    held = io.StringIO(newline="")
    writer = standard.writer(held)
    held.write("\ufeff")
    writer.writerow([_plain(head.title) for head in heads])
    for row in rows:
        writer.writerow([_plain(value) for value in row])
        if held.tell() >= _BLOCK:
            yield held.getvalue().encode(errors="replace")
            held.seek(0)
            held.truncate()
    yield held.getvalue().encode(errors="replace")


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if not isinstance(value, str):
        return str(value)
    told = value.replace("\0", " ")
    return f"'{told}" if told.lstrip(" ").startswith(_DANGEROUS) else told
