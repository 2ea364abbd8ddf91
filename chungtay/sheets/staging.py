"""Mở và đọc theo đoạn: what a job does between upload and approval. Each part is one short transaction.

While a child still opens the file, its rows are read already, by the columns as they are guessed from its beginning
(`trial`). If a person then confirms just those columns, nothing is left to be read; otherwise all is read anew.

A job may be killed anywhere and done again: opening starts anew, reading goes on after the last finished part, and two
jobs at once cannot do a part twice. Nothing of this counts for anything: it only waits for a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import orjson
from django.db import transaction
from django.db.models import F

from chungtay.law.refusals import Refused
from chungtay.sheets import bulk, guessing, opening, packs
from chungtay.sheets.guessing import SheetGuess, Survey
from chungtay.sheets.layouts import Layout
from chungtay.sheets.models import Content, Pack, Part, Row, Upload
from chungtay.sheets.plans import Plan, SheetPlan
from chungtay.sheets.repeated import Seen, seen_of
from chungtay.sheets.rows import ReadPart, SheetReader, faults_json

PART_ROWS = 3_000
READ = ("good", "doubtful", "bad", "skipped", "same")
_FIELDS = ("upload", "sheet", "number", "state", "raw", "clean", "faults", "decision")
_State = Upload.State


class PartReader:
    """Bộ đọc một tệp: parts in their order, by one plan; remembers cells, and who has been seen already."""

    def __init__(self, plan: Plan, layout: Layout) -> None:
        self.layout = layout
        self.sheets: dict[int, SheetReader] = {}
        self.seen = Seen(layout)
        for one in plan.sheets:
            self.add(one)

    def add(self, plan: SheetPlan) -> None:
        self.sheets[plan.sheet] = SheetReader(self.layout, plan)

    @property
    def plan(self) -> Plan:
        return Plan(tuple(reader.plan for _, reader in sorted(self.sheets.items())))

    def read(self, sheet: int, lines: list[bytes]) -> ReadPart | None:
        """Outside of any transaction: nobody waits while the cells are read. None for a sheet that is left out."""
        if sheet not in self.sheets:
            return None
        part = self.sheets[sheet].read(lines)
        self.seen.mark(part, self.sheets[sheet].columns)
        if self.layout.check is not None:
            positions, asked = part.staged(self.layout)
            at = {id(one): n for n, one in zip(positions, asked, strict=True)}
            for about, flaw in self.layout.check(asked):
                part.row(at[id(about)]).add(flaw)
        return part

    def write(self, upload: int, part: int, read: ReadPart) -> Counter[str]:
        """The good rows as one pack, the others one by one, in the running transaction; how many of each state."""
        columns = self.sheets[read.sheet].columns
        counts = Counter(row.state for row in read.rows.values())
        counts["good"] = len(read.numbers) - len(read.rows)
        if counts["good"]:
            packed = read.good().dump()
            bulk.insert_bytes(Pack, {"part": part, "upload": upload, "rows": counts["good"], "packed": packed})
        if read.rows:
            rows = (read.rows[n] for n in sorted(read.rows))
            bulk.insert(Row, _FIELDS, [
                (upload, row.sheet, row.number, row.state, row.line.decode(), _json(row.values),
                 _json(faults_json(row.flaws, row.number, columns)), "{}")
                for row in rows
            ])  # fmt: skip
        return counts


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def open_file(upload: Upload, layout: Layout) -> Upload:
    """Unpack the file into parts, look at its sheets, read by the guess; RECEIVED becomes OPENED, or FAILED.

    Long for a large file: call it from a job. Done twice it does nothing the second time.
    """
    require_layout(upload, layout)
    if upload.state != _State.RECEIVED:
        return upload
    _forget(upload, Pack, Row, Part)
    Upload.objects.filter(pk=upload.pk, state=_State.RECEIVED).update(read=0)
    content = bytes(Content.objects.get(upload=upload).data)
    surveys: list[Survey] = []
    reader, counts = PartReader(Plan(()), layout), Counter[str]()
    try:
        for sheet, lines in _batches(opening.read(content, upload.kind), surveys):
            counts += _try_part(upload, reader, surveys[sheet], sheet, lines)
        changes = _opened(upload, surveys, reader, counts, layout)
    except Refused as refused:
        _forget(upload, Pack, Row, Part)
        changes = {"state": _State.FAILED, "fault": str(refused)[:400], "read": 0}
    Upload.objects.filter(pk=upload.pk, state=_State.RECEIVED).update(**changes)
    upload.refresh_from_db()
    return upload


def _try_part(upload: Upload, reader: PartReader, survey: Survey, sheet: int, lines: list[bytes]) -> Counter[str]:
    """Keep the part, and its rows as they are read by what the sheet seems to hold from its beginning."""
    if survey.rows == len(lines) and not survey.is_hidden:
        found = guessing.guess_sheet(sheet, survey, reader.layout)
        if not found.missing and found.columns:
            reader.add(found.plan())
    read = reader.read(sheet, lines)
    told = {"upload": upload.pk, "sheet": sheet, "first": orjson.loads(lines[0])[0], "rows": len(lines)}
    packed = packs.dump_lines(lines)
    with transaction.atomic():
        part = bulk.insert_bytes(Part, {**told, "packed": packed})
        Upload.objects.filter(pk=upload.pk, state=_State.RECEIVED).update(read=F("read") + len(lines))
        return Counter() if read is None else reader.write(upload.pk, part, read)


def _opened(
    upload: Upload, surveys: list[Survey], reader: PartReader, counts: Counter[str], layout: Layout
) -> dict[str, Any]:
    """What the upload is now. The trial holds if the whole file suggests the same columns as its beginning did."""
    rows = sum(one.rows for one in surveys)
    if not rows:
        raise Refused.because("Tệp không có dòng nào.", field=opening.FIELD)
    changes = {"state": _State.OPENED, "survey": [asdict(one) for one in surveys], "read": rows}
    if reader.sheets and guessing.plan(guessing.guess(surveys, layout)) == reader.plan:
        return changes | {"trial": reader.plan.to_json(), **{state: counts[state] for state in READ}}
    _forget(upload, Pack, Row)
    return changes


def _forget(upload: Upload, *models: type[Pack] | type[Row] | type[Part]) -> None:
    for model in models:
        model._default_manager.filter(upload=upload).delete()


def forget_trial(upload: Upload) -> None:
    """Another plan was confirmed than the one that was tried: what was read by that one goes. Not saved here."""
    _forget(upload, Pack, Row)
    upload.trial = {}
    for name in READ:
        setattr(upload, name, 0)


def _batches(told: Iterator[opening.Sheet | bytes], surveys: list[Survey]) -> Iterator[tuple[int, list[bytes]]]:
    """(sheet, lines) of at most `PART_ROWS` rows each; fills the surveys on the way."""
    lines: list[bytes] = []
    for one in told:
        if isinstance(one, opening.Sheet):
            if lines:
                yield _batch(surveys, lines)
                lines = []
            surveys.append(Survey(one.name, one.is_hidden, one.merged))
            continue
        survey, line = surveys[-1], one.rstrip(b"\n")
        if survey.wants():
            survey.add(orjson.loads(line))
        survey.rows += 1
        lines.append(line)
        if survey.rows > opening.MAX_ROWS:
            raise Refused.because(f"Trang tính “{survey.name}” có quá nhiều dòng.", field=opening.FIELD)
        if len(lines) == PART_ROWS:
            yield _batch(surveys, lines)
            lines = []
    if lines:
        yield _batch(surveys, lines)


def _batch(surveys: list[Survey], lines: list[bytes]) -> tuple[int, list[bytes]]:
    """The last survey's lines; it knows from now on how far down the sheet goes."""
    surveys[-1].last = orjson.loads(lines[-1])[0]
    return len(surveys) - 1, lines


def surveys(upload: Upload) -> list[Survey]:
    """What was seen of each sheet."""
    return [Survey(**told) for told in upload.survey]


def guesses(upload: Upload, layout: Layout) -> list[SheetGuess]:
    """What each sheet seems to hold, for a person to confirm."""
    return guessing.guess(surveys(upload), layout)


def require_layout(upload: Upload, layout: Layout) -> None:
    """A programmer's error, not a person's: the upload was made for another list."""
    if upload.layout != layout.name:
        raise ValueError(f"upload {upload.pk} is for {upload.layout!r}, not {layout.name!r}")


def stage(upload: Upload, layout: Layout, *, parts: int | None = None) -> Upload:
    """Read the rows part by part; STAGING becomes STAGED after the last. Stops early after `parts` parts.

    Long for a large file: call it from a job. Called again it goes on where it was, whoever did the parts so far.
    """
    require_layout(upload, layout)
    upload.refresh_from_db()
    reader = PartReader(upload.reading, layout)
    reader.seen = seen_of(upload, layout)
    while upload.state == _State.STAGING and (parts is None or parts > 0):
        part = Part.objects.filter(upload=upload, pk__gt=upload.last_part).order_by("pk").first()
        read = reader.read(part.sheet, part.lines()) if part else None
        if not _write_part(upload, part, reader, read):
            reader.seen = seen_of(upload, layout)  # somebody else did this part
        parts = None if parts is None else parts - 1
    return upload


@transaction.atomic
def _write_part(upload: Upload, part: Part | None, reader: PartReader, read: ReadPart | None) -> bool:
    """The part's rows, the counts and how far we are, together. False if another job was faster."""
    expected = upload.last_part
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    is_ours = locked.last_part == expected and locked.state == _State.STAGING
    if is_ours and part is None:
        locked.state = _State.STAGED
        locked.save(update_fields=["state"])
    elif is_ours and part is not None:
        counts = reader.write(upload.pk, part.pk, read) if read else Counter[str]()
        locked.last_part, locked.done = part.pk, locked.done + part.rows
        for state, count in counts.items():
            setattr(locked, state, getattr(locked, state) + count)
        locked.save(update_fields=["last_part", "done", *counts])
    for name in ("state", "last_part", "done", *Upload.COUNTS):
        setattr(upload, name, getattr(locked, name))
    return is_ours


def count_again(upload: Upload, **moved: int) -> None:
    """Add to the counts, for actions that move rows between states; inside their transaction."""
    Upload.objects.filter(pk=upload.pk).update(**{name: F(name) + by for name, by in moved.items()})
    upload.refresh_from_db(fields=list(moved))
