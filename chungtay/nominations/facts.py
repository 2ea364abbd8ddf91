"""Gathering: what the rooms below know about a nominee, put as facts that the law can read."""

from datetime import date

from django.db.models import Q, Sum

from chungtay.law import exclusions, giving
from chungtay.law.awards import Award, Payee
from chungtay.law.criteria import Known
from chungtay.law.procedure import State
from chungtay.nominations.models import Achievement, Dossier
from chungtay.parties.models import Discipline
from chungtay.records import walls
from chungtay.registrations.models import Registration

GIVER = {
    Payee.COLLECTIVE: giving.Giver.ORGANISATION,
    Payee.PERSON: giving.Giver.PERSON,
    Payee.HOUSEHOLD: giving.Giver.HOUSEHOLD,
}
NOT_STANDING = (State.WITHDRAWN, State.REFUSED, State.DECLINED, State.REVOKED, State.DRAFT)

ON_RECORD = "what the law asks about a nominee counts wherever it was written"


def period(dossier: Dossier, on: date) -> tuple[date, date]:
    """The achievement's days; until they are written, the movement's period up to today."""
    plan = dossier.round.plan_version.plan
    return dossier.period_from or plan.period.since, dossier.period_to or min(on, plan.period.until)


@walls.everything(ON_RECORD)
def gather(dossier: Dossier, *, on: date) -> dict[str, Known | None]:
    """Every fact of `law.criteria.FACTS` that the system can answer for this dossier on that day."""
    since, until = period(dossier, on)
    registered = list(
        Registration.objects.filter(
            party_id=dossier.party_id, movement=dossier.round.plan_version.movement, registered_on__lte=until
        ).filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=until))
    )
    wish = next((r for r in registered if r.kind == Registration.Kind.LEAVE_POVERTY), None)
    content = next((r for r in registered if r.content == dossier.content), None)
    clean = not any(f.kind is exclusions.Kind.BLOCK for f in _discipline_findings(dossier, since, until, on))
    return {
        "registered_to_leave_poverty": Known(wish is not None, because=_dated("Đăng ký", wish)),
        "registered_for_content": Known(content is not None, because=_dated("Đăng ký", content)),
        "no_discipline": Known(clean, because="Theo sổ kỷ luật của hệ thống."),
        "declared_contribution_at_threshold": _contribution(dossier, on),
    }


@walls.everything(ON_RECORD)
def case(dossier: Dossier, *, on: date) -> exclusions.Case:
    """What is on record about the nominee that may exclude this dossier (KH IV.1.1, IV.2.2.b)."""
    since, until = period(dossier, on)
    records = list(dossier.party.disciplines.all())
    movement_id = dossier.round.plan_version.movement_id
    others = list(
        Dossier.objects.filter(party_id=dossier.party_id)
        .exclude(pk=dossier.pk)
        .exclude(state=State.DRAFT.value)
        .select_related("round__plan_version")
        .order_by("id")
    )
    return exclusions.Case(
        award=Award(dossier.award),
        achievement=dossier.summary.strip(),
        since=since,
        until=until,
        five_year=dossier.round.kind == "five_year",
        disciplines=_disciplines(records),
        pendings=_pendings(records),
        state_proposals=tuple(
            exclusions.StateProposal(
                Award(o.award), o.received_on or o.state_since, o.state not in {s.value for s in NOT_STANDING}
            )
            for o in others
            if Award(o.award).is_state and o.round.plan_version.movement_id == movement_id
        ),
        past_awards=tuple(
            exclusions.PastAward(
                Award(o.award), o.state_since, o.summary.strip(), o.period_from, o.period_to, number=o.code or ""
            )
            for o in others
            if o.at is State.AWARDED
        ),
    )


def _contribution(dossier: Dossier, on: date) -> Known | None:
    """The value of gifts that the unit declared, against the province's threshold; None when nothing was valued."""
    total = Achievement.objects.filter(dossier=dossier).aggregate(total=Sum("value"))["total"]
    if total is None:
        return None
    _, version = giving.meets_threshold(total, GIVER[dossier.party.payee], on=on)
    because = "Theo giá trị đơn vị khai trong hồ sơ, chưa đối chiếu với bên nhận."
    return Known(total, needed=version.value, because=because, assumed=version.assumed)


def _disciplines(records: list[Discipline]) -> tuple[exclusions.Discipline, ...]:
    return tuple(
        exclusions.Discipline(exclusions.Form(r.form), r.since, r.until, r.source)
        for r in records
        if r.form != Discipline.Form.PENDING
    )


def _pendings(records: list[Discipline]) -> tuple[exclusions.Pending, ...]:
    return tuple(
        exclusions.Pending("việc thanh tra, điều tra hoặc xác minh khiếu nại, tố cáo", r.since, r.until)
        for r in records
        if r.form == Discipline.Form.PENDING
    )


def _discipline_findings(dossier: Dossier, since: date, until: date, on: date) -> list[exclusions.Finding]:
    records = list(dossier.party.disciplines.all())
    bare = exclusions.Case(
        Award(dossier.award), "", since, until, disciplines=_disciplines(records), pendings=_pendings(records)
    )
    return exclusions.find(bare, on=on)


def _dated(word: str, registration: Registration | None) -> str:
    if registration is None:
        return "Không thấy đăng ký nào còn hiệu lực trong thời gian thành tích."
    return f"{word} ngày {registration.registered_on:%d/%m/%Y}."
