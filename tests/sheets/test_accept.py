"""What a person decides: doubtful rows, accepting, closing, erasing."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from chungtay.law.refusals import Conflict, Refused
from chungtay.records import journal
from chungtay.records.models import FormKey
from chungtay.sheets import accepting, actions, bulk, staging
from chungtay.sheets.actions import AS_READ, CORRECTED, OFFERED, REJECTED
from chungtay.sheets.layouts import Accepted, Writer
from chungtay.sheets.models import Content, Pack, Part, Row, Upload
from chungtay.sheets.plans import Plan, SheetPlan
from tests.sheets import lists
from tests.sheets.lists import Register

LAYOUT = lists.households()
SHORT = [1, "Danh Sa", "1960", 12345678, "Hộ nghèo", 700_000, 4]
WRONG = [2, "Danh Sol", "1960", "370123457", "Hộ giàu", 700_000, 4]


def accept(province: Any, upload: Upload, writer: Writer) -> accepting.Outcome:
    return lists.accept(province, upload, LAYOUT, writer)


def decide(province: Any, row: Row, choice: str, **more: Any) -> Row:
    said = actions.Decision(choice, **more)
    return actions.decide(row, said, layout=LAYOUT, by=province.seats["commune"], on=lists.ON)


def test_only_good_rows_are_accepted_and_only_once(province: Any) -> None:
    upload = lists.staged(province, lists.simple(*lists.persons(3), SHORT, WRONG), LAYOUT)
    register = Register()
    assert accept(province, upload, register).accepted == 3
    assert accepting.accept(upload, layout=LAYOUT, writer=register).accepted == 0
    with pytest.raises(Refused, match="Không có dòng tốt"):
        accept(province, upload, register)
    assert register.names == ["Nguyễn Văn 0", "Nguyễn Văn 1", "Nguyễn Văn 2"]
    assert [row.number for row in register.taken] == [2, 3, 4]
    assert (upload.accepted, upload.good, upload.doubtful, upload.bad) == (3, 0, 1, 1)


def test_nothing_counts_before_the_rows_are_read_to_the_end(province: Any) -> None:
    plan = Plan((SheetPlan(0, 2, {"name": 1, "class": 4}),))
    upload = lists.confirmed(province, lists.simple(*lists.persons(3)), LAYOUT, plan=plan)
    with pytest.raises(Conflict, match="chưa nhận"):
        accept(province, upload, Register())


def test_another_body_may_not_accept(province: Any) -> None:
    upload = lists.staged(province, lists.simple(*lists.persons(3)), LAYOUT)
    with pytest.raises(Refused, match="cơ quan khác"):
        accepting.approve(upload, by=province.seats["commune_b"], on=lists.ON)


def test_nothing_is_taken_in_before_a_person_approved(province: Any) -> None:
    upload, register = lists.staged(province, lists.simple(*lists.persons(3)), LAYOUT), Register()
    assert accepting.accept(upload, layout=LAYOUT, writer=register).accepted == 0
    assert (register.taken, upload.state) == ([], "staged")
    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.filter(pk=upload.pk).update(state="accepting")


def test_an_upload_with_nothing_left_is_closed_and_one_with_open_rows_waits_again(province: Any) -> None:
    whole = lists.staged(province, lists.simple(*lists.persons(3)), LAYOUT)
    accept(province, whole, Register())
    assert (whole.state, journal.of(whole).last().act) == ("closed", "close_sheet")  # type: ignore[union-attr]
    partly = lists.staged(province, lists.simple(*lists.persons(3), SHORT), LAYOUT)
    accept(province, partly, Register())
    assert partly.state == "staged"


def test_each_chunk_leaves_one_line_in_the_journal(province: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "PART_ROWS", 2)
    upload = lists.staged(province, lists.simple(*lists.persons(5)), LAYOUT)
    accept(province, upload, Register())
    told = [entry.body for entry in journal.of(upload) if entry.act == "accept_rows"]
    assert [one["rows"] for one in told] == [1, 2, 2]  # the heading was in the first part
    assert "Nguyễn" not in str(told)
    assert journal.faults() == []


def test_accepting_goes_on_after_it_was_killed(province: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "PART_ROWS", 3)
    upload = lists.staged(province, lists.simple(*lists.persons(6)), LAYOUT)
    register = Register()

    def dies_at_the_second(some: Sequence[Accepted]) -> None:
        if register.taken:
            raise KeyboardInterrupt
        register(some)

    with pytest.raises(KeyboardInterrupt):
        accept(province, upload, dies_at_the_second)
    assert [state for _, state in lists.states(upload)] == ["accepted"] * 2 + ["good"] * 4
    again = accepting.accept(Upload.objects.get(pk=upload.pk), layout=LAYOUT, writer=register)
    assert again.accepted == 4
    assert register.names == [f"Nguyễn Văn {n}" for n in range(6)]


def test_it_stops_after_as_many_parts_as_were_asked_for_and_two_jobs_take_each_part_once(
    province: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "PART_ROWS", 2)
    upload = lists.staged(province, lists.simple(*lists.persons(6)), LAYOUT)
    register = Register()
    assert lists.accept(province, upload, LAYOUT, register, chunks=2).accepted == 3

    def racing(some: Sequence[Accepted]) -> None:
        register(some)

    other = Upload.objects.get(pk=upload.pk)
    accepting.accept(upload, layout=LAYOUT, writer=racing)
    assert accepting.accept(other, layout=LAYOUT, writer=racing).accepted == 0
    assert register.names == [f"Nguyễn Văn {n}" for n in range(6)]


def test_a_row_that_the_room_refuses_turns_bad_and_stops_no_other(province: Any) -> None:
    upload = lists.staged(province, lists.simple(*lists.persons(5)), LAYOUT)
    register = Register()

    def picky(some: Sequence[Accepted]) -> dict[int, str]:
        register([row for row in some if row.number != 4])
        return {row.key: "Hộ này đã có trong sổ." for row in some if row.number == 4}

    outcome = accept(province, upload, picky)
    assert (outcome.accepted, list(outcome.refused.values())) == (4, ["Hộ này đã có trong sổ."])
    assert dict(lists.states(upload))[4] == "bad"
    assert (upload.accepted, upload.bad, upload.good) == (4, 1, 0)


@pytest.mark.parametrize("fault", [IntegrityError("duplicate"), Refused.because("Hộ đã chuyển đi.")])
def test_a_row_that_makes_the_writer_fail_is_found_and_the_others_are_written(province: Any, fault: Exception) -> None:
    upload = lists.staged(province, lists.simple(*lists.persons(7)), LAYOUT)

    def writer(some: Sequence[Accepted]) -> None:
        bulk.insert(FormKey, ("key", "user_key", "path", "body_digest", "answer", "at"),
                    [(row.values["name"], "", "/", "", "", "2020-10-20 00:00:00+00") for row in some])  # fmt: skip
        if any(row.number == 5 for row in some):
            raise fault

    outcome = accept(province, upload, writer)
    assert outcome.accepted == 6
    sentence = "Hộ đã chuyển đi." if isinstance(fault, Refused) else accepting.LOST
    assert list(outcome.refused.values()) == [sentence]
    assert FormKey.objects.count() == 6
    assert lists.sentences(lists.rows(upload)[3]) == [sentence]


@pytest.mark.django_db(transaction=True)
def test_a_row_without_its_foreign_row_is_found_on_both_engines(
    django_db_serialized_rollback: None, settings: Any
) -> None:
    from tests import make  # noqa: PLC0415  as the fixture does

    settings.WORKING_DAY = lists.ON
    province = make.build()
    upload = lists.staged(province, lists.simple(*lists.persons(3)), LAYOUT)

    def writer(some: Sequence[Accepted]) -> None:
        bulk.insert(Part, ("upload", "sheet", "first", "rows", "packed"),
                    [(upload.pk if row.number != 3 else 10**9, 7, row.number, 1, b"") for row in some])  # fmt: skip

    assert accept(province, upload, writer).accepted == 2
    assert [state for _, state in lists.states(upload)] == ["accepted", "bad", "accepted"]


def test_a_doubtful_row_is_right_as_it_was_read(province: Any) -> None:
    upload = lists.staged(province, lists.simple(SHORT), LAYOUT)
    row = decide(province, lists.rows(upload)[0], AS_READ)
    assert (row.state, row.clean["id_number"], row.decision["choice"]) == ("good", "12345678", AS_READ)
    assert row.decision["by"] == province.seats["commune"].pk
    assert (upload.good, upload.doubtful) == (0, 1)
    upload.refresh_from_db()
    assert (upload.good, upload.doubtful) == (1, 0)


def test_the_machine_s_offer_is_taken_when_a_person_says_so(province: Any) -> None:
    upload = lists.staged(province, lists.simple(SHORT), LAYOUT)
    decide(province, lists.rows(upload)[0], OFFERED)
    register = Register()
    accept(province, upload, register)
    assert register.taken[0].values["id_number"] == "012345678"


def test_a_bad_cell_is_corrected_and_judged_again(province: Any) -> None:
    upload = lists.staged(province, lists.simple(WRONG), LAYOUT)
    row = lists.rows(upload)[0]
    with pytest.raises(Refused, match="Không hiểu “Hộ khá”"):
        decide(province, row, CORRECTED, typed={"class": "Hộ khá"})
    with pytest.raises(Refused, match="Không hiểu “Hộ giàu”"):
        decide(province, row, CORRECTED, typed={"name": "Danh Sôl"})
    with pytest.raises(Refused, match="Chỉ dòng cần hỏi"):
        decide(province, row, AS_READ)
    fixed = decide(province, row, CORRECTED, typed={"class": "Hộ cận nghèo"})
    assert (fixed.state, fixed.clean["class"], fixed.faults) == ("good", "near_poor", [])
    assert fixed.decision["typed"] == {"class": "Hộ cận nghèo"}


def test_a_required_cell_may_not_be_emptied(province: Any) -> None:
    upload = lists.staged(province, lists.simple(WRONG), LAYOUT)
    with pytest.raises(Refused, match="Thiếu “Họ và tên chủ hộ”"):
        decide(province, lists.rows(upload)[0], CORRECTED, typed={"class": "Nghèo", "name": " "})


def test_a_row_is_left_out_with_a_reason_and_may_come_back(province: Any) -> None:
    upload = lists.staged(province, lists.simple(SHORT), LAYOUT)
    row = lists.rows(upload)[0]
    with pytest.raises(Refused, match="lý do"):
        decide(province, row, REJECTED)
    decide(province, row, REJECTED, reason="Đã chuyển đi")
    back = decide(province, row, CORRECTED, typed={"id_number": "012345678"})
    assert (back.state, back.decision["was"]["choice"]) == ("good", REJECTED)
    with pytest.raises(Refused, match="không còn gì"):
        decide(province, back, REJECTED, reason="Nhầm")


def test_a_decision_is_in_the_journal_and_what_was_typed_only_beside_it(province: Any) -> None:
    upload = lists.staged(province, lists.simple(WRONG), LAYOUT)
    decide(province, lists.rows(upload)[0], CORRECTED, typed={"class": "Hộ nghèo", "name": "Danh Sôl"})
    entry = journal.of(upload).last()
    assert entry is not None
    assert (entry.act, entry.body["choice"]) == ("decide_row", CORRECTED)
    assert "Danh" not in str(entry.body)
    assert {value.name: value.value for value in entry.values.all()} == {"class": "Hộ nghèo", "name": "Danh Sôl"}


def test_an_upload_with_open_rows_is_closed_only_with_a_reason(province: Any) -> None:
    upload = lists.staged(province, lists.simple(*lists.persons(2), SHORT), LAYOUT)
    accept(province, upload, Register())
    by = province.seats["commune"]
    with pytest.raises(Refused, match="Còn 1 dòng"):
        actions.close(upload, by=by, on=lists.ON)
    assert actions.close(upload, by=by, on=lists.ON, reason="Xác minh sau").state == "closed"
    with pytest.raises(Conflict):
        actions.withdraw(upload, by=by, on=lists.ON, reason="x")


def test_what_is_over_may_be_erased_and_its_line_stays(province: Any) -> None:
    upload = lists.staged(province, lists.simple(*lists.persons(2), WRONG), LAYOUT)
    by = province.seats["commune"]
    with pytest.raises(Conflict):
        actions.erase(upload, by=by, on=lists.ON)
    actions.close(upload, by=by, on=lists.ON, reason="Thử")
    actions.erase(upload, by=by, on=lists.ON)
    assert [model.objects.count() for model in (Row, Pack, Part, Content)] == [0, 0, 0, 0]
    assert (upload.survey, upload.good, upload.erased_on) == ([], 2, lists.ON)


@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"on": "2020-10-21"}, {"name": "khac.xlsx"}, {"layout": "x"}])
def test_what_an_upload_was_never_changes(province: Any, change: dict[str, str]) -> None:
    upload = lists.opened(province, lists.simple(lists.GOOD), LAYOUT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.filter(pk=upload.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM sheets_upload WHERE id = %s", [upload.pk])


@pytest.mark.parametrize("model", [Upload, Row])
def test_an_unknown_state_is_impossible(province: Any, model: Any) -> None:
    lists.staged(province, lists.simple(SHORT), LAYOUT)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(state="odd")


def test_a_row_stands_once_at_its_place(province: Any) -> None:
    row = lists.rows(lists.staged(province, lists.simple(SHORT), LAYOUT))[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Row.objects.create(upload=row.upload, sheet=0, number=row.number, state="good")
