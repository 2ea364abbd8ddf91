"""In văn bản: papers as PDF/A-2b through Typst.

The data reaches a template as JSON in `sys.inputs` and is only ever shown as text, so that nothing in it can run. Fonts
come from one folder, never from the machine. The same data on the same day gives the same bytes.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

from chungtay.documents import letters, qr
from chungtay.documents.papers import CertificateBatch, Paper, ReceiptPaper
from chungtay.law import layout as law_layout
from chungtay.law.refusals import Reason, Refused

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = ROOT / "templates" / "papers"
FONTS = ROOT / "static" / "vendor" / "fonts" / "tinos"  # metric-equal to Times New Roman, all Vietnamese letters

DRAFT = "DỰ THẢO"
SPECIMEN = "BẢN MẪU - KHÔNG CÓ GIÁ TRỊ"

UNTAGGED = frozenset({"certificate"})  # read on a wall, not by a screen reader; the tags would be half of the file
LARGE = 1_000_000  # characters of input: above it, the compiler's memory of the paper is dropped at once

TITLES = {
    "decision": "Quyết định khen thưởng",
    "certificate": "Bằng khen",
    "receipt": "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    "report07": "Báo cáo thành tích",
    "submission_letter": "Tờ trình đề nghị khen thưởng",
    "minutes": "Biên bản họp Hội đồng",
    "refusal_notice": "Thông báo kết quả xét khen thưởng",
    "review_table": "Biểu tổng hợp kết quả rà soát hộ nghèo, hộ cận nghèo",
    "giving": "Biên nhận, sao kê đóng góp",
    "review_request": "Giấy đề nghị rà soát hộ nghèo, hộ cận nghèo và trả lời",
}


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Thể thức trình bày: lengths in mm, type sizes in pt, shares in percent. `layout_on` fills in the law's part."""

    width: float = 210
    height: float = 297
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15
    folio: Literal["top", "bottom"] = "top"  # page number top centre, or bottom right
    folio_size: float = 13
    nation: float = 13  # Quốc hiệu
    motto: float = 14  # tiêu ngữ
    superior: float = 13
    issuer: float = 13
    number: float = 13
    dated: float = 13
    title: float = 14
    subject: float = 14
    body: float = 14
    bases: Literal["italic", "normal"] = "italic"  # căn cứ ban hành
    signer: float = 14
    recipients_word: float = 12
    recipients: float = 11
    table: float = 12
    line_gap: float = 0.55  # space between lines, em: about 1.15 lines
    paragraph_gap: float = 6  # pt
    indent: float = 12.7  # first line of a paragraph
    head_left: float = 40  # share of the letterhead's left column
    signature_gap: float = 25  # room for signature and seal
    annex_columns: tuple[float, ...] = (0, 22, 27, 33, 24)  # shares; 0: as narrow as its content

    def to_dict(self) -> dict[str, Any]:
        """The keys that common.typ reads."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class CertificateLayout:
    """Kích thước bằng khen: the sheet and its frame in mm, type sizes in pt. `certificate_layout_on` asks the law."""

    width: float
    height: float
    border_width: float
    border_height: float
    certificate_nation: float = 18
    certificate_motto: float = 20
    certificate_authority: float = 24
    certificate_given: float = 20
    certificate_award: float = 50
    certificate_name_at: float = 100  # top of the name below the frame's top, mm
    certificate_name: float = 34
    certificate_text: float = 19
    certificate_told: float = 18  # room for the achievement, mm
    certificate_small: float = 14
    certificate_signer: float = 16
    certificate_gap: float = 22  # room for signature and seal, mm
    certificate_qr: float = 31

    def to_dict(self) -> dict[str, Any]:
        """The keys that certificate.typ reads."""
        return asdict(self)


def layout_on(day: date) -> Layout:
    """The layout of papers dated `day`. Raises NoRule for a day without a rule.

    Before NĐ 30/2020 the legal bases stood upright.
    """
    rule = law_layout.LAYOUT.on(day).value
    top = rule.page_place is law_layout.PagePlace.TOP_CENTRE
    size = {element: kind.size.high for element, kind in rule.types.items()}
    element = law_layout.Element
    return Layout(
        width=rule.paper[0],
        height=rule.paper[1],
        top=rule.top.low,
        bottom=rule.bottom.low,
        left=rule.left.low,
        right=rule.right.low,
        folio="top" if top else "bottom",
        folio_size=rule.page_number.low,
        nation=size[element.NATION],
        motto=size[element.MOTTO],
        superior=size[element.SUPERIOR_BODY],
        issuer=size[element.ISSUING_BODY],
        number=size[element.NUMBER],
        dated=size[element.PLACE_AND_DATE],
        title=size[element.TYPE_NAME],
        subject=size[element.SUBJECT],
        body=size[element.BODY],
        bases="italic" if top else "normal",
        signer=size[element.SIGNER_POST],
        recipients_word=size[element.RECIPIENTS_WORD],
        recipients=size[element.RECIPIENTS],
        paragraph_gap=rule.paragraph_space_pt,
    )


def certificate_layout_on(day: date) -> CertificateLayout:
    """The sheet and frame of provincial certificates dated `day`. Raises NoRule for a day without a rule."""
    rule = law_layout.CERTIFICATE.on(day).value
    return CertificateLayout(
        width=rule.width, height=rule.height, border_width=rule.frame_width, border_height=rule.frame_height
    )


def pdf(
    template: str,
    data: Mapping[str, Any],
    *,
    on: date,
    codes: Sequence[str] = (),
    layout: Layout | CertificateLayout | None = None,
    watermark: str = "",
    fonts: Path = FONTS,
) -> bytes:
    """The paper `template` filled with `data` as PDF/A-2b, dated `on` (the only date that enters the file).

    Without a `layout`, the law's of that day is taken.
    `codes` are the texts of the QR codes, in the order in which the template prints them. `watermark` is DRAFT,
    SPECIMEN or empty. Raises Refused, naming the letters, if the font lacks a letter of `data`; KeyError for a template
    that does not exist; typst.TypstError if data do not fit the template.
    """
    title = TITLES[template]
    if layout is None:
        layout = certificate_layout_on(on) if template == "certificate" else layout_on(on)
    require_letters(data, fonts=fonts)
    inputs = {
        "title": title,
        "data": json.dumps(data, ensure_ascii=False, separators=(",", ":")),
        "layout": json.dumps(layout.to_dict()),
        "codes": json.dumps([qr.as_json(code) for code in codes]),
        "watermark": watermark,
    }
    return _compilers(fonts).compile(TEMPLATES / f"{template}.typ", inputs, on)


def print_paper(
    paper: Paper,
    *,
    on: date,
    layout: Layout | CertificateLayout | None = None,
    watermark: str = "",
    fonts: Path = FONTS,
) -> bytes:
    """`paper` as PDF: `pdf` with the paper's own template, content and QR codes."""
    return pdf(
        paper.template,
        paper.to_dict(),
        on=on,
        codes=codes_of(paper),
        layout=layout,
        watermark=watermark,
        fonts=fonts,
    )


def codes_of(paper: Paper) -> tuple[str, ...]:
    """The texts of the paper's QR codes, in the order in which its template prints them."""
    if isinstance(paper, CertificateBatch):
        return tuple(one.qr for one in paper.certificates)
    return (paper.qr,) if isinstance(paper, ReceiptPaper) else ()


def require_letters(data: Mapping[str, Any], *, fonts: Path = FONTS) -> None:
    """Raise Refused with one reason for each text of `data` that holds letters the font cannot print."""
    if not letters.missing(_texts(data), fonts):
        return
    raise Refused(
        Reason(f"Không in được “{text}”: phông chữ không có {', '.join(map(letters.described, lacking))}.")
        for text in dict.fromkeys(_texts(data))
        if (lacking := letters.missing([text], fonts))
    )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)


class _Compiler:
    """One Typst world with its fonts, kept: opening fonts and parsing templates costs more than a short paper.

    A world takes one paper at a time, hence the lock.
    """

    def __init__(self, fonts: Path) -> None:
        self._lock = threading.Lock()
        faces = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)])
        self._world = typst.Compiler(root=str(TEMPLATES), font_paths=faces, ignore_system_fonts=True)

    def compile(self, template: Path, inputs: dict[str, str], on: date) -> bytes:
        """PDF bytes. Any warning of the compiler is an error: a paper is right or it is not printed."""
        stamp = datetime(on.year, on.month, on.day, tzinfo=UTC)
        tags = template.stem not in UNTAGGED
        with self._lock:
            out, warnings = self._world.compile_with_warnings(
                str(template), sys_inputs=inputs, format="pdf", pdf_standards="a-2b", timestamp=stamp, pdf_tags=tags
            )
            if sum(map(len, inputs.values())) > LARGE:
                self._forget()
        if warnings:
            raise RuntimeError("; ".join(str(warning) for warning in warnings))
        if not isinstance(out, bytes):
            raise TypeError("the compiler gave no PDF")
        return out

    def _forget(self) -> None:
        """Typst remembers the parts of its last ten papers: after a large one that is hundreds of MB. Print nothing,
        often enough, and it forgets them."""
        for _ in range(12):
            self._world.compile(b"", format="pdf", sys_inputs={})


@lru_cache(maxsize=2)
def _compilers(fonts: Path) -> _Compiler:
    return _Compiler(fonts)
