"""What stands in the way of assigning a goal's figures for one year: each unit's own fault, and who was first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from chungtay.accounts.models import Seat
from chungtay.law.refusals import Reason, Reasons
from chungtay.law.targets import Direction
from chungtay.movements import paces
from chungtay.movements.models import Movement
from chungtay.movements.plan import Plan
from chungtay.movements.plan_parts import Goal
from chungtay.targets import charting, judging, measuring, rights
from chungtay.targets.ground import Ground, Unit
from chungtay.targets.judging import Check, Given, Standing
from chungtay.targets.measuring import Facts
from chungtay.targets.models import Assigned

CLAUSE = "KH I.1.b"


@dataclass(frozen=True)
class Wanted:
    """Mức giao cho một đơn vị: the figure (None: none any more), and the key of the row that was on the page, or 0."""

    value: Decimal | None
    seen: int = 0


@dataclass(frozen=True)
class Table:
    """Bảng giao chỉ tiêu: one goal and year, the unit that assigns with those right under it, and what stands there.

    `rows` are the last ones written, by unit, also those that say that a figure was withdrawn.
    """

    goal: Goal
    plan: Plan
    year: int
    on: date
    parent: Unit
    is_province: bool
    children: list[Unit]
    facts: Facts
    stands: Mapping[int, Standing]
    rows: Mapping[int, Assigned]

    @property
    def units(self) -> dict[int, Unit]:
        """Everybody who may be assigned a figure here, by key."""
        return {unit.pk: unit for unit in (*self.children, self.parent)}

    @property
    def has_ended(self) -> bool:
        """Whether the year is over: what is assigned now is assigned afterwards."""
        return date(self.year, 12, 31) < self.on

    def value(self, key: int) -> Decimal | None:
        """What the unit stands assigned to now; None for nothing."""
        row = self.rows.get(key)
        return None if row is None else row.value

    def faults(self, wanted: Mapping[int, Wanted], *, by: Seat, document: str) -> Reasons:
        """Everything that is wrong with the figures themselves; a figure that stays as it is is not asked about."""
        first, last = paces.span(self.goal, self.plan)
        reasons = Reasons()
        if self.goal.measure not in judging.ASSIGNABLE:
            reasons.add(f"Chỉ tiêu {self.goal.id} của cả tỉnh, không giao xuống từng đơn vị.", clause=self.goal.clause)
        if not first < self.year <= last:
            reasons.add(f"Chỉ giao được cho các năm {first + 1}-{last}.", clause=self.goal.clause, field="year")
        if not wanted:
            reasons.add("Chưa nhập mức giao nào.")
        for key, one in wanted.items():
            reasons.extend(self._about(by, key, one.value))
        if self.has_ended and not document.strip() and to_write(self, wanted, document):
            reasons.add(f"Năm {self.year} đã hết: cần ghi văn bản giao.", clause=CLAUSE, field="document")
        return reasons

    def _about(self, by: Seat, key: int, value: Decimal | None) -> Iterator[Reason]:
        unit, at = self.units.get(key), f"value-{key}"
        if unit is None:
            yield Reason("Chỉ giao cho các đơn vị ngay dưới địa bàn này.", CLAUSE)
            return
        if not rights.may_assign(by, unit, self.on):
            yield Reason(f"Bạn không giao chỉ tiêu cho {unit.name}.", CLAUSE, at)
        if value is not None and value != self.value(key):
            yield from (Reason(text, CLAUSE, at) for text in self._wrong(unit, value))

    def _wrong(self, unit: Unit, value: Decimal) -> Iterator[str]:
        why = judging.unconcerned(self.facts, self.goal, unit, self.year)
        if why:
            yield why
        if value < 0:
            yield "Mức giao không được âm."
        elif self.goal.unit == "percentage_point" and value > 100:
            yield "Tỷ lệ không vượt quá 100%."
        elif self.goal.unit == "household":
            yield from self._wrong_count(unit, value)
        elif unit.pk == self.parent.pk and self.is_province:
            slow = judging.slow(self.stands[unit.pk], self.year)
            if slow is not None and (value - slow) * Direction(self.goal.direction).sign < 0:
                at_most = charting.shown(slow, self.goal.unit)
                yield f"Không được thấp hơn mức kế hoạch: tỷ lệ cuối năm không quá {at_most}."

    def _wrong_count(self, unit: Unit, value: Decimal) -> Iterator[str]:
        first = self.stands[unit.pk].baseline
        if value != value.to_integral_value():
            yield "Số hộ phải là số nguyên."
        elif first is not None and value > first:
            yield f"Không được quá {charting.shown(first, self.goal.unit)} của danh sách gốc."

    def changed(self, wanted: Mapping[int, Wanted]) -> set[int]:
        """The units whose figure is to be another. One query at most.

        A field that was left empty by somebody who saw nothing in it asks for nothing, whatever stands there by now.
        """
        asked = {key for key, one in wanted.items() if self.value(key) != one.value}
        emptied = {key for key in asked if wanted[key].value is None and self._is_late(key, wanted[key])}
        if emptied:
            seen = [wanted[key].seen for key in emptied]
            had = set(Assigned.objects.filter(pk__in=seen, value__isnull=False).values_list("pk", flat=True))
            asked -= {key for key in emptied if wanted[key].seen not in had}
        return asked

    def _is_late(self, key: int, one: Wanted) -> bool:
        row = self.rows.get(key)
        return one.seen != (0 if row is None else row.pk)

    def overtaken(self, wanted: Mapping[int, Wanted], asked: Iterable[int]) -> list[Reason]:
        """At each of these units' fields, what somebody else wrote after the page was opened."""
        return [
            overtaken(self.goal, key, self.rows.get(key), wanted[key])
            for key in asked
            if self._is_late(key, wanted[key])
        ]

    def check(self, wanted: Mapping[int, Wanted] | None = None) -> Check:
        """Whether the children's figures reach the parent's, once `wanted` is written."""
        told = {key: one.value for key, one in (wanted or {}).items()}
        values = {key: self.value(key) for key in self.units} | told
        stand = self.stands[self.parent.pk]
        own = values[self.parent.pk]
        given = {year: one for year, one in stand.assigned.items() if year != self.year}
        stand = replace(stand, assigned=given if own is None else {**given, self.year: Given(own)})
        below = {unit.pk: value for unit in self.children if (value := values[unit.pk]) is not None}
        return judging.check(self.facts, stand, self.children, below, self.year)


def to_write(table: Table, wanted: Mapping[int, Wanted], document: str) -> set[int]:
    """The units that a new row is to be written for: another figure, or, where every figure stays, another paper."""
    asked = table.changed(wanted)
    if asked:
        return asked
    same = {key for key, one in wanted.items() if one.value is not None and table.value(key) == one.value}
    return {key for key in same if table.rows[key].document != document}


def overtaken(goal: Goal, key: int, row: Assigned | None, wanted: Wanted) -> Reason:
    """What stands now at a unit, for somebody who did not see it."""
    if row is None:
        text = "Mức giao bạn đã xem không còn."
    elif row.value is None:
        text = f"Người khác vừa rút mức giao này ngày {row.assigned_on:%d/%m/%Y}."
    else:
        paper = f", {row.document}" if row.document else ""
        text = f"Người khác vừa giao {charting.shown(row.value, goal.unit)} ngày {row.assigned_on:%d/%m/%Y}{paper}."
    again = "rút mức giao đó" if wanted.value is None else "giao số đang ghi ở đây"
    return Reason(f"{text} Nếu vẫn {again}, gửi lại.", field=f"value-{key}")


def read(
    movement: Movement, plan: Plan, ground: Ground, parent: Unit, goal: Goal, year: int, *, base_year: int
) -> Table:
    """The table as it stands on the ground's day. The queries of `measuring.gather`, and two."""
    children = ground.children(parent)
    facts = measuring.gather(ground, children or [parent], base_year=base_year)
    assigned = judging.assigned_in(movement, [goal.id], ground.province.path, on=ground.on)[goal.id]
    judged = judging.judge(facts, plan, goal, [parent, *children], assigned, on=ground.on)
    last = Assigned.objects.in_force().filter(movement=movement, goal=goal.id, year=year)
    rows = last.filter(place__in=[parent.pk, *(unit.pk for unit in children)])
    return Table(
        goal, plan, year, ground.on, parent, parent.pk == ground.province.pk, children, facts,
        {one.unit.pk: one for one in judged}, {row.place_id: row for row in rows.order_by("pk")},
    )  # fmt: skip
