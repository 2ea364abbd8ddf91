"""Assigning figures to the units below, and entering what only people can measure: incomes, infrastructure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from chungtay.accounts.models import Seat
from chungtay.law.refusals import Conflict, Reason, Reasons, Refused
from chungtay.movements import paces
from chungtay.movements.models import Movement
from chungtay.places.models import Level, Place
from chungtay.records import journal
from chungtay.targets import assigning, hamlets, rights
from chungtay.targets.assigning import CLAUSE
from chungtay.targets.ground import Ground, Unit
from chungtay.targets.models import Assigned, IncomeSurvey, Infrastructure

LEAST_A_HEAD, MOST_A_HEAD = 50_000, 50_000_000
"""đồng a head a month. What a survey tells outside of this was mistyped: a zero too few, or thousands for đồng."""
MISTYPED = "Số này chắc là ghi nhầm. Ghi đủ số đồng của một người một tháng, ví dụ 912.000."
Wanted = assigning.Wanted
"""Mức giao cho một đơn vị, as it is typed."""


@transaction.atomic
def assign(
    movement: Movement, goal_id: str, above: Place, year: int, wanted: Mapping[int, Wanted], *, by: Seat, on: date,
    document: str = "",
) -> list[Assigned]:  # fmt: skip
    """Giao chỉ tiêu một năm for the units right under `above`, by the key of their place, or for `above` itself.

    A figure of None withdraws the one that stands. One that says the same as before keeps its paper, unless only the
    paper is another. Raises Refused where a figure cannot be (see `assigning.Table.faults`), or where together they do
    not reach the figure of `above`; Conflict, at the fields, if somebody else assigned in between.
    """
    plan = movement.plan_on(on).plan
    goal, document = plan.goal(goal_id), document.strip()[:200]
    ground = Ground(movement.place, on)
    base_year, _ = paces.span(goal, plan)
    table = assigning.read(movement, plan, ground, ground.units[above.pk], goal, year, base_year=base_year)
    table.faults(wanted, by=by, document=document).raise_if_any()
    new = assigning.to_write(table, wanted, document)
    late = table.overtaken(wanted, [key for key in wanted if key in new])
    if late:
        raise Conflict(late)
    found = table.check({key: wanted[key] for key in new})
    if new and found.falls_short:
        raise Refused.because(found.sentence, clause=goal.clause)
    return _write(movement, table, {key: wanted[key] for key in wanted if key in new}, document, by=by, on=on)


def _write(
    movement: Movement, table: assigning.Table, wanted: Mapping[int, Wanted], document: str, *, by: Seat, on: date
) -> list[Assigned]:
    told = []
    for key, one in wanted.items():
        before = table.rows.get(key)
        row = Assigned(
            movement=movement, goal=table.goal.id, place_id=key, area_path=table.units[key].path, year=table.year,
            value=one.value, document=document, assigned_on=on,
        )  # fmt: skip
        _put(table, row, before, one)
        said = {
            "goal": row.goal, "year": row.year, "value": None if one.value is None else str(one.value),
            "document": document, "before": None if before is None or before.value is None else str(before.value),
        }  # fmt: skip
        told.append(journal.Act("withdraw_target" if one.value is None else "assign_target", row, said))
    if told:
        journal.record_many(told, by=by, on=on)
    return [act.noun for act in told if isinstance(act.noun, Assigned)]


def _put(table: assigning.Table, row: Assigned, before: Assigned | None, wanted: Wanted) -> None:
    """Write the row in the place of the one before it; of two who do so at once, one is told."""
    try:
        with transaction.atomic():
            if before is not None:
                Assigned.objects.in_force().filter(pk=before.pk).update(replaced=True)
            row.save(force_insert=True)
    except IntegrityError as twice:
        same = {"movement": row.movement_id, "goal": row.goal, "year": row.year, "place": row.place_id}
        first = Assigned.objects.in_force().filter(**same).first()
        raise Conflict([assigning.overtaken(table.goal, row.place_id, first, wanted)]) from twice


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
    if not LEAST_A_HEAD <= told.per_head <= MOST_A_HEAD:
        reasons.add(MISTYPED, field="per_head")
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


@transaction.atomic
def withdraw_survey(survey: IncomeSurvey, *, by: Seat, on: date, reason: str) -> IncomeSurvey:
    """Rút một kết quả điều tra đã ghi nhầm: from that day on the year is as if it had not been surveyed.

    Raises Refused without a reason or for an area that is not the seat's, Conflict where it stands no more.
    """
    unit, reason = _unit_of(survey.place, on), reason.strip()
    reasons = _to_measure(by, unit, survey.year, on)
    if not reason:
        reasons.add("Cần ghi lý do rút.", clause=CLAUSE, field="reason")
    reasons.raise_if_any()
    standing = IncomeSurvey.objects.in_force().filter(pk=survey.pk, withdrawn="")
    if not standing.update(replaced=True):
        raise Conflict([Reason("Kết quả này đã được người khác thay hoặc rút.")])
    made = IncomeSurvey(
        place=survey.place, area_path=unit.path, year=survey.year, households=survey.households,
        per_head=survey.per_head, method=survey.method, source=survey.source, withdrawn=reason[:300], entered_on=on,
        is_demo=survey.is_demo,
    )  # fmt: skip
    _insert(made)
    body = {"year": made.year, "households": made.households, "per_head": made.per_head, "reason": made.withdrawn}
    journal.record("withdraw_income_survey", by=by, on=on, noun=made, body=body)
    return made


@dataclass(frozen=True)
class Answer:
    """Kết quả hạ tầng: whether a commune (no hamlet) or one of its hamlets meets a criterion; None: not known."""

    criterion: str
    met: bool | None
    hamlet: str = ""


@transaction.atomic
def enter_infrastructure(
    place: Place, year: int, answers: Iterable[Answer], *, by: Seat, on: date, source: str
) -> list[Infrastructure]:
    """Nhập kết quả hạ tầng thiết yếu của một xã (T8): earlier answers to the same questions are replaced.

    An answer of None retracts the one that stands. A hamlet is written as it is known already. Raises Refused, also
    where nothing would be written.
    """
    unit, told = _unit_of(place, on), list(answers)
    reasons = _to_measure(by, unit, year, on)
    if unit.level != Level.COMMUNE:
        reasons.add("Hạ tầng thiết yếu được nhập theo xã và ấp.", clause=CLAUSE)
    if any(answer.criterion not in Infrastructure.Criterion.values for answer in told) or not told:
        reasons.add("Cần trả lời ít nhất một tiêu chí: đường, điện, nước sạch.", clause=CLAUSE)
    if not source.strip():
        reasons.add("Cần ghi văn bản, nguồn.", clause=CLAUSE, field="source")
    reasons.raise_if_any()
    names = hamlets.Names.read(place, on)
    asked = {(names.written(answer.hamlet), answer.criterion): answer.met for answer in told}
    standing = Infrastructure.objects.in_force().filter(place=place, year=year)
    before = {(row.hamlet, row.criterion): row.met for row in standing}
    made = []
    for (hamlet, criterion), met in asked.items():
        if met is None and before.get((hamlet, criterion)) is None:
            continue
        standing.filter(hamlet=hamlet, criterion=criterion).update(replaced=True)
        row = Infrastructure(
            place=place, area_path=unit.path, year=year, hamlet=hamlet, criterion=criterion, met=met,
            source=source.strip(), entered_on=on,
        )  # fmt: skip
        _insert(row)
        made.append(row)
    if not made:
        raise Refused.because("Không có kết quả nào đang ghi để rút.", clause=CLAUSE)
    journal.record_many(
        [
            journal.Act("retract_infrastructure" if row.met is None else "enter_infrastructure", row, {
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
