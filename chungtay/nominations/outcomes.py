"""What later rooms tell a dossier: the Council's vote, the Chairman's decision, a withdrawal."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import F

from chungtay.accounts import notices
from chungtay.accounts.models import Seat
from chungtay.law.procedure import PROPOSING, Desk, State
from chungtay.law.refusals import Conflict, Reasons
from chungtay.nominations import checklist
from chungtay.nominations.models import Dossier, waiting_desk
from chungtay.nominations.moving import move, step_of
from chungtay.records import journal


def recommend(dossier: Dossier, *, by: Seat, on: date, meeting: str) -> Dossier:
    """Hội đồng đề nghị khen: called by the Council when a vote passed (KH V.2).

    Raises `Refused` when something that excludes it came on record since the appraisal.
    """
    Reasons(checklist.blocks(dossier, on=on)).raise_if_any()
    with transaction.atomic():
        move(dossier, "recommend", by=by, on=on, body={"meeting": meeting})
        text = f"{dossier.code}: Hội đồng đề nghị khen, chờ quyết định."
        notices.tell_kind(Desk.CHAIR, text, on=on, link=f"/ho-so/{dossier.key}/")
    return dossier


def decline(dossier: Dossier, *, by: Seat, on: date, reason: str) -> Dossier:
    """Hội đồng không đề nghị: called by the Council when a vote failed; the unit reads the reason (KH V.2)."""
    with transaction.atomic():
        move(dossier, "decline", by=by, on=on, body={"reason": reason})
        text = f"{dossier.code}: Hội đồng không đề nghị khen. {reason}"
        notices.tell_body(dossier.unit, text, on=on, link=f"/ho-so/{dossier.key}/", kinds=PROPOSING)
    return dossier


def decide_all(dossiers: Sequence[Dossier], *, by: Seat, on: date, decision: str) -> None:
    """Có quyết định khen thưởng: called when the Chairman signs for many names at once (KH IV.2.2)."""
    told = f"đã có Quyết định {decision}."
    _move_all(dossiers, "decide", State.AWARDED, by=by, on=on, body={"decision": decision}, told=told)


def forward_all(dossiers: Sequence[Dossier], *, by: Seat, on: date, letter: str) -> None:
    """Trình Thủ tướng: State awards leave the province with the Chairman's letter (KH IV.2.1)."""
    told = f"đã trình Thủ tướng Chính phủ theo Tờ trình {letter}."
    _move_all(dossiers, "forward", State.FORWARDED, by=by, on=on, body={"letter": letter}, told=told)


@transaction.atomic
def _move_all(
    dossiers: Sequence[Dossier], name: str, to: State, *, by: Seat, on: date, body: dict[str, str], told: str
) -> None:
    """One step for many: a fixed number of statements, rows first and the journal last.

    Raises `Conflict` when one of them moved meanwhile; then none does.
    """
    for dossier in dossiers:
        step_of(dossier, name, by, on)
    Reasons(checklist.blocks_among(dossiers, on=on)).raise_if_any()
    rows = Dossier.objects.filter(pk__in=[d.pk for d in dossiers], state=State.RECOMMENDED.value)
    changes = {"state": to.value, "state_since": on, "waits_for": waiting_desk(to)}
    if rows.update(version=F("version") + 1, **changes) != len(dossiers):
        raise Conflict.because("Có hồ sơ vừa đổi trạng thái. Xem lại danh sách rồi làm lại.")
    notices.tell_bodies(
        [(d.unit_id, f"{d.code}: {told}", f"/ho-so/{d.key}/") for d in dossiers], on=on, kinds=PROPOSING
    )
    whole = {"from": State.RECOMMENDED.value, "to": to.value, **body}
    journal.record_many([journal.Act(name, dossier, whole) for dossier in dossiers], by=by, on=on)


def revoke(dossier: Dossier, *, by: Seat, on: date, reason: str) -> Dossier:
    """Thu hồi khen thưởng: called when a later decision withdraws the award; the first decision stays as it was."""
    with transaction.atomic():
        move(dossier, "revoke", by=by, on=on, personal={"reason": reason})
        text = f"{dossier.code}: khen thưởng đã bị thu hồi."
        notices.tell_body(dossier.unit, text, on=on, link=f"/ho-so/{dossier.key}/", kinds=PROPOSING)
    return dossier
