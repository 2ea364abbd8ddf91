"""Deadlines: how many working days each step may take, and the day on which it falls due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from chungtay.law import holidays
from chungtay.law.awards import FROM_42, FROM_91, FROM_98, FROM_152, Award
from chungtay.law.clauses import Source, cite, second_hand, stand_in
from chungtay.law.holidays import days_off, is_working_day
from chungtay.law.timeline import Timeline, Version

__all__ = [
    "DEADLINES",
    "Due",
    "comment_before_council",
    "days_off",
    "due",
    "is_working_day",
    "public_comment_days",
    "working_days_after",
    "working_days_between",
]

_ONE_DAY = timedelta(days=1)


def _unread(decree: str) -> str:
    return f"Số ngày theo {decree} suy từ quy định trước, chưa đọc điều khoản."


_QUANG_NAM = "Lấy theo hướng dẫn của tỉnh Quảng Nam; quy định của tỉnh Kiên Giang chưa tìm thấy."
_ARMY = "Lấy theo quy định tương ứng trong Quân đội; văn bản áp dụng cho tỉnh chưa đọc."

PROVINCE_APPRAISAL: Timeline[int] = Timeline(
    "thời hạn thẩm định hồ sơ cấp tỉnh (ngày làm việc)",
    Version(
        FROM_42, 15, second_hand("NĐ 39/2012"), "15 ngày theo bảng của Trung ương, đọc chưa chắc chắn; cần đối chiếu."
    ),
    Version(FROM_91, 25, second_hand("NĐ 91/2017", "Điều 48.2")),
    Version(FROM_98, 25, stand_in("NĐ 98/2023"), _unread("NĐ 98/2023")),
    Version(FROM_152, 25, stand_in("NĐ 152/2025"), _unread("NĐ 152/2025")),
)
LOWER_APPRAISAL: Timeline[int] = Timeline(
    "thời hạn thẩm định ở xã, huyện (ngày làm việc)",
    Version(date(2012, 6, 20), 10, cite("NĐ 39/2012")),
    Version(FROM_91, 10, stand_in("NĐ 91/2017"), _unread("NĐ 91/2017")),
    Version(FROM_98, 10, stand_in("NĐ 98/2023"), _unread("NĐ 98/2023")),
    Version(FROM_152, 10, stand_in("NĐ 152/2025"), _unread("NĐ 152/2025")),
)
OPINION: Timeline[int] = Timeline(
    "thời hạn trả lời lấy ý kiến hiệp y (ngày làm việc)",
    Version(FROM_42, 15, cite("NĐ 42/2010")),
    Version(date(2012, 6, 20), 10, cite("NĐ 39/2012")),
    Version(FROM_91, 10, stand_in("NĐ 91/2017"), _unread("NĐ 91/2017")),
    Version(FROM_98, 10, stand_in("NĐ 98/2023"), _unread("NĐ 98/2023")),
    Version(FROM_152, 10, stand_in("NĐ 152/2025"), _unread("NĐ 152/2025")),
)
PUBLIC_COMMENT: Timeline[int] = Timeline(
    "thời gian lấy ý kiến Nhân dân đối với huân chương (ngày làm việc)",
    Version(FROM_42, 10, stand_in(), "10 ngày làm việc theo cách làm từ năm 2017; quy định trước đó chưa tìm thấy."),
    Version(
        FROM_91,
        10,
        cite("NĐ 91/2017", "Điều 45.10"),
        "NĐ 91/2017, Điều 45.10 không ghi số ngày; 10 ngày làm việc là cách làm của nhiều tỉnh.",
    ),
    Version(FROM_98, 10, cite("NĐ 98/2023", "Điều 46.2")),
    Version(
        FROM_152,
        10,
        second_hand("NĐ 152/2025", "Điều 60.3"),
        "Điều 60.3 chỉ đọc được qua bản trích lỗi; cần đối chiếu.",
    ),
)
COMMENT_BEFORE_COUNCIL: Timeline[bool] = Timeline(
    "lấy ý kiến Nhân dân xong trước khi Hội đồng họp",
    Version(FROM_42, False, stand_in(), "Quy định trước NĐ 91/2017 chưa tìm thấy; tạm không bắt buộc trước khi họp."),
    Version(FROM_91, False, cite("NĐ 91/2017", "Điều 45.10")),
    Version(FROM_98, True, cite("NĐ 98/2023", "Điều 46.2")),
    Version(FROM_152, True, stand_in("NĐ 152/2025"), "Suy từ NĐ 98/2023, chưa đọc điều khoản của NĐ 152/2025."),
)
NOTIFY_RESULT: Timeline[int] = Timeline(
    "thời hạn báo kết quả cho đơn vị đề nghị (ngày làm việc)",
    Version(
        FROM_42, 10, second_hand("NĐ 39/2012"), "10 ngày theo bảng của Trung ương, đọc chưa chắc chắn; cần đối chiếu."
    ),
    Version(FROM_91, 10, second_hand("TT 57/2020/TT-BQP", "Điều 22"), _ARMY),
)
NOTIFY_AWARDEE: Timeline[int] = Timeline(
    "thời hạn đơn vị báo cho người được khen (ngày làm việc)",
    Version(FROM_42, 7, second_hand("TT 57/2020/TT-BQP", "Điều 22"), _ARMY),
)
NOTIFY_REFUSAL: Timeline[int] = Timeline(
    "thời hạn báo lý do không khen (ngày làm việc)",
    Version(FROM_42, 10, second_hand("TT 57/2020/TT-BQP", "Điều 22"), _ARMY),
)
RECEPTION_CHECK: Timeline[int] = Timeline(
    "thời hạn kiểm tra giấy tờ khi tiếp nhận (ngày làm việc)",
    Version(FROM_42, 3, second_hand("Quảng Nam"), _QUANG_NAM),
)
SEND_BACK: Timeline[int] = Timeline(
    "thời hạn trả lại hồ sơ chưa đủ (ngày làm việc)",
    Version(FROM_42, 3, second_hand("Quảng Nam"), _QUANG_NAM),
)

DEADLINES: Mapping[str, Timeline[int]] = {
    "reception_check": RECEPTION_CHECK,
    "send_back": SEND_BACK,
    "province_appraisal": PROVINCE_APPRAISAL,
    "lower_appraisal": LOWER_APPRAISAL,
    "opinion": OPINION,
    "public_comment": PUBLIC_COMMENT,
    "notify_result": NOTIFY_RESULT,
    "notify_awardee": NOTIFY_AWARDEE,
    "notify_refusal": NOTIFY_REFUSAL,
}


@dataclass(frozen=True)
class Due:
    """Hạn: the last day of a step, the working days it was given, and the clause; `assumed` as everywhere in law."""

    day: date
    working_days: int
    source: Source
    assumed: tuple[str, ...]


def due(deadline: str, *, since: date) -> Due:
    """The last day for the step `deadline` that starts on `since`, by the rule in force on that day.

    Raises NoRule where no rule or no table of holidays covers it, KeyError for a deadline that does not exist.
    """
    version = DEADLINES[deadline].on(since)
    return Due(
        day=working_days_after(since, version.value),
        working_days=version.value,
        source=version.source,
        assumed=(*((version.assumed,) if version.assumed else ()), holidays.ASSUMED),
    )


def public_comment_days(award: Award | str, *, on: date) -> Version[int] | None:
    """For how many working days the list is open for comment; None for an award that is not put up for comment."""
    return PUBLIC_COMMENT.on(on) if Award(award).is_order else None


def comment_before_council(*, on: date) -> Version[bool]:
    """Whether the comment period must have ended before the Council votes."""
    return COMMENT_BEFORE_COUNCIL.on(on)


def working_days_after(day: date, count: int) -> date:
    """The `count`-th working day after `day`; `day` itself does not count. A count of 0 gives `day`.

    Raises NoRule beyond the table of holidays, ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("count must not be negative")
    while count:
        day += _ONE_DAY
        count -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after `start` up to and including `end`; negative when `end` comes first.

    Raises NoRule beyond the table of holidays.
    """
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + place * _ONE_DAY) for place in range(1, (end - start).days + 1))
