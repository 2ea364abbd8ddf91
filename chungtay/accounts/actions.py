"""Seating and delegating. Each act looks itself at who acts: the area's administrator, or the holder of the seat."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from chungtay.accounts.models import Desk, Seat, User
from chungtay.law.procedure import Desk as DeskKind
from chungtay.law.refusals import Reasons
from chungtay.records import journal
from chungtay.records.journal import System

Giver = Seat | System
"""A seat, or a command of the province's own machine, which knows no area."""


@transaction.atomic
def give_seat(user: User, desk: Desk, *, by: Giver, on: date, until: date | None = None, title: str = "") -> Seat:
    """Phân công: let `user` work at `desk` from `on`, to the end of `until` when given.

    Raises `Refused` unless `by` is an administrator in whose area the desk's body lies, and for somebody who may not
    log in or sits there already.
    """
    reasons = _not_administered(desk, by, on)
    if not user.is_active:
        reasons.add(f"Tài khoản của {user} đã khóa.", field="user")
    if Seat.objects.filter(user=user, desk=desk).valid(on).exists():
        reasons.add("Người này đang ngồi ở bàn này.", field="user")
    if until is not None and until < on:
        reasons.add("Ngày thôi việc phải từ hôm nay trở đi.", field="until")
    reasons.raise_if_any()
    seat = Seat.objects.create(user=user, desk=desk, since=on, until=until, title=title)
    journal.record("give_seat", by=by, on=on, noun=seat, body={"desk": desk.name, "until": until})
    return seat


@transaction.atomic
def delegate(seat: Seat, user: User, *, by: Seat, on: date, until: date) -> Seat:
    """Ủy quyền: `user`, of the same body, does the work of `seat` until a day.

    Raises `Refused` for the seat of somebody else or one that has ended, for chains, for oneself, for somebody of
    another body or at the same desk, for a day past and beyond the seat's own end.
    """
    reasons = Reasons()
    if by.user_id != seat.user_id:
        reasons.add("Chỉ người đang ngồi bàn này ủy quyền được việc của mình.", field="user")
    if seat.since > on or (seat.until is not None and seat.until < on):
        reasons.add("Bạn không còn làm việc tại bàn này.", field="until")
    if seat.delegated_from_id is not None:
        reasons.add("Việc được ủy quyền không được ủy quyền lại.", field="user")
    if user.pk == seat.user_id:
        reasons.add("Không thể ủy quyền cho chính mình.", field="user")
    else:
        reasons.extend(_no_colleague(user, seat, on))
    if until < on:
        reasons.add("Ngày hết ủy quyền phải từ hôm nay trở đi.", field="until")
    if seat.until is not None and until > seat.until:
        reasons.add("Không thể ủy quyền quá ngày mình thôi việc này.", field="until")
    reasons.raise_if_any()
    made = Seat.objects.create(user=user, desk=seat.desk, since=on, until=until, delegated_from=seat, title=seat.title)
    journal.record("delegate", by=by, on=on, noun=made, body={"desk": seat.desk.name, "until": until})
    return made


@transaction.atomic
def end_seat(seat: Seat, *, by: Giver, on: date) -> Seat:
    """Thôi phân công: the seat's last day is `on`; what was delegated from it ends the same day.

    It only ever shortens: a seat that has not begun, or whose last day has come, is refused. So is everybody but the
    administrator of the area and whoever delegated the seat; nobody ends the administrator's seat that they act from.
    """
    reasons = Reasons()
    source = seat.delegated_from
    if source is None or isinstance(by, System) or source.user_id != by.user_id:
        reasons.extend(_not_administered(seat.desk, by, on))
        if isinstance(by, Seat) and by.pk == seat.pk:
            reasons.add("Không thể tự thôi phân công của chính mình; hãy nhờ quản trị viên khác.")
    if seat.since > on:
        reasons.add(f"Việc này bắt đầu từ {seat.since:%d/%m/%Y}, chưa đến ngày nên chưa thôi được.")
    shortened = Seat.objects.filter(Q(until__isnull=True) | Q(until__gt=on), pk=seat.pk, since__lte=on)
    if not reasons and shortened.update(until=on) != 1:
        last = Seat.objects.values_list("until", flat=True).get(pk=seat.pk)
        reasons.add(f"Việc này đã có ngày cuối là {last:%d/%m/%Y}." if last else "Việc này chưa bắt đầu.")
    reasons.raise_if_any()
    Seat.objects.filter(Q(until__isnull=True) | Q(until__gt=on), delegated_from=seat, since__lte=on).update(until=on)
    seat.until = on
    journal.record("end_seat", by=by, on=on, noun=seat, body={"desk": seat.desk.name})
    return seat


def _not_administered(desk: Desk, by: Giver, on: date) -> Reasons:
    """What stands against `by` seating people at `desk`. A command of the province's own machine may."""
    reasons = Reasons()
    if isinstance(by, System):
        return reasons
    if by.kind is not DeskKind.ADMIN:
        reasons.add(f"Phân công do {DeskKind.ADMIN.label} làm, không phải {by.kind.label}.")
    elif not by.scope(on).covers(desk.body.area_path):
        reasons.add("Bàn làm việc này ở ngoài địa bàn của bàn quản trị.")
    return reasons


def _no_colleague(user: User, seat: Seat, on: date) -> Reasons:
    """What stands against `user` doing the work of `seat`: another body, the same desk, a locked account."""
    reasons = Reasons()
    seats = Seat.objects.filter(user=user, desk__body=seat.desk.body_id).valid(on)
    if not user.is_active or not seats.exists():
        reasons.add("Người này không làm việc trong cơ quan của bạn.", field="user")
    elif seats.filter(desk=seat.desk_id).exists():
        reasons.add("Người này đang ngồi ở chính bàn này, không cần ủy quyền.", field="user")
    return reasons
