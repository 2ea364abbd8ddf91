"""The way of a dossier: the table of steps, who may take them, and what is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chungtay.law.procedure import (
    PROPOSING,
    STEPS,
    Desk,
    Paper,
    State,
    faults,
    missing_papers,
    open_steps,
    require_papers,
    step,
)
from chungtay.law.refusals import Refused

ROWS = [row for rows in STEPS.values() for row in rows]
FINAL = {
    State.FORWARDED, State.GRANTED, State.NOT_GRANTED, State.AWARDED, State.DECLINED, State.REFUSED, State.WITHDRAWN,
    State.REVOKED,
}  # fmt: skip
PAPERS = [
    Paper("submission", "Tờ trình"),
    Paper("minutes", "Biên bản họp Hội đồng"),
    Paper("report", "Báo cáo thành tích"),
]


def test_the_table_is_sound() -> None:
    assert faults() == []


def test_a_state_that_cannot_be_reached_is_found() -> None:
    assert "refused cannot be reached" in faults([row for row in ROWS if row.name != "refuse"])


def test_a_state_without_a_way_out_is_found() -> None:
    assert "recommended has no way out" in faults([row for row in ROWS if row.name not in {"forward", "decide"}])


def test_a_way_out_that_only_somebody_else_may_take_is_no_way_out() -> None:
    wrong = [replace(row, desks=frozenset({Desk.ADMIN})) if row.name == "take_up" else row for row in ROWS]
    assert "submitted has no way out" in faults(wrong)


def test_a_step_that_reopens_a_closed_dossier_is_found() -> None:
    reopened = replace(STEPS["revoke"][0], name="reopen", to_state=State.DRAFT)
    assert "awarded is final but reopen reopens it" in faults([*ROWS, reopened])


def test_two_arrows_for_one_call_are_found() -> None:
    assert "refuse from received by board is ambiguous" in faults([*ROWS, *STEPS["refuse"]])


def test_final_states_are_those_that_wait_for_nobody() -> None:
    assert {state for state in State if state.is_final} == FINAL


ARROWS = {
    ("submit", "draft"): "submitted",
    ("submit", "returned"): "submitted",
    ("recall", "submitted"): "draft",
    ("take_up", "submitted"): "checking",
    ("receive", "checking"): "received",
    ("send_back", "checking"): "returned",
    ("send_back", "received"): "returned",
    ("appraise", "received"): "appraised",
    ("refuse", "received"): "refused",
    ("recommend", "appraised"): "recommended",
    ("decline", "appraised"): "declined",
    ("forward", "recommended"): "forwarded",
    ("decide", "recommended"): "awarded",
    ("withdraw", "draft"): "withdrawn",
    ("withdraw", "returned"): "withdrawn",
    ("withdraw", "submitted"): "withdrawn",
    ("withdraw", "checking"): "withdrawn",
    ("withdraw", "received"): "withdrawn",
    ("withdraw", "appraised"): "withdrawn",
    ("record_grant", "forwarded"): "granted",
    ("record_denial", "forwarded"): "not_granted",
    ("retract_answer", "granted"): "forwarded",
    ("retract_answer", "not_granted"): "forwarded",
    ("revoke", "awarded"): "revoked",
    ("revoke", "granted"): "revoked",
}
WHO = {
    "submit": PROPOSING,
    "recall": PROPOSING,
    "withdraw": PROPOSING,
    "take_up": {Desk.OFFICE},
    "receive": {Desk.OFFICE},
    "appraise": {Desk.BOARD},
    "refuse": {Desk.BOARD},
    "recommend": {Desk.SECRETARY},
    "decline": {Desk.SECRETARY},
    "forward": {Desk.CHAIR},
    "decide": {Desk.CHAIR},
    "record_grant": {Desk.BOARD},
    "record_denial": {Desk.BOARD},
    "retract_answer": {Desk.BOARD},
}


def may(name: str, desk: Desk, state: State) -> bool:
    if name == "send_back":
        return (desk, state) in {(Desk.OFFICE, State.CHECKING), (Desk.BOARD, State.RECEIVED)}
    if name == "revoke":
        return (desk, state) in {(Desk.CHAIR, State.AWARDED), (Desk.BOARD, State.GRANTED)}
    return desk in WHO[name] and (name, state.value) in ARROWS


@pytest.mark.clause("KH IV.4.3", "KH V.2", "KH V.5")
@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("desk", Desk)
def test_every_step_from_every_desk_and_state_is_open_or_refused(name: str, desk: Desk) -> None:
    for state in State:
        if may(name, desk, state):
            assert step(name, desk=desk, state=state).to_state == ARROWS[name, state.value]
        else:
            with pytest.raises(Refused):
                step(name, desk=desk, state=state)


@pytest.mark.parametrize("desk", Desk)
def test_the_open_steps_are_those_that_would_not_be_refused(desk: Desk) -> None:
    for state in State:
        assert {row.name for row in open_steps(desk, state)} == {name for name in STEPS if may(name, desk, state)}


@pytest.mark.parametrize("desk", [Desk.COUNCIL, Desk.ADMIN, Desk.AUDITOR])
def test_members_administrators_and_auditors_move_no_dossier(desk: Desk) -> None:
    assert [row for state in State for row in open_steps(desk, state)] == []


def test_a_refused_step_says_who_may_and_from_which_state() -> None:
    with pytest.raises(Refused) as refusal:
        step("receive", desk=Desk.UNIT, state=State.DRAFT)
    assert [reason.text for reason in refusal.value.reasons] == [
        "Việc “Tiếp nhận” do Bộ phận tiếp nhận và trả kết quả thực hiện, không phải cơ quan, đơn vị đề nghị.",
        "Việc “Tiếp nhận” chỉ làm được khi hồ sơ ở trạng thái “Đang kiểm tra”; hồ sơ đang ở “Đang soạn”.",
    ]
    assert {reason.clause for reason in refusal.value.reasons} == {"KH IV.4.3"}


def test_a_step_of_the_proposer_is_refused_to_others_in_one_word_for_all_proposers() -> None:
    with pytest.raises(Refused, match="do đơn vị đề nghị thực hiện, không phải Chủ tịch UBND tỉnh"):
        step("submit", desk=Desk.CHAIR, state=State.DRAFT)


def test_a_dossier_cannot_be_recalled_once_it_is_opened() -> None:
    assert step("recall", desk=Desk.UNIT, state=State.SUBMITTED).to_state is State.DRAFT
    with pytest.raises(Refused, match=r"“Đã nộp”; hồ sơ đang ở “Đang kiểm tra”"):
        step("recall", desk=Desk.UNIT, state=State.CHECKING)


def test_the_office_cannot_send_back_what_is_with_the_board() -> None:
    with pytest.raises(Refused) as refusal:
        step("send_back", desk=Desk.OFFICE, state=State.RECEIVED)
    assert len(refusal.value.reasons) == 1
    assert "“Đang kiểm tra”; hồ sơ đang ở “Đã tiếp nhận”" in refusal.value.reasons[0].text


@pytest.mark.clause("KH IV.2.1")
def test_a_state_award_is_forwarded_and_never_decided_by_the_province() -> None:
    assert step("forward", desk=Desk.CHAIR, state=State.RECOMMENDED, state_award=True).to_state is State.FORWARDED
    with pytest.raises(Refused, match="phải trình Thủ tướng Chính phủ"):
        step("decide", desk=Desk.CHAIR, state=State.RECOMMENDED, state_award=True)
    assert [row.name for row in open_steps(Desk.CHAIR, State.RECOMMENDED, state_award=True)] == ["forward"]


@pytest.mark.clause("KH IV.2.1")
def test_what_was_forwarded_is_answered_from_above_and_only_a_state_award_is() -> None:
    open_now = [row.name for row in open_steps(Desk.BOARD, State.FORWARDED, state_award=True)]
    assert open_now == ["record_grant", "record_denial"]
    assert open_steps(Desk.BOARD, State.FORWARDED, state_award=False) == []
    assert step("retract_answer", desk=Desk.BOARD, state=State.GRANTED, state_award=True).to_state is State.FORWARDED
    with pytest.raises(Refused, match="Được khen cấp Nhà nước"):
        step("revoke", desk=Desk.BOARD, state=State.AWARDED, state_award=True)


@pytest.mark.clause("KH IV.2.2")
def test_a_provincial_award_is_decided_and_not_forwarded() -> None:
    assert step("decide", desk=Desk.CHAIR, state=State.RECOMMENDED, state_award=False).to_state is State.AWARDED
    with pytest.raises(Refused, match="do Chủ tịch UBND tỉnh ký quyết định"):
        step("forward", desk=Desk.CHAIR, state=State.RECOMMENDED, state_award=False)
    assert [row.name for row in open_steps(Desk.CHAIR, State.RECOMMENDED, state_award=False)] == ["decide"]


def test_a_step_that_does_not_exist_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        step("teleport", desk=Desk.UNIT, state=State.DRAFT)


def test_every_desk_state_and_step_speaks_vietnamese() -> None:
    assert all(desk.label for desk in Desk)
    for state in State:
        assert state.label
        assert state.sentence.endswith(".")
        assert state.sentence.startswith("Đang chờ") != state.is_final
    for row in ROWS:
        assert row.label[0].isupper()
        assert "đã" in row.done
        assert row.clause


def test_whoever_is_awaited_has_the_step_on_the_page() -> None:
    for state in State:
        for desk in state.waits_for:
            assert open_steps(desk, state), f"{desk} is awaited in {state} and can do nothing"


@pytest.mark.clause("KH IV.4.1")
def test_every_missing_paper_is_named_at_once() -> None:
    assert missing_papers(PAPERS, {"minutes"}) == [PAPERS[0], PAPERS[2]]
    with pytest.raises(Refused) as refusal:
        require_papers(PAPERS, {"minutes"})
    assert [(reason.text, reason.clause, reason.field) for reason in refusal.value.reasons] == [
        ("Thiếu giấy tờ: Tờ trình.", "KH IV.4.1", "submission"),
        ("Thiếu giấy tờ: Báo cáo thành tích.", "KH IV.4.1", "report"),
    ]


@pytest.mark.clause("KH IV.4.1")
def test_a_complete_dossier_misses_nothing() -> None:
    present = {"submission", "minutes", "report", "photo"}
    assert missing_papers(PAPERS, present) == []
    require_papers(PAPERS, present)
