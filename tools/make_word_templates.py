"""Write templates/papers/*.docx anew: `python tools/make_word_templates.py`. Offices may then edit them in Word.

The lines keep to NĐ 30/2020/NĐ-CP, Phụ lục I. Jinja placeholders are those of `papers.<Paper>.to_dict()`; the two rows
with «…» in the annex are patterns that `word.docx` repeats for each part and each name.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "papers"
CENTRE, LEFT, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
FONT = "Times New Roman"


def element(tag: str, **attributes: str) -> Any:
    """A WordprocessingML element, attributes in the same name space."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def write(paragraph: Any, text: str, *, size: float = 14, bold: bool = False, italic: bool = False) -> Any:
    """Add a run of text."""
    run = paragraph.add_run(text)
    run.font.size, run.font.name, run.bold, run.italic = Pt(size), FONT, bold, italic
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    return run


def line(holder: Any, text: str, *, align: Any = CENTRE, before: float = 0, after: float = 0, **how: Any) -> Any:
    """Add a paragraph of one run."""
    paragraph = holder.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    write(paragraph, text, **how)
    return paragraph


def rule(holder: Any, indent: float, *, after: float = 0) -> None:
    """A short line, `indent` mm from both sides."""
    paragraph = holder.add_paragraph()
    borders = element("pBdr")  # the schema wants it before spacing and indents
    borders.append(element("top", val="single", sz="6", space="1", color="000000"))
    paragraph._element.get_or_add_pPr().append(borders)
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(indent)
    form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(after), Pt(4)


def body(document: Any, text: str, *, italic: bool = False) -> Any:
    """A paragraph of the text: justified, first line indented, 6 pt apart."""
    paragraph = line(document, text, align=JUSTIFY, before=3, after=3, italic=italic)
    paragraph.paragraph_format.first_line_indent = Mm(12.7)
    return paragraph


def control(holder: Any, text: str) -> None:
    """A paragraph that holds a Jinja statement and disappears."""
    line(holder, text, align=LEFT, size=8)


def page(section: Any) -> None:
    """A4, margins, page number in the middle of the head from the second page on."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = True
    first, other = section.first_page_header, section.header
    first.is_linked_to_previous = other.is_linked_to_previous = False
    first.paragraphs[0].alignment = CENTRE
    write(first.paragraphs[0], "{{ watermark }}", size=14, bold=True)
    head = other.paragraphs[0]
    head.alignment = CENTRE
    run = write(head, "", size=13)
    for kind in ("begin", "instr", "end"):
        if kind == "instr":
            code = element("instrText")
            code.text = "PAGE"
            run._element.append(code)
        else:
            run._element.append(element("fldChar", fldCharType=kind))
    write(other.add_paragraph(), "{{ watermark }}", size=11, bold=True)
    other.paragraphs[1].alignment = CENTRE


def columns(holder: Any, *widths: float) -> list[Any]:
    """A table of one row without borders; its cells, each with its first paragraph taken out."""
    table = holder.add_table(rows=1, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    spread(table, widths)
    cells = list(table.rows[0].cells)
    for cell, width in zip(cells, widths, strict=True):
        cell.width = Mm(width)
        cell._element.remove(cell.paragraphs[0]._element)
    return cells


def spread(table: Any, widths: tuple[float, ...]) -> None:
    """Set the grid of a table, mm a column."""
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(round(width / 25.4 * 1440)))


def letterhead(document: Any) -> None:
    """Issuing body and number on the left, Quốc hiệu, tiêu ngữ, place and date on the right."""
    left, right = columns(document, 59, 106)
    control(left, "{%p if head.superior %}")
    line(left, "{{ head.superior }}", size=13)
    control(left, "{%p endif %}")
    line(left, "{{ head.issuer }}", size=13, bold=True)
    rule(left, 18, after=4)
    line(left, "Số: {{ head.number }}", size=13)
    line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=13, bold=True)
    line(right, "Độc lập - Tự do - Hạnh phúc", size=14, bold=True)
    rule(right, 22, after=4)
    line(right, "{{ head.dated }}", size=13, italic=True)


def closing(document: Any) -> None:
    """Nơi nhận on the left, the signer on the right."""
    line(document, "", size=6)
    left, right = columns(document, 82, 83)
    line(left, "Nơi nhận:", align=LEFT, size=12, bold=True, italic=True)
    control(left, "{%p for one in recipients %}")
    line(left, "- {{ one }}{% if loop.last %}.{% else %};{% endif %}", align=LEFT, size=11)
    control(left, "{%p endfor %}")
    control(right, "{%p for one in signer.authority %}")
    line(right, "{{ one }}", bold=True)
    control(right, "{%p endfor %}")
    for _ in range(4):
        line(right, "")
    line(right, "{{ signer.name }}", bold=True)


def border(table: Any) -> None:
    """Thin lines around every cell."""
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, val="single", sz="4", space="0", color="000000"))
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(borders)


def annex_table(document: Any) -> None:
    """Header row that repeats on each page, the pattern row of a part, the pattern row of a name."""
    widths = (13, 35, 40, 44, 33)
    table = document.add_table(rows=3, cols=5)
    table.autofit = False
    border(table)
    spread(table, widths)
    words = ("STT", "Họ tên, tên tập thể", "Chức vụ, đơn vị / địa chỉ", "Thành tích", "Hình thức, mức thưởng")
    marks = ("«STT»", "«TÊN»", "«ĐƠN VỊ»", "«THÀNH TÍCH»", "«HÌNH THỨC»")
    for row, texts in ((table.rows[0], words), (table.rows[2], marks)):
        for index, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
            cell.width = Mm(width)
            cell.paragraphs[0].alignment = CENTRE if texts is words or index == 0 else LEFT
            write(cell.paragraphs[0], text, size=12, bold=text in words)
    part = table.rows[1].cells[0].merge(table.rows[1].cells[4])
    write(part.paragraphs[0], "«PHẦN»", size=12, bold=True)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(element("tblHeader"))


def decision() -> Any:
    """Quyết định khen thưởng with its annex."""
    document = Document()
    document.core_properties.title = "Quyết định khen thưởng"
    document.core_properties.author = ""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    normal.element.get_or_add_rPr().append(element("lang", val="vi-VN"))
    normal.paragraph_format.space_after = Pt(0)
    page(document.sections[0])
    letterhead(document)
    line(document, "QUYẾT ĐỊNH", bold=True, before=14)
    line(document, "{{ subject }}", bold=True)
    rule(document, 62, after=6)
    line(document, "{{ authority }}", bold=True, before=4, after=6)
    control(document, "{%p for one in bases %}")
    body(document, "{{ one }};", italic=True)
    control(document, "{%p endfor %}")
    body(document, "{{ proposal }}.", italic=True)
    line(document, "QUYẾT ĐỊNH:", bold=True, before=8, after=6)
    control(document, "{%p for one in articles %}")
    article = body(document, "")
    write(article, "Điều {{ loop.index }}.", bold=True)
    write(article, " {{ one }}{% if loop.last %}./.{% else %}.{% endif %}")
    control(document, "{%p endfor %}")
    closing(document)
    annex = document.add_section(WD_SECTION.NEW_PAGE)
    page(annex)
    ending = document.paragraphs[-1].paragraph_format  # holds the section break: it must not need a line of its own
    ending.line_spacing, ending.space_before, ending.space_after = Pt(1), Pt(0), Pt(0)
    annex._sectPr.find(qn("w:pgMar")).addnext(element("pgNumType", start="1"))
    line(document, "DANH SÁCH", bold=True)
    line(document, "{{ annex.subject }}", bold=True)
    line(document, "({{ annex.reference }})", italic=True)
    rule(document, 62, after=8)
    annex_table(document)
    line(document, "Danh sách gồm {{ annex.count }} trường hợp.", align=LEFT, before=8)
    control(document, "{%p if annex.total %}")
    total = line(document, "Tổng số tiền thưởng: {{ annex.total }} đồng (", align=LEFT)
    write(total, "{{ annex.total_in_words }}", italic=True)
    write(total, ").")
    control(document, "{%p endif %}")
    return document


def main() -> None:
    """Write every template."""
    decision().save(str(TEMPLATES / "decision.docx"))


if __name__ == "__main__":
    main()
