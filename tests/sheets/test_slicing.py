"""A large sheet is read piece by piece, and comes out letter by letter as if it had been read in one go."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from chungtay.sheets import reading_child, slicing
from tests.sheets import lists
from tests.sheets.test_opening import rezipped

SHEET = "xl/worksheets/sheet1.xml"


def mixed() -> bytes:
    """Titles over merged cells, days, an error, truths, gaps between rows, an empty first column, two sheets."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Ấp 1"
    sheet["B1"] = "DANH SÁCH"
    sheet.merge_cells("B1:F1")
    for n in range(3, 200):
        if n % 17:
            sheet.cell(n, 2, f"Nguyễn Văn {n}")
            sheet.cell(n, 3, date(1960, 1, 1 + n % 28))
            sheet.cell(n, 4, n / 4)
            sheet.cell(n, 6, n % 2 == 0)
    sheet["E50"] = "=1/0"
    sheet["G70"] = datetime(2020, 10, 20, 8, 30)  # noqa: DTZ001  Excel knows no zones
    other = made.create_sheet("Ấp 2")
    other.append(["chỉ", "một", "dòng"])
    content = lists.saved(made)
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        text = opened.read(SHEET).decode()
    return rezipped(content, {SHEET: text.replace("<f>1/0</f><v></v>", "<v>#DIV/0!</v>").replace(
        '<c r="E50">', '<c r="E50" t="e">').encode()})  # fmt: skip


def read(content: bytes) -> bytes:
    out = io.BytesIO()
    reading_child.write_workbook(content, out)
    return out.getvalue()


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Make pieces so small, and count them by what the reader is given."""

    def do(size: int) -> None:
        monkeypatch.setattr(slicing, "LARGE", 1 if size else 1 << 40)
        monkeypatch.setattr(slicing, "PIECE", size)
        monkeypatch.setattr(slicing, "_weight", lambda others: 0)

    return do


@pytest.mark.parametrize("size", [300, 1_000, 4_000, 1_000_000])
def test_pieces_give_the_same_lines_as_the_whole(cut: Any, size: int) -> None:
    content = mixed()
    cut(0)
    whole = read(content)
    assert b'"Nguy\xe1\xbb\x85n V\xc4\x83n 199"' in whole
    assert reading_child.ERROR.encode() in whole
    cut(size)
    assert len(list(slicing.pieces(content, "Ấp 1"))) >= (2 if size < 5_000 else 1)
    assert read(content) == whole


def test_a_small_sheet_and_another_format_are_not_cut() -> None:
    assert list(slicing.pieces(mixed(), "Ấp 1")) == []
    assert list(slicing.pieces(mixed(), "không có")) == []


@pytest.mark.parametrize(
    ("what", "by"),
    [("<sheetData>", "<!-- x --><sheetData>"), ("<row r=", "<row x="), ("sheetData>", "x:sheetData>")],
)
def test_what_is_not_written_plainly_is_not_cut(cut: Any, what: str, by: str) -> None:
    content = mixed()
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        text = opened.read(SHEET).decode()
    cut(500)
    assert list(slicing.pieces(rezipped(content, {SHEET: text.replace(what, by).encode()}), "Ấp 1")) == []


def test_heavy_shared_texts_make_fewer_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slicing, "LARGE", 1)
    monkeypatch.setattr(slicing, "PIECE", 100)
    assert len(list(slicing.pieces(mixed(), "Ấp 1"))) <= 2  # the formats alone weigh thousands of bytes


def test_every_row_stands_in_exactly_one_piece(cut: Any) -> None:
    content = mixed()
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        text = opened.read(SHEET)
    cut(700)
    told = list(slicing.pieces(content, "Ấp 1"))
    begin, end = text.index(b"<sheetData>") + 11, text.index(b"</sheetData>")
    assert b"".join(bytes(piece.rows) for piece in told) == text[begin:end]
    assert all(bytes(piece.rows).endswith(b"</row>") for piece in told)
