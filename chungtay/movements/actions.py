"""Loading a plan as a new version, and laying out its selection rounds."""

import json
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import ProtectedError

from chungtay.law.refusals import Refused
from chungtay.movements.models import Movement, PlanVersion, Round
from chungtay.movements.plan import Plan
from chungtay.movements.plan_file import canonical, digest, read_plan
from chungtay.places.kinds import Kind
from chungtay.places.models import Place
from chungtay.records import journal
from chungtay.records.journal import Author

ROUND_TITLES = {
    "yearly": "Đợt xét khen hằng năm {year}",
    "midterm": "Đợt xét khen sơ kết giữa kỳ {year}",
    "five_year": "Đợt xét khen tổng kết giai đoạn {since}-{until}",
}


@transaction.atomic
def load_plan(source: Path | bytes, *, by: Author, on: date, name: str = "") -> tuple[PlanVersion, bool]:
    """Nạp Kế hoạch (P1): the plan of a file as the version in force from `on`, and whether it is a new one.

    The same text again changes nothing. A changed text is a new version: dossiers, registrations and rounds that have
    opened stay with the version they were made under. Raises `PlanFaults` for a wrong file, naming every fault, and
    `Refused` when the province is unknown or the text was in force before.
    """
    plan = read_plan(source, name)
    text = digest(plan)
    movement = Movement.objects.filter(code=plan.id).first() or _found(plan)
    versions = list(movement.plans.order_by("number"))
    same = next((version for version in versions if version.digest == text), None)
    if same is not None and same == versions[-1]:
        return same, False
    if same is not None:
        raise Refused.because(
            f"Bản này giống hệt bản {same.number} đã thôi áp dụng. Muốn dùng lại, hãy ghi lý do vào “note” rồi nạp."
        )
    if versions and on < versions[-1].valid_from:
        raise Refused.because(
            f"Bản mới phải có hiệu lực từ {versions[-1].valid_from:%d/%m/%Y}, ngày của bản đang dùng, trở đi."
        )
    made = PlanVersion.objects.create(
        movement=movement,
        number=versions[-1].number + 1 if versions else 1,
        valid_from=on,
        digest=text,
        content=json.loads(canonical(plan)),
        loaded_on=on,
    )
    rounds = _lay_rounds(made, plan, on)
    journal.record("load_plan", by=by, on=on, noun=made, body={"number": made.number, "digest": text, **rounds})
    return made, True


def _found(plan: Plan) -> Movement:
    """A new movement of the province that the plan names, as it was called when the movement began."""
    places = list(Place.objects.by_name(Kind.TINH, plan.province, "", plan.period.since))
    if len(places) != 1:
        raise Refused.because(
            f"Danh mục địa bàn không có “Tỉnh {plan.province}” vào ngày {plan.period.since:%d/%m/%Y};"
            " hãy nạp danh mục địa bàn trước."
        )
    return Movement.objects.create(code=plan.id, name=plan.movement, place=places[0])


def _lay_rounds(version: PlanVersion, plan: Plan, on: date) -> dict[str, list[str]]:
    """Make the plan's rounds. A round that has opened stays as it is; one that has not yet follows the new version."""
    known = {
        (row.kind, row.year): row
        for row in Round.objects.filter(plan_version__movement=version.movement).order_by("plan_version__number")
    }
    done: dict[str, list[str]] = {"made": [], "moved": [], "dropped": []}
    for wanted in plan.rounds:
        title = ROUND_TITLES[wanted.kind].format(
            year=wanted.year, since=plan.period.since.year, until=plan.period.until.year
        )
        days = {"opens": wanted.opens, "closes": wanted.closes, "title": title, "plan_version": version}
        old = known.pop((wanted.kind.value, wanted.year), None)
        if old is None:
            Round.objects.create(kind=wanted.kind.value, year=wanted.year, **days)
            done["made"].append(title)
        elif old.opens > on:
            Round.objects.filter(pk=old.pk).update(**days)
            done["moved"].append(title)
    for old in known.values():
        if old.opens > on and _dropped(old):
            done["dropped"].append(old.title)
    return done


def _dropped(old: Round) -> bool:
    """Whether a round that the new version no longer has could go; one with dossiers stays."""
    try:
        old.delete()
    except ProtectedError:
        return False
    return True
