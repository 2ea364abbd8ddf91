"""A browser for the journeys: each test starts its own Chromium, so that nothing of it is left beside other tests."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def chromium_path() -> str:
    """The browser of the variable CHROMIUM, or the one in PATH."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.fail("no chromium in PATH: `apt install chromium`, or name one in the variable CHROMIUM")
    return found


def let_the_server_finish() -> None:
    """Wait for the live server's last answers: each one holds a connection to the database until it has ended."""
    last = time.monotonic() + 10
    while any("process_request_thread" in thread.name for thread in threading.enumerate()):
        if time.monotonic() > last:
            pytest.fail("the live server is still answering")
        time.sleep(0.02)


@pytest.fixture
def chromium(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A running Chromium. Playwright's own loop makes Django think that the test is asynchronous: it is not."""
    from django.db import connections  # noqa: PLC0415  Django is set up by now
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only these tests need it

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        yield browser
        browser.close()
        connections.close_all()  # beside a running loop, this thread has a connection of its own
    let_the_server_finish()


@pytest.fixture
def town(live_server: Any, chromium: Any, settings: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The small province behind a server, its people with a browser each; every page they saw is sound in the end."""
    from tests.journeys.town import Town  # noqa: PLC0415  models cannot be imported before Django is set up
    from tests.make import TODAY  # noqa: PLC0415

    settings.WORKING_DAY = TODAY
    settings.PUBLIC_ADDRESS = live_server.url
    made = Town(chromium, live_server.url, request.node.name.removeprefix("test_")[:24])
    yield made
    complaints = made.leave()
    assert "\n".join(complaints) == ""
