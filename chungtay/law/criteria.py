"""Criteria: which facts the system can answer itself, and what their answer means. The rest is for a named appraiser.

A missing source is no data, never unmet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from chungtay.law.money import dong, number


class FactKind(StrEnum):
    """Loại dữ kiện: yes or no, a sum in đồng, or a rate in per cent."""

    BOOL = "bool"
    MONEY = "money"
    RATE = "rate"


class Verdict(StrEnum):
    """Kết luận về một tiêu chuẩn."""

    MET = "met"
    UNMET = "unmet"
    NO_DATA = "no_data"
    TO_JUDGE = "to_judge"

    @property
    def label(self) -> str:
        return {
            Verdict.MET: "Đạt",
            Verdict.UNMET: "Chưa đạt",
            Verdict.NO_DATA: "Chưa có dữ liệu",
            Verdict.TO_JUDGE: "Cần người thẩm định",
        }[self]


@dataclass(frozen=True)
class Fact:
    """Dữ kiện: a question that the data answers, by its name in the plan file."""

    name: str
    label: str
    definition: str
    kind: FactKind


_FACTS = (
    Fact(
        "registered_to_leave_poverty",
        "Tự nguyện đăng ký thoát nghèo",
        "Hộ có đăng ký tự nguyện thoát nghèo, còn hiệu lực, nộp trước hoặc trong thời gian thành tích.",
        FactKind.BOOL,
    ),
    Fact(
        "no_discipline",
        "Không bị kỷ luật từ khiển trách trở lên",
        "Đã tra cứu sổ kỷ luật và không có kỷ luật từ khiển trách trở lên trong thời gian thành tích.",
        FactKind.BOOL,
    ),
    Fact(
        "declared_contribution_at_threshold",
        "Mức đóng góp từ thiện đạt mức quy định",
        "Tổng giá trị (đồng) các khoản đóng góp đã kê khai có xác nhận trong thời gian được tính, so với mức của tỉnh.",
        FactKind.MONEY,
    ),
    Fact(
        "registered_for_content",
        "Đã đăng ký nội dung thi đua",
        "Có đăng ký, ký giao ước thi đua đúng nội dung được đề nghị khen, nộp trước hoặc trong thời gian thành tích.",
        FactKind.BOOL,
    ),
)

FACTS: Mapping[str, Fact] = {fact.name: fact for fact in _FACTS}


@dataclass(frozen=True)
class Known:
    """Giá trị đã biết: what the data says, `needed` for a sum or a rate, where it comes from, and what is assumed."""

    value: bool | int | Fraction
    needed: int | Fraction | None = None
    because: str = ""
    assumed: str = ""


class CriterionLike(Protocol):
    """Tiêu chuẩn của kế hoạch: `fact` is the name of the fact that answers it, empty where a person must judge."""

    @property
    def clause(self) -> str: ...
    @property
    def question(self) -> str: ...
    @property
    def fact(self) -> str | None: ...


@dataclass(frozen=True)
class Criterion:
    """Tiêu chuẩn: the plainest CriterionLike."""

    id: str
    clause: str
    question: str
    fact: str | None = None


@dataclass(frozen=True)
class Answer:
    """Trả lời cho một tiêu chuẩn, with the sentence that the nominee's unit reads."""

    verdict: Verdict
    value: bool | int | Fraction | None
    sentence: str
    clause: str
    assumed: str = ""


def check(criterion: CriterionLike, facts: Mapping[str, Known | None]) -> Answer:
    """What the data says about `criterion`. A fact that is absent or None gives NO_DATA.

    Raises KeyError for a criterion that names a fact which is not in FACTS, ValueError for a value of the wrong kind.
    """
    if not criterion.fact:
        return Answer(Verdict.TO_JUDGE, None, f"{criterion.question} Cần người thẩm định kết luận.", criterion.clause)
    fact = FACTS[criterion.fact]
    known = facts.get(criterion.fact)
    if known is None:
        sentence = f"{fact.label}: chưa có dữ liệu để kết luận."
        return Answer(Verdict.NO_DATA, None, sentence, criterion.clause)
    verdict = answer(fact, known)
    sentence = f"{fact.label}: {verdict.label.lower()}{_figures(fact, known)}."
    if known.because:
        sentence = f"{sentence} {known.because}"
    return Answer(verdict, known.value, sentence, criterion.clause, known.assumed)


def answer(fact: Fact, known: Known | None) -> Verdict:
    """MET or UNMET for a known value; NO_DATA without one or without the sum that it is measured by."""
    if known is None:
        return Verdict.NO_DATA
    if fact.kind is FactKind.BOOL:
        if not isinstance(known.value, bool):
            raise ValueError(f"fact {fact.name} is yes or no, not {known.value!r}")
        return Verdict.MET if known.value else Verdict.UNMET
    if isinstance(known.value, bool):
        raise ValueError(f"fact {fact.name} is a number, not {known.value!r}")
    if known.needed is None:
        return Verdict.NO_DATA
    return Verdict.MET if known.value >= known.needed else Verdict.UNMET


def unknown_facts(names: Iterable[str]) -> list[str]:
    """The names that FACTS does not hold, in order; for the check of a plan file."""
    return [name for name in names if name not in FACTS]


def _figures(fact: Fact, known: Known) -> str:
    if fact.kind is FactKind.BOOL or known.needed is None:
        return ""
    unit = " đồng" if fact.kind is FactKind.MONEY else "%"
    shown, needed = _number(known.value), _number(known.needed)
    return f" ({shown}{unit}, cần từ {needed}{unit})"


def _number(value: int | Fraction) -> str:
    return number(value) if isinstance(value, Fraction) else dong(value)
