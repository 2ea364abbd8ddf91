"""Voting: quorum, threshold and result of the Council's vote. The share is of all members, not of those present."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from chungtay.law.awards import FROM_42, FROM_91, FROM_98, FROM_152, Award, Level
from chungtay.law.clauses import Source, second_hand, stand_in
from chungtay.law.refusals import NoRule, Reasons
from chungtay.law.timeline import Timeline, Version

QUORUM: Timeline[Fraction] = Timeline(
    "số thành viên Hội đồng phải có mặt",
    Version(
        FROM_42,
        Fraction(2, 3),
        stand_in(),
        "Họp hợp lệ khi có mặt ít nhất 2/3 số thành viên: chưa tìm thấy quy định, tạm dùng.",
    ),
)

RECUSAL: Timeline[bool] = Timeline(
    "thành viên có liên quan không bỏ phiếu và không tính vào tổng số",
    Version(
        FROM_42,
        True,
        stand_in(),
        "Thành viên có liên quan đến hồ sơ không bỏ phiếu và được trừ khỏi tổng số: chưa tìm thấy quy định, tạm dùng.",
    ),
)

_LOCAL = "tỷ lệ 70% tổng số thành viên lấy theo quy chế của tỉnh Lạng Sơn (QĐ 1338/QĐ-UBND năm 2018), tạm dùng."


def _threshold(who: str, in_98: str = "") -> Timeline[Fraction]:
    share, source = Fraction(7, 10), second_hand("QĐ 1338 Lạng Sơn")
    why = f"{who}: {_LOCAL}"
    later = f"{why}{in_98}"
    return Timeline(
        f"tỷ lệ phiếu đồng ý đối với {who}",
        Version(FROM_42, share, source, why),
        Version(FROM_91, share, source, why),
        Version(FROM_98, share, source, later),
        Version(FROM_152, share, source, later),
    )


_MAYBE_80 = " Có thông tin chưa kiểm chứng là 80% từ năm 2024."
THRESHOLD: Mapping[Award, Timeline[Fraction]] = {
    Award.LABOUR_ORDER_1: _threshold("Huân chương Lao động", _MAYBE_80),
    Award.LABOUR_ORDER_2: _threshold("Huân chương Lao động", _MAYBE_80),
    Award.LABOUR_ORDER_3: _threshold("Huân chương Lao động", _MAYBE_80),
    Award.PM_CERTIFICATE: _threshold("Bằng khen của Thủ tướng Chính phủ"),
    Award.PROVINCE_CERTIFICATE: _threshold("Bằng khen của Chủ tịch UBND tỉnh"),
}

SECRET: Mapping[Level, Timeline[bool]] = {
    Level.STATE: Timeline(
        "bỏ phiếu kín đối với khen thưởng cấp Nhà nước",
        Version(
            FROM_42,
            True,
            stand_in(),
            "Khen thưởng cấp Nhà nước bỏ phiếu kín: theo thực tế Hội đồng tỉnh năm 2019, tạm dùng.",
        ),
    ),
    Level.PROVINCE: Timeline(
        "bỏ phiếu kín đối với Bằng khen cấp tỉnh",
        Version(
            FROM_42,
            False,
            stand_in(),
            "Bằng khen cấp tỉnh biểu quyết công khai: chưa tìm thấy quy định, tạm dùng.",
        ),
    ),
}


@dataclass(frozen=True)
class Rule:
    """Quy tắc bỏ phiếu: shares of all members for the quorum and for yes votes, and whether the ballot is secret."""

    quorum: Fraction
    threshold: Fraction
    secret: bool
    sources: tuple[Source, ...]
    assumed: tuple[str, ...]

    def present_needed(self, members: int) -> int:
        """How many of `members` must be present."""
        return ceil(self.quorum * members)

    def yes_needed(self, base: int) -> int:
        """How many yes votes out of `base` (all members less the recused) carry the proposal."""
        return ceil(self.threshold * base)


def rule(award: Award | str, *, on: date) -> Rule:
    """The provincial Council's rule for `award` on the day of the meeting.

    Raises NoRule for a commendation, on which the provincial Council does not vote, and for a day without a rule.
    """
    award = Award(award)
    if award not in THRESHOLD:
        text = f"{award.label} do {award.signer} quyết định; Hội đồng tỉnh không bỏ phiếu."
        raise NoRule.because(text, clause="KH IV.2.3")
    quorum, threshold, secret, recusal = (
        QUORUM.on(on),
        THRESHOLD[award].on(on),
        SECRET[award.level].on(on),
        RECUSAL.on(on),
    )
    return Rule(
        quorum=quorum.value,
        threshold=threshold.value,
        secret=secret.value,
        sources=tuple(dict.fromkeys((quorum.source, threshold.source, secret.source, recusal.source))),
        assumed=tuple(text for text in (quorum.assumed, threshold.assumed, secret.assumed, recusal.assumed) if text),
    )


@dataclass(frozen=True)
class Outcome:
    """Kết quả bỏ phiếu: `needed` yes votes out of `base`, the yes share in `percent` ("73,3%"), and a sentence."""

    passed: bool
    quorum_met: bool
    needed: int
    base: int
    yes: int
    percent: str
    sentence: str


def outcome(
    rule: Rule, *, members: int, present: int, yes: int, no: int, blank: int, recused: int = 0, written: int = 0
) -> Outcome:
    """The result of one vote. `members` is the whole Council; `written` counts ballots sent in by absent members.

    Members who did not vote stay in the base. Raises Refused, naming everything that does not add up.
    """
    base = members - recused
    _check_counts(members=members, present=present, yes=yes, no=no, blank=blank, recused=recused, written=written)
    needed, must_attend = rule.yes_needed(base), rule.present_needed(members)
    quorum_met = present >= must_attend
    enough = yes >= needed
    percent = _percent(yes, base, below=None if enough else rule.threshold)
    if not quorum_met:
        sentence = f"Không đủ số người họp: có mặt {present}/{members}, cần ít nhất {must_attend}."
    else:
        verdict = "đủ" if enough else "chưa đủ"
        sentence = f"{yes}/{base} phiếu đồng ý ({percent}), cần ít nhất {needed}: {verdict} để đề nghị khen."
    return Outcome(quorum_met and enough, quorum_met, needed, base, yes, percent, sentence)


def _check_counts(*, members: int, present: int, yes: int, no: int, blank: int, recused: int, written: int) -> None:
    cast, reasons = yes + no + blank, Reasons()
    if min(members, present, yes, no, blank, recused, written) < 0:
        reasons.add("Số người và số phiếu không được âm.")
    if present + written > members:
        reasons.add(f"Có mặt {present} và gửi phiếu {written} là nhiều hơn {members} thành viên.", field="present")
    if recused >= members:
        reasons.add("Không còn thành viên nào được bỏ phiếu.", field="recused")
    elif cast > members - recused:
        reasons.add(f"Có {cast} phiếu, nhiều hơn {members - recused} thành viên được bỏ phiếu.", field="yes")
    if cast > present + written:
        reasons.add(f"Có {cast} phiếu, nhiều hơn {present + written} người bỏ phiếu.", field="yes")
    reasons.raise_if_any()


def _percent(part: int, whole: int, *, below: Fraction | None) -> str:
    """One decimal, half up; rounded down where rounding up would show a failed share as if it had reached `below`."""
    tenths = Fraction(part * 1000, whole)
    shown = int(tenths + Fraction(1, 2))
    if below is not None and Fraction(shown, 1000) >= below:
        shown = int(tenths)
    return f"{shown // 10},{shown % 10}%"
