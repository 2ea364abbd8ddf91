"""The words of a decision and of its certificates, put together from the plan and the frozen awards."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings

from chungtay.accounts.models import Seat
from chungtay.decisions.models import Award, AwardChange, Decision
from chungtay.documents.papers import (
    AwardPart,
    AwardRow,
    CertificateBatch,
    CertificatePaper,
    DecisionPaper,
    Letterhead,
    Signer,
    SubmissionLetter,
)
from chungtay.documents.sealing import address
from chungtay.law.awards import GOVERNING_DECREE, Payee
from chungtay.law.words import in_words
from chungtay.movements.plan import Plan
from chungtay.nominations.models import Dossier

HEADINGS = ((Payee.COLLECTIVE, "Tập thể"), (Payee.HOUSEHOLD, "Hộ gia đình"), (Payee.PERSON, "Cá nhân"))


def authority(plan: Plan) -> str:
    """The Chairman as an issuing authority, in capitals."""
    return f"CHỦ TỊCH {plan.issuer.upper()}"


def post_of(seat: Seat) -> str:
    """The signer's post as the register of papers keeps it."""
    return "Thừa ủy quyền Chủ tịch" if seat.delegated_from_id is not None else seat.title or "Chủ tịch"


def signer(seat: Seat) -> Signer:
    """The signature block: the post as it stands on the seat; a delegate signs by order, never as the Chairman."""
    if seat.delegated_from_id is not None:
        return Signer(authority=("TUQ. CHỦ TỊCH",), name=str(seat.user))
    post = post_of(seat).upper()
    lines = ("KT. CHỦ TỊCH", post) if post != "CHỦ TỊCH" else (post,)
    return Signer(authority=lines, name=str(seat.user))


def bases(plan: Plan, on: date) -> tuple[str, ...]:
    """Căn cứ of a decision: the plan's own legal bases by official number, and the decree of the day of signing."""
    decree = GOVERNING_DECREE.on(on).source
    own = []
    for basis in plan.legal_bases:
        cited = basis.in_force
        dated = f" ngày {cited.dated:%d/%m/%Y}" if cited.dated else ""
        number = f" số {cited.number}{dated} của {basis.issuer}" if cited.number else ""
        own.append(f"Căn cứ {basis.form}{number}: {basis.title}" if number else f"Căn cứ {basis.title}")
    named = any(basis.in_force.number and basis.in_force.number in decree.title for basis in plan.legal_bases)
    return tuple(own) if named else (*own, f"Căn cứ {decree.title}")


def recipients(plan: Plan, first: str) -> tuple[str, ...]:
    """Nơi nhận: whoever acts on it, then the plan's own recipients (KH Nơi nhận); the file copy comes last."""
    others = tuple(one.name for one in plan.recipients)
    return (first, *others) if others else (first, "Lưu: VT")


def decision_paper(
    decision: Decision, awards: Sequence[Award], *, plan: Plan, code: str, seat: Seat, on: date, total: int
) -> DecisionPaper:
    """Quyết định khen thưởng with its list (NĐ 30/2020, Phụ lục I)."""
    title = plan.award(decision.award).title
    counts = {payee: sum(a.payee == payee.value for a in awards) for payee, _ in HEADINGS}
    told = ", ".join(f"{counts[payee]:02d} {label.lower()}" for payee, label in HEADINGS if counts[payee])
    given = plan.reward.emblem
    has_emblem = given is not None and any(a.has_emblem for a in awards)
    emblem = f", kèm {given.title} cho các trường hợp trực tiếp đóng góp" if given and has_emblem else ""
    return DecisionPaper(
        head=Letterhead(issuer=decision.body.name, number=code, place=plan.province, issued_on=on),
        subject=decision.title,
        authority=authority(plan),
        bases=bases(plan, on),
        proposal="Xét đề nghị của Hội đồng Thi đua - Khen thưởng và cơ quan thẩm định",
        articles=(
            f"Tặng {title} cho {told} có thành tích trong phong trào thi đua “{plan.movement}” "
            f"(có danh sách kèm theo){emblem}.",
            f"{f'Tiền thưởng ghi trong danh sách, tính theo {GOVERNING_DECREE.on(on).source.title}. ' if total else ''}"
            f"Kinh phí khen thưởng thực hiện theo Luật Thi đua, khen thưởng và văn bản hướng dẫn.",
            f"Chánh Văn phòng {plan.issuer}, thủ trưởng các cơ quan, đơn vị liên quan và các tập thể, cá nhân, "
            "hộ gia đình có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này kể từ ngày ký.",
        ),
        recipients=recipients(plan, "Như Điều 3"),
        signer=signer(seat),
        annex_subject=f"Tặng {title}",
        parts=tuple(
            AwardPart(label, tuple(_row(a, title) for a in awards if a.payee == payee.value))
            for payee, label in HEADINGS
        ),
        total_in_words=in_words(total) if total else "",
    )


def _row(award: Award, title: str) -> AwardRow:
    extra = "kèm biểu trưng" if award.has_emblem else f"{award.amount:,} đồng".replace(",", ".")
    if award.amount == 0:
        extra = "không chi riêng tiền thưởng"
    return AwardRow(award.name, award.address, award.citation, f"{title.split(' của ')[0]}; {extra}", award.amount or 0)


def certificate_batch(awards: Sequence[Award], *, plan: Plan, code: str, seat: Seat, on: date) -> CertificateBatch:
    """A certificate for each award, with its QR."""
    return CertificateBatch(
        authority=authority(plan),
        decision_number=code,
        place=plan.province,
        decided_on=on,
        signer=signer(seat),
        certificates=tuple(
            CertificatePaper(
                name=a.name,
                address=a.address,
                achievement=f"Đã có thành tích xuất sắc: {a.citation}",
                golden_book=f"{a.register_number}/{a.register_year}",
                qr=certificate_address(a),
            )
            for a in awards
        ),
    )


def certificate_address(award: Award) -> str:
    """What the QR code says."""
    return address(f"{settings.PUBLIC_ADDRESS}/cong-khai/bang-khen", award.token, award.signature)


def change_paper(change: AwardChange, *, plan: Plan, code: str, seat: Seat, on: date) -> DecisionPaper:
    """The decision that corrects or withdraws one award; the first decision stays as it was."""
    award = change.award
    first = award.decision.paper.code if award.decision.paper else ""
    if change.kind == AwardChange.Kind.CORRECTED:
        subject, act = (
            "Về việc đính chính Quyết định khen thưởng",
            f"Đính chính tên “{award.name}” thành “{change.new_name}”",
        )
    else:
        subject, act = "Về việc thu hồi hình thức khen thưởng", f"Thu hồi hình thức khen thưởng đã tặng “{award.name}”"
    return DecisionPaper(
        head=Letterhead(issuer=award.decision.body.name, number=code, place=plan.province, issued_on=on),
        subject=subject,
        authority=authority(plan),
        bases=bases(plan, on),
        proposal="Xét đề nghị của Trưởng Ban Thi đua - Khen thưởng",
        articles=(
            f"{act} tại Quyết định số {first} (số sổ vàng {award.register_number}/{award.register_year}). "
            f"Lý do: {change.reason}.",
            "Trưởng Ban Thi đua - Khen thưởng và các đơn vị, cá nhân có liên quan chịu trách nhiệm thi hành "
            "Quyết định này kể từ ngày ký.",
        ),
        recipients=recipients(plan, "Như Điều 2"),
        signer=signer(seat),
        annex_subject="",
        parts=(),
    )


def submission_letter(
    dossiers: Sequence[Dossier], *, plan: Plan, award: str, about: str, issuer: str, code: str, seat: Seat, on: date
) -> SubmissionLetter:
    """Tờ trình to the Prime Minister for State awards (KH IV.2.1); `about` is its subject as the Chairman put it."""
    title = plan.award(award).title
    return SubmissionLetter(
        head=Letterhead(issuer=issuer, number=code, place=plan.province, issued_on=on),
        subject=_subject(about),
        addressees=("Thủ tướng Chính phủ", "Ban Thi đua - Khen thưởng Trung ương"),
        bases=bases(plan, on),
        paragraphs=(
            f"Căn cứ kết quả họp của Hội đồng Thi đua - Khen thưởng tỉnh, đề nghị Thủ tướng Chính phủ xét tặng {title} "
            f"cho {len(dossiers):02d} trường hợp có tên trong danh sách.",
        ),
        parts=tuple(
            AwardPart(
                label,
                tuple(
                    AwardRow(d.party_name, d.party.address, d.summary, title)
                    for d in dossiers
                    if d.party.payee is payee
                ),
            )
            for payee, label in HEADINGS
        ),
        recipients=recipients(plan, "Như trên"),
        signer=signer(seat),
    )


def _subject(about: str) -> str:
    """The subject line: "Về việc …", said once."""
    if about.casefold().startswith(("về việc", "về ")):
        return about
    return f"Về việc {about[0].lower()}{about[1:]}"
