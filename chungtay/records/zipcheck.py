"""Kiểm tra tệp nén: an archive judged from its directory alone, before anything is unpacked.

Word, Excel and OpenDocument files are zip archives; whatever opens one asks here first.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile

MAX_ENTRIES = 1_000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100
UNKNOWN_PACKING = NotImplementedError
"""What `zipfile` raises for a way of packing that it does not know: such a file is refused."""
RATIO_FROM = 1024 * 1024  # a small file of repeated rows packs well and harms nobody


def directory_faults(content: bytes) -> list[str]:
    """What is wrong, as predicates in Vietnamese; empty for an archive that may be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            tail = _after_archive(content, archive)
    except (zipfile.BadZipFile, ValueError, OverflowError, struct.error, UNKNOWN_PACKING):
        return ["hỏng hoặc không phải tệp Word, Excel"]
    found = []
    if len(entries) > MAX_ENTRIES:
        found.append(f"có {len(entries)} phần bên trong, vượt mức {MAX_ENTRIES}")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        found.append("bung ra lớn hơn 100 MB")
    if any(entry.flag_bits & 1 for entry in entries):
        found.append("bị khóa bằng mật khẩu")
    if any(_is_bomb(entry) for entry in entries):
        found.append("nén bất thường (có thể là bom nén)")
    if any(_escapes(entry.filename) for entry in entries):
        found.append("có đường dẫn nguy hiểm bên trong")
    if len({entry.filename.casefold() for entry in entries}) != len(entries):
        found.append("có hai phần trùng tên bên trong")
    if tail:
        found.append("có nội dung lạ nối trước hoặc sau tệp")
    return found


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)


def _escapes(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in posixpath.normpath(name.replace("\\", "/")).split("/") or ":" in name


def _after_archive(content: bytes, archive: zipfile.ZipFile) -> bool:
    """Bytes before the first entry or after the end record: another file rides along (a polyglot)."""
    entries = archive.infolist()
    end = content.rfind(b"PK\x05\x06")
    comment = struct.unpack_from("<H", content, end + 20)[0] if end >= 0 else 0
    return bool(comment) or len(content) != end + 22 or not entries or min(e.header_offset for e in entries) != 0
