"""Stored files, counters of official numbers, and issued papers."""

from django.db import models
from django.db.models import F, Q

from chungtay.parties.models import Party
from chungtay.records.privacy import Privacy


class StoredFile(models.Model):
    """Tệp lưu: bytes in the vault, named by their SHA-256 (design D11). The row is written after the bytes are safe."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    extension = models.CharField(max_length=8)
    stored_at = models.DateTimeField(auto_now_add=True)
    append_only = ()
    privacy = Privacy(internal="sha256 size media_type extension stored_at")

    def __str__(self) -> str:
        return f"{self.sha256[:12]}.{self.extension}"


class Counter(models.Model):
    """Sổ số: the last number given by a body in a series and year. Moved only by the transaction that issues (D4)."""

    body = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)
    privacy = Privacy(internal="body series year last")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "series", "year"], name="one_counter_per_series")]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"


class Paper(models.Model):
    """Văn bản: an issued paper with its number, frozen as it was issued. A void one keeps its number and says why."""

    class Kind(models.TextChoices):
        RECEIPT = "receipt", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
        MINUTES = "minutes", "Biên bản họp Hội đồng"
        DECISION = "decision", "Quyết định khen thưởng"
        CERTIFICATES = "certificates", "Bằng khen"
        LETTER = "letter", "Tờ trình"
        NOTICE = "notice", "Thông báo"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    body = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="papers", verbose_name="cơ quan ban hành")
    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    code = models.CharField("số, ký hiệu", max_length=40)
    title = models.CharField("trích yếu", max_length=400)
    issued_on = models.DateField("ngày ban hành")
    signer = models.CharField("người ký", max_length=120)
    signer_post = models.CharField("chức vụ người ký", max_length=120)
    noun = models.CharField(max_length=80)
    noun_key = models.CharField(max_length=40)
    content = models.JSONField(default=dict)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="papers")
    word_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    print_fault = models.CharField(max_length=400, blank=True)
    voided_on = models.DateField(null=True)
    void_reason = models.CharField(max_length=400, blank=True)
    append_only = ("file_id", "word_file_id", "print_fault", "voided_on", "void_reason")
    privacy = Privacy(
        public="kind body series year number code issued_on signer signer_post voided_on",
        internal="title noun noun_key file word_file print_fault void_reason",
        personal="content",
    )

    class Meta:
        verbose_name = "văn bản"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["body", "series", "year", "number"], name="paper_number_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="paper_number_positive"),
            models.CheckConstraint(
                condition=Q(voided_on__isnull=True, void_reason="") | ~Q(void_reason=""), name="void_paper_says_why"
            ),
        ]
        indexes = [models.Index(F("noun"), F("noun_key"), name="papers_of_noun")]

    def __str__(self) -> str:
        return f"{self.code} {self.issued_on:%d/%m/%Y}"
