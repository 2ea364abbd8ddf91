"""Trả lại tệp: the workbook that a person sent, with a yellow cell and a comment wherever something is not in order."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import orjson

from chungtay.law.refusals import Refused
from chungtay.sheets import exporting
from chungtay.sheets.kinds import shown
from chungtay.sheets.marking import CannotMark, Marks, mark
from chungtay.sheets.models import Content, Part, Row, Upload
from chungtay.sheets.reading_child import MARK

ROW_STATES = (Row.State.BAD, Row.State.DOUBTFUL, Row.State.REJECTED)


def workbook(upload: Upload) -> bytes:
    """The file as .xlsx with marks. Pasted rows, .xls and .ods come as a plain workbook with the same cells.

    Raises Refused if the content was erased.
    """
    content = Content.objects.filter(upload=upload).first()
    if content is None:
        raise Refused.because("Nội dung tệp này đã được xóa.")
    marks = _marks(upload)
    if upload.kind == "xlsx":
        try:
            return mark(bytes(content.data), marks)
        except CannotMark:
            pass
    return mark(_plain(upload), marks)


def _marks(upload: Upload) -> dict[str, Marks]:
    """By sheet's name: row, column, sentences. A fault of the whole row stands at its first read column."""
    names = [told["name"] for told in upload.survey]
    plans = {one.sheet: one for one in upload.reading.sheets}
    found: dict[int, dict[int, dict[int, str]]] = defaultdict(dict)
    rows = Row.objects.filter(upload=upload, state__in=ROW_STATES).order_by("sheet", "number")
    for sheet, number, faults in rows.values_list("sheet", "number", "faults").iterator(chunk_size=2_000):
        columns = plans[sheet].columns
        cells: dict[int, list[str]] = defaultdict(list)
        for fault in faults:
            cells[columns.get(fault["column"], min(columns.values()))].append(fault["sentence"])
            for name in fault.get("also", ()):  # the same sentence once, and every cell that it is about is yellow
                cells.setdefault(columns.get(name, min(columns.values())), [])
        if cells:
            found[sheet][number] = {column: " ".join(told) for column, told in cells.items()}
    return {names[sheet]: marks for sheet, marks in found.items()}


def _plain(upload: Upload) -> bytes:
    """A workbook of the rows as they were read, each at its place."""
    out = io.BytesIO()
    names = [told["name"] for told in upload.survey]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for sheet in range(len(names)):
            with archive.open(f"xl/worksheets/sheet{sheet + 1}.xml", "w") as part:
                part.write(f'{exporting.DECLARED}<worksheet xmlns="{exporting.MAIN}"><sheetData>'.encode())
                for row in _rows(upload, sheet):
                    part.write(exporting.row_xml(row[0], [_typed(cell) for cell in row[1:]]).encode())
                part.write(b"</sheetData></worksheet>")
        archive.writestr("xl/styles.xml", exporting.DECLARED + exporting.STYLES)
        for name, text in exporting.frame(names):
            archive.writestr(name, exporting.DECLARED + text)
    return out.getvalue()


def _rows(upload: Upload, sheet: int) -> Iterator[list[Any]]:
    for part in Part.objects.filter(upload=upload, sheet=sheet).order_by("first").iterator(chunk_size=4):
        for line in part.lines():
            yield orjson.loads(line)


def _typed(cell: Any) -> Any:
    return shown(cell) if isinstance(cell, str) and cell.startswith(MARK) else cell
