"""What units promised each year, and what only people can measure: incomes, infrastructure."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q

from chungtay.movements.models import Movement
from chungtay.places.models import Place
from chungtay.places.scope import InForceInArea
from chungtay.records.privacy import Privacy


class AssignedQuerySet(InForceInArea["Assigned"]):
    """The figures assigned in an area."""

    def standing(self, on: date) -> "AssignedQuerySet":
        """Of each place, goal and year the figure that was assigned last, as of that day."""
        same = {name: OuterRef(name) for name in ("movement", "goal", "place", "year")}
        later = self.model._default_manager.filter(assigned_on__lte=on, pk__gt=OuterRef("pk"), **same)
        return self.filter(~Exists(later), assigned_on__lte=on)


class Assigned(models.Model):
    """Chỉ tiêu giao: what one place is to reach by the end of one year for one goal of the plan (KH I.1.b).

    A figure that is assigned anew is a new row; the one before stays, `replaced`, and is what a past day is judged by.
    One that is withdrawn is a new row without a value: from its day on the unit stands to none.
    """

    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="assigned")
    goal = models.CharField("chỉ tiêu", max_length=10)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="assigned")
    area_path = models.CharField(max_length=60, editable=False)
    year = models.PositiveSmallIntegerField("năm")
    value = models.DecimalField("mức giao", max_digits=12, decimal_places=2, null=True)
    document = models.CharField("văn bản giao", max_length=200, blank=True)
    assigned_on = models.DateField("ngày giao")
    replaced = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    append_only = ("replaced",)
    privacy = Privacy(internal="movement goal place area_path year value document assigned_on replaced is_demo")
    objects = AssignedQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu giao"
        ordering = ["goal", "year", "area_path"]
        indexes = [models.Index(fields=["movement", "goal", "year", "area_path"], name="assigned_by_goal")]
        constraints = [
            models.UniqueConstraint(
                fields=["movement", "goal", "place", "year"], condition=Q(replaced=False), name="assigned_once"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="assigned_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.goal} {self.place_id} {self.year}: {self.value}"


class IncomeSurveyQuerySet(InForceInArea["IncomeSurvey"]):
    """The surveys of an area."""

    def standing(self, on: date) -> "IncomeSurveyQuerySet":
        """Of each place and year the one that was entered last, as of that day; none where it was withdrawn by then."""
        entered = self.model._default_manager.filter(entered_on__lte=on, pk__gt=OuterRef("pk"))
        later = entered.filter(place=OuterRef("place"), year=OuterRef("year"))
        return self.filter(~Exists(later), entered_on__lte=on, withdrawn="")


class IncomeSurvey(models.Model):
    """Điều tra thu nhập của hộ nghèo: the only thing T6 can be measured by; review forms hold points, not income.

    One that is withdrawn is the same row again, with the reason in `withdrawn`.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="income_surveys")
    area_path = models.CharField(max_length=60, editable=False)
    year = models.PositiveSmallIntegerField("năm")
    households = models.PositiveIntegerField("số hộ điều tra")
    per_head = models.PositiveIntegerField("thu nhập bình quân đầu người một tháng (đồng)")
    method = models.CharField("cách điều tra", max_length=300)
    source = models.CharField("văn bản, nguồn", max_length=300)
    withdrawn = models.CharField("lý do rút", max_length=300, blank=True, default="")
    entered_on = models.DateField("ngày nhập")
    replaced = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    append_only = ("replaced",)
    privacy = Privacy(
        internal="place area_path year households per_head method source withdrawn entered_on replaced is_demo",
    )
    objects = IncomeSurveyQuerySet.as_manager()

    class Meta:
        verbose_name = "điều tra thu nhập"
        ordering = ["year", "area_path"]
        constraints = [
            models.UniqueConstraint(fields=["place", "year"], condition=Q(replaced=False), name="one_survey_a_year"),
            models.CheckConstraint(condition=Q(households__gte=1), name="survey_asked_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.year}"


class InfrastructureQuerySet(InForceInArea["Infrastructure"]):
    """The answers about an area."""

    def standing(self, on: date) -> "InfrastructureQuerySet":
        """Of each question the answer that was entered last, as of that day; none where it was retracted by then."""
        same = {name: OuterRef(name) for name in ("place", "hamlet", "criterion", "year")}
        later = self.model._default_manager.filter(entered_on__lte=on, pk__gt=OuterRef("pk"), **same)
        return self.filter(~Exists(later), entered_on__lte=on, met__isnull=False)


class Infrastructure(models.Model):
    """Hạ tầng thiết yếu: whether a commune or one of its hamlets meets a new-rural criterion in a year (KH I.1.b).

    An answer that is retracted is a new row that answers neither: `met` is None.
    """

    class Criterion(models.TextChoices):
        ROAD = "road", "Đường giao thông"
        POWER = "power", "Điện"
        WATER = "water", "Nước sạch"

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="infrastructure")
    area_path = models.CharField(max_length=60, editable=False)
    hamlet = models.CharField("ấp, khu phố", max_length=120, blank=True)
    criterion = models.CharField("tiêu chí", max_length=5, choices=Criterion.choices)
    year = models.PositiveSmallIntegerField("năm")
    met = models.BooleanField("đạt", null=True)
    source = models.CharField("văn bản, nguồn", max_length=300)
    entered_on = models.DateField("ngày nhập")
    replaced = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    append_only = ("replaced",)
    privacy = Privacy(
        internal="place area_path hamlet criterion year met source entered_on replaced is_demo",
    )
    objects = InfrastructureQuerySet.as_manager()

    class Meta:
        verbose_name = "hạ tầng thiết yếu"
        ordering = ["year", "area_path", "hamlet", "criterion"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "hamlet", "criterion", "year"],
                condition=Q(replaced=False),
                name="one_answer_a_criterion_and_year",
            )
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.criterion} {self.year}"
