"""Gathering: what the rooms below know about a nominee, put as facts that the law can read."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Case, DateField, OuterRef, Subquery, Sum, When

from chungtay.contributions.reckoned import AwardCase
from chungtay.law import exclusions, giving
from chungtay.law.awards import Award
from chungtay.law.criteria import Known
from chungtay.law.procedure import State
from chungtay.law.verdicts import Questions
from chungtay.merits import gathering, reckoning
from chungtay.merits.asking import Ask
from chungtay.nominations.models import Achievement, CentralAnswer, Dossier, EarlierAward
from chungtay.records import walls
from chungtay.records.among import Among

NOT_STANDING = (State.WITHDRAWN, State.REFUSED, State.DECLINED, State.NOT_GRANTED, State.REVOKED, State.DRAFT)
DECLARED = "declared_contribution_at_threshold"

Past = Mapping[int, Sequence[exclusions.PastAward]]
Proposals = Mapping[int, Sequence[exclusions.StateProposal]]
Way = EarlierAward.Way

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
    found = history([party], dossier.round.plan_version.movement_id, on=on, without=[dossier.pk])
    return reckoning.case_of(
        ask_of(dossier, on),
        dossier.party.kind,
        gathering.recorded([party]).get(party),
        past=found.past.get(party, ()),
        proposals=found.proposals.get(party, ()),
    )


@dataclass(frozen=True)
class History:
    """Điều đã có với nhiều đối tượng: awards received, and State awards of a movement asked for, by party."""

    past: Past
    proposals: Proposals


@walls.everything(ON_RECORD)
def history(
    parties: Collection[int], movement: int, *, on: date | None = None, without: Collection[int] = ()
) -> History:
    """What these parties have received, and which State awards of `movement` were asked for them. Three queries.

    `on`: as it stood at the end of that day; without it, as it stands now. `without`: dossiers that do not count.
    """
    rows = _others(parties, without)
    return History(_awarded(rows, parties, movement, on), _proposed(rows, movement, on))


@walls.everything(ON_RECORD)
def awarded(
    parties: Collection[int], movement: int | None = None, *, on: date | None = None, without: Collection[int] = ()
) -> Past:
    """The awards that these parties have received, by party: by dossiers of this system, by answers of the centre, by
    the register of earlier awards. Three queries. `on`, `without`: as for `history`.

    The contents of another movement than `movement` are not named: their letters mean something else.
    """
    return _awarded(_others(parties, without), parties, movement, on)


@walls.everything(ON_RECORD)
def proposed(
    parties: Collection[int], movement: int, *, on: date | None = None, without: Collection[int] = ()
) -> Proposals:
    """The State awards of this movement that were asked for these parties, by party. One query. `on`, `without`: as
    for `history`."""
    return _proposed(_others(parties, without), movement, on)


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
    "id", "party_id", "award", "state", "state_since", "received_on", "content", "period_from", "period_to", "code",
    "round__plan_version__movement_id", "awarded_on",
)  # fmt: skip


class Row(NamedTuple):
    """A dossier of somebody, as little of it as the law of exclusions asks. `awarded_on`: of one that the province
    has revoked, the day on which it was honoured."""

    pk: int
    party: int
    award: str
    state: str
    state_since: date
    received_on: date | None
    content: str
    since: date | None
    until: date | None
    code: str | None
    movement: int
    awarded_on: date | None = None

    def ended_after(self, on: date | None) -> bool:
        """Whether what has ended by now still stood at the end of that day."""
        return on is not None and self.state_since > on


def _others(parties: Collection[int], without: Collection[int]) -> list[Row]:
    rows = Dossier.objects.filter(Among("party_id", parties)).exclude(state=State.DRAFT.value)
    if without:
        rows = rows.exclude(pk__in=list(without))
    honoured = AwardCase.objects.filter(party=OuterRef("party"), case_key=OuterRef("key")).order_by("-pk")
    was = Case(
        When(state=State.REVOKED.value, then=Subquery(honoured.values("decided_on")[:1])), default=None,
        output_field=DateField(),
    )  # fmt: skip
    return [Row(*row) for row in rows.annotate(awarded_on=was).order_by("id").values_list(*_TOLD)]


def _awarded(rows: Sequence[Row], parties: Collection[int], movement: int | None, on: date | None) -> Past:
    found: dict[int, list[exclusions.PastAward]] = {}
    granted = _granted(parties)
    for row in rows:
        award, decided_on, number = row.award, row.state_since, ""
        revoked = row.state == State.REVOKED and row.ended_after(on)
        if row.pk in granted and (revoked or row.state == State.GRANTED):
            award, decided_on, number = granted[row.pk]
        elif revoked and row.awarded_on is not None:
            decided_on = row.awarded_on
        elif row.state != State.AWARDED:
            continue
        content = row.content if movement in (None, row.movement) else ""
        past = exclusions.PastAward(
            Award(award), decided_on, content, row.since, row.until, number, row.code or "", thematic=True
        )
        found.setdefault(row.party, []).append(past)
    for party, past in _earlier(parties, movement):
        mine = found.setdefault(party, [])
        if (past.award, past.decided_on) not in {(one.award, one.decided_on) for one in mine}:
            mine.append(past)
    return {party: tuple(mine) for party, mine in found.items()}


def _granted(parties: Collection[int]) -> dict[int, tuple[str, date, str]]:
    """Award, day and number of what the centre granted last, by dossier; revoked or taken back as it may be. One
    query."""
    rows = CentralAnswer.objects.filter(Among("dossier__party_id", parties), kind=CentralAnswer.Kind.GRANTED)
    told = rows.order_by("id").values_list("dossier_id", "award", "decided_on", "number")
    return {dossier: (award, day, number) for dossier, award, day, number in told if day is not None}


_EARLIER = ("party_id", "award", "decided_on", "content", "since", "until", "number", "way", "movement_id")


def _earlier(parties: Collection[int], movement: int | None) -> Iterator[tuple[int, exclusions.PastAward]]:
    """What the register of earlier awards counts, the oldest first. One query."""
    rows = EarlierAward.objects.counting().filter(Among("party_id", parties)).order_by("decided_on", "id")
    for party, award, day, content, since, until, number, way, of in rows.values_list(*_EARLIER):
        yield party, exclusions.PastAward(
            Award(award), day, content if movement in (None, of) else "", since, until, number,
            ad_hoc=way == Way.AD_HOC, thematic=way == Way.THEMATIC, service=way == Way.SERVICE,
        )  # fmt: skip


def _proposed(rows: Sequence[Row], movement: int, on: date | None) -> Proposals:
    found: dict[int, list[exclusions.StateProposal]] = {}
    for row in rows:
        award = Award(row.award)
        if award.is_state and row.movement == movement:
            standing = State(row.state) not in NOT_STANDING or row.ended_after(on)
            proposal = exclusions.StateProposal(award, row.received_on or row.state_since, standing)
            found.setdefault(row.party, []).append(proposal)
    return {party: tuple(asked) for party, asked in found.items()}
