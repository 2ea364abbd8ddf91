"""What keeps a round open beyond its communes' tables: the register, a class given twice, last year's ends."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from chungtay.households import actions as register
from chungtay.households import joining
from chungtay.households.models import Household
from chungtay.law.population import Move
from chungtay.law.refusals import Refused
from chungtay.law.reviewing import Stage
from chungtay.places.models import PlaceVersion, Succession
from chungtay.reviews import carrying, closing, listing, locking, steps
from chungtay.reviews.models import Assessment, CommuneReview, Figures, Round
from tests.households.make import household as family_of
from tests.make import Province
from tests.reviews.doing import (
    OPENED,
    POSTED,
    SEATS,
    SENT,
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
from tests.reviews.people import FOREIGN, NEAR, OUTSIDE, OWN, POOR, SIBLING, household, households, locked, row

pytestmark = [pytest.mark.django_db, pytest.mark.clause("TT 17/2016")]
OPEN_DAY = date(2020, 9, 15)


def mark(province: Province, review: CommuneReview, home: Household, why: Move | None = Move.DIED) -> Assessment:
    mine = row_of(review, home)
    return listing.mark_gone(mine, why, by=province.seats["commune"], on=POSTED, version=mine.version)


def close(province: Province, home: Household, why: str = "died", on: date = OPEN_DAY) -> None:
    fresh_home = Household.objects.get(pk=home.pk)
    register.close_household(fresh_home, why, by=province.seats["commune"], on=on, version=fresh_home.version)


def refused(act: Any, **told: Any) -> list[str]:
    with pytest.raises(Refused) as why:
        act(**told)
    return [reason.text for reason in why.value.reasons]


# --- a household that is gone, and the register ---


def test_scoring_is_not_closed_while_the_register_has_somebody_gone_living_there(province: Province) -> None:
    one, other = family_of(province, "Danh Kim"), family_of(province, "Danh Ngọc")
    review = bring(province, opened_with(province, one, other), Stage.SCORING)
    score(province, review, other.pk, points(*POOR))
    mark(province, review, one)
    seat = province.seats["commune"]
    [told] = refused(steps.close_scoring, review=fresh(review), by=seat, on=POSTED)
    assert told.startswith(f"xa Thổ Sơn: hộ {one.code} (Danh Kim, Ấp Hòa Tiến) ghi “chết, không còn ai trong hộ” nhưng")
    assert "hãy đưa hộ ra khỏi sổ trong sổ hộ" in told
    close(province, one)
    assert steps.close_scoring(fresh(review), by=seat, on=POSTED).now is Stage.MEETING


def test_the_lock_asks_the_register_again(province: Province) -> None:
    """The control: the same round locks once the register says so too."""
    one = family_of(province, "Danh Kim")
    review = bring(province, opened_with(province, one), Stage.SCORING)
    close(province, one)
    mark(province, review, one)
    for commune in SEATS:
        bring(province, review_of(review.round, province, commune), Stage.RECOGNISED)
    locking.approve(review.round, decision="24/QĐ-UBND", by=province.seats["chair"], on=SENT)
    Household.objects.filter(pk=one.pk).update(closed_on=None, closed_why="", persons=2)
    [told] = refused(locking.lock, round=review.round, by=province.seats["labour"], on=SENT)
    assert "sổ hộ vẫn ghi đang ở xã" in told
    page = province.client("labour").get(f"/ra-soat/dot/{review.round.pk}/khoa/").content.decode()
    assert f'href="/ra-soat/phieu/{row_of(review, one).pk}/"' in page
    close(province, one)
    assert locking.lock(review.round, by=province.seats["labour"], on=SENT).is_locked


def test_the_form_of_a_household_that_still_lives_there_leads_to_the_register(province: Province) -> None:
    one = family_of(province, "Danh Kim")
    review = bring(province, opened_with(province, one), Stage.SCORING)
    at, client = f"/ra-soat/phieu/{mark(province, review, one).pk}/", province.client("commune")
    page = client.get(at).content.decode()
    assert "Sổ hộ vẫn ghi hộ đang ở xã" in page
    assert f'href="{reverse("households:detail", args=[one.pk])}"' in page
    assert f'href="{at}"' in client.get(f"/ra-soat/xa/{review.pk}/").content.decode()
    close(province, one)
    assert "Sổ hộ vẫn ghi hộ đang ở xã" not in client.get(at).content.decode()


@pytest.mark.parametrize(("back", "away"), [(date(2020, 12, 1), False), (date(2020, 12, 2), True)])
def test_who_comes_back_after_the_reviews_day_was_away_on_it(province: Province, back: date, away: bool) -> None:
    one = family_of(province, "Danh Kim")
    review = bring(province, opened_with(province, one), Stage.SCORING)
    for place, seat, on in ((SIBLING, "commune", OPEN_DAY), (OWN, "commune_b", back)):
        home = Household.objects.get(pk=one.pk)
        joining.move(
            home, province.places[place], hamlet="Ấp Hòa Tiến", address="", by=province.seats[seat], on=on,
            version=home.version,
        )  # fmt: skip
    mark(province, review, one, Move.MOVED_OUT)
    assert (closing.gone_but_there([review]) == []) is away
    assert closing.lives_in(review, Household.objects.get(pk=one.pk)) is not away


def test_whoever_was_told_gone_and_is_there_again_comes_and_does_not_arise_newly(province: Province) -> None:
    """Figures of the year before count it as gone, so that this year's start is without it."""
    one = household(province)
    first = locked(province, 2018, [row(one, POOR)])
    second = locked(province, 2019, [row(one, None, gone="died")], previous=first)
    review = review_of(open_round(province), province)
    assert review.round.previous == second
    [(found, begun)] = listing.newcomers(review)
    assert (found, begun) == (one, carrying.Begun("", 0, Move.MOVED_IN))
    listing.follow_register(review, by=province.seats["commune"], on=POSTED)
    bring(province, review, Stage.SCORING)
    assert score(province, review, one.pk, points(*POOR)).move == Move.MOVED_IN
    flow = finish(province, review.round).figures.get(place=province.places[OWN]).flows["poor"]
    assert (flow["start"], flow["newly_arising"], flow["other_increase"], flow["end"]) == (0, 0, 1, 1)


def test_years_after_it_went_it_still_comes(province: Province) -> None:
    one = household(province)
    first = locked(province, 2017, [row(one, POOR)])
    second = locked(province, 2018, [row(one, None, gone="moved_out")], previous=first)
    locked(province, 2019, [], previous=second)
    review = review_of(open_round(province), province)
    added = listing.add(review, one, by=province.seats["commune"], on=POSTED)
    assert (added.before, added.came) == ("", "moved_in")


def test_whoever_moved_between_scoring_and_the_reviews_day_comes_to_its_new_commune(province: Province) -> None:
    """The register's line lies before the last review's day; the list of the old commune tells all the same."""
    one, escaped = households(province, 2, SIBLING)
    place = province.places[OWN].pk
    locked(province, 2019, [row(one, POOR, place=place), row(escaped, OUTSIDE, place=place)])
    review = review_of(open_round(province), province, SIBLING)
    assert listing.newcomers(review) == [(one, carrying.Begun("", 0, Move.MOVED_IN))]
    lived = listing.add(review, escaped, by=province.seats["commune_b"], on=POSTED)
    assert (lived.before, lived.came) == ("outside", "")


def test_who_came_and_left_again_is_taken_off_the_list(province: Province) -> None:
    one, came = family_of(province, "Danh Kim"), family_of(province, "Danh Ngọc")
    review, seat = opened_with(province, one), province.seats["commune"]
    added = listing.add(review, came, by=seat, on=POSTED, came=Move.MOVED_IN)
    again = family_of(province, "Danh Sang")
    kept = listing.add(review, again, by=seat, on=POSTED, came=Move.MOVED_IN)
    bring(province, review, Stage.SCORING)
    with pytest.raises(Refused, match="chỉ bỏ hộ mà sổ hộ ghi đã ra khỏi xã"):
        listing.drop(kept, by=seat, on=POSTED, version=kept.version)
    close(province, came)
    assert listing.follow_register(fresh(review), by=seat, on=POSTED)[:2] == (1, 0)
    assert not Assessment.objects.filter(pk=added.pk).exists()
    close(province, again)
    kept = row_of(review, again)
    listing.drop(kept, by=seat, on=POSTED, version=kept.version)
    assert list(review.assessments.values_list("household", flat=True)) == [one.pk]


def test_one_household_has_one_class_in_a_round(province: Province) -> None:
    """The control: the round locks once the old commune says that the household is gone."""
    one = family_of(province, "Danh Kim")
    opened = opened_with(province, one).round
    bring(province, review_of(opened, province), Stage.RECOGNISED)
    home = Household.objects.get(pk=one.pk)
    joining.move(
        home, province.places[SIBLING], hamlet="Ấp Bình Hòa", address="", by=province.seats["commune"], on=POSTED,
        version=home.version,
    )  # fmt: skip
    there = review_of(opened, province, SIBLING)
    assert listing.follow_register(there, by=province.seats["commune_b"], on=POSTED)[:2] == (0, 1)
    for commune in SEATS:
        bring(province, review_of(opened, province, commune), Stage.RECOGNISED)
    told = [reason.text for reason in locking.faults(opened)]
    assert told == [
        f"Hộ {one.code} (Danh Kim) được xếp loại ở cả xa Thổ Sơn và xa Sơn Kiên; sổ hộ ghi hộ ở xa Sơn Kiên: xã kia "
        "phải ghi hộ không còn trong xã."
    ]
    review = review_of(opened, province)
    steps.send_back(review, by=province.seats["labour"], on=SENT, why="Hộ đã chuyển đi")
    mark(province, review, one, Move.MOVED_OUT)
    finish(province, opened)
    home.refresh_from_db()
    assert home.standing == "income_poor"


# --- starts and last year's ends ---


def end_of(province: Province, key: str, on: date = date(2020, 6, 1)) -> None:
    """The unit is no more from that day."""
    PlaceVersion.objects.filter(place=province.places[key]).update(until=on)


def whole(province: Province, key: str, into: str) -> Succession:
    return Succession.objects.create(
        predecessor=province.places[key], successor=province.places[into], on=date(2020, 6, 1), kind="merged",
        source="Nghị quyết thử",
    )  # fmt: skip


def approved(province: Province, opened: Round) -> Round:
    for commune in SEATS:
        if opened.communes.filter(place=province.places[commune]).exists():
            bring(province, review_of(opened, province, commune), Stage.RECOGNISED)
    return locking.approve(opened, decision="24/QĐ-UBND", by=province.seats["chair"], on=SENT)


def test_a_commune_without_an_heir_keeps_the_round_open_with_the_difference(province: Province) -> None:
    kept, lost, near = household(province), household(province, SIBLING), household(province, SIBLING, persons=3)
    locked(province, 2019, [row(kept, POOR), row(lost, POOR), row(near, NEAR)])
    end_of(province, SIBLING)
    opened = approved(province, open_round(province))
    told = refused(locking.lock, round=opened, by=province.seats["labour"], on=SENT)
    assert told == [
        f"{unit}: {what} đầu kỳ là {start}, cuối kỳ trước là {end}, lệch {end - start}."
        for unit in ("Tỉnh Kiên Giang", "Huyện Hòn Đất")
        for what, start, end in (
            ("số hộ nghèo", 1, 2), ("số hộ cận nghèo", 0, 1), ("số người thuộc hộ nghèo", 4, 8),
            ("số người thuộc hộ cận nghèo", 0, 3),
        )
    ] + [
        "Xã Sơn Kiên của kỳ trước (1 hộ nghèo, 1 hộ cận nghèo) không có xã nào nhận trọn: ghi xã kế thừa trong danh "
        "mục địa bàn, rồi xã đó cập nhật danh sách theo sổ hộ."
    ]  # fmt: skip
    opened.refresh_from_db()
    assert not opened.is_locked
    assert not Figures.objects.filter(round=opened).exists()


def test_the_same_round_locks_where_another_commune_took_it_whole(province: Province) -> None:
    """The control."""
    kept, lost = household(province), household(province, SIBLING)
    locked(province, 2019, [row(kept, POOR), row(lost, POOR)])
    end_of(province, SIBLING)
    whole(province, SIBLING, OWN)
    opened = approved(province, open_round(province))
    locking.lock(opened, by=province.seats["labour"], on=SENT)
    assert opened.figures.get(place=province.places[OWN]).flows["poor"]["start"] == 2


def test_an_heir_in_another_district_takes_the_start_along(province: Province) -> None:
    lost = household(province, SIBLING)
    locked(province, 2019, [row(lost, POOR)])
    end_of(province, SIBLING)
    whole(province, SIBLING, FOREIGN)
    opened = approved(province, open_round(province))
    locking.lock(opened, by=province.seats["labour"], on=SENT)
    assert opened.figures.get(place=province.places[FOREIGN]).flows["poor"]["start"] == 1


def test_an_heir_that_is_told_late_takes_the_list_over_from_the_register(province: Province) -> None:
    lost = household(province, SIBLING)
    locked(province, 2019, [row(lost, NEAR)])
    end_of(province, SIBLING)
    opened = open_round(province)
    assert not Assessment.objects.filter(review__round=opened).exists()
    whole(province, SIBLING, OWN)
    review = review_of(opened, province)
    assert listing.follow_register(review, by=province.seats["commune"], on=OPENED)[:2] == (0, 1)
    assert (row_of(review, lost).before, row_of(review, lost).persons_before) == ("near_poor", 4)
    assert locking.lock(approved(province, opened), by=province.seats["labour"], on=SENT).is_locked


def test_the_register_of_a_commune_that_went_into_another_is_the_others(province: Province) -> None:
    """Nobody moved because a unit ended: its households are neither marked as gone nor strangers."""
    listed, unlisted = households(province, 2, SIBLING)
    locked(province, 2019, [row(listed, POOR)])
    end_of(province, SIBLING)
    whole(province, SIBLING, OWN)
    review, seat = review_of(open_round(province), province), province.seats["commune"]
    assert listing.follow_register(review, by=seat, on=POSTED)[:2] == (0, 0)
    assert listing.add(review, unlisted, by=seat, on=POSTED).before == "outside"
    mark(province, review, listed)
    assert [one.household for one in closing.gone_but_there([review])] == [listed]
