"""Form 07 printed from the dossier, so that it can be signed and handed in on paper."""

from datetime import date

from django.conf import settings

from chungtay.documents import printing
from chungtay.documents.papers import Letterhead, PastAward, ReportPaper, Signer
from chungtay.nominations.models import Dossier
from chungtay.records.templatetags.vn import dong


def printed(dossier: Dossier, *, on: date) -> bytes:
    """Báo cáo thành tích, Mẫu 07 (NĐ 91/2017), as PDF. Nothing is added to what the unit wrote (KH IV.4.1)."""
    plan = dossier.round.plan_version.plan
    lines = [f"{a.text}{f' (trị giá {dong(a.value)})' if a.value else ''}" for a in dossier.achievements.all()]
    paper = ReportPaper(
        head=Letterhead(issuer=dossier.unit.name, place=plan.province, issued_on=on),
        award=f"tặng {plan.award(dossier.award).title}",
        movement=plan.movement,
        subject=dossier.party_name,
        subject_detail=dossier.party.address or dossier.party.hamlet,
        facts=(
            ("Đối tượng", dossier.party.get_kind_display()),
            ("Địa bàn", dossier.party.place.name_on(on)),
            ("Đơn vị trình", dossier.unit.name),
        ),
        achievements=(
            ("Kết quả đạt được", tuple(p for p in dossier.report.splitlines() if p.strip()) or ("",)),
            ("Những việc chính", tuple(lines)),
        ),
        awards=tuple(
            PastAward(year="", title=text, decision="") for text in dossier.earlier_awards.splitlines() if text.strip()
        ),
        reporter=Signer(authority=("NGƯỜI BÁO CÁO",), name=dossier.party_name),
        confirmer=Signer(authority=("XÁC NHẬN CỦA ĐƠN VỊ TRÌNH",), note="(Ký, đóng dấu)"),
    )
    watermark = printing.SPECIMEN if settings.IS_DEMO else ""
    return printing.print_paper(paper, on=on, watermark=watermark)
