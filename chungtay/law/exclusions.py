"""Exclusions: what keeps a nominee from an award, or must be weighed: discipline, State proposals, earlier awards."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from chungtay.law.awards import FROM_42, FROM_98, FROM_152, Award, Payee
from chungtay.law.clauses import Source, cite, second_hand, stand_in
from chungtay.law.timeline import Timeline, Version


class Kind(StrEnum):
    """Mức độ: BLOCK keeps the nominee out. WARN does so until a named official overrides it with a reason, because the
    law leaves room. NOTE is only told."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


class Rule(StrEnum):
    """Quy định mà phát hiện dựa vào."""

    DISCIPLINE = "discipline"
    PENDING = "pending"
    STATE_PROPOSAL = "state_proposal"
    ONE_STATE_AWARD = "one_state_award"
    SAME_ACHIEVEMENT = "same_achievement"
    OVERLAP = "overlap"
    SAME_KIND = "same_kind"
    LOWER_FIRST = "lower_first"
    LEVEL = "level"


class Form(StrEnum):
    """Hình thức kỷ luật."""

    CRITICISM = "criticism"
    REPRIMAND = "reprimand"
    WARNING = "warning"
    PAY_CUT = "pay_cut"
    DEMOTION = "demotion"
    REMOVAL = "removal"
    DISMISSAL = "dismissal"
    EXPULSION = "expulsion"

    @property
    def label(self) -> str:
        return _FORMS[self]

    @property
    def counts(self) -> bool:
        """Whether it is "khiển trách trở lên" (KH IV.1.1)."""
        return self is not Form.CRITICISM


_FORMS = {
    Form.CRITICISM: "phê bình, nhắc nhở",
    Form.REPRIMAND: "khiển trách",
    Form.WARNING: "cảnh cáo",
    Form.PAY_CUT: "hạ bậc lương",
    Form.DEMOTION: "giáng chức",
    Form.REMOVAL: "cách chức",
    Form.DISMISSAL: "buộc thôi việc, sa thải",
    Form.EXPULSION: "khai trừ",
}


@dataclass(frozen=True)
class Discipline:
    """Kỷ luật: decided on a day; `ended_on` is the day it ceased to have effect, None while it lasts."""

    form: Form
    decided_on: date
    ended_on: date | None = None
    number: str = ""


@dataclass(frozen=True)
class Pending:
    """Việc đang xem xét: a disciplinary case, investigation, inspection or complaint not yet closed.

    The day on which it was closed is free of it, unlike the last day of a discipline.
    """

    what: str
    opened_on: date
    closed_on: date | None = None


@dataclass(frozen=True)
class StateProposal:
    """Đề nghị khen cấp Nhà nước trong cùng phong trào; `standing` is False once it was withdrawn."""

    award: Award
    proposed_on: date
    standing: bool = True


class Achievement(NamedTuple):
    """Thành tích: a content of the movement over a period. The words that a certificate prints do not tell it apart."""

    content: str
    since: date
    until: date

    def is_within(self, other: Achievement) -> bool:
        """Whether `other` covers all of it: the same content, over the same days or more."""
        return self.content == other.content and other.since <= self.since and self.until <= other.until


@dataclass(frozen=True)
class PastAward:
    """Khen thưởng đã nhận (not one that was revoked), with what the decision rewards: a content of the movement over a
    period. `content` is empty for an award outside of it.

    `dossier`: the code of its dossier here. `service`: given for a whole working life or for years served; it and an ad
    hoc award do not use up the year.
    """

    award: Award
    decided_on: date
    content: str = ""
    since: date | None = None
    until: date | None = None
    number: str = ""
    dossier: str = ""
    ad_hoc: bool = False
    thematic: bool = False
    service: bool = False

    @property
    def named(self) -> str:
        """The award with its day and number; by the code of its dossier where the decision's number is not known."""
        told = f"số {self.number}" if self.number else f"hồ sơ {self.dossier}" if self.dossier else ""
        return f"{self.award.label} ngày {_vn(self.decided_on)}" + (f" ({told})" if told else "")

    @property
    def next_counts_from(self) -> date:
        """The first day whose achievements are not rewarded yet; the day of the decision if it writes no period."""
        return self.until + timedelta(days=1) if self.until else self.decided_on

    @property
    def achievement(self) -> Achievement | None:
        """What it rewarded; None where the decision names no content or no whole period."""
        if not self.content or self.since is None or self.until is None:
            return None
        return Achievement(self.content, self.since, self.until)


@dataclass(frozen=True)
class Case:
    """Trường hợp đề nghị: the award asked for, for what was done in `content` from `since` to `until`, and the record.

    `five_year`: the plan passes over whoever is proposed for a State award (KH IV.2.2.b). `occasion` and `payee` matter
    for State awards only; without them nothing is asked of levels and of lower awards.
    """

    award: Award
    content: str
    since: date
    until: date
    five_year: bool = False
    ad_hoc: bool = False
    occasion: str = ""
    payee: Payee | None = None
    disciplines: tuple[Discipline, ...] = ()
    pendings: tuple[Pending, ...] = ()
    state_proposals: tuple[StateProposal, ...] = ()
    past_awards: tuple[PastAward, ...] = ()

    @property
    def achievement(self) -> Achievement:
        """What the award is asked for."""
        return Achievement(self.content, self.since, self.until)


@dataclass(frozen=True)
class Finding:
    """Phát hiện: one Vietnamese sentence with its clause; `assumed` as everywhere in law.

    `about` tells two findings of one rule apart: `key` names the same finding whenever it is looked for.
    """

    kind: Kind
    text: str
    clause: str
    source: Source
    assumed: str = ""
    discreet: str = ""
    rule: Rule = Rule.DISCIPLINE
    about: str = ""

    @property
    def key(self) -> str:
        return f"{self.rule}:{self.about}"

    @property
    def open_text(self) -> str:
        """The sentence for those who may not read the register of disciplines."""
        return self.discreet or self.text


DISCREET = "Sổ kỷ luật có ghi việc không được xét khen (kỷ luật từ khiển trách trở lên hoặc đang được xem xét)."
FROM_TT_08, FROM_TT_12 = date(2017, 12, 15), date(2020, 1, 1)
_ON_8 = "Quy định trước Thông tư 08/2017/TT-BNV chưa tìm thấy; chỉ cảnh báo."


def _carried(decree: str) -> str:
    return f"Suy từ quy định trước, chưa đọc điều khoản của {decree}."


PENDING_CASES: Timeline[Kind] = Timeline(
    "việc chưa xét khen khi đang bị xem xét kỷ luật, điều tra, thanh tra, khiếu nại",
    Version(FROM_42, Kind.WARN, stand_in(), _ON_8),
    Version(FROM_TT_08, Kind.BLOCK, cite("TT 08/2017")),
    Version(FROM_TT_12, Kind.BLOCK, stand_in("TT 12/2019"), _carried("TT 12/2019")),
    Version(FROM_98, Kind.BLOCK, cite("NĐ 98/2023", "Điều 4")),
    Version(FROM_152, Kind.BLOCK, cite("NĐ 152/2025")),
)
SAME_ACHIEVEMENT: Timeline[Kind] = Timeline(
    "việc một thành tích chỉ khen một hình thức",
    Version(FROM_42, Kind.WARN, stand_in(), _ON_8),
    Version(FROM_TT_08, Kind.BLOCK, cite("TT 08/2017")),
    Version(FROM_TT_12, Kind.BLOCK, cite("TT 12/2019", "Điều 3")),
    Version(FROM_98, Kind.BLOCK, stand_in("NĐ 98/2023"), _carried("NĐ 98/2023")),
    Version(FROM_152, Kind.BLOCK, stand_in("NĐ 152/2025"), _carried("NĐ 152/2025")),
)
ONE_STATE_AWARD_A_YEAR: Timeline[Kind] = Timeline(
    "việc mỗi năm chỉ đề nghị một hình thức khen cấp Nhà nước",
    Version(date(2012, 5, 1), Kind.BLOCK, second_hand("TT 02/2011")),  # before the movement; its day was not read
    Version(FROM_TT_08, Kind.BLOCK, cite("TT 08/2017")),
    Version(FROM_TT_12, Kind.BLOCK, cite("TT 12/2019")),
    Version(FROM_98, Kind.BLOCK, stand_in("NĐ 98/2023"), _carried("NĐ 98/2023")),
    Version(FROM_152, Kind.BLOCK, stand_in("NĐ 152/2025"), _carried("NĐ 152/2025")),
)
OVERLAPPING_PERIODS: Timeline[Kind] = Timeline(
    "việc thời gian thành tích trùng với lần khen trước",
    Version(FROM_42, Kind.WARN, stand_in(), _ON_8),
    Version(FROM_TT_08, Kind.WARN, cite("TT 08/2017")),
    Version(FROM_TT_12, Kind.WARN, stand_in("TT 12/2019", "Điều 3"), _carried("TT 12/2019")),
    Version(FROM_98, Kind.WARN, stand_in("NĐ 98/2023"), _carried("NĐ 98/2023")),
    Version(FROM_152, Kind.WARN, stand_in("NĐ 152/2025"), _carried("NĐ 152/2025")),
)
TWO_OF_A_KIND: Timeline[Kind] = Timeline(
    "việc không khen hai huân chương, hoặc huân chương và Bằng khen Thủ tướng, cho cùng một loại thành tích",
    Version(FROM_42, Kind.WARN, stand_in(), _ON_8),
    Version(FROM_TT_08, Kind.WARN, cite("TT 08/2017")),
    Version(FROM_TT_12, Kind.WARN, stand_in("TT 12/2019"), _carried("TT 12/2019")),
    Version(FROM_98, Kind.WARN, stand_in("NĐ 98/2023"), _carried("NĐ 98/2023")),
    Version(FROM_152, Kind.WARN, stand_in("NĐ 152/2025"), _carried("NĐ 152/2025")),
)
"""Whether two achievements are of one kind no register knows: a named official says so."""


def find(case: Case, *, on: date) -> list[Finding]:
    """Everything on record that excludes the case or must be weighed on day `on`; empty if nothing does."""
    if not (case.disciplines or case.pendings or case.state_proposals or case.past_awards):
        return []
    return [*_disciplines(case, on), *_pendings(case, on), *_state_proposals(case, on), *_past_awards(case, on)]


def blocked(findings: Collection[Finding]) -> bool:
    """Whether one of the findings keeps the nominee out."""
    return any(finding.kind is Kind.BLOCK for finding in findings)


def unanswered(findings: Collection[Finding], overridden: Collection[str]) -> list[Finding]:
    """The warnings that no named official has overridden; `overridden` holds their keys."""
    return [finding for finding in findings if finding.kind is Kind.WARN and finding.key not in overridden]


def _disciplines(case: Case, on: date) -> Iterator[Finding]:
    source = cite("KH", "IV.1.1")
    for record in case.disciplines:
        lasted = record.ended_on or date.max
        in_period = record.decided_on <= case.until and lasted >= case.since
        if record.form.counts and record.decided_on <= on and (in_period or lasted >= on):
            number = f" (quyết định số {record.number})" if record.number else ""
            when = f"trong thời gian thành tích {_vn(case.since)} - {_vn(case.until)}" if in_period else "còn hiệu lực"
            text = f"Bị kỷ luật {record.form.label} ngày {_vn(record.decided_on)}{number}, {when}."
            yield Finding(
                Kind.BLOCK, text, str(source), source, discreet=DISCREET, about=f"{record.decided_on}:{record.form}"
            )


def _pendings(case: Case, on: date) -> Iterator[Finding]:
    for record in case.pendings:
        if record.opened_on <= on and (record.closed_on is None or record.closed_on > on):
            text = f"Đang có {record.what} từ ngày {_vn(record.opened_on)}, chưa kết thúc."
            found = _found(Rule.PENDING, f"{record.opened_on}", PENDING_CASES.on(on), text)
            yield replace(found, discreet=DISCREET)


def _state_proposals(case: Case, on: date) -> Iterator[Finding]:
    if case.award.is_state:
        for proposal in case.state_proposals:
            if proposal.standing and proposal.proposed_on.year == on.year and not case.ad_hoc:
                asked = f"đề nghị {proposal.award.label} ngày {_vn(proposal.proposed_on)}"
                text = f"Trong năm {on.year} đã có {asked}."
                about = f"proposed:{proposal.award}:{proposal.proposed_on}"
                yield _found(Rule.ONE_STATE_AWARD, about, ONE_STATE_AWARD_A_YEAR.on(on), text)
        return
    if case.award is not Award.PROVINCE_CERTIFICATE or not case.five_year:
        return
    source = cite("KH", "IV.2.2.b")
    for proposal in case.state_proposals:
        asked = f"đề nghị {proposal.award.label} ngày {_vn(proposal.proposed_on)}"
        about = f"{proposal.award}:{proposal.proposed_on}"
        if proposal.standing:
            kind, text = Kind.BLOCK, f"Đã có {asked} nên không xét Bằng khen tổng kết 5 năm."
        else:
            kind, text = Kind.NOTE, f"Từng có {asked}, không còn hiệu lực."
        yield Finding(kind, text, str(source), source, rule=Rule.STATE_PROPOSAL, about=about)


def _past_awards(case: Case, on: date) -> Iterator[Finding]:
    for past in case.past_awards:
        got, about = past.named, f"{past.award}:{past.decided_on}:{past.number or past.dossier}"
        both_state = past.award.is_state and case.award.is_state
        if past.achievement is not None and case.achievement.is_within(past.achievement):
            yield _same_achievement(past, got, about, on)
        elif past.next_counts_from > case.since and (past.since or case.since) <= case.until:
            if both_state and (past.award.is_order or case.award.is_order):
                text = (
                    f"Đã được {got} trong cùng thời gian; không khen hai huân chương, hoặc huân chương và Bằng khen "
                    "Thủ tướng, cho cùng một loại thành tích."
                )
                yield _found(Rule.SAME_KIND, about, TWO_OF_A_KIND.on(on), text)
            text = f"Thời gian thành tích trùng với {got}; chỉ tính thành tích từ ngày {_vn(past.next_counts_from)}."
            yield _found(Rule.OVERLAP, about, OVERLAPPING_PERIODS.on(on), text)
        if both_state and past.decided_on.year == on.year and not (past.ad_hoc or past.service or case.ad_hoc):
            text = f"Trong năm {on.year} đã được khen cấp Nhà nước: {got}."
            yield _found(Rule.ONE_STATE_AWARD, about, ONE_STATE_AWARD_A_YEAR.on(on), text)


def _same_achievement(past: PastAward, got: str, about: str, on: date) -> Finding:
    """Blocks, but for an award of the very same day: the decrees on money reckon with several decided at one time
    (NĐ 91/2017, Điều 66.2.c), so a named official says why."""
    text = f"Thành tích này (cùng nội dung, trong thời gian đã khen) đã được khen: {got}."
    if past.decided_on != on:
        return _found(Rule.SAME_ACHIEVEMENT, about, SAME_ACHIEVEMENT.on(on), text)
    text = f"{text} Hai quyết định cùng ngày: người có thẩm quyền ghi rõ vì sao; tiền thưởng chỉ chi một mức."
    return replace(_found(Rule.SAME_ACHIEVEMENT, about, SAME_ACHIEVEMENT.on(on), text), kind=Kind.WARN)


def _found(rule: Rule, about: str, version: Version[Kind], text: str) -> Finding:
    source = version.source
    return Finding(version.value, text, str(source), source, version.assumed, rule=rule, about=about)


def _vn(day: date) -> str:
    return f"{day:%d/%m/%Y}"
