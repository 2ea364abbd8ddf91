"""The journal, the keys of rendered forms, and the base of editable rows."""

from typing import ClassVar

from django.db import models

from chungtay.records.privacy import Privacy


class Editable(models.Model):
    """A row that people edit: it carries a version, so that the second of two editors is told (design D6)."""

    version = models.PositiveIntegerField("phiên bản", default=1)
    EDITABLE: ClassVar[Privacy] = Privacy(internal="version")

    class Meta:
        abstract = True


class ChainHead(models.Model):
    """Đầu chuỗi nhật ký: the single row that orders all entries; whoever writes the journal holds it until commit."""

    seq = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)
    privacy = Privacy(internal="seq digest")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_chain_head")]

    def __str__(self) -> str:
        return f"{self.seq}:{self.digest[:12]}"


class Entry(models.Model):
    """Dòng nhật ký: who did what, at which desk, when. Written in the act's own transaction, never changed (D1)."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField("lúc")
    on = models.DateField("ngày")
    actor = models.CharField("người làm", max_length=200)
    actor_key = models.CharField(max_length=40)
    desk = models.CharField("vị trí", max_length=200)
    area_path = models.CharField(max_length=60, blank=True)
    act = models.CharField("việc", max_length=80)
    noun = models.CharField("đối tượng", max_length=80)
    noun_key = models.CharField(max_length=40)
    body = models.JSONField("nội dung", default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    append_only = ()
    privacy = Privacy(
        internal="seq at on desk area_path act noun noun_key body previous digest actor_key", personal="actor"
    )

    class Meta:
        indexes = [
            models.Index(fields=["noun", "noun_key", "seq"], name="entry_of_noun"),
            models.Index(fields=["actor_key", "seq"], name="entry_of_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.act} {self.noun}/{self.noun_key}"


class EntryValue(models.Model):
    """Giá trị cá nhân của một dòng nhật ký: erasable by law without breaking the chain, which holds only its hash."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="values")
    name = models.CharField(max_length=80)
    value = models.TextField()
    salt = models.CharField(max_length=32)
    privacy = Privacy(internal="entry name salt", personal="value")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "name"], name="one_value_per_name")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.name}"


class Reading(models.Model):
    """Lượt xem trang cá nhân: reading a person's or household's page leaves a trace (design D8)."""

    at = models.DateTimeField()
    reader_key = models.CharField(max_length=40)
    desk = models.CharField(max_length=200)
    noun = models.CharField(max_length=80)
    noun_key = models.CharField(max_length=40)
    privacy = Privacy(internal="at reader_key desk noun noun_key")

    class Meta:
        indexes = [models.Index(fields=["noun", "noun_key", "at"], name="readings_of_noun")]

    def __str__(self) -> str:
        return f"{self.reader_key} {self.noun}/{self.noun_key}"


class FormKey(models.Model):
    """Khoá của một tờ mẫu đã hiện: the same form sent twice acts once and answers the same (design D5)."""

    key = models.CharField(max_length=40, primary_key=True)
    user_key = models.CharField(max_length=40, blank=True)
    path = models.CharField(max_length=300)
    body_digest = models.CharField(max_length=64)
    answer = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    privacy = Privacy(internal="key user_key path body_digest answer at")

    class Meta:
        indexes = [models.Index(fields=["at"], name="form_keys_by_age")]

    def __str__(self) -> str:
        return self.key
