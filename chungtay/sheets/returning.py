"""Trả lại tệp lớn: a workbook with yellow cells that takes longer than a page may is made by a job and kept.

It is kept with the upload, under the same wall, for the rows as they stood; a decision makes it old. Small uploads are
given back at once (`giving_back.workbook`).
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from chungtay.accounts.models import Seat
from chungtay.law.refusals import Conflict
from chungtay.records import journal
from chungtay.sheets import bulk, giving_back
from chungtay.sheets.models import Returned, Upload

AT_ONCE = 4_000
"""Rows up to which the page itself makes the workbook: 0.4 s with twenty columns and four marks in every row."""
ASKED = "return_sheet"
STATES = (Upload.State.STAGED, Upload.State.CLOSED)


def is_at_once(upload: Upload) -> bool:
    """Whether the upload is small enough to be given back within the request."""
    return upload.read <= AT_ONCE


def may_return(upload: Upload) -> bool:
    """Whether there is something to give back: its rows were read and are not erased."""
    return upload.state in STATES and upload.erased_on is None


def edition(upload: Upload) -> int:
    """Of which state of the rows a workbook is: the number of the journal's last entry that may have changed one."""
    last = journal.of(upload).exclude(act=ASKED).order_by("-seq").values_list("seq", flat=True).first()
    return last or 0


def is_ready(upload: Upload) -> bool:
    """Whether the workbook of the rows as they are now is kept."""
    return Returned.objects.filter(upload=upload, edition=edition(upload)).exists()


def is_being_made(upload: Upload) -> bool:
    """Whether somebody has asked for the workbook of the rows as they are now and it has not come yet."""
    return upload.returning == edition(upload) and not is_ready(upload)


def ready(upload: Upload) -> bytes | None:
    """The workbook of the rows as they are now, if it is kept."""
    found = Returned.objects.filter(upload=upload, edition=edition(upload)).first()
    return None if found is None else bytes(found.data)


@transaction.atomic
def ask(upload: Upload, *, by: Seat, on: date) -> Upload:
    """Xin tệp có tô vàng: from now on a job makes it. Asked again for the same rows, nothing is written.

    Raises Conflict where there is nothing to give back.
    """
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    if not may_return(locked):
        raise Conflict.because(f"Tệp đang ở trạng thái “{locked.get_state_display()}”, chưa có gì để trả lại.")
    wanted = edition(locked)
    upload.returning = wanted
    if locked.returning != wanted:
        Upload.objects.filter(pk=upload.pk).update(returning=wanted)
        journal.record(ASKED, by=by, on=on, noun=upload, body={"rows": locked.read})
    return upload


def make(upload: Upload) -> None:
    """Make the workbook and keep it in the place of an older one. Long: call it from a job.

    Killed and called again it begins anew, as nothing is kept before the whole is there. An upload that was erased
    meanwhile keeps nothing.
    """
    of = edition(upload)
    if not may_return(upload) or is_ready(upload):
        return
    data = giving_back.workbook(upload)
    with transaction.atomic():
        locked = Upload.objects.select_for_update().get(pk=upload.pk)
        if not may_return(locked):
            return
        Returned.objects.filter(upload=upload).delete()
        bulk.insert_bytes(Returned, {"upload": upload.pk, "edition": of, "data": data})
