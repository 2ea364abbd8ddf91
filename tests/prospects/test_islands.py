"""Which units count as islands when the share of island communes is told: by the mark of the places, as of the day."""

from collections.abc import Callable
from datetime import date

import pytest

from chungtay.places import actions
from chungtay.places.management.commands.load_places import FOLDER
from chungtay.places.models import Island, Place
from chungtay.places.reading import read
from chungtay.prospects.trying_views import islands_of
from chungtay.targets.ground import Ground


@pytest.fixture
def marked(db: None) -> Callable[..., set[str]]:
    """The keys of the units that are islands on a day, of the province with that key."""
    actions.load(read(FOLDER))

    def found(day: date, province: str = "kg") -> set[str]:
        ground = Ground(Place.objects.get(key=province), day)
        return {ground.units[pk].key for pk in islands_of(ground)}

    return found


def test_the_seventeen_island_communes_and_the_two_districts_that_hold_nothing_else(
    marked: Callable[..., set[str]],
) -> None:
    on = marked(date(2020, 10, 20))
    assert len(on) == 17 + 2
    assert {"kg-911", "kg-912", "kg-30781", "kg-30811", "kg-30814"} <= on
    assert not {"kg", "kg-900", "kg-902", "kg-30808"} & on
    assert marked(date(2021, 1, 1)) == on - {"kg-31099"}


def test_since_july_2025_the_special_zones_and_the_three_communes_that_stayed(marked: Callable[..., set[str]]) -> None:
    zones = {"ag-31078", "ag-31105", "ag-31108", "kg-30781", "kg-30811", "kg-30814"}
    assert marked(date(2025, 7, 1), "ag") == zones


def test_a_mark_that_ends_ends_on_its_day(marked: Callable[..., set[str]]) -> None:
    Island.objects.filter(place=Place.objects.get(key="kg-30811")).update(until=date(2020, 1, 1))
    assert "kg-30811" in marked(date(2019, 12, 31))
    assert "kg-30811" not in marked(date(2020, 1, 1))
    Island.objects.filter(place=Place.objects.get(key="kg-31111")).delete()
    assert "kg-912" not in marked(date(2019, 12, 31))
