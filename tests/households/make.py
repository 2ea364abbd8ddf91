"""Households for tests, opened by the same actions that the pages call."""

from datetime import date
from typing import Any

from chungtay.households import actions
from chungtay.households.facts import Home, Person
from chungtay.households.models import Household, Member
from tests.make import TODAY, Province

OPENED = date(2019, 6, 1)


def person(name: str = "Danh Thị Sa Phol", relation: str = "head", **more: Any) -> Person:
    """A person told without fault."""
    told: dict[str, Any] = {"gender": "f", "birth_year": 1975, "ethnicity": "Khmer", **more}
    return Person(name=name, relation=relation, **told)


def family(*names: str) -> list[Person]:
    """A head, a spouse and children, in the order of their names."""
    relations = ["head", "spouse"] + ["child"] * len(names)
    years = [1970, 1972, *range(1995, 1995 + len(names))]
    return [person(name, relations[n], birth_year=years[n], gender="fm"[n % 2]) for n, name in enumerate(names)]


def household(
    province: Province, *people: Person | str, commune: str = "kg-30847", seat: str = "commune", on: date = TODAY,
    day: date = OPENED, standing: str = "", standing_since: date | None = None, **home: Any,
) -> Household:  # fmt: skip
    """An opened household; people given by name are a family, none is a single woman."""
    told = [one for one in people if isinstance(one, Person)]
    names = [one for one in people if isinstance(one, str)]
    where = Home(province.places[commune], **{"hamlet": "Ấp Hòa Tiến", **home})
    made = actions.open_household(
        where, told or family(*names) or [person()], by=province.seats[seat], on=on, day=min(day, on)
    )
    if standing:
        since = standing_since or on
        Household.objects.filter(pk=made.pk).update(standing=standing, standing_since=since)
        made.standing, made.standing_since = standing, since
    return made


def member(household: Household, name: str) -> Member:
    """The living member of that name."""
    return household.members.get(name=name, until__isnull=True)
