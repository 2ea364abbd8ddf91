"""Decisions, the awards in them, and what changed afterwards."""

from django.db import models
from django.db.models import F, Q

from chungtay.accounts.models import Seat
from chungtay.decisions.money_models import (
    Allotment,
    Commitment,
    Handover,
    Item,
    Recovery,
    Stock,
    StockEntry,
    Unpaid,
)
from chungtay.documents.models import Paper
from chungtay.law.money import Payee
from chungtay.nominations.models import Dossier
from chungtay.parties.models import Party
from chungtay.records.models import Editable
from chungtay.records.privacy import Privacy

__all__ = [
    "Allotment",
    "Award",
    "AwardChange",
    "Commitment",
    "Decision",
    "Forwarded",
    "Handover",
    "Item",
    "Letter",
    "Listing",
    "Recovery",
    "Stock",
    "StockEntry",
    "Unpaid",
]


class Decision(Editable):
    """Quyết định: many names under one number. A draft may change; a signed one never does."""

    class State(models.TextChoices):
        DRAFT = "draft", "Dự thảo"
        SIGNED = "signed", "Đã ký"

    body = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="decisions", verbose_name="cơ quan")
    title = models.CharField("trích yếu", max_length=300)
    award = models.CharField("hình thức khen thưởng", max_length=40)
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    drafted_on = models.DateField()
    signed_on = models.DateField("ngày ký", null=True)
    signer_seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="+")
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, null=True, related_name="decision")
    certificates = models.OneToOneField(Paper, on_delete=models.PROTECT, null=True, related_name="certificates_of")
    accepted = models.JSONField("điều người ký đã chấp nhận", default=list)
    is_demo = models.BooleanField(default=False, editable=False)
    privacy = Editable.EDITABLE + Privacy(
        internal="body title award state drafted_on signed_on signer_seat paper certificates accepted is_demo"
    )

    class Meta:
        verbose_name = "quyết định"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(paper__isnull=False, signed_on__isnull=False, signer_seat__isnull=False),
                name="signed_decision_has_paper",
            )
        ]

    def __str__(self) -> str:
        return self.paper.code if self.paper else f"Dự thảo {self.pk}"


class Listing(models.Model):
    """Tên trong dự thảo: a recommended dossier put on a draft decision; taken over into an award when signed."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="listings")
    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="listing")
    privacy = Privacy(internal="decision dossier")

    class Meta:
        ordering = ["decision", "id"]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.dossier_id}"


class Award(models.Model):
    """Khen thưởng: one honoured party of a signed decision, with money or emblem frozen beside its sources."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="awards")
    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="granted")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="awards")
    body = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan giữ sổ vàng")
    ordinal = models.PositiveIntegerField("số thứ tự")
    register_number = models.PositiveIntegerField("số sổ vàng")
    register_year = models.PositiveSmallIntegerField()
    award = models.CharField(max_length=40)
    payee = models.CharField(max_length=12, choices=[(p.value, p.value) for p in Payee])
    name = models.CharField("tên ghi trên bằng", max_length=250)
    name_folded = models.CharField(max_length=250)
    address = models.CharField("địa chỉ, đơn vị", max_length=300, blank=True)
    citation = models.CharField("thành tích", max_length=300)
    amount = models.PositiveBigIntegerField("tiền thưởng (đồng)", null=True)
    has_emblem = models.BooleanField("kèm biểu trưng", default=False)
    reckoning = models.JSONField("cách tính và căn cứ", default=dict)
    period_from = models.DateField(null=True)
    period_to = models.DateField(null=True)
    token = models.CharField(max_length=32, unique=True)
    signature = models.CharField(max_length=100)
    append_only = ()
    privacy = Privacy(
        public="decision body ordinal register_number register_year award payee token signature",
        internal="dossier amount has_emblem reckoning period_from period_to",
        personal="party name name_folded address citation",
    )

    class Meta:
        verbose_name = "khen thưởng"
        ordering = ["decision", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "ordinal"], name="award_place_once"),
            models.UniqueConstraint(fields=["body", "register_year", "register_number"], name="register_number_once"),
            models.CheckConstraint(
                condition=Q(amount__isnull=False, has_emblem=False) | Q(amount__isnull=True, has_emblem=True),
                name="money_or_emblem_not_both",
            ),
        ]
        indexes = [models.Index(F("party"), F("decision"), name="awards_of_party")]

    def __str__(self) -> str:
        return f"{self.name} ({self.decision})"


class AwardChange(models.Model):
    """Đính chính, thu hồi: a later act about an award, itself under a decision's number. The award stays as it was."""

    class Kind(models.TextChoices):
        CORRECTED = "corrected", "Đính chính"
        WITHDRAWN = "withdrawn", "Thu hồi"

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.CharField("lý do", max_length=400)
    new_name = models.CharField("tên đúng", max_length=250, blank=True)
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="award_change")
    on = models.DateField()
    append_only = ()
    privacy = Privacy(public="award kind on paper", personal="reason new_name")

    class Meta:
        ordering = ["award", "id"]
        constraints = [
            models.UniqueConstraint(fields=["award"], condition=Q(kind="withdrawn"), name="withdrawn_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.award}"


class Letter(models.Model):
    """Tờ trình Thủ tướng Chính phủ: State awards that left the province together, under one number (KH IV.2.1)."""

    body = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="letters", verbose_name="cơ quan trình")
    award = models.CharField("hình thức khen thưởng", max_length=40)
    title = models.CharField("trích yếu", max_length=400)
    signed_on = models.DateField("ngày ký")
    signer_seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="letter")
    is_demo = models.BooleanField(default=False, editable=False)
    append_only = ()
    privacy = Privacy(internal="body award title signed_on signer_seat paper is_demo")

    class Meta:
        verbose_name = "tờ trình"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.paper.code


class Forwarded(models.Model):
    """Hồ sơ trong tờ trình: a dossier leaves the province once, with one letter."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="forwarded")
    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="forwarded")
    append_only = ()
    privacy = Privacy(internal="letter dossier")

    class Meta:
        ordering = ["letter", "id"]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.dossier_id}"
