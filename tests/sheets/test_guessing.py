"""Where a list begins and which column is which, in sheets as officials really make them."""

from typing import Any

import openpyxl
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.law.refusals import Refused
from chungtay.sheets import guessing, opening, staging
from chungtay.sheets.guessing import SheetGuess, Survey
from chungtay.sheets.plans import Plan, SheetPlan, require_sound
from chungtay.sheets.reading_child import DAY
from tests.sheets import lists


def guesses(content: bytes, name: str = "a.xlsx") -> list[SheetGuess]:
    surveys: list[Survey] = []
    for _ in staging._batches(opening.read(content, opening.kind_of(content, name)), surveys):
        pass
    return guessing.guess(surveys, lists.households())


def official() -> bytes:
    """Titles, three rows of merged headings, the columns' numbers, data, a total, signatures."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(["ỦY BAN NHÂN DÂN XÃ THỔ SƠN", None, None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"])
    sheet.append(["DANH SÁCH HỘ NGHÈO NĂM 2018"])
    sheet.merge_cells("A2:H2")
    sheet.append([])
    sheet.append(["TT", "Thông tin chủ hộ", None, None, "Kết quả rà soát", None, None, "Ghi chú"])
    sheet.append([None, "Họ và tên", "Ngày, tháng, năm sinh", "Số CMND hoặc CCCD", "Diện hộ", "Thu nhập", None])
    sheet.append([None, None, None, None, None, "Thu nhập bình quân (1.000 đồng)", "Số khẩu"])
    for merged in ("A4:A6", "B4:D4", "B5:B6", "C5:C6", "D5:D6", "E4:G4", "E5:E6", "F5:G5", "H4:H6"):
        sheet.merge_cells(merged)
    sheet.append(["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"])
    for n in range(30):
        sheet.append([n + 1, f"Nguyễn Văn {n}", "1/2/1960", f"37012{n:04d}", "Hộ nghèo", 700, 4, None])
    return lists.saved(made)


def test_merged_headings_over_three_rows_under_a_title_are_found() -> None:
    (guess,) = guesses(official())
    assert {one.name: one.index for one in guess.columns} == {
        "name": 1, "born": 2, "id_number": 3, "class": 4, "income": 5, "members": 6,
    }  # fmt: skip
    assert guess.first_row == 8
    assert guess.missing == ()
    assert all(one.confidence > 0.6 for one in guess.columns)


def test_a_heading_in_thousands_proposes_the_unit() -> None:
    (guess,) = guesses(official())
    assert guess.plan().scales == {"income": 1_000}


def test_columns_in_another_order_with_others_between_are_found() -> None:
    heads = ["Ghi chú", "Số khẩu", "Chủ hộ", "Điện thoại", "Phân loại", "CMND", "Năm sinh", "Thu nhập"]
    content = lists.book(
        [heads, *[["", 4, f"Trần Văn {n}", "0912", "Nghèo", 370123456 + n, 1960, 5] for n in range(9)]]
    )
    (guess,) = guesses(content)
    assert guess.plan().columns == {"name": 2, "born": 6, "id_number": 5, "class": 4, "income": 7, "members": 1}


def test_a_missing_required_column_is_named() -> None:
    (guess,) = guesses(lists.book([["Họ và tên", "Số khẩu"], ["Trần Văn A", 4]]))
    assert guess.missing == ("Phân loại",)


def test_every_fitting_sheet_is_proposed_and_notes_and_hidden_ones_are_not() -> None:
    made = openpyxl.Workbook()
    made.active.append(["Hướng dẫn", "Đọc kỹ trước khi ghi"])
    for name in ("Ấp Hòa Tiến", "Ấp Hòa Lợi", "Nháp"):
        sheet = made.create_sheet(name)
        sheet.append(lists.HEADINGS)
        sheet.append(lists.GOOD)
    made["Nháp"].sheet_state = "hidden"
    assert [one.name for one in guesses(lists.saved(made))] == ["Ấp Hòa Tiến", "Ấp Hòa Lợi"]


@pytest.mark.parametrize(
    ("head", "body", "font"),
    [
        ("Hä vµ tªn chñ hé", "NguyÔn V¨n B×nh", "tcvn3"),
        ("Hoï vaø teân chuû hoä", "Nguyeãn Vaên Bình", "vni"),
        ("Họ và tên chủ hộ", "Nguyễn Văn Bình", ""),
    ],
)
def test_headings_and_columns_in_old_fonts_are_understood(head: str, body: str, font: str) -> None:
    (guess,) = guesses(lists.book([["STT", head, "Sè khÈu"], *[[n, body, 4] for n in range(5)]]))
    name = next(one for one in guess.columns if one.name == "name")
    assert (name.index, name.font) == (1, font)
    assert name.before_after == (((body, "Nguyễn Văn Bình"),) if font else ())


def test_pasted_rows_without_headings_are_guessed_by_what_they_hold() -> None:
    text = "".join(f"Nguyễn Văn {n}\t{370123456 + n}\tHộ nghèo\n" for n in range(9))
    (guess,) = guesses(text.encode(), "a.tsv")
    assert guess.first_row == 1
    assert {"id_number": 1, "class": 2}.items() <= guess.plan().columns.items()


def test_days_that_excel_swapped_are_remarked() -> None:
    head = [[1, "Họ và tên", "Ngày sinh", "Phân loại"]]
    head += [[2, "A", f"{DAY}1960-05-02", "Nghèo"], [3, "B", "13/02/1960", "Nghèo"]]
    survey = Survey("a", head=head, rows=3)
    (guess,) = guessing.guess([survey], lists.households())
    assert "đảo ngày" in next(one for one in guess.columns if one.name == "born").remark


def test_a_survey_stays_small_however_many_rows_come() -> None:
    survey = Survey("a")
    for number in range(50_000):
        if survey.wants():
            survey.add([number, "x"])
        survey.rows += 1
    assert len(survey.samples) <= 2 * guessing.SAMPLES
    assert survey.samples[-1][0] > 40_000


@given(st.lists(st.lists(st.one_of(st.text(), st.integers(), st.floats()), max_size=6), max_size=8))
@settings(max_examples=150, deadline=None)
def test_guessing_never_fails(rows: list[list[Any]]) -> None:
    told = [orjson.loads(orjson.dumps([n, *row], default=str)) for n, row in enumerate(rows, start=1) if _sendable(row)]
    guessing.guess([Survey("a", head=told, rows=len(told))], lists.households())


def _sendable(row: list[Any]) -> bool:
    return all(not isinstance(c, int) or isinstance(c, float) or abs(c) < 2**63 for c in row)


SHEET = SheetPlan(0, 2, {"name": 1, "class": 4})


@pytest.mark.parametrize(
    ("plan", "word"),
    [
        (Plan(()), "ít nhất một"),
        (Plan((SHEET, SHEET)), "hai lần"),
        (Plan((SheetPlan(1, 2, {"name": 1, "class": 4}),)), "không có trong tệp"),
        (Plan((SheetPlan(0, 2, {"name": 1}),)), "Phân loại"),
        (Plan((SheetPlan(0, 2, {"name": 1, "class": 1}),)), "hai mục"),
        (Plan((SheetPlan(0, 2, {"name": -1, "class": 1}),)), "ngoài bảng"),
        (Plan((SheetPlan(0, 2, {"name": 0, "class": 1, "age": 2}),)), "không thuộc mẫu"),
        (Plan((SheetPlan(0, 2, {"name": 0, "class": 1}, fonts={"name": "viqr"}),)), "Bảng mã"),
        (Plan((SheetPlan(0, 2, {"name": 0, "class": 1}, scales={"income": 7}),)), "Đơn vị"),
        (Plan((SheetPlan(0, 2, {"name": 0, "class": 1}, rules={"name": ("guess",)}),)), "Quy tắc"),
    ],
)
def test_a_plan_that_cannot_work_is_refused(plan: Plan, word: str) -> None:
    with pytest.raises(Refused, match=word):
        require_sound(plan, lists.households(), [30])


def test_a_plan_comes_back_from_json_as_it_went() -> None:
    plan = Plan((SheetPlan(0, 2, {"name": 1}, {"name": "vni"}, {"income": 1_000}, {"born": ("swap",)}, ("a", "b")),))
    assert Plan.from_json(orjson.loads(orjson.dumps(plan.to_json()))) == plan
