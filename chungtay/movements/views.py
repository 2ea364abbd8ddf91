"""The plan as a page, and the selection rounds. Everybody may read them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from chungtay.movements.models import Movement, PlanVersion, Round
from chungtay.movements.plan import Plan
from chungtay.movements.plan_parts import Award, CalendarStep, Citation, Content, Criterion, Goal, first_day, last_day
from chungtay.parties.kinds import PartyKind
from chungtay.records.clock import today

LEVELS = {"state": "Cấp Nhà nước", "province": "Cấp tỉnh", "unit": "Cấp cơ quan, đơn vị", "commune": "Cấp xã"}
PAYEES = {"person": "cá nhân", "collective": "tập thể", "household": "hộ gia đình"}
UNITS = {
    "percentage_point": "điểm phần trăm",
    "percent": "%",
    "household": "hộ",
    "multiple": "lần",
    "dong": "đồng",
}
PARTS = {
    "chi-tieu": "Mục đích, chỉ tiêu",
    "noi-dung": "Nội dung, tiêu chuẩn",
    "khen-thuong": "Khen thưởng",
    "tien-do": "Tiến độ",
    "nhiem-vu": "Nhiệm vụ",
    "can-cu": "Căn cứ, nơi nhận",
}
WHOLE = "tat-ca"
PHASES = {"past": ("ok", "Đã qua"), "now": ("wait", "Đang làm"), "ahead": ("neutral", "Sắp tới")}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Every movement; straight to the plan when there is only one."""
    movements = list(Movement.objects.select_related("place").prefetch_related("plans").order_by("code"))
    if len(movements) == 1:
        return redirect("movements:plan", movements[0].code)
    rows = [{"movement": movement, "plan": movement.plan_on(today()).plan} for movement in movements]
    return render(request, "movements/home.html", {"rows": rows})


@require_safe
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """One plan, a part at a time or whole (`?phan=`): the version in force today, or the one that `?ban=` names."""
    movement = get_object_or_404(Movement.objects.select_related("place"), code=code)
    versions = list(movement.plans.order_by("-number"))
    asked = request.GET.get("ban", "")
    in_force = movement.plan_on(today())
    shown = get_object_or_404(movement.plans, number=int(asked)) if asked.isdecimal() else in_force
    part = request.GET.get("phan", "")
    part = part if part in PARTS or part == WHOLE else "chi-tieu"
    return render(request, "movements/plan.html", {
        "movement": movement,
        "part": part,
        "shows": list(PARTS) if part == WHOLE else [part],
        "tabs": [
            {"label": label, "href": f"?{urlencode({'ban': shown.number, 'phan': name})}", "active": name == part}
            for name, label in [*PARTS.items(), (WHOLE, "Tất cả")]
        ],
        "version": shown,
        "versions": [{"version": one, "in_force": one == in_force, "shown": one == shown} for one in versions],
        "plan": shown.plan,
        **_parts(shown, today()),
    })  # fmt: skip


@require_safe
def rounds(request: HttpRequest, code: str) -> HttpResponse:
    """The selection rounds of a movement, the latest first, each open, closed or still ahead."""
    movement = get_object_or_404(Movement.objects.select_related("place"), code=code)
    found = Round.objects.filter(plan_version__movement=movement).select_related("plan_version")
    rows = [_round(row, today()) for row in found.order_by("-closes", "kind")]
    return render(request, "movements/rounds.html", {"movement": movement, "rows": rows})


@dataclass(frozen=True)
class RoundRow:
    """One round as the page shows it; `why_assumed` says that its days do not stand in the plan."""

    round: Round
    tone: str
    state: str
    why_assumed: str


def _round(row: Round, on: date) -> RoundRow:
    tone, state = ("neutral", "Đã đóng")
    if row.is_open(on):
        tone, state = ("ok", "Đang nhận hồ sơ")
    elif on < row.opens:
        tone, state = ("info", "Chưa mở")
    found = [one for one in row.plan_version.plan.rounds if (one.kind.value, one.year) == (row.kind, row.year)]
    return RoundRow(row, tone, state, next((one.note for one in found if one.assumed), ""))


def _parts(version: PlanVersion, on: date) -> dict[str, object]:
    """The plan in the order in which the page tells it."""
    it = version.plan
    return {
        "goals": [{"goal": goal, "aim": _aim(goal), "baseline": _baseline(goal)} for goal in it.goals],
        "general": [_criterion(it, one) for one in it.general_criteria],
        "contents": [_content(it, one) for one in it.contents],
        "awards": [_award(it, one) for one in it.awards],
        "calendar": [_step(it, one, on) for one in sorted(it.calendar, key=lambda one: first_day(one.since))],
        "duties": _duties(it),
        "bases": [
            {"basis": one, "cited": _cited(one.as_cited), "official": _cited(one.official) if one.official else ""}
            for one in it.legal_bases
        ],
        "papers": it.papers,
    }


def _aim(goal: Goal) -> str:
    """How far a goal must move, in words."""
    unit = UNITS[goal.unit]
    way = "giảm" if goal.direction == "down" else "tăng"
    if goal.per_year is not None:
        least, most = _figure(goal.per_year.least), _figure(goal.per_year.most)
        return f"{way} {least if least == most else f'{least}-{most}'} {unit} mỗi năm"
    if goal.end is not None:
        return f"đến {goal.end.by:%d/%m/%Y}: {_figure(goal.end.value)}{'' if unit == '%' else ' '}{unit}"
    return "tăng dần qua các năm" if goal.trend == "grows" else "giảm dần qua các năm"


def _baseline(goal: Goal) -> str:
    """Where a goal starts, with its source; says so where no figure was found."""
    known = goal.baseline
    if known.value is None:
        return known.note or f"Chưa có số liệu ngày {known.as_of:%d/%m/%Y}."
    unit = "%" if goal.unit == "percentage_point" else UNITS[goal.unit]
    gap = "" if unit == "%" else " "
    source = f" ({known.source})" if known.source else ""
    return f"{_figure(known.value)}{gap}{unit} ngày {known.as_of:%d/%m/%Y}{source}"


def _figure(value: Decimal) -> str:
    """A number as Vietnamese write it: 28.151 and 1,5."""
    whole, _, part = f"{value:,f}".partition(".")
    part = part.rstrip("0")
    return whole.replace(",", ".") + (f",{part}" if part else "")


def _criterion(it: Plan, one: Criterion) -> dict[str, object]:
    """A criterion, and who answers it."""
    if one.answered_by == "data":
        lacking = "chưa đủ hoặc chưa có" if one.otherwise else "chưa có"
        how = f"Dữ liệu trả lời; {lacking} dữ liệu thì người thẩm định xem"
        if one.besides:
            how = "Dữ liệu trả lời một phần; phần còn lại người thẩm định xem"
    else:
        how = f"{it.body(one.judge).name} nhận xét, có lý do" if one.judge else "Người thẩm định nhận xét, có lý do"
    return {"criterion": one, "how": how, "by_data": one.answered_by == "data"}


def _content(it: Plan, one: Content) -> dict[str, object]:
    return {
        "content": one,
        "criteria": [_criterion(it, own) for own in one.criteria],
        "members": [PartyKind(kind).label for kind in one.members],
        "awards": [award.title for award in it.awards_for(one.id)],
    }


def _award(it: Plan, one: Award) -> dict[str, object]:
    return {
        "award": one,
        "level": LEVELS[one.level],
        "payees": ", ".join(PAYEES[payee] for payee in one.payees),
        "contents": [it.content(content) for content in one.contents],
        "papers": it.papers_for(one.id),
        "criteria": [_criterion(it, own) for own in one.criteria],
        "is_top": one.level == "state",
    }


def _step(it: Plan, one: CalendarStep, on: date) -> dict[str, object]:
    """One step of the calendar: when, who, and whether it lies behind us."""
    since, until = first_day(one.since), last_day(one.until)
    phase = "past" if until < on else "now" if since <= on else "ahead"
    tone, label = PHASES[phase]
    return {
        "step": one,
        "when": _span(one),
        "who": ", ".join(it.body(body).name for body in one.who),
        "tone": tone,
        "label": label,
        "phase": phase,
    }


def _span(one: CalendarStep) -> str:
    since, until = (_month(when) for when in (one.since, one.until))
    span = since if since == until else f"{since} - {until}"
    return f"Hằng năm, {span}" if one.each_year else span


def _month(when: str) -> str:
    """2017-02 as "tháng 02/2017", 2017 as "năm 2017"."""
    return f"tháng {when[5:7]}/{when[:4]}" if len(when) > 4 else f"năm {when}"


def _duties(it: Plan) -> list[dict[str, object]]:
    """Each body that leads something, with its duties and whom it works with."""
    return [
        {
            "body": body,
            "duties": [
                {"duty": duty, "together": ", ".join(it.body(other).name for other in duty.together_with)}
                for duty in it.duties
                if duty.body == body.id
            ],
        }
        for body in it.bodies
        if any(duty.body == body.id for duty in it.duties)
    ]


def _cited(citation: Citation) -> str:
    """Number and day as a clerk writes them; empty parts are left out."""
    dated = f"ngày {citation.dated:%d/%m/%Y}" if citation.dated else ""
    number = f"số {citation.number}" if citation.number else ""
    return " ".join(part for part in (number, dated) if part) or "không ghi số, ngày"
