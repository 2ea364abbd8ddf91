"""What figures and surveys answer about many communes and districts at once.

A fixed number of queries for each province that the parties lie in, however many parties and years.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import F

from chungtay.law.criteria import Known
from chungtay.law.rates import percent, rounded, with_comma
from chungtay.law.targets import Track
from chungtay.movements.models import Movement
from chungtay.movements.plan import Plan
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.places.models import DIGITS, Level
from chungtay.places.scope import Scope
from chungtay.records import walls
from chungtay.records.among import Among
from chungtay.reviews.models import Figures
from chungtay.targets import judging, measuring
from chungtay.targets.ground import Ground, Unit
from chungtay.targets.models import IncomeSurvey
from chungtay.targets.scene import plan_in_force

ON_RECORD = "what the law asks about a nominee counts wherever it was written"
COMMITTEES = (PartyKind.PEOPLE_COMMITTEE_COMMUNE, PartyKind.PEOPLE_COMMITTEE_DISTRICT)
GROUPS = (PartyKind.COMMUNITY, PartyKind.GRASSROOTS_ORGANISATION)
"""Groups answer for a whole commune; one that is of a hamlet has no figures of its own."""


@dataclass(frozen=True)
class Area:
    """Địa bàn của nhiều đối tượng trong một tỉnh: which party answers for which unit of today."""

    movement: Movement
    plan: Plan
    ground: Ground
    units: Mapping[int, Unit]
    """By party."""

    @property
    def distinct(self) -> list[Unit]:
        """Each unit once."""
        return list({unit.pk: unit for unit in self.units.values()}.values())


def _areas(parties: Collection[int], kinds: Iterable[str], until: date, on: date) -> list[Area]:
    """The units that these parties answer for, by province; parties of other kinds and of hamlets are left out."""
    rows = Party.objects.filter(Among("pk", parties), kind__in=list(kinds)).order_by()
    told: dict[str, list[tuple[int, str]]] = {}
    for party, kind, hamlet, path in rows.values_list("pk", "kind", "hamlet", "area_path"):
        if kind in COMMITTEES or not hamlet:
            told.setdefault(path[:DIGITS], []).append((party, path))
    if not told:
        return []
    found = []
    for movement in Movement.objects.select_related("place").order_by("-code"):
        here = told.get(movement.place.path)
        plan = plan_in_force(movement, on) if here else None
        if here is None or plan is None or until not in plan.period:
            continue
        ground = Ground(movement.place, on)
        units = {party: unit for party, path in here if (unit := ground.at(path)) and unit.level != Level.PROVINCE}
        if units:
            found.append(Area(movement, plan, ground, units))
            del told[movement.place.path]
    return found


def _years(since: date, until: date) -> range:
    """The years of the period that have ended within it."""
    return range(since.year, until.year + (1 if (until.month, until.day) == (12, 31) else 0))


@walls.everything(ON_RECORD)
def assigned_rate_met(parties: Collection[int], *, since: date, until: date, on: date) -> dict[int, Known]:
    """Whether the poverty rate assigned for each year of the period was met (KH IV.1.2.c).

    Years without an assigned figure are not asked. A year that was assigned and has no locked figure leaves the answer
    open, unless another year already missed its own.
    """
    found: dict[int, Known] = {}
    for area in _areas(parties, COMMITTEES, until, on):
        goal = next((one for one in area.plan.goals if one.measure == judging.GENERAL_RATE), None)
        if goal is None:
            continue
        assigned = judging.assigned_in(area.movement, [goal.id], area.ground.province.path, on=on)[goal.id]
        facts = measuring.gather(area.ground, area.distinct, base_year=goal.baseline.as_of.year)
        stands = {one.unit.pk: one for one in judging.judge(facts, area.plan, goal, area.distinct, assigned, on=on)}
        for party, unit in area.units.items():
            known = _against_assigned(stands[unit.pk], _years(since, until))
            if known is not None:
                found[party] = known
    return found


def _against_assigned(stands: judging.Standing, years: range) -> Known | None:
    asked = [year for year in years if year in stands.assigned]
    tracks = {year: stands.against(year) for year in asked}
    said = "; ".join(
        f"năm {year} giao {with_comma(stands.assigned[year].value)}%, thực hiện "
        f"{with_comma(stands.measured[year].value or Decimal(0))}%{', vượt' if track is Track.AHEAD else ''}"
        for year, track in tracks.items()
        if track is not Track.NOT_MEASURED
    )
    if Track.BEHIND in tracks.values():
        return Known(False, because=f"Tỷ lệ hộ nghèo: {said}.")
    if not asked or Track.NOT_MEASURED in tracks.values():
        return None
    return Known(True, because=f"Tỷ lệ hộ nghèo: {said}.")


@walls.everything(ON_RECORD)
def poverty_rate_falls_as_targeted(parties: Collection[int], *, since: date, until: date, on: date) -> dict[int, Known]:
    """Whether the poverty rate fell as targeted in each year of the period and over it (KH IV.1.2.b).

    A year counts by the figure that the unit was assigned for it; without one, by the plan's pace from the unit's own
    first figure. The plan gives its pace of 1 to 1.5 points a year to the whole province (KH I.1.b): taken off a unit
    that had few poor households from the start it comes to nothing, which the clause cannot mean, so from there on a
    year without an assigned figure cannot be said by data. Such a year, as one without a locked figure, leaves the
    answer open, unless another year already fell short.
    """
    found: dict[int, Known] = {}
    for area in _areas(parties, (*COMMITTEES, *GROUPS), until, on):
        goal = next((one for one in area.plan.goals if one.measure == judging.GENERAL_RATE), None)
        if goal is None:
            continue
        assigned = judging.assigned_in(area.movement, [goal.id], area.ground.province.path, on=on)[goal.id]
        facts = measuring.gather(area.ground, area.distinct, base_year=goal.baseline.as_of.year)
        stands = {one.unit.pk: one for one in judging.judge(facts, area.plan, goal, area.distinct, assigned, on=on)}
        for party, unit in area.units.items():
            known = _as_targeted(stands[unit.pk], _years(since, until))
            if known is not None:
                near = _near_poor(facts, unit, _years(since, until))
                found[party] = replace(known, because=f"{known.because} {near}".strip())
    return found


def _near_poor(facts: measuring.Facts, unit: Unit, years: range) -> str:
    """The near-poor rates of the years, for the person who judges them: the plan states no target for them."""
    rows = [(year, facts.table[unit.pk][year]) for year in facts.years(unit) if year in years]
    told = [(year, percent(row.near_poor, row.households_all)) for year, row in rows]
    said = "; ".join(f"năm {year} là {with_comma(rate)}%" for year, rate in told if rate is not None)
    return f"Tỷ lệ hộ cận nghèo: {said}." if said else ""


def _as_targeted(stands: judging.Standing, years: range) -> Known | None:
    said, fell_short, is_open = [], False, False
    asked = [one for one in stands.progress.years if one.year in years]
    for one in asked:
        given = stands.assigned.get(one.year)
        most = one.slow if given is None else given.value  # no pace where it would leave nothing
        if one.measured is None or most is None:
            is_open = True
            continue
        what = "cần" if given is None else "được giao"
        said.append(f"năm {one.year} còn {with_comma(one.measured)}%, {what} không quá {with_comma(most)}%")
        fell_short = fell_short or one.measured > most
    if not asked or (is_open and not fell_short):
        return None
    return Known(not fell_short, because=f"Tỷ lệ hộ nghèo: {'; '.join(said)}.")


@dataclass
class Lacks:
    """Số thiếu hụt của một địa bàn trong một năm: lacks counted on both lists, all households, communes that told."""

    lacks: int = 0
    households: int = 0
    communes: int = 0
    per_head: list[tuple[int, int]] = field(default_factory=list)

    def add(self, lacks: int, households: int) -> None:
        """Take in one commune."""
        self.lacks, self.households, self.communes = self.lacks + lacks, self.households + households, self.communes + 1

    @property
    def rate(self) -> Fraction:
        """Lacks on a hundred households of the area."""
        return Fraction(100 * self.lacks, self.households)

    @property
    def income(self) -> Fraction | None:
        """đồng a head a month of the households surveyed, weighed by their number; None without a survey."""
        asked = sum(households for households, _ in self.per_head)
        return Fraction(sum(size * money for size, money in self.per_head), asked) if asked else None


@walls.everything(ON_RECORD)
def living_conditions_better(parties: Collection[int], *, since: date, until: date, on: date) -> dict[int, Known]:
    """Whether poor and near-poor households lack less at the end of the period than before it (KH IV.1.2.b, c).

    Lacks on a hundred households of the area, by the first and the last locked review within reach of the period (the
    one that closes the year before it included). Where incomes of both years were surveyed they may not have fallen.
    """
    found: dict[int, Known] = {}
    for area in _areas(parties, (*COMMITTEES, *GROUPS), until, on):
        table = _lacks(area, since, until, on)
        for party, unit in area.units.items():
            known = _compared(area.ground, unit, table.get(unit.pk, {}))
            if known is not None:
                found[party] = known
    return found


def _lacks(area: Area, since: date, until: date, on: date) -> dict[int, dict[int, Lacks]]:
    inside = Scope.of_paths([area.ground.province.path]).where("area_path")
    years = {"year__gte": since.year - 1, "year__lte": until.year}
    wanted = {unit.pk for unit in area.distinct}
    table: dict[int, dict[int, Lacks]] = {}
    rows = Figures.objects.standing(on).filter(inside, **years, as_of__lte=until).order_by()
    for path, year, households, listed, lacking in rows.annotate(listed=F("poor") + F("near_poor")).values_list(
        "area_path", "year", "households_all", "listed", "lacking"
    ):
        if listed and not lacking:
            continue  # figures of published sums, which do not tell what households lack
        told = sum(size for of_list in lacking.values() for size in of_list.values())
        for one in _reaches(area.ground, path, wanted):
            sums = table.setdefault(one, {}).setdefault(year, Lacks())
            sums.add(told, households)
    for survey in IncomeSurvey.objects.standing(on).filter(inside, **years):
        for one in _reaches(area.ground, survey.area_path, wanted):
            if survey.year in table.get(one, {}):
                table[one][survey.year].per_head.append((survey.households, survey.per_head))
    return table


def _reaches(ground: Ground, path: str, wanted: Collection[int]) -> list[int]:
    """The wanted units that a commune's row counts for: itself and those above it."""
    at = ground.at(path)
    return [] if at is None else [one.pk for one in (*ground.line(at), at) if one.pk in wanted]


def _compared(ground: Ground, unit: Unit, years: Mapping[int, Lacks]) -> Known | None:
    whole = {year: one for year, one in years.items() if one.households and one.communes >= ground.expected(unit, year)}
    if len(whole) < 2:
        return None
    first, last = min(whole), max(whole)
    before, after = whole[first], whole[last]
    said = (
        f"Chỉ số thiếu hụt của hộ nghèo, cận nghèo trên 100 hộ: {with_comma(rounded(before.rate))} năm {first}, "
        f"{with_comma(rounded(after.rate))} năm {last}."
    )
    better = after.rate < before.rate
    if before.income is not None and after.income is not None:
        better = better and after.income >= before.income
        said += f" Thu nhập bình quân hộ nghèo {'không giảm' if after.income >= before.income else 'giảm'}."
    return Known(better, because=said)
