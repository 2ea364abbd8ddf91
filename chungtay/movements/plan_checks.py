"""What one part of a plan file may not say against another: references, dates, double ids, silent assumptions.

The checks walk the raw values of a file, so that they report beside the faults of form, all at once: a value of the
wrong form is passed over here, because the form itself is reported by `plan_file`.
"""

import difflib
from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Any

from chungtay.law import awards as law
from chungtay.law.criteria import ASKABLE
from chungtay.movements.plan_parts import first_day, last_day
from chungtay.movements.plan_yaml import ABSENT, FieldPath, Flaw

Row = dict[str, Any]
GENERAL = "general"
LEVELS: dict[str, str] = {award.value: award.level.value for award in law.Award}
LISTS_WITH_IDS = (
    "legal_bases",
    "goals",
    "general_criteria",
    "contents",
    "papers",
    "awards",
    "bodies",
    "calendar",
    "duties",
    "rounds",
)


def flaws(data: object) -> Iterator[Flaw]:
    """Every flaw of the whole file that a single field does not show."""
    if isinstance(data, dict):
        for check in CHECKS:
            yield from check(data)


def rows(data: object, *keys: str) -> Iterator[tuple[FieldPath, Row]]:
    """The groups of a list, or of a list within a list, each with its path."""
    yield from _rows(data, (), keys)


def _rows(node: object, path: FieldPath, keys: tuple[str, ...]) -> Iterator[tuple[FieldPath, Row]]:
    found = node.get(keys[0]) if isinstance(node, dict) else None
    for at, row in enumerate(found if isinstance(found, list) else []):
        if isinstance(row, dict):
            here = (*path, keys[0], at)
            if len(keys) == 1:
                yield here, row
            else:
                yield from _rows(row, here, keys[1:])


def _group(data: Row, key: str) -> Row:
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def _listed(row: Row, key: str) -> Iterator[tuple[int, str]]:
    found = row.get(key)
    for at, item in enumerate(found if isinstance(found, list) else []):
        if isinstance(item, str):
            yield at, item


def _ids(data: Row, *keys: str) -> set[str]:
    return _texts("id", rows(data, *keys))


def _texts(key: str, found: Iterator[tuple[FieldPath, Row]]) -> set[str]:
    return {row[key] for _, row in found if isinstance(row.get(key), str)}


def one_of(names: Collection[str], meant: str = "") -> str:
    """What is expected where only some ids are known, the one that was probably meant first."""
    if not names:
        return "để trống, vì chưa có mục nào"
    near = difflib.get_close_matches(meant, list(names), n=1)
    return ("“" + near[0] + "”, hoặc " if near else "") + "một trong: " + ", ".join(sorted(names))


def quoted(value: object) -> str:
    """What was found, in a sentence."""
    if value is None:
        return "để trống"
    if isinstance(value, dict | list):
        return "một nhóm trường" if isinstance(value, dict) else "một danh sách"
    said = f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
    return f"“{said if len(said) <= 60 else said[:57] + '...'}”"


def _unknown(path: FieldPath, value: object, known: Collection[str]) -> Iterator[Flaw]:
    if isinstance(value, str) and value not in known:
        yield Flaw(path, one_of(known, value), quoted(value))


def _ids_once(data: Row) -> Iterator[Flaw]:
    for keys in (*((name,) for name in LISTS_WITH_IDS), ("contents", "criteria"), ("awards", "criteria")):
        seen: dict[str, FieldPath] = {}
        for path, row in rows(data, *keys):
            own = row.get("id")
            if isinstance(own, str) and own in seen:
                yield Flaw((*path, "id"), f"mã chưa dùng; mục thứ {int(seen[own][-1]) + 1} đã dùng mã này", quoted(own))
            elif isinstance(own, str):
                seen[own] = path
    letters: set[str] = set()
    for path, row in rows(data, "contents"):
        letter = row.get("letter")
        if isinstance(letter, str) and letter in letters:
            yield Flaw((*path, "letter"), "chữ cái chưa dùng cho nội dung khác", quoted(letter))
        elif isinstance(letter, str):
            letters.add(letter)


def _criteria(data: Row) -> Iterator[Flaw]:
    for path, row in rows(data, "general_criteria"):
        yield from _criterion(path, row, GENERAL, data)
    for path, content in rows(data, "contents"):
        if content.get("id") == GENERAL:
            yield Flaw((*path, "id"), f"mã khác “{GENERAL}”, mã này dành cho tiêu chuẩn chung", quoted(GENERAL))
    for path, row in rows(data, "contents", "criteria"):
        owner = data["contents"][path[1]].get("id")
        yield from _criterion(path, row, owner, data)
    for path, row in rows(data, "awards", "criteria"):
        yield from _criterion(path, row, data["awards"][path[1]].get("id"), data)


def _criterion(path: FieldPath, row: Row, group: object, data: Row) -> Iterator[Flaw]:
    own, how = row.get("id"), row.get("answered_by")
    if isinstance(own, str) and isinstance(group, str) and own.rpartition(".")[0] != group:
        yield Flaw((*path, "id"), f"mã bắt đầu bằng “{group}.”, vì tiêu chuẩn nằm trong nhóm này", quoted(own))
    if how == "data":
        yield from _unknown((*path, "fact"), row.get("fact"), ASKABLE)
        for at, name in _listed(row, "also"):
            yield from _unknown((*path, "also", at), name, ASKABLE)
        if row.get("fact") is None:
            yield Flaw((*path, "fact"), f"tên dữ liệu trả lời, {one_of(ASKABLE)}", ABSENT)
    elif how == "person":
        for name in ("fact", "also", "otherwise", "besides"):
            if row.get(name) is not None:
                yield Flaw((*path, name), "bỏ trường này khi người thẩm định trả lời", quoted(row[name]))
    if how == "person" or "person" in (row.get("otherwise"), row.get("besides")):
        yield from _unknown((*path, "judge"), row.get("judge"), _ids(data, "bodies"))
        for name in ("judge", "min_reason"):
            if row.get(name) is None:
                yield Flaw((*path, name), "có trường này khi người thẩm định trả lời", ABSENT)


def _registration(data: Row) -> Iterator[Flaw]:
    yield from _unknown(("registration", "fact"), _group(data, "registration").get("fact"), ASKABLE)


def _goals(data: Row) -> Iterator[Flaw]:
    for path, row in rows(data, "goals"):
        ways = [way for way in ("per_year", "end", "trend") if row.get(way) is not None]
        if len(ways) != 1:
            yield Flaw((*path, *ways[1:2]), "đúng một trong ba trường end, per_year, trend", ", ".join(ways) or ABSENT)


def _awards(data: Row) -> Iterator[Flaw]:
    contents, papers, basis = _ids(data, "contents"), _ids(data, "papers"), _ids(data, "legal_bases")
    for path, row in rows(data, "awards"):
        for at, paper in _listed(row, "papers"):
            yield from _unknown((*path, "papers", at), paper, papers)
        own, level = row.get("id"), row.get("level")
        right = LEVELS.get(own) if isinstance(own, str) else None
        if right and isinstance(level, str) and level != right:
            yield Flaw((*path, "level"), f"“{right}”, cấp của hình thức này theo luật", quoted(level))
        kinds = [occasion.get("kind") for _, occasion in _rows(row, path, ("occasions",))]
        for at, kind in enumerate(kinds):
            if kind in kinds[:at]:
                yield Flaw((*path, "occasions", at, "kind"), "mỗi dịp ghi một lần", quoted(kind))
    for keys in (("awards",), ("awards", "occasions", "exclusions")):
        for path, row in rows(data, *keys):
            for at, content in _listed(row, "contents"):
                yield from _unknown((*path, "contents", at), content, contents)
    reward = _group(data, "reward")
    yield from _unknown(("reward", "money_basis"), reward.get("money_basis"), basis)
    yield from _unknown(("reward", "emblem", "award"), _group(reward, "emblem").get("award"), _ids(data, "awards"))


def _bodies(data: Row) -> Iterator[Flaw]:
    known = _ids(data, "bodies")
    for name, key in (("calendar", "who"), ("duties", "together_with")):
        for path, row in rows(data, name):
            for at, body in _listed(row, key):
                yield from _unknown((*path, key, at), body, known)
    for path, row in rows(data, "duties"):
        yield from _unknown((*path, "body"), row.get("body"), known)
    amendment = _group(data, "amendment")
    for key in ("asks", "leads", "decides"):
        yield from _unknown(("amendment", key), amendment.get(key), known)
    for at, body in _listed(amendment, "together_with"):
        yield from _unknown(("amendment", "together_with", at), body, known)


def _dates(data: Row) -> Iterator[Flaw]:
    period = _group(data, "period")
    since, until = period.get("since"), period.get("until")
    if not isinstance(since, date) or not isinstance(until, date):
        return
    if until <= since:
        yield Flaw(("period", "until"), f"ngày sau {since:%d/%m/%Y}", quoted(until))
        return
    span = f"trong giai đoạn {since:%d/%m/%Y} - {until:%d/%m/%Y}"
    for path, row in rows(data, "rounds"):
        opens, closes = row.get("opens"), row.get("closes")
        for key in ("opens", "closes"):
            if isinstance(row.get(key), date) and not since <= row[key] <= until:
                yield Flaw((*path, key), f"ngày {span}", quoted(row[key]))
        if isinstance(opens, date) and isinstance(closes, date) and closes < opens:
            yield Flaw((*path, "closes"), f"ngày không trước ngày mở {opens:%d/%m/%Y}", quoted(closes))
        if isinstance(opens, date) and isinstance(row.get("year"), int) and opens.year != row["year"]:
            yield Flaw((*path, "year"), f"năm của ngày mở, {opens.year}", quoted(row["year"]))
    for path, row in rows(data, "calendar"):
        yield from _step_dates(path, row, since, until, span)
    for path, row in rows(data, "goals"):
        by = _group(row, "end").get("by")
        if isinstance(by, date) and not since <= by <= until:
            yield Flaw((*path, "end", "by"), f"ngày {span}", quoted(by))
    for path, row in rows(data, "legal_bases"):
        for key in ("as_cited", "official"):
            dated = _group(row, key).get("dated")
            if isinstance(dated, date) and dated > until:
                yield Flaw((*path, key, "dated"), f"ngày không sau {until:%d/%m/%Y}", quoted(dated))


def _step_dates(path: FieldPath, row: Row, since: date, until: date, span: str) -> Iterator[Flaw]:
    days: dict[str, date] = {}
    for key, day_of in (("since", first_day), ("until", last_day)):
        try:
            days[key] = day_of(str(row.get(key)))
        except ValueError:
            continue
        if not since <= days[key] <= until:
            yield Flaw((*path, key), f"thời gian {span}", quoted(row[key]))
    if len(days) == 2 and days["until"] < days["since"]:
        yield Flaw((*path, "until"), "không trước lúc bắt đầu", quoted(row["until"]))


def _kinds(data: Row) -> Iterator[Flaw]:
    taking_part = _texts("kind", rows(data, "participants"))
    for path, row in rows(data, "contents"):
        for at, kind in _listed(row, "members"):
            if taking_part and kind not in taking_part:
                yield Flaw((*path, "members", at), "loại đã nêu ở participants", quoted(kind))
    for path, row in rows(data, "contents", "criteria"):
        members = data["contents"][path[1]].get("members")
        for at, kind in _listed(row, "applies_to"):
            if isinstance(members, list) and kind not in members:
                yield Flaw((*path, "applies_to", at), "loại thuộc members của nội dung này", quoted(kind))


def _rounds(data: Row) -> Iterator[Flaw]:
    given = _texts("kind", rows(data, "awards", "occasions"))
    for path, row in rows(data, "rounds"):
        if given and isinstance(row.get("kind"), str) and row["kind"] not in given:
            yield Flaw((*path, "kind"), "dịp mà ít nhất một hình thức khen được xét", quoted(row["kind"]))


def _notes(data: Row) -> Iterator[Flaw]:
    for path, row in rows(data, "rounds"):
        if row.get("assumed") is True and not row.get("note"):
            yield Flaw((*path, "note"), "lý do của ngày tạm", ABSENT)
    for path, row in rows(data, "awards"):
        if row.get("papers_assumed") is True and not row.get("note"):
            yield Flaw((*path, "note"), "lý do của hồ sơ tạm", ABSENT)
    for path, row in rows(data, "legal_bases"):
        if row.get("official") is not None and not row.get("note"):
            yield Flaw((*path, "note"), "vì sao số chính thức khác số đã ghi", ABSENT)
    for path, row in rows(data, "goals"):
        baseline = row.get("baseline")
        if isinstance(baseline, dict) and baseline.get("value") is None and not baseline.get("note"):
            yield Flaw((*path, "baseline", "note"), "vì sao chưa có số liệu gốc", ABSENT)


CHECKS: tuple[Callable[[Row], Iterator[Flaw]], ...] = (
    _ids_once,
    _criteria,
    _registration,
    _goals,
    _awards,
    _bodies,
    _dates,
    _kinds,
    _rounds,
    _notes,
)
