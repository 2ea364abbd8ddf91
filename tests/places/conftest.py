"""The province's real places, loaded from the project's own files."""

from collections.abc import Callable
from functools import cache

import pytest

from chungtay.places import actions
from chungtay.places.management.commands.load_places import FOLDER
from chungtay.places.models import Place
from chungtay.places.reading import Book, read


@cache
def real_book() -> Book:
    return read(FOLDER)


@pytest.fixture
def book() -> Book:
    """What the project's files say."""
    return real_book()


@pytest.fixture
def places(db: None) -> None:
    """The real places, in the database."""
    actions.load(real_book())


@pytest.fixture
def get(places: None) -> Callable[[str], Place]:
    """A place by its key."""
    return lambda key: Place.objects.get(key=key)
