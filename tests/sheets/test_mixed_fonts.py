"""Columns of mixed fonts: each cell is judged by itself; what reads in two ways is asked, never changed silently."""

import unicodedata
from itertools import product
from typing import Any

import pytest

from chungtay.sheets import guessing, old_fonts, staging
from chungtay.sheets.old_fonts import ANY, MIXED, TCVN3, UNICODE, VNI
from chungtay.sheets.plans import SheetPlan
from chungtay.sheets.rows import ColumnReader
from chungtay.sheets.syllables import is_syllable
from tests.sheets import lists

LAYOUT = lists.households()
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
INITIALS = ("", "b", "c", "gi", "h", "k", "l", "ngh", "nh", "qu", "th", "v")
RHYMES = (  # noqa: SIM905
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch"
    " êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oan oang oanh oat"
    " oăn oe oen oi om on ong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uât uê ui um un ung uôc uôi uôm"
    " uôn uông uôt up ut uy uya uyên uyêt uynh ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yên yêu"
).split()


def every_syllable() -> list[str]:
    made = (
        unicodedata.normalize("NFC", initial + rhyme[:at] + rhyme[at:][:1] + tone + rhyme[at:][1:])
        for initial, rhyme, tone in product(INITIALS, RHYMES, TONES)
        for at in {max(range(len(rhyme)), key=lambda n: (rhyme[n] in "ăâêôơư", rhyme[n] in "aeoiuy", -n))}
    )
    return [word for word in made if is_syllable(word) and not word.isascii()]


def typed_in(text: str, font: str) -> str:
    """The text as somebody types it in an old font: every letter turned back."""
    table = {new: chr(old) if isinstance(old, int) else old
             for old, new in (old_fonts._FROM_TCVN3 if font == TCVN3 else old_fonts._FROM_VNI).items()}  # fmt: skip
    return "".join(table.get(letter, letter) for letter in text)


@pytest.mark.parametrize("font", [TCVN3, VNI, MIXED])
def test_no_syllable_in_an_old_font_becomes_another_without_a_question(font: str) -> None:
    for typed in (TCVN3, VNI) if font == MIXED else (font,):
        for word in every_syllable():
            for text in (word, f"Thị {word}"):
                told = old_fonts.read(typed_in(text, typed), font)
                assert told.text == text or told.other, (text, told)
                assert font == MIXED or text in (told.text, told.other), (text, told)


@pytest.mark.parametrize("font", [TCVN3, VNI, MIXED, ANY])
def test_every_syllable_in_unicode_stays_or_is_asked_about(font: str | None) -> None:
    for word in every_syllable():
        for text in (word, word.upper(), word.capitalize(), f"Lê {word}"):
            for form in ("NFC", "NFD"):
                assert old_fonts.read(unicodedata.normalize(form, text), font).text == text


@pytest.mark.parametrize("font", [TCVN3, VNI, MIXED, ANY])
@pytest.mark.parametrize(
    "name",
    ["Lê Thanh Hà", "Tô Hoàng Tú", "Hà Thúy Trân", "Võ Bé Năm", "Lê Thanh Hùng", "Lâm Tú", "Nguyễn Thị Mỹ Hạnh",
     "TÔ HOÀNG TÚ", "ĐẶNG THỊ ÚT", "Lý Hoà", "Ấp Hòn Me"],
)  # fmt: skip
def test_a_unicode_name_stays_whatever_else_the_column_holds(name: str, font: str | None) -> None:
    for form in ("NFC", "NFD"):
        told = old_fonts.read(unicodedata.normalize(form, name), font)
        assert (told.text, told.other) == (name, "")


@pytest.mark.parametrize(
    ("old", "font", "new"),
    [
        ("NGUYÔN V¡N B×NH", TCVN3, "NGUYỄN VĂN BÌNH"),
        ("§ÆNG THÞ óT", TCVN3, "ĐẶNG THỊ ÚT"),
        ("Hå ThÞ Quúnh", TCVN3, "Hồ Thị Quỳnh"),
        ("NGUYEÃN VAÊN ÑÖÔØNG", VNI, "NGUYỄN VĂN ĐƯỜNG"),
        ("Nguyeãn Thò Myõ Haïnh", VNI, "Nguyễn Thị Mỹ Hạnh"),
        ("NÐang Sa Ri", TCVN3, "Néang Sa Ri"),
        ("Neùang Sa Ri", VNI, "Néang Sa Ri"),
    ],
)
def test_a_text_that_only_an_old_font_explains_is_turned_where_the_font_is_known(old: str, font: str, new: str) -> None:
    for form in ("NFC", "NFD"):
        told = old_fonts.read(unicodedata.normalize(form, old), font)
        assert (told.text, told.font, told.other) == (new, font, "")
    beside = old_fonts.read(old, MIXED)
    assert beside.text == new or beside.other == new


@pytest.mark.parametrize(
    ("text", "font", "other"),
    [("Vò Thanh An", TCVN3, "Vũ Thanh An"), ("Danh Sôn", VNI, "Danh Sơn"), ("Nguyễn ThÞ Hoa", TCVN3, "Nguyễn Thị Hoa"),
     ("Nguyễn ThÞ Hoa", ANY, "Nguyễn Thị Hoa"), ("Nguyeãn Hoøa", TCVN3, "Nguyễn Hòa"), ("TrÇn An", ANY, "Trần An")],
)  # fmt: skip
def test_what_reads_in_two_ways_is_kept_and_asked(text: str, font: str | None, other: str) -> None:
    told = old_fonts.read(text, font)
    assert (told.text, told.other) == (text, other)
    assert f"“{text}”" in told.question
    assert f"“{other}”?" in told.question


@pytest.mark.parametrize("text", ["Vò Thanh An", "Danh Sôn", "Néang Oanh Na", "Müller", "45m²", "Ghi chú", "TrÇn An"])
def test_a_person_who_says_unicode_is_not_asked(text: str) -> None:
    assert old_fonts.read(text, UNICODE) == old_fonts.Reading(text)


@pytest.mark.parametrize("text", ["Vò Thanh An", "Danh Sôn", "Néang Oanh Na", "Müller", "45m²", "Ghi chú"])
def test_a_column_without_any_old_font_is_not_asked_about_vietnamese_or_foreign_names(text: str) -> None:
    assert old_fonts.read(text) == old_fonts.Reading(text)


OLD = ["NguyÔn V¨n H\u00adëng", "TrÇn ThÞ B\u00adëi", "§Æng ThÞ L\u00adîng"]
NEW = ["Lê Thanh Hà", "Tô Hoàng Tú", "Hà Thúy Trân", "Võ Bé Năm"]
READ = ["Nguyễn Văn Hưởng", "Trần Thị Bưởi", "Đặng Thị Lượng"]


def mixed(names: list[str], *, note: str = "Ghi chú") -> bytes:
    heads = ["STT", "Họ và tên chủ hộ", "Phân loại", note]
    return lists.book([heads, *[[n, name, "Hộ nghèo", ""] for n, name in enumerate(names, 1)]])


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ([*OLD, *NEW, "Nguyeãn Thò Myõ Haïnh"], [*READ, *NEW, "Nguyễn Thị Mỹ Hạnh"]),
        ([*NEW * 5, OLD[0]], [*NEW * 5, READ[0]]),
        ([*OLD * 5, NEW[0]], [*READ * 5, NEW[0]]),
        ([unicodedata.normalize("NFD", name) for name in NEW] + OLD, [*NEW, *READ]),
    ],
    ids=["the file of the finding", "mostly Unicode", "mostly TCVN3", "separate accents beside TCVN3"],
)
def test_a_mixed_column_is_read_cell_by_cell(province: Any, names: list[str], told: list[str]) -> None:
    upload = lists.opened(province, mixed(names), LAYOUT)
    (guess,) = staging.guesses(upload, LAYOUT)
    assert guess.headings == ("STT", "Họ và tên chủ hộ", "Phân loại", "Ghi chú")
    upload = lists.staged(province, mixed(names, note="Ghi chú thêm"), LAYOUT)
    assert [(row.state, row.clean["name"]) for row in lists.rows(upload)] == [("good", name) for name in told]


def test_a_name_that_reads_in_two_ways_waits_and_both_answers_hold(province: Any) -> None:
    upload = lists.staged(province, mixed([*OLD, "Vò Thanh An"]), LAYOUT)
    assert (upload.good, upload.doubtful) == (3, 1)
    (row,) = lists.alone(upload)
    assert (row.clean["name"], row.faults[0]["offer"]) == ("Vò Thanh An", "Vũ Thanh An")
    assert row.faults[0]["cell"] == "B5"


def test_an_old_font_that_the_survey_did_not_see_is_asked_about(province: Any) -> None:
    names = [f"Nguyễn Văn {n}" for n in range(3_000)]
    names[1_111] = OLD[0]
    upload = lists.staged(province, mixed(names), LAYOUT)
    asked = lists.alone(upload)
    if asked:  # the survey looks at some hundred rows spread over the file
        assert [(row.clean["name"], row.faults[0]["offer"]) for row in asked] == [(OLD[0], READ[0])]
    else:
        assert lists.rows(upload)[1_111].clean["name"] == READ[0]
    assert upload.good + upload.doubtful == 3_000


def test_a_choice_in_an_old_font_is_understood_without_a_question(province: Any) -> None:
    names = [[n, f"Nguyễn Văn {n}", "HÑ nghÌo" if n == 3 else "Hộ nghèo"] for n in range(6)]
    names[4][2] = "Hé nghÌo"
    content = lists.book([["STT", "Họ và tên chủ hộ", "Phân loại"], *names])
    upload = lists.staged(province, content, LAYOUT)
    assert [row.state for row in lists.rows(upload)][4] == "good"
    assert lists.rows(upload)[4].clean["class"] == "poor"


def test_old_and_new_headings_are_each_read_by_themselves() -> None:
    head = [[1, "STT", "Hä vµ tªn chñ hé", "Phân loại", "Ghi chú", "Sè hé", "Thu nhËp"], [2, 1, OLD[0], "Hộ nghèo"]]
    (guess,) = guessing.guess([guessing.Survey("a", head=head, rows=2)], LAYOUT)
    assert guess.headings[:5] == ("STT", "Họ và tên chủ hộ", "Phân loại", "Ghi chú", "Sè hé")
    assert {"name": 1, "class": 2, "income": 5}.items() <= guess.plan().columns.items()


def test_each_different_text_is_decided_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    read = old_fonts.read

    def counted(text: str, font: str | None) -> old_fonts.Reading:
        asked.append(text)
        return read(text, font)

    monkeypatch.setattr(old_fonts, "read", counted)
    reader = ColumnReader(LAYOUT.by_name["name"], SheetPlan(0, 1, {"name": 0}, {"name": TCVN3}))
    values, flaws = reader.column_of([OLD[0], NEW[0]] * 500)
    assert (values[:2], flaws, sorted(asked)) == ([READ[0], NEW[0]], [], sorted([OLD[0], NEW[0]]))
