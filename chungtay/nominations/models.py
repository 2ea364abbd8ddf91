"""Dossiers and what hangs on them: achievements, evidence, papers, notes, judgements."""

import secrets
from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import F, Q

from chungtay.documents.models import StoredFile
from chungtay.law.exclusions import Achievement as Rewarded
from chungtay.law.procedure import PROPOSING, Desk, State
from chungtay.movements.models import Round
from chungtay.nominations.central import CentralAnswer
from chungtay.nominations.earlier import EarlierAward
from chungtay.nominations.guidance import Guidance, Quota, Weight
from chungtay.parties.models import Party, Viewer
from chungtay.records.models import Editable
from chungtay.records.privacy import Privacy
from chungtay.records.wall_rules import Wall

__all__ = [
    "Achievement",
    "Appraisal",
    "CentralAnswer",
    "Dossier",
    "EarlierAward",
    "Evidence",
    "Guidance",
    "Judgement",
    "Note",
    "Override",
    "Quota",
    "Weight",
]

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
BEFORE_COUNCIL = frozenset({State.DRAFT, State.SUBMITTED, State.CHECKING, State.RETURNED, State.RECEIVED})
COUNCIL_DESKS = frozenset({Desk.COUNCIL})


def _among(words: Iterable[str]) -> str:
    return "({})".format(", ".join(f"'{word}'" for word in sorted(words)))


# What `DossierQuerySet.visible_to` says, in the words of the second wall.
WALL = Wall(
    f"{{area}} AND is_handed_in AND {{kind}} <> '{Desk.ADMIN.value}'"
    f" AND ({{kind}} NOT IN {_among(COUNCIL_DESKS)} OR state NOT IN {_among(BEFORE_COUNCIL)})"
    f" OR unit_id = {{body}} AND {{kind}} IN {_among(PROPOSING)}",
    shows="party unit",
)


def waiting_desk(state: State) -> str:
    """The one word of the work list for a state: "unit" for whoever proposed, a desk's kind, or nothing when closed."""
    desks = state.waits_for
    if not desks:
        return ""
    return "unit" if desks == PROPOSING else next(iter(desks)).value


def new_key() -> str:
    """A short random name for addresses; says nothing about how many dossiers there are."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10))


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visible_to(self, viewer: Viewer | None, on: date) -> "DossierQuerySet":
        """The viewer's body's own dossiers; others in the viewer's area once they were handed in; for the Council
        once they were appraised. Nothing for the administrator, who keeps accounts and not the province's business."""
        kind = getattr(viewer, "kind", None)
        if viewer is None or kind is Desk.ADMIN:
            return self.none()
        others = viewer.scope(on).where("area_path") & Q(is_handed_in=True)
        if kind in COUNCIL_DESKS:
            others &= ~Q(state__in=[s.value for s in BEFORE_COUNCIL])
        if viewer.body_id is not None and kind in PROPOSING:
            others |= Q(unit_id=viewer.body_id)
        return self.filter(others)


class Dossier(Editable):
    """Hồ sơ đề nghị khen thưởng: one party, one award, one round, from draft to decision (KH IV.4)."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    code = models.CharField("mã hồ sơ", max_length=20, unique=True, null=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="dossiers", verbose_name="đợt xét")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="dossiers", verbose_name="đối tượng")
    unit = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="proposals", verbose_name="đơn vị trình")
    content = models.CharField("nội dung thi đua", max_length=10)
    award = models.CharField("hình thức khen thưởng", max_length=40)
    state = models.CharField("trạng thái", max_length=12, default=State.DRAFT.value, editable=False)
    waits_for = models.CharField("đang chờ", max_length=12, default="unit", editable=False)
    state_since = models.DateField("ở trạng thái này từ")
    due_on = models.DateField("hạn xử lý của nơi đang giữ")
    promised_on = models.DateField("ngày hẹn trả kết quả", null=True)
    is_handed_in = models.BooleanField(default=False, editable=False)
    area_path = models.CharField(max_length=60, editable=False)
    party_name = models.CharField("tên ghi trên bằng", max_length=250)
    party_name_folded = models.CharField(max_length=250, editable=False)
    period_from = models.DateField("thành tích từ ngày", null=True, blank=True)
    period_to = models.DateField("đến ngày", null=True, blank=True)
    summary = models.CharField("tóm tắt thành tích (in trên bằng)", max_length=300, blank=True)
    report = models.TextField("báo cáo thành tích", blank=True)
    earlier_awards = models.TextField("các hình thức đã được khen", blank=True)
    opened_on = models.DateField("ngày mở")
    received_on = models.DateField("ngày tiếp nhận", null=True)
    is_demo = models.BooleanField(default=False, editable=False)
    privacy = Editable.EDITABLE + Privacy(
        public="code state promised_on",
        internal="key round unit content award waits_for state_since due_on is_handed_in area_path"
        " period_from period_to opened_on received_on is_demo",
        personal="party party_name party_name_folded summary report earlier_awards",
    )
    walled = WALL
    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ"
        indexes = [
            # Each ends with all that a list asks of a row: rows out of sight are passed over without being read.
            models.Index(fields=["waits_for", "due_on", "id", "area_path", "is_handed_in"], name="dossier_work"),
            models.Index(fields=["unit", "waits_for", "due_on", "id"], name="dossier_work_of_unit"),
            models.Index(
                fields=["state", "-id", "area_path", "is_handed_in", "unit", "round"], name="dossier_by_state"
            ),
            models.Index(fields=["-id", "area_path", "is_handed_in", "unit", "state", "round"], name="dossier_newest"),
            models.Index(fields=["area_path", "id", "is_handed_in", "unit", "state", "round"], name="dossier_by_area"),
            models.Index(fields=["party", "round"], name="dossiers_of_party"),
            models.Index(fields=["party_name_folded", "id"], name="dossier_by_name"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="dossier_state_known"),
            models.CheckConstraint(
                condition=Q(period_from__isnull=True) | Q(period_to__isnull=True) | Q(period_to__gte=F("period_from")),
                name="dossier_period_runs_forward",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted", "checking", "returned", "withdrawn"])
                | Q(code__isnull=False, promised_on__isnull=False, received_on__isnull=False),
                name="received_dossier_has_code_and_date",
            ),
            models.UniqueConstraint(
                fields=["party", "round", "award"],
                condition=~Q(state__in=["withdrawn", "refused", "declined", "not_granted", "revoked"]),
                name="one_running_dossier_per_award",
            ),
        ]

    def __str__(self) -> str:
        return self.code or f"Bản nháp {self.key}"

    @property
    def at(self) -> State:
        """The state as the law's own word."""
        return State(self.state)

    @property
    def rewarded(self) -> Rewarded | None:
        """What the award is for, as the law tells achievements apart; None until the period is written."""
        if self.period_from is None or self.period_to is None:
            return None
        return Rewarded(self.content, self.period_from, self.period_to)


class Achievement(models.Model):
    """Thành tích: one thing done or given. Its nature decides between prize money and emblem (KH IV.3.1)."""

    class Nature(models.TextChoices):
        MONEY = "money", "Tiền"
        GOODS = "goods", "Hiện vật, của cải"
        LAND = "land", "Đất đai, tài sản"
        LABOUR = "labour", "Ngày công"
        KNOWLEDGE = "knowledge", "Trí tuệ, kỹ thuật"
        OTHER = "other", "Việc làm khác"

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="achievements")
    ordinal = models.PositiveSmallIntegerField()
    nature = models.CharField("loại", max_length=10, choices=Nature.choices)
    text = models.CharField("việc đã làm và kết quả", max_length=500)
    value = models.PositiveBigIntegerField("trị giá (đồng)", null=True, blank=True)
    privacy = Privacy(internal="dossier ordinal nature value", personal="text")
    walled = "dossier"

    class Meta:
        ordering = ["dossier", "ordinal"]
        constraints = [models.UniqueConstraint(fields=["dossier", "ordinal"], name="achievement_place_once")]

    def __str__(self) -> str:
        return self.text


class Evidence(models.Model):
    """Minh chứng và giấy tờ: a file handed in, for one required paper or one criterion."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("tên tệp", max_length=200)
    paper = models.CharField("là giấy tờ", max_length=20, blank=True)
    criterion = models.CharField("cho tiêu chuẩn", max_length=20, blank=True)
    added_on = models.DateField()
    removed_on = models.DateField(null=True)
    append_only = ("removed_on",)
    privacy = Privacy(internal="dossier file paper criterion added_on removed_on", personal="name")
    walled = "dossier"

    class Meta:
        ordering = ["dossier", "id"]

    def __str__(self) -> str:
        return self.name


class Note(models.Model):
    """Yêu cầu bổ sung: why a dossier came back, at the very field. It disappears from sight once answered."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="notes")
    field = models.CharField("mục", max_length=40)
    text = models.CharField("cần sửa gì", max_length=500)
    by = models.CharField(max_length=200)
    on = models.DateField()
    answered_on = models.DateField(null=True)
    append_only = ("answered_on",)
    privacy = Privacy(internal="dossier field on answered_on by", personal="text")
    walled = "dossier"

    class Meta:
        ordering = ["dossier", "id"]

    def __str__(self) -> str:
        return f"{self.field}: {self.text}"


class Judgement(models.Model):
    """Nhận xét tiêu chuẩn: what a named appraiser says of one judged criterion, and why. The latest one counts."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="judgements")
    criterion = models.CharField("tiêu chuẩn", max_length=40)
    met = models.BooleanField("đạt")
    score = models.PositiveSmallIntegerField("điểm", null=True)
    reason = models.CharField("lý do", max_length=500)
    by = models.CharField("người nhận xét", max_length=200)
    on = models.DateField()
    superseded_on = models.DateField("hồ sơ nộp lại ngày", null=True)
    append_only = ("superseded_on",)
    privacy = Privacy(internal="dossier criterion met score on by superseded_on", personal="reason")
    walled = "dossier"

    class Meta:
        ordering = ["dossier", "id"]

    def __str__(self) -> str:
        return f"{self.criterion}: {'đạt' if self.met else 'không đạt'}"


class Override(models.Model):
    """Bỏ qua cảnh báo: a named official's word on one warning of the law of exclusions, which leaves room for it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="overrides")
    key = models.CharField("cảnh báo", max_length=120)
    text = models.CharField("nội dung cảnh báo", max_length=600)
    clause = models.CharField("điều khoản", max_length=120)
    reason = models.CharField("lý do bỏ qua", max_length=500)
    by = models.CharField("người quyết định", max_length=200)
    on = models.DateField()
    superseded_on = models.DateField("hồ sơ nộp lại ngày", null=True)
    append_only = ("superseded_on",)
    privacy = Privacy(internal="dossier key clause on by superseded_on", personal="text reason")
    walled = "dossier"

    class Meta:
        verbose_name = "bỏ qua cảnh báo"
        ordering = ["dossier", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "key"], condition=Q(superseded_on__isnull=True), name="one_override_a_warning"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="override_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.reason}"


class Appraisal(models.Model):
    """Ý kiến thẩm định: the Board's closing word on a dossier before the Council, with overrides and their reasons."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="appraisals")
    proposes = models.BooleanField("đề nghị khen")
    opinion = models.TextField("ý kiến")
    by = models.CharField("người thẩm định", max_length=200)
    on = models.DateField()
    answers = models.JSONField("kết quả từng tiêu chuẩn", default=list)
    append_only = ()
    privacy = Privacy(internal="dossier proposes on by", personal="opinion answers")
    walled = "dossier"

    class Meta:
        ordering = ["dossier", "id"]

    def __str__(self) -> str:
        return "đề nghị khen" if self.proposes else "không đề nghị"
