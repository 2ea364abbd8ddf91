"""Invented households through the years: who is poor, near-poor, above, gone, so that every year's numbers are met.

A cell is played by itself. What a household's class does to the movement is left to the law; here only the classes are
drawn, so that a list of one year follows from the list of the year before.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from chungtay.desk.demo.poverty_cells import Cell
from chungtay.desk.demo.poverty_series import PERSONS_2020, YEARS
from chungtay.households.facts import Person
from chungtay.law.causes import CAUSES
from chungtay.law.deprivations import INDICATORS
from chungtay.law.population import Move
from chungtay.law.poverty import Class

INCOME, SERVICE, NEAR, ABOVE = Class.INCOME_POOR, Class.SERVICE_POOR, Class.NEAR_POOR, Class.OUTSIDE
FIRST_TEN = tuple(one.bit for one in INDICATORS.values())[:10]
SIZES, SIZE_WEIGHTS = (1, 2, 3, 4, 5, 6, 7), (9, 18, 26, 24, 13, 7, 3)
LARGEST = 9


@dataclass(frozen=True)
class Face:
    """A party of the demo as the head of a household: the key of the party, the person, the hamlet."""

    party: int
    head: Person
    hamlet: str


@dataclass(slots=True)
class Life:
    """Một hộ mô phỏng: its class at the end of each year that it was on a list or had just left one."""

    commune: str
    people: str
    size: int
    lacks: tuple[int, ...]
    depth: int
    causes: int
    no_labour: bool
    merit: bool
    states: dict[int, Class] = field(default_factory=dict)
    came: int = 0
    gone: int = 0
    gone_why: str = ""
    key: int = 0
    face: Face | None = None

    @property
    def first(self) -> int:
        """The first year in which a review knows it."""
        return min(self.states)

    def lacking(self, standing: Class) -> int:
        """The indicators that it lacks while in that class, as a mask: three or more make a service-poor household."""
        count = 3 + self.depth % 3 if standing is SERVICE else self.depth % (5 if standing is INCOME else 3)
        return sum(self.lacks[:count])


class Player:
    """Plays cells with one die."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self.lives: list[Life] = []

    def play(self, cell: Cell) -> None:
        """All households of one people in one commune, year after year."""
        hand = _Hand()
        for year in YEARS:
            if year == YEARS[0]:
                poor = [self._born(cell, year) for _ in range(cell.poor[year])]
                near = [self._born(cell, year) for _ in range(cell.near_poor[year])]
            else:
                poor, near = self._turn(cell, hand, year)
            self._settle(poor, near, cell.income_poor[year], year)
            hand.poor, hand.near = poor, near

    def _born(self, cell: Cell, year: int, *, came: bool = False) -> Life:
        dice = self._dice
        life = Life(
            cell.commune, cell.people, dice.choices(SIZES, SIZE_WEIGHTS)[0], tuple(dice.sample(FIRST_TEN, 5)),
            dice.randrange(60), 0, dice.random() < 0.06, dice.random() < 0.025,
        )  # fmt: skip
        life.causes = sum(one.bit for one in dice.sample(list(CAUSES.values()), dice.choice((1, 1, 2))))
        life.came = year if came else 0
        self.lives.append(life)
        return life

    def _some(self, size: float, most: int) -> int:
        """About so many, as a whole number, and never more than there are."""
        return min(int(size + self._dice.random()), max(most, 0))

    def _turn(self, cell: Cell, hand: "_Hand", year: int) -> tuple[list[Life], list[Life]]:
        """The two lists of `year` from those of the year before, with as many households as the cell says."""
        goal, near_goal = cell.poor[year], cell.near_poor[year]
        self._dice.shuffle(hand.poor)
        self._dice.shuffle(hand.near)
        self._depart(hand.poor, year)
        self._depart(hand.near, year)
        fell = _take(hand.near, self._some(goal * 0.02, min(len(hand.near), goal)))
        back = _take(hand.above, self._some(goal * 0.012, min(len(hand.above), goal - len(fell))))
        moved = self._some(goal * 0.004, goal - len(fell) - len(back))
        fresh = self._some(goal * 0.05, goal - len(fell) - len(back) - moved)
        stay = _take(hand.poor, min(goal - len(fell) - len(back) - moved - fresh, len(hand.poor)))
        fresh = goal - len(stay) - len(fell) - len(back) - moved
        leaving = hand.poor
        eased = _take(leaving, min(int(len(leaving) * 0.45), near_goal))
        again = _take(hand.left, self._some(near_goal * 0.01, min(len(hand.left), near_goal - len(eased))))
        new_near = self._some(near_goal * 0.08, near_goal - len(eased) - len(again))
        stay_near = _take(hand.near, min(near_goal - len(eased) - len(again) - new_near, len(hand.near)))
        new_near = near_goal - len(stay_near) - len(eased) - len(again)
        for life in (*leaving, *hand.near):
            life.states[year] = ABOVE
        hand.above += leaving
        hand.left += hand.near
        poor = [*stay, *fell, *back, *(self._born(cell, year, came=True) for _ in range(moved))]
        poor += [self._born(cell, year) for _ in range(fresh)]
        return poor, [*stay_near, *eased, *again, *(self._born(cell, year) for _ in range(new_near))]

    def _depart(self, lives: list[Life], year: int) -> None:
        for life in _take(lives, self._some(len(lives) * 0.006, len(lives))):
            life.gone = year
            life.gone_why = (Move.DIED if life.size == 1 else Move.MOVED_OUT).value

    def _settle(self, poor: list[Life], near: list[Life], income: int, year: int) -> None:
        """Give everybody a class: whoever was poor keeps the kind as far as the numbers let."""
        before = {id(life): life.states.get(year - 1) for life in poor}
        was_service = [life for life in poor if before[id(life)] is SERVICE]
        others = [life for life in poor if before[id(life)] is not SERVICE]
        for at, life in enumerate((*others, *was_service)):
            life.states[year] = INCOME if at < income else SERVICE
        for life in near:
            life.states[year] = NEAR


@dataclass
class _Hand:
    """The lists of the year before, and those who were on one once."""

    poor: list[Life] = field(default_factory=list)
    near: list[Life] = field(default_factory=list)
    above: list[Life] = field(default_factory=list)
    left: list[Life] = field(default_factory=list)


def _take(lives: list[Life], count: int) -> list[Life]:
    """The last `count`, taken away."""
    if count <= 0:
        return []
    taken = lives[-count:]
    del lives[-count:]
    return taken


def play(cells: Iterable[Cell], seed: int) -> list[Life]:
    """Every household of the province, sized so that the persons of 2020 are those that were published."""
    player = Player(Random(seed))  # noqa: S311  invented people, not secrets
    for cell in cells:
        player.play(cell)
    poor = [life for life in player.lives if life.states.get(2020) in (INCOME, SERVICE)]
    near = [life for life in player.lives if life.states.get(2020) is NEAR]
    _resize(poor, PERSONS_2020["poor"])
    _resize(near, PERSONS_2020["near_poor"])
    return player.lives


def _resize(lives: list[Life], persons: int) -> None:
    """Let households be one person larger or smaller, in order, until all of them are `persons`."""
    more = persons - sum(life.size for life in lives)
    step = 1 if more > 0 else -1
    while more:
        for life in lives:
            if more and 1 <= life.size + step <= LARGEST:
                life.size += step
                more -= step
