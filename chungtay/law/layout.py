"""Layout: how documents and certificates must look on the day they are issued. Sizes in mm and points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chungtay.law.awards import FROM_152
from chungtay.law.clauses import cite, stand_in
from chungtay.law.timeline import Timeline, Version
from chungtay.law.words import in_words

__all__ = [
    "CERTIFICATE",
    "LAYOUT",
    "Certificate",
    "DocumentKind",
    "Element",
    "Layout",
    "PagePlace",
    "Range",
    "Type",
    "date_line",
    "document_number",
    "in_words",
]


@dataclass(frozen=True)
class Range:
    """Khoảng cho phép: from `low` to `high`; `low` is what we print where both are allowed."""

    low: int
    high: int

    def __contains__(self, value: int) -> bool:
        return self.low <= value <= self.high


class PagePlace(StrEnum):
    """Vị trí số trang; no number on the first page in either rule."""

    TOP_CENTRE = "top_centre"
    BOTTOM_RIGHT = "bottom_right"


class Element(StrEnum):
    """Thành phần thể thức."""

    NATION = "nation"
    MOTTO = "motto"
    SUPERIOR_BODY = "superior_body"
    ISSUING_BODY = "issuing_body"
    NUMBER = "number"
    PLACE_AND_DATE = "place_and_date"
    TYPE_NAME = "type_name"
    SUBJECT = "subject"
    BODY = "body"
    CHAPTER = "chapter"
    SIGNER_POST = "signer_post"
    SIGNER_NAME = "signer_name"
    RECIPIENTS_WORD = "recipients_word"
    RECIPIENTS = "recipients"


@dataclass(frozen=True)
class Type:
    """Kiểu chữ: size range in points and style."""

    size: Range
    bold: bool = False
    italic: bool = False
    capitals: bool = False
    underlined: bool = False


@dataclass(frozen=True)
class Layout:
    """Thể thức văn bản hành chính: A4, margins in mm, type by element."""

    font: str
    page_place: PagePlace
    types: Mapping[Element, Type]
    paper: tuple[int, int] = (210, 297)
    top: Range = Range(20, 25)
    bottom: Range = Range(20, 25)
    left: Range = Range(30, 35)
    right: Range = Range(15, 20)
    page_number: Range = Range(13, 14)
    paragraph_space_pt: int = 6


_SMALL, _LARGE = Range(12, 13), Range(13, 14)
_TYPES: Mapping[Element, Type] = {
    Element.NATION: Type(_SMALL, bold=True, capitals=True),
    Element.MOTTO: Type(_LARGE, bold=True, underlined=True),
    Element.SUPERIOR_BODY: Type(_SMALL, capitals=True),
    Element.ISSUING_BODY: Type(_SMALL, bold=True, capitals=True, underlined=True),
    Element.NUMBER: Type(Range(13, 13)),
    Element.PLACE_AND_DATE: Type(_LARGE, italic=True),
    Element.TYPE_NAME: Type(_LARGE, bold=True, capitals=True),
    Element.SUBJECT: Type(_LARGE, bold=True, underlined=True),
    Element.BODY: Type(_LARGE),
    Element.CHAPTER: Type(_LARGE, bold=True),
    Element.SIGNER_POST: Type(_LARGE, bold=True, capitals=True),
    Element.SIGNER_NAME: Type(_LARGE, bold=True),
    Element.RECIPIENTS_WORD: Type(Range(12, 12), bold=True, italic=True),
    Element.RECIPIENTS: Type(Range(11, 11)),
}

LAYOUT: Timeline[Layout] = Timeline(
    "thể thức trình bày văn bản hành chính",
    Version(
        date(2011, 3, 5),
        Layout("Times New Roman", PagePlace.BOTTOM_RIGHT, _TYPES),
        cite("TT 01/2011"),
        "Cỡ chữ từng thành phần và ngày có hiệu lực của TT 01/2011 chưa đối chiếu; cỡ chữ lấy như NĐ 30/2020.",
    ),
    Version(
        date(2020, 3, 5),
        Layout("Times New Roman", PagePlace.TOP_CENTRE, _TYPES),
        cite("NĐ 30/2020", "Phụ lục I"),
        "Cỡ chữ phần chữ ký và Nơi nhận theo NĐ 30/2020 ghi theo trí nhớ; cần đối chiếu.",
    ),
)


@dataclass(frozen=True)
class Certificate:
    """Khổ Bằng khen cấp tỉnh in mm: outer width and height, and the frame's."""

    width: int
    height: int
    frame_width: int
    frame_height: int


_CERTIFICATE = Certificate(360, 270, 290, 210)
CERTIFICATE: Timeline[Certificate] = Timeline(
    "khổ Bằng khen cấp tỉnh",
    Version(
        date(2014, 11, 1),
        _CERTIFICATE,
        stand_in("NĐ 85/2014"),
        "Khổ Bằng khen 360 x 270 mm theo NĐ 85/2014 ghi theo trí nhớ; cần đối chiếu.",
    ),
    Version(
        FROM_152,
        _CERTIFICATE,
        stand_in("NĐ 152/2025", "Điều 1"),
        "Từ 01/7/2025 Thủ tướng quy định khổ Bằng khen; văn bản chưa đọc, tạm giữ khổ cũ.",
    ),
)


class DocumentKind(StrEnum):
    """Loại văn bản; the value is the symbol of NĐ 30/2020, Phụ lục III."""

    DECISION = "QĐ"
    DIRECTIVE = "CT"
    PLAN = "KH"
    REPORT = "BC"
    MINUTES = "BB"
    SUBMISSION = "TTr"
    NOTICE = "TB"
    GUIDANCE = "HD"
    INVITATION = "GM"

    @property
    def label(self) -> str:
        return _KINDS[self]


_KINDS = {
    DocumentKind.DECISION: "Quyết định",
    DocumentKind.DIRECTIVE: "Chỉ thị",
    DocumentKind.PLAN: "Kế hoạch",
    DocumentKind.REPORT: "Báo cáo",
    DocumentKind.MINUTES: "Biên bản",
    DocumentKind.SUBMISSION: "Tờ trình",
    DocumentKind.NOTICE: "Thông báo",
    DocumentKind.GUIDANCE: "Hướng dẫn",
    DocumentKind.INVITATION: "Giấy mời",
}


def document_number(number: int, kind: DocumentKind, body: str) -> str:
    """The number and symbol, e.g. "05/QĐ-UBND": two digits below 10. Raises ValueError below 1 or without a body."""
    if number < 1 or not body.strip():
        raise ValueError("a document number starts at 1 and names its issuing body")
    return f"{number:02d}/{kind.value}-{body.strip()}"


def date_line(place: str, day: date) -> str:
    """Place and date, e.g. "Kiên Giang, ngày 05 tháng 02 năm 2018": a 0 before days below 10 and months 1 and 2."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{place}, ngày {day:%d} tháng {month} năm {day.year}"
