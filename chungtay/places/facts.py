"""What is known of a place besides its name: special difficulty by year, islands, outline, and how complete we are."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from chungtay.places.units import Place, days
from chungtay.records.privacy import Privacy


class Difficulty(models.Model):
    """Xã đặc biệt khó khăn: a commune had this status in this year under this programme.

    The absence of a row says nothing while `Coverage` for "difficulty" is not complete.
    """

    class Programme(models.TextChoices):
        COASTAL = "coastal", "Xã đặc biệt khó khăn vùng bãi ngang ven biển và hải đảo"
        BORDER = "border", "Xã biên giới đặc biệt khó khăn"
        PROGRAMME_135 = "p135", "Xã đặc biệt khó khăn thuộc Chương trình 135"

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="difficulties")
    year = models.PositiveSmallIntegerField("năm")
    programme = models.CharField("diện", max_length=8, choices=Programme.choices)
    decision = models.CharField("quyết định", max_length=200, blank=True)
    source = models.CharField("nguồn", max_length=300)
    assumed = models.CharField("giả định", max_length=300, blank=True)
    privacy = Privacy(public="place year programme decision source assumed")

    class Meta:
        verbose_name = "tình trạng đặc biệt khó khăn"
        ordering = ["-year", "programme"]
        constraints = [
            models.CheckConstraint(condition=Q(year__gte=1990, year__lte=2100), name="difficulty_year_sane"),
            models.CheckConstraint(condition=Q(programme__in=["coastal", "border", "p135"]), name="programme_known"),
            models.UniqueConstraint(fields=["place", "year", "programme"], name="one_difficulty_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.get_programme_display()} {self.year}"


class IslandQuerySet(models.QuerySet["Island"]):
    def on(self, day: date) -> IslandQuerySet:
        """The communes that are island communes on `day`."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


class Island(models.Model):
    """Xã đảo: the commune lies on islands from `since` until the day before `until`.

    Not the same as special difficulty, which some island communes have and others have not.
    """

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="islands")
    since = models.DateField("từ ngày")
    until = models.DateField("đến trước ngày", null=True, blank=True)
    decision = models.CharField("quyết định", max_length=200, blank=True)
    source = models.CharField("nguồn", max_length=300)
    assumed = models.CharField("giả định", max_length=300, blank=True)
    privacy = Privacy(public="place since until decision source assumed")
    objects = IslandQuerySet.as_manager()

    class Meta:
        verbose_name = "xã đảo"
        ordering = ["place", "since"]
        constraints = [
            models.UniqueConstraint(fields=["place", "since"], name="one_island_mark_per_first_day"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="island_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.since:%d/%m/%Y}"

    @property
    def days(self) -> str:
        """When it holds, in words."""
        return days(self.since, self.until)


class BoundaryQuerySet(models.QuerySet["Boundary"]):
    def as_of(self, day: date) -> BoundaryQuerySet:
        """The outline of each place that is the latest one up to `day`."""
        later = Boundary.objects.filter(place=OuterRef("place"), since__gt=OuterRef("since"), since__lte=day)
        return self.filter(~Exists(later), since__lte=day).order_by("place_id")


class Boundary(models.Model):
    """Đường ranh: a GeoJSON polygon in degrees (WGS 84), simplified: to show where a place is, not to measure it."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="boundaries")
    since = models.DateField("từ ngày")
    geometry = models.JSONField("đường ranh")
    source = models.CharField("nguồn", max_length=300)
    licence = models.CharField("giấy phép", max_length=120)
    privacy = Privacy(public="place since geometry source licence")
    objects = BoundaryQuerySet.as_manager()

    class Meta:
        verbose_name = "đường ranh"
        ordering = ["place", "since"]
        constraints = [models.UniqueConstraint(fields=["place", "since"], name="one_boundary_per_first_day")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.since:%d/%m/%Y}"


class Coverage(models.Model):
    """Mức đầy đủ: what the reference data does not hold, in words for the page that shows it."""

    class Topic(models.TextChoices):
        DIFFICULTY = "difficulty", "Xã đặc biệt khó khăn"
        AN_GIANG = "an_giang", "Tỉnh An Giang từ 01/7/2025"
        BOUNDARY = "boundary", "Đường ranh"
        ISLAND = "island", "Xã đảo"
        FIRST_DAY = "first_day", "Ngày lập"

    topic = models.CharField("về", max_length=20, choices=Topic.choices, unique=True)
    complete = models.BooleanField("đầy đủ")
    note = models.TextField("ghi chú")
    privacy = Privacy(public="topic complete note")

    class Meta:
        verbose_name = "mức đầy đủ của dữ liệu địa bàn"
        ordering = ["topic"]
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="coverage_says_something")]

    def __str__(self) -> str:
        return self.get_topic_display()
