"""Việc đang ở đâu: how a duty stands on a day, as a word for people and as a condition for the database."""

from datetime import date, timedelta
from enum import StrEnum

from django.db.models import F, Q

from chungtay.conduct.models import Duty, Handing

SOON_DAYS = 10
"""So many days before its last day a duty is said to be near."""


class State(StrEnum):
    """Tình trạng của một việc đến hạn."""

    OVERDUE = "overdue"
    SOON = "soon"
    AHEAD = "ahead"
    WAITING = "waiting"
    LATE = "late"
    ON_TIME = "on_time"

    @property
    def label(self) -> str:
        return _LOOKS[self][0]

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _LOOKS[self][1]

    @property
    def icon(self) -> str:
        return _LOOKS[self][2]


_LOOKS = {
    State.OVERDUE: ("Quá hạn, chưa nộp", "no", "exclamation-triangle"),
    State.SOON: ("Sắp đến hạn", "wait", "clock"),
    State.AHEAD: ("Chưa đến hạn", "neutral", "calendar"),
    State.WAITING: ("Chờ nơi nhận xác nhận", "info", "hourglass-split"),
    State.LATE: ("Xong, muộn hạn", "no", "exclamation-circle"),
    State.ON_TIME: ("Xong đúng hạn", "ok", "check-lg"),
}


def state_of(due_on: date, handing: Handing | None, on: date) -> State:
    """How a duty stands on `on`. The last day itself is in time, for handing in as for being owed."""
    if handing is None:
        if due_on < on:
            return State.OVERDUE
        return State.SOON if due_on <= on + timedelta(days=SOON_DAYS) else State.AHEAD
    if handing.accepted is None:
        return State.WAITING
    return State.LATE if handing.handed_on > due_on else State.ON_TIME


def condition(state: State, on: date) -> Q:
    """The same as a condition on rows of `Duty.objects.with_handing()`."""
    if state is State.WAITING:
        return Q(handing__isnull=False, handing__accepted__isnull=True)
    if state is State.LATE:
        return Q(handing__accepted=True, handing__handed_on__gt=F("due_on"))
    if state is State.ON_TIME:
        return Q(handing__accepted=True, handing__handed_on__lte=F("due_on"))
    open_, soon = Q(handing__isnull=True), on + timedelta(days=SOON_DAYS)
    if state is State.OVERDUE:
        return open_ & Q(due_on__lt=on)
    return open_ & (Q(due_on__gte=on, due_on__lte=soon) if state is State.SOON else Q(due_on__gt=soon))


OWED = Q(handing__isnull=True)
"""Not handed in yet, whether it is late or not."""


def words(duty: Duty, on: date) -> str:
    """When it was due and what came of it, in one line."""
    handing = duty.handing
    if handing is None:
        days = (on - duty.due_on).days
        return f"hạn {duty.due_on:%d/%m/%Y}" + (f", quá {days} ngày" if days > 0 else "")
    late = (handing.handed_on - duty.due_on).days
    told = f"nộp {handing.handed_on:%d/%m/%Y}, hạn {duty.due_on:%d/%m/%Y}"
    return f"{told}, muộn {late} ngày" if late > 0 else told
