"""Registering for the movement, one by one or many at once, and withdrawing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import IntegrityError, transaction

from chungtay.accounts.models import Seat
from chungtay.law.procedure import PROPOSING
from chungtay.law.refusals import Conflict, Reason, Reasons, Refused
from chungtay.movements.models import Movement, PlanVersion
from chungtay.movements.plan import Content, Plan
from chungtay.parties import actions as parties
from chungtay.parties.authority import in_sight
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.records import journal, versions, walls
from chungtay.registrations.models import Registration

LEAVE_POVERTY_FACT = "registered_to_leave_poverty"
"""The fact that a household's own wish answers; the content that asks for it is the one it registers for."""


@dataclass(frozen=True)
class Wish:
    """What somebody registers for: one content of one movement, for a year or (0) the whole phase."""

    movement: Movement
    content: str
    year: int
    kind: str = Registration.Kind.EMULATION.value
    household_class: str = ""
    pledge: str = ""


@dataclass
class Outcome:
    """What came of registering many: those done, and each one refused with all its reasons."""

    done: list[Registration] = field(default_factory=list)
    refused: list[tuple[Party, list[Reason]]] = field(default_factory=list)


@transaction.atomic
def register(party: Party, wish: Wish, *, by: Seat, on: date) -> Registration:
    """Đăng ký thi đua, hoặc hộ tự nguyện đăng ký thoát nghèo (KH II.2). Raises `Refused` with every reason."""
    version = wish.movement.plan_on(on)
    reasons = faults(party, wish, version.plan, by=by, on=on)
    standing = Registration.objects.standing().filter(
        party=party, movement=wish.movement, kind=wish.kind, content=wish.content, year=wish.year
    )
    with walls.everything("a party registers once, whatever commune it lived in then"):
        reasons.extend(_again(row) for row in standing.order_by("id"))
    reasons.raise_if_any()
    return _write(party, wish, version, by=by, on=on)


def register_many(
    among: Iterable[Party], wish: Wish, *, by: Seat, on: date, classes: Mapping[int, str] | None = None
) -> Outcome:
    """Đăng ký cho nhiều đối tượng: each stands or falls alone. `classes`: household class by the party's key."""
    outcome = Outcome()
    for party in among:
        own = replace(wish, household_class=(classes or {}).get(party.pk, wish.household_class))
        try:
            outcome.done.append(register(party, own, by=by, on=on))
        except Refused as refused:
            outcome.refused.append((party, refused.reasons))
    return outcome


@transaction.atomic
def enrol(household: Party, wish: Wish, *, by: Seat, on: date, different_from: Iterable[Party] = ()) -> Registration:
    """Ghi sổ một hộ mới và đăng ký cho hộ trong một bước: both are written, or neither. Raises `Refused`."""
    parties.register(household, by=by, on=on, different_from=different_from)
    return register(household, wish, by=by, on=on)


@transaction.atomic
def withdraw(registration: Registration, *, by: Seat, on: date, reason: str, version: int) -> Registration:
    """Rút đăng ký: the row stays, with day and reason. Raises `Refused`, or `Conflict` if somebody was first."""
    found = Reasons()
    if by.kind not in PROPOSING or not in_sight(registration.party, by, on):
        found.add("Chỉ nơi quản lý đối tượng mới được rút đăng ký.")
    if registration.withdrawn_on is not None:
        found.add(f"Đăng ký này đã rút ngày {registration.withdrawn_on:%d/%m/%Y}.")
    if not reason.strip():
        found.add("Cần ghi lý do rút.", field="reason")
    found.raise_if_any()
    versions.guarded_update(
        registration, version=version, where={"withdrawn_on__isnull": True},
        withdrawn_on=on, withdrawn_why=reason.strip()[:300],
    )  # fmt: skip
    journal.record(
        "withdraw_registration", by=by, on=on, noun=registration,
        body={"content": registration.content, "year": registration.year},
        personal={"party": registration.party.name, "reason": registration.withdrawn_why},
    )  # fmt: skip
    return registration


def faults(party: Party, wish: Wish, plan: Plan, *, by: Seat, on: date) -> Reasons:
    """Everything that stands against a registration, apart from one that already stands."""
    found = Reasons()
    if by.kind not in PROPOSING or not in_sight(party, by, on):
        found.add("Đối tượng này không thuộc địa bàn hoặc đơn vị bạn quản lý.", clause="KH III.1")
    content = next((one for one in plan.contents if one.id == wish.content), None)
    if content is None:
        found.add("Kế hoạch không có nội dung thi đua này.", clause=plan.registration.clause, field="content")
    elif party.kind not in content.members:
        found.extend([_not_entitled(party, content, plan)])
    found.extend(_out_of_time(wish, plan, on))
    found.extend(_about_household(party, wish, content))
    if wish.kind == Registration.Kind.LEAVE_POVERTY:
        found.extend(_about_own_wish(party, wish, plan))
    return found


def _not_entitled(party: Party, content: Content, plan: Plan) -> Reason:
    """Why a kind of party may not take up a content, and what it may (KH II.2)."""
    letters = ", ".join(one.letter for one in plan.contents_for(party.kind))
    may = f" Được đăng ký nội dung: {letters}." if letters else ""
    return Reason(
        f"“{party.get_kind_display()}” không thuộc đối tượng của nội dung {content.letter} ({content.who}).{may}",
        clause=content.clause,
        field="content",
    )


def _out_of_time(wish: Wish, plan: Plan, on: date) -> Iterable[Reason]:
    since, until = plan.period.since, plan.period.until
    if on not in plan.period:
        yield Reason(
            f"Phong trào thực hiện từ {since:%d/%m/%Y} đến hết {until:%d/%m/%Y}; ngày {on:%d/%m/%Y} không đăng ký.",
            clause=plan.registration.clause,
        )
    span = "phase" if wish.year == Registration.WHOLE_PHASE else "year"
    if span not in plan.registration.spans:
        said = "cả giai đoạn" if span == "phase" else "từng năm"
        yield Reason(f"Kế hoạch không cho đăng ký {said}.", clause=plan.registration.clause, field="year")
    elif span == "year" and not since.year <= wish.year <= until.year:
        yield Reason(
            f"Năm {wish.year} ở ngoài giai đoạn {since.year}-{until.year} của phong trào.",
            clause=plan.registration.clause, field="year",
        )  # fmt: skip


def _about_household(party: Party, wish: Wish, content: Content | None) -> Iterable[Reason]:
    """A household says its class where the content is only for some households."""
    if wish.household_class and wish.household_class not in Registration.HouseholdClass.values:
        yield Reason("Diện hộ không có trong danh sách.", field="household_class")
    asked = content is not None and (bool(content.condition) or wish.kind == Registration.Kind.LEAVE_POVERTY)
    if asked and content is not None and party.kind == PartyKind.HOUSEHOLD and not wish.household_class:
        yield Reason(
            "Cần ghi hộ thuộc diện nào: nghèo, cận nghèo hay mới thoát nghèo.", content.clause, "household_class"
        )


def _about_own_wish(party: Party, wish: Wish, plan: Plan) -> Iterable[Reason]:
    """A household's own wish is for households that are still poor, under the content whose criterion asks for it."""
    content = own_wish_content(plan)
    if content is None or wish.content != content.id:
        yield Reason("Kế hoạch không có đăng ký thoát nghèo ở nội dung này.", field="content")
    clause = content.clause if content is not None else ""
    if party.kind != PartyKind.HOUSEHOLD:
        yield Reason("Chỉ hộ gia đình mới tự nguyện đăng ký thoát nghèo.", clause)
    if wish.household_class == Registration.HouseholdClass.NEWLY_ESCAPED:
        yield Reason(
            "Hộ mới thoát nghèo thì đăng ký thi đua, không đăng ký thoát nghèo nữa.", clause, "household_class"
        )


def own_wish_content(plan: Plan) -> Content | None:
    """The content for which a household's own wish to leave poverty counts, if the plan has one (KH IV.1.2.a)."""
    asking = (c for c in plan.contents if any(one.fact == LEAVE_POVERTY_FACT for one in c.criteria))
    return next(asking, None)


def _again(row: Registration) -> Reason:
    span = "cả giai đoạn" if row.year == Registration.WHOLE_PHASE else f"năm {row.year}"
    return Reason(
        f"Đã đăng ký nội dung này cho {span} từ ngày {row.registered_on:%d/%m/%Y}.", clause="KH II.2", field="year"
    )


def _write(party: Party, wish: Wish, version: PlanVersion, *, by: Seat, on: date) -> Registration:
    household_class = wish.household_class if party.kind == PartyKind.HOUSEHOLD else ""
    row = Registration(
        party=party, movement=wish.movement, kind=wish.kind, content=wish.content, year=wish.year,
        household_class=household_class, pledge=wish.pledge.strip(), registered_on=on, area_path=party.area_path,
        is_demo=party.is_demo,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as twice:
        raise Conflict([Reason("Người khác vừa đăng ký nội dung này cho đối tượng.", "KH II.2", "year")]) from twice
    journal.record(
        "register", by=by, on=on, noun=row,
        body={"kind": row.kind, "content": row.content, "year": row.year, "plan": version.number},
        personal={"party": party.name, "household_class": household_class, "pledge": row.pledge},
    )  # fmt: skip
    return row
