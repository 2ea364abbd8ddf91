"""Before anything else: the tests run in test mode, in a directory of their own, never on the operator's data.

Django and its rules (`tests/django_rules.py`) are loaded only when a test outside `tests/law` is asked for: the law
needs no framework, and its tests finish before one would have started.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
# Set by `run.py test --postgres`. DATABASE_URL itself is never used here: it may be the province's.
OWN_DATABASE = "CHUNGTAY_TEST_DATABASE_URL"
# Where the browser journeys leave their pictures, when somebody wants to look at them.
KEPT = (OWN_DATABASE, "CHUNGTAY_SCREENSHOTS")
# What `python3 run.py test` leaves to `--all`: each takes seconds.
SLOW = (
    "house/test_every_address", "house/test_query_counts", "house/test_guards", "house/test_imports",
    "desk/test_demo", "desk/test_demo_poverty", "desk/test_journal_page", "public/test_privacy",
    "council/test_pages", "targets/test_pages", "sheets/test_pages", "sheets/test_opening", "sheets/test_stage",
    "sheets/test_accept", "households/test_population", "households/test_population_movement",
    "households/test_machine", "contributions/test_machine", "ledger/test_machine",
    "reviews/test_years", "reviews/test_stages", "reviews/test_figures", "movements/test_plan_faults",
    "documents/test_audit_verifier", "documents/test_inspection", "places/test_load", "test_at_once",
)  # fmt: skip
IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ

if not IS_WORKER:
    for name in [name for name in os.environ if name.startswith("CHUNGTAY_") and name not in KEPT]:
        del os.environ[name]
    os.environ["CHUNGTAY_MODE"] = "test"
    os.environ["CHUNGTAY_DATA_DIR"] = tempfile.mkdtemp(prefix="chungtay-test-")
    (Path(os.environ["CHUNGTAY_DATA_DIR"]) / "staticfiles").mkdir()
    atexit.register(shutil.rmtree, os.environ["CHUNGTAY_DATA_DIR"], ignore_errors=True)
    os.environ["DATABASE_URL"] = os.environ.get(OWN_DATABASE, "")


def is_law(argument: str) -> bool:
    """True if a command line argument names `tests/law` or something in it."""
    path = Path(argument.split("::")[0]).resolve()
    return path == HERE / "law" or HERE / "law" in path.parents


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the slow ones."""
    for item in items:
        if item.path.with_suffix("").as_posix().endswith(SLOW):
            item.add_marker(pytest.mark.slow)


def pytest_configure(config: pytest.Config) -> None:
    """Load Django's rules unless only the law is asked."""
    if not config.args or not all(is_law(argument) for argument in config.args):
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        config.pluginmanager.import_plugin("tests.django_rules")
        config.pluginmanager.import_plugin("tests.province")
