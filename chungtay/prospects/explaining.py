"""A verdict in plain Vietnamese, as a page shows it: where each line stands, its value, threshold and source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chungtay.law.criteria import FACTS, FactKind, Mark
from chungtay.law.exclusions import Finding
from chungtay.law.money import dong, number
from chungtay.law.procedure import Desk
from chungtay.law.verdicts import Line, Stand, Verdict
from chungtay.merits.asking import REGISTRATION
from chungtay.parties.requests import KEEPERS
from chungtay.prospects.rights import POVERTY, reads_poverty

STATES = {Mark.MET: "met", Mark.UNMET: "unmet", Mark.NO_DATA: "nodata", Mark.TO_JUDGE: "judge"}
"""Marks as `components/criteria.html` names them."""
TONES = {Stand.MET: "ok", Stand.OPEN: "info", Stand.UNMET: "wait", Stand.EXCLUDED: "no"}
ICONS = {
    Stand.MET: "check-circle", Stand.OPEN: "person-check", Stand.UNMET: "dash-circle", Stand.EXCLUDED: "slash-circle",
}  # fmt: skip
_GIFTS, _DUTIES, _REVIEWS = "sổ đóng góp, khoản đã được xác nhận", "sổ việc phải làm", "các đợt rà soát đã khóa"
SOURCES = {
    "no_discipline": "sổ kỷ luật", "nothing_pending": "sổ kỷ luật", "registered_for_content": "sổ đăng ký thi đua",
    "registered_to_leave_poverty": "sổ đăng ký thi đua", "household_left_poverty": _REVIEWS,
    "helped_others_out": _GIFTS, "contribution_at_threshold": _GIFTS, "resources_mobilised": _GIFTS,
    "declared_contribution_at_threshold": "hồ sơ của đơn vị", "loan_used_and_repaid": "sổ vốn vay chính sách",
    "living_conditions_better": _REVIEWS, "poverty_rate_falls_as_targeted": _REVIEWS,
    "assigned_rate_met": f"mức giao và {_REVIEWS}", "programme_issued": _DUTIES, "budget_settled_on_time": _DUTIES,
    "reports_on_time": _DUTIES, "guidance_on_time": _DUTIES, "commitment_kept": _DUTIES,
    "model_adopted": "sổ mô hình",
}  # fmt: skip
"""Where each fact is looked up, for whoever reads the line."""
HIDDEN = "Số liệu của sổ hộ: chỉ xã, huyện, Sở Lao động và Ban Thi đua đọc được câu trả lời."


@dataclass(frozen=True)
class Reader:
    """Người đọc: what the desk may be told of this party."""

    reads_record: bool
    reads_poverty: bool

    @classmethod
    def at(cls, kind: Desk, *, household: bool) -> Reader:
        return cls(kind in KEEPERS, not household or reads_poverty(kind))


def line(verdict: Verdict, one: Line, reader: Reader) -> dict[str, Any]:
    """One criterion for `components/criteria.html`."""
    asked = next(criterion for criterion in verdict.facts.questions.asked if criterion.id == one.id)
    names = asked.facts
    told: dict[str, Any] = {
        "state": STATES[one.mark], "question": one.question, "clause": one.clause, "assumed": one.assumed,
        "answer": "", "note": "", "value": "", "needed": "",
        "source": "; ".join(dict.fromkeys(SOURCES[name] for name in names)) or "người thẩm định",
    }  # fmt: skip
    if not reader.reads_poverty and POVERTY.intersection(asked.facts):
        return {**told, "state": "judge", "answer": HIDDEN, "assumed": ""}
    if not names:
        return {**told, "answer": "Số liệu không trả lời được: người thẩm định xem và ghi lý do."}
    measured = next((name for name in names if FACTS[name].kind is not FactKind.BOOL), None)
    if measured is not None and one.value is not None:
        told |= {"value": _figure(measured, one.value), "needed": _figure(measured, one.needed)}
    more = ""
    if one.mark is Mark.TO_JUDGE:
        more = "Phần còn lại do người thẩm định kết luận." if one.data is Mark.MET else "Người thẩm định xem lại."
    return {**told, "answer": f"{one.sentence} {more}".strip()}


def _figure(name: str, value: Any) -> str:
    """A sum or a rate with its unit; empty where there is none."""
    if value is None or isinstance(value, bool):
        return ""
    if FACTS[name].kind is FactKind.MONEY:
        return f"{dong(int(value))} đồng"
    return f"{number(value)}%"


def stand_of(verdict: Verdict, reader: Reader) -> Stand:
    """The conclusion as the reader may know it: where an answer is hidden, it must not be told by the conclusion."""
    if reader.reads_poverty or verdict.stand is Stand.EXCLUDED:
        return verdict.stand
    is_hidden = any(POVERTY.intersection(asked.facts) for asked in verdict.facts.questions.asked)
    return Stand.OPEN if is_hidden else verdict.stand


def finding(one: Finding, reader: Reader) -> dict[str, str]:
    """What the record says against it, in words that the desk may read."""
    return {
        "text": one.text if reader.reads_record else one.open_text, "clause": one.clause, "assumed": one.assumed,
    }  # fmt: skip


def summary(lines: Sequence[Mapping[str, Any]]) -> str:
    """Where the criteria stand, in one line, by what the reader is shown of each."""
    states = [one["state"] for one in lines]
    told = (("met", "đạt"), ("unmet", "chưa đạt"), ("judge", "chờ người thẩm định"), ("nodata", "chưa có số liệu"))
    return ", ".join(f"{count} {words}" for state, words in told if (count := states.count(state)))


def page(verdict: Verdict, reader: Reader) -> dict[str, Any]:
    """Everything that the page of one verdict shows of it."""
    stand = stand_of(verdict, reader)
    general = [line(verdict, one, reader) for one in verdict.lines if _is_general(verdict, one)]
    own = [line(verdict, one, reader) for one in verdict.lines if not _is_general(verdict, one)]
    return {
        "stand": stand, "tone": TONES[stand], "icon": ICONS[stand],
        "summary": summary([*own, *general]), "own": own, "general": general,
        "excluded": [finding(one, reader) for one in verdict.excluded],
        "warned": [finding(one, reader) for one in verdict.warned],
        "told": [finding(one, reader) for one in verdict.told],
        "assumed": verdict.assumed, "any_is_enough": verdict.facts.questions.need == "any",
        "since": verdict.facts.case.since, "until": verdict.facts.case.until,
    }  # fmt: skip


def _is_general(verdict: Verdict, one: Line) -> bool:
    questions = verdict.facts.questions
    told = dict(zip((asked.id for asked in questions.asked), questions.is_general, strict=True))
    return one.id != REGISTRATION and told[one.id]
