"""Counts of a whole province, kept with their day, and what desks took on to help after an award."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import Seat
from chungtay.decisions.models import Award
from chungtay.movements.models import Round
from chungtay.places.models import Place
from chungtay.places.scope import InArea
from chungtay.records.privacy import Privacy


class Survey(models.Model):
    """Lượt tính: every party of a province reckoned once for one round, in the background, and kept with its day.

    `total` and `done` count parties; `reached` is the key of the last one, so that a killed job goes on behind it.
    """

    class State(models.TextChoices):
        COUNTING = "counting", "Đang tính"
        DONE = "done", "Đã tính xong"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="surveys")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", verbose_name="tỉnh")
    on = models.DateField("xét theo ngày")
    asked_on = models.DateField("ngày tính")
    by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.COUNTING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    reached = models.PositiveBigIntegerField(default=0)
    finished_at = models.DateTimeField("tính xong lúc", null=True)
    privacy = Privacy(internal="round place on asked_on by state total done reached finished_at")

    class Meta:
        verbose_name = "lượt tính"
        ordering = ["-id"]
        indexes = [models.Index(fields=["round", "state", "-id"], name="surveys_of_round")]
        constraints = [
            models.UniqueConstraint(fields=["round"], condition=Q(state="counting"), name="one_survey_at_a_time"),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="survey_counts_no_party_twice"),
            models.CheckConstraint(
                condition=Q(state="counting", finished_at__isnull=True) | Q(state="done", finished_at__isnull=False),
                name="survey_done_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.on}"

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE


class TallyQuerySet(InArea["Tally"]):
    """The sums of an area."""


class Tally(models.Model):
    """Số đã tính: how many parties of one area and content stand how for one award. No name is kept, only numbers.

    Without an award each party is counted once, as it stands for the award that it is nearest to.

    `area_path` is that of the parties themselves: a commune's, or the province's for bodies of the province. `cells`
    holds a list for each sort of party, in the order of `cells.Cell`.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="tallies")
    area_path = models.CharField(max_length=60)
    content = models.CharField("nội dung", max_length=10)
    award = models.CharField("hình thức khen", max_length=40, blank=True)
    cells = models.JSONField(default=list)
    privacy = Privacy(internal="survey area_path content award", sensitive="cells")
    walled = "area_path"
    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name = "số đã tính"
        ordering = ["survey", "area_path", "content", "award"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "area_path", "content", "award"], name="one_tally_an_area_content_and_award"
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.area_path} {self.content}"


class HelpQuerySet(InArea["Help"]):
    """What was taken on in an area."""


class Help(models.Model):
    """Tiếp nhận giúp đỡ: a desk has seen that an honoured household or commune needs help, and says what it will do.

    `about` tells two occasions of one cause apart: the day of the review, or the year that was missed.
    """

    class Cause(models.TextChoices):
        POOR_AGAIN = "poor_again", "Hộ được khen nay lại nghèo"
        OFF_RATE = "off_rate", "Địa phương được khen nay chậm giảm nghèo"

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="helps")
    cause = models.CharField("việc", max_length=12, choices=Cause.choices)
    about = models.CharField("lần nào", max_length=10)
    text = models.CharField("sẽ giúp gì", max_length=500)
    by = models.CharField("người tiếp nhận", max_length=200)
    desk = models.CharField("vị trí", max_length=200)
    on = models.DateField("ngày")
    area_path = models.CharField(max_length=60, editable=False)
    append_only = ()
    privacy = Privacy(internal="award cause about desk on area_path", personal="text by")
    walled = "area_path"
    objects = HelpQuerySet.as_manager()

    class Meta:
        verbose_name = "tiếp nhận giúp đỡ"
        ordering = ["award", "id"]
        indexes = [models.Index(fields=["award", "cause", "about"], name="helps_of_award")]
        constraints = [
            models.CheckConstraint(condition=~Q(text="") & ~Q(about=""), name="help_says_what"),
            models.CheckConstraint(condition=Q(cause__in=["poor_again", "off_rate"]), name="help_cause_known"),
        ]

    def __str__(self) -> str:
        return f"{self.award_id} {self.cause} {self.about}"
