"""Sức khoẻ hệ thống: one question a function, one finding an answer. `manage.py doctor` prints them."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from chungtay.documents import checkpoints, keys, letters, printing
from chungtay.law import holidays
from chungtay.movements.models import PlanVersion
from chungtay.parties import name_index
from chungtay.places.models import Place
from chungtay.records import journal, triggers, wall_laying
from chungtay.records.clock import today

SAMPLE = "Nguyễn Thị Diễm Hằng, Ủy ban nhân dân, được đề nghị: ă â đ ê ô ơ ư ạ ặ ậ ẹ ệ ị ọ ộ ợ ụ ự ỵ ẵ ẫ ễ ỗ ỡ ữ ỹ"
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
GIB = 1024**3


class Level(StrEnum):
    """How good a finding is. Only FAIL makes `doctor` end with 1."""

    OK = "OK"
    WARN = "WARN"
    FAIL = "FAIL"


@dataclass(frozen=True)
class Finding:
    """One answer, in the operator's words: what was found, and what to do about it."""

    level: Level
    words: str


def ok(words: str) -> Finding:
    return Finding(Level.OK, words)


def warn(words: str) -> Finding:
    return Finding(Level.WARN, words)


def fail(words: str) -> Finding:
    return Finding(Level.FAIL, words)


def strict(is_well: bool, well: str, ill: str) -> Finding:
    """What a demo may do without and a province may not."""
    if is_well:
        return ok(well)
    return warn(f"{ill} (allowed outside production)") if settings.MODE != "production" else fail(ill)


def python() -> Finding:
    words = ".".join(map(str, sys.version_info[:3]))
    return ok(words) if sys.version_info >= (3, 11) else fail(f"{words}; 3.11 or newer is needed")


def database() -> Finding:
    """The engine and its version; on the embedded one, the settings that keep acknowledged work through a power cut."""
    version = ".".join(map(str, connection.get_database_version()))
    if connection.vendor != "sqlite":
        return ok(f"{connection.display_name} {version}")
    wrong = []
    with connection.cursor() as cursor:
        for name, wanted in PRAGMAS.items():
            cursor.execute(f"PRAGMA {name}")
            (found,) = cursor.fetchone()
            if found != wanted:
                wrong.append(f"{name} is {found}, must be {wanted}")
    if wrong:
        return fail(f"SQLite {version}: {'; '.join(wrong)}")
    return ok(f"SQLite {version}, " + ", ".join(f"{name} {wanted}" for name, wanted in PRAGMAS.items()))


def migrations() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return fail(f"{len(waiting)} not applied, first {waiting[0][0]}: run `manage.py migrate`")
    return ok(f"{len(executor.loader.applied_migrations)} applied")


def append_only() -> Finding:
    missing = triggers.missing(connection)
    if missing:
        return fail(f"triggers are missing, run `manage.py migrate`: {', '.join(missing)}")
    return ok(f"{len(triggers.guarded())} tables are guarded by triggers")


def second_wall() -> Finding:
    """Whether the database itself keeps each request to its area, or only the pages' own filter does."""
    found = wall_laying.standing(connection)
    if found.is_broken:
        return fail(found.words)
    if found.is_there and not wall_laying.names_are_looked_up(connection):
        return warn(f"{found.words}; names are read one by one: a superuser must say {wall_laying.LEAKPROOF}")
    return ok(found.words) if found.is_there or connection.vendor != "postgresql" else warn(found.words)


def names() -> Finding:
    """The index of names is kept by triggers of the database; without them a new party is not found by its name."""
    missing = name_index.missing(connection)
    if missing:
        return fail(f"triggers are missing, run `manage.py migrate`: {', '.join(missing)}")
    return ok(f"{len(name_index.TRIGGERS[connection.vendor])} triggers keep the index")


def working_days() -> Finding:
    """Deadlines end where the table of days off ends; the last year warns, so that the next one is written in time."""
    last, on = holidays.LAST_DAY, today()
    words = f"days off are known to {last:%d/%m/%Y}"
    if on > last:
        return fail(f"{words}: no deadline can be reckoned; add the year to chungtay/law/holidays.py")
    if on.year >= last.year:
        return warn(f"{words}: add the next year to chungtay/law/holidays.py (docs/operations.md)")
    return ok(words)


def signing_key() -> Finding:
    """The key that signs certificates must be there, and sign what it verifies."""
    sealer = keys.sealer()
    seal = ("doctor", "0/QĐ-UBND", timezone.localdate(), "doctor", "0" * 64)
    if not sealer.verify(*seal, sealer.seal(*seal)):
        return fail("does not verify what it signs")
    where = "from the environment" if settings.SIGNING_KEY else "in DATA_DIR"
    return ok(f"{where}; public key {sealer.public_key_hex}")


def data_directory() -> Finding:
    directory = Path(settings.DATA_DIR)
    probe = directory / ".doctor"
    try:
        probe.write_text("")
        probe.unlink()
    except OSError as fault:
        return fail(f"{directory} cannot be written: {fault.strerror}")
    free = shutil.disk_usage(directory).free
    words = f"{directory}, {free / GIB:.1f} GiB free"
    if free < GIB // 2:
        return fail(f"{words}: under 0.5 GiB, papers may soon not be written")
    return warn(f"{words}: under 5 GiB") if free < 5 * GIB else ok(words)


def open_to_others() -> Finding:
    """Personal data lies in the directory: on a shared machine nobody else may look in."""
    mode = os.stat(settings.DATA_DIR).st_mode & 0o007
    return strict(mode == 0, "closed to other users of this machine", "other users may look in: chmod o= DATA_DIR")


def clock() -> Finding:
    """Deadlines count days in Vietnam: the zone must be known, and the database must agree about the hour."""
    now = timezone.localtime()
    words = f"{now:%d/%m/%Y %H:%M} {settings.TIME_ZONE}"
    if now.utcoffset() != timedelta(hours=7):
        return fail(f"{words}: Vietnam is at UTC+7")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT CAST(strftime('%s', 'now') AS INTEGER)"
            if connection.vendor == "sqlite"
            else "SELECT extract(epoch FROM clock_timestamp())"
        )
        (stamp,) = cursor.fetchone()
    apart = abs(float(stamp) - now.timestamp())
    if apart > 60:
        return fail(f"{words}: the database's clock is {apart:.0f} seconds away")
    if settings.WORKING_DAY:
        words += f"; the demo works on {settings.WORKING_DAY:%d/%m/%Y}"
    return ok(words)


def static_files() -> Finding:
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    return ok(str(manifest)) if manifest.exists() else fail("not collected: run `manage.py prepare`")


def worker() -> Finding:
    """A worker that lives leaves no job waiting for ten minutes."""
    late = timezone.now() - timedelta(minutes=10)
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=late, run_after__lt=late).count()
    stuck = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - timedelta(hours=1)).count()
    failed = DBTaskResult.objects.failed().filter(finished_at__gt=timezone.now() - timedelta(days=7)).count()
    if waiting:
        return fail(f"{waiting} jobs have waited for over 10 minutes: start `manage.py db_worker`")
    if stuck or failed:
        return warn(f"{stuck} jobs run for over an hour, {failed} failed in the last 7 days")
    return ok("no job waits, none failed in the last 7 days")


def fonts() -> Finding:
    missing = letters.missing([SAMPLE], printing.FONTS) if printing.FONTS.is_dir() else ["all"]
    if missing:
        return fail(f"letters that papers need are missing: run `python tools/frontend.py` ({', '.join(missing[:5])})")
    return ok(f"every Vietnamese letter is in {printing.FONTS.name}")


def places() -> Finding:
    count = Place.objects.count()
    return ok(f"{count} loaded") if count else fail("none: run `manage.py load_places`")


def plan() -> Finding:
    count = PlanVersion.objects.count()
    return ok(f"{count} versions loaded") if count else fail("none: run `manage.py load_plan plans/<file>.yaml`")


def mail() -> Finding:
    is_sent = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")
    return strict(
        is_sent, f"through {settings.EMAIL_HOST}:{settings.EMAIL_PORT}", "not sent: CHUNGTAY_MAIL_URL is empty"
    )


def second_factor() -> Finding:
    return strict(settings.REQUIRE_MFA, "required of officials", "not required: CHUNGTAY_REQUIRE_MFA")


def https() -> Finding:
    return strict(settings.SESSION_COOKIE_SECURE, f"on, {settings.PUBLIC_ADDRESS}", "off: CHUNGTAY_HTTPS")


def journal_checkpoints() -> Finding:
    """A day's work is signed by the next night, and a copy lies where the administrator cannot reach it."""
    last = checkpoints.latest()
    fault = checkpoints.fault_of(last) if last else ""
    if fault:
        return fail(fault)
    words = f"checkpoint {last.number} saw entry {last.seq}" if last else "none yet"
    oldest = checkpoints.first_unseen(last)
    if oldest and oldest < timezone.now() - timedelta(days=2):
        return warn(f"{words}; entries wait since {oldest:%d/%m/%Y}: run `manage.py checkpoint` every night")
    return strict(bool(settings.WITNESS_DIR), f"{words}; witnessed", f"{words}; no witness: CHUNGTAY_WITNESS_DIR")


def journal_chain() -> Finding:
    """Walks the whole journal: minutes on a large one."""
    faults = journal.faults()
    return fail("; ".join(faults[:5])) if faults else ok("unbroken from the first entry to the last")


CHECKS: dict[str, Callable[[], Finding]] = {
    "python": python,
    "database": database,
    "migrations": migrations,
    "append-only tables": append_only,
    "second wall": second_wall,
    "names": names,
    "working days": working_days,
    "signing key": signing_key,
    "checkpoints": journal_checkpoints,
    "data directory": data_directory,
    "privacy of data": open_to_others,
    "clock": clock,
    "static files": static_files,
    "worker": worker,
    "fonts of papers": fonts,
    "places": places,
    "plan": plan,
    "mail": mail,
    "second factor": second_factor,
    "https": https,
}
DEEP_CHECKS: dict[str, Callable[[], Finding]] = {"journal": journal_chain}


def answer(question: Callable[[], Finding]) -> Finding:
    """The finding; a check that breaks has found something too."""
    try:
        return question()
    except Exception as fault:
        return fail(f"{type(fault).__name__}: {fault}")
