"""The register: households, their members, and what happened to a household over the years."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from chungtay.law.poverty import Class
from chungtay.parties.models import Party
from chungtay.places.models import Place
from chungtay.places.scope import InArea
from chungtay.records.models import Editable
from chungtay.records.names import clean, fold
from chungtay.records.privacy import Privacy
from chungtay.records.wall_rules import Wall

STANDINGS = [(standing.value, standing.label) for standing in Class]


class HouseholdQuerySet(InArea["Household"]):
    """The households of an area."""

    def standing(self) -> "HouseholdQuerySet":
        """Those that are still there: not moved away, merged or died out."""
        return self.filter(closed_on__isnull=True)


class Household(Editable):
    """Hộ: people who live and spend together, in the register of their commune.

    The code stays for the household's whole life, wherever it moves. `persons` counts the members that are there and
    those `unnamed`, of whom a list gave only the number. `minority` follows from the people of head and spouse.
    `standing` is the class of the last recognised review ("" before the first), `standing_since` that review's day.
    """

    class Closed(models.TextChoices):
        MOVED_OUT = "moved_out", "Chuyển đi nơi khác"
        MERGED = "merged", "Nhập vào hộ khác"
        DIED = "died", "Không còn ai trong hộ"
        MISTAKE = "mistake", "Ghi nhầm, ghi trùng"

    code = models.CharField("mã hộ", max_length=20, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="households", verbose_name="xã, phường")
    area_path = models.CharField(max_length=60, editable=False)
    hamlet = models.CharField("ấp, khu phố", max_length=120)
    address = models.CharField("địa chỉ", max_length=250, blank=True)
    head_name = models.CharField("chủ hộ", max_length=250)
    head_folded = models.CharField(max_length=250, editable=False)
    persons = models.PositiveSmallIntegerField("số nhân khẩu", default=1)
    unnamed = models.PositiveSmallIntegerField("nhân khẩu chưa ghi tên", default=0)
    minority = models.BooleanField("hộ dân tộc thiểu số", default=False)
    no_labour = models.BooleanField("hộ không có khả năng lao động", default=False)
    merit = models.BooleanField("hộ có người có công với cách mạng", default=False)
    standing = models.CharField("loại hộ", max_length=15, choices=STANDINGS, blank=True, editable=False)
    standing_since = models.DateField("từ ngày", null=True, editable=False)
    escaped_on = models.DateField("ngày vượt chuẩn cận nghèo", null=True, editable=False)
    opened_on = models.DateField("ngày vào sổ")
    closed_on = models.DateField("ngày ra khỏi sổ", null=True, editable=False)
    closed_why = models.CharField("lý do ra khỏi sổ", max_length=10, choices=Closed.choices, blank=True, editable=False)
    party = models.OneToOneField(Party, on_delete=models.PROTECT, null=True, related_name="household", editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    privacy = Editable.EDITABLE + Privacy(
        internal="code place area_path opened_on closed_on closed_why party is_demo",
        personal="hamlet address head_name head_folded persons unnamed standing standing_since escaped_on",
        sensitive="minority no_labour merit",
    )
    walled = "area_path"
    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = "hộ"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["area_path", "-id"], name="household_by_area"),
            models.Index(fields=["area_path", "standing", "-id"], name="household_by_class"),
            models.Index(fields=["head_folded", "id"], name="household_by_head"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(head_name=""), name="household_has_head"),
            models.CheckConstraint(condition=~Q(hamlet=""), name="household_has_hamlet"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_why="") | (Q(closed_on__isnull=False) & ~Q(closed_why="")),
                name="household_closed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")), name="household_closes_after"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, persons__gt=F("unnamed")) | Q(closed_on__isnull=False, persons=0),
                name="household_holds_its_head",
            ),
            models.CheckConstraint(
                condition=Q(standing="", standing_since__isnull=True)
                | (Q(standing__in=[standing.value for standing in Class]) & Q(standing_since__isnull=False)),
                name="household_class_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.head_name}"

    def fill_derived(self, on: date) -> None:
        """Set what follows from the head's name and the place: the folded name, and the area as of `on`."""
        self.head_name = clean(self.head_name)
        self.head_folded = fold(self.head_name)
        self.area_path = self.place.on(on).path


class Member(Editable):
    """Nhân khẩu: a person of a household, from the day they joined it until the day they left it.

    Whoever goes from one household to another has a row in each; `origin` is the person's first row.
    """

    class Relation(models.TextChoices):
        HEAD = "head", "Chủ hộ"
        SPOUSE = "spouse", "Vợ, chồng"
        CHILD = "child", "Con"
        PARENT = "parent", "Cha, mẹ"
        GRANDPARENT = "grandparent", "Ông, bà"
        GRANDCHILD = "grandchild", "Cháu nội, cháu ngoại"
        SIBLING = "sibling", "Anh, chị, em"
        OTHER = "other", "Khác"

    class Identity(models.TextChoices):
        NONE = "none", "Chưa có giấy tờ"
        CMND = "cmnd", "CMND 9 số"
        CCCD = "cccd", "CCCD 12 số"

    class Left(models.TextChoices):
        DIED = "died", "Qua đời"
        MOVED = "moved", "Chuyển đi"
        OTHER_HOUSEHOLD = "other_household", "Sang hộ khác"
        MISTAKE = "mistake", "Ghi nhầm, ghi trùng"

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    name = models.CharField("họ và tên", max_length=250)
    name_folded = models.CharField(max_length=250, editable=False)
    relation = models.CharField("quan hệ với chủ hộ", max_length=12, choices=Relation.choices)
    gender = models.CharField("giới tính", max_length=1, choices=[("f", "Nữ"), ("m", "Nam")])
    birth_year = models.PositiveSmallIntegerField("năm sinh")
    born_on = models.DateField("ngày sinh", null=True, blank=True)
    ethnicity = models.CharField("dân tộc", max_length=30)
    identity = models.CharField("loại giấy tờ", max_length=4, choices=Identity.choices, default=Identity.NONE)
    id_number = models.CharField("số giấy tờ", max_length=12, blank=True)
    origin = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="later", editable=False)
    since = models.DateField("từ ngày")
    until = models.DateField("đến ngày", null=True, editable=False)
    left_why = models.CharField("lý do rời hộ", max_length=15, choices=Left.choices, blank=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    privacy = Editable.EDITABLE + Privacy(
        internal="household origin since until is_demo",
        personal="name name_folded relation gender birth_year born_on identity left_why",
        sensitive="ethnicity id_number",
    )
    walled = "household"

    class Meta:
        verbose_name = "nhân khẩu"
        ordering = ["household", "id"]
        indexes = [
            models.Index(fields=["household", "until"], name="members_of_household"),
            models.Index(fields=["id_number"], name="member_by_id_number", condition=~Q(id_number="")),
            models.Index(fields=["name_folded", "birth_year"], name="member_by_name"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="member_has_name"),
            models.CheckConstraint(condition=Q(birth_year__gte=1880, birth_year__lte=2100), name="member_birth_sane"),
            models.CheckConstraint(
                condition=Q(identity="none", id_number="")
                | Q(identity="cmnd", id_number__regex=r"^[0-9]{9}$")
                | Q(identity="cccd", id_number__regex=r"^[0-9]{12}$"),
                name="member_identity_fits",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True, left_why="")
                | (Q(until__isnull=False, until__gte=F("since")) & ~Q(left_why="")),
                name="member_left_says_why",
            ),
            models.UniqueConstraint(
                fields=["household"], condition=Q(relation="head", until__isnull=True), name="one_head_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["id_number"], condition=Q(until__isnull=True) & ~Q(id_number=""), name="one_household_a_person"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def person(self) -> int:
        """The key of the person: that of their first row."""
        return self.origin_id or self.pk


class Apart(models.Model):
    """Hai người khác nhau: somebody looked at two similar members and said that they are not the same person.

    Both are named by their first rows, so that it still holds when one of them goes to another household.
    """

    one = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    on = models.DateField("ngày")
    append_only = ()
    privacy = Privacy(internal="one other on")

    class Meta:
        verbose_name = "hai người khác nhau"
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="apart_in_order"),
            models.UniqueConstraint(fields=["one", "other"], name="members_told_apart_once"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ≠ {self.other_id}"


class CodeSeries(models.Model):
    """Dãy mã hộ: the last serial that was given out under a commune's code; none is given twice."""

    prefix = models.CharField("mã xã", max_length=10, unique=True)
    last = models.PositiveIntegerField("số sau cùng", default=0)
    privacy = Privacy(internal="prefix last")

    class Meta:
        verbose_name = "dãy mã hộ"
        constraints = [models.CheckConstraint(condition=~Q(prefix=""), name="code_series_has_prefix")]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.last:05d}"


class EventQuerySet(InArea["Event"]):
    """What happened in an area, as it was written then."""


class Event(models.Model):
    """Biến động của hộ: one line of a household's history, never changed.

    `area_path` is that of the household at that time: a commune that a household has left keeps what happened in it,
    and sees no more of the household. `persons` is how many people the line is about.
    """

    class Kind(models.TextChoices):
        OPENED = "opened", "Ghi vào sổ"
        MOVED_IN = "moved_in", "Chuyển đến"
        MOVED_OUT = "moved_out", "Chuyển đi"
        MOVED = "moved", "Chuyển chỗ ở trong xã"
        SPLIT_OFF = "split_off", "Tách một hộ mới"
        SPLIT_FROM = "split_from", "Tách ra từ hộ khác"
        MERGED_INTO = "merged_into", "Nhập vào hộ khác"
        TOOK_IN = "took_in", "Nhận hộ khác nhập vào"
        NEW_HEAD = "new_head", "Đổi chủ hộ"
        JOINED = "joined", "Thêm nhân khẩu"
        LEFT = "left", "Bớt nhân khẩu"
        DIED = "died", "Có người qua đời"
        CLOSED = "closed", "Ra khỏi sổ"
        REOPENED = "reopened", "Ghi lại vào sổ"
        CORRECTED = "corrected", "Sửa thông tin"

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField("biến động", max_length=12, choices=Kind.choices)
    on = models.DateField("ngày")
    other = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="+")
    persons = models.PositiveSmallIntegerField("số người", default=0)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    area_path = models.CharField(max_length=60, editable=False)
    append_only = ()
    privacy = Privacy(internal="household kind on other area_path", personal="persons note")
    walled = Wall("{area} OR {household__area}", shows="household")
    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "biến động của hộ"
        ordering = ["-on", "-id"]
        indexes = [
            models.Index(fields=["household", "-on", "-id"], name="events_of_household"),
            models.Index(fields=["area_path", "-on", "-id"], name="events_of_area"),
            models.Index(fields=["-on", "-id"], name="events_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["split_off", "split_from", "merged_into", "took_in"]) | Q(other__isnull=False),
                name="event_names_the_other",
            )
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.get_kind_display()} {self.on}"
