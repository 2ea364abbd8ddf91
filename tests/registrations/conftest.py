"""The people of these tests, at their desks on the province's working day."""

from typing import Any

import pytest


@pytest.fixture
def cast(province: Any) -> Any:
    """`tests.parties.cast.Cast` over the small province."""
    from tests.parties.cast import Cast  # noqa: PLC0415  models cannot be imported before Django is set up

    return Cast(province)


@pytest.fixture
def movement(province: Any) -> Any:
    """Kiên Giang 2016-2020."""
    return province.movement
