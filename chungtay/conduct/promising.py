"""Programmes of communes and districts; commitments to a poor area, their results and who confirms them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from chungtay.accounts import notices
from chungtay.accounts.models import Seat
from chungtay.conduct import rights
from chungtay.conduct.lines import Line, Proof, hold, lay_down, put_answer
from chungtay.conduct.models import Commitment, Programme, Result
from chungtay.law.procedure import PROPOSING, Desk
from chungtay.law.refusals import Conflict, Reason, Reasons
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.places.models import Level, NoPlaceThen, Place
from chungtay.records import journal
from chungtay.records.names import clean

PROGRAMME_CLAUSE, COMMITMENT_CLAUSE = "KH IV.1.2.c", "KH IV.1.2.d"
MIN_REASON, MIN_WORDS = 5, 10
MOST = 10**14


@dataclass(frozen=True)
class Issued:
    """Văn bản đã ban hành: number, day, what it is about, until when it runs, and the đồng that it sets aside."""

    kind: str
    number: str
    title: str
    issued_on: date
    expires_on: date | None = None
    budget: int = 0


def _standing(row: Line, clause: str) -> Iterable[Reason]:
    if row.ended_on is not None:
        yield Reason(f"Dòng này đã thôi dùng từ ngày {row.ended_on:%d/%m/%Y}.", clause)


def _why(reason: str, clause: str) -> Iterable[Reason]:
    if len(clean(reason)) < MIN_REASON:
        yield Reason("Cần ghi rõ lý do.", clause, "reason")


def _save(row: Line, sentence: str, clause: str, field: str = "") -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as twice:
        raise Conflict([Reason(sentence, clause, field)]) from twice


# --- programmes ---


def _programme_faults(party: Party, told: Issued, by: Seat, on: date) -> Iterable[Reason]:
    if not rights.may_keep_programme(party, by, on):
        yield Reason("Chỉ ghi chương trình, nghị quyết của xã, huyện thuộc địa bàn của bạn.", PROGRAMME_CLAUSE, "party")
    if told.kind not in Programme.Kind.values:
        yield Reason("Cần chọn loại văn bản.", PROGRAMME_CLAUSE, "kind")
    if not clean(told.number):
        yield Reason("Cần ghi số, ký hiệu văn bản.", PROGRAMME_CLAUSE, "number")
    if len(clean(told.title)) < MIN_WORDS:
        yield Reason("Ghi trích yếu của văn bản.", PROGRAMME_CLAUSE, "title")
    if told.issued_on > on:
        yield Reason(f"Ngày ban hành {told.issued_on:%d/%m/%Y} ở tương lai.", PROGRAMME_CLAUSE, "issued_on")
    if told.expires_on is not None and told.expires_on < told.issued_on:
        yield Reason("Ngày hết thực hiện phải sau ngày ban hành.", PROGRAMME_CLAUSE, "expires_on")
    if not 0 <= told.budget <= MOST:
        yield Reason("Vốn ưu tiên phải là số đồng không âm.", PROGRAMME_CLAUSE, "budget")


def _programme(party: Party, told: Issued, by: Seat, on: date) -> Programme:
    return Programme(
        party=party, kind=told.kind, number=clean(told.number)[:80], title=clean(told.title)[:300],
        issued_on=told.issued_on, expires_on=told.expires_on, budget=told.budget, area_path=party.area_path,
        entered_by=by.desk.body, entered_on=on, is_demo=party.is_demo,
    )  # fmt: skip


def _programme_said(row: Programme) -> dict[str, Any]:
    return {"kind": row.kind, "number": row.number, "issued_on": row.issued_on.isoformat(), "budget": row.budget}


@transaction.atomic
def issue(party: Party, told: Issued, *, by: Seat, on: date, proof: Proof | None = None) -> Programme:
    """Ghi chương trình, nghị quyết giảm nghèo của xã, huyện. Raises Refused with every reason."""
    found = Reasons(_programme_faults(party, told, by, on))
    same = Programme.objects.in_force().filter(party=party, number=clean(told.number), issued_on=told.issued_on)
    if same.exists():
        found.add("Văn bản này đã có trong sổ.", clause=PROGRAMME_CLAUSE, field="number")
    found.raise_if_any()
    made = _programme(party, told, by, on)
    made.prove(proof)
    _save(made, "Văn bản này vừa được người khác ghi.", PROGRAMME_CLAUSE, "number")
    journal.record("enter_programme", by=by, on=on, noun=made, body=_programme_said(made))
    return made


@transaction.atomic
def correct_programme(
    row: Programme, told: Issued, *, reason: str, by: Seat, on: date, proof: Proof | None = None
) -> Programme:
    """Sửa chương trình, nghị quyết: a new line takes the place of the old one."""
    found = Reasons(_programme_faults(row.party, told, by, on))
    found.extend([*_standing(row, PROGRAMME_CLAUSE), *_why(reason, PROGRAMME_CLAUSE)])
    found.raise_if_any()
    lay_down(row, why=clean(reason), on=on)
    made = _programme(row.party, told, by, on)
    made.corrects, made.file, made.file_name = row, row.file, row.file_name
    made.prove(proof)
    _save(made, "Văn bản này đã có trong sổ.", PROGRAMME_CLAUSE, "number")
    body = _programme_said(made) | {"before": _programme_said(row)}
    journal.record("correct_programme", by=by, on=on, noun=made, body=body, personal={"reason": row.ended_why})
    return made


@transaction.atomic
def take_out_programme(row: Programme, *, reason: str, by: Seat, on: date) -> None:
    """Bỏ dòng ghi nhầm: it stays with the reason, and counts for nothing."""
    found = Reasons([*_standing(row, PROGRAMME_CLAUSE), *_why(reason, PROGRAMME_CLAUSE)])
    if not rights.may_keep_programme(row.party, by, on):
        found.add("Bạn không ghi sổ cho xã, huyện này.", clause=PROGRAMME_CLAUSE)
    found.raise_if_any()
    lay_down(row, why=clean(reason), on=on)
    body = _programme_said(row)
    journal.record("take_out_programme", by=by, on=on, noun=row, body=body, personal={"reason": row.ended_why})


# --- commitments ---


@dataclass(frozen=True)
class Promise:
    """Lời cam kết: which commune or hamlet is helped with what, from when to when."""

    place: Place
    hamlet: str
    what: str
    since: date
    until: date


def _promise_faults(party: Party, told: Promise, by: Seat) -> Iterable[Reason]:
    if not rights.may_promise(party, by):
        yield Reason(
            "Chỉ ghi cam kết của cơ quan bạn hoặc đơn vị do cơ quan bạn quản lý.", COMMITMENT_CLAUSE, "party"
        )  # fmt: skip
    if told.place.level != Level.COMMUNE:
        yield Reason("Cần chọn xã, phường, thị trấn cụ thể.", COMMITMENT_CLAUSE, "place")
    if len(clean(told.what)) < MIN_WORDS:
        yield Reason("Ghi rõ giúp việc gì, bao nhiêu.", COMMITMENT_CLAUSE, "what")
    if told.until < told.since:
        yield Reason("Ngày kết thúc phải sau ngày bắt đầu.", COMMITMENT_CLAUSE, "until")
    elif told.until.year > told.since.year + 10:
        yield Reason("Cam kết không dài quá mười năm.", COMMITMENT_CLAUSE, "until")


def _commitment(party: Party, told: Promise, by: Seat, on: date, is_demo: bool) -> Commitment:
    try:
        path = told.place.path_on(on)
    except NoPlaceThen as gone:
        raise Conflict([Reason(gone.reasons[0].text, COMMITMENT_CLAUSE, "place")]) from gone
    return Commitment(
        party=party, place=told.place, hamlet=clean(told.hamlet)[:120], what=clean(told.what)[:500], since=told.since,
        until=told.until, area_path=path, entered_by=by.desk.body, entered_on=on, is_demo=is_demo,
    )  # fmt: skip


def _commitment_said(row: Commitment) -> dict[str, Any]:
    return {"party": row.party_id, "place": row.place_id, "since": row.since.isoformat(),
            "until": row.until.isoformat(), "what": row.what}  # fmt: skip


def _tell_commune(row: Commitment, text: str, on: date) -> None:
    """A notice for the people's committee of the commune that is helped."""
    among = Party.objects.filter(place=row.place, kind=PartyKind.PEOPLE_COMMITTEE_COMMUNE)
    link = reverse("conduct:commitment", args=[row.pk])
    told = [(key, text, link) for key in among.order_by("pk").values_list("pk", flat=True)[:3]]
    notices.tell_bodies(told, on=on, kinds=[Desk.COMMUNE])


@transaction.atomic
def promise(party: Party, told: Promise, *, by: Seat, on: date, proof: Proof | None = None) -> Commitment:
    """Ghi cam kết giúp một địa bàn nghèo cụ thể; the commune to be helped is told. Raises Refused with every reason."""
    Reasons(_promise_faults(party, told, by)).raise_if_any()
    made = _commitment(party, told, by, on, party.is_demo)
    made.prove(proof)
    made.save(force_insert=True)
    _tell_commune(made, f"{party.name} cam kết giúp: {made.what}", on)
    journal.record("promise_help", by=by, on=on, noun=made, body=_commitment_said(made))
    return made


@transaction.atomic
def correct_commitment(
    row: Commitment, told: Promise, *, reason: str, by: Seat, on: date, proof: Proof | None = None
) -> Commitment:
    """Sửa cam kết: a new line takes the place of the old one; its results go with it."""
    found = Reasons(_promise_faults(row.party, told, by))
    found.extend([*_standing(row, COMMITMENT_CLAUSE), *_why(reason, COMMITMENT_CLAUSE)])
    results = list(Result.objects.in_force().filter(commitment=row).order_by("day", "id"))
    if results and results[0].day < told.since:
        found.add(f"Đã báo kết quả tính đến ngày {results[0].day:%d/%m/%Y}, trước ngày bắt đầu này.",
                  clause=COMMITMENT_CLAUSE, field="since")  # fmt: skip
    if told.place.pk != row.place_id and any(one.accepted is not None for one in results):
        found.add("Nơi được giúp đã trả lời kết quả nên không đổi sang xã khác.", clause=COMMITMENT_CLAUSE,
                  field="place")  # fmt: skip
    found.raise_if_any()
    lay_down(row, why=clean(reason), on=on)
    made = _commitment(row.party, told, by, on, row.is_demo)
    made.corrects, made.file, made.file_name = row, row.file, row.file_name
    made.prove(proof)
    made.save(force_insert=True)
    Result.objects.filter(commitment=row).update(commitment=made)
    body = _commitment_said(made) | {"before": _commitment_said(row)}
    journal.record("correct_commitment", by=by, on=on, noun=made, body=body, personal={"reason": row.ended_why})
    return made


@transaction.atomic
def take_out_commitment(row: Commitment, *, reason: str, by: Seat, on: date) -> None:
    """Bỏ cam kết ghi nhầm; a commitment that was answered stays."""
    found = Reasons([*_standing(row, COMMITMENT_CLAUSE), *_why(reason, COMMITMENT_CLAUSE)])
    if not rights.may_promise(row.party, by):
        found.add("Bạn không ghi cam kết của đơn vị này.", clause=COMMITMENT_CLAUSE)
    if Result.objects.in_force().filter(commitment=row, accepted__isnull=False).exists():
        found.add("Nơi được giúp đã trả lời kết quả của cam kết này nên không bỏ được.", clause=COMMITMENT_CLAUSE)
    found.raise_if_any()
    lay_down(row, why=clean(reason), on=on)
    body = _commitment_said(row)
    journal.record("take_out_commitment", by=by, on=on, noun=row, body=body, personal={"reason": row.ended_why})


@transaction.atomic
def tell_result(
    row: Commitment, *, day: date, text: str, by: Seat, on: date, proof: Proof | None = None
) -> Result:  # fmt: skip
    """Báo kết quả giúp tính đến một ngày; it counts once the commune that was helped confirms it."""
    found = Reasons(_standing(row, COMMITMENT_CLAUSE))
    if not rights.may_promise(row.party, by):
        found.add("Chỉ đơn vị cam kết mới báo kết quả.", clause=COMMITMENT_CLAUSE)
    if len(clean(text)) < MIN_WORDS:
        found.add("Ghi rõ đã giúp được gì, bao nhiêu.", clause=COMMITMENT_CLAUSE, field="text")
    if day > on:
        found.add(f"Ngày {day:%d/%m/%Y} ở tương lai.", clause=COMMITMENT_CLAUSE, field="day")
    elif day < row.since:
        found.add(f"Cam kết bắt đầu từ ngày {row.since:%d/%m/%Y}.", clause=COMMITMENT_CLAUSE, field="day")
    found.raise_if_any()
    hold(row)
    made = Result(
        commitment=row, day=day, text=clean(text)[:500], area_path=row.area_path, entered_by=by.desk.body,
        entered_on=on, is_demo=row.is_demo,
    )  # fmt: skip
    made.prove(proof)
    made.save(force_insert=True)
    _tell_commune(row, f"{row.party.name} báo kết quả giúp, chờ xã xác nhận.", on)
    journal.record("tell_result", by=by, on=on, noun=row, body={"day": day.isoformat(), "text": made.text})
    return made


@transaction.atomic
def answer_result(result: Result, *, accepted: bool, answer: str, by: Seat, on: date) -> Result:
    """Xã được giúp xác nhận, hoặc nói rõ chưa đúng chỗ nào."""
    row = result.commitment
    found = Reasons([*_standing(row, COMMITMENT_CLAUSE), *_standing(result, COMMITMENT_CLAUSE)])
    if not rights.may_confirm_help(row.area_path, by, on) or rights.is_own(row.party, by):
        found.add("Chỉ xã, phường được giúp mới xác nhận kết quả.", clause=COMMITMENT_CLAUSE)
    if not accepted and len(clean(answer)) < MIN_REASON:
        found.add("Ghi rõ chưa đúng chỗ nào.", clause=COMMITMENT_CLAUSE, field="answer")
    found.raise_if_any()
    put_answer(result, body=by.desk.body, accepted=accepted, answer=clean(answer), on=on)
    said = "xác nhận" if accepted else "chưa xác nhận"
    text, link = f"{by.desk.body.name} {said} kết quả giúp.", reverse("conduct:commitment", args=[row.pk])
    notices.tell_body(row.party, text, on=on, link=link, kinds=PROPOSING)
    body = {"result": result.pk, "accepted": accepted, "answer": result.answer}
    journal.record("answer_result", by=by, on=on, noun=row, body=body)
    return result


@transaction.atomic
def take_out_result(result: Result, *, reason: str, by: Seat, on: date) -> None:
    """Bỏ kết quả báo nhầm, or one that was sent back, so that a right one can be told."""
    row = result.commitment
    found = Reasons([*_standing(result, COMMITMENT_CLAUSE), *_why(reason, COMMITMENT_CLAUSE)])
    if not rights.may_promise(row.party, by):
        found.add("Chỉ đơn vị cam kết mới bỏ được kết quả đã báo.", clause=COMMITMENT_CLAUSE)
    if result.accepted:
        found.add("Kết quả đã được xác nhận nên không bỏ được.", clause=COMMITMENT_CLAUSE)
    found.raise_if_any()
    lay_down(result, why=clean(reason), on=on)
    journal.record(
        "take_out_result", by=by, on=on, noun=row, body={"result": result.pk}, personal={"reason": result.ended_why}
    )  # fmt: skip
