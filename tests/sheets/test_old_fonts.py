"""TCVN3 and VNI: every letter, and telling them from Unicode."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.sheets import old_fonts
from chungtay.sheets.old_fonts import TCVN3, UNICODE, VNI
from chungtay.sheets.syllables import is_syllable

PAIRS = [
    ("NguyÔn ThÞ TuyÕt, Êp Hßa TiÕn, x· Thæ S¬n, huyÖn Hßn §Êt, tr­êng", TCVN3,
     "Nguyễn Thị Tuyết, ấp Hòa Tiến, xã Thổ Sơn, huyện Hòn Đất, trường"),
    ("Nguyeãn Thò AÙnh Tuyeát, xaõ Thoå Sôn, huyeän Hoøn Ñaát, tröôøng", VNI,
     "Nguyễn Thị Ánh Tuyết, xã Thổ Sơn, huyện Hòn Đất, trường"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "font", "new"), PAIRS)
def test_a_text_of_an_old_font_becomes_unicode(old: str, font: str, new: str) -> None:
    assert old_fonts.convert(old, font) == new
    assert old_fonts.guess([old]).font == font


def test_vni_capitals_become_capitals() -> None:
    assert old_fonts.convert("THÒ HÖÔØNG ÔÛ AÁP KEÂNH Ñaát", VNI) == "THỊ HƯỜNG Ở ẤP KÊNH Đất"


@pytest.mark.parametrize("font", [TCVN3, VNI])
def test_every_vietnamese_letter_comes_out_of_each_old_font(font: str) -> None:
    table = old_fonts._FROM_TCVN3 if font == TCVN3 else old_fonts._FROM_VNI
    small = {
        unicodedata.normalize("NFC", base + tone)
        for base in "aăâeêioôơuưy"
        for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    } | {"đ"}
    assert small - set("aeiouy") <= set(table.values())
    for old, new in table.items():
        assert old_fonts.convert(chr(old) if isinstance(old, int) else old, font) == new


@pytest.mark.parametrize(
    "texts",
    [["Nguyễn Văn An"], ["Lê Hoàng", "Phan Thanh Hà", "Lâm Hùng"], ["Hà Bà Phú", "Tô Cát"], ["An", "Binh"], [],
     ["Đặng Thị Ngọc Ánh"]],
)  # fmt: skip
def test_unicode_names_are_left_alone(texts: list[str]) -> None:
    assert old_fonts.guess(texts).font == UNICODE


def test_the_guess_shows_before_and_after() -> None:
    guess = old_fonts.guess(["TrÇn ThÞ B×nh", "Nguyễn Văn An"])
    assert guess.font == TCVN3
    assert guess.examples == (("TrÇn ThÞ B×nh", "Trần Thị Bình"),)
    assert guess.before < guess.after


def test_a_unicode_cell_in_an_old_column_is_not_converted() -> None:
    assert old_fonts.convert("Nguyễn Văn Ất", TCVN3) == "Nguyễn Văn Ất"


def test_letters_with_separate_marks_become_composed() -> None:
    assert old_fonts.convert(unicodedata.normalize("NFD", "Đặng Thị Ngọc Ánh"), UNICODE) == "Đặng Thị Ngọc Ánh"


@pytest.mark.parametrize(
    "word", ["Nguyễn", "Đường", "khoảng", "giữ", "gì", "quyền", "Huỳnh", "khuya", "thuế", "ở", "Quỳnh"]
)
def test_vietnamese_words_are_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["NguyÔn", "Vaên", "Khmer", "xyz", "Hoøn", "Lôc", "Cé"])
def test_other_words_are_not(word: str) -> None:
    assert not is_syllable(word)


@given(st.text(), st.sampled_from([TCVN3, VNI, UNICODE]))
def test_converting_never_fails_and_gives_composed_text(text: str, font: str) -> None:
    told = old_fonts.convert(text, font)
    assert unicodedata.is_normalized("NFC", told)


@given(st.lists(st.text(), max_size=5))
def test_guessing_never_fails(texts: list[str]) -> None:
    assert old_fonts.guess(texts).font in old_fonts.NAMES
