"""Fixtures over `tests.targets.made`."""

from functools import partial
from typing import Any

import pytest


@pytest.fixture
def write(province: Any) -> Any:
    """Write the figures of one commune and year."""
    from tests.targets.made import figures  # noqa: PLC0415  models cannot be imported before Django is set up

    return partial(figures, province)


@pytest.fixture
def five_years(province: Any) -> None:
    """Every commune's figures of 2015 to 2019."""
    from tests.targets.made import fall  # noqa: PLC0415  models cannot be imported before Django is set up

    fall(province)
