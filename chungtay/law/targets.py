"""Targets: a goal's planned path beside what was measured, a forecast, and whether the children's plans add up.

What the plan asks stands in the plan file; this module takes its plain numbers. A year without a figure stays a gap.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from chungtay.law.rates import figure, rounded


class Direction(StrEnum):
    """Chiều của chỉ tiêu: what the plan wants."""

    DOWN = "down"
    UP = "up"

    @property
    def sign(self) -> int:
        return -1 if self is Direction.DOWN else 1


class Track(StrEnum):
    """Tiến độ: AHEAD is beyond the plan's higher pace, ON within its two paces.

    Below the plan's own province AHEAD, ON and BEHIND are of the figure assigned to the unit; NOT_ASSIGNED has none.
    """

    AHEAD = "ahead"
    ON = "on"
    BEHIND = "behind"
    NOT_MEASURED = "not_measured"
    NOT_ASSIGNED = "not_assigned"

    @property
    def label(self) -> str:
        return {
            Track.AHEAD: "Vượt kế hoạch",
            Track.ON: "Đúng kế hoạch",
            Track.BEHIND: "Chậm so với kế hoạch",
            Track.NOT_MEASURED: "Chưa đo được",
            Track.NOT_ASSIGNED: "Chưa giao mức",
        }[self]

    @property
    def of_assigned(self) -> str:
        """The same where an assigned figure is what it stands to."""
        told = {Track.AHEAD: "Vượt mức giao", Track.ON: "Đạt mức giao", Track.BEHIND: "Chưa đạt mức giao"}
        return told.get(self, self.label)


@dataclass(frozen=True)
class Pace:
    """Mức thay đổi mỗi năm: both ends positive, in the goal's unit."""

    least: Decimal
    most: Decimal

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most:
            raise ValueError(f"a pace goes from its least to its most, not {self.least} to {self.most}")


@dataclass(frozen=True)
class Goal:
    """Chỉ tiêu bằng số: the figure at the end of `base_year`, then what each year until `last_year` must bring.

    One of `paces` (by year) and `end` (the figure to reach) says how far; with neither, each measured year must only be
    better than the one before. `floor`: a rate or a count never falls below it, and neither does its path.

    `word` is the unit that sentences write, `places` the decimals of what is reckoned: 0 for whole households.
    """

    direction: Direction
    base_year: int
    last_year: int
    baseline: Decimal | None
    paces: Mapping[int, Pace] | None = None
    end: Decimal | None = None
    floor: Decimal = Decimal(0)
    word: str = ""
    places: int = 2

    def says(self, value: Decimal) -> str:
        """A figure of this goal as a sentence writes it."""
        return figure(value, self.word, self.places)

    def says_change(self, value: Decimal) -> str:
        """How far a figure moved: between rates that is percentage points."""
        return figure(value, "điểm phần trăm" if self.word == "%" else self.word, 3 if self.places else 0)


def steady(pace: Pace, first: int, last: int) -> dict[int, Pace]:
    """The same pace in every year from `first` to `last`."""
    return dict.fromkeys(range(first, last + 1), pace)


def by_status(general: Pace, special: Pace, special_years: Collection[int], first: int, last: int) -> dict[int, Pace]:
    """The paces of a commune: `special` in the years of special difficulty, else `general`."""
    return {year: special if year in special_years else general for year in range(first, last + 1)}


@dataclass(frozen=True)
class Year:
    """Một năm: the planned figures by the lower and the higher pace (None without a path), measured, and how it stands.

    `slow` is what must at least be reached; `fast` what the higher pace would give. Of a unit below the plan's own
    province they are a reference only, and None from where the province's pace would leave nothing.
    """

    year: int
    slow: Decimal | None
    fast: Decimal | None
    measured: Decimal | None
    track: Track


@dataclass(frozen=True)
class Progress:
    """Tiến độ của một chỉ tiêu trên một địa bàn; `lines` say it in Vietnamese, `assumed` as everywhere in law."""

    years: tuple[Year, ...]
    track: Track
    latest_year: int | None
    latest: Decimal | None
    change: Decimal | None
    per_year: Decimal | None
    forecast: Decimal | None
    forecast_track: Track
    lines: tuple[str, ...]
    assumed: tuple[str, ...]
    by_assigned: bool = False

    def says(self, track: Track) -> str:
        """A track of this goal here in Vietnamese: against the plan, or against what was assigned."""
        return track.of_assigned if self.by_assigned else track.label


NOTHING_TO_COMPARE = "Chưa có mức để so"
"""What is said of a figure that was measured where neither the plan nor an earlier figure tells what to expect."""
STRAIGHT = "Kế hoạch chỉ nêu mức phải đạt khi kết thúc; đường kế hoạch từng năm được kẻ thẳng từ số liệu gốc."
MEAN = "Dự báo kéo dài mức thay đổi bình quân từ số liệu gốc đến năm đo gần nhất, không phải cam kết."


def progress(
    goal: Goal, measured: Mapping[int, Decimal], *, on: date, assigned: Mapping[int, Decimal] | None = None
) -> Progress:
    """How `goal` stands on `on`, by the figures of each year's end that are known. A missing year is never 0.

    `assigned`: the figures, by year, that a unit below the plan's own province stands to, and to nothing else
    (KH I.1.b); None for the province itself, which stands to its path.

    `change` and `per_year` are signed, from the baseline on; all None where nothing was measured or no baseline is
    known. Figures for years that have not ended by `on` are left out.
    """
    known = {
        year: value
        for year, value in measured.items()
        if goal.base_year < year <= goal.last_year and date(year, 12, 31) <= on
    }
    years = tuple(_year(goal, year, known, assigned) for year in range(goal.base_year + 1, goal.last_year + 1))
    latest_year = max(known, default=None)
    latest = None if latest_year is None else known[latest_year]
    change = per_year = forecast = None
    if latest_year is not None and latest is not None and goal.baseline is not None:
        change = latest - goal.baseline
        mean = Fraction(change) / (latest_year - goal.base_year)
        per_year = rounded(mean, 3)
        ahead = Fraction(goal.baseline) + mean * (goal.last_year - goal.base_year)
        forecast = max(rounded(ahead, goal.places), goal.floor)
    track = next((year.track for year in years if year.year == latest_year), Track.NOT_MEASURED)
    return Progress(
        years=years,
        track=track,
        latest_year=latest_year,
        latest=latest,
        change=change,
        per_year=per_year,
        forecast=forecast,
        forecast_track=_against(goal, goal.last_year, forecast, known, assigned),
        lines=_lines(
            goal, track, track.label if assigned is None else track.of_assigned, latest_year, latest, per_year, forecast
        ),
        assumed=(*((STRAIGHT,) if goal.end is not None else ()), *((MEAN,) if forecast is not None else ())),
        by_assigned=assigned is not None,
    )


def path(goal: Goal, year: int) -> tuple[Decimal, Decimal] | None:
    """The planned figures at the end of `year` by the lower and the higher pace; None without baseline or pace."""
    if goal.baseline is None:
        return None
    if goal.paces is not None:
        passed = [goal.paces[each] for each in range(goal.base_year + 1, year + 1)]
        slow = goal.baseline + goal.direction.sign * sum((pace.least for pace in passed), Decimal(0))
        fast = goal.baseline + goal.direction.sign * sum((pace.most for pace in passed), Decimal(0))
        return max(slow, goal.floor), max(fast, goal.floor)
    if goal.end is not None:
        share = Fraction(year - goal.base_year, goal.last_year - goal.base_year)
        there = rounded(Fraction(goal.baseline) + (Fraction(goal.end) - Fraction(goal.baseline)) * share, goal.places)
        return there, there
    return None


def _year(goal: Goal, year: int, known: Mapping[int, Decimal], assigned: Mapping[int, Decimal] | None) -> Year:
    slow, fast = path(goal, year) or (None, None)
    if assigned is not None:
        slow, fast = (None if bound is None or bound <= goal.floor else bound for bound in (slow, fast))
    return Year(year, slow, fast, known.get(year), _against(goal, year, known.get(year), known, assigned))


def _against(
    goal: Goal, year: int, value: Decimal | None, known: Mapping[int, Decimal], assigned: Mapping[int, Decimal] | None
) -> Track:
    if value is None:
        return Track.NOT_MEASURED
    if assigned is not None:
        given = assigned.get(year)
        return Track.NOT_ASSIGNED if given is None else against_assigned(given, value, direction=goal.direction)
    planned = path(goal, year)
    if planned is None:
        return _trend(goal, year, value, known)
    slow, fast = (bound * goal.direction.sign for bound in planned)
    stands = value * goal.direction.sign
    if stands < slow:
        return Track.BEHIND
    return Track.AHEAD if stands > fast else Track.ON


def _trend(goal: Goal, year: int, value: Decimal, known: Mapping[int, Decimal]) -> Track:
    """Without a path: better than the last figure before it. With a pace that has no baseline nothing can be said."""
    if goal.paces is not None or goal.end is not None:
        return Track.NOT_MEASURED
    earlier = {at: figure for at, figure in known.items() if at < year}
    last = earlier[max(earlier)] if earlier else goal.baseline
    if last is None:
        return Track.NOT_MEASURED
    return Track.ON if (value - last) * goal.direction.sign > 0 else Track.BEHIND


def _lines(
    goal: Goal,
    track: Track,
    said: str,
    latest_year: int | None,
    latest: Decimal | None,
    per_year: Decimal | None,
    forecast: Decimal | None,
) -> tuple[str, ...]:
    if latest_year is None or latest is None:
        return ("Chưa đo được: chưa có số liệu của năm nào.",)
    if track is Track.NOT_MEASURED:
        why = f"chưa có số liệu gốc cuối năm {goal.base_year}" if goal.baseline is None else "kế hoạch không nêu"
        return f"Cuối năm {latest_year} là {goal.says(latest)}.", f"{NOTHING_TO_COMPARE}: {why}."
    found = [f"Cuối năm {latest_year} là {goal.says(latest)}: {said.lower()}."]
    if per_year is not None and goal.baseline is not None:
        way = "tăng" if per_year > 0 else "giảm" if per_year else "đổi"
        found.append(
            f"Từ {goal.says(goal.baseline)} cuối năm {goal.base_year}: bình quân mỗi năm {way} "
            f"{goal.says_change(abs(per_year))}."
        )
    if forecast is not None and latest_year < goal.last_year:
        found.append(f"Với mức này, dự báo cuối năm {goal.last_year} là {goal.says(forecast)}.")
    return tuple(found)


def against_assigned(assigned: Decimal, measured: Decimal | None, *, direction: Direction) -> Track:
    """How a unit stands against the figure assigned to it for one year (KH IV.1.2.c): AHEAD is met and beaten."""
    if measured is None:
        return Track.NOT_MEASURED
    beyond = (measured - assigned) * direction.sign
    return Track.BEHIND if beyond < 0 else Track.AHEAD if beyond > 0 else Track.ON


@dataclass(frozen=True)
class Child:
    """Mức giao của một đơn vị cấp dưới: its planned figure, and its households where the figure is a rate."""

    name: str
    value: Decimal
    households: int = 1


@dataclass(frozen=True)
class Reach:
    """Kết quả kiểm tra mức giao: what the children's figures come to, exactly and rounded, and whether it is enough."""

    enough: bool
    together: Fraction
    shown: Decimal
    parent: Decimal
    sentence: str


def children_reach(parent: Decimal, children: Iterable[Child], *, direction: Direction, word: str = "") -> Reach:
    """Whether the children's rates, weighed by households, reach the parent's: no more of it going down, no less up.

    Raises ValueError without a child that has households.
    """
    listed = list(children)
    weight = sum(child.households for child in listed)
    if weight <= 0 or any(child.households < 0 for child in listed):
        raise ValueError("a mean needs children with households")
    total = sum((Fraction(child.value) * child.households for child in listed), Fraction(0))
    return _reach(parent, total / weight, direction, "bình quân theo số hộ", word)


def children_add_up(parent: Decimal, children: Iterable[Child], *, direction: Direction, word: str = "") -> Reach:
    """The same for counts and sums of money: the children's figures are added."""
    total = sum((Fraction(child.value) for child in children), Fraction(0))
    return _reach(parent, total, direction, "cộng lại", word)


def _reach(parent: Decimal, together: Fraction, direction: Direction, how: str, word: str) -> Reach:
    enough = (together - Fraction(parent)) * direction.sign >= 0
    shown = rounded(together)
    verdict = "đủ để đạt" if enough else "chưa đủ để đạt"
    told, asked = figure(shown, word), figure(parent, word)
    sentence = f"Mức giao cấp dưới {how} là {told}, {verdict} mức {asked} của cấp trên."
    return Reach(enough, together, shown, parent, sentence)
