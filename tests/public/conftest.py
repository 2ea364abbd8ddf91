"""Signed decisions, for the tests of everybody's pages."""

from typing import Any

import pytest


@pytest.fixture
def signing(province: Any) -> Any:
    """Decisions as the Chairman of the small province signs them."""
    from tests.public.cast import Signing  # noqa: PLC0415  models cannot be imported before Django is set up

    return Signing(province)
