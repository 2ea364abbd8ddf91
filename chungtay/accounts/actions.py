"""Seating and delegating."""

from datetime import date

from django.db import transaction

from chungtay.accounts.models import Desk, Seat, User
from chungtay.law.refusals import Reason, Refused
from chungtay.records import journal
from chungtay.records.journal import Author


@transaction.atomic
def give_seat(user: User, desk: Desk, *, by: Author, on: date, until: date | None = None, title: str = "") -> Seat:
    """Phân công: let `user` work at `desk` from `on`, to the end of `until` when given."""
    seat = Seat.objects.create(user=user, desk=desk, since=on, until=until, title=title)
    journal.record("give_seat", by=by, on=on, noun=seat, body={"desk": desk.name, "until": until})
    return seat


@transaction.atomic
def delegate(seat: Seat, user: User, *, by: Author, on: date, until: date) -> Seat:
    """Ủy quyền: `user` does the work of `seat` until a day.

    Raises `Refused` for chains, for oneself, for a day past and beyond the seat's own end.
    """
    reasons = []
    if seat.delegated_from_id is not None:
        reasons.append(Reason("Việc được ủy quyền không được ủy quyền lại.", field="user"))
    if user.pk == seat.user_id:
        reasons.append(Reason("Không thể ủy quyền cho chính mình.", field="user"))
    if until < on:
        reasons.append(Reason("Ngày hết ủy quyền phải từ hôm nay trở đi.", field="until"))
    if seat.until is not None and until > seat.until:
        reasons.append(Reason("Không thể ủy quyền quá ngày mình thôi việc này.", field="until"))
    if reasons:
        raise Refused(reasons)
    made = Seat.objects.create(user=user, desk=seat.desk, since=on, until=until, delegated_from=seat, title=seat.title)
    journal.record("delegate", by=by, on=on, noun=made, body={"desk": seat.desk.name, "until": until})
    return made


@transaction.atomic
def end_seat(seat: Seat, *, by: Author, on: date) -> Seat:
    """Thôi phân công: the seat's last day is `on`; what was delegated from it ends the same day."""
    Seat.objects.filter(pk=seat.pk).update(until=on)
    Seat.objects.filter(delegated_from=seat).valid(on).update(until=on)
    seat.until = on
    journal.record("end_seat", by=by, on=on, noun=seat, body={"desk": seat.desk.name})
    return seat
