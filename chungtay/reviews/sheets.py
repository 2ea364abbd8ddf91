"""The B1 tables that a province loads; none is shipped, and a total may be entered without one."""

from django.db import models
from django.db.models import Q

from chungtay.law.points import Region
from chungtay.records.privacy import Privacy


class PointSheet(models.Model):
    """Bảng điểm B1 của một vùng: `items` as `reviews.point_tables` reads them; a new version replaces, nothing changes.

    `text` names the paper it was typed from.
    """

    region = models.CharField("vùng", max_length=20, choices=[(region.value, region.label) for region in Region])
    edition = models.CharField("phiên bản", max_length=60)
    text = models.CharField("văn bản", max_length=300)
    items = models.JSONField("chỉ tiêu và điểm")
    since = models.DateField("áp dụng từ ngày")
    loaded_on = models.DateField("ngày nạp")
    append_only = ()
    privacy = Privacy(internal="region edition text items since loaded_on")

    class Meta:
        verbose_name = "bảng điểm B1"
        ordering = ["region", "-since", "-id"]
        indexes = [models.Index(fields=["region", "-since", "-id"], name="point_sheets_of_region")]
        constraints = [
            models.UniqueConstraint(fields=["region", "edition"], name="one_point_sheet_an_edition"),
            models.CheckConstraint(condition=~Q(text=""), name="point_sheet_names_its_text"),
            models.CheckConstraint(
                condition=Q(region__in=[region.value for region in Region]), name="point_sheet_region_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_region_display()} ({self.edition})"
