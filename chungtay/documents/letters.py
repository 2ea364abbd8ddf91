"""Chữ có trong phông: which characters the document font can print.

A font without a letter prints a box, or nothing, or silently another font's letter: "BNG KHEN" for BẰNG KHEN. So the
letters are looked up in the font files themselves (OpenType `cmap`, formats 4 and 12) before anything is printed.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

# Never printed, whatever the font says: control, invisible formatting (direction marks too), surrogates, private use.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_BREAKS = frozenset("\n")


def missing(texts: Iterable[str], fonts: Path) -> list[str]:
    """The characters of `texts`, sorted, that some face in the folder `fonts` cannot print."""
    used: set[str] = set()
    for text in texts:
        used.update(text)
    known = printable(fonts)
    return sorted(
        letter for letter in used - _BREAKS if ord(letter) not in known or unicodedata.category(letter) in _UNPRINTABLE
    )


def described(letter: str) -> str:
    """ "“ẵ” (U+1EB5)" for a letter, "U+200B" for one that cannot be seen."""
    code = f"U+{ord(letter):04X}"
    return code if unicodedata.category(letter) in _UNPRINTABLE or letter.isspace() else f"“{letter}” ({code})"


@lru_cache(maxsize=4)
def printable(fonts: Path) -> frozenset[int]:
    """Code points that every .ttf in the folder has a glyph for. Raises FileNotFoundError if there is no font."""
    files = sorted(fonts.glob("*.ttf"))
    if not files:
        raise FileNotFoundError(f"no .ttf font in {fonts}: fetch the front-end files first")
    return frozenset.intersection(*(frozenset(_code_points(file.read_bytes())) for file in files))


def _code_points(font: bytes) -> Iterator[int]:
    (count,) = struct.unpack_from(">H", font, 4)
    for record in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * record)
        if tag == b"cmap":
            yield from _cmap(font, offset)


def _cmap(font: bytes, start: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">H", font, start + 2)
    for record in range(count):
        platform, encoding, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * record)
        if (platform, encoding) not in {(0, 3), (0, 4), (3, 1), (3, 10)}:
            continue
        (form,) = struct.unpack_from(">H", font, start + offset)
        if form == 4:
            yield from _format_4(font, start + offset)
        elif form == 12:
            yield from _format_12(font, start + offset)


def _format_4(font: bytes, start: int) -> Iterator[int]:
    segments = struct.unpack_from(">H", font, start + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", font, start + 14)
    begins = struct.unpack_from(f">{segments}H", font, start + 16 + 2 * segments)
    deltas = struct.unpack_from(f">{segments}h", font, start + 16 + 4 * segments)
    table = start + 16 + 6 * segments
    for i, (begin, end, delta) in enumerate(zip(begins, ends, deltas, strict=True)):
        (shift,) = struct.unpack_from(">H", font, table + 2 * i)
        for code in range(begin, min(end, 0xFFFE) + 1):
            glyph = code
            if shift:
                (glyph,) = struct.unpack_from(">H", font, table + 2 * i + shift + 2 * (code - begin))
                if not glyph:
                    continue
            if (glyph + delta) & 0xFFFF:
                yield code


def _format_12(font: bytes, start: int) -> Iterator[int]:
    (groups,) = struct.unpack_from(">L", font, start + 12)
    for group in range(groups):
        begin, end, glyph = struct.unpack_from(">LLL", font, start + 16 + 12 * group)
        yield from range(begin if glyph else begin + 1, end + 1)
