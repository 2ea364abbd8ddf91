"""Whatever is done in whatever order: everybody lives in one household, and each has one head and counts right."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.households import actions, joining
from chungtay.households.facts import Home
from chungtay.households.models import Household, Member
from chungtay.households.writing import living
from chungtay.law.refusals import Refused
from tests.households.make import family, household
from tests.make import TODAY, Province

STEPS = ("split", "merge", "move", "death", "head", "close")
DRAWN = st.lists(
    st.tuples(st.sampled_from(STEPS), st.integers(0, 20), st.integers(0, 20), st.integers(1, 7)), max_size=12
)


def homes() -> list[Household]:
    return list(Household.objects.standing().select_related("place").order_by("id"))


def step(province: Province, kind: str, first: int, second: int, mask: int, on: date = TODAY) -> None:
    """One act of the clerk of the household's commune, chosen by the numbers; the law may refuse it."""
    rows = homes()
    if not rows:
        return
    home, other = rows[first % len(rows)], rows[second % len(rows)]
    people = living(home)
    seat = "commune" if home.place == province.places["kg-30847"] else "commune_b"
    by: dict[str, Any] = {"by": province.seats[seat], "on": on, "version": home.version}
    chosen = [one for n, one in enumerate(people) if mask >> n & 1]
    rest = [one for one in people if one not in chosen]
    heir = rest[second % len(rest)] if rest else None
    if kind == "split":
        leads = any(one.relation == "head" for one in chosen)
        head = chosen[-1] if chosen else people[0]
        where = Home(home.place, "Ấp Tách", unnamed=min(home.unnamed, second % 2))
        joining.split(home, chosen, where, head=head, new_head=heir if leads else None, **by)
    elif kind == "merge":
        joining.merge(home, other, into_version=other.version, **by)
    elif kind == "move":
        place = province.places[("kg-30847", "kg-30850")[second % 2]]
        joining.move(home, place, hamlet=f"Ấp {second}", address="", **by)
    elif kind == "death":
        gone = people[second % len(people)]
        others = [one for one in people if one != gone]
        next_head = others[0] if others and gone.relation == "head" else None
        actions.member_left(gone, "died", new_head=next_head, **by)
    elif kind == "head":
        actions.new_head(home, people[second % len(people)], **by)
    else:
        actions.close_household(home, ("moved_out", "died")[second % 2], **by)


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is undone at the end: one province serves all examples."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def holds(numbers: set[str]) -> None:
    """What must be true after every step."""
    alive = list(Member.objects.filter(until__isnull=True).select_related("household"))
    assert all(one.household.closed_on is None for one in alive), "nobody lives in a household that is no more"
    assert max(Counter(one.person for one in alive).values(), default=1) == 1, "everybody lives in one household"
    assert {one.id_number for one in alive} <= numbers
    for home in Household.objects.all():
        here = [one for one in alive if one.household_id == home.pk]
        heads = [one.name for one in here if one.relation == "head"]
        assert heads == ([home.head_name] if home.closed_on is None else [])
        assert home.persons == len(here) + home.unnamed
        assert home.area_path == home.place.path_on(TODAY)


def test_a_start_without_any_step_holds(province: Province) -> None:
    holds(start(province))


def start(province: Province) -> set[str]:
    """Three households in two communes, nine people with numbers."""
    numbers = set()
    for n, (commune, seat) in enumerate([("kg-30847", "commune"), ("kg-30847", "commune"), ("kg-30850", "commune_b")]):
        people = [
            replace(one, id_number=f"37{n}00000{k}") for k, one in enumerate(family(f"Một {n}", f"Hai {n}", f"Ba {n}"))
        ]
        numbers |= {one.id_number for one in people}
        household(province, *people, commune=commune, seat=seat, unnamed=n)
    return numbers


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=DRAWN)
def test_any_sequence_keeps_everybody_in_one_household(
    province: Province, steps: list[tuple[str, int, int, int]]
) -> None:
    with undone():
        numbers = start(province)
        for one in steps:
            before = Household.objects.count(), Member.objects.count()
            try:
                step(province, *one)
            except Refused:
                assert (Household.objects.count(), Member.objects.count()) == before, "what is refused leaves nothing"
            holds(numbers)
