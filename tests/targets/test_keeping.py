"""A page of figures is drawn once, until a figure changes; each desk has its own."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from chungtay.movements.models import Movement
from chungtay.places.models import Boundary, Coverage, Difficulty, PlaceVersion
from chungtay.reviews.models import Figures, Round
from chungtay.targets import keeping
from chungtay.targets.keeping import edition
from chungtay.targets.models import Assigned, IncomeSurvey, Infrastructure
from tests.make import TODAY, Province

PAGES = ("/chi-tieu/dia-ban/kg/", "/chi-tieu/t1/kg/?theo=xa", "/chi-tieu/dia-ban/kg/nam/2019/")


@pytest.fixture
def keeps(settings: Settings) -> Iterator[None]:
    """Drawn pages are kept, as in the running system."""
    before = settings.CACHES
    settings.CACHES = {**before, "drawn": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "t"}}
    caches["drawn"].clear()
    yield
    caches["drawn"].clear()


def asked(client: Any, page: str) -> tuple[int, str]:
    """How many queries the page took, and the page."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = client.get(page)
    return len(queries), found.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_drawn_once_and_says_the_same_the_second_time(
    province: Province, five_years: None, keeps: None, page: str
) -> None:
    client = province.client("labour")
    first, drawn = asked(client, page)
    again, kept = asked(client, page)
    assert again < first
    assert again <= 8
    assert kept.split("<main")[1] == drawn.split("<main")[1]


@pytest.mark.parametrize("page", PAGES)
def test_a_kept_page_is_the_page_that_would_be_drawn(
    province: Province, five_years: None, settings: Settings, page: str
) -> None:
    drawn = asked(province.client("labour"), page)[1]
    assert "<h1" in drawn
    assert "\x1e" not in drawn


def test_another_desk_is_never_shown_what_was_drawn_for_the_first(
    province: Province, five_years: None, keeps: None
) -> None:
    assert "An Biên" in asked(province.client("labour"), "/chi-tieu/t1/kg/")[1]
    assert "An Biên" not in asked(province.client("commune"), "/chi-tieu/t1/kg/")[1]
    assert province.client("commune").get("/chi-tieu/t1/kg-908/").status_code == 404


def test_a_correction_is_seen_at_once_on_a_page_that_was_kept(
    province: Province, five_years: None, keeps: None
) -> None:
    client, page = province.client("labour"), PAGES[2]
    before = asked(client, page)[1]
    old = Figures.objects.get(place=province.places["kg-30847"], year=2019)
    Figures.objects.filter(pk=old.pk).update(replaced=True)
    old.pk, old.poor, old.replaced = None, old.poor - 5, False
    old._state.adding = True
    old.save()
    assert asked(client, page)[1] != before


def test_the_edition_changes_with_everything_that_a_page_shows(province: Province, five_years: None) -> None:
    seen = [edition()]

    def changed() -> bool:
        seen.append(edition())
        return seen[-1] != seen[-2]

    place = province.places["kg-30847"]
    ground = {"place": place, "area_path": place.on(TODAY).path}
    assert not changed()
    given = Assigned.objects.create(
        movement=Movement.objects.get(),
        goal="T1",
        year=2020,
        value=Decimal(3),
        document="KH 1",
        assigned_on=TODAY,
        **ground,
    )
    assert changed()
    Assigned.objects.filter(pk=given.pk).update(replaced=True)
    Assigned.objects.create(
        movement=given.movement, goal="T1", year=2020, value=Decimal(2), assigned_on=TODAY, **ground
    )
    assert changed()
    IncomeSurvey.objects.create(
        year=2019, households=10, per_head=900_000, method="m", source="s", entered_on=TODAY, **ground
    )
    assert changed()
    Infrastructure.objects.create(criterion="road", year=2019, met=True, source="s", entered_on=TODAY, **ground)
    assert changed()
    Round.objects.update(approved_on=date(2020, 1, 6), decision="24/QĐ-UBND", locked_on=None)
    seen.append(edition())
    Round.objects.filter(year=2019).update(locked_on=date(2020, 1, 7))
    assert changed()


def test_reference_data_corrected_in_place_is_seen(province: Province, five_years: None, settings: Settings) -> None:
    settings.AREAS_KEPT_SECONDS = 0
    keeping._read.clear()
    seen = [edition()]

    def changed() -> bool:
        seen.append(edition())
        return seen[-1] != seen[-2]

    assert not changed()
    place = province.places["kg-30847"]
    PlaceVersion.objects.filter(place=place).update(name="Thổ Sơn Mới")
    assert changed()
    row = Difficulty.objects.create(place=place, year=2019, programme="coastal", source="s")
    assert changed()
    Difficulty.objects.filter(pk=row.pk).update(programme="border")
    assert changed()
    Coverage.objects.update_or_create(topic="difficulty", defaults={"complete": False, "note": "thiếu"})
    seen.append(edition())
    Coverage.objects.filter(topic="difficulty").update(complete=True)
    assert changed()
    line = Boundary.objects.create(place=place, since=date(2016, 1, 1), geometry=[[0, 1]], source="s", licence="MIT")
    assert changed()
    Boundary.objects.filter(pk=line.pk).update(geometry=[[0, 2]])
    assert changed()


def test_what_was_read_of_it_is_kept_for_seconds_only(
    province: Province, five_years: None, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.AREAS_KEPT_SECONDS = 10
    clock = [100.0]
    monkeypatch.setattr("chungtay.targets.keeping.time.monotonic", lambda: clock[0])
    keeping._read.clear()
    first = edition()
    PlaceVersion.objects.filter(place=province.places["kg-30847"]).update(name="Thổ Sơn Mới")
    clock[0] += 9
    assert edition() == first
    clock[0] += 2
    assert edition() != first
    keeping._read.clear()
