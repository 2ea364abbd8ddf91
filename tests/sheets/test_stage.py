"""From file to staged rows: nothing stops the rest, nothing is lost, nothing is done twice."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.law.refusals import Conflict, Refused
from chungtay.records import journal
from chungtay.sheets import actions, guessing, rows, staging
from chungtay.sheets.layouts import Flaw, Staged
from chungtay.sheets.models import Content, Pack, Part, Row, Upload
from chungtay.sheets.packs import Packed
from chungtay.sheets.plans import Plan, SheetPlan
from tests.sheets import lists

LAYOUT = lists.households()
OTHER = Plan((SheetPlan(0, 2, {"name": 1, "id_number": 3, "class": 4}),))
"""Not what is guessed: all rows are read once more, by a job."""


def test_good_rows_are_staged_with_plain_values(province: Any) -> None:
    upload = lists.staged(province, lists.simple(lists.GOOD), LAYOUT)
    (row,) = lists.rows(upload)
    assert row.clean == {
        "name": "Danh Thị Sa Phol", "born": "1960-02-05", "id_number": "370123456", "class": "poor",
        "income": 700_000, "members": 4,
    }  # fmt: skip
    assert (row.number, row.state, row.faults, row.raw) == (2, "good", [], "")
    assert Row.objects.count() == 0  # nobody has to look at it: it lies in a pack
    assert (upload.state, upload.good, upload.read, upload.done, upload.percent) == ("staged", 1, 2, 2, 100)


def test_one_bad_row_stops_no_other_and_names_its_cell(province: Any) -> None:
    bad = [2, "", "31/02/1960", "12AB", "Hộ giàu", "nhiều", 0]
    upload = lists.staged(province, lists.simple(lists.GOOD, bad, *lists.persons(1)), LAYOUT)
    assert lists.states(upload) == [(2, "good"), (3, "bad"), (4, "good")]
    assert lists.rows(upload)[1].cells() == bad
    faults = {fault["cell"]: fault["sentence"] for fault in lists.rows(upload)[1].faults}
    assert set(faults) == {"B3", "C3", "D3", "E3", "F3", "G3"}
    assert faults["B3"] == "Thiếu “Họ và tên chủ hộ”."
    assert (upload.good, upload.bad) == (2, 1)


def test_doubtful_cells_wait_with_a_question(province: Any) -> None:
    short = [1, "Danh Sa", "1960", 12345678, "Hộ nghèo", None, 16]
    (row,) = lists.rows(lists.staged(province, lists.simple(short), LAYOUT))
    assert row.state == "doubtful"
    assert {f["column"]: f["offer"] for f in row.faults} == {"id_number": "012345678", "members": 16}
    assert row.clean["id_number"] == "12345678"


@pytest.mark.parametrize(("members", "state"), [(15, "good"), (16, "doubtful")])
def test_a_doubt_of_the_list_begins_right_after_its_border(province: Any, members: int, state: str) -> None:
    upload = lists.staged(province, lists.simple([*lists.GOOD[:6], members]), LAYOUT)
    assert lists.states(upload) == [(2, state)]


def test_rules_that_a_person_switched_on_settle_doubts_in_the_whole_column(province: Any) -> None:
    content = lists.book([lists.HEADINGS, [1, "Danh Sa", date(1960, 5, 2), 12345678, "Hộ nghèo", 700, 4]])
    plan = Plan((
        SheetPlan(0, 2, {"name": 1, "born": 2, "id_number": 3, "class": 4, "income": 5}, scales={"income": 1_000},
                  rules={"id_number": ("pad",), "born": ("swap",)}),
    ))  # fmt: skip
    (row,) = lists.rows(lists.staged(province, content, LAYOUT, plan=plan))
    assert (row.state, row.clean["id_number"], row.clean["born"]) == ("good", "012345678", "1960-02-05")
    assert row.clean["income"] == 700_000


def test_old_fonts_and_separate_accents_become_plain_unicode(province: Any) -> None:
    old = [["Hä vµ tªn", "Ph©n lo¹i"], ["NguyÔn V¨n B×nh", "Hé nghÌo"], ["TrÇn ThÞ ¸nh", "CËn nghÌo"]]
    content = lists.book([["x", *row] for row in old])
    found = lists.rows(lists.staged(province, content, LAYOUT))
    assert [(row.clean["name"], row.clean["class"]) for row in found] == [
        ("Nguyễn Văn Bình", "poor"), ("Trần Thị ánh", "near_poor"),
    ]  # fmt: skip
    apart = unicodedata.normalize("NFD", "Đặng Thị Ngọc Ánh")
    (row,) = lists.rows(lists.staged(province, lists.simple([1, apart, *lists.GOOD[2:]]), LAYOUT))
    assert row.clean["name"] == "Đặng Thị Ngọc Ánh"


def test_totals_numbers_repeated_headings_and_signatures_are_not_counted(province: Any) -> None:
    content = lists.book([
        ["DANH SÁCH HỘ NGHÈO"], lists.HEADINGS, [1, 2, 3, 4, 5, 6, 7], lists.GOOD,
        lists.HEADINGS, *lists.persons(2), ["", "Tổng cộng", "", "", "", 2_000_000, 10], ["Cộng: 3 hộ"],
        ["NGƯỜI LẬP BIỂU", "", "", "", "", "CHỦ TỊCH"],
    ])  # fmt: skip
    upload = lists.staged(province, content, LAYOUT)
    assert [state for _, state in lists.states(upload)] == [
        "good", "skipped", "good", "good", "skipped", "skipped", "skipped",
    ]  # fmt: skip
    assert (upload.good, upload.skipped, upload.bad) == (3, 4, 0)


@pytest.mark.parametrize("name", ["Tống Văn Cộng", "Tòng Thị Cồng", "Công Tằng Tôn Nữ", "Toàn Văn Xã", "Tổng Thị An"])
def test_people_whose_names_sound_like_totals_are_people(province: Any, name: str) -> None:
    assert lists.states(lists.staged(province, lists.simple([1, name, *lists.GOOD[2:]]), LAYOUT)) == [(2, "good")]


def test_the_same_person_twice_in_a_file_is_a_question(province: Any) -> None:
    content = lists.book([lists.HEADINGS, *lists.persons(2)], [lists.HEADINGS, *lists.persons(1)])
    upload = lists.staged(province, content, LAYOUT)
    assert lists.states(upload) == [(2, "good"), (3, "good"), (2, "doubtful")]
    assert "dòng 2" in lists.rows(upload)[2].faults[0]["sentence"]


@pytest.mark.parametrize("is_killed", [False, True])
def test_a_row_of_the_same_columns_together_is_one_question_about_all_of_them(
    province: Any, monkeypatch: pytest.MonkeyPatch, is_killed: bool
) -> None:
    monkeypatch.setattr(staging, "PART_ROWS", 2)
    layout = lists.households(unique=("name", "born", "class"))
    one, other, third = lists.persons(3)
    again = [4, *one[1:3], "370999999", *one[4:]]
    upload = lists.confirmed(province, lists.simple(one, other, third, again), layout)
    if is_killed:
        staging.forget_trial(upload)
        Upload.objects.filter(pk=upload.pk).update(state="staging", trial={}, good=0, doubtful=0, done=0, last_part=0)
        staging.stage(upload, layout, parts=2)
    upload = staging.stage(Upload.objects.get(pk=upload.pk), layout)
    [row] = lists.alone(upload)
    [fault] = row.faults
    assert fault["cell"] == "B5, C5, E5"
    assert fault["sentence"] == ("Cùng “Họ và tên chủ hộ”, “Ngày sinh”, “Phân loại” với dòng 2: có phải ghi hai lần?")
    assert (upload.good, upload.doubtful) == (3, 1)


@pytest.mark.parametrize("is_killed", [False, True])
def test_one_paper_s_number_in_two_rows_is_a_fault_of_the_second(
    province: Any, monkeypatch: pytest.MonkeyPatch, is_killed: bool
) -> None:
    monkeypatch.setattr(staging, "PART_ROWS", 2)
    layout = replace(lists.households(unique=("name", "born")), single=("id_number",))
    one, other, third = lists.persons(3)
    third[3] = one[3]
    nobody, neither = [4, "Danh Sa", "1960", "", *one[4:]], [5, "Danh Sô", "1961", "", *one[4:]]
    upload = lists.confirmed(province, lists.simple(one, other, third, nobody, neither), layout)
    if is_killed:
        staging.forget_trial(upload)
        Upload.objects.filter(pk=upload.pk).update(state="staging", trial={}, good=0, bad=0, done=0, last_part=0)
        staging.stage(upload, layout, parts=1)
    upload = staging.stage(Upload.objects.get(pk=upload.pk), layout)
    [row] = lists.alone(upload)
    assert (row.number, row.state, row.faults[0]["cell"]) == (4, "bad", "D4")
    assert "trùng với dòng 2" in row.faults[0]["sentence"]
    assert upload.good == 4


def test_the_room_s_own_check_is_asked_once_for_a_part(province: Any) -> None:
    calls: list[int] = []

    def check(some: Sequence[Staged]) -> Iterable[tuple[Staged, Flaw]]:
        calls.append(len(some))
        assert some[0].values["born"] == "1970-01-01"  # a birth stays text: it may be a year only
        return [(some[1], Flaw("name", "Đã có người tên này: có phải cùng một người?", is_doubtful=True))]

    layout = lists.households(check=check)
    upload = lists.staged(province, lists.simple(*lists.persons(3), ["", "", "", "", "", "x"]), layout)
    assert calls == [3]
    assert [state for _, state in lists.states(upload)] == ["good", "doubtful", "good", "skipped"]


def test_reading_goes_on_after_it_was_killed(province: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "PART_ROWS", 4)
    people = lists.persons(20)
    people[19] = people[0]
    upload = lists.confirmed(province, lists.simple(*people), LAYOUT, plan=OTHER)
    staging.stage(upload, LAYOUT, parts=2)
    assert (upload.state, upload.good, upload.done) == ("staging", 7, 8)

    def killed(*some: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(staging.PartReader, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            staging.stage(upload, LAYOUT)
    again = staging.stage(Upload.objects.get(pk=upload.pk), LAYOUT)
    assert (again.state, again.good, again.doubtful, again.done) == ("staged", 19, 1, 21)
    assert [number for number, _ in lists.states(again)] == list(range(2, 22))


def test_two_jobs_at_once_read_each_part_once(province: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "PART_ROWS", 3)
    upload = lists.confirmed(province, lists.simple(*lists.persons(9)), LAYOUT, plan=OTHER)
    read = staging.PartReader.read
    raced: list[bool] = []

    def slow(*some: Any) -> Any:
        found = read(*some)
        if not raced:
            raced.append(True)
            staging.stage(Upload.objects.get(pk=upload.pk), LAYOUT)  # the other one does everything meanwhile
        return found

    monkeypatch.setattr(staging.PartReader, "read", slow)
    staging.stage(upload, LAYOUT)
    assert (upload.state, upload.good, Row.objects.filter(upload=upload).count()) == ("staged", 9, 0)
    assert len(lists.rows(upload)) == 9


def test_the_same_file_twice_is_one_upload_also_under_another_name(province: Any) -> None:
    content = lists.simple(lists.GOOD)
    first = lists.staged(province, content, LAYOUT)
    again = lists.opened(province, content, LAYOUT, name="ban-sao.xlsx")
    assert (again.pk, again.state) == (first.pk, "staged")
    assert Upload.objects.count() == Content.objects.count() == 1
    other = lists.opened(province, content, LAYOUT, seat="commune_b")
    assert other.pk != first.pk


def test_a_withdrawn_file_may_be_sent_anew(province: Any) -> None:
    content = lists.simple(lists.GOOD)
    first = lists.staged(province, content, LAYOUT)
    actions.withdraw(first, by=province.seats["commune"], on=lists.ON, reason="Gửi nhầm")
    assert lists.staged(province, content, LAYOUT).pk != first.pk


def test_a_broken_file_fails_with_a_sentence(province: Any) -> None:
    made = actions.receive(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rubbish", "a.xls", layout=LAYOUT,
                           by=province.seats["commune"], on=lists.ON)  # fmt: skip
    staging.open_file(made, LAYOUT)
    assert (made.state, made.fault) == ("failed", "Tệp hỏng, không đọc được.")
    assert staging.open_file(made, LAYOUT).state == "failed"


def test_opening_twice_leaves_each_part_once(province: Any) -> None:
    upload = lists.opened(province, lists.simple(*lists.persons(3)), LAYOUT)
    Upload.objects.filter(pk=upload.pk).update(state="received", survey=[])
    staging.open_file(Upload.objects.get(pk=upload.pk), LAYOUT)
    assert Part.objects.filter(upload=upload).count() == 1


def test_pasted_rows_go_the_same_way(province: Any) -> None:
    text = lists.pasted(lists.GOOD)
    upload = staging.open_file(actions.paste(text, layout=LAYOUT, by=province.seats["commune"], on=lists.ON), LAYOUT)
    plan = guessing.plan(staging.guesses(upload, LAYOUT))
    actions.confirm(upload, plan, layout=LAYOUT, by=province.seats["commune"], on=lists.ON)
    assert staging.stage(upload, LAYOUT).good == 1
    with pytest.raises(Refused, match="Chưa dán"):
        actions.paste(" \n", layout=LAYOUT, by=province.seats["commune"], on=lists.ON)


def test_only_the_sender_s_body_may_act_and_only_in_time(province: Any) -> None:
    upload = lists.opened(province, lists.simple(lists.GOOD), LAYOUT)
    plan = guessing.plan(staging.guesses(upload, LAYOUT))
    with pytest.raises(Refused, match="cơ quan khác"):
        actions.confirm(upload, plan, layout=LAYOUT, by=province.seats["commune_b"], on=lists.ON)
    actions.confirm(upload, OTHER, layout=LAYOUT, by=province.seats["commune"], on=lists.ON)
    with pytest.raises(Conflict, match="Đang đọc"):
        actions.confirm(upload, plan, layout=LAYOUT, by=province.seats["commune"], on=lists.ON)
    with pytest.raises(ValueError, match="not 'other'"):
        staging.stage(upload, type(LAYOUT)("other", "", LAYOUT.columns))


@pytest.mark.parametrize(
    ("seat", "sees"),
    [("commune", True), ("district", True), ("labour", True), ("commune_b", False), ("unit", False)],
)
def test_an_upload_is_seen_by_its_body_and_those_above_its_area(province: Any, seat: str, sees: bool) -> None:
    lists.opened(province, lists.simple(lists.GOOD), LAYOUT)
    assert Upload.objects.visible_to(province.seats[seat], lists.ON).exists() is sees
    assert not Upload.objects.visible_to(None, lists.ON).exists()


def test_the_journal_tells_of_the_upload_without_the_file_s_words(province: Any) -> None:
    upload = lists.staged(province, lists.simple(lists.GOOD), LAYOUT)
    entries = list(journal.of(upload))
    assert [entry.act for entry in entries] == ["upload_sheet", "confirm_columns"]
    assert "danh-sach" not in str(entries[0].body)
    assert "headings" not in str(entries[1].body)
    assert journal.faults() == []


def test_what_was_remembered_about_a_cell_is_the_same_as_reading_it_again(province: Any) -> None:
    plan = SheetPlan(0, 1, {"members": 0})
    reader = rows.ColumnReader(LAYOUT.by_name["members"], plan)
    assert reader.column_of([4, 4.0, "4", "x"])[0] == reader.column_of([4.0, 4, "4", "x"])[0] == [4, 4, 4, None]
    assert [n for n, _ in reader.column_of(["x", 4, "x"])[1]] == [0, 2]


def test_a_full_memory_begins_anew_and_forgets_no_flaw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "REMEMBERED", 3)
    reader = rows.ColumnReader(LAYOUT.by_name["members"], SheetPlan(0, 1, {"members": 0}))
    for _ in range(3):
        values, flaws = reader.column_of([1, 2, 3, 4, "x", 99])
        assert (values, [n for n, _ in flaws]) == ([1, 2, 3, 4, None, None], [4, 5])


def test_rows_are_read_while_the_file_opens_and_confirming_the_guess_leaves_nothing_to_read(province: Any) -> None:
    bad = [2, "", "1960", "370123457", "Hộ nghèo", 1, 4]
    upload = lists.opened(province, lists.simple(*lists.persons(3), bad), LAYOUT)
    assert (upload.state, upload.good, upload.bad, upload.done) == ("opened", 3, 1, 0)
    done = actions.confirm(
        upload, guessing.plan(staging.guesses(upload, LAYOUT)), layout=LAYOUT, by=province.seats["commune"], on=lists.ON
    )
    assert (done.state, done.good, done.bad, done.done, done.read) == ("staged", 3, 1, 5, 5)


def test_another_plan_than_the_guess_reads_everything_anew_to_the_same_rows(province: Any) -> None:
    content = lists.simple(*lists.persons(3), [2, "", "1960", "370123457", "Hộ nghèo", 1, 4])
    upload = lists.confirmed(province, content, LAYOUT, plan=OTHER)
    assert (upload.state, upload.good, upload.bad, Row.objects.count(), Pack.objects.count()) == ("staging", 0, 0, 0, 0)
    staging.stage(upload, LAYOUT)
    assert lists.states(upload) == [(2, "good"), (3, "good"), (4, "good"), (5, "bad")]
    assert [row.clean["born"] for row in lists.rows(upload)] == [None] * 4


def test_a_file_whose_later_rows_suggest_other_columns_is_not_read_by_its_first_guess(
    province: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "PART_ROWS", 4)
    guess = guessing.guess_sheet
    asked: list[int] = []

    def wavering(*some: Any) -> Any:
        asked.append(1)
        found = guess(*some)
        return found if len(asked) > 1 else replace(found, columns=found.columns[:-1])

    monkeypatch.setattr(guessing, "guess_sheet", wavering)
    upload = lists.opened(province, lists.simple(*lists.persons(9)), LAYOUT)
    assert (upload.state, upload.trial, upload.good, Pack.objects.count()) == ("opened", {}, 0, 0)


@given(st.lists(st.tuples(st.integers(1, 99), st.one_of(st.none(), st.integers(), st.text(max_size=9))), max_size=30))
def test_what_is_packed_comes_out_the_same(some: list[tuple[int, Any]]) -> None:
    some = [(n, None if isinstance(v, int) and abs(v) >= 2**63 else v) for n, v in some]
    packed = Packed([n for n, _ in some], ["a", "b"], [[v for _, v in some], [n for n, _ in some]])
    assert Packed.load(packed.dump()) == packed
    assert packed.rows() == [(n, {"a": v, "b": n}) for n, v in some]
