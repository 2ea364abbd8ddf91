"""Việc bỏ dở: jobs whose worker was killed, and papers that nobody prints any more.

A worker that dies leaves its job RUNNING for ever. Every job of ours may be done twice, so it goes back. A worker
is known to be gone when its id says `<host>:<pid>` of this host and no such worker lives, and any other one when its
job has been running for longer than a job of ours can.
"""

import os
import socket
from datetime import datetime, timedelta
from pathlib import Path

from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from chungtay.documents.models import Paper
from chungtay.documents.printing_jobs import print_later, print_paper

LONGEST = timedelta(minutes=30)
TRIES = 3
KILLED = "chungtay.documents.reaping.WorkerKilled"
HOST = socket.gethostname()[:40]


class WorkerKilled(Exception):
    """The job took its worker down as often as we let it; its name stands in the failed job."""


def reap(*, longest: timedelta = LONGEST, now: datetime | None = None) -> tuple[int, int]:
    """Put jobs of dead workers back. Gives how many went back and how many were given up.

    A job that has lost its worker `TRIES` times is given up as FAILED: it may be what kills them.
    """
    again = given_up = 0
    now = now or timezone.now()
    for job in DBTaskResult.objects.running().order_by("started_at"):
        is_late = job.started_at is None or job.started_at < now - longest
        if not is_late and not (job.worker_ids and is_gone(job.worker_ids[-1])):
            continue
        same = DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.RUNNING, started_at=job.started_at)
        if len(job.worker_ids) < TRIES:
            again += same.update(status=TaskResultStatus.READY, started_at=None)
            continue
        given_up += same.update(
            status=TaskResultStatus.FAILED,
            finished_at=now,
            exception_class_path=KILLED,
            traceback=f"{len(job.worker_ids)} workers ended while they did this job: {', '.join(job.worker_ids)}",
        )
    return again, given_up


def is_gone(worker_id: str) -> bool:
    """True if the id names a process of this machine that is no living worker; False where nobody can tell."""
    host, _, pid = worker_id.rpartition(":")
    if host != HOST or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    words = Path(f"/proc/{pid}/cmdline")
    return words.exists() and b"db_worker" not in words.read_bytes().split(b"\0")


def print_unqueued() -> int:
    """Queue every issued paper that has no PDF, no known fault, and no job that waits, runs or was given up."""
    open_or_given_up = Q(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING)) | Q(exception_class_path=KILLED)
    jobs = DBTaskResult.objects.filter(open_or_given_up, task_path=print_paper.module_path)
    known = {arguments["args"][0] for arguments in jobs.values_list("args_kwargs", flat=True) if arguments["args"]}
    papers = Paper.objects.filter(file__isnull=True, voided_on__isnull=True, print_fault="").order_by("pk")
    waiting = [paper for paper in papers.defer("content") if paper.pk not in known]
    for paper in waiting:
        print_later(paper)
    return len(waiting)
