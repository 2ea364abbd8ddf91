"""Five small registers: duties with what was handed in, loans, programmes, commitments to a poor area."""

from django.db import models
from django.db.models import F, FilteredRelation, Q

from chungtay.conduct.lines import ANSWERED, LAID_DOWN, Line, Lines, Told
from chungtay.parties.models import Party
from chungtay.places.models import Place
from chungtay.records.privacy import Privacy
from chungtay.records.wall_rules import Wall

HANDING: str = "handing"  # what `with_handing` adds to each duty


class DutyQuerySet(Lines["Duty"]):
    """Duties owed by or to a body, or by one that it manages."""

    own = ("party_id", "owed_to_id", "party__managing_unit_id")

    def with_handing(self) -> "DutyQuerySet":
        """Each with what was last handed in and not sent back, as `handing`."""
        handed = FilteredRelation("handings", condition=Q(handings__ended_on__isnull=True))
        return self.annotate(**{HANDING: handed}).select_related(HANDING, "party", "owed_to")


class Duty(Line):
    """Việc đến hạn: a report, a settlement or a guidance paper that a unit owes to another by a day (KH IV.1.2)."""

    class Kind(models.TextChoices):
        REPORT = "report", "Báo cáo"
        SETTLEMENT = "settlement", "Quyết toán kinh phí"
        GUIDANCE = "guidance", "Văn bản hướng dẫn"

    kind = models.CharField("loại việc", max_length=10, choices=Kind.choices)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="duties", verbose_name="đơn vị phải làm")
    owed_to = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="duties_owed", verbose_name="nơi nhận")
    title = models.CharField("việc", max_length=200)
    year = models.PositiveSmallIntegerField("của năm")
    basis = models.CharField("văn bản giao", max_length=200, blank=True)
    due_on = models.DateField("hạn")
    handing: "Handing | None" = None
    append_only = LAID_DOWN
    privacy = Line.LINE + Privacy(internal="kind party owed_to title year basis due_on")
    walled = Wall(
        "{area} OR party_id = {body} OR owed_to_id = {body} OR {party__managing_unit} = {body}", shows="party owed_to"
    )
    objects = DutyQuerySet.as_manager()

    class Meta(Line.Meta):
        verbose_name = "việc đến hạn"
        ordering = ["-due_on", "-id"]
        indexes = [
            models.Index(fields=["due_on", "id"], name="duty_by_day", condition=Q(ended_on__isnull=True)),
            models.Index(fields=["area_path", "due_on", "id"], name="duty_by_area"),
            models.Index(fields=["party", "kind", "due_on"], name="duties_of_party"),
            models.Index(fields=["owed_to", "due_on", "id"], name="duties_owed_to"),
        ]
        constraints = [
            *Line.Meta.constraints,
            models.UniqueConstraint(
                fields=["party", "owed_to", "kind", "title", "year"], condition=Q(ended_on__isnull=True),
                name="duty_given_once",
            ),
            models.CheckConstraint(condition=~Q(party=F("owed_to")), name="nobody_owes_itself"),
            models.CheckConstraint(condition=~Q(title=""), name="duty_has_title"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="duty_year_sane"),
            models.CheckConstraint(condition=Q(kind__in=["report", "settlement", "guidance"]), name="duty_kind_known"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title} ({self.year})"


class Handing(Told):
    """Lần nộp: what a unit handed in for a duty, on which day; the receiver confirms it or sends it back."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="handings")
    handed_on = models.DateField("ngày nộp")
    paper = models.CharField("số, ký hiệu văn bản", max_length=80)
    append_only = (*ANSWERED, "duty_id")
    privacy = Told.TOLD + Privacy(internal="duty handed_on paper")
    walled = "duty"
    objects = Lines["Handing"].as_manager()

    class Meta(Told.Meta):
        verbose_name = "lần nộp"
        ordering = ["-id"]
        constraints = [
            *Told.Meta.constraints,
            models.UniqueConstraint(
                fields=["duty"], condition=Q(ended_on__isnull=True), name="one_handing_of_a_duty_holds"
            ),
            models.CheckConstraint(condition=~Q(paper=""), name="handing_has_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.handed_on:%d/%m/%Y}"


class LoanQuerySet(Lines["Loan"]):
    """A bank sees what it lent itself; households of an area belong to its desks."""

    own = ("bank_id",)


class Loan(Line):
    """Khoản vay vốn chính sách: what a household borrowed, for what, until when (KH IV.1.2.a)."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="loans", verbose_name="hộ vay")
    bank = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="lent", verbose_name="ngân hàng")
    bank_name = models.CharField("nơi cho vay", max_length=200)
    contract = models.CharField("số khế ước", max_length=60, blank=True)
    purpose = models.CharField("mục đích vay", max_length=300)
    amount = models.PositiveBigIntegerField("số tiền vay (đồng)")
    lent_on = models.DateField("ngày vay")
    due_on = models.DateField("hạn trả hết")
    append_only = LAID_DOWN
    privacy = Line.LINE + Privacy(
        internal="party bank bank_name", personal="contract purpose amount lent_on due_on"
    )  # fmt: skip
    walled = Wall("{area} OR bank_id = {body}", shows="party")
    objects = LoanQuerySet.as_manager()

    class Meta(Line.Meta):
        verbose_name = "khoản vay"
        ordering = ["-lent_on", "-id"]
        indexes = [
            models.Index(fields=["area_path", "-lent_on", "-id"], name="loan_by_area"),
            models.Index(fields=["party", "lent_on"], name="loans_of_party"),
            models.Index(fields=["bank", "-lent_on", "-id"], name="loans_of_bank"),
        ]
        constraints = [
            *Line.Meta.constraints,
            models.UniqueConstraint(
                fields=["party", "lent_on", "amount", "contract"], condition=Q(ended_on__isnull=True),
                name="loan_entered_once",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="loan_has_amount"),
            models.CheckConstraint(condition=Q(due_on__gt=F("lent_on")), name="loan_is_due_after"),
            models.CheckConstraint(condition=~Q(bank_name="") & ~Q(purpose=""), name="loan_says_who_and_why"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.bank_name} {self.lent_on:%d/%m/%Y}"


class LoanEvent(Line):
    """Diễn biến khoản vay: a check of what it was used for, a repayment, interest or principal that fell behind."""

    class Kind(models.TextChoices):
        USED = "used", "Kiểm tra: dùng đúng mục đích"
        MISUSED = "misused", "Kiểm tra: dùng sai mục đích"
        REPAID = "repaid", "Trả gốc"
        OVERDUE = "overdue", "Chậm trả lãi hoặc gốc"

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField("diễn biến", max_length=8, choices=Kind.choices)
    day = models.DateField("ngày")
    amount = models.PositiveBigIntegerField("số tiền (đồng)", null=True)
    who = models.CharField("người kiểm tra, nơi báo", max_length=200, blank=True)
    append_only = (*LAID_DOWN, "loan_id")
    privacy = Line.LINE + Privacy(internal="loan kind", personal="day amount who")
    walled = "loan"
    objects = Lines["LoanEvent"].as_manager()

    class Meta(Line.Meta):
        verbose_name = "diễn biến khoản vay"
        ordering = ["day", "id"]
        indexes = [models.Index(fields=["loan", "day"], name="events_of_loan")]
        constraints = [
            *Line.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind="repaid", amount__isnull=False, amount__gt=0)
                | (~Q(kind="repaid") & Q(amount__isnull=True)),
                name="only_repayments_have_amounts",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["used", "misused"]) | ~Q(who=""), name="check_says_who_looked"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["used", "misused", "repaid", "overdue"]), name="loan_event_kind_known"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.day:%d/%m/%Y}"


class ProgrammeQuerySet(Lines["Programme"]):
    """Those that a body issued itself."""

    own = ("party_id",)


class Programme(Line):
    """Chương trình, nghị quyết giảm nghèo: issued by a commune or a district, with the budget it sets (KH IV.1.2.c)."""

    class Kind(models.TextChoices):
        RESOLUTION = "resolution", "Nghị quyết"
        PROGRAMME = "programme", "Chương trình"
        PLAN = "plan", "Kế hoạch"
        DECISION = "decision", "Quyết định"

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="programmes", verbose_name="xã, huyện")
    kind = models.CharField("loại văn bản", max_length=10, choices=Kind.choices)
    number = models.CharField("số, ký hiệu", max_length=80)
    title = models.CharField("trích yếu", max_length=300)
    issued_on = models.DateField("ngày ban hành")
    expires_on = models.DateField("thực hiện đến hết ngày", null=True)
    budget = models.PositiveBigIntegerField("vốn ngân sách ưu tiên (đồng)", default=0)
    append_only = LAID_DOWN
    privacy = Line.LINE + Privacy(internal="party kind number title issued_on expires_on budget")
    walled = Wall("{area} OR party_id = {body}", shows="party")
    objects = ProgrammeQuerySet.as_manager()

    class Meta(Line.Meta):
        verbose_name = "chương trình, nghị quyết"
        ordering = ["-issued_on", "-id"]
        indexes = [
            models.Index(fields=["area_path", "-issued_on", "-id"], name="programme_by_area"),
            models.Index(fields=["party", "issued_on"], name="programmes_of_party"),
        ]
        constraints = [
            *Line.Meta.constraints,
            models.UniqueConstraint(
                fields=["party", "number", "issued_on"], condition=Q(ended_on__isnull=True), name="programme_once"
            ),
            models.CheckConstraint(condition=~Q(number="") & ~Q(title=""), name="programme_has_number_and_title"),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("issued_on")), name="programme_ends_after"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["resolution", "programme", "plan", "decision"]), name="programme_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class CommitmentQuerySet(Lines["Commitment"]):
    """Those of a body, or of one that it manages."""

    own = ("party_id", "party__managing_unit_id")


class Commitment(Line):
    """Cam kết giúp địa bàn nghèo: what a unit promised to a named commune or hamlet, until when (KH IV.1.2.d)."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="commitments", verbose_name="đơn vị giúp")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="commitments", verbose_name="xã được giúp")
    hamlet = models.CharField("ấp, khu phố", max_length=120, blank=True)
    what = models.CharField("giúp việc gì", max_length=500)
    since = models.DateField("từ ngày")
    until = models.DateField("đến hết ngày")
    append_only = LAID_DOWN
    privacy = Line.LINE + Privacy(internal="party place hamlet what since until")
    walled = Wall("{area} OR party_id = {body} OR {party__managing_unit} = {body}", shows="party")
    objects = CommitmentQuerySet.as_manager()

    class Meta(Line.Meta):
        verbose_name = "cam kết giúp địa bàn nghèo"
        ordering = ["-since", "-id"]
        indexes = [
            models.Index(fields=["area_path", "-since", "-id"], name="commitment_by_area"),
            models.Index(fields=["party", "since"], name="commitments_of_party"),
        ]
        constraints = [
            *Line.Meta.constraints,
            models.CheckConstraint(condition=~Q(what=""), name="commitment_says_what"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="commitment_ends_after"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} → {self.place_id}"


class Result(Told):
    """Kết quả giúp: what came of a commitment by a day, told by the unit, confirmed by the commune that was helped."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="results")
    day = models.DateField("tính đến ngày")
    text = models.CharField("kết quả", max_length=500)
    append_only = (*ANSWERED, "commitment_id")
    privacy = Told.TOLD + Privacy(internal="commitment day text")
    walled = "commitment"
    objects = Lines["Result"].as_manager()

    class Meta(Told.Meta):
        verbose_name = "kết quả giúp"
        ordering = ["day", "id"]
        indexes = [models.Index(fields=["commitment", "day"], name="results_of_commitment")]
        constraints = [
            *Told.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="result_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.day:%d/%m/%Y}"
