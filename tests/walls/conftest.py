"""The second wall is PostgreSQL's own: on SQLite there is none to test, and these files are not read at all."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

IS_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")
collect_ignore_glob = [] if IS_POSTGRESQL else ["test_*.py"]


@pytest.fixture
def roles(db: None) -> str:
    """The runtime role, for one test."""
    from tests.walls.behind import own_role, run  # noqa: PLC0415  models cannot be imported before Django is set up

    run(f"CREATE ROLE {own_role()}")
    return own_role()


@pytest.fixture
def behind(roles: str, settings: Any) -> Iterator[Callable[[Any], Any]]:
    """Lays the wall around what is there, and works behind it from then on: `tests.walls.behind.Walled`."""
    from tests.walls.behind import Walled, run  # noqa: PLC0415  models cannot be imported before Django is set up

    def go(province: Any) -> Walled:
        settings.RUNTIME_ROLE = roles
        return Walled.around(province, roles)

    yield go
    run("RESET SESSION AUTHORIZATION")


@pytest.fixture
def walled(province: Any, behind: Callable[[Any], Any]) -> Any:
    """The small province of `tests.make`, walled."""
    return behind(province)
