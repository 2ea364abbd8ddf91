"""The Council: its members, its meetings, what was put to the vote, and how it was voted."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import Seat, User
from chungtay.documents.models import Paper
from chungtay.law.procedure import Desk
from chungtay.nominations.models import Dossier
from chungtay.parties.models import Party
from chungtay.records.models import Editable
from chungtay.records.privacy import Privacy

MAY_SEE = frozenset({Desk.SECRETARY, Desk.COUNCIL, Desk.CHAIR, Desk.BOARD, Desk.AUDITOR})


class MemberQuerySet(models.QuerySet["Member"]):
    def valid(self, on: date) -> "MemberQuerySet":
        """Members in office on that day: from the first day to the last, both included."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)


class Member(models.Model):
    """Thành viên Hội đồng: one person's membership between two days."""

    class Office(models.TextChoices):
        CHAIR = "chair", "Chủ tịch Hội đồng"
        STANDING_VICE = "standing_vice", "Phó Chủ tịch thường trực"
        VICE = "vice", "Phó Chủ tịch"
        SECRETARY = "secretary", "Ủy viên thư ký"
        MEMBER = "member", "Ủy viên"

    council = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="council_members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    body = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan công tác")
    office = models.CharField("chức danh", max_length=15, choices=Office.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    privacy = Privacy(internal="council user body office since until")
    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "thành viên Hội đồng"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["council", "user", "since"], name="one_membership_per_day"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="membership_ends_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_office_display()}"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, seat: Seat | None, on: date) -> "MeetingQuerySet":
        """Meetings of the councils in the seat's area, for the desks that have to do with them; nothing for others."""
        if seat is None or seat.kind not in MAY_SEE:
            return self.none()
        return self.filter(seat.scope(on).where("council__area_path"))


class Meeting(Editable):
    """Phiên họp: a sitting with its roll; what was decided in a closed one never changes."""

    class State(models.TextChoices):
        PLANNED = "planned", "Đang chuẩn bị"
        OPEN = "open", "Đang họp"
        CLOSED = "closed", "Đã kết thúc"

    council = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField("nội dung phiên họp", max_length=200)
    held_on = models.DateField("ngày họp")
    venue = models.CharField("địa điểm", max_length=200)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    members_total = models.PositiveSmallIntegerField("tổng số thành viên", default=0)
    presider = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người chủ trì"
    )
    opened_on = models.DateField(null=True)
    began_at = models.TimeField("bắt đầu lúc", null=True)
    closed_on = models.DateField(null=True)
    ended_at = models.TimeField("kết thúc lúc", null=True)
    minutes = models.OneToOneField(Paper, on_delete=models.PROTECT, null=True, related_name="minutes_of")
    is_demo = models.BooleanField(default=False, editable=False)
    privacy = Editable.EDITABLE + Privacy(
        internal="council title held_on venue state members_total presider opened_on began_at closed_on ended_at"
        " minutes is_demo"
    )
    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "phiên họp"
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["-held_on", "-id"], name="meetings_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["planned", "open", "closed"]), name="meeting_state_known"),
            models.CheckConstraint(
                condition=Q(state="planned") | Q(opened_on__isnull=False, began_at__isnull=False, members_total__gt=0),
                name="opened_meeting_has_roll",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed")
                | Q(closed_on__isnull=False, ended_at__isnull=False, presider__isnull=False, minutes__isnull=False),
                name="closed_meeting_has_minutes",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """Điểm danh: who of the members was there; an absent one with the reason."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="attendances")
    is_present = models.BooleanField("có mặt", default=False)
    absence_reason = models.CharField("lý do vắng", max_length=200, blank=True)
    privacy = Privacy(internal="meeting member is_present absence_reason")

    class Meta:
        ordering = ["meeting", "member"]
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="on_the_roll_once")]

    def __str__(self) -> str:
        return f"{self.member}: {'có mặt' if self.is_present else 'vắng'}"


class ItemQuerySet(models.QuerySet["Item"]):
    def visible_to(self, seat: Seat | None, on: date) -> "ItemQuerySet":
        """The items of the meetings that the seat may see."""
        return self.filter(meeting__in=Meeting.objects.visible_to(seat, on))


class Item(Editable):
    """Hồ sơ đưa ra phiên họp: one dossier on the agenda, its rule frozen as the meeting opens, then its outcome."""

    class State(models.TextChoices):
        LISTED = "listed", "Chờ biểu quyết"
        VOTING = "voting", "Đang biểu quyết"
        CLOSED = "closed", "Đã có kết quả"
        DEFERRED = "deferred", "Để lại phiên sau"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="items")
    ordinal = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.LISTED)
    is_secret = models.BooleanField("bỏ phiếu kín", default=False)
    rule = models.JSONField("quy tắc biểu quyết", default=dict)
    yes = models.PositiveSmallIntegerField("đồng ý", null=True)
    no = models.PositiveSmallIntegerField("không đồng ý", null=True)
    blank = models.PositiveSmallIntegerField("không có ý kiến, phiếu không hợp lệ", null=True)
    issued = models.PositiveSmallIntegerField("phiếu phát ra", null=True)
    missing = models.PositiveSmallIntegerField("phiếu không thu về", null=True)
    written = models.PositiveSmallIntegerField("ý kiến bằng văn bản của người vắng", null=True)
    tellers = models.CharField("người kiểm phiếu", max_length=250, blank=True)
    present = models.PositiveSmallIntegerField("có mặt khi biểu quyết", null=True)
    base = models.PositiveSmallIntegerField("số thành viên để tính tỷ lệ", null=True)
    needed = models.PositiveSmallIntegerField("số phiếu đồng ý cần có", null=True)
    passed = models.BooleanField("thông qua", null=True)
    outcome = models.TextField("kết quả", blank=True)
    discussion = models.TextField("ý kiến thảo luận", blank=True)
    closed_on = models.DateField(null=True)
    privacy = Editable.EDITABLE + Privacy(
        internal="meeting dossier ordinal state is_secret rule yes no blank issued missing written tellers present base"
        " needed passed outcome closed_on",
        personal="discussion",
    )
    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "dossier"], name="on_the_agenda_once"),
            models.UniqueConstraint(fields=["meeting", "ordinal"], name="agenda_place_once"),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(state__in=["listed", "voting"]), name="on_one_running_agenda"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["listed", "voting", "closed", "deferred"]), name="item_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed")
                | Q(
                    passed__isnull=False,
                    yes__isnull=False,
                    no__isnull=False,
                    blank__isnull=False,
                    written__isnull=False,
                    present__isnull=False,
                    base__isnull=False,
                    needed__isnull=False,
                    closed_on__isnull=False,
                ),
                name="closed_item_has_result",
            ),
            models.CheckConstraint(
                condition=Q(passed__isnull=True)
                | Q(passed=True, yes__gte=F("needed"))
                | Q(passed=False, yes__lt=F("needed")),
                name="item_passed_by_its_votes",
            ),
            models.CheckConstraint(
                condition=Q(issued__isnull=True) | Q(issued=F("yes") + F("no") + F("blank") + F("missing")),
                name="ballots_issued_add_up",
            ),
            models.CheckConstraint(
                condition=Q(base__isnull=True) | Q(base__gte=F("yes") + F("no") + F("blank")),
                name="no_more_votes_than_voters",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ordinal}. {self.dossier}"


class Recusal(models.Model):
    """Không tham gia biểu quyết: a member leaves one vote because of an interest; leaves the base too."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="recusals")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="recusals")
    reason = models.CharField("lý do", max_length=300)
    append_only = ()
    privacy = Privacy(internal="item member reason")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="recused_once")]

    def __str__(self) -> str:
        return f"{self.member}: {self.reason}"


class Vote(models.Model):
    """Biểu quyết công khai: how one member voted on one dossier, by hand or in writing. One each, never changed."""

    class Choice(models.TextChoices):
        YES = "yes", "Đồng ý"
        NO = "no", "Không đồng ý"
        BLANK = "blank", "Không có ý kiến"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="votes")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="votes")
    choice = models.CharField(max_length=5, choices=Choice.choices)
    in_writing = models.BooleanField("lấy ý kiến bằng văn bản", default=False)
    append_only = ()
    privacy = Privacy(internal="item member choice in_writing")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "member"], name="one_vote_per_member"),
            models.CheckConstraint(condition=Q(choice__in=["yes", "no", "blank"]), name="vote_choice_known"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_choice_display()}"
