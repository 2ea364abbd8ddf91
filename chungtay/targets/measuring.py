"""Each goal measured, for every unit and year at once: a value with what it was reckoned from, or why there is none.

A constant number of queries, whatever the number of units and years. What nobody knows is None and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from chungtay.contributions.sums import Received, received
from chungtay.law.rates import minority_rate, percent, poverty_rate, rounded
from chungtay.places.models import Coverage, Difficulty, Level
from chungtay.places.scope import Scope
from chungtay.targets import sums
from chungtay.targets.ground import Ground, Unit
from chungtay.targets.models import IncomeSurvey, Infrastructure
from chungtay.targets.sums import Sums

NO_GIFTS = "Chưa đo được: năm {year} chưa có khoản đóng góp nào được bên nhận xác nhận trong sổ đóng góp."
NO_SURVEY = "Chưa đo được: chưa nhập kết quả điều tra thu nhập năm {year}. Phiếu rà soát chấm điểm, không ghi thu nhập."
NO_FIRST_SURVEY = "Chưa đo được: chưa có kết quả điều tra thu nhập cuối năm {base} để so sánh."
NO_REVIEW = "Chưa có số liệu rà soát đã khóa của năm {year}."
LIST_NOT_WHOLE = "Danh sách xã đặc biệt khó khăn trong hệ thống chưa đầy đủ nên số này chỉ tính những xã đã biết."
MINORITY_RATE, SURVEYED = "poverty_rate_ethnic_minority", "income_of_the_poor"
GIVEN = "contributions"
CRITERIA = len(Infrastructure.Criterion)
LEAVING = frozenset({Difficulty.Programme.COASTAL.value, Difficulty.Programme.PROGRAMME_135.value})
"""The programmes that goal T7 speaks of: coast and islands, and Programme 135."""


@dataclass(frozen=True)
class Measured:
    """Số đo của một chỉ tiêu trong một năm: `part` of `whole` where it is a share; `why` where it was not measured."""

    value: Decimal | None
    why: str = ""
    part: int | None = None
    whole: int | None = None
    as_of: date | None = None
    source: str = ""
    caution: str = ""


@dataclass
class Facts:
    """All that the goals are measured by, read once. Statuses, surveys and answers by unit of today and year."""

    ground: Ground
    base_year: int
    table: sums.Table
    special: dict[tuple[int, int], set[str]] = field(default_factory=dict)
    whole_list: bool = False
    surveys: dict[tuple[int, int], IncomeSurvey] = field(default_factory=dict)
    answers: dict[tuple[int, int], list[Infrastructure]] = field(default_factory=dict)
    gifts: dict[tuple[int, int], Received] = field(default_factory=dict)

    def special_years(self, unit: Unit) -> set[int]:
        """The years in which a commune is known as specially difficult."""
        return {year for key, year in self.special if key == unit.pk}

    def years(self, unit: Unit) -> list[int]:
        """The years with figures, in order."""
        return sorted(self.table.get(unit.pk, {}))


Readings = dict[int, dict[int, Measured]]
"""By unit and year."""


def gather(ground: Ground, units: Collection[Unit], *, base_year: int) -> Facts:
    """Everything known on the ground's day of these units and of those above them. Six queries."""
    facts = Facts(ground, base_year, sums.read(ground, units))
    inside = Scope.of_paths([ground.province.path]).where("area_path")
    for place, year, programme in Difficulty.objects.order_by().values_list("place_id", "year", "programme"):
        facts.special.setdefault((place, year), set()).add(programme)
    facts.whole_list = Coverage.objects.filter(topic=Coverage.Topic.DIFFICULTY, complete=True).exists()
    for survey in IncomeSurvey.objects.standing(ground.on).filter(inside):
        unit = ground.at(survey.area_path)
        if unit is not None:
            facts.surveys[unit.pk, survey.year] = survey
    for answer in Infrastructure.objects.standing(ground.on).filter(inside):
        unit = ground.at(answer.area_path)
        if unit is not None:
            facts.answers.setdefault((unit.pk, answer.year), []).append(answer)
    facts.gifts = received(ground.province.path, ground.keys_at, on=ground.on)
    return facts


def measure(facts: Facts, way: str, units: Collection[Unit], years: Collection[int]) -> Readings:
    """One goal by its `measure` of the plan, for each unit and year. An unknown way is never measured."""
    known = _WAYS.get(way)
    if known is None:
        nothing = Measured(None, "Chưa đo được: hệ thống chưa biết cách đo chỉ tiêu này.")
        return {unit.pk: dict.fromkeys(years, nothing) for unit in units}
    return {unit.pk: {year: known(facts, unit, year) for year in years} for unit in units}


def _reviewed(facts: Facts, unit: Unit, year: int) -> Sums | Measured:
    """The sums, or why they are not to be used: no figures, or not of every commune."""
    found = facts.table.get(unit.pk, {}).get(year)
    if found is None:
        return Measured(None, NO_REVIEW.format(year=year))
    expected = facts.ground.expected(unit, year)
    if found.communes < expected:
        return Measured(None, f"Mới có số liệu năm {year} của {found.communes} trong {expected} xã, phường, thị trấn.")
    return found


def _not_listed(unit: Unit, year: int) -> str:
    what = "Xã này không" if unit.level == Level.COMMUNE else "Địa bàn này không có xã"
    return f"{what} được ghi là đặc biệt khó khăn trong năm {year}."


def _share(found: Sums, rate: Callable[[int, int], Decimal | None], part: int, whole: int, caution: str) -> Measured:
    value = rate(part, whole)
    why = "" if value is not None else "Không có hộ nào thuộc phạm vi này nên không có tỷ lệ."
    return Measured(value, why, part, whole, found.as_of, found.source, caution)


def _poverty_rate(facts: Facts, unit: Unit, year: int) -> Measured:
    found = _reviewed(facts, unit, year)
    if isinstance(found, Measured):
        return found
    return _share(found, poverty_rate, found.poor, found.households_all, "")


def _special_rate(facts: Facts, unit: Unit, year: int) -> Measured:
    found = _reviewed(facts, unit, year)
    if isinstance(found, Measured):
        return found
    if not found.special_communes:
        return Measured(None, _not_listed(unit, year))
    caution = "" if facts.whole_list else LIST_NOT_WHOLE
    return _share(found, poverty_rate, found.special_poor, found.special_households, caution)


def _minority_rate(facts: Facts, unit: Unit, year: int) -> Measured:
    found = _reviewed(facts, unit, year)
    if isinstance(found, Measured):
        return found
    if found.minority_all is None:
        without = f"{found.minority_without} xã, phường, thị trấn chưa nhập"
        return Measured(None, f"Chưa đo được: {without} tổng số hộ dân tộc thiểu số năm {year}.")
    return _share(found, minority_rate, found.minority_poor, found.minority_all, "")


def _of_first_list(column: str, first: str) -> Callable[[Facts, Unit, int], Measured]:
    """Households of the first list that are still poor, followed one by one."""

    def way(facts: Facts, unit: Unit, year: int) -> Measured:
        found = _reviewed(facts, unit, year)
        if isinstance(found, Measured):
            return found
        base = _reviewed(facts, unit, facts.base_year)
        if isinstance(base, Measured):
            text = f"Chưa đo được: không có danh sách cuối năm {facts.base_year} trong hệ thống để theo dõi từng hộ."
            return Measured(None, text)
        still = getattr(found, column)
        return Measured(Decimal(still), "", still, getattr(base, first), found.as_of, found.source)

    return way


def _income(facts: Facts, unit: Unit, year: int) -> Measured:
    now, first = facts.surveys.get((unit.pk, year)), facts.surveys.get((unit.pk, facts.base_year))
    if now is None:
        return Measured(None, NO_SURVEY.format(year=year))
    as_of, source = min(date(year, 12, 31), now.entered_on), f"{now.source}, nhập ngày {now.entered_on:%d/%m/%Y}"
    if first is None or not first.per_head:
        why = NO_FIRST_SURVEY.format(base=facts.base_year)
        return Measured(None, why, now.per_head, None, as_of, source)
    times = rounded(Fraction(now.per_head, first.per_head))
    caution = f"Theo điều tra {now.households} hộ ({now.method}); không phải số liệu rà soát."
    return Measured(times, "", now.per_head, first.per_head, as_of, source, caution)


def _leaving(facts: Facts, unit: Unit, year: int) -> Measured:
    if not facts.whole_list:
        return Measured(None, "Chưa đo được: danh sách xã đặc biệt khó khăn trong hệ thống chưa đầy đủ.")
    communes = {one.pk for one in facts.ground.communes(unit)}
    first = {key for key in communes if facts.special.get((key, facts.base_year), set()) & LEAVING}
    if not first:
        return Measured(None, f"Không có xã thuộc diện này đầu giai đoạn (năm {facts.base_year}).")
    left = {key for key in first if not facts.special.get((key, year), set()) & LEAVING}
    source = "Danh sách xã đặc biệt khó khăn theo năm trong danh mục địa bàn"
    return Measured(percent(len(left), len(first)), "", len(left), len(first), date(year, 12, 31), source)


def _infrastructure(facts: Facts, unit: Unit, year: int) -> Measured:
    communes = [one.pk for one in facts.ground.communes(unit) if facts.special.get((one.pk, year))]
    if not communes:
        return Measured(None, _not_listed(unit, year))
    answers = [answer for key in communes for answer in facts.answers.get((key, year), [])]
    places = {(answer.place_id, answer.hamlet) for answer in answers}
    whole = CRITERIA * len(places | {(key, "") for key in communes})
    if not answers:
        return Measured(None, f"Chưa đo được: chưa nhập kết quả hạ tầng thiết yếu năm {year}.")
    if len(answers) < whole:
        return Measured(None, f"Chưa đủ: mới nhập {len(answers)} trong {whole} kết quả hạ tầng năm {year}.")
    met = sum(answer.met is True for answer in answers)
    caution = "" if facts.whole_list else LIST_NOT_WHOLE
    source = "; ".join(dict.fromkeys(answer.source for answer in answers))
    latest = max(answer.entered_on for answer in answers)
    return Measured(percent(met, whole), "", met, whole, latest, source, caution)


def _gifts(facts: Facts, unit: Unit, year: int) -> Measured:
    found = facts.gifts.get((unit.pk, year))
    if found is None:
        return Measured(None, NO_GIFTS.format(year=year))
    return Measured(Decimal(found.total), "", as_of=found.latest, source=f"Sổ đóng góp, đã xác nhận: {found.kinds}")


_WAYS: Mapping[str, Callable[[Facts, Unit, int], Measured]] = {
    "poverty_rate": _poverty_rate,
    "poverty_rate_special_communes": _special_rate,
    MINORITY_RATE: _minority_rate,
    "income_poor_households": _of_first_list("of_first_income_poor", "income_poor"),
    "service_poor_households": _of_first_list("of_first_service_poor", "service_poor"),
    SURVEYED: _income,
    "special_communes_leaving": _leaving,
    "essential_infrastructure": _infrastructure,
    GIVEN: _gifts,
}
"""How each measure that a plan may name is taken (`movements.plan_parts.Goal.measure`)."""
