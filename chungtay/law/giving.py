"""Giving: the sum of charity gifts from which a provincial certificate may be asked, and from which day gifts count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from chungtay.law.awards import Payee
from chungtay.law.clauses import Source, cite, second_hand, stand_in
from chungtay.law.timeline import Timeline, Version


class Giver(StrEnum):
    """Người đóng góp."""

    ORGANISATION = "organisation"
    PERSON = "person"
    HOUSEHOLD = "household"

    @property
    def label(self) -> str:
        return {
            Giver.ORGANISATION: "tổ chức, doanh nghiệp",
            Giver.PERSON: "cá nhân",
            Giver.HOUSEHOLD: "hộ gia đình",
        }[self]


STAND_IN = (
    "GIÁ TRỊ TẠM DÙNG lấy theo mức của tỉnh An Giang (khen thưởng xây dựng nông thôn mới): chưa tìm thấy điểm c khoản "
    "4 Điều 15 Quyết định số 11/2015/QĐ-UBND của UBND tỉnh Kiên Giang; phải thay bằng mức đúng trước khi dùng thật."
)


def _threshold(giver: Giver, amount: int) -> Timeline[int]:
    return Timeline(
        f"mức đóng góp từ thiện để đề nghị Bằng khen cấp tỉnh đối với {giver.label} (đồng)",
        Version(date(2015, 2, 11), amount, second_hand("An Giang"), STAND_IN),
    )


THRESHOLD: Mapping[Giver, Timeline[int]] = {
    Giver.ORGANISATION: _threshold(Giver.ORGANISATION, 200_000_000),
    Giver.PERSON: _threshold(Giver.PERSON, 100_000_000),
    Giver.HOUSEHOLD: _threshold(Giver.HOUSEHOLD, 50_000_000),
}


def meets_threshold(amount: int, giver: Giver | str, *, on: date) -> tuple[bool, Version[int]]:
    """Whether gifts worth `amount` đồng reach the threshold of that day, and the threshold itself (KH IV.1.2.e).

    Raises NoRule for a day without a threshold, ValueError for a negative amount.
    """
    if amount < 0:
        raise ValueError("amount must not be negative")
    version = THRESHOLD[Giver(giver)].on(on)
    return amount >= version.value, version


@dataclass(frozen=True)
class Counting:
    """Mốc tính: gifts count from `since` on; the sentence says why."""

    since: date
    sentence: str
    source: Source
    assumed: str = ""


def counts_from(phase_start: date, *, yearly_awards: Iterable[date], payee: Payee, until: date) -> Counting:
    """From which day gifts count towards the five-year certificate (KH IV.2.2.b).

    Whoever had a yearly certificate in the phase counts only what was given after the last one. `yearly_awards` are
    the days of those decisions; those outside `phase_start`..`until` do not matter.
    """
    inside = [day for day in yearly_awards if phase_start <= day <= until]
    if not inside:
        text = f"Tính các khoản đóng góp từ đầu giai đoạn, ngày {phase_start:%d/%m/%Y}."
        return Counting(phase_start, text, cite("KH", "IV.2.2.b"))
    since = max(inside) + timedelta(days=1)
    text = f"Đã được khen hàng năm ngày {max(inside):%d/%m/%Y}: chỉ tính các khoản đóng góp từ ngày {since:%d/%m/%Y}."
    if payee is Payee.COLLECTIVE:
        return Counting(since, text, cite("KH", "IV.2.2.b"))
    doubt = "Kế hoạch chỉ ghi mốc này cho tập thể; áp dụng chung vì thành tích đã khen không được cộng lại."
    return Counting(since, text, stand_in("KH", "IV.2.2.b"), doubt)
