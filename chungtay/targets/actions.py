"""Assigning figures to the units below, and entering what only people can measure: incomes, infrastructure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from chungtay.accounts.models import Seat
from chungtay.law.refusals import Conflict, Reason, Reasons, Refused
from chungtay.movements import paces
from chungtay.movements.models import Movement
from chungtay.places.models import Level, Place
from chungtay.records import journal
from chungtay.targets import judging, measuring, rights
from chungtay.targets.ground import Ground, Unit
from chungtay.targets.models import Assigned, IncomeSurvey, Infrastructure

CLAUSE = "KH I.1.b"
_RACED = "Người khác vừa giao mức này trước bạn. Xem số mới rồi làm lại."


@dataclass(frozen=True)
class Wanted:
    """Mức giao cho một đơn vị: the figure, and the key of the row that was on the page (0: there was none)."""

    value: Decimal
    seen: int = 0


@transaction.atomic
def assign(
    movement: Movement, goal_id: str, above: Place, year: int, wanted: Mapping[int, Wanted], *, by: Seat, on: date,
    document: str = "",
) -> list[Assigned]:  # fmt: skip
    """Giao chỉ tiêu một năm for the units right under `above`, by the key of their place, or for `above` itself.

    Raises Refused where the figures, once every unit has one, do not reach the figure of `above`; Conflict if somebody
    else assigned in between. A figure that says the same as before keeps its paper, unless only the paper is another.
    """
    goal = movement.plan_on(on).plan.goal(goal_id)
    plan = movement.plan_on(on).plan
    ground = Ground(movement.place, on)
    parent = ground.units[above.pk]
    children = ground.children(parent)
    first, last = paces.span(goal, plan)
    reasons = Reasons()
    if goal.measure not in judging.ASSIGNABLE:
        reasons.add(f"Chỉ tiêu {goal.id} của cả tỉnh, không giao xuống từng đơn vị.", clause=goal.clause)
    if not first < year <= last:
        reasons.add(f"Chỉ giao được cho các năm {first + 1}-{last}.", clause=goal.clause, field="year")
    if not wanted:
        reasons.add("Chưa nhập mức giao nào.")
    allowed = {unit.pk: unit for unit in (*children, parent)}
    for key, one in wanted.items():
        reasons.extend(_about(by, allowed.get(key), one.value, goal.unit, on))
    reasons.raise_if_any()
    standing = {row.place_id: row for row in _standing(movement, goal_id, year, allowed)}
    facts = measuring.gather(ground, children or [parent], base_year=first)
    values = {key: row.value for key, row in standing.items()} | {key: one.value for key, one in wanted.items()}
    mine = {(parent.pk, year): standing[parent.pk]} if parent.pk in standing else {}
    if parent.pk in wanted:
        mine[parent.pk, year] = Assigned(goal=goal_id, year=year, value=wanted[parent.pk].value)
    [stand] = judging.judge(facts, plan, goal, [parent], mine, on=on)
    found = judging.check(facts, stand, children, values, year)
    if found.falls_short:
        raise Refused.because(found.sentence, clause=goal.clause)
    return _write(movement, goal_id, year, wanted, standing, allowed, by=by, on=on, document=document.strip()[:200])


def _about(by: Seat, unit: Unit | None, value: Decimal, measure_unit: str, on: date) -> Iterable[Reason]:
    if unit is None:
        yield Reason("Chỉ giao cho các đơn vị ngay dưới địa bàn này.", CLAUSE)
        return
    at = f"value-{unit.pk}"
    if not rights.may_assign(by, unit, on):
        yield Reason(f"Bạn không giao chỉ tiêu cho {unit.name}.", CLAUSE, at)
    if value < 0:
        yield Reason(f"{unit.name}: mức giao không được âm.", CLAUSE, at)
    elif measure_unit == "percentage_point" and value > 100:
        yield Reason(f"{unit.name}: tỷ lệ không vượt quá 100%.", CLAUSE, at)
    elif measure_unit == "household" and value != value.to_integral_value():
        yield Reason(f"{unit.name}: số hộ phải là số nguyên.", CLAUSE, at)


def _standing(movement: Movement, goal: str, year: int, units: Iterable[int]) -> list[Assigned]:
    rows = Assigned.objects.in_force().filter(movement=movement, goal=goal, year=year, place__in=list(units))
    return list(rows.order_by("pk"))


def _write(
    movement: Movement, goal: str, year: int, wanted: Mapping[int, Wanted], standing: Mapping[int, Assigned],
    units: Mapping[int, Unit], *, by: Seat, on: date, document: str,
) -> list[Assigned]:  # fmt: skip
    changed, told = [], []
    new = {key for key, one in wanted.items() if key not in standing or standing[key].value != one.value}
    if not new:  # the same figures by another paper
        new = {key for key in wanted if standing[key].document != document}
    for key in wanted:
        if key not in new:
            continue
        before, one = standing.get(key), wanted[key]
        if one.seen != (0 if before is None else before.pk):
            raise Conflict([Reason(_RACED)])
        row = Assigned(
            movement=movement, goal=goal, place_id=key, area_path=units[key].path, year=year, value=one.value,
            document=document, assigned_on=on,
        )  # fmt: skip
        _put(row, before)
        changed.append(row)
        body = {"goal": goal, "year": year, "value": str(one.value), "document": document}
        told.append(journal.Act("assign_target", row, body | {"before": None if before is None else str(before.value)}))
    if told:
        journal.record_many(told, by=by, on=on)
    return changed


def _put(row: Assigned, before: Assigned | None) -> None:
    """Write the row in the place of the one before it; of two who do so at once, one is told."""
    try:
        with transaction.atomic():
            if before is not None:
                Assigned.objects.in_force().filter(pk=before.pk).update(replaced=True)
            row.save(force_insert=True)
    except IntegrityError as twice:
        raise Conflict([Reason(_RACED)]) from twice


@dataclass(frozen=True)
class Survey:
    """Kết quả điều tra thu nhập: what people asked poor households about, whom, how."""

    year: int
    households: int
    per_head: int
    method: str
    source: str


@transaction.atomic
def enter_survey(place: Place, told: Survey, *, by: Seat, on: date, is_demo: bool = False) -> IncomeSurvey:
    """Nhập kết quả điều tra thu nhập của hộ nghèo (T6). One of the same place and year before it is replaced."""
    unit = _unit_of(place, on)
    reasons = _to_measure(by, unit, told.year, on)
    if told.households < 1:
        reasons.add("Số hộ điều tra phải từ 1 trở lên.", clause=CLAUSE, field="households")
    if told.per_head < 1:
        reasons.add("Thu nhập bình quân phải lớn hơn 0.", clause=CLAUSE, field="per_head")
    for name, label in (("method", "cách điều tra"), ("source", "văn bản, nguồn")):
        if not getattr(told, name).strip():
            reasons.add(f"Cần ghi {label}.", clause=CLAUSE, field=name)
    reasons.raise_if_any()
    IncomeSurvey.objects.in_force().filter(place=place, year=told.year).update(replaced=True)
    made = IncomeSurvey(
        place=place, area_path=unit.path, year=told.year, households=told.households, per_head=told.per_head,
        method=told.method.strip(), source=told.source.strip(), entered_on=on, is_demo=is_demo,
    )  # fmt: skip
    _insert(made)
    journal.record(
        "enter_income_survey", by=by, on=on, noun=made,
        body={"year": made.year, "households": made.households, "per_head": made.per_head, "source": made.source},
    )  # fmt: skip
    return made


@dataclass(frozen=True)
class Answer:
    """Kết quả hạ tầng: whether a commune (no hamlet) or one of its hamlets meets a criterion."""

    criterion: str
    met: bool
    hamlet: str = ""


@transaction.atomic
def enter_infrastructure(
    place: Place, year: int, answers: Iterable[Answer], *, by: Seat, on: date, source: str
) -> list[Infrastructure]:
    """Nhập kết quả hạ tầng thiết yếu của một xã (T8): earlier answers to the same questions are replaced."""
    unit, told = _unit_of(place, on), list(answers)
    reasons = _to_measure(by, unit, year, on)
    if unit.level != Level.COMMUNE:
        reasons.add("Hạ tầng thiết yếu được nhập theo xã và ấp.", clause=CLAUSE)
    if any(answer.criterion not in Infrastructure.Criterion.values for answer in told) or not told:
        reasons.add("Cần trả lời ít nhất một tiêu chí: đường, điện, nước sạch.", clause=CLAUSE)
    if not source.strip():
        reasons.add("Cần ghi văn bản, nguồn.", clause=CLAUSE, field="source")
    reasons.raise_if_any()
    made = []
    for answer in told:
        same: dict[str, Any] = {
            "place": place,
            "year": year,
            "hamlet": answer.hamlet.strip(),
            "criterion": answer.criterion,
        }
        Infrastructure.objects.in_force().filter(**same).update(replaced=True)
        row = Infrastructure(**same, area_path=unit.path, met=answer.met, source=source.strip(), entered_on=on)
        _insert(row)
        made.append(row)
    journal.record_many(
        [
            journal.Act("enter_infrastructure", row, {
                "year": year, "hamlet": row.hamlet, "criterion": row.criterion, "met": row.met, "source": row.source,
            })
            for row in made
        ],
        by=by, on=on,
    )  # fmt: skip
    return made


def _unit_of(place: Place, on: date) -> Unit:
    version = place.on(on)
    return Unit(place.pk, place.key, version.full_name, Level(place.level), version.path, version.parent_id)


def _to_measure(by: Seat, unit: Unit, year: int, on: date) -> Reasons:
    reasons = Reasons()
    if not rights.may_measure(by, unit, on):
        reasons.add(f"Bạn không nhập số liệu của {unit.name}.", clause=CLAUSE)
    if year > on.year:
        reasons.add("Chưa đến năm này.", clause=CLAUSE, field="year")
    return reasons


def _insert(row: IncomeSurvey | Infrastructure) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as twice:
        raise Conflict([Reason("Người khác vừa nhập số liệu này trước bạn. Xem lại rồi nhập tiếp.")]) from twice
