"""What each public page shows. Names of people and households are never among it (design D8, D9)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch

from chungtay.decisions.models import Award, AwardChange, Decision
from chungtay.documents.keys import sealer
from chungtay.documents.sealing import name_hash
from chungtay.law.money import Payee, dong
from chungtay.law.procedure import PROPOSING, State
from chungtay.movements.models import PlanVersion, Round
from chungtay.movements.plan import NotInPlan, Plan
from chungtay.movements.plan_parts import CalendarStep, Criterion, Goal, first_day, last_day
from chungtay.nominations.models import Dossier
from chungtay.nominations.pages import TONES, trail
from chungtay.public.forms import spelling

LEAST_CELL = 5  # fewer people than this are not counted in public (design D8)
MOST_ROUNDS = 12
TOKEN = re.compile(r"[A-Za-z0-9_-]{1,32}")
COUNTED = (
    (Payee.COLLECTIVE, "Tập thể được khen", "people"),
    (Payee.HOUSEHOLD, "Hộ gia đình được khen", "house-heart"),
    (Payee.PERSON, "Cá nhân được khen", "person"),
)
# The promised day holds from the receipt on; a dossier that went back to its unit gets a new one at its next receipt.
CLOCK_RUNS = frozenset({State.RECEIVED, State.APPRAISED, State.RECOMMENDED})
PHASES = {
    "past": ("ok", "Đã qua", "check-lg"),
    "now": ("wait", "Đang làm", "clock"),
    "ahead": ("neutral", "Sắp tới", ""),
}


# --- the movement ---


def plans_in_force(on: date) -> list[PlanVersion]:
    """Of each movement the version of its plan in force on that day, as `Movement.plan_on`, in one query."""
    chosen: dict[int, PlanVersion] = {}
    versions = PlanVersion.objects.select_related("movement").defer("content")
    for version in versions.order_by("movement__code", "number"):
        if version.movement_id not in chosen or version.valid_from <= on:
            chosen[version.movement_id] = version
    return list(chosen.values())


def running(versions: Sequence[PlanVersion], on: date) -> list[PlanVersion]:
    """The movements of that day; where none runs, the one that began last."""
    now = [version for version in versions if on in version.plan.period]
    return now or sorted(versions, key=lambda version: version.plan.period.since)[-1:]


def home(on: date) -> dict[str, Any]:
    """The front page."""
    versions = plans_in_force(on)
    shown = running(versions, on)
    rounds = _rounds(on)
    return {
        "shown": [_summary(version) for version in shown],
        "others": [_summary(version) for version in versions if version not in shown],
        "open": [one for one in rounds if one["is_open"]],
        "ahead": [one for one in rounds if not one["is_open"]],
        "stats": counts(),
        "least": LEAST_CELL,
    }


def counts() -> list[dict[str, str]]:
    """Decisions signed and awards that stand, by who was honoured.

    A cell of 1 to 4 is not told, and no total is, so that nothing can be taken away from it.
    """
    in_force = Award.objects.filter(decision__paper__voided_on__isnull=True).exclude(
        changes__kind=AwardChange.Kind.WITHDRAWN
    )
    found = dict(in_force.order_by().values_list("payee").annotate(Count("id")))
    signed = Decision.objects.filter(state=Decision.State.SIGNED, paper__voided_on__isnull=True).count()
    cells = [
        {"value": _cell(found.get(payee.value, 0)), "label": label, "icon": icon} for payee, label, icon in COUNTED
    ]
    return [{"value": dong(signed), "label": "Quyết định khen thưởng đã ký", "icon": "award"}, *cells]


def _cell(count: int) -> str:
    return f"dưới {LEAST_CELL}" if 0 < count < LEAST_CELL else dong(count)


def _rounds(on: date) -> list[dict[str, Any]]:
    rows = Round.objects.filter(closes__gte=on).select_related("plan_version__movement").defer("plan_version__content")
    return [
        {"title": row.title, "movement": row.plan_version.movement.name, "opens": row.opens, "closes": row.closes,
         "is_open": row.is_open(on), "days": (row.closes - on).days}
        for row in rows.order_by("closes", "id")[:MOST_ROUNDS]
    ]  # fmt: skip


def _summary(version: PlanVersion) -> dict[str, Any]:
    return {"plan": version.plan, "years": _years(version.plan), "code": version.movement.code}


def movement(code: str, on: date) -> dict[str, Any] | None:
    """One plan in plain words: the movement of that code, or the running one. None for a code that there is not."""
    versions = plans_in_force(on)
    named = [version for version in versions if version.movement.code == code] if code else running(versions, on)
    if code and not named:
        return None
    shown = named[0] if named else None
    return {
        "tabs": [
            {
                "label": f"{one.plan.province}, {_years(one.plan)}",
                "href": f"?ma={one.movement.code}",
                "active": one == shown,
            }
            for one in versions
        ],
        "code": shown.movement.code if shown else "",
        "plan": shown.plan if shown else None,
        **(_told(shown.plan, on) if shown else {}),
    }


def _told(plan: Plan, on: date) -> dict[str, Any]:
    steps = sorted(plan.calendar, key=lambda step: (last_day(step.until), first_day(step.since)))
    return {
        "years": _years(plan),
        "goal_clauses": _clauses(plan.goals),
        "general_clauses": _clauses(plan.general_criteria),
        "groups": [{"content": one, "clauses": _clauses(one.criteria)} for one in plan.contents],
        "awards": [
            {"title": one.title, "is_state": one.level == "state", "items": [
                {"label": "Người ký", "value": one.signer},
                {"label": "Dành cho", "value": ", ".join(payee.label for payee in one.payees)},
                {"label": "Nội dung thi đua", "value": ", ".join(plan.content(id_).letter for id_ in one.contents)},
                {"label": "Ai đề nghị", "value": one.proposer},
                {"label": "Dịp xét", "value": "; ".join(occasion.text.rstrip(".") for occasion in one.occasions)},
                {"label": "Hồ sơ", "value": ", ".join(paper.title for paper in plan.papers_for(one.id)),
                 "note": f"({one.sets} bộ)", "clause": one.papers_clause},
            ]}
            for one in plan.awards
        ],
        "milestones": [_act(plan, step, on) for step in steps if not step.each_year],
        "yearly": [_act(plan, step, on) for step in steps if step.each_year],
    }  # fmt: skip


def _clauses(parts: Iterable[Goal | Criterion]) -> str:
    """Where the plan says so, each clause once."""
    return "; ".join(dict.fromkeys(part.clause for part in parts))


def _act(plan: Plan, step: CalendarStep, on: date) -> dict[str, str]:
    """One step of the calendar as the timeline shows it."""
    phase = "past" if last_day(step.until) < on else "now" if first_day(step.since) <= on else "ahead"
    tone, label, icon = PHASES[phase]
    since, until = _month(step.since), _month(step.until)
    span = since if since == until else f"{since} đến {until}"
    who = ", ".join(plan.body(body).name for body in step.who)
    when = f"hằng năm, {span}" if step.each_year else span
    return {"sentence": step.text, "who": who, "desk": label, "when": when, "tone": tone, "icon": icon}


def _month(when: str) -> str:
    """2017-02 as "tháng 02/2017", 2017 as "năm 2017"."""
    return f"tháng {when[5:7]}/{when[:4]}" if len(when) > 4 else f"năm {when}"


def _years(plan: Plan) -> str:
    return f"{plan.period.since.year}-{plan.period.until.year}"


# --- a dossier ---


def dossier(code: str, on: date) -> dict[str, Any] | None:
    """Where the dossier with that code is. Nothing else of it is even read; a draft has no code."""
    rows = Dossier.objects.filter(code=code).select_related("round__plan_version")
    row = rows.only("code", "state", "award", "promised_on", "round__title", "round__plan_version__digest").first()
    if row is None:
        return None
    runs = row.at in CLOCK_RUNS and row.promised_on is not None
    days = (row.promised_on - on).days if runs and row.promised_on else None
    return {
        "code": row.code,
        "tone": TONES[row.at],
        "label": row.at.label,
        "sentence": row.at.sentence,
        "steps": trail(row),
        "days": days,
        "late_days": -days if days is not None and days < 0 else 0,
        "due": row.promised_on,
        "is_over": row.at.is_final,
        "holder": _holder(row.at),
        "items": [
            {"label": "Nơi đang giữ hồ sơ", "value": _holder(row.at)},
            {"label": "Ngày hẹn trả kết quả", "value": _promise(row)},
            {"label": "Hình thức đề nghị", "value": row.round.plan_version.plan.award(row.award).title},
            {"label": "Đợt xét", "value": row.round.title},
        ],
    }


def _holder(state: State) -> str:
    """Whose turn it is, as a word to begin a sentence with."""
    if state is State.FORWARDED:
        return "Trung ương, sau khi tỉnh đã trình"
    if not state.waits_for:
        return "Không còn nơi nào phải xử lý"
    if state.waits_for == PROPOSING:
        return "Cơ quan, đơn vị đề nghị"
    label = next(iter(state.waits_for)).label
    return label[0].upper() + label[1:]


def _promise(row: Dossier) -> str:
    if row.at in CLOCK_RUNS or row.at.is_final:
        return f"{row.promised_on:%d/%m/%Y}" if row.promised_on else ""
    return "Hẹn lại khi hồ sơ được tiếp nhận đủ giấy tờ"


# --- a certificate ---


@dataclass(frozen=True)
class Certificate:
    """Bằng khen đã kiểm: genuine, with its standing, who issued it, and the name only where a collective bears it."""

    standing: str  # "in_force", "corrected" or "withdrawn"
    facts: list[dict[str, str]]
    acts: list[dict[str, str]]
    name: str
    payee: str
    spellings: tuple[str, ...]

    def compare(self, typed: str) -> str:
        """Which name was typed: "printed" (as on the paper), "corrected" or "other"."""
        if spelling(typed) not in self.spellings:
            return "other"
        return "printed" if spelling(typed) == self.spellings[0] else "corrected"


def certificate(token: str, signature: str) -> Certificate | None:
    """The certificate of that token, if `signature` seals what the rows say today; None when anything is amiss."""
    if not TOKEN.fullmatch(token):
        return None
    award = _award(token)
    title = _sealed_title(award, signature) if award else None
    if award is None or title is None:
        return None
    changes = list(award.changes.all())
    right_name = next((change.new_name for change in reversed(changes) if change.new_name), "")
    is_collective = award.payee == Payee.COLLECTIVE
    return Certificate(
        standing=_standing(award, changes),
        facts=_facts(award, title, (right_name or award.name) if is_collective else ""),
        acts=_acts(award, changes),
        name=(right_name or award.name) if is_collective else "",
        payee=Payee(award.payee).label,
        spellings=tuple(spelling(name) for name in (award.name, right_name) if name),
    )


def _award(token: str) -> Award | None:
    changes = AwardChange.objects.select_related("paper").defer("paper__content").order_by("id")
    rows = Award.objects.select_related("decision__paper", "decision__body", "dossier__round__plan_version")
    light = rows.defer("decision__paper__content", "dossier__report", "dossier__round__plan_version__content")
    return light.prefetch_related(Prefetch("changes", changes)).filter(token=token).first()


def _sealed_title(award: Award, signature: str) -> str | None:
    """The award's title if the signature seals it with the number, the day and the name as the rows hold them now."""
    paper, day = award.decision.paper, award.decision.signed_on
    if paper is None or day is None:
        return None
    try:
        title = award.dossier.round.plan_version.plan.award(award.award).title
    except NotInPlan:
        return None
    sealed = sealer().verify(award.token, paper.code, day, title, name_hash(award.token, award.name), signature)
    return title if sealed else None


def _standing(award: Award, changes: Sequence[AwardChange]) -> str:
    kinds = {change.kind for change in changes}
    if AwardChange.Kind.WITHDRAWN in kinds or (award.decision.paper and award.decision.paper.voided_on):
        return "withdrawn"
    return "corrected" if AwardChange.Kind.CORRECTED in kinds else "in_force"


def _facts(award: Award, title: str, name: str) -> list[dict[str, str]]:
    paper, day = award.decision.paper, award.decision.signed_on
    return [
        {"label": "Hình thức khen thưởng", "value": title},
        {"label": "Tặng cho", "value": name or f"Một {Payee(award.payee).label}"},
        {"label": "Cơ quan ban hành", "value": award.decision.body.name},
        {"label": "Theo Quyết định số", "value": paper.code if paper else ""},
        {"label": "Ngày ký", "value": f"{day:%d/%m/%Y}" if day else ""},
        {"label": "Chức vụ người ký", "value": paper.signer_post if paper else ""},
        {"label": "Số sổ vàng", "value": f"{award.register_number}/{award.register_year}"},
    ]


def _acts(award: Award, changes: Sequence[AwardChange]) -> list[dict[str, str]]:
    """What was decided about the certificate since, oldest first; reasons may name people and are not told."""
    told = [
        {"label": change.get_kind_display(), "value": f"Quyết định số {change.paper.code} ngày {change.on:%d/%m/%Y}"}
        for change in changes
    ]
    voided = award.decision.paper.voided_on if award.decision.paper else None
    return [*told, {"label": "Hủy quyết định", "value": f"ngày {voided:%d/%m/%Y}"}] if voided else told
