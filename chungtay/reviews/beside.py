"""Công nhận trong năm beside the yearly review: what a granted request and a sheet say of one and the same household.

Neither changes the other. Where a sheet was scored before the decision, with another class, people are told to look at
it again: on the sheet, at the request, on the commune's page and by a notice.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from django.urls import reverse

from chungtay.accounts.models import Seat
from chungtay.households.models import STANDINGS
from chungtay.law.poverty import Class
from chungtay.reviews.assessments import Application, Assessment
from chungtay.reviews.rounds import CommuneReview

SHOWN = 50
LABELS = dict(STANDINGS)


@dataclass(frozen=True)
class Beside:
    """A sheet, the request that was granted since the round before, and whether to look at the sheet again."""

    sheet: Assessment
    request: Application
    again: bool

    def told(self) -> dict[str, Any]:
        """For a page: what each of the two says, with the address of each."""
        sheet, request = self.sheet, self.request
        said = f"Phiếu năm {sheet.review.round.year}: {LABELS.get(sheet.standing, 'chưa chấm điểm')}"
        if sheet.assessed_on is not None:
            said += f", chấm ngày {sheet.assessed_on:%d/%m/%Y}"
        return {
            "again": self.again, "class": LABELS.get(request.standing, ""), "sheet": f"{said}.",
            "decided": f"Giấy đề nghị được công nhận ngày {request.decided_on:%d/%m/%Y} theo {request.decision}: "
            f"{LABELS.get(request.standing, '')}.",
            "sheet_href": reverse("reviews:assessment", args=[sheet.pk]),
            "request_href": reverse("reviews:request", args=[request.pk]),
        }  # fmt: skip


def differ(sheet: Assessment, request: Application) -> bool:
    """Whether the sheet was scored before the decision and puts the household onto another list, or none."""
    if not sheet.standing or sheet.assessed_on is None or request.decided_on is None:
        return False
    return sheet.assessed_on <= request.decided_on and _list(sheet.standing) != _list(request.standing)


def _list(standing: str) -> str:
    """The class where it is one of the lists; "" for all those that are on none."""
    return standing if standing and Class(standing).is_listed else ""


def of_sheet(sheet: Assessment, by: Seat, on: date) -> Beside | None:
    """The last request granted between the round before and the lock of the sheet's round; None where there is none."""
    round = sheet.review.round
    rows = Application.objects.visible_to(by, on).filter(household=sheet.household_id, state=Application.State.GRANTED)
    if round.previous is not None:
        rows = rows.filter(decided_on__gt=round.previous.review_on)
    if round.locked_on is not None:
        rows = rows.filter(decided_on__lte=round.locked_on)
    request = rows.order_by("-decided_on", "-id").first()
    if request is None:
        return None
    return Beside(sheet, request, not sheet.replaced and round.locked_on is None and differ(sheet, request))


def of_request(request: Application, rows: Iterable[Assessment]) -> list[Beside]:
    """The sheets among `rows` (in force, of rounds that are not locked) that this granted request stands beside."""
    if request.state != Application.State.GRANTED:
        return []
    return [Beside(one, request, differ(one, request)) for one in rows]


def open_sheets(household: int) -> list[Assessment]:
    """The sheets in force of a household in rounds that are not locked."""
    rows = Assessment.objects.in_force().filter(household=household, review__round__locked_on__isnull=True)
    return list(rows.select_related("review__round", "household").order_by("-id")[:SHOWN])


def to_look_at(review: CommuneReview) -> list[Beside]:
    """The sheets of a commune's open review that were scored before a decision that says otherwise. Two queries."""
    if review.round.locked_on is not None:
        return []
    late = Assessment.objects.in_force().filter(
        review=review, household__applications__state=Application.State.GRANTED,
        household__applications__decided_on__gte=F("assessed_on"),
    ).exclude(standing="")  # fmt: skip
    sheets = list(late.select_related("household", "review__round").order_by("hamlet", "pk").distinct()[:SHOWN])
    last = _last_granted([sheet.household_id for sheet in sheets])
    found = [(sheet, last[sheet.household_id]) for sheet in sheets if sheet.household_id in last]
    return [Beside(sheet, request, True) for sheet, request in found if differ(sheet, request)]


def _last_granted(households: Collection[int]) -> dict[int, Application]:
    if not households:
        return {}
    rows = Application.objects.filter(household__in=households, state=Application.State.GRANTED)
    return {row.household_id: row for row in rows.order_by("decided_on", "id")}


def notices(request: Application, sheets: Sequence[Assessment], body: int) -> list[tuple[int, str, str]]:
    """What the commune is told after a request was granted: the sheets to look at again, each with its address."""
    return [
        (
            body,
            f"Hộ {one.household.code} vừa được công nhận {LABELS[request.standing]} theo giấy đề nghị, nhưng phiếu rà "
            f"soát năm {one.review.round.year} đã chấm là {LABELS[one.standing]}: hãy xem lại phiếu.",
            reverse("reviews:assessment", args=[one.pk]),
        )
        for one in sheets
        if differ(one, request)
    ]  # fmt: skip
