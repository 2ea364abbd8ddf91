"""Which household of the demo's register each household of its award rounds is: of its people, with its years."""

from collections.abc import Mapping

from chungtay.desk.demo.people import NAMED
from chungtay.desk.demo.poverty_lives import Face, Life
from chungtay.households.facts import Person
from chungtay.households.models import Member
from chungtay.law.poverty import Class
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party

FIRST_LIST, LAST_LIST = 2015, 2016
"""The first list of all, and the last one before the households registered."""
ESCAPED_IN = (2017, 2018, 2019)
"""Whoever is proposed for an award left poverty in one of these years, the earlier the better."""


def choose(lives: Mapping[str, list[Life]], parties: Mapping[str, Party]) -> None:
    """Give every household among `parties` a life of its commune and people as its own, as far as there is one."""
    named = {one.key for one in NAMED}
    homes = [(key, party) for key, party in parties.items() if party.kind == PartyKind.HOUSEHOLD]
    homes.sort(key=lambda one: one[0] not in named)
    numbers = set[str]()
    for turn, (key, party) in enumerate(homes):
        if party.id_number in numbers:  # two look-alikes bear one number; a register of people takes it once
            continue
        free = [
            life
            for life in lives.get(party.place.key, ())
            if life.face is None and life.people == party.ethnicity and not life.no_labour and life.first == FIRST_LIST
        ]
        fit = _escapes if key in named else _wishes
        best = max(free, key=lambda life: (fit(life, turn), life.size > 1, -life.depth), default=None)
        if best is not None:
            best.face = _face(party)
            numbers.add(party.id_number)


def _escapes(life: Life, _turn: int) -> int:
    """For those with a dossier: poor on the last list, out of poverty soon after, and for good."""
    listed = life.states.get(LAST_LIST)
    for worth, year in zip((3, 2, 1), ESCAPED_IN, strict=True):
        later = {standing for one, standing in life.states.items() if one >= year}
        if listed is not None and listed.is_poor and later == {Class.OUTSIDE} and year in life.states:
            return worth
    return 0


def _wishes(life: Life, turn: int) -> bool:
    """For the others: two of four are poor, one is near-poor, one has just left poverty."""
    listed, was = life.states.get(LAST_LIST), life.states[FIRST_LIST]
    if turn % 4 == 2:
        return listed is Class.NEAR_POOR
    if turn % 4 == 3:
        return listed is Class.OUTSIDE and was.is_poor
    return listed is not None and listed.is_poor


def _face(party: Party) -> Face:
    head = Person(
        party.name, Member.Relation.HEAD.value, party.gender, party.birth_year, party.ethnicity, party.id_number
    )
    return Face(party.pk, head, party.hamlet)
