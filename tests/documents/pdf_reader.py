"""Reads the PDFs that our compiler writes: page texts through each font's own ToUnicode table, pictures, sizes.

So a letter that a font shows as a box, or that would come out as another letter when copied, is seen by the tests.
"""

import re
import zlib
from dataclasses import dataclass

from PIL import Image

_OBJECT = re.compile(rb"(?s)(\d+) 0 obj\s(.*?)\nendobj")
_TOKEN = re.compile(rb"/(?P<font>f\d+) [\d.]+ Tf|(?<!<)<(?P<hex>[0-9A-Fa-f]*)>(?!>)|\(")
_PIECE = re.compile(rb"\\[0-7]{1,3}|\\.|[^\\]", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True)
class Page:
    """One page: `text` without spaces between shown pieces, `size` in points, `pictures` as grey images."""

    text: str
    size: tuple[float, float]
    pictures: list[Image.Image]


def pages(pdf: bytes) -> list[Page]:
    """The pages in their order."""
    objects = {int(found[1]): found[2] for found in _OBJECT.finditer(pdf)}
    return [_page(objects, number) for number in _kids(objects, _root(objects))]


def fonts(pdf: bytes) -> set[str]:
    """Base names of the embedded fonts, without their subset mark."""
    embedded = re.findall(rb"/FontDescriptor/FontName/[A-Z]{6}\+([\w-]+)(?=[^>]*/FontFile[23] \d+ 0 R)", pdf)
    return {name.decode() for name in embedded}


def _root(objects: dict[int, bytes]) -> int:
    catalog = next(body for body in objects.values() if b"/Type/Catalog" in body)
    return _reference(catalog, b"/Pages")


def _kids(objects: dict[int, bytes], node: int) -> list[int]:
    body = objects[node]
    if b"/Type/Pages" not in body:
        return [node]
    kids = re.search(rb"/Kids\[([^\]]*)\]", body)
    assert kids
    return [page for kid in re.findall(rb"(\d+) 0 R", kids[1]) for page in _kids(objects, int(kid))]


def _reference(body: bytes, key: bytes) -> int:
    found = re.search(re.escape(key) + rb" (\d+) 0 R", body)
    assert found, (key, body)
    return int(found[1])


def _page(objects: dict[int, bytes], number: int) -> Page:
    body = objects[number]
    box = re.search(rb"/MediaBox\[0 0 ([\d.]+) ([\d.]+)\]", body)
    assert box
    resources = objects[_reference(body, b"/Resources")]
    names = {name.decode(): _reference(resources, b"/" + name) for name in re.findall(rb"/(f\d+) \d+ 0 R", resources)}
    tables = {name: _table(objects, font) for name, font in names.items()}
    pictures = [_picture(objects[int(ref)]) for ref in re.findall(rb"/x\d+ (\d+) 0 R", resources)]
    content = _stream(objects[_reference(body, b"/Contents")])
    return Page(_shown(content, tables), (float(box[1]), float(box[2])), [one for one in pictures if one])


def _stream(body: bytes) -> bytes:
    head, _, rest = body.partition(b"stream\n")
    raw = rest.rpartition(b"\nendstream")[0]
    return zlib.decompress(raw) if b"/FlateDecode" in head else raw


def _table(objects: dict[int, bytes], font: int) -> dict[int, str]:
    """Glyph number to text, from the font's ToUnicode map."""
    text = _stream(objects[_reference(objects[font], b"/ToUnicode")]).decode("latin-1")
    return {
        int(glyph, 16): bytes.fromhex(value).decode("utf-16-be")
        for block in re.findall(r"(?s)beginbfchar(.*?)endbfchar", text)
        for glyph, value in re.findall(r"<([0-9a-fA-F]{4})> ?<([0-9a-fA-F]+)>", block)
    }


def _shown(content: bytes, tables: dict[str, dict[int, str]]) -> str:
    """Every string shown, through the table of the font chosen last."""
    text: list[str] = []
    table: dict[int, str] = {}
    at = 0
    while found := _TOKEN.search(content, at):
        at = found.end()
        if found["font"]:
            table = tables[found["font"].decode()]
            continue
        if found["hex"] is not None:
            raw = bytes.fromhex(found["hex"].decode())
        else:
            raw, at = _literal(content, at)
        text += [table[int.from_bytes(raw[pair : pair + 2], "big")] for pair in range(0, len(raw), 2)]
    return "".join(text)


def _literal(content: bytes, at: int) -> tuple[bytes, int]:
    """A literal string from after its opening bracket: escapes, octal ones too, and brackets in pairs."""
    out = bytearray()
    depth = 1
    while True:
        found = _PIECE.match(content, at)
        assert found
        at = found.end()
        piece = found[0]
        depth += {b"(": 1, b")": -1}.get(piece, 0)
        if not depth:
            return bytes(out), at
        if piece[:1] != b"\\":
            out += piece
        elif piece[1:2].isdigit():
            out.append(int(piece[1:], 8))
        else:
            out += _ESCAPES.get(piece[1:], piece[1:])


def _picture(body: bytes) -> Image.Image | None:
    head = body.partition(b"stream\n")[0]
    if b"/Subtype/Image" not in head:
        return None
    sides = re.search(rb"/Width (\d+)/Height (\d+)", head)
    assert sides
    return Image.frombytes("L", (int(sides[1]), int(sides[2])), _stream(body))
