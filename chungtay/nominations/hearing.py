"""Hearing from the centre: what became of the dossiers that went up, put on record by the Board (KH IV.2.1)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from chungtay.accounts import notices
from chungtay.accounts.models import Seat
from chungtay.contributions.claiming import ClaimOn, claim, release
from chungtay.law.awards import Award
from chungtay.law.procedure import PROPOSING
from chungtay.law.refusals import Reasons
from chungtay.nominations.central import STATE_AWARDS, CentralAnswer
from chungtay.nominations.models import Dossier
from chungtay.nominations.moving import move, step_of
from chungtay.records.names import clean

CLAUSE = "KH IV.2.1"
LEAST_REASON = 15


@dataclass(frozen=True)
class Document:
    """Văn bản của Trung ương: its number, day and who issued it."""

    number: str = ""
    day: date | None = None
    issuer: str = ""

    @property
    def words(self) -> str:
        """As a clerk quotes it; empty where nothing is known."""
        parts = [self.number, f"ngày {self.day:%d/%m/%Y}" if self.day else "", self.issuer]
        return ", ".join(part for part in parts if part)


def answer_of(dossier: Dossier) -> CentralAnswer | None:
    """The answer that counts, if the centre has answered. One query."""
    found = CentralAnswer.objects.filter(dossier=dossier, superseded_on__isnull=True).first()
    return None if found is None or found.kind == CentralAnswer.Kind.RETRACTED else found


@transaction.atomic
def record_grant(
    dossier: Dossier, *, award: str, told: Document, by: Seat, on: date, version: int | None = None
) -> Dossier:
    """Ghi kết quả: được khen. The State's decision, as the Board read it; the award may be another State award than
    the one that was asked for. The gifts that count in the dossier's period are used by it and serve no other award.

    Raises `Refused` naming everything that is wrong, `Conflict` when somebody else was first.
    """
    step_of(dossier, "record_grant", by, on)
    reasons = _faults(dossier, told, on)
    if award not in dict(STATE_AWARDS):
        reasons.add("Chọn hình thức khen cấp Nhà nước.", clause=CLAUSE, field="award")
    for name, text in (("number", "Ghi số quyết định."), ("issuer", "Ghi cơ quan ban hành quyết định.")):
        if not getattr(told, name).strip():
            reasons.add(text, clause=CLAUSE, field=name)
    if told.day is None:
        reasons.add("Ghi ngày quyết định.", clause=CLAUSE, field="day")
    reasons.raise_if_any()
    said = f"{Award(award).label}, Quyết định {told.words}"
    kept = {"kind": CentralAnswer.Kind.GRANTED, "award": award}
    done = _answered(dossier, "record_grant", kept, told, "", said, by=by, on=on, version=version)
    claim(_claims(done, told), by=by, on=on)
    return done


def _claims(dossier: Dossier, told: Document) -> list[ClaimOn]:
    """What the grant uses; counting starts anew only after the province's own certificate (KH IV.2.2.b)."""
    since, until = dossier.period_from, dossier.period_to
    if since is None or until is None or told.day is None:
        return []
    return [ClaimOn(dossier.party_id, dossier.key, clean(told.number), told.day, since, until, restarts=False)]


@transaction.atomic
def record_denial(
    dossier: Dossier, *, told: Document, reason: str, by: Seat, on: date, version: int | None = None
) -> Dossier:
    """Ghi kết quả: không khen, with the reason that the centre gave. Raises as `record_grant`."""
    step_of(dossier, "record_denial", by, on)
    _why(_faults(dossier, told, on), reason).raise_if_any()
    kept = {"kind": CentralAnswer.Kind.DENIED}
    return _answered(dossier, "record_denial", kept, told, reason, told.words, by=by, on=on, version=version)


@transaction.atomic
def retract_answer(dossier: Dossier, *, reason: str, by: Seat, on: date, version: int | None = None) -> Dossier:
    """Gỡ kết quả ghi nhầm: the dossier waits for the centre again; what was written stays on record, and the gifts
    that a grant used are free again."""
    step_of(dossier, "retract_answer", by, on)
    _why(Reasons(), reason).raise_if_any()
    kept = {"kind": CentralAnswer.Kind.RETRACTED}
    done = _answered(dossier, "retract_answer", kept, Document(), reason, "", by=by, on=on, version=version)
    release(done.key, by=by, on=on, reason=reason)
    return done


@transaction.atomic
def record_revocation(
    dossier: Dossier, *, told: Document, reason: str, by: Seat, on: date, version: int | None = None
) -> Dossier:
    """Trung ương thu hồi khen thưởng: a State award that was granted is taken back by a later decision from above; the
    gifts that it used are free again."""
    step_of(dossier, "revoke", by, on)
    reasons = _faults(dossier, told, on)
    if not told.number.strip():
        reasons.add("Ghi số quyết định thu hồi.", clause=CLAUSE, field="number")
    _why(reasons, reason).raise_if_any()
    kept = {"kind": CentralAnswer.Kind.REVOKED}
    done = _answered(dossier, "revoke", kept, told, reason, told.words, by=by, on=on, version=version)
    release(done.key, by=by, on=on, reason=reason)
    return done


def _faults(dossier: Dossier, told: Document, on: date) -> Reasons:
    reasons = Reasons()
    if told.day is not None and told.day > on:
        reasons.add("Ngày văn bản không thể ở tương lai.", clause=CLAUSE, field="day")
    elif told.day is not None and dossier.received_on is not None and told.day < dossier.received_on:
        text = f"Văn bản không thể có trước ngày tỉnh tiếp nhận hồ sơ ({dossier.received_on:%d/%m/%Y})."
        reasons.add(text, clause=CLAUSE, field="day")
    return reasons


def _why(reasons: Reasons, reason: str) -> Reasons:
    if len(reason.strip()) < LEAST_REASON:
        reasons.add(f"Lý do cần ít nhất {LEAST_REASON} ký tự.", clause=CLAUSE, field="reason")
    return reasons


def _answered(
    dossier: Dossier, step: str, kept: dict[str, Any], told: Document, reason: str, said: str, *, by: Seat, on: date,
    version: int | None,
) -> Dossier:  # fmt: skip
    """Keep the answer instead of the one that counted, take the step, tell the unit."""
    dossier.central_answers.filter(superseded_on__isnull=True).update(superseded_on=on)
    CentralAnswer.objects.create(
        dossier=dossier, number=clean(told.number), decided_on=told.day, issuer=clean(told.issuer),
        reason=reason.strip(), by=f"{by.user} ({by.desk.name})", on=on, **kept,
    )  # fmt: skip
    text = f"{dossier.code}: {CentralAnswer.Kind(kept['kind']).label.lower()}. {said}".strip()
    notices.tell_body(dossier.unit, text, on=on, link=f"/ho-so/{dossier.key}/", kinds=PROPOSING)
    body = {"answer": str(kept["kind"]), "award": kept.get("award", ""), "decision": said}
    return move(dossier, step, by=by, on=on, version=version, body=body, personal={"reason": reason.strip()})
