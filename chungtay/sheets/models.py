"""Uploads, their bytes, their rows as they were read, and the rows as they are understood."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
from django.db import models
from django.db.models import Q

from chungtay.accounts.models import Desk, Seat
from chungtay.parties.models import Party, Viewer
from chungtay.records.privacy import Privacy
from chungtay.records.wall_rules import Wall
from chungtay.sheets import packs
from chungtay.sheets.packs import Packed
from chungtay.sheets.plans import Plan

PLACES = 1 << 21  # more than the rows of any sheet: sheet and row as one number


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, viewer: Viewer | None, on: date) -> UploadQuerySet:
        """Uploads of desks in the viewer's area, and those of the viewer's own body."""
        if viewer is None:
            return self.none()
        mine = viewer.scope(on).where("area_path")
        if viewer.body_id is not None:
            mine |= Q(body_id=viewer.body_id)
        return self.filter(mine)


class Upload(models.Model):
    """Tệp tải lên: one file or one pasting, for one list, by one desk. The same file twice is the same upload.

    The row itself stays for ever; what it brought (bytes, parts, rows) may be erased once it is closed.
    """

    class State(models.TextChoices):
        RECEIVED = "received", "Đang mở tệp"
        OPENED = "opened", "Chờ xác nhận cột"
        STAGING = "staging", "Đang đọc các dòng"
        STAGED = "staged", "Chờ duyệt"
        ACCEPTING = "accepting", "Đang nhận dòng"
        CLOSED = "closed", "Đã xong"
        WITHDRAWN = "withdrawn", "Đã bỏ"
        FAILED = "failed", "Không đọc được"

    OVER = (State.CLOSED.value, State.WITHDRAWN.value, State.FAILED.value)

    layout = models.CharField("mẫu", max_length=60)
    name = models.CharField("tên tệp", max_length=120)
    kind = models.CharField("dạng tệp", max_length=4)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    body = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+", verbose_name="vị trí")
    by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", verbose_name="người gửi")
    on = models.DateField("ngày gửi")
    area_path = models.CharField(max_length=60, editable=False)
    state = models.CharField("trạng thái", max_length=9, choices=State.choices, default=State.RECEIVED)
    fault = models.CharField("lý do không đọc được", max_length=400, blank=True)
    survey = models.JSONField("xem trước", default=list)
    trial = models.JSONField("cách đọc thử", default=dict)
    plan = models.JSONField("cách đọc", default=dict)
    last_part = models.PositiveBigIntegerField("đoạn đã đọc", default=0)
    taken_part = models.PositiveBigIntegerField("đoạn đã nhận", default=0)
    approved_by = models.ForeignKey(
        Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="người duyệt"
    )
    approved_on = models.DateField("ngày duyệt", null=True, blank=True)
    read = models.PositiveIntegerField("số dòng trong tệp", default=0)
    done = models.PositiveIntegerField("số dòng đã đọc", default=0)
    good = models.PositiveIntegerField("dòng tốt", default=0)
    doubtful = models.PositiveIntegerField("dòng cần hỏi", default=0)
    bad = models.PositiveIntegerField("dòng sai", default=0)
    skipped = models.PositiveIntegerField("dòng không tính", default=0)
    same = models.PositiveIntegerField("dòng đã nhận trước đó", default=0)
    accepted = models.PositiveIntegerField("dòng đã nhận", default=0)
    rejected = models.PositiveIntegerField("dòng đã loại", default=0)
    erased_on = models.DateField("ngày xóa nội dung", null=True)
    returning = models.PositiveBigIntegerField("bản trả lại đang chuẩn bị", default=0)
    COUNTS = ("good", "doubtful", "bad", "skipped", "same", "accepted", "rejected")
    append_only = (
        "state", "fault", "survey", "trial", "plan", "last_part", "taken_part", "approved_by_id", "approved_on", "read",
        "done", "erased_on", "returning", *COUNTS,
    )  # fmt: skip
    privacy = Privacy(
        internal=(
            "layout kind sha256 size body desk by on area_path state fault last_part taken_part approved_by"
            " approved_on read done good doubtful bad skipped same accepted rejected erased_on returning"
        ),
        personal="name",
        sensitive="survey trial plan",
    )
    walled = Wall("{area} OR body_id = {body}")
    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp tải lên"
        ordering = ["-id"]
        indexes = [models.Index(fields=["area_path", "-id"], name="uploads_of_area")]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "layout", "sha256"],
                condition=~Q(state__in=["withdrawn", "failed"]),
                name="one_upload_per_file",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "received",
                        "opened",
                        "staging",
                        "staged",
                        "accepting",
                        "closed",
                        "withdrawn",
                        "failed",
                    ]
                ),
                name="upload_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepting") | Q(approved_by__isnull=False, approved_on__isnull=False),
                name="upload_accepted_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_state_display()})"

    @property
    def reading(self) -> Plan:
        """How the file is read, as confirmed."""
        return Plan.from_json(self.plan)

    @property
    def percent(self) -> int:
        """How far reading has come, 0 to 100."""
        return 100 * self.done // self.read if self.read else 0

    @property
    def open_rows(self) -> int:
        """Rows that nobody has taken in or decided yet."""
        return self.good + self.doubtful + self.bad


class Content(models.Model):
    """Nội dung tệp: the bytes as handed in, kept until the upload's content is erased."""

    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="content", primary_key=True)
    data = models.BinaryField()
    privacy = Privacy(internal="upload", sensitive="data")
    walled = "upload"

    def __str__(self) -> str:
        return f"content of {self.upload_id}"


class Returned(models.Model):
    """Tệp trả lại đã chuẩn bị: the workbook with yellow cells of a large upload, made once for its `edition`.

    It goes when a newer one is made or the upload's content is erased. See `sheets.returning`.
    """

    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="returned", primary_key=True)
    edition = models.PositiveBigIntegerField()
    data = models.BinaryField()
    privacy = Privacy(internal="upload edition", sensitive="data")
    walled = "upload"

    def __str__(self) -> str:
        return f"workbook of {self.upload_id} to give back"


class Part(models.Model):
    """Đoạn đã mở: some thousand rows as the reader gave them, packed; what one transaction of the job works on."""

    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="parts", db_index=False)
    sheet = models.PositiveSmallIntegerField()
    first = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    packed = models.BinaryField()
    privacy = Privacy(internal="upload sheet first rows", sensitive="packed")
    walled = "upload"

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["upload", "sheet", "first"], name="one_part_per_first_row")]

    def __str__(self) -> str:
        return f"{self.upload_id}/{self.sheet} {self.first}+{self.rows}"

    def lines(self) -> list[bytes]:
        """The rows, one line of JSON each."""
        return packs.load_lines(bytes(self.packed))


class Pack(models.Model):
    """Gói dòng tốt: the rows of a part that were read without a question; nobody has to look at them one by one.

    A `Row` of the same place stands before what is packed: it is a row that was taken out for a person to see.
    """

    part = models.OneToOneField(Part, on_delete=models.PROTECT, related_name="pack", primary_key=True)
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="packs")
    rows = models.PositiveIntegerField()
    packed = models.BinaryField()
    privacy = Privacy(internal="part upload rows", sensitive="packed")
    walled = "upload"

    def __str__(self) -> str:
        return f"{self.rows} good rows of part {self.part_id}"

    def load(self) -> Packed:
        return Packed.load(bytes(self.packed))


class Row(models.Model):
    """Dòng: one row of the file that a person looks at or has looked at; the good ones lie in a `Pack`.

    Its place in the file is its identity; what was read never changes, its state does.
    """

    class State(models.TextChoices):
        GOOD = "good", "Tốt"
        DOUBTFUL = "doubtful", "Cần hỏi"
        BAD = "bad", "Sai"
        SKIPPED = "skipped", "Không tính"
        SAME = "same", "Đã nhận trước đó"
        ACCEPTED = "accepted", "Đã nhận"
        REJECTED = "rejected", "Đã loại"

    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="rows", db_index=False)
    sheet = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField("dòng số")
    state = models.CharField("trạng thái", max_length=8, choices=State.choices)
    raw = models.TextField("như trong tệp", blank=True)
    clean = models.JSONField("đã hiểu là", default=dict)
    faults = models.JSONField("chỗ chưa ổn", default=list)
    decision = models.JSONField("quyết định", default=dict)
    privacy = Privacy(internal="upload sheet number state", sensitive="raw clean faults decision")
    walled = "upload"

    class Meta:
        verbose_name = "dòng"
        ordering = ["upload", "sheet", "number"]
        constraints = [
            models.UniqueConstraint(fields=["upload", "sheet", "number"], name="one_row_per_place"),
            models.CheckConstraint(
                condition=Q(state__in=["good", "doubtful", "bad", "skipped", "same", "accepted", "rejected"]),
                name="row_state_known",
            ),
        ]
        indexes = [models.Index(fields=["upload", "state", "sheet", "number"], name="rows_by_state")]

    def __str__(self) -> str:
        return f"{self.upload_id}/{self.sheet} dòng {self.number}"

    @property
    def place(self) -> int:
        """Sheet and row as one number, the key that a room's writer knows the row by."""
        return self.sheet * PLACES + self.number

    def cells(self) -> list[Any]:
        """The row's cells as the file has them, the first column first; empty after the content was erased."""
        found: list[Any] = orjson.loads(self.raw)[1:] if self.raw else []
        return found
