"""Users, desks, seats and notices."""

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from chungtay.law.procedure import Desk as DeskKind
from chungtay.parties.models import Party
from chungtay.places.models import Place
from chungtay.places.scope import Scope, recent_scope_of
from chungtay.records.privacy import Privacy

# A unit sees what is its own, whatever its place; every other desk sees the area that it sits in.
BODY_ONLY = frozenset({DeskKind.UNIT})


class User(AbstractUser):
    """Người dùng: a person who works here. Rights come from seats, never from this row."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField("họ và tên", max_length=120)
    privacy = Privacy(
        internal="username is_staff is_superuser is_active date_joined password last_login", personal="full_name email"
    )

    class Meta:
        verbose_name = "người dùng"

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name


class Desk(models.Model):
    """Bàn làm việc: a post in a body with its kind of work and its area."""

    kind = models.CharField("loại", max_length=12, choices=[(k.value, k.label) for k in DeskKind])
    name = models.CharField("tên", max_length=160)
    body = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="desks", verbose_name="cơ quan")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="desks", verbose_name="địa bàn")
    privacy = Privacy(internal="kind name body place")

    class Meta:
        verbose_name = "bàn làm việc"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "body", "name"], name="one_desk_per_kind_and_body"),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in DeskKind]), name="desk_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def desk_kind(self) -> DeskKind:
        return DeskKind(self.kind)


class SeatQuerySet(models.QuerySet["Seat"]):
    def valid(self, on: date) -> "SeatQuerySet":
        """Seats in force on that day: from the first day to the last, both included."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)


class Seat(models.Model):
    """Phân công: one person at one desk between two days; delegated seats name whose work they do."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="seats")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="seats")
    since = models.DateField("từ ngày")
    until = models.DateField("đến hết ngày", null=True, blank=True)
    delegated_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="delegated"
    )
    title = models.CharField("chức danh ký", max_length=120, blank=True)
    privacy = Privacy(internal="user desk since until delegated_from title")
    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = "phân công"
        ordering = ["desk__name", "id"]
        indexes = [models.Index(fields=["user", "since"], name="seats_of_user")]
        constraints = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="seat_ends_after"),
            models.UniqueConstraint(fields=["user", "desk", "since"], name="one_seat_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.desk}"

    @property
    def body_id(self) -> int:
        return self.desk.body_id

    @property
    def kind(self) -> DeskKind:
        return self.desk.desk_kind

    def scope(self, on: date) -> Scope:
        """The area whose rows this seat may see; nothing for desks that see only their own body's."""
        if self.kind in BODY_ONLY:
            return Scope(())
        if not hasattr(self, "_scopes"):
            self._scopes: dict[date, Scope] = {}
        if on not in self._scopes:
            self._scopes[on] = recent_scope_of(self.desk.place, on=on)
        return self._scopes[on]

    def journal_identity(self) -> tuple[str, str, str, str]:
        """(key, name, desk, area) as text; a delegate is written with whose work they do."""
        name = str(self.user)
        if self.delegated_from is not None:
            name = f"{name} (thay {self.delegated_from.user})"
        return str(self.user_id), name, self.desk.name, self.desk.body.area_path


class Notice(models.Model):
    """Thông báo: one sentence for a desk, with where to go."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="notices")
    text = models.CharField("nội dung", max_length=400)
    link = models.CharField(max_length=200, blank=True)
    on = models.DateField("ngày")
    read_at = models.DateTimeField(null=True, blank=True)
    privacy = Privacy(internal="desk link on read_at", personal="text")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["desk", "-id"], name="notices_of_desk")]

    def __str__(self) -> str:
        return self.text
