"""Recording a good model, checking and publishing it, and saying who took it up."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from chungtay.accounts import notices
from chungtay.accounts.models import Seat
from chungtay.documents.models import StoredFile
from chungtay.law.procedure import PROPOSING
from chungtay.law.refusals import Conflict, Reason, Reasons, Refused
from chungtay.parties.models import Party
from chungtay.practices import rights
from chungtay.practices.models import Adoption, Practice
from chungtay.records import journal
from chungtay.records.names import clean
from chungtay.records.versions import guarded_update

CLAUSE = "KH V.6"
MIN_WHAT, MIN_RESULT, MIN_REASON = 60, 20, 5
MOST = 10**12
STATE = Practice.State


@dataclass(frozen=True)
class Story:
    """Mô hình như người ta kể: what is done, where, since when, and what came of it. Money in whole đồng."""

    title: str
    site: str
    since: date
    what: str
    result: str
    cost: int | None = None
    households: int | None = None
    escaped: int | None = None
    income: int | None = None


@dataclass(frozen=True)
class Copied:
    """Nơi áp dụng kể: since when, with which result."""

    adopted_on: date
    result: str
    households: int | None = None
    escaped: int | None = None


Proof = tuple[StoredFile, str]


def faults(story: Story, on: date) -> Iterable[Reason]:
    """Everything that is wrong with how a model is told."""
    if len(clean(story.title)) < MIN_REASON:
        yield Reason("Đặt tên cho mô hình.", CLAUSE, "title")
    if not clean(story.site):
        yield Reason("Cần ghi làm ở đâu.", CLAUSE, "site")
    if len(clean(story.what)) < MIN_WHAT:
        yield Reason(f"Kể cách làm ít nhất {MIN_WHAT} chữ cái, để nơi khác làm theo được.", CLAUSE, "what")
    if len(clean(story.result)) < MIN_RESULT:
        yield Reason("Ghi kết quả bằng con số.", CLAUSE, "result")
    if story.since > on:
        yield Reason(f"Ngày {story.since:%d/%m/%Y} ở tương lai.", CLAUSE, "since")
    yield from _counts(story.households, story.escaped)
    for name in ("cost", "income"):
        if (getattr(story, name) or 0) > MOST:
            yield Reason("Số tiền quá lớn.", CLAUSE, name)


def _counts(households: int | None, escaped: int | None) -> Iterable[Reason]:
    if escaped is not None and escaped > (households or 0):
        yield Reason("Số hộ thoát nghèo không thể nhiều hơn số hộ tham gia.", CLAUSE, "escaped")


def _fill(row: Practice, story: Story, proof: Proof | None) -> None:
    for name, value in asdict(story).items():
        setattr(row, name, clean(value) if isinstance(value, str) and name != "what" else value)
    row.what = story.what.strip()
    if proof is not None:
        row.file, row.file_name = proof[0], clean(proof[1])[:200]
    row.fill_derived()


@transaction.atomic
def record(party: Party, story: Story, *, by: Seat, on: date, proof: Proof | None = None) -> Practice:
    """Ghi mô hình, cách làm hay; the level above is asked to look. Raises Refused with every reason."""
    found = Reasons(faults(story, on))
    if not rights.may_record(party, by, on):
        found.add("Chỉ ghi mô hình của đối tượng thuộc địa bàn hoặc đơn vị bạn quản lý.", clause=CLAUSE)
    found.raise_if_any()
    row = Practice(
        party=party, area_path=party.area_path, recorded_by=by.desk.body, recorded_on=on, is_demo=party.is_demo
    )  # fmt: skip
    _fill(row, story, proof)
    row.save(force_insert=True)
    journal.record("record_practice", by=by, on=on, noun=row, body={"title": row.title, "party": party.pk})
    return row


@transaction.atomic
def change(
    row: Practice, story: Story, *, by: Seat, on: date, version: int, proof: Proof | None = None
) -> Practice:  # fmt: skip
    """Sửa mô hình trước khi cấp trên kiểm tra, or after it was sent back: it then waits for the check again."""
    found = Reasons(faults(story, on))
    _need_keeper(row, by, found)
    if row.state not in Practice.OPEN:
        found.add("Mô hình đã được kiểm tra nên không sửa được nữa; hãy ghi mô hình mới.", clause=CLAUSE)
    found.raise_if_any()
    names = (*asdict(story), "words", "file", "file_name")
    before = [getattr(row, name) for name in names]
    _fill(row, story, proof)
    told = {name: getattr(row, name) for name in names}
    if row.state == STATE.RETURNED and list(told.values()) == before:
        raise Refused.because(f"Bản này chưa khác bản được trả lại. Cấp trên đề nghị: {row.note}", clause=CLAUSE)
    guarded_update(row, version=version, where={"state__in": Practice.OPEN}, state=STATE.RECORDED.value, **told)
    journal.record("change_practice", by=by, on=on, noun=row, body={"title": row.title})
    return row


def _need_keeper(row: Practice, by: Seat, found: Reasons) -> None:
    if not rights.may_keep(row, by):
        found.add("Chỉ nơi đã ghi mô hình này mới sửa hoặc rút được.", clause=CLAUSE)


def _need_checker(row: Practice, by: Seat, on: date, found: Reasons) -> None:
    if not rights.may_check(row, by, on):
        found.add("Chỉ cấp trên của nơi ghi mới kiểm tra, phổ biến; không ai tự kiểm tra mô hình của mình.",
                  clause=CLAUSE)  # fmt: skip


@transaction.atomic
def check(row: Practice, *, by: Seat, on: date, version: int, note: str = "") -> Practice:
    """Kiểm tra đạt: the level above has looked; the model may be published and counts."""
    found = Reasons()
    _need_checker(row, by, on, found)
    if row.state != STATE.RECORDED:
        found.add("Mô hình này không chờ kiểm tra.", clause=CLAUSE)
    found.raise_if_any()
    guarded_update(
        row, version=version, where={"state": STATE.RECORDED.value}, state=STATE.CHECKED.value,
        checked_by=by.desk.body, checked_on=on, note=clean(note)[:400],
    )  # fmt: skip
    _tell(row, f"Mô hình “{row.title}” đã được kiểm tra: đạt.", on)
    journal.record("check_practice", by=by, on=on, noun=row, personal={"note": row.note})
    return row


@transaction.atomic
def send_back(row: Practice, *, by: Seat, on: date, version: int, note: str) -> Practice:
    """Trả lại để bổ sung, with what is missing."""
    found = Reasons()
    _need_checker(row, by, on, found)
    if row.state != STATE.RECORDED:
        found.add("Mô hình này không chờ kiểm tra.", clause=CLAUSE)
    if len(clean(note)) < MIN_REASON:
        found.add("Ghi rõ cần bổ sung gì.", clause=CLAUSE, field="note")
    found.raise_if_any()
    guarded_update(
        row, version=version, where={"state": STATE.RECORDED.value}, state=STATE.RETURNED.value, note=clean(note)[:400]
    )  # fmt: skip
    _tell(row, f"Mô hình “{row.title}” được trả lại để bổ sung: {row.note}", on)
    journal.record("return_practice", by=by, on=on, noun=row, personal={"note": row.note})
    return row


@transaction.atomic
def publish(row: Practice, *, by: Seat, on: date, version: int) -> Practice:
    """Phổ biến: every desk of the system finds it and may copy it."""
    found = Reasons()
    _need_checker(row, by, on, found)
    if row.state != STATE.CHECKED:
        found.add("Chỉ phổ biến mô hình đã kiểm tra.", clause=CLAUSE)
    found.raise_if_any()
    guarded_update(
        row, version=version, where={"state": STATE.CHECKED.value}, state=STATE.PUBLISHED.value, published_on=on
    )  # fmt: skip
    _tell(row, f"Mô hình “{row.title}” được phổ biến cho nơi khác học theo.", on)
    journal.record("publish_practice", by=by, on=on, noun=row)
    return row


@transaction.atomic
def hide(row: Practice, *, by: Seat, on: date, version: int) -> Practice:
    """Thôi phổ biến: it stays checked; who copied it stays on record."""
    found = Reasons()
    _need_checker(row, by, on, found)
    if row.state != STATE.PUBLISHED:
        found.add("Mô hình này không được phổ biến.", clause=CLAUSE)
    found.raise_if_any()
    guarded_update(row, version=version, where={"state": STATE.PUBLISHED.value}, state=STATE.CHECKED.value)
    journal.record("hide_practice", by=by, on=on, noun=row)
    return row


@transaction.atomic
def withdraw(row: Practice, *, by: Seat, on: date, version: int, reason: str) -> Practice:
    """Rút mô hình: it stays on record with the reason, and counts for nothing."""
    found = Reasons()
    _need_keeper(row, by, found)
    if row.state == STATE.WITHDRAWN:
        found.add("Mô hình này đã rút.", clause=CLAUSE)
    if len(clean(reason)) < MIN_REASON:
        found.add("Cần ghi rõ lý do.", clause=CLAUSE, field="reason")
    found.raise_if_any()
    guarded_update(row, version=version, state=STATE.WITHDRAWN.value, note=clean(reason)[:400])
    journal.record("withdraw_practice", by=by, on=on, noun=row, personal={"reason": row.note})
    return row


def _tell(row: Practice, text: str, on: date) -> None:
    notices.tell_body(row.recorded_by, text, on=on, link=reverse("practices:detail", args=[row.pk]), kinds=PROPOSING)


# --- who copied it ---


@transaction.atomic
def adopt(
    row: Practice, party: Party, told: Copied, *, by: Seat, on: date, proof: Proof | None = None
) -> Adoption:  # fmt: skip
    """Ghi nơi áp dụng: told by the adopter it counts at once; told by the model's side, once the adopter confirms."""
    answers, found = rights.may_answer_for(party, by, on), Reasons()
    if not answers and not rights.may_keep(row, by):
        found.add("Chỉ nơi áp dụng hoặc nơi có mô hình mới ghi được.", clause=CLAUSE, field="party")
    if party.pk == row.party_id:
        found.add("Nơi có mô hình không tự áp dụng mô hình của mình.", clause=CLAUSE, field="party")
    if row.state not in Practice.SOUND:
        found.add("Chỉ áp dụng mô hình đã được kiểm tra.", clause=CLAUSE)
    if told.adopted_on > on:
        found.add(f"Ngày {told.adopted_on:%d/%m/%Y} ở tương lai.", clause=CLAUSE, field="adopted_on")
    elif told.adopted_on < row.since:
        found.add(f"Mô hình bắt đầu từ ngày {row.since:%d/%m/%Y}.", clause=CLAUSE, field="adopted_on")
    if len(clean(told.result)) < MIN_RESULT:
        found.add("Ghi kết quả áp dụng bằng con số.", clause=CLAUSE, field="result")
    found.extend(_counts(told.households, told.escaped))
    found.raise_if_any()
    made = Adoption(
        practice=row, party=party, area_path=party.area_path, adopted_on=told.adopted_on, result=clean(told.result),
        households=told.households, escaped=told.escaped, entered_by=by.desk.body, entered_on=on, is_demo=row.is_demo,
    )  # fmt: skip
    if proof is not None:
        made.file, made.file_name = proof[0], clean(proof[1])[:200]
    if answers:
        made.accepted, made.answered_on = True, on
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as twice:
        raise Conflict([Reason("Nơi này đã được ghi là áp dụng mô hình.", CLAUSE, "party")]) from twice
    whose, said = (row.recorded_by, "đã làm theo mô hình") if answers else (party, "được ghi là làm theo mô hình")
    link = reverse("practices:detail", args=[row.pk])
    notices.tell_body(whose, f"{party.name} {said} “{row.title}”.", on=on, link=link, kinds=PROPOSING)
    body = {"practice": row.pk, "party": party.pk, "confirmed": answers}
    journal.record("adopt_practice", by=by, on=on, noun=made, body=body)
    return made


@transaction.atomic
def answer(row: Adoption, *, accepted: bool, text: str, by: Seat, on: date) -> Adoption:
    """Nơi áp dụng trả lời: it is so, or it is not and why."""
    found = Reasons()
    if not rights.may_answer_for(row.party, by, on):
        found.add("Chỉ nơi áp dụng mới xác nhận.", clause=CLAUSE)
    if not accepted and len(clean(text)) < MIN_REASON:
        found.add("Ghi rõ chưa đúng chỗ nào.", clause=CLAUSE, field="text")
    found.raise_if_any()
    told: dict[str, Any] = {"accepted": accepted, "answered_on": on, "answer": clean(text)[:300]}
    if Adoption.objects.in_force().filter(pk=row.pk, answered_on__isnull=True).update(**told) != 1:
        raise Conflict([Reason("Dòng này vừa được trả lời hoặc đã bỏ.", CLAUSE)])
    for name, value in told.items():
        setattr(row, name, value)
    journal.record("answer_adoption", by=by, on=on, noun=row, body={"accepted": accepted})
    return row


@transaction.atomic
def take_out(row: Adoption, *, reason: str, by: Seat, on: date) -> None:
    """Bỏ dòng áp dụng ghi nhầm: by who entered it, or by the adopter; it stays on record with the reason."""
    found = Reasons()
    if by.body_id != row.entered_by_id and not rights.may_answer_for(row.party, by, on):
        found.add("Chỉ nơi ghi dòng này hoặc nơi áp dụng mới bỏ được.", clause=CLAUSE)
    if len(clean(reason)) < MIN_REASON:
        found.add("Cần ghi rõ lý do.", clause=CLAUSE, field="reason")
    found.raise_if_any()
    told = {"ended_on": on, "ended_why": clean(reason)[:300]}
    if Adoption.objects.in_force().filter(pk=row.pk).update(**told) != 1:
        raise Conflict([Reason("Dòng này đã được bỏ.", CLAUSE)])
    journal.record("take_out_adoption", by=by, on=on, noun=row, personal={"reason": told["ended_why"]})  # type: ignore[dict-item]
