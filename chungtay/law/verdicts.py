"""The verdict on one nominee on one day: what is met, unmet, left to a person, not known, excluded, and why.

Pure: facts go in, a verdict comes out that explains itself line by line. What stands is reckoned at once; the words
are made when somebody reads them, so that a hundred thousand verdicts cost little.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from chungtay.law import criteria, exclusions, preconditions
from chungtay.law.awards import Award
from chungtay.law.criteria import FACTS, CriterionLike, FactKind, Known, Mark
from chungtay.law.exclusions import Case, Finding, Kind

GENERAL = "general"


class Stand(StrEnum):
    """Kết luận chung về một đối tượng."""

    MET = "met"
    OPEN = "open"
    UNMET = "unmet"
    EXCLUDED = "excluded"

    @property
    def label(self) -> str:
        return {
            Stand.MET: "Đủ tiêu chuẩn để đề nghị",
            Stand.OPEN: "Chưa có gì ngăn, còn chờ người thẩm định",
            Stand.UNMET: "Chưa đủ tiêu chuẩn",
            Stand.EXCLUDED: "Không được xét",
        }[self]


@dataclass(frozen=True)
class Questions:
    """Bộ tiêu chuẩn được hỏi: read once, put to many. `need` is "all" or "any" of the specific criteria."""

    asked: tuple[CriterionLike, ...]
    need: str = "all"
    is_general: tuple[bool, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "is_general", tuple(_is_general(one.id) for one in self.asked))

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts that are asked for."""
        return frozenset(name for one in self.asked for name in one.facts)

    @cached_property
    def kinds(self) -> tuple[tuple[str, bool], ...]:
        """The facts that are asked for, each once, and whether it is yes or no."""
        return tuple((name, FACTS[name].kind is FactKind.BOOL) for name in sorted(self.facts))

    @cached_property
    def seen(self) -> dict[tuple[Mark, ...], tuple[tuple[Mark, ...], Stand]]:
        """Marks of criteria and where they leave a nominee without findings, by the marks of `kinds`: many nominees
        know the same few patterns of facts."""
        return {}

    @cached_property
    def plain(self) -> tuple[tuple[tuple[tuple[str, bool], ...], bool, bool], ...]:
        """For each criterion: its facts (name, whether yes or no), whether a no and whether a yes goes to a person."""
        return tuple(
            (
                tuple((name, FACTS[name].kind is FactKind.BOOL) for name in one.facts),
                bool(one.otherwise),
                bool(one.besides),
            )
            for one in self.asked
        )


def _is_general(criterion_id: str) -> bool:
    """Asked of everybody: the general criteria, and those of the award itself."""
    group = criterion_id.rpartition(".")[0]
    return group == GENERAL or group in _AWARDS


_AWARDS = frozenset(award.value for award in Award)


@dataclass(frozen=True, slots=True)
class Facts:
    """Điều đã biết về một đối tượng: the case with what is on record, the questions, what the data say.

    `judged`: what a person answered, by criterion. `overridden`: keys of warnings that a named official overrode.
    """

    case: Case
    questions: Questions
    known: Mapping[str, Known | None]
    judged: Mapping[str, bool] = field(default_factory=dict)
    overridden: Collection[str] = ()


@dataclass(frozen=True)
class Line:
    """Một dòng giải thích: one criterion, where it stands, and the value, threshold and source that say so."""

    id: str
    question: str
    clause: str
    mark: Mark
    data: Mark
    value: bool | int | Fraction | None
    needed: int | Fraction | None
    sentence: str
    assumed: str
    by_person: bool

    @property
    def label(self) -> str:
        return self.mark.label


class Verdict:
    """Kết luận về một đối tượng vào một ngày. `marks` go with `facts.questions.asked`; `findings` exclude or warn."""

    __slots__ = ("_lines", "facts", "findings", "marks", "on", "stand")

    def __init__(
        self, facts: Facts, on: date, marks: tuple[Mark, ...], findings: tuple[Finding, ...], stand: Stand
    ) -> None:
        self.facts, self.on, self.marks, self.findings, self.stand = facts, on, marks, findings, stand
        self._lines: tuple[Line, ...] | None = None

    def __repr__(self) -> str:
        return f"<Verdict {self.stand} {self.on} {[mark.value for mark in self.marks]}>"

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every criterion in the order of the plan, in words."""
        if self._lines is None:
            pairs = zip(self.facts.questions.asked, self.marks, strict=True)
            self._lines = tuple(self._line(one, mark) for one, mark in pairs)
        return self._lines

    @property
    def met(self) -> tuple[Line, ...]:
        return self._with(Mark.MET)

    @property
    def unmet(self) -> tuple[Line, ...]:
        return self._with(Mark.UNMET)

    @property
    def to_judge(self) -> tuple[Line, ...]:
        """What only a person can answer, or must answer besides the data."""
        return self._with(Mark.TO_JUDGE)

    @property
    def no_data(self) -> tuple[Line, ...]:
        """What the data could answer and no room holds anything about: a person answers, it is never a no."""
        return self._with(Mark.NO_DATA)

    @property
    def excluded(self) -> tuple[Finding, ...]:
        """What forbids the proposal."""
        return tuple(one for one in self.findings if one.kind is Kind.BLOCK)

    @property
    def warned(self) -> tuple[Finding, ...]:
        """Warnings that a named official must still override with a reason."""
        return tuple(exclusions.unanswered(self.findings, self.facts.overridden))

    @property
    def told(self) -> tuple[Finding, ...]:
        """What is only told."""
        return tuple(one for one in self.findings if one.kind is Kind.NOTE)

    @property
    def assumed(self) -> tuple[str, ...]:
        """Every assumed value that the verdict rests on, once."""
        said = [*(line.assumed for line in self.lines), *(one.assumed for one in self.findings)]
        return tuple(dict.fromkeys(one for one in said if one))

    @property
    def short_of(self) -> tuple[CriterionLike, ...]:
        """The criteria that stand in the way; where one of several is enough, the general ones alone or all of them."""
        pairs = zip(self.facts.questions.asked, self.marks, self.facts.questions.is_general, strict=True)
        unmet = [(one, general) for one, mark, general in pairs if mark is Mark.UNMET]
        if self.facts.questions.need == "all" or _none_left(self.facts.questions, self.marks):
            return tuple(one for one, _ in unmet)
        return tuple(one for one, general in unmet if general)

    def _with(self, mark: Mark) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.mark is mark)

    def _line(self, one: CriterionLike, mark: Mark) -> Line:
        said = criteria.check(one, self.facts.known)
        person = one.id in self.facts.judged or mark in (Mark.TO_JUDGE, Mark.NO_DATA)
        return Line(
            one.id, one.question, one.clause, mark, said.data, said.value, said.needed, said.sentence, said.assumed,
            person,
        )  # fmt: skip


def verdict(facts: Facts, *, on: date) -> Verdict:
    """The verdict on `facts` on that day.

    Raises KeyError for a criterion that names an unknown fact, ValueError for a value of the wrong kind.
    """
    found = (*exclusions.find(facts.case, on=on), *preconditions.find(facts.case, on=on))
    if facts.judged:
        marks = _marks(facts)
        return Verdict(facts, on, marks, found, _stand(facts, marks, found))
    pattern, seen = _pattern(facts), facts.questions.seen
    told = seen.get(pattern)
    if told is None:
        marks = _marks(facts)
        told = seen[pattern] = (marks, _stand(facts, marks, ()))
    return Verdict(facts, on, told[0], found, _stand(facts, told[0], found) if found else told[1])


def _pattern(facts: Facts) -> tuple[Mark, ...]:
    """The mark of each fact that is asked for, in the order of `Questions.kinds`."""
    known, found = facts.known.get, []
    for name, yes_or_no in facts.questions.kinds:
        told = known(name)
        if told is None:
            found.append(Mark.NO_DATA)
        elif yes_or_no and told.value is True:
            found.append(Mark.MET)
        else:
            found.append(criteria.answer(FACTS[name], told))
    return tuple(found)


def _marks(facts: Facts) -> tuple[Mark, ...]:
    """`criteria.mark` for every question, without a call for each; the tests hold the two together."""
    known, judged, found = facts.known.get, facts.judged, []
    for (told, otherwise, besides), one in zip(facts.questions.plain, facts.questions.asked, strict=True):
        mark = Mark.MET if told else Mark.TO_JUDGE
        for name, yes_or_no in told:
            value = known(name)
            if value is None:
                mark = Mark.NO_DATA if mark is Mark.MET else mark
            elif yes_or_no and value.value is True:
                continue
            else:
                said = criteria.answer(FACTS[name], value)
                if said is Mark.UNMET or (said is Mark.NO_DATA and mark is Mark.MET):
                    mark = said
        if (mark is Mark.UNMET and otherwise) or (mark is Mark.MET and besides):
            mark = Mark.TO_JUDGE
        if judged and (mark is Mark.TO_JUDGE or mark is Mark.NO_DATA) and one.id in judged:
            mark = Mark.MET if judged[one.id] else Mark.UNMET
        found.append(mark)
    return tuple(found)


def _stand(facts: Facts, marks: Sequence[Mark], findings: Sequence[Finding]) -> Stand:
    if findings and exclusions.blocked(findings):
        return Stand.EXCLUDED
    questions = facts.questions
    if questions.need == "all":
        if Mark.UNMET in marks:
            return Stand.UNMET
        needed: Sequence[Mark] = marks
    else:
        needed = [mark for mark, general in zip(marks, questions.is_general, strict=True) if general]
        specific = [mark for mark, general in zip(marks, questions.is_general, strict=True) if not general]
        if Mark.UNMET in needed or _none_left(questions, marks):
            return Stand.UNMET
        if specific and Mark.MET not in specific:
            return Stand.OPEN
    if Mark.TO_JUDGE in needed or Mark.NO_DATA in needed:
        return Stand.OPEN
    return Stand.OPEN if findings and exclusions.unanswered(findings, facts.overridden) else Stand.MET


def _none_left(questions: Questions, marks: Sequence[Mark]) -> bool:
    """Whether every specific criterion is unmet."""
    specific = [mark for mark, general in zip(marks, questions.is_general, strict=True) if not general]
    return bool(specific) and all(mark is Mark.UNMET for mark in specific)
