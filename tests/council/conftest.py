"""The Council of the small province."""

from typing import Any

import pytest


@pytest.fixture
def council(province: Any) -> Any:
    """`people.Council`: fifteen members, two secretaries; its meetings are held on `people.MEETING_DAY`."""
    from tests.council import people  # noqa: PLC0415  models cannot be imported before Django is set up

    return people.build(province)
