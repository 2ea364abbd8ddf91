"""The area of a desk: its own rows, its predecessors' rows, and nobody else's."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from chungtay.places import scope as areas
from chungtay.places.models import Level, Place, PlaceVersion, Succession
from chungtay.places.scope import Scope, Span, next_path, recent_scope_of, scope_of

Get = Callable[[str], Place]
MERGER = date(2025, 7, 1)
OLD = date(2017, 10, 15)


def seen(scope: Scope) -> set[int]:
    """Rows that the scope lets through, told by the database: here the version rows themselves."""
    return set(PlaceVersion.objects.filter(scope.where("path")).values_list("pk", flat=True))


def written(*keys: str, on: date = OLD) -> set[int]:
    return {Place.objects.get(key=key).on(on).pk for key in keys}


def test_the_next_path_follows_everything_under_a_path() -> None:
    assert next_path("0000100015") == "0000100016"
    assert "0000100015" < "000010001599999" < next_path("0000100015")
    assert next_path("0000199999") == "0000200000"
    for bad in ("", "1", "abcde", "99999"):
        with pytest.raises(ValueError, match="no path follows"):
            next_path(bad)


paths = st.lists(st.integers(1, 40), min_size=1, max_size=4).map(lambda ids: "".join(f"{i:05d}" for i in ids))


@given(st.lists(paths, max_size=8), paths)
def test_a_scope_covers_exactly_the_paths_it_was_made_of_and_what_lies_under_them(tops: list[str], path: str) -> None:
    assert Scope.of_paths(tops).covers(path) == any(path.startswith(top) for top in tops)


@given(st.lists(paths, max_size=8))
def test_the_spans_of_a_scope_neither_meet_nor_overlap(tops: list[str]) -> None:
    spans = Scope.of_paths(tops).spans
    assert all(one.upper < other.lower for one, other in pairwise(spans))


def test_no_area_is_nothing_and_everything_must_be_said() -> None:
    assert not Scope(()).covers("00001")
    assert Scope.everything().covers("00001")
    assert Scope.everything().covers("")
    assert not Scope((Span.under("00001"),)).covers("")


@pytest.mark.django_db
def test_everything_stays_everything_and_nothing_stays_nothing_when_joined_to_a_condition(places: None) -> None:
    one = PlaceVersion.objects.filter(place__key="kg-30742")
    everything, nothing = Scope.everything().where("path"), Scope(()).where("path")
    by_key = Scope(()).where("path") | Scope((Span.under(one.get().path),)).where("path")
    assert PlaceVersion.objects.filter(everything | by_key).count() == PlaceVersion.objects.count()
    assert PlaceVersion.objects.filter(everything & by_key).count() == 1
    assert PlaceVersion.objects.filter(nothing | by_key).count() == 1
    assert not PlaceVersion.objects.filter(nothing).exists()
    assert (Scope(()) | Scope.everything()).covers("00007")


@pytest.mark.django_db
def test_a_commune_sees_itself_and_not_its_neighbour(get: Get) -> None:
    scope = scope_of(get("kg-30808"), on=OLD)
    assert seen(scope) == written("kg-30808")


@pytest.mark.django_db
def test_a_district_sees_its_own_communes_and_no_others(get: Get) -> None:
    inside = [place.key for place in Place.objects.children(get("kg-914"), OLD)]
    assert seen(scope_of(get("kg-914"), on=OLD)) == written("kg-914", *inside)


@pytest.mark.django_db
def test_the_province_sees_every_unit_of_the_movement_in_one_span(get: Get) -> None:
    scope = scope_of(get("kg"), on=OLD)
    assert len(scope.spans) == 1
    assert all(scope.covers(place.version.path) for place in Place.objects.as_of(OLD))
    assert not scope.covers(get("ag").path)


@pytest.mark.clause("NQ 1654/NQ-UBTVQH15")
@pytest.mark.django_db
def test_the_new_ward_rach_gia_sees_the_rows_of_all_its_predecessors_and_of_no_sibling(get: Get) -> None:
    scope = scope_of(get("ag-30742"), on=MERGER)
    for code in range(30730, 30758, 3):
        assert scope.covers(get(f"kg-{code}").on(OLD).path), code
    assert scope.covers(get("kg-30742-2024").on(date(2024, 12, 1)).path)
    assert scope.covers(get("ag-30742").path)
    for key in ("kg-30760", "kg-30763", "ag-30760", "kg-899", "kg", "ag"):
        assert not scope.covers(get(key).path), key


@pytest.mark.django_db
def test_the_scope_in_the_database_is_the_scope_in_python(places: None) -> None:
    for key in ("kg", "ag", "kg-911", "ag-30742", "kg-31081", "kg-30781"):
        scope = scope_of(Place.objects.get(key=key), on=MERGER)
        rows = PlaceVersion.objects.values_list("pk", "path")
        assert seen(scope) == {pk for pk, path in rows if scope.covers(path)}


@pytest.mark.clause("NQ 1109/NQ-UBTVQH14")
@pytest.mark.django_db
def test_an_thoi_takes_over_hon_thoms_rows_on_the_day_of_the_merger_and_not_before(get: Get) -> None:
    hon_thom = get("kg-31099").on(OLD).path
    merged = date(2021, 1, 1)
    assert not scope_of(get("kg-31081"), on=merged - timedelta(days=1)).covers(hon_thom)
    assert scope_of(get("kg-31081"), on=merged).covers(hon_thom)


@pytest.mark.django_db
def test_a_commune_that_changed_province_keeps_its_old_rows_and_hands_none_to_the_district(get: Get) -> None:
    tien_hai = get("kg-30781")
    before, after = tien_hai.on(OLD).path, tien_hai.on(MERGER).path
    assert before != after
    assert [scope_of(tien_hai, on=MERGER).covers(path) for path in (before, after)] == [True, True]
    assert [scope_of(tien_hai, on=OLD).covers(path) for path in (before, after)] == [True, False]
    assert not scope_of(get("kg-900"), on=MERGER).covers(after)


@pytest.mark.django_db
def test_the_merged_province_sees_the_rows_of_the_old_one(get: Get) -> None:
    scope = scope_of(get("ag"), on=MERGER)
    assert scope.covers(get("kg-30742").path)
    assert not scope_of(get("ag"), on=MERGER - timedelta(days=1)).spans


@pytest.mark.django_db
def test_a_unit_that_is_no_more_keeps_the_area_of_its_last_day(get: Get) -> None:
    assert scope_of(get("kg-30742"), on=MERGER) == scope_of(get("kg-30742"), on=OLD)


@pytest.mark.django_db
def test_a_unit_that_ceded_only_a_part_does_not_hand_over_its_rows(get: Get) -> None:
    giver, taker = get("kg-30808"), get("kg-30809")
    step = Succession.objects.create(
        predecessor=giver, successor=taker, on=date(2019, 1, 1), kind="reshaped", source="bài thử"
    )
    assert not scope_of(taker, on=date(2019, 1, 1)).covers(giver.path)
    step.kind = "merged"
    step.save()
    assert scope_of(taker, on=date(2019, 1, 1)).covers(giver.path)


@pytest.mark.django_db
def test_an_area_costs_one_query(get: Get, django_assert_num_queries: Callable) -> None:
    place = get("ag-30742")
    with django_assert_num_queries(1):
        scope_of(place, on=MERGER)


@pytest.mark.django_db
def test_a_hamlet_lies_in_the_area_of_its_commune(get: Get) -> None:
    commune = get("kg-30808")
    hamlet = Place.objects.create(level=Level.HAMLET, key="kg-30808-ap-1", since=OLD)
    version = PlaceVersion(place=hamlet, since=OLD, kind="ap", name="Ba Núi", parent=commune, source="bài thử")
    version.fill_derived(commune.on(OLD).path)
    version.save()
    assert scope_of(commune, on=OLD).covers(version.path)
    assert scope_of(hamlet, on=OLD).covers(version.path)
    assert not scope_of(hamlet, on=OLD).covers(commune.on(OLD).path)


def test_an_area_is_kept_for_some_seconds_and_forgotten_when_the_units_are_loaded_anew(
    get: Get, settings: Settings, django_assert_num_queries: Any
) -> None:
    district, right = get("kg-914"), scope_of(get("kg-914"), on=OLD)
    with django_assert_num_queries(2):  # the control: without a time to keep it, each asks the database
        assert [recent_scope_of(district, on=OLD) for _ in range(2)] == [right, right]
    settings.AREAS_KEPT_SECONDS = 60.0
    areas.forget()
    with django_assert_num_queries(1):
        assert [recent_scope_of(district, on=OLD) for _ in range(2)] == [right, right]
    with django_assert_num_queries(1):
        recent_scope_of(district, on=MERGER)
    areas.forget()
    with django_assert_num_queries(1):
        assert recent_scope_of(district, on=OLD) == right
    areas.forget()
