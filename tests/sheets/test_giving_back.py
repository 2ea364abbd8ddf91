"""The same workbook comes back: yellow cells with comments, and everything else as it was."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from chungtay.law.refusals import Refused
from chungtay.sheets import actions, giving_back, guessing, marking, staging
from chungtay.sheets.marking import CannotMark, mark
from tests.sheets import lists
from tests.sheets.test_opening import rezipped

LAYOUT = lists.households()
YELLOW = "FFFFFF00"
BAD = [2, "", "1960", "12AB", "Hộ nghèo", "nhiều", 4]


def load(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def marked(sheet: Any) -> dict[str, str]:
    """The yellow cells and their comments."""
    return {cell.coordinate: cell.comment.text if cell.comment else "" for row in sheet.iter_rows() for cell in row
            if cell.fill.fgColor.rgb == YELLOW and cell.fill.fill_type == "solid"}  # fmt: skip


def rich() -> bytes:
    """A workbook with formats, a formula, a merged title, a picture of conditions, and comments of its own."""
    made = load(lists.book([["DANH SÁCH"], lists.HEADINGS, lists.GOOD, BAD], [["Ghi chú", "=1+1"]]))
    sheet = made.worksheets[0]
    sheet.merge_cells("A1:G1")
    sheet["F4"].font = Font(bold=True, color="FFFF0000")
    sheet["B3"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["D4"].comment = Comment("Chị Ba ghi", "Ba")
    sheet["A3"].comment = Comment("Giữ nguyên", "Ba")
    sheet.column_dimensions["B"].width = 44
    sheet.auto_filter.ref = "A2:G4"
    sheet.conditional_formatting.add("G3:G9", openpyxl.formatting.rule.CellIsRule(operator="lessThan", formula=["1"]))
    sheet.page_setup.orientation = "landscape"
    return lists.saved(made)


def test_bad_cells_are_yellow_with_a_comment_and_the_rest_is_as_it_was(province: Any) -> None:
    upload = lists.staged(province, rich(), LAYOUT)
    made = load(giving_back.workbook(upload))
    sheet, other = made.worksheets
    found = marked(sheet)
    assert set(found) == {"B4", "D4", "F4"}
    assert found["B4"] == "Thiếu “Họ và tên chủ hộ”."
    assert found["F4"] == "Cần ghi số tiền bằng đồng chẵn, đang ghi “nhiều”."
    assert found["D4"].startswith("Chị Ba ghi")
    assert "Chỉ được ghi chữ số" in found["D4"]
    assert sheet["A3"].comment.text == "Giữ nguyên"
    assert (sheet["F4"].font.b, sheet["F4"].value, sheet["B3"].fill.fgColor.rgb) == (True, "nhiều", "FF00FF00")
    assert (sheet.column_dimensions["B"].width, sheet.page_setup.orientation) == (44, "landscape")
    assert "A1:G1" in map(str, sheet.merged_cells.ranges)
    assert other["B1"].value == "=1+1"
    assert marked(other) == {}


def test_a_corrected_file_comes_back_without_marks(province: Any) -> None:
    upload = lists.staged(province, lists.simple(lists.GOOD), LAYOUT)
    assert marked(load(giving_back.workbook(upload)).worksheets[0]) == {}


def test_pasted_rows_come_back_as_a_workbook_with_each_cell_at_its_place(province: Any) -> None:
    text = lists.pasted(lists.GOOD, BAD)
    by = province.seats["commune"]
    upload = staging.open_file(actions.paste(text, layout=LAYOUT, by=by, on=lists.ON), LAYOUT)
    actions.confirm(upload, guessing.plan(staging.guesses(upload, LAYOUT)), layout=LAYOUT, by=by, on=lists.ON)
    sheet = load(giving_back.workbook(staging.stage(upload, LAYOUT))).worksheets[0]
    assert set(marked(sheet)) == {"B3", "D3", "F3"}
    assert (sheet["B2"].value, sheet["D3"].value) == ("Danh Thị Sa Phol", "12AB")


def test_a_file_that_cannot_be_marked_comes_back_plain(province: Any) -> None:
    odd = rezipped(lists.simple(lists.GOOD, BAD), {"xl/styles.xml": b'<styleSheet xmlns="x"/>'})
    upload = lists.staged(province, odd, LAYOUT)
    assert set(marked(load(giving_back.workbook(upload)).worksheets[0])) == {"B3", "D3", "F3"}


def test_an_erased_file_cannot_come_back(province: Any) -> None:
    upload = lists.staged(province, lists.simple(BAD), LAYOUT)
    by = province.seats["commune"]
    actions.close(upload, by=by, on=lists.ON, reason="Thử")
    actions.erase(upload, by=by, on=lists.ON)
    with pytest.raises(Refused, match="đã được xóa"):
        giving_back.workbook(upload)


def test_sentences_cannot_break_out_of_the_comment() -> None:
    made = mark(lists.simple(lists.GOOD), {"Ấp 1": {2: {1: '</t><x> & "hỏng"'}}})
    assert marked(load(made).worksheets[0]) == {"B2": '</t><x> & "hỏng"'}


def test_every_other_part_is_byte_for_byte_the_same() -> None:
    content = rezipped(lists.simple(lists.GOOD), {"xl/media/image1.png": b"\x89PNG picture"})
    made = mark(content, {"Ấp 1": {2: {1: "x"}}})
    changed = {"xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"}
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(io.BytesIO(made)) as new:
        for name in set(old.namelist()) - changed:
            assert old.read(name) == new.read(name), name


def test_many_rows_are_marked_across_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marking, "_BLOCK", 700)
    content = lists.simple(*lists.persons(60))
    made = mark(content, {"Ấp 1": {n: {8: "thiếu"} for n in range(2, 62, 2)}})
    assert list(marked(load(made).worksheets[0])) == [f"I{n}" for n in range(2, 62, 2)]


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_a_part_that_is_not_plain_text_is_not_marked(part: str) -> None:
    with pytest.raises(CannotMark):
        mark(rezipped(lists.simple(lists.GOOD), {part: "<a/>".encode("utf-16")}), {"Ấp 1": {2: {1: "x"}}})
