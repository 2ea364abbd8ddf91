"""Movement between two reviews of a whole population, as tables: who came onto the two lists and who left them.

Only households that stand on a list in one of the years count in any column, so only they are looked up in the other
year. They are grouped by what decides their column; which column that is, `law.population` says, never this module.
A household is the same one while its number and its commune are: one that moved to another commune, was split off or
was merged is an "other" increase or decrease where it came or went, and the sums of each commune still close.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from functools import cache

import narwhals as nw

from chungtay.households.columns import COMMUNE, ESCAPED, ID, LEFT_NEAR_POOR, MEMBERS, Frame
from chungtay.households.population import CLASSES, NUMBERS, PLACE, Ladder, chosen, placed
from chungtay.law.population import Change, Counted, Flow, Move, count, move
from chungtay.law.poverty import Class, same_standard
from chungtay.law.refusals import Refused

ABSENT, POOR, NEAR, NEITHER = range(4)
"""Where a household stands in a year; one without a class is not in the population of that year."""
STANDS_FOR = (None, Class.POOR, Class.NEAR_POOR, Class.OUTSIDE)
FROM_BEFORE, FROM_AFTER = range(2)
LAST_LISTED = NUMBERS[Class.NEAR_POOR]
"""Classes are numbered from the poorest on, so up to here they stand on a list."""
KEY = [ID.name, COMMUNE.name]


@dataclass(frozen=True)
class Group:
    """What decides the columns of a household: where it stood and stands, what it had been, whether it grew."""

    before: int
    after: int
    escaped: bool
    left_near_poor: bool
    grew: bool

    @property
    def move(self) -> Move:
        """The move that the law gives such a household."""
        history = [Move.ESCAPED_ABOVE] * self.escaped + [Move.LEFT_NEAR_POOR] * self.left_near_poor
        before, after = STANDS_FOR[self.before], STANDS_FOR[self.after]
        cause = Move.MOVED_IN if before is None else Move.MOVED_OUT if after is None else None
        return move(before, after, history, cause)

    def change(self, before: int, after: int) -> Change:
        """Such a household with so many persons."""
        return Change(STANDS_FOR[self.before], STANDS_FOR[self.after], self.move, before, after)


def require_comparable(before: Ladder, after: Ladder) -> None:
    """Raises Refused where classes of the two days rest on different standards and tell nothing of a movement."""
    if not same_standard(before.on, after.on):
        raise Refused.because(
            f"Hai kỳ {before.on:%d/%m/%Y} và {after.on:%d/%m/%Y} theo hai chuẩn nghèo khác nhau ({before.standard}, "
            f"{after.standard}): không so sánh được biến động."
        )


def moved(before: Frame, after: Frame, was: Ladder, now: Ladder) -> Frame:
    """For each commune and group (as a number, or empty): households, persons before, persons after.

    `after` must hold what the households had been before its review. Raises Refused as `require_comparable`.
    """
    require_comparable(was, now)
    earlier, later = _year(before, was, "before"), _year(after, now, "after", ESCAPED.name, LEFT_NEAR_POOR.name)
    rows = [COMMUNE.name, "before", "after", "persons_before", "persons_after", ESCAPED.name, LEFT_NEAR_POOR.name]
    left = _standing(_listed(earlier, "before").join(later, on=KEY, how="left"))
    came = _standing(_listed(later, "after").join(earlier, on=KEY, how="left"))
    from_before, from_after = (nw.lit(side, nw.Int16).alias("side") for side in (FROM_BEFORE, FROM_AFTER))
    both = nw.concat([left.select(*rows, from_before), came.select(*rows, from_after)], how="vertical").with_columns(
        nw.col("persons_before", "persons_after").fill_null(0),
        nw.col(ESCAPED.name, LEFT_NEAR_POOR.name).fill_null(nw.lit(False)),
    )
    return (
        both.select(COMMUNE.name, _group().alias("group"), "persons_before", "persons_after")
        .group_by(COMMUNE.name, "group")
        .agg(nw.len().alias("households"), nw.col("persons_before").sum(), nw.col("persons_after").sum())
    )


def followed(first: Frame, later: Frame, was: Ladder, now: Ladder) -> Frame:
    """For each commune of `later` and place in `first`: households that were poor then and are still poor.

    A household is followed by its number wherever it lives now. Raises Refused as `require_comparable`.
    """
    require_comparable(was, now)
    poor = max(number for number, outcome in enumerate(CLASSES) if outcome.is_poor)
    listed = placed(first, was).select(ID.name, nw.col(PLACE).alias("first")).filter(nw.col("first") <= poor)
    still = placed(later, now).select(ID.name, COMMUNE.name, PLACE).filter(nw.col(PLACE) <= poor)
    both = listed.join(still, on=[ID.name], how="inner")
    return both.group_by(COMMUNE.name, "first").agg(nw.len().alias("households"))


def still_poor(rows: Iterable[tuple[int, int, int]]) -> dict[int, dict[Class, int]]:
    """The rows of `followed` by commune and class of the first list."""
    found: dict[int, dict[Class, int]] = {}
    for commune, number, households in rows:
        found.setdefault(commune, {})[CLASSES[number]] = households
    return found


def _group() -> nw.Expr:
    """The row's `Group` as a number, empty for a row that tells of no move or that the other side tells.

    (Not a filter: an engine would push it, with the whole classification in it, below the joins onto every row.)
    """
    before, after = nw.col("before"), nw.col("after")
    was_listed, is_listed = (before == POOR) | (before == NEAR), (after == POOR) | (after == NEAR)
    from_before = nw.col("side") == FROM_BEFORE
    number = before * 4 + after
    grew = nw.col("persons_after") > nw.col("persons_before")
    for bit in (nw.col(ESCAPED.name), nw.col(LEFT_NEAR_POOR.name), grew):
        number = number * 2 + bit.cast(nw.Int16)
    return nw.when((from_before & was_listed) | (~from_before & is_listed & ~was_listed)).then(number)


def _year(frame: Frame, by: Ladder, year: str, *history: str) -> Frame:
    """Key, place and persons."""
    members = nw.col(MEMBERS.name).cast(nw.Int64).alias(f"persons_{year}")
    return placed(frame, by).select(*KEY, nw.col(PLACE).alias(year), members, *history)


def _listed(rows: Frame, year: str) -> Frame:
    """The rows on a list: one comparison, all that every row of a population can be asked cheaply."""
    return rows.filter(nw.col(year) <= LAST_LISTED)


def _standing(rows: Frame) -> Frame:
    """Where the household stood and stands, instead of its classes; absent without a row or a class."""
    standings = {number: _stands(outcome) for number, outcome in enumerate(CLASSES)}
    absent = nw.lit(ABSENT, nw.Int16)
    return rows.with_columns(
        chosen(standings, of=year, last=absent).cast(nw.Int16).alias(year) for year in ("before", "after")
    )


def _stands(outcome: Class) -> int:
    return POOR if outcome.is_poor else NEAR if outcome is Class.NEAR_POOR else NEITHER


COLUMNS = len(fields(Flow))
Row = tuple[int, int | None, int, int, int]
Terms = tuple[tuple[int, int], ...]


def tables(rows: Iterable[Row]) -> dict[int, Counted]:
    """The four tables of every commune, from the rows of `moved`."""
    sums: dict[int, list[int]] = {}
    for commune, number, households, persons_before, persons_after in rows:
        if number is None:
            continue
        into = sums.setdefault(commune, [0] * (4 * COLUMNS))
        one, alike, more = _terms(number)
        for times, terms in (
            (households, one),
            (min(persons_before, persons_after), alike),
            (abs(persons_after - persons_before), more),
        ):
            for at, size in terms:
                into[at] += times * size
    return {commune: _counted(numbers) for commune, numbers in sorted(sums.items())}


def total(found: Iterable[Counted]) -> Counted:
    """The sum of the tables of communes."""
    return sum(found, Counted())


def group(number: int) -> Group:
    """The group that a number stands for."""
    number, grew = divmod(number, 2)
    number, left_near_poor = divmod(number, 2)
    standings, escaped = divmod(number, 2)
    return Group(*divmod(standings, 4), bool(escaped), bool(left_near_poor), bool(grew))


@cache
def _terms(number: int) -> tuple[Terms, Terms, Terms]:
    """What one household adds to the tables, one person of both years, and one person of the larger year alone.

    Households of a group all grew or all did not, so their persons are so many of both years and so many of one.
    """
    of = group(number)
    one, more = count([of.change(1, 1)]), count([of.change(0, 1) if of.grew else of.change(1, 0)])
    households = Counted(poor=one.poor, near_poor=one.near_poor)
    persons = Counted(poor_persons=one.poor_persons, near_poor_persons=one.near_poor_persons)
    added = Counted(poor_persons=more.poor_persons, near_poor_persons=more.near_poor_persons)
    return _nonzero(households), _nonzero(persons), _nonzero(added)


def _numbers(found: Counted) -> Iterator[int]:
    for flow in astuple(found):
        yield from flow


def _nonzero(found: Counted) -> Terms:
    return tuple((at, size) for at, size in enumerate(_numbers(found)) if size)


def _counted(numbers: list[int]) -> Counted:
    return Counted(*(Flow(*numbers[at : at + COLUMNS]) for at in range(0, 4 * COLUMNS, COLUMNS)))
