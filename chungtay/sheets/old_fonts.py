"""Chữ cũ: text typed in TCVN3 (ABC, .VnTime) or VNI fonts, told by its syllables and turned into Unicode.

A cell of such a file holds Latin letters that only look Vietnamese in their own font: "NguyÔn" (TCVN3), "Nguyeãn"
(VNI) for "Nguyễn". Nothing in the cell says so, hence the score: how many words are Vietnamese syllables before and
after. A person sees both and decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

TCVN3, VNI, UNICODE = "tcvn3", "vni", ""
NAMES = {TCVN3: "TCVN3 (ABC, phông .Vn)", VNI: "VNI", UNICODE: "Unicode"}

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

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_SYLLABLE = re.compile(
    r"(?:ngh?|n[h]?|g[hi]?|kh?|ph?|th?|tr|t|ch?|qu|[bdđhlmrsvx])?"
    r"(?:oa[ciymnpto]?|oach|oanh|oang|oă[cmnt]|oăng|oe[ont]?|uâ[nty]|uâng|uê|uênh|uêch|uơ|uy[at]?|uyê[nt]|uynh|uych|uyu"
    r"|iê[cmnptu]|iêng|yê[mntu]|yêng|ia|ya|ươ[cimnptu]|ương|ưa|ưu|ưi|ư[cmnt]?|ưng|uô[cimnt]|uông|ua|ui|u[cmnpt]?|ung"
    r"|a[cimnoptuy]?|ach|anh|ang|ă[cmnpt]|ăng|â[cmnptuy]|âng|e[cmnopt]?|eng|ê[mnptu]?|êch|ênh|i[mnptu]?|ich|inh"
    r"|o[cimnpt]?|ong|oong|ooc|ô[cimnpt]?|ông|ơ[imnpt]?|y)"
)
_OLD_WORD = re.compile(r"[A-Za-z\u00a1-\u00ff]+")


def convert(text: str, font: str) -> str:
    """`text` in composed Unicode (NFC). A text that already holds letters of Unicode only is left alone."""
    if font and not text.isascii() and not _is_surely_unicode(text):
        is_tcvn3 = font == TCVN3
        text = text.translate(_FROM_TCVN3) if is_tcvn3 else _VNI.sub(lambda found: _FROM_VNI[found.group()], text)
    return unicodedata.normalize("NFC", text)


@dataclass(frozen=True)
class Guess:
    """Phỏng đoán bảng mã: the font that explains the words best, with the share of syllables before and after."""

    font: str
    before: float
    after: float
    examples: tuple[tuple[str, str], ...] = ()

    @property
    def is_old(self) -> bool:
        return self.font != UNICODE


def guess(texts: Iterable[str]) -> Guess:
    """Which font the texts were typed in. Unicode unless an old font makes clearly more words Vietnamese.

    Files are mixed, so texts that can only be Unicode say nothing about the others (and are never converted).
    """
    told = [text for text in texts if not text.isascii() and not _is_surely_unicode(text)]
    if not told:
        return Guess(UNICODE, 1.0, 1.0)
    before = _share(told, UNICODE)
    after, font = max((_share(told, font), font) for font in (TCVN3, VNI))
    if after < 0.6 or after < before + 0.2:
        return Guess(UNICODE, before, before)
    shown = tuple(dict.fromkeys((text, convert(text, font)) for text in told))[:5]
    return Guess(font, before, after, shown)


def _is_surely_unicode(text: str) -> bool:
    """Letters that neither old table can produce: ă, đ, ơ, ư and everything with two marks."""
    return any(letter > "\u00ff" and letter.isalpha() for letter in unicodedata.normalize("NFC", text))


def _share(texts: list[str], font: str) -> float:
    """Of the words with a letter outside ASCII, how many are Vietnamese syllables when read in `font`."""
    words = [word for text in texts for word in _words(text, font) if not word.isascii()]
    if not words:
        return 0.0
    read = [convert(word, font) for word in words]
    return sum(is_syllable(word) for word in read) / len(read)


def _words(text: str, font: str) -> list[str]:
    """Words as the font sees them: an old font's letters may be signs in Unicode (¬, ¸, the soft hyphen)."""
    return _OLD_WORD.findall(text) if font else re.findall(r"[A-Za-z\u00a1-\uffff]+", text)


def is_syllable(word: str) -> bool:
    """True if `word` is spelled as one Vietnamese syllable: an initial, a rhyme, at most one tone."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = sum(letter in _TONES for letter in decomposed)
    bare = unicodedata.normalize("NFC", "".join(letter for letter in decomposed if letter not in _TONES))
    return tones <= 1 and bool(_SYLLABLE.fullmatch(bare))
