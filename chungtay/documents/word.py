"""Văn bản Word: papers that an office can still edit.

A template may only use the placeholders of its own list, `if`, `for` and `loop`: no call, no filter, no attribute that
is not on the list. It is filled in a sandbox with every value escaped. The long list of an annex is not filled by the
template engine but written as rows of XML, one pattern row per name: 5,000 names take the time of a few hundred.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, Final

import jinja2
from docx import Document
from docxtpl import DocxTemplate
from jinja2 import nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree  # type: ignore[import-untyped]

from chungtay.law.refusals import Reason, Refused

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates" / "papers"

PLACEHOLDERS: Final[Mapping[str, frozenset[str]]] = {
    "decision": frozenset(
        {
            "head.superior", "head.issuer", "head.number", "head.dated", "subject", "authority", "bases", "proposal",
            "articles", "recipients", "signer.authority", "signer.name", "annex.subject", "annex.reference",
            "annex.count", "annex.total", "annex.total_in_words", "watermark",
        }
    ),
}  # fmt: skip

PART_MARK = "«PHẦN»"
ROW_MARKS = ("«STT»", "«TÊN»", "«ĐƠN VỊ»", "«THÀNH TÍCH»", "«HÌNH THỨC»")
ROMAN = ("I", "II", "III", "IV", "V", "VI")

_ALLOWED_NODES = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If, nodes.Const,
    nodes.Not, nodes.And, nodes.Or,
)  # fmt: skip
_LOOP = frozenset({"loop.index", "loop.first", "loop.last"})
# What XML 1.0 cannot hold at all: no escape exists for it.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "word/document.xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def docx(template: Path, data: Mapping[str, Any], *, watermark: str = "") -> bytes:
    """The template filled with `data` (`papers.<Paper>.to_dict()`); the same data give the same bytes.

    Raises Refused, naming them, for placeholders that are not on the template's list and for texts that no Word file
    can hold; jinja2.UndefinedError if `data` lack a placeholder.
    """
    require_closed(template)
    _require_text(data)
    filled = DocxTemplate(str(template))
    filled.render({**data, "watermark": watermark}, _environment(), autoescape=True)
    out = io.BytesIO()
    filled.save(out)
    annex = data.get("annex")
    return _repacked(out.getvalue(), annex["parts"] if annex else [])


def require_closed(template: Path) -> None:
    """Raise Refused with one reason for each thing in the template that is not on its list (D10)."""
    found = template.stat()
    strange = _strange(template, found.st_mtime_ns, found.st_size)
    if strange:
        raise Refused(Reason(text) for text in strange)


@lru_cache(maxsize=16)
def _strange(template: Path, _mtime_ns: int, _size: int) -> tuple[str, ...]:
    """What is wrong with the template, in sentences; kept until the file changes."""
    try:
        found = set(_placeholders(template))
    except jinja2.TemplateSyntaxError as error:
        return (f"Mẫu “{template.name}” viết sai cú pháp: {error.message}.",)
    strange = sorted(found - PLACEHOLDERS[template.stem])
    return tuple(f"Mẫu “{template.name}” dùng “{name}”, không có trong danh sách được phép." for name in strange)


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True, undefined=jinja2.StrictUndefined)


def _placeholders(template: Path) -> Iterator[str]:
    """Dotted names that the template reads, and the kind of every construct it may not use."""
    for source in _sources(template):
        tree = _environment().parse(source)
        loops = {node.target.name for node in tree.find_all(nodes.For) if isinstance(node.target, nodes.Name)}
        inner = {id(node.node) for node in tree.find_all(nodes.Getattr)}
        for node in tree.find_all(nodes.Node):
            if not isinstance(node, _ALLOWED_NODES):
                yield type(node).__name__.lower()
            elif isinstance(node, nodes.Name | nodes.Getattr) and id(node) not in inner:
                name = _dotted(node)
                if name not in loops and name not in _LOOP:
                    yield name


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_dotted(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else type(node).__name__.lower()


def _sources(template: Path) -> Iterator[str]:
    """Jinja sources as docxtpl sees them: body, headers and footers, tags joined over Word's runs."""
    reader = DocxTemplate(str(template))
    reader.init_docx()
    yield reader.patch_xml(reader.get_xml())
    document = Document(str(template))
    for relation in document.part.rels.values():
        if relation.reltype in (DocxTemplate.HEADER_URI, DocxTemplate.FOOTER_URI):
            yield reader.patch_xml(relation.target_part.blob.decode("utf-8"))


def _require_text(value: Any) -> None:
    bad = dict.fromkeys(text for text in _texts(value) if _FORBIDDEN.search(text))
    if bad:
        raise Refused(
            Reason(f"“{_FORBIDDEN.sub('�', text)}” có ký tự điều khiển, không ghi được vào tệp Word.") for text in bad
        )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)


def _repacked(archive: bytes, parts: list[dict[str, Any]]) -> bytes:
    """The archive with its annex rows, every entry dated alike, so that the same content gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename == _DOCUMENT:
                content = _with_rows(content, parts)
            fresh = zipfile.ZipInfo(entry.filename, _EPOCH)
            fresh.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(fresh, content, compresslevel=3)
    return out.getvalue()


def _with_rows(document: bytes, parts: list[dict[str, Any]]) -> bytes:
    """Replace the two pattern rows by a row for each part and each name. A document without them is left alone."""
    root = etree.fromstring(document)
    patterns = {mark: row for row in root.iter(f"{_W}tr") for mark in (PART_MARK, ROW_MARKS[0]) if mark in _text(row)}
    if not patterns:
        return document
    part_pattern, row_pattern = (_xml(patterns[mark]) for mark in (PART_MARK, ROW_MARKS[0]))
    pieces = _split(row_pattern, ROW_MARKS)
    if not parts:
        return _without_annex(root)
    rows: list[str] = []
    for number, part in enumerate(parts):
        heading = f"{ROMAN[number]}. {part['heading'].upper()} ({part['count']})"
        rows.append(part_pattern.replace(PART_MARK, escape(heading, quote=False)))
        for index, cells in enumerate(part["rows"], 1):
            rows.append(_row(pieces, (str(index), *cells)))
    parent = patterns[PART_MARK].getparent()
    parent.remove(patterns[ROW_MARKS[0]])
    anchor = etree.Comment("annex")
    parent.replace(patterns[PART_MARK], anchor)
    whole = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return whole.replace(b"<!--annex-->", "".join(rows).encode(), 1)


def _without_annex(root: Any) -> bytes:
    """The document up to its first section break: a decision without a list has no annex."""
    body = root.find(f"{_W}body")
    ends = next(block for block in body if block.find(f"{_W}pPr/{_W}sectPr") is not None)
    for block in [ends, *ends.itersiblings()]:
        if block.tag != f"{_W}sectPr":
            body.remove(block)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _text(row: Any) -> str:
    return "".join(row.itertext())


def _xml(row: Any) -> str:
    """One row as text, without the name space declarations that its document already has."""
    return re.sub(r'^(<w:tr)((?: xmlns:\w+="[^"]*")+)', r"\1", etree.tostring(row, encoding="unicode", with_tail=False))


def _split(pattern: str, marks: tuple[str, ...]) -> list[str]:
    """The pattern cut at its marks, which stand in their order, each in one run."""
    pieces = []
    for mark in marks:
        before, found, pattern = pattern.partition(mark)
        if not found:
            raise Refused.because(f"Dòng mẫu của danh sách trong tệp Word thiếu “{mark}” hoặc sai thứ tự.")
        pieces.append(before)
    return [*pieces, pattern]


def _row(pieces: list[str], cells: tuple[str, ...]) -> str:
    parts = [pieces[0]]
    for cell, piece in zip(cells, pieces[1:], strict=True):
        parts.append(escape(cell, quote=False).replace("\n", "</w:t><w:br/><w:t>"))
        parts.append(piece)
    return "".join(parts)
