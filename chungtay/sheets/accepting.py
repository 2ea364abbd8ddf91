"""Nhận dòng: rows become facts of the consuming room, part by part, because a person said so.

Each part is one transaction: the room's writer, how far we are, the counts and one journal entry stand or fall
together. Stopped anywhere and called again, it goes on with the good rows that are left.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from typing import Self

import orjson
from django.db import DataError, IntegrityError, connection, transaction

from chungtay.accounts.models import Seat
from chungtay.law.refusals import Conflict, Refused
from chungtay.records import journal
from chungtay.sheets import bulk
from chungtay.sheets.layouts import Accepted, Layout, Writer
from chungtay.sheets.models import PLACES, Pack, Part, Row, Upload
from chungtay.sheets.staging import require_layout

CHUNK = 2_000
LOST = "Cơ sở dữ liệu không nhận dòng này: trùng hoặc trái với dữ liệu đã có."
State = Upload.State


@dataclass
class Outcome:
    """Kết quả: how many rows were accepted, and those that the room or its database refused, with a sentence."""

    accepted: int = 0
    refused: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Chunk:
    """Rows that are taken in together: of one part's pack, or rows that a person decided one by one."""

    entries: list[Accepted]
    digest: str
    pack: Pack | None = None
    rows: dict[int, Row] = field(default_factory=dict)


@transaction.atomic
def approve(upload: Upload, *, by: Seat, on: date) -> Upload:
    """Duyệt: from now on a job takes in the good rows, in this person's name. Raises Refused if there are none."""
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    if by.body_id != locked.body_id:
        raise Refused.because("Tệp này do cơ quan khác gửi, bạn chỉ được xem.")
    if locked.state != State.STAGED:
        raise Conflict.because(f"Tệp đang ở trạng thái “{locked.get_state_display()}”, chưa nhận dòng được.")
    if not locked.good:
        raise Refused.because("Không có dòng tốt nào chờ nhận.")
    locked.state, locked.approved_by, locked.approved_on = State.ACCEPTING, by, on
    locked.save(update_fields=["state", "approved_by", "approved_on"])
    journal.record("approve_rows", by=by, on=on, noun=upload, body={"good": locked.good})
    upload.refresh_from_db()
    return upload


def accept(upload: Upload, *, layout: Layout, writer: Writer, chunks: int | None = None) -> Outcome:
    """Take in the good rows of an approved upload; stops early after `chunks` parts. Long: call it from a job.

    A row that the writer or the database refuses turns bad with its sentence and stops no other. After the last one the
    upload is closed if nothing is left to decide, else it waits again.
    """
    require_layout(upload, layout)
    upload.refresh_from_db()
    outcome = Outcome()
    with _Unpacker(upload, layout) as unpacked:
        while upload.state == State.ACCEPTING and (chunks is None or chunks > 0):
            chunk = unpacked.after(upload.taken_part) or _decided_rows(upload, layout)
            try:
                taken, refused = _accept_chunk(upload, chunk, writer, is_careful=False)
            except IntegrityError:  # SQLite looks at foreign keys only when it commits
                upload.refresh_from_db()
                taken, refused = _accept_chunk(upload, chunk, writer, is_careful=True)
            outcome.accepted += taken
            outcome.refused |= refused
            chunks = None if chunks is None else chunks - 1
    return outcome


class _Unpacker:
    """Unpacks a part outside of any transaction, so that nobody waits; on PostgreSQL while its server still writes.

    (SQLite writes in this process and lets go of the interpreter at each row: a second thread would only slow it down.)
    """

    def __init__(self, upload: Upload, layout: Layout) -> None:
        self.upload, self.layout = upload, layout
        self.aside = ThreadPoolExecutor(1) if connection.vendor == "postgresql" else None
        self.ahead: dict[int, Future[_Chunk]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *told: object) -> None:
        if self.aside is not None:
            self.aside.shutdown()

    def after(self, part: int) -> _Chunk | None:
        """The good rows of the first part after this one, or None after the last."""
        known = self.ahead.pop(part, None)
        self.ahead.clear()
        pack = self._pack(part) if known is None else None
        if known is None and pack is None:
            return None
        chunk = known.result() if known is not None else _unpack(pack, self.layout)  # type: ignore[arg-type]
        if self.aside is not None and chunk.pack is not None:
            following = self._pack(chunk.pack.part_id)
            if following is not None:
                self.ahead[chunk.pack.part_id] = self.aside.submit(_unpack, following, self.layout)
        return chunk

    def _pack(self, part: int) -> Pack | None:
        packs = Pack.objects.filter(upload=self.upload, part__gt=part).select_related("part")
        return packs.defer("part__packed").order_by("part").first()


def _unpack(pack: Pack, layout: Layout) -> _Chunk:
    """All rows of the pack for the room's writer; without the database."""
    sheet = pack.part.sheet
    first = sheet * PLACES
    told = layout.load_columns(pack.load()).rows()
    entries = [Accepted(first + number, sheet, number, values) for number, values in told]
    return _Chunk(entries, hashlib.sha256(bytes(pack.packed)).hexdigest(), pack)


@transaction.atomic
def _accept_chunk(
    upload: Upload, chunk: _Chunk | None, writer: Writer, *, is_careful: bool
) -> tuple[int, dict[int, str]]:
    """Write one chunk; without any, the end. How many were taken, and refused; nothing if another job was faster."""
    expected = upload.taken_part
    locked = Upload.objects.select_for_update(of=("self",)).select_related("approved_by").get(pk=upload.pk)
    upload.state, upload.taken_part = locked.state, locked.taken_part
    if locked.state != State.ACCEPTING or locked.approved_by is None or locked.approved_on is None:
        return 0, {}
    if locked.taken_part != expected:
        return 0, {}
    by, on = locked.approved_by, locked.approved_on
    if chunk is None:
        _finish(locked, by, on)
        upload.refresh_from_db()
        return 0, {}
    entries = _still_there(locked, chunk)
    refused = dict(_write(entries, writer, is_careful)) if entries else {}
    _settle(locked, chunk, refused)
    taken = len(entries) - len(refused)
    locked.taken_part = chunk.pack.part_id if chunk.pack else locked.taken_part
    locked.good, locked.accepted = locked.good - len(entries), locked.accepted + taken
    locked.bad += len(refused)
    locked.save(update_fields=["good", "accepted", "bad", "taken_part"])
    if entries:
        body = {"rows": taken, "refused": len(refused), "sha256": chunk.digest}
        span = {"first": entries[0].number, "last": entries[-1].number}
        journal.record("accept_rows", by=by, on=on, noun=upload, body=body | span)
    upload.taken_part = locked.taken_part
    return taken, refused


def _still_there(upload: Upload, chunk: _Chunk) -> list[Accepted]:
    """The chunk's rows without those that a person took out meanwhile, or that another job has taken in."""
    entries = chunk.entries
    if chunk.pack is None:
        good = set(Row.objects.filter(upload=upload, state=Row.State.GOOD).order_by().values_list("pk", flat=True))
        return [entry for entry in entries if chunk.rows[entry.key].pk in good]
    numbers = (entries[0].number, entries[-1].number)
    rows = Row.objects.filter(upload=upload, sheet=entries[0].sheet, number__range=numbers)
    out = set(rows.order_by().values_list("number", flat=True))
    return [entry for entry in entries if entry.number not in out] if out else entries


def _decided_rows(upload: Upload, layout: Layout) -> _Chunk | None:
    """Rows that a person looked at and found good."""
    rows = list(Row.objects.filter(upload=upload, state=Row.State.GOOD).order_by("sheet", "number")[:CHUNK])
    if not rows:
        return None
    told = hashlib.sha256()
    entries = []
    for row in rows:
        told.update(orjson.dumps([row.place, row.clean], option=orjson.OPT_SORT_KEYS))
        answers = row.decision.get("answers", {})
        entries.append(Accepted(row.place, row.sheet, row.number, layout.load(row.clean), answers))
    return _Chunk(entries, told.hexdigest(), rows={row.place: row for row in rows})


def _settle(upload: Upload, chunk: _Chunk, refused: dict[int, str]) -> None:
    """What becomes of the rows: the decided ones are accepted, the refused ones are rows to look at again."""
    taken = [row.pk for place, row in chunk.rows.items() if place not in refused]
    if taken:
        Row.objects.filter(pk__in=taken, state=Row.State.GOOD).update(state=Row.State.ACCEPTED)
    told = {place: [{"column": "", "cell": "", "sentence": why, "kind": "bad", "offer": None}]
            for place, why in refused.items()}  # fmt: skip
    for place, row in chunk.rows.items():
        if place in told:
            Row.objects.filter(pk=row.pk).update(state=Row.State.BAD, faults=told[place])
    if chunk.pack is not None and told:
        lines, stored = _lines(chunk.pack.part), dict(chunk.pack.load().rows())
        bulk.insert(Row, ("upload", "sheet", "number", "state", "raw", "clean", "faults", "decision"), [
            (upload.pk, place // PLACES, place % PLACES, Row.State.BAD.value, lines[place % PLACES].decode(),
             orjson.dumps(stored[place % PLACES]).decode(), orjson.dumps(faults).decode(), "{}")
            for place, faults in told.items()
        ])  # fmt: skip


def _lines(part: Part) -> dict[int, bytes]:
    """The part's rows as they were read, by their number."""
    return {orjson.loads(line)[0]: line for line in part.lines()}


def _finish(upload: Upload, by: Seat, on: date) -> None:
    """All good rows are in: closed if nothing is open, else the rest waits for a person."""
    upload.state = State.STAGED if upload.open_rows else State.CLOSED
    upload.save(update_fields=["state"])
    if upload.state == State.CLOSED:
        counts = {name: getattr(upload, name) for name in Upload.COUNTS}
        journal.record("close_sheet", by=by, on=on, noun=upload, body=counts)


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
