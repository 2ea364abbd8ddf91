"""The review of a commune: its steps, its meeting, its days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from chungtay.law.procedure import Desk
from chungtay.law.refusals import NoRule, Refused
from chungtay.law.reviewing import (
    CHECK_ASSUMED,
    POSTING,
    REGULAR_LIMIT,
    REQUEST_FORMS,
    STEPS,
    Stage,
    faults,
    meeting,
    open_steps,
    posting_ends,
    regular_due,
    step,
    table,
)

ROWS = [row for rows in STEPS.values() for row in rows]
BELOW = table(district=False)
ARROWS = {
    ("open", Desk.LABOUR, "planned"): "listing",
    ("list", Desk.COMMUNE, "listing"): "scoring",
    ("score", Desk.COMMUNE, "scoring"): "meeting",
    ("agree", Desk.COMMUNE, "meeting"): "agreed",
    ("disagree", Desk.COMMUNE, "meeting"): "scoring",
    ("post", Desk.COMMUNE, "agreed"): "posted",
    ("recheck", Desk.COMMUNE, "posted"): "posted",
    ("send", Desk.COMMUNE, "posted"): "sent",
    ("check", Desk.DISTRICT, "sent"): "checked",
    ("send_back", Desk.DISTRICT, "sent"): "scoring",
    ("recognise", Desk.COMMUNE, "checked"): "recognised",
    ("send_back", Desk.LABOUR, "recognised"): "scoring",
    ("approve", Desk.CHAIR, "recognised"): "approved",
    ("lock", Desk.LABOUR, "approved"): "locked",
}


def test_the_table_is_sound() -> None:
    assert faults() == []


def test_the_table_without_districts_is_sound_and_the_other_would_not_be() -> None:
    assert faults(BELOW, district=False) == []
    assert "sent has no way out" in faults(ROWS, district=False)


def test_a_table_with_a_hole_a_dead_end_a_way_back_or_two_ways_is_found() -> None:
    assert "locked cannot be reached" in faults([row for row in ROWS if row.name != "lock"])
    assert "approved has no way out" in faults([row for row in ROWS if row.name != "lock"])
    assert "posted has no way out" in faults([row for row in ROWS if row.name != "send"])
    reopened = replace(STEPS["open"][0], from_stages=(Stage.LOCKED,))
    assert "locked is final but open reopens it" in faults([*ROWS, reopened])
    assert "lock from approved by labour is ambiguous" in faults([*ROWS, *STEPS["lock"]])


@pytest.mark.clause("TT 17/2016", "QĐ 24/2021")
@pytest.mark.parametrize("name", STEPS)
def test_every_step_from_every_desk_and_stage_is_open_or_refused(name: str) -> None:
    for desk, stage in product(Desk, Stage):
        arrow = ARROWS.get((name, desk, stage.value))
        if arrow is None:
            with pytest.raises(Refused):
                step(name, desk=desk, stage=stage)
        else:
            assert step(name, desk=desk, stage=stage).to_stage == arrow
        assert (name in {row.name for row in open_steps(desk, stage)}) is (arrow is not None)


@pytest.mark.clause("QĐ 24/2021")
@pytest.mark.parametrize("name", STEPS)
def test_right_under_the_province_the_department_of_labour_does_what_the_district_did(name: str) -> None:
    arrows: dict[tuple[str, Desk, str], str] = {
        (row, Desk.LABOUR if desk is Desk.DISTRICT else desk, stage): to for (row, desk, stage), to in ARROWS.items()
    }
    for desk, stage in product(Desk, Stage):
        arrow = arrows.get((name, desk, stage.value))
        if arrow is None:
            with pytest.raises(Refused):
                step(name, desk=desk, stage=stage, district=False)
        else:
            assert step(name, desk=desk, stage=stage, district=False).to_stage == arrow
        assert (name in {row.name for row in open_steps(desk, stage, district=False)}) is (arrow is not None)


def test_a_commune_without_a_district_waits_for_no_district() -> None:
    assert all(Desk.DISTRICT not in stage.words(district=False).waits_for for stage in Stage)
    assert all("uyện" not in " ".join(stage.words(district=False)[:2]) for stage in Stage)
    assert all("uyện" not in f"{row.label} {row.done}" for row in BELOW)
    assert "chưa tìm thấy quy định" in CHECK_ASSUMED


def test_an_unknown_step_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        step("dance", desk=Desk.COMMUNE, stage=Stage.LISTING)


def test_a_refused_step_says_who_may_and_at_which_stage() -> None:
    with pytest.raises(Refused) as refusal:
        step("approve", desk=Desk.COMMUNE, stage=Stage.POSTED)
    assert [reason.text for reason in refusal.value.reasons] == [
        "Việc “Phê duyệt kết quả” do Chủ tịch UBND tỉnh thực hiện, không phải UBND cấp xã.",
        "Việc “Phê duyệt kết quả” chỉ làm được ở giai đoạn “Xã đã công nhận”; xã đang ở “Đang niêm yết”.",
    ]


def test_nothing_moves_once_it_is_locked() -> None:
    assert [row for desk in Desk for row in open_steps(desk, Stage.LOCKED)] == []
    assert [stage for stage in Stage if stage.is_final] == [Stage.LOCKED]


def test_every_stage_says_who_is_awaited_and_every_step_what_was_done() -> None:
    assert all(stage.label and stage.sentence.endswith(".") for stage in Stage)
    assert all(row.label and row.done and row.clause for row in ROWS)


@pytest.mark.clause("TT 17/2016")
@pytest.mark.parametrize(
    ("present", "agree", "agreed"), [(10, 5, False), (10, 6, True), (11, 5, False), (11, 6, True), (1, 1, True)]
)
@pytest.mark.parametrize("on", [date(2018, 10, 1), date(2022, 10, 1)])
def test_a_meeting_agrees_with_more_than_half_of_those_present(
    present: int, agree: int, agreed: bool, on: date
) -> None:
    result = meeting(present, agree, 0, on=on)
    assert result.agreed is agreed
    assert "chưa đọc" in result.assumed


def test_who_keeps_silent_counts_as_present() -> None:
    result = meeting(10, 5, 1, on=date(2018, 10, 1))
    assert not result.agreed
    assert result.sentence == "5 trong 10 người dự họp đồng ý, cần ít nhất 6 (trên 50%)."


def test_a_meeting_whose_counts_cannot_be_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        meeting(0, -1, 2, on=date(2018, 10, 1))
    assert [reason.field for reason in refusal.value.reasons] == ["present", "agree", "agree"]


@pytest.mark.clause("TT 17/2016", "QĐ 24/2021")
@pytest.mark.parametrize(
    ("received", "days", "last"),
    [
        (date(2018, 10, 1), 7, date(2018, 10, 10)),
        (date(2021, 12, 31), 7, date(2022, 1, 12)),
        (date(2022, 1, 4), 15, date(2022, 1, 25)),
    ],
)
def test_a_request_is_answered_within_seven_working_days_and_from_2022_fifteen(
    received: date, days: int, last: date
) -> None:
    due = regular_due(received)
    assert (due.working_days, due.day) == (days, last)


@pytest.mark.clause("TT 17/2016", "QĐ 24/2021")
@pytest.mark.parametrize(
    ("day", "enter", "leave"),
    [
        (date(2018, 9, 25), "Phụ lục 1a TT 17/2016", "Phụ lục 1b TT 17/2016"),
        (date(2018, 9, 26), "Phụ lục 1a TT 14/2018", "Phụ lục 1b TT 14/2018"),
        (date(2021, 12, 31), "Phụ lục 1a TT 14/2018", "Phụ lục 1b TT 14/2018"),
        (date(2022, 1, 1), "Mẫu số 01 QĐ 24/2021", "mẫu chưa tìm thấy QĐ 24/2021"),
    ],
)
def test_the_form_of_a_request_is_that_of_the_day(day: date, enter: str, leave: str) -> None:
    told = [REQUEST_FORMS[kind].on(day) for kind in ("enter", "leave")]
    assert [f"{one.value} {one.source}" for one in told] == [enter, leave]
    assert all("chưa đọc" in one.assumed for one in told)


def test_the_limits_change_on_the_first_day_of_2022() -> None:
    assert [REGULAR_LIMIT.on(day).value for day in (date(2021, 12, 31), date(2022, 1, 1))] == [7, 15]
    assert [POSTING.on(day).value for day in (date(2021, 12, 31), date(2022, 1, 1))] == [7, 3]


def test_posting_lasts_seven_working_days_and_says_that_it_is_assumed() -> None:
    due = posting_ends(date(2018, 11, 1))
    assert due.day == date(2018, 11, 12)
    assert any("Niêm yết 7 ngày" in text for text in due.assumed)
    assert posting_ends(date(2022, 11, 1)).day == date(2022, 11, 4)


def test_before_2016_there_is_no_limit() -> None:
    with pytest.raises(NoRule):
        regular_due(date(2015, 12, 31))
