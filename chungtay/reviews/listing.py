"""The commune's list: totals, households found or that asked, those that are gone, and what the register tells."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from chungtay.accounts.models import Seat
from chungtay.households.models import Event, Household
from chungtay.law.population import DEPARTURES, Move
from chungtay.law.refusals import Reasons, Refused
from chungtay.records import journal, versions
from chungtay.reviews import carrying
from chungtay.reviews.assessments import Application, Assessment
from chungtay.reviews.rights import CLAUSE, need_open
from chungtay.reviews.rounds import CommuneReview

CLOSED = {
    Household.Closed.MOVED_OUT.value: Move.MOVED_OUT,
    Household.Closed.MERGED.value: Move.MERGED,
    Household.Closed.DIED.value: Move.DIED,
}
"""What a household that left the register did, as a review counts it; one written by mistake a person must judge."""
NOT_SCORED: dict[str, Any] = {
    "standing": "",
    "basis": "",
    "assessed_on": None,
    "b1": None,
    "b2": None,
    "income_total": None,
}


@dataclass(frozen=True)
class Totals:
    """All of a commune, listed or not."""

    households: int
    persons: int
    minority: int


@transaction.atomic
def set_totals(review: CommuneReview, totals: Totals, *, by: Seat, on: date, version: int) -> CommuneReview:
    """Ghi tổng số hộ, nhân khẩu, hộ dân tộc thiểu số của xã: what the rates are shares of."""
    need_open(review, by, on, "list", "score", "recheck", what="ghi tổng số hộ của xã")
    faults_of_totals(totals).raise_if_any()
    versions.guarded_update(
        review, version=version, where={"stage": review.stage}, households_all=totals.households,
        persons_all=totals.persons, minority_all=totals.minority,
    )  # fmt: skip
    body = {"households": totals.households, "persons": totals.persons, "minority": totals.minority}
    journal.record("review_totals", by=by, on=on, noun=review, body=body)
    return review


def faults_of_totals(totals: Totals) -> Reasons:
    """Why a commune cannot have these totals."""
    found = Reasons()
    if totals.households < 1:
        found.add("Xã phải có ít nhất một hộ.", field="households")
    if totals.persons < totals.households:
        found.add("Số nhân khẩu không thể ít hơn số hộ.", field="persons")
    if totals.minority > totals.households:
        found.add("Số hộ dân tộc thiểu số không thể nhiều hơn số hộ.", field="minority")
    return found


@transaction.atomic
def add(
    review: CommuneReview, household: Household, *, by: Seat, on: date, origin: str = Assessment.Origin.FOUND,
    came: Move | None = None,
) -> Assessment:  # fmt: skip
    """Thêm hộ vào danh sách rà soát. How it came into the commune is asked of the register where nobody says.

    Raises `Refused` for a household of another commune, one that is no more, or one that is listed already.
    """
    need_open(review, by, on, "list", "score", what="thêm hộ")
    found = Reasons()
    if not by.scope(on).covers(household.area_path) or household.place_id != review.place_id:
        found.add("Hộ này không ở trong xã.", field="household")
    if household.closed_on is not None:
        found.add(f"Hộ {household.code} đã ra khỏi sổ ngày {household.closed_on:%d/%m/%Y}.", field="household")
    if Assessment.objects.in_force().filter(review=review, household=household).exists():
        found.add("Hộ này đã có trong danh sách rà soát.", field="household")
    found.raise_if_any()
    previous = review.round.previous
    if came is None and previous is not None:
        came = carrying.arrived(household, since=previous.review_on)
    row = carrying.row_for(review.round, review, household, origin=origin, came=came)
    row.save(force_insert=True)
    journal.record(
        "add_to_review", by=by, on=on, noun=row, body={"household": household.code, "origin": origin, "came": row.came}
    )
    return row


@transaction.atomic
def carry_request(review: CommuneReview, request: Application, *, by: Seat, on: date) -> Assessment:
    """Đưa giấy đề nghị vào đợt rà soát: the household is listed, and its request is answered by the round."""
    wanted = request.kind == Application.Kind.ENTER
    origin = Assessment.Origin.ASKED_IN if wanted else Assessment.Origin.ASKED_OUT
    if request.state != Application.State.WAITING:
        raise Refused.because("Giấy đề nghị này đã có kết quả.", clause=CLAUSE)
    known = Assessment.objects.in_force().filter(review=review, household=request.household_id).first()
    if known is None:
        known = add(review, request.household, by=by, on=on, origin=origin)
    else:
        need_open(review, by, on, "list", "score", what="thêm hộ")
        versions.guarded_update(known, origin=origin)
    versions.guarded_update(
        request, where={"state": Application.State.WAITING}, state=Application.State.CARRIED, decided_on=on,
        answer=f"Đưa vào {review.round.title}.",
    )  # fmt: skip
    journal.record("carry_request", by=by, on=on, noun=request, body={"review": review.pk, "kind": request.kind})
    return known


@transaction.atomic
def drop(row: Assessment, *, by: Seat, on: date, version: int) -> None:
    """Bỏ khỏi danh sách rà soát a household that no list held before: one that was listed must be told about."""
    need_open(row.review, by, on, "list", what="bỏ hộ khỏi danh sách")
    if row.before in carrying.LISTED:
        raise Refused.because(
            "Hộ có trong danh sách kỳ trước nên phải được xếp loại, hoặc ghi lý do không còn trong xã.", clause=CLAUSE
        )
    _, gone = Assessment.objects.filter(pk=row.pk, version=version).delete()
    if not gone:
        versions.guarded_update(row, version=version)
    journal.record("drop_from_review", by=by, on=on, noun=row.review, body={"household": row.household.code})


@transaction.atomic
def mark_gone(row: Assessment, why: Move | None, *, by: Seat, on: date, version: int) -> Assessment:
    """Ghi hộ không còn trong xã: moved out, merged, died. None: it is there after all, and is to be scored."""
    need_open(row.review, by, on, "list", "score", what="ghi hộ không còn trong xã")
    if why is not None and why not in DEPARTURES:
        raise Refused.because("Hãy chọn chuyển đi, nhập hộ hoặc không còn ai trong hộ.", field="gone")
    if why is not None and row.came:
        raise Refused.because("Hộ mới đến trong kỳ: nếu không ở trong xã nữa thì bỏ khỏi danh sách.", field="gone")
    said = why.value if why is not None else ""
    versions.guarded_update(row, version=version, gone=said, move=said, because={}, **NOT_SCORED)
    journal.record("mark_gone", by=by, on=on, noun=row, body={"gone": said})
    return row


@transaction.atomic
def follow_register(review: CommuneReview, *, by: Seat, on: date) -> tuple[int, int]:
    """Cập nhật theo sổ hộ: mark those that moved out, merged or died since, add those that came listed or split off.

    Returns how many are marked and how many added; nothing that a person scored already is touched.
    """
    need_open(review, by, on, "list", "score", what="cập nhật danh sách")
    open_rows = Assessment.objects.in_force().filter(review=review, standing="", gone="", came="")
    marked = 0
    for why, told in ((why, Q(household__closed_why=kind)) for kind, why in CLOSED.items()):
        marked += _mark(open_rows.filter(told), why)
    elsewhere = ~Q(household__place=review.place_id) & Q(household__closed_on__isnull=True)
    marked += _mark(open_rows.filter(elsewhere), Move.MOVED_OUT)
    added = [
        carrying.row_for(review.round, review, household, origin=Assessment.Origin.FOUND, came=came)
        for household, came in newcomers(review)
    ]
    Assessment.objects.bulk_create(added, batch_size=carrying.BATCH)
    journal.record("follow_register", by=by, on=on, noun=review, body={"marked": marked, "added": len(added)})
    return marked, len(added)


def _mark(rows: "QuerySet[Assessment]", why: Move) -> int:
    keys = list(rows.order_by().values_list("pk", flat=True))
    mine = Assessment.objects.filter(pk__in=keys, standing="", gone="")
    return mine.update(gone=why.value, move=why.value, version=F("version") + 1)


def newcomers(review: CommuneReview) -> list[tuple[Household, Move | None]]:
    """Households of the commune that have to be in the list and are not, with how they came.

    They stand on a list by their last class (moved in, or granted since), or split off a household of the list.
    """
    previous = review.round.previous
    here = Assessment.objects.in_force().filter(review=review)
    rows = Household.objects.standing().filter(place=review.place_id).exclude(pk__in=here.values("household"))
    since = previous.review_on if previous is not None else None
    came: dict[int, Move] = {}
    if since is not None:
        split = Event.objects.filter(kind=Event.Kind.SPLIT_FROM, on__gt=since, other__in=here.values("household"))
        moved = Event.objects.filter(kind=Event.Kind.MOVED_IN, on__gt=since, household__place=review.place_id)
        came = dict.fromkeys(moved.order_by().values_list("household", flat=True), Move.MOVED_IN)
        came |= dict.fromkeys(split.order_by().values_list("household", flat=True), Move.SPLIT)
    split_off = [key for key, why in came.items() if why is Move.SPLIT]
    wanted = rows.filter(Q(standing__in=carrying.LISTED) | Q(pk__in=split_off))
    return [(household, came.get(household.pk)) for household in wanted.order_by("pk")]
