"""The slip that the one-stop desk hands out."""

from datetime import date

from django.conf import settings

from chungtay.accounts.models import Seat
from chungtay.documents import actions as documents
from chungtay.documents.models import Paper
from chungtay.documents.papers import Letterhead, ReceiptPaper
from chungtay.law.deadlines import Due
from chungtay.nominations.completeness import required_papers
from chungtay.nominations.models import Dossier


def issue(dossier: Dossier, promise: Due, *, by: Seat, on: date) -> Paper:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả (KH IV.4.3), numbered in the desk's own series."""
    body = by.desk.body
    plan = dossier.round.plan_version.plan
    paper = documents.issue(
        Paper.Kind.RECEIPT,
        body=body,
        series="TNHS",
        code="{}/TNHS",
        on=on,
        title=f"Tiếp nhận hồ sơ {dossier.code}",
        signer=str(by.user),
        signer_post=by.desk.name,
        noun=dossier,
    )
    required = required_papers(dossier)
    address = f"{settings.PUBLIC_ADDRESS}/cong-khai/ho-so/?ma={dossier.code}"
    text = ReceiptPaper(
        head=Letterhead(superior=plan.issuer, issuer=body.name, number=paper.code, place=plan.province, issued_on=on),
        code=dossier.code or "",
        sender=dossier.unit.name,
        sender_address=dossier.unit.address or dossier.unit.place.name_on(on),
        request=f"Đề nghị {plan.award(dossier.award).title} cho {dossier.party_name}",
        papers=tuple((p.label, p.sets) for p in required),
        sets=plan.award(dossier.award).sets,
        working_days=promise.working_days,
        received_at="trong giờ làm việc",
        received_on=on,
        due_on=promise.day,
        qr=address,
        lookup=address,
        receiver=str(by.user),
    )
    return documents.freeze(paper, text)
