"""Which criteria are met by data, unmet, or to be judged; what excludes the dossier. Each line with its clause."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from fractions import Fraction
from typing import Any

from chungtay.law import exclusions, verdicts
from chungtay.law.criteria import FACTS, CriterionLike, FactKind, Mark
from chungtay.law.exclusions import Finding
from chungtay.law.money import dong
from chungtay.law.procedure import State
from chungtay.law.refusals import Reason
from chungtay.law.verdicts import Verdict
from chungtay.nominations import facts, guiding
from chungtay.nominations.models import Dossier, EarlierAward, Judgement, Override
from chungtay.parties.models import Discipline
from chungtay.records import walls

DECIDED = frozenset(state for state in State if state.is_final) - {State.WITHDRAWN}
PAGE_STATE = {Mark.MET: "met", Mark.UNMET: "unmet", Mark.NO_DATA: "judge", Mark.TO_JUDGE: "judge"}
STATES = ("met", "unmet", "nodata", "judge")


@dataclass(frozen=True)
class Line:
    """One criterion of the plan and where it stands for this dossier; `missing` says how much a sum lacks."""

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
    score: int | None = None
    weight: int = 0
    missing: str = ""

    @property
    def is_open(self) -> bool:
        """Whether a person still owes an answer."""
        return self.state == "judge"


@dataclass(frozen=True)
class Overridden:
    """A warning, and who overrode it with which reason; without them it still stands in the way."""

    finding: Finding
    reason: str = ""
    by: str = ""

    @property
    def is_open(self) -> bool:
        """Whether a named official still owes a word on it."""
        return self.finding.kind is exclusions.Kind.WARN and not self.reason


@dataclass(frozen=True)
class Checklist:
    """Every line, and what the law found on record; `points` out of a hundred where the Council set weights."""

    verdict: Verdict
    lines: tuple[Line, ...]
    warnings: tuple[Overridden, ...]
    points: Fraction | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that excludes, warns or is only told."""
        return self.verdict.findings

    @property
    def need(self) -> str:
        """Whether "all" specific criteria are needed, or "any" of them is enough."""
        return self.verdict.facts.questions.need

    @property
    def to_judge(self) -> tuple[Line, ...]:
        """The lines that a person answers, answered or not."""
        return tuple(line for line in self.lines if line.by_person)

    def exclusion_reasons(self) -> list[Reason]:
        """What on record forbids even handing in."""
        return [Reason(f.open_text, f.clause, "exclusion") for f in self.findings if f.kind is exclusions.Kind.BLOCK]

    def block_reasons(self) -> list[Reason]:
        """What keeps the dossier out: exclusions, warnings that nobody overrode, unmet criteria that are needed."""
        found = self.exclusion_reasons()
        unmet = {one.id for one in self.verdict.short_of}
        found += [
            Reason(f"Chưa có ý kiến bỏ qua: {one.finding.open_text}", one.finding.clause, f"override-{one.finding.key}")
            for one in self.warnings
            if one.is_open
        ]
        return found + [
            Reason(f"Chưa đạt: {line.question}", line.clause, f"criterion-{line.id}")
            for line in self.lines
            if line.id in unmet
        ]

    def as_json(self) -> list[dict[str, Any]]:
        """The lines as they stood and the warnings as they were answered, to be frozen with an appraisal."""
        told = [
            {"warning": one.finding.key, "text": one.finding.open_text, "clause": one.finding.clause,
             "reason": one.reason, "by": one.by}
            for one in self.warnings
        ]  # fmt: skip
        return [*(asdict(line) for line in self.lines), *told]

    def counts(self) -> dict[str, int]:
        """How many lines stand in each state."""
        return {state: sum(line.state == state for line in self.lines) for state in STATES}


def of(dossier: Dossier, *, on: date) -> Checklist:
    """The checklist of one dossier on that day, by the version of the plan of its round.

    Of a dossier that was decided upon, the lines as they stood when it was appraised: its own award may have used up
    what it was given for.
    """
    latest = {j.criterion: j for j in dossier.judgements.all() if j.superseded_on is None}
    overrides = {one.key: one for one in dossier.overrides.all() if one.superseded_on is None}
    known = verdicts.Facts(
        facts.case(dossier, on=on),
        facts.questions(dossier),
        facts.gather(dossier, on=on),
        {criterion: one.met for criterion, one in latest.items()},
        frozenset(overrides),
    )
    found = verdicts.verdict(known, on=on)
    guidance = guiding.of_round(dossier.round_id)
    weights = guidance.weights if guidance else {}
    asked = {one.id: one for one in known.questions.asked}
    lines = tuple(_line(line, asked[line.id], latest.get(line.id), weights.get(line.id, 0)) for line in found.lines)
    warnings = tuple(_answered(one, overrides.get(one.key)) for one in found.findings)
    if dossier.at in DECIDED:
        lines = _frozen(dossier) or lines
    return Checklist(found, lines, warnings, guiding.points(guidance, lines))


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
        earlier = EarlierAward.objects.counting().filter(party_id__in=parties)
        touched |= set(earlier.order_by().values_list("party_id", flat=True))
    for dossier in dossiers:
        if dossier.party_id in touched:
            for reason in blocks(dossier, on=on):
                yield Reason(f"{dossier.code}: {reason.text}", reason.clause, reason.field)


def _line(line: verdicts.Line, asked: CriterionLike, judgement: Judgement | None, weight: int) -> Line:
    """As the page shows it: the data's word, or that of the person who judged."""
    by_data = line.data is not Mark.TO_JUDGE
    missing = _missing(line, asked)
    base = Line(
        id=line.id,
        question=line.question,
        clause=line.clause,
        state=PAGE_STATE[line.mark],
        answer=f"{line.sentence} {missing}".strip() if by_data else "",
        assumed=line.assumed,
        note=getattr(asked, "note", ""),
        by_person=line.by_person,
        source="dữ liệu của hệ thống" if by_data else "",
        weight=weight,
        missing=missing,
    )
    if not line.by_person or judgement is None:
        return base
    told = {
        "judged_met": judgement.met, "judged_reason": judgement.reason, "judged_by": judgement.by,
        "source": judgement.by, "note": judgement.reason, "score": judgement.score,
    }  # fmt: skip
    return Line(**{**asdict(base), **told})


def _missing(line: verdicts.Line, asked: CriterionLike) -> str:
    """How much a sum lacks to its threshold, in a sentence; empty for anything else."""
    is_sum = any(FACTS[name].kind is FactKind.MONEY for name in asked.facts)
    if line.data is not Mark.UNMET or not is_sum or line.value is None or line.needed is None:
        return ""
    return f"Còn thiếu {dong(int(line.needed) - int(line.value))} đồng."


def _frozen(dossier: Dossier) -> tuple[Line, ...]:
    """The lines that were kept with the last appraisal; none without one."""
    appraisal = dossier.appraisals.last()
    known = {field.name for field in fields(Line)}
    told = [] if appraisal is None else [one for one in appraisal.answers if "question" in one]
    return tuple(Line(**{name: value for name, value in one.items() if name in known}) for one in told)


def _answered(finding: Finding, override: Override | None) -> Overridden:
    return Overridden(finding) if override is None else Overridden(finding, override.reason, override.by)
