"""Places and their lives: every question is asked as of a day."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.urls import reverse

from chungtay.law.refusals import Refused
from chungtay.places.kinds import Kind, Level, kind_of, split_kind
from chungtay.records.names import fold
from chungtay.records.privacy import Privacy

VERSION: str = "version"  # what `as_of` adds to each place; conditions on it stand in Q, whose names nobody can check
DIGITS = 5  # of a place's id in a path: 99,999 places; the whole country has had about 15,000


class NoPlaceThen(Refused):
    """Không có đơn vị vào ngày đó: the unit or code did not exist on the day that was asked about."""


def alive(day: date, prefix: str = "") -> Q:
    """Holds on `day`: from the first day `since`, until the day before `until`."""
    return Q(**{f"{prefix}since__lte": day}) & (
        Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gt": day})
    )


def days(since: date, until: date | None) -> str:
    """The days from `since` to the one before `until`, both named, as a clerk says them."""
    if until is None:
        return f"từ {since:%d/%m/%Y} đến nay"
    return f"từ {since:%d/%m/%Y} đến hết {until - timedelta(days=1):%d/%m/%Y}"


class PlaceQuerySet(models.QuerySet["Place"]):
    """Starting points of every question about places. Only `search` looks through all times."""

    def as_of(self, day: date) -> PlaceQuerySet:
        """The units that existed on `day`, in tree order, each with its version of that day in `.version`."""
        held = FilteredRelation("versions", condition=alive(day, "versions__"))
        found = self.annotate(version=held).filter(alive(day), version__isnull=False)
        return found.select_related(VERSION).order_by("version__path")

    def communes(self, day: date) -> PlaceQuerySet:
        """Xã, phường, thị trấn, đặc khu of that day."""
        return self.as_of(day).filter(level=Level.COMMUNE)

    def children(self, place: Place, day: date) -> PlaceQuerySet:
        """The units right under `place` on that day."""
        return self.as_of(day).filter(Q(version__parent=place))

    def search(self, text: str) -> PlaceQuerySet:
        """Units with a name, of any time, that has a word beginning with each word of `text`; or with such a code.

        With or without accents; a kind in front ("xã", "tp") narrows. Narrow to a day with `.as_of(day).search(text)`.
        """
        kind, rest = split_kind(text)
        if kind is None and not rest:
            return self.none()
        versions = PlaceVersion.objects.all() if kind is None else PlaceVersion.objects.filter(kind=kind)
        named = Q()
        for word in rest.split():
            named &= Q(name_folded__startswith=word) | Q(name_folded__contains=f" {word}")
        if rest.isdigit():
            named |= Q(code__startswith=rest)
        return self.filter(Exists(versions.filter(named, place=OuterRef("pk"))))

    def by_code(self, code: str, day: date) -> Place:
        """The unit that bore the statistics office's `code` on `day`. Raises NoPlaceThen."""
        found = self.as_of(day).filter(Q(version__code=code)).first() if code else None
        if found is None:
            raise NoPlaceThen.because(f"Ngày {day:%d/%m/%Y} không có đơn vị nào mang mã “{code}”.")
        return found

    def by_name(self, kind: str, name: str, district: str, day: date) -> PlaceQuerySet:
        """Every unit of that day that fits kind, name and district, any of which may be empty: none, one or several.

        Names alone are ambiguous (two communes Bình An; a town and a commune Vĩnh Thuận in one district), so whoever
        asks with too little gets all candidates to choose from, never a guess. Accents and the kind's place are free.
        """
        said, bare = split_kind(name)
        found = self.as_of(day)
        if bare:
            found = found.filter(Q(version__name_folded=bare))
        if kind or said:
            found = found.filter(Q(version__kind=kind_of(kind) if kind else said))
        if district:
            district_kind, district_name = split_kind(district)
            above = PlaceVersion.objects.filter(alive(day), name_folded=district_name, place__level=Level.DISTRICT)
            if district_kind is not None:
                above = above.filter(kind=district_kind)
            found = found.filter(Q(version__parent__in=above.values("place")))
        return found


class Place(models.Model):
    """Đơn vị hành chính: one unit with one life, from `since` until the day before `until` (none: it still exists).

    Names, kinds, codes and superiors change within a life and stand in its versions. A merger ends lives and begins
    another; successions tell which.
    """

    level = models.CharField("cấp", max_length=8, choices=Level.choices)
    key = models.SlugField("khoá", max_length=40, unique=True)
    title = models.CharField("tên gọi sau cùng", max_length=250, blank=True, editable=False)
    since = models.DateField("từ ngày")
    until = models.DateField("đến trước ngày", null=True, blank=True)
    source = models.CharField("nguồn", max_length=300, blank=True)
    assumed = models.CharField("giả định", max_length=300, blank=True)
    privacy = Privacy(public="level key title since until source assumed")
    objects = PlaceQuerySet.as_manager()
    version: PlaceVersion  # set by `as_of`

    class Meta:
        verbose_name = "địa bàn"
        verbose_name_plural = "địa bàn"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="place_level_known"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__lt=F("until")), name="place_begins_before_it_ends"
            ),
            models.CheckConstraint(condition=~Q(key=""), name="place_has_key"),
        ]

    def __str__(self) -> str:
        return self.title or self.key

    def get_absolute_url(self) -> str:
        return reverse("places:detail", args=[self.key])

    def on(self, day: date) -> PlaceVersion:
        """The version in force on `day`. Raises NoPlaceThen outside the unit's life."""
        known = self.__dict__.get("version")
        if known is not None and known.holds_on(day):
            return known
        found = PlaceVersion.objects.filter(alive(day), place=self).first()
        if found is None:
            raise NoPlaceThen.because(f"{self} không có vào ngày {day:%d/%m/%Y}: {self.life}.")
        return found

    def name_on(self, day: date) -> str:
        """Full name of that day, as "Phường Vĩnh Bảo". Raises NoPlaceThen."""
        return self.on(day).full_name

    def path_on(self, day: date) -> str:
        """The area path to write into rows of that day. Raises NoPlaceThen."""
        return self.on(day).path

    @property
    def path(self) -> str:
        """The path of the last version: for what has no day of its own."""
        last = PlaceVersion.objects.filter(place=self).order_by("-since").first()
        if last is None:
            raise NoPlaceThen.because(f"{self} chưa có tên gọi nào trong danh mục.")
        return last.path

    @property
    def life(self) -> str:
        """The unit's life in words."""
        return f"có {days(self.since, self.until)}"


class PlaceVersionQuerySet(models.QuerySet["PlaceVersion"]):
    def as_of(self, day: date) -> PlaceVersionQuerySet:
        """The versions in force on `day`, in tree order, with their place."""
        return self.filter(alive(day)).select_related("place").order_by("path")


class PlaceVersion(models.Model):
    """Tên gọi, loại, mã và đơn vị cấp trên của một địa bàn trong một khoảng ngày."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="versions")
    since = models.DateField("từ ngày")
    until = models.DateField("đến trước ngày", null=True, blank=True)
    code = models.CharField("mã", max_length=10, blank=True)
    kind = models.CharField("loại", max_length=10, choices=Kind.choices)
    name = models.CharField("tên", max_length=120)
    name_folded = models.CharField(max_length=120, editable=False)
    parent = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    path = models.CharField(max_length=DIGITS * 4, editable=False)
    source = models.CharField("nguồn", max_length=300)
    assumed = models.CharField("giả định", max_length=300, blank=True)
    privacy = Privacy(public="place since until code kind name name_folded parent path source assumed")
    objects = PlaceVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "tên gọi của địa bàn"
        ordering = ["place", "since"]
        indexes = [
            models.Index(fields=["path"], name="place_version_by_path"),
            models.Index(fields=["code"], name="place_version_by_code"),
            models.Index(fields=["name_folded"], name="place_version_by_name"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="place_kind_known"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__lt=F("until")), name="version_begins_before_it_ends"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(name_folded=""), name="version_has_name"),
            models.CheckConstraint(condition=~Q(path=""), name="version_has_path"),
            models.UniqueConstraint(fields=["place", "since"], name="one_version_per_first_day"),
            models.UniqueConstraint(fields=["place"], condition=Q(until__isnull=True), name="one_open_version"),
            models.UniqueConstraint(fields=["code", "since"], condition=~Q(code=""), name="one_unit_per_code_and_day"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Kind and name as documents write them: "Thị trấn Thứ Ba"."""
        return f"{self.get_kind_display()} {self.name}"

    @property
    def days(self) -> str:
        """When this held, in words."""
        return days(self.since, self.until)

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    def fill_derived(self, parent_path: str) -> None:
        """Set what follows from name and superior: the folded name and the path. Raises ValueError past 99,999."""
        if self.place_id >= 10**DIGITS:
            raise ValueError(f"place {self.place_id} does not fit in {DIGITS} digits of a path")
        self.name_folded = fold(self.name)
        self.path = f"{parent_path}{self.place_id:0{DIGITS}d}"


class Succession(models.Model):
    """Kế thừa: the unit that went on after another from the day `on`."""

    class Kind(models.TextChoices):
        MERGED = "merged", "Nhập toàn bộ"
        RENAMED = "renamed", "Đổi tên hoặc đổi loại toàn bộ"
        RESHAPED = "reshaped", "Điều chỉnh một phần địa giới"

    WHOLE = (Kind.MERGED.value, Kind.RENAMED.value)
    """Kinds by which the successor takes over everything, rows included."""

    predecessor = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="origins")
    on = models.DateField("từ ngày")
    kind = models.CharField("cách", max_length=8, choices=Kind.choices)
    source = models.CharField("nguồn", max_length=300)
    assumed = models.CharField("giả định", max_length=300, blank=True)
    privacy = Privacy(public="predecessor successor on kind source assumed")

    class Meta:
        verbose_name = "kế thừa địa bàn"
        ordering = ["on", "predecessor", "successor"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["merged", "renamed", "reshaped"]), name="succession_kind_known"
            ),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="nobody_succeeds_itself"),
            models.UniqueConstraint(fields=["predecessor", "successor"], name="one_succession_per_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id} ({self.on:%d/%m/%Y})"
