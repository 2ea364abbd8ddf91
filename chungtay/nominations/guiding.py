"""The Council's guidance for a round: entered by its secretary, frozen when judging opens; points by its weights."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Count

from chungtay.accounts.models import Seat
from chungtay.law import weighing
from chungtay.law.awards import Award, Payee
from chungtay.law.procedure import Desk, State
from chungtay.law.refusals import Reasons, Refused
from chungtay.movements.models import Round
from chungtay.movements.plan import NotInPlan, Plan
from chungtay.nominations.guidance import Guidance, Quota, Weight
from chungtay.nominations.models import Dossier, Judgement
from chungtay.parties.kinds import payee_of
from chungtay.places.models import DIGITS
from chungtay.records import journal, versions, walls

CLAUSE = "KH IV.2.2.a"
FROZEN = "Đợt xét này đã bắt đầu chấm, hướng dẫn không sửa được nữa."
WHOLE_ROUND = "a quota counts the dossiers of the whole round, wherever they come from"
OUT = tuple(state.value for state in (State.WITHDRAWN, State.REFUSED, State.DECLINED, State.REVOKED, State.DRAFT))


class Scored(Protocol):
    """A line of a checklist, as far as points need it."""

    @property
    def id(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def by_person(self) -> bool: ...
    @property
    def score(self) -> int | None: ...


@dataclass(frozen=True)
class Told:
    """What the secretary enters: the text, the scale, weights by criterion, quotas by award and payee ("" for all)."""

    number: str
    issued_on: date
    source: str
    scale: int
    weights: Mapping[str, int]
    quotas: Mapping[tuple[str, str], int]


def of_round(round_id: int) -> Guidance | None:
    """The guidance of a round with its weights; None where the Council has set none."""
    return Guidance.objects.prefetch_related("weighed").filter(round_id=round_id).first()


def points(guidance: Guidance | None, lines: Iterable[Scored]) -> Fraction | None:
    """Points out of a hundred; None without weights, or while a weighed criterion that is asked has no score.

    What the data answer has the whole scale or nothing. A criterion that is not asked of this nominee is left out.
    """
    if guidance is None:
        return None
    scores = {line.id: score for line in lines if (score := _score(line, guidance.scale)) is not None}
    asked = {line.id for line in lines}
    weights = {criterion: weight for criterion, weight in guidance.weights.items() if criterion in asked}
    return weighing.points(weights, scores, scale=guidance.scale) if weights else None


@dataclass(frozen=True)
class Frozen:
    """A line as an appraisal keeps it."""

    id: str
    state: str
    by_person: bool
    score: int | None


def points_of(round_id: int, answers: Iterable[Mapping[str, Any]]) -> Fraction | None:
    """Points out of a hundred by what an appraisal has kept (`Checklist.as_json`); None without weights."""
    names = ("id", "state", "by_person", "score")
    lines = [Frozen(**{name: one[name] for name in names}) for one in answers if "by_person" in one]
    return points(of_round(round_id), lines) if lines else None


def _score(line: Scored, scale: int) -> int | None:
    if line.by_person:
        return line.score
    return scale if line.state == "met" else 0 if line.state == "unmet" else None


@transaction.atomic
def save_guidance(round: Round, told: Told, *, by: Seat, on: date, version: int | None = None) -> Guidance:
    """Ghi hướng dẫn: the Council's secretary enters or replaces what the Council has set (KH IV.2.2.a).

    Raises `Refused` once the first nominee of the round was judged, for another desk, and for what the plan does not
    know; `Conflict` if somebody saved it meanwhile. `version` is that of the page, None for a new one.
    """
    if by.kind is not Desk.SECRETARY:
        raise Refused.because("Thư ký Hội đồng nhập hướng dẫn của Hội đồng.", clause=CLAUSE)
    if by.desk.body.area_path[:DIGITS] != round.plan_version.movement.place.path:
        raise Refused.because("Đợt xét này của tỉnh khác.", clause=CLAUSE)
    Round.objects.select_for_update().get(pk=round.pk)
    with walls.everything("the first judgement of a round freezes its guidance, whoever judged"):
        if Judgement.objects.filter(dossier__round=round).exists():
            raise Refused.because(FROZEN, clause=CLAUSE)
    Reasons(_faults(round.plan_version.plan, told, on)).raise_if_any()
    text = {
        "number": told.number.strip(), "issued_on": told.issued_on, "source": told.source.strip(), "scale": told.scale,
    }  # fmt: skip
    guidance = Guidance.objects.filter(round=round).first()
    if guidance is None:
        guidance = Guidance.objects.create(round=round, **text)
    else:
        versions.guarded_update(guidance, version=version, where={"frozen_on": None}, **text)
    Weight.objects.filter(guidance=guidance).delete()
    Quota.objects.filter(guidance=guidance).delete()
    Weight.objects.bulk_create(Weight(guidance=guidance, criterion=c, weight=w) for c, w in told.weights.items())
    Quota.objects.bulk_create(
        Quota(guidance=guidance, award=award, payee=payee, most=most) for (award, payee), most in told.quotas.items()
    )
    body = {
        "number": told.number, "scale": told.scale, "weights": dict(told.weights),
        "quotas": {f"{award}/{payee}": most for (award, payee), most in told.quotas.items()},
    }  # fmt: skip
    journal.record("save_guidance", by=by, on=on, noun=guidance, body=body)
    return guidance


def freeze(round_id: int, on: date) -> None:
    """The first judgement of a round freezes its guidance; later ones find it frozen."""
    Round.objects.select_for_update().get(pk=round_id)
    Guidance.objects.filter(round_id=round_id, frozen_on__isnull=True).update(frozen_on=on)


def _faults(plan: Plan, told: Told, on: date) -> Reasons:
    reasons = Reasons()
    if told.issued_on > on:
        reasons.add("Ngày ban hành không thể ở tương lai.", clause=CLAUSE, field="issued_on")
    for name in ("number", "source"):
        if not getattr(told, name).strip():
            reasons.add("Ghi số, ngày và tên văn bản hướng dẫn.", clause=CLAUSE, field=name)
    if not 1 <= told.scale <= 100:
        reasons.add("Thang điểm từ 1 đến 100.", clause=CLAUSE, field="scale")
    for criterion, weight in told.weights.items():
        try:
            plan.criterion(criterion)
        except NotInPlan:
            reasons.add(f"Kế hoạch không có tiêu chuẩn {criterion}.", clause=CLAUSE)
        if not 1 <= weight <= 100:
            reasons.add("Hệ số từ 1 đến 100.", clause=CLAUSE, field=f"weight-{criterion}")
    for (award, payee), most in told.quotas.items():
        if not any(one.id == award for one in plan.awards) or (payee and payee not in set(Payee)):
            reasons.add("Kế hoạch không có hình thức khen hoặc đối tượng này.", clause=CLAUSE)
        elif most < 0:
            reasons.add("Số lượng không thể âm.", clause=CLAUSE, field=f"most-{award}-{payee}")
    return reasons


@dataclass(frozen=True)
class Use:
    """Một số lượng và đã dùng đến đâu: dossiers of the round that are not out of it."""

    quota: Quota
    asked: int

    @property
    def is_over(self) -> bool:
        return self.asked > self.quota.most

    @property
    def label(self) -> str:
        award = Award(self.quota.award).short
        return f"{award}, {Payee(self.quota.payee).label}" if self.quota.payee else award


@walls.everything(WHOLE_ROUND)
def uses(guidance: Guidance) -> list[Use]:
    """Each quota with how many dossiers of the round ask for it. Two queries."""
    rows = Dossier.objects.filter(round_id=guidance.round_id).exclude(state__in=OUT).order_by()
    asked: dict[tuple[str, str], int] = {}
    for award, kind, many in rows.values_list("award", "party__kind").annotate(Count("pk")):
        for payee in ("", payee_of(kind).value):
            asked[award, payee] = asked.get((award, payee), 0) + many
    return [Use(quota, asked.get((quota.award, quota.payee), 0)) for quota in guidance.quotas.all()]
