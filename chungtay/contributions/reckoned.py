"""What is reckoned with gifts: awards that used them, the province's threshold and choice, givers who are one."""

from django.db import models
from django.db.models import F, Q

from chungtay.contributions.gifts import Share
from chungtay.law.giving import Giver
from chungtay.parties.models import Party
from chungtay.records.privacy import Privacy


class AwardCase(models.Model):
    """Lần khen đã tính đóng góp: a decision that honoured a giver and used what was given.

    `restarts`: gifts count anew after its day. So it is after the province's certificate (KH IV.2.2.b); an award of
    the State uses its lines and no more.

    Number and day are copied, so that this room needs to know no decision. `case_key` is the dossier's key.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="award_cases")
    case_key = models.CharField("mã hồ sơ", max_length=40)
    number = models.CharField("quyết định số", max_length=80)
    decided_on = models.DateField("ngày quyết định")
    since = models.DateField("thành tích từ ngày")
    until = models.DateField("đến ngày")
    restarts = models.BooleanField("tính lại từ đầu sau lần khen này", default=True)
    claimed_on = models.DateField()
    released_on = models.DateField("ngày bỏ tính", null=True)
    released_why = models.CharField("lý do bỏ tính", max_length=300, blank=True)
    append_only = ("released_on", "released_why")
    privacy = Privacy(
        internal="party case_key number decided_on since until restarts claimed_on released_on released_why"
    )
    walled = "party"

    class Meta:
        verbose_name = "lần khen đã tính đóng góp"
        indexes = [models.Index(fields=["party", "decided_on"], name="award_cases_of_giver")]
        constraints = [
            models.UniqueConstraint(
                fields=["case_key"], condition=Q(released_on__isnull=True), name="award_case_reckoned_once"
            ),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="award_case_period_in_order"),
            models.CheckConstraint(condition=~Q(number="") & ~Q(case_key=""), name="award_case_names_its_decision"),
            models.CheckConstraint(
                condition=Q(released_on__isnull=True, released_why="")
                | Q(released_on__isnull=False) & ~Q(released_why=""),
                name="release_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.decided_on:%d/%m/%Y}"


class Claim(models.Model):
    """Phần đã tính: a share used by one award, which no other can use while it stands (design D2)."""

    case = models.ForeignKey(AwardCase, on_delete=models.PROTECT, related_name="claims")
    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="claims")
    amount = models.BigIntegerField("giá trị (đồng)")
    released_on = models.DateField(null=True)
    append_only = ("released_on",)
    privacy = Privacy(internal="case share amount released_on")
    walled = "case"

    class Meta:
        verbose_name = "phần đã tính"
        indexes = [models.Index(fields=["case"], name="claims_of_case")]
        constraints = [
            models.UniqueConstraint(fields=["share"], condition=Q(released_on__isnull=True), name="share_claimed_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="claim_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.share_id} → {self.case_id}"


class Threshold(models.Model):
    """Mức đóng góp của tỉnh: the sum that the province's own text sets from a day on (QĐ 11/2015, Điều 15.4.c).

    Never changed: replaced only by one entered later.
    """

    giver = models.CharField("đối tượng", max_length=12, choices=[(one.value, one.label) for one in Giver])
    amount = models.BigIntegerField("mức (đồng)")
    since = models.DateField("áp dụng từ ngày")
    source = models.CharField("văn bản", max_length=200)
    entered_on = models.DateField("ngày nhập")
    entered_by = models.CharField("người nhập", max_length=300)
    append_only = ()
    privacy = Privacy(public="giver amount since source entered_on", internal="entered_by")

    class Meta:
        verbose_name = "mức đóng góp của tỉnh"
        ordering = ["giver", "since", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(giver__in=[one.value for one in Giver]), name="threshold_giver_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="threshold_above_zero"),
            models.CheckConstraint(condition=~Q(source="") & ~Q(entered_by=""), name="threshold_has_source"),
        ]

    def __str__(self) -> str:
        return f"{self.get_giver_display()} {self.amount} {self.since:%d/%m/%Y}"


class CountingChoice(models.Model):
    """Lựa chọn của tỉnh: whether gifts of persons and households count anew after each award, as the plan says of
    collectives (KH IV.2.2.b). The last one entered for a day stands."""

    anew = models.BooleanField("tính lại từ đầu sau mỗi lần khen")
    since = models.DateField("áp dụng từ ngày")
    source = models.CharField("văn bản", max_length=200)
    entered_on = models.DateField("ngày nhập")
    entered_by = models.CharField("người nhập", max_length=300)
    append_only = ()
    privacy = Privacy(public="anew since source entered_on", internal="entered_by")

    class Meta:
        verbose_name = "cách tính đóng góp của cá nhân, hộ gia đình"
        ordering = ["since", "id"]
        constraints = [models.CheckConstraint(condition=~Q(source="") & ~Q(entered_by=""), name="choice_has_source")]

    def __str__(self) -> str:
        return f"{self.since:%d/%m/%Y}: {'tính lại' if self.anew else 'tính cả giai đoạn'}"


class Sameness(models.Model):
    """Một người nhiều tên: a person looked at two givers and said that they are one, or two. It may be undone."""

    one = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    same = models.BooleanField()
    because = models.CharField("vì sao", max_length=300)
    on = models.DateField("ngày")
    by = models.CharField("người quyết định", max_length=300)
    undone_on = models.DateField(null=True)
    undone_why = models.CharField(max_length=300, blank=True)
    undone_by = models.CharField(max_length=300, blank=True)
    append_only = ("undone_on", "undone_why", "undone_by")
    privacy = Privacy(internal="one other same on undone_on", personal="because by undone_why undone_by")

    class Meta:
        verbose_name = "một người nhiều tên"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="sameness_in_order"),
            models.UniqueConstraint(
                fields=["one", "other"], condition=Q(undone_on__isnull=True), name="sameness_said_once"
            ),
            models.CheckConstraint(condition=~Q(because="") & ~Q(by=""), name="sameness_says_why_and_who"),
            models.CheckConstraint(
                condition=Q(undone_on__isnull=True, undone_why="", undone_by="")
                | Q(undone_on__isnull=False) & ~Q(undone_why="") & ~Q(undone_by=""),
                name="undoing_says_why_and_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {'=' if self.same else '≠'} {self.other_id}"
