"""Mở và đọc theo đoạn: what a job does between upload and approval. Each part is one short transaction.

A job may be killed anywhere and done again: opening starts anew, reading goes on after the last finished part, and two
jobs at once cannot do a part twice. Nothing of this counts for anything: it only waits for a person.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import orjson
from django.db import transaction
from django.db.models import F

from chungtay.law.refusals import Refused
from chungtay.sheets import bulk, guessing, opening
from chungtay.sheets.guessing import SheetGuess, Survey
from chungtay.sheets.layouts import Flaw, Layout
from chungtay.sheets.models import Content, Part, Row, Upload
from chungtay.sheets.rows import NO_FLAWS, ReadRow, SheetReader, faults_json, staged

PART_ROWS = 2_000
_FIELDS = ("upload", "sheet", "number", "state", "raw", "clean", "faults", "decision")


def open_file(upload: Upload) -> Upload:
    """Unpack the file into parts and look at its sheets; RECEIVED becomes OPENED, or FAILED with a sentence.

    Long for a large file: call it from a job. Done twice it does nothing the second time.
    """
    if upload.state != Upload.State.RECEIVED:
        return upload
    Part.objects.filter(upload=upload).delete()
    content = bytes(Content.objects.get(upload=upload).data)
    surveys: list[Survey] = []
    try:
        for sheet, lines in _batches(opening.read(content, upload.kind), surveys):
            first, packed = orjson.loads(lines[0])[0], zlib.compress(b"\n".join(lines), 1)
            Part.objects.create(upload=upload, sheet=sheet, first=first, rows=len(lines), packed=packed)
        told = [asdict(one) for one in surveys]
        changes: dict[str, Any] = {"state": Upload.State.OPENED, "survey": told, "read": sum(s.rows for s in surveys)}
        if not changes["read"]:
            raise Refused.because("Tệp không có dòng nào.", field=opening.FIELD)
    except Refused as refused:
        changes = {"state": Upload.State.FAILED, "fault": str(refused)[:400]}
    Upload.objects.filter(pk=upload.pk, state=Upload.State.RECEIVED).update(**changes)
    upload.refresh_from_db()
    return upload


def _batches(told: Iterator[opening.Sheet | bytes], surveys: list[Survey]) -> Iterator[tuple[int, list[bytes]]]:
    """(sheet, lines) of at most `PART_ROWS` rows each; fills the surveys on the way."""
    lines: list[bytes] = []
    for one in told:
        if isinstance(one, opening.Sheet):
            if lines:
                yield len(surveys) - 1, lines
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
            yield len(surveys) - 1, lines
            lines = []
    if lines:
        yield len(surveys) - 1, lines


def guesses(upload: Upload, layout: Layout) -> list[SheetGuess]:
    """What each sheet seems to hold, for a person to confirm."""
    return guessing.guess([Survey(**told) for told in upload.survey], layout)


def require_layout(upload: Upload, layout: Layout) -> None:
    """A programmer's error, not a person's: the upload was made for another list."""
    if upload.layout != layout.name:
        raise ValueError(f"upload {upload.pk} is for {upload.layout!r}, not {layout.name!r}")


def stage(upload: Upload, layout: Layout, *, parts: int | None = None) -> Upload:
    """Read the rows part by part; STAGING becomes STAGED after the last. Stops early after `parts` parts.

    Goes on where an earlier run was stopped. A row never stops the others: what is wrong with it is kept with it.
    """
    require_layout(upload, layout)
    upload.refresh_from_db()
    readers = {one.sheet: SheetReader(layout, one) for one in upload.reading.sheets}
    seen = _seen(upload, layout)
    while upload.state == Upload.State.STAGING and (parts is None or parts > 0):
        part = Part.objects.filter(upload=upload, pk__gt=upload.last_part).order_by("pk").first()
        rows = _read_part(part, readers, layout, seen) if part else []
        if not _write_part(upload, part, rows, readers):
            seen = _seen(upload, layout)  # somebody else did this part
        parts = None if parts is None else parts - 1
    return upload


def _read_part(
    part: Part, readers: dict[int, SheetReader], layout: Layout, seen: dict[str, tuple[int, int]]
) -> list[ReadRow]:
    """Outside of any transaction: nobody waits while the cells are read."""
    if part.sheet not in readers:
        return []
    rows = readers[part.sheet].read(part.lines())
    if layout.unique:
        _mark_repeated(rows, layout, seen)
    if layout.check is not None:
        asked = {(row.sheet, row.number): row for row in rows if row.state in ("good", "doubtful")}
        for about, flaw in layout.check([staged(row, layout) for row in asked.values()]):
            asked[about.sheet, about.number].add(flaw)
    return rows


@transaction.atomic
def _write_part(upload: Upload, part: Part | None, rows: list[ReadRow], readers: dict[int, SheetReader]) -> bool:
    """The part's rows, the counts and how far we are, together. False if another job was faster."""
    expected = upload.last_part
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    is_ours = locked.last_part == expected and locked.state == Upload.State.STAGING
    if is_ours and part is None:
        locked.state = Upload.State.STAGED
        locked.save(update_fields=["state"])
    elif is_ours and part is not None:
        bulk.insert(Row, _FIELDS, (_values(upload.pk, row, readers[part.sheet].columns) for row in rows))
        counts = Counter(row.state for row in rows)
        locked.last_part, locked.done = part.pk, locked.done + part.rows
        for state, count in counts.items():
            setattr(locked, state, getattr(locked, state) + count)
        locked.save(update_fields=["last_part", "done", *counts])
    for name in ("state", "last_part", "done", *Upload.COUNTS):
        setattr(upload, name, getattr(locked, name))
    return is_ours


def _values(upload: int, row: ReadRow, columns: dict[str, int]) -> tuple[Any, ...]:
    if not row.flaws:
        return upload, row.sheet, row.number, row.state, "", row.clean, NO_FLAWS, "{}"
    faults = orjson.dumps(faults_json(row.flaws, row.number, columns)).decode()
    return upload, row.sheet, row.number, row.state, row.line.decode(), row.clean, faults, "{}"


def _key(values: dict[str, Any], layout: Layout) -> str:
    """The same key as `ReadRow.key`, for a row that is stored already."""
    told = [(column.name, values.get(column.name)) for column in layout.columns if column.name in layout.unique]
    pieces = (f"{orjson.dumps(name).decode()}:{orjson.dumps(value).decode()}" for name, value in told)
    return "" if any(value is None for _, value in told) else ",".join(pieces)


def _mark_repeated(rows: list[ReadRow], layout: Layout, seen: dict[str, tuple[int, int]]) -> None:
    """The second row of the same person is a question; the first stays as it is."""
    for row in rows:
        if not row.key or row.state == "skipped":
            continue
        sheet, number = seen.setdefault(row.key, (row.sheet, row.number))
        if (sheet, number) != (row.sheet, row.number):
            where = f"dòng {number}" if sheet == row.sheet else f"dòng {number} của trang tính thứ {sheet + 1}"
            label = layout.by_name[layout.unique[0]].label
            row.add(Flaw(layout.unique[0], f"“{label}” trùng với {where}: có phải ghi hai lần?", is_doubtful=True))


def _seen(upload: Upload, layout: Layout) -> dict[str, tuple[int, int]]:
    """The keys of rows read by an earlier run."""
    if not layout.unique or not upload.last_part:
        return {}
    rows = Row.objects.filter(upload=upload).exclude(state=Row.State.SKIPPED).order_by("sheet", "number")
    found: dict[str, tuple[int, int]] = {}
    for sheet, number, clean in rows.values_list("sheet", "number", "clean").iterator(chunk_size=2_000):
        key = _key(clean, layout)
        if key:
            found.setdefault(key, (sheet, number))
    return found


def count_again(upload: Upload, **moved: int) -> None:
    """Add to the counts, for actions that move rows between states; inside their transaction."""
    Upload.objects.filter(pk=upload.pk).update(**{name: F(name) + by for name, by in moved.items()})
    upload.refresh_from_db(fields=list(moved))
