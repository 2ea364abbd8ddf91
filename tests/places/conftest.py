"""The province's real places, loaded from the project's own files.

Models are imported inside the fixtures: this file is read before Django is set up when the folder is run alone.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest


@cache
def real_book() -> Any:
    from chungtay.places.management.commands.load_places import FOLDER  # noqa: PLC0415
    from chungtay.places.reading import read  # noqa: PLC0415

    return read(FOLDER)


@pytest.fixture
def book() -> Any:
    """What the project's files say."""
    return real_book()


@pytest.fixture
def places(db: None) -> None:
    """The real places, in the database."""
    from chungtay.places import actions  # noqa: PLC0415

    actions.load(real_book())


@pytest.fixture
def get(places: None) -> Callable[[str], Any]:
    """A place by its key."""
    from chungtay.places.models import Place  # noqa: PLC0415

    return lambda key: Place.objects.get(key=key)
