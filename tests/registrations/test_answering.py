"""What the registrations answer about many parties at once."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.registrations import answering
from chungtay.registrations.models import Registration
from tests.make import TODAY, Province

SINCE, UNTIL = date(2018, 1, 1), date(2020, 9, 30)


@pytest.mark.clause("KH IV.1.2.a")
@pytest.mark.parametrize(
    ("registered", "withdrawn", "stands"),
    [
        (date(2016, 5, 1), None, True),
        (UNTIL, None, True),
        (date(2020, 10, 1), None, False),
        (date(2018, 5, 1), UNTIL, False),
        (date(2018, 5, 1), date(2020, 10, 1), True),
    ],
)
def test_a_wish_that_stands_at_the_end_of_the_period_counts(
    province: Province, registered: date, withdrawn: date | None, stands: bool
) -> None:
    party, other = province.household("Hộ một"), province.household("Hộ hai")
    wish = province.wish(party, on=registered)
    if withdrawn:
        Registration.objects.filter(pk=wish.pk).update(withdrawn_on=withdrawn, withdrawn_why="Chuyển đi")
    said = answering.registered_to_leave_poverty([party.pk, other.pk], since=SINCE, until=UNTIL, on=TODAY)
    assert {key: known.value for key, known in said.items()} == {party.pk: stands, other.pk: False}
    assert (f"{registered:%d/%m/%Y}" in said[party.pk].because) is stands


@pytest.mark.parametrize(("on", "stands"), [(date(2019, 4, 30), False), (date(2019, 5, 1), True)])
def test_what_was_registered_after_the_day_of_the_verdict_does_not_count(
    province: Province, on: date, stands: bool
) -> None:
    party = province.household()
    province.wish(party, on=date(2019, 5, 1))
    Registration.objects.create(
        party=party, movement=province.movement, content="a", year=2019, registered_on=date(2019, 5, 1),
        area_path=party.area_path,
    )  # fmt: skip
    wish = answering.registered_to_leave_poverty([party.pk], since=SINCE, until=UNTIL, on=on)
    content = answering.registered_for_content([party.pk], since=SINCE, until=UNTIL, on=on, content={party.pk: "a"})
    assert [wish[party.pk].value, content[party.pk].value] == [stands, stands]


@pytest.mark.clause("KH II.2")
def test_only_the_registration_for_the_very_content_counts_and_the_first_day_is_told(province: Province) -> None:
    party = province.household()
    for content, day in (("a", date(2019, 2, 1)), ("e", date(2018, 2, 1)), ("a", date(2018, 3, 1))):
        Registration.objects.create(
            party=party, movement=province.movement, content=content, year=day.year, registered_on=day,
            area_path=party.area_path,
        )  # fmt: skip
    for content, stands in (("a", True), ("e", True), ("d", False)):
        told = {party.pk: content}
        said = answering.registered_for_content([party.pk], since=SINCE, until=UNTIL, on=TODAY, content=told)
        assert said[party.pk].value is stands
        assert content != "a" or "01/03/2018" in said[party.pk].because
    assert answering.registered_for_content([party.pk], since=SINCE, until=UNTIL, on=TODAY, content={}) == {}


def test_another_movements_registration_does_not_count_where_one_is_named(province: Province) -> None:
    party = province.household()
    province.wish(party)
    for movement, stands in ((province.movement.pk, True), (province.movement.pk + 1, False), (None, True)):
        said = answering.registered_to_leave_poverty(
            [party.pk], since=SINCE, until=UNTIL, on=TODAY, movement=movement
        )  # fmt: skip
        assert said[party.pk].value is stands


def test_one_query_for_a_fact_however_many_parties(province: Province) -> None:
    for many in (1, 5):
        parties = [province.household(f"Hộ {many} {n}").pk for n in range(many)]
        with CaptureQueriesContext(connection) as queries:
            answering.registered_to_leave_poverty(parties, since=SINCE, until=UNTIL, on=TODAY)
            answering.registered_for_content(
                parties, since=SINCE, until=UNTIL, on=TODAY, content=dict.fromkeys(parties, "a")
            )
        assert len(queries) == 2
