"""Drafting, signing, correcting, withdrawing. Forwarding State awards stands in `letters.py` and is named here too."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction

from chungtay.accounts.models import Seat
from chungtay.decisions import following, funding, reckoning, texts
from chungtay.decisions.letters import forward, one_movement
from chungtay.decisions.models import Award, AwardChange, Decision, Listing
from chungtay.documents import actions as documents
from chungtay.documents import checkpoints, sealing
from chungtay.documents.keys import sealer
from chungtay.documents.models import Paper
from chungtay.documents.numbers import next_numbers
from chungtay.law.layout import DocumentKind
from chungtay.law.procedure import Desk, State
from chungtay.law.refusals import Conflict, Reason, Reasons, Refused
from chungtay.movements.plan import Plan
from chungtay.nominations import actions as nominations
from chungtay.nominations.completeness import LEAST_REASON
from chungtay.nominations.models import Dossier
from chungtay.parties.authority import in_sight
from chungtay.parties.models import Party
from chungtay.records import journal, versions
from chungtay.records.names import clean, fold

__all__ = ["correct", "draft", "forward", "listed", "sign", "take_off", "withdraw"]

DECISIONS, CERTIFICATES, REGISTER = "QĐ-UBND", "BK", "SV"
DRAFTERS = frozenset({Desk.BOARD, Desk.CHAIR})
ELSEWHERE = "Dự thảo quyết định này vừa được sửa hoặc được ký ở một trang khác. Xem bản mới rồi làm tiếp."


@transaction.atomic
def draft(*, body: Party, award: str, title: str, dossiers: Sequence[Dossier], by: Seat, on: date) -> Decision:
    """Dự thảo quyết định: put recommended dossiers of one award under one future number (KH V.5)."""
    reasons = Reasons()
    if by.kind not in DRAFTERS:
        reasons.add("Dự thảo do Ban Thi đua - Khen thưởng hoặc Chủ tịch lập.", clause="KH V.5")
    if not in_sight(body, by, on):
        reasons.add("Cơ quan ra quyết định này ở ngoài địa bàn của bàn làm việc này.", clause="KH V.5")
    if not title.strip():
        reasons.add("Ghi trích yếu của quyết định.", field="title")
    if not dossiers:
        reasons.add("Chọn ít nhất một hồ sơ.", field="dossiers")
    for dossier in dossiers:
        if not by.scope(on).covers(dossier.area_path):
            reasons.add(f"{dossier.code}: ở ngoài địa bàn của bàn làm việc này.", clause="KH V.5", field="dossiers")
        if dossier.at is not State.RECOMMENDED or dossier.award != award:
            text = f"{dossier.code}: {dossier.at.label.lower()}, không đưa vào quyết định này được."
            reasons.add(text, clause="KH V.2", field="dossiers")
    reasons.extend(one_movement(dossiers))
    taken = Listing.objects.filter(dossier__in=dossiers).select_related("dossier")
    for listing in taken:
        reasons.add(f"{listing.dossier.code}: đã có trong một dự thảo khác.", clause="KH V.5", field="dossiers")
    reasons.raise_if_any()
    made = Decision.objects.create(
        body=body, award=award, title=clean(title), drafted_on=on, is_demo=any(d.is_demo for d in dossiers)
    )
    Listing.objects.bulk_create(Listing(decision=made, dossier=dossier) for dossier in dossiers)
    funding.bind(made, reckoning.total(reckoning.reckon(listed(made), on=on)), on=on)
    journal.record("draft_decision", by=by, on=on, noun=made, body={"dossiers": [d.code for d in dossiers]})
    return made


@transaction.atomic
def take_off(listing: Listing, *, by: Seat, on: date) -> None:
    """Đưa ra khỏi dự thảo: the dossier waits for another decision. A signed list never changes."""
    decision = listing.decision
    _need_draft(decision, by, on)
    versions.guarded_update(decision, where={"state": Decision.State.DRAFT})
    code = listing.dossier.code
    listing.delete()
    funding.bind(decision, reckoning.total(reckoning.reckon(listed(decision), on=on)), on=on)
    journal.record("take_off_decision", by=by, on=on, noun=decision, body={"dossier": code})


@transaction.atomic
def sign(decision: Decision, *, by: Seat, on: date, accepted: Collection[str], version: int | None = None) -> Decision:
    """Ký quyết định: number, money or emblem, certificates: all in one transaction, or nothing (KH IV.2.2, IV.3).

    Raises `Refused` naming every assumed value, and the fund that does not suffice, where it was not accepted by name;
    `Conflict` when the draft changed.
    """
    if by.kind is not Desk.CHAIR:
        raise Refused.because("Chỉ Chủ tịch UBND tỉnh ký quyết định khen thưởng.", clause="KH IV.2.2")
    if not in_sight(decision.body, by, on):
        raise Refused.because("Dự thảo này thuộc một cơ quan ngoài địa bàn của bàn làm việc này.", clause="KH IV.2.2")
    funding.hold(decision)
    dossiers = listed(decision)
    reckoned = reckoning.reckon(dossiers, on=on)
    reasons = Reasons()
    if not dossiers:
        reasons.add("Dự thảo chưa có hồ sơ nào.", clause="KH IV.2.2")
    money = funding.beyond(decision, reckoning.total(reckoned))
    to_accept = [*reckoning.assumed(reckoned), *money]
    for n, sentence in enumerate(to_accept):
        if sentence not in accepted:
            what = "" if sentence in money else " giá trị tạm dùng"
            reasons.add(f"Chưa xác nhận{what}: {sentence}", clause="KH IV.3", field=f"accept-{n}")
    reasons.raise_if_any()
    paper, printed, awards = _papers(decision, reckoned, by=by, on=on)
    try:
        versions.guarded_update(
            decision,
            version=version,
            where={"state": Decision.State.DRAFT},
            state=Decision.State.SIGNED,
            signed_on=on,
            signer_seat=by,
            paper=paper,
            certificates=printed,
            accepted=to_accept,
        )
    except Conflict as other:
        raise Conflict.because(ELSEWHERE) from other
    Award.objects.bulk_create(awards, batch_size=500)
    nominations.decide_all(dossiers, by=by, on=on, decision=paper.code)
    following.after_signing(decision, awards, reckoned, by=by, on=on)
    body = {
        "number": paper.code,
        "names": len(awards),
        "total": reckoning.total(reckoned),
        "accepted": to_accept,
    }
    journal.record("sign_decision", by=by, on=on, noun=decision, body=body)
    checkpoints.make_later()
    return decision


def _papers(
    decision: Decision, reckoned: Sequence[reckoning.Reckoned], *, by: Seat, on: date
) -> tuple[Paper, Paper, list[Award]]:
    """The decision and its certificates under their numbers, and the awards that they print, not yet written."""
    plan = reckoned[0].dossier.round.plan_version.plan
    paper = documents.issue(
        Paper.Kind.DECISION,
        body=decision.body,
        series=DECISIONS,
        code=f"{{}}/{DocumentKind.DECISION.value}-UBND",
        on=on,
        title=decision.title,
        signer=str(by.user),
        signer_post=texts.post_of(by),
        noun=decision,
    )
    awards = _awards(decision, reckoned, plan=plan, code=paper.code, on=on)
    text = texts.decision_paper(
        decision, awards, plan=plan, code=paper.code, seat=by, on=on, total=reckoning.total(reckoned)
    )
    documents.freeze(paper, text, word=True)
    printed = documents.issue(
        Paper.Kind.CERTIFICATES,
        body=decision.body,
        series=CERTIFICATES,
        code=f"{{}}/{CERTIFICATES}",
        on=on,
        title=f"Bằng khen kèm Quyết định {paper.code}",
        signer=str(by.user),
        signer_post=texts.post_of(by),
        noun=decision,
    )
    documents.freeze(printed, texts.certificate_batch(awards, plan=plan, code=paper.code, seat=by, on=on))
    return paper, printed, awards


def listed(decision: Decision) -> list[Dossier]:
    """The dossiers of a draft, in the order of the list, with all that reckoning needs."""
    rows = Dossier.objects.filter(listing__decision=decision).select_related(
        "party__place", "round__plan_version__movement", "unit"
    )
    return list(rows.prefetch_related("achievements").order_by("party_name_folded", "id"))


@transaction.atomic
def correct(award: Award, *, new_name: str, reason: str, by: Seat, on: date) -> AwardChange:
    """Đính chính: a later decision gives the right name; the first one stays as it was."""
    reasons = _change_reasons(award, reason, by, on)
    if not new_name.strip() or clean(new_name) == award.name:
        reasons.add("Ghi tên đúng, khác với tên đang in.", field="new_name")
    reasons.raise_if_any()
    return _change(award, AwardChange.Kind.CORRECTED, reason=reason, new_name=clean(new_name), by=by, on=on)


@transaction.atomic
def withdraw(award: Award, *, reason: str, by: Seat, on: date) -> AwardChange:
    """Thu hồi: a later decision takes the award back (Luật TĐKT 2022, Chương VII); the certificate shows it.

    The award is held until commit, so that it is not paid meanwhile.
    """
    Award.objects.select_for_update().get(pk=award.pk)
    _change_reasons(award, reason, by, on).raise_if_any()
    change = _change(award, AwardChange.Kind.WITHDRAWN, reason=reason, new_name="", by=by, on=on)
    nominations.revoke(award.dossier, by=by, on=on, reason=reason)
    following.after_withdrawal(award, reason=reason, by=by, on=on)
    return change


def _awards(
    decision: Decision, reckoned: Sequence[reckoning.Reckoned], *, plan: Plan, code: str, on: date
) -> list[Award]:
    numbers = next_numbers(decision.body, REGISTER, len(reckoned), on=on)
    awards = []
    for ordinal, (one, number) in enumerate(zip(reckoned, numbers, strict=True), start=1):
        dossier, token = one.dossier, sealing.new_token()
        party = dossier.party
        awards.append(
            Award(
                decision=decision,
                body=decision.body,
                dossier=dossier,
                party=party,
                ordinal=ordinal,
                register_number=number,
                register_year=on.year,
                award=decision.award,
                payee=party.payee.value,
                name=dossier.party_name,
                name_folded=fold(dossier.party_name),
                address=_address(party, on),
                citation=dossier.summary,
                amount=one.amount,
                has_emblem=one.has_emblem,
                reckoning=one.as_json(),
                period_from=dossier.period_from,
                period_to=dossier.period_to,
                token=token,
                signature=sealer().seal(token, code, on, _title(dossier), sealing.name_hash(token, dossier.party_name)),
            )
        )
    return awards


def _title(dossier: Dossier) -> str:
    """The award's title by the version of the plan that the dossier was made under."""
    return dossier.round.plan_version.plan.award(dossier.award).title


def _address(party: Party, on: date) -> str:
    return ", ".join(part for part in (party.post, party.hamlet, party.address, str(party.place)) if part)[:300]


def _need_draft(decision: Decision, by: Seat, on: date) -> None:
    if by.kind not in DRAFTERS or decision.state != Decision.State.DRAFT:
        raise Refused.because("Chỉ sửa được dự thảo chưa ký.", clause="KH V.5")
    if not in_sight(decision.body, by, on):
        raise Refused.because("Dự thảo này thuộc một cơ quan ngoài địa bàn của bàn làm việc này.", clause="KH V.5")


def _change_reasons(award: Award, reason: str, by: Seat, on: date) -> Reasons:
    reasons = Reasons()
    if not in_sight(award.body, by, on):
        reasons.add("Khen thưởng này thuộc một cơ quan ngoài địa bàn của bàn làm việc này.", clause="KH V.5")
    if by.kind is not Desk.CHAIR:
        reasons.add("Đính chính, thu hồi do người ký quyết định thực hiện.", clause="Luật TĐKT 2022, Chương VII")
    if len(reason.strip()) < LEAST_REASON:
        reasons.add(f"Lý do cần ít nhất {LEAST_REASON} ký tự.", field="reason")
    if award.changes.filter(kind=AwardChange.Kind.WITHDRAWN).exists():
        reasons.extend([Reason("Khen thưởng này đã bị thu hồi.", "Luật TĐKT 2022, Chương VII")])
    return reasons


def _change(award: Award, kind: AwardChange.Kind, *, reason: str, new_name: str, by: Seat, on: date) -> AwardChange:
    plan = award.dossier.round.plan_version.plan
    paper = documents.issue(
        Paper.Kind.DECISION,
        body=award.decision.body,
        series=DECISIONS,
        code=f"{{}}/{DocumentKind.DECISION.value}-UBND",
        on=on,
        title=f"{kind.label} khen thưởng theo Quyết định {award.decision}",
        signer=str(by.user),
        signer_post=texts.post_of(by),
        noun=award,
    )
    change = AwardChange(award=award, kind=kind, reason=reason.strip(), new_name=new_name, on=on)
    documents.freeze(paper, texts.change_paper(change, plan=plan, code=paper.code, seat=by, on=on))
    change.paper = paper
    change.save(force_insert=True)
    journal.record(
        f"{kind.value}_award",
        by=by,
        on=on,
        noun=award,
        body={"paper": paper.code},
        personal={"reason": reason.strip(), "name": award.name, "new_name": new_name},
    )
    return change
