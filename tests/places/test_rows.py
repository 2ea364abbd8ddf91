"""What no row of this room can ever be, whoever writes it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Model

from chungtay.places.models import Boundary, Coverage, Difficulty, Island, Place, PlaceVersion, Succession
from chungtay.records.privacy import undeclared


def test_this_room_declares_the_class_of_every_field() -> None:
    models = list(apps.get_app_config("places").get_models())
    assert len(models) == 7
    assert [undeclared(model) for model in models] == [[]] * 7


IMPOSSIBLE: dict[str, Callable[[], Model]] = {
    "place_level_known": lambda: Place(key="x", level="county", since=date(2020, 1, 1)),
    "place_has_key": lambda: Place(key="", level="commune", since=date(2020, 1, 1)),
    "place_begins_before_it_ends": lambda: Place(
        key="x", level="commune", since=date(2020, 1, 1), until=date(2020, 1, 1)
    ),
    "place_kind_known": lambda: version(kind="quan"),
    "version_begins_before_it_ends": lambda: version(until=date(2026, 1, 1)),
    "version_has_name": lambda: version(name=""),
    "version_has_path": lambda: version(path=""),
    "place_id, places_placeversion.since|one_version_per_first_day": lambda: version(
        since=date(2025, 7, 1), until=date(2025, 8, 1)
    ),
    "places_placeversion.place_id|one_open_version": lambda: version(),
    "places_placeversion.code|one_unit_per_code_and_day": lambda: version(
        place=Place.objects.get(key="kg"), code="30742", since=date(2025, 7, 1)
    ),
    "succession_kind_known": lambda: succession(kind="eaten"),
    "nobody_succeeds_itself": lambda: succession(successor=Place.objects.get(key="kg")),
    "predecessor_id|one_succession_per_pair": lambda: succession(),
    "difficulty_year_sane": lambda: Difficulty(
        place=Place.objects.get(key="kg"), year=19, programme="p135", source="x"
    ),
    "programme_known": lambda: Difficulty(place=Place.objects.get(key="kg"), year=2019, programme="136", source="x"),
    "places_difficulty.place_id|one_difficulty_a_year": lambda: Difficulty(
        place=Place.objects.get(key="kg-31045"), year=2019, programme="coastal", source="x"
    ),
    "places_island.place_id|one_island_mark_per_first_day": lambda: Island(
        place=Place.objects.get(key="kg-31111"), since=date(2010, 1, 1), source="x"
    ),
    "island_ends_after_it_begins": lambda: Island(
        place=Place.objects.get(key="kg-31111"), since=date(2011, 1, 1), until=date(2011, 1, 1), source="x"
    ),
    "places_boundary.place_id|one_boundary_per_first_day": lambda: Boundary(
        place=Place.objects.get(key="kg-31045"), since=date(2010, 1, 1), geometry={}, source="x", licence="x"
    ),
    "coverage_says_something": lambda: Coverage(topic="other", complete=True, note=""),
}


def version(**other: object) -> PlaceVersion:
    fields: dict[str, object] = {
        "place": Place.objects.get(key="ag-30742"),
        "since": date(2026, 1, 1),
        "code": "99999",
        "kind": "phuong",
        "name": "Mới",
        "name_folded": "moi",
        "path": "00001",
        "source": "bài thử",
    }
    return PlaceVersion(**(fields | other))


def succession(**other: object) -> Succession:
    fields: dict[str, object] = {
        "predecessor": Place.objects.get(key="kg"),
        "successor": Place.objects.get(key="ag"),
        "on": date(2025, 7, 1),
        "kind": "merged",
        "source": "bài thử",
    }
    return Succession(**(fields | other))


@pytest.mark.django_db
@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_the_database_refuses_an_impossible_row(places: None, name: str) -> None:
    row = IMPOSSIBLE[name]()
    with pytest.raises(IntegrityError, match=name.replace(".", r"\.")), transaction.atomic():
        row.save()


def test_a_place_beyond_the_digits_of_a_path_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit in 5 digits"):
        PlaceVersion(place_id=100_000, name="Xa", kind="xa").fill_derived("00001")
