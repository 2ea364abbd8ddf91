"""From the province's totals to communes and peoples: whole numbers by weights whose sums are exactly the totals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from chungtay.desk.demo.bodies import HOA_COMMUNES, KHMER_COMMUNES
from chungtay.desk.demo.poverty_series import (
    DISTRICTS_2020,
    HOA,
    KHMER,
    KINH,
    OTHER,
    PEOPLES,
    SERIES,
    WEIGHTS,
    YEARS,
)

HOME_OF_OTHERS = "kg-30799"
"""The commune (Phú Mỹ) where the two households of another people live."""


@dataclass
class Commune:
    """One commune: its key, its district's, and its weights in the province's totals."""

    key: str
    district: str
    size: float
    poverty: float
    peoples: dict[str, float]


@dataclass
class Cell:
    """Households of one people in one commune: how many are poor, of those income-poor, and near-poor in each year."""

    commune: str
    people: str
    poor: dict[int, int] = field(default_factory=dict)
    income_poor: dict[int, int] = field(default_factory=dict)
    near_poor: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Whole:
    """All of one commune in one year: households, persons, ethnic-minority households."""

    households: int
    persons: int
    minority: int


def weigh(places: Sequence[tuple[str, str]], dice: Random) -> list[Commune]:
    """The communes, given by key and district, with weights; the same die gives the same weights."""
    found = []
    for key, district in places:
        thousands, poverty, khmer, hoa = WEIGHTS[district]
        size = thousands * dice.uniform(0.6, 1.4)
        khmer *= 4 if key in KHMER_COMMUNES else dice.uniform(0.4, 1.6)
        hoa *= 4 if key in HOA_COMMUNES else dice.uniform(0.4, 1.6)
        khmer = min(khmer, 0.8)
        peoples = {KINH: 1 - khmer - hoa, KHMER: khmer, HOA: hoa, OTHER: float(key == HOME_OF_OTHERS)}
        found.append(Commune(key, district, size, poverty * dice.uniform(0.6, 1.4), peoples))
    inside: dict[str, float] = {}
    poor: dict[str, float] = {}
    for one in found:
        inside[one.district] = inside.get(one.district, 0) + one.size
        poor[one.district] = poor.get(one.district, 0) + one.size * one.poverty
    for one in found:
        thousands, poverty, *_ = WEIGHTS[one.district]
        one.poverty *= poverty * inside[one.district] / poor[one.district]
        one.size *= thousands / inside[one.district]
    return found


def share_out(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers by weight whose sum is `total`: the largest remainders are rounded up."""
    whole = sum(weights)
    if not whole:
        if total:
            raise ValueError(f"nobody to give {total} to")
        return [0] * len(weights)
    exact = [total * weight / whole for weight in weights]
    found = [int(value) for value in exact]
    order = sorted(range(len(exact)), key=lambda at: (found[at] - exact[at], at))
    for at in order[: total - sum(found)]:
        found[at] += 1
    return found


def cells(communes: Sequence[Commune]) -> list[Cell]:
    """Every people of every commune with its numbers of each year; the sums are those of the series."""
    made = {(one.key, people): Cell(one.key, people) for one in communes for people in PEOPLES}
    for year in YEARS:
        fixed = DISTRICTS_2020 if year == 2020 else {}
        for people in (KHMER, HOA, OTHER):
            _give(made, communes, people, year, SERIES[year].poor[people])
        _give_kinh(made, communes, year, fixed)
        for people in PEOPLES:
            weights = [one.size * one.peoples[people] * one.poverty**0.6 for one in communes]
            for one, size in zip(communes, share_out(SERIES[year].near_poor[people], weights), strict=True):
                made[one.key, people].near_poor[year] = size
        every = list(made.values())
        income = share_out(SERIES[year].income_poor, [float(cell.poor[year]) for cell in every])
        for cell, size in zip(every, income, strict=True):
            cell.income_poor[year] = min(size, cell.poor[year])
    return list(made.values())


def _give(
    made: Mapping[tuple[str, str], Cell], communes: Sequence[Commune], people: str, year: int, total: int
) -> None:
    weights = [one.size * one.peoples[people] * one.poverty for one in communes]
    for one, size in zip(communes, share_out(total, weights), strict=True):
        made[one.key, people].poor[year] = size


def _give_kinh(
    made: Mapping[tuple[str, str], Cell], communes: Sequence[Commune], year: int, fixed: Mapping[str, int]
) -> None:
    """The Kinh take what the published district totals leave, then what the province's total leaves."""
    left = SERIES[year].poor[KINH]
    for district, total in fixed.items():
        mine = [one for one in communes if one.district == district]
        others = sum(made[one.key, people].poor[year] for one in mine for people in (KHMER, HOA, OTHER))
        _give(made, mine, KINH, year, total - others)
        left -= total - others
    _give(made, [one for one in communes if one.district not in fixed], KINH, year, left)


def wholes(communes: Sequence[Commune], year: int) -> dict[str, Whole]:
    """All households, persons and ethnic-minority households of each commune; the sums are those of the series."""
    told = SERIES[year]
    households = share_out(told.households, [one.size for one in communes])
    persons = share_out(told.persons, [float(size) for size in households])
    minority = share_out(told.minority, [one.size * (one.peoples[KHMER] + one.peoples[HOA]) + 0.02 for one in communes])
    return {
        one.key: Whole(*sizes)
        for one, *sizes in zip(communes, households, persons, minority, strict=True)
    }  # fmt: skip
