"""Regular review: seven working days to the answer, and what a granted request does to household and next round."""

from datetime import date

import pytest

from chungtay.households import joining
from chungtay.households.models import Household
from chungtay.law.population import Move
from chungtay.law.refusals import Conflict, Refused
from chungtay.law.reviewing import Stage
from chungtay.records import journal
from chungtay.reviews import listing, regular
from chungtay.reviews.models import Application, CommuneReview, Figures
from tests.households.make import household as family_of
from tests.make import Province
from tests.reviews.doing import bring, finish, open_round, points, review_of, row_of, score
from tests.reviews.people import NEAR, OUTSIDE, OWN, POOR, household, households, locked, row

pytestmark = [pytest.mark.django_db, pytest.mark.clause("TT 17/2016")]
RECEIVED, DECIDED = date(2020, 3, 2), date(2020, 3, 9)


def ask(province: Province, one: Household, kind: str, on: date = RECEIVED) -> Application:
    return regular.ask(one, kind, reason="Mất mùa hai vụ liền", by=province.seats["commune"], on=on)


def grant(province: Province, request: Application, b1: int, b2: int, on: date = DECIDED) -> Application:
    return regular.grant(
        request, points(b1, b2), decision="15/QĐ-UBND", by=province.seats["commune"], on=on, version=request.version
    )


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2020, 3, 2), date(2020, 3, 11)),
        (date(2020, 4, 27), date(2020, 5, 8)),
        (date(2022, 3, 1), date(2022, 3, 22)),
    ],
)
def test_the_answer_is_due_on_the_seventh_working_day_and_from_2022_on_the_fifteenth(
    province: Province, received: date, due: date
) -> None:
    """The second one has 30/4 and 1/5 in between."""
    assert ask(province, household(province), "enter", on=received).due_on == due


def test_what_cannot_be_asked_is_refused_with_every_reason(province: Province) -> None:
    one = household(province)
    seat = province.seats["commune"]
    with pytest.raises(Refused) as refused:
        regular.ask(one, "leave", reason=" ", by=seat, on=RECEIVED, received_on=date(2020, 3, 3))
    assert {reason.field for reason in refused.value.reasons} == {"kind", "reason", "received_on"}
    with pytest.raises(Refused, match="ngoài địa bàn"):
        regular.ask(one, "enter", reason="x", by=province.seats["commune_b"], on=RECEIVED)
    with pytest.raises(Refused, match="cấp xã"):
        regular.ask(one, "enter", reason="x", by=province.seats["district"], on=RECEIVED)


def test_one_request_of_a_household_waits_at_a_time(province: Province) -> None:
    one = household(province)
    ask(province, one, "enter")
    with pytest.raises(Conflict, match="đang chờ giải quyết"):
        ask(province, one, "enter")


def test_a_granted_request_changes_the_class_from_its_day(province: Province) -> None:
    poor = household(province)
    locked(province, 2019, [row(poor, POOR)])
    poor.refresh_from_db()
    made = grant(province, ask(province, poor, "leave"), 160, 0)
    poor.refresh_from_db()
    assert (made.state, made.move, made.before, made.standing) == (
        "granted", Move.ESCAPED_ABOVE, "income_poor", "outside",
    )  # fmt: skip
    assert (poor.standing, poor.standing_since, poor.escaped_on) == ("outside", DECIDED, DECIDED)
    assert made.because["lines"]
    assert [entry.act for entry in journal.of(made)] == ["receive_request", "grant_request"]


@pytest.mark.parametrize(
    ("scores", "kind", "found"), [(NEAR, "leave", NEAR), (POOR, "leave", (120, 0)), (OUTSIDE, "enter", OUTSIDE)]
)
def test_a_request_that_the_class_does_not_bear_out_is_not_granted(
    province: Province, scores: tuple[int, int], kind: str, found: tuple[int, int]
) -> None:
    one = household(province)
    locked(province, 2019, [row(one, scores)])
    one.refresh_from_db()
    request = ask(province, one, kind)
    with pytest.raises(Refused, match="không đủ để công nhận"):
        grant(province, request, *found)
    request.refresh_from_db()
    assert request.state == "waiting"


def test_a_refusal_gives_its_reason(province: Province) -> None:
    request = ask(province, household(province), "enter")
    seat = province.seats["commune"]
    with pytest.raises(Refused, match="phải ghi lý do"):
        regular.refuse(request, why=" ", by=seat, on=DECIDED, version=request.version)
    regular.refuse(request, why="Hộ có hai xe máy", by=seat, on=DECIDED, version=request.version)
    assert (request.state, request.answer, request.decided_on) == ("refused", "Hộ có hai xe máy", DECIDED)
    with pytest.raises(Refused, match="đã có kết quả"):
        grant(province, request, 100, 0)


def test_what_was_granted_since_is_part_of_the_next_rounds_movement(province: Province) -> None:
    """The round begins with the last locked list; the identity holds through all of it."""
    leaves, enters, returns = households(province, 3)
    locked(province, 2019, [row(leaves, POOR), row(returns, NEAR)])
    for one in (leaves, enters, returns):
        one.refresh_from_db()
    grant(province, ask(province, leaves, "leave"), 160, 0)
    grant(province, ask(province, enters, "enter"), 100, 20)
    grant(province, ask(province, returns, "enter"), 100, 20)
    returns.refresh_from_db()
    grant(province, ask(province, returns, "leave"), 130, 0, on=date(2020, 6, 1))
    opened = open_round(province)
    review = review_of(opened, province)
    told = {one.household_id: (one.before, one.origin) for one in review.assessments.all()}
    assert told == {
        leaves.pk: ("income_poor", "carried"), enters.pk: ("outside", "asked_in"), returns.pk: ("near_poor", "carried"),
    }  # fmt: skip
    bring_and_score(province, review, {leaves.pk: (160, 0), enters.pk: (100, 20), returns.pk: (110, 0)})
    finish(province, opened)
    moves = dict(review.assessments.values_list("household", "move"))
    assert moves == {
        leaves.pk: Move.ESCAPED_ABOVE, enters.pk: Move.NEWLY_ARISING, returns.pk: Move.RELAPSED,
    }  # fmt: skip
    poor = Figures.objects.in_force().get(round=opened, place=province.places[OWN]).flows["poor"]
    assert (poor["start"], poor["above"], poor["newly_arising"], poor["relapsed"], poor["end"]) == (1, 1, 1, 1, 2)
    leaves.refresh_from_db()
    assert leaves.escaped_on == DECIDED  # the day of its own decision, not of the round's


def bring_and_score(province: Province, review: CommuneReview, scores: dict[int, tuple[int, int]]) -> None:
    bring(province, review, Stage.SCORING)
    for key, (b1, b2) in scores.items():
        score(province, review, key, points(b1, b2))


def test_a_decision_of_a_later_day_stays_when_the_round_is_locked(province: Province) -> None:
    one = household(province)
    opened = open_round(province, review_on=date(2020, 9, 15))
    request = ask(province, one, "enter", on=date(2020, 9, 16))
    grant(province, request, 100, 20, on=date(2020, 9, 20))
    review = review_of(opened, province)
    listing.add(review, Household.objects.get(pk=one.pk), by=province.seats["commune"], on=date(2020, 10, 1))
    bring_and_score(province, review, {one.pk: (130, 0)})
    finish(province, opened)
    assert row_of(review, one).standing == "near_poor"
    one.refresh_from_db()
    assert (one.standing, one.standing_since) == ("income_poor", date(2020, 9, 20))


def test_a_household_that_moves_takes_its_request_along(province: Province) -> None:
    """Where it was filed it is still read, and answered only where the household lives."""
    one = family_of(province, "Danh Kim", on=date(2020, 1, 6))
    request = ask(province, one, "enter")
    joining.move(
        one, province.places["kg-30850"], hamlet="Ấp Mới", address="", by=province.seats["commune"],
        on=date(2020, 3, 4), version=one.version,
    )  # fmt: skip
    request = Application.objects.select_related("household").get(pk=request.pk)
    for seat in ("commune", "commune_b"):
        assert list(Application.objects.visible_to(province.seats[seat], DECIDED)) == [request]
    with pytest.raises(Refused, match="ngoài địa bàn"):
        grant(province, request, *POOR)
    done = regular.grant(
        request, points(*POOR), decision="7/QĐ-UBND", by=province.seats["commune_b"], on=DECIDED,
        version=request.version,
    )  # fmt: skip
    assert done.state == Application.State.GRANTED
