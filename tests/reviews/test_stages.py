"""From the hamlet meeting to the lock: what each step asks for, and to which desks it is refused."""

from datetime import date
from typing import Any

import pytest

from chungtay.accounts.models import Notice
from chungtay.law.population import Move
from chungtay.law.refusals import Refused
from chungtay.law.reviewing import STEPS, Stage
from chungtay.records import journal
from chungtay.reviews import complaining, listing, locking, meetings, scoring, steps
from chungtay.reviews.models import Assessment, CommuneReview, Figures
from tests.make import Province
from tests.reviews.doing import (
    POSTED,
    SEATS,
    SENT,
    agree_everywhere,
    bring,
    finish,
    fresh,
    open_round,
    opened_with,
    points,
    review_of,
    row_of,
    score,
)
from tests.reviews.people import NEAR, OWN, POOR, household, households, locked, row

pytestmark = [pytest.mark.django_db, pytest.mark.clause("TT 17/2016")]


@pytest.mark.parametrize(("agree", "agreed"), [(5, False), (6, True)])
def test_a_meeting_agrees_with_more_than_half_of_those_present(province: Province, agree: int, agreed: bool) -> None:
    review = bring(province, opened_with(province, household(province)), Stage.MEETING)
    heard = meetings.Heard("Ấp Hòa Tiến", POSTED, 10, agree, 10 - agree)
    made = meetings.record_meeting(review, heard, by=province.seats["commune"], on=POSTED)
    assert made.agreed is agreed
    if agreed:
        assert steps.close_meetings(review, by=province.seats["commune"], on=POSTED).now is Stage.AGREED
        return
    with pytest.raises(Refused, match="Ấp Hòa Tiến: họp chưa thống nhất"):
        steps.close_meetings(review, by=province.seats["commune"], on=POSTED)
    assert steps.score_again(review, by=province.seats["commune"], on=POSTED).now is Stage.SCORING


def test_a_list_that_changed_after_its_meeting_is_met_about_again(province: Province) -> None:
    one = household(province)
    review = bring(province, opened_with(province, one), Stage.MEETING)
    agree_everywhere(province, review)
    CommuneReview.objects.filter(pk=review.pk).update(stage="scoring")
    review = fresh(review)
    score(province, review, one.pk, points(130, 20))
    steps.close_scoring(review, by=province.seats["commune"], on=POSTED)
    with pytest.raises(Refused, match="phải họp lại"):
        steps.close_meetings(review, by=province.seats["commune"], on=POSTED)
    agree_everywhere(province, review)
    assert steps.close_meetings(review, by=province.seats["commune"], on=POSTED).now is Stage.AGREED


def test_a_meeting_belongs_to_a_hamlet_of_the_list_and_to_no_coming_day(province: Province) -> None:
    review = bring(province, opened_with(province, household(province)), Stage.MEETING)
    heard = meetings.Heard("Ấp Nào Đó", date(2020, 10, 2), 10, 11, 0)
    with pytest.raises(Refused) as refused:
        meetings.record_meeting(review, heard, by=province.seats["commune"], on=POSTED)
    assert {reason.field for reason in refused.value.reasons} == {"hamlet", "held_on", "agree"}


def test_posting_lasts_seven_working_days_and_the_result_is_sent_the_day_after(province: Province) -> None:
    review = bring(province, opened_with(province, household(province)), Stage.POSTED)
    assert (review.posted_on, review.posting_ends) == (date(2020, 10, 1), date(2020, 10, 12))
    with pytest.raises(Refused, match="Còn niêm yết đến hết ngày 12/10/2020"):
        steps.send(review, by=province.seats["commune"], on=date(2020, 10, 12))
    assert steps.send(review, by=province.seats["commune"], on=date(2020, 10, 13)).now is Stage.SENT
    assert Notice.objects.filter(desk=province.seats["district"].desk).exists()


@pytest.mark.parametrize(("day", "late"), [(date(2020, 10, 12), False), (date(2020, 10, 13), True)])
def test_complaints_come_in_until_the_last_day_of_posting(province: Province, day: date, late: bool) -> None:
    review = bring(province, opened_with(province, household(province)), Stage.POSTED)
    told: dict[str, Any] = {
        "who": "Danh Út",
        "text": "Hộ bên cạnh có máy cày",
        "by": province.seats["commune"],
        "on": day,
    }
    if late:
        with pytest.raises(Refused, match="Đã hết niêm yết"):
            complaining.receive(review, **told)
    else:
        assert complaining.receive(review, **told).received_on == day


def test_a_recheck_may_change_the_score_of_whom_it_is_about_until_it_is_sent(province: Province) -> None:
    accused, other = households(province, 2)
    review = bring(province, opened_with(province, accused, other), Stage.POSTED)
    with pytest.raises(Refused, match="chỉ phúc tra hộ có khiếu nại"):
        score(province, review, accused.pk, points(160, 0))
    seat = province.seats["commune"]
    complaint = complaining.receive(
        review, who="Danh Út", text="Nhà có máy cày", household=accused.pk, by=seat, on=POSTED
    )
    with pytest.raises(Refused, match="chỉ phúc tra hộ có khiếu nại"):
        score(province, review, other.pk, points(160, 0))
    assert score(province, review, accused.pk, points(160, 0)).standing == "outside"
    with pytest.raises(Refused, match="Còn 1 khiếu nại chưa trả lời"):
        steps.send(review, by=seat, on=SENT)
    complaining.answer(complaint, outcome="Đúng, chấm lại", by=seat, on=POSTED, version=complaint.version)
    assert list(journal.of(review))[-1].act == "review_recheck"
    review = fresh(review)
    steps.send(review, by=seat, on=SENT)
    with pytest.raises(Refused, match="không chấm điểm được lúc này"):
        score(province, review, accused.pk, points(100, 0), on=SENT)


def test_the_district_sends_back_with_its_reason_and_the_way_begins_at_scoring(province: Province) -> None:
    review = bring(province, opened_with(province, household(province)), Stage.SENT)
    with pytest.raises(Refused, match="Cần ghi lý do"):
        steps.send_back(review, by=province.seats["district"], on=SENT, why=" ")
    steps.send_back(review, by=province.seats["district"], on=SENT, why="Ấp Hòa Tiến tính sai điểm B2")
    assert (review.now, review.posted_on, review.returned_why) == (
        Stage.SCORING, None, "Ấp Hòa Tiến tính sai điểm B2",
    )  # fmt: skip
    assert Notice.objects.filter(desk=province.seats["commune"].desk, text__contains="trả lại").exists()


ACTS = {
    "list": lambda review, seat: steps.close_list(review, by=seat, on=SENT),
    "score": lambda review, seat: steps.close_scoring(review, by=seat, on=SENT),
    "agree": lambda review, seat: steps.close_meetings(review, by=seat, on=SENT),
    "disagree": lambda review, seat: steps.score_again(review, by=seat, on=SENT),
    "post": lambda review, seat: steps.post(review, by=seat, on=SENT),
    "send": lambda review, seat: steps.send(review, by=seat, on=SENT),
    "check": lambda review, seat: steps.check(review, by=seat, on=SENT),
    "send_back": lambda review, seat: steps.send_back(review, by=seat, on=SENT, why="Sai"),
    "recognise": lambda review, seat: steps.recognise(review, by=seat, on=SENT),
}


@pytest.mark.parametrize("name", ACTS)
def test_every_step_is_refused_to_every_desk_that_the_table_does_not_name(province: Province, name: str) -> None:
    review = review_of(open_round(province), province)
    for stage in Stage:
        CommuneReview.objects.filter(pk=review.pk).update(stage=stage.value)
        for key, seat in province.seats.items():
            named = any(seat.kind in step.desks and stage in step.from_stages for step in STEPS[name])
            if named:
                continue
            at = fresh(review)
            with pytest.raises(Refused):
                ACTS[name](at, seat)
            assert fresh(review).stage == stage.value, (key, stage)


def test_the_whole_way_ends_locked_with_figures_and_classes(province: Province) -> None:
    up, down, stays = households(province, 3)
    locked(province, 2019, [row(up, POOR), row(down, NEAR), row(stays, POOR)])
    opened = open_round(province)
    review = bring(province, review_of(opened, province), Stage.SCORING)
    score(province, review, up.pk, points(160, 0))
    score(province, review, down.pk, points(110, 30))
    finish(province, opened)
    figures = Figures.objects.in_force().get(round=opened, place=province.places[OWN])
    assert (figures.poor, figures.near_poor, figures.newly_escaped) == (2, 0, 1)
    assert figures.flows["poor"]["above"] == figures.flows["poor"]["from_other"] == 1
    up.refresh_from_db()
    assert (up.standing, up.standing_since, up.escaped_on) == ("outside", date(2020, 12, 1), SENT)
    assert set(opened.communes.values_list("stage", flat=True)) == {"locked"}
    opened.refresh_from_db()
    assert opened.decision == "24/QĐ-UBND"


def test_approval_waits_for_every_commune_and_names_those_that_lag(province: Province) -> None:
    opened = open_round(province)
    for commune in list(SEATS)[:2]:
        bring(province, review_of(opened, province, commune), Stage.RECOGNISED)
    with pytest.raises(Refused, match="Nam Thái A: xã chưa ký công nhận"):
        locking.approve(opened, decision="24/QĐ-UBND", by=province.seats["chair"], on=SENT)
    bring(province, review_of(opened, province, "kg-30985"), Stage.RECOGNISED)
    with pytest.raises(Refused, match="số quyết định"):
        locking.approve(opened, decision=" ", by=province.seats["chair"], on=SENT)
    with pytest.raises(Refused, match="Chủ tịch"):
        locking.approve(opened, decision="24/QĐ-UBND", by=province.seats["labour"], on=SENT)
    with pytest.raises(Refused, match="chưa được tỉnh phê duyệt"):
        locking.lock(opened, by=province.seats["labour"], on=SENT)


def test_a_round_whose_movement_does_not_close_is_not_locked(province: Province) -> None:
    """The control: the same round locks once the household that vanished is told again."""
    kept, lost = households(province, 2)
    review = opened_with(province, kept, lost)
    for commune in SEATS:
        bring(province, review_of(review.round, province, commune), Stage.RECOGNISED)
    locking.approve(review.round, decision="24/QĐ-UBND", by=province.seats["chair"], on=SENT)
    row_lost = row_of(review, lost)
    Assessment.objects.filter(pk=row_lost.pk).delete()
    assert [reason.text for reason in locking.faults(review.round)]
    with pytest.raises(Refused, match=r"Thổ Sơn: Biến động hộ nghèo không khớp"):
        locking.lock(review.round, by=province.seats["labour"], on=SENT)
    review.round.refresh_from_db()
    lost.refresh_from_db()
    assert (review.round.locked_on, Figures.objects.filter(round=review.round).count()) == (None, 0)
    assert lost.standing_since == date(2019, 12, 1)
    row_lost.save(force_insert=True)
    assert locking.lock(review.round, by=province.seats["labour"], on=SENT).locked_on == SENT


def test_a_persons_table_that_does_not_close_keeps_the_lock_open_too(province: Province) -> None:
    one = household(province)
    review = opened_with(province, one)
    Assessment.objects.filter(review=review).update(persons_before=3)
    told = " ".join(reason.text for reason in locking.faults(review.round))
    assert "số người thuộc hộ nghèo không khớp" in told


def test_a_household_gone_needs_its_reason_and_loses_its_score(province: Province) -> None:
    one = household(province)
    review = bring(province, opened_with(province, one), Stage.SCORING)
    scored = score(province, review, one.pk, points(100, 0))
    seat = province.seats["commune"]
    with pytest.raises(Refused, match="chuyển đi, nhập hộ"):
        listing.mark_gone(scored, Move.SPLIT, by=seat, on=POSTED, version=scored.version)
    listing.mark_gone(scored, Move.DIED, by=seat, on=POSTED, version=scored.version)
    assert (scored.gone, scored.move, scored.standing, scored.b1) == ("died", "died", "", None)
    with pytest.raises(Refused, match="không còn trong xã"):
        score(province, review, one.pk, points(100, 0))
    listing.mark_gone(scored, None, by=seat, on=POSTED, version=scored.version)
    assert scoring.next_unscored(review, Assessment(pk=0, hamlet="")) == scored
