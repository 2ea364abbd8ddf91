"""What counts since the last award, what an award uses, and what the criteria are told (KH IV.1.2.e, IV.2.2.b)."""

from datetime import date
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.contributions import actions, answering, claiming, counting, givers
from chungtay.contributions.claiming import ClaimOn
from chungtay.contributions.models import AwardCase, Claim, CountingChoice, Threshold
from chungtay.law.refusals import Conflict, Refused
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.records import journal
from tests.contributions.doing import DAY, MILLION, confirmed, dollars, given, giver, honoured, recorded, told
from tests.households import make as homes
from tests.make import TODAY, Province

START, END = date(2016, 1, 1), TODAY
AWARD = date(2019, 11, 18)


def tally(party: Party, on: date = TODAY, since: date = START) -> counting.Tally:
    return counting.read([party.pk], since=since, until=on, on=on).of(party.pk, since=since, until=on, on=on)


def answer(*parties: Party, on: date = TODAY) -> dict[int, object]:
    keys = [party.pk for party in parties]
    return dict(answering.contribution_at_threshold(keys, since=START, until=on, on=on))


@pytest.mark.clause("KH IV.1.2.e")
def test_a_gift_that_nobody_confirmed_counts_for_nothing(province: Province) -> None:
    who = giver(province)
    gift = recorded(province, who, value=300 * MILLION)
    assert (tally(who).total, answer(who)) == (0, {})
    actions.confirm(gift, by=province.seats["commune"], on=TODAY, version=gift.version)
    assert tally(who).total == 300 * MILLION
    known = answering.contribution_at_threshold([who.pk], since=START, until=TODAY, on=TODAY)[who.pk]
    assert (known.value, known.needed) == (300 * MILLION, 200 * MILLION)
    assert "An Giang" in known.assumed
    assert "1 khoản đã được bên nhận xác nhận, cộng 300.000.000 đồng" in known.because


def test_a_gift_counts_from_the_day_it_was_received_to_the_last_day_of_the_period(province: Province) -> None:
    who = giver(province)
    for day in (date(2015, 12, 31), START, date(2018, 6, 30), date(2018, 7, 1)):
        confirmed(province, who, day=day, received_on=day, value=MILLION)
    found = answering.contribution_at_threshold([who.pk], since=START, until=date(2018, 6, 30), on=TODAY)[who.pk]
    assert found.value == 2 * MILLION


@pytest.mark.clause("KH IV.2.2.b")
def test_after_an_award_only_what_was_received_later_counts_and_the_decision_is_quoted(province: Province) -> None:
    who = giver(province)
    confirmed(province, who, day=AWARD, received_on=AWARD, value=150 * MILLION)
    honoured(province, who, decided_on=AWARD, until=date(2019, 9, 30))
    late = date(2019, 11, 19)
    confirmed(province, who, day=late, received_on=late, value=60 * MILLION)
    found = tally(who)
    assert (found.total, found.missing, found.reached) == (60 * MILLION, 140 * MILLION, False)
    assert [line.amount for line in found.before] == [150 * MILLION]
    assert found.last is not None
    assert (found.last.number, found.last.decided_on) == ("Quyết định số 1/QĐ-UBND", AWARD)
    assert found.counting.since == late
    assert "18/11/2019" in found.counting.sentence


@pytest.mark.clause("KH IV.2.2.b")
def test_what_an_award_used_serves_no_other_until_it_is_released(province: Province) -> None:
    who = giver(province)
    gift = confirmed(province, who, value=250 * MILLION)
    (case,) = honoured(province, who)
    assert [(claim.share.gift_id, claim.amount) for claim in case.claims.all()] == [(gift.pk, 250 * MILLION)]
    assert (tally(who).total, [line.case for line in tally(who).used]) == (0, [case.pk])
    (second,) = honoured(province, who, key="again", decided_on=date(2020, 9, 1))
    assert not second.claims.exists()
    claiming.release(second.case_key, by=province.seats["chair"], on=TODAY, reason="Thu hồi")
    assert claiming.release(case.case_key, by=province.seats["chair"], on=TODAY, reason="Thu hồi quyết định") == 1
    assert tally(who).total == 250 * MILLION
    assert claiming.release(case.case_key, by=province.seats["chair"], on=TODAY, reason="Lần nữa") == 0
    case.refresh_from_db()
    assert (case.released_on, case.released_why) == (TODAY, "Thu hồi quyết định")
    assert [entry.act for entry in journal.of(case)] == ["claim_gifts", "release_gifts"]


@pytest.mark.clause("KH IV.2.2.b")
def test_the_plan_names_collectives_so_for_a_person_the_province_chooses(province: Province) -> None:
    who = giver(province, "Bà Trần Thị Bông", PartyKind.PERSON)
    early = date(2019, 10, 10)
    confirmed(province, who, day=early, received_on=early, value=40 * MILLION)
    honoured(province, who, decided_on=AWARD, until=date(2019, 9, 30))
    found = tally(who)
    assert (found.total, found.counting.since) == (0, date(2019, 11, 19))
    assert any("tập thể" in text for text in found.assumed)
    CountingChoice.objects.create(
        anew=False, since=date(2020, 1, 1), source="Hướng dẫn số 5", entered_on=TODAY, entered_by="Hoa"
    )
    assert (tally(who).total, tally(who).counting.since) == (40 * MILLION, START)
    assert tally(who, on=date(2019, 12, 31)).total == 0, "the choice holds from its first day"
    company = giver(province)
    confirmed(province, company, day=early, received_on=early)
    honoured(province, company, decided_on=AWARD, until=date(2019, 9, 30), key="company")
    assert tally(company).total == 0, "what the plan says of collectives is not for choosing"


def test_the_threshold_of_the_day_is_the_provinces_own_from_its_first_day(province: Province) -> None:
    who = giver(province)
    confirmed(province, who, value=150 * MILLION)
    Threshold.objects.create(
        giver="organisation", amount=150 * MILLION, since=date(2020, 1, 1), source="Quyết định số 1/2020/QĐ-UBND",
        entered_on=TODAY, entered_by="Hoa",
    )  # fmt: skip
    assert (tally(who).reached, tally(who).assumed) == (True, [])
    before = tally(who, on=date(2019, 12, 31))
    assert before.total == 0, "confirmed later than that day"
    assert before.threshold is not None
    assert before.threshold.value == 200 * MILLION


def test_a_shared_gift_counts_for_each_giver_by_its_share(province: Province) -> None:
    one, other = giver(province), giver(province, "Hội Từ thiện Rạch Giá")
    shares = given(one, other, parts=(Fraction(2, 3), Fraction(1, 3)))
    confirmed(province, givers=shares, value=100 * MILLION)
    assert (tally(one).total, tally(other).total) == (66_666_667, 33_333_333)


def test_joined_givers_are_counted_as_one_and_apart_again_when_it_is_undone(province: Province) -> None:
    one, other = giver(province), giver(province, "Cty Hải sản Kiên Cường")
    confirmed(province, one, value=120 * MILLION)
    confirmed(province, other, value=90 * MILLION)
    row = givers.decide(one, other, True, by=province.seats["unit"], on=TODAY, because="Cùng mã số thuế")
    assert [tally(who).total for who in (one, other)] == [210 * MILLION] * 2
    assert tally(one).reached
    (case,) = honoured(province, one)
    assert case.claims.count() == 2
    assert tally(other).total == 0
    givers.undo(row, by=province.seats["unit"], on=TODAY, reason="Hai công ty khác nhau")
    assert [tally(who).total for who in (one, other)] == [0, 0], "what an award used stays used"
    fresh = date(2019, 6, 1)
    confirmed(province, other, day=fresh, received_on=fresh, value=5 * MILLION)
    assert (tally(one).total, tally(other).total) == (0, 5 * MILLION), "and the award is the first one's alone"


def test_two_names_of_one_giver_in_one_decision_use_each_gift_once(province: Province) -> None:
    one, other = giver(province), giver(province, "Cty Hải sản Kiên Cường")
    confirmed(province, one)
    confirmed(province, other)
    givers.decide(one, other, True, by=province.seats["unit"], on=TODAY, because="Cùng mã số thuế")
    cases = honoured(province, one, other)
    assert [case.claims.count() for case in cases] == [2, 0]


def test_a_dossier_is_reckoned_once_and_a_period_runs_forward(province: Province) -> None:
    who = giver(province)
    honoured(province, who)
    with pytest.raises(Conflict, match="một quyết định khác"):
        honoured(province, who)
    wrong = ClaimOn(who.pk, "k", " ", TODAY, date(2019, 2, 1), date(2019, 1, 1))
    with pytest.raises(Refused, match="kết thúc trước khi bắt đầu") as refused:
        claiming.claim([wrong], by=province.seats["chair"], on=TODAY)
    assert len(refused.value.reasons) == 2
    with pytest.raises(Refused, match="lý do"):
        claiming.release(f"case-{who.pk}", by=province.seats["chair"], on=TODAY, reason=" ")
    assert claiming.claim([], by=province.seats["chair"], on=TODAY) == []


def test_a_corrected_gift_that_an_award_used_stays_used_under_the_new_one(province: Province) -> None:
    one, other = giver(province), giver(province, "Hội Từ thiện Rạch Giá")
    gift = confirmed(province, one, other, value=100 * MILLION)
    (case,) = honoured(province, one)
    anew = actions.correct(
        gift, told(province, one, value=80 * MILLION), by=province.seats["commune"], on=TODAY, reason="Ghi nhầm số",
        version=gift.version,
    )  # fmt: skip
    assert anew is not None
    actions.confirm(anew, by=province.seats["commune"], on=TODAY, version=anew.version)
    assert tally(one).total == 0, "not free for a second award"
    live = Claim.objects.filter(released_on__isnull=True)
    assert [(claim.case_id, claim.amount) for claim in live] == [(case.pk, 80 * MILLION)]
    assert tally(other).total == 0
    notice = province.seats["board"].desk.notices.get()
    assert "Quyết định số 1/QĐ-UBND" in notice.text


def test_the_number_of_queries_does_not_grow_with_the_number_of_givers(province: Province) -> None:
    def asked(many: int) -> list[int]:
        people = [giver(province, f"Công ty số {many} {at}") for at in range(many)]
        for one in people:
            confirmed(province, one)
        keys, found = [one.pk for one in people], []
        for act in (answering.contribution_at_threshold, answering.resources_mobilised, answering.helped_others_out):
            with CaptureQueriesContext(connection) as queries:
                act(keys, since=START, until=TODAY, on=TODAY)
            found.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            honoured(province, *people, key=f"m{many}")
        return [*found, len(queries)]

    assert asked(2) == asked(7)


def test_above_a_bound_no_keys_are_listed_and_the_answer_is_the_same(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = giver(province), giver(province, "Công ty Hai")
    for who in (one, other):
        confirmed(province, who, value=250 * MILLION)
    honoured(province, other)
    listed = answer(one, other)
    monkeypatch.setattr(counting, "MANY", 0)
    assert answer(one, other) == listed
    assert list(answer(one)) == [one.pk]


# --- what a place received, what a household gave ---


@pytest.mark.clause("KH IV.1.2.b", "KH IV.1.2.c")
def test_a_commune_a_district_and_a_hamlet_received_gifts(province: Province) -> None:
    place = province.places["kg-30847"]
    here = province.party("Cộng đồng ấp Hòa Tiến", PartyKind.COMMUNITY, place, hamlet="Ấp Hòa Tiến")
    there = province.party("Cộng đồng ấp Mới", PartyKind.COMMUNITY, place, hamlet="Ấp Mới")
    unknown = province.party("Cộng đồng không rõ ấp", PartyKind.COMMUNITY, place)
    confirmed(province, hamlet="ấp hòa tiến", foreign=dollars(), value=0)
    recorded(province, commune="kg-30850", seat="commune_b")
    asked = {name: province.bodies[name].pk for name in ("commune", "commune_b", "commune_c", "district", "unit")}
    keys = [*asked.values(), here.pk, there.pk, unknown.pk]
    found = answering.resources_mobilised(keys, since=START, until=TODAY, on=TODAY)
    assert set(found) == {asked["commune"], asked["district"], here.pk}
    assert all(known.value is True for known in found.values())
    assert "115.925.000 đồng" in found[here.pk].because
    assert answering.resources_mobilised(keys, since=date(2019, 5, 21), until=TODAY, on=TODAY) == {}
    assert answering.resources_mobilised([asked["unit"]], since=START, until=TODAY, on=TODAY) == {}


@pytest.mark.clause("KH IV.1.2.a")
def test_a_household_helps_others_not_itself(province: Province) -> None:
    poor = homes.household(province, "Danh Sol")
    own = province.household("Hộ Danh Sol")
    type(poor).objects.filter(pk=poor.pk).update(party=own)
    poor.refresh_from_db()
    rich = province.household("Hộ Lý Thị Hai")
    confirmed(province, own, household=poor)
    assert answering.helped_others_out([own.pk, rich.pk], since=START, until=TODAY, on=TODAY) == {}
    confirmed(province, rich, household=poor, value=3 * MILLION)
    confirmed(province, own, value=MILLION)
    found = answering.helped_others_out([own.pk, rich.pk], since=START, until=TODAY, on=TODAY)
    assert {key: known.value for key, known in found.items()} == {own.pk: True, rich.pk: True}
    assert "1 lần, trị giá 3.000.000 đồng" in found[rich.pk].because
    assert answering.helped_others_out([], since=DAY, until=TODAY, on=TODAY) == {}


def test_an_award_of_another_day_leaves_the_past_as_it_was(province: Province) -> None:
    who = giver(province)
    confirmed(province, who, on=DAY)
    honoured(province, who, decided_on=AWARD)
    assert AwardCase.objects.count() == 1
    assert tally(who, on=date(2019, 11, 17)).last is None
