"""Several awards of one party on one day: the decree of the day says which money is paid (law.together)."""

from datetime import date
from typing import Any

import pytest

from chungtay.decisions import actions, funding, paying, reckoning
from chungtay.decisions.models import Award, Commitment, Decision, Unpaid
from chungtay.law.refusals import Refused
from chungtay.law.together import TOGETHER
from chungtay.ledger import checking
from chungtay.nominations.models import Dossier
from chungtay.parties.models import Party
from tests.decisions.test_money import MILLION, fund, hand, sign, stands, withdraw
from tests.decisions.test_sign import WORK
from tests.make import TODAY, Province

HIGH, LOW = 2_980_000, 900_000
BEFORE: dict[str, Any] = {"period_from": date(2016, 1, 1), "period_to": date(2017, 12, 31)}


def team(p: Province) -> Party:
    return p.party("Tập thể Khoa Nội", "collective", p.places["kg"], managing_unit=p.bodies["unit"])


def dossier(
    p: Province, party: Party, kind: str = "yearly", award: str = "province_certificate", **more: Any
) -> Dossier:
    """A recommended dossier; the commendation of a unit is given here by the same body."""
    party = Party.objects.get(pk=party.pk)
    made = p.recommended(
        party,
        seat="unit",
        content="d",
        achievements=WORK,
        summary=f"Khám bệnh {kind} {award}",
        round=p.round(kind),
        **more,
    )
    Dossier.objects.filter(pk=made.pk).update(award=award)
    return Dossier.objects.get(pk=made.pk)


def decide(p: Province, *dossiers: Dossier, on: date = TODAY) -> Decision:
    made = actions.draft(
        body=p.bodies["province"], award=dossiers[0].award, title="Về việc khen", dossiers=dossiers,
        by=p.seats["board"], on=TODAY,
    )  # fmt: skip
    return sign(p, made, on=on)


def amounts(*decisions: Decision) -> list[int | None]:
    return [award.amount for one in decisions for award in one.awards.order_by("ordinal")]


def due(decision: Decision) -> list[int]:
    return [paying.payable(row) for row in paying.rows_of(decision)]


@pytest.mark.clause("NĐ 91/2017, Điều 66.2.c")
def test_one_achievement_is_paid_once_and_the_second_decision_says_why(province: Province) -> None:
    award, party = fund(province), team(province)
    first = decide(province, dossier(province, party))
    later = dossier(province, party, "five_year")
    draft = actions.draft(
        body=province.bodies["province"], award=later.award, title="Về việc khen", dossiers=[later],
        by=province.seats["board"], on=TODAY,
    )  # fmt: skip
    [reckoned] = reckoning.reckon(actions.listed(draft), on=TODAY)
    assert reckoned.amount == 0
    assert "Không chi riêng tiền thưởng" in reckoned.working
    assert TOGETHER.on(TODAY).assumed in reckoned.assumed
    second = sign(province, draft)
    assert amounts(first, second) == [HIGH, 0]
    granted = second.awards.get()
    assert (granted.reckoning["amount"], granted.reckoning["paid"]) == (HIGH, 0)
    assert "NĐ 91/2017, Điều 66.2.c" in granted.reckoning["lines"][-1]
    assert second.accepted == [TOGETHER.on(TODAY).assumed]
    assert stands(award)[1] == HIGH
    handed = hand(province, second)
    assert [row.amount for row in handed] == [0]


@pytest.mark.clause("NĐ 91/2017, Điều 66.2.c")
def test_two_achievements_are_both_paid(province: Province) -> None:
    party = team(province)
    first = decide(province, dossier(province, party))
    second = decide(province, dossier(province, party, "five_year", **BEFORE))
    assert amounts(first, second) == [HIGH, HIGH]
    assert "Chi đủ 2.980.000 đồng" in second.awards.get().reckoning["lines"][-1]


def test_two_names_of_one_party_on_one_decision_are_reckoned_together(province: Province) -> None:
    party = team(province)
    both = decide(province, dossier(province, party), dossier(province, party, "five_year"))
    assert sorted(amounts(both), key=str) == [0, HIGH]


@pytest.mark.parametrize("day", [date(2020, 10, 21)])
def test_awards_of_different_days_do_not_meet(province: Province, day: date) -> None:
    party = team(province)
    first = decide(province, dossier(province, party))
    second = decide(province, dossier(province, party, "five_year", **BEFORE), on=day)
    assert amounts(first, second) == [HIGH, HIGH]
    assert "paid" not in second.awards.get().reckoning


@pytest.mark.clause("TT 12/2019, Điều 3")
def test_a_day_later_the_same_achievement_is_not_rewarded_again(province: Province) -> None:
    party = team(province)
    later = dossier(province, party, "five_year")
    decide(province, dossier(province, party))
    with pytest.raises(Refused, match="đã được khen"):
        decide(province, later, on=date(2020, 10, 21))
    assert Award.objects.count() == 1


@pytest.mark.clause("NĐ 91/2017, Điều 66.2.c")
def test_a_higher_prize_of_the_same_day_takes_the_place_of_a_lower_one(province: Province) -> None:
    award, party = fund(province), team(province)
    low = decide(province, dossier(province, party, award="unit_commendation"))
    assert stands(award)[1] == LOW
    high = decide(province, dossier(province, party, "five_year"))
    assert amounts(low, high) == [LOW, HIGH]  # what was signed stays as it was signed
    assert (due(low), due(high)) == ([0], [HIGH])
    assert stands(award)[1] == HIGH
    assert Unpaid.objects.get().because_of == high.awards.get()
    handed = hand(province, low)
    assert [row.amount for row in handed] == [0]


def test_when_the_higher_one_is_withdrawn_the_lower_one_is_paid_again(province: Province) -> None:
    award, party = fund(province), team(province)
    low = decide(province, dossier(province, party, award="unit_commendation"))
    high = decide(province, dossier(province, party, "five_year"))
    withdraw(province, high.awards.get())
    assert (due(low), due(high)) == ([LOW], [0])
    assert stands(award)[1] == LOW
    hand(province, low)
    assert stands(award) == (100 * MILLION - LOW, 0, 100 * MILLION - LOW)
    assert checking.faults() == []


def test_what_was_handed_over_that_day_is_taken_off_the_higher_prize(province: Province) -> None:
    award, party = fund(province), team(province)
    low = decide(province, dossier(province, party, award="unit_commendation"))
    hand(province, low)
    high = decide(province, dossier(province, party, "five_year"))
    granted = high.awards.get()
    assert granted.amount == HIGH - LOW
    assert "đã trừ 900.000 đồng" in granted.reckoning["lines"][-1]
    assert not Unpaid.objects.exists()
    hand(province, high)
    assert stands(award) == (100 * MILLION - HIGH, 0, 100 * MILLION - HIGH)


def test_a_withdrawn_award_of_the_day_stands_in_nobodys_way(province: Province) -> None:
    party = team(province)
    first = decide(province, dossier(province, party))
    withdraw(province, first.awards.get())
    second = decide(province, dossier(province, party, "five_year"))
    assert amounts(second) == [HIGH]


def test_awards_of_other_parties_are_not_asked_for_one_by_one(
    province: Province, django_assert_num_queries: Any
) -> None:
    many = [dossier(province, team(province)) for _ in range(3)]
    draft = actions.draft(
        body=province.bodies["province"], award=many[0].award, title="Về việc khen", dossiers=many,
        by=province.seats["board"], on=TODAY,
    )  # fmt: skip
    listed = actions.listed(draft)
    with django_assert_num_queries(1):
        reckoning.reckon(listed, on=TODAY)
    assert funding.fund_of(draft.body) is None
    assert not Commitment.objects.exists()
    assert not Award.objects.exists()
