"""The one safe writer: typed values, no formula from a person's text, memory that stays flat."""

import csv
import io
import tracemalloc
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from chungtay.sheets import exporting
from chungtay.sheets.exporting import Head

HEADS = [Head("Họ và tên", 30), Head("Ngày sinh"), Head("Thu nhập")]
FORMULAS = ["=1+1", "+84912345678", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("http://x")', "＝1+1"]


def load(rows: list[list[Any]], heads: list[Head] = HEADS) -> Any:
    return openpyxl.load_workbook(io.BytesIO(b"".join(exporting.xlsx(heads, rows)))).active


def test_days_and_numbers_are_typed_and_empty_cells_stay_empty() -> None:
    sheet = load([["Đặng Thị Ánh", date(1960, 2, 5), 700_000], [None, datetime(2018, 1, 2, 12), Decimal("9.78")]])  # noqa: DTZ001
    assert [cell.value for cell in sheet[1]] == ["Họ và tên", "Ngày sinh", "Thu nhập"]
    assert [cell.value for cell in sheet[2]] == ["Đặng Thị Ánh", datetime(1960, 2, 5), 700_000]  # noqa: DTZ001
    assert sheet["B2"].number_format == "dd/mm/yyyy"
    assert [cell.value for cell in sheet[3]] == [None, datetime(2018, 1, 2, 12), 9.78]  # noqa: DTZ001
    assert (sheet.freeze_panes, sheet.column_dimensions["A"].width, sheet["A1"].font.b) == ("A2", 30, True)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_is_never_a_formula_in_a_workbook(text: str) -> None:
    cell = load([[text]])["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert cell.value.replace("_x000D_", "\r").strip() == text.strip()


@pytest.mark.parametrize("text", [*FORMULAS, " =1"])
def test_a_text_is_never_a_formula_in_a_csv(text: str) -> None:
    told = b"".join(exporting.csv(HEADS, [[text, date(1960, 2, 5), 7]]))
    assert told.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(told.decode("utf-8-sig"), newline="")))
    assert rows == [["Họ và tên", "Ngày sinh", "Thu nhập"], [f"'{text}", "05/02/1960", "7"]]


def test_negative_numbers_stay_numbers() -> None:
    assert load([[-5]])["A2"].value == -5
    assert b"-5" in b"".join(exporting.csv(HEADS, [[-5]]))


@pytest.mark.parametrize(("number", "kind"), [(10**15 - 1, "n"), (10**15, "s")])
def test_numbers_that_excel_would_round_are_written_as_text(number: int, kind: str) -> None:
    cell = load([[number]])["A2"]
    assert (cell.data_type, str(cell.value)) == (kind, str(number))


@given(
    st.lists(
        st.lists(st.one_of(st.text(), st.integers(), st.none(), st.dates(), st.booleans()), max_size=4), max_size=4
    )
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_written_can_be_read_again(rows: list[list[Any]]) -> None:
    content = b"".join(exporting.xlsx(HEADS, rows))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    assert len(sheet.to_python(skip_empty_area=False)) <= len(rows) + 1
    b"".join(exporting.csv(HEADS, rows))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=60))
@settings(max_examples=60, deadline=None)
def test_letters_come_back_as_they_went(text: str) -> None:
    assert (load([[text, "x"]])["A2"].value or "") == text


def test_a_text_that_looks_like_an_escape_stays_itself() -> None:
    content = b"".join(exporting.xlsx(HEADS, [["_x0041_", "a\x00b", "<&>"]]))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [cell.value for cell in sheet[2]] == ["_x005F_x0041_", "a b", "<&>"]


def test_after_the_last_row_of_a_sheet_another_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "MAX_ROWS", 4)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(exporting.xlsx(HEADS, ([n] for n in range(7))))))
    assert book.sheetnames == ["Danh sách (1)", "Danh sách (2)", "Danh sách (3)"]
    assert [[cell.value for cell in sheet["A"]] for sheet in book] == [
        ["Họ và tên", 0, 1, 2], ["Họ và tên", 3, 4, 5], ["Họ và tên", 6],
    ]  # fmt: skip


def test_lines_above_the_headings_stand_over_every_sheet_and_are_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "MAX_ROWS", 5)
    blocks = exporting.xlsx(HEADS, ([n] for n in range(3)), above=("=Biểu", "Nguồn: sổ hộ"))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(blocks)))
    assert [[cell.value for cell in sheet["A"]] for sheet in book] == [
        ["=Biểu", "Nguồn: sổ hộ", "Họ và tên", 0, 1], ["=Biểu", "Nguồn: sổ hộ", "Họ và tên", 2],
    ]  # fmt: skip
    first = book.worksheets[0]
    assert (first["A1"].data_type, first["A3"].font.b, first["A2"].font.b) == ("s", True, False)
    assert (first.freeze_panes, first.auto_filter.ref) == ("A4", "A3:C5")


def test_an_empty_list_is_a_workbook_with_headings_only() -> None:
    assert [[cell.value for cell in row] for row in load([]).iter_rows()] == [["Họ và tên", "Ngày sinh", "Thu nhập"]]


def test_memory_stays_flat_and_bytes_come_before_the_last_row() -> None:
    drawn = 0

    def rows() -> Any:
        nonlocal drawn
        for n in range(20_000):
            drawn = n
            yield [f"Nguyễn Văn {n}", date(1960, 2, 5), n]

    tracemalloc.start()
    blocks = exporting.xlsx(HEADS, rows())
    first = next(blocks)
    assert first
    assert drawn == 0
    size = sum(len(block) for block in blocks)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert drawn == 19_999
    assert size > 300_000
    assert peak < 3_000_000
