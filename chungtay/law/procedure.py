"""Procedure: the way of a dossier from proposing unit to decision. The whole state machine is the table of steps."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from chungtay.law.refusals import Reason, Reasons, Refused


class Desk(StrEnum):
    """Bàn làm việc: the kind of desk that a person sits at."""

    COMMUNE = "commune"
    UNIT = "unit"
    DISTRICT = "district"
    FRONT = "front"
    LABOUR = "labour"
    OFFICE = "office"
    BOARD = "board"
    SECRETARY = "secretary"
    COUNCIL = "council"
    CHAIR = "chair"
    ADMIN = "admin"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        """The desk in Vietnamese, as it reads in the middle of a sentence."""
        return _DESK_LABELS[self]


class State(StrEnum):
    """Trạng thái hồ sơ."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHECKING = "checking"
    RETURNED = "returned"
    RECEIVED = "received"
    APPRAISED = "appraised"
    RECOMMENDED = "recommended"
    FORWARDED = "forwarded"
    GRANTED = "granted"
    NOT_GRANTED = "not_granted"
    AWARDED = "awarded"
    DECLINED = "declined"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"

    @property
    def label(self) -> str:
        return _STATES[self][0]

    @property
    def sentence(self) -> str:
        """Who is awaited, and for what, in a clerk's words."""
        return _STATES[self][1]

    @property
    def waits_for(self) -> frozenset[Desk]:
        """The desks whose work list holds a dossier in this state; empty where nobody has to act."""
        return _STATES[self][2]

    @property
    def is_final(self) -> bool:
        """Whether no desk of the province owes this dossier a step any more. An award may still be revoked, and what
        was forwarded is answered from above, whenever that comes."""
        return not self.waits_for


PROPOSING = frozenset({Desk.UNIT, Desk.COMMUNE, Desk.DISTRICT, Desk.FRONT, Desk.LABOUR})

_DESK_LABELS = {
    Desk.COMMUNE: "UBND cấp xã",
    Desk.UNIT: "cơ quan, đơn vị đề nghị",
    Desk.DISTRICT: "UBND cấp huyện",
    Desk.FRONT: "Ủy ban Mặt trận Tổ quốc",
    Desk.LABOUR: "Sở Lao động - Thương binh và Xã hội",
    Desk.OFFICE: "Bộ phận tiếp nhận và trả kết quả",
    Desk.BOARD: "Ban Thi đua - Khen thưởng",
    Desk.SECRETARY: "thư ký Hội đồng Thi đua - Khen thưởng",
    Desk.COUNCIL: "thành viên Hội đồng Thi đua - Khen thưởng",
    Desk.CHAIR: "Chủ tịch UBND tỉnh",
    Desk.ADMIN: "quản trị hệ thống",
    Desk.AUDITOR: "người kiểm tra nhật ký",
}

_NOBODY: frozenset[Desk] = frozenset()
_STATES: dict[State, tuple[str, str, frozenset[Desk]]] = {
    State.DRAFT: ("Đang soạn", "Đang chờ đơn vị đề nghị soạn xong và nộp hồ sơ.", PROPOSING),
    State.SUBMITTED: ("Đã nộp", "Đang chờ Bộ phận tiếp nhận mở hồ sơ.", frozenset({Desk.OFFICE})),
    State.CHECKING: ("Đang kiểm tra", "Đang chờ Bộ phận tiếp nhận kiểm tra đủ giấy tờ.", frozenset({Desk.OFFICE})),
    State.RETURNED: ("Trả lại để bổ sung", "Đang chờ đơn vị đề nghị bổ sung và nộp lại.", PROPOSING),
    State.RECEIVED: ("Đã tiếp nhận", "Đang chờ Ban Thi đua - Khen thưởng thẩm định.", frozenset({Desk.BOARD})),
    State.APPRAISED: (
        "Đã thẩm định",
        "Đang chờ Hội đồng Thi đua - Khen thưởng họp bỏ phiếu.",
        frozenset({Desk.SECRETARY}),
    ),
    State.RECOMMENDED: (
        "Hội đồng đề nghị khen",
        "Đang chờ Chủ tịch UBND tỉnh quyết định hoặc trình cấp trên.",
        frozenset({Desk.CHAIR}),
    ),
    State.FORWARDED: ("Đã trình Thủ tướng", "Đã trình Thủ tướng Chính phủ; tỉnh chờ kết quả từ Trung ương.", _NOBODY),
    State.GRANTED: ("Được khen cấp Nhà nước", "Đã có quyết định khen thưởng cấp Nhà nước.", _NOBODY),
    State.NOT_GRANTED: ("Trung ương không khen", "Trung ương trả lời không khen; hồ sơ đã khép lại.", _NOBODY),
    State.AWARDED: ("Đã khen thưởng", "Đã có quyết định khen thưởng.", _NOBODY),
    State.DECLINED: ("Hội đồng không đề nghị", "Hội đồng không đề nghị khen; hồ sơ đã khép lại.", _NOBODY),
    State.REFUSED: ("Không đủ điều kiện", "Thẩm định không đủ điều kiện; hồ sơ đã khép lại.", _NOBODY),
    State.WITHDRAWN: ("Đã rút", "Đơn vị đề nghị đã rút hồ sơ.", _NOBODY),
    State.REVOKED: ("Đã hủy khen thưởng", "Quyết định khen thưởng đã bị hủy bỏ, thu hồi.", _NOBODY),
}


@dataclass(frozen=True)
class Step:
    """Bước: one arrow of the table. `label` is the button, `done` the past tense that the dossier's timeline shows.

    `state_award` says for which awards the arrow is open: True State awards only, False the others only, None all.
    """

    name: str
    desks: frozenset[Desk]
    from_states: tuple[State, ...]
    to_state: State
    clause: str
    label: str
    done: str
    state_award: bool | None = None


_S = State
_WORDS = {
    "submit": ("Nộp hồ sơ", "đã nộp hồ sơ"),
    "recall": ("Lấy lại hồ sơ", "đã lấy lại hồ sơ khi chưa ai mở"),
    "take_up": ("Mở hồ sơ", "đã mở hồ sơ để kiểm tra"),
    "receive": ("Tiếp nhận", "đã tiếp nhận hồ sơ, cấp mã và ngày hẹn"),
    "send_back": ("Trả lại để bổ sung", "đã trả lại hồ sơ để bổ sung"),
    "appraise": ("Thẩm định đạt", "đã thẩm định và chuyển Hội đồng"),
    "refuse": ("Kết luận không đủ điều kiện", "đã kết luận không đủ điều kiện"),
    "recommend": ("Ghi kết quả: đề nghị khen", "Hội đồng đã đề nghị khen thưởng"),
    "decline": ("Ghi kết quả: không đề nghị", "Hội đồng đã không đề nghị khen thưởng"),
    "forward": ("Trình Thủ tướng Chính phủ", "đã trình Thủ tướng Chính phủ"),
    "decide": ("Ký quyết định khen thưởng", "đã ký quyết định khen thưởng"),
    "record_grant": ("Ghi kết quả: được khen", "đã ghi kết quả từ Trung ương: được khen"),
    "record_denial": ("Ghi kết quả: không khen", "đã ghi kết quả từ Trung ương: không khen"),
    "retract_answer": ("Gỡ kết quả ghi nhầm", "đã gỡ kết quả từ Trung ương ghi nhầm"),
    "withdraw": ("Rút hồ sơ", "đã rút hồ sơ"),
    "revoke": ("Hủy quyết định khen thưởng", "đã hủy bỏ, thu hồi khen thưởng"),
}
_OPEN_TO_WITHDRAW = (_S.DRAFT, _S.RETURNED, _S.SUBMITTED, _S.CHECKING, _S.RECEIVED, _S.APPRAISED)


def _row(
    name: str,
    desks: frozenset[Desk] | Desk,
    source: tuple[State, ...] | State,
    to: State,
    clause: str,
    state_award: bool | None = None,
) -> Step:
    who = frozenset({desks}) if isinstance(desks, Desk) else desks
    return Step(name, who, source if isinstance(source, tuple) else (source,), to, clause, *_WORDS[name], state_award)


# fmt: off
_ROWS = (
    #    step         desk            from                      to               clause       State awards only?
    _row("submit",    PROPOSING,      (_S.DRAFT, _S.RETURNED),  _S.SUBMITTED,    "KH IV.4.3"),
    _row("recall",    PROPOSING,      _S.SUBMITTED,             _S.DRAFT,        "KH IV.4.3"),
    _row("take_up",   Desk.OFFICE,    _S.SUBMITTED,             _S.CHECKING,     "KH IV.4.3"),
    _row("receive",   Desk.OFFICE,    _S.CHECKING,              _S.RECEIVED,     "KH IV.4.3"),
    _row("send_back", Desk.OFFICE,    _S.CHECKING,              _S.RETURNED,     "KH IV.4.3"),
    _row("send_back", Desk.BOARD,     _S.RECEIVED,              _S.RETURNED,     "KH V.5"),
    _row("appraise",  Desk.BOARD,     _S.RECEIVED,              _S.APPRAISED,    "KH V.5"),
    _row("refuse",    Desk.BOARD,     _S.RECEIVED,              _S.REFUSED,      "KH V.5"),
    _row("recommend", Desk.SECRETARY, _S.APPRAISED,             _S.RECOMMENDED,  "KH V.2"),
    _row("decline",   Desk.SECRETARY, _S.APPRAISED,             _S.DECLINED,     "KH V.2"),
    _row("forward",   Desk.CHAIR,     _S.RECOMMENDED,           _S.FORWARDED,    "KH IV.2.1", True),
    _row("decide",    Desk.CHAIR,     _S.RECOMMENDED,           _S.AWARDED,      "KH IV.2.2", False),
    _row("record_grant",   Desk.BOARD, _S.FORWARDED,            _S.GRANTED,      "KH IV.2.1", True),
    _row("record_denial",  Desk.BOARD, _S.FORWARDED,            _S.NOT_GRANTED,  "KH IV.2.1", True),
    _row("retract_answer", Desk.BOARD, (_S.GRANTED, _S.NOT_GRANTED), _S.FORWARDED, "KH IV.2.1", True),
    _row("withdraw",  PROPOSING,      _OPEN_TO_WITHDRAW,        _S.WITHDRAWN,    "KH IV.4"),
    _row("revoke",    Desk.CHAIR,     _S.AWARDED,               _S.REVOKED,      "Luật TĐKT 2022, Chương VII"),
    _row("revoke",    Desk.BOARD,     _S.GRANTED,               _S.REVOKED,      "Luật TĐKT 2022, Chương VII", True),
)
# fmt: on

STEPS: Mapping[str, tuple[Step, ...]] = {
    name: tuple(row for row in _ROWS if row.name == name) for name in dict.fromkeys(row.name for row in _ROWS)
}


def step(name: str, *, desk: Desk, state: State, state_award: bool | None = None) -> Step:
    """The step `name` for a dossier in `state`, taken from `desk`. A returned dossier goes the same way again.

    `state_award` says whether the dossier asks a State award; None does not look at it.
    Raises Refused, saying who may take the step and from which state, and KeyError for a step that does not exist.
    """
    rows = STEPS[name]
    for row in rows:
        if desk in row.desks and state in row.from_states and _fits(row, state_award):
            return row
    reasons = Reasons()
    if not any(desk in row.desks for row in rows):
        who = _either(_desks_of(rows))
        reasons.add(f"Việc “{rows[0].label}” do {who} thực hiện, không phải {desk.label}.", clause=rows[0].clause)
    mine = [row for row in rows if desk in row.desks] or list(rows)
    if not any(state in row.from_states for row in mine):
        may = _either(f"“{s.label}”" for s in dict.fromkeys(s for row in mine for s in row.from_states))
        reasons.add(
            f"Việc “{rows[0].label}” chỉ làm được khi hồ sơ ở trạng thái {may}; hồ sơ đang ở “{state.label}”.",
            clause=mine[0].clause,
        )
    here = [row for row in mine if state in row.from_states] or mine
    if not any(_fits(row, state_award) for row in here):
        reasons.add(_WRONG_AWARD[bool(state_award)], clause=here[0].clause)
    raise Refused(reasons)


def open_steps(desk: Desk, state: State, *, state_award: bool | None = None) -> list[Step]:
    """The steps that `desk` may take on a dossier in `state`, in the order of the table."""
    return [row for row in _ROWS if desk in row.desks and state in row.from_states and _fits(row, state_award)]


_WRONG_AWARD = {
    True: "Khen thưởng cấp Nhà nước phải trình Thủ tướng Chính phủ; tỉnh không ký quyết định khen.",
    False: "Khen thưởng cấp tỉnh do Chủ tịch UBND tỉnh ký quyết định, không trình Thủ tướng Chính phủ.",
}


def _fits(row: Step, state_award: bool | None) -> bool:
    return row.state_award is None or state_award is None or row.state_award == state_award


def _desks_of(rows: Iterable[Step]) -> list[str]:
    desks = frozenset[Desk]().union(*(row.desks for row in rows))
    return ["đơn vị đề nghị"] if desks == PROPOSING else [desk.label for desk in Desk if desk in desks]


def _either(words: Iterable[str]) -> str:
    return " hoặc ".join(words)


@dataclass(frozen=True)
class Paper:
    """Giấy tờ: one paper that a dossier must hold (KH IV.4.1), with the number of sets (KH IV.4.1, IV.4.2)."""

    id: str
    label: str
    clause: str = "KH IV.4.1"
    sets: int = 1


def missing_papers(required: Iterable[Paper], present: Collection[str]) -> list[Paper]:
    """The required papers whose id is not in `present`, in the order they are asked for."""
    return [paper for paper in required if paper.id not in present]


def require_papers(required: Iterable[Paper], present: Collection[str]) -> None:
    """Raise Refused naming every missing paper; the field of each reason is the paper's id."""
    missing = missing_papers(required, present)
    if missing:
        raise Refused(Reason(f"Thiếu giấy tờ: {paper.label}.", paper.clause, paper.id) for paper in missing)


def faults(rows: Iterable[Step] = _ROWS, *, start: State = State.DRAFT) -> list[str]:
    """What is wrong with a table of steps, in English for developers; empty for a sound one.

    Every state can be reached from `start`, every state that waits for a desk has an arrow out that one of the
    awaited desks may take, a final state leads only to final states, and no two arrows answer to the same call.
    """
    rows = tuple(rows)
    reached, front = {start}, [start]
    while front:
        state = front.pop()
        fresh = {row.to_state for row in rows if state in row.from_states} - reached
        reached |= fresh
        front.extend(fresh)
    found = [f"{state} cannot be reached" for state in State if state not in reached]
    for state in State:
        out = [row for row in rows if state in row.from_states]
        if not state.is_final and not any(row.desks & state.waits_for for row in out):
            found.append(f"{state} has no way out")
        if state.is_final:
            found += [f"{state} is final but {row.name} reopens it" for row in out if not row.to_state.is_final]
    calls = [(row.name, desk, state) for row in rows for desk in row.desks for state in row.from_states]
    found += [
        f"{name} from {state} by {desk} is ambiguous"
        for name, desk, state in sorted(set(calls))
        if calls.count((name, desk, state)) > 1
    ]
    return found
