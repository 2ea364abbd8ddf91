"""Good models and creative practices, and who took them up elsewhere (KH I.2.c, V.6)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from chungtay.documents.models import StoredFile
from chungtay.parties.models import Party, Viewer
from chungtay.parties.search import ABBREVIATIONS, searchable
from chungtay.records.models import Editable
from chungtay.records.names import fold
from chungtay.records.privacy import Privacy
from chungtay.records.wall_rules import Wall

WORDS_KEPT = 4000
FEWER_ESCAPED = (
    Q(escaped__isnull=True) | Q(escaped=0) | Q(households__isnull=False, escaped__lte=models.F("households"))
)
"""No more households escape than take part."""


class PracticeQuerySet(models.QuerySet["Practice"]):
    def own_of(self, viewer: Viewer, on: date) -> Self:
        """Those of the viewer's area, body, or of parties that the body manages, in whatever state."""
        mine = viewer.scope(on).where("area_path")
        if viewer.body_id is not None:
            body = viewer.body_id
            mine |= Q(party_id=body) | Q(party__managing_unit_id=body) | Q(recorded_by_id=body)
        return self.filter(mine)

    def visible_to(self, viewer: Viewer | None, on: date) -> Self:
        """The viewer's own, and all that are published."""
        if viewer is None:
            return self.none()
        return self.filter(Q(state=Practice.State.PUBLISHED) | Q(pk__in=self.model.objects.own_of(viewer, on)))

    def spoken_of(self, text: str) -> Self:
        """Those whose words hold every word of `text`, the last one only begun, with or without accents."""
        found = self
        for word in searchable(text).split():
            found = found.filter(words__contains=f" {word}")
        return found


class Practice(Editable):
    """Mô hình, cách làm hay: who does what, where, since when, and what came of it in numbers.

    Written by whoever manages the party, checked by the level above, and published, or not, for everybody to copy.
    """

    class State(models.TextChoices):
        RECORDED = "recorded", "Chờ cấp trên kiểm tra"
        RETURNED = "returned", "Trả lại để bổ sung"
        CHECKED = "checked", "Đã kiểm tra"
        PUBLISHED = "published", "Đang phổ biến"
        WITHDRAWN = "withdrawn", "Đã rút"

    OPEN = (State.RECORDED.value, State.RETURNED.value)
    SOUND = (State.CHECKED.value, State.PUBLISHED.value)

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="practices", verbose_name="của ai")
    area_path = models.CharField(max_length=60, editable=False)
    title = models.CharField("tên mô hình", max_length=200)
    site = models.CharField("làm ở đâu", max_length=200)
    since = models.DateField("làm từ ngày")
    what = models.TextField("cách làm")
    cost = models.PositiveBigIntegerField("vốn ban đầu (đồng)", null=True)
    result = models.CharField("kết quả", max_length=600)
    households = models.PositiveIntegerField("số hộ tham gia", null=True)
    escaped = models.PositiveIntegerField("số hộ thoát nghèo", null=True)
    income = models.PositiveBigIntegerField("thu nhập tăng thêm một hộ mỗi năm (đồng)", null=True)
    words = models.TextField(editable=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField("tên tệp", max_length=200, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State.choices, default=State.RECORDED)
    recorded_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", verbose_name="nơi ghi")
    recorded_on = models.DateField("ngày ghi")
    checked_by = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+")
    checked_on = models.DateField("ngày kiểm tra", null=True)
    note = models.CharField("ý kiến của nơi kiểm tra", max_length=400, blank=True)
    published_on = models.DateField("phổ biến từ ngày", null=True)
    is_demo = models.BooleanField(default=False, editable=False)
    privacy = Editable.EDITABLE + Privacy(
        internal="party area_path title since cost households escaped income file state recorded_by recorded_on"
        " checked_by checked_on published_on is_demo",
        personal="site what result words note file_name",
    )
    walled = Wall(
        "{area} OR party_id = {body} OR recorded_by_id = {body} OR {party__managing_unit} = {body}",
        known="state = 'published'", shows="party",
    )  # fmt: skip
    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = "mô hình"
        ordering = ["-recorded_on", "-id"]
        indexes = [
            models.Index(fields=["-recorded_on", "-id"], name="practice_by_day"),
            models.Index(fields=["area_path", "state"], name="practice_by_area"),
            models.Index(fields=["party", "state"], name="practices_of_party"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(site="") & ~Q(what="") & ~Q(result=""), name="practice_is_told_whole"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["recorded", "returned", "checked", "published", "withdrawn"]),
                name="practice_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["checked", "published"])
                | Q(checked_by__isnull=False, checked_on__isnull=False),
                name="practice_checked_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_on__isnull=False), name="practice_published_on_a_day"
            ),
            models.CheckConstraint(condition=~Q(state="returned") | ~Q(note=""), name="practice_returned_says_why"),
            models.CheckConstraint(condition=FEWER_ESCAPED, name="practice_escaped_took_part"),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=models.F("recorded_by")),
                name="nobody_checks_its_own_practice",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def fill_derived(self) -> None:
        """Set what is searched: every word, folded, each with a space before it."""
        told = fold(" ".join((self.title, self.party.name, self.site, self.result, self.what)))
        self.words = f" {' '.join(ABBREVIATIONS.get(word, word) for word in told.split())}"[:WORDS_KEPT]


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    def in_force(self) -> Self:
        """Those that were not taken out."""
        return self.filter(Q(ended_on__isnull=True))

    def visible_to(self, viewer: Viewer | None, on: date) -> Self:
        """Those of practices in sight, and those of the viewer's own area and body."""
        if viewer is None:
            return self.none()
        mine = viewer.scope(on).where("area_path") | Q(practice__in=Practice.objects.visible_to(viewer, on))
        if viewer.body_id is not None:
            mine |= Q(party_id=viewer.body_id) | Q(party__managing_unit_id=viewer.body_id)
        return self.filter(mine)


class Adoption(models.Model):
    """Áp dụng mô hình: another unit that copied a practice, since when, with which result, in its own word.

    A line that somebody else entered counts once the adopter says that it is so.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="adoptions")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="adopted", verbose_name="nơi áp dụng")
    area_path = models.CharField(max_length=60, editable=False)
    adopted_on = models.DateField("áp dụng từ ngày")
    result = models.CharField("kết quả", max_length=600)
    households = models.PositiveIntegerField("số hộ tham gia", null=True)
    escaped = models.PositiveIntegerField("số hộ thoát nghèo", null=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField("tên tệp", max_length=200, blank=True)
    entered_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField("ngày ghi")
    answered_on = models.DateField("ngày trả lời", null=True)
    accepted = models.BooleanField("nơi áp dụng xác nhận", null=True)
    answer = models.CharField("ý kiến của nơi áp dụng", max_length=300, blank=True)
    ended_on = models.DateField("bỏ từ ngày", null=True)
    ended_why = models.CharField("lý do bỏ", max_length=300, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)
    append_only = ("answered_on", "accepted", "answer", "ended_on", "ended_why")
    privacy = Privacy(
        internal="practice party area_path adopted_on households escaped file entered_by entered_on answered_on"
        " accepted ended_on is_demo",
        personal="result file_name answer ended_why",
    )
    walled = Wall(
        "{area} OR party_id = {body} OR entered_by_id = {body} OR {party__managing_unit} = {body}"
        " OR {practice__area} OR {practice__party} = {body}",
        known="{practice__state} = 'published'", shows="party",
    )  # fmt: skip
    objects = AdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = "áp dụng mô hình"
        ordering = ["-adopted_on", "-id"]
        indexes = [models.Index(fields=["party", "accepted"], name="adoptions_of_party")]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "party"], condition=Q(ended_on__isnull=True), name="adopted_once"
            ),
            models.CheckConstraint(condition=~Q(result=""), name="adoption_says_what_came"),
            models.CheckConstraint(condition=FEWER_ESCAPED, name="adoption_escaped_took_part"),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True, answered_on__isnull=True)
                | Q(accepted__isnull=False, answered_on__isnull=False),
                name="adoption_answered_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True) | Q(accepted=True) | ~Q(answer=""), name="adoption_denied_says_why"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_why="") | (Q(ended_on__isnull=False) & ~Q(ended_why="")),
                name="adoption_ended_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} → {self.party_id}"
