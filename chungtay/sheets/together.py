"""Trả lời một lần: doubtful rows that ask the same thing are answered together, as each could be by itself."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from chungtay.accounts.models import Seat
from chungtay.law.refusals import Refused
from chungtay.records import journal
from chungtay.sheets import actions, staging
from chungtay.sheets.actions import AS_READ, OFFERED, Decision
from chungtay.sheets.layouts import Layout
from chungtay.sheets.models import Row, Upload
from chungtay.sheets.registry import Settle

LOOKED = 2_000
"""So many doubtful rows are looked through for what they ask alike."""
AT_ONCE = 500
"""So many rows are answered in one go; those behind them are offered again."""
STAYS, TAKES = "Giữ nguyên như trong tệp", "Nhận đề nghị của máy"


@dataclass(frozen=True)
class Common:
    """Câu trả lời chung: what is asked (a question of the room, or a column), and one answer that fits many rows."""

    about: str
    choice: str
    label: str
    ask: str = ""
    answer: str = ""
    question: str = ""

    @property
    def key(self) -> str:
        """Names this answer on the page."""
        told = "\0".join((self.about, self.choice, self.label, self.ask, self.answer))
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def decision(self) -> Decision:
        return Decision(self.choice, answers={self.ask: self.answer} if self.ask else {})


def offered(upload: Upload, layout: Layout) -> list[tuple[Common, int]]:
    """Answers that fit two rows or more, with how many (among the first `LOOKED`), the most frequent first."""
    counts: Counter[Common] = Counter()
    questions: dict[Common, str] = {}
    rows = Row.objects.filter(upload=upload, state=Row.State.DOUBTFUL).order_by("sheet", "number")
    for faults in rows.values_list("faults", flat=True)[:LOOKED]:
        for one, question in _answers(faults, layout):
            counts[one] += 1
            questions.setdefault(one, question)
    return [
        (Common(one.about, one.choice, one.label, one.ask, one.answer, questions[one]), count)
        for one, count in counts.most_common() if count > 1
    ]  # fmt: skip


def _answers(faults: list[dict[str, Any]], layout: Layout) -> list[tuple[Common, str]]:
    """The answers that would settle a row; none where it asks more than one thing."""
    asked = {fault.get("ask", "") or f":{fault['column']}" for fault in faults}
    if len(asked) != 1:
        return []
    fault = faults[0]
    if fault.get("ask"):
        asks = fault["ask"]
        return [(Common(asks, AS_READ, one["label"], asks, one["key"]), fault["sentence"]) for one in fault["answers"]]
    column = layout.by_name.get(fault["column"])
    about = f"Cột “{column.label}”" if column else "Cả dòng"
    found = [(Common(about, AS_READ, STAYS), fault["sentence"])]
    if all(one["offer"] is not None for one in faults):
        found.append((Common(about, OFFERED, TAKES), fault["sentence"]))
    return found


@transaction.atomic
def answer(
    upload: Upload, key: str, *, layout: Layout, by: Seat, on: date, settle: Settle | None = None
) -> tuple[int, int]:
    """Trả lời nhiều dòng một lần: how many rows were decided, and how many the room did not let be decided so.

    At most `AT_ONCE` rows. A row that is refused stays as it was. Raises Refused or Conflict for the upload.
    """
    staging.require_layout(upload, layout)
    actions.lock_staged(upload, by)
    done, left = list[Row](), 0
    said: Common | None = None
    rows = Row.objects.filter(upload=upload, state=Row.State.DOUBTFUL).order_by("sheet", "number")
    for row in rows[:LOOKED]:
        said_here = next((one for one, _ in _answers(row.faults, layout) if one.key == key), None)
        if said_here is None:
            continue
        said, row.upload = said_here, upload
        try:
            with transaction.atomic():
                actions.take_in(row, said.decision, layout=layout, by=by, on=on, settle=settle)
        except Refused:
            left += 1
            continue
        done.append(row)
        if len(done) >= AT_ONCE:
            break
    if done and said is not None:
        staging.count_again(upload, doubtful=-len(done), good=len(done))
        journal.record("decide_rows", by=by, on=on, noun=upload, body=_body(said, done))
    return len(done), left


def _body(said: Common, rows: list[Row]) -> Mapping[str, Any]:
    answers = {"answers": {said.ask: said.answer}} if said.ask else {"about": said.about}
    return {"choice": said.choice, **answers, "rows": [[row.sheet, row.number] for row in rows]}
