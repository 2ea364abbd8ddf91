"""Facts of many parties from all the rooms, and their verdicts at once."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.law.awards import Award, Payee
from chungtay.law.criteria import ASKABLE, Mark
from chungtay.law.exclusions import PastAward, StateProposal
from chungtay.law.verdicts import Stand, Verdict
from chungtay.merits import gathering
from chungtay.merits.asking import REGISTRATION, Ask, ask
from chungtay.merits.gathering import gather
from chungtay.merits.reckoning import reckon, verdicts
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Discipline, Party
from chungtay.registrations.models import Registration
from tests.contributions.doing import MILLION, confirmed, giver, recorded
from tests.make import TODAY, Province

SINCE, UNTIL = date(2018, 1, 1), date(2020, 9, 30)


def question(province: Province, content: str = "e", award: str = "province_certificate", **more: Any) -> Ask:
    told: dict[str, Any] = {"occasion": "yearly", "since": SINCE, "until": UNTIL, "on": TODAY, **more}
    plan = province.movement.plan_on(TODAY).plan
    return Ask(plan=plan, movement=province.movement.pk, award=Award(award), content=content, **told)


def registered(province: Province, party: Party, content: str = "e") -> None:
    Registration.objects.create(
        party=party, movement=province.movement, content=content, year=0, registered_on=SINCE,
        area_path=party.area_path,
    )  # fmt: skip


def one(province: Province, party: Party, asked: Ask | None = None, **known: Any) -> Verdict:
    return verdicts([party.pk], asked or question(province), **known)[party.pk]


def mark(found: Verdict, criterion: str) -> Mark:
    return next(line.mark for line in found.lines if line.id == criterion)


def test_every_fact_that_a_plan_may_ask_is_answered_by_a_room() -> None:
    assert set(gathering.OWN) | set(gathering.PLAIN) == set(ASKABLE)
    assert not set(gathering.OWN) & set(gathering.PLAIN)


@pytest.mark.clause("KH IV.1.2.e")
@pytest.mark.parametrize(("value", "found"), [(200 * MILLION, Mark.MET), (200 * MILLION - 1, Mark.TO_JUDGE)])
def test_confirmed_gifts_at_the_threshold_answer_and_one_dong_less_goes_to_a_person(
    province: Province, value: int, found: Mark
) -> None:
    company = giver(province)
    registered(province, company)
    confirmed(province, company, value=value)
    said = one(province, company)
    assert mark(said, "e.1") is found
    line = next(line for line in said.lines if line.id == "e.1")
    assert (line.value, line.needed) == (value, 200 * MILLION)
    assert "bên nhận xác nhận" in line.sentence
    assert "An Giang" in " ".join(said.assumed)


@pytest.mark.clause("KH IV.1.2.e")
def test_a_gift_that_nobody_confirmed_is_no_data_and_never_a_no(province: Province) -> None:
    company = giver(province)
    registered(province, company)
    recorded(province, company, value=900 * MILLION)
    said = one(province, company)
    assert (mark(said, "e.1"), said.stand) == (Mark.NO_DATA, Stand.OPEN)


@pytest.mark.clause("KH II.2")
def test_the_registration_is_asked_of_everybody(province: Province) -> None:
    company, other = giver(province), giver(province, "Công ty Hai")
    registered(province, company)
    registered(province, other, content="d")
    assert mark(one(province, company), REGISTRATION) is Mark.MET
    unregistered = one(province, other)
    assert (mark(unregistered, REGISTRATION), unregistered.stand) == (Mark.UNMET, Stand.UNMET)
    assert [short.id for short in unregistered.short_of] == [REGISTRATION]


@pytest.mark.clause("KH IV.1.1")
def test_a_reprimand_excludes(province: Province) -> None:
    company = giver(province)
    registered(province, company)
    Discipline.objects.create(party=company, form="reprimand", since=UNTIL, source="12/QĐ", recorded_on=TODAY)
    said = one(province, company)
    assert (said.stand, mark(said, "general.5")) == (Stand.EXCLUDED, Mark.UNMET)


@pytest.mark.clause("KH II.2", "KH IV.2.1")
def test_whoever_has_no_part_in_the_content_or_cannot_get_the_award_has_no_verdict(province: Province) -> None:
    company, household = giver(province), province.household()
    found = verdicts([company.pk, household.pk, 999_999], question(province, "a"))
    assert list(found) == [household.pk]
    assert verdicts([household.pk], question(province, "a", "labour_order_3")) == {}
    assert verdicts([household.pk], question(province, "a", "pm_certificate")) != {}


@pytest.mark.clause("KH IV.2.1")
def test_a_state_award_asks_what_the_central_guidance_says_of_everybody(province: Province) -> None:
    company = giver(province)
    said = one(province, company, question(province, award="pm_certificate"))
    assert mark(said, "pm_certificate.1") is Mark.TO_JUDGE
    assert "pm_certificate.1" not in [line.id for line in one(province, company).lines]


@pytest.mark.clause("KH IV.2.2.b")
@pytest.mark.parametrize(("occasion", "stand"), [("five_year", Stand.EXCLUDED), ("yearly", Stand.OPEN)])
def test_the_plan_says_at_which_occasion_a_state_proposal_excludes(
    province: Province, occasion: str, stand: Stand
) -> None:
    company = giver(province)
    registered(province, company)
    proposals = {company.pk: [StateProposal(Award.PM_CERTIFICATE, date(2020, 3, 1))]}
    asked = question(province, occasion=occasion)
    assert one(province, company, asked, proposals=proposals).stand is stand


@pytest.mark.clause("TT 12/2019, Điều 3")
def test_past_awards_judgements_and_overrides_come_from_above(province: Province) -> None:
    company = giver(province)
    registered(province, company)
    confirmed(province, company, value=300 * MILLION)
    past = {company.pk: [PastAward(Award.UNIT_COMMENDATION, date(2018, 6, 1), "khác", SINCE, SINCE)]}
    yes = dict.fromkeys((f"general.{n}" for n in range(1, 5)), True)
    warned = one(province, company, past=past, judged={company.pk: yes})
    assert (warned.stand, len(warned.warned)) == (Stand.OPEN, 1)
    overridden = {company.pk: [warned.warned[0].key]}
    assert one(province, company, past=past, judged={company.pk: yes}, overridden=overridden).stand is Stand.MET
    assert one(province, company, judged={company.pk: {**yes, "general.1": False}}).stand is Stand.UNMET


def test_another_threshold_is_tried_without_a_query(province: Province) -> None:
    company = giver(province)
    confirmed(province, company, value=150 * MILLION)
    gathered = gather([company.pk], question(province))
    with CaptureQueriesContext(connection) as queries:
        now = reckon(gathered)[company.pk]
        lower = reckon(gathered.moved("contribution_at_threshold", {Payee.COLLECTIVE: 150 * MILLION}))[company.pk]
        higher = reckon(gathered.moved("contribution_at_threshold", {Payee.COLLECTIVE: 150 * MILLION + 1}))
        other = reckon(gathered.moved("contribution_at_threshold", {Payee.PERSON: 1}))[company.pk]
    assert len(queries) == 0
    assert (mark(now, "e.1"), mark(lower, "e.1")) == (Mark.TO_JUDGE, Mark.MET)
    assert (mark(higher[company.pk], "e.1"), mark(other, "e.1")) == (Mark.TO_JUDGE, Mark.TO_JUDGE)


def test_the_number_of_queries_does_not_grow_with_the_number_of_parties(province: Province) -> None:
    place = province.places["kg-30847"]
    kinds = {"a": PartyKind.HOUSEHOLD, "c": PartyKind.PEOPLE_COMMITTEE_COMMUNE, "d": PartyKind.MASS_ORGANISATION,
             "e": PartyKind.ENTERPRISE}  # fmt: skip
    for content, kind in kinds.items():
        some = [province.party(f"{content} {n}", kind, place).pk for n in range(6)]
        for party in Party.objects.filter(pk__in=some):
            registered(province, party, content)
            Discipline.objects.create(party=party, form="reprimand", since=SINCE, source="1", recorded_on=TODAY)
            if content == "e":
                confirmed(province, party, value=MILLION)
        verdicts(some, question(province, content))  # the plan is read once a process
        counts = []
        for of in (some[:1], some):
            with CaptureQueriesContext(connection) as queries:
                assert len(verdicts(of, question(province, content))) == len(of)
            counts.append(len(queries))
        assert counts[0] == counts[1], content


def test_one_party_has_the_same_verdict_alone_and_among_others(province: Province) -> None:
    companies = [giver(province, f"Công ty {n}") for n in range(4)]
    for n, company in enumerate(companies):
        confirmed(province, company, value=(198 + n) * MILLION)
        if n % 2:
            registered(province, company)
    together = verdicts([each.pk for each in companies], question(province))
    for company in companies:
        assert together[company.pk].lines == one(province, company).lines
        assert together[company.pk].stand is one(province, company).stand


def test_the_period_follows_the_occasion_within_the_movement_and_never_beyond_the_day(province: Province) -> None:
    plan, movement = province.movement.plan_on(TODAY).plan, province.movement.pk
    award = Award.PROVINCE_CERTIFICATE
    yearly = ask(plan, movement, award, "e", "yearly", on=TODAY)
    assert (yearly.since, yearly.until) == (date(2020, 1, 1), TODAY)
    earlier = ask(plan, movement, award, "e", "yearly", on=TODAY, year=2018)
    assert (earlier.since, earlier.until) == (date(2018, 1, 1), date(2018, 12, 31))
    whole = ask(plan, movement, award, "e", "five_year", on=date(2021, 2, 1))
    assert (whole.since, whole.until) == (plan.period.since, plan.period.until)
    assert replace(whole, on=TODAY).on == TODAY
    assert ask(plan, movement, award, "e", "yearly", on=TODAY, year=2021).until >= date(2020, 1, 1)
    assert timedelta(0) <= whole.until - whole.since
