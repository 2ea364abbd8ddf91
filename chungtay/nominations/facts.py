"""Gathering: what the rooms below know about a nominee, put as facts that the law can read."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Sum

from chungtay.law import exclusions, giving
from chungtay.law.awards import Award
from chungtay.law.criteria import Known
from chungtay.law.procedure import State
from chungtay.law.verdicts import Questions
from chungtay.merits import gathering, reckoning
from chungtay.merits.asking import Ask
from chungtay.nominations.models import Achievement, Dossier
from chungtay.records import walls
from chungtay.records.among import Among

NOT_STANDING = (State.WITHDRAWN, State.REFUSED, State.DECLINED, State.REVOKED, State.DRAFT)
DECLARED = "declared_contribution_at_threshold"

ON_RECORD = "what the law asks about a nominee counts wherever it was written"


def period(dossier: Dossier, on: date) -> tuple[date, date]:
    """The achievement's days; until they are written, the movement's period up to today."""
    plan = dossier.round.plan_version.plan
    return dossier.period_from or plan.period.since, dossier.period_to or min(on, plan.period.until)


def ask_of(dossier: Dossier, on: date) -> Ask:
    """The question that the dossier puts to the law, by the version of the plan of its round."""
    version = dossier.round.plan_version
    since, until = period(dossier, on)
    return Ask(
        version.plan, version.movement_id, Award(dossier.award), dossier.content, dossier.round.kind, since, until, on
    )


def questions(dossier: Dossier) -> Questions:
    """What the plan asks of the nominee. Its registration is asked before the dossier is handed in."""
    plan = dossier.round.plan_version.plan
    asked = plan.criteria_for(dossier.content, dossier.party.kind, award=dossier.award)
    return Questions(asked, plan.content(dossier.content).need)


def gather(dossier: Dossier, *, on: date) -> dict[str, Known | None]:
    """Every fact that is asked about this nominee and that a room can answer on that day."""
    ask = ask_of(dossier, on)
    wanted = questions(dossier).facts | {"registered_for_content"}
    known: dict[str, Known | None] = dict(gathering.gather([dossier.party_id], ask, wanted).of(dossier.party_id))
    if DECLARED in wanted:
        known[DECLARED] = declared(dossier, on)
    return known


@walls.everything(ON_RECORD)
def case(dossier: Dossier, *, on: date) -> exclusions.Case:
    """What is on record about the nominee that may exclude this dossier (KH IV.1.1, IV.2.2.b)."""
    party = dossier.party_id
    others = _others([party], without=[dossier.pk])
    return reckoning.case_of(
        ask_of(dossier, on),
        dossier.party.kind,
        gathering.recorded([party]).get(party),
        past=_awarded(others).get(party, ()),
        proposals=_proposed(others, dossier.round.plan_version.movement_id).get(party, ()),
        achievement=dossier.summary.strip(),
    )


@walls.everything(ON_RECORD)
def awarded(parties: Collection[int], *, without: Collection[int] = ()) -> dict[int, Sequence[exclusions.PastAward]]:
    """The awards that these parties have received, by party. One query. `without`: dossiers that do not count."""
    return _awarded(_others(parties, without))


@walls.everything(ON_RECORD)
def proposed(
    parties: Collection[int], movement: int, *, without: Collection[int] = ()
) -> dict[int, Sequence[exclusions.StateProposal]]:
    """The State awards of this movement that were asked for these parties, by party. One query."""
    return _proposed(_others(parties, without), movement)


def declared(dossier: Dossier, on: date) -> Known | None:
    """The value of gifts that the unit declared, against the province's threshold; None when nothing was valued.

    It counts for nothing by itself: only versions of a plan from before the gifts still ask for it.
    """
    total = declared_sum(dossier)
    if total is None:
        return None
    _, version = giving.meets_threshold(total, giving.giver_of(dossier.party.payee), on=on)
    because = "Theo giá trị đơn vị khai trong hồ sơ, chưa đối chiếu với bên nhận."
    return Known(total, needed=version.value, because=because, assumed=version.assumed)


def declared_sum(dossier: Dossier) -> int | None:
    """What the unit says was given, in đồng; None when nothing was valued."""
    told = Achievement.objects.filter(dossier=dossier).aggregate(total=Sum("value"))["total"]
    return None if told is None else int(told)


_TOLD = (
    "party_id", "award", "state", "state_since", "received_on", "summary", "period_from", "period_to", "code",
    "round__plan_version__movement_id",
)  # fmt: skip


class Row(NamedTuple):
    """A dossier of somebody, as little of it as the law of exclusions asks."""

    party: int
    award: str
    state: str
    state_since: date
    received_on: date | None
    summary: str
    since: date | None
    until: date | None
    code: str | None
    movement: int


def _others(parties: Collection[int], without: Collection[int]) -> list[Row]:
    rows = Dossier.objects.filter(Among("party_id", parties)).exclude(state=State.DRAFT.value)
    if without:
        rows = rows.exclude(pk__in=list(without))
    return [Row(*row) for row in rows.order_by("id").values_list(*_TOLD)]


def _awarded(rows: Sequence[Row]) -> dict[int, Sequence[exclusions.PastAward]]:
    found: dict[int, list[exclusions.PastAward]] = {}
    for row in rows:
        if row.state == State.AWARDED:
            past = exclusions.PastAward(
                Award(row.award), row.state_since, row.summary.strip(), row.since, row.until, row.code or "",
                thematic=True,
            )  # fmt: skip
            found.setdefault(row.party, []).append(past)
    return {party: tuple(past) for party, past in found.items()}


def _proposed(rows: Sequence[Row], movement: int) -> dict[int, Sequence[exclusions.StateProposal]]:
    found: dict[int, list[exclusions.StateProposal]] = {}
    for row in rows:
        award = Award(row.award)
        if award.is_state and row.movement == movement:
            standing = State(row.state) not in NOT_STANDING
            proposal = exclusions.StateProposal(award, row.received_on or row.state_since, standing)
            found.setdefault(row.party, []).append(proposal)
    return {party: tuple(asked) for party, asked in found.items()}
