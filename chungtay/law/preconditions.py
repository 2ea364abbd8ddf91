"""Preconditions of State awards: which lower award comes first, and up to which award a review goes.

Only the usual way of a person (công trạng thường xuyên) was read, and awards given before this system are not in it.
So nothing here closes the door: each finding is a warning that a named official answers with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from chungtay.law.awards import FROM_42, FROM_91, FROM_98, FROM_152, Award, Payee
from chungtay.law.clauses import Source, cite, second_hand, stand_in
from chungtay.law.exclusions import Case, Finding, Kind, PastAward, Rule
from chungtay.law.refusals import NoRule
from chungtay.law.timeline import Timeline, Version

FROM_65 = date(2014, 7, 1)
OTHER_WAYS = (
    "Mới đọc tiêu chuẩn công trạng thường xuyên của cá nhân; các đường khác do Trung ương hướng dẫn chưa tìm thấy."
)
_DATE_65 = "Nghị định 65/2014/NĐ-CP tính từ ngày ban hành, ngày hiệu lực chưa đối chiếu. "


@dataclass(frozen=True)
class Lower:
    """Khen thưởng phải có trước: the award, the years since, and what else the clause asks, which a person checks."""

    award: Award
    years: int
    besides: str


def _first(award: Award, *versions: Version[Lower]) -> Timeline[Lower]:
    return Timeline(f"khen thưởng phải có trước {award.label} (cá nhân, công trạng thường xuyên)", *versions)


_PROVINCE = Lower(Award.PROVINCE_CERTIFICATE, 5, "5 sáng kiến cấp cơ sở")
_PM = Lower(Award.PM_CERTIFICATE, 5, "2 sáng kiến cấp tỉnh")


def _carried(decree: str) -> str:
    return f"{OTHER_WAYS} Suy từ quy định trước, chưa đọc điều khoản của {decree}."


LOWER_FIRST: Mapping[tuple[Award, Payee], Timeline[Lower]] = {
    (Award.PM_CERTIFICATE, Payee.PERSON): _first(
        Award.PM_CERTIFICATE,
        Version(FROM_65, _PROVINCE, cite("NĐ 65/2014", "Điều 23.1.c"), _DATE_65 + OTHER_WAYS),
        Version(FROM_91, _PROVINCE, stand_in("NĐ 91/2017", "Điều 38"), _carried("NĐ 91/2017")),
        Version(FROM_98, _PROVINCE, stand_in("NĐ 98/2023"), _carried("NĐ 98/2023")),
        Version(FROM_152, _PROVINCE, stand_in("NĐ 152/2025"), _carried("NĐ 152/2025")),
    ),
    (Award.LABOUR_ORDER_3, Payee.PERSON): _first(
        Award.LABOUR_ORDER_3,
        Version(FROM_42, _PM, stand_in("NĐ 42/2010"), f"{OTHER_WAYS} Lấy theo NĐ 91/2017, chưa đọc NĐ 42/2010."),
        Version(FROM_91, _PM, cite("NĐ 91/2017", "Điều 24"), OTHER_WAYS),
        Version(FROM_98, _PM, stand_in("NĐ 98/2023"), _carried("NĐ 98/2023")),
        Version(FROM_152, _PM, stand_in("NĐ 152/2025"), _carried("NĐ 152/2025")),
    ),
}
"""For collectives and households no text was read: the criterion of the award itself (KH IV.2.1) is judged."""

NO_BASE: Timeline[bool] = Timeline(
    "việc khen đột xuất, chuyên đề làm căn cứ cho khen thưởng công trạng cao hơn (đúng: không làm căn cứ)",
    Version(FROM_42, False, stand_in("NĐ 42/2010"), "Chưa tìm thấy quy định trước Nghị định 91/2017/NĐ-CP."),
    Version(FROM_91, False, stand_in("NĐ 91/2017"), "Theo trí nhớ: chỉ ghi nhận, ưu tiên; cần đối chiếu văn bản."),
    Version(FROM_98, False, stand_in("NĐ 98/2023", "Điều 4"), "Theo trí nhớ; cần đối chiếu văn bản."),
    Version(FROM_152, True, cite("NĐ 152/2025")),
)

_PATTERN = "Lấy theo phong trào khác của Thủ tướng cùng thời kỳ; kế hoạch KH IV.2.1 không phân biệt dịp."
MOST_AT_MIDTERM: Timeline[Award] = Timeline(
    "hình thức khen cấp Nhà nước cao nhất khi sơ kết phong trào theo chuyên đề",
    Version(FROM_42, Award.PM_CERTIFICATE, second_hand("QĐ 733/2019"), _PATTERN),
)


def find(case: Case, *, on: date) -> list[Finding]:
    """What the texts ask before this State award and the record does not show; empty for any other award.

    Without `payee` nothing is asked of lower awards, without `occasion` nothing of the level of the review.
    """
    if not case.award.is_state or case.ad_hoc:
        return []
    return [*_lower(case, on), *_level(case, on)]


def _lower(case: Case, on: date) -> Iterator[Finding]:
    rule = None if case.payee is None else LOWER_FIRST.get((case.award, case.payee))
    if rule is None:
        return
    try:
        version = rule.on(on)
    except NoRule:
        return
    asked = version.value
    held = [past for past in case.past_awards if past.award is asked.award and past.decided_on <= on]
    bases = [past for past in held if not _is_no_base(past, on)]
    if any(_years_after(past.decided_on, asked.years) <= on for past in bases):
        return
    text = (
        f"{case.award.label} thường đòi đã có {asked.award.label} và thêm {asked.years} năm thành tích "
        f"({asked.besides}): {_why_not(asked, held, bases, on)}. Nếu đã được khen mà chưa ghi, ghi vào sổ khen thưởng "
        "đã có; nếu xét theo đường khác, người thẩm định ghi rõ."
    )
    yield _warning(Rule.LOWER_FIRST, asked.award.value, version.source, text, version.assumed)


def _why_not(asked: Lower, held: list[PastAward], bases: list[PastAward], on: date) -> str:
    if not held:
        return "hệ thống chưa ghi lần khen nào như vậy"
    if not bases:
        why = f"là khen chuyên đề, đột xuất, không làm căn cứ ({NO_BASE.on(on).source})"
        return f"lần khen ngày {held[0].decided_on:%d/%m/%Y} {why}"
    last = min(past.decided_on for past in bases)
    return f"được khen ngày {last:%d/%m/%Y}, đủ {asked.years} năm vào ngày {_years_after(last, asked.years):%d/%m/%Y}"


def _is_no_base(past: PastAward, on: date) -> bool:
    return (past.thematic or past.ad_hoc) and NO_BASE.on(on).value


def _level(case: Case, on: date) -> Iterator[Finding]:
    if case.occasion == "midterm" and case.award.is_order:
        version = MOST_AT_MIDTERM.on(on)
        text = f"Khi sơ kết, phong trào theo chuyên đề thường xét cao nhất là {version.value.label}."
        yield _warning(Rule.LEVEL, case.occasion, version.source, text, version.assumed)


def _warning(rule: Rule, about: str, source: Source, text: str, assumed: str) -> Finding:
    return Finding(Kind.WARN, text, str(source), source, assumed, rule=rule, about=about)


def _years_after(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
