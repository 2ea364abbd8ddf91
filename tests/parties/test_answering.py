"""What the register of disciplines answers about many parties at once."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.parties import answering
from chungtay.parties.models import Discipline, Party
from tests.make import TODAY, Province

SINCE, UNTIL = date(2018, 1, 1), date(2020, 9, 30)
DAY = timedelta(days=1)


def disciplined(party: Party, since: date, until: date | None, form: str = "reprimand") -> None:
    Discipline.objects.create(party=party, form=form, since=since, until=until, source="12/QĐ", recorded_on=TODAY)


@pytest.mark.clause("KH IV.1.1")
@pytest.mark.parametrize(
    ("since", "until", "clean"),
    [
        (date(2015, 1, 1), SINCE - DAY, True),
        (date(2015, 1, 1), SINCE, False),
        (UNTIL, TODAY - DAY, False),
        (UNTIL + DAY, TODAY - DAY, True),
        (UNTIL + DAY, None, False),
    ],
)
def test_a_discipline_counts_while_it_touches_the_period_or_still_holds(
    province: Province, since: date, until: date | None, clean: bool
) -> None:
    party, other = province.household("Hộ một"), province.household("Hộ hai")
    disciplined(party, since, until)
    said = answering.no_discipline([party.pk, other.pk], since=SINCE, until=UNTIL, on=TODAY)
    assert {key: known.value for key, known in said.items()} == {party.pk: clean, other.pk: True}
    assert "12/QĐ" not in said[party.pk].because


@pytest.mark.clause("TT 08/2017")
def test_what_is_pending_is_a_fact_of_its_own_and_the_day_of_the_verdict_decides(province: Province) -> None:
    party = province.household()
    disciplined(party, date(2020, 1, 5), date(2020, 6, 5), form="pending")
    for day, nothing in ((date(2020, 1, 4), True), (date(2020, 1, 5), False), (date(2020, 6, 5), True)):
        said = answering.nothing_pending([party.pk], since=SINCE, until=UNTIL, on=day)
        assert said[party.pk].value is nothing
    assert answering.no_discipline([party.pk], since=SINCE, until=UNTIL, on=TODAY)[party.pk].value is True


@pytest.mark.clause("KH IV.1.1")
@pytest.mark.parametrize(("on", "clean"), [(date(2019, 4, 30), True), (date(2019, 5, 1), False)])
def test_a_discipline_counts_from_the_day_it_was_decided(province: Province, on: date, clean: bool) -> None:
    party = province.household()
    disciplined(party, date(2019, 5, 1), None)
    assert answering.no_discipline([party.pk], since=SINCE, until=UNTIL, on=on)[party.pk].value is clean


@pytest.mark.clause("KH IV.1.1")
@pytest.mark.parametrize(("form", "clean"), [("criticism", True), ("reprimand", False), ("expulsion", False)])
def test_from_reprimand_up_it_counts_and_a_criticism_does_not(province: Province, form: str, clean: bool) -> None:
    party = province.household()
    disciplined(party, date(2019, 5, 1), None, form=form)
    assert answering.no_discipline([party.pk], since=SINCE, until=UNTIL, on=TODAY)[party.pk].value is clean


def test_one_query_however_many_parties(province: Province) -> None:
    for many in (1, 5):
        parties = [province.household(f"Hộ {many} {n}") for n in range(many)]
        for party in parties:
            disciplined(party, date(2019, 1, 1), None)
        with CaptureQueriesContext(connection) as queries:
            said = answering.no_discipline([one.pk for one in parties], since=SINCE, until=UNTIL, on=TODAY)
        assert len(queries) == 1
        assert {known.value for known in said.values()} == {False}
