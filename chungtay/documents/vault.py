"""Kho tệp: files on disk by their content (SHA-256), under root/ab/cd/<64 hex digits>.

A file is either whole in its place or not there: it is written beside its place, flushed to disk, renamed, and the
folder flushed, before the caller may write a row that points to it. Storing the same content twice keeps one file.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

CHUNK = 1 << 20
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Damaged(Exception):
    """Tệp hỏng: the file in the vault is not the one that was stored."""


class TooLarge(Exception):
    """Tệp quá lớn: more bytes arrived than the caller allows; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Tệp đã lưu: its content's SHA-256 (hex) and its size in bytes."""

    sha256: str
    size: int


def path_of(sha256: str, root: Path) -> Path:
    """Where that content lies. Raises ValueError for anything but 64 lower-case hex digits: no path can be smuggled."""
    if not _DIGEST.fullmatch(sha256):
        raise ValueError("not a SHA-256 in hex")
    return root / sha256[:2] / sha256[2:4] / sha256


def store(stream: BinaryIO, root: Path, *, limit: int | None = None) -> Stored:
    """Keep what `stream` gives and return its digest and size; memory use is one chunk, whatever the size.

    Raises TooLarge after `limit` bytes. When this returns, the content survives a power cut.
    """
    root.mkdir(parents=True, exist_ok=True)
    draft = root / f".incoming-{secrets.token_hex(16)}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640)
    try:
        with os.fdopen(handle, "wb") as file:
            stored = _copy(stream, file, limit)
            file.flush()
            os.fsync(file.fileno())
        _place(draft, stored, root)
    finally:
        draft.unlink(missing_ok=True)
    return stored


def _copy(stream: BinaryIO, file: BinaryIO, limit: int | None) -> Stored:
    digest = hashlib.sha256()
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if limit is not None and size > limit:
            raise TooLarge(f"more than {limit} bytes")
        digest.update(chunk)
        file.write(chunk)
    return Stored(digest.hexdigest(), size)


def _place(draft: Path, stored: Stored, root: Path) -> None:
    """Rename into place. A file of the same digest is replaced by its equal, which also heals a damaged one."""
    target = path_of(stored.sha256, root)
    for folder in (target.parent.parent, target.parent):
        if not folder.exists():
            with suppress(FileExistsError):
                folder.mkdir()
            _sync_folder(folder.parent)
    draft.rename(target)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def store_bytes(content: bytes, root: Path) -> Stored:
    """`store` for content that is already in memory."""
    return store(io.BytesIO(content), root)


def open_stored(sha256: str, root: Path, *, size: int) -> BinaryIO:
    """The content, open for reading. Raises FileNotFoundError if it is gone, Damaged if its size is not `size`."""
    file = path_of(sha256, root).open("rb")
    found = os.fstat(file.fileno()).st_size
    if found != size:
        file.close()
        raise Damaged(f"{sha256}: {found} bytes, {size} were stored")
    return file


def verify(sha256: str, root: Path, *, size: int) -> None:
    """Read the whole content again. Raises FileNotFoundError or Damaged if it is not what was stored."""
    digest = hashlib.sha256()
    with open_stored(sha256, root, size=size) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    if digest.hexdigest() != sha256:
        raise Damaged(f"{sha256}: the content has changed")


def leftovers(root: Path) -> Iterator[Path]:
    """Drafts that a crash left behind; safe to delete once no upload runs."""
    return root.glob(".incoming-*")
