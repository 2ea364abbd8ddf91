"""Việc làm sau: opening, reading and taking in happen after commit, within seconds; each may be done again."""

from __future__ import annotations

from django_tasks import task

from chungtay.records import walls
from chungtay.sheets import accepting, registry, returning, staging
from chungtay.sheets.layouts import Layout
from chungtay.sheets.models import Upload

WHY = "a job reads what a person handed in, and the room's own check looks where that person's seat may"
STATES = Upload.State


def go_on_later(upload: Upload) -> None:
    """Put the next job of this upload in the queue, in the caller's transaction; nothing if none is due."""
    if upload.state in BUSY:
        go_on.enqueue(upload.pk)


BUSY = (STATES.RECEIVED.value, STATES.STAGING.value, STATES.ACCEPTING.value)


@task()
def go_on(upload_id: int) -> None:
    """Do what is due: open, read, or take in. Killed and done again, it goes on where it was."""
    with walls.everything(WHY):
        upload = Upload.objects.select_related("by__desk__body", "approved_by__desk__body").get(pk=upload_id)
        known = registry.known().get(upload.layout)
        if known is None:
            return
        layout: Layout = known.layout_for(upload.by, upload.on)
        if upload.state == STATES.RECEIVED:
            staging.open_file(upload, layout)
        elif upload.state == STATES.STAGING:
            staging.stage(upload, layout)
        elif upload.state == STATES.ACCEPTING and upload.approved_by and upload.approved_on:
            writer = known.writer(upload.approved_by, upload.approved_on)
            accepting.accept(upload, layout=layout, writer=writer)


def give_back_later(upload: Upload) -> None:
    """Put the making of the workbook to give back in the queue, in the caller's transaction."""
    give_back.enqueue(upload.pk)


@task()
def give_back(upload_id: int) -> None:
    """Make the workbook of a large upload, if it is not there. Killed and done again, it begins anew."""
    with walls.everything(WHY):
        returning.make(Upload.objects.get(pk=upload_id))
