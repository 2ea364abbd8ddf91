"""Classifying: the class of one household, with the values, the lines and the clauses that a person can follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from chungtay.law.clauses import Source
from chungtay.law.deprivations import LISTS, POINTS, in_words, strangers
from chungtay.law.money import dong
from chungtay.law.poverty import Area, Basis, Class, Rule, Rung, rule
from chungtay.law.refusals import Reasons

Kept: TypeAlias = int | str | list[str] | list[dict[str, int | str]] | None


@dataclass(frozen=True)
class Income:
    """Thu nhập của hộ: `total` đồng a month of the whole household. Income a head is never divided out."""

    total: int
    members: int


@dataclass(frozen=True)
class Scores:
    """Điểm phiếu B: `b1` estimates income, `b2` is ten points for each deprivation."""

    b1: int
    b2: int


@dataclass(frozen=True)
class Facts:
    """Số liệu của hộ: area, income or points, and the ids of the deprivations.

    `lacking` None means that nobody entered them: points may do without, income may not.
    """

    area: Area
    means: Income | Scores
    lacking: frozenset[str] | None = None

    @property
    def basis(self) -> Basis:
        return Basis.INCOME if isinstance(self.means, Income) else Basis.SCORES


@dataclass(frozen=True)
class Compared:
    """Một phép so: the household's `value` beside the `limit`, both in đồng of the whole household or in points."""

    name: str
    line: int
    value: int
    limit: int
    within: bool
    sentence: str


@dataclass(frozen=True)
class Classified:
    """Kết quả xếp loại, to be kept as it is: the class, every line it was compared with, and what it rests on.

    `lines` explain it in Vietnamese, one sentence each; `assumed` as everywhere in law.
    """

    outcome: Class
    facts: Facts
    on: date
    standard: str
    compared: tuple[Compared, ...]
    lines: tuple[str, ...]
    sources: tuple[Source, ...]
    assumed: tuple[str, ...]

    @property
    def is_poor(self) -> bool:
        return self.outcome.is_poor


def classify(facts: Facts, *, on: date) -> Classified:
    """The class of a household by the standard in force on `on`, the day of the review.

    Raises Refused with everything that is wrong or missing in the facts, NoRule where no standard covers that day.
    """
    by = rule(facts.area, facts.basis, on=on)
    _require(facts, on=on)
    missing = _missing(facts)
    rung = next(r for r in by.rungs if _fits(r, facts, missing))
    compared = tuple(_compared(facts, passed) for passed in _up_to(by, rung))
    lines = (
        f"Hộ ở khu vực {by.area.label}, xét theo chuẩn nghèo giai đoạn {by.standard} ({by.sources[0]}).",
        *(item.sentence for item in compared),
        _lacking_line(facts, by, rung, missing),
        f"Kết luận: {rung.outcome.label}.",
    )
    return Classified(
        outcome=rung.outcome,
        facts=facts,
        on=on,
        standard=by.standard,
        compared=compared,
        lines=lines,
        sources=by.sources,
        assumed=by.assumed,
    )


def record(classified: Classified) -> dict[str, Kept]:
    """What to keep of a classification once it is recognised: plain values only."""
    facts, means = classified.facts, classified.facts.means
    compared: list[dict[str, int | str]] = [
        {"name": item.name, "line": item.line, "value": item.value, "limit": item.limit} for item in classified.compared
    ]
    kept: dict[str, Kept] = {
        "class": classified.outcome.value,
        "on": classified.on.isoformat(),
        "standard": classified.standard,
        "area": facts.area.value,
        "basis": facts.basis.value,
        "lacking": None if facts.lacking is None else sorted(facts.lacking),
        "compared": compared,
        "lines": list(classified.lines),
        "sources": [source.line for source in classified.sources],
        "assumed": list(classified.assumed),
    }
    if isinstance(means, Income):
        return kept | {"income_total": means.total, "members": means.members}
    return kept | {"b1": means.b1, "b2": means.b2}


def _require(facts: Facts, *, on: date) -> None:
    reasons = Reasons()
    if facts.lacking is not None:
        reasons.extend(strangers(facts.lacking, on=on))
    if isinstance(facts.means, Income):
        if facts.means.total < 0:
            reasons.add("Thu nhập của hộ không được âm.", field="income_total")
        if facts.means.members < 1:
            reasons.add("Hộ phải có ít nhất một người.", field="members")
        if facts.lacking is None:
            reasons.add("Chưa nhập các chỉ số thiếu hụt của hộ.", field="lacking")
    else:
        _require_points(facts.means, facts.lacking, reasons, on=on)
    reasons.raise_if_any()


def _require_points(scores: Scores, lacking: frozenset[str] | None, reasons: Reasons, *, on: date) -> None:
    each = POINTS.on(on)
    most = each.value * len(LISTS.on(on).value)
    if scores.b1 < 0:
        reasons.add("Điểm B1 không được âm.", field="b1")
    if not 0 <= scores.b2 <= most or scores.b2 % each.value:
        text = f"Điểm B2 phải là bội số của {each.value}, từ 0 đến {most}."
        reasons.add(text, clause=str(each.source), field="b2")
    elif lacking is not None and scores.b2 != each.value * len(lacking):
        text = f"Điểm B2 là {scores.b2} nhưng các chỉ số thiếu hụt đã chọn cho {each.value * len(lacking)} điểm."
        reasons.add(text, clause=str(each.source), field="b2")


def _missing(facts: Facts) -> int:
    return facts.means.b2 if isinstance(facts.means, Scores) else len(facts.lacking or ())


def _fits(rung: Rung, facts: Facts, missing: int) -> bool:
    return missing >= rung.lacking and (rung.up_to is None or _value(facts) <= rung.up_to * _scale(facts))


def _value(facts: Facts) -> int:
    return facts.means.total if isinstance(facts.means, Income) else facts.means.b1


def _scale(facts: Facts) -> int:
    return facts.means.members if isinstance(facts.means, Income) else 1


def _up_to(by: Rule, last: Rung) -> list[Rung]:
    """The rungs that were looked at, one for each line."""
    seen: dict[int, Rung] = {}
    for rung in by.rungs[: by.rungs.index(last) + 1]:
        if rung.up_to is not None:
            seen.setdefault(rung.up_to, rung)
    return list(seen.values())


def _compared(facts: Facts, rung: Rung) -> Compared:
    line = rung.up_to or 0
    value, limit = _value(facts), line * _scale(facts)
    within = value <= limit
    how = "không quá" if within else "trên"
    if isinstance(facts.means, Income):
        said = (
            f"Thu nhập cả hộ {dong(value)} đồng một tháng, {how} {rung.name}: "
            f"{dong(line)} đồng x {facts.means.members} người = {dong(limit)} đồng."
        )
    else:
        said = f"Điểm B1 là {value}, {how} mức {line} điểm ứng với {rung.name}."
    return Compared(rung.name, line, value, limit, within, said)


def _lacking_line(facts: Facts, by: Rule, rung: Rung, missing: int) -> str:
    named = f" ({in_words(facts.lacking)})" if facts.lacking else ""
    if facts.basis is Basis.INCOME:
        have, need = f"Hộ thiếu hụt {missing} chỉ số{named}", f"{by.lacking_cut} chỉ số"
    else:
        have, need = f"Điểm B2 là {missing}{named}", f"{by.lacking_cut} điểm"
    if not any(r.lacking and r.up_to == rung.up_to for r in by.rungs):
        return f"{have}; ở mức này kết quả không phụ thuộc vào số thiếu hụt."
    return f"{have}, {'đủ' if missing >= by.lacking_cut else 'chưa đủ'} {need} để xét hộ nghèo."
