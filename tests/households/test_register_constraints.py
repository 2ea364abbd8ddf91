"""What the database itself refuses in the register, whoever writes."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from chungtay.households.models import Apart, CodeSeries, Event, Household, Member
from tests.households.make import OPENED, household, person
from tests.make import Province

BEFORE = date(2019, 5, 31)


@pytest.fixture
def home(province: Province) -> Household:
    return household(province, person("Danh Sol", id_number="371234567"), person("Thị Nga", "spouse"))


def refuses(name: str, act: Callable[[], Any]) -> None:
    """The act breaks the constraint of that name, and no other."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        act()


HOUSEHOLDS: dict[str, tuple[str, dict[str, Any]]] = {
    "no head": ("household_has_head", {"head_name": ""}),
    "no hamlet": ("household_has_hamlet", {"hamlet": ""}),
    "closed without a why": ("household_closed_says_why", {"closed_on": OPENED, "persons": 0}),
    "a why without closing": ("household_closed_says_why", {"closed_why": "died"}),
    "closed before it was opened": (
        "household_closes_after", {"closed_on": BEFORE, "closed_why": "died", "persons": 0},
    ),
    "standing without people": ("household_holds_its_head", {"persons": 0}),
    "only people without a name": ("household_holds_its_head", {"persons": 2, "unnamed": 2}),
    "closed with people": ("household_holds_its_head", {"closed_on": OPENED, "closed_why": "died"}),
    "a class without a day": ("household_class_has_a_day", {"standing": "poor"}),
    "a day without a class": ("household_class_has_a_day", {"standing_since": OPENED}),
    "an unknown class": ("household_class_has_a_day", {"standing": "rich", "standing_since": OPENED}),
}  # fmt: skip
FINE: list[dict[str, Any]] = [
    {"closed_on": OPENED, "closed_why": "died", "persons": 0, "unnamed": 0},
    {"persons": 3, "unnamed": 2},
    {"standing": "poor", "standing_since": OPENED},
]


@pytest.mark.parametrize("case", HOUSEHOLDS)
def test_an_impossible_household_is_refused(home: Household, case: str) -> None:
    name, values = HOUSEHOLDS[case]
    refuses(name, lambda: Household.objects.filter(pk=home.pk).update(**values))


@pytest.mark.parametrize("values", FINE)
def test_a_household_on_the_border_is_kept(home: Household, values: dict[str, Any]) -> None:
    assert Household.objects.filter(pk=home.pk).update(**values) == 1


def test_a_code_is_given_once(province: Province, home: Household) -> None:
    other = household(province)
    with pytest.raises(IntegrityError), transaction.atomic():
        Household.objects.filter(pk=other.pk).update(code=home.code)


MEMBERS: dict[str, tuple[str, dict[str, Any]]] = {
    "no name": ("member_has_name", {"name": ""}),
    "born in 1879": ("member_birth_sane", {"birth_year": 1879}),
    "born in 2101": ("member_birth_sane", {"birth_year": 2101}),
    "a number without a kind": ("member_identity_fits", {"id_number": "371234568"}),
    "a CMND of eight digits": ("member_identity_fits", {"identity": "cmnd", "id_number": "37123456"}),
    "a CMND with a letter": ("member_identity_fits", {"identity": "cmnd", "id_number": "37123456a"}),
    "a CCCD of nine digits": ("member_identity_fits", {"identity": "cccd", "id_number": "371234568"}),
    "left without a why": ("member_left_says_why", {"until": OPENED}),
    "a why without leaving": ("member_left_says_why", {"left_why": "died"}),
    "left before coming": ("member_left_says_why", {"until": BEFORE, "left_why": "died"}),
}


@pytest.mark.parametrize("case", MEMBERS)
def test_an_impossible_member_is_refused(home: Household, case: str) -> None:
    name, values = MEMBERS[case]
    refuses(name, lambda: home.members.filter(relation="spouse").update(**values))


@pytest.mark.parametrize(
    "values",
    [
        {"birth_year": 1880}, {"birth_year": 2100}, {"identity": "cmnd", "id_number": "371234568"},
        {"identity": "cccd", "id_number": "091123456789"}, {"until": OPENED, "left_why": "moved"},
    ],
)  # fmt: skip
def test_a_member_on_the_border_is_kept(home: Household, values: dict[str, Any]) -> None:
    assert home.members.filter(relation="spouse").update(**values) == 1


def test_a_household_has_one_head_at_a_time(home: Household) -> None:
    wife = home.members.filter(relation="spouse")
    with pytest.raises(IntegrityError), transaction.atomic():
        wife.update(relation="head")
    home.members.filter(relation="head").update(until=OPENED, left_why="died")
    assert wife.update(relation="head") == 1


def test_a_number_lives_in_one_household(province: Province, home: Household) -> None:
    stranger = household(province, "Lý Hai").members
    with pytest.raises(IntegrityError), transaction.atomic():
        stranger.update(identity="cmnd", id_number="371234567")
    home.members.filter(relation="head").update(until=OPENED, left_why="died")
    assert stranger.update(identity="cmnd", id_number="371234567") == 1


def test_a_split_or_merger_names_the_other_household(home: Household) -> None:
    told: dict[str, Any] = {"household": home, "on": OPENED, "area_path": home.area_path}
    for kind in ("split_off", "split_from", "merged_into", "took_in"):
        refuses("event_names_the_other", partial(Event.objects.create, kind=kind, **told))
    assert Event.objects.create(kind="left", **told).pk


def test_history_and_who_was_told_apart_are_never_changed(province: Province, home: Household) -> None:
    one, other = Member.objects.order_by("pk")[:2]
    Apart.objects.create(one=one, other=other, on=OPENED)
    for rows in (Event.objects.all(), Apart.objects.all()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows.update(on=BEFORE)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows.delete()


def test_a_pair_is_told_apart_in_order_and_once(home: Household) -> None:
    one, other = Member.objects.order_by("pk")[:2]
    refuses("apart_in_order", lambda: Apart.objects.create(one=other, other=one, on=OPENED))
    refuses("apart_in_order", lambda: Apart.objects.create(one=one, other=one, on=OPENED))
    Apart.objects.create(one=one, other=other, on=OPENED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Apart.objects.create(one=one, other=other, on=OPENED)


def test_a_series_of_codes_has_a_prefix_of_its_own(home: Household) -> None:
    refuses("code_series_has_prefix", lambda: CodeSeries.objects.create(prefix=""))
    with pytest.raises(IntegrityError), transaction.atomic():
        CodeSeries.objects.create(prefix="30847")
