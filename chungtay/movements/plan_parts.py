"""The parts of a plan: typed, frozen, closed to unknown fields. `plan.Plan` holds them together.

Clauses are the plan's own, written "KH IV.1.2.a". Numbers are `Decimal`, never float; dates are days; sums of money
stand in `law`, not here.
"""

from calendar import monthrange
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt

from chungtay.law import awards as law
from chungtay.movements.plan_fields import Clause, Day, Id, Note, Number, Part, Text, When, pick
from chungtay.parties.kinds import PartyKind


def first_day(when: str) -> date:
    """The first day of a year or a month."""
    return date(int(when[:4]), int(when[5:7] or 1), 1)


def last_day(when: str) -> date:
    """The last day of a year or a month."""
    year, month = int(when[:4]), int(when[5:7] or 12)
    return date(year, month, monthrange(year, month)[1])


class Occasion(StrEnum):
    """Dịp xét khen: when an award is considered."""

    YEARLY = "yearly"
    MIDTERM = "midterm"
    FIVE_YEAR = "five_year"


class Period(Part):
    """Giai đoạn: both days belong to it."""

    since: Day
    until: Day

    def __contains__(self, day: date) -> bool:
        return self.since <= day <= self.until


class Signer(Part):
    """Người ký."""

    name: Text
    post: Text
    note: Note = ""


class Citation(Part):
    """Số, ký hiệu và ngày of a legal text; a date or a number nobody has found stays empty."""

    number: Note = ""
    dated: Day | None = None


class LegalBasis(Part):
    """Căn cứ pháp lý: as the plan cites it, and as it officially is where the two differ."""

    id: Id
    clause: Clause
    form: Text
    issuer: Text
    title: Text
    as_cited: Citation
    official: Citation | None = None
    note: Note = ""

    @property
    def in_force(self) -> Citation:
        """The citation to print on a new paper: the official one."""
        return self.official or self.as_cited


class Participant(Part):
    """Đối tượng tham gia: a kind of party that the movement is launched for (KH I.2.a)."""

    kind: PartyKind
    clause: Clause
    text: Text


class Clusters(Part):
    """Cụm, Khối thi đua (KH I.2.b)."""

    clause: Clause
    text: Text


class Registration(Part):
    """Đăng ký thi đua: the fact that data answer before anyone may be nominated (KH II.2, KH V.1.1)."""

    clause: Clause
    text: Text
    fact: Id
    spans: Annotated[tuple[Literal["year", "phase"], ...], Field(min_length=1)]
    pact_clause: Clause


class Baseline(Part):
    """Số liệu gốc: empty where no published figure was found; the note says so."""

    value: Number | None = None
    as_of: Day
    source: Note = ""
    note: Note = ""


class PerYear(Part):
    """Mức thay đổi mỗi năm, in the goal's unit; least and most are equal when the plan names one number."""

    least: Number
    most: Number


class EndValue(Part):
    """Mức phải đạt khi kết thúc, in the goal's unit."""

    value: Number
    by: Day


UNITS = {
    "percentage_point": "%", "percent": "%", "household": "hộ", "multiple": "lần", "dong": "đồng",
}  # fmt: skip
"""The unit that a figure of a goal is written with; a goal in percentage points is measured in per cent."""
WHOLE = frozenset({"household", "dong"})
"""Units of which there is no half."""


class Goal(Part):
    """Chỉ tiêu: exactly one of `per_year`, `end` and `trend` says how far it must move."""

    id: Id
    clause: Clause
    text: Text
    measure: Id
    unit: Literal["percentage_point", "percent", "household", "multiple", "dong"]
    direction: Literal["down", "up"]
    scope: Text
    numerator: Text
    denominator: Note = ""
    baseline: Baseline
    per_year: PerYear | None = None
    end: EndValue | None = None
    trend: Literal["grows", "falls"] | None = None
    note: Note = ""

    @property
    def word(self) -> str:
        """Its unit as sentences write it."""
        return UNITS[self.unit]

    @property
    def places(self) -> int:
        """The decimals that its figures are told with."""
        return 0 if self.unit in WHOLE else 2

    def path(self, until: int) -> tuple[tuple[int, Decimal, Decimal], ...]:
        """(year, lowest, highest) planned from the baseline on; empty without a baseline or without a pace."""
        if self.baseline.value is None or self.per_year is None:
            return ()
        sign = -1 if self.direction == "down" else 1
        rows = []
        for year in range(self.baseline.as_of.year + 1, until + 1):
            steps = year - self.baseline.as_of.year
            ends = [self.baseline.value + sign * steps * pace for pace in (self.per_year.least, self.per_year.most)]
            rows.append((year, min(ends), max(ends)))
        return tuple(rows)


class Criterion(Part):
    """Tiêu chuẩn: a question, and whether data or a person answers it.

    `answered_by: data` names the `fact`, and in `also` others that must hold with it. Where there is no data a person
    judges; with `otherwise: person` also where the data says no, with `besides: person` also where it says yes, because
    the clause asks more than data can say.
    `answered_by: person` names the judge.
    """

    id: Id
    clause: Clause
    question: Text
    answered_by: Literal["data", "person"]
    fact: Id | None = None
    also: tuple[Id, ...] = ()
    otherwise: Literal["person"] | None = None
    besides: Literal["person"] | None = None
    judge: Id | None = None
    min_reason: Annotated[StrictInt, Field(ge=1, le=1000)] | None = None
    applies_to: tuple[PartyKind, ...] = ()
    note: Note = ""

    @property
    def group(self) -> str:
        """The content whose criterion this is; "general" for a general one."""
        return self.id.rpartition(".")[0]

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that answer it, all of them together; none where a person does."""
        return (self.fact, *self.also) if self.fact else ()

    @property
    def may_be_judged(self) -> bool:
        """Whether a person may have to answer it even where there are data."""
        return self.answered_by == "person" or self.otherwise is not None or self.besides is not None

    def concerns(self, kind: str | None) -> bool:
        """Whether the question is put to a party of that kind."""
        return kind is None or not self.applies_to or kind in self.applies_to


class Content(Part):
    """Nội dung thi đua: a group, its contest and its specific criteria (KH II.2, KH IV.1.2).

    `need: any` means that one specific criterion is enough; the general ones are always all asked.
    """

    id: Id
    letter: Text
    clause: Clause
    title: Text
    who: Text
    members: Annotated[tuple[PartyKind, ...], Field(min_length=1)]
    condition: Note = ""
    honours: Text
    need: Literal["all", "any"] = "all"
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    note: Note = ""


class Paper(Part):
    """Thành phần hồ sơ."""

    id: Id
    title: Text
    form: Note = ""
    clause: Clause


class Exclusion(Part):
    """Trường hợp trừ: whom an award of this occasion passes over, or whose gifts count only in part."""

    rule: Literal["proposed_for_state_award", "gifts_since_last_award"]
    clause: Clause
    text: Text
    contents: Annotated[tuple[Id, ...], Field(min_length=1)]
    payees: Annotated[tuple[law.Payee, ...], Field(min_length=1)]


class AwardOccasion(Part):
    """Dịp xét of one award, with its exclusions."""

    kind: Occasion
    clause: Clause
    text: Text
    exclusions: tuple[Exclusion, ...] = ()


class Award(Part):
    """Hình thức khen thưởng (KH IV.2); `sets` is the number of sets of papers (KH IV.4).

    `criteria` are asked of this award besides those of the content, as where the central guidance decides (KH IV.2.1).

    `papers_assumed`: the plan is silent on this award's papers and the note says what stands in.
    """

    id: law.Award
    title: Text
    level: law.Level
    clause: Clause
    signer: Text
    proposer: Text
    contents: Annotated[tuple[Id, ...], Field(min_length=1)]
    payees: Annotated[tuple[law.Payee, ...], Field(min_length=1)]
    occasions: Annotated[tuple[AwardOccasion, ...], Field(min_length=1)]
    sets: Annotated[StrictInt, Field(ge=1, le=20)]
    papers: Annotated[tuple[Id, ...], Field(min_length=1)]
    papers_clause: Clause
    papers_assumed: StrictBool = False
    criteria: tuple[Criterion, ...] = ()
    note: Note = ""

    def occasion(self, kind: str) -> AwardOccasion:
        """The award's own rules for that occasion. Raises `NotInPlan` if it is not given then."""
        return pick(self.occasions, "kind", kind, f"dịp xét của {self.title}")


class Emblem(Part):
    """Biểu trưng: what goes with a certificate for a direct gift (KH IV.3.1)."""

    title: Text
    award: law.Award
    gifts: Annotated[tuple[Literal["money", "goods", "land", "other_assets"], ...], Field(min_length=1)]
    payees: Annotated[tuple[law.Payee, ...], Field(min_length=1)]
    also_money: StrictBool
    clause: Clause
    text: Text


class Reward(Part):
    """Mức thưởng và kinh phí (KH IV.3): emblem for gifts, money by the named legal text for all others."""

    emblem: Emblem | None = None
    money_basis: Id
    money_clause: Clause
    money_text: Text
    budget_clause: Clause
    budget_text: Text


class Filing(Part):
    """Nơi nộp hồ sơ (KH IV.4.3)."""

    clause: Clause
    place: Text


class Body(Part):
    """Cơ quan, tổ chức that the plan gives something to do."""

    id: Id
    name: Text
    short: Note = ""


class CalendarStep(Part):
    """Bước thực hiện: who does what from when to when; `each_year` repeats it in every year of the span."""

    id: Id
    clause: Clause
    text: Text
    who: Annotated[tuple[Id, ...], Field(min_length=1)]
    since: When
    until: When
    each_year: StrictBool = False
    note: Note = ""

    def due(self) -> tuple[date, ...]:
        """The last day of each time that it must be done."""
        if not self.each_year:
            return (last_day(self.until),)
        month = self.until[4:]
        return tuple(last_day(f"{year}{month}") for year in range(int(self.since[:4]), int(self.until[:4]) + 1))


class Duty(Part):
    """Nhiệm vụ of a body (KH III, KH V), and those it works with."""

    id: Id
    body: Id
    clause: Clause
    text: Text
    together_with: tuple[Id, ...] = ()


class Amendment(Part):
    """Điều chỉnh, bổ sung Kế hoạch: who may ask, who puts it together, who decides (KH V.7)."""

    clause: Clause
    asks: Id
    leads: Id
    together_with: tuple[Id, ...] = ()
    decides: Id
    text: Text


class Recipient(Part):
    """Nơi nhận: as on the plan, with the purpose where the plan names one."""

    name: Text
    purpose: Note = ""
    clause: Clause


class Round(Part):
    """Đợt bình xét: the province may move the days; `assumed` days do not stand in the plan."""

    id: Id
    kind: Occasion
    year: Annotated[StrictInt, Field(ge=2000, le=2099)]
    clause: Clause
    opens: Day
    closes: Day
    assumed: StrictBool = False
    note: Note = ""
