"""What the register of disciplines answers about many parties at once. One query, however many parties."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from chungtay.law import exclusions
from chungtay.law.awards import Award
from chungtay.law.criteria import Known
from chungtay.parties.models import Discipline
from chungtay.records import walls
from chungtay.records.among import Among

ON_RECORD = "what the law asks about a nominee counts wherever it was written"
LOOKED_UP = "Đã tra sổ kỷ luật của hệ thống."
PENDING = "việc thanh tra, điều tra hoặc xác minh khiếu nại, tố cáo"


@dataclass(frozen=True, slots=True)
class OnRecord:
    """Điều sổ kỷ luật ghi về một đối tượng, as the law of exclusions takes it."""

    disciplines: tuple[exclusions.Discipline, ...] = ()
    pendings: tuple[exclusions.Pending, ...] = ()


CLEAN = OnRecord()


@walls.everything(ON_RECORD)
def on_record(parties: Collection[int]) -> dict[int, OnRecord]:
    """What stands in the register, by party; a party with nothing in it is missing, which here means clean."""
    rows = Discipline.objects.filter(Among("party_id", parties)).order_by("party_id", "since", "id")
    disciplines: dict[int, list[exclusions.Discipline]] = {}
    pendings: dict[int, list[exclusions.Pending]] = {}
    for party, form, since, until, source in rows.values_list("party_id", "form", "since", "until", "source"):
        if form == Discipline.Form.PENDING:
            pendings.setdefault(party, []).append(exclusions.Pending(PENDING, since, until))
        else:
            record = exclusions.Discipline(exclusions.Form(form), since, until, source)
            disciplines.setdefault(party, []).append(record)
    return {
        party: OnRecord(tuple(disciplines.get(party, ())), tuple(pendings.get(party, ())))
        for party in {*disciplines, *pendings}
    }


def no_discipline(parties: Collection[int], *, since: date, until: date, on: date) -> dict[int, Known]:
    """No discipline from reprimand up that touches the period or is in force on the day (KH IV.1.1).

    The register is the system's own, so that it answers about everybody. The sentence names no details: it is read by
    those who may not read the register.
    """
    return unmarked(parties, on_record(parties), since=since, until=until, on=on)


def unmarked(
    parties: Collection[int], recorded: Mapping[int, OnRecord], *, since: date, until: date, on: date
) -> dict[int, Known]:
    """As `no_discipline`, of what `on_record` has read already."""
    found = dict.fromkeys(parties, Known(True, because=LOOKED_UP))
    for party, record in recorded.items():
        case = exclusions.Case(Award.PROVINCE_CERTIFICATE, "", since, until, disciplines=record.disciplines)
        if exclusions.blocked(exclusions.find(case, on=on)):
            found[party] = Known(False, because=exclusions.DISCREET)
    return found


def nothing_pending(parties: Collection[int], *, since: date, until: date, on: date) -> dict[int, Known]:
    """No inspection, investigation or complaint that is still open on the day; the period does not matter."""
    return unpending(parties, on_record(parties), on=on)


def unpending(parties: Collection[int], recorded: Mapping[int, OnRecord], *, on: date) -> dict[int, Known]:
    """As `nothing_pending`, of what `on_record` has read already."""
    found = dict.fromkeys(parties, Known(True, because=LOOKED_UP))
    for party, record in recorded.items():
        if any(one.opened_on <= on and (one.closed_on is None or one.closed_on > on) for one in record.pendings):
            found[party] = Known(False, because=exclusions.DISCREET)
    return found
