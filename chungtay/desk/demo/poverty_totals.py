"""Figures of a commune whose households are only counted in the demo: by the law's own sums, from the same lives."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any

from chungtay.desk.demo.poverty_cells import Whole
from chungtay.desk.demo.poverty_lives import ABOVE, INCOME, NEAR, SERVICE, Life
from chungtay.desk.demo.poverty_series import KINH
from chungtay.law.causes import CAUSES
from chungtay.law.deprivations import INDICATORS
from chungtay.law.population import Change, Counted, Flow, Move, count, move
from chungtay.law.poverty import Class
from chungtay.places.models import Difficulty, Place
from chungtay.reviews import peoples
from chungtay.reviews.models import Figures, Round

LISTS = ("poor", "near_poor")
MEMORY = 3
"""Years after the one of its review for which a household is newly escaped: 36 months from the decision in January."""


@dataclass
class Told:
    """The sums of one commune and year."""

    states: Counter[Class] = field(default_factory=Counter)
    persons: Counter[str] = field(default_factory=Counter)
    minority: Counter[str] = field(default_factory=Counter)
    groups: Counter[tuple[str, str]] = field(default_factory=Counter)
    peoples: Counter[tuple[str, str]] = field(default_factory=Counter)
    lacking: Counter[tuple[str, int]] = field(default_factory=Counter)
    causes: Counter[tuple[str, int]] = field(default_factory=Counter)
    first: Counter[Class] = field(default_factory=Counter)
    changes: Counter[Change] = field(default_factory=Counter)
    newly_escaped: int = 0


def histories(lives: Iterable[Life]) -> dict[int, dict[int, Move]]:
    """The moves of each household (by `id`) and year, told by the law from its classes."""
    found: dict[int, dict[int, Move]] = {}
    for life in lives:
        moves: dict[int, Move] = {}
        for year in range(2016, 2021):
            before, after = _sides(life, year)
            if after is None and (life.gone != year or before is None):
                continue
            cause = Move(life.gone_why) if after is None else Move.MOVED_IN if life.came == year else None
            moves[year] = move(before, after, frozenset(moves.values()), cause)
        found[id(life)] = moves
    return found


def _sides(life: Life, year: int) -> tuple[Class | None, Class | None]:
    after = life.states.get(year)
    before = life.states.get(year - 1)
    if after is not None and before is None and life.came != year:
        before = ABOVE
    return before, after


def tell(lives: Iterable[Life], moves: dict[int, dict[int, Move]], year: int) -> Told:
    """One commune's sums at the end of `year`."""
    told = Told()
    for life in lives:
        standing = life.states.get(year)
        if standing is not None:
            told.states[standing] += 1
            on_list = "" if standing is ABOVE else "near_poor" if standing is NEAR else "poor"
            if on_list:
                _listed(told, life, standing, on_list)
        if year > 2015 and year in moves[id(life)]:
            before, after = _sides(life, year)
            change = Change(before, after, moves[id(life)][year], life.size if before else 0, life.size if after else 0)
            told.changes[change] += 1
        told.newly_escaped += is_newly_escaped(life, moves[id(life)], year)
    return told


def _listed(told: Told, life: Life, standing: Class, on_list: str) -> None:
    told.persons[on_list] += life.size
    told.minority[on_list] += life.people != KINH
    told.peoples[on_list, peoples.group_of(life.people)] += 1
    marks = {"minority": life.people != KINH, "no_labour": life.no_labour, "merit": life.merit}
    for name, holds in (*marks.items(), ("other", not any(marks.values()))):
        told.groups[on_list, name] += holds
    told.lacking[on_list, life.lacking(standing)] += 1
    told.causes[on_list, life.causes if on_list == "poor" else 0] += 1
    if on_list == "poor" and life.states.get(2015) in (INCOME, SERVICE):
        told.first[life.states[2015]] += 1


def is_newly_escaped(life: Life, moves: dict[int, Move], year: int) -> bool:
    """Whether the round of that year finds it above the near-poor line, which it crossed within the law's months."""
    left = max((at for at, one in moves.items() if at <= year and one.starts_newly_escaped), default=0)
    if not left or left < year - MEMORY or (life.gone and life.gone <= year):
        return False
    return not any(at > left and standing.is_listed for at, standing in life.states.items() if at <= year)


def special(year: int) -> set[int]:
    """The communes that the list has as specially difficult in that year, as a lock asks it. One query."""
    return set(Difficulty.objects.filter(year=year).order_by().values_list("place", flat=True))


def figures(
    round: Round, place: Place, whole: Whole, told: Told, *, as_of: date, source: str, special: bool
) -> Figures:
    """The row of figures of a commune, as a locked round leaves it."""
    income, service = told.states[INCOME], told.states[SERVICE]
    return Figures(
        round=round, place=place, area_path=place.path_on(as_of), year=round.year, as_of=as_of,
        households_all=whole.households, persons_all=whole.persons, minority_all=whole.minority, income_poor=income,
        service_poor=service, poor=income + service, near_poor=told.states[NEAR], newly_escaped=told.newly_escaped,
        poor_persons=told.persons["poor"], near_poor_persons=told.persons["near_poor"],
        minority_poor=told.minority["poor"], minority_near_poor=told.minority["near_poor"],
        of_first_income_poor=told.first[INCOME], of_first_service_poor=told.first[SERVICE],
        special=special, flows=_flows(told.changes) if round.compares else {},
        lacking=_by_bit(told.lacking, {one.id: one.bit for one in INDICATORS.values()}),
        causes=_by_bit(told.causes, {one.id: one.bit for one in CAUSES.values()}),
        groups={
            name: {group: told.groups[name, group] for group in ("minority", "no_labour", "merit", "other")}
            for name in LISTS
        },
        peoples={name: {group: told.peoples[name, group] for group in peoples.GROUPS} for name in LISTS},
        source=source, is_demo=True,
    )  # fmt: skip


def _flows(changes: Counter[Change]) -> dict[str, Any]:
    """The four tables: each kind of change counted once by the law, as often as it happened."""
    total = Counted()
    for change, times in changes.items():
        one = count([change])
        total += Counted(*(_times(getattr(one, table.name), times) for table in fields(Counted)))
    if faults := total.faults():
        raise ValueError(" ".join(faults))
    return asdict(total)


def _times(flow: Flow, times: int) -> Flow:
    return Flow(*(getattr(flow, column.name) * times for column in fields(Flow)))


def _by_bit(counts: Counter[tuple[str, int]], bits: dict[str, int]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {name: {} for name in LISTS}
    for (on_list, mask), size in counts.items():
        for name, bit in bits.items():
            if mask & bit:
                found[on_list][name] = found[on_list].get(name, 0) + size
    return found
