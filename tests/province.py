"""The plugin that gives every test with a database the small province of `tests.make`, once Django is set up."""

from typing import Any

import pytest


@pytest.fixture
def province(db: None, settings: Any) -> Any:
    """The small province on its working day, 20/10/2020."""
    from tests import make  # noqa: PLC0415  models cannot be imported before Django is set up

    settings.WORKING_DAY = make.TODAY
    return make.build()
