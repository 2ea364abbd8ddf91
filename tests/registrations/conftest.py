"""The cast of these tests, and the province's real plan in force."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from chungtay.movements import actions
from chungtay.movements.models import Movement
from chungtay.records.journal import System
from tests.parties.cast import Cast, cast

__all__ = ["cast"]
PLANS = Path(__file__).parents[2] / "plans"


@cache
def real_plan() -> bytes:
    """The province's own file."""
    return (PLANS / "kien-giang-2016-2020.yaml").read_bytes()


@pytest.fixture
def movement(cast: Cast) -> Movement:
    """Kiên Giang 2016-2020."""
    version, _ = actions.load_plan(real_plan(), by=System("test"), on=date(2017, 2, 1))
    return version.movement
