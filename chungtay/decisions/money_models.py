"""Award money and goods: what a body may spend, what its decisions bind, what was handed to whom (KH IV.3)."""

from django.db import models
from django.db.models import Q

from chungtay.law.funds import Area
from chungtay.ledger.models import Fund, Transfer
from chungtay.parties.models import Party
from chungtay.records.models import Editable
from chungtay.records.privacy import Privacy


class Allotment(models.Model):
    """Trích quỹ: what an award fund is given for a year, beside the ceiling of the day with its source (KH IV.3.2)."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="allotments")
    year = models.PositiveSmallIntegerField("năm")
    area = models.CharField("địa bàn", max_length=10, choices=[(area.value, area.label) for area in Area])
    recurrent_budget = models.PositiveBigIntegerField("dự toán chi thường xuyên (đồng)")
    ceiling = models.PositiveBigIntegerField("mức trần (đồng)")
    amount = models.PositiveBigIntegerField("số trích (đồng)")
    document = models.CharField("văn bản", max_length=200)
    working = models.CharField("cách tính mức trần", max_length=400)
    accepted = models.CharField("giá trị tạm dùng đã chấp nhận", max_length=400, blank=True)
    transfer = models.OneToOneField(Transfer, on_delete=models.PROTECT, related_name="allotment")
    on = models.DateField("ngày ghi")
    append_only = ()
    privacy = Privacy(internal="fund year area recurrent_budget ceiling amount document working accepted transfer on")

    class Meta:
        verbose_name = "trích quỹ khen thưởng"
        ordering = ["-year", "-id"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="allotment_gives_money")]

    def __str__(self) -> str:
        return f"{self.year}: {self.amount}"


class Commitment(models.Model):
    """Cam kết chi: what a decision binds of its body's award fund, in steps that are only ever added (KH IV.3.2)."""

    class Kind(models.TextChoices):
        DRAFTED = "drafted", "Đưa vào dự thảo"
        CHANGED = "changed", "Tính lại"
        SPENT = "spent", "Đã chi"
        RELEASED = "released", "Bỏ cam kết"

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="commitments")
    decision = models.ForeignKey("decisions.Decision", on_delete=models.PROTECT, related_name="commitments")
    award = models.ForeignKey("decisions.Award", on_delete=models.PROTECT, null=True, related_name="commitments")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    amount = models.BigIntegerField("thêm vào số cam kết (đồng)")
    on = models.DateField("ngày")
    append_only = ()
    privacy = Privacy(internal="fund decision award kind amount on")

    class Meta:
        verbose_name = "cam kết chi"
        ordering = ["-id"]
        indexes = [models.Index(fields=["fund", "decision"], name="commitments_of_fund")]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="commitment_changes_something"),
            models.CheckConstraint(
                condition=~Q(kind__in=["spent", "released"]) | Q(amount__lt=0), name="spent_money_is_no_longer_bound"
            ),
            models.UniqueConstraint(fields=["award"], condition=Q(kind="spent"), name="award_spent_once"),
            models.UniqueConstraint(fields=["award"], condition=Q(kind="released"), name="award_released_once"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.amount:+}"


class Unpaid(models.Model):
    """Không chi riêng: an award whose money another award of the same day takes the place of (NĐ 91/2017, 66.2)."""

    award = models.OneToOneField("decisions.Award", on_delete=models.PROTECT, related_name="unpaid")
    because_of = models.ForeignKey("decisions.Award", on_delete=models.PROTECT, related_name="+")
    sentence = models.CharField("quy tắc", max_length=400)
    on = models.DateField()
    append_only = ()
    privacy = Privacy(internal="award because_of sentence on")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(award=models.F("because_of")), name="unpaid_because_of_another")
        ]

    def __str__(self) -> str:
        return f"{self.award_id}: {self.sentence}"


class Handover(models.Model):
    """Giao nhận: who received certificate, emblem and money of one award, and when. Money is a transfer of the fund."""

    award = models.OneToOneField("decisions.Award", on_delete=models.PROTECT, related_name="handover")
    receiver = models.CharField("người nhận", max_length=250)
    on = models.DateField("ngày nhận")
    amount = models.PositiveBigIntegerField("tiền đã nhận (đồng)", default=0)
    transfer = models.OneToOneField(Transfer, on_delete=models.PROTECT, null=True, related_name="handover")
    written_on = models.DateField("ngày ghi")
    append_only = ()
    privacy = Privacy(internal="award on amount transfer written_on", personal="receiver")

    class Meta:
        verbose_name = "giao nhận"
        constraints = [
            models.CheckConstraint(
                condition=Q(amount=0, transfer__isnull=True) | Q(amount__gt=0, transfer__isnull=False),
                name="money_handed_over_left_the_fund",
            ),
            models.CheckConstraint(condition=Q(on__lte=models.F("written_on")), name="handover_not_ahead"),
        ]

    def __str__(self) -> str:
        return f"{self.award_id} {self.on:%d/%m/%Y}"


class Recovery(models.Model):
    """Thu hồi tiền thưởng: the money of a withdrawn award that came back, as a counter-entry of its payment."""

    handover = models.OneToOneField(Handover, on_delete=models.PROTECT, related_name="recovery")
    transfer = models.OneToOneField(Transfer, on_delete=models.PROTECT, related_name="recovery")
    on = models.DateField("ngày")
    append_only = ()
    privacy = Privacy(internal="handover transfer on")

    def __str__(self) -> str:
        return f"{self.handover_id} {self.on:%d/%m/%Y}"


class Item(models.TextChoices):
    """Vật tư khen thưởng."""

    CERTIFICATE = "certificate", "Phôi bằng khen, giấy khen"
    EMBLEM = "emblem", "Biểu trưng của UBND tỉnh"


class Stock(Editable):
    """Tồn kho: how many blank certificates or emblems a body has. Below zero: so many are still to be bought."""

    body = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="stocks")
    item = models.CharField("vật tư", max_length=12, choices=Item.choices)
    on_hand = models.IntegerField("tồn", default=0)
    least = models.PositiveIntegerField("báo sắp hết khi còn dưới", default=0)
    privacy = Editable.EDITABLE + Privacy(internal="body item on_hand least")

    class Meta:
        verbose_name = "tồn kho"
        ordering = ["body", "item"]
        constraints = [models.UniqueConstraint(fields=["body", "item"], name="stock_once")]

    def __str__(self) -> str:
        return f"{self.get_item_display()}: {self.on_hand}"

    @property
    def is_low(self) -> bool:
        """Whether it is time to buy."""
        return self.on_hand < self.least


class StockEntry(models.Model):
    """Nhập, xuất kho: pieces that came or went, each with its reason; a decision takes what it gives out."""

    class Kind(models.TextChoices):
        IN = "in", "Nhập"
        ISSUED = "issued", "Xuất theo quyết định"
        SPOILED = "spoiled", "Hỏng, hủy"

    stock = models.ForeignKey(Stock, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    pieces = models.IntegerField("số lượng")
    decision = models.ForeignKey(
        "decisions.Decision", on_delete=models.PROTECT, null=True, related_name="stock_entries"
    )
    words = models.CharField("diễn giải, chứng từ", max_length=200)
    on = models.DateField("ngày")
    append_only = ()
    privacy = Privacy(internal="stock kind pieces decision words on")

    class Meta:
        verbose_name = "nhập, xuất kho"
        ordering = ["-id"]
        indexes = [models.Index(fields=["stock", "-id"], name="entries_of_stock")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="in", pieces__gt=0) | (~Q(kind="in") & Q(pieces__lt=0)), name="pieces_go_the_right_way"
            ),
            models.CheckConstraint(
                condition=Q(kind="issued", decision__isnull=False) | (~Q(kind="issued") & Q(decision__isnull=True)),
                name="only_a_decision_issues",
            ),
            models.UniqueConstraint(
                fields=["stock", "decision"], condition=Q(decision__isnull=False), name="decision_issues_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pieces:+}"
