"""The Board's appraisal: judgements with reasons, and the closing word."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from chungtay.accounts import notices
from chungtay.accounts.models import Seat
from chungtay.law import exclusions
from chungtay.law.procedure import PROPOSING, Desk, State
from chungtay.law.refusals import Reason, Reasons, Refused
from chungtay.nominations import checklist, completeness, guiding
from chungtay.nominations.models import Appraisal, Dossier, Judgement, Override
from chungtay.nominations.moving import move, need_in_sight
from chungtay.records import journal, versions


@transaction.atomic
def judge(
    dossier: Dossier,
    *,
    by: Seat,
    on: date,
    judgements: Mapping[str, tuple[bool, str]],
    scores: Mapping[str, int] | None = None,
) -> Dossier:
    """Nhận xét tiêu chuẩn: the Board's word on criteria that a person judges, each with its reason (KH IV.1, V.5).

    Where the Council's guidance weighs a criterion, its score on the guidance's scale too. The first judgement of a
    round freezes the guidance.
    """
    if by.kind is not Desk.BOARD or dossier.at is not State.RECEIVED:
        raise Refused.because(
            "Ban Thi đua - Khen thưởng nhận xét khi hồ sơ đã tiếp nhận, chưa thẩm định xong.", clause="KH V.5"
        )
    need_in_sight(dossier, by, on)
    _not_own_work(dossier, by)
    plan = dossier.round.plan_version.plan
    reasons = Reasons()
    for criterion_id, (_, reason) in judgements.items():
        least = completeness.least_reason(plan, criterion_id)
        if len(reason.strip()) < least:
            reasons.add(f"Lý do cần ít nhất {least} ký tự.", clause="KH V.5", field=f"reason-{criterion_id}")
    told = _scores(dossier, judgements, scores or {}, reasons)
    reasons.raise_if_any()
    guiding.freeze(dossier.round_id, on)
    who = f"{by.user} ({by.desk.name})"
    versions.guarded_update(dossier, where={"state": dossier.state})
    Judgement.objects.bulk_create(
        Judgement(
            dossier=dossier,
            criterion=criterion,
            met=met,
            reason=reason.strip(),
            by=who,
            on=on,
            score=told.get(criterion),
        )
        for criterion, (met, reason) in judgements.items()
    )
    body = {criterion: met for criterion, (met, _) in judgements.items()}
    journal.record("judge", by=by, on=on, noun=dossier, body=body)
    return dossier


def _scores(
    dossier: Dossier, judgements: Mapping[str, tuple[bool, str]], scores: Mapping[str, int], reasons: Reasons
) -> dict[str, int]:
    """The scores of the criteria that the guidance weighs; what is missing or off the scale goes to `reasons`."""
    guidance, told = guiding.of_round(dossier.round_id), dict[str, int]()
    weights = guidance.weights if guidance else {}
    for criterion in judgements:
        score, most = scores.get(criterion), guidance.scale if guidance else 0
        if criterion not in weights:
            continue
        if score is None or not 0 <= score <= most:
            reasons.add(f"Chấm điểm từ 0 đến {most}.", clause=guiding.CLAUSE, field=f"score-{criterion}")
        else:
            told[criterion] = score
    return told


@transaction.atomic
def override(dossier: Dossier, *, by: Seat, on: date, key: str, reason: str) -> Override:
    """Bỏ qua cảnh báo: where the law leaves room, the Board says by name and with a reason why the dossier goes on.

    Raises `Refused` for what blocks, for what is not found about this dossier, and for a reason that says too little.
    """
    if by.kind is not Desk.BOARD or dossier.at is not State.RECEIVED:
        raise Refused.because(
            "Ban Thi đua - Khen thưởng xem xét cảnh báo khi hồ sơ đã tiếp nhận, chưa thẩm định xong.", clause="KH V.5"
        )
    need_in_sight(dossier, by, on)
    _not_own_work(dossier, by)
    finding = next((one for one in checklist.of(dossier, on=on).findings if one.key == key), None)
    if finding is None or finding.kind is not exclusions.Kind.WARN:
        said = "Hồ sơ không có cảnh báo này." if finding is None else "Quy định không cho phép bỏ qua điều này."
        raise Refused.because(said, clause=finding.clause if finding else "KH V.5")
    least = completeness.LEAST_OVERRIDE
    if len(reason.strip()) < least:
        text = f"Lý do cần ít nhất {least} ký tự."
        raise Refused.because(text, clause=finding.clause, field=f"override-{key}")
    versions.guarded_update(dossier, where={"state": dossier.state})
    dossier.overrides.filter(key=key, superseded_on__isnull=True).update(superseded_on=on)
    made = Override.objects.create(
        dossier=dossier, key=key, text=finding.open_text, clause=finding.clause, reason=reason.strip(),
        by=f"{by.user} ({by.desk.name})", on=on,
    )  # fmt: skip
    journal.record("override", by=by, on=on, noun=dossier, body={"warning": key, "clause": finding.clause})
    return made


@transaction.atomic
def appraise(dossier: Dossier, *, by: Seat, on: date, opinion: str) -> Dossier:
    """Thẩm định: close the appraisal and hand the dossier to the Council. Every judged criterion must be answered.

    Raises `Refused` naming every criterion that is still open, and what excludes the dossier.
    """
    _not_own_work(dossier, by)
    found = checklist.of(dossier, on=on)
    reasons = Reasons()
    for line in found.lines:
        if line.is_open:
            reasons.add(f"Chưa nhận xét: {line.question}", clause=line.clause, field=f"criterion-{line.id}")
    reasons.extend(found.block_reasons())
    if len(opinion.strip()) < completeness.LEAST_REASON:
        least = completeness.LEAST_REASON
        reasons.add(f"Ý kiến thẩm định cần ít nhất {least} ký tự.", clause="KH V.5", field="opinion")
    reasons.raise_if_any()
    _close_appraisal(dossier, "appraise", found, proposes=True, opinion=opinion, by=by, on=on)
    notices.tell_kind(
        Desk.SECRETARY, f"{dossier.code}: đã thẩm định, chờ phiên họp.", on=on, link=f"/ho-so/{dossier.key}/"
    )
    return dossier


@transaction.atomic
def refuse(dossier: Dossier, *, by: Seat, on: date, opinion: str) -> Dossier:
    """Không đủ điều kiện: the Board closes the dossier, with the reason that the unit will read (KH V.5)."""
    _not_own_work(dossier, by)
    if len(opinion.strip()) < completeness.LEAST_REASON:
        least = completeness.LEAST_REASON
        raise Refused.because(f"Lý do cần ít nhất {least} ký tự.", clause="KH V.5", field="opinion")
    _close_appraisal(dossier, "refuse", checklist.of(dossier, on=on), proposes=False, opinion=opinion, by=by, on=on)
    text = f"{dossier.code}: không đủ điều kiện. {opinion.strip()}"
    notices.tell_body(dossier.unit, text, on=on, link=f"/ho-so/{dossier.key}/", kinds=PROPOSING)
    return dossier


def _close_appraisal(
    dossier: Dossier, name: str, found: checklist.Checklist, *, proposes: bool, opinion: str, by: Seat, on: date
) -> None:
    move(dossier, name, by=by, on=on, personal={"opinion": opinion.strip()})
    Appraisal.objects.create(
        dossier=dossier,
        proposes=proposes,
        opinion=opinion.strip(),
        by=f"{by.user} ({by.desk.name})",
        on=on,
        answers=found.as_json(),
    )


def _not_own_work(dossier: Dossier, by: Seat) -> None:
    """Whoever handed a dossier in never appraises it, whatever seats they hold."""
    if journal.of(dossier).filter(act__in=["open_dossier", "submit"], actor_key=str(by.user_id)).exists():
        raise Refused([Reason("Người đã lập hoặc nộp hồ sơ không được thẩm định chính hồ sơ đó.", clause="KH V.5")])
