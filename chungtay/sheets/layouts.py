"""Mẫu bảng: what a consuming room says about a list that it takes in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from chungtay.sheets.kinds import Kind, Value
from chungtay.sheets.packs import Packed

Doubt = Callable[[Any], str]
"""A question in Vietnamese about a value that was read well, or "" if there is none."""


@dataclass(frozen=True)
class Column:
    """Cột: a name for the program, the headings that it answers to (the first is its label), and how cells are read."""

    name: str
    headings: tuple[str, ...]
    kind: Kind
    is_required: bool = False
    doubts: tuple[Doubt, ...] = ()

    @property
    def label(self) -> str:
        return self.headings[0]


@dataclass(frozen=True)
class Answer:
    """Câu trả lời chọn được: a key for the room's writer, the words on the page, and an address to look closer."""

    key: str
    label: str
    href: str = ""


@dataclass(frozen=True)
class Flaw:
    """Chỗ chưa ổn: a cell (or, without column, a row) and a sentence. Doubtful: a question that a person answers.

    `offer`: the value that the machine proposes for the column. `ask` with `answers`: a question of the room's own with
    a few answers ("cùng một người?": this one, that one, a new one); the answer's key reaches the writer under `ask`.
    `also`: other columns that the sentence is about. `is_known`: the room holds already what the row says, so that the
    row needs nobody and nothing is written (`ALREADY`); whatever else was to be asked about it is not.
    """

    column: str
    sentence: str
    is_doubtful: bool = False
    offer: Value = None
    ask: str = ""
    answers: tuple[Answer, ...] = ()
    also: tuple[str, ...] = ()
    is_known: bool = False

    def __post_init__(self) -> None:
        if bool(self.ask) != bool(self.answers) or (self.ask and not self.is_doubtful):
            raise ValueError("a question has a name, answers, and is doubtful")


ALREADY = Flaw("", "Đã nhận trước đó, không đổi.", is_known=True)
"""What a room says of a row that was sent again and tells nothing new."""


@dataclass(frozen=True)
class Staged:
    """Dòng đã đọc: where it stands and its values by column name, days as `date`."""

    sheet: int
    number: int
    values: Mapping[str, Any]


class Accepted(NamedTuple):
    """Dòng được nhận: its place in the file as a key, where it stands, its values by column name, days as `date`.

    `answers` holds the key of the answer that a person gave to each question of the room (`Flaw.ask`).
    """

    key: int
    sheet: int
    number: int
    values: dict[str, Any]
    answers: Mapping[str, str] = MappingProxyType({})


Check = Callable[[Sequence[Staged]], Iterable[tuple[Staged, Flaw]]]
"""The room's own look at many rows at once (same person? same household?), in a fixed number of queries."""

Writer = Callable[[Sequence[Accepted]], Mapping[int, str] | None]
"""Writes many rows at once, in the running transaction. May answer with a sentence for the key of each row refused."""


@dataclass(frozen=True)
class Layout:
    """Mẫu bảng: a list's columns. `unique`: columns that together should stand only once in a file; else a question.

    `single`: columns of which each value may stand only once, as the number of a person's paper; twice is a fault.
    `counts_by`: a column, and what is said of rows in which it is empty or 0: they are none of this list.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()
    check: Check | None = None
    single: tuple[str, ...] = ()
    counts_by: tuple[str, str] | None = None
    by_name: dict[str, Column] = field(init=False, default_factory=dict)
    _loaders: dict[str, Callable[[Any], Any]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for column in self.columns:
            if column.name in self.by_name:
                raise ValueError(f"two columns are called {column.name!r}")
            self.by_name[column.name] = column
            if column.kind.load is not None:
                self._loaders[column.name] = column.kind.load
        if unknown := {*self.unique, *self.single} - self.by_name.keys():
            raise ValueError(f"unique names no column: {sorted(unknown)}")

    def load(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Stored values with days as `date`."""
        loaded = dict(values)
        if loaded.keys() != self.by_name.keys():  # stored by an earlier form of this list
            loaded = {name: values.get(name) for name in self.by_name}
        for name, turn in self._loaders.items():
            if loaded[name] is not None:
                loaded[name] = turn(loaded[name])
        return loaded

    def load_columns(self, packed: Packed) -> Packed:
        """The same for many rows at once."""
        stored = dict(zip(packed.names, packed.columns, strict=True))
        nothing = [None] * len(packed.numbers)
        columns = []
        for name in self.by_name:
            column, turn = stored.get(name, nothing), self._loaders.get(name)
            columns.append(column if turn is None else [None if v is None else turn(v) for v in column])
        return Packed(packed.numbers, list(self.by_name), columns)
