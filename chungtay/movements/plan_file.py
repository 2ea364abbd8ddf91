"""A plan file, read and checked: `read_plan` gives the plan, or every fault at once, in Vietnamese, with its line.

`canonical` and `digest` tell versions apart: the same plan written with other spaces, order of keys or comments is the
same version.
"""

import difflib
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from chungtay.movements import plan_fields
from chungtay.movements.plan import Plan
from chungtay.movements.plan_checks import flaws, one_of, quoted
from chungtay.movements.plan_yaml import ABSENT, FieldPath, Flaw, Tree, Unreadable, read

PATTERNS = {
    plan_fields.ID_PATTERN: "mã viết bằng chữ không dấu, số, dấu chấm, dấu gạch",
    plan_fields.CLAUSE_PATTERN: "điểm của Kế hoạch, viết như “KH IV.1.2.a”",
    plan_fields.WHEN_PATTERN: "năm hoặc tháng, viết như 2017 hoặc 2017-02",
}
GROUP, DAY, NUMBER = "nhóm “tên trường: giá trị”", "ngày, viết như 2017-08-21", "số, viết như 28151 hoặc 1.5"
WORDS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "missing": lambda _: "có trường này",
    "string_type": lambda _: "chữ (số thì đặt trong ngoặc kép)",
    "string_too_short": lambda _: "không để trống",
    "string_too_long": lambda said: f"nhiều nhất {said['max_length']} chữ cái",
    "string_pattern_mismatch": lambda said: PATTERNS[said["pattern"]],
    "int_type": lambda _: "số nguyên",
    "bool_type": lambda _: "true hoặc false",
    "date_type": lambda _: DAY,
    "date_from_datetime_parsing": lambda _: DAY,
    "date_parsing": lambda _: DAY,
    "decimal_type": lambda _: NUMBER,
    "decimal_parsing": lambda _: NUMBER,
    "greater_than_equal": lambda said: f"từ {said['ge']} trở lên",
    "less_than_equal": lambda said: f"không quá {said['le']}",
    "tuple_type": lambda _: "danh sách, mỗi mục một dấu gạch đầu dòng hoặc trong [ ]",
    "too_short": lambda said: f"ít nhất {said['min_length']} mục",
    "model_type": lambda _: GROUP,
}


@dataclass(frozen=True, order=True)
class Fault:
    """Lỗi của tệp kế hoạch: where it is, what was expected there and what was found."""

    file: str
    line: int
    field: str
    expected: str
    found: str

    def __str__(self) -> str:
        at = f", {self.field}" if self.field else ""
        return f"{self.file}, dòng {self.line}{at}: {self.found}; cần {self.expected}."


class PlanFaults(Exception):
    """Every fault of one file, in the order of its lines."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def read_plan(source: Path | bytes, name: str = "") -> Plan:
    """The plan of a file or of uploaded bytes; `name` is what the faults call it. Raises `PlanFaults`."""
    name = name or (_shown(source) if isinstance(source, Path) else "tệp tải lên")
    try:
        tree = read(source.read_bytes() if isinstance(source, Path) else source)
    except OSError as wrong:
        raise PlanFaults([Fault(name, 1, "", "tệp đọc được", f"lỗi “{wrong.strerror}”")]) from wrong
    except Unreadable as wrong:
        raise PlanFaults([Fault(name, wrong.line, "", wrong.expected, wrong.found)]) from wrong
    plan, found = _checked(tree)
    if plan is None or found:
        raise PlanFaults([Fault(name, tree.line(f.path), spoken(f.path), f.expected, f.found) for f in found])
    return plan


def canonical(plan: Plan) -> bytes:
    """The plan as sorted JSON in UTF-8: equal bytes for equal plans, and enough to build the plan again."""
    return json.dumps(plan.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def from_canonical(kept: bytes | str) -> Plan:
    """The plan of a kept version; what `canonical` wrote was checked when it was loaded."""
    return Plan.kept(json.loads(kept))


def digest(plan: Plan) -> str:
    """SHA-256 of the canonical plan, in hex: the name of its content."""
    return hashlib.sha256(canonical(plan)).hexdigest()


def spoken(path: FieldPath) -> str:
    """A path as a reader writes it: contents[2].criteria[0].fact."""
    said = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return said.removeprefix(".")


def _shown(path: Path) -> str:
    here = Path.cwd()
    resolved = path.resolve()
    return (resolved.relative_to(here) if resolved.is_relative_to(here) else path).as_posix()


def _checked(tree: Tree) -> tuple[Plan | None, list[Flaw]]:
    """The plan, and one flaw for each place: how it is written, then its form, then what it says of other parts."""
    plan = None
    found = {flaw.path: flaw for flaw in tree.flaws}
    try:
        plan = Plan.model_validate(tree.data)
    except ValidationError as wrong:
        for flaw in _of_form(wrong.errors(include_url=False)):
            found.setdefault(flaw.path, flaw)
    for flaw in flaws(tree.data):
        found.setdefault(flaw.path, flaw)
    misspelt = {flaw.meant for flaw in found.values()}
    return plan, [flaw for flaw in found.values() if flaw.found != ABSENT or flaw.path not in misspelt]


def _of_form(errors: list[ErrorDetails]) -> Iterator[Flaw]:
    """The flaws of form, without a list called short because its item is wrong."""
    places = [error["loc"] for error in errors]
    for error in errors:
        path, kind = error["loc"], error["type"]
        if kind == "too_short" and any(len(place) > len(path) and place[: len(path)] == path for place in places):
            continue
        if kind == "extra_forbidden":
            siblings = {str(place[-1]) for place in places if place[:-1] == path[:-1]}
            yield _strange(path, siblings)
        else:
            yield Flaw(path, _expected(error), ABSENT if kind == "missing" else quoted(error["input"]))


def _strange(path: FieldPath, siblings: set[str]) -> Flaw:
    """A field that nobody knows: a slip of one that is missing beside it, or of any field of a plan."""
    name = str(path[-1])
    for names in (siblings - {name}, set(_field_names(TypeAdapter(Plan).json_schema()))):
        for near in difflib.get_close_matches(name, sorted(names), n=1):
            return Flaw(path, f"“{near}”, hoặc bỏ trường này", f"trường lạ “{name}”", (*path[:-1], near))
    return Flaw(path, "bỏ trường này", f"trường lạ “{name}”")


def _expected(error: ErrorDetails) -> str:
    kind, said = error["type"], error.get("ctx", {})
    if kind in ("enum", "literal_error"):
        return one_of(re.findall(r"'([^']*)'", said["expected"]), str(error["input"]))
    return WORDS[kind](said) if kind in WORDS else "giá trị đúng kiểu"


def _field_names(schema: Mapping[str, Any]) -> Iterator[str]:
    for part in (schema, *schema.get("$defs", {}).values()):
        yield from part.get("properties", {})
