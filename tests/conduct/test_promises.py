"""Programmes of communes and districts; commitments to a poor area and who confirms them (KH IV.1.2.c, d)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from chungtay.accounts.models import Notice
from chungtay.conduct import promising
from chungtay.conduct.models import Commitment, Programme, Result
from chungtay.conduct.promising import Issued, Promise
from chungtay.law.refusals import Conflict, Refused
from chungtay.records import journal
from tests.conduct.made import answered, commitment, programme, result
from tests.make import TODAY, Province


def fields(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {reason.field for reason in refused.value.reasons}


# --- programmes ---


@pytest.mark.clause("KH IV.1.2.c")
def test_a_commune_enters_its_resolution_with_the_money_it_sets_aside(province: Province) -> None:
    row = programme(province)
    assert (row.number, row.budget, row.area_path) == ("12/NQ-HĐND", 500_000_000, province.bodies["commune"].area_path)
    assert [entry.body["number"] for entry in journal.of(row)] == ["12/NQ-HĐND"]
    assert programme(province, by="district", number="13/NQ-HĐND").entered_by == province.bodies["district"]


@pytest.mark.parametrize("seat", ["commune_b", "commune_c", "unit", "board", "front"])
def test_nobody_enters_the_programme_of_a_commune_that_is_not_its_own(province: Province, seat: str) -> None:
    with pytest.raises(Refused, match="thuộc địa bàn của bạn"):
        programme(province, by=seat)


def test_a_department_issues_no_programme_of_this_kind(province: Province) -> None:
    with pytest.raises(Refused):
        programme(province, "unit", by="labour")


def test_everything_wrong_with_a_programme_is_said_at_once(province: Province) -> None:
    with pytest.raises(Refused) as refused:
        programme(province, kind="poem", number="", title="ngắn", issued_on=TODAY + timedelta(days=1), budget=-1)
    assert fields(refused) == {"kind", "number", "title", "issued_on", "budget"}
    with pytest.raises(Refused) as refused:
        programme(province, expires_on=date(2018, 7, 19))
    assert fields(refused) == {"expires_on"}
    assert programme(province, expires_on=date(2018, 7, 20)).pk


def test_one_paper_stands_once_and_is_corrected_by_a_new_line(province: Province) -> None:
    row = programme(province)
    with pytest.raises(Refused, match="đã có trong sổ"):
        programme(province)
    told = Issued("resolution", "12/NQ-HĐND", "Về giảm nghèo bền vững của xã", date(2018, 7, 20), None, 700_000_000)
    made = promising.correct_programme(row, told, reason="Ghi thiếu vốn", by=province.seats["commune"], on=TODAY)
    row.refresh_from_db()
    assert (row.budget, row.ended_why, made.budget, made.corrects) == (500_000_000, "Ghi thiếu vốn", 700_000_000, row)
    promising.take_out_programme(made, reason="Văn bản của xã khác", by=province.seats["commune"], on=TODAY)
    assert Programme.objects.in_force().count() == 0
    with pytest.raises(Refused, match="thôi dùng"):
        promising.take_out_programme(made, reason="Văn bản của xã khác", by=province.seats["commune"], on=TODAY)


# --- commitments ---


@pytest.mark.clause("KH IV.1.2.d")
def test_a_result_counts_once_the_commune_that_was_helped_confirms_it(province: Province) -> None:
    row = commitment(province)
    told = result(row, province)
    assert told.accepted is None
    answered(told, province)
    found = Result.objects.get()
    assert (found.accepted, found.answered_by, found.answered_on) == (True, province.bodies["commune"], TODAY)
    assert [entry.act for entry in journal.of(row)] == ["promise_help", "tell_result", "answer_result"]
    texts = Notice.objects.filter(desk__body=province.bodies["commune"]).order_by("id").values_list("text", flat=True)
    assert list(texts) == [
        "Sở Y tế cam kết giúp: Xây hai căn nhà cho hộ nghèo", "Sở Y tế báo kết quả giúp, chờ xã xác nhận.",
    ]  # fmt: skip
    assert Notice.objects.filter(desk__body=province.bodies["unit"]).count() == 1


@pytest.mark.parametrize("seat", ["commune_b", "commune_c", "district", "labour", "unit"])
def test_nobody_but_the_commune_that_was_helped_confirms(province: Province, seat: str) -> None:
    told = result(commitment(province), province)
    with pytest.raises(Refused, match="Chỉ xã, phường được giúp"):
        answered(told, province, by=seat)


def test_a_commune_does_not_confirm_the_help_it_gave_itself(province: Province) -> None:
    told = result(commitment(province, by="commune"), province, by="commune")
    with pytest.raises(Refused, match="Chỉ xã, phường được giúp"):
        answered(told, province)


def test_whoever_says_it_is_not_so_says_where(province: Province) -> None:
    told = result(commitment(province), province)
    with pytest.raises(Refused) as refused:
        promising.answer_result(told, accepted=False, answer=" ", by=province.seats["commune"], on=TODAY)
    assert fields(refused) == {"answer"}
    answered(told, province, accepted=False)
    with pytest.raises(Conflict):
        answered(Result.objects.select_related("commitment__party").get(), province)


@pytest.mark.parametrize("seat", ["commune", "board", "office", "admin"])
def test_nobody_promises_for_a_unit_that_is_not_its_own(province: Province, seat: str) -> None:
    promised = Promise(province.places["kg-30847"], "", "Xây hai căn nhà", date(2018, 1, 1), date(2019, 1, 1))
    with pytest.raises(Refused, match="cam kết của cơ quan bạn"):
        promising.promise(province.bodies["unit"], promised, by=province.seats[seat], on=TODAY)


def test_a_promise_names_a_commune_and_says_what_until_when(province: Province) -> None:
    with pytest.raises(Refused) as refused:
        commitment(province, place="kg-903", what="nhà", until=date(2017, 12, 31))
    assert fields(refused) == {"place", "what", "until"}
    assert commitment(province, since=date(2018, 1, 1), until=date(2018, 1, 1)).pk


@pytest.mark.parametrize(
    ("day", "fits"),
    [(date(2017, 12, 31), False), (date(2018, 1, 1), True), (TODAY, True), (TODAY + timedelta(days=1), False)],
)
def test_a_result_lies_between_the_first_day_and_today(province: Province, day: date, fits: bool) -> None:
    row = commitment(province)
    if fits:
        assert result(row, province, day).day == day
        return
    with pytest.raises(Refused) as refused:
        result(row, province, day)
    assert fields(refused) == {"day"}


def test_a_corrected_promise_takes_its_results_with_it_but_not_to_another_commune(province: Province) -> None:
    row = commitment(province)
    told = answered(result(row, province), province)
    by = province.seats["unit"]
    elsewhere = Promise(province.places["kg-30850"], "", row.what, row.since, row.until)
    with pytest.raises(Refused) as refused:
        promising.correct_commitment(row, elsewhere, reason="Đổi xã", by=by, on=TODAY)
    assert "place" in fields(refused)
    longer = Promise(row.place, row.hamlet, row.what, row.since, date(2020, 12, 31))
    made = promising.correct_commitment(row, longer, reason="Kéo dài một năm", by=by, on=TODAY)
    told.refresh_from_db()
    assert (told.commitment, made.corrects, made.until) == (made, row, date(2020, 12, 31))
    assert list(Commitment.objects.in_force()) == [made]


@pytest.mark.parametrize(("since", "fits"), [(date(2019, 6, 1), True), (date(2019, 6, 2), False)])
def test_a_corrected_promise_does_not_begin_after_a_result_of_it(province: Province, since: date, fits: bool) -> None:
    row = commitment(province)
    result(row, province)
    later = Promise(row.place, row.hamlet, row.what, since, row.until)
    told: dict[str, Any] = {"reason": "Ghi nhầm ngày", "by": province.seats["unit"], "on": TODAY}
    if fits:
        assert promising.correct_commitment(row, later, **told).since == since
        return
    with pytest.raises(Refused) as refused:
        promising.correct_commitment(row, later, **told)
    assert fields(refused) == {"since"}


def test_what_was_answered_is_not_taken_out(province: Province) -> None:
    row = commitment(province)
    told = result(row, province)
    answered(told, province)
    by = province.seats["unit"]
    with pytest.raises(Refused, match="đã được xác nhận"):
        promising.take_out_result(told, reason="Báo nhầm số", by=by, on=TODAY)
    with pytest.raises(Refused, match="đã trả lời kết quả"):
        promising.take_out_commitment(row, reason="Ghi nhầm xã", by=by, on=TODAY)
    other = commitment(province, what="Tặng hai mươi suất học bổng")
    promising.take_out_result(result(other, province), reason="Báo nhầm số", by=by, on=TODAY)
    promising.take_out_commitment(other, reason="Ghi nhầm xã", by=by, on=TODAY)
    assert list(Commitment.objects.in_force()) == [row]


def test_a_promise_is_seen_where_it_helps_and_where_it_was_made(province: Province) -> None:
    row = commitment(province)
    seen = {key for key, seat in province.seats.items() if row in Commitment.objects.visible_to(seat, TODAY)}
    assert {"commune", "district", "unit", "labour"} <= seen
    assert not seen & {"commune_b", "commune_c"}


def test_impossible_rows_are_refused_by_the_database(province: Province) -> None:
    row, issued = commitment(province), programme(province)
    told = result(row, province)
    wrongs: list[tuple[Any, dict[str, Any]]] = [
        (row, {"what": ""}), (row, {"until": date(2017, 12, 31)}), (row, {"ended_on": TODAY}),
        (told, {"text": ""}), (told, {"accepted": True}), (told, {"answered_on": TODAY}),
        (issued, {}), (issued, {"number": ""}), (issued, {"number": "9", "title": ""}),
        (issued, {"number": "9", "expires_on": date(2018, 7, 19)}),
    ]  # fmt: skip
    for one, wrong in wrongs:
        copy = type(one).objects.get(pk=one.pk)
        for name, value in {"pk": None, **wrong}.items():
            setattr(copy, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save(force_insert=True)
    for table, change in ((Programme, {"budget": 1}), (Commitment, {"what": "x"}), (Result, {"text": "x"})):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            table.objects.update(**change)
