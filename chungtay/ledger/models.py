"""Funds, their accounts, and every transfer between them."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from chungtay.documents.models import StoredFile
from chungtay.law.funds import FundKind, Income, Purpose
from chungtay.parties.models import Party, Viewer
from chungtay.places.models import DIGITS, Level, Place
from chungtay.places.scope import Scope, Span
from chungtay.records.models import Editable
from chungtay.records.privacy import Privacy
from chungtay.records.wall_rules import Wall

KINDS = [(kind.value, kind.label) for kind in FundKind]
PURPOSES = [(purpose.value, purpose.label) for purpose in Purpose]
INCOMES = [(income.value, income.label) for income in Income]
CLAUSE, AWARD_CLAUSE = "KH III.3", "KH IV.3.2"
APART = ":"
"""Stands in the key of a transfer that another room wrote, after that room's word; in the key of no form."""
LEVELS = [Level.PROVINCE, Level.DISTRICT, Level.COMMUNE]


class FundQuerySet(models.QuerySet["Fund"]):
    def visible_to(self, viewer: Viewer | None, on: date) -> "FundQuerySet":
        """The funds of the viewer's area, and those that the viewer's own body keeps."""
        if viewer is None:
            return self.none()
        mine = viewer.scope(on).where("area_path")
        if viewer.body_id is not None:
            mine |= Q(owner_id=viewer.body_id)
        return self.filter(mine)

    def running(self) -> "FundQuerySet":
        """Those that nobody has closed."""
        return self.filter(closed_on__isnull=True)

    def may_take_from(self, fund: "Fund") -> "FundQuerySet":
        """The running funds that `fund` may pass money on to: of its province, and of its sort."""
        same = Q(kind=FundKind.AWARD.value) if fund.kind == FundKind.AWARD else ~Q(kind=FundKind.AWARD.value)
        here = Scope((Span.under(fund.area_path[:DIGITS]),))
        return self.running().exclude(pk=fund.pk).filter(same).filter(here.where("area_path"))


class Fund(Editable):
    """Quỹ: money that a body keeps: for the poor, for awards, or of a drive between two days (KH III.3)."""

    kind = models.CharField("loại quỹ", max_length=10, choices=KINDS)
    name = models.CharField("tên quỹ", max_length=200)
    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="funds", verbose_name="cơ quan giữ quỹ")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="funds", verbose_name="địa bàn")
    level = models.CharField("cấp", max_length=10, choices=Level.choices)
    area_path = models.CharField(max_length=60, editable=False)
    document = models.CharField("văn bản lập quỹ", max_length=200, blank=True)
    opened_on = models.DateField("ngày mở")
    closed_on = models.DateField("ngày đóng", null=True)
    starts = models.DateField("vận động từ ngày", null=True)
    ends = models.DateField("đến hết ngày", null=True)
    is_demo = models.BooleanField(default=False, editable=False)
    privacy = Editable.EDITABLE + Privacy(
        public="kind name owner place level document opened_on closed_on starts ends", internal="area_path is_demo"
    )
    objects = FundQuerySet.as_manager()

    class Meta:
        verbose_name = "quỹ"
        ordering = ["area_path", "kind", "id"]
        indexes = [models.Index(fields=["area_path", "kind", "id"], name="fund_by_area")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in FundKind]), name="fund_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="fund_has_name"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")), name="fund_closes_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(kind="drive", starts__isnull=False, ends__isnull=False, ends__gte=F("starts"))
                | (~Q(kind="drive") & Q(starts__isnull=True, ends__isnull=True)),
                name="only_a_drive_has_days",
            ),
            models.UniqueConstraint(
                fields=["owner", "kind"],
                condition=Q(closed_on__isnull=True) & ~Q(kind="drive"),
                name="one_running_fund_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def fund_kind(self) -> FundKind:
        return FundKind(self.kind)

    @property
    def is_running(self) -> bool:
        return self.closed_on is None

    @property
    def first_day(self) -> date:
        """The first day that stands in its book: a drive's own first day, even where the book was opened later."""
        return self.opened_on if self.starts is None else min(self.opened_on, self.starts)

    @property
    def clause(self) -> str:
        """The clause that funds of this kind rest on."""
        return AWARD_CLAUSE if self.kind == FundKind.AWARD else CLAUSE


class Account(models.Model):
    """Tài khoản trong sổ: the money of a fund, one of its incomes, or one of its purposes. The last two are outside."""

    class Kind(models.TextChoices):
        CASH = "cash", "Tiền của quỹ"
        INCOME = "income", "Nguồn thu"
        PURPOSE = "purpose", "Mục đích chi"

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="accounts")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    code = models.CharField(max_length=16, choices=[*INCOMES, *PURPOSES], blank=True)
    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=60, editable=False)
    append_only = ()
    privacy = Privacy(public="fund kind code", internal="owner area_path")

    class Meta:
        ordering = ["fund", "kind", "code"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "kind", "code"], name="account_once"),
            models.CheckConstraint(
                condition=Q(kind="cash", code="")
                | Q(kind="income", code__in=[income.value for income in Income])
                | Q(kind="purpose", code__in=[purpose.value for purpose in Purpose]),
                name="account_code_of_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.get_code_display() if self.code else self.get_kind_display()


class Balance(models.Model):
    """Số dư giữ sẵn: what came to an account and what left it, kept in the transaction of every transfer.

    `is_money`: nothing may leave that is not there; the database itself refuses. `is_open`: transfers are taken.
    `held`: what another room's acts bind of the money of a fund and have not paid yet (`ledger.holding`). It may be
    more than there is, and no transfer written by hand touches it.
    """

    account = models.OneToOneField(Account, on_delete=models.PROTECT, primary_key=True, related_name="balance")
    debited = models.PositiveBigIntegerField("ghi nợ (đồng)", default=0)
    credited = models.PositiveBigIntegerField("ghi có (đồng)", default=0)
    is_money = models.BooleanField(default=False)
    is_open = models.BooleanField(default=True)
    held = models.PositiveBigIntegerField("đã giữ (đồng)", default=0)
    privacy = Privacy(public="account debited credited is_money is_open", internal="held")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_money=False) | Q(debited__gte=F("credited")), name="a_fund_never_owes"
            ),
            models.CheckConstraint(condition=Q(is_money=True) | Q(held=0), name="only_money_is_held"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.amount}"

    @property
    def amount(self) -> int:
        """What stands on the account, whole đồng; below zero for an income, from which money only comes."""
        return self.debited - self.credited

    @property
    def free(self) -> int:
        """What may be spent by hand, whole đồng: never below zero, also where more is held than there is."""
        return max(self.amount - self.held, 0)


class TransferQuerySet(models.QuerySet["Transfer"]):
    def visible_to(self, viewer: Viewer | None, on: date) -> "TransferQuerySet":
        """The transfers from and to funds that the viewer may see."""
        if viewer is None:
            return self.none()
        scope, rule = viewer.scope(on), Q()
        for side in ("debit", "credit"):
            rule |= scope.where(f"{side}__area_path")
            if viewer.body_id is not None:
                rule |= Q(**{f"{side}__owner_id": viewer.body_id})
        return self.filter(rule)


class Transfer(models.Model):
    """Bút toán: whole đồng that went from one account to another on one day. Never changed; a wrong one is countered.

    `corrects` is the transfer that this one takes back: same sum, accounts the other way round, once.
    """

    key = models.CharField("khóa của tờ mẫu", max_length=64, unique=True)
    debit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="debits", verbose_name="tiền đến")
    credit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="credits", verbose_name="tiền đi")
    amount = models.PositiveBigIntegerField("số tiền (đồng)")
    on = models.DateField("ngày")
    words = models.CharField("diễn giải", max_length=300)
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người nộp, nhận"
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="địa bàn hưởng"
    )
    households = models.PositiveIntegerField("số hộ được hỗ trợ", null=True)
    evidence = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="chứng từ"
    )
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="countered_by")
    written_on = models.DateField("ngày ghi sổ")
    is_demo = models.BooleanField(default=False, editable=False)
    append_only = ()
    privacy = Privacy(
        public="debit credit amount on", internal="key place households evidence corrects written_on is_demo",
        personal="words party",
    )  # fmt: skip
    walled = Wall("{debit__area} OR {credit__area} OR {debit__owner} = {body} OR {credit__owner} = {body}")
    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = "bút toán"
        ordering = ["-on", "-id"]
        indexes = [
            models.Index(fields=["debit", "on", "id"], name="transfers_in"),
            models.Index(fields=["credit", "on", "id"], name="transfers_out"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_moves_money"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="transfer_between_two_accounts"),
            models.CheckConstraint(condition=~Q(key=""), name="transfer_has_key"),
            models.CheckConstraint(condition=Q(on__lte=F("written_on")), name="transfer_not_ahead"),
        ]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y} {self.amount}"

    @property
    def origin(self) -> str:
        """The word of the room that wrote it as part of its own act (`ledger.on_behalf`); empty if written by hand."""
        return self.key.partition(APART)[0] if APART in self.key else ""
