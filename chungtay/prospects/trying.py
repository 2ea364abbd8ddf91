"""Thử mức: what another threshold or quota would change. Pure: sums of a count go in, nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from chungtay.law import money
from chungtay.law.awards import Award, Payee
from chungtay.prospects.cells import NO_DATA, Cell
from chungtay.prospects.turns import Turn


@dataclass(frozen=True)
class Levels:
    """Mức đang thử: thresholds by kind of payee (whole đồng), criteria that the data must meet, quotas (None: none)."""

    thresholds: Mapping[Payee, int] = field(default_factory=dict)
    least_met: int = 0
    each_place: int | None = None
    in_all: int | None = None


@dataclass(frozen=True)
class Prices:
    """Tiền thưởng của một hình thức khen on a day; a gift is answered with the emblem where the plan says so."""

    award: Award
    on: date
    emblem_for: frozenset[str] = frozenset()

    def of(self, cell: Cell) -> int:
        """Whole đồng for one party of that sort."""
        gave = cell.value is not None and cell.payee in self.emblem_for
        return money.reward(self.award, cell.payee, decided_on=self.on, gave_assets=gave).amount

    def assumed(self, payees: Iterable[str]) -> list[str]:
        """What of the money nobody has read in a text."""
        told = [money.prize(self.award, payee, decided_on=self.on).assumed for payee in sorted(set(payees))]
        return list(dict.fromkeys(sentence for one in told for sentence in one))


@dataclass(frozen=True)
class Share:
    """Tỷ lệ trong số đủ điều kiện: `yes` of those of whom it is known; `unknown` are left out and told beside.

    `least` and `most`: how many of those that a quota leaves may be such, as nobody knows who will be chosen.
    """

    yes: int
    known: int
    unknown: int
    least: int
    most: int

    @property
    def percent(self) -> str:
        """With one decimal and a comma; empty where nobody's is known."""
        return f"{100 * self.yes / self.known:.1f}".replace(".", ",") if self.known else ""


@dataclass(frozen=True)
class Outcome:
    """Kết quả thử: how many, where, for how much money, and who they are.

    `chosen_by_place`: the most a place's own quota lets through; `places_at_most`: how many places the quota of all
    together can reach.
    """

    qualify: int
    have_dossier: int
    chosen: int
    by_place: Mapping[int, int]
    chosen_by_place: Mapping[int, int]
    places_at_most: int
    least_money: int
    most_money: int
    shares: Mapping[str, Share]
    payees: Mapping[str, int]


def outcome(
    places: Mapping[int, Counter[Cell]], levels: Levels, prices: Prices, islands: frozenset[int]
) -> Outcome:  # fmt: skip
    """What these levels come to. `places`: the cells of each commune (or wider unit with a register of its own)."""
    found: dict[int, Counter[Cell]] = {}
    for place, cells in places.items():
        found[place] = Counter({cell: n for cell, n in cells.items() if _qualifies(cell, levels)})
    by_place = {place: cells.total() for place, cells in found.items()}
    everybody = sum(found.values(), Counter[Cell]())
    chosen, low, high = _under_quota(found, levels, prices)
    picked = {place: n if levels.each_place is None else min(n, levels.each_place) for place, n in by_place.items()}
    return Outcome(
        everybody.total(),
        sum(n for cell, n in everybody.items() if cell.running),
        chosen,
        by_place,
        picked,
        min(sum(1 for n in picked.values() if n), chosen),
        low,
        high,
        _shares(found, levels, islands),
        Counter(payee for cell, n in everybody.items() for payee in [cell.payee] * n),
    )


def _qualifies(cell: Cell, levels: Levels) -> bool:
    turn, met = cell.at(levels.thresholds)
    return turn is Turn.READY and met >= levels.least_met


def _under_quota(found: Mapping[int, Counter[Cell]], levels: Levels, prices: Prices) -> tuple[int, int, int]:
    """How many a quota leaves, and the least and the most money that they may come to: who is chosen nobody knows."""
    cheapest: Counter[int] = Counter()
    dearest: Counter[int] = Counter()
    for cells in found.values():
        amounts: Counter[int] = Counter()
        for cell, n in cells.items():
            amounts[prices.of(cell)] += n
        cheapest += _first(amounts, levels.each_place, sorted(amounts))
        dearest += _first(amounts, levels.each_place, sorted(amounts, reverse=True))
    low = _first(cheapest, levels.in_all, sorted(cheapest))
    high = _first(dearest, levels.in_all, sorted(dearest, reverse=True))
    return low.total(), _worth(low), _worth(high)


def _first(amounts: Counter[int], most: int | None, order: Sequence[int]) -> Counter[int]:
    """The first `most` of these amounts in that order; all of them without a limit."""
    left, found = amounts.total() if most is None else most, Counter[int]()
    for amount in order:
        found[amount] = min(left, amounts[amount])
        left -= found[amount]
    # A sum of counters drops what is not above zero; prizes of no đồng have a number all the same.
    return Counter({amount: n for amount, n in found.items() if n})


def _worth(amounts: Counter[int]) -> int:
    return sum(amount * n for amount, n in amounts.items())


def _shares(found: Mapping[int, Counter[Cell]], levels: Levels, islands: frozenset[int]) -> dict[str, Share]:
    flags = {
        name: {place: _by_flag(cells, name) for place, cells in found.items()}
        for name in ("women", "minority", "leader")
    }
    flags["island"] = {
        place: Counter({"1" if place in islands else "0": cells.total()}) for place, cells in found.items()
    }
    return {name: _share(by_place, levels) for name, by_place in flags.items()}


def _by_flag(cells: Counter[Cell], name: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for cell, n in cells.items():
        found[getattr(cell, name)] += n
    return found


def _share(by_place: Mapping[int, Counter[str]], levels: Levels) -> Share:
    """The share of "1" among those of whom it is known, and between what numbers it lies under the quota."""
    whole = sum(by_place.values(), Counter[str]())
    yes, others, places = 0, 0, 0
    for flags in by_place.values():
        total = flags.total()
        places += (limit := total if levels.each_place is None else min(total, levels.each_place))
        yes += min(limit, flags["1"])
        others += min(limit, total - flags["1"])
    chosen = places if levels.in_all is None else min(places, levels.in_all)
    return Share(
        whole["1"], whole["1"] + whole["0"], whole[NO_DATA], least=max(0, chosen - others), most=min(chosen, yes)
    )
