"""Several awards at once: which prizes decided on the same day for one payee are paid, by the decree of that day."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chungtay.law.awards import FROM_42, FROM_91, FROM_98, FROM_152
from chungtay.law.clauses import Source, cite, stand_in
from chungtay.law.money import Prize
from chungtay.law.timeline import Timeline, Version


class Together(StrEnum):
    """Cách chi khi cùng lúc có nhiều hình thức, danh hiệu."""

    HIGHEST_BUT_TITLES_EACH = "highest_but_titles_each"
    HIGHEST_OF_EACH_ACHIEVEMENT = "highest_of_each_achievement"
    TITLE_AND_FORM_BOTH = "title_and_form_both"

    @property
    def sentence(self) -> str:
        return _SENTENCES[self]


_SENTENCES = {
    Together.HIGHEST_BUT_TITLES_EACH: "Cùng thời điểm, cùng đối tượng chỉ nhận mức thưởng cao nhất; "
    "danh hiệu có thời gian thành tích khác nhau thì nhận từng mức.",
    Together.HIGHEST_OF_EACH_ACHIEVEMENT: "Cùng thời điểm, cùng một thành tích chỉ nhận mức thưởng cao nhất; "
    "thành tích khác nhau thì nhận từng mức.",
    Together.TITLE_AND_FORM_BOTH: "Thành tích khác nhau thì nhận từng mức; "
    "một danh hiệu và một hình thức khen thưởng cùng lúc thì nhận cả hai.",
}

TOGETHER: Timeline[Together] = Timeline(
    "cách chi thưởng khi cùng lúc có nhiều hình thức",
    Version(FROM_42, Together.HIGHEST_BUT_TITLES_EACH, cite("NĐ 42/2010", "Điều 68.2.c-d")),
    Version(
        FROM_91,
        Together.HIGHEST_OF_EACH_ACHIEVEMENT,
        cite("NĐ 91/2017", "Điều 66.2.c"),
        "NĐ 91/2017, Điều 66.2: mới đọc điểm c; điểm d, đ về thành tích khác nhau chưa đọc.",
    ),
    Version(FROM_98, Together.TITLE_AND_FORM_BOTH, cite("NĐ 98/2023", "Điều 53.5-53.7")),
    Version(
        FROM_152,
        Together.TITLE_AND_FORM_BOTH,
        stand_in("NĐ 152/2025"),
        "Cách chi khi có nhiều hình thức theo NĐ 152/2025: suy từ NĐ 98/2023, chưa đọc điều khoản.",
    ),
)


@dataclass(frozen=True)
class Due:
    """Khoản thưởng chờ chi: a prize, the achievement (or its period) that it rewards, and whether it is a title."""

    prize: Prize
    achievement: Hashable
    is_title: bool = False


@dataclass(frozen=True)
class Payment:
    """Kết quả: what is paid and what is not, with the rule in a Vietnamese sentence."""

    paid: tuple[Due, ...]
    unpaid: tuple[Due, ...]
    sentence: str
    source: Source
    assumed: str

    @property
    def amount(self) -> int:
        """The sum to pay in đồng."""
        return sum(due.prize.amount for due in self.paid)


def several(*dues: Due, decided_on: date) -> Payment:
    """Which of several prizes of one payee, all decided on `decided_on`, are paid.

    Raises NoRule for a day without a rule, ValueError if a prize was computed for another day.
    """
    if any(due.prize.decided_on != decided_on for due in dues):
        raise ValueError("several() is for prizes of one day of decision")
    rule = TOGETHER.on(decided_on)
    best: dict[Hashable, int] = {}
    for place, due in enumerate(dues):
        pool = _pool(due, dues, rule.value)
        if pool not in best or due.prize.amount > dues[best[pool]].prize.amount:
            best[pool] = place
    chosen = set(best.values())
    return Payment(
        paid=tuple(due for place, due in enumerate(dues) if place in chosen),
        unpaid=tuple(due for place, due in enumerate(dues) if place not in chosen),
        sentence=rule.value.sentence,
        source=rule.source,
        assumed=rule.assumed,
    )


def _pool(due: Due, dues: Sequence[Due], rule: Together) -> Hashable:
    """What competes with `due`: of each pool only the highest prize is paid."""
    if rule is Together.TITLE_AND_FORM_BOTH:
        return due.achievement, due.is_title
    if rule is Together.HIGHEST_OF_EACH_ACHIEVEMENT:
        return due.achievement
    shared = any(not other.is_title and other.achievement == due.achievement for other in dues)
    return (due.achievement,) if due.is_title and not shared else "one pool"
