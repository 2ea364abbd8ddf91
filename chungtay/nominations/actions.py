"""What is done with a dossier. Every act: lock by guarded update, ask the law, write, record, tell the next desk."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from chungtay.accounts import notices
from chungtay.accounts.models import Seat
from chungtay.documents.models import StoredFile
from chungtay.documents.numbers import next_number
from chungtay.law import deadlines, procedure
from chungtay.law.procedure import PROPOSING, Desk, State
from chungtay.law.refusals import Conflict, Reason, Reasons, Refused
from chungtay.movements.models import Round
from chungtay.nominations import checklist, completeness, receipts
from chungtay.nominations.models import Appraisal, Dossier, Evidence, Judgement, Note, waiting_desk
from chungtay.parties.models import Party
from chungtay.records import journal, versions
from chungtay.records.names import clean, fold

OFFICE_SERIES = "HS"
EDITED_BY_UNIT = ("content", "award", "party_name", "period_from", "period_to", "summary", "report", "earlier_awards")


@transaction.atomic
def open_dossier(*, round: Round, party: Party, content: str, award: str, by: Seat, on: date) -> Dossier:
    """Lập hồ sơ: start a draft for `party` in a round (KH III.5, IV.4).

    Raises `Refused` for a closed round, a content that is not the party's, an award that the content does not know,
    or a running dossier for the same award.
    """
    plan = round.plan_version.plan
    reasons = Reasons()
    if by.kind not in PROPOSING:
        reasons.add(f"Hồ sơ do đơn vị đề nghị lập, không phải {by.kind.label}.", clause="KH IV.4.1")
    if not round.is_open(on):
        reasons.add(
            f"Đợt xét nhận hồ sơ từ {round.opens:%d/%m/%Y} đến hết {round.closes:%d/%m/%Y}.",
            clause="KH III.5", field="round",
        )  # fmt: skip
    if content not in {c.id for c in plan.contents_for(party.kind)}:
        reasons.add(f"{party.get_kind_display()} không thuộc đối tượng của nội dung này.", clause="KH II.1", field="content")
    elif award not in {a.id for a in plan.awards_for(content, round.kind)}:
        reasons.add("Hình thức khen này không dành cho nội dung hoặc đợt xét đã chọn.", clause="KH IV.2", field="award")
    running = Dossier.objects.filter(party=party, round=round, award=award).exclude(
        state__in=[s.value for s in (State.WITHDRAWN, State.REFUSED, State.DECLINED, State.REVOKED)]
    )
    if running.exists():
        reasons.add("Đối tượng này đã có hồ sơ cùng hình thức khen trong đợt xét.", clause="KH IV.4", field="party")
    reasons.raise_if_any()
    dossier = Dossier.objects.create(
        round=round, party=party, unit=by.desk.body, content=content, award=award, state=State.DRAFT.value,
        waits_for="unit", state_since=on, due_on=round.closes, opened_on=on, area_path=by.desk.body.area_path,
        party_name=party.name, party_name_folded=fold(party.name), is_demo=party.is_demo,
    )  # fmt: skip
    journal.record("open_dossier", by=by, on=on, noun=dossier, body={"award": award, "content": content})
    return dossier


@transaction.atomic
def save(
    dossier: Dossier, *, by: Seat, on: date, version: int, fields: Mapping[str, Any], achievements: Sequence[Mapping[str, Any]]
) -> Dossier:
    """Lưu hồ sơ: write what the unit typed, complete or not. Answers the notes on the fields that changed.

    Raises `Conflict` when somebody else saved first, `Refused` outside draft and returned.
    """
    _own(dossier, by)
    if dossier.at not in (State.DRAFT, State.RETURNED):
        raise Refused.because(f"Hồ sơ đang ở “{dossier.at.label}”, không sửa được.", clause="KH IV.4.3")
    values = {name: fields[name] for name in EDITED_BY_UNIT if name in fields}
    changed = [name for name, value in values.items() if getattr(dossier, name) != value]
    if "party_name" in values:
        values["party_name"] = clean(values["party_name"])
        values["party_name_folded"] = fold(values["party_name"])
    before = [(a.nature, a.text, a.value) for a in dossier.achievements.all()]
    after = [(a["nature"], a["text"], a["value"]) for a in achievements]
    versions.guarded_update(dossier, version=version, where={"state": dossier.state}, **values)
    if before != after:
        changed.append("achievements")
        dossier.achievements.all().delete()
        dossier.achievements.bulk_create(
            dossier.achievements.model(dossier=dossier, ordinal=n, nature=nature, text=text, value=value)
            for n, (nature, text, value) in enumerate(after, start=1)
        )
    answer_notes(dossier, changed, on=on)
    journal.record("save_dossier", by=by, on=on, noun=dossier, body={"fields": changed})
    return dossier


def answer_notes(dossier: Dossier, fields: Sequence[str], *, on: date) -> None:
    """A note is answered once its field was changed; it stays on record and leaves the form."""
    dossier.notes.filter(field__in=fields, answered_on__isnull=True).update(answered_on=on)


@transaction.atomic
def add_evidence(
    dossier: Dossier, stored: StoredFile, *, name: str, paper: str, criterion: str, by: Seat, on: date
) -> Evidence:
    """Thêm giấy tờ, minh chứng (KH IV.4.1)."""
    _own(dossier, by)
    _editable(dossier)
    made = Evidence.objects.create(
        dossier=dossier, file=stored, name=clean(name)[:200], paper=paper, criterion=criterion, added_on=on
    )
    versions.guarded_update(dossier, where={"state": dossier.state})
    answer_notes(dossier, [paper or "evidence"], on=on)
    body = {"sha256": stored.sha256, "paper": paper, "criterion": criterion}
    journal.record("add_evidence", by=by, on=on, noun=dossier, body=body)
    return made


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: Seat, on: date) -> None:
    """Bỏ giấy tờ: it leaves the dossier and stays on record."""
    dossier = evidence.dossier
    _own(dossier, by)
    _editable(dossier)
    Evidence.objects.filter(pk=evidence.pk, removed_on__isnull=True).update(removed_on=on)
    versions.guarded_update(dossier, where={"state": dossier.state})
    journal.record("remove_evidence", by=by, on=on, noun=dossier, body={"evidence": evidence.pk})


@transaction.atomic
def submit(dossier: Dossier, *, by: Seat, on: date, version: int | None = None) -> Dossier:
    """Nộp hồ sơ: hand the dossier in at the one-stop desk (KH IV.4.3).

    Raises `Refused` naming everything that is missing of KH IV.4.1 at once, or if the step is not open to `by`.
    """
    _own(dossier, by)
    reasons = Reasons(completeness.missing(dossier, on=on))
    reasons.extend(checklist.blocks(dossier, on=on))
    reasons.raise_if_any()
    due = deadlines.due("reception_check", since=on).day
    _move(dossier, "submit", by=by, on=on, version=version, due_on=due, is_handed_in=True)
    notices.tell_kind(Desk.OFFICE, f"Hồ sơ mới nộp: {dossier.unit.name}.", link=f"/ho-so/{dossier.key}/")
    return dossier


@transaction.atomic
def recall(dossier: Dossier, *, by: Seat, on: date) -> Dossier:
    """Lấy lại hồ sơ: take it back as long as the one-stop desk has not opened it (KH IV.4.3)."""
    _own(dossier, by)
    handed_in = dossier.code is not None
    return _move(dossier, "recall", by=by, on=on, due_on=dossier.round.closes, is_handed_in=handed_in)


@transaction.atomic
def take_up(dossier: Dossier, *, by: Seat, on: date) -> Dossier:
    """Mở hồ sơ: the one-stop desk starts checking; from now on the unit cannot recall it."""
    return _move(dossier, "take_up", by=by, on=on, due_on=dossier.due_on)


@transaction.atomic
def receive(dossier: Dossier, *, by: Seat, on: date) -> Dossier:
    """Tiếp nhận: give the code and the day of the result in working days, print the receipt (KH IV.4.3).

    A dossier that came back after a return keeps its code; its clock starts anew.
    """
    _step(dossier, "receive", by)
    promise = deadlines.due("province_appraisal", since=on)
    code = dossier.code or f"{OFFICE_SERIES}-{on.year}-{next_number(by.desk.body, OFFICE_SERIES, on=on):04d}"
    _move(
        dossier, "receive", by=by, on=on, body={"code": code, "promised_on": promise.day},
        due_on=promise.day, code=code, received_on=on, promised_on=promise.day,
    )  # fmt: skip
    receipts.issue(dossier, promise, by=by, on=on)
    link = f"/ho-so/{dossier.key}/"
    notices.tell_body(dossier.unit, f"{code}: đã tiếp nhận, hẹn trả kết quả {promise.day:%d/%m/%Y}.", link=link)
    notices.tell_kind(Desk.BOARD, f"{code}: chờ thẩm định.", link=link)
    return dossier


@transaction.atomic
def send_back(dossier: Dossier, *, by: Seat, on: date, notes: Mapping[str, str]) -> Dossier:
    """Trả lại để bổ sung: back to the unit, with a sentence at each field that must change (KH IV.4.3, V.5)."""
    told = {field: text.strip() for field, text in notes.items() if text.strip()}
    if not told:
        raise Refused.because("Ghi rõ ít nhất một mục cần bổ sung và bổ sung gì.", clause="KH IV.4.3")
    due = max(dossier.round.closes, on)
    _move(dossier, "send_back", by=by, on=on, body={"fields": sorted(told)}, due_on=due)
    who = f"{by.user} ({by.desk.name})"
    Note.objects.bulk_create(Note(dossier=dossier, field=f, text=t[:500], by=who, on=on) for f, t in told.items())
    name = dossier.code or dossier.party_name
    notices.tell_body(dossier.unit, f"{name}: trả lại để bổ sung {len(told)} mục.", link=f"/ho-so/{dossier.key}/sua/")
    return dossier


@transaction.atomic
def judge(dossier: Dossier, *, by: Seat, on: date, judgements: Mapping[str, tuple[bool, str]]) -> Dossier:
    """Nhận xét tiêu chuẩn: the Board's word on criteria that a person must judge, each with its reason (KH IV.1, V.5)."""
    if by.kind is not Desk.BOARD or dossier.at is not State.RECEIVED:
        raise Refused.because("Ban Thi đua - Khen thưởng nhận xét khi hồ sơ đã tiếp nhận, chưa thẩm định xong.", clause="KH V.5")
    _not_own_work(dossier, by)
    plan = dossier.round.plan_version.plan
    reasons = Reasons()
    for criterion_id, (_, reason) in judgements.items():
        least = plan.criterion(criterion_id).min_reason or completeness.LEAST_REASON
        if len(reason.strip()) < least:
            reasons.add(f"Lý do cần ít nhất {least} ký tự.", clause="KH V.5", field=f"reason-{criterion_id}")
    reasons.raise_if_any()
    who = f"{by.user} ({by.desk.name})"
    versions.guarded_update(dossier, where={"state": dossier.state})
    Judgement.objects.bulk_create(
        Judgement(dossier=dossier, criterion=criterion, met=met, reason=reason.strip(), by=who, on=on)
        for criterion, (met, reason) in judgements.items()
    )
    body = {criterion: met for criterion, (met, _) in judgements.items()}
    journal.record("judge", by=by, on=on, noun=dossier, body=body)
    return dossier


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
    notices.tell_kind(Desk.SECRETARY, f"{dossier.code}: đã thẩm định, chờ phiên họp.", link=f"/ho-so/{dossier.key}/")
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
    notices.tell_body(dossier.unit, text, link=f"/ho-so/{dossier.key}/")
    return dossier


@transaction.atomic
def withdraw(dossier: Dossier, *, by: Seat, on: date, reason: str) -> Dossier:
    """Rút hồ sơ: the unit takes its proposal back for good, and says why."""
    _own(dossier, by)
    if not reason.strip():
        raise Refused.because("Ghi lý do rút hồ sơ.", clause="KH IV.4", field="reason")
    return _move(dossier, "withdraw", by=by, on=on, personal={"reason": reason.strip()}, due_on=on)


def recommend(dossier: Dossier, *, by: Seat, on: date, meeting: str) -> Dossier:
    """Hội đồng đề nghị khen: called by the Council when a vote passed (KH V.2)."""
    with transaction.atomic():
        _move(dossier, "recommend", by=by, on=on, body={"meeting": meeting})
        text = f"{dossier.code}: Hội đồng đề nghị khen, chờ quyết định."
        notices.tell_kind(Desk.CHAIR, text, link=f"/ho-so/{dossier.key}/")
    return dossier


def decline(dossier: Dossier, *, by: Seat, on: date, reason: str) -> Dossier:
    """Hội đồng không đề nghị: called by the Council when a vote failed; the unit reads the reason (KH V.2)."""
    with transaction.atomic():
        _move(dossier, "decline", by=by, on=on, body={"reason": reason})
        text = f"{dossier.code}: Hội đồng không đề nghị khen. {reason}"
        notices.tell_body(dossier.unit, text, link=f"/ho-so/{dossier.key}/")
    return dossier


def decide_all(dossiers: Sequence[Dossier], *, by: Seat, on: date, decision: str) -> None:
    """Có quyết định khen thưởng: called when the Chairman signs for many names at once (KH IV.2.2).

    A fixed number of statements whatever the number of names. Raises `Conflict` when one of them moved meanwhile.
    """
    for dossier in dossiers:
        _step(dossier, "decide", by)
    with transaction.atomic():
        rows = Dossier.objects.filter(pk__in=[d.pk for d in dossiers], state=State.RECOMMENDED.value)
        moved = rows.update(
            state=State.AWARDED.value, state_since=on, waits_for=waiting_desk(State.AWARDED), version=F("version") + 1
        )
        if moved != len(dossiers):
            raise Conflict.because("Có hồ sơ trong dự thảo vừa đổi trạng thái. Xem lại danh sách rồi ký lại.")
        body = {"from": State.RECOMMENDED.value, "to": State.AWARDED.value, "decision": decision}
        journal.record_many([journal.Act("decide", dossier, body) for dossier in dossiers], by=by, on=on)
        notices.tell_bodies(
            (d.unit_id, f"{d.code}: đã có Quyết định {decision}.", f"/ho-so/{d.key}/") for d in dossiers
        )


def forward(dossier: Dossier, *, by: Seat, on: date, letter: str) -> Dossier:
    """Trình Thủ tướng: a State award leaves the province with the Chairman's letter (KH IV.2.1)."""
    with transaction.atomic():
        _move(dossier, "forward", by=by, on=on, body={"letter": letter})
        text = f"{dossier.code}: đã trình Thủ tướng Chính phủ theo Tờ trình {letter}."
        notices.tell_body(dossier.unit, text, link=f"/ho-so/{dossier.key}/")
    return dossier


def revoke(dossier: Dossier, *, by: Seat, on: date, reason: str) -> Dossier:
    """Thu hồi khen thưởng: called when a later decision withdraws the award; the first decision stays as it was."""
    with transaction.atomic():
        _move(dossier, "revoke", by=by, on=on, personal={"reason": reason})
        text = f"{dossier.code}: khen thưởng đã bị thu hồi."
        notices.tell_body(dossier.unit, text, link=f"/ho-so/{dossier.key}/")
    return dossier


def _step(dossier: Dossier, name: str, by: Seat) -> procedure.Step:
    award = dossier.round.plan_version.plan.award(dossier.award)
    return procedure.step(name, desk=by.kind, state=dossier.at, state_award=award.level == "state")


def _move(
    dossier: Dossier,
    name: str,
    *,
    by: Seat,
    on: date,
    version: int | None = None,
    body: Mapping[str, Any] | None = None,
    personal: Mapping[str, str] | None = None,
    **changes: Any,
) -> Dossier:
    """Take one step of the table: whoever finds state and version unchanged wins, the other gets `Conflict`."""
    step = _step(dossier, name, by)
    before = dossier.at
    versions.guarded_update(
        dossier, version=version, where={"state": before.value}, state=step.to_state.value, state_since=on,
        waits_for=waiting_desk(step.to_state), **changes,
    )  # fmt: skip
    told = {"from": before.value, "to": step.to_state.value, **(body or {})}
    journal.record(name, by=by, on=on, noun=dossier, body=told, personal=personal)
    return dossier


def _close_appraisal(
    dossier: Dossier, name: str, found: checklist.Checklist, *, proposes: bool, opinion: str, by: Seat, on: date
) -> None:
    _move(dossier, name, by=by, on=on, personal={"opinion": opinion.strip()})
    Appraisal.objects.create(
        dossier=dossier, proposes=proposes, opinion=opinion.strip(), by=f"{by.user} ({by.desk.name})", on=on,
        answers=found.as_json(),
    )  # fmt: skip


def _own(dossier: Dossier, by: Seat) -> None:
    if by.kind not in PROPOSING or by.body_id != dossier.unit_id:
        raise Refused.because("Chỉ đơn vị đã lập hồ sơ làm được việc này.", clause="KH IV.4.1")


def _editable(dossier: Dossier) -> None:
    if dossier.at not in (State.DRAFT, State.RETURNED):
        raise Refused.because(f"Hồ sơ đang ở “{dossier.at.label}”, không sửa được.", clause="KH IV.4.3")


def _not_own_work(dossier: Dossier, by: Seat) -> None:
    """Whoever handed a dossier in never appraises it, whatever seats they hold."""
    if journal.of(dossier).filter(act__in=["open_dossier", "submit"], actor_key=str(by.user_id)).exists():
        raise Refused([Reason("Người đã lập hoặc nộp hồ sơ không được thẩm định chính hồ sơ đó.", clause="KH V.5")])
