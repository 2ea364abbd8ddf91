"""Âm tiết: how one Vietnamese syllable is spelled. Says of a word whether it can be Vietnamese, not that it is one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_ACUTE, _DOT = "\u0301", "\u0323"
_INITIAL = (
    r"(?:ngh(?=[ieê])|gh(?=[ieê])|k(?=[ieêy])|(?:ng|g|c)(?![ieêy])|gi|qu(?![ou])|q(?=u[aăâeêioơy])|nh?|kh|ph?|th?|tr|ch"
    r"|[bdđhlmrsvx])?"
)
_RHYME = (
    r"(?:oa[ciymnpto]?|oach|oanh|oang|oă[cmnt]|oăng|oe[ont]?|uâ[nty]|uâng|uê|uênh|uêch|uơ|uy[atp]?|uyê[nt]|uynh|uych"
    r"|uyu|iê[cmnptu]|iêng|yê[mntu]|yêng|ia|ya|ươ[cimnptu]|ương|ưa|ưu|ưi|ư[cmnt]?|ưng|uô[cimnt]|uông|ua|ui|u[cmnpt]?"
    r"|ung|a[cimnoptuy]?|ach|anh|ang|ă[cmnpt]|ăng|â[cmnptuy]|âng|e[cmnopt]?|eng|ê[mnptu]?|êch|ênh|i[mnptu]?|ich|inh"
    r"|o[cimnpt]?|ong|oong|ooc|ô[cimnpt]?|ông|ơ[imnpt]?|y)"
)
_SYLLABLE = re.compile(_INITIAL + _RHYME)
_GI = re.compile(r"gi[mn]?")
_STOPPED = ("c", "ch", "p", "t")


@lru_cache(maxsize=100_000)
def is_syllable(word: str) -> bool:
    """True if `word` is spelled as one Vietnamese syllable: an initial, a rhyme, at most one tone.

    A rhyme that ends in c, ch, p or t bears the acute or the dot.
    """
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [letter for letter in decomposed if letter in _TONES]
    bare = unicodedata.normalize("NFC", "".join(letter for letter in decomposed if letter not in _TONES))
    if len(tones) > 1 or not (_SYLLABLE.fullmatch(bare) or _GI.fullmatch(bare)):
        return False
    return not bare.endswith(_STOPPED) or tones in ([_ACUTE], [_DOT])
