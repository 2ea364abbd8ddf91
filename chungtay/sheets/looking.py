"""Xem các dòng: a page of rows at a time, those that lie in packs and those that stand alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from chungtay.records import keyset
from chungtay.sheets.models import PLACES, Pack, Row, Upload

PAGE = 50
OPEN = (Row.State.BAD, Row.State.DOUBTFUL)
GROUPS = {
    "can-xem": OPEN,
    "sai": (Row.State.BAD,),
    "can-hoi": (Row.State.DOUBTFUL,),
    "nhan-roi": (Row.State.SAME,),
    "khong-tinh": (Row.State.SKIPPED,),
    "da-quyet": (Row.State.GOOD, Row.State.ACCEPTED, Row.State.REJECTED),
}
PACKED = "tot"


@dataclass(frozen=True)
class Page:
    """Một trang dòng, and the marks of its neighbours (empty at an end)."""

    rows: list[Row]
    next: str = ""
    previous: str = ""


def rows_of(upload: Upload, group: str, mark: str) -> Page:
    """A page of one group of rows in the file's order. A wrong mark is read as the first page."""
    if group == PACKED:
        return _packed_page(upload, mark)
    rows = Row.objects.filter(upload=upload, state__in=GROUPS[group])
    page = keyset.page(rows, order=("sheet", "number"), mark=mark, size=PAGE)
    return Page(page.rows, page.next, page.previous)


def _packed_page(upload: Upload, mark: str) -> Page:
    told = mark[1:] if mark[:1] in ("n", "p") and mark[1:].isdecimal() and len(mark) < 16 else ""
    is_back, place = mark[:1] == "p" and bool(told), int(told or 0)
    found: list[Row] = []
    for row in packed_rows(upload, place, is_back=is_back):
        found.append(row)
        if len(found) > PAGE:
            break
    more, found = len(found) > PAGE, found[:PAGE]
    if is_back:
        found.reverse()
    if not found:
        return Page([])
    has_next, has_previous = (True, more) if is_back else (more, bool(place))
    return Page(found, f"n{found[-1].place}" if has_next else "", f"p{found[0].place}" if has_previous else "")


def packed_rows(upload: Upload, place: int = 0, *, is_back: bool = False) -> Iterator[Row]:
    """Packed rows after a place, or before it going back; as rows that are not in the database on their own."""
    rows = Pack.objects.filter(upload=upload).select_related("part").defer("part__packed", "packed")
    packs = list(rows.order_by("part__sheet", "part__first"))
    begins = [pack.part.sheet * PLACES + pack.part.first for pack in packs]
    packs = packs[: bisect_left(begins, place)][::-1] if is_back else packs[max(bisect_right(begins, place) - 1, 0) :]
    for pack in packs:
        state = Row.State.ACCEPTED if pack.part_id <= upload.taken_part else Row.State.GOOD
        told, sheet = pack.load().rows(), pack.part.sheet
        alone = Row.objects.filter(upload=upload, sheet=sheet, number__range=(told[0][0], told[-1][0]))
        out = set(alone.order_by().values_list("number", flat=True))
        for number, values in reversed(told) if is_back else told:
            here = sheet * PLACES + number
            if number not in out and ((here < place) if is_back else (here > place)):
                yield Row(upload=upload, sheet=sheet, number=number, state=state, clean=values)
