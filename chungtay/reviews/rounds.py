"""The yearly round and what each commune does in it: meetings, posting, complaints."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from chungtay.documents.models import StoredFile
from chungtay.households.models import STANDINGS, Household
from chungtay.law.population import DEPARTURES, Move
from chungtay.law.poverty import same_standard
from chungtay.law.reviewing import Stage, Words
from chungtay.parties.models import Viewer
from chungtay.places.models import DIGITS, Place
from chungtay.places.scope import InArea
from chungtay.records.models import Editable
from chungtay.records.privacy import Privacy
from chungtay.records.wall_rules import Wall

FOUND = [*STANDINGS, *((move.value, move.label) for move in Move if move in DEPARTURES)]
"""What a review says of a household: its class, or how it is gone."""
UNDER_PROVINCE = 2 * DIGITS
"""Length of the path of a unit right under a province."""


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, viewer: Viewer | None, on: date) -> "RoundQuerySet":
        """The rounds of the province that the viewer's area lies in, and of those in it."""
        if viewer is None:
            return self.none()
        paths = [span.lower for span in viewer.scope(on).spans]
        above = [path[: DIGITS * n] for path in paths for n in range(1, len(path) // DIGITS + 1)]
        return self.filter(viewer.scope(on).where("area_path") | Q(area_path__in=above))


class Round(models.Model):
    """Đợt rà soát định kỳ: the province opens it with its dates; the standard in force on `review_on` decides.

    Years follow one another through `previous`; moves are told from it. Without one, this is the first list.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="review_rounds", verbose_name="tỉnh")
    area_path = models.CharField(max_length=60, editable=False)
    year = models.PositiveSmallIntegerField("năm")
    title = models.CharField("tên đợt", max_length=200)
    opens = models.DateField("từ ngày")
    closes = models.DateField("đến ngày")
    review_on = models.DateField("ngày tính chuẩn")
    previous = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="next")
    opened_on = models.DateField("ngày mở đợt")
    approved_on = models.DateField("ngày tỉnh phê duyệt", null=True)
    decision = models.CharField("quyết định phê duyệt", max_length=120, blank=True)
    locked_on = models.DateField("ngày khóa số liệu", null=True)
    is_demo = models.BooleanField(default=False)
    append_only = ("approved_on", "decision", "locked_on")
    privacy = Privacy(
        public="place year title opens closes review_on previous approved_on decision locked_on",
        internal="area_path opened_on is_demo",
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt rà soát"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["place", "year"], name="one_review_a_year"),
            models.CheckConstraint(condition=Q(closes__gte=F("opens")), name="review_closes_after_it_opens"),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True, decision="") | (Q(approved_on__isnull=False) & ~Q(decision="")),
                name="review_approved_by_decision",
            ),
            models.CheckConstraint(
                condition=Q(locked_on__isnull=True) | Q(locked_on__gte=F("approved_on")), name="locked_after_approval"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_locked(self) -> bool:
        return self.locked_on is not None

    @property
    def compares(self) -> bool:
        """Whether moves are told: there is a round before, by the same standard."""
        return self.previous is not None and same_standard(self.previous.review_on, self.review_on)


class CommuneReviewQuerySet(InArea["CommuneReview"]):
    """The reviews of the communes of an area."""


class CommuneReview(Editable):
    """Rà soát của một xã trong một đợt. `households_all` and the like are all of the commune, not only the listed."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="communes")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="reviews")
    area_path = models.CharField(max_length=60, editable=False)
    stage = models.CharField(max_length=12, choices=[(s.value, s.label) for s in Stage], default=Stage.PLANNED.value)
    stage_since = models.DateField("từ ngày")
    households_all = models.PositiveIntegerField("tổng số hộ của xã", null=True)
    persons_all = models.PositiveIntegerField("tổng số nhân khẩu của xã", null=True)
    minority_all = models.PositiveIntegerField("tổng số hộ dân tộc thiểu số của xã", null=True)
    posted_on = models.DateField("ngày niêm yết", null=True)
    posting_ends = models.DateField("hết niêm yết", null=True)
    returned_why = models.CharField("lý do trả lại", max_length=500, blank=True)
    checked_note = models.CharField("ý kiến của huyện", max_length=500, blank=True)
    recognised_on = models.DateField("ngày xã công nhận", null=True)
    is_demo = models.BooleanField(default=False)
    walled = "area_path"
    privacy = Editable.EDITABLE + Privacy(
        internal="round place area_path stage stage_since posted_on posting_ends returned_why checked_note"
        " recognised_on is_demo households_all persons_all minority_all",
    )
    objects = CommuneReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "rà soát của xã"
        ordering = ["round", "area_path"]
        indexes = [models.Index(fields=["round", "stage", "area_path"], name="commune_reviews_by_stage")]
        constraints = [
            models.UniqueConstraint(fields=["round", "place"], name="one_review_a_commune"),
            models.CheckConstraint(condition=Q(stage__in=[s.value for s in Stage]), name="review_stage_known"),
            models.CheckConstraint(
                condition=Q(posting_ends__isnull=True) | Q(posting_ends__gte=F("posted_on")), name="posting_ends_after"
            ),
            models.CheckConstraint(
                condition=Q(minority_all__isnull=True)
                | Q(households_all__isnull=True)
                | Q(minority_all__lte=F("households_all")),
                name="minority_within_all",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.round.year}"

    @property
    def now(self) -> Stage:
        """The stage as the law knows it."""
        return Stage(self.stage)

    @property
    def has_district(self) -> bool:
        """Whether a district stood above the commune on the round's day; since July 2025 there is none."""
        return len(self.area_path) > UNDER_PROVINCE

    @property
    def words(self) -> Words:
        """The stage in words, by who checks this commune."""
        return self.now.words(district=self.has_district)


class Meeting(models.Model):
    """Họp dân: one hamlet's meeting on the result, with who was there and what they said (minutes as a file).

    `seen` is the mark of the hamlet's list that the meeting saw; a list that changed since has another mark.
    """

    review = models.ForeignKey(CommuneReview, on_delete=models.PROTECT, related_name="meetings")
    hamlet = models.CharField("ấp, khu phố", max_length=120)
    held_on = models.DateField("ngày họp")
    present = models.PositiveIntegerField("số người dự")
    agree = models.PositiveIntegerField("số người đồng ý")
    disagree = models.PositiveIntegerField("số người không đồng ý")
    agreed = models.BooleanField("thống nhất")
    said = models.CharField(max_length=300)
    seen = models.PositiveIntegerField()
    note = models.TextField("ý kiến tại cuộc họp", blank=True)
    minutes = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, verbose_name="biên bản")
    append_only = ()
    walled = "review"
    privacy = Privacy(internal="review hamlet held_on present agree disagree agreed said seen minutes", personal="note")

    class Meta:
        verbose_name = "họp dân"
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["review", "hamlet", "-held_on", "-id"], name="meetings_of_hamlet")]
        constraints = [
            models.CheckConstraint(condition=Q(present__gte=F("agree") + F("disagree")), name="voices_were_present"),
            models.CheckConstraint(condition=Q(present__gte=1), name="somebody_was_present"),
        ]

    def __str__(self) -> str:
        return f"{self.hamlet} {self.held_on}"


class ComplaintQuerySet(InArea["Complaint"]):
    """The complaints received in an area."""


class Complaint(Editable):
    """Khiếu nại trong thời gian niêm yết, and the re-check that it led to.

    `classed_before` and `classed_after`: the household's class, or how it is gone, when the complaint was received and
    when it was answered; "" where the household did not stand in the list.
    """

    review = models.ForeignKey(CommuneReview, on_delete=models.PROTECT, related_name="complaints")
    area_path = models.CharField(max_length=60, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="complaints")
    who = models.CharField("người khiếu nại", max_length=200)
    text = models.TextField("nội dung")
    received_on = models.DateField("ngày nhận")
    outcome = models.TextField("kết quả phúc tra", blank=True)
    answered_on = models.DateField("ngày trả lời", null=True)
    classed_before = models.CharField("loại khi khiếu nại", max_length=15, choices=FOUND, blank=True)
    classed_after = models.CharField("loại sau phúc tra", max_length=15, choices=FOUND, blank=True)
    walled = Wall("{area}", shows="household")
    privacy = Editable.EDITABLE + Privacy(
        internal="review area_path household received_on answered_on",
        personal="who text outcome classed_before classed_after",
    )
    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = "khiếu nại"
        ordering = ["-received_on", "-id"]
        indexes = [models.Index(fields=["review", "-received_on", "-id"], name="complaints_of_review")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, outcome="") | (Q(answered_on__isnull=False) & ~Q(outcome="")),
                name="answer_says_what",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=False) | Q(classed_after=""), name="class_after_comes_with_answer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.received_on}"
