"""Mã QR: an address as modules, as a picture, as JSON pixels for the PDF templates; and back from a picture.

Error correction level M: a certificate that is creased or stamped over up to 15 % still reads. The mask is fixed: every
reader takes it from the code itself, our texts are random enough that no mask is better, and trying all eight would
take four fifths of the time of a certificate's code.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from math import isqrt
from typing import cast

import zxingcpp
from PIL import Image

LEVEL = "M"
MASK = 3  # (row + column) mod 3
QUIET = 4  # modules of white around the code (ISO/IEC 18004)
DARK, LIGHT = 0, 255


@dataclass(frozen=True, slots=True)
class Matrix:
    """Ma trận QR without its quiet zone: `pixels` holds side x side bytes, row by row, 0 dark and 255 light."""

    side: int
    pixels: bytes

    def rows(self) -> list[list[bool]]:
        """Rows from the top; True is a dark module."""
        starts = range(0, self.side * self.side, self.side)
        return [[pixel == DARK for pixel in self.pixels[start : start + self.side]] for start in starts]


def matrix(text: str) -> Matrix:
    """The modules of the smallest QR code that holds `text`. Raises ValueError if none can, or if `text` is empty."""
    if not text:
        raise ValueError("a QR code of nothing")
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=LEVEL, data_mask=MASK)
    image = code.to_image(scale=1, add_quiet_zones=False)
    pixels = bytes(cast("bytes", image))  # it has the buffer interface, which its types do not say
    return Matrix(side=isqrt(len(pixels)), pixels=pixels)


def as_json(text: str) -> str:
    """`[pixel, ...]` of `text` row by row, written by replacement: ten times as fast as dumping a list of numbers."""
    numbers = matrix(text).pixels.replace(b"\xff", b"255,").replace(b"\x00", b"0,")
    return f"[{numbers[:-1].decode('ascii')}]"


def svg(text: str) -> str:
    """A drawing of one path in a square of `side + 8` units, for the public pages: no script, no style attribute."""
    code = matrix(text)
    size = code.side + 2 * QUIET
    path = []
    for y, row in enumerate(code.rows()):
        x = 0
        while x < code.side:
            if not row[x]:
                x += 1
                continue
            start = x
            while x < code.side and row[x]:
                x += 1
            path.append(f"M{start + QUIET} {y + QUIET}h{x - start}v1H{start + QUIET}z")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img" aria-label="Mã QR" '
        f'shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{"".join(path)}"/></svg>'
    )


def png(text: str, *, scale: int = 6) -> bytes:
    """A black and white picture with its quiet zone, `scale` pixels a module."""
    code = matrix(text)
    size = code.side + 2 * QUIET
    page = Image.new("L", (size, size), LIGHT)
    page.paste(Image.frombytes("L", (code.side, code.side), code.pixels), (QUIET, QUIET))
    out = io.BytesIO()
    page.resize((size * scale, size * scale), Image.Resampling.NEAREST).convert("1").save(out, "PNG", optimize=True)
    return out.getvalue()


def read(picture: Image.Image) -> str | None:
    """The text of the first QR code in `picture`, or None."""
    found = zxingcpp.read_barcodes(picture.convert("L"), formats=zxingcpp.barcode_formats_from_str("QRCode"))
    return str(found[0].text) if found else None
