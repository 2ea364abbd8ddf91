"""Pages of long lists by key, never by offset and never counted beyond a bound."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
COUNT_BOUND = 200


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page, and the opaque marks of its neighbours (empty at an end)."""

    rows: list[Row]
    next: str
    previous: str


def page(
    rows: "QuerySet[Row] | Sequence[QuerySet[Row]]",
    *,
    order: Sequence[str],
    mark: str = "",
    size: int = 50,
    show: "Callable[[QuerySet[Row]], QuerySet[Any, Any]] | None" = None,
) -> "Page[Row]":
    """The page of `rows` that `mark` points at, sorted by `order` (field names, `-` for falling; the last one unique).

    `rows` may come in parts that overlap, each of which an index walks in that order; a page is then put together from
    the beginnings of all. With `show`, the page is first found by key alone, which an index may answer, and only its
    own rows are read, as `show` turns them. A wrong mark is read as the first page.
    """
    backwards, values = _read(mark, len(order))
    wanted = [_flip(name) for name in order] if backwards else list(order)
    parts = [rows] if isinstance(rows, QuerySet) else rows
    beyond = _beyond(wanted, values) if values else Q()
    begun = [part.order_by(*wanted).filter(beyond)[: size + 1] for part in parts]
    found = begun[0]
    if len(begun) > 1 or show is not None:
        keys = found.values("pk") if len(begun) == 1 else _first(begun, wanted, size + 1)
        found = found.model._default_manager.filter(pk__in=keys)
        found = (show(found) if show is not None else found).order_by(*wanted)
    got = list(found)
    more = len(got) > size
    got = got[:size]
    if backwards:
        got.reverse()
    has_next, has_previous = (True, more) if backwards else (more, bool(values))
    return Page(
        rows=got,
        next=_mark("n", got[-1], order) if got and has_next else "",
        previous=_mark("p", got[0], order) if got and has_previous else "",
    )


def bounded_count(rows: "QuerySet[Any]", bound: int = COUNT_BOUND) -> tuple[int, bool]:
    """(count, whether it is exact): counts no further than `bound` rows."""
    found = len(rows.order_by().values_list("pk")[: bound + 1])  # read, not counted: quicker to ask
    return min(found, bound), found <= bound


def _first(parts: "Sequence[QuerySet[Any]]", order: Sequence[str], size: int) -> list[Any]:
    """The keys of the first rows of all parts together, each of which is sorted so and cut at `size`."""
    names = [name.lstrip("-") for name in order]
    rows = {row[-1]: row for part in parts for row in part.values_list(*names, "pk")}
    found = list(rows.values())
    for place, name in reversed(list(enumerate(order))):
        found.sort(key=lambda row, at=place: row[at], reverse=name.startswith("-"))  # type: ignore[misc]
    return [row[-1] for row in found[:size]]


def _flip(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows after `values` in `order`: a > x or (a = x and b > y), with the outer bound that an index can use."""
    condition = Q()
    equal = Q()
    for name, value in zip(order, values, strict=True):
        field, compare = (name[1:], "lt") if name.startswith("-") else (name, "gt")
        condition |= equal & Q(**{f"{field}__{compare}": value})
        equal &= Q(**{field: value})
    first = order[0].lstrip("-")
    bound = "lte" if order[0].startswith("-") else "gte"
    return Q(**{f"{first}__{bound}": values[0]}) & condition


def _mark(way: str, row: Model, order: Sequence[str]) -> str:
    values = [_plain(getattr(row, name.lstrip("-"))) for name in order]
    return base64.urlsafe_b64encode(json.dumps([way, *values]).encode()).decode().rstrip("=")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _read(mark: str, length: int) -> tuple[bool, list[Any]]:
    if not mark:
        return False, []
    try:
        way, *values = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except (ValueError, TypeError):
        return False, []
    good = way in ("n", "p") and len(values) == length and all(isinstance(v, str | int) for v in values)
    return (way == "p", values) if good else (False, [])
