"""Văn bản: what stands on each paper, as plain frozen values.

Every class is the whole content of one paper. `template` names its file under templates/papers/, `to_dict()` gives the
JSON-ready mapping that `printing.pdf` (PDF) and `word.docx` (Word) take: NFC text and lists only, dates already written
out. Amounts are whole đồng. Nothing here knows where a value came from, nothing here decides anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from chungtay.documents.paper_parts import (
    AwardPart,
    AwardRow,
    Json,
    Letterhead,
    Signer,
    grouped,
    nfc,
    part_dicts,
    sentence_case,
    texts,
    unended,
    written,
)
from chungtay.law.words import in_words

__all__ = [
    "Attendee", "AwardPart", "AwardRow", "CertificateBatch", "CertificatePaper", "DecisionPaper", "Letterhead",
    "MinutesPaper", "Paper", "PastAward", "ReceiptPaper", "RefusalNotice", "ReportPaper", "Signer",
    "SubmissionLetter", "Tally",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class DecisionPaper:
    """Quyết định khen thưởng with its annex DANH SÁCH (NĐ 30/2020, Phụ lục I and III)."""

    template: ClassVar[str] = "decision"

    head: Letterhead
    subject: str  # "Về việc tặng Bằng khen ..."
    authority: str  # "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH KIÊN GIANG"
    bases: tuple[str, ...]  # each "Căn cứ ..."; closing punctuation is set anew
    proposal: str  # "Theo đề nghị của ..."
    articles: tuple[str, ...]  # texts of Điều 1, 2, 3 without the words "Điều 1."; closing punctuation is set anew
    recipients: tuple[str, ...]  # nơi nhận, without dashes; the last one is "Lưu: VT, ..."
    signer: Signer
    annex_subject: str  # under DANH SÁCH: "Tặng Bằng khen của Chủ tịch UBND tỉnh ..."
    parts: tuple[AwardPart, ...]  # none: no annex is printed
    total_in_words: str = ""  # "Năm triệu hai trăm nghìn đồng"; must agree with the rows

    def __post_init__(self) -> None:
        expected = in_words(self.total) if self.total else ""
        if nfc(self.total_in_words) != expected:
            raise ValueError(f"total_in_words must be {expected!r}")

    @property
    def total(self) -> int:
        """Sum of the rows' amounts, whole đồng: the printed total can never differ from the list."""
        return sum(row.amount for part in self.parts for row in part.rows)

    def to_dict(self) -> Json:
        """JSON-ready content for both the PDF and the Word template."""
        issuer = sentence_case(nfc(self.authority))
        decision = f"Quyết định số {nfc(self.head.number)} {written(self.head.issued_on)}"
        return {
            "head": self.head.to_dict(),
            "subject": nfc(self.subject),
            "authority": nfc(self.authority),
            "bases": unended(self.bases),
            "proposal": unended([self.proposal])[0],
            "articles": unended(self.articles),
            "recipients": unended(self.recipients),
            "signer": self.signer.to_dict(),
            "annex": {
                "subject": nfc(self.annex_subject),
                "reference": f"Kèm theo {decision} của {issuer}",
                "parts": part_dicts(self.parts),
                "total": grouped(self.total) if self.total else "",
                "total_in_words": nfc(self.total_in_words),
                "count": grouped(sum(len(part.rows) for part in self.parts)),
            },
        }


@dataclass(frozen=True, kw_only=True)
class CertificatePaper:
    """Bằng khen, Giấy khen: one certificate. A PDF of many is `CertificateBatch`."""

    name: str  # shrinks by itself until it fits
    address: str  # post and unit, or address
    achievement: str  # "Đã có thành tích xuất sắc trong ..."
    golden_book: str  # số sổ vàng, "15/2018"
    qr: str  # the address printed as a QR code (sealing.address)


@dataclass(frozen=True, kw_only=True)
class CertificateBatch:
    """Nhiều bằng khen in một lần: what all of them share, and the certificates one by one, a page each."""

    template: ClassVar[str] = "certificate"

    authority: str  # "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH KIÊN GIANG"
    award: str = "BẰNG KHEN"
    decision_number: str  # "123/QĐ-UBND"
    place: str
    decided_on: date
    signer: Signer
    certificates: tuple[CertificatePaper, ...]

    def to_dict(self) -> Json:
        """JSON-ready; each certificate as a list [name, address, achievement, golden book]."""
        return {
            "authority": nfc(self.authority),
            "award": nfc(self.award),
            "decision": f"Quyết định số {nfc(self.decision_number)} {written(self.decided_on)}",
            "dated": f"{nfc(self.place)}, {written(self.decided_on)}",
            "signer": self.signer.to_dict(),
            "certificates": [
                [nfc(one.name), nfc(one.address), nfc(one.achievement), nfc(one.golden_book)]
                for one in self.certificates
            ],
        }


@dataclass(frozen=True, kw_only=True)
class ReceiptPaper:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả (TT 01/2018/TT-VPCP, Mẫu số 01)."""

    template: ClassVar[str] = "receipt"

    head: Letterhead
    code: str  # mã hồ sơ
    sender: str
    sender_address: str
    phone: str = ""
    request: str  # nội dung yêu cầu giải quyết
    papers: tuple[tuple[str, int], ...]  # (paper, copies)
    sets: int  # số bộ hồ sơ (KH IV.4.1, IV.4.2)
    working_days: int
    received_at: str  # "08 giờ 15 phút"
    received_on: date
    due_on: date
    result_at: str = "Bộ phận Tiếp nhận và Trả kết quả"
    qr: str  # lookup address of the dossier
    lookup: str  # the same address as short readable text
    receiver: str  # name of the clerk

    def to_dict(self) -> Json:
        """JSON-ready content."""
        return {
            "head": self.head.to_dict(),
            "code": nfc(self.code),
            "fields": [
                ["Tiếp nhận hồ sơ của", nfc(self.sender)],
                ["Địa chỉ", nfc(self.sender_address)],
                *([["Số điện thoại", nfc(self.phone)]] if self.phone else []),
                ["Nội dung yêu cầu giải quyết", nfc(self.request)],
            ],
            "papers": [[nfc(paper), f"{copies:02d}"] for paper, copies in self.papers],
            "sets": f"{self.sets:02d}",
            "working_days": f"{self.working_days:02d}",
            "received": f"{nfc(self.received_at)}, {written(self.received_on)}",
            "due": written(self.due_on),
            "result_at": nfc(self.result_at),
            "lookup": nfc(self.lookup),
            "receiver": nfc(self.receiver),
        }


@dataclass(frozen=True, kw_only=True)
class PastAward:
    """Một danh hiệu hoặc hình thức khen thưởng đã có."""

    year: str
    title: str
    decision: str  # number, date, issuing body

    def cells(self) -> list[str]:
        """Year, title or form, decision."""
        return [nfc(self.year), nfc(self.title), nfc(self.decision)]


@dataclass(frozen=True, kw_only=True)
class ReportPaper:
    """Báo cáo thành tích theo đợt thi đua hoặc theo chuyên đề (NĐ 91/2017, Mẫu số 07; body of the form assumed)."""

    template: ClassVar[str] = "report07"

    head: Letterhead
    award: str  # "tặng Bằng khen của Chủ tịch UBND tỉnh"
    movement: str  # the drive or theme, printed under the title
    subject: str  # full name of the unit, person or household
    subject_detail: str = ""  # post and workplace, or address
    facts: tuple[tuple[str, str], ...]  # I. (label, value)
    achievements: tuple[tuple[str, tuple[str, ...]], ...]  # II. (heading or "", paragraphs)
    titles: tuple[PastAward, ...] = ()  # III.1 danh hiệu thi đua
    awards: tuple[PastAward, ...] = ()  # III.2 hình thức khen thưởng
    reporter: Signer
    confirmer: Signer | None = None  # thủ trưởng đơn vị cấp trên trực tiếp xác nhận

    def to_dict(self) -> Json:
        """JSON-ready content."""
        return {
            "head": self.head.to_dict(),
            "award": nfc(self.award),
            "movement": nfc(self.movement),
            "subject": nfc(self.subject),
            "subject_detail": nfc(self.subject_detail),
            "facts": [texts(fact) for fact in self.facts],
            "achievements": [{"heading": nfc(heading), "texts": texts(lines)} for heading, lines in self.achievements],
            "titles": [one.cells() for one in self.titles],
            "awards": [one.cells() for one in self.awards],
            "reporter": self.reporter.to_dict(),
            "confirmer": self.confirmer.to_dict() if self.confirmer else None,
        }


@dataclass(frozen=True, kw_only=True)
class SubmissionLetter:
    """Tờ trình đề nghị khen thưởng (KH IV.4.1)."""

    template: ClassVar[str] = "submission_letter"

    head: Letterhead
    subject: str  # "Về việc đề nghị tặng Bằng khen ..."
    addressees: tuple[str, ...]  # kính gửi
    bases: tuple[str, ...]  # "Căn cứ ..."
    paragraphs: tuple[str, ...]  # reference to the minutes, the request
    parts: tuple[AwardPart, ...]  # "reward" holds the award asked
    closing: str = "(Có báo cáo thành tích và biên bản họp kèm theo)"
    recipients: tuple[str, ...]
    signer: Signer

    def to_dict(self) -> Json:
        """JSON-ready content."""
        return {
            "head": self.head.to_dict(),
            "subject": nfc(self.subject),
            "addressees": unended(self.addressees),
            "bases": unended(self.bases),
            "paragraphs": texts(self.paragraphs),
            "parts": part_dicts(self.parts),
            "closing": nfc(self.closing),
            "recipients": unended(self.recipients),
            "signer": self.signer.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Attendee:
    """Thành viên Hội đồng: name, post, role in the council ("Chủ tịch Hội đồng", "Ủy viên thư ký")."""

    name: str
    post: str
    role: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Kết quả biểu quyết một trường hợp: votes for, out of how many members (all members, not only those present)."""

    name: str
    award: str
    yes: int
    members: int
    outcome: str  # "Đề nghị khen thưởng", "Không đề nghị"

    def cells(self) -> list[str]:
        """Name, award, "12/15", percentage of all members rounded down to two digits, outcome."""
        hundredths = self.yes * 10_000 // self.members
        share = f"{hundredths // 100},{hundredths % 100:02d}".removesuffix(",00")
        return [nfc(self.name), nfc(self.award), f"{self.yes}/{self.members}", f"{share}%", nfc(self.outcome)]


@dataclass(frozen=True, kw_only=True)
class MinutesPaper:
    """Biên bản họp Hội đồng Thi đua - Khen thưởng."""

    template: ClassVar[str] = "minutes"

    head: Letterhead
    subject: str  # "Về việc xét, đề nghị khen thưởng ..."
    began: str  # "08 giờ 00 phút"
    held_on: date
    venue: str
    chair: str  # name and post
    secretary: str
    members: int  # all members of the council
    present: tuple[Attendee, ...]
    absent: tuple[tuple[str, str], ...] = ()  # (name, reason or written opinion)
    discussion: tuple[str, ...]
    method: str  # "bỏ phiếu kín" or "biểu quyết giơ tay", with the threshold
    results: tuple[Tally, ...]
    conclusion: tuple[str, ...]
    ended: str
    secretary_signs: Signer
    chair_signs: Signer

    def to_dict(self) -> Json:
        """JSON-ready content."""
        return {
            "head": self.head.to_dict(),
            "subject": nfc(self.subject),
            "began": f"{nfc(self.began)}, {written(self.held_on)}",
            "venue": nfc(self.venue),
            "chair": nfc(self.chair),
            "secretary": nfc(self.secretary),
            "members": str(self.members),
            "present_count": str(len(self.present)),
            "present": [[nfc(one.name), nfc(one.post), nfc(one.role)] for one in self.present],
            "absent": [texts(one) for one in self.absent],
            "discussion": texts(self.discussion),
            "method": nfc(self.method),
            "results": [one.cells() for one in self.results],
            "conclusion": texts(self.conclusion),
            "ended": nfc(self.ended),
            "secretary_signs": self.secretary_signs.to_dict(),
            "chair_signs": self.chair_signs.to_dict(),
        }


@dataclass(frozen=True, kw_only=True)
class RefusalNotice:
    """Thông báo kết quả xét khen thưởng: not awarded, with every reason and its clause."""

    template: ClassVar[str] = "refusal_notice"

    head: Letterhead
    subject: str  # "Về việc không khen thưởng hồ sơ ..."
    addressees: tuple[str, ...]
    opening: tuple[str, ...]
    nominee: str
    award: str
    code: str
    reasons: tuple[tuple[str, str], ...]  # (sentence, clause or "")
    remedies: tuple[str, ...] = field(default=())  # what can be done now, by when, where
    recipients: tuple[str, ...]
    signer: Signer

    def to_dict(self) -> Json:
        """JSON-ready content."""
        return {
            "head": self.head.to_dict(),
            "subject": nfc(self.subject),
            "addressees": unended(self.addressees),
            "opening": texts(self.opening),
            "fields": [
                ["Đối tượng đề nghị", nfc(self.nominee)],
                ["Hình thức đề nghị", nfc(self.award)],
                ["Mã hồ sơ", nfc(self.code)],
            ],
            "reasons": [texts(reason) for reason in self.reasons],
            "remedies": texts(self.remedies),
            "recipients": unended(self.recipients),
            "signer": self.signer.to_dict(),
        }


Paper = DecisionPaper | CertificateBatch | ReceiptPaper | ReportPaper | SubmissionLetter | MinutesPaper | RefusalNotice
