"""Lượt: where a party stands in a round, told from its verdict. Pure: no query."""

from __future__ import annotations

from enum import StrEnum

from chungtay.law import criteria
from chungtay.law.criteria import FACTS, Mark
from chungtay.law.verdicts import Stand, Verdict
from chungtay.merits.asking import REGISTRATION

WISHES = frozenset({"registered_for_content", "registered_to_leave_poverty"})
CLEAN = frozenset({"no_discipline", "nothing_pending"})
NO_RESULT = WISHES | CLEAN
"""Facts that say what a party wished for or was spared, not what it has achieved."""


class Turn(StrEnum):
    """Lượt của một đối tượng trong đợt."""

    READY = "ready"
    OPEN = "open"
    NEAR = "near"
    FAR = "far"
    EXCLUDED = "excluded"
    RUNNING = "running"

    @property
    def label(self) -> str:
        return _WORDS[self][0]

    @property
    def hint(self) -> str:
        """What puts a party here, in one sentence."""
        return _WORDS[self][1]

    @property
    def slug(self) -> str:
        """The word of an address."""
        return _WORDS[self][2]

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _WORDS[self][3]


_WORDS = {
    Turn.READY: ("Đến lượt", "Đã có kết quả bằng số liệu, không có gì ngăn, chưa có hồ sơ.", "den-luot", "ok"),
    Turn.OPEN: ("Chờ người xét", "Không có gì ngăn, nhưng chưa có số liệu nào về kết quả.", "cho-xet", "info"),
    Turn.NEAR: ("Còn thiếu một", "Chỉ còn thiếu một tiêu chuẩn.", "thieu-mot", "wait"),
    Turn.FAR: ("Chưa đủ", "Chưa đăng ký, hoặc còn thiếu nhiều tiêu chuẩn.", "chua-du", "neutral"),
    Turn.EXCLUDED: ("Không được xét", "Có việc trong sổ mà quy định không cho xét.", "khong-xet", "no"),
    Turn.RUNNING: ("Đã có hồ sơ", "Đã có hồ sơ trong đợt này.", "co-ho-so", "neutral"),
}
BY_SLUG = {turn.slug: turn for turn in Turn}
FIRST = {turn: n for n, turn in enumerate((Turn.READY, Turn.NEAR, Turn.OPEN, Turn.FAR, Turn.EXCLUDED, Turn.RUNNING))}
"""Of the turns of one party for several awards, which one says most about it."""


def turn_of(verdict: Verdict, *, running: bool) -> Turn:
    """Where the party stands; `running`: it has a dossier in the round that has not ended."""
    if running:
        return Turn.RUNNING
    if verdict.stand is Stand.EXCLUDED:
        return Turn.EXCLUDED
    if verdict.stand is Stand.MET:
        return Turn.READY
    has_result = bool(results(verdict))
    if verdict.stand is Stand.OPEN:
        return Turn.READY if has_result else Turn.OPEN
    short = verdict.short_of
    if len(short) == 1 and (has_result or short[0].id != REGISTRATION):
        return Turn.NEAR
    return Turn.FAR


def results(verdict: Verdict) -> list[str]:
    """Names of the facts that tell an achievement and that the data answers with yes, in the order of the plan."""
    known = verdict.facts.known
    asked = (name for one in verdict.facts.questions.asked for name in one.facts)
    return [name for name in dict.fromkeys(asked) if name not in NO_RESULT and _is_met(name, known.get(name))]


def met_by_data(verdict: Verdict) -> int:
    """How many of the content's own criteria have all their facts answered with yes, whatever a person adds."""
    questions, known = verdict.facts.questions, verdict.facts.known
    pairs = zip(questions.asked, questions.is_general, strict=True)
    own = [one.facts for one, general in pairs if one.facts and not general]
    return sum(all(_is_met(name, known.get(name)) for name in names) for names in own)


def counts(verdict: Verdict) -> dict[str, int]:
    """How many criteria stand at each mark."""
    return {mark.value: verdict.marks.count(mark) for mark in Mark}


def _is_met(name: str, known: criteria.Known | None) -> bool:
    return known is not None and criteria.answer(FACTS[name], known) is Mark.MET
