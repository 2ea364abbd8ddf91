"""Reviewing: the yearly review of a commune as a table of steps, the hamlet meeting, and the days of each part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from chungtay.law import holidays
from chungtay.law.clauses import Source, second_hand, stand_in
from chungtay.law.deadlines import Due, working_days_after
from chungtay.law.deprivations import FROM_2016, FROM_2022
from chungtay.law.money import number
from chungtay.law.procedure import Desk
from chungtay.law.refusals import Reasons, Refused
from chungtay.law.timeline import Timeline, Version


class Stage(StrEnum):
    """Giai đoạn rà soát của một xã trong một đợt."""

    PLANNED = "planned"
    LISTING = "listing"
    SCORING = "scoring"
    MEETING = "meeting"
    AGREED = "agreed"
    POSTED = "posted"
    SENT = "sent"
    CHECKED = "checked"
    RECOGNISED = "recognised"
    APPROVED = "approved"
    LOCKED = "locked"

    @property
    def label(self) -> str:
        return self.words().label

    @property
    def sentence(self) -> str:
        return self.words().sentence

    @property
    def waits_for(self) -> frozenset[Desk]:
        return self.words().waits_for

    @property
    def is_final(self) -> bool:
        """Whether nothing of this review may be changed any more; a correction is a new act."""
        return not self.waits_for

    def words(self, *, district: bool = True) -> Words:
        """What the stage is called and who is awaited, for a commune of a `district` or one right under a province."""
        return _STAGES[self] if district else _UNDER_PROVINCE.get(self, _STAGES[self])


class Words(NamedTuple):
    """A stage in a clerk's words: its name, who is awaited and for what, and the desks whose work list holds it
    (none: nobody has to act)."""

    label: str
    sentence: str
    waits_for: frozenset[Desk]


_COMMUNE, _DISTRICT, _LABOUR = frozenset({Desk.COMMUNE}), frozenset({Desk.DISTRICT}), frozenset({Desk.LABOUR})
_CHAIR = frozenset({Desk.CHAIR})
_STAGES: dict[Stage, Words] = {
    Stage.PLANNED: Words("Chưa mở đợt", "Đang chờ tỉnh mở đợt rà soát.", _LABOUR),
    Stage.LISTING: Words("Lập danh sách", "Đang chờ xã lập xong danh sách hộ cần rà soát.", _COMMUNE),
    Stage.SCORING: Words("Chấm điểm", "Đang chờ xã chấm điểm và xếp loại từng hộ.", _COMMUNE),
    Stage.MEETING: Words("Họp dân", "Đang chờ ấp, khu phố họp dân thống nhất kết quả.", _COMMUNE),
    Stage.AGREED: Words("Chờ niêm yết", "Đang chờ xã niêm yết công khai kết quả.", _COMMUNE),
    Stage.POSTED: Words("Đang niêm yết", "Đang niêm yết; xã nhận khiếu nại và phúc tra.", _COMMUNE),
    Stage.SENT: Words("Đã gửi huyện", "Đang chờ huyện kiểm tra kết quả.", _DISTRICT),
    Stage.CHECKED: Words("Huyện đã kiểm tra", "Đang chờ xã ký công nhận danh sách.", _COMMUNE),
    Stage.RECOGNISED: Words("Xã đã công nhận", "Đang chờ tỉnh tổng hợp và phê duyệt.", _LABOUR | _CHAIR),
    Stage.APPROVED: Words("Tỉnh đã phê duyệt", "Đang chờ tỉnh khóa số liệu.", _LABOUR),
    Stage.LOCKED: Words("Đã khóa", "Số liệu đã khóa; sửa sai bằng một lần điều chỉnh mới.", frozenset()),
}
_UNDER_PROVINCE: dict[Stage, Words] = {
    Stage.SENT: Words("Đã gửi tỉnh", "Đang chờ Sở Lao động - Thương binh và Xã hội kiểm tra kết quả.", _LABOUR),
    Stage.CHECKED: Words("Tỉnh đã kiểm tra", "Đang chờ xã ký công nhận danh sách.", _COMMUNE),
}


@dataclass(frozen=True)
class Step:
    """Bước rà soát: one arrow of the table. `label` is the button, `done` the past tense of the timeline."""

    name: str
    desks: frozenset[Desk]
    from_stages: tuple[Stage, ...]
    to_stage: Stage
    clause: str
    label: str
    done: str


_G = Stage
_BOTH = "TT 17/2016; QĐ 24/2021"
_BACK = ("Trả lại để chấm lại", "đã trả lại để chấm điểm lại")
# fmt: off
_ROWS = (
    Step("open", _LABOUR, (_G.PLANNED,), _G.LISTING, _BOTH, "Mở đợt rà soát", "đã mở đợt rà soát"),
    Step("list", _COMMUNE, (_G.LISTING,), _G.SCORING, _BOTH, "Chốt danh sách", "đã chốt danh sách hộ rà soát"),
    Step("score", _COMMUNE, (_G.SCORING,), _G.MEETING, _BOTH, "Chấm điểm xong", "đã chấm điểm, xếp loại xong"),
    Step("agree", _COMMUNE, (_G.MEETING,), _G.AGREED, _BOTH, "Ghi biên bản: thống nhất", "họp dân đã thống nhất"),
    Step("disagree", _COMMUNE, (_G.MEETING,), _G.SCORING, _BOTH, "Ghi biên bản: chưa thống nhất",
         "họp dân chưa thống nhất, chấm điểm lại"),
    Step("post", _COMMUNE, (_G.AGREED,), _G.POSTED, _BOTH, "Niêm yết", "đã niêm yết công khai"),
    Step("recheck", _COMMUNE, (_G.POSTED,), _G.POSTED, _BOTH, "Phúc tra theo khiếu nại", "đã phúc tra theo khiếu nại"),
    Step("send", _COMMUNE, (_G.POSTED,), _G.SENT, _BOTH, "Gửi huyện kiểm tra", "đã gửi kết quả để kiểm tra"),
    Step("check", _DISTRICT, (_G.SENT,), _G.CHECKED, _BOTH, "Kiểm tra đạt", "đã kiểm tra, có ý kiến"),
    Step("send_back", _DISTRICT, (_G.SENT,), _G.SCORING, _BOTH, *_BACK),
    Step("recognise", _COMMUNE, (_G.CHECKED,), _G.RECOGNISED, _BOTH, "Ký công nhận", "xã đã ký công nhận danh sách"),
    Step("send_back", _LABOUR, (_G.RECOGNISED,), _G.SCORING, _BOTH, *_BACK),
    Step("approve", _CHAIR, (_G.RECOGNISED,), _G.APPROVED, _BOTH, "Phê duyệt kết quả", "tỉnh đã phê duyệt kết quả"),
    Step("lock", _LABOUR, (_G.APPROVED,), _G.LOCKED, _BOTH, "Khóa số liệu", "đã khóa số liệu"),
)
# fmt: on


def _right_under_the_province(row: Step) -> Step:
    """The same arrow where there is no district: what the district did the province's Department of Labour does."""
    label = "Gửi tỉnh kiểm tra" if row.name == "send" else row.label
    return replace(row, label=label, desks=_LABOUR if row.desks == _DISTRICT else row.desks)


_ROWS_UNDER_PROVINCE = tuple(_right_under_the_province(row) for row in _ROWS)
STEPS: Mapping[str, tuple[Step, ...]] = {
    name: tuple(row for row in _ROWS if row.name == name) for name in dict.fromkeys(row.name for row in _ROWS)
}
CHECK_ASSUMED = (
    "Xã trực thuộc tỉnh (không còn cấp huyện): Sở Lao động - Thương binh và Xã hội kiểm tra kết quả thay huyện. "
    "Các văn bản về rà soát được dẫn lại ở đây chỉ nói đến huyện; chưa tìm thấy quy định về việc này."
)
ASSUMED = "Trình tự rà soát lấy theo nguồn dẫn lại và cách làm chung, chưa đọc bản gốc thông tư, quyết định."


def table(*, district: bool) -> tuple[Step, ...]:
    """Every arrow for communes of a district, or for those right under the province. See `CHECK_ASSUMED`."""
    return _ROWS if district else _ROWS_UNDER_PROVINCE


def step(name: str, *, desk: Desk, stage: Stage, district: bool = True) -> Step:
    """The step `name` for a commune's review in `stage`, taken from `desk`; `district`: whether the commune has one.

    Raises Refused, saying who may take it and in which stage, and KeyError for a step that does not exist.
    """
    rows = [row for row in table(district=district) if row.name == name]
    if not rows:
        raise KeyError(name)
    for row in rows:
        if desk in row.desks and stage in row.from_stages:
            return row
    reasons = Reasons()
    mine = [row for row in rows if desk in row.desks]
    if not mine:
        who = " hoặc ".join(known.label for known in Desk if any(known in row.desks for row in rows))
        reasons.add(f"Việc “{rows[0].label}” do {who} thực hiện, không phải {desk.label}.", clause=rows[0].clause)
    right = dict.fromkeys(known.words(district=district).label for row in mine or rows for known in row.from_stages)
    if not any(stage in row.from_stages for row in mine or rows):
        may, here = " hoặc ".join(f"“{label}”" for label in right), stage.words(district=district).label
        text = f"Việc “{rows[0].label}” chỉ làm được ở giai đoạn {may}; xã đang ở “{here}”."
        reasons.add(text, clause=rows[0].clause)
    raise Refused(reasons)


def open_steps(desk: Desk, stage: Stage, *, district: bool = True) -> list[Step]:
    """The steps that `desk` may take in `stage`, in the order of the table."""
    return [row for row in table(district=district) if desk in row.desks and stage in row.from_stages]


def faults(rows: Iterable[Step] = _ROWS, *, district: bool = True) -> list[str]:
    """What is wrong with a table of steps, in English for developers; empty for a sound one."""
    rows = tuple(rows)
    reached, front = {Stage.PLANNED}, [Stage.PLANNED]
    while front:
        stage = front.pop()
        fresh = {row.to_stage for row in rows if stage in row.from_stages} - reached
        reached |= fresh
        front.extend(fresh)
    found = [f"{stage} cannot be reached" for stage in Stage if stage not in reached]
    for stage in Stage:
        out = [row for row in rows if stage in row.from_stages]
        awaited = stage.words(district=district).waits_for
        if not stage.is_final and not any(row.desks & awaited and row.to_stage is not stage for row in out):
            found.append(f"{stage} has no way out")
        if stage.is_final:
            found += [f"{stage} is final but {row.name} reopens it" for row in out]
    calls = [(row.name, desk, stage) for row in rows for desk in row.desks for stage in row.from_stages]
    return found + [
        f"{name} from {stage} by {desk} is ambiguous"
        for name, desk, stage in sorted(set(calls))
        if calls.count((name, desk, stage)) > 1
    ]


REGULAR_LIMIT: Timeline[int] = Timeline(
    "thời hạn giải quyết đề nghị rà soát thường xuyên (ngày làm việc)",
    Version(FROM_2016, 7, second_hand("TT 17/2016")),
    Version(date(2018, 9, 26), 7, second_hand("TT 14/2018")),
    Version(
        FROM_2022,
        15,
        second_hand("QĐ 24/2021"),
        "15 ngày làm việc theo nguồn dẫn lại; Quyết định 24/2021/QĐ-TTg có hiệu lực từ 01/9/2021, áp dụng cho chuẩn từ "
        "năm 2022.",
    ),
)
POSTING: Timeline[int] = Timeline(
    "thời gian niêm yết kết quả rà soát (ngày làm việc)",
    Version(FROM_2016, 7, stand_in("TT 17/2016"), "Niêm yết 7 ngày làm việc: chưa đọc điều khoản."),
    Version(FROM_2022, 3, stand_in("QĐ 24/2021"), "Niêm yết 3 ngày làm việc: chưa đọc điều khoản."),
)
AGREEMENT: Timeline[Fraction] = Timeline(
    "tỷ lệ đồng ý phải vượt qua tại cuộc họp dân",
    Version(FROM_2016, Fraction(1, 2), stand_in("TT 17/2016"), "Trên 50% người dự họp đồng ý: chưa đọc điều khoản."),
    Version(FROM_2022, Fraction(1, 2), stand_in("QĐ 24/2021"), "Trên 50% người dự họp đồng ý: chưa đọc điều khoản."),
)
_UNREAD_FORM = "Mẫu giấy chưa đọc trong văn bản; giấy in những gì sổ đề nghị ghi, cần đối chiếu với mẫu."
REQUEST_FORMS: Mapping[str, Timeline[str]] = {
    "enter": Timeline(
        "mẫu giấy đề nghị vào danh sách hộ nghèo, hộ cận nghèo",
        Version(FROM_2016, "Phụ lục 1a", second_hand("TT 17/2016"), _UNREAD_FORM),
        Version(date(2018, 9, 26), "Phụ lục 1a", second_hand("TT 14/2018"), _UNREAD_FORM),
        Version(FROM_2022, "Mẫu số 01", second_hand("QĐ 24/2021"), _UNREAD_FORM),
    ),
    "leave": Timeline(
        "mẫu giấy đề nghị ra khỏi danh sách hộ nghèo, hộ cận nghèo",
        Version(FROM_2016, "Phụ lục 1b", second_hand("TT 17/2016"), _UNREAD_FORM),
        Version(date(2018, 9, 26), "Phụ lục 1b", second_hand("TT 14/2018"), _UNREAD_FORM),
        Version(FROM_2022, "mẫu chưa tìm thấy", stand_in("QĐ 24/2021"), _UNREAD_FORM),
    ),
}
"""By the kind of request: the form that the text in force names for it."""


def regular_due(received: date) -> Due:
    """The last day for the decision on a request to enter or leave the list. Raises NoRule without a rule or holidays.

    The limit runs from receipt through the decision; a refusal gives its reason by the same day.
    """
    return _due(REGULAR_LIMIT, received)


def posting_ends(posted: date) -> Due:
    """The last day of posting; complaints come in until then. Raises as `regular_due`."""
    return _due(POSTING, posted)


def _due(limit: Timeline[int], since: date) -> Due:
    version = limit.on(since)
    doubts = (*((version.assumed,) if version.assumed else ()), holidays.ASSUMED)
    return Due(working_days_after(since, version.value), version.value, version.source, doubts)


@dataclass(frozen=True)
class Agreement:
    """Kết quả họp dân: whether the meeting agreed, and how many it took."""

    agreed: bool
    needed: int
    sentence: str
    source: Source
    assumed: str


def meeting(present: int, agree: int, disagree: int, *, on: date) -> Agreement:
    """Whether more than the share of that day of those PRESENT agreed; whoever says nothing counts as present.

    Raises Refused for counts that cannot be.
    """
    rule = AGREEMENT.on(on)
    reasons = Reasons()
    if present < 1:
        reasons.add("Cuộc họp phải có người dự.", field="present")
    if min(agree, disagree) < 0:
        reasons.add("Số người đồng ý, không đồng ý không được âm.", field="agree")
    if agree + disagree > present:
        text = f"Đồng ý {agree} và không đồng ý {disagree} nhiều hơn số người dự họp {present}."
        reasons.add(text, field="agree")
    reasons.raise_if_any()
    needed = int(present * rule.value) + 1
    said = f"{agree} trong {present} người dự họp đồng ý, cần ít nhất {needed} (trên {number(rule.value * 100)}%)."
    return Agreement(agree >= needed, needed, said, rule.source, rule.assumed)
