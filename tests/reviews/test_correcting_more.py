"""After the lock: a household that was not there, one that was forgotten, totals that were wrong; figures replaced."""

from datetime import date
from typing import Any

import pytest

from chungtay.households.models import Household
from chungtay.law.population import Move
from chungtay.law.refusals import Conflict, Refused
from chungtay.records import journal
from chungtay.reviews import correcting, listing
from chungtay.reviews.models import Assessment, CommuneReview, Figures, Round
from tests.make import Province, post_form
from tests.reviews.doing import open_round, points, review_of, row_of
from tests.reviews.people import NEAR, OUTSIDE, OWN, POOR, SIBLING, household, households, locked, row

pytestmark = pytest.mark.django_db
ON, LEFT = date(2020, 3, 2), date(2019, 8, 20)


def of(round: Round, home: Household) -> Assessment:
    rows = Assessment.objects.in_force().select_related("review__round__previous", "household")
    return rows.get(review__round=round, household=home)


def figures(province: Province, round: Round) -> Figures:
    return Figures.objects.in_force().get(round=round, place=province.places[OWN])


def gone(province: Province, one: Assessment, how: Move | None = Move.MOVED_OUT, **more: Any) -> Assessment:
    """After the register said so."""
    Household.objects.filter(pk=one.household_id).update(closed_on=LEFT, closed_why="moved_out", persons=0)
    one.household.refresh_from_db()
    told = {"why": "Hộ đã đi từ tháng 8", "by": province.seats["labour"], "on": ON, "version": one.version, **more}
    return correcting.correct_gone(one, how, **told)


def add(province: Province, review: CommuneReview, home: Household, scores: Any = POOR, **more: Any) -> Assessment:
    told = {"why": "Ấp bỏ sót", "by": province.seats["labour"], "on": ON, **more}
    return correcting.correct_forgotten(review, home, points(*scores), **told)


# --- a household that was not there ---


def test_a_household_that_was_gone_leaves_the_list_by_its_move_and_the_tables_close(province: Province) -> None:
    one, other = households(province, 2)
    first = locked(province, 2018, [row(one, POOR), row(other, POOR)])
    second = locked(province, 2019, [row(one, NEAR), row(other, POOR)], previous=first)
    old = of(second, one)
    new = gone(province, old)
    old.refresh_from_db()
    assert (old.replaced, new.corrects, new.gone, new.move, new.standing) == (True, old, "moved_out", "moved_out", "")
    told = figures(province, second)
    assert (told.poor, told.near_poor) == (1, 0)
    poor = told.flows["poor"]
    assert (poor["start"], poor["to_other"], poor["other_decrease"], poor["end"]) == (2, 0, 1, 1)
    assert told.source.endswith("; điều chỉnh ngày 02/03/2020")
    assert Figures.objects.filter(round=second, place=province.places[OWN], replaced=True).count() == 1
    assert journal.of(new).get().act == "correct_gone"


def test_its_class_is_again_what_the_round_before_said(province: Province) -> None:
    one, never = households(province, 2)
    first = locked(province, 2018, [row(one, POOR)])
    second = locked(province, 2019, [row(one, OUTSIDE), row(never, POOR)], previous=first)
    one.refresh_from_db()
    assert one.escaped_on == second.approved_on
    gone(province, of(second, one))
    gone(province, of(second, never), Move.DIED)
    one.refresh_from_db()
    never.refresh_from_db()
    assert (one.standing, one.standing_since, one.escaped_on) == ("income_poor", first.review_on, None)
    assert (never.standing, never.standing_since) == ("", None)


def test_an_escape_of_an_earlier_round_stands_again(province: Province) -> None:
    one = household(province)
    first = locked(province, 2017, [row(one, POOR)])
    second = locked(province, 2018, [row(one, OUTSIDE)], previous=first)
    third = locked(province, 2019, [row(one, POOR)], previous=second)
    one.refresh_from_db()
    assert one.escaped_on is None
    gone(province, of(third, one))
    one.refresh_from_db()
    assert (one.standing, one.escaped_on) == ("outside", second.approved_on)


def test_the_open_round_after_it_does_not_carry_it_any_more(province: Province) -> None:
    waits, scored = households(province, 2)
    first = locked(province, 2019, [row(waits, POOR), row(scored, POOR)])
    opened = open_round(province)
    mine = row_of(review_of(opened, province), scored)
    Assessment.objects.filter(pk=mine.pk).update(
        standing="near_poor", area="rural", basis="scores", b1=130, b2=0, assessed_on=ON, move="escaped_to_near_poor"
    )
    gone(province, of(first, waits))
    gone(province, of(first, scored))
    [left] = review_of(opened, province).assessments.all()
    assert (left.household, left.before, left.persons_before, left.came, left.move) == (
        scored, "", 0, "moved_in", "moved_in",
    )  # fmt: skip


def test_what_cannot_have_gone_is_refused_with_the_reason(province: Province) -> None:
    stays, came = households(province, 2)
    first = locked(province, 2018, [row(stays, POOR)])
    second = locked(province, 2019, [row(stays, POOR), row(came, POOR, came="moved_in")], previous=first)
    with pytest.raises(Refused, match="vừa đến vừa không còn: biến động sẽ không khớp"):
        gone(province, of(second, came))
    with pytest.raises(Refused, match="Hãy chọn chuyển đi"):
        gone(province, of(second, stays), None)
    with pytest.raises(Refused, match="Hãy chọn chuyển đi"):
        gone(province, of(second, stays), Move.SPLIT)
    with pytest.raises(Refused, match="Cần ghi lý do"):
        gone(province, of(second, stays), why="")
    with pytest.raises(Refused, match="Sở Lao động"):
        gone(province, of(second, stays), by=province.seats["district"])
    with pytest.raises(Refused, match="điều chỉnh ở đợt đó"):
        gone(province, of(first, stays))
    theirs = of(second, stays)
    made = gone(province, of(second, stays))
    with pytest.raises(Conflict):
        gone(province, theirs)
    with pytest.raises(Refused, match="đã ghi hộ không còn"):
        gone(province, made)


def test_a_household_told_to_be_gone_that_is_there_after_all_gets_its_class(province: Province) -> None:
    one = household(province)
    first = locked(province, 2018, [row(one, POOR)])
    second = locked(province, 2019, [row(one, None, gone="moved_out")], previous=first)
    correcting.correct(
        of(second, one), points(*NEAR), why="Hộ vẫn ở ấp", by=province.seats["labour"], on=ON,
        version=of(second, one).version,
    )  # fmt: skip
    told = figures(province, second)
    assert (told.near_poor, told.flows["poor"]["to_other"], told.flows["near_poor"]["end"]) == (1, 1, 1)
    one.refresh_from_db()
    assert one.standing == "near_poor"


def test_a_household_that_the_register_took_out_is_classed_only_once_it_is_back(province: Province) -> None:
    one = household(province, closed_on=LEFT, closed_why="died", persons=0)
    first = locked(province, 2018, [row(one, POOR, persons=4)])
    second = locked(province, 2019, [row(one, None, gone="died")], previous=first)
    told: dict[str, Any] = {"why": "Hộ vẫn ở ấp", "by": province.seats["labour"], "on": ON}
    with pytest.raises(Refused, match="ghi lại vào sổ trước"):
        correcting.correct(of(second, one), points(*NEAR), version=1, **told)
    Household.objects.filter(pk=one.pk).update(closed_on=None, closed_why="", persons=4)
    assert correcting.correct(of(second, one), points(*NEAR), version=1, **told).standing == "near_poor"


def test_what_is_corrected_is_carried_where_it_was_listed_wherever_the_household_went_since(province: Province) -> None:
    one = household(province)
    first = locked(province, 2019, [row(one, OUTSIDE)])
    opened = open_round(province)
    there = province.places[SIBLING]
    Household.objects.filter(pk=one.pk).update(place=there, area_path=there.path)
    old = of(first, one)
    correcting.correct(old, points(*POOR), why="x", by=province.seats["labour"], on=ON, version=old.version)
    assert row_of(review_of(opened, province), one).before == "income_poor"
    assert not review_of(opened, province, SIBLING).assessments.exists()


# --- a household that was forgotten ---


def test_a_forgotten_household_comes_onto_the_list_and_the_tables_close(province: Province) -> None:
    listed, missed = households(province, 2)
    first = locked(province, 2018, [row(listed, POOR)])
    second = locked(province, 2019, [row(listed, POOR)], previous=first)
    made = add(province, review_of(second, province), missed)
    assert (made.before, made.standing, made.move, made.why) == ("outside", "income_poor", "newly_arising", "Ấp bỏ sót")
    told = figures(province, second)
    assert (told.poor, told.flows["poor"]["newly_arising"], told.flows["poor"]["end"]) == (2, 1, 2)
    assert told.flows["poor_persons"]["end"] == told.poor_persons == 8
    missed.refresh_from_db()
    assert (missed.standing, missed.standing_since) == ("income_poor", second.review_on)
    assert journal.of(made).get().act == "correct_forgotten"


def test_one_that_came_since_the_round_before_is_told_so(province: Province) -> None:
    one = household(province)
    first = locked(province, 2018, [])
    second = locked(province, 2019, [], previous=first)
    made = add(province, review_of(second, province), one, NEAR, came=Move.MOVED_IN)
    assert (made.before, made.came, made.move) == ("", "moved_in", "moved_in")
    assert figures(province, second).flows["near_poor"]["other_increase"] == 1


def test_the_open_round_after_it_carries_the_forgotten_one_once(province: Province) -> None:
    one, found = households(province, 2)
    first = locked(province, 2019, [])
    opened = open_round(province)
    review = review_of(opened, province)
    listing.add(review, found, by=province.seats["commune"], on=date(2020, 9, 10))
    for home in (one, found):
        add(province, review_of(first, province), home, on=date(2020, 9, 11))
    told = dict(review.assessments.values_list("household", "before"))
    assert told == {one.pk: "income_poor", found.pk: "income_poor"}


def test_who_cannot_have_been_forgotten_is_refused_with_every_reason(province: Province) -> None:
    listed, elsewhere, late, there = (
        household(province), household(province, "kg-30850"), household(province, opened_on=date(2020, 1, 2)),
        household(province),
    )  # fmt: skip
    first = locked(province, 2019, [row(listed, POOR), row(there, POOR, place=province.places["kg-30850"].pk)])
    review = review_of(first, province)
    for home, said in (
        (listed, "đã có phiếu trong đợt"),
        (elsewhere, "không ở trong xã"),
        (late, "02/01/2020, sau ngày tính chuẩn"),
        (there, "đã có phiếu ở xa Sơn Kiên"),
    ):
        with pytest.raises(Refused, match=said):
            add(province, review, home)
    with pytest.raises(Refused, match="Sở Lao động"):
        add(province, review, household(province), by=province.seats["commune"])
    with pytest.raises(Refused, match="B1"):
        add(province, review, household(province), (None, None))
    assert not Figures.objects.filter(replaced=True).exists()


def test_a_commune_that_was_only_counted_takes_no_single_household(province: Province) -> None:
    first = locked(province, 2019, [])
    old = figures(province, first)
    Figures.objects.filter(pk=old.pk).update(replaced=True)
    old.pk, old.poor, old.income_poor, old.poor_persons = None, 3, 3, 9
    old.save(force_insert=True)
    with pytest.raises(Refused, match="chỉ có số tổng"):
        add(province, review_of(first, province), household(province))
    assert figures(province, first).poor == 3


# --- totals ---


def change(province: Province, review: CommuneReview, told: listing.Totals, **more: Any) -> CommuneReview:
    said = {"why": "Cộng sót một ấp", "by": province.seats["labour"], "on": ON, "version": review.version, **more}
    return correcting.correct_totals(review, told, **said)


def test_totals_are_corrected_beside_the_old_figures(province: Province) -> None:
    first = locked(province, 2019, [row(household(province), POOR)])
    review = review_of(first, province)
    change(province, review, listing.Totals(1100, 4400, 210))
    told = figures(province, first)
    assert (told.households_all, told.persons_all, told.minority_all, told.poor) == (1100, 4400, 210, 1)
    assert told.source.endswith("; điều chỉnh ngày 02/03/2020")
    old = Figures.objects.get(round=first, place=province.places[OWN], replaced=True)
    assert (old.households_all, old.poor) == (1000, 1)
    entry = journal.of(review).get(act="correct_totals")
    assert entry.body["before"]["households_all"] == 1000
    assert entry.body["after"]["households_all"] == 1100


def test_totals_smaller_than_the_lists_are_refused_and_nothing_is_changed(province: Province) -> None:
    first = locked(province, 2019, [row(one, POOR, minority=True) for one in households(province, 3)])
    review = review_of(first, province)
    for told, said in (
        (listing.Totals(2, 12, 2), "nhiều hơn tổng số hộ của xã"),
        (listing.Totals(10, 40, 2), "dân tộc thiểu số"),
        (listing.Totals(10, 4, 4), "không thể ít hơn số hộ"),
        (listing.Totals(1000, 4000, 200), "Chưa sửa gì"),
    ):
        with pytest.raises(Refused, match=said):
            change(province, review_of(first, province), told)
    assert figures(province, first).households_all == 1000
    with pytest.raises(Refused, match="chưa khóa"):
        change(province, review_of(open_round(province), province), listing.Totals(10, 40, 4))
    review.version += 1
    with pytest.raises(Conflict):
        change(province, review, listing.Totals(1100, 4400, 210))


# --- the pages ---


def test_labour_corrects_from_the_pages_and_what_is_wrong_stands_at_its_field(province: Province) -> None:
    listed, missed = households(province, 2)
    first = locked(province, 2019, [row(listed, POOR)])
    review, old = review_of(first, province), of(first, listed)
    client = province.client("labour")
    page = client.get(f"/ra-soat/xa/{review.pk}/").content.decode()
    assert "Bổ sung hộ bị sót" in page
    assert "Điều chỉnh tổng số" in page
    at = f"/ra-soat/phieu/{old.pk}/dieu-chinh/khong-con/"
    assert "Hãy chọn chuyển đi" in post_form(client, at, {"why": "x", "version": old.version}).content.decode()
    died = {"gone": "died", "why": "Mất", "version": old.version}
    assert "Sổ hộ vẫn ghi hộ đang ở xã" in post_form(client, at, died).content.decode()
    Household.objects.filter(pk=listed.pk).update(closed_on=LEFT, closed_why="died", persons=0)
    assert post_form(client, at, died).status_code == 302
    at = f"/ra-soat/xa/{review.pk}/bo-sung/"
    assert missed.head_name in client.get(f"{at}?q={missed.code}").content.decode()
    blank = post_form(client, f"{at}{missed.pk}/", {"persons": "4"})
    assert blank.status_code == 422
    told = {"persons": "4", "b1": "100", "b2": "20", "why": "Ấp bỏ sót", "area": "rural"}
    answer = post_form(client, f"{at}{missed.pk}/", told)
    assert answer.status_code == 302
    assert "Hộ bị sót, bổ sung sau khóa" in client.get(answer.headers["Location"]).content.decode()
    at = f"/ra-soat/xa/{review.pk}/tong-so/dieu-chinh/"
    wrong = {"households": "0", "persons": "0", "minority": "0", "why": "x", "version": review.version}
    assert "ít nhất một hộ" in post_form(client, at, wrong).content.decode()
    right = {"households": "1.100", "persons": "4400", "minority": "200", "why": "x", "version": review.version}
    assert post_form(client, at, right).status_code == 302
    told_now = figures(province, first)
    assert (told_now.households_all, told_now.poor) == (1100, 1)


@pytest.mark.parametrize("desk", ["commune", "district", "front", "chair"])
def test_no_other_desk_corrects_after_the_lock(province: Province, desk: str) -> None:
    first = locked(province, 2019, [row(household(province), POOR)])
    review = review_of(first, province)
    client = province.client(desk)
    for at in ("bo-sung/", "tong-so/dieu-chinh/"):
        assert client.get(f"/ra-soat/xa/{review.pk}/{at}").status_code == 404
    assert "Bổ sung hộ bị sót" not in client.get(f"/ra-soat/xa/{review.pk}/").content.decode()
