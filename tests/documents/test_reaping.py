"""A killed worker's job goes back to the queue; one that kills its workers is given up; no paper stays unprinted."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus, task_backends
from django_tasks_db.models import DBTaskResult

import run
from chungtay.documents import reaping
from chungtay.documents.models import Paper
from chungtay.documents.printing_jobs import print_paper
from tests.make import Province

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def job(
    *workers: str, minutes: float = 1, status: str = "RUNNING", paper: int = 0, killed: bool = False
) -> DBTaskResult:
    """A printing job that the last of `workers` took up some minutes ago."""
    then = NOW - timedelta(minutes=minutes)
    return DBTaskResult.objects.create(
        task_path=print_paper.module_path,
        args_kwargs={"args": [paper], "kwargs": {}},
        run_after=then,
        status=status,
        started_at=then if workers else None,
        worker_ids=list(workers),
        backend_name="default",
        exception_class_path=reaping.KILLED if killed else "",
    )


def status(of: DBTaskResult) -> str:
    return DBTaskResult.objects.get(pk=of.pk).status


@pytest.fixture
def worker() -> Iterator[subprocess.Popen[bytes]]:
    """A process that looks like a living worker."""
    program = "import sys; print(flush=True); sys.stdin.read()"
    child = subprocess.Popen(
        [sys.executable, "-c", program, "db_worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    child.stdout.readline()
    yield child
    child.kill()
    child.communicate()


def test_the_job_of_a_killed_worker_goes_back_at_once_and_that_of_a_living_one_stays(
    worker: subprocess.Popen[bytes],
) -> None:
    held = job(f"{reaping.HOST}:{worker.pid}")
    assert reaping.reap(now=NOW) == (0, 0)
    assert status(held) == TaskResultStatus.RUNNING
    worker.kill()
    worker.wait()
    assert reaping.reap(now=NOW) == (1, 0)
    assert status(held) == TaskResultStatus.READY


def test_a_pid_that_now_belongs_to_another_program_is_no_worker() -> None:
    assert reaping.is_gone(f"{reaping.HOST}:{os.getpid()}")


@pytest.mark.parametrize("worker_id", ["kP3vD8", "elsewhere:1", f"{socket.gethostname()[:40]}:x", ":", ""])
def test_of_a_worker_that_cannot_be_looked_for_nobody_says_that_it_is_gone(worker_id: str) -> None:
    assert not reaping.is_gone(worker_id)


@pytest.mark.parametrize(("minutes", "wanted"), [(29.9, "RUNNING"), (30.1, "READY")])
def test_an_unknown_worker_has_the_time_of_the_longest_job(minutes: float, wanted: str) -> None:
    held = job("elsewhere:1", minutes=minutes)
    reaping.reap(now=NOW)
    assert status(held) == wanted


def test_a_job_is_ready_to_be_taken_up_again() -> None:
    held = job("elsewhere:1", minutes=31)
    assert held not in DBTaskResult.objects.ready()
    reaping.reap(now=NOW)
    again = DBTaskResult.objects.ready().get()
    assert (again.pk, again.started_at, again.worker_ids) == (held.pk, None, ["elsewhere:1"])


@pytest.mark.parametrize(("workers", "wanted"), [(2, "READY"), (3, "FAILED")])
def test_a_job_that_took_three_workers_down_is_given_up(workers: int, wanted: str) -> None:
    held = job(*(f"elsewhere:{n}" for n in range(workers)), minutes=31)
    reaping.reap(now=NOW)
    assert status(held) == wanted
    held.refresh_from_db()
    assert ("3 workers ended" in held.traceback) == (wanted == "FAILED")
    assert (held.exception_class_path == f"{reaping.__name__}.{reaping.WorkerKilled.__name__}") == (wanted == "FAILED")


@pytest.mark.parametrize("state", ["READY", "SUCCESSFUL", "FAILED"])
def test_only_running_jobs_are_reaped(state: str) -> None:
    held = job("elsewhere:1", minutes=99, status=state)
    assert reaping.reap(now=NOW) == (0, 0)
    assert status(held) == state


def queued() -> list[int]:
    """The papers that were queued for printing in this test."""
    backend: Any = task_backends["default"]
    return [result.args[0] for result in backend.results if result.task == print_paper]


@pytest.fixture
def receipt(province: Province) -> Paper:
    """An issued receipt without a PDF; what was queued until now is forgotten."""
    province.received()
    backend: Any = task_backends["default"]
    backend.clear()
    return Paper.objects.get()


def test_a_paper_without_pdf_and_without_job_is_queued(receipt: Paper) -> None:
    assert reaping.print_unqueued() == 1
    assert queued() == [receipt.pk]


@pytest.mark.parametrize(
    ("state", "killed", "wanted"),
    [("READY", False, 0), ("RUNNING", False, 0), ("FAILED", True, 0), ("FAILED", False, 1), ("SUCCESSFUL", False, 1)],
)
def test_a_paper_whose_job_waits_runs_or_was_given_up_is_not_queued_again(
    receipt: Paper, state: str, killed: bool, wanted: int
) -> None:
    job("elsewhere:1", status=state, paper=receipt.pk, killed=killed)
    assert reaping.print_unqueued() == wanted


@pytest.mark.parametrize("why", ["printed", "void", "faulty"])
def test_a_paper_that_is_printed_void_or_faulty_is_left_alone(receipt: Paper, province: Province, why: str) -> None:
    changes: dict[str, dict[str, object]] = {
        "printed": {"file": province.file()},
        "void": {"voided_on": receipt.issued_on, "void_reason": "Ghi nhầm"},
        "faulty": {"print_fault": "thiếu chữ"},
    }
    Paper.objects.filter(pk=receipt.pk).update(**changes[why])
    assert reaping.print_unqueued() == 0


def test_the_command_does_both_and_says_so(receipt: Paper) -> None:
    job("elsewhere:1", minutes=6)
    out = StringIO()
    call_command("reap_jobs", minutes=5, stdout=out)
    assert out.getvalue() == "1 jobs put back, 0 given up, 1 papers queued for printing\n"
    assert queued() == [receipt.pk]


def test_the_command_is_silent_before_a_worker_that_has_nothing_to_clear() -> None:
    out = StringIO()
    call_command("reap_jobs", verbosity=0, stdout=out)
    assert out.getvalue() == ""


def test_run_py_clears_up_and_then_becomes_a_worker_that_can_be_looked_for() -> None:
    """What `run.py` starts, with a program in Python's place that tells how it was called."""
    shell, option, script, _, host = map(str, run.Children(8000).commands["worker"])
    tell = 'echo $PPID $$ "$@"'
    ran = subprocess.run(
        [shell, option, script.replace('"$0"', f"{shell} -c '{tell}' python"), "unused", host],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    first, second = (line.split(" ", 2) for line in ran.stdout.splitlines())
    assert first[2] == "manage.py reap_jobs -v 0"
    assert first[0] == second[1]  # the shell became the worker
    assert second[2].endswith(f"--worker-id {reaping.HOST}:{second[1]}")
