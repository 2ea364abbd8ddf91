"""Duties: giving them to many units at once, correcting, taking back, handing in, confirming or sending back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from chungtay.accounts import notices
from chungtay.accounts.models import Seat
from chungtay.conduct import rights
from chungtay.conduct.lines import RACED, Proof, hold, lay_down, put_answer
from chungtay.conduct.models import Duty, Handing
from chungtay.law.procedure import PROPOSING
from chungtay.law.refusals import Conflict, Reason, Reasons
from chungtay.parties.models import Party
from chungtay.records import journal, walls
from chungtay.records.names import clean

CLAUSE = "KH III.4"
FIRST_YEAR, LAST_YEAR = 2015, 2035
MIN_REASON = 5


@dataclass(frozen=True)
class Task:
    """Việc được giao: what is owed, for which year, by which day, by which paper it was asked for."""

    kind: str
    title: str
    year: int
    due_on: date
    basis: str = ""


@dataclass
class Given:
    """What came of giving a duty to many: the new ones, and the units that had it already."""

    made: list[Duty] = field(default_factory=list)
    had: list[Party] = field(default_factory=list)


def of_year(title: str, year: int) -> str:
    """A duty's title with its year, which is said once: "Báo cáo giảm nghèo năm" of 2020 does not end in "năm năm"."""
    bare = clean(title).removesuffix(f" năm {year}").removesuffix(" năm")
    return f"{bare} năm {year}"


@transaction.atomic
def assign(task: Task, parties: Iterable[Party], *, by: Seat, on: date, is_demo: bool = False) -> Given:
    """Giao việc cho nhiều đơn vị một lần: each unit owes it to the seat's body; those that have it already keep theirs.

    Raises Refused with every reason, Conflict if somebody else gave the same at the same moment.
    """
    among, found = list({party.pk: party for party in parties}.values()), Reasons(_about(task))
    if by.kind not in rights.ASSIGNERS:
        found.add(f"Giao việc là của cấp trên, không phải {by.kind.label}.", clause=CLAUSE)
    if not among:
        found.add("Chưa chọn đơn vị nào.", clause=CLAUSE, field="units")
    for party in among:
        found.extend(rights.faults_of_debtor(party, by, on))
    found.raise_if_any()
    same = _same(task, by).filter(party__in=[party.pk for party in among])
    with walls.everything("a unit has one duty once, whoever may see it"):
        had = set(same.values_list("party_id", flat=True))
    given = Given(had=[party for party in among if party.pk in had])
    rows = [_duty(task, party, by, on, is_demo) for party in among if party.pk not in had]
    try:
        with transaction.atomic():
            given.made = Duty.objects.bulk_create(rows, batch_size=500)
    except IntegrityError as twice:
        raise Conflict([Reason("Người khác vừa giao việc này cho một đơn vị trong danh sách.", CLAUSE)]) from twice
    text = f"Việc mới: {of_year(task.title, task.year)}, hạn {task.due_on:%d/%m/%Y}."
    told = [(duty.party_id, text, reverse("conduct:duty", args=[duty.pk])) for duty in given.made]
    notices.tell_bodies(told, on=on, kinds=PROPOSING)
    if given.made:
        journal.record_many([journal.Act("assign_duty", duty, _said(duty)) for duty in given.made], by=by, on=on)
    return given


def _same(task: Task, by: Seat) -> Any:
    title = clean(task.title)
    return Duty.objects.in_force().filter(owed_to_id=by.body_id, kind=task.kind, title=title, year=task.year)


def _duty(task: Task, party: Party, by: Seat, on: date, is_demo: bool) -> Duty:
    return Duty(
        kind=task.kind, party=party, owed_to=by.desk.body, title=clean(task.title), year=task.year,
        basis=clean(task.basis), due_on=task.due_on, area_path=party.area_path, entered_by=by.desk.body,
        entered_on=on, is_demo=is_demo or party.is_demo,
    )  # fmt: skip


def _said(duty: Duty) -> dict[str, Any]:
    return {"kind": duty.kind, "title": duty.title, "year": duty.year, "due_on": duty.due_on.isoformat(),
            "party": duty.party_id}  # fmt: skip


def _about(task: Task) -> Iterable[Reason]:
    if task.kind not in Duty.Kind.values:
        yield Reason("Cần chọn loại việc.", CLAUSE, "kind")
    if len(clean(task.title)) < MIN_REASON:
        yield Reason("Ghi rõ tên việc, ví dụ “Báo cáo giảm nghèo năm”.", CLAUSE, "title")
    if not FIRST_YEAR <= task.year <= LAST_YEAR:
        yield Reason(f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}.", CLAUSE, "year")
    elif not task.year - 1 <= task.due_on.year <= task.year + 2:
        yield Reason(f"Hạn {task.due_on:%d/%m/%Y} không hợp với việc của năm {task.year}.", CLAUSE, "due_on")


def _why(text: str, found: Reasons, name: str = "reason") -> None:
    if len(clean(text)) < MIN_REASON:
        found.add("Cần ghi rõ lý do.", clause=CLAUSE, field=name)


@transaction.atomic
def correct(duty: Duty, task: Task, *, reason: str, by: Seat, on: date) -> Duty:
    """Sửa việc đã giao, gia hạn: a new line takes the place of the old one, and what was handed in goes with it."""
    found = Reasons(_about(task))
    _keeper(duty, by, found)
    _why(reason, found)
    found.raise_if_any()
    lay_down(duty, why=clean(reason), on=on)
    made = _duty(task, duty.party, by, on, duty.is_demo)
    made.corrects = duty
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as twice:
        raise Conflict([Reason("Đơn vị này đã có một việc cùng tên, cùng năm.", CLAUSE, "title")]) from twice
    Handing.objects.filter(duty=duty).update(duty=made)
    body = _said(made) | {"before": _said(duty)}
    journal.record("correct_duty", by=by, on=on, noun=made, body=body, personal={"reason": duty.ended_why})
    return made


@transaction.atomic
def take_back(duty: Duty, *, reason: str, by: Seat, on: date) -> None:
    """Thôi giao việc: the line stays, with the reason, and is owed no more."""
    found = Reasons()
    _keeper(duty, by, found)
    _why(reason, found)
    found.raise_if_any()
    lay_down(duty, why=clean(reason), on=on)
    journal.record(
        "take_back_duty", by=by, on=on, noun=duty, body=_said(duty), personal={"reason": duty.ended_why}
    )  # fmt: skip


def _keeper(duty: Duty, by: Seat, found: Reasons) -> None:
    if not rights.may_answer(duty.owed_to_id, by):
        found.add("Chỉ cơ quan giao việc này mới sửa, thôi giao hoặc trả lời được.", clause=CLAUSE)
    if duty.ended_on is not None:
        found.add(f"Việc này đã thôi dùng từ ngày {duty.ended_on:%d/%m/%Y}.", clause=CLAUSE)


@transaction.atomic
def hand_in(
    duty: Duty, *, handed_on: date, paper: str, by: Seat, on: date, proof: Proof | None = None
) -> Handing:  # fmt: skip
    """Nộp: the unit says that it is done, by which paper, on which day; entered by the receiver it counts at once.

    Handed in after the last day is late, and stays so. Raises Refused with every reason.
    """
    receives, found = rights.may_answer(duty.owed_to_id, by), Reasons()
    if not receives and not (by.kind in rights.HANDERS and rights.is_own(duty.party, by)):
        found.add("Chỉ đơn vị phải làm hoặc nơi nhận mới ghi được việc này là đã nộp.", clause=CLAUSE)
    if duty.ended_on is not None:
        found.add("Việc này không còn giao nữa.", clause=CLAUSE)
    if not clean(paper):
        found.add("Cần ghi số, ký hiệu văn bản.", clause=CLAUSE, field="paper")
    if handed_on > on:
        found.add(f"Ngày nộp {handed_on:%d/%m/%Y} ở tương lai.", clause=CLAUSE, field="handed_on")
    elif handed_on.year < duty.year - 1:
        found.add("Ngày nộp quá sớm so với năm của việc.", clause=CLAUSE, field="handed_on")
    found.raise_if_any()
    hold(duty)
    made = Handing(
        duty=duty, handed_on=handed_on, paper=clean(paper)[:80], area_path=duty.area_path, entered_by=by.desk.body,
        entered_on=on, is_demo=duty.is_demo,
    )  # fmt: skip
    made.prove(proof)
    if receives:
        made.answered_by, made.answered_on, made.accepted = by.desk.body, on, True
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as twice:
        raise Conflict([Reason("Việc này vừa được ghi là đã nộp.", CLAUSE)]) from twice
    if not receives:
        text = f"{duty.party.name} đã nộp: {of_year(duty.title, duty.year)}."
        link = reverse("conduct:duty", args=[duty.pk])
        notices.tell_body(duty.owed_to, text, on=on, link=link, kinds=rights.ASSIGNERS)
    body = {"duty": duty.pk, "handed_on": handed_on.isoformat(), "paper": made.paper, "confirmed": receives}
    journal.record("hand_in", by=by, on=on, noun=duty, body=body)
    return made


@transaction.atomic
def confirm(handing: Handing, *, by: Seat, on: date) -> Handing:
    """Xác nhận đã nhận: only now it counts."""
    found = Reasons()
    _keeper(handing.duty, by, found)
    found.raise_if_any()
    put_answer(handing, body=by.desk.body, accepted=True, answer="", on=on)
    journal.record("confirm_handing", by=by, on=on, noun=handing.duty, body={"paper": handing.paper})
    return handing


@transaction.atomic
def send_back(handing: Handing, *, reason: str, by: Seat, on: date) -> Handing:
    """Trả lại: the handing is laid down with the reason; the duty is owed again, by the same day."""
    found = Reasons()
    _keeper(handing.duty, by, found)
    _why(reason, found)
    found.raise_if_any()
    if handing.ended_on is not None:
        raise Conflict([Reason(RACED)])
    if handing.accepted is None:
        put_answer(handing, body=by.desk.body, accepted=False, answer=clean(reason), on=on)
    lay_down(handing, why=clean(reason), on=on)
    duty = handing.duty
    text = f"Trả lại: {of_year(duty.title, duty.year)}. Lý do: {clean(reason)}"
    notices.tell_body(duty.party, text, on=on, link=reverse("conduct:duty", args=[duty.pk]), kinds=PROPOSING)
    journal.record(
        "send_back_handing", by=by, on=on, noun=duty, body={"paper": handing.paper},
        personal={"reason": handing.ended_why},
    )  # fmt: skip
    return handing
