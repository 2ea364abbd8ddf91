"""Population: how households come onto the two lists and leave them, and the sums that must close.

One review against the one before. A household has one `Move`; each list (poor, near-poor) counts it in one column of
its form, and `Flow.difference` says whether start, columns and end agree, for households and for persons.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from chungtay.law.clauses import Source, second_hand
from chungtay.law.poverty import Class
from chungtay.law.refusals import Refused
from chungtay.law.timeline import Timeline, Version


class Move(StrEnum):
    """Biến động của một hộ giữa hai kỳ rà soát."""

    STAYS = "stays"
    ESCAPED_TO_NEAR_POOR = "escaped_to_near_poor"
    ESCAPED_ABOVE = "escaped_above"
    LEFT_NEAR_POOR = "left_near_poor"
    FELL = "fell"
    RELAPSED = "relapsed"
    NEWLY_ARISING = "newly_arising"
    NEAR_POOR_AGAIN = "near_poor_again"
    NEWLY_NEAR_POOR = "newly_near_poor"
    MOVED_IN = "moved_in"
    MOVED_OUT = "moved_out"
    SPLIT = "split"
    MERGED = "merged"
    DIED = "died"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def starts_newly_escaped(self) -> bool:
        """Whether the household is from now on a newly escaped one: it came above the near-poor line."""
        return self in (Move.ESCAPED_ABOVE, Move.LEFT_NEAR_POOR)


_LABELS = {
    Move.STAYS: "không thay đổi",
    Move.ESCAPED_TO_NEAR_POOR: "thoát nghèo, còn cận nghèo",
    Move.ESCAPED_ABOVE: "thoát nghèo, vượt chuẩn cận nghèo",
    Move.LEFT_NEAR_POOR: "thoát cận nghèo",
    Move.FELL: "từ cận nghèo xuống nghèo",
    Move.RELAPSED: "tái nghèo",
    Move.NEWLY_ARISING: "nghèo phát sinh mới",
    Move.NEAR_POOR_AGAIN: "tái cận nghèo",
    Move.NEWLY_NEAR_POOR: "cận nghèo phát sinh mới",
    Move.MOVED_IN: "chuyển đến",
    Move.MOVED_OUT: "chuyển đi",
    Move.SPLIT: "tách hộ",
    Move.MERGED: "nhập hộ",
    Move.DIED: "chết, không còn ai trong hộ",
}
ARRIVALS = frozenset({Move.MOVED_IN, Move.SPLIT})
DEPARTURES = frozenset({Move.MOVED_OUT, Move.MERGED, Move.DIED})
_OUT_OF_POOR = frozenset({Move.ESCAPED_TO_NEAR_POOR, Move.ESCAPED_ABOVE})


def move(before: Class | None, after: Class | None, history: Collection[Move] = (), cause: Move | None = None) -> Move:
    """The move of a household from one review to the next.

    `before` or `after` None: the household was not in the population yet, or is not any more; `cause` says why.
    `history` holds its earlier moves: once recognised as out of poverty and poor again is a relapse, wherever it comes
    from. Raises Refused where a cause is missing or does not fit.
    """
    if before is None or after is None:
        return _came_or_went(before, after, cause)
    if cause is not None:
        raise Refused.because(f"Hộ có ở cả hai kỳ rà soát nên không ghi “{cause.label}”.", field="cause")
    if after.is_poor:
        return _into_poverty(before, history)
    if before.is_poor:
        return Move.ESCAPED_TO_NEAR_POOR if after is Class.NEAR_POOR else Move.ESCAPED_ABOVE
    if before is Class.NEAR_POOR:
        return Move.STAYS if after is Class.NEAR_POOR else Move.LEFT_NEAR_POOR
    if after is Class.NEAR_POOR:
        return Move.NEAR_POOR_AGAIN if Move.LEFT_NEAR_POOR in history else Move.NEWLY_NEAR_POOR
    return Move.STAYS


def _into_poverty(before: Class, history: Collection[Move]) -> Move:
    if before.is_poor:
        return Move.STAYS
    if not _OUT_OF_POOR.isdisjoint(history):
        return Move.RELAPSED
    return Move.FELL if before is Class.NEAR_POOR else Move.NEWLY_ARISING


def _came_or_went(before: Class | None, after: Class | None, cause: Move | None) -> Move:
    if before is None and after is None:
        raise ValueError("a household that is in neither review has no move")
    fitting = ARRIVALS if before is None else DEPARTURES
    if cause is None or cause not in fitting:
        missing = "chưa có ở kỳ trước" if before is None else "không còn ở kỳ này"
        may = ", ".join(known.label for known in Move if known in fitting)
        raise Refused.because(f"Hộ {missing}: phải ghi một trong các lý do: {may}.", field="cause")
    return cause


@dataclass(frozen=True)
class Flow:
    """Biến động của một danh sách, of households or of persons: every column of the form.

    For the poor `to_other` is "to near-poor" and `from_other` is "from near-poor"; for the near-poor the mirror of it.
    """

    start: int = 0
    to_other: int = 0
    above: int = 0
    other_decrease: int = 0
    from_other: int = 0
    relapsed: int = 0
    newly_arising: int = 0
    other_increase: int = 0
    end: int = 0

    @property
    def decrease(self) -> int:
        return self.to_other + self.above + self.other_decrease

    @property
    def increase(self) -> int:
        return self.from_other + self.relapsed + self.newly_arising + self.other_increase

    @property
    def expected_end(self) -> int:
        return self.start - self.decrease + self.increase

    @property
    def difference(self) -> int:
        """The stated end less the one that the columns give; 0 where the identity holds."""
        return self.end - self.expected_end

    def __add__(self, other: Flow) -> Flow:
        return Flow(*(getattr(self, column.name) + getattr(other, column.name) for column in fields(Flow)))


@dataclass(frozen=True)
class Change:
    """Một hộ qua hai kỳ: class and persons before and after, None and 0 where it is not in the population."""

    before: Class | None
    after: Class | None
    move: Move
    persons_before: int = 0
    persons_after: int = 0


@dataclass(frozen=True)
class Counted:
    """Bốn bảng biến động: both lists, by households and by persons."""

    poor: Flow = Flow()
    near_poor: Flow = Flow()
    poor_persons: Flow = Flow()
    near_poor_persons: Flow = Flow()

    def __add__(self, other: Counted) -> Counted:
        return Counted(*(getattr(self, table.name) + getattr(other, table.name) for table in fields(Counted)))

    def faults(self) -> list[str]:
        """One Vietnamese sentence for each table that does not close; a report with any cannot be locked."""
        return [
            f"Biến động {name} không khớp: đầu kỳ {flow.start} - giảm {flow.decrease} + tăng {flow.increase} = "
            f"{flow.expected_end}, nhưng cuối kỳ là {flow.end} (lệch {flow.difference:+d})."
            for name, flow in (
                ("hộ nghèo", self.poor),
                ("hộ cận nghèo", self.near_poor),
                ("số người thuộc hộ nghèo", self.poor_persons),
                ("số người thuộc hộ cận nghèo", self.near_poor_persons),
            )
            if flow.difference
        ]


def identity_holds(flow: Flow) -> int:
    """How far the stated end is from what the columns give: 0 where the identity holds."""
    return flow.difference


def count(changes: Iterable[Change]) -> Counted:
    """The four tables of these households. Sums of communes are sums of tables: `count(a) + count(b)`.

    A household that stays on a list with more or fewer members adds the difference to the persons' "other" columns.
    """
    total = {name: dict.fromkeys((column.name for column in fields(Flow)), 0) for name in ("poor", "near", "pp", "np")}
    for change in changes:
        for on_poor, households, persons in ((True, "poor", "pp"), (False, "near", "np")):
            for column, size in _columns(change, on_poor=on_poor):
                total[households][column] += 1
                total[persons][column] += size
            for column, size in _growth(change, on_poor=on_poor):
                total[persons][column] += size
    return Counted(*(Flow(**total[name]) for name in ("poor", "near", "pp", "np")))


def _on(standing: Class | None, on_poor: bool) -> bool:
    if standing is None:
        return False
    return standing.is_poor if on_poor else standing is Class.NEAR_POOR


def _columns(change: Change, *, on_poor: bool) -> list[tuple[str, int]]:
    was, now = _on(change.before, on_poor), _on(change.after, on_poor)
    found = [("start", change.persons_before)] if was else []
    if was and not now:
        found.append((_way_out(change, on_poor), change.persons_before))
    if now and not was:
        found.append((_way_in(change, on_poor), change.persons_after))
    return [*found, ("end", change.persons_after)] if now else found


def _way_out(change: Change, on_poor: bool) -> str:
    if change.after is None:
        return "other_decrease"
    return "to_other" if _on(change.after, not on_poor) else "above"


def _way_in(change: Change, on_poor: bool) -> str:
    if change.before is None:
        return "other_increase"
    if change.move is (Move.RELAPSED if on_poor else Move.NEAR_POOR_AGAIN):
        return "relapsed"
    return "from_other" if _on(change.before, not on_poor) else "newly_arising"


def _growth(change: Change, *, on_poor: bool) -> list[tuple[str, int]]:
    if not (_on(change.before, on_poor) and _on(change.after, on_poor)):
        return []
    more = change.persons_after - change.persons_before
    return [("other_increase" if more > 0 else "other_decrease", abs(more))]


NEWLY_ESCAPED_MONTHS: Timeline[int] = Timeline(
    "thời gian được coi là hộ mới thoát nghèo (tháng)",
    Version(
        date(2015, 9, 5),
        36,
        second_hand("QĐ 28/2015"),
        "Tối đa 3 năm kể từ khi ra khỏi danh sách: tính 36 tháng từ ngày quyết định là cách hiểu thông thường.",
    ),
)


@dataclass(frozen=True)
class NewlyEscaped:
    """Hộ mới thoát nghèo: whether it still is one, and the last day on which it is."""

    holds: bool
    last_day: date
    source: Source
    assumed: str


def newly_escaped(escaped_on: date, *, on: date) -> NewlyEscaped:
    """Whether a household that came above the near-poor line by a decision of `escaped_on` is newly escaped on `on`.

    The term ends with the same day of its last month, or that month's last day (BLDS 2015, Điều 148). The caller asks
    only for moves that `starts_newly_escaped` and for a household that has not come back onto a list since.
    """
    months = NEWLY_ESCAPED_MONTHS.on(escaped_on)
    year, month = divmod(escaped_on.year * 12 + escaped_on.month - 1 + months.value, 12)
    last = date(year, month + 1, min(escaped_on.day, monthrange(year, month + 1)[1]))
    return NewlyEscaped(escaped_on <= on <= last, last, months.source, months.assumed)
