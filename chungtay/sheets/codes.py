"""Số và mã có số 0 ở đầu: identity numbers, codes, communes. Excel drops such zeros, so a short one is doubtful."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable
from datetime import date

from chungtay.places.kinds import split_kind
from chungtay.places.models import Place
from chungtay.places.scope import Scope
from chungtay.records.names import clean, fold
from chungtay.sheets.kinds import EMPTY, EXACT, PAD, SPELLING, Cell, Kind, Read, Value, _cut, _marked, is_empty

CMND, CCCD = 9, 12
LAST_PROVINCE = 96  # a CCCD begins with the code of the province of birth, 001 to 096 (TT 07/2016/TT-BCA, phụ lục 1)


def _digits(cell: Cell) -> str | None:
    """The digits of a number as it was typed, or None if they are not known (rounded, or not only digits)."""
    if isinstance(cell, int | float):
        if isinstance(cell, float) and not (math.isfinite(cell) and cell.is_integer()):
            return None
        return str(int(cell)) if 0 <= cell < EXACT else None
    if cell and cell.isascii() and cell.isdigit():
        return cell
    told = re.sub(r"[\s.'’\-]", "", clean(cell or ""))
    return told if told.isascii() and told.isdigit() else None


def id_number() -> Kind:
    """A CMND (9 digits) or CCCD (12 digits), as text. One or two digits short: a question with the padded number."""

    def read(cell: Cell) -> Read:
        if isinstance(cell, str) and len(cell) in (CMND, CCCD) and cell.isascii() and cell.isdigit():
            return _known(cell)
        if is_empty(cell):
            return EMPTY
        if (about := _marked(cell)) is not None:
            return about if about.sentence else Read(sentence="Cần ghi số CMND hoặc CCCD.")
        digits = _digits(cell)
        if digits is None:
            return Read(sentence=_why_not_digits(cell))
        if len(digits) in (CMND, CCCD):
            return _known(digits)
        for length in (CMND, CCCD):
            if length - 2 <= len(digits) < length:
                padded = digits.zfill(length)
                question = f"Số này có {len(digits)} chữ số, có thể Excel đã bỏ số 0 ở đầu: có phải {padded}?"
                return Read(digits, question, is_doubtful=True, offer=padded, rule=PAD)
        return Read(sentence=f"Số có {len(digits)} chữ số; CMND có 9, CCCD có 12 chữ số.")

    return Kind("id_number", read, is_telling=True)


def _known(digits: str) -> Read:
    if len(digits) == CCCD and not 1 <= int(digits[:3]) <= LAST_PROVINCE:
        question = f"CCCD bắt đầu bằng {digits[:3]}, không phải mã tỉnh nào: số này có đúng không?"
        return Read(digits, question, is_doubtful=True)
    return Read(digits)


def _why_not_digits(cell: Cell) -> str:
    is_long = isinstance(cell, int | float) and abs(cell) >= EXACT
    if is_long or re.fullmatch(r"\d[.,]\d+[eE]\+\d+", str(cell).strip()):
        return "Excel đã làm tròn số này, không còn đọc được: hãy ghi lại dưới dạng chữ."
    return f"Chỉ được ghi chữ số, đang ghi “{_cut(cell)}”."


def code(length: int) -> Kind:
    """A code of `length` digits as text. A shorter one is a question with the padded code."""

    def read(cell: Cell) -> Read:
        if is_empty(cell):
            return EMPTY
        if (about := _marked(cell)) is not None:
            return about if about.sentence else Read(sentence=f"Cần ghi mã {length} chữ số.")
        digits = _digits(cell)
        if digits is None or len(digits) > length:
            return Read(sentence=f"Mã phải có {length} chữ số, đang ghi “{_cut(cell)}”.")
        if len(digits) < length:
            padded = digits.zfill(length)
            question = f"Mã này có {len(digits)} chữ số, có thể Excel đã bỏ số 0 ở đầu: có phải {padded}?"
            return Read(digits, question, is_doubtful=True, offer=padded, rule=PAD)
        return Read(digits)

    return Kind("code", read, is_telling=True)


def commune(on: date, within: Scope | None = None) -> Kind:
    """A commune of that day by name or code, as the place's key; `within` leaves only those of an area. One query."""
    found = Place.objects.communes(on)
    rows = [(p.key, p.version.kind, p.version.name, p.version.code) for p in found if _is_in(p, within)]
    return commune_of(rows)


def _is_in(place: Place, within: Scope | None) -> bool:
    return within is None or within.covers(place.version.path)


def commune_of(rows: Iterable[tuple[str, str, str, str]]) -> Kind:
    """The same over given (key, kind, name, code): two of one name are a question, never a guess."""
    by_name: dict[str, list[tuple[str, str]]] = {}
    by_code: dict[str, str] = {}
    labels: dict[str, str] = {}
    for key, kind, name, number in rows:
        by_name.setdefault(fold(name), []).append((kind, key))
        by_code[number] = key
        labels[key] = clean(name)

    def read(cell: Cell) -> Read:
        if is_empty(cell):
            return EMPTY
        if (about := _marked(cell)) is not None:
            return about if about.sentence else Read(sentence="Cần ghi tên xã, phường, thị trấn.")
        digits = _digits(cell)
        if digits and digits.zfill(5) in by_code:
            return Read(by_code[digits.zfill(5)])
        kind, name = split_kind(str(cell))
        some = by_name.get(name) or by_name.get(fold(str(cell))) or []
        fitting = [key for k, key in some if kind is None or k == kind]
        if len(fitting) == 1:
            return Read(fitting[0])
        if some:
            if not fitting:
                return _other_kind(cell, some, labels)
            which = "hãy ghi rõ xã, phường hay thị trấn, hoặc ghi mã"
            return Read(sentence=f"Có {len(fitting)} nơi tên “{labels[fitting[0]]}”: {which}.")
        return _near(cell, name, by_name, labels)

    return Kind("commune", read, is_telling=True, show=lambda key: labels.get(key, str(key)))


def _other_kind(cell: Cell, some: list[tuple[str, str]], labels: dict[str, str]) -> Read:
    offer: Value = some[0][1] if len(some) == 1 else None
    question = f"Không có “{_cut(cell)}”, nhưng có nơi cùng tên “{labels[some[0][1]]}”: có phải nơi đó?"
    return Read(offer, question, is_doubtful=offer is not None, offer=offer)


def _near(cell: Cell, name: str, by_name: dict[str, list[tuple[str, str]]], labels: dict[str, str]) -> Read:
    near = difflib.get_close_matches(name[:80], by_name, n=1, cutoff=0.85)
    if near and len(by_name[near[0]]) == 1:
        key = by_name[near[0]][0][1]
        question = f"Ghi “{_cut(cell)}”: có phải “{labels[key]}”?"
        return Read(key, question, is_doubtful=True, offer=key, rule=SPELLING)
    return Read(sentence=f"Không có xã, phường, thị trấn nào tên “{_cut(cell)}” trong địa bàn này.")
