"""B1 tables from a file of the province: a CSV with one line an answer, checked before it is loaded."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from chungtay.law import points
from chungtay.law.points import Group, Item, Option, Region, Sheet
from chungtay.law.poverty import Area
from chungtay.law.refusals import Reason, Reasons, Refused
from chungtay.records import journal
from chungtay.reviews.sheets import PointSheet

COLUMNS = ("item", "item_label", "group", "several", "option", "option_label", "points")
"""The file's first line. `group`: land, livestock, boats or other; `several`: 1 where many answers may be ticked."""
LARGEST = 1_000_000  # bytes of a file


def read(content: bytes, *, region: Region, edition: str, text: str) -> Sheet:
    """The table in `content` (UTF-8). Raises Refused with every fault, each with its line."""
    found = Reasons()
    if not text.strip():
        found.add("Cần ghi văn bản mà bảng điểm lấy từ đó.", field="text")
    if not edition.strip():
        found.add("Cần ghi phiên bản của bảng điểm.", field="edition")
    if len(content) > LARGEST:
        raise Refused.because("Tệp lớn hơn 1 MB, không phải bảng điểm.", field="file")
    try:
        lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), strict=True))
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise Refused.because("Tệp không phải CSV mã UTF-8.", field="file") from wrong
    if not lines or set(COLUMNS) - set(lines[0]):
        raise Refused.because(f"Dòng đầu của tệp phải có các cột: {', '.join(COLUMNS)}.", field="file")
    items: dict[str, Item] = {}
    for number, line in enumerate(lines, start=2):
        _read_line(number, line, items, found)
    sheet = Sheet(region, edition.strip(), text.strip(), tuple(items.values()))
    for fault in points.faults(sheet):
        found.add(fault, field="file")
    found.raise_if_any()
    return sheet


def _read_line(number: int, line: Mapping[str, Any], items: dict[str, Item], found: Reasons) -> None:
    told = {name: str(line.get(name) or "").strip() for name in COLUMNS}
    if missing := [name for name in ("item", "item_label", "option", "option_label", "points") if not told[name]]:
        found.add(f"Dòng {number}: thiếu {', '.join(missing)}.", field="file")
        return
    if told["group"] and told["group"] not in set(Group):
        found.add(f"Dòng {number}: không có nhóm “{told['group']}”.", field="file")
        return
    if not told["points"].removeprefix("-").isdecimal() or len(told["points"]) > 5:
        found.add(f"Dòng {number}: điểm “{told['points']}” không phải số nguyên.", field="file")
        return
    option = Option(told["option"], told["option_label"], int(told["points"]))
    group, several = Group(told["group"] or "other"), told["several"] == "1"
    known = items.get(told["item"])
    if known is None:
        items[told["item"]] = Item(told["item"], told["item_label"], (option,), group, several)
        return
    if (known.label, known.group, known.several) != (told["item_label"], group, several):
        found.add(f"Dòng {number}: chỉ tiêu “{told['item']}” được ghi hai cách khác nhau.", field="file")
    items[told["item"]] = Item(known.id, known.label, (*known.options, option), known.group, known.several)


@transaction.atomic
def load(sheet: Sheet, *, since: date, by: journal.Author, on: date) -> PointSheet:
    """Nạp bảng điểm: a new edition counts from `since`; the older ones stay. Raises Refused."""
    if faults := points.faults(sheet):
        raise Refused(Reason(fault, field="file") for fault in faults)
    row = PointSheet(
        region=sheet.region.value, edition=sheet.version, text=sheet.text, items=_kept(sheet), since=since,
        loaded_on=on,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as twice:
        said = f"Bảng điểm {sheet.region.label}, phiên bản {sheet.version}, đã nạp rồi."
        raise Refused([Reason(said, field="edition")]) from twice
    journal.record(
        "load_point_sheet", by=by, on=on, noun=row,
        body={"region": row.region, "edition": row.edition, "since": since, "items": len(sheet.items)},
    )  # fmt: skip
    return row


def loaded(pk: int) -> Sheet:
    """The table of that row. Raises PointSheet.DoesNotExist."""
    return _sheet(PointSheet.objects.get(pk=pk))


def for_area(area: str, *, on: date) -> Sheet | None:
    """The table that counts on `on` for households of that area; None while none is loaded.

    A province loads the urban form and that of the one rural region it lies in.
    """
    rows = PointSheet.objects.filter(since__lte=on).order_by("-since", "-id")
    urban = rows.filter(region=Region.URBAN.value)
    row = (urban if area == Area.URBAN else rows.exclude(region=Region.URBAN.value)).first()
    return None if row is None else _sheet(row)


def _kept(sheet: Sheet) -> list[dict[str, Any]]:
    return [
        {
            "id": item.id, "label": item.label, "group": item.group.value, "several": item.several,
            "options": [[option.id, option.label, option.points] for option in item.options],
        }
        for item in sheet.items
    ]  # fmt: skip


def _sheet(row: PointSheet) -> Sheet:
    return Sheet(
        Region(row.region), row.edition, row.text,
        tuple(
            Item(
                item["id"], item["label"], tuple(Option(*option) for option in item["options"]), Group(item["group"]),
                item["several"],
            )
            for item in row.items
        ),
    )  # fmt: skip
