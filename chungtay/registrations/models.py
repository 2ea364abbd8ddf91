"""Registrations, among them a household's own wish to leave poverty."""

from datetime import date

from django.db import models
from django.db.models import Q

from chungtay.law.procedure import PROPOSING, Desk
from chungtay.movements.models import Movement
from chungtay.parties.models import Party, Viewer
from chungtay.records.models import Editable
from chungtay.records.privacy import Privacy
from chungtay.records.wall_rules import Wall

_READERS = "({})".format(", ".join(f"'{kind.value}'" for kind in sorted({*PROPOSING, Desk.BOARD})))
"""As `reads_poverty`, in the words of the second wall."""


def reads_poverty(kind: Desk) -> bool:
    """Whether the desk reads of a household that registers whether it is poor: those that propose, and the Board."""
    return kind in PROPOSING or kind is Desk.BOARD


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def visible_to(self, viewer: Viewer | None, on: date) -> "RegistrationQuerySet":
        """Registrations of parties in the viewer's area or managed by the viewer's body.

        That a household wishes to leave poverty tells that it is poor: who neither proposes nor appraises reads it
        only of whom the own body manages.
        """
        if viewer is None:
            return self.none()
        mine = viewer.scope(on).where("area_path")
        if not reads_poverty(viewer.kind):
            mine &= ~Q(kind=Registration.Kind.LEAVE_POVERTY.value)
        if viewer.body_id is not None:
            mine |= Q(party__managing_unit_id=viewer.body_id) | Q(party_id=viewer.body_id)
        return self.filter(mine)

    def standing(self) -> "RegistrationQuerySet":
        """Those that were not withdrawn."""
        return self.filter(withdrawn_on__isnull=True)


class Registration(Editable):
    """Đăng ký thi đua: a party takes up one content for a year or the whole phase (KH II.2, III.1, V.1.1)."""

    class Kind(models.TextChoices):
        EMULATION = "emulation", "Đăng ký thi đua"
        LEAVE_POVERTY = "leave_poverty", "Tự nguyện đăng ký thoát nghèo"

    class HouseholdClass(models.TextChoices):
        POOR = "poor", "Hộ nghèo"
        NEAR_POOR = "near_poor", "Hộ cận nghèo"
        NEWLY_ESCAPED = "newly_escaped", "Hộ mới thoát nghèo"

    WHOLE_PHASE = 0

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="registrations", verbose_name="đối tượng")
    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="registrations")
    kind = models.CharField("hình thức", max_length=15, choices=Kind.choices, default=Kind.EMULATION)
    content = models.CharField("nội dung thi đua", max_length=10)
    year = models.PositiveSmallIntegerField("năm", help_text="0: cả giai đoạn")
    household_class = models.CharField("diện hộ khi đăng ký", max_length=15, choices=HouseholdClass.choices, blank=True)
    pledge = models.TextField("nội dung cam kết", blank=True)
    registered_on = models.DateField("ngày đăng ký")
    area_path = models.CharField(max_length=60, editable=False)
    withdrawn_on = models.DateField(null=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)
    privacy = Editable.EDITABLE + Privacy(
        internal="party movement kind content year registered_on area_path withdrawn_on is_demo",
        personal="household_class pledge withdrawn_why",
    )
    walled = Wall(
        f"{{area}} AND (kind <> 'leave_poverty' OR {{kind}} IN {_READERS})"
        " OR party_id = {body} OR {party__managing_unit} = {body}",
        shows="party",
    )
    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = "đăng ký"
        ordering = ["-registered_on", "-id"]
        indexes = [
            models.Index(fields=["area_path", "-registered_on", "-id"], name="registration_by_area"),
            models.Index(fields=["party", "content"], name="registrations_of_party"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "movement", "kind", "content", "year"],
                condition=Q(withdrawn_on__isnull=True),
                name="registered_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_why=""), name="withdrawal_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} · {self.content} · {self.year or 'cả giai đoạn'}"
