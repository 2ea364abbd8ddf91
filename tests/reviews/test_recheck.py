"""Complaints that lead to a re-check: whoever was left out comes in, and what was answered is changed no more."""

from datetime import date
from typing import Any

import pytest

from chungtay.households.models import Household
from chungtay.law.population import Move
from chungtay.law.refusals import Conflict, Refused
from chungtay.law.reviewing import Stage
from chungtay.records import journal
from chungtay.reviews import complaining, listing, steps
from chungtay.reviews.models import Assessment, CommuneReview, Complaint
from tests.make import Province, post_form
from tests.reviews.doing import POSTED, SENT, bring, finish, fresh, opened_with, points, row_of, score
from tests.reviews.people import NEAR, OWN, POOR, SIBLING, household, households

pytestmark = [pytest.mark.django_db, pytest.mark.clause("TT 17/2016")]
LATE = date(2020, 10, 13)


def complain(province: Province, review: CommuneReview, about: Household | None, **more: Any) -> Complaint:
    told = {"who": "Danh Út", "text": "Sai", "by": province.seats["commune"], "on": POSTED, **more}
    return complaining.receive(review, household=None if about is None else about.pk, **told)


def answer(province: Province, complaint: Complaint, outcome: str = "Đã phúc tra", **more: Any) -> Complaint:
    row = Complaint.objects.select_related("review__round__previous", "review__place").get(pk=complaint.pk)
    told = {"by": province.seats["commune"], "on": POSTED, "version": row.version, **more}
    return complaining.answer(row, outcome=outcome, **told)


def add(province: Province, complaint: Complaint, home: Household, **more: Any) -> Assessment:
    told = {"by": province.seats["commune"], "on": POSTED, "version": complaint.version, **more}
    return complaining.add_omitted(complaint, home, **told)


def posted(province: Province, *listed: Household) -> CommuneReview:
    return bring(province, opened_with(province, *listed), Stage.POSTED)


# --- who was left out ---


def test_a_household_that_was_left_out_comes_onto_the_posted_list_and_into_the_figures(province: Province) -> None:
    listed, omitted = households(province, 2)
    review = posted(province, listed)
    complaint = complain(province, review, omitted, text="Ấp bỏ sót hộ này")
    assert (complaint.household, complaint.classed_before) == (omitted, "")
    made = add(province, complaint, omitted)
    assert (made.before, made.origin, made.standing) == ("outside", "asked_in", "")
    with pytest.raises(Refused, match="chưa chấm điểm: phúc tra xong rồi mới trả lời"):
        answer(province, complaint)
    with pytest.raises(Refused, match="Còn 1 hộ chưa được xếp loại"):
        steps.send(fresh(review), by=province.seats["commune"], on=SENT)
    assert score(province, review, omitted.pk, points(100, 20)).move == Move.NEWLY_ARISING
    told = answer(province, complaint, "Đúng là bỏ sót")
    assert (told.classed_before, told.classed_after) == ("", "income_poor")
    locked = finish(province, review.round)
    assert locked.figures.get(place=province.places[OWN]).poor == 2
    omitted.refresh_from_db()
    assert omitted.standing == "income_poor"


def test_a_complaint_that_named_nobody_is_about_whom_the_recheck_found(province: Province) -> None:
    listed, omitted, other = households(province, 3)
    review = posted(province, listed)
    complaint = complain(province, review, None)
    add(province, complaint, omitted)
    complaint.refresh_from_db()
    assert complaint.household == omitted
    with pytest.raises(Refused, match="về một hộ khác"):
        add(province, complaint, other)


def test_only_a_household_of_the_commune_that_is_not_listed_can_have_been_left_out(province: Province) -> None:
    listed, elsewhere = household(province), household(province, SIBLING)
    left = household(province, closed_on=date(2019, 5, 1), closed_why="moved_out", persons=0)
    review = posted(province, listed)
    complaint = complain(province, review, None)
    for home, why in ((listed, "đã có trong danh sách"), (elsewhere, "không ở trong xã"), (left, "đã ra khỏi sổ")):
        with pytest.raises(Refused, match=why):
            add(province, complaint, home)
    with pytest.raises(Refused, match="không ở trong xã"):
        complain(province, review, elsewhere)
    with pytest.raises(Refused, match="đã ra khỏi sổ"):
        complain(province, review, left)


def test_nobody_is_added_without_a_complaint_that_waits_nor_by_another_desk(province: Province) -> None:
    listed, omitted = households(province, 2)
    review = posted(province, listed)
    with pytest.raises(Refused, match="không thêm hộ được lúc này"):
        listing.add(review, omitted, by=province.seats["commune"], on=POSTED)
    complaint = complain(province, review, omitted)
    with pytest.raises(Refused, match="lúc này"):
        add(province, complaint, omitted, by=province.seats["district"])
    answer(province, complaint, "Không bỏ sót")
    complaint.refresh_from_db()
    assert (complaint.classed_before, complaint.classed_after) == ("", "")
    with pytest.raises(Refused, match="Đã trả lời ngày 01/10/2020"):
        add(province, complaint, omitted)
    late = steps.send(fresh(review), by=province.seats["commune"], on=SENT)
    with pytest.raises(Refused, match="lúc này"):
        add(province, Complaint(pk=complaint.pk, review=late, household=omitted), omitted, on=SENT)


def test_whoever_looked_at_an_older_complaint_adds_nobody(province: Province) -> None:
    listed, omitted = households(province, 2)
    review = posted(province, listed)
    complaint = complain(province, review, None)
    with pytest.raises(Conflict):
        add(province, complaint, omitted, version=complaint.version + 1)
    assert not Assessment.objects.filter(household=omitted).exists()


# --- what was answered ---


def test_once_answered_the_class_stays_as_it_was_told(province: Province) -> None:
    one = household(province)
    review = posted(province, one)
    told = answer(province, complain(province, review, one), "Giữ nguyên")
    assert (told.classed_before, told.classed_after) == ("income_poor", "income_poor")
    with pytest.raises(Refused, match="chỉ phúc tra hộ có khiếu nại chưa trả lời"):
        score(province, review, one.pk, points(160, 0))
    mine = row_of(review, one)
    with pytest.raises(Refused, match="chỉ phúc tra hộ có khiếu nại chưa trả lời"):
        listing.mark_gone(mine, Move.DIED, by=province.seats["commune"], on=POSTED, version=mine.version)
    assert row_of(review, one).standing == "income_poor"


def test_the_answer_keeps_the_class_before_and_after(province: Province) -> None:
    one = household(province)
    review = posted(province, one)
    complaint = complain(province, review, one)
    score(province, review, one.pk, points(*NEAR))
    told = answer(province, complaint)
    assert (told.classed_before, told.classed_after) == ("income_poor", "near_poor")
    act = list(journal.of(review))[-1]
    assert (act.act, act.body["complaint"]) == ("review_recheck", complaint.pk)


def test_a_second_complaint_opens_the_recheck_again_until_it_is_answered_too(province: Province) -> None:
    one = household(province)
    review = posted(province, one)
    answer(province, complain(province, review, one))
    second = complain(province, review, one)
    assert score(province, review, one.pk, points(160, 0)).standing == "outside"
    assert answer(province, second).classed_after == "outside"
    with pytest.raises(Refused, match="chưa trả lời"):
        score(province, review, one.pk, points(*POOR))


def test_an_answer_of_an_earlier_posting_opens_nothing_in_the_next(province: Province) -> None:
    one = household(province)
    review = posted(province, one)
    answer(province, complain(province, review, one))
    steps.send(fresh(review), by=province.seats["commune"], on=SENT)
    review = fresh(review)
    steps.send_back(review, by=province.seats["district"], on=SENT, why="Chấm lại")
    review = bring(province, fresh(review), Stage.POSTED)
    with pytest.raises(Refused, match="chưa trả lời"):
        score(province, review, one.pk, points(160, 0))


def test_a_complaint_may_find_that_a_household_is_gone_and_that_one_gone_is_there(province: Province) -> None:
    left, stays = households(province, 2)
    review = bring(province, opened_with(province, left, stays), Stage.SCORING)
    mine, seat = row_of(review, stays), province.seats["commune"]
    Household.objects.filter(pk=stays.pk).update(closed_on=date(2020, 9, 2), closed_why="died", persons=0)
    listing.mark_gone(mine, Move.DIED, by=seat, on=POSTED, version=mine.version)
    review = bring(province, review, Stage.POSTED)
    first, second = complain(province, review, left), complain(province, review, stays)
    mine = row_of(review, left)
    listing.mark_gone(mine, Move.MOVED_OUT, by=seat, on=POSTED, version=mine.version)
    told = answer(province, first)
    assert (told.classed_before, told.classed_after) == ("income_poor", "moved_out")
    with pytest.raises(Refused, match="sổ hộ vẫn ghi đang ở xã"):
        steps.send(fresh(review), by=seat, on=LATE)
    Household.objects.filter(pk=left.pk).update(closed_on=date(2020, 9, 3), closed_why="moved_out", persons=0)
    Household.objects.filter(pk=stays.pk).update(closed_on=None, closed_why="", persons=4)
    mine = row_of(review, stays)
    listing.mark_gone(mine, None, by=seat, on=POSTED, version=mine.version)
    score(province, review, stays.pk, points(*POOR))
    told = answer(province, second)
    assert (told.classed_before, told.classed_after) == ("died", "income_poor")
    assert steps.send(fresh(review), by=seat, on=LATE).now is Stage.SENT


# --- on the pages ---


def test_the_commune_adds_whom_a_complaint_names_from_its_page(province: Province) -> None:
    listed, omitted = households(province, 2)
    review, client = posted(province, listed), province.client("commune")
    told = {"who": "Danh Út", "text": "Bỏ sót", "household": omitted.code, "received_on": "05/10/2020"}
    at = f"/ra-soat/xa/{review.pk}/khieu-nai/"
    assert "sổ hộ của xã" in post_form(client, at, {**told, "household": "99999-00001"}).content.decode()
    assert post_form(client, at, told).status_code == 302
    complaint = Complaint.objects.get()
    page = client.get(f"/ra-soat/khieu-nai/{complaint.pk}/").content.decode()
    assert "Thêm hộ bị bỏ sót" in page
    at = f"/ra-soat/khieu-nai/{complaint.pk}/them-ho/"
    assert omitted.head_name in client.get(at).content.decode()
    wrong = post_form(client, at, {"household": str(listed.pk), "came": "", "version": str(complaint.version)})
    assert "về một hộ khác" in wrong.content.decode()
    added = post_form(client, at, {"household": str(omitted.pk), "came": "", "version": str(complaint.version)})
    mine = row_of(review, omitted)
    assert added.headers["Location"] == f"/ra-soat/phieu/{mine.pk}/"
    form = {"persons": "4", "b1": "100", "lacking": ["water"], "version": str(mine.version)}
    assert post_form(client, f"/ra-soat/phieu/{mine.pk}/", form).status_code == 302
    complaint.refresh_from_db()
    done = {"outcome": "Đúng", "version": str(complaint.version)}
    assert post_form(client, f"/ra-soat/khieu-nai/{complaint.pk}/", done).status_code == 302
    page = client.get(f"/ra-soat/xa/{review.pk}/khieu-nai/").content.decode()
    assert "(chưa có trong danh sách → hộ nghèo về thu nhập)" in page
    again = client.get(f"/ra-soat/khieu-nai/{complaint.pk}/").content.decode()
    assert "sau phúc tra hộ nghèo về thu nhập" in again
    assert "Thêm hộ bị bỏ sót" not in again
