"""Gifts: what was given, to whom, by whom in which shares, what it was worth, how far it has come."""

from datetime import date
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import F, Q

from chungtay.households.models import Household
from chungtay.law.giving import Method, Nature
from chungtay.ledger.models import Fund
from chungtay.parties.models import Party, Viewer
from chungtay.places.models import Place
from chungtay.places.scope import Scope
from chungtay.records.models import Editable
from chungtay.records.privacy import Privacy
from chungtay.records.wall_rules import Wall

DONG = "VND"
BENEFICIARIES = ("household", "community", "project", "fund")
"""The fields of a gift that may name who it was for; exactly one does."""


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, viewer: Viewer | None, on: date) -> "ProjectQuerySet":
        """The projects of the viewer's area."""
        return self.none() if viewer is None else self.filter(viewer.scope(on).where("area_path"))


class Project(Editable):
    """Công trình, dự án: what several givers may give to, as a bridge, a road or a row of houses."""

    name = models.CharField("tên công trình, dự án", max_length=200)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="projects", verbose_name="địa bàn")
    area_path = models.CharField(max_length=60, editable=False)
    opened_on = models.DateField("ngày ghi sổ")
    is_demo = models.BooleanField(default=False, editable=False)
    privacy = Editable.EDITABLE + Privacy(public="name place", internal="area_path opened_on is_demo")
    walled = "area_path"
    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = "công trình, dự án"
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="project_has_name"),
            models.UniqueConstraint(fields=["place", "name"], name="project_once_in_a_place"),
        ]

    def __str__(self) -> str:
        return self.name


class State(models.TextChoices):
    """Trạng thái của khoản đóng góp. Only a confirmed one counts for anything."""

    PLEDGED = "pledged", "Đã hứa"
    RECEIVED = "received", "Đã nhận, chờ xác nhận"
    CONFIRMED = "confirmed", "Đã xác nhận"
    REFUSED = "refused", "Bên nhận từ chối"
    WITHDRAWN = "withdrawn", "Đã rút"
    CORRECTED = "corrected", "Đã đính chính"


OPEN = (State.PLEDGED, State.RECEIVED)
ENDED = (State.REFUSED, State.WITHDRAWN, State.CORRECTED)


def _one_of(names: tuple[str, ...]) -> Q:
    """Exactly one of these fields names something."""
    ways = [Q(**{f"{name}__isnull": name != chosen for name in names}) for chosen in names]
    return reduce(or_, ways)


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def visible_to(self, viewer: Viewer | None, on: date) -> "ContributionQuerySet":
        """Gifts to the viewer's area, those its body wrote down, those of givers that its body manages or is."""
        if viewer is None:
            return self.none()
        mine = viewer.scope(on).where("area_path")
        if viewer.body_id is not None:
            ours = Q(party__managing_unit_id=viewer.body_id) | Q(party_id=viewer.body_id)
            mine |= Q(recorded_body_id=viewer.body_id)
            mine |= Q(pk__in=Share.objects.filter(ours).order_by().values("gift"))
        return self.filter(mine)

    def parts_visible_to(self, viewer: Viewer | None, on: date) -> "list[ContributionQuerySet]":
        """The same gifts as `visible_to` in parts that may overlap, each walked along an index of its own."""
        if viewer is None:
            return [self.none()]
        scope = viewer.scope(on)
        inside = self.filter(scope.where("area_path"))
        if viewer.body_id is None or scope == Scope.everything():
            return [inside]
        ours = Q(party__managing_unit_id=viewer.body_id) | Q(party_id=viewer.body_id)
        given = Share.objects.filter(ours).order_by().values("gift")
        return [inside, self.filter(recorded_body_id=viewer.body_id), self.filter(pk__in=given)]

    def counted(self) -> "ContributionQuerySet":
        """Those that the receiving side has confirmed and nobody has corrected."""
        return self.filter(state=State.CONFIRMED)


class Contribution(Editable):
    """Đóng góp: one gift of one of the five natures, from promise to confirmation (T9, KH IV.1.2.e).

    `value` is whole đồng, by `method` with `evidence`; foreign money is `amount` at the `rate` of `day`. What was
    written is never changed: only state, its days and who confirmed. A mistake is answered by a `Correction`.
    """

    nature = models.CharField("hình thức", max_length=10, choices=[(one.value, one.label) for one in Nature])
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="contributions", verbose_name="nơi nhận")
    area_path = models.CharField(max_length=60, editable=False)
    hamlet = models.CharField("ấp, khu phố", max_length=120, blank=True)
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="gifts", verbose_name="hộ được giúp"
    )
    community = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="địa bàn được giúp"
    )
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="gifts", verbose_name="công trình, dự án"
    )
    fund = models.ForeignKey(
        Fund, on_delete=models.PROTECT, null=True, blank=True, related_name="gifts", verbose_name="quỹ, đợt vận động"
    )
    purpose = models.CharField("nội dung", max_length=300)
    day = models.DateField("ngày tặng")
    quantity = models.DecimalField("số lượng", max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField("đơn vị tính", max_length=30, blank=True)
    value = models.BigIntegerField("giá trị (đồng)")
    method = models.CharField("cách định giá", max_length=12, choices=[(one.value, one.label) for one in Method])
    evidence = models.CharField("chứng từ", max_length=300)
    currency = models.CharField("loại tiền", max_length=3, default=DONG)
    amount = models.DecimalField("số ngoại tệ", max_digits=16, decimal_places=2, null=True, blank=True)
    rate = models.DecimalField("tỷ giá", max_digits=16, decimal_places=6, null=True, blank=True)
    rate_source = models.CharField("nguồn tỷ giá", max_length=200, blank=True)
    bank_reference = models.CharField("số tham chiếu ngân hàng", max_length=60, blank=True)
    recorded_body = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", editable=False)
    recorded_on = models.DateField(editable=False)
    state = models.CharField("trạng thái", max_length=10, choices=State.choices, default=State.PLEDGED)
    received_on = models.DateField("ngày nhận", null=True, blank=True)
    confirmed_on = models.DateField("ngày xác nhận", null=True, editable=False)
    confirmed_by = models.CharField("người xác nhận", max_length=300, blank=True, editable=False)
    confirmed_body = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", null=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)
    ended_why = models.CharField(max_length=300, blank=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    append_only = (
        "version", "state", "received_on", "confirmed_on", "confirmed_by", "confirmed_body_id", "ended_on", "ended_why",
    )  # fmt: skip
    privacy = Editable.EDITABLE + Privacy(
        internal="nature place area_path community project fund day quantity unit value method currency amount rate "
        "rate_source recorded_body recorded_on state received_on confirmed_on confirmed_body ended_on is_demo",
        personal="hamlet household purpose evidence bank_reference confirmed_by ended_why",
    )
    walled = Wall("{area} OR recorded_body_id = {body}", shows="project")
    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = "khoản đóng góp"
        ordering = ["-day", "-id"]
        indexes = [
            models.Index(fields=["area_path", "-day", "-id"], name="gifts_by_area"),
            models.Index(fields=["-day", "-id"], name="gifts_by_day"),
            models.Index(fields=["state", "received_on", "area_path"], name="gifts_counted"),
            models.Index(fields=["recorded_body", "-day", "-id"], name="gifts_written_by"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(nature__in=[one.value for one in Nature]), name="gift_nature_known"),
            models.CheckConstraint(
                condition=_one_of(BENEFICIARIES),
                name="gift_has_one_beneficiary",
            ),
            models.CheckConstraint(
                condition=Q(value__gt=0) & ~Q(method=Method.UNVALUED.value) | Q(value=0, method=Method.UNVALUED.value),
                name="gift_is_worth_something_or_says_not",
            ),
            models.CheckConstraint(
                condition=Q(method__in=[one.value for one in Method]) & ~Q(evidence="") & ~Q(purpose=""),
                name="gift_says_what_and_by_which_paper",
            ),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True, unit="") | Q(quantity__isnull=False, quantity__gt=0) & ~Q(unit=""),
                name="gift_quantity_has_unit",
            ),
            models.CheckConstraint(
                condition=Q(currency=DONG, amount__isnull=True, rate__isnull=True, rate_source="")
                | Q(nature=Nature.MONEY.value, amount__isnull=False, amount__gt=0, rate__isnull=False, rate__gt=0)
                & ~Q(currency__in=[DONG, ""])
                & ~Q(rate_source=""),
                name="gift_in_foreign_money_has_rate",
            ),
            models.CheckConstraint(
                condition=Q(state=State.PLEDGED, received_on__isnull=True, confirmed_on__isnull=True)
                | Q(state=State.RECEIVED, received_on__isnull=False, confirmed_on__isnull=True)
                | Q(state=State.CONFIRMED, received_on__isnull=False, confirmed_on__isnull=False)
                | Q(state__in=[State.REFUSED, State.WITHDRAWN], confirmed_on__isnull=True)
                | Q(state=State.CORRECTED),
                name="gift_state_fits_its_days",
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | Q(received_on__gte=F("day")), name="gift_received_after_given"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True, confirmed_by="")
                | Q(confirmed_on__isnull=False, confirmed_on__gte=F("received_on")) & ~Q(confirmed_by=""),
                name="gift_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_body__isnull=True) | Q(confirmed_on__isnull=False), name="gift_confirmed_by_body"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_on__isnull=False) & ~Q(ended_why="")
                | ~Q(state__in=ENDED) & Q(ended_on__isnull=True, ended_why=""),
                name="gift_ended_says_why",
            ),
            models.UniqueConstraint(
                fields=["bank_reference"],
                condition=~Q(bank_reference="") & ~Q(state__in=ENDED),
                name="gift_bank_reference_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} ({self.day:%d/%m/%Y})"

    @property
    def at(self) -> State:
        return State(self.state)


class Share(models.Model):
    """Phần đóng góp: what one giver has in a gift: an exact fraction, and whole đồng that sum to the gift's value.

    Without `party` the giver is not named, and `words` say what is known. A share is the line that an award may claim.
    """

    gift = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="shares")
    ordinal = models.PositiveSmallIntegerField()
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="given")
    words = models.CharField("người đóng góp không nêu tên", max_length=200, blank=True)
    numerator = models.PositiveIntegerField(default=1)
    denominator = models.PositiveIntegerField(default=1)
    amount = models.BigIntegerField("phần giá trị (đồng)")
    area_path = models.CharField(max_length=60, editable=False)
    append_only = ()
    privacy = Privacy(internal="gift ordinal party numerator denominator amount area_path", personal="words")
    walled = Wall("{area} OR party_id = {body} OR {party__managing_unit} = {body}", shows="gift party")

    class Meta:
        verbose_name = "phần đóng góp"
        ordering = ["gift", "ordinal"]
        indexes = [models.Index(fields=["party", "gift"], name="shares_of_giver")]
        constraints = [
            models.UniqueConstraint(fields=["gift", "ordinal"], name="share_ordinal_once"),
            models.UniqueConstraint(
                fields=["gift", "party"], condition=Q(party__isnull=False), name="giver_once_in_a_gift"
            ),
            models.CheckConstraint(
                condition=Q(numerator__gt=0, denominator__gte=F("numerator")), name="share_is_a_fraction"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="share_is_not_negative"),
            models.CheckConstraint(
                condition=Q(party__isnull=False, words="") | Q(party__isnull=True) & ~Q(words=""),
                name="giver_is_named_or_told",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party or self.words}: {self.numerator}/{self.denominator}"


WITH_GIFT = Wall('EXISTS (SELECT 1 FROM "contributions_contribution" WHERE "id" = "gift_id")')
"""Whoever sees the gift, by its place, its writer or one of its givers, sees what hangs on it."""


class Correction(models.Model):
    """Đính chính: a gift written wrongly is cancelled, with the reason and, if there is one, the gift written anew."""

    gift = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="correction")
    replacement = models.OneToOneField(Contribution, on_delete=models.PROTECT, null=True, related_name="corrects")
    reason = models.CharField("lý do", max_length=300)
    on = models.DateField("ngày")
    by = models.CharField("người đính chính", max_length=300)
    append_only = ()
    privacy = Privacy(internal="gift replacement on", personal="reason by")
    walled = WITH_GIFT

    class Meta:
        verbose_name = "đính chính"
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(by=""), name="correction_says_why_and_who"),
            models.CheckConstraint(
                condition=Q(replacement__isnull=True) | ~Q(replacement=F("gift")), name="gift_never_replaces_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gift_id} → {self.replacement_id}"
