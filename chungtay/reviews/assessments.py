"""One household in one review, how its class came about, and corrections after the lock."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from chungtay.households.models import STANDINGS, Household
from chungtay.law.population import Move
from chungtay.law.poverty import Area, Basis, Class
from chungtay.places.scope import HasArea, InArea, InForceInArea
from chungtay.records.models import Editable
from chungtay.records.privacy import Privacy
from chungtay.records.wall_rules import Wall
from chungtay.reviews.rounds import CommuneReview

MOVES = [(move.value, move.label) for move in Move]


class AssessmentQuerySet(InForceInArea["Assessment"]):
    """The assessments made in an area; a correction after the lock takes the place of the row it corrects."""


class Assessment(Editable):
    """Phiếu rà soát của một hộ: what was found, the class by the standard of the review's day, and how it moved.

    `area_path`, `persons`, `minority`, `people` (of the head, "" if nobody knows), `no_labour` and `merit` are as of
    the review, so that old years stay as they were counted. `standing` is empty until scored, and stays empty for a
    household that is not there any more (`gone`).
    A row of a locked review is replaced by a new row (`corrects`), never changed.
    """

    class Origin(models.TextChoices):
        CARRIED = "carried", "Có trong danh sách năm trước"
        FOUND = "found", "Mới phát hiện"
        ASKED_IN = "asked_in", "Đề nghị vào danh sách"
        ASKED_OUT = "asked_out", "Đề nghị ra khỏi danh sách"

    review = models.ForeignKey(CommuneReview, on_delete=models.PROTECT, related_name="assessments")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="assessments")
    area_path = models.CharField(max_length=60, editable=False)
    hamlet = models.CharField("ấp, khu phố", max_length=120)
    origin = models.CharField("nguồn", max_length=10, choices=Origin.choices)
    persons = models.PositiveSmallIntegerField("số nhân khẩu", default=0)
    persons_before = models.PositiveSmallIntegerField("số nhân khẩu kỳ trước", default=0)
    minority = models.BooleanField("hộ dân tộc thiểu số", default=False)
    people = models.CharField("dân tộc của chủ hộ", max_length=30, blank=True)
    no_labour = models.BooleanField("không có khả năng lao động", default=False)
    merit = models.BooleanField("có người có công", default=False)
    area = models.CharField("khu vực", max_length=5, choices=[(a.value, a.label) for a in Area], blank=True)
    basis = models.CharField("căn cứ", max_length=6, choices=[(b.value, b.value) for b in Basis], blank=True)
    b1 = models.PositiveSmallIntegerField("điểm B1", null=True)
    b2 = models.PositiveSmallIntegerField("điểm B2", null=True)
    income_total = models.PositiveBigIntegerField("thu nhập cả hộ một tháng (đồng)", null=True)
    lacking = models.PositiveIntegerField("các chỉ số thiếu hụt", null=True, help_text="bits of law.deprivations")
    causes = models.PositiveIntegerField("nguyên nhân nghèo", default=0, help_text="bits of law.causes")
    before = models.CharField("loại kỳ trước", max_length=15, choices=STANDINGS, blank=True)
    standing = models.CharField("loại hộ", max_length=15, choices=STANDINGS, blank=True)
    came = models.CharField("mới có trong xã", max_length=22, choices=MOVES, blank=True)
    gone = models.CharField("không còn trong xã", max_length=22, choices=MOVES, blank=True)
    move = models.CharField("biến động", max_length=22, choices=MOVES, blank=True)
    answers = models.JSONField("trả lời phiếu B1", default=dict)
    because = models.JSONField("vì sao", default=dict)
    assessed_on = models.DateField("ngày chấm", null=True)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    why = models.CharField("lý do điều chỉnh", max_length=500, blank=True)
    replaced = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    walled = Wall("{area}", shows="household")
    privacy = Editable.EDITABLE + Privacy(
        internal="review household area_path origin area basis assessed_on corrects replaced is_demo",
        personal="hamlet persons persons_before b1 b2 income_total lacking causes before standing came gone move"
        " answers because why",
        sensitive="minority people no_labour merit",
    )
    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu rà soát"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["review", "replaced", "standing", "-id"], name="assessments_by_class"),
            models.Index(fields=["review", "hamlet", "-id"], name="assessments_by_hamlet"),
            models.Index(fields=["household", "-id"], name="assessments_of_household"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "household"], condition=Q(replaced=False), name="one_assessment_a_household"
            ),
            models.CheckConstraint(
                condition=Q(standing__in=["", *[standing.value for standing in Class]]), name="assessed_class_known"
            ),
            models.CheckConstraint(condition=Q(gone="") | Q(standing="", move=F("gone")), name="gone_has_no_class"),
            models.CheckConstraint(condition=Q(came="") | Q(before="", gone=""), name="came_was_not_there"),
            models.CheckConstraint(condition=Q(standing="") | ~Q(area=""), name="class_says_for_which_area"),
            models.CheckConstraint(
                condition=Q(standing="") | (Q(assessed_on__isnull=False) & ~Q(basis="")), name="class_says_by_what"
            ),
            models.CheckConstraint(condition=Q(b2__isnull=True) | Q(b2__lte=200), name="b2_is_possible"),
            models.CheckConstraint(condition=Q(corrects__isnull=True) | ~Q(why=""), name="correction_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.review_id} {self.standing or '?'}"


class ApplicationQuerySet(InArea["Application"]):
    """The requests filed in an area, and those of households that live in it now."""

    def visible_to(self, viewer: HasArea | None, on: date) -> Self:
        """A household that moved takes its request along; where it was filed, it is still read."""
        if viewer is None:
            return self.none()
        scope = viewer.scope(on)
        return self.filter(scope.where("area_path") | scope.where("household__area_path"))


class Application(Editable):
    """Giấy đề nghị vào hoặc ra khỏi danh sách, in the year's course: seven working days to the commune's decision."""

    class Kind(models.TextChoices):
        ENTER = "enter", "Đề nghị vào danh sách hộ nghèo, hộ cận nghèo"
        LEAVE = "leave", "Đề nghị ra khỏi danh sách hộ nghèo, hộ cận nghèo"

    class State(models.TextChoices):
        WAITING = "waiting", "Đang xem xét"
        GRANTED = "granted", "Đã công nhận"
        REFUSED = "refused", "Không công nhận"
        CARRIED = "carried", "Đưa vào đợt rà soát định kỳ"

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="applications")
    area_path = models.CharField(max_length=60, editable=False)
    kind = models.CharField("loại giấy", max_length=5, choices=Kind.choices)
    reason = models.TextField("lý do đề nghị")
    received_on = models.DateField("ngày nhận")
    due_on = models.DateField("hạn giải quyết")
    due_source = models.CharField(max_length=200)
    due_assumed = models.CharField(max_length=600, blank=True)
    state = models.CharField("kết quả", max_length=8, choices=State.choices, default=State.WAITING)
    decided_on = models.DateField("ngày quyết định", null=True)
    decision = models.CharField("số quyết định", max_length=120, blank=True)
    answer = models.TextField("lý do của kết quả", blank=True)
    before = models.CharField("loại khi đề nghị", max_length=15, choices=STANDINGS, blank=True)
    standing = models.CharField("loại được công nhận", max_length=15, choices=STANDINGS, blank=True)
    move = models.CharField("biến động", max_length=22, choices=MOVES, blank=True)
    facts = models.JSONField("số liệu đã kiểm tra", default=dict)
    because = models.JSONField("vì sao", default=dict)
    is_demo = models.BooleanField(default=False)
    walled = Wall("{area} OR {household__area}", shows="household")
    privacy = Editable.EDITABLE + Privacy(
        internal="household area_path kind received_on due_on due_source due_assumed state decided_on decision is_demo",
        personal="reason answer before standing move facts because",
    )
    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "giấy đề nghị rà soát"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["area_path", "state", "due_on", "id"], name="applications_waiting"),
            models.Index(fields=["household", "-id"], name="applications_of_household"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["household"], condition=Q(state="waiting"), name="one_request_at_a_time"),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_on__isnull=True)
                | ~Q(state="waiting") & Q(decided_on__isnull=False),
                name="request_decided_on_a_day",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(answer=""), name="refusal_gives_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.household_id}"
