"""Kiểm tra PDF: names of things that run, searched in the bytes.

What this cannot see: the inside of compressed object streams and of filters that are not Flate. Flate streams are
unpacked within a bound and searched too, which covers object streams as programs write them; a file whose streams are
too large or too many to unpack is refused rather than trusted. It is a sieve, not a proof: files are still only handed
out as attachments, never shown inside our pages.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

MAX_STREAMS = 20_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_STREAM = 64 * 1024 * 1024

_ACTIVE = {
    b"JavaScript": "chứa mã JavaScript",
    b"JS": "chứa mã JavaScript",
    b"Launch": "chứa lệnh mở chương trình",
    b"EmbeddedFile": "có tệp khác nhúng bên trong",
    b"EmbeddedFiles": "có tệp khác nhúng bên trong",
    b"RichMedia": "chứa nội dung chạy được (RichMedia)",
    b"XFA": "là biểu mẫu động (XFA)",
    b"SubmitForm": "chứa lệnh gửi dữ liệu ra ngoài",
    b"ImportData": "chứa lệnh nhập dữ liệu",
    b"GoToE": "chứa lệnh mở tệp nhúng",
    b"GoToR": "chứa lệnh mở tệp khác",
}
_NAME = re.compile(rb"/((?:[^\x00\t\n\x0c\r ()<>\[\]{}/%#]|#[0-9A-Fa-f]{2}){2,32})")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")
_OTHER_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"MZ", b"<html", b"<script", b"<!doctype")


def faults(content: bytes) -> list[str]:
    """What is wrong with a file that begins as a PDF, each a predicate in Vietnamese; empty if nothing was found."""
    found: dict[str, None] = {}
    end = content.rfind(b"%%EOF")
    if end < 0:
        return ["bị cắt cụt: không có phần kết của PDF"]
    if _has_tail(content[end + 5 :]):
        found["có nội dung lạ nối sau phần PDF"] = None
    if "Encrypt" in _names(content):
        found["bị khóa bằng mật khẩu hoặc mã hóa: hãy gửi bản không khóa"] = None
    try:
        for piece in _pieces(content):
            for name in _names(piece):
                what = _ACTIVE.get(name.encode("latin-1"))
                if what:
                    found[what] = None
    except _TooMuch:
        found["nén bất thường, không kiểm tra hết được"] = None
    return list(found)


class _TooMuch(Exception):
    pass


def _has_tail(tail: bytes) -> bool:
    """More than white space after the last %%EOF, or the start of another kind of file."""
    rest = tail.strip(b"\x00\t\n\x0c\r \x1a")
    return bool(rest) or any(magic in tail.lower() for magic in (b"<html", b"<script"))


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
        if not _is_picture(outside[-1]):
            yield unpacked
    outside.append(content[at:])
    yield b"\n".join(outside)


def _is_picture(before: bytes) -> bool:
    """Pixels hold any bytes, `/JS` too: the dictionary just before the stream says what it is."""
    dictionary = before[before.rfind(b"obj") :]
    return b"/Image" in dictionary or b"/FontFile" in dictionary or b"/Length1" in dictionary


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
