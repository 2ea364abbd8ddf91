"""What a person does with an upload: hand it in, say how it is read, decide what is doubtful, give it up, erase it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import orjson
from django.db import transaction

from chungtay.accounts.models import Seat
from chungtay.law.refusals import Conflict, Reasons, Refused
from chungtay.records import journal
from chungtay.records.names import clean
from chungtay.sheets import bulk, opening, staging
from chungtay.sheets.layouts import Layout, Staged
from chungtay.sheets.models import Content, Pack, Part, Returned, Row, Upload
from chungtay.sheets.old_fonts import UNICODE
from chungtay.sheets.plans import Plan, require_sound
from chungtay.sheets.registry import Settle
from chungtay.sheets.rows import ColumnReader

State = Upload.State
AS_READ, OFFERED, CORRECTED, REJECTED = "as_read", "offered", "corrected", "rejected"


def receive(content: bytes, name: str, *, layout: Layout, by: Seat, on: date) -> Upload:
    """Tải tệp lên: guard it, keep it, once. The same bytes for the same list at the same body give the same upload.

    Nothing is unpacked here; `staging.open_file` does that, in a job if the file is large. Raises Refused.
    """
    return _keep(content, opening.shorten(name), opening.kind_of(content, name), layout, by=by, on=on)


def paste(text: str, *, layout: Layout, by: Seat, on: date) -> Upload:
    """Dán từ Excel: the same for rows that were copied and pasted. Raises Refused."""
    content = text.encode(errors="replace")
    if not text.strip():
        raise Refused.because("Chưa dán dòng nào.", field="text")
    if len(content) > opening.MAX_BYTES:
        raise Refused.because("Phần đã dán quá lớn: hãy gửi cả tệp.", field="text")
    _require_table(text, layout)
    return _keep(content, opening.PASTED, "text", layout, by=by, on=on)


def _require_table(text: str, layout: Layout) -> None:
    """Words are no table: some row must have as many cells as the list has columns that it cannot do without."""
    least = max(min(2, len(layout.columns)), sum(column.is_required for column in layout.columns))
    widest = opening.widest(text)
    if widest < least:
        what = "không có cột nào" if widest < 2 else f"chỉ có {widest} cột, danh sách này cần ít nhất {least}"
        how = "hãy chọn các ô trong Excel (cả dòng tiêu đề), chép, rồi dán lại"
        raise Refused.because(f"Phần đã dán {what}: {how}.", field="text")


@transaction.atomic
def _keep(content: bytes, name: str, kind: str, layout: Layout, *, by: Seat, on: date) -> Upload:
    digest = hashlib.sha256(content).hexdigest()
    upload, is_new = Upload.objects.exclude(state__in=(State.WITHDRAWN, State.FAILED)).get_or_create(
        body_id=by.body_id,
        layout=layout.name,
        sha256=digest,
        defaults={
            "name": name, "kind": kind, "size": len(content), "desk": by.desk, "by": by, "on": on,
            "area_path": by.desk.body.area_path,
        },
    )  # fmt: skip
    if is_new:
        bulk.insert_bytes(Content, {"upload": upload.pk, "data": content})
        body = {"layout": layout.name, "sha256": digest, "size": len(content), "kind": kind}
        journal.record("upload_sheet", by=by, on=on, noun=upload, body=body, personal={"name": name})
    return upload


@transaction.atomic
def confirm(upload: Upload, plan: Plan, *, layout: Layout, by: Seat, on: date) -> Upload:
    """Xác nhận cột: STAGED at once if the rows were tried by just this plan, else a job reads them (STAGING).

    Raises Refused with all that is wrong with the plan.
    """
    staging.require_layout(upload, layout)
    _lock(upload, by, State.OPENED)
    require_sound(plan, layout, [one.bottom for one in staging.surveys(upload)])
    upload.plan = orjson.loads(orjson.dumps(plan.to_json()))
    if upload.trial == upload.plan:
        upload.state, upload.done = State.STAGED, upload.read
    else:
        staging.forget_trial(upload)
        upload.state = State.STAGING
    upload.save(update_fields=["state", "plan", "trial", "done", *staging.READ])
    journal.record("confirm_columns", by=by, on=on, noun=upload, body={"plan": _without_words(upload.plan)})
    return upload


@transaction.atomic
def choose_again(upload: Upload, *, by: Seat, on: date) -> Upload:
    """Chọn lại các cột: STAGED becomes OPENED; what was read, and what was decided about single rows, goes.

    Raises Refused once a row of the file was accepted.
    """
    _lock(upload, by, State.STAGED)
    if upload.accepted or upload.taken_part:
        raise Refused.because("Đã nhận dòng của tệp này nên không chọn lại các cột được nữa.")
    decided = Row.objects.filter(upload=upload).exclude(decision={}).count()
    staging.forget_trial(upload)
    upload.state, upload.plan, upload.last_part, upload.done, upload.rejected = State.OPENED, {}, 0, 0, 0
    upload.save(update_fields=["state", "plan", "trial", "last_part", "done", "rejected", *staging.READ])
    journal.record("choose_columns_again", by=by, on=on, noun=upload, body={"decided": decided})
    return upload


def _without_words(plan: Mapping[str, Any]) -> dict[str, Any]:
    """The plan without the file's own words, which may name people."""
    return {"sheets": [{name: told for name, told in one.items() if name != "headings"} for one in plan["sheets"]]}


@dataclass(frozen=True)
class Decision:
    """Điều một người quyết về một dòng: `typed` texts by column, `answers` by question, a `reason`."""

    choice: str
    typed: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


@transaction.atomic
def decide(row: Row, said: Decision, *, layout: Layout, by: Seat, on: date, settle: Settle | None = None) -> Row:
    """Quyết định một dòng cần hỏi hoặc sai. The decision and who made it stay with the row and in the journal.

    AS_READ: a doubtful row is right as it stands; OFFERED: the machine's offers are right; CORRECTED: `typed` holds
    texts by column, read again as cells are; REJECTED: the row is left out (`reason`). Each question of the room (same
    person? same household?) wants one of its answers, and `settle` is what the room says to them. A row that was
    skipped, or left out by mistake, may be decided anew. Raises Refused with a sentence at each column or question.
    """
    upload = row.upload
    staging.require_layout(upload, layout)
    lock_staged(upload, by)
    row.refresh_from_db()
    before = row.state
    told = take_in(row, said, layout=layout, by=by, on=on, settle=settle)
    if before != row.state:
        staging.count_again(upload, **{before: -1, row.state: 1})
    answers = row.decision.get("answers")
    body = {"sheet": row.sheet, "row": row.number, "choice": said.choice, **({"answers": answers} if answers else {})}
    journal.record("decide_row", by=by, on=on, noun=upload, body=body, personal=told)
    return row


def take_in(
    row: Row, said: Decision, *, layout: Layout, by: Seat, on: date, settle: Settle | None = None
) -> dict[str, str]:
    """The row as decided, saved; what was typed is the answer. Counts and journal are the caller's. Raises Refused."""
    reason = said.reason.strip()
    _require_open(row, said, reason)
    if said.choice == REJECTED:
        row.state, answers = Row.State.REJECTED, dict[str, str]()
    else:
        row.clean, answers = _settled(row, said, layout), _answered(row, said.answers)
        _require_settled(row, answers, layout, settle)
        row.state, row.faults = Row.State.GOOD, []
    told = dict(said.typed) | ({"reason": reason} if reason else {})
    row.decision = {
        "choice": said.choice, "by": by.pk, "on": on.isoformat(), "was": row.decision or None, **_kept(told),
        **({"answers": answers} if answers else {}),
    }  # fmt: skip
    row.save(update_fields=["clean", "state", "faults", "decision"])
    return told


def _require_open(row: Row, said: Decision, reason: str) -> None:
    found, choice = Reasons(), said.choice
    if row.state == Row.State.SAME and choice == CORRECTED and not said.typed:
        found.add("Dòng này đã nhận trước đó và không đổi: không có gì để ghi.")
    if row.state in (Row.State.ACCEPTED, Row.State.GOOD):
        found.add("Dòng này không còn gì phải quyết định.")
    if choice in (AS_READ, OFFERED) and row.state != Row.State.DOUBTFUL:
        found.add("Chỉ dòng cần hỏi mới giữ nguyên hoặc nhận đề nghị được.")
    if choice == REJECTED and not reason:
        found.add("Cần ghi lý do loại dòng này.", field="reason")
    found.raise_if_any()


def _kept(told: Mapping[str, str]) -> dict[str, Any]:
    return {"typed": dict(told)} if told else {}


def _answered(row: Row, answers: Mapping[str, str]) -> dict[str, str]:
    """An answer to each question of the room. Raises Refused with those that were left open."""
    found, told = Reasons(), dict[str, str]()
    for fault in row.faults:
        if "ask" in fault:
            told[fault["ask"]] = answers.get(fault["ask"], "")
            if told[fault["ask"]] not in [one["key"] for one in fault["answers"]]:
                found.add(f"Cần trả lời: {fault['sentence']}", field=fault["ask"])
    found.raise_if_any()
    return told


def _require_settled(row: Row, answers: Mapping[str, str], layout: Layout, settle: Settle | None) -> None:
    """What the room says to the row as it is now."""
    found = Reasons()
    if settle is not None:
        for flaw in settle(Staged(row.sheet, row.number, layout.load(row.clean)), answers):
            found.add(flaw.sentence, field=flaw.ask or flaw.column)
    found.raise_if_any()


def _settled(row: Row, said: Decision, layout: Layout) -> dict[str, Any]:
    """The row's values after the decision. Raises Refused."""
    if said.choice not in (AS_READ, OFFERED, CORRECTED):
        raise ValueError(f"no such choice: {said.choice!r}")
    if unknown := set(said.typed) - layout.by_name.keys():
        raise ValueError(f"no such column: {sorted(unknown)}")
    values = dict(row.clean)
    if said.choice == OFFERED:
        values |= {f["column"]: f["offer"] for f in row.faults if f["column"] and f["offer"] is not None}
    found = Reasons()
    plan = next(one for one in row.upload.reading.sheets if one.sheet == row.sheet)
    for column in layout.columns:
        if column.name in said.typed:
            # What a person types is Unicode, in đồng, with the day first.
            typed = replace(plan, fonts={column.name: UNICODE}, scales={}, rules={})
            read = ColumnReader(column, typed).read(clean(said.typed[column.name]))
            if read.sentence and not read.is_doubtful:
                found.add(read.sentence, field=column.name)
            values[column.name] = read.value
        elif column.is_required and values.get(column.name) is None:
            found.add(f"Thiếu “{column.label}”.", field=column.name)
    for fault in row.faults:
        if fault["kind"] == "bad" and fault["column"] and fault["column"] not in said.typed:
            found.add(fault["sentence"], field=fault["column"])
    found.raise_if_any()
    return values


@transaction.atomic
def withdraw(upload: Upload, *, by: Seat, on: date, reason: str) -> Upload:
    """Bỏ tệp: nothing more of it is read or accepted; what was accepted stays. The file may be sent anew."""
    _lock(upload, by, State.RECEIVED, State.OPENED, State.STAGING, State.STAGED)
    if not reason.strip():
        raise Refused.because("Cần ghi lý do bỏ tệp.", field="reason")
    return _end(upload, State.WITHDRAWN, "withdraw_sheet", by=by, on=on, reason=reason.strip())


@transaction.atomic
def close(upload: Upload, *, by: Seat, on: date, reason: str = "") -> Upload:
    """Kết thúc tệp: all rows are decided, or `reason` says why the rest is left. Raises Refused."""
    _lock(upload, by, State.STAGED)
    if upload.open_rows and not reason.strip():
        raise Refused.because(
            f"Còn {upload.open_rows} dòng chưa nhận hoặc chưa quyết định: ghi lý do để lại.", field="reason"
        )
    return _end(upload, State.CLOSED, "close_sheet", by=by, on=on, reason=reason.strip())


def _end(upload: Upload, state: State, act: str, *, by: Seat, on: date, reason: str) -> Upload:
    upload.state = state
    upload.save(update_fields=["state"])
    counts = {name: getattr(upload, name) for name in Upload.COUNTS}
    personal = {"reason": reason} if reason else {}
    journal.record(act, by=by, on=on, noun=upload, body=counts, personal=personal)
    return upload


@transaction.atomic
def erase(upload: Upload, *, by: Seat, on: date) -> Upload:
    """Xóa nội dung: bytes, parts and rows of an upload that is over, and the workbook made of them to be given back.

    Its line, counts and journal stay (NĐ 13/2023).
    """
    _lock(upload, by, *(State(state) for state in Upload.OVER))
    for model in (Row, Pack, Part, Content, Returned):
        model._default_manager.filter(upload=upload).delete()
    upload.survey, upload.trial, upload.erased_on = [], {}, on
    upload.save(update_fields=["survey", "trial", "erased_on"])
    journal.record("erase_sheet", by=by, on=on, noun=upload)
    return upload


def lock_staged(upload: Upload, by: Seat) -> None:
    """Hold an upload whose rows wait for this person's decisions. Raises Refused or Conflict."""
    _lock(upload, by, State.STAGED)


def _lock(upload: Upload, by: Seat, *states: State) -> None:
    """Hold the upload until commit, fresh. Raises Refused if it is another body's, Conflict in any other state."""
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    for column in Upload._meta.concrete_fields:
        setattr(upload, column.attname, getattr(locked, column.attname))
    if by.body_id != upload.body_id:
        raise Refused.because("Tệp này do cơ quan khác gửi, bạn chỉ được xem.")
    if upload.state not in states:
        raise Conflict.because(f"Tệp đang ở trạng thái “{upload.get_state_display()}”, không làm việc này được.")
