"""Trình Thủ tướng: State awards leave the province together, with one letter of the Chairman."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from chungtay.accounts.models import Seat
from chungtay.decisions import texts
from chungtay.decisions.models import Forwarded, Letter
from chungtay.documents import actions as documents
from chungtay.documents import checkpoints
from chungtay.documents.models import Paper
from chungtay.law.layout import DocumentKind
from chungtay.law.procedure import Desk, State
from chungtay.law.refusals import Reason, Reasons, Refused
from chungtay.nominations import actions as nominations
from chungtay.nominations.models import Dossier
from chungtay.parties.authority import in_sight
from chungtay.parties.models import Party
from chungtay.records import journal
from chungtay.records.names import clean

SERIES = "TTr-UBND"


@transaction.atomic
def forward(*, body: Party, award: str, dossiers: Sequence[Dossier], by: Seat, on: date, title: str = "") -> Letter:
    """Trình Thủ tướng: one letter for the State awards that the Council recommended (KH IV.2.1, IV.4.2).

    `title` is what the letter is about, in the Chairman's words; the award's own title unless given. Raises `Refused`
    naming every dossier that cannot be forwarded, `Conflict` when one of them moved meanwhile.
    """
    if by.kind is not Desk.CHAIR or not in_sight(body, by, on):
        raise Refused.because("Chỉ Chủ tịch UBND tỉnh ký tờ trình Thủ tướng Chính phủ.", clause="KH IV.2.1")
    reasons = Reasons()
    if not dossiers:
        reasons.add("Chọn ít nhất một hồ sơ.", field="dossiers")
    for dossier in dossiers:
        if dossier.award != award or dossier.at is not State.RECOMMENDED:
            reasons.add(f"{dossier.code}: không trình trong tờ trình này được.", clause="KH IV.2.1", field="dossiers")
    reasons.extend(one_movement(dossiers))
    reasons.raise_if_any()
    plan = dossiers[0].round.plan_version.plan
    about = clean(title) or f"Đề nghị tặng {plan.award(award).title}"
    paper = documents.issue(
        Paper.Kind.LETTER,
        body=body,
        series=SERIES,
        code=f"{{}}/{DocumentKind.SUBMISSION.value}-UBND",
        on=on,
        title=about,
        signer=str(by.user),
        signer_post=texts.post_of(by),
        noun=dossiers[0],
    )
    text = texts.submission_letter(
        dossiers, plan=plan, award=award, about=about, issuer=body.name, code=paper.code, seat=by, on=on
    )
    documents.freeze(paper, text)
    letter = Letter.objects.create(
        body=body, award=award, title=about, signed_on=on, signer_seat=by, paper=paper,
        is_demo=any(dossier.is_demo for dossier in dossiers),
    )  # fmt: skip
    Forwarded.objects.bulk_create(Forwarded(letter=letter, dossier=dossier) for dossier in dossiers)
    nominations.forward_all(dossiers, by=by, on=on, letter=paper.code)
    journal.record("sign_letter", by=by, on=on, noun=letter, body={"number": paper.code, "names": len(dossiers)})
    checkpoints.make_later()
    return letter


def one_movement(dossiers: Sequence[Dossier]) -> list[Reason]:
    """A paper cites one plan, so its list holds one movement's names."""
    if len({dossier.round.plan_version.movement_id for dossier in dossiers}) < 2:
        return []
    return [Reason("Các hồ sơ thuộc nhiều phong trào khác nhau; mỗi phong trào một văn bản.", field="dossiers")]
