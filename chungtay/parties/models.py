"""Parties and what is on record against them."""

from datetime import date
from typing import Protocol

from django.db import models
from django.db.models import Q

from chungtay.law.money import Payee
from chungtay.law.procedure import Desk
from chungtay.parties.kinds import BODIES, PartyKind, payee_of
from chungtay.parties.search import matching, searchable
from chungtay.places.models import Place
from chungtay.places.scope import Scope
from chungtay.records.models import Editable
from chungtay.records.names import clean
from chungtay.records.privacy import Privacy
from chungtay.records.wall_rules import Wall


class Viewer(Protocol):
    """Who looks: a seat. It knows its kind, its area, and the body whose own parties it manages."""

    @property
    def kind(self) -> Desk: ...

    def scope(self, on: date) -> Scope: ...

    @property
    def body_id(self) -> int | None: ...


class PartyQuerySet(models.QuerySet["Party"]):
    def visible_to(self, viewer: Viewer | None, on: date) -> "PartyQuerySet":
        """The parties in the viewer's area, and those that the viewer's own body manages."""
        if viewer is None:
            return self.none()
        mine = viewer.scope(on).where("area_path")
        if viewer.body_id is not None:
            mine |= Q(managing_unit_id=viewer.body_id) | Q(pk=viewer.body_id)
        return self.filter(mine)

    def parts_visible_to(self, viewer: Viewer | None, on: date) -> "list[PartyQuerySet]":
        """The same parties as `visible_to` in parts that may overlap, each walked along an index from its own start."""
        if viewer is None:
            return [self.none()]
        scope = viewer.scope(on)
        inside = self.filter(scope.within("area_path"))
        if viewer.body_id is None or scope == Scope.everything():
            return [inside]
        return [inside, self.filter(Q(managing_unit_id=viewer.body_id) | Q(pk=viewer.body_id))]

    def search(self, text: str) -> "PartyQuerySet":
        """Parties whose name holds every word of `text`, with or without accents, in any order, the last only begun."""
        return matching(self, text)


class Party(Editable):
    """Đối tượng thi đua: a body, community, household or person that takes part (W1)."""

    kind = models.CharField("loại đối tượng", max_length=30, choices=PartyKind.choices)
    name = models.CharField("tên đầy đủ", max_length=250)
    name_folded = models.CharField(max_length=250, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="parties", verbose_name="địa bàn")
    area_path = models.CharField(max_length=60, editable=False)
    managing_unit = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="managed", verbose_name="đơn vị quản lý"
    )
    hamlet = models.CharField("ấp, khu phố", max_length=120, blank=True)
    address = models.CharField("địa chỉ", max_length=250, blank=True)
    post = models.CharField("chức vụ, nghề nghiệp", max_length=200, blank=True)
    is_leader = models.BooleanField("là lãnh đạo", default=False)
    gender = models.CharField("giới tính", max_length=1, blank=True, choices=[("f", "Nữ"), ("m", "Nam")])
    birth_year = models.PositiveSmallIntegerField("năm sinh", null=True, blank=True)
    id_number = models.CharField("số CMND/CCCD", max_length=12, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    ethnicity = models.CharField("dân tộc", max_length=30, blank=True)
    registered_on = models.DateField("ngày ghi sổ", null=True)
    is_demo = models.BooleanField(default=False, editable=False)
    privacy = Editable.EDITABLE + Privacy(
        internal="kind place area_path managing_unit is_demo registered_on is_leader",
        personal="name name_folded hamlet address post gender birth_year phone",
        sensitive="id_number ethnicity",
    )
    walled = Wall(
        "{area} OR managing_unit_id = {body} OR id = {body}",
        known="kind IN ({})".format(", ".join(f"'{kind.value}'" for kind in sorted(BODIES))),
    )
    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = "đối tượng"
        ordering = ["name_folded", "id"]
        indexes = [
            models.Index(fields=["area_path", "name_folded", "id"], name="party_by_area"),
            models.Index(fields=["name_folded", "id"], name="party_by_name"),
            models.Index(fields=["kind", "area_path", "name_folded", "id"], name="party_by_kind"),
            models.Index(fields=["managing_unit", "area_path", "name_folded", "id"], name="party_by_manager"),
            models.Index(fields=["id_number"], name="party_by_id_number", condition=~Q(id_number="")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PartyKind.values), name="party_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="party_has_name"),
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__gte=1900, birth_year__lte=2100),
                name="party_birth_year_sane",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def fill_derived(self, on: date) -> None:
        """Set what follows from name and place: the folded name, and the area as of `on`."""
        self.name = clean(self.name)
        self.name_folded = searchable(self.name)
        self.area_path = self.place.on(on).path

    @property
    def payee(self) -> Payee:
        """Person, household or collective, for the law of money."""
        return payee_of(self.kind)


class Discipline(models.Model):
    """Kỷ luật, khiếu nại, điều tra: what stands against a party, with its dates (KH IV.1.1, fifth criterion).

    `until`: the last day of a discipline's effect; of a matter under way the day on which it was closed, which is free
    of it already.
    """

    class Form(models.TextChoices):
        CRITICISM = "criticism", "Phê bình, nhắc nhở"
        REPRIMAND = "reprimand", "Khiển trách"
        WARNING = "warning", "Cảnh cáo"
        PAY_CUT = "pay_cut", "Hạ bậc lương"
        DEMOTION = "demotion", "Giáng chức"
        REMOVAL = "removal", "Cách chức"
        DISMISSAL = "dismissal", "Buộc thôi việc, sa thải"
        EXPULSION = "expulsion", "Khai trừ"
        PENDING = "pending", "Đang thanh tra, điều tra hoặc xác minh khiếu nại, tố cáo"

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="disciplines")
    form = models.CharField("hình thức", max_length=12, choices=Form.choices)
    since = models.DateField("từ ngày")
    until = models.DateField("hết hiệu lực", null=True, blank=True)
    source = models.CharField("văn bản", max_length=200)
    recorded_on = models.DateField()
    append_only = ("until",)
    privacy = Privacy(internal="party recorded_on", sensitive="form since until source")
    walled = "party"

    class Meta:
        verbose_name = "kỷ luật"
        indexes = [models.Index(fields=["party", "since"], name="discipline_of_party")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="discipline_ends_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()} {self.since}"

    def in_force(self, on: date) -> bool:
        """Whether it stands against the party on that day, as the law of exclusions reads its days."""
        if self.since > on or self.until is None:
            return self.since <= on
        return self.until > on if self.form == self.Form.PENDING else self.until >= on


class Different(models.Model):
    """Hai đối tượng khác nhau: a person looked at two similar parties and said that they are not the same."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="told_apart")
    other = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    append_only = ()
    privacy = Privacy(internal="party other on")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "other"], name="told_apart_once")]

    def __str__(self) -> str:
        return f"{self.party_id} ≠ {self.other_id}"
