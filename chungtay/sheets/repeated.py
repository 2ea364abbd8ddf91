"""Ghi hai lần trong một tệp: rows that tell of the same person or the same paper as a row above them."""

from __future__ import annotations

from collections.abc import Container, Hashable, Sequence
from itertools import repeat
from typing import Any

from chungtay.sheets.layouts import Flaw, Layout
from chungtay.sheets.models import Pack, Row, Upload
from chungtay.sheets.rows import SKIPPED, ReadPart

Places = dict[Hashable, tuple[int, int]]


class Seen:
    """Những gì đã gặp: where each key of the rows read so far stood first, for each group of columns."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.groups = [group for group in (layout.unique, *((name,) for name in layout.single)) if group]
        self.places: list[Places] = [{} for _ in self.groups]

    def mark(self, part: ReadPart, there: Container[str]) -> None:
        """The second row of the same is a question, or a fault; the first stays. `there`: what the file has."""
        for group, places in zip(self.groups, self.places, strict=True):
            names = [name for name in group if name in there]
            if names:
                self._mark(part, names, places, is_single=group != self.layout.unique)

    def _mark(self, part: ReadPart, names: Sequence[str], places: Places, *, is_single: bool) -> None:
        keys = part.keys(names, names)
        if not part.rows and len(set(keys)) == len(keys) and None not in keys and places.keys().isdisjoint(keys):
            places.update(zip(keys, zip(repeat(part.sheet), part.numbers), strict=False))
            return
        for n, key in enumerate(keys):
            if key is None or (n in part.rows and part.rows[n].state == SKIPPED):
                continue
            place = part.sheet, part.numbers[n]
            sheet, number = places.setdefault(key, place)
            if (sheet, number) != place:
                where = f"dòng {number}" if sheet == part.sheet else f"dòng {number} của trang tính thứ {sheet + 1}"
                part.row(n).add(self._flaw(names, where, is_single=is_single))

    def _flaw(self, names: Sequence[str], where: str, *, is_single: bool) -> Flaw:
        labels = [f"“{self.layout.by_name[name].label}”" for name in names]
        if is_single:
            return Flaw(names[0], f"{labels[0]} trùng với {where}: mỗi số chỉ ghi cho một người trong tệp.")
        both = f"Cùng {', '.join(labels)} với {where}" if len(labels) > 1 else f"{labels[0]} trùng với {where}"
        return Flaw(names[0], f"{both}: có phải ghi hai lần?", is_doubtful=True, also=tuple(names[1:]))

    def note(self, there: Container[str], place: tuple[int, int], values: dict[str, Any]) -> None:
        """A row that was read by an earlier run."""
        for group, places in zip(self.groups, self.places, strict=True):
            told = tuple(values.get(name) for name in group if name in there)
            if told and None not in told:
                places[told] = min(place, places.get(told, place))


def seen_of(upload: Upload, layout: Layout) -> Seen:
    """What the rows hold that were read by an earlier run."""
    found = Seen(layout)
    if not found.groups or not upload.last_part:
        return found
    there = {one.sheet: one.columns for one in upload.reading.sheets}
    rows = Row.objects.filter(upload=upload).exclude(state=Row.State.SKIPPED).order_by("sheet", "number")
    for sheet, number, values in rows.values_list("sheet", "number", "clean").iterator(chunk_size=2_000):
        found.note(there[sheet], (sheet, number), values)
    for pack in Pack.objects.filter(upload=upload).select_related("part").order_by("part").iterator(chunk_size=4):
        for number, values in pack.load().rows():
            found.note(there[pack.part.sheet], (pack.part.sheet, number), values)
    return found
