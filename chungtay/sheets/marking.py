"""Tô vàng và ghi chú: an .xlsx file with some of its cells yellow and commented, and everything else as it was.

The parts are changed as text, block by block: sheets, styles, comments, their drawing and relations. No other part is
touched, so formats, formulas, pictures and other sheets stay. Raises `CannotMark` where a file is built too unusually.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from chungtay.sheets.archive import attributes, position, reference, relations, relations_of, resolve, sheet_parts
from chungtay.sheets.exporting import DECLARED, MAIN, OFFICE, relationships

Marks = Mapping[int, Mapping[int, str]]
"""Row number (from 1) to column (from 0) to the sentence of its comment."""

MAX_COMMENTS = 10_000  # more make Excel crawl; the cells are yellow all the same
_BLOCK = 1 << 20
_YELLOW = '<fill><patternFill patternType="solid"><fgColor rgb="FFFFFF00"/><bgColor indexed="64"/></patternFill></fill>'
_XF = re.compile(r"<xf\b[^>]*?/>|<xf\b.*?</xf>", re.DOTALL)
_CELL = re.compile(r"<c\b([^>]*?)(/>|>.*?</c>)", re.DOTALL)
_ROW = re.compile(r"<row\b([^>]*?)(/>|>(.*?)</row>)", re.DOTALL)
_AFTER_DRAWING = re.compile(r"<(?:legacyDrawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst|mc:)")
_STYLE = re.compile(r"\bs=\"(\d+)\"")
_BOX = (
    '<v:shape id="_x0000_s{key}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1"'
    ' o:insetmode="auto"><v:fill color2="#ffffe1"/><v:path o:connecttype="none"/><v:textbox/>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
    "<x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" coordsize="21600,21600"'
    ' o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_COMMENTS = (
    f'{DECLARED}<comments xmlns="{MAIN}"><authors><author>chungtay</author></authors>'
    "<commentList></commentList></comments>"
)
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"


class CannotMark(Exception):
    """Tệp có cấu trúc lạ: the caller makes a plain workbook of the same rows instead."""


class Styles:
    """Kiểu ô: hands out, for each style of the file, the same with a yellow ground."""

    def __init__(self, text: str) -> None:
        found = re.search(r"<cellXfs\b[^>]*>(.*?)</cellXfs>", text, re.DOTALL)
        fills = re.search(r"<fills\b[^>]*>(.*?)</fills>", text, re.DOTALL)
        if found is None or fills is None:
            raise CannotMark("styles.xml has no cell styles")
        self.text = text
        self.formats = _XF.findall(found[1])
        self.fill = len(re.findall(r"<fill\b", fills[1]))
        self.made: dict[int, int] = {}

    def yellow(self, style: int) -> int:
        """The number of `style` with a yellow ground."""
        if style not in self.made:
            if style >= len(self.formats):
                raise CannotMark(f"no style {style}")
            whole = self.formats[style]
            opening = whole[: whole.index(">")]
            bare = re.sub(r"\s(?:fillId|applyFill)=\"[^\"]*\"", "", opening)
            fresh = bare.replace("<xf", f'<xf fillId="{self.fill}" applyFill="1"', 1) + whole[len(opening) :]
            self.made[style] = len(self.formats)
            self.formats.append(fresh)
        return self.made[style]

    def render(self) -> str:
        """styles.xml with the new fill and formats."""
        formats = f'<cellXfs count="{len(self.formats)}">{"".join(self.formats)}</cellXfs>'
        text = re.sub(r"<cellXfs\b.*?</cellXfs>", lambda _: formats, self.text, count=1, flags=re.DOTALL)
        text = re.sub(r"(<fills\b[^>]*?)\scount=\"\d+\"", r"\1", text, count=1)
        return text.replace("</fills>", f"{_YELLOW}</fills>", 1)


def mark(content: bytes, marks: Mapping[str, Marks]) -> bytes:
    """The file with the marks of each sheet, by its name. Raises CannotMark."""
    out = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as old,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, True, 1) as new,
        ):
            _Marker(old, new).run(marks)
    except (KeyError, UnicodeDecodeError, ValueError, zipfile.BadZipFile) as fault:
        raise CannotMark(str(fault)) from fault
    return out.getvalue()


class _Marker:
    """One file on its way from `old` to `new`; changed parts of text wait in `parts` until the end."""

    def __init__(self, old: zipfile.ZipFile, new: zipfile.ZipFile) -> None:
        self.old, self.new = old, new
        self.names = set(old.namelist())
        self.parts: dict[str, str] = {}
        self.written: set[str] = set()
        self.styles = Styles(self.read("xl/styles.xml"))

    def read(self, name: str) -> str:
        text = self.parts.get(name)
        return self.old.read(name).decode("utf-8-sig") if text is None else text

    def run(self, marks: Mapping[str, Marks]) -> None:
        places = sheet_parts(self.old)
        for count, (name, some) in enumerate(marks.items()):
            if some:
                self.sheet(places[name], some, count)
        self.parts["xl/styles.xml"] = self.styles.render()
        for name, text in self.parts.items():
            self.new.writestr(name, text)
        for entry in self.old.infolist():
            if entry.filename not in self.written and entry.filename not in self.parts:
                self.new.writestr(entry.filename, self.old.read(entry))

    def sheet(self, part: str, marks: Marks, count: int) -> None:
        """Rows block by block, then what follows them with the link to the comments."""
        self.written.add(part)
        with self.old.open(part) as source, self.new.open(part, "w") as target:
            rest = b""
            number = 0
            while block := source.read(_BLOCK):
                rest += block
                cut = rest.rfind(b"</row>") + len(b"</row>")
                if cut < len(b"</row>"):
                    continue
                text, number = self.rows(rest[:cut].decode("utf-8-sig"), marks, number)
                target.write(text.encode())
                rest = rest[cut:]
            if b"</worksheet>" not in rest:
                raise CannotMark("the sheet has no plain end")
            target.write(self.tail(part, rest.decode(), marks, count).encode())

    def rows(self, text: str, marks: Marks, number: int) -> tuple[str, int]:
        """The rows of a block, the marked ones changed; `number` is the last row's."""
        pieces, at = [], 0
        for row in _ROW.finditer(text):
            told = re.search(r"\br=\"(\d+)\"", row[1])
            number = int(told[1]) if told else number + 1
            if number in marks:
                pieces += [text[at : row.start()], self.row(row, number, marks[number])]
                at = row.end()
        return "".join([*pieces, text[at:]]), number

    def row(self, row: re.Match[str], number: int, columns: Mapping[int, str]) -> str:
        """One row: marked cells get their yellow style; those that are not there are put in their place."""
        cells: dict[int, str] = {}
        column = -1
        for cell in _CELL.finditer(row[3] or ""):
            told = attributes(cell[1])
            column = position(told["r"])[1] if "r" in told else column + 1
            cells[column] = self.cell(cell) if column in columns else cell[0]
        for missing in columns.keys() - cells.keys():
            cells[missing] = f'<c r="{reference(number, missing)}" s="{self.styles.yellow(0)}"/>'
        return f"<row{row[1]}>{''.join(cells[n] for n in sorted(cells))}</row>"

    def cell(self, cell: re.Match[str]) -> str:
        found = _STYLE.search(cell[1])
        style = self.styles.yellow(int(found[1]) if found else 0)
        return f'<c{_STYLE.sub("", cell[1]).rstrip()} s="{style}"{cell[2]}'

    def tail(self, part: str, text: str, marks: Marks, count: int) -> str:
        """What follows the rows, with a link to the drawing of the comments; writes comments, drawing, relations."""
        links = relations_of(part)
        known = relations(self.read(links)) if links in self.names else {}
        comments = next((one["Target"] for one in known.values() if one["Type"].endswith("/comments")), "")
        linked = re.search(r"<legacyDrawing\b[^>]*\bid=\"([^\"]+)\"", text)
        drawing = known[linked[1]]["Target"] if linked else ""
        fresh = []
        if not comments:
            comments = f"/xl/chungtay_comments{count}.xml"
            self.parts[comments[1:]] = _COMMENTS
            self.declare(f'<Override PartName="{comments}" ContentType="{_COMMENTS_TYPE}"/>')
            fresh.append((f"chungtayComments{count}", "comments", comments))
        if not drawing:
            drawing = f"/xl/drawings/chungtay{count}.vml"
            self.parts[drawing[1:]] = _DRAWING
            if 'Extension="vml"' not in self.read("[Content_Types].xml"):
                kind = "application/vnd.openxmlformats-officedocument.vmlDrawing"
                self.declare(f'<Default Extension="vml" ContentType="{kind}"/>')
            fresh.append((f"chungtayDrawing{count}", "vmlDrawing", drawing))
            link = f'<legacyDrawing xmlns:r="{OFFICE}" r:id="chungtayDrawing{count}"/>'
            text = _insert_link(text, link)
        self.relate(links, fresh)
        self.comment(resolve(part, comments), resolve(part, drawing), marks)
        return text

    def declare(self, text: str) -> None:
        types = self.read("[Content_Types].xml")
        self.parts["[Content_Types].xml"] = types.replace("</Types>", f"{text}</Types>", 1)

    def relate(self, links: str, fresh: list[tuple[str, str, str]]) -> None:
        """Add relations to a part that may have none yet."""
        whole = relationships(fresh)
        if links in self.names:
            inside = whole[whole.index(">") + 1 : whole.rindex("</")]
            told = self.read(links)
            if "</Relationships>" not in told:
                raise CannotMark("relations without a plain end")
            whole = told.replace("</Relationships>", f"{inside}</Relationships>", 1)
        self.parts[links] = whole

    def comment(self, comments: str, drawing: str, marks: Marks) -> None:
        """The sentences themselves, and a box for each. A cell's own comment is kept and the sentence added to it."""
        told = self.read(comments)
        commented = set(re.findall(r'\bref="([A-Z]+\d+)"', told))
        texts, boxes = [], []
        for key, (row, column, sentence) in enumerate(_first(marks)):
            at, said = reference(row, column), f'<r><t xml:space="preserve">{escape(sentence)}</t></r>'
            own = re.search(rf'<comment\b[^>]*\bref="{at}".*?</text>', told, re.DOTALL) if at in commented else None
            if own:
                told = f"{told[: own.end() - 7]}{said}{told[own.end() - 7 :]}"
                continue
            texts.append(f'<comment ref="{at}" authorId="0"><text>{said}</text></comment>')
            box = {"left": column + 1, "right": column + 4, "top": max(row - 2, 0), "bottom": row + 3}
            boxes.append(_BOX.format(key=90_000 + key, row=row - 1, column=column, **box))
        shapes = self.read(drawing)
        if "</commentList>" not in told or "</xml>" not in shapes:
            raise CannotMark("comments without a plain end")
        self.parts[comments] = told.replace("</commentList>", f"{''.join(texts)}</commentList>", 1)
        self.parts[drawing] = shapes.replace("</xml>", f"{''.join(boxes)}</xml>", 1)


def _first(marks: Marks) -> Iterator[tuple[int, int, str]]:
    """(row, column, sentence), in the sheet's order, as many as Excel bears."""
    cells = [(row, column, marks[row][column]) for row in sorted(marks) for column in sorted(marks[row])]
    yield from cells[:MAX_COMMENTS]


def _insert_link(text: str, link: str) -> str:
    """Before the first element that the format wants after it, and outside of what may hold lists of its own."""
    begin = max(text.rfind(f"</{name}>") for name in ("conditionalFormatting", "dataValidations", "sheetData"))
    found = _AFTER_DRAWING.search(text, max(begin, 0))
    at = found.start() if found else text.rindex("</worksheet>")
    return f"{text[:at]}{link}{text[at:]}"
