"""YAML with line numbers, for files that officials write: plain values only, every key once, no anchors used twice.

Numbers with a point become `Decimal`, days become `date`; "no", "yes", "on", "12:30" and "010" stay text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import yaml

FieldPath = tuple[str | int, ...]
MOST_BYTES = 1_000_000
MOST_DEPTH = 20
ABSENT = "không có"
STR, INT, DECIMAL, DAY, BOOL, NULL = (
    f"tag:yaml.org,2002:{n}" for n in ("str", "int", "float", "timestamp", "bool", "null")
)


class Unreadable(Exception):
    """The file is no YAML that we read: the line, what was expected and what was found, in Vietnamese."""

    def __init__(self, line: int, expected: str, found: str) -> None:
        super().__init__(expected)
        self.line, self.expected, self.found = line, expected, found


@dataclass(frozen=True)
class Flaw:
    """A place of the file where something else was expected; `meant` is the field that an unknown name stands for."""

    path: FieldPath
    expected: str
    found: str
    meant: FieldPath = ()


@dataclass
class Tree:
    """The values of a file, the line of each path (from 1), and the flaws that only the writing shows."""

    data: object = None
    lines: dict[FieldPath, int] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)

    def line(self, path: FieldPath) -> int:
        """The line of the path, or of what encloses it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _Reader(yaml.SafeLoader):
    """The safe loader with fewer guesses about values, and with limits."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        line = self.peek_event().start_mark.line + 1  # type: ignore[no-untyped-call]
        if self.check_event(yaml.AliasEvent):
            raise Unreadable(line, "viết đủ, không viết tắt bằng & và *", "dấu *")
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise Unreadable(line, f"nhiều nhất {MOST_DEPTH} bậc lồng nhau", "lồng nhau quá sâu")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


_Reader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    (NULL, r"^(?:~|null|)$", ["~", "n", ""]),
    (BOOL, r"^(?:true|false)$", list("tf")),
    (INT, r"^[-+]?(?:0|[1-9][0-9]{0,17})$", list("-+0123456789")),
    (DECIMAL, r"^[-+]?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,18}$", list("-+0123456789")),
    (DAY, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", list("0123456789")),
):
    _Reader.add_implicit_resolver(_tag, re.compile(_pattern), _first)


def read(raw: bytes) -> Tree:
    """The tree of a file. Raises `Unreadable` if it is no YAML, is too big, nests too deep or uses aliases."""
    if len(raw) > MOST_BYTES:
        raise Unreadable(1, f"tệp nhiều nhất {MOST_BYTES:,} byte".replace(",", "."), f"{len(raw)} byte")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Unreadable(raw[: wrong.start].count(b"\n") + 1, "chữ Việt mã UTF-8", "byte lạ") from wrong
    try:
        root = _Reader(text).get_single_node()
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        raise Unreadable(mark.line + 1 if mark else 1, "YAML đúng cách viết", _problem(wrong)) from wrong
    except yaml.reader.ReaderError as wrong:
        line = text.count("\n", 0, wrong.position) + 1
        raise Unreadable(line, "chữ in được", "ký tự điều khiển") from wrong
    tree = Tree()
    if root is not None:
        tree.data = _value(root, (), tree)
    return tree


def _problem(wrong: yaml.MarkedYAMLError) -> str:
    """The scanner's own words, which name the character it met, after the Vietnamese for the usual ones."""
    said = f"{wrong.context or ''} {wrong.problem or ''}".strip()
    for part, words in (
        ("mapping values are not allowed", "có dấu hai chấm ngoài chỗ (đặt câu trong ngoặc kép)"),
        ("found character '\\t'", "dấu Tab (hãy dùng dấu cách)"),
        ("expected a single document", "nhiều hơn một tài liệu (dấu ---)"),
        ("block mapping", "dòng thụt vào không đều hoặc thiếu dấu hai chấm"),
        ("block collection", "dòng thụt vào không đều"),
        ("flow mapping", "thiếu dấu phẩy hoặc dấu } "),
        ("flow sequence", "thiếu dấu phẩy hoặc dấu ]"),
        ("quoted scalar", "thiếu dấu đóng ngoặc kép"),
    ):
        if part in said:
            return words.strip()
    return f"chỗ không đọc được ({said})"


def _value(node: yaml.Node, path: FieldPath, tree: Tree) -> object:
    tree.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode) and node.tag == yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG:
        return {key: _value(value, (*path, key), tree) for key, value in _entries(node, path, tree)}
    if isinstance(node, yaml.SequenceNode) and node.tag == yaml.resolver.BaseResolver.DEFAULT_SEQUENCE_TAG:
        return [_value(item, (*path, at), tree) for at, item in enumerate(node.value)]
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, path, tree)
    tree.flaws.append(Flaw(path, "giá trị thường, không có nhãn kiểu", node.tag))
    return None


def _entries(node: yaml.MappingNode, path: FieldPath, tree: Tree) -> Iterator[tuple[str, yaml.Node]]:
    seen: dict[str, int] = {}
    for key_node, value in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            tree.flaws.append(Flaw(path, "tên trường là chữ", f"một nhóm ở dòng {line}"))
            continue
        key = key_node.value
        if key in seen:
            again = (*path, f"{key} (lần 2)")
            tree.lines[again] = line
            tree.flaws.append(
                Flaw(again, f"mỗi trường viết một lần; đã có ở dòng {seen[key]}", f"“{key}” viết lần nữa")
            )
            continue
        seen[key] = tree.lines[(*path, key)] = line
        yield key, value


def _scalar(node: yaml.ScalarNode, path: FieldPath, tree: Tree) -> object:
    said = node.value
    if node.tag == INT:
        return int(said)
    if node.tag == DECIMAL:
        return Decimal(said)
    if node.tag == BOOL:
        return said == "true"
    if node.tag == NULL:
        return None
    if node.tag == DAY:
        try:
            return date.fromisoformat(said)
        except ValueError:
            tree.flaws.append(Flaw(path, "ngày có thật, viết như 2017-08-21", f"“{said}”"))
            return None
    if node.tag != STR:
        tree.flaws.append(Flaw(path, "giá trị thường, không có nhãn kiểu", f"“{node.tag}”"))
        return None
    return said
