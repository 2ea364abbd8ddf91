"""Loại dữ liệu của một cột: how a cell is read. A reader never raises; it says in Vietnamese what is wrong.

A cell is a text, a number or nothing; days, times, truths and error values come as marked texts (`reading_child`). What
is read is plain JSON: text, int, None; a day is its ISO text, which `Kind.load` turns into a `date`.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django import forms

from chungtay.records.fields import DongField
from chungtay.records.names import clean, fold
from chungtay.sheets.reading_child import DAY, ERROR, MARK, TIME, TRUTH

Cell = str | int | float | None
Value = str | int | None

PAD, CENTURY, SPELLING = "pad", "century", "spelling"
"""Rules that a person may switch on for a whole column: doubts of that rule are then settled by their offer."""
EXACT = 10**15  # Excel keeps fifteen digits; what comes after them is invented
_EPOCH = date(1899, 12, 30)
_NUMBER = re.compile(r"[+-]?\d{1,18}")
_GROUPED = re.compile(
    r"([+-]?\d{1,3}(?:[ .]\d{3})+)(?:,0+)?|([+-]?\d{1,3}(?:,\d{3})+)(?:\.0+)?|([+-]?\d{1,18})[.,]0{1,2}"
)
_DAY = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")


class Read(NamedTuple):
    """Kết quả đọc một ô. Without a sentence the value is sure; doubtful: a question, with an offer if there is one."""

    value: Value = None
    sentence: str = ""
    is_doubtful: bool = False
    offer: Value = None
    rule: str = ""


@dataclass(frozen=True)
class Kind:
    """Loại cột. `is_telling`: a cell that can be read so says much about its column (an ID number, not a text).

    `show`: a value that was read, in the words that a person would write.
    """

    name: str
    read: Callable[[Cell], Read]
    load: Callable[[Any], Any] | None = None
    is_telling: bool = False
    show: Callable[[Any], str] = str

    def tell(self, value: Value) -> str:
        """A stored value for a person to see; "" for none."""
        return "" if value is None else self.show(value)


EMPTY = Read()


def is_empty(cell: Cell) -> bool:
    """Nothing, or only spaces and a dash that stands for nothing."""
    return cell is None or (isinstance(cell, str) and cell.strip() in ("", "-", "–"))


def shown(cell: Cell) -> str:
    """The cell as a person would see it."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        if math.isfinite(cell) and cell.is_integer() and abs(cell) < 1e18:
            return str(int(cell))
        return repr(cell).replace(".", ",")
    text = str(cell)
    if text.startswith(DAY):
        found = _iso_day(text[len(DAY) :])
        return f"{found:%d/%m/%Y}" if found else text[len(DAY) :]
    if text.startswith(TRUTH):
        return "TRUE" if text.endswith("1") else "FALSE"
    return "#LỖI" if text == ERROR else text.removeprefix(TIME)


def _marked(cell: Cell) -> Read | None:
    """What to say about a marked cell where a text or a number is wanted."""
    if not isinstance(cell, str) or not cell.startswith(MARK):
        return None
    if cell == ERROR:
        return Read(sentence="Ô này chứa lỗi công thức của Excel (như #N/A).")
    if cell.startswith((DAY, TIME)):
        return Read(sentence=f"Excel đã đổi ô này thành ngày giờ ({shown(cell)}): hãy ghi lại bằng chữ.")
    return Read(shown(cell))


def text(most: int = 250) -> Kind:
    """Any text of at most `most` letters, in composed Unicode with single spaces."""

    def read(cell: Cell) -> Read:
        if isinstance(cell, str) and not cell.startswith(MARK):
            told = clean(cell)
        elif is_empty(cell):
            return EMPTY
        elif (about := _marked(cell)) is not None:
            return about
        else:
            told = shown(cell)
        if len(told) > most:
            return Read(sentence=f"Dài {len(told)} chữ, chỉ ghi được {most}.")
        return Read(told or None)

    return Kind("text", read)


def _whole(cell: Cell) -> int | None:
    """A whole number from a number or from text with or without groups; None for anything else."""
    if isinstance(cell, int):
        return cell
    if isinstance(cell, float):
        return int(cell) if math.isfinite(cell) and cell.is_integer() and abs(cell) < 1e18 else None
    told = clean(cell or "").replace("\u2212", "-")
    if not told.isascii():
        return None
    if _NUMBER.fullmatch(told):
        return int(told)
    if (grouped := _GROUPED.fullmatch(told)) is not None:
        return int(re.sub(r"[ .,]", "", next(part for part in grouped.groups() if part)))
    return None


def integer(least: int = 0, most: int = 10**9) -> Kind:
    """A whole number between `least` and `most`."""

    def read(cell: Cell) -> Read:
        if isinstance(cell, float) and least <= cell <= most and cell.is_integer():
            return Read(int(cell))
        if is_empty(cell):
            return EMPTY
        if (about := _marked(cell)) is not None:
            return about if about.sentence else Read(sentence="Cần ghi số.")
        found = _whole(cell)
        if found is None:
            return Read(sentence=f"Cần ghi số nguyên, đang ghi “{_cut(cell)}”.")
        return _between(found, least, most)

    return Kind("integer", read)


def _between(found: int, least: int, most: int) -> Read:
    if not least <= found <= most:
        return Read(sentence=f"Số {_grouped(found)} nằm ngoài khoảng {_grouped(least)} đến {_grouped(most)}.")
    return Read(found)


def dong(most: int = 10**13) -> Kind:
    """A sum in whole đồng: a number, 1.300.000, "200 triệu" or "1,5 tỷ"."""
    typed = DongField(required=False)

    def read(cell: Cell) -> Read:
        if isinstance(cell, float) and 0 <= cell <= most and cell.is_integer():
            return Read(int(cell))
        if is_empty(cell):
            return EMPTY
        if (about := _marked(cell)) is not None:
            return about if about.sentence else Read(sentence="Cần ghi số tiền.")
        found = _whole(cell)
        if found is None and isinstance(cell, str) and len(cell) <= 60:
            try:
                found = typed.to_python(cell)
            except (forms.ValidationError, ValueError):
                found = None
        if found is None:
            return Read(sentence=f"Cần ghi số tiền bằng đồng chẵn, đang ghi “{_cut(cell)}”.")
        return _between(found, 0, most)

    return Kind("dong", read, show=_grouped)


def _iso_day(told: str) -> date | None:
    found = _ISO.fullmatch(told)
    return _date(int(found[1]), int(found[2]), int(found[3])) if found else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_of(cell: Cell, last: date) -> tuple[date | None, bool]:
    """The day that a cell means, and whether its century was guessed."""
    if isinstance(cell, int | float):
        serial = _whole(cell) or 0
        return (_EPOCH + timedelta(days=serial) if 3_000 < serial < 80_000 else None), False
    told = clean(cell or "")
    if told.startswith(DAY):
        return _iso_day(told[len(DAY) :]), False
    found = _DAY.fullmatch(told)
    if found is None:
        return _iso_day(told), False
    day, month, year = int(found[1]), int(found[2]), int(found[3])
    if len(found[3]) == 4:
        return _date(year, month, day), False
    return _date(year + (2000 if year <= last.year % 100 else 1900), month, day), True


def day(first: date = date(1900, 1, 1), last: date = date(2100, 12, 31)) -> Kind:
    """A day between two days: a date cell, Excel's serial number, or dd/mm/yyyy as text."""

    def read(cell: Cell) -> Read:
        if is_empty(cell):
            return EMPTY
        found, is_guessed = _day_of(cell, last)
        if found is None:
            return Read(sentence=f"Cần ghi ngày theo dạng ngày/tháng/năm, đang ghi “{_cut(cell)}”.")
        if not first <= found <= last:
            return Read(sentence=f"Ngày {found:%d/%m/%Y} nằm ngoài khoảng {first:%d/%m/%Y} đến {last:%d/%m/%Y}.")
        if is_guessed:
            question = f"Năm chỉ ghi hai chữ số: có phải {found:%d/%m/%Y}?"
            return Read(found.isoformat(), question, is_doubtful=True, offer=found.isoformat(), rule=CENTURY)
        return Read(found.isoformat())

    return Kind("day", read, date.fromisoformat, is_telling=True, show=_day_shown)


def _day_shown(told: str) -> str:
    """A stored day or year as it is written here."""
    found = _iso_day(told)
    return f"{found:%d/%m/%Y}" if found else told


def birth(last: date = date(2100, 12, 31)) -> Kind:
    """A day of birth, or only the year where nobody knows the day: "1965-03-02" or "1965", both as text."""
    whole = day(date(1890, 1, 1), last)

    def read(cell: Cell) -> Read:
        year = None if is_empty(cell) or str(cell).startswith(MARK) else _whole(cell)
        if year is not None and 1890 <= year <= last.year:
            return Read(str(year))
        return whole.read(cell)

    return Kind("birth", read, is_telling=True, show=_day_shown)


def choice(synonyms: Mapping[str, Iterable[str]]) -> Kind:
    """One of a few values, each with the words that mean it. Nearly the same word is a question, not an answer."""
    known = {fold(word): value for value, words in synonyms.items() for word in (value, *words)}
    labels = {value: next(iter(words), value) for value, words in synonyms.items()}

    def read(cell: Cell) -> Read:
        if is_empty(cell):
            return EMPTY
        told = fold(shown(cell))
        if told in known:
            return Read(known[told])
        near = difflib.get_close_matches(told[:80], known, n=1, cutoff=0.82)
        if near:
            value = known[near[0]]
            question = f"Ghi “{_cut(cell)}”: có phải “{labels[value]}”?"
            return Read(value, question, is_doubtful=True, offer=value, rule=SPELLING)
        return Read(sentence=f"Không hiểu “{_cut(cell)}”. Ghi một trong: {', '.join(list(labels.values())[:12])}.")

    return Kind("choice", read, is_telling=True, show=lambda value: labels.get(value, str(value)))


def tick(more: Iterable[str] = ()) -> Kind:
    """A column of ticks: "1" where it is ticked, by x, "có" or `more`; nothing where it is empty or says no."""
    yes = {fold(word) for word in ("x", "Có", "1", "Đúng", "Phải", "Yes", "True", *more)}
    no = {fold(word) for word in ("Không", "Khong", "Ko", "K", "0", "Chưa", "Sai", "No", "False")}

    def read(cell: Cell) -> Read:
        told = fold(shown(cell))
        if is_empty(cell) or told in no:
            return EMPTY
        if told in yes or shown(cell).strip() in ("✓", "✔", "√", "+"):
            return Read("1")
        return Read(sentence=f"Không hiểu “{_cut(cell)}”. Ghi x nếu có; để trống hoặc ghi “không” nếu không.")

    return Kind("choice", read, is_telling=True, show=lambda value: "x")


def _cut(cell: Cell) -> str:
    told = clean(shown(cell))
    return told if len(told) <= 60 else f"{told[:57]}…"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
