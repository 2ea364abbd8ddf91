"""Duties: given to many at once, handed in, confirmed or sent back; a line is corrected by a new one (KH III.4)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from chungtay.accounts.models import Notice
from chungtay.conduct import actions
from chungtay.conduct.lines import Proof, lay_down
from chungtay.conduct.models import Duty, Handing
from chungtay.conduct.standing import State, condition, state_of
from chungtay.law.refusals import Conflict, Refused
from chungtay.records import journal
from tests.conduct.made import DUE, GIVEN, duty, handed, task
from tests.make import TODAY, Province


def refused_fields(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return sorted({reason.field for reason in refused.value.reasons})


@pytest.mark.clause("KH IV.1.2.c", "KH III.4")
def test_a_district_gives_all_its_communes_one_report_at_once_and_each_is_told(province: Province) -> None:
    communes = [province.bodies["commune"], province.bodies["commune_b"]]
    given = actions.assign(task(), communes, by=province.seats["district"], on=GIVEN)
    assert [(row.party, row.owed_to, row.due_on) for row in given.made] == [
        (one, province.bodies["district"], DUE) for one in communes
    ]
    told = Notice.objects.filter(desk__body__in=communes).order_by("desk_id")
    assert [one.text for one in told] == ["Việc mới: Báo cáo giảm nghèo năm 2019, hạn 15/12/2019."] * 2
    assert [entry.act for entry in journal.of(given.made[0])] == ["assign_duty"]


def test_a_unit_that_has_it_already_keeps_its_own_and_is_named(province: Province) -> None:
    first = duty(province)
    both = [province.bodies["commune"], province.bodies["commune_b"]]
    given = actions.assign(task(due_on=DUE + timedelta(days=5)), both, by=province.seats["district"], on=GIVEN)
    assert [one.party_id for one in given.made] == [province.bodies["commune_b"].pk]
    assert given.had == [province.bodies["commune"]]
    first.refresh_from_db()
    assert first.due_on == DUE


@pytest.mark.parametrize("seat", ["commune", "unit", "office", "secretary", "chair", "admin"])
def test_only_a_level_above_gives_duties(province: Province, seat: str) -> None:
    with pytest.raises(Refused, match="Giao việc là của cấp trên"):
        actions.assign(task(), [province.bodies["commune_b"]], by=province.seats[seat], on=GIVEN)
    assert Duty.objects.count() == 0


def test_a_district_gives_nothing_to_another_district_to_itself_or_to_a_household(province: Province) -> None:
    foreign, own, home = province.bodies["commune_c"], province.bodies["district"], province.household()
    with pytest.raises(Refused) as refused:
        actions.assign(task(), [foreign, own, home], by=province.seats["district"], on=GIVEN)
    said = " ".join(str(reason) for reason in refused.value.reasons)
    for words in ("không thuộc địa bàn của bạn", "chính cơ quan mình", "không phải cơ quan, tổ chức"):
        assert words in said


def test_everything_wrong_with_a_task_is_said_at_once(province: Province) -> None:
    wrong = task(kind="poem", title=" x ", due_on=date(2030, 1, 1))
    with pytest.raises(Refused) as refused:
        actions.assign(wrong, [], by=province.seats["district"], on=GIVEN)
    assert refused_fields(refused) == ["due_on", "kind", "title", "units"]


@pytest.mark.clause("KH IV.1.2.c")
def test_what_the_unit_hands_in_counts_only_once_the_receiver_confirms(province: Province) -> None:
    row = duty(province)
    told = handed(row, province, by="commune")
    assert (told.accepted, told.answered_on) == (None, None)
    confirmed = actions.confirm(told, by=province.seats["district"], on=TODAY)
    assert (confirmed.accepted, confirmed.answered_on, confirmed.answered_by) == (
        True,
        TODAY,
        province.bodies["district"],
    )
    assert [entry.act for entry in journal.of(row)] == ["assign_duty", "hand_in", "confirm_handing"]


def test_what_the_receiver_enters_is_confirmed_at_once_and_keeps_its_file(province: Province) -> None:
    row = duty(province)
    made = handed(row, province, proof=Proof(province.file(), "bao-cao.pdf"))
    assert (made.accepted, made.file_name, made.entered_by) == (True, "bao-cao.pdf", province.bodies["district"])


@pytest.mark.parametrize("seat", ["commune_b", "commune_c", "labour", "unit", "board"])
def test_nobody_else_hands_in_or_answers(province: Province, seat: str) -> None:
    row = duty(province)
    with pytest.raises(Refused, match="Chỉ đơn vị phải làm hoặc nơi nhận"):
        handed(row, province, by=seat)
    told = handed(row, province, by="commune")
    with pytest.raises(Refused, match="Chỉ cơ quan giao việc này"):
        actions.confirm(told, by=province.seats[seat], on=TODAY)


def test_the_unit_cannot_confirm_its_own_handing(province: Province) -> None:
    told = handed(duty(province), province, by="commune")
    with pytest.raises(Refused):
        actions.confirm(told, by=province.seats["commune"], on=TODAY)


def test_a_day_ahead_or_no_paper_is_refused_at_the_field(province: Province) -> None:
    with pytest.raises(Refused) as refused:
        handed(duty(province), province, handed_on=TODAY + timedelta(days=1), paper=" ")
    assert refused_fields(refused) == ["handed_on", "paper"]


def test_what_is_sent_back_is_owed_again_by_the_same_day(province: Province) -> None:
    row = duty(province)
    told = handed(row, province, by="commune")
    actions.send_back(told, reason="Thiếu biểu số 3", by=province.seats["district"], on=TODAY)
    told.refresh_from_db()
    assert (told.accepted, told.ended_on, told.ended_why) == (False, TODAY, "Thiếu biểu số 3")
    assert Duty.objects.with_handing().get().handing is None
    assert handed(row, province, by="commune", paper="46/BC-UBND").accepted is None
    notice = Notice.objects.filter(desk__body=province.bodies["commune"]).latest("id")
    assert notice.text == "Trả lại: Báo cáo giảm nghèo năm 2019. Lý do: Thiếu biểu số 3"


def test_a_duty_is_handed_in_once_at_a_time(province: Province) -> None:
    row = duty(province)
    handed(row, province, by="commune")
    with pytest.raises(Conflict):
        handed(row, province)


def test_of_two_who_answer_the_same_handing_the_second_is_told(province: Province) -> None:
    told = handed(duty(province), province, by="commune")
    again = Handing.objects.select_related("duty").get(pk=told.pk)
    actions.confirm(told, by=province.seats["district"], on=TODAY)
    with pytest.raises(Conflict):
        actions.confirm(again, by=province.seats["district"], on=TODAY)


@pytest.mark.clause("KH III.4")
def test_a_longer_term_is_a_new_line_and_what_was_handed_in_goes_with_it(province: Province) -> None:
    row = duty(province)
    told = handed(row, province, by="commune")
    later = DUE + timedelta(days=10)
    made = actions.correct(
        row, task(due_on=later), reason="Gia hạn theo CV 15", by=province.seats["district"], on=TODAY
    )
    row.refresh_from_db()
    told.refresh_from_db()
    assert (row.due_on, row.ended_on, row.ended_why) == (DUE, TODAY, "Gia hạn theo CV 15")
    assert (made.due_on, made.corrects, told.duty) == (later, row, made)
    assert list(Duty.objects.in_force()) == [made]


def test_who_did_not_give_it_neither_corrects_it_nor_takes_it_back(province: Province) -> None:
    row = duty(province)
    for seat in ("commune", "labour"):
        with pytest.raises(Refused):
            actions.correct(row, task(), reason="Gia hạn thêm", by=province.seats[seat], on=TODAY)
        with pytest.raises(Refused):
            actions.take_back(row, reason="Không cần nữa", by=province.seats[seat], on=TODAY)


def test_what_is_taken_back_stays_with_its_reason_and_may_be_given_again(province: Province) -> None:
    row = duty(province)
    with pytest.raises(Refused, match="lý do"):
        actions.take_back(row, reason=" ", by=province.seats["district"], on=TODAY)
    actions.take_back(row, reason="Giao nhầm năm", by=province.seats["district"], on=TODAY)
    assert duty(province).pk != row.pk
    with pytest.raises(Refused, match="không còn giao"):
        handed(row, province)


def test_a_line_is_laid_down_once(province: Province) -> None:
    row = duty(province)
    lay_down(Duty.objects.get(pk=row.pk), why="Giao nhầm", on=TODAY)
    with pytest.raises(Conflict):
        lay_down(row, why="Giao nhầm", on=TODAY)


# --- where a duty stands ---


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (DUE - timedelta(days=11), State.AHEAD), (DUE - timedelta(days=10), State.SOON), (DUE, State.SOON),
        (DUE + timedelta(days=1), State.OVERDUE),
    ],
)  # fmt: skip
def test_a_duty_is_overdue_from_the_day_after_its_last(province: Province, on: date, state: State) -> None:
    row = duty(province)
    assert state_of(row.due_on, None, on) is state
    assert [one for one in State if Duty.objects.with_handing().filter(condition(one, on)).exists()] == [state]


@pytest.mark.parametrize(
    ("handed_on", "by", "state"),
    [
        (DUE, "district", State.ON_TIME), (DUE + timedelta(days=1), "district", State.LATE),
        (DUE, "commune", State.WAITING),
    ],
)  # fmt: skip
def test_done_late_is_late(province: Province, handed_on: date, by: str, state: State) -> None:
    row = duty(province)
    handing = handed(row, province, by=by, handed_on=handed_on)
    assert state_of(row.due_on, handing, TODAY) is state
    assert [one for one in State if Duty.objects.with_handing().filter(condition(one, TODAY)).exists()] == [state]


# --- who sees it ---


def test_a_duty_is_seen_by_who_owes_it_by_whom_it_is_owed_to_and_in_its_area(province: Province) -> None:
    row = duty(province, "unit", by="labour", kind="guidance", title="Hướng dẫn khám chữa bệnh")
    seen = {key for key, seat in province.seats.items() if row in Duty.objects.visible_to(seat, TODAY)}
    assert {"unit", "labour", "board", "front", "auditor"} <= seen
    assert not seen & {"commune", "commune_b", "commune_c", "district"}
    own = duty(province)
    assert own in Duty.objects.visible_to(province.seats["commune"], TODAY)
    assert own not in Duty.objects.visible_to(province.seats["commune_b"], TODAY)
    assert list(Duty.objects.visible_to(None, TODAY)) == []


# --- what the database itself refuses ---


def broken(**changes: object) -> None:
    """A copy of the only duty with these changes, straight into the table."""
    row = Duty.objects.get()
    for name, value in {"pk": None, "title": "Việc khác", **changes}.items():
        setattr(row, name, value)
    with transaction.atomic():
        row.save(force_insert=True)


def test_impossible_duties_are_refused_by_the_database(province: Province) -> None:
    row = duty(province)
    wrongs: list[dict[str, object]] = [
        {"title": row.title}, {"title": ""}, {"year": 1999}, {"year": 2101}, {"owed_to_id": row.party_id},
        {"ended_on": TODAY}, {"ended_why": "Vì sao"}, {"file": province.file()}, {"file_name": "tên"},
    ]  # fmt: skip
    for wrong in wrongs:
        with pytest.raises(IntegrityError):
            broken(**wrong)
    broken(title="Việc khác hẳn")


def test_impossible_handings_are_refused_by_the_database(province: Province) -> None:
    row = handed(duty(province), province, by="commune")
    wrongs: list[dict[str, object]] = [
        {}, {"paper": "", "ended_on": TODAY, "ended_why": "x"}, {"accepted": True, "ended_on": TODAY, "ended_why": "x"},
        {"accepted": False, "answered_on": TODAY, "answered_by": row.entered_by, "ended_on": TODAY, "ended_why": "x"},
    ]  # fmt: skip
    for wrong in wrongs:
        copy = Handing.objects.get(pk=row.pk)
        for name, value in {"pk": None, **wrong}.items():
            setattr(copy, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save(force_insert=True)


def test_no_line_is_ever_rewritten_or_deleted(province: Province) -> None:
    row = duty(province)
    told = handed(row, province)
    for table, change in ((Duty, {"due_on": TODAY}), (Handing, {"handed_on": TODAY}), (Handing, {"paper": "x"})):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            table.objects.update(**change)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        Handing.objects.filter(pk=told.pk).delete()


@pytest.mark.parametrize(
    "title", ["Báo cáo kết quả giảm nghèo", "Báo cáo kết quả giảm nghèo năm", "Báo cáo kết quả giảm nghèo  năm 2020"]
)
def test_the_year_of_a_duty_is_said_once(title: str) -> None:
    assert actions.of_year(title, 2020) == "Báo cáo kết quả giảm nghèo năm 2020"


def test_a_title_that_names_another_year_keeps_it() -> None:
    assert actions.of_year("Báo cáo số liệu năm 2019", 2020) == "Báo cáo số liệu năm 2019 năm 2020"
