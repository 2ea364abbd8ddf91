"""Chứng từ kèm theo: the files behind a gift: receipts, minutes of handing over, what its value rests on."""

from datetime import date

from django.db import models, transaction
from django.db.models import Q

from chungtay.accounts.models import Seat
from chungtay.contributions.gifts import ENDED, WITH_GIFT, Contribution
from chungtay.documents.models import StoredFile
from chungtay.law.refusals import Refused
from chungtay.records import journal
from chungtay.records.names import clean
from chungtay.records.privacy import Privacy

MOST = 20
"""So many files are kept with one gift."""


class Paper(models.Model):
    """Chứng từ kèm theo: a file handed in for a gift. Whoever may not read a helped household's name gets none."""

    gift = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="papers")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("tên tệp", max_length=200)
    by = models.CharField("người đính kèm", max_length=300)
    on = models.DateField("ngày")
    append_only = ()
    privacy = Privacy(internal="gift file on", personal="name by")
    walled = WITH_GIFT

    class Meta:
        verbose_name = "chứng từ kèm theo"
        ordering = ["gift", "id"]
        constraints = [
            models.UniqueConstraint(fields=["gift", "file"], name="gift_paper_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(by=""), name="gift_paper_has_name_and_writer"),
        ]

    def __str__(self) -> str:
        return self.name


@transaction.atomic
def attach(gift: Contribution, stored: StoredFile, name: str, *, signed: str, by: Seat, on: date) -> Paper:
    """Đính kèm một chứng từ; the caller has asked who may. `signed`: who it is, as rows are signed.

    The same file is kept once. Raises `Refused` for a gift that counts no more, or has too many already.
    """
    known = Paper.objects.filter(gift=gift, file=stored).first()
    if known is not None:
        return known
    if gift.state in ENDED:
        raise Refused.because(f"Khoản này {gift.at.label.lower()}, không nhận thêm chứng từ.", field="file")
    if Paper.objects.filter(gift=gift).count() >= MOST:
        raise Refused.because(f"Mỗi khoản giữ nhiều nhất {MOST} tệp.", field="file")
    made = Paper.objects.create(gift=gift, file=stored, name=clean(name)[:200] or "chứng từ", by=signed, on=on)
    journal.record(
        "attach_paper", by=by, on=on, noun=gift, body={"sha256": stored.sha256}, personal={"name": made.name}
    )
    return made


def carry(gift: Contribution, anew: Contribution) -> None:
    """The papers of a gift that is written anew stay with it, and go with the new one."""
    kept = Paper.objects.filter(gift=gift)
    Paper.objects.bulk_create(
        Paper(gift=anew, file_id=one.file_id, name=one.name, by=one.by, on=one.on) for one in kept
    )
