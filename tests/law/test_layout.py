"""Document layout by day, numbers, dates, and sums in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.law.layout import CERTIFICATE, LAYOUT, DocumentKind, Element, PagePlace, date_line, document_number
from chungtay.law.refusals import NoRule
from chungtay.law.words import LIMIT, in_words, number_in_words


@pytest.mark.clause("TT 01/2011", "NĐ 30/2020, Phụ lục I")
def test_the_page_number_moves_to_the_top_with_decree_30() -> None:
    before, after = LAYOUT.on(date(2020, 3, 4)), LAYOUT.on(date(2020, 3, 5))
    assert (before.value.page_place, str(before.source)) == (PagePlace.BOTTOM_RIGHT, "TT 01/2011")
    assert (after.value.page_place, str(after.source)) == (PagePlace.TOP_CENTRE, "NĐ 30/2020, Phụ lục I")


@pytest.mark.clause("NĐ 30/2020, Phụ lục I")
@pytest.mark.parametrize("day", [date(2018, 5, 1), date(2021, 5, 1)])
def test_margins_paper_and_sizes_are_those_of_both_rules(day: date) -> None:
    layout = LAYOUT.on(day).value
    assert (layout.paper, layout.font) == ((210, 297), "Times New Roman")
    assert [(m.low, m.high) for m in (layout.top, layout.bottom, layout.left, layout.right)] == [
        (20, 25),
        (20, 25),
        (30, 35),
        (15, 20),
    ]
    assert 15 in layout.right
    assert 14 not in layout.right
    assert set(layout.types) == set(Element)
    assert layout.types[Element.NATION].capitals
    assert layout.types[Element.PLACE_AND_DATE].italic


@pytest.mark.clause("NĐ 85/2014")
def test_the_certificate_size_is_from_memory_and_says_so() -> None:
    version = CERTIFICATE.on(date(2018, 5, 1))
    assert (version.value.width, version.value.height) == (360, 270)
    assert "trí nhớ" in version.assumed
    assert "Thủ tướng" in CERTIFICATE.on(date(2025, 7, 1)).assumed
    with pytest.raises(NoRule):
        CERTIFICATE.on(date(2014, 10, 31))


@pytest.mark.clause("NĐ 30/2020, Phụ lục III")
@pytest.mark.parametrize(
    ("number", "kind", "body", "written"),
    [
        (5, DocumentKind.DECISION, "UBND", "05/QĐ-UBND"),
        (9, DocumentKind.SUBMISSION, "SNV", "09/TTr-SNV"),
        (10, DocumentKind.DECISION, "UBND", "10/QĐ-UBND"),
        (1258, DocumentKind.DECISION, " TTg ", "1258/QĐ-TTg"),
    ],
)
def test_numbers_below_ten_have_two_digits(number: int, kind: DocumentKind, body: str, written: str) -> None:
    assert document_number(number, kind, body) == written


@pytest.mark.parametrize(("number", "body"), [(0, "UBND"), (-1, "UBND"), (1, " ")])
def test_a_number_starts_at_one_and_names_its_body(number: int, body: str) -> None:
    with pytest.raises(ValueError, match="starts at 1"):
        document_number(number, DocumentKind.DECISION, body)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2018, 2, 5), "Kiên Giang, ngày 05 tháng 02 năm 2018"),
        (date(2018, 1, 10), "Kiên Giang, ngày 10 tháng 01 năm 2018"),
        (date(2018, 3, 9), "Kiên Giang, ngày 09 tháng 3 năm 2018"),
        (date(2018, 11, 18), "Kiên Giang, ngày 18 tháng 11 năm 2018"),
    ],
)
def test_days_below_ten_and_months_one_and_two_take_a_zero(day: date, written: str) -> None:
    assert date_line("Kiên Giang", day) == written


def test_every_kind_of_document_has_its_name() -> None:
    assert [kind.label for kind in DocumentKind][:3] == ["Quyết định", "Chỉ thị", "Kế hoạch"]


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (11, "Mười một đồng"),
        (15, "Mười lăm đồng"),
        (20, "Hai mươi đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi bốn đồng"),
        (55, "Năm mươi lăm đồng"),
        (100, "Một trăm đồng"),
        (101, "Một trăm linh một đồng"),
        (105, "Một trăm linh năm đồng"),
        (110, "Một trăm mười đồng"),
        (1_000, "Một nghìn đồng"),
        (1_005, "Một nghìn không trăm linh năm đồng"),
        (1_050, "Một nghìn không trăm năm mươi đồng"),
        (390_000, "Ba trăm chín mươi nghìn đồng"),
        (1_300_000, "Một triệu ba trăm nghìn đồng"),
        (4_550_000, "Bốn triệu năm trăm năm mươi nghìn đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (1_000_001, "Một triệu không trăm linh một đồng"),
        (21_060_000, "Hai mươi mốt triệu không trăm sáu mươi nghìn đồng"),
        (1_000_000_000, "Một tỷ đồng"),
        (1_000_000_005, "Một tỷ không trăm linh năm đồng"),
        (1_050_000_000, "Một tỷ không trăm năm mươi triệu đồng"),
        (1_000_000_000_000, "Một nghìn tỷ đồng"),
        (2_015_000_000_000, "Hai nghìn không trăm mười lăm tỷ đồng"),
    ],
)
def test_sums_in_words(amount: int, words: str) -> None:
    assert in_words(amount) == words


@pytest.mark.parametrize("amount", [-1, LIMIT])
def test_sums_that_cannot_be_written_are_refused(amount: int) -> None:
    with pytest.raises(ValueError, match="from 0 to below"):
        in_words(amount)
    assert in_words(LIMIT - 1).startswith("Chín trăm chín mươi chín triệu")


DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
VALUES = {word: place for place, word in enumerate(DIGITS)} | {"mốt": 1, "lăm": 5}


def read_back(words: list[str]) -> int:
    """The number that the words say; a reader of its own, written the other way round."""
    if "tỷ" in words:
        place = words.index("tỷ")
        return read_back(words[:place]) * 1_000_000_000 + read_back(words[place + 1 :])
    total = group = digit = 0
    for word in words:
        if word in VALUES:
            digit = VALUES[word]
        elif word in {"trăm", "mươi"}:
            group, digit = group + digit * (100 if word == "trăm" else 10), 0
        elif word == "mười":
            group += 10
        elif word in {"nghìn", "triệu"}:
            total, group, digit = total + (group + digit) * (1000 if word == "nghìn" else 1_000_000), 0, 0
        else:
            assert word == "linh"
    return total + group + digit


@given(st.one_of(st.integers(0, 10**7), st.integers(0, LIMIT - 1)))
def test_what_is_written_can_be_read_back(value: int) -> None:
    assert read_back(number_in_words(value).split()) == value


@given(st.integers(0, LIMIT - 1))
def test_no_word_is_doubled_and_ones_take_their_right_form(value: int) -> None:
    words = number_in_words(value)
    assert "  " not in words
    for wrong in ("mươi một", "mươi năm", "mười năm", "mười mốt", "linh mốt", "linh lăm"):
        assert wrong not in words
