"""What keeps a round open beyond its communes' tables: the register, classes given twice, and last year's ends."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.db.models import Count

from chungtay.households.models import Event, Household
from chungtay.law.population import Move
from chungtay.law.refusals import Reason, Reasons
from chungtay.parties import areas
from chungtay.places.models import DIGITS
from chungtay.records.among import Among
from chungtay.reviews import lineage
from chungtay.reviews.assessments import Assessment
from chungtay.reviews.figures import Figures
from chungtay.reviews.rights import CLAUSE
from chungtay.reviews.rounds import CommuneReview, Round
from chungtay.reviews.summing import TABLES, Summed

NAMED = 10
"""How many households one refusal names before it says how many more there are."""
PROVINCE, DISTRICT = DIGITS, 2 * DIGITS
"""Lengths of the paths of a province and of a district."""
LABELS = {
    "poor": "số hộ nghèo", "near_poor": "số hộ cận nghèo", "poor_persons": "số người thuộc hộ nghèo",
    "near_poor_persons": "số người thuộc hộ cận nghèo",
}  # fmt: skip
ACTS = {
    Move.MOVED_OUT.value: "hãy ghi chuyển chỗ ở hoặc ra khỏi sổ", Move.MERGED.value: "hãy ghi nhập hộ",
    Move.DIED.value: "hãy đưa hộ ra khỏi sổ",
}  # fmt: skip
"""What the register has to be told of a household that a review says is gone."""


def faults(round: Round, summed: Sequence[Summed]) -> Reasons:
    """Everything that would keep the whole round from being locked; empty where nothing does."""
    found = faults_of_communes(summed)
    found.extend(_told_twice(round))
    found.extend(_faults_of_starts(round, summed))
    return found


def faults_of_communes(summed: Sequence[Summed]) -> Reasons:
    """What is wrong with these communes, each for itself: its tables, and what the register says of its households."""
    found = Reasons()
    for one in summed:
        found.extend(Reason(f"{one.review.place}: {fault}", CLAUSE) for fault in one.faults)
    found.extend(faults_of_register([one.review for one in summed]))
    return found


def faults_of_register(reviews: Collection[CommuneReview]) -> Iterator[Reason]:
    """One sentence for each household that a review says is gone and the register has living in the commune."""
    rows = gone_but_there(reviews)
    for row in rows[:NAMED]:
        home = row.household
        yield Reason(
            f"{row.review.place}: hộ {home.code} ({home.head_name}, {row.hamlet}) ghi “{Move(row.gone).label}” nhưng "
            f"sổ hộ vẫn ghi đang ở xã: {ACTS[row.gone]} trong sổ hộ, hoặc ghi lại trên phiếu là hộ vẫn ở xã.",
            CLAUSE,
        )
    if len(rows) > NAMED:
        yield Reason(f"Còn {len(rows) - NAMED} hộ nữa phiếu ghi không còn mà sổ hộ vẫn ghi đang ở xã.", CLAUSE)


def gone_but_there(reviews: Collection[CommuneReview]) -> list[Assessment]:
    """The assessments that say a household is gone while it lives in that commune by the register. Three queries.

    Whoever came into the commune after the review's day was away on that day.
    """
    if not reviews:
        return []
    day = next(iter(reviews)).round.review_on
    rows = Assessment.objects.in_force().filter(review__in=reviews, household__closed_on__isnull=True).exclude(gone="")
    told = list(rows.select_related("household", "review__place", "review__round").order_by("review", "hamlet", "id"))
    steps = lineage.heirs(day)
    here = [row for row in told if lineage.heir(row.household.place_id, (row.review.place_id,), steps) is not None]
    later = came_after([row.household_id for row in here], day)
    return [row for row in here if row.household_id not in later]


def lives_in(review: CommuneReview, household: Household) -> bool:
    """Whether the register has the household living in that commune on the review's day, and still."""
    there = household.closed_on is None and household.place_id in lineage.grounds(review)
    return there and not came_after([household.pk], review.round.review_on)


def came_after(households: Collection[int], day: date) -> set[int]:
    """Of these households, those that moved into their commune after that day."""
    moved = Event.objects.filter(Among("household_id", households), kind=Event.Kind.MOVED_IN, on__gt=day)
    return set(moved.order_by().values_list("household", flat=True)) if households else set()


def _told_twice(round: Round) -> Iterator[Reason]:
    """A household that two communes of the round gave a class: it would be counted twice."""
    classed = Assessment.objects.in_force().filter(review__round=round).exclude(standing="").order_by()
    twice = classed.values("household").annotate(times=Count("pk")).filter(times__gt=1).values_list("household")
    rows = classed.filter(household__in=twice).select_related("household__place", "review__place")
    told: dict[Household, list[str]] = defaultdict(list)
    for row in rows.order_by("household", "id"):
        told[row.household].append(str(row.review.place))
    for home, places in list(told.items())[:NAMED]:
        yield Reason(
            f"Hộ {home.code} ({home.head_name}) được xếp loại ở cả {' và '.join(places)}; sổ hộ ghi hộ ở {home.place}: "
            "xã kia phải ghi hộ không còn trong xã.",
            CLAUSE,
        )
    if len(told) > NAMED:
        yield Reason(f"Còn {len(told) - NAMED} hộ nữa được xếp loại ở hai xã.", CLAUSE)


def _faults_of_starts(round: Round, summed: Sequence[Summed]) -> Iterator[Reason]:
    """Where what the communes begin with is not what the round before ended with, by district and for the province."""
    if not round.compares or round.previous is None:
        return
    reviews = {one.review.place_id: one.review for one in summed}
    homes = lineage.homes(round, list(reviews.values()))
    ends: dict[str, Counter[str]] = defaultdict(Counter)
    starts: dict[str, Counter[str]] = defaultdict(Counter)
    lost: dict[int, dict[str, int]] = {}
    rows = Figures.objects.in_force().filter(round=round.previous)
    for place, path, *sizes in rows.order_by("area_path").values_list("place", "area_path", *TABLES):
        told = dict(zip(TABLES, sizes, strict=True))
        home = homes.get(place)
        if home is None and any(sizes):
            lost[place] = told
        _add(ends, path if home is None else reviews[home].area_path, told)
    for one in summed:
        _add(starts, one.review.area_path, {name: getattr(one.counted, name).start for name in TABLES})
    yield from _differences(ends, starts, round)
    yield from _without_heir(lost, round.previous)


def _add(sums: dict[str, Counter[str]], path: str, told: Mapping[str, int]) -> None:
    for unit in {path[:DISTRICT], path[:PROVINCE]}:
        sums[unit].update(told)


def _differences(
    ends: Mapping[str, Counter[str]], starts: Mapping[str, Counter[str]], round: Round
) -> Iterator[Reason]:  # fmt: skip
    wrong = [
        (unit, name, starts.get(unit, Counter())[name], ends.get(unit, Counter())[name])
        for unit in sorted({*ends, *starts}) for name in TABLES
        if starts.get(unit, Counter())[name] != ends.get(unit, Counter())[name]
    ]  # fmt: skip
    names = _names((int(unit[-DIGITS:]) for unit, *_ in wrong), round)
    for unit, name, start, end in wrong:
        yield Reason(
            f"{names.get(int(unit[-DIGITS:]), 'Đơn vị không còn')}: {LABELS[name]} đầu kỳ là {start}, cuối kỳ trước là "
            f"{end}, lệch {abs(end - start)}.",
            CLAUSE,
        )


def _names(places: Iterable[int], round: Round) -> dict[int, str]:
    """Names of that round's day, or of the round before for a unit that is no more."""
    keys = set(places)
    before = areas.names_on(keys, round.previous.review_on) if round.previous is not None and keys else {}
    return before | (areas.names_on(keys, round.review_on) if keys else {})


def _without_heir(lost: Mapping[int, Mapping[str, int]], before: Round) -> Iterator[Reason]:
    """The communes of the round before that went whole into none of this one, and what they held."""
    names = areas.names_on(lost, before.review_on) if lost else {}
    for place, told in lost.items():
        yield Reason(
            f"{names.get(place, place)} của kỳ trước ({told['poor']} hộ nghèo, {told['near_poor']} hộ cận nghèo) không "
            "có xã nào nhận trọn: ghi xã kế thừa trong danh mục địa bàn, rồi xã đó cập nhật danh sách theo sổ hộ.",
            CLAUSE,
        )
