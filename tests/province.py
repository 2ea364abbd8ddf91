"""The plugin that gives every test with a database the small province of `tests.make`, once Django is set up."""

from typing import Any

import pytest

_kept: list[Any] = []


@pytest.fixture
def province(db: None, settings: Any) -> Any:
    """The small province on its working day, 20/10/2020: built for the first test, laid down as rows for the others."""
    from tests import frozen, make  # noqa: PLC0415  models cannot be imported before Django is set up

    settings.WORKING_DAY = make.TODAY
    if _kept:
        return _kept[0].lay()
    made, kept = frozen.freeze(make.build)
    _kept.append(kept)
    return made
