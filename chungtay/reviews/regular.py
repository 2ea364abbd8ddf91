"""Regular review: a household asks in the year's course to enter or leave the list; seven working days to the answer.

A granted request changes the household's class from the day of the decision. The next round still begins with the last
locked list, so that what was granted since is part of that round's movement.
"""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from chungtay.accounts import notices
from chungtay.accounts.models import Seat
from chungtay.households.models import Household
from chungtay.law import reviewing
from chungtay.law.classifying import Classified
from chungtay.law.population import Move, move
from chungtay.law.poverty import Class, same_standard
from chungtay.law.poverty import area_of as rural_or_urban
from chungtay.law.procedure import Desk
from chungtay.law.refusals import Conflict, Reason, Reasons, Refused
from chungtay.places.models import NoPlaceThen
from chungtay.records import journal, versions
from chungtay.reviews import beside, lineage
from chungtay.reviews.assessments import Application
from chungtay.reviews.carrying import LISTED
from chungtay.reviews.rights import CLAUSE, need_desk, need_in_sight
from chungtay.reviews.rounds import Round
from chungtay.reviews.scoring import Found, because, classify

WORDS = "giải quyết giấy đề nghị rà soát"
State, Kind = Application.State, Application.Kind


@transaction.atomic
def ask(
    household: Household, kind: str, *, reason: str, by: Seat, on: date, received_on: date | None = None
) -> Application:
    """Nhận giấy đề nghị vào hoặc ra khỏi danh sách; the last day for the answer follows from the day of receipt.

    Raises `Refused` with every reason, `Conflict` when another request of this household was just received.
    """
    need_desk(by, Desk.COMMUNE, what=WORDS)
    need_in_sight(household, by, on)
    day, found = received_on or on, Reasons()
    if kind not in Kind.values:
        found.add("Hãy chọn loại giấy đề nghị.", field="kind")
    if not reason.strip():
        found.add("Cần ghi lý do đề nghị.", field="reason")
    if day > on:
        found.add("Ngày nhận không thể ở tương lai.", field="received_on")
    if household.closed_on is not None:
        found.add(f"Hộ {household.code} đã ra khỏi sổ.")
    if kind == Kind.LEAVE and household.standing not in LISTED:
        found.add("Hộ không có trong danh sách hộ nghèo, hộ cận nghèo.", field="kind")
    if kind == Kind.ENTER and household.standing in LISTED and Class(household.standing).is_poor:
        found.add("Hộ đang có trong danh sách hộ nghèo.", field="kind")
    found.raise_if_any()
    due = reviewing.regular_due(day)
    row = Application(
        household=household, area_path=household.area_path, kind=kind, reason=reason.strip(), received_on=day,
        due_on=due.day, due_source=due.source.line[:200], due_assumed=" ".join(due.assumed)[:600],
        before=household.standing, is_demo=household.is_demo,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as twice:
        raise Conflict([Reason("Hộ đã có một giấy đề nghị đang chờ giải quyết.", CLAUSE, "kind")]) from twice
    journal.record(
        "receive_request", by=by, on=on, noun=row, body={"kind": kind, "household": household.code, "due_on": due.day},
        personal={"reason": row.reason},
    )  # fmt: skip
    return row


@transaction.atomic
def grant(request: Application, found: Found, *, decision: str, by: Seat, on: date, version: int) -> Application:
    """Công nhận: the household was checked with the same form, and its class lets it enter or leave. A sheet of an open
    round that was scored before and says otherwise is not touched: the commune is told to look at it again.

    Raises `Refused` with every reason, among them the law's lines where the class does not.
    """
    _need_waiting(request, by, on)
    reasons = Reasons()
    if not decision.strip():
        reasons.add("Cần ghi số quyết định.", field="decision")
    classified = _checked(request, found, reasons, on)
    household = Household.objects.select_for_update().get(pk=request.household_id)
    before = Class(household.standing) if household.standing else Class.OUTSIDE
    told = told_move(request, before, classified.outcome, on=on)
    _enough(request, before, classified, reasons)
    reasons.raise_if_any()
    changes = _facts(found, classified)
    versions.guarded_update(
        request, version=version, where={"state": State.WAITING}, state=State.GRANTED, decided_on=on,
        decision=decision.strip()[:120], before=household.standing, standing=classified.outcome.value, move=told,
        **changes,
    )  # fmt: skip
    listed = classified.outcome.is_listed
    escaped = None if listed else on if told and Move(told).starts_newly_escaped else household.escaped_on
    versions.guarded_update(household, standing=classified.outcome.value, standing_since=on, escaped_on=escaped)
    sheets = beside.notices(request, beside.open_sheets(household.pk), by.body_id)
    notices.tell_bodies(sheets, on=on, kinds=(Desk.COMMUNE,))
    journal.record(
        "grant_request", by=by, on=on, noun=request, body={"kind": request.kind, "decision": request.decision},
        personal={"before": before.value, "class": classified.outcome.value},
    )  # fmt: skip
    return request


@transaction.atomic
def refuse(
    request: Application, *, why: str, by: Seat, on: date, version: int, found: Found | None = None
) -> Application:
    """Không công nhận, with the reason; with what was found, where the household was checked."""
    _need_waiting(request, by, on)
    reasons = Reasons()
    if not why.strip():
        reasons.add("Từ chối phải ghi lý do.", clause=CLAUSE, field="answer")
    changes: dict[str, Any] = {}
    if found is not None:
        changes = _facts(found, _checked(request, found, reasons, on))
    reasons.raise_if_any()
    versions.guarded_update(
        request, version=version, where={"state": State.WAITING}, state=State.REFUSED, decided_on=on,
        answer=why.strip(), **changes,
    )  # fmt: skip
    journal.record(
        "refuse_request", by=by, on=on, noun=request, body={"kind": request.kind}, personal={"why": request.answer}
    )
    return request


def told_move(request: Application, before: Class, after: Class, *, on: date) -> str:
    """How the household moves by this decision; "" where the last locked list was made by another standard."""
    place = request.household.place_id
    last = Round.objects.filter(locked_on__isnull=False, communes__place=place).order_by("-year").first()
    if last is None or not same_standard(last.review_on, on):
        return ""
    ahead = after_all(last, on)
    history = lineage.earlier_moves([request.household_id], before=ahead).get(request.household_id, ())
    return move(before, after, history).value


def after_all(round: Round, on: date) -> Round:
    """A round that is not there, after `round`: everything up to and with it lies before."""
    return Round(place_id=round.place_id, year=max(round.year, on.year) + 1, review_on=on)


def _need_waiting(request: Application, by: Seat, on: date) -> None:
    need_desk(by, Desk.COMMUNE, what=WORDS)
    need_in_sight(request.household, by, on)
    if request.state != State.WAITING:
        raise Refused.because("Giấy đề nghị này đã có kết quả.", clause=CLAUSE)


def _checked(request: Application, found: Found, reasons: Reasons, on: date) -> Classified:
    try:
        classified = classify(area_of_home(request.household, found.area, on), found, on=on)
    except Refused as refused:
        raise Refused([*reasons, *refused.reasons]) from refused
    return classified


def area_of_home(household: Household, chosen: str, on: date) -> str:
    """Rural or urban by the kind of the household's commune on that day, else what a person chose."""
    try:
        return rural_or_urban(household.place.on(on).kind, on=on).value
    except (NoPlaceThen, Refused):
        return chosen


def _enough(request: Application, before: Class, classified: Classified, reasons: Reasons) -> None:
    """Whether the class does what the household asked for; if not, the law's own lines say why."""
    after = classified.outcome
    better = _RANK[after] > _RANK[before]
    fits = (after.is_listed and not before.is_poor) if request.kind == Kind.ENTER else better
    if request.kind == Kind.ENTER and after is before:
        fits = False
    if not fits:
        reasons.add(
            f"Kết quả kiểm tra là {after.label}, hộ đang là {before.label}: không đủ để công nhận. "
            + " ".join(classified.lines[1:]),
            clause=str(classified.sources[0]),
            field="b1",
        )


_RANK = {
    Class.INCOME_POOR: 0, Class.SERVICE_POOR: 0, Class.POOR: 0, Class.NEAR_POOR: 1,
    Class.AVERAGE: 2, Class.ABOVE: 2, Class.OUTSIDE: 2,
}  # fmt: skip


def _facts(found: Found, classified: Classified) -> dict[str, Any]:
    return {
        "facts": {
            "persons": found.persons, "b1": found.b1, "b2": found.b2, "income_total": found.income_total,
            "lacking": None if found.lacking is None else sorted(found.lacking), "causes": sorted(found.causes),
        },
        "because": because(found, classified),
    }  # fmt: skip
