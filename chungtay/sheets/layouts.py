"""Mẫu bảng: what a consuming room says about a list that it takes in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chungtay.sheets.kinds import Kind, Value

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
class Flaw:
    """Chỗ chưa ổn: a cell (or, without column, a row) and a sentence. Doubtful: a question that a person answers."""

    column: str
    sentence: str
    is_doubtful: bool = False
    offer: Value = None


@dataclass(frozen=True)
class Staged:
    """Dòng đã đọc: where it stands and its values by column name, days as `date`."""

    sheet: int
    number: int
    values: Mapping[str, Any]


Check = Callable[[Sequence[Staged]], Iterable[tuple[Staged, Flaw]]]
"""The room's own look at many rows at once (same person? same household?), in a fixed number of queries."""


@dataclass(frozen=True)
class Layout:
    """Mẫu bảng: a list's columns. `unique`: columns that together may stand only once in a file."""

    name: str
    title: str
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()
    check: Check | None = None
    by_name: dict[str, Column] = field(init=False, default_factory=dict)
    _loaders: list[tuple[str, Callable[[Any], Any]]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        for column in self.columns:
            if column.name in self.by_name:
                raise ValueError(f"two columns are called {column.name!r}")
            self.by_name[column.name] = column
            if column.kind.load is not None:
                self._loaders.append((column.name, column.kind.load))
        if unknown := set(self.unique) - self.by_name.keys():
            raise ValueError(f"unique names no column: {sorted(unknown)}")

    def load(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Stored values with days as `date`."""
        loaded = dict(values)
        if loaded.keys() != self.by_name.keys():  # stored by an earlier form of this list
            loaded = {name: values.get(name) for name in self.by_name}
        for name, turn in self._loaders:
            if loaded[name] is not None:
                loaded[name] = turn(loaded[name])
        return loaded
