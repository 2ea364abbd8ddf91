"""Words: sums of money in Vietnamese words, as decisions and payment lists write them."""

from __future__ import annotations

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 1_000_000_000
LIMIT = _BILLION * _BILLION


def in_words(amount: int) -> str:
    """Whole đồng in words with a capital: 1300000 gives "Một triệu ba trăm nghìn đồng".

    Raises ValueError for a negative sum or one of a billion billion đồng and more.
    """
    words = number_in_words(amount)
    return f"{words[0].upper()}{words[1:]} đồng"


def number_in_words(value: int) -> str:
    """A whole number in Vietnamese words. Raises ValueError as `in_words`."""
    if not 0 <= value < LIMIT:
        raise ValueError("only sums from 0 to below a billion billion can be written in words")
    if value == 0:
        return _DIGITS[0]
    billions, rest = divmod(value, _BILLION)
    words = [*_below_billion(billions, inner=False), "tỷ"] if billions else []
    return " ".join(words + _below_billion(rest, inner=bool(billions)))


def _below_billion(value: int, *, inner: bool) -> list[str]:
    """`inner` says that higher digits came before, so that the first group is written with its empty hundreds."""
    words: list[str] = []
    for group, unit in ((value // 1_000_000, "triệu"), (value // 1000 % 1000, "nghìn"), (value % 1000, "")):
        if group:
            words += _group(group, inner=inner or bool(words))
            words += [unit] if unit else []
    return words


def _group(value: int, *, inner: bool) -> list[str]:
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    words = [_DIGITS[hundreds], "trăm"] if hundreds or inner else []
    if tens == 0 and ones:
        words += ["linh"] if words else []
    elif tens == 1:
        words.append("mười")
    elif tens > 1:
        words += [_DIGITS[tens], "mươi"]
    if ones == 5 and tens:
        words.append("lăm")
    elif ones == 1 and tens > 1:
        words.append("mốt")
    elif ones:
        words.append(_DIGITS[ones])
    return words
