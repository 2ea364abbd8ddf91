"""Movements, the versions of their plans, selection rounds."""

from datetime import date
from functools import lru_cache

from django.db import models
from django.db.models import F, Q

from chungtay.movements.plan import Plan
from chungtay.places.models import Place
from chungtay.records.privacy import Privacy


class Movement(models.Model):
    """Phong trào thi đua: one province's movement over one period."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField("tên phong trào", max_length=250)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="movements")
    privacy = Privacy(public="code name place")

    class Meta:
        verbose_name = "phong trào"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    def plan_on(self, day: date) -> "PlanVersion":
        """The version of the plan in force on `day`; the first one for days before it was issued (KH V.1.1)."""
        versions = list(self.plans.order_by("number"))
        in_force = [version for version in versions if version.valid_from <= day]
        return (in_force or versions[:1])[-1]


class PlanVersion(models.Model):
    """Bản kế hoạch: the plan as a file said it on the day it was loaded. A new text is a new version (P1)."""

    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField()
    valid_from = models.DateField("có hiệu lực từ")
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    loaded_on = models.DateField()
    append_only = ()
    privacy = Privacy(public="movement number valid_from digest content loaded_on")

    class Meta:
        verbose_name = "bản kế hoạch"
        ordering = ["movement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["movement", "number"], name="plan_number_once"),
            models.UniqueConstraint(fields=["movement", "digest"], name="plan_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.movement.name}, bản {self.number}"

    @property
    def plan(self) -> Plan:
        """The typed plan of this version."""
        return _parsed(self.digest, self.pk)


@lru_cache(maxsize=64)
def _parsed(digest: str, pk: int) -> Plan:
    """A version never changes, so its plan is read once a process."""
    content = PlanVersion.objects.values_list("content", flat=True).get(pk=pk, digest=digest)
    return Plan.kept(content)


class Round(models.Model):
    """Đợt xét khen thưởng: when units may nominate, for which year and occasion (KH III.5, IV.2.2)."""

    class Kind(models.TextChoices):
        YEARLY = "yearly", "Khen hằng năm"
        MIDTERM = "midterm", "Khen sơ kết giữa kỳ"
        FIVE_YEAR = "five_year", "Khen tổng kết 5 năm"

    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="rounds")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    year = models.PositiveSmallIntegerField("năm")
    title = models.CharField("tên đợt", max_length=160)
    opens = models.DateField("nhận hồ sơ từ")
    closes = models.DateField("hạn nộp")
    privacy = Privacy(public="plan_version kind year title opens closes")

    class Meta:
        verbose_name = "đợt xét"
        ordering = ["-year", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["plan_version", "kind", "year"], name="one_round_per_kind_and_year"),
            models.CheckConstraint(condition=Q(closes__gte=F("opens")), name="round_closes_after_it_opens"),
        ]

    def __str__(self) -> str:
        return self.title

    def is_open(self, on: date) -> bool:
        """Whether units may hand in on that day; the last day counts."""
        return self.opens <= on <= self.closes
