"""doctor: every check says OK when all is well, and finds its own fault."""

from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from chungtay.desk import health
from chungtay.desk.health import Finding, Level
from chungtay.documents import keys
from chungtay.parties import name_index
from chungtay.records import triggers

pytestmark = pytest.mark.django_db


def job(*, minutes_ago: int, status: str = "READY") -> None:
    """A job that was handed in some minutes ago."""
    then = timezone.now() - timedelta(minutes=minutes_ago)
    made = DBTaskResult.objects.create(
        task_path="chungtay.documents.printing_jobs.print_paper",
        args_kwargs={"args": [], "kwargs": {}},
        run_after=then,
        status=status,
        started_at=then,
        finished_at=then,
    )
    DBTaskResult.objects.filter(pk=made.pk).update(enqueued_at=then)


@pytest.mark.parametrize(
    "check",
    [
        health.python, health.database, health.migrations, health.append_only, health.signing_key,
        health.data_directory, health.clock, health.worker, health.fonts, health.journal_chain, health.names,
    ],
)  # fmt: skip
def test_a_healthy_machine_is_found_well(check: Callable[[], Finding]) -> None:
    found = health.answer(check)
    assert found.level in ((Level.OK, Level.WARN) if check is health.data_directory else (Level.OK,)), found.words


def test_an_embedded_database_that_could_lose_acknowledged_work_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(health.PRAGMAS, "synchronous", 1)
    is_embedded = connection.vendor == "sqlite"
    assert health.database().level is (Level.FAIL if is_embedded else Level.OK)
    assert ("synchronous is 2, must be 1" in health.database().words) == is_embedded


def test_a_missing_trigger_is_named() -> None:
    table = sorted(triggers.guarded())[0]
    with connection.cursor() as cursor:
        cursor.execute(
            f'DROP TRIGGER "{table}_no_delete"' + ("" if connection.vendor == "sqlite" else f' ON "{table}"')
        )
    found = health.append_only()
    assert found.level is Level.FAIL
    assert f"{table}_no_delete" in found.words


def test_an_index_of_names_that_is_no_longer_kept_is_named() -> None:
    name = name_index.TRIGGERS[connection.vendor][0]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else " ON parties_party"))
    found = health.names()
    assert found.level is Level.FAIL
    assert name in found.words


@pytest.mark.parametrize(
    ("day", "level"),
    [
        (date(2026, 12, 31), Level.OK),
        (date(2027, 1, 1), Level.WARN),
        (date(2027, 12, 31), Level.WARN),
        (date(2028, 1, 1), Level.FAIL),
    ],
)
def test_the_last_year_of_the_days_off_warns_and_the_year_after_fails(
    settings: Settings, day: date, level: Level
) -> None:
    settings.WORKING_DAY = day
    found = health.working_days()
    assert found.level is level
    assert "31/12/2027" in found.words


def test_a_migration_that_was_not_applied_fails() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'records'")
    found = health.migrations()
    assert found.level is Level.FAIL
    assert "records" in found.words


def test_a_signing_key_that_is_none_fails(settings: Settings) -> None:
    settings.SIGNING_KEY = "zz" * 32
    keys.sealer.cache_clear()
    assert health.answer(health.signing_key).level is Level.FAIL


def test_a_directory_that_cannot_be_written_fails(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "nowhere"
    assert health.data_directory().level is Level.FAIL


def test_a_disk_that_is_nearly_full_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    for free, level in ((health.GIB // 2 - 1, Level.FAIL), (health.GIB, Level.WARN), (6 * health.GIB, Level.OK)):
        monkeypatch.setattr("chungtay.desk.health.shutil.disk_usage", lambda path, free=free: _Usage(free))
        assert health.data_directory().level is level


class _Usage:
    def __init__(self, free: int) -> None:
        self.free = free


def test_a_clock_in_another_zone_fails(settings: Settings) -> None:
    settings.TIME_ZONE = "Asia/Tokyo"
    assert health.clock().level is Level.FAIL


@pytest.mark.parametrize(("minutes", "level"), [(9, Level.OK), (11, Level.FAIL)])
def test_a_job_that_waits_over_ten_minutes_means_no_worker(minutes: int, level: Level) -> None:
    job(minutes_ago=minutes)
    assert health.worker().level is level


@pytest.mark.parametrize(("status", "minutes"), [("FAILED", 30), ("RUNNING", 70)])
def test_jobs_that_failed_or_hang_are_told(status: str, minutes: int) -> None:
    job(minutes_ago=minutes, status=status)
    assert health.worker().level is Level.WARN


def test_papers_without_their_font_fail(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("chungtay.documents.printing.FONTS", tmp_path)
    assert health.answer(health.fonts).level is Level.FAIL


def test_static_files_that_were_not_collected_fail(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    assert health.static_files().level is Level.FAIL
    (tmp_path / "staticfiles.json").touch()
    assert health.static_files().level is Level.OK


@pytest.mark.parametrize("check", [health.places, health.plan])
def test_an_empty_database_has_neither_places_nor_plan(check: Callable[[], Finding]) -> None:
    assert check().level is Level.FAIL


@pytest.mark.parametrize("check", [health.mail, health.second_factor, health.https])
def test_what_a_demo_may_do_without_a_province_may_not(check: Callable[[], Finding], settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.REQUIRE_MFA = settings.SESSION_COOKIE_SECURE = False
    settings.MODE = "demo"
    assert check().level is Level.WARN
    settings.MODE = "production"
    assert check().level is Level.FAIL


def test_a_check_that_breaks_has_found_something() -> None:
    def broken() -> Finding:
        raise RuntimeError("no such table")

    assert health.answer(broken) == Finding(Level.FAIL, "RuntimeError: no such table")


def test_the_command_prints_every_check_and_ends_with_one_if_any_fails() -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="failed") as told:
        call_command("doctor", "--deep", stdout=out)
    assert told.value.returncode == 1
    lines = out.getvalue().splitlines()
    assert len(lines) == len(health.CHECKS) + len(health.DEEP_CHECKS)
    assert all(line.split()[0] in list(Level) for line in lines)
    assert any(line.startswith("FAIL") and "load_places" in line for line in lines)


def test_the_command_ends_well_when_nothing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "CHECKS", {"python": health.python, "mail": lambda: health.warn("not sent")})
    out = StringIO()
    call_command("doctor", stdout=out)
    assert len(out.getvalue().splitlines()) == 2
