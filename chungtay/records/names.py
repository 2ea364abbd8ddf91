"""Names as people type them: with accents, without, or with wrongly composed ones."""

import re
import unicodedata

_NOT_WORD = re.compile(r"[^0-9a-z]+")


def clean(text: str) -> str:
    """`text` in composed Unicode (NFC) with single spaces: what is stored."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """`text` as lower-case ASCII words without accents, đ as d, single spaces: what is searched.

    >>> fold("  Đặng  Thị Ngọc-Ánh")
    'dang thi ngoc anh'
    """
    plain = text.replace("Đ", "D").replace("đ", "d")
    decomposed = unicodedata.normalize("NFD", plain)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", bare.lower()).strip()
