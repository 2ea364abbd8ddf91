"""Kiểm tra PDF: names of things that run, searched in the bytes.

What this cannot see: the inside of compressed object streams and of filters that are not Flate. Flate streams are
unpacked within a bound and searched too, which covers object streams as programs write them; a file whose streams are
too large or too many to unpack is refused rather than trusted. It is a sieve, not a proof: files are still only handed
out as attachments, never shown inside our pages.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

MAX_STREAMS = 20_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_STREAM = 64 * 1024 * 1024

_ACTIVE = {
    "JavaScript": "chứa mã JavaScript",
    "JS": "chứa mã JavaScript",
    "Launch": "chứa lệnh mở chương trình",
    "EmbeddedFile": "có tệp khác nhúng bên trong",
    "EmbeddedFiles": "có tệp khác nhúng bên trong",
    "RichMedia": "chứa nội dung chạy được (RichMedia)",
    "XFA": "là biểu mẫu động (XFA)",
    "SubmitForm": "chứa lệnh gửi dữ liệu ra ngoài",
    "ImportData": "chứa lệnh nhập dữ liệu",
    "GoToE": "chứa lệnh mở tệp nhúng",
    "Encrypt": "bị khóa bằng mật khẩu hoặc mã hóa: hãy gửi bản không khóa",
}
_NAME = re.compile(rb"/((?:[^\x00\t\n\x0c\r ()<>\[\]{}/%#]|#[0-9A-Fa-f]{2}){2,32})")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")
_PAGES = (b"<html", b"<script", b"<!doctype", b"<?php")
_BINARY = {"Image", "Length1", "FontFile", "FontFile2", "FontFile3", "Type1C", "CIDFontType0C", "OpenType"}
_UNUSUAL = {"ASCIIHexDecode", "ASCII85Decode", "LZWDecode", "RunLengthDecode", "Crypt", "AHx", "A85", "LZW", "RL"}


def faults(content: bytes) -> list[str]:
    """What is wrong with a file that begins as a PDF, each a predicate in Vietnamese; empty if nothing was found."""
    end = content.rfind(b"%%EOF")
    if end < 0:
        return ["bị cắt cụt: không có phần kết của PDF"]
    found: dict[str, None] = {}
    if _is_two_files(content, end + 5):
        found["vừa là PDF vừa là một loại tệp khác"] = None
    try:
        for piece in _pieces(content):
            names = _names(piece)
            found.update((what, None) for name, what in _ACTIVE.items() if name in names)
    except _TooMuch:
        found["nén bất thường, không kiểm tra hết được"] = None
    return list(found)


class _TooMuch(Exception):
    pass


def _is_two_files(content: bytes, end: int) -> bool:
    """Something after the last %%EOF, the directory of a ZIP, or the start of a page near the head or the tail."""
    rest = content[end:].strip(b"\x00\t\n\x0c\r \x1a")
    edges = (content[:1024] + content[-1024:]).lower()
    return bool(rest) or zipfile.is_zipfile(io.BytesIO(content)) or any(mark in edges for mark in _PAGES)


def _names(piece: bytes) -> set[str]:
    """Names as the reader sees them: `/J#61vaScript` is `JavaScript`."""
    return {
        _ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), raw).decode("latin-1")
        for raw in set(_NAME.findall(piece))
    }


def _pieces(content: bytes) -> Iterator[bytes]:
    """The bytes outside streams, and every Flate stream unpacked. Raises _TooMuch over the bounds."""
    outside = []
    at = total = count = 0
    for match in _STREAM.finditer(content):
        if match.start() < at:
            continue
        count += 1
        if count > MAX_STREAMS:
            raise _TooMuch
        outside.append(content[at : match.start()])
        end = content.find(b"endstream", match.end())
        at = len(content) if end < 0 else end
        unpacked = _inflate(content[match.end() : at])
        total += len(unpacked)
        if total > MAX_UNPACKED:
            raise _TooMuch
        if not _is_opaque(outside[-1]):
            yield unpacked
    outside.append(content[at:])
    yield b"\n".join(outside)


def _is_opaque(before: bytes) -> bool:
    """Pixels and fonts hold any bytes, `/JS` too: the dictionary just before the stream says what it is.

    Raises _TooMuch for objects packed in a way that no usual program packs them.
    """
    names = _names(before[before.rfind(b"obj") :])
    if "ObjStm" in names:
        if names & _UNUSUAL:
            raise _TooMuch
        return False
    return bool(names & _BINARY)


def _inflate(raw: bytes) -> bytes:
    """Flate data unpacked up to the bound; what is not Flate comes back as it is, to be searched as it is."""
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(raw, MAX_STREAM)
    except zlib.error:
        return raw
    if unpacker.unconsumed_tail:
        raise _TooMuch
    return unpacked
