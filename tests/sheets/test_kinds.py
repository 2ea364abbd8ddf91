"""How a cell is read: both sides of each border, and nothing ever raises."""

from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chungtay.sheets import codes, kinds
from chungtay.sheets.kinds import CENTURY, PAD, SPELLING, Kind, Read
from chungtay.sheets.reading_child import DAY, ERROR, MARK, TIME, TRUTH
from tests.sheets.lists import COMMUNES

CHOICE = kinds.choice({"poor": ("Hộ nghèo", "Nghèo"), "near": ("Hộ cận nghèo",), "yes": ("x", "có")})
ALL = [
    kinds.text(), kinds.integer(), kinds.dong(), kinds.day(), kinds.birth(), CHOICE, kinds.tick(), codes.id_number(),
    codes.code(5), codes.commune_of(COMMUNES),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (kinds.text(), "  Ấp   Hòa \n Tiến ", "Ấp Hòa Tiến"),
        (kinds.text(), 122.0, "122"),
        (kinds.text(), "", None),
        (kinds.integer(), 4.0, 4),
        (kinds.integer(), "1.200.000", 1_200_000),
        (kinds.integer(), "1.000", 1_000),
        (kinds.integer(), "1,200", 1_200),
        (kinds.integer(), "12,00", 12),
        (kinds.integer(), "-", None),
        (kinds.dong(), "1,5 tỷ", 1_500_000_000),
        (kinds.dong(), "700.000 đ", 700_000),
        (kinds.dong(), "200 triệu", 200_000_000),
        (kinds.day(), f"{DAY}2018-02-05T00:00:00", "2018-02-05"),
        (kinds.day(), 43136, "2018-02-05"),
        (kinds.day(), "5-2-2018", "2018-02-05"),
        (kinds.day(), "2018-02-05", "2018-02-05"),
        (kinds.birth(), 1965.0, "1965"),
        (kinds.birth(), "1965", "1965"),
        (kinds.birth(), "02/03/1965", "1965-03-02"),
        (CHOICE, "HỘ  NGHÈO", "poor"),
        (CHOICE, "X", "yes"),
        (codes.id_number(), "370 123 456", "370123456"),
        (codes.id_number(), 91123456789.0 * 10, "911234567890"),
        (codes.code(5), "00850", "00850"),
        (codes.commune_of(COMMUNES), "Xã Thổ Sơn", "tho-son"),
        (codes.commune_of(COMMUNES), "tho son", "tho-son"),
        (codes.commune_of(COMMUNES), 850, "son-kien"),
        (codes.commune_of(COMMUNES), "TT. Thứ Ba", "thu-ba"),
    ],
)
def test_a_cell_is_read_surely(kind: Kind, cell: Any, value: Any) -> None:
    read = kind.read(cell)
    if kind.name == "id_number" and value == "911234567890":
        assert (read.value, read.is_doubtful) == (value, True)  # 911 is no province
        return
    assert (read.value, read.sentence) == (value, "")


@pytest.mark.parametrize(
    ("kind", "cell", "offer", "rule"),
    [
        (codes.id_number(), 91123456789.0, "091123456789", PAD),
        (codes.id_number(), 1123456789, "001123456789", PAD),
        (codes.id_number(), "12345678", "012345678", PAD),
        (codes.code(5), 850.0, "00850", PAD),
        (kinds.day(last=date(2020, 1, 1)), "05/02/68", "1968-02-05", CENTURY),
        (kinds.day(last=date(2020, 1, 1)), "05/02/18", "2018-02-05", CENTURY),
        (CHOICE, "Hộ cận ngèo", "near", SPELLING),
        (codes.commune_of(COMMUNES), "Thổ Sơnn", "tho-son", SPELLING),
    ],
)
def test_a_cell_that_may_mean_something_is_a_question_with_an_offer(
    kind: Kind, cell: Any, offer: str, rule: str
) -> None:
    read = kind.read(cell)
    assert read.is_doubtful
    assert read.sentence.endswith("?")
    assert (read.offer, read.rule) == (offer, rule)


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        (kinds.text(), ERROR),
        (kinds.text(), f"{DAY}2018-02-01"),
        (kinds.text(3), "dài quá"),
        (kinds.integer(1, 60), 0),
        (kinds.integer(1, 60), 61),
        (kinds.integer(), 2.5),
        (kinds.integer(), "bốn"),
        (kinds.dong(), 700_000.5),
        (kinds.dong(), f"{TRUTH}1"),
        (kinds.day(), "31/02/2018"),
        (kinds.day(), f"{DAY}rubbish"),
        (kinds.day(date(2018, 1, 1)), "31/12/2017"),
        (kinds.birth(date(2020, 1, 1)), 2021),
        (CHOICE, "giàu"),
        (codes.id_number(), 1.23456789012345e17),
        (codes.id_number(), "9,11E+10"),
        (codes.id_number(), "1234567"[:6]),
        (codes.id_number(), "1234567890123"),
        (codes.id_number(), "37A123456"),
        (codes.code(5), "123456"),
        (codes.commune_of(COMMUNES), "Thứ Ba"),
        (codes.commune_of(COMMUNES), "Phường Thứ Ba"),
        (codes.commune_of(COMMUNES), "Paris"),
    ],
)
def test_a_cell_that_cannot_be_read_says_why(kind: Kind, cell: Any) -> None:
    read = kind.read(cell)
    assert read.sentence
    assert not read.is_doubtful


@pytest.mark.parametrize(
    ("cell", "value"),
    [*((cell, "1") for cell in ("x", "X", "có", "Có", 1, 1.0, "Đúng", "✓", f"{TRUTH}1")),
     *((cell, None) for cell in ("", None, " ", "-", "không", "Không", "KHÔNG", "khong", "ko", "k", 0, 0.0, "0",
                                 f"{TRUTH}0"))],
)  # fmt: skip
def test_a_tick_is_a_yes_and_a_plain_no_is_none(cell: Any, value: Any) -> None:
    assert kinds.tick().read(cell) == Read(value)


def test_a_tick_that_nobody_understands_says_what_to_write() -> None:
    read = kinds.tick(("Thiếu hụt",)).read("hai")
    assert (read.value, read.is_doubtful) == (None, False)
    assert "để trống" in read.sentence
    assert kinds.tick(("Thiếu hụt",)).read("thiếu hụt").value == "1"


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        (kinds.text(), "Ấp 1", "Ấp 1"), (kinds.integer(), 1234, "1234"), (kinds.dong(), 1_200_000, "1.200.000"),
        (kinds.day(), "1970-05-03", "03/05/1970"), (kinds.birth(), "1970-05-03", "03/05/1970"),
        (kinds.birth(), "1970", "1970"), (CHOICE, "near", "Hộ cận nghèo"), (kinds.tick(), "1", "x"),
        (codes.commune_of(COMMUNES), "thu-ba", "Thứ Ba"), (codes.id_number(), "012345678", "012345678"),
        (kinds.day(), None, ""),
    ],
)  # fmt: skip
def test_what_was_read_is_told_as_people_write_it(kind: Kind, value: Any, told: str) -> None:
    assert kind.tell(value) == told


@pytest.mark.parametrize(
    ("number", "is_sure"), [("091123456789", True), ("096999999999", True), ("097123456789", False)]
)
def test_the_first_digits_of_a_cccd_name_a_province(number: str, is_sure: bool) -> None:
    assert (codes.id_number().read(number).sentence == "") is is_sure


def test_excel_s_first_and_last_exact_number() -> None:
    assert "làm tròn" in codes.id_number().read(kinds.EXACT).sentence
    assert "15 chữ số" in codes.id_number().read(kinds.EXACT - 1).sentence


CELLS = st.one_of(
    st.none(), st.text(), st.integers(), st.floats(),
    st.text().map(lambda told: MARK + told), st.text().map(lambda told: DAY + told),
    st.dates().map(lambda d: f"{DAY}{d}"),
    st.text().map(lambda told: TIME + told), st.text(alphabet="0123456789/.,- +E"),
)  # fmt: skip


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
@given(cell=CELLS)
@example(cell=float("nan"))
@example(cell=float("inf"))
@example(cell="٣٧٠١٢٣٤٥٦")
@example(cell="²")
@example(cell="9" * 400)
@example(cell=10**400)
@settings(max_examples=400, deadline=None)
def test_no_cell_whatever_makes_a_reader_fail(kind: Kind, cell: Any) -> None:
    read = kind.read(cell)
    assert isinstance(read.value, str | int | None)
    assert not isinstance(read.value, int) or abs(read.value) < 2**63
    if read.value is not None and not read.sentence and kind.load is not None:
        assert isinstance(kind.load(read.value), date)
    assert kinds.shown(cell) is not None
