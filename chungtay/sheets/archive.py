"""Bên trong tệp .xlsx: which part holds which sheet. Pure text work on parts, also used by the reading child."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from typing import IO

_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ERROR_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*\bt=[\"']e[\"'][^>]*)>")
_REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3}[0-9]{1,7})[\"']")
_BLOCK = 1 << 20
_LONGEST_TAG = 4096


def attributes(inside: str) -> dict[str, str]:
    """The attributes of a tag from the text between its name and its end."""
    return {name: unescape(double or single) for name, double, single in _ATTRIBUTE.findall(inside)}


def relations(text: str) -> dict[str, dict[str, str]]:
    """Relationship attributes by their id."""
    found = (attributes(inside) for inside in _RELATION.findall(text))
    return {one["Id"]: one for one in found if "Id" in one}


def resolve(part: str, target: str) -> str:
    """The archive's name of what `part` points to."""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def relations_of(part: str) -> str:
    """The name of the part that holds `part`'s relations."""
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name to the archive's part. Raises KeyError where there is no workbook, UnicodeDecodeError if not UTF-8."""
    found = relations(archive.read("xl/_rels/workbook.xml.rels").decode())
    parts = {}
    for inside in _SHEET.findall(archive.read("xl/workbook.xml").decode()):
        told = attributes(inside)
        key = next((value for name, value in told.items() if name.endswith(":id")), "")
        if key in found and "Target" in found[key]:
            parts[told.get("name", "")] = resolve("xl/workbook.xml", found[key]["Target"])
    return parts


def error_cells(stream: IO[bytes]) -> Iterator[tuple[int, int]]:
    """(row, column) from 1 and 0 of cells that hold an error such as #N/A, which the reader gives as empty."""
    tail = b""
    while block := stream.read(_BLOCK):
        text = tail + block
        if b't="e"' in text or b"t='e'" in text:
            for cell in _ERROR_CELL.finditer(text):
                reference = _REFERENCE.search(cell.group(1))
                if reference:
                    yield position(reference.group(1).decode())
        cut = text.rfind(b"<")
        tail = text[cut:] if cut >= 0 and len(text) - cut <= _LONGEST_TAG else b""


def position(reference: str) -> tuple[int, int]:
    """Row from 1 and column from 0 of a reference.

    >>> position("C12")
    (12, 2)
    """
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :]), column - 1


def reference(row: int, column: int) -> str:
    """The cell's name from its row (from 1) and column (from 0).

    >>> reference(12, 2), reference(1, 27)
    ('C12', 'AB1')
    """
    return f"{column_letters(column)}{row}"


def column_letters(column: int) -> str:
    """The column's letters, from 0: A, B, ... Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
