"""Exclusions: what keeps a nominee from an award, or must be weighed: discipline, State proposals, earlier awards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from chungtay.law.awards import FROM_42, FROM_98, FROM_152, Award
from chungtay.law.clauses import Source, cite, stand_in
from chungtay.law.timeline import Timeline, Version


class Kind(StrEnum):
    """Mức độ: BLOCK keeps the nominee out, WARN is for the appraiser to weigh."""

    BLOCK = "block"
    WARN = "warn"


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
    """Việc đang xem xét: a disciplinary case, investigation, inspection or complaint not yet closed."""

    what: str
    opened_on: date
    closed_on: date | None = None


@dataclass(frozen=True)
class StateProposal:
    """Đề nghị khen cấp Nhà nước trong cùng phong trào; `standing` is False once it was withdrawn."""

    award: Award
    proposed_on: date
    standing: bool = True


@dataclass(frozen=True)
class PastAward:
    """Khen thưởng đã nhận (not one that was revoked), with the achievement and the period that the decision writes."""

    award: Award
    decided_on: date
    achievement: str = ""
    since: date | None = None
    until: date | None = None
    number: str = ""
    ad_hoc: bool = False

    @property
    def next_counts_from(self) -> date:
        """The first day whose achievements are not rewarded yet; the day of the decision if it writes no period."""
        return self.until + timedelta(days=1) if self.until else self.decided_on


@dataclass(frozen=True)
class Case:
    """Trường hợp đề nghị: the award asked for an achievement from `since` to `until`, and what is on record."""

    award: Award
    achievement: str
    since: date
    until: date
    five_year: bool = False
    ad_hoc: bool = False
    disciplines: tuple[Discipline, ...] = ()
    pendings: tuple[Pending, ...] = ()
    state_proposals: tuple[StateProposal, ...] = ()
    past_awards: tuple[PastAward, ...] = ()


@dataclass(frozen=True)
class Finding:
    """Phát hiện: one Vietnamese sentence with its clause; `assumed` as everywhere in law."""

    kind: Kind
    text: str
    clause: str
    source: Source
    assumed: str = ""
    discreet: str = ""

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
    Version(date(2012, 5, 1), Kind.BLOCK, cite("TT 02/2011")),
    Version(FROM_TT_08, Kind.BLOCK, cite("TT 08/2017")),
    Version(FROM_TT_12, Kind.BLOCK, cite("TT 12/2019")),
    Version(FROM_98, Kind.BLOCK, stand_in("NĐ 98/2023"), _carried("NĐ 98/2023")),
    Version(FROM_152, Kind.BLOCK, stand_in("NĐ 152/2025"), _carried("NĐ 152/2025")),
)


def find(case: Case, *, on: date) -> list[Finding]:
    """Everything on record that excludes the case or must be weighed on day `on`; empty if nothing does."""
    return [*_disciplines(case, on), *_pendings(case, on), *_state_proposals(case, on), *_past_awards(case, on)]


def blocked(findings: list[Finding]) -> bool:
    """Whether one of the findings keeps the nominee out."""
    return any(finding.kind is Kind.BLOCK for finding in findings)


def _disciplines(case: Case, on: date) -> Iterator[Finding]:
    source = cite("KH", "IV.1.1")
    for record in case.disciplines:
        lasted = record.ended_on or date.max
        in_period = record.decided_on <= case.until and lasted >= case.since
        if record.form.counts and record.decided_on <= on and (in_period or lasted >= on):
            number = f" (quyết định số {record.number})" if record.number else ""
            when = f"trong thời gian thành tích {_vn(case.since)} - {_vn(case.until)}" if in_period else "còn hiệu lực"
            text = f"Bị kỷ luật {record.form.label} ngày {_vn(record.decided_on)}{number}, {when}."
            yield Finding(Kind.BLOCK, text, str(source), source, discreet=DISCREET)


def _pendings(case: Case, on: date) -> Iterator[Finding]:
    for record in case.pendings:
        if record.opened_on <= on and (record.closed_on is None or record.closed_on > on):
            text = f"Đang có {record.what} từ ngày {_vn(record.opened_on)}, chưa kết thúc."
            yield replace(_found(PENDING_CASES.on(on), text), discreet=DISCREET)


def _state_proposals(case: Case, on: date) -> Iterator[Finding]:
    if case.award.is_state:
        for proposal in case.state_proposals:
            if proposal.standing and proposal.proposed_on.year == on.year and not case.ad_hoc:
                asked = f"đề nghị {proposal.award.label} ngày {_vn(proposal.proposed_on)}"
                yield _found(ONE_STATE_AWARD_A_YEAR.on(on), f"Trong năm {on.year} đã có {asked}.")
        return
    if case.award is not Award.PROVINCE_CERTIFICATE or not case.five_year:
        return
    source = cite("KH", "IV.2.2.b")
    for proposal in case.state_proposals:
        asked = f"đề nghị {proposal.award.label} ngày {_vn(proposal.proposed_on)}"
        if proposal.standing:
            text = f"Đã có {asked} nên không xét Bằng khen tổng kết 5 năm."
            yield Finding(Kind.BLOCK, text, str(source), source)
        else:
            yield Finding(Kind.WARN, f"Từng có {asked}, không còn hiệu lực.", str(source), source)


def _past_awards(case: Case, on: date) -> Iterator[Finding]:
    for past in case.past_awards:
        got = f"{past.award.label} ngày {_vn(past.decided_on)}" + (f" (số {past.number})" if past.number else "")
        if case.achievement and past.achievement == case.achievement:
            yield _found(SAME_ACHIEVEMENT.on(on), f"Thành tích này đã được khen: {got}.")
        elif past.next_counts_from > case.since and (past.since or case.since) <= case.until:
            text = f"Thời gian thành tích trùng với {got}; chỉ tính thành tích từ ngày {_vn(past.next_counts_from)}."
            version = SAME_ACHIEVEMENT.on(on)
            yield Finding(Kind.WARN, text, str(version.source), version.source, version.assumed)
        both_state = past.award.is_state and case.award.is_state
        if both_state and past.decided_on.year == on.year and not (past.ad_hoc or case.ad_hoc):
            text = f"Trong năm {on.year} đã được khen cấp Nhà nước: {got}."
            yield _found(ONE_STATE_AWARD_A_YEAR.on(on), text)


def _found(version: Version[Kind], text: str) -> Finding:
    return Finding(version.value, text, str(version.source), version.source, version.assumed)


def _vn(day: date) -> str:
    return f"{day:%d/%m/%Y}"
