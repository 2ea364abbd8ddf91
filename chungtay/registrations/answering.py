"""What the registrations answer about many parties at once. One query for each fact, however many parties."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import CharField, Q
from django.db.models.functions import Cast

from chungtay.law.criteria import Known
from chungtay.records import walls
from chungtay.records.among import Among
from chungtay.registrations.models import Registration, RegistrationQuerySet

DAY = Cast("registered_on", CharField())
"""A day as its ISO text: of the many rows few are different days, and only those are made into dates."""
ON_RECORD = "what the law asks about a nominee counts wherever it was written"
NO_REGISTRATION = "Không thấy đăng ký nào còn hiệu lực trong thời gian thành tích."


@walls.everything(ON_RECORD)
def registered_to_leave_poverty(
    parties: Collection[int], *, since: date, until: date, on: date, movement: int | None = None
) -> dict[int, Known]:
    """A household's own wish that stands at the end of the period, or on the day if that comes first (KH IV.1.2.a).

    The system holds every registration, so that it answers about everybody. `movement` narrows to one movement.
    """
    rows = _standing(parties, min(until, on), movement).filter(kind=Registration.Kind.LEAVE_POVERTY)
    return _answers(parties, dict(rows.values_list("party_id", DAY)))


@walls.everything(ON_RECORD)
def registered_for_content(
    parties: Collection[int],
    *,
    since: date,
    until: date,
    on: date,
    content: Mapping[int, str],
    movement: int | None = None,
) -> dict[int, Known]:
    """A registration for just that content, by party, that stands at the end of the period or on the day (KH II.2).

    A party that `content` does not name has no answer.
    """
    asked = set(content.values())
    rows = _standing(parties, min(until, on), movement).filter(content__in=sorted(asked))
    told = rows.values_list("party_id", "content", DAY)
    found = {party: day for party, chosen, day in told if content.get(party) == chosen}
    return _answers([party for party in parties if party in content], found)


def _standing(parties: Collection[int], until: date, movement: int | None) -> RegistrationQuerySet:
    rows = Registration.objects.filter(Among("party_id", parties), registered_on__lte=until)
    rows = rows.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=until))
    # The earliest comes last, and is the one that a dictionary keeps.
    return (rows if movement is None else rows.filter(movement_id=movement)).order_by("-registered_on", "-id")


def _answers(parties: Collection[int], found: Mapping[int, str]) -> dict[int, Known]:
    nothing, said = Known(False, because=NO_REGISTRATION), {}
    by_day: dict[str, Known] = {}
    for party in parties:
        day = found.get(party)
        if day is None:
            said[party] = nothing
        else:
            known = by_day.get(day)
            if known is None:
                known = by_day[day] = Known(True, because=f"Đăng ký ngày {date.fromisoformat(day):%d/%m/%Y}.")
            said[party] = known
    return said
