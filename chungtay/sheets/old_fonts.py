"""Chữ cũ: text typed in TCVN3 (ABC, .VnTime) or VNI fonts, told by its syllables and turned into Unicode.

A cell of such a file holds Latin letters that only look Vietnamese in their own font: "NguyÔn" (TCVN3), "Nguyeãn"
(VNI) for "Nguyễn". Files are mixed, so each text is judged by itself: Unicode that reads as Vietnamese stays, an old
font must account for every letter and give Vietnamese syllables. What can be read in two ways is a question.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from chungtay.sheets.syllables import is_syllable

TCVN3, VNI, MIXED, UNICODE = "tcvn3", "vni", "tcvn3+vni", ""
NAMES = {TCVN3: "TCVN3 (ABC, phông .Vn)", VNI: "VNI", MIXED: "Lẫn TCVN3 và VNI", UNICODE: "Unicode"}
ANY = None
"""Of a column about which nobody has said or seen anything: an old font is a question, never taken silently."""

_LETTERS = "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ"
_TCVN3_LETTERS = "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉËÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ®"
_VNI_LETTERS = (  # noqa: SIM905  # read as the table that it is
    "aù aø aû aõ aï aê aé aè aú aü aë aâ aá aà aå aã aä eù eø eû eõ eï eâ eá eà eå eã eä í ì æ ó ò "
    "où oø oû oõ oï oâ oá oà oå oã oä ô ôù ôø ôû ôõ ôï uù uø uû uõ uï ö öù öø öû öõ öï yù yø yû yõ î ñ"
).split()

_FROM_TCVN3 = dict(zip(map(ord, _TCVN3_LETTERS), _LETTERS, strict=True)) | {
    # Only these capitals have a code of their own; the others stand in a capital font with the small letters' codes.
    ord(old): new
    for old, new in zip("¡¢£¤¥¦§", "ĂÂÊÔƠƯĐ", strict=True)
}
_FROM_VNI = dict(zip(_VNI_LETTERS, _LETTERS, strict=True))
_FROM_VNI |= {old.upper(): new.upper() for old, new in _FROM_VNI.items()}
_FROM_VNI |= {old[0].upper() + old[1:]: new.upper() for old, new in _FROM_VNI.items() if len(old) == 2}
_VNI = re.compile("|".join(sorted(map(re.escape, _FROM_VNI), key=len, reverse=True)))

_ABOVE = re.compile("[\u0100-\u024f\u1e00-\u1eff]")
"""Letters that no old font is written with: ă, đ, ơ, ư and everything with two marks."""
_ODD = re.compile(
    "[\u00a1-\u00a9\u00ab-\u00af\u00b4-\u00b9\u00bb-\u00bf\u00c4-\u00c7\u00cb\u00ce-\u00d1\u00d6-\u00d8\u00db\u00dc\u00de"
    "-\u00df\u00e4-\u00e7\u00eb\u00ee-\u00f1\u00f6-\u00f8\u00fb\u00fc\u00fe\u00ff]"
    "|[aA][\u00c0-\u00ff]|[eE][\u00d9\u00f9\u00d5\u00f5\u00c2\u00e2\u00c1\u00e1\u00c0\u00e0\u00c3\u00e3]"
    "|[oO][\u00d9\u00f9\u00d5\u00f5\u00c2\u00e2]|[uU][\u00d9\u00f9\u00d5\u00f5]|[yY][\u00d9\u00f9\u00d5\u00f5]"
)
"""What Vietnamese in Unicode does not hold: its letters are few, and some never follow each other."""
_WORD = re.compile("[A-Za-z\u00a1-\u024f\u1e00-\u1eff]+")
_LEAST = 0.6
"""The share of its marked words that must be syllables for a text to be Vietnamese: names may hold foreign words."""
_FAMILIES = frozenset(
    "lê tô hà lý lâm hàn âu ân tòng quàng tôn trà bàng bành bàn chân cái cát giàng giáp kiên lôi mâu nghê ngân nhâm"  # noqa: SIM905
    " nông ông tân tào thái tiêu viên vòng hoàng châu thân thào cà hồng hồ võ vũ đỗ bùi ngô đặng huỳnh phạm trần nguyễn"
    " lương lưu đoàn trịnh đinh tạ tống lữ lục từ mạc đàm dương phùng lộ lại phương".split()
)
"""Families' names, with which the name of a person begins."""


class Word(NamedTuple):
    """Một từ trong cách đọc: as it is read, whether the font accounts for all its letters, whether it is a syllable."""

    text: str
    is_whole: bool
    is_syllable: bool


@dataclass(frozen=True)
class Reading:
    """Cách đọc một ô: its text in composed Unicode, and another text that it may be as well ("" if it is sure).

    `font` is what `text` was read in, `other_font` what `other` was.
    """

    text: str
    font: str = UNICODE
    other: str = ""
    other_font: str = UNICODE

    @property
    def question(self) -> str:
        """What a person is asked, "" if nothing."""
        if not self.other:
            return ""
        stays = f"đọc bằng {_short(self.font)} là" if self.font else "giữ nguyên là"
        turns = "đọc bằng" if self.font else "đổi từ"
        into = "là" if self.font else "thành"
        return f"Chữ trong ô {stays} “{self.text}”, hay {turns} {_short(self.other_font)} {into} “{self.other}”?"


def _short(font: str) -> str:
    return NAMES[font].partition(" ")[0]


def convert(text: str, font: str) -> str:
    """`text` in composed Unicode (NFC), read in this one font. A text with letters of Unicode only is left alone."""
    text = unicodedata.normalize("NFC", text)
    if not font or text.isascii() or _ABOVE.search(text):
        return text
    if font == VNI:
        return unicodedata.normalize("NFC", _VNI.sub(lambda found: _FROM_VNI[found.group()], text))
    return _as_capitals(text, unicodedata.normalize("NFC", text.translate(_FROM_TCVN3)))


def _as_capitals(old: str, told: str) -> str:
    """A capital font shows the codes of small letters as capitals: a text in capitals otherwise is one altogether."""
    plain = [letter for letter in old if letter.isascii() and letter.isalpha()]
    is_in_capitals = all(letter.isupper() for letter in plain) and re.search("[A-Z][^a-z\\s]*[A-Z]", old)
    return unicodedata.normalize("NFC", told.upper()) if is_in_capitals else told


def is_plain(text: str) -> bool:
    """Quick, for every cell: True if `read` would leave it as it is, whatever the column."""
    return text.isascii() or (_ABOVE.search(text) is not None and _ODD.search(text) is None)


class _Old(NamedTuple):
    """A reading in an old font that accounts for every letter, and the share of it that is Vietnamese."""

    font: str
    text: str
    share: float


@lru_cache(maxsize=20_000)
def read(text: str, font: str | None = ANY) -> Reading:
    """How the text of one cell reads. `font`: the old font that the column is known to hold texts of, or `MIXED`.

    Unicode that reads as Vietnamese stays; where a font of the column reads as well, and differs, there is an `other`.
    In a column of which nothing is known an old font is only ever an `other`. With UNICODE a person has said that all
    is Unicode.
    """
    text = unicodedata.normalize("NFC", text)
    if font == UNICODE or is_plain(text):
        return Reading(text)
    if _ABOVE.search(text):
        return _patched(text)
    known = () if font is None else tuple(font.split("+"))
    plain = _share(text, UNICODE)
    olds = _olds(text)
    fitting = [old for old in olds if old.share >= _LEAST]
    mine = [old for old in fitting or olds if old.font in known]
    if plain >= _LEAST:
        return _asked(text, [old for old in mine if old.share >= plain and not _is_of_family(text, old.text)])
    if not known:
        return _asked(text, fitting or [old for old in olds if plain < 0 < old.share])
    if not mine or (plain >= 0 and mine[0].share < _LEAST):
        return _asked(text, mine or fitting)
    best, *others = mine
    other = next((old for old in others if old.share == best.share and old.text != best.text), None)
    return Reading(best.text, best.font, *((other.text, other.font) if other else ()))


def _asked(text: str, olds: Sequence[_Old]) -> Reading:
    """The text as it stands, and the best of what else it may be."""
    return Reading(text, UNICODE, olds[0].text, olds[0].font) if olds else Reading(text)


def _olds(text: str) -> list[_Old]:
    """What the old fonts make of the text where they account for all of it and change it, the best first."""
    shares = ((font, _share(text, font)) for font in (TCVN3, VNI))
    told = [_Old(font, convert(text, font), share) for font, share in shares if share >= 0]
    return sorted((old for old in told if old.text != text), key=lambda old: -old.share)


def _is_of_family(text: str, other: str) -> bool:
    """Whether it begins with a family's name as it stands ("Lê Thanh Hùng") and not in the other reading."""
    ours, theirs = text.lower().split(), other.lower().split()
    return len(ours) > 1 and ours[0] in _FAMILIES and theirs[0] not in _FAMILIES


def _patched(text: str) -> Reading:
    """A text with letters of Unicode only: it stays, but words in it that are no Unicode are asked about."""
    for font in (TCVN3, VNI):
        told = _WORD.sub(lambda found: _in_place(found.group(), font), text)  # noqa: B023  # used up at once
        if told != text:
            return Reading(text, UNICODE, told, font)
    return Reading(text)


def _in_place(word: str, font: str) -> str:
    if word.isascii() or _ABOVE.search(word) or look(word, UNICODE).is_syllable:
        return word
    found = look(word, font)
    return found.text if found.is_whole and found.is_syllable else word


def _share(text: str, font: str) -> float:
    """Of the words with a letter outside ASCII, how many are syllables in this font; -1 if it explains not all."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    if font == UNICODE and _ODD.search(text):
        return -1.0
    looks = [look(word, font) for word in words]
    if not all(one.is_whole for one in looks):
        return -1.0
    if not looks:
        return 1.0 if font == UNICODE else -1.0
    return sum(one.is_syllable for one in looks) / len(looks)


@lru_cache(maxsize=100_000)
def look(word: str, font: str) -> Word:
    """One word in one font; remembered, as names repeat."""
    if font == UNICODE:
        return Word(word, True, is_syllable(word))
    if font == TCVN3:
        is_whole = all(letter.isascii() or ord(letter) in _FROM_TCVN3 for letter in word)
    else:
        is_whole = _VNI.sub("", word).isascii()
    told = convert(word, font)
    return Word(told, is_whole, is_syllable(told))


@dataclass(frozen=True)
class Guess:
    """Phỏng đoán bảng mã: the old fonts that a column holds, with the share of syllables before and after."""

    font: str
    before: float
    after: float
    examples: tuple[tuple[str, str], ...] = ()

    @property
    def is_old(self) -> bool:
        return self.font != UNICODE


def guess(texts: Iterable[str]) -> Guess:
    """Which old fonts stand among the texts. One text that can be nothing else is enough: a person sees it and decides.

    What is Vietnamese in Unicode says nothing about the others (and is never converted).
    """
    told = [text for text in texts if not is_plain(text)]
    found = [
        (text, one) for text in told if (one := read(text)).other and one.text == unicodedata.normalize("NFC", text)
    ]
    fonts = {one.other_font for text, one in found if not _ABOVE.search(text) and _is_told(text)}
    if not fonts:
        share = _mean(told, ANY)
        return Guess(UNICODE, share, share)
    font = together(fonts)
    changed = ((text, read(text, font)) for text in told)
    shown = tuple(dict.fromkeys((text, one.text) for text, one in changed if one.font))[:5]
    return Guess(font, _mean(told, UNICODE), _mean(told, font), shown)


def together(fonts: Iterable[str]) -> str:
    """The old fonts of several columns as one: none, one of them, or `MIXED`."""
    told = {one for font in fonts for one in font.split("+") if one}
    return MIXED if len(told) > 1 else next(iter(told), UNICODE)


def _is_told(text: str) -> bool:
    """Whether only one of the old fonts reads: a text that both give syllables for tells of neither."""
    return sum(_share(unicodedata.normalize("NFC", text), font) >= _LEAST for font in (TCVN3, VNI)) == 1


def _mean(texts: list[str], font: str | None) -> float:
    words = [word for text in texts for word in _marked(read(text, font).text)]
    return sum(map(is_syllable, words)) / len(words) if words else 1.0


def _marked(text: str) -> Iterator[str]:
    return (word for word in _WORD.findall(text) if not word.isascii())
