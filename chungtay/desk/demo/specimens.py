"""Giấy tờ mẫu: the papers that units hand in, printed once each and used for every dossier of the demo."""

from datetime import date

from chungtay.documents import printing
from chungtay.documents.models import StoredFile
from chungtay.documents.papers import Attendee, Letterhead, MinutesPaper, Paper, Signer, SubmissionLetter, Tally
from chungtay.documents.printing_jobs import PDF
from chungtay.documents.storing import keep_bytes

NAMES = {"letter": "to-trinh-ban-mau.pdf", "minutes": "bien-ban-hop-ban-mau.pdf"}
_WHO = "Đơn vị đề nghị (bản mẫu)"


def _letter(on: date) -> Paper:
    return SubmissionLetter(
        head=Letterhead(issuer=_WHO, number="01/TTr-BM", place="Kiên Giang", issued_on=on),
        subject="Về việc đề nghị khen thưởng (bản mẫu)",
        addressees=("Ủy ban nhân dân tỉnh Kiên Giang", "Sở Nội vụ (Ban Thi đua - Khen thưởng)"),
        bases=("Căn cứ kế hoạch phong trào thi đua của tỉnh", "Căn cứ biên bản họp xét khen thưởng của đơn vị"),
        paragraphs=("Đây là tờ trình mẫu của tỉnh mô phỏng, dùng chung cho mọi hồ sơ, không có giá trị.",),
        parts=(),
        recipients=("Như trên", "Lưu: VT"),
        signer=Signer(authority=("THỦ TRƯỞNG ĐƠN VỊ",), note="(Bản mẫu)"),
    )


def _minutes(on: date) -> Paper:
    return MinutesPaper(
        head=Letterhead(issuer=_WHO, number="01/BB-BM", place="Kiên Giang", issued_on=on),
        subject="Họp xét, đề nghị khen thưởng (bản mẫu)",
        began="08 giờ 00 phút",
        held_on=on,
        venue="Phòng họp của đơn vị",
        chair="Người chủ trì (bản mẫu)",
        secretary="Người ghi biên bản (bản mẫu)",
        members=7,
        present=(Attendee("Bảy thành viên Hội đồng cơ sở", "Đơn vị đề nghị", "Thành viên"),),
        discussion=("Các thành viên nhất trí với báo cáo thành tích.",),
        method="biểu quyết giơ tay",
        results=(Tally("Đối tượng được đề nghị (bản mẫu)", "Bằng khen", 7, 7, "Đề nghị khen thưởng"),),
        conclusion=("Lập tờ trình gửi cấp trên.",),
        ended="09 giờ 00 phút",
        secretary_signs=Signer(authority=("THƯ KÝ",)),
        chair_signs=Signer(authority=("CHỦ TRÌ",)),
    )


def keep(on: date) -> dict[str, StoredFile]:
    """The letter and the minutes as stored files, marked as specimens on every page."""
    papers = {"letter": _letter(on), "minutes": _minutes(on)}
    return {
        name: keep_bytes(
            printing.print_paper(paper, on=on, watermark=printing.SPECIMEN), media_type=PDF, extension="pdf"
        )
        for name, paper in papers.items()
    }
