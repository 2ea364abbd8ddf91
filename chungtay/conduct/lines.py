"""Dòng sổ: what all registers of this room have in common."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

from chungtay.documents.models import StoredFile
from chungtay.law.refusals import Conflict, Reason
from chungtay.parties.models import Party, Viewer
from chungtay.records.privacy import Privacy

Row = TypeVar("Row", bound=models.Model)
LAID_DOWN = ("ended_on", "ended_why")
"""The columns by which a line is laid down; no others of a line ever change."""


@dataclass(frozen=True)
class Proof:
    """Minh chứng: a kept file under the name that people know it by."""

    file: StoredFile
    name: str


class Lines(models.QuerySet[Row]):
    """Lines of one register. `own`: the columns that name the bodies whose line it is, wherever they sit."""

    own: ClassVar[tuple[str, ...]] = ()

    def visible_to(self, viewer: Viewer | None, on: date) -> Self:
        """Those of the viewer's area, and the viewer's body's own."""
        if viewer is None:
            return self.none()
        mine = viewer.scope(on).where("area_path")
        for column in self.own if viewer.body_id is not None else ():
            mine |= Q(**{column: viewer.body_id})
        return self.filter(mine)

    def in_force(self) -> Self:
        """Those that were neither corrected nor taken out."""
        return self.filter(Q(ended_on__isnull=True))


class Line(models.Model):
    """Dòng sổ: entered once by one body; corrected by a new line that names it (`corrects`), never rewritten.

    A line holds until `ended_on`, the day on which it was corrected or taken out, and says why.
    """

    area_path = models.CharField(max_length=60, editable=False)
    entered_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", verbose_name="nơi ghi sổ")
    entered_on = models.DateField("ngày ghi sổ")
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    ended_on = models.DateField("thôi dùng từ ngày", null=True)
    ended_why = models.CharField("lý do thôi dùng", max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField("tên tệp", max_length=200, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)
    LINE: ClassVar[Privacy] = Privacy(
        internal="area_path entered_by entered_on corrects ended_on file is_demo", personal="ended_why file_name"
    )

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_why="") | (Q(ended_on__isnull=False) & ~Q(ended_why="")),
                name="%(class)s_ended_says_why",
            ),
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="%(class)s_corrected_once"
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=True, file_name="") | (Q(file__isnull=False) & ~Q(file_name="")),
                name="%(class)s_file_has_name",
            ),
        ]

    def prove(self, proof: Proof | None) -> None:
        """Hang a file on the line before it is written."""
        if proof is not None:
            self.file, self.file_name = proof.file, proof.name.strip()[:200] or "minh chứng"


class Told(Line):
    """Lời báo: one side tells what it did, the other answers; until it is accepted it counts for nothing."""

    answered_by = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField("ngày trả lời", null=True)
    accepted = models.BooleanField("được xác nhận", null=True)
    answer = models.CharField("ý kiến của nơi nhận", max_length=300, blank=True)
    TOLD: ClassVar[Privacy] = Line.LINE + Privacy(internal="answered_by answered_on accepted", personal="answer")

    class Meta(Line.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Line.Meta.constraints,
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True, answered_on__isnull=True, accepted__isnull=True, answer="")
                | Q(answered_by__isnull=False, answered_on__isnull=False, accepted__isnull=False),
                name="%(class)s_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True) | Q(accepted=True) | ~Q(answer=""), name="%(class)s_refused_says_why"
            ),
        ]


ANSWERED = (*LAID_DOWN, "answered_by_id", "answered_on", "accepted", "answer")
"""The columns of a told line that may still change: its answer, and being laid down."""
RACED = "Người khác vừa sửa dòng này trước bạn. Xem dòng mới rồi làm lại."


def hold(row: Line) -> None:
    """Keep a line standing until this transaction ends, so that what is hung on it goes with its correction.

    Raises Conflict if somebody else laid it down meanwhile.
    """
    rows: models.QuerySet[Line] = type(row)._default_manager.filter(Q(pk=row.pk, ended_on__isnull=True))
    if not list(rows.select_for_update().values_list("pk", flat=True)):
        raise Conflict([Reason(RACED)])


def lay_down(row: Line, *, why: str, on: date) -> None:
    """End a line on `on`. Raises Conflict if somebody else did so first."""
    why = why.strip()[:300]
    found: models.QuerySet[Line] = type(row)._default_manager.filter(Q(pk=row.pk, ended_on__isnull=True))
    if found.update(ended_on=on, ended_why=why) != 1:
        raise Conflict([Reason(RACED)])
    row.ended_on, row.ended_why = on, why


def put_answer(row: Told, *, body: Party, accepted: bool, answer: str, on: date) -> None:
    """Write the other side's answer. Raises Conflict if it was given, or the line laid down, in between."""
    told = {"answered_by": body, "answered_on": on, "accepted": accepted, "answer": answer.strip()[:300]}
    found: models.QuerySet[Told] = type(row)._default_manager.filter(
        Q(pk=row.pk, ended_on__isnull=True, answered_on__isnull=True)
    )
    if found.update(**told) != 1:
        raise Conflict([Reason(RACED)])
    for name, value in told.items():
        setattr(row, name, value)
