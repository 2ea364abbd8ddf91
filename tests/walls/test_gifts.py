"""What the database shows each desk of gifts, shares, corrections and awards that used them, behind the second wall."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import ProgrammingError, transaction

from chungtay.contributions import actions, answering, claiming, givers
from chungtay.contributions.claiming import ClaimOn
from chungtay.contributions.models import AwardCase, Claim, Contribution, Correction, Share
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.records import walls
from tests.contributions.doing import confirmed, giver, recorded, told
from tests.make import TODAY, Province
from tests.walls.behind import Walled, keys

SINCE, UNTIL = date(2016, 1, 1), date(2020, 9, 30)


@pytest.fixture
def gifts(province: Province) -> dict[str, Contribution]:
    """One of a company of the unit's to each of two communes, one that the unit wrote down itself, one corrected."""
    company = giver(province, "Công ty Một", PartyKind.OUTSIDE_ORGANISATION)
    own = province.party("Bà Tư", PartyKind.PERSON, province.places["kg-30985"], managing_unit=province.bodies["unit"])
    wrong = confirmed(province, commune="kg-30850", seat="commune_b")
    actions.correct(wrong, None, by=province.seats["board"], on=TODAY, reason="Không có", version=wrong.version)
    return {
        "one": confirmed(province, company),
        "other": confirmed(province, own, commune="kg-30850", seat="commune_b"),
        "written": recorded(province, company, seat="unit", commune="kg-30985"),
        "wrong": wrong,
    }


def test_each_desk_is_shown_the_gifts_that_its_pages_show(
    province: Province, gifts: dict[str, Contribution], behind: Callable[[Province], Walled]
) -> None:
    walled = behind(province)
    for name, seat in province.seats.items():
        with walls.everything("the control: what the pages' own filter lets through"):
            mine = set(Contribution.objects.visible_to(seat, TODAY).values_list("pk", flat=True))
        with walled.seen_by(name):
            assert keys(Contribution) == mine, name
            assert set(Share.objects.values_list("gift_id", flat=True)) <= mine, name
            assert set(Correction.objects.values_list("gift_id", flat=True)) <= mine, name
    with walled.seen_by("commune"):
        assert keys(Contribution) == {gifts["one"].pk}
    with walled.seen_by("unit"):
        assert keys(Contribution) >= {gifts["one"].pk, gifts["other"].pk, gifts["written"].pk}
    with walled.seen_by("commune_c"):
        assert keys(Contribution) == {gifts["written"].pk}


def test_a_commune_is_shown_who_gave_to_it_wherever_the_giver_is(
    province: Province, gifts: dict[str, Contribution], behind: Callable[[Province], Walled]
) -> None:
    company = gifts["one"].shares.get().party_id
    assert company is not None
    walled = behind(province)
    with walled.seen_by("commune"):
        assert Party.objects.filter(pk=company).exists()
    with walled.seen_by("commune_b"):
        assert not Party.objects.filter(pk=company).exists()


def test_a_commune_names_an_organisation_of_elsewhere_and_sees_it_once_it_gave_here(
    province: Province, behind: Callable[[Province], Walled]
) -> None:
    away = giver(province, "Quỹ Mekong Xanh", PartyKind.FOREIGN_ORGANISATION)
    person = giver(province, "Bà Tư", PartyKind.PERSON)
    walled = behind(province)
    with walled.seen_by("commune"):
        assert not Party.objects.filter(pk=away.pk).exists()
        with walls.everything(givers.NAMED):
            rows = givers.nameable(province.seats["commune"], TODAY)
            assert set(rows.filter(pk__in=[away.pk, person.pk])) == {away}
        gift = actions.record(told(province, away), by=province.seats["commune"], on=TODAY)
        gift = actions.confirm(gift, by=province.seats["commune"], on=TODAY, version=gift.version)
        assert gift.shares.select_related("party").get().party == away
        assert gift.confirmed_body == province.bodies["commune"]
    with walled.seen_by("commune_b"):
        assert not Party.objects.filter(pk=away.pk).exists()


def test_a_commune_writes_no_gift_of_another_and_answers_look_everywhere(
    province: Province, gifts: dict[str, Contribution], behind: Callable[[Province], Walled]
) -> None:
    company = gifts["one"].shares.get().party_id
    assert company is not None
    walled = behind(province)
    with walled.seen_by("commune_b"):
        assert Contribution.objects.filter(pk=gifts["one"].pk).update(state="received") == 0
        found = answering.contribution_at_threshold([company], since=SINCE, until=UNTIL, on=TODAY)
        assert found[company].value == gifts["one"].value
    row = gifts["one"]
    row.pk, row.area_path = None, province.bodies["commune_b"].area_path
    row.recorded_body = province.bodies["commune_b"]
    with walled.seen_by("commune"), pytest.raises(ProgrammingError), transaction.atomic():
        row.save(force_insert=True)


def test_an_award_uses_gifts_beyond_the_desk_that_decides_it(
    province: Province, gifts: dict[str, Contribution], behind: Callable[[Province], Walled]
) -> None:
    company, commune = gifts["one"].shares.get().party_id, province.seats["commune_c"]
    assert company is not None
    walled = behind(province)
    with walled.seen_by("commune_c"):
        claiming.claim([ClaimOn(company, "k", "1/QĐ", UNTIL, SINCE, UNTIL)], by=commune, on=TODAY)
    with walled.seen_by("unit"):
        assert (AwardCase.objects.count(), Claim.objects.count()) == (1, 1)
    with walled.seen_by("commune_b"):
        assert (AwardCase.objects.count(), Claim.objects.count()) == (0, 0)
