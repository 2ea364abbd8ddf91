"""Counting a province: every party's turn in a round, by area and content, some thousands at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from chungtay.households.models import Household, Member
from chungtay.law.criteria import Known
from chungtay.law.ethnicity import is_minority, people_named
from chungtay.law.verdicts import Verdict
from chungtay.merits.asking import Ask
from chungtay.merits.gathering import Gathered
from chungtay.parties.kinds import PEOPLE, PartyKind, payee_of
from chungtay.parties.models import Party
from chungtay.prospects.cells import NOT_ASKED, Cell, Traits, flag
from chungtay.prospects.judging import History, gathered_for, history, reckoned, running
from chungtay.prospects.party_page import CONTRIBUTION
from chungtay.prospects.rounds import Chosen
from chungtay.prospects.turns import FIRST, Turn, met_by_data, turn_of
from chungtay.records.among import Among

Counted = dict[tuple[str, str, str], Counter[Cell]]
"""By area, content and award; without an award, each party once, as it stands for the award that it is nearest to."""


@dataclass(frozen=True)
class Batch:
    """Những điều biết chung về một lô đối tượng, read once for all contents."""

    parties: Mapping[int, Party]
    told: History
    busy: frozenset[int]
    traits: Mapping[int, Traits]


def count(parties: Collection[Party], chosen: Chosen) -> Counted:
    """The cells of these parties. A fixed number of queries, whatever their number."""
    by_key = {party.pk: party for party in parties}
    told = history(list(by_key), chosen.movement.pk, chosen.on)
    known = Batch(by_key, told, running(list(by_key), chosen.round), traits(parties))
    found: Counted = {}
    for content in chosen.contents():
        keys = [party.pk for party in parties if party.kind in content.members]
        if keys:
            _content(keys, chosen.asks(content.id), known, found)
    return found


def _content(keys: list[int], asks: Sequence[Ask], known: Batch, found: Counted) -> None:
    best: dict[int, Cell] = {}
    for gathered in gathered_for(keys, asks):
        for key, cell in _cells(gathered, known):
            at = known.parties[key].area_path, gathered.ask.content
            found.setdefault((*at, gathered.ask.award.value), Counter())[cell] += 1
            if key not in best or FIRST[cell.turn_now] < FIRST[best[key].turn_now]:
                best[key] = cell
    for key, cell in best.items():
        found.setdefault((known.parties[key].area_path, asks[0].content, ""), Counter())[cell] += 1


def _cells(gathered: Gathered, known: Batch) -> Iterator[tuple[int, Cell]]:
    """The cell of each party that the question is about. No query."""
    now = reckoned(gathered, known.told)
    measured = gathered.columns.get(CONTRIBUTION, {})
    reached = {key for key, one in measured.items() if one.needed is not None and one.value >= one.needed}
    some = {key: one for key, one in measured.items() if one.needed is not None}
    with_it, without = _otherwise(gathered, known.told, some)
    for key, verdict in now.items():
        party = known.parties[key]
        cell = _cell(party, known, with_it.get(key, verdict), without.get(key, verdict))
        if key in some:
            cell = cell._replace(value=int(some[key].value), reached=key in reached)
        yield key, cell


def _otherwise(
    gathered: Gathered, told: History, some: Mapping[int, Known]
) -> tuple[Mapping[int, Verdict], Mapping[int, Verdict]]:
    """The verdicts on those with a measured sum, were it at the threshold, and were it not. No query."""
    if not some:
        return {}, {}
    few = replace(gathered, kinds={key: gathered.kinds[key] for key in some})
    return tuple(  # type: ignore[return-value]
        reckoned(
            replace(few, columns={**few.columns, CONTRIBUTION: {k: replace(one, value=v) for k, one in some.items()}}),
            told,
        )
        for v in (_MOST, 0)
    )


_MOST = 10**18
"""đồng, over any threshold."""


def _cell(party: Party, known: Batch, with_it: Verdict, without: Verdict) -> Cell:
    of = known.traits[party.pk]
    turn, other = turn_of(with_it, running=False), turn_of(without, running=False)
    short = without.short_of[0].id if other is Turn.NEAR else ""
    return Cell(
        payee_of(party.kind).value, turn.value, met_by_data(with_it), other.value, met_by_data(without), None, True,
        of.women, of.minority, of.leader, short, party.pk in known.busy,
    )  # fmt: skip


def traits(parties: Collection[Party]) -> dict[int, Traits]:
    """Who they are, as far as the registers say: of a household its head and its people. Two queries."""
    households = [party.pk for party in parties if party.kind == PartyKind.HOUSEHOLD]
    rows = Household.objects.filter(Among("party_id", households)).order_by()
    minority = dict(rows.values_list("party_id", "minority"))
    heads = Member.objects.filter(
        Among("household__party_id", households), Q(relation=Member.Relation.HEAD, until__isnull=True)
    )
    women = dict(heads.order_by().values_list("household__party_id", "gender"))
    return {party.pk: _traits(party, minority.get(party.pk), women.get(party.pk, "")) for party in parties}


def _traits(party: Party, minority: bool | None, head: str) -> Traits:
    is_household = party.kind == PartyKind.HOUSEHOLD
    if not is_household and party.kind not in PEOPLE:
        return Traits(NOT_ASKED, NOT_ASKED, NOT_ASKED)
    gender = head or party.gender
    people = people_named(party.ethnicity) if party.ethnicity else None
    by_people = is_minority(people) if people is not None else None
    leads = True if party.is_leader else False if party.post else None
    return Traits(
        flag(gender == "f" if gender else None),
        flag(minority if minority is not None else by_people),
        NOT_ASKED if is_household else flag(leads),
    )
