"""A round from its opening to its lock: who may do what, what is asked for, what is refused."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.accounts.models import Notice
from chungtay.households.models import Event, Household
from chungtay.law.population import Move
from chungtay.law.refusals import Refused
from chungtay.law.reviewing import STEPS, Stage
from chungtay.records import journal
from chungtay.reviews import complaining, listing, locking, meetings, opening, scoring, steps
from chungtay.reviews.models import Application, Assessment, CommuneReview, Figures
from chungtay.reviews.scoring import Found
from tests.make import Province
from tests.reviews.doing import (
    OPENED,
    POSTED,
    SEATS,
    SENT,
    agree_everywhere,
    bring,
    days,
    finish,
    fresh,
    open_round,
    points,
    review_of,
    row_of,
    score,
)
from tests.reviews.people import NEAR, OUTSIDE, OWN, POOR, SIBLING, household, households, locked, row

pytestmark = [pytest.mark.django_db, pytest.mark.clause("TT 17/2016")]


def test_every_commune_of_the_day_gets_its_review_and_last_years_households(province: Province) -> None:
    poor, near, outside = households(province, 3)
    first = locked(province, 2019, [row(poor, POOR), row(near, NEAR), row(outside, OUTSIDE)])
    opened = open_round(province)
    assert opened.previous == first
    assert set(opened.communes.values_list("stage", flat=True)) == {"listing"}
    assert opened.communes.count() == 3
    review = review_of(opened, province)
    found = {r.household_id: (r.before, r.persons_before, r.origin, r.standing) for r in review.assessments.all()}
    assert found == {
        poor.pk: ("income_poor", 4, "carried", ""),
        near.pk: ("near_poor", 4, "carried", ""),
    }
    assert Notice.objects.filter(desk=province.seats["commune"].desk, link=f"/ra-soat/xa/{review.pk}/").exists()
    assert journal.of(opened).get().body["carried"] == 2


def test_the_newly_escaped_are_carried_too_for_thirty_six_months(province: Province) -> None:
    lately, long_ago = households(province, 2)
    first = locked(province, 2015, [row(lately, POOR), row(long_ago, POOR)], review_on=date(2016, 1, 1))
    second = locked(province, 2016, [row(lately, POOR), row(long_ago, OUTSIDE)], previous=first)
    third = locked(province, 2017, [row(lately, OUTSIDE), row(long_ago, OUTSIDE)], previous=second)
    locked(province, 2018, [], previous=third)
    opened = open_round(province)
    assert set(opened.communes.get(place=province.places[OWN]).assessments.values_list("household", "before")) == {
        (lately.pk, "outside")
    }


def test_carrying_hundreds_of_households_takes_no_statement_for_each(province: Province) -> None:
    locked(province, 2019, [row(one, POOR) for one in households(province, 300)])
    with CaptureQueriesContext(connection) as queries:
        opened = open_round(province)
    assert opened.communes.get(place=province.places[OWN]).assessments.count() == 300
    assert sum(not one["sql"].startswith("INSERT") for one in queries) <= 20


@pytest.mark.parametrize("desk", ["commune", "district", "chair", "board", "front"])
def test_only_the_department_of_labour_opens_a_round(province: Province, desk: str) -> None:
    with pytest.raises(Refused, match="Sở Lao động"):
        opening.open_round(province.places["kg"], days(), by=province.seats[desk], on=OPENED)


def test_a_round_waits_for_the_lock_of_the_one_before(province: Province) -> None:
    open_round(province)
    with pytest.raises(Refused, match="chưa khóa số liệu"):
        open_round(province, year=2021)


def test_a_first_round_carries_nobody_and_compares_with_nothing(province: Province) -> None:
    opened = open_round(province)
    assert not opened.compares
    assert not Assessment.objects.exists()


def opened_with(province: Province, *listed: Household, scores: tuple[int, int] = POOR) -> CommuneReview:
    """The review of the first commune in 2020, after a year in which these were listed."""
    locked(province, 2019, [row(one, scores) for one in listed])
    return review_of(open_round(province), province)


def test_a_household_found_lived_there_unlisted_and_arises_newly(province: Province) -> None:
    review, new = opened_with(province, household(province)), household(province)
    added = listing.add(review, new, by=province.seats["commune"], on=POSTED)
    assert (added.before, added.came, added.origin) == ("outside", "", "found")
    bring(province, review, Stage.SCORING)
    assert score(province, review, new.pk, points(100, 0)).move == Move.NEWLY_ARISING


def test_a_household_is_added_once_and_only_in_its_own_commune(province: Province) -> None:
    listed, elsewhere = household(province), household(province, SIBLING)
    review = opened_with(province, listed)
    for wrong, why in ((listed, "đã có trong danh sách"), (elsewhere, "không ở trong xã")):
        with pytest.raises(Refused, match=why):
            listing.add(review, wrong, by=province.seats["commune"], on=POSTED)
    with pytest.raises(Refused, match="ngoài địa bàn"):
        listing.add(review, elsewhere, by=province.seats["commune_b"], on=POSTED)


def test_a_request_that_waits_is_answered_by_the_round(province: Province) -> None:
    review, asking = opened_with(province, household(province)), household(province)
    request = Application.objects.create(
        household=asking, area_path=asking.area_path, kind="enter", reason="Mất mùa", received_on=OPENED,
        due_on=POSTED, due_source="TT 17/2016",
    )  # fmt: skip
    added = listing.carry_request(review, request, by=province.seats["commune"], on=POSTED)
    request.refresh_from_db()
    assert (added.origin, request.state, request.decided_on) == ("asked_in", "carried", POSTED)
    with pytest.raises(Refused, match="đã có kết quả"):
        listing.carry_request(review, request, by=province.seats["commune"], on=POSTED)


def test_the_register_tells_who_is_gone_and_who_came(province: Province) -> None:
    away, dead, moved, kept = households(province, 4)
    review = opened_with(province, away, dead, moved, kept)
    Household.objects.filter(pk=away.pk).update(closed_on=OPENED, closed_why="moved_out")
    Household.objects.filter(pk=dead.pk).update(closed_on=OPENED, closed_why="died")
    sibling = province.places[SIBLING]
    Household.objects.filter(pk=moved.pk).update(place=sibling, area_path=sibling.path)
    Event.objects.create(household=moved, kind=Event.Kind.MOVED_IN, on=OPENED, **area_of_event(sibling.path))
    assert listing.follow_register(review, by=province.seats["commune"], on=POSTED) == (3, 0)
    told = dict(review.assessments.values_list("household", "gone"))
    assert told == {away.pk: "moved_out", dead.pk: "died", moved.pk: "moved_out", kept.pk: ""}
    other = review_of(review.round, province, SIBLING)
    with pytest.raises(Refused, match="chưa có trong danh sách rà soát"):
        steps.close_list(other, by=province.seats["commune_b"], on=POSTED)
    assert listing.follow_register(other, by=province.seats["commune_b"], on=POSTED) == (0, 1)
    assert other.assessments.get().came == Move.MOVED_IN
    assert listing.follow_register(review, by=province.seats["commune"], on=POSTED) == (0, 0)


def area_of_event(path: str) -> dict[str, str]:
    """An event's area, where the register writes one."""
    names = {field.name for field in Event._meta.concrete_fields}
    return {"area_path": path} if "area_path" in names else {}


def test_only_a_household_that_no_list_held_may_be_dropped(province: Province) -> None:
    listed, found = households(province, 2)
    review = opened_with(province, listed)
    added = listing.add(review, found, by=province.seats["commune"], on=POSTED)
    listing.drop(added, by=province.seats["commune"], on=POSTED, version=added.version)
    assert not review.assessments.filter(household=found).exists()
    kept = row_of(review, listed)
    with pytest.raises(Refused, match="Hộ có trong danh sách kỳ trước"):
        listing.drop(kept, by=province.seats["commune"], on=POSTED, version=kept.version)


def test_closing_scoring_names_everything_that_is_missing_at_once(province: Province) -> None:
    unscored = households(province, 12)
    review = opened_with(province, *unscored)
    steps.close_list(review, by=province.seats["commune"], on=POSTED)
    with pytest.raises(Refused) as refused:
        steps.close_scoring(review, by=province.seats["commune"], on=POSTED)
    told = [reason.text for reason in refused.value.reasons]
    assert sum("chưa chấm điểm." in one and one.startswith("Hộ") for one in told) == 10
    assert "Còn 2 hộ nữa chưa chấm điểm." in told
    assert "Chưa ghi tổng số hộ, nhân khẩu, hộ dân tộc thiểu số của xã." in told


@pytest.mark.parametrize(
    ("b1", "b2", "outcome"),
    [(120, 0, "income_poor"), (121, 30, "service_poor"), (121, 20, "near_poor"), (150, 30, "service_poor"),
     (151, 90, "outside")],
)  # fmt: skip
def test_the_class_is_shown_at_once_with_its_lines(province: Province, b1: int, b2: int, outcome: str) -> None:
    one = household(province)
    review = bring(province, opened_with(province, one), Stage.SCORING)
    scored = score(province, review, one.pk, points(b1, b2))
    assert scored.standing == outcome
    assert scored.because["standard"] == "2016-2020"
    assert f"Điểm B1 là {b1}" in scored.because["lines"][1]
    assert scored.because["sources"]


@pytest.mark.parametrize(("total", "outcome"), [(2_800_000, "income_poor"), (2_800_001, "near_poor")])
def test_income_is_compared_for_the_whole_household(province: Province, total: int, outcome: str) -> None:
    one = household(province)
    review = bring(province, opened_with(province, one), Stage.SCORING)
    scored = score(province, review, one.pk, Found(persons=4, income_total=total, lacking=frozenset()))
    assert (scored.standing, scored.b1, scored.income_total) == (outcome, None, total)


@pytest.mark.parametrize(("day", "outcome"), [(date(2021, 12, 31), "service_poor"), (date(2022, 1, 1), "poor")])
def test_the_standard_of_the_rounds_day_decides(province: Province, day: date, outcome: str) -> None:
    """130 points and three deprivations: between the old lines, below the new single one."""
    one = household(province)
    opened = open_round(province, review_on=day)
    review = review_of(opened, province)
    listing.add(review, one, by=province.seats["commune"], on=POSTED)
    bring(province, review, Stage.SCORING)
    assert score(province, review, one.pk, points(130, 30)).standing == outcome


def test_what_is_wrong_with_a_score_is_said_at_its_fields(province: Province) -> None:
    one = household(province)
    review = bring(province, opened_with(province, one), Stage.SCORING)
    with pytest.raises(Refused) as refused:
        score(province, review, one.pk, Found(persons=0, causes=frozenset({"luck"})))
    assert {reason.field for reason in refused.value.reasons} == {"persons", "b1", "causes"}
    with pytest.raises(Refused, match="bội số của 10"):
        score(province, review, one.pk, points(100, 25))


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
    told = {"who": "Danh Út", "text": "Hộ bên cạnh có máy cày", "by": province.seats["commune"], "on": day}
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
    assert journal.of(review).last().act == "review_recheck"
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
