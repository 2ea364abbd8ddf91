"""Good models: recorded, checked by the level above, published, taken up elsewhere (KH I.2.c, V.6, IV.1.2.d)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from chungtay.accounts.models import Notice
from chungtay.law.criteria import Known
from chungtay.law.refusals import Conflict, Refused
from chungtay.parties.models import Party
from chungtay.practices import actions, answering
from chungtay.practices.models import Adoption, Practice
from chungtay.practices.waiting import lines
from chungtay.records import journal
from tests.make import TODAY, Province
from tests.practices.told import adopted, checked, practice, published, story

DAY = timedelta(days=1)
SINCE, UNTIL = date(2018, 1, 1), date(2019, 12, 31)


def fields(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {reason.field for reason in refused.value.reasons}


# --- recording and checking ---


@pytest.mark.clause("KH V.6", "KH I.2.c")
def test_a_model_is_recorded_checked_by_the_district_and_published_for_everybody(province: Province) -> None:
    row = practice(province, province.household())
    seen = {key for key, seat in province.seats.items() if row in Practice.objects.visible_to(seat, TODAY)}
    assert not seen & {"commune_b", "commune_c", "unit"}
    published(row, province)
    assert (row.state, row.checked_by, row.published_on) == ("published", province.bodies["district"], TODAY)
    assert all(row in Practice.objects.visible_to(seat, TODAY) for seat in province.seats.values())
    assert list(Practice.objects.visible_to(None, TODAY)) == []
    acts = [entry.act for entry in journal.of(row)]
    assert acts == ["record_practice", "check_practice", "publish_practice"]
    assert Notice.objects.filter(desk__body=province.bodies["commune"]).count() == 2


def test_everything_that_is_missing_is_said_at_once(province: Province) -> None:
    with pytest.raises(Refused) as refused:
        practice(province, title="x", site="", what="ngắn", result="tốt", since=TODAY + DAY, escaped=13)
    assert fields(refused) == {"title", "site", "what", "result", "since", "escaped"}


@pytest.mark.parametrize(("escaped", "fits"), [(12, True), (13, False)])
def test_no_more_households_escape_than_take_part(province: Province, escaped: int, fits: bool) -> None:
    assert ([*actions.faults(story(escaped=escaped), TODAY)] == []) is fits


@pytest.mark.parametrize("seat", ["commune_b", "commune_c", "unit", "office", "admin"])
def test_nobody_records_the_model_of_somebody_out_of_sight(province: Province, seat: str) -> None:
    with pytest.raises(Refused, match="thuộc địa bàn"):
        practice(province, province.household(), by=seat)


@pytest.mark.clause("KH V.6")
def test_nobody_checks_what_it_recorded_itself(province: Province) -> None:
    row = practice(province, by="district")
    with pytest.raises(Refused, match="không ai tự kiểm tra"):
        checked(row, province)
    for seat in ("commune", "commune_c", "unit", "secretary"):
        with pytest.raises(Refused):
            checked(row, province, by=seat)
    assert checked(row, province, by="labour").state == "checked"


def test_what_is_sent_back_says_what_is_missing_and_may_be_changed_and_checked_again(province: Province) -> None:
    row, by = practice(province), province.seats["district"]
    with pytest.raises(Refused) as refused:
        actions.send_back(row, by=by, on=TODAY, version=row.version, note=" ")
    assert fields(refused) == {"note"}
    actions.send_back(row, by=by, on=TODAY, version=row.version, note="Ghi rõ vốn ban đầu")
    assert row.state == "returned"
    with pytest.raises(Refused, match="chưa khác bản được trả lại"):
        actions.change(row, story(), by=province.seats["commune"], on=TODAY, version=row.version)
    told = story(cost=15_000_000, title="Nuôi sò huyết, vốn nhỏ")
    actions.change(row, told, by=province.seats["commune"], on=TODAY, version=row.version)
    row.refresh_from_db()
    assert (row.state, row.cost, "von nho" in row.words) == ("recorded", 15_000_000, True)
    assert checked(row, province).state == "checked"
    with pytest.raises(Refused, match="đã được kiểm tra nên không sửa"):
        actions.change(row, told, by=province.seats["commune"], on=TODAY, version=row.version)


def test_the_second_of_two_who_check_is_told(province: Province) -> None:
    row = practice(province)
    stale = Practice.objects.get(pk=row.pk)
    checked(row, province)
    with pytest.raises(Conflict):
        actions.check(stale, by=province.seats["labour"], on=TODAY, version=1)


def test_what_is_no_longer_published_is_seen_at_home_only_and_may_be_published_again(province: Province) -> None:
    row, by = published(practice(province), province), province.seats["district"]
    actions.hide(row, by=by, on=TODAY, version=row.version)
    assert row not in Practice.objects.visible_to(province.seats["commune_c"], TODAY)
    assert row in Practice.objects.visible_to(province.seats["commune"], TODAY)
    assert actions.publish(row, by=by, on=TODAY, version=row.version).state == "published"
    with pytest.raises(Refused):
        actions.publish(row, by=by, on=TODAY, version=row.version)


def test_a_model_that_was_withdrawn_stays_with_its_reason(province: Province) -> None:
    row, by = practice(province), province.seats["commune"]
    with pytest.raises(Refused) as refused:
        actions.withdraw(row, by=by, on=TODAY, version=row.version, reason="")
    assert fields(refused) == {"reason"}
    actions.withdraw(row, by=by, on=TODAY, version=row.version, reason="Không còn làm nữa")
    assert (row.state, row.note) == ("withdrawn", "Không còn làm nữa")
    with pytest.raises(Refused):
        checked(row, province)


@pytest.mark.clause("KH V.6")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("so huyet", True), ("sò huyết dưới", True), ("RUNG so", True), ("kim quy", True), ("ubnd tho son", True),
        ("huyet xuong", False), ("o huyet", False),
    ],
)  # fmt: skip
def test_a_model_is_found_by_any_words_with_or_without_accents(province: Province, text: str, found: bool) -> None:
    row = practice(province)
    assert (row in Practice.objects.spoken_of(text)) is found


# --- taken up elsewhere ---


@pytest.mark.clause("KH IV.1.2.d")
def test_what_the_adopter_says_counts_at_once_and_what_others_say_once_it_agrees(province: Province) -> None:
    row = published(practice(province), province)
    own = adopted(row, province)
    assert (own.accepted, own.answered_on) == (True, TODAY)
    told = adopted(row, province, "commune_c", by="commune")
    assert told.accepted is None
    assert lines(province.seats["commune_c"], TODAY)[0]["badge_label"] == "Chờ bạn xác nhận"
    with pytest.raises(Refused, match="Chỉ nơi áp dụng"):
        actions.answer(told, accepted=True, text="", by=province.seats["commune"], on=TODAY)
    actions.answer(told, accepted=True, text="", by=province.seats["commune_c"], on=TODAY)
    with pytest.raises(Conflict):
        actions.answer(told, accepted=False, text="Không đúng", by=province.seats["commune_c"], on=TODAY)


def test_who_is_named_wrongly_says_so_and_why(province: Province) -> None:
    told = adopted(published(practice(province), province), province, "commune_c", by="commune")
    by = province.seats["commune_c"]
    with pytest.raises(Refused) as refused:
        actions.answer(told, accepted=False, text="", by=by, on=TODAY)
    assert fields(refused) == {"text"}
    actions.answer(told, accepted=False, text="Xã không nuôi sò", by=by, on=TODAY)
    assert ask(province.bodies["commune"]) == {}


@pytest.mark.parametrize(
    ("day", "fits"),
    [(date(2018, 2, 28), False), (date(2018, 3, 1), True), (TODAY, True), (TODAY + DAY, False)],
)
def test_a_model_is_copied_after_it_began_and_not_tomorrow(province: Province, day: date, fits: bool) -> None:
    row = published(practice(province), province)
    if fits:
        assert adopted(row, province, day=day).adopted_on == day
        return
    with pytest.raises(Refused) as refused:
        adopted(row, province, day=day)
    assert fields(refused) == {"adopted_on"}


def test_nobody_copies_itself_an_unchecked_model_or_twice(province: Province) -> None:
    row = practice(province)
    with pytest.raises(Refused, match="đã được kiểm tra"):
        adopted(row, province)
    published(row, province)
    with pytest.raises(Refused, match="không tự áp dụng"):
        adopted(row, province, "commune")
    with pytest.raises(Refused, match="Chỉ nơi áp dụng hoặc nơi có mô hình"):
        adopted(row, province, "commune_b", by="commune_c")
    adopted(row, province)
    with pytest.raises(Conflict):
        adopted(row, province)


def test_a_wrong_line_is_taken_out_by_who_wrote_it_or_by_the_adopter(province: Province) -> None:
    row = adopted(published(practice(province), province), province, "commune_c", by="commune")
    with pytest.raises(Refused):
        actions.take_out(row, reason="Ghi nhầm xã", by=province.seats["commune_b"], on=TODAY)
    actions.take_out(row, reason="Ghi nhầm xã", by=province.seats["commune"], on=TODAY)
    assert (Adoption.objects.in_force().count(), Adoption.objects.count()) == (0, 1)
    with pytest.raises(Conflict):
        actions.take_out(row, reason="Ghi nhầm xã", by=province.seats["commune"], on=TODAY)


# --- the fact ---


def ask(*parties: Party, since: date = SINCE, until: date = UNTIL, on: date = TODAY) -> dict[int, Known]:
    return answering.model_adopted([party.pk for party in parties], since=since, until=until, on=on)


@pytest.mark.clause("KH IV.1.2.d")
def test_the_answer_names_the_model_and_who_copied_it_and_is_missing_without_a_copy(province: Province) -> None:
    row = published(practice(province), province)
    commune = province.bodies["commune"]
    assert ask(commune) == {}
    adopted(row, province)
    adopted(row, province, "commune_c", by="commune")
    assert ask(commune, province.bodies["commune_b"]) == {
        commune.pk: Known(
            True,
            because="Mô hình “Nuôi sò huyết dưới tán rừng” được 1 nơi áp dụng và xác nhận: Ủy ban nhân dân xã Sơn Kiên;"
            " sớm nhất ngày 01/06/2019.",
        )
    }


@pytest.mark.parametrize(
    ("since", "until", "on", "counts"),
    [
        (date(2019, 6, 1), UNTIL, TODAY, True), (date(2019, 6, 2), UNTIL, TODAY, False),
        (SINCE, date(2019, 6, 1), TODAY, True), (SINCE, date(2019, 5, 31), TODAY, False),
        (SINCE, UNTIL, TODAY - DAY, False),
    ],
)  # fmt: skip
def test_a_copy_counts_in_the_period_it_began_in_from_the_day_it_was_confirmed(
    province: Province, since: date, until: date, on: date, counts: bool
) -> None:
    adopted(published(practice(province), province), province)
    assert (ask(province.bodies["commune"], since=since, until=until, on=on) != {}) is counts


def test_a_model_that_was_withdrawn_or_a_copy_taken_out_no_longer_speaks(province: Province) -> None:
    row = published(practice(province), province)
    line = adopted(row, province)
    actions.take_out(line, reason="Ghi nhầm xã", by=province.seats["commune_b"], on=TODAY)
    assert ask(province.bodies["commune"]) == {}
    adopted(row, province)
    assert ask(province.bodies["commune"]) != {}
    actions.withdraw(row, by=province.seats["commune"], on=TODAY, version=row.version, reason="Không có thật")
    assert ask(province.bodies["commune"]) == {}


def test_many_parties_cost_one_query(province: Province) -> None:
    for to in ("commune", "commune_b"):
        row = published(practice(province, province.bodies[to], by=to), province)
        adopted(row, province, "unit")
    everybody = [*Party.objects.order_by("pk").values_list("pk", flat=True), *range(10**6, 10**6 + 40_000)]
    for among in (everybody[:1], everybody):
        with CaptureQueriesContext(connection) as asked:
            found = answering.model_adopted(among, since=SINCE, until=UNTIL, on=TODAY)
        assert len(asked) == 1
    assert set(found) == {province.bodies["commune"].pk, province.bodies["commune_b"].pk}


# --- what the database itself refuses ---


def test_impossible_rows_are_refused_by_the_database(province: Province) -> None:
    row = published(practice(province), province)
    copy = adopted(row, province, "commune_c", by="commune")
    wrongs: list[tuple[Any, dict[str, Any]]] = [
        (row, {"title": ""}), (row, {"what": ""}), (row, {"state": "famous"}), (row, {"checked_by": None}),
        (row, {"published_on": None}), (row, {"state": "returned"}), (row, {"checked_by": row.recorded_by}),
        (copy, {}), (copy, {"ended_on": TODAY}), (copy, {"ended_on": TODAY, "ended_why": "x", "accepted": True}),
        (copy, {"ended_on": TODAY, "ended_why": "x", "accepted": False, "answered_on": TODAY}),
        (copy, {"ended_on": TODAY, "ended_why": "x", "result": ""}),
    ]  # fmt: skip
    for one, wrong in wrongs:
        made = type(one).objects.get(pk=one.pk)
        for name, value in {"pk": None, **wrong}.items():
            setattr(made, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            made.save(force_insert=True)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        Adoption.objects.update(result="x")
