import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import jinja2
import pytest
from docx import Document

from chungtay.documents import word
from chungtay.documents.papers import AwardPart, AwardRow
from chungtay.law.refusals import Refused
from tests.documents.sample_papers import decision

TEMPLATE = word.TEMPLATES / "decision.docx"
NASTY = 'A & B <w:p/> ]]> "«TÊN»" {{ 7 * 7 }} {%p endfor %} <!--annex-->'


def opened(content: bytes) -> Any:
    return Document(io.BytesIO(content))


def paragraphs(document: Any) -> list[str]:
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    return [one.text for holder in (document, *cells) for one in holder.paragraphs]


def changed(tmp_path: Path, old: str, new: str) -> Path:
    """A copy of the template with a text of its body replaced."""
    copy = tmp_path / "decision.docx"
    with zipfile.ZipFile(TEMPLATE) as before, zipfile.ZipFile(copy, "w") as after:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename == "word/document.xml":
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode(), 1)
            after.writestr(entry, content)
    return copy


def test_a_decision_in_word_holds_every_line_and_every_name_in_order() -> None:
    paper = decision(people=40, households=20)
    document = opened(word.docx(TEMPLATE, paper.to_dict()))
    texts = paragraphs(document)
    for line in (
        "TỈNH KIÊN GIANG", "Số: 05/QĐ-UBND", "Kiên Giang, ngày 05 tháng 02 năm 2018", "Về việc tặng Bằng khen",
        "Căn cứ Luật Thi đua, khen thưởng;", "Theo đề nghị của Giám đốc Sở Nội vụ.", "Điều 1. Tặng Bằng khen.",
        "Điều 3. Các đơn vị thi hành Quyết định này kể từ ngày ký./.", "- Lưu: VT.", "PHÓ CHỦ TỊCH",
    ):  # fmt: skip
        assert any(line in text for text in texts), line
    assert "Tổng số tiền thưởng: 52.000.000 đồng (Năm mươi hai triệu đồng)." in texts
    annex = document.tables[-1]
    rows = [[cell.text for cell in row.cells] for row in annex.rows]
    assert rows[0] == ["STT", "Họ tên, tên tập thể", "Chức vụ, đơn vị / địa chỉ", "Thành tích", "Hình thức, mức thưởng"]
    assert rows[1][0] == "I. HỘ GIA ĐÌNH (20)"
    assert rows[22][0] == "II. CÁ NHÂN (40)"
    assert [row[1] for row in rows[2:22]] == [f"Nguyễn Thị Ẩn {number}" for number in range(1, 21)]
    assert [row[:2] for row in rows[23:]] == [[str(number), f"Nguyễn Thị Ẩn {number + 100}"] for number in range(1, 41)]
    assert annex.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert not any("«" in text or "{" in text for text in texts)


def test_the_same_data_give_the_same_bytes() -> None:
    assert word.docx(TEMPLATE, decision().to_dict()) == word.docx(TEMPLATE, decision().to_dict())


def test_what_people_typed_stays_text() -> None:
    row = AwardRow(NASTY, NASTY, NASTY, NASTY)
    paper = replace(decision(people=0), subject=NASTY, parts=(AwardPart(NASTY, (row,)),))
    document = opened(word.docx(TEMPLATE, paper.to_dict()))
    assert NASTY in [one.text for one in document.paragraphs]
    assert [cell.text for cell in document.tables[-1].rows[2].cells] == ["1", NASTY, NASTY, NASTY, NASTY]
    assert len(document.tables[-1].rows) == 3


def test_a_decision_without_a_list_ends_before_the_annex() -> None:
    document = opened(word.docx(TEMPLATE, replace(decision(people=0), parts=()).to_dict()))
    assert len(document.sections) == 1
    assert "DANH SÁCH" not in [one.text for one in document.paragraphs]


def test_the_watermark_stands_in_the_heads_of_all_pages() -> None:
    document = opened(word.docx(TEMPLATE, decision().to_dict(), watermark="BẢN MẪU - KHÔNG CÓ GIÁ TRỊ"))
    for section in document.sections:
        for head in (section.first_page_header, section.header):
            assert "BẢN MẪU - KHÔNG CÓ GIÁ TRỊ" in [one.text for one in head.paragraphs]


@pytest.mark.parametrize(
    ("new", "named"),
    [
        ("{{ subject.__class__ }}", "subject.__class__"),
        ("{{ secret }}", "secret"),
        ("{{ head.password }}", "head.password"),
        ("{{ subject.upper() }}", "call"),
        ("{{ subject|safe }}", "filter"),
        ("{{ head['issuer'] }}", "getitem"),
        ("{% set x = 1 %}", "assign"),
        ("{% include 'x' %}", "include"),
        ("{{ cycler }}", "cycler"),
        ("{{ loop.parent }}", "loop.parent"),
    ],
)
def test_a_template_may_only_use_its_own_placeholders(new: str, named: str, tmp_path: Path) -> None:
    template = changed(tmp_path, "{{ subject }}", new)
    with pytest.raises(Refused) as refusal:
        word.docx(template, decision().to_dict())
    assert any(f"“{named}”" in reason.text for reason in refusal.value.reasons)


def test_a_template_with_broken_syntax_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cú pháp"):
        word.docx(changed(tmp_path, "{{ subject }}", "{{ subject "), decision().to_dict())


def test_a_pattern_row_without_its_marks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="«THÀNH TÍCH»"):
        word.docx(changed(tmp_path, "«THÀNH TÍCH»", ""), decision().to_dict())


def test_a_missing_value_is_an_error_and_never_an_empty_place() -> None:
    data = decision().to_dict()
    del data["authority"]
    with pytest.raises(jinja2.UndefinedError):
        word.docx(TEMPLATE, data)


@pytest.mark.parametrize("letter", ["\x00", "\x0b", "\ufffe", "\ud800"])
def test_a_letter_that_no_word_file_can_hold_is_refused(letter: str) -> None:
    row = AwardRow(f"Nguyễn{letter}An", "", "", "")
    with pytest.raises(Refused, match="ký tự điều khiển"):
        word.docx(TEMPLATE, replace(decision(people=0), parts=(AwardPart("Cá nhân", (row,)),)).to_dict())


def test_every_template_in_the_folder_keeps_to_its_list() -> None:
    templates = sorted(word.TEMPLATES.glob("*.docx"))
    assert [template.stem for template in templates] == sorted(word.PLACEHOLDERS)
    for template in templates:
        word.require_closed(template)
