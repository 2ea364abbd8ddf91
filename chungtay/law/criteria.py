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


class Mark(StrEnum):
    """Kết quả của một tiêu chuẩn."""

    MET = "met"
    UNMET = "unmet"
    NO_DATA = "no_data"
    TO_JUDGE = "to_judge"

    @property
    def label(self) -> str:
        return _MARKS[self]


_MARKS = {
    Mark.MET: "Đạt",
    Mark.UNMET: "Chưa đạt",
    Mark.NO_DATA: "Chưa có dữ liệu",
    Mark.TO_JUDGE: "Cần người thẩm định",
}


@dataclass(frozen=True)
class Fact:
    """Dữ kiện: a question that the data answers, by its name in the plan file.

    `retired` names the fact that took its place: versions of a plan loaded earlier may still ask it, new files may not.
    """

    name: str
    label: str
    definition: str
    kind: FactKind
    retired: str = ""


def _yes(name: str, label: str, definition: str) -> Fact:
    return Fact(name, label, definition, FactKind.BOOL)


_FACTS = (
    _yes(
        "no_discipline",
        "Không bị kỷ luật từ khiển trách trở lên",
        "Đã tra cứu sổ kỷ luật và không có kỷ luật từ khiển trách trở lên trong thời gian thành tích, hoặc còn hạn.",
    ),
    _yes(
        "nothing_pending",
        "Không có việc đang bị xem xét",
        "Đã tra cứu sổ kỷ luật và không có việc thanh tra, điều tra, xác minh khiếu nại, tố cáo nào chưa kết thúc.",
    ),
    _yes(
        "registered_for_content",
        "Đã đăng ký nội dung thi đua",
        "Có đăng ký, ký giao ước thi đua đúng nội dung được đề nghị khen, nộp trước hoặc trong thời gian thành tích.",
    ),
    _yes(
        "registered_to_leave_poverty",
        "Tự nguyện đăng ký thoát nghèo",
        "Hộ có đăng ký tự nguyện thoát nghèo, còn hiệu lực, nộp trước hoặc trong thời gian thành tích.",
    ),
    _yes(
        "household_left_poverty",
        "Đã thoát nghèo và chưa tái nghèo",
        "Hộ từng ở danh sách nghèo, được công nhận ra khỏi danh sách trong thời gian thành tích bằng một đợt rà soát "
        "đã khóa, và nay vẫn không thuộc hộ nghèo. Thoát nghèo trước thời gian đó không phải thành tích của lần này.",
    ),
    _yes(
        "helped_others_out",
        "Đã giúp hộ khác",
        "Hộ có khoản giúp người khác, đã được bên nhận xác nhận, trong thời gian thành tích.",
    ),
    _yes(
        "loan_used_and_repaid",
        "Vốn vay chính sách dùng đúng, trả đúng hạn",
        "Có khoản vay chính sách đã trả hết đúng hạn và được kiểm tra là dùng đúng mục đích; không khoản nào trong "
        "thời gian thành tích dùng sai, chậm lãi hoặc quá hạn. Khoản đang vay, chưa đến hạn thì chưa nói lên điều gì.",
    ),
    _yes(
        "resources_mobilised",
        "Đã huy động được nguồn lực",
        "Có khoản đóng góp đã được bên nhận xác nhận cho địa bàn trong thời gian thành tích; câu trả lời nêu trị giá.",
    ),
    _yes(
        "living_conditions_better",
        "Điều kiện sống của hộ nghèo tốt lên",
        "Số chỉ số thiếu hụt của hộ nghèo, cận nghèo trên 100 hộ của địa bàn ở đợt rà soát đã khóa cuối kỳ thấp hơn "
        "đầu kỳ; thu nhập không giảm nếu có điều tra.",
    ),
    _yes(
        "poverty_rate_falls_as_targeted",
        "Tỷ lệ hộ nghèo giảm đúng chỉ tiêu",
        "Mỗi năm của thời gian thành tích, tỷ lệ hộ nghèo theo rà soát đã khóa không quá mức giao của năm đó; năm "
        "không được giao thì giảm ít nhất bằng mức kế hoạch. Nơi mức kế hoạch đưa về 0 thì dữ liệu không trả lời được "
        "năm đó.",
    ),
    _yes(
        "assigned_rate_met",
        "Đạt tỷ lệ giảm nghèo được giao từng năm",
        "Mỗi năm có mức giao trong thời gian thành tích, tỷ lệ hộ nghèo theo rà soát đã khóa không cao hơn mức giao.",
    ),
    _yes(
        "programme_issued",
        "Đã ban hành chương trình, nghị quyết",
        "Có chương trình hoặc nghị quyết về giảm nghèo do đơn vị ban hành, có hiệu lực trong thời gian thành tích.",
    ),
    _yes(
        "budget_settled_on_time",
        "Quyết toán kinh phí đúng hạn",
        "Mọi khoản kinh phí giảm nghèo đến hạn quyết toán trong thời gian thành tích đã quyết toán đúng hạn, nơi nhận "
        "đã xác nhận.",
    ),
    _yes(
        "reports_on_time",
        "Báo cáo đúng hạn",
        "Mọi báo cáo đến hạn trong thời gian thành tích đã gửi đúng hạn, nơi nhận đã xác nhận.",
    ),
    _yes(
        "guidance_on_time",
        "Văn bản hướng dẫn đúng hạn",
        "Mọi văn bản hướng dẫn được giao, đến hạn trong thời gian thành tích, đã ban hành đúng hạn, nơi giao "
        "đã xác nhận.",
    ),
    _yes(
        "commitment_kept",
        "Thực hiện cam kết giúp địa bàn nghèo",
        "Có cam kết giúp một địa bàn nghèo có tên trong thời gian thành tích, và nơi được giúp đã xác nhận kết quả; "
        "cam kết hết hạn mà không có kết quả nào được công nhận là chưa thực hiện.",
    ),
    _yes(
        "model_adopted",
        "Mô hình được nơi khác áp dụng",
        "Có mô hình của đơn vị đã được kiểm tra và ít nhất một nơi khác áp dụng trong thời gian thành tích, nơi đó "
        "đã xác nhận.",
    ),
    Fact(
        "contribution_at_threshold",
        "Mức đóng góp từ thiện đạt mức quy định",
        "Tổng trị giá (đồng) các khoản đóng góp bên nhận đã xác nhận, chưa tính cho lần khen nào, trong thời gian "
        "thành tích và từ sau lần khen trước, so với mức của tỉnh ngày xét.",
        FactKind.MONEY,
    ),
    Fact(
        "declared_contribution_at_threshold",
        "Mức đóng góp từ thiện đạt mức quy định",
        "Tổng giá trị (đồng) các khoản đóng góp đơn vị kê khai trong hồ sơ, so với mức của tỉnh. Chỉ bản kế hoạch nạp "
        "trước khi có sổ đóng góp còn hỏi dữ kiện này.",
        FactKind.MONEY,
        retired="contribution_at_threshold",
    ),
)

FACTS: Mapping[str, Fact] = {fact.name: fact for fact in _FACTS}
ASKABLE: Mapping[str, Fact] = {fact.name: fact for fact in _FACTS if not fact.retired}
"""The facts that a plan file may name."""


@dataclass(frozen=True, slots=True)
class Known:
    """Giá trị đã biết: what the data says, `needed` for a sum or a rate, where it comes from, and what is assumed."""

    value: bool | int | Fraction
    needed: int | Fraction | None = None
    because: str = ""
    assumed: str = ""


class CriterionLike(Protocol):
    """Tiêu chuẩn của kế hoạch: `facts` name what answers it, all of them together; none where a person must judge.

    `otherwise`: a no of the data is not the last word, a person decides. `besides`: a yes of the data is not the whole
    answer, a person adds what data cannot say.
    """

    @property
    def id(self) -> str: ...
    @property
    def clause(self) -> str: ...
    @property
    def question(self) -> str: ...
    @property
    def facts(self) -> tuple[str, ...]: ...
    @property
    def otherwise(self) -> str | None: ...
    @property
    def besides(self) -> str | None: ...


@dataclass(frozen=True)
class Criterion:
    """Tiêu chuẩn: the plainest CriterionLike."""

    id: str
    clause: str
    question: str
    fact: str | None = None
    also: tuple[str, ...] = ()
    otherwise: str | None = None
    besides: str | None = None

    @property
    def facts(self) -> tuple[str, ...]:
        return (self.fact, *self.also) if self.fact else ()


@dataclass(frozen=True)
class Answer:
    """Trả lời cho một tiêu chuẩn, with the sentence that the nominee's unit reads.

    `data` is what the data alone says; `mark` where that leaves the criterion. `value` and `needed` are those of the
    fact that decides: the first that is not met, else the first.
    """

    mark: Mark
    data: Mark
    value: bool | int | Fraction | None
    sentence: str
    clause: str
    needed: int | Fraction | None = None
    assumed: str = ""


def check(criterion: CriterionLike, known: Mapping[str, Known | None]) -> Answer:
    """What the data says about `criterion`, in words. A fact that is absent or None gives NO_DATA.

    Raises KeyError for a criterion that names a fact which is not in FACTS, ValueError for a value of the wrong kind.
    """
    if not criterion.facts:
        sentence = f"{criterion.question} Cần người thẩm định kết luận."
        return Answer(Mark.TO_JUDGE, Mark.TO_JUDGE, None, sentence, criterion.clause)
    told = [(FACTS[name], known.get(name)) for name in criterion.facts]
    marks = [answer(fact, one) for fact, one in told]
    data = together(marks)
    decides = told[marks.index(data)][1]
    sentences = [_sentence(fact, one, mark) for (fact, one), mark in zip(told, marks, strict=True)]
    assumed = dict.fromkeys(one.assumed for _, one in told if one is not None and one.assumed)
    return Answer(
        resolved(data, criterion),
        data,
        None if decides is None else decides.value,
        " ".join(sentences),
        criterion.clause,
        None if decides is None else decides.needed,
        " ".join(assumed),
    )


def mark(criterion: CriterionLike, known: Mapping[str, Known | None]) -> Mark:
    """The mark that `check` gives, without the words: for many parties at once."""
    facts = criterion.facts
    if not facts:
        return Mark.TO_JUDGE
    return resolved(together([answer(FACTS[name], known.get(name)) for name in facts]), criterion)


def together(marks: list[Mark]) -> Mark:
    """Several facts asked together: one no is a no, one gap a gap, else met."""
    if Mark.UNMET in marks:
        return Mark.UNMET
    return Mark.NO_DATA if Mark.NO_DATA in marks else Mark.MET


def resolved(data: Mark, criterion: CriterionLike) -> Mark:
    """Where the data's word leaves the criterion: with a person, if the plan says so."""
    if data is Mark.UNMET and criterion.otherwise:
        return Mark.TO_JUDGE
    if data is Mark.MET and criterion.besides:
        return Mark.TO_JUDGE
    return data


def answer(fact: Fact, known: Known | None) -> Mark:
    """MET or UNMET for a known value; NO_DATA without one or without the sum that it is measured by."""
    if known is None:
        return Mark.NO_DATA
    value = known.value
    if fact.kind is FactKind.BOOL:
        if value is True:
            return Mark.MET
        if value is False:
            return Mark.UNMET
        raise ValueError(f"fact {fact.name} is yes or no, not {value!r}")
    if isinstance(value, bool):
        raise ValueError(f"fact {fact.name} is a number, not {value!r}")
    if known.needed is None:
        return Mark.NO_DATA
    return Mark.MET if value >= known.needed else Mark.UNMET


def unknown_facts(names: Iterable[str]) -> list[str]:
    """The names that FACTS does not hold, in order; for the check of a plan file."""
    return [name for name in names if name not in FACTS]


def _sentence(fact: Fact, known: Known | None, found: Mark) -> str:
    if known is None:
        return f"{fact.label}: chưa có dữ liệu để kết luận."
    sentence = f"{fact.label}: {found.label.lower()}{_figures(fact, known)}."
    return f"{sentence} {known.because}" if known.because else sentence


def _figures(fact: Fact, known: Known) -> str:
    if fact.kind is FactKind.BOOL or known.needed is None:
        return ""
    unit = " đồng" if fact.kind is FactKind.MONEY else "%"
    shown, needed = _number(known.value), _number(known.needed)
    return f" ({shown}{unit}, cần từ {needed}{unit})"


def _number(value: int | Fraction) -> str:
    return number(value) if isinstance(value, Fraction) else dong(value)
