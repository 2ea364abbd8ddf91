"""The totals of a commune's review, written when its round is locked: dashboards read these and not households."""

from datetime import date

from django.db import models
from django.db.models import Q

from chungtay.places.models import Place
from chungtay.places.scope import InForceInArea
from chungtay.records.privacy import Privacy
from chungtay.reviews.rounds import Round


class FiguresQuerySet(InForceInArea["Figures"]):
    """The figures of the communes of an area; a correction after the lock adds a row."""

    def standing(self, on: date) -> "FiguresQuerySet":
        """Those that stood on that day: of rounds locked by then, with the corrections made by then and no later."""
        written = Q(written_on__isnull=True) | Q(written_on__lte=on)
        return self.filter(written, Q(replaced=False) | Q(replaced_on__gt=on), round__locked_on__lte=on)


class Figures(models.Model):
    """Số liệu rà soát của một xã: households and persons by class, what the plan's goals count, and the moves.

    `flows` holds the four tables of `law.population.Counted` as {"poor": {...}, "near_poor": {...}, "poor_persons":
    {...}, "near_poor_persons": {...}}; `lacking` counts households by indicator id for poor and near-poor;
    `causes`, `groups` and `peoples` (of the heads; empty where it was not counted yet) likewise. Null means that
    nobody knows, and is never taken as 0. `special` is what the list of specially difficult communes said when the
    row was written; the plan's goals ask the list itself. `source` says where the row comes from. `written_on` is the
    day of a correction (without one the row came with the lock of its round), `replaced_on` the day on which a
    correction took the row's place.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="figures")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="figures")
    area_path = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    as_of = models.DateField("tính đến ngày")
    households_all = models.PositiveIntegerField()
    persons_all = models.PositiveIntegerField(null=True)
    minority_all = models.PositiveIntegerField(null=True)
    income_poor = models.PositiveIntegerField(default=0)
    service_poor = models.PositiveIntegerField(default=0)
    poor = models.PositiveIntegerField()
    near_poor = models.PositiveIntegerField()
    newly_escaped = models.PositiveIntegerField(default=0)
    poor_persons = models.PositiveIntegerField(default=0)
    near_poor_persons = models.PositiveIntegerField(default=0)
    minority_poor = models.PositiveIntegerField(default=0)
    minority_near_poor = models.PositiveIntegerField(default=0)
    of_first_income_poor = models.PositiveIntegerField("còn nghèo trong danh sách nghèo thu nhập gốc", default=0)
    of_first_service_poor = models.PositiveIntegerField("còn nghèo trong danh sách nghèo thiếu hụt gốc", default=0)
    special = models.BooleanField("xã đặc biệt khó khăn trong năm", default=False)
    flows = models.JSONField(default=dict)
    lacking = models.JSONField(default=dict)
    causes = models.JSONField(default=dict)
    groups = models.JSONField(default=dict)
    peoples = models.JSONField(default=dict)
    source = models.CharField(max_length=300)
    written_on = models.DateField("ngày điều chỉnh", null=True)
    replaced = models.BooleanField(default=False)
    replaced_on = models.DateField("ngày bị thay", null=True)
    is_demo = models.BooleanField(default=False)
    append_only = ("replaced", "replaced_on")
    privacy = Privacy(
        internal="round place area_path year as_of households_all persons_all minority_all income_poor service_poor"
        " poor near_poor newly_escaped poor_persons near_poor_persons minority_poor minority_near_poor"
        " of_first_income_poor of_first_service_poor special flows lacking causes groups peoples source written_on"
        " replaced replaced_on is_demo",
    )
    objects = FiguresQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu rà soát"
        ordering = ["year", "area_path", "id"]
        indexes = [models.Index(fields=["replaced", "year", "area_path"], name="figures_by_area")]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "place"], condition=Q(replaced=False), name="one_row_of_figures_in_force"
            ),
            models.CheckConstraint(
                condition=Q(replaced_on__isnull=True) | Q(replaced=True), name="figures_replaced_on_if_replaced"
            ),
            models.CheckConstraint(condition=Q(poor__lte=models.F("households_all")), name="poor_within_all"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.year}"
