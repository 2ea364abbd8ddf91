"""Thành phần văn bản: what several papers have in common, and how dates and amounts are written on them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Json = dict[str, Any]

NO_DATE = "ngày      tháng      năm      "


def nfc(text: str) -> str:
    """`text` composed (NFC): the same name always has the same letters, in the glyph check, PDF text and hashes."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def written(day: date | None) -> str:
    """ "ngày 05 tháng 02 năm 2018"; a zero stands before days under 10 and months 1 and 2 (NĐ 30/2020, Phụ lục I).

    None gives the blanks that a clerk fills in by hand on a draft.
    """
    if day is None:
        return NO_DATE
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def grouped(amount: int) -> str:
    """1300000 -> "1.300.000" (whole đồng, without the unit)."""
    return f"{amount:,}".replace(",", ".")


def texts(lines: Sequence[str]) -> list[str]:
    """Every line composed."""
    return [nfc(line) for line in lines]


def unended(lines: Sequence[str]) -> list[str]:
    """Every line composed, without the punctuation at its end, which the template sets by the line's place."""
    return [nfc(line).rstrip(" .;/") for line in lines]


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Phần đầu văn bản: issuing body, number, place and date."""

    superior: str = ""  # cơ quan chủ quản, printed in capitals; empty: none
    issuer: str  # cơ quan ban hành, printed in bold capitals; a line feed breaks the line
    number: str = ""  # "12/QĐ-UBND" after "Số: "; a draft passes "      /QĐ-UBND"; empty: no number line
    place: str  # địa danh, "Kiên Giang"
    issued_on: date | None = None  # None: blanks for the day

    def to_dict(self) -> Json:
        """Texts as printed; `dated` is the whole line of place and date."""
        return {
            "superior": nfc(self.superior).upper(),
            "issuer": _broken(nfc(self.issuer).upper()),
            "number": nfc(self.number),
            "dated": f"{nfc(self.place)}, {written(self.issued_on)}",
        }


def _broken(issuer: str) -> str:
    """ "ỦY BAN NHÂN DÂN" on a line of its own, as offices write it."""
    for body in ("ỦY BAN NHÂN DÂN ", "UỶ BAN NHÂN DÂN "):
        if issuer.startswith(body):
            return f"{body.rstrip()}\n{issuer.removeprefix(body)}"
    return issuer


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Người ký: lines of authority as printed ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), a note under them, the name."""

    authority: tuple[str, ...]
    name: str = ""
    note: str = ""  # "(Ký, ghi rõ họ tên)" in italics; mostly empty

    def to_dict(self) -> Json:
        """Texts as printed."""
        return {"authority": texts(self.authority), "name": nfc(self.name), "note": nfc(self.note)}


@dataclass(frozen=True, slots=True)
class AwardRow:
    """Một dòng danh sách khen thưởng. `amount` is whole đồng, 0 where an emblem or nothing goes with the award."""

    name: str
    unit: str  # post and unit, or address
    achievement: str
    reward: str  # "Bằng khen; 1.300.000 đồng", "Bằng khen kèm biểu trưng của UBND tỉnh"
    amount: int = 0

    def cells(self) -> list[str]:
        """The four text cells of the row, after its number."""
        return [nfc(self.name), nfc(self.unit), nfc(self.achievement), nfc(self.reward)]


@dataclass(frozen=True, slots=True)
class AwardPart:
    """Một phần của danh sách: "Tập thể", "Hộ gia đình", "Cá nhân". Empty parts are not printed."""

    heading: str
    rows: tuple[AwardRow, ...]


def part_dicts(parts: Sequence[AwardPart]) -> list[Json]:
    """Parts that have rows, each with its count."""
    return [
        {"heading": nfc(part.heading), "rows": [row.cells() for row in part.rows], "count": grouped(len(part.rows))}
        for part in parts
        if part.rows
    ]


def sentence_case(authority: str) -> str:
    """ "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH KIÊN GIANG" -> "Chủ tịch Ủy ban nhân dân tỉnh Kiên Giang" (NĐ 30/2020).

    Words before the unit's name are lowered but for the first letter of the post and of the body; the name keeps
    capitals at each word. A text that is not all capitals is left alone.
    """
    if not authority.isupper():
        return authority
    text = authority.lower()
    for unit in ("tỉnh ", "thành phố ", "huyện ", "thị xã ", "quận ", "xã ", "phường ", "thị trấn "):
        before, found, name = text.partition(f" {unit}")
        if found:
            text = f"{before} {unit}{name.title()}"
            break
    text = text.replace("ủy ban", "Ủy ban").replace("uỷ ban", "Uỷ ban").replace("hội đồng", "Hội đồng")
    return text[:1].upper() + text[1:]
