"""Opening files: what is let in, what comes out, and hostile ones."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import orjson
import pytest

from chungtay.law.refusals import Refused
from chungtay.sheets import opening, reading_child
from chungtay.sheets.archive import position, reference
from chungtay.sheets.opening import Sheet
from chungtay.sheets.reading_child import DAY, ERROR, TRUTH
from tests.sheets import lists


def told(content: bytes, name: str = "a.xlsx") -> list[object]:
    kind = opening.kind_of(content, name)
    return [one if isinstance(one, Sheet) else orjson.loads(one) for one in opening.read(content, kind)]


def rezipped(content: bytes, change: dict[str, bytes | None]) -> bytes:
    """The archive with some parts replaced, added or (None) left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in [*old.namelist(), *(name for name in change if name not in old.namelist())]:
            part = change[name] if name in change else old.read(name)
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()


def test_rows_come_with_their_number_and_their_column() -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet["C3"], sheet["D4"], sheet["C6"] = "Tên", True, 12
    sheet["E7"], sheet["F7"] = datetime(2018, 2, 3, 4, 5), date(2018, 1, 1)  # noqa: DTZ001  Excel knows no zones
    sheet["G7"] = "#N/A"
    sheet["G7"].data_type = "e"
    sheet["C9"] = "a\x0bb".replace("\x0b", "_x000B_")
    sheet.merge_cells("C3:D3")
    made.create_sheet("Ẩn").sheet_state = "hidden"
    found = told(lists.saved(made))
    assert found[0] == Sheet("Sheet", False, [[3, 2, 3, 3]])
    assert found[1:6] == [
        [3, "", "", "Tên"],
        [4, "", "", "", f"{TRUTH}1"],
        [6, "", "", 12.0],
        [7, "", "", "", "", f"{DAY}2018-02-03T04:05:00", f"{DAY}2018-01-01", ERROR],
        [9, "", "", "a b"],
    ]
    assert found[6] == Sheet("Ẩn", True, [])


def test_pasted_rows_are_split_at_tabs_and_keep_their_numbers() -> None:
    found = told('Họ tên\tSố khẩu\r\n\r\n"Danh\nSa"\t4\r\n'.encode(), "a.tsv")
    assert found == [Sheet(opening.PASTED), [1, "Họ tên", "Số khẩu"], [3, "Danh\nSa", "4"]]


@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_a_csv_is_split_at_whatever_sign_it_uses(sign: str) -> None:
    assert told(f"a{sign}b\n1{sign}2\n".encode(), "a.csv")[1:] == [[1, "a", "b"], [2, "1", "2"]]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-8"])
def test_the_encoding_of_a_text_is_found(encoding: str) -> None:
    assert opening.decode("Nguyễn Văn Ất".encode(encoding)) == "Nguyễn Văn Ất"
    assert opening.decode(b"Nguy\xd4n") == "NguyÔn"


@pytest.mark.parametrize(
    ("content", "name", "word"),
    [
        (b"", "a.xlsx", "rỗng"),
        (b"%PDF-1.4", "a.xlsx", "không phải bảng tính"),
        (b"x" * (opening.MAX_BYTES + 1), "a.csv", "10 MB"),
        (b"PK\x03\x04rubbish", "a.xlsx", "hỏng"),
        (b"a\0b", "a.csv", "không phải bảng tính"),
    ],
)
def test_what_is_no_spreadsheet_is_refused(content: bytes, name: str, word: str) -> None:
    with pytest.raises(Refused, match=word):
        opening.kind_of(content, name)


def test_exactly_ten_megabytes_are_let_in() -> None:
    assert opening.kind_of(b"x" * opening.MAX_BYTES, "a.csv") == "text"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = rezipped(lists.simple(lists.GOOD), {"xl/worksheets/sheet1.xml": b" " * 30_000_000})
    with pytest.raises(Refused, match="bom nén"):
        opening.kind_of(bomb, "a.xlsx")


def test_macros_and_other_archives_are_refused() -> None:
    good = lists.simple(lists.GOOD)
    with pytest.raises(Refused, match="macro"):
        opening.kind_of(rezipped(good, {"xl/vbaProject.bin": b"x"}), "a.xlsx")
    with pytest.raises(Refused, match="không phải bảng tính"):
        opening.kind_of(rezipped(good, {"xl/workbook.xml": None}), "a.xlsx")


@pytest.mark.parametrize(
    "sheet",
    [
        b"<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c>",
        b"not xml at all",
        b"",
        b'<!DOCTYPE a [<!ENTITY x "y">]><worksheet><sheetData><row r="1"><c r="A1"><v>&x;</v></c></row></sheetData>'
        b"</worksheet>",
        b'<worksheet><sheetData><row r="9999999999"><c r="ZZZZ9999999999"><v>1</v></c></row></sheetData></worksheet>',
        b'<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>999999</v></c></row></sheetData></worksheet>',
    ],
)
def test_a_broken_sheet_is_refused_or_read_but_never_breaks_us(sheet: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_START", opening._START.replace("main()", "main(3)"))
    content = rezipped(lists.simple(lists.GOOD), {"xl/worksheets/sheet1.xml": sheet})
    try:
        found = told(content)
    except Refused as refused:
        assert "Tệp" in str(refused) or "tệp" in str(refused)  # noqa: PT017  either way is right
    else:
        assert "y" not in str(found[1:])


def test_two_cells_at_the_far_corners_do_not_take_all_memory() -> None:
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    sheet += b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    content = rezipped(lists.simple(lists.GOOD), {"xl/worksheets/sheet1.xml": sheet + b"</sheetData></worksheet>"})
    with pytest.raises(Refused, match="giới hạn an toàn"):
        told(content)


def test_a_reader_that_is_killed_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_START", "import os; os.kill(os.getpid(), 9)")
    with pytest.raises(Refused, match="giới hạn an toàn"):
        told(lists.simple(lists.GOOD))


def test_the_child_may_not_write_and_gets_no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    told_by_child = (
        f"{opening._START.removesuffix('; main()')}\n"
        "from chungtay.sheets.reading_child import limit\nimport os, sys, tempfile\nlimit(5)\n"
        "try:\n f = tempfile.TemporaryFile(); f.write(b'x'); f.flush(); wrote = True\n"
        "except OSError: wrote = False\n"
        'print(\'{"sheet": "%s %s", "merged": [], "is_hidden": false}\' % (wrote, \'DATABASE_URL\' in os.environ))\n'
        "print('{\"done\": true}')"
    )
    monkeypatch.setattr(
        opening, "_START", f"import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n{told_by_child}"
    )
    assert told(lists.simple(lists.GOOD)) == [Sheet("False False")]


@pytest.mark.parametrize(
    ("name", "at"), [("A1", (1, 0)), ("Z9", (9, 25)), ("AA1", (1, 26)), ("XFD1048576", (1048576, 16383))]
)
def test_a_cell_s_name_and_its_place(name: str, at: tuple[int, int]) -> None:
    assert position(name) == at
    assert reference(*at) == name


def test_control_characters_become_spaces() -> None:
    assert orjson.loads(reading_child.lines_of([[1, "a\x00b\x1f", True, 1]])) == [1, "a b ", f"{TRUTH}1", 1]
