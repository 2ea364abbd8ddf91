"""What is done with a dossier. Every act: lock by guarded update, ask the law, write, record, tell the next desk."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from chungtay.accounts import notices
from chungtay.accounts.models import Seat
from chungtay.documents.models import StoredFile
from chungtay.documents.numbers import next_number
from chungtay.law import deadlines
from chungtay.law.procedure import PROPOSING, Desk, State
from chungtay.law.refusals import Reasons, Refused
from chungtay.movements.models import Round
from chungtay.nominations import checklist, completeness, receipts
from chungtay.nominations.appraising import appraise, judge, override, refuse
from chungtay.nominations.models import Dossier, Evidence, Note
from chungtay.nominations.moving import move, need_editable, need_own, step_of
from chungtay.nominations.outcomes import decide_all, decline, forward_all, recommend, revoke
from chungtay.parties.models import Party
from chungtay.records import journal, versions, walls
from chungtay.records.names import clean, fold

__all__ = [
    "add_evidence",
    "answer_notes",
    "appraise",
    "decide_all",
    "decline",
    "forward_all",
    "judge",
    "open_dossier",
    "override",
    "recall",
    "receive",
    "recommend",
    "refuse",
    "remove_evidence",
    "revoke",
    "save",
    "send_back",
    "submit",
    "take_up",
    "withdraw",
]  # fmt: skip

OFFICE_SERIES = "HS"
EDITED_BY_UNIT = ("party_name", "period_from", "period_to", "summary", "report", "earlier_awards")


@transaction.atomic
def open_dossier(*, round: Round, party: Party, content: str, award: str, by: Seat, on: date) -> Dossier:
    """Lập hồ sơ: start a draft for `party` in a round (KH III.5, IV.4).

    Raises `Refused` for a party that the seat does not see that day, a closed round, a content that is not the party's,
    an award that the content does not know, or a running dossier for the same award.
    """
    plan = round.plan_version.plan
    reasons = Reasons()
    if by.kind not in PROPOSING:
        reasons.add(f"Hồ sơ do đơn vị đề nghị lập, không phải {by.kind.label}.", clause="KH IV.4.1")
    if not Party.objects.visible_to(by, on).filter(pk=party.pk).exists():
        raise Refused.because("Không có đối tượng này trong sổ của đơn vị bạn.", clause="KH III.1", field="party")
    if not round.is_open(on):
        reasons.add(
            f"Đợt xét nhận hồ sơ từ {round.opens:%d/%m/%Y} đến hết {round.closes:%d/%m/%Y}.",
            clause="KH III.5",
            field="round",
        )
    if content not in {c.id for c in plan.contents_for(party.kind)}:
        reasons.add(
            f"{party.get_kind_display()} không thuộc đối tượng của nội dung này.", clause="KH II.1", field="content"
        )
    elif award not in {a.id for a in plan.awards_asked_of_province(content, round.kind, party.payee)}:
        text = "Hình thức khen này không dành cho đối tượng, nội dung hoặc đợt xét đã chọn."
        reasons.add(text, clause="KH IV.2", field="award")
    running = Dossier.objects.filter(party=party, round=round, award=award).exclude(
        state__in=[s.value for s in (State.WITHDRAWN, State.REFUSED, State.DECLINED, State.NOT_GRANTED, State.REVOKED)]
    )
    with walls.everything("one running dossier an award, whichever unit proposes it"):
        is_running = running.exists()
    if is_running:
        reasons.add("Đối tượng này đã có hồ sơ cùng hình thức khen trong đợt xét.", clause="KH IV.4", field="party")
    reasons.raise_if_any()
    dossier = Dossier.objects.create(
        round=round,
        party=party,
        unit=by.desk.body,
        content=content,
        award=award,
        state=State.DRAFT.value,
        waits_for="unit",
        state_since=on,
        due_on=round.closes,
        opened_on=on,
        area_path=by.desk.body.area_path,
        party_name=party.name,
        party_name_folded=fold(party.name),
        is_demo=party.is_demo,
    )
    journal.record("open_dossier", by=by, on=on, noun=dossier, body={"award": award, "content": content})
    return dossier


@transaction.atomic
def save(
    dossier: Dossier,
    *,
    by: Seat,
    on: date,
    version: int,
    fields: Mapping[str, Any],
    achievements: Sequence[Mapping[str, Any]],
) -> Dossier:
    """Lưu hồ sơ: write what the unit typed, complete or not. Answers the notes on the fields that changed.

    Raises `Conflict` when somebody else saved first, `Refused` outside draft and returned.
    """
    need_own(dossier, by)
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
    need_own(dossier, by)
    need_editable(dossier)
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
    need_own(dossier, by)
    need_editable(dossier)
    Evidence.objects.filter(pk=evidence.pk, removed_on__isnull=True).update(removed_on=on)
    versions.guarded_update(dossier, where={"state": dossier.state})
    journal.record("remove_evidence", by=by, on=on, noun=dossier, body={"evidence": evidence.pk})


@transaction.atomic
def submit(dossier: Dossier, *, by: Seat, on: date, version: int | None = None) -> Dossier:
    """Nộp hồ sơ: hand the dossier in at the one-stop desk (KH IV.4.3).

    Raises `Refused` naming everything that is missing of KH IV.4.1 at once, or if the step is not open to `by`.
    """
    need_own(dossier, by)
    reasons = Reasons(completeness.missing(dossier, on=on))
    reasons.extend(checklist.blocks(dossier, on=on))
    reasons.raise_if_any()
    due = deadlines.due("reception_check", since=on).day
    dossier.judgements.filter(superseded_on__isnull=True).update(superseded_on=on)
    dossier.overrides.filter(superseded_on__isnull=True).update(superseded_on=on)
    move(dossier, "submit", by=by, on=on, version=version, due_on=due, is_handed_in=True)
    notices.tell_kind(Desk.OFFICE, f"Hồ sơ mới nộp: {dossier.unit.name}.", on=on, link=f"/ho-so/{dossier.key}/")
    return dossier


@transaction.atomic
def recall(dossier: Dossier, *, by: Seat, on: date) -> Dossier:
    """Lấy lại hồ sơ: take it back as long as the one-stop desk has not opened it (KH IV.4.3), and tell that desk."""
    need_own(dossier, by)
    handed_in = dossier.code is not None
    move(dossier, "recall", by=by, on=on, due_on=dossier.round.closes, is_handed_in=handed_in)
    text = f"{_named(dossier)}: đơn vị đã lấy lại để sửa, không còn chờ mở."
    notices.tell_kind(Desk.OFFICE, text, on=on, link=f"/ho-so/{dossier.key}/" if handed_in else "")
    return dossier


@transaction.atomic
def take_up(dossier: Dossier, *, by: Seat, on: date) -> Dossier:
    """Mở hồ sơ: the one-stop desk starts checking; from now on the unit cannot recall it."""
    return move(dossier, "take_up", by=by, on=on, due_on=dossier.due_on)


@transaction.atomic
def receive(dossier: Dossier, *, by: Seat, on: date) -> Dossier:
    """Tiếp nhận: give the code and the day of the result in working days, print the receipt (KH IV.4.3).

    A dossier that came back after a return keeps its code; its clock starts anew.
    """
    step_of(dossier, "receive", by, on)
    promise = deadlines.due("province_appraisal", since=on)
    code = dossier.code or f"{OFFICE_SERIES}-{on.year}-{next_number(by.desk.body, OFFICE_SERIES, on=on):04d}"
    move(
        dossier,
        "receive",
        by=by,
        on=on,
        body={"code": code, "promised_on": promise.day},
        due_on=promise.day,
        code=code,
        received_on=on,
        promised_on=promise.day,
    )
    receipts.issue(dossier, promise, by=by, on=on)
    link = f"/ho-so/{dossier.key}/"
    text = f"{code}: đã tiếp nhận, hẹn trả kết quả {promise.day:%d/%m/%Y}."
    notices.tell_body(dossier.unit, text, on=on, link=link, kinds=PROPOSING)
    notices.tell_kind(Desk.BOARD, f"{code}: chờ thẩm định.", on=on, link=link)
    return dossier


@transaction.atomic
def send_back(dossier: Dossier, *, by: Seat, on: date, notes: Mapping[str, str]) -> Dossier:
    """Trả lại để bổ sung: back to the unit, with a sentence at each field that must change (KH IV.4.3, V.5)."""
    told = {field: text.strip() for field, text in notes.items() if text.strip()}
    if not told:
        raise Refused.because("Ghi rõ ít nhất một mục cần bổ sung và bổ sung gì.", clause="KH IV.4.3")
    due = max(dossier.round.closes, on)
    move(dossier, "send_back", by=by, on=on, body={"fields": sorted(told)}, due_on=due)
    who = f"{by.user} ({by.desk.name})"
    Note.objects.bulk_create(Note(dossier=dossier, field=f, text=t[:500], by=who, on=on) for f, t in told.items())
    name = dossier.code or dossier.party_name
    text, link = f"{name}: trả lại để bổ sung {len(told)} mục.", f"/ho-so/{dossier.key}/sua/"
    notices.tell_body(dossier.unit, text, on=on, link=link, kinds=PROPOSING)
    return dossier


@transaction.atomic
def withdraw(dossier: Dossier, *, by: Seat, on: date, reason: str) -> Dossier:
    """Rút hồ sơ: the unit takes its proposal back for good, and says why; the desk that had it is told."""
    need_own(dossier, by)
    if not reason.strip():
        raise Refused.because("Ghi lý do rút hồ sơ.", clause="KH IV.4", field="reason")
    awaited = dossier.at.waits_for - PROPOSING
    move(dossier, "withdraw", by=by, on=on, personal={"reason": reason.strip()}, due_on=on)
    for desk in sorted(awaited):
        text = f"{_named(dossier)}: đơn vị đã rút, không còn việc phải làm."
        notices.tell_kind(desk, text, on=on, link=f"/ho-so/{dossier.key}/")
    return dossier


def _named(dossier: Dossier) -> str:
    """How a notice names a dossier: by its code, or by its unit while it has none."""
    return dossier.code or f"Hồ sơ của {dossier.unit.name}"
