"""Which criteria are met by data, unmet, or to be judged; what excludes the dossier. Each line with its clause."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from chungtay.law import criteria, exclusions
from chungtay.law.criteria import Answer, Verdict
from chungtay.law.procedure import State
from chungtay.law.refusals import Reason
from chungtay.movements.plan import Criterion
from chungtay.nominations import facts
from chungtay.nominations.models import Dossier, Judgement
from chungtay.parties.models import Discipline
from chungtay.records import walls

PAGE_STATE = {Verdict.MET: "met", Verdict.UNMET: "unmet", Verdict.NO_DATA: "nodata", Verdict.TO_JUDGE: "judge"}


@dataclass(frozen=True)
class Line:
    """One criterion of the plan and where it stands for this dossier."""

    id: str
    question: str
    clause: str
    state: str  # met, unmet, nodata, judge: as the page names them
    answer: str = ""
    assumed: str = ""
    source: str = ""
    note: str = ""
    by_person: bool = False
    judged_met: bool | None = None
    judged_reason: str = ""
    judged_by: str = ""

    @property
    def is_open(self) -> bool:
        """Whether a person still owes an answer."""
        return self.state == "judge"


@dataclass(frozen=True)
class Checklist:
    """Every line, and what the law found on record."""

    lines: tuple[Line, ...]
    findings: tuple[exclusions.Finding, ...]
    need: str  # "all" or "any" specific criterion

    @property
    def to_judge(self) -> tuple[Line, ...]:
        """The lines that a person answers, answered or not."""
        return tuple(line for line in self.lines if line.by_person)

    def exclusion_reasons(self) -> list[Reason]:
        """What on record forbids even handing in."""
        return [Reason(f.open_text, f.clause, "exclusion") for f in self.findings if f.kind is exclusions.Kind.BLOCK]

    def block_reasons(self) -> list[Reason]:
        """What keeps the dossier out: exclusions, and unmet criteria where all are needed."""
        found = self.exclusion_reasons()
        general = [line for line in self.lines if line.id.startswith("general.")]
        specific = [line for line in self.lines if not line.id.startswith("general.")]
        unmet = [line for line in general if line.state == "unmet"]
        if self.need == "all":
            unmet += [line for line in specific if line.state == "unmet"]
        elif specific and not any(line.state in ("met", "judge", "nodata") for line in specific):
            unmet += specific
        return found + [Reason(f"Chưa đạt: {line.question}", line.clause, f"criterion-{line.id}") for line in unmet]

    def as_json(self) -> list[dict[str, Any]]:
        """The lines as they stood, to be frozen with an appraisal."""
        return [asdict(line) for line in self.lines]

    def counts(self) -> dict[str, int]:
        """How many lines stand in each state."""
        return {state: sum(line.state == state for line in self.lines) for state in PAGE_STATE.values()}


def of(dossier: Dossier, *, on: date) -> Checklist:
    """The checklist of one dossier on that day, by the version of the plan of its round."""
    plan = dossier.round.plan_version.plan
    known = facts.gather(dossier, on=on)
    latest = {j.criterion: j for j in dossier.judgements.all() if j.superseded_on is None}
    asked = plan.criteria_for(dossier.content, dossier.party.kind)
    lines = [_line(criterion, criteria.check(criterion, known), latest.get(criterion.id)) for criterion in asked]
    findings = exclusions.find(facts.case(dossier, on=on), on=on)
    return Checklist(tuple(lines), tuple(findings), plan.content(dossier.content).need)


def blocks(dossier: Dossier, *, on: date) -> Iterator[Reason]:
    """What forbids handing in now: exclusions only; criteria are for the appraisal."""
    for finding in exclusions.find(facts.case(dossier, on=on), on=on):
        if finding.kind is exclusions.Kind.BLOCK:
            yield Reason(finding.open_text, finding.clause, "exclusion")


def blocks_among(dossiers: Sequence[Dossier], *, on: date) -> Iterator[Reason]:
    """What excludes one of many on that day. Only parties with something on record are looked at one by one."""
    parties = {dossier.party_id for dossier in dossiers}
    with walls.everything(facts.ON_RECORD):
        touched = set(Discipline.objects.filter(party_id__in=parties).values_list("party_id", flat=True))
        others = Dossier.objects.filter(party_id__in=parties).exclude(pk__in=[dossier.pk for dossier in dossiers])
        touched |= set(others.exclude(state=State.DRAFT.value).values_list("party_id", flat=True))
    for dossier in dossiers:
        if dossier.party_id in touched:
            for reason in blocks(dossier, on=on):
                yield Reason(f"{dossier.code}: {reason.text}", reason.clause, reason.field)


def _line(criterion: Criterion, found: Answer, judgement: Judgement | None) -> Line:
    person_too = (
        criterion.answered_by == "person"
        or found.verdict
        is Verdict.NO_DATA  # the Board appraises all of a dossier (KH V.5), so nothing stays unanswered
        or (criterion.otherwise == "person" and found.verdict is Verdict.UNMET)
    )
    sentence = "" if found.verdict is Verdict.TO_JUDGE else found.sentence
    base = Line(
        id=criterion.id,
        question=criterion.question,
        clause=criterion.clause,
        state=PAGE_STATE[found.verdict],
        answer=sentence,
        assumed=found.assumed,
        note=criterion.note,
        by_person=person_too,
        source="" if criterion.answered_by == "person" else "dữ liệu của hệ thống",
    )
    if not person_too:
        return base
    if judgement is None:
        return Line(**{**asdict(base), "state": "judge"})
    state = "met" if judgement.met else "unmet"
    return Line(
        **{
            **asdict(base),
            "state": state,
            "judged_met": judgement.met,
            "judged_reason": judgement.reason,
            "judged_by": judgement.by,
            "source": judgement.by,
            "note": judgement.reason,
        }
    )
