"""Nhận dòng: rows become facts of the consuming room, chunk by chunk, because a person said so.

Each chunk is one transaction: the room's writer, the rows' state, the counts and one journal entry stand or fall
together. Stopped anywhere and called again, it goes on with the good rows that are left.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import orjson
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import F, Q

from chungtay.accounts.models import Seat
from chungtay.law.refusals import Conflict, Refused
from chungtay.records import journal
from chungtay.sheets.layouts import Layout
from chungtay.sheets.models import Row, Upload
from chungtay.sheets.staging import require_layout

CHUNK = 2_000
LOST = "Cơ sở dữ liệu không nhận dòng này: trùng hoặc trái với dữ liệu đã có."


@dataclass(frozen=True, slots=True)
class Accepted:
    """Dòng được nhận: where it stands and its values by column name, days as `date`."""

    key: int
    sheet: int
    number: int
    values: dict[str, Any]


Writer = Callable[[Sequence[Accepted]], Mapping[int, str] | None]
"""Writes many rows at once, in the running transaction. May answer with a sentence for the key of each row refused."""


@dataclass(frozen=True)
class _Step:
    """Where the next chunk is taken from: after a row of a sheet, which one index serves, or rows by their keys."""

    sheet: int = 0
    after: int = 0
    keys: list[int] | None = None


@dataclass
class Outcome:
    """Kết quả: how many rows were accepted, and those that the room or its database refused, with a sentence."""

    accepted: int = 0
    refused: dict[int, str] = field(default_factory=dict)


def accept(
    upload: Upload, *, layout: Layout, writer: Writer, by: Seat, on: date,
    rows: Collection[int] | None = None, chunks: int | None = None,
) -> Outcome:  # fmt: skip
    """Accept the good rows of an upload, all or those with the keys `rows`; stops early after `chunks` chunks.

    A row that the writer or the database refuses turns bad with its sentence and stops no other. Raises Refused if the
    upload is another body's or is not waiting for approval.
    """
    require_layout(upload, layout)
    _require_ours(upload, by)
    outcome = Outcome()
    chunk = partial(_accept_chunk, upload, layout=layout, writer=writer, by=by, on=on)
    steps = deque[_Step](_Step(sheet=one.sheet) for one in upload.reading.sheets)
    if rows is not None:
        steps = deque(_Step(keys=some) for some in _slices(sorted(rows)))
    while steps and (chunks is None or chunks > 0):
        step = steps.popleft()
        try:
            last, taken, refused = chunk(step, is_careful=False)
        except IntegrityError:  # SQLite looks at foreign keys only when it commits
            last, taken, refused = chunk(step, is_careful=True)
        if last and rows is None:
            steps.appendleft(_Step(sheet=step.sheet, after=last))
        outcome.accepted += taken
        outcome.refused |= refused
        chunks = None if chunks is None else chunks - 1
    upload.refresh_from_db()
    return outcome


def _slices(keys: list[int]) -> Iterator[list[int]]:
    return (keys[at : at + CHUNK] for at in range(0, len(keys), CHUNK))


@transaction.atomic
def _accept_chunk(
    upload: Upload, step: _Step, *, layout: Layout, writer: Writer, by: Seat, on: date, is_careful: bool
) -> tuple[int, int, dict[int, str]]:
    """One chunk: the last row's number (0: there was none), rows accepted, rows refused."""
    _require_ours(Upload.objects.select_for_update().get(pk=upload.pk), by)
    found = _good_rows(upload.pk, step)
    if not found:
        return 0, 0, {}
    told = hashlib.sha256()
    entries = []
    for key, sheet, number, clean in found:
        told.update(f"{key}\0{clean}\n".encode())
        entries.append(Accepted(key, sheet, number, layout.load(orjson.loads(clean))))
    refused = dict(_write(entries, writer, is_careful))
    taken = len(entries) - len(refused)
    chosen = Row.objects.filter(upload=upload, state=Row.State.GOOD)
    for key, sentence in refused.items():
        fault = {"column": "", "cell": "", "sentence": sentence, "kind": "bad", "offer": None}
        chosen.filter(pk=key).update(state=Row.State.BAD, faults=[fault])
    # By key: without fresh statistics a range would be answered by walking through the whole upload.
    chosen.filter(pk__in=[entry.key for entry in entries]).update(state=Row.State.ACCEPTED)
    moved = {"good": F("good") - len(entries), "accepted": F("accepted") + taken, "bad": F("bad") + len(refused)}
    Upload.objects.filter(pk=upload.pk).update(**moved)
    body = {"rows": taken, "refused": len(refused), "first": entries[0].number, "last": entries[-1].number}
    journal.record("accept_rows", by=by, on=on, noun=upload, body={**body, "sha256": told.hexdigest()})
    return entries[-1].number, taken, refused


def _good_rows(upload: int, step: _Step) -> list[tuple[int, int, int, str]]:
    """(key, sheet, number, values as JSON text), straight from the driver: the text is read once, by us."""
    wanted = Q(sheet=step.sheet, number__gt=step.after) if step.keys is None else Q(pk__in=step.keys)
    rows = Row.objects.filter(wanted, upload=upload, state=Row.State.GOOD).order_by("sheet", "number")
    query = rows.values_list("pk", "sheet", "number", "clean")[:CHUNK].query
    sql, parameters = query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _write(entries: Sequence[Accepted], writer: Writer, is_careful: bool) -> Iterator[tuple[int, str]]:
    """(key, sentence) of rows that could not be written. A chunk that fails is halved until the culprit is alone."""
    sentence = LOST
    try:
        with transaction.atomic():
            refused = writer(entries) or {}
            if is_careful or connection.vendor == "postgresql":
                connection.check_constraints()  # foreign keys would else be looked at when it is too late
        yield from ((entry.key, refused[entry.key]) for entry in entries if entry.key in refused)
        return
    except Refused as why:
        sentence = str(why)
    except (IntegrityError, DataError):
        pass
    if len(entries) == 1:
        yield entries[0].key, sentence
        return
    middle = len(entries) // 2
    yield from _write(entries[:middle], writer, is_careful)
    yield from _write(entries[middle:], writer, is_careful)


def _require_ours(upload: Upload, by: Seat) -> None:
    if by.body_id != upload.body_id:
        raise Refused.because("Tệp này do cơ quan khác gửi, bạn chỉ được xem.")
    if upload.state != Upload.State.STAGED:
        raise Conflict.because(f"Tệp đang ở trạng thái “{upload.get_state_display()}”, chưa nhận dòng được.")
