"""What the centre answered on the State awards that the province asked for."""

from django.db import models
from django.db.models import Q

from chungtay.law.awards import Award
from chungtay.records.privacy import Privacy

STATE_AWARDS = [(award.value, award.label) for award in Award if award.is_state]


class CentralAnswer(models.Model):
    """Kết quả từ Trung ương: what became of a dossier that went up, as the Board put it on record (KH IV.2.1).

    The latest one counts. A wrong one is retracted by another, and both stay.
    """

    class Kind(models.TextChoices):
        GRANTED = "granted", "Được khen"
        DENIED = "denied", "Không khen"
        RETRACTED = "retracted", "Gỡ kết quả ghi nhầm"
        REVOKED = "revoked", "Trung ương thu hồi khen thưởng"

    dossier = models.ForeignKey("nominations.Dossier", on_delete=models.PROTECT, related_name="central_answers")
    kind = models.CharField("kết quả", max_length=10, choices=Kind.choices)
    award = models.CharField("hình thức được khen", max_length=40, choices=STATE_AWARDS, blank=True)
    number = models.CharField("số văn bản", max_length=60, blank=True)
    decided_on = models.DateField("ngày văn bản", null=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    reason = models.CharField("lý do", max_length=500, blank=True)
    by = models.CharField("người ghi", max_length=200)
    on = models.DateField("ngày ghi")
    superseded_on = models.DateField("có kết quả khác từ ngày", null=True)
    append_only = ("superseded_on",)
    privacy = Privacy(internal="dossier kind award number decided_on issuer by on superseded_on", personal="reason")
    walled = "dossier"

    class Meta:
        verbose_name = "kết quả từ Trung ương"
        ordering = ["dossier", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(superseded_on__isnull=True), name="one_answer_counts"
            ),
            models.CheckConstraint(
                condition=~Q(kind="granted")
                | (~Q(award="") & ~Q(number="") & ~Q(issuer="") & Q(decided_on__isnull=False)),
                name="granted_by_a_decision",
            ),
            models.CheckConstraint(condition=Q(kind="granted") | ~Q(reason=""), name="answer_says_why"),
            models.CheckConstraint(
                condition=Q(kind__in=["granted", "denied", "retracted", "revoked"]), name="answer_known"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
