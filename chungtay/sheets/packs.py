"""Gói dòng: many rows as one piece of bytes, column by column, because rows that nobody has to look at need no row.

Values are plain JSON (text, int, None), days as ISO text; `Layout.load_columns` turns them into what a room works with.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

_LEVEL = 1  # a higher one takes three times as long for a tenth of the room


@dataclass(frozen=True)
class Packed:
    """Dòng đã gói: the rows' numbers in the sheet, the columns' names, and for each column its values in that order."""

    numbers: list[int]
    names: list[str]
    columns: list[list[Any]]

    def dump(self) -> bytes:
        return zlib.compress(orjson.dumps([self.numbers, self.names, self.columns]), _LEVEL)

    @classmethod
    def load(cls, packed: bytes) -> Packed:
        return cls(*orjson.loads(zlib.decompress(packed)))

    def rows(self) -> list[tuple[int, dict[str, Any]]]:
        """(number, values by name) of every row."""
        if not self.names:
            return [(number, {}) for number in self.numbers]
        names = self.names
        told = zip(*self.columns, strict=True)
        return [(number, dict(zip(names, row, strict=True))) for number, row in zip(self.numbers, told, strict=True)]


def dump_lines(lines: Sequence[bytes]) -> bytes:
    """Lines of JSON, one a row, as they came from the reader."""
    return zlib.compress(b"\n".join(lines), _LEVEL)


def load_lines(packed: bytes) -> list[bytes]:
    return zlib.decompress(packed).split(b"\n")
