"""Mở bảng tính: guards first, then a child process reads; pasted rows are read here, being nothing but text.

What comes out is the same for all: sheets, and rows as lines of JSON `[row number, cell, ...]`.
"""

from __future__ import annotations

import csv
import fcntl
import io
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePath

import orjson

from chungtay.law.refusals import Refused
from chungtay.records import zipcheck
from chungtay.sheets import reading_child

MAX_BYTES = 10 * 1024 * 1024
PIPE = 1 << 20
MAX_ROWS = 1_048_576  # what one sheet of Excel holds
PASTED = "Dán từ bảng tính"
FIELD = "file"
ROOT = Path(__file__).resolve().parents[2]
_START = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from {reading_child.__name__} import main; main()"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Sheet:
    """Trang tính: its name, whether it is hidden, and its merged ranges near the top (row, column, row, column)."""

    name: str
    is_hidden: bool = False
    merged: list[list[int]] = field(default_factory=list)


def kind_of(content: bytes, name: str) -> str:
    """ "xlsx", "xls", "ods" or "text", by the bytes. Raises Refused with everything that is wrong with the file."""
    shown = shorten(name)
    if not content:
        raise Refused.because(f"Tệp “{shown}” rỗng.", field=FIELD)
    if len(content) > MAX_BYTES:
        raise Refused.because(f"Tệp “{shown}” nặng hơn {MAX_BYTES >> 20} MB: hãy chia thành nhiều tệp.", field=FIELD)
    if content.startswith(b"PK\x03\x04"):
        return _archive_kind(content, shown)
    if content.startswith(_OLD_EXCEL):
        return "xls"
    if PurePath(name).suffix.lower() in (".csv", ".tsv", ".txt") and b"\0" not in content.removeprefix(b"\xff\xfe"):
        return "text"
    raise Refused.because(f"Tệp “{shown}” không phải bảng tính Excel (.xlsx, .xls), .ods hay .csv.", field=FIELD)


def _archive_kind(content: bytes, shown: str) -> str:
    faults = zipcheck.directory_faults(content)
    names = set() if faults else set(_names(content))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        faults.append("có macro: hãy lưu lại thành .xlsx")
    if not faults and not names & {"xl/workbook.xml", "content.xml"}:
        faults.append("không phải bảng tính Excel (.xlsx) hay .ods")
    if faults:
        refusal = Refused.because(f"Tệp “{shown}” {faults[0]}.", field=FIELD)
        for fault in faults[1:]:
            refusal.reasons.extend(Refused.because(f"Tệp “{shown}” {fault}.", field=FIELD).reasons)
        raise refusal
    return "xlsx" if "xl/workbook.xml" in names else "ods"


def _names(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist()


def read(content: bytes, kind: str) -> Iterator[Sheet | bytes]:
    """Sheets, each followed by its rows as lines of JSON. Raises Refused if the file cannot be read to its end."""
    return _read_text(content) if kind == "text" else _read_in_child(content)


def _read_in_child(content: bytes) -> Iterator[Sheet | bytes]:
    with tempfile.TemporaryFile() as told:
        told.write(content)
        told.seek(0)
        child = subprocess.Popen(  # noqa: S603  # our own interpreter and module, content on stdin
            [sys.executable, "-I", "-c", _START],
            stdin=told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/",
        )  # fmt: skip
    if child.stdout and hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(OSError):  # the child parses its next piece while its last lines wait to be read
            fcntl.fcntl(child.stdout.fileno(), fcntl.F_SETPIPE_SZ, PIPE)
    try:
        yield from _lines_of(child)
    finally:
        with suppress(ProcessLookupError):
            child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()


def _lines_of(child: subprocess.Popen[bytes]) -> Iterator[Sheet | bytes]:
    """The child's lines. Its processor time is bounded by the kernel, so that a wait for it ends."""
    for line in child.stdout or ():
        if line.startswith(b"["):
            yield line
            continue
        word = orjson.loads(line)
        if "sheet" in word:
            yield Sheet(word["sheet"], word["is_hidden"], word["merged"])
        elif "done" in word:
            return
        elif word["fault"] == "password":
            raise Refused.because("Tệp bị khóa bằng mật khẩu: hãy bỏ mật khẩu rồi gửi lại.", field=FIELD)
        else:
            raise Refused.because("Tệp hỏng, không đọc được.", field=FIELD)
    raise Refused.because("Không mở được tệp trong giới hạn an toàn về bộ nhớ và thời gian.", field=FIELD)


def decode(content: bytes) -> str:
    """Text of a pasted or saved table: UTF-8, UTF-16 by its mark, else the letters of an old font."""
    for encoding, marks in (("utf-8-sig", (b"\xef\xbb\xbf",)), ("utf-16", (b"\xff\xfe", b"\xfe\xff"))):
        if content.startswith(marks):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _delimiter(text: str) -> str:
    sample = text[:20_000]
    return max("\t;,", key=lambda sign: sample.count(sign) if sign != "," else sample.count(sign) / 2)


def widest(text: str) -> int:
    """How many filled cells the widest row of a pasted text has. An open quotation mark is told when it is read."""
    csv.field_size_limit(MAX_BYTES)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    found = 0
    with suppress(csv.Error):
        for row in rows:
            found = max(found, sum(bool(cell.strip()) for cell in row))
    return found


def _read_text(content: bytes) -> Iterator[Sheet | bytes]:
    text = decode(content)
    yield Sheet(PASTED)
    csv.field_size_limit(MAX_BYTES)
    lines = io.StringIO(text, newline="")
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=_delimiter(text)), start=1):
            row: list[object] = [number, *cells[: reading_child.MAX_COLUMNS]]
            while row[-1] == "":
                row.pop()
            if len(row) > 1:
                yield reading_child.lines_of(
                    [[unicodedata.normalize("NFC", c) if isinstance(c, str) else c for c in row]]
                )
    except csv.Error as fault:
        raise Refused.because("Không đọc được phần chữ đã dán: có ô chưa đóng ngoặc kép.", field=FIELD) from fault


def shorten(name: str) -> str:
    """The file's own name, cut, without what cannot be printed."""
    plain = "".join(letter for letter in PurePath(name.replace("\\", "/")).name if letter.isprintable())
    return plain if len(plain) <= 80 else f"{plain[:60]}…{plain[-16:]}"
