"""Khen thưởng đã có: entering awards that no dossier of this system led to, confirming them, striking off others."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from chungtay.accounts import notices
from chungtay.accounts.models import Seat
from chungtay.documents.models import StoredFile
from chungtay.law.awards import Award
from chungtay.law.procedure import PROPOSING, Desk, State
from chungtay.law.refusals import Conflict, Reasons, Refused
from chungtay.movements.models import Movement
from chungtay.nominations.earlier import EarlierAward
from chungtay.nominations.models import CentralAnswer, Dossier
from chungtay.parties.authority import in_sight
from chungtay.parties.models import Party
from chungtay.records import journal, walls
from chungtay.records.names import clean

CLAUSE = "KH IV.2.1"
LEAST_REASON = 10
ON_RECORD = "an award that a dossier led to counts already, whichever unit proposed it"
TWICE = "Lần khen này (cùng hình thức, số, ngày) đã có trong sổ."


@dataclass(frozen=True)
class Told:
    """Điều ghi về một lần khen: as it stands on its decision; `evidence` says where a copy is."""

    award: str
    way: str
    number: str
    decided_on: date
    issuer: str
    evidence: str
    content: str = ""
    achievement: str = ""
    since: date | None = None
    until: date | None = None
    file: StoredFile | None = None


def may_record(party: Party, by: Seat, on: date) -> bool:
    """Whether the seat may enter awards of this party: the Board in its area, and the unit that manages the party."""
    if by.kind is Desk.BOARD:
        return in_sight(party, by, on)
    return by.kind in PROPOSING and by.body_id in (party.managing_unit_id, party.pk)


def may_confirm(party: Party, by: Seat, on: date) -> bool:
    """Whether what the seat says of this party's earlier awards counts."""
    return by.kind is Desk.BOARD and in_sight(party, by, on)


def may_change(row: EarlierAward, by: Seat, on: date) -> bool:
    """Whether the seat may strike off or correct it: the Board always, the unit its own until the Board confirmed."""
    if row.struck_on is not None:
        return False
    own = row.is_waiting and by.body_id == row.unit_id and may_record(row.party, by, on)
    return own or may_confirm(row.party, by, on)


def movement_of(party: Party) -> Movement | None:
    """The movement whose contents an earlier award of the party may name: the latest of its province. One query."""
    rows = Movement.objects.select_related("place").order_by("-code")
    return next((one for one in rows if party.area_path.startswith(one.place.path)), None)


@transaction.atomic
def record_earlier(
    party: Party, told: Told, *, by: Seat, on: date, corrects: EarlierAward | None = None
) -> EarlierAward:
    """Ghi khen thưởng đã có. The Board's word counts at once, a unit's once the Board has confirmed it.

    Raises `Refused` naming everything that is wrong: another desk, a day to come, an award that stands already.
    """
    if not may_record(party, by, on):
        raise Refused.because(
            "Khen thưởng đã có do Ban Thi đua - Khen thưởng hoặc đơn vị quản lý đối tượng ghi.", clause=CLAUSE
        )
    movement = movement_of(party) if told.content else None
    _faults(party, told, movement, on).raise_if_any()
    who, confirmed = f"{by.user} ({by.desk.name})", may_confirm(party, by, on)
    made = EarlierAward(
        party=party, award=told.award, way=told.way, number=clean(told.number), decided_on=told.decided_on,
        issuer=clean(told.issuer), movement=movement, content=told.content, achievement=clean(told.achievement),
        since=told.since, until=told.until, evidence=clean(told.evidence), file=told.file, unit=by.desk.body, by=who,
        on=on, corrects=corrects, confirmed_on=on if confirmed else None, confirmed_by=who if confirmed else "",
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Refused.because(TWICE, clause=CLAUSE, field="number") from None
    if not confirmed:
        text = "Có khen thưởng đã có chờ xác nhận."
        notices.tell_kind(Desk.BOARD, text, on=on, link="/ho-so/khen-da-co/")
    body = {"award": told.award, "party": party.pk, "decided_on": told.decided_on.isoformat(), "counts": confirmed}
    personal = {"number": made.number, "achievement": made.achievement}
    journal.record("record_earlier_award", by=by, on=on, noun=made, body=body, personal=personal)
    return made


@transaction.atomic
def confirm_earlier(row: EarlierAward, *, by: Seat, on: date) -> EarlierAward:
    """Xác nhận khen thưởng đã có: the Board has seen the decision; from now on it counts."""
    if not may_confirm(row.party, by, on):
        raise Refused.because("Ban Thi đua - Khen thưởng xác nhận khen thưởng đã có.", clause=CLAUSE)
    who = f"{by.user} ({by.desk.name})"
    _change(row, by_now={"confirmed_on": None}, confirmed_on=on, confirmed_by=who)
    journal.record("confirm_earlier_award", by=by, on=on, noun=row, body={"party": row.party_id})
    return row


@transaction.atomic
def strike_earlier(row: EarlierAward, *, by: Seat, on: date, reason: str) -> EarlierAward:
    """Gỡ khen thưởng đã có: it was wrong, or was revoked since; it stays on record and counts no more."""
    reasons = Reasons()
    if not may_change(row, by, on):
        text = "Ban Thi đua - Khen thưởng gỡ; đơn vị đã ghi chỉ gỡ được khi chưa xác nhận."
        reasons.add(text, clause=CLAUSE)
    if len(reason.strip()) < LEAST_REASON:
        reasons.add(f"Lý do cần ít nhất {LEAST_REASON} ký tự.", clause=CLAUSE, field="reason")
    reasons.raise_if_any()
    who = f"{by.user} ({by.desk.name})"
    _change(row, by_now={}, struck_on=on, struck_by=who, struck_because=reason.strip())
    personal = {"reason": reason.strip()}
    journal.record("strike_earlier_award", by=by, on=on, noun=row, body={"party": row.party_id}, personal=personal)
    return row


@transaction.atomic
def correct_earlier(row: EarlierAward, told: Told, *, by: Seat, on: date, reason: str) -> EarlierAward:
    """Đính chính khen thưởng đã có: the old one is struck off with the reason, the new one names it."""
    strike_earlier(row, by=by, on=on, reason=reason)
    return record_earlier(row.party, told, by=by, on=on, corrects=row)


def _change(row: EarlierAward, *, by_now: dict[str, None], **changes: object) -> None:
    """Whoever finds the row standing wins, the other gets `Conflict`."""
    where = {f"{name}__isnull": True for name in by_now}
    if EarlierAward.objects.filter(pk=row.pk, struck_on__isnull=True, **where).update(**changes) != 1:
        raise Conflict.because("Dòng này vừa được người khác xác nhận hoặc gỡ. Xem lại rồi làm lại.")
    for name, value in changes.items():
        setattr(row, name, value)


def _faults(party: Party, told: Told, movement: Movement | None, on: date) -> Reasons:
    reasons = Reasons()
    if told.award not in set(Award):
        reasons.add("Chọn hình thức khen thưởng.", clause=CLAUSE, field="award")
    if told.way not in EarlierAward.Way.values:
        reasons.add("Chọn loại hình khen thưởng.", clause=CLAUSE, field="way")
    for name, text in (
        ("number", "Ghi số quyết định."), ("issuer", "Ghi cơ quan ban hành."), ("evidence", "Ghi bản sao ở đâu."),
    ):  # fmt: skip
        if not getattr(told, name).strip():
            reasons.add(text, clause=CLAUSE, field=name)
    if told.decided_on > on:
        reasons.add("Ngày quyết định không thể ở tương lai.", clause=CLAUSE, field="decided_on")
    reasons.extend(_period_faults(told))
    known = set() if movement is None else {one.id for one in movement.plan_on(on).plan.contents_for(party.kind)}
    if told.content and told.content not in known:
        reasons.add("Đối tượng không thuộc nội dung thi đua này.", clause="KH II.1", field="content")
    if _is_known(party, told):
        reasons.add("Lần khen này đã có: hồ sơ trong hệ thống đã dẫn đến nó.", clause=CLAUSE, field="award")
    return reasons


def _period_faults(told: Told) -> Reasons:
    reasons = Reasons()
    if (told.since is None) != (told.until is None):
        missing = "since" if told.since is None else "until"
        reasons.add("Ghi cả hai ngày của thời gian thành tích, hoặc để trống cả hai.", clause=CLAUSE, field=missing)
    elif told.since and told.until and told.until < told.since:
        reasons.add("Thời gian thành tích kết thúc trước khi bắt đầu.", clause=CLAUSE, field="until")
    elif told.until and told.until > told.decided_on:
        reasons.add("Thành tích không thể sau ngày quyết định.", clause=CLAUSE, field="until")
    return reasons


@walls.everything(ON_RECORD)
def _is_known(party: Party, told: Told) -> bool:
    """Whether a dossier of this system led to that very award."""
    here = Dossier.objects.filter(
        party=party, state=State.AWARDED.value, award=told.award, state_since=told.decided_on
    )  # fmt: skip
    above = CentralAnswer.objects.filter(
        dossier__party=party, kind=CentralAnswer.Kind.GRANTED, superseded_on__isnull=True, award=told.award,
        decided_on=told.decided_on,
    )  # fmt: skip
    return here.exists() or above.exists()
