"""Awards that a party received before this system, or from others: a register that only grows."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from chungtay.documents.models import StoredFile
from chungtay.law.awards import Award
from chungtay.movements.models import Movement
from chungtay.parties.models import Party, Viewer
from chungtay.records.privacy import Privacy

AWARDS = [(award.value, award.label) for award in Award]


class EarlierAwardQuerySet(models.QuerySet["EarlierAward"]):
    def visible_to(self, viewer: Viewer | None, on: date) -> "EarlierAwardQuerySet":
        """Those of the parties that the viewer sees."""
        return self.filter(party__in=Party.objects.visible_to(viewer, on))

    def standing(self) -> "EarlierAwardQuerySet":
        """Those that nobody struck off."""
        return self.filter(struck_on__isnull=True)

    def counting(self) -> "EarlierAwardQuerySet":
        """Those that the law is told of: recorded or confirmed by the Board, and not struck off."""
        return self.standing().filter(confirmed_on__isnull=False)

    def waiting(self) -> "EarlierAwardQuerySet":
        """Those that a unit recorded and the Board has not looked at."""
        return self.standing().filter(confirmed_on__isnull=True)


class EarlierAward(models.Model):
    """Khen thưởng đã có: an award of a party that no dossier of this system led to (KH IV.2.1, IV.2.2.b).

    It counts once the Board recorded or confirmed it. A wrong one is struck off, or corrected by another that names it.
    """

    class Way(models.TextChoices):
        REGULAR = "regular", "Công trạng thường xuyên"
        THEMATIC = "thematic", "Theo chuyên đề, phong trào"
        AD_HOC = "ad_hoc", "Đột xuất"
        SERVICE = "service", "Quá trình cống hiến, niên hạn"

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="earlier_awards")
    award = models.CharField("hình thức khen thưởng", max_length=40, choices=AWARDS)
    way = models.CharField("loại hình khen thưởng", max_length=8, choices=Way.choices)
    number = models.CharField("số quyết định", max_length=60)
    decided_on = models.DateField("ngày quyết định")
    issuer = models.CharField("cơ quan ban hành", max_length=200)
    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, null=True, related_name="+")
    content = models.CharField("nội dung thi đua", max_length=10, blank=True)
    achievement = models.CharField("thành tích được khen", max_length=300, blank=True)
    since = models.DateField("thành tích từ ngày", null=True, blank=True)
    until = models.DateField("đến ngày", null=True, blank=True)
    evidence = models.CharField("minh chứng", max_length=300)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan ghi")
    by = models.CharField("người ghi", max_length=200)
    on = models.DateField("ngày ghi")
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    confirmed_on = models.DateField("ngày xác nhận", null=True)
    confirmed_by = models.CharField("người xác nhận", max_length=200, blank=True)
    struck_on = models.DateField("ngày gỡ", null=True)
    struck_by = models.CharField("người gỡ", max_length=200, blank=True)
    struck_because = models.CharField("vì sao gỡ", max_length=300, blank=True)
    append_only = ("confirmed_on", "confirmed_by", "struck_on", "struck_by", "struck_because")
    privacy = Privacy(
        internal="award way number decided_on issuer movement content since until file unit by on corrects confirmed_on"
        " confirmed_by struck_on struck_by",
        personal="party achievement evidence struck_because",
    )
    walled = "party"
    objects = EarlierAwardQuerySet.as_manager()

    class Meta:
        verbose_name = "khen thưởng đã có"
        ordering = ["party", "-decided_on", "-id"]
        indexes = [
            models.Index(fields=["party", "-decided_on", "-id"], name="earlier_awards_of_party"),
            models.Index(
                fields=["-id"],
                condition=Q(confirmed_on__isnull=True, struck_on__isnull=True),
                name="earlier_awards_waiting",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "award", "decided_on", "number"],
                condition=Q(struck_on__isnull=True),
                name="earlier_award_recorded_once",
            ),
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(issuer="") & ~Q(evidence=""), name="earlier_award_names_its_paper"
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True, until__isnull=True)
                | Q(since__isnull=False, until__isnull=False, until__gte=F("since"), decided_on__gte=F("until")),
                name="earlier_award_follows_its_time",
            ),
            models.CheckConstraint(
                condition=Q(movement__isnull=True, content="") | (Q(movement__isnull=False) & ~Q(content="")),
                name="earlier_content_is_of_a_movement",
            ),
            models.CheckConstraint(
                condition=Q(struck_on__isnull=True, struck_because="")
                | (Q(struck_on__isnull=False) & ~Q(struck_because="")),
                name="struck_award_says_why",
            ),
            models.CheckConstraint(
                condition=Q(award__in=[award.value for award in Award])
                & Q(way__in=["regular", "thematic", "ad_hoc", "service"]),
                name="earlier_award_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{Award(self.award).label}, {self.number} ngày {self.decided_on:%d/%m/%Y}"

    @property
    def is_waiting(self) -> bool:
        """Whether the Board has still to look at it."""
        return self.confirmed_on is None and self.struck_on is None

    @property
    def counts(self) -> bool:
        """Whether the law is told of it."""
        return self.confirmed_on is not None and self.struck_on is None
