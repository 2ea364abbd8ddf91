"""The commune's list: totals, households found or that asked, those that are gone, and what the register tells."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F, Q, QuerySet

from chungtay.accounts.models import Seat
from chungtay.households.models import Event, Household
from chungtay.law.population import DEPARTURES, Move
from chungtay.law.refusals import Reasons, Refused
from chungtay.records import journal, versions
from chungtay.reviews import carrying, closing, lineage
from chungtay.reviews.assessments import Application, Assessment
from chungtay.reviews.rights import CLAUSE, need_complaint, need_open
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


class Followed(NamedTuple):
    """How many households were marked as gone or taken off, how many added, of how many the register says otherwise."""

    marked: int
    added: int
    renewed: int


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
    faults_of_entry(review, household, by=by, on=on).raise_if_any()
    return enter(review, household, by=by, on=on, origin=origin, came=came)


def faults_of_entry(review: CommuneReview, household: Household, *, by: Seat, on: date) -> Reasons:
    """Why a household cannot come onto this commune's list."""
    found = Reasons()
    if not by.scope(on).covers(household.area_path) or household.place_id not in lineage.grounds(review):
        found.add("Hộ này không ở trong xã.", field="household")
    if household.closed_on is not None:
        found.add(f"Hộ {household.code} đã ra khỏi sổ ngày {household.closed_on:%d/%m/%Y}.", field="household")
    if Assessment.objects.in_force().filter(review=review, household=household).exists():
        found.add("Hộ này đã có trong danh sách rà soát.", field="household")
    return found


def enter(
    review: CommuneReview, household: Household, *, by: Seat, on: date, origin: str, came: Move | None = None
) -> Assessment:
    """Write the household onto the list, whatever the stage: the caller has asked whether it may."""
    begun = carrying.begins(review, household, came)
    row = carrying.row_for(review, household, origin=origin, begun=begun)
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
    """Bỏ khỏi danh sách rà soát a household that no list held before: one that was listed must be told about.

    After the list was closed only one that has left the commune since.
    """
    opened, found = need_open(row.review, by, on, "list", "score", what="bỏ hộ khỏi danh sách"), Reasons()
    if row.before in carrying.LISTED:
        found.add(
            "Hộ có trong danh sách kỳ trước nên phải được xếp loại, hoặc ghi lý do không còn trong xã.", clause=CLAUSE
        )
    if "list" not in opened and closing.lives_in(row.review, row.household):
        found.add("Danh sách đã chốt: chỉ bỏ hộ mà sổ hộ ghi đã ra khỏi xã.", clause=CLAUSE)
    found.raise_if_any()
    _, gone = Assessment.objects.filter(pk=row.pk, version=version).delete()
    if not gone:
        versions.guarded_update(row, version=version)
    journal.record("drop_from_review", by=by, on=on, noun=row.review, body={"household": row.household.code})


@transaction.atomic
def mark_gone(row: Assessment, why: Move | None, *, by: Seat, on: date, version: int) -> Assessment:
    """Ghi hộ không còn trong xã: moved out, merged, died. None: it is there after all, and is to be scored.

    After posting only while a complaint about the household waits for its answer. The register has to say the same
    before the scoring is closed (`closing.faults_of_register`): marking somebody gone here takes nobody out of it.
    """
    opened, found = (
        need_open(row.review, by, on, "list", "score", "recheck", what="ghi hộ không còn trong xã"),
        Reasons(),
    )
    need_complaint(row.review, row.household_id, opened, found)
    if why is not None and why not in DEPARTURES:
        found.add("Hãy chọn chuyển đi, nhập hộ hoặc không còn ai trong hộ.", field="gone")
    if why is not None and row.came:
        found.add("Hộ mới đến trong kỳ: nếu không ở trong xã nữa thì bỏ khỏi danh sách.", field="gone")
    found.raise_if_any()
    said = why.value if why is not None else ""
    versions.guarded_update(row, version=version, gone=said, move=said, because={}, **NOT_SCORED)
    journal.record("mark_gone", by=by, on=on, noun=row, body={"gone": said})
    return row


@transaction.atomic
def follow_register(review: CommuneReview, *, by: Seat, on: date) -> Followed:
    """Cập nhật theo sổ hộ: mark those that moved out, merged or died since, add those that came listed or split off,
    and take over the people, hamlet and groups of those that stay.

    Whoever had come since the round before and left again is taken off the list. Nothing that a person scored already
    is touched.
    """
    need_open(review, by, on, "list", "score", what="cập nhật danh sách")
    unscored = Assessment.objects.in_force().filter(review=review, standing="", gone="")
    left = ~Q(household__place__in=lineage.grounds(review)) | Q(household__closed_on__isnull=False)
    strays = list(unscored.exclude(came="").filter(left).order_by().values_list("pk", flat=True))
    Assessment.objects.filter(pk__in=strays, standing="").delete()
    open_rows, marked = unscored.filter(came=""), len(strays)
    for why, told in ((why, Q(household__closed_why=kind)) for kind, why in CLOSED.items()):
        marked += _mark(open_rows.filter(told), why)
    marked += _mark(open_rows.filter(left, household__closed_on__isnull=True), Move.MOVED_OUT)
    renewed = _renew(unscored.exclude(left))
    added = [
        carrying.row_for(review, household, origin=Assessment.Origin.FOUND, begun=begun)
        for household, begun in newcomers(review)
    ]
    Assessment.objects.bulk_create(added, batch_size=carrying.BATCH)
    followed = Followed(marked, len(added), renewed)
    journal.record("follow_register", by=by, on=on, noun=review, body=followed._asdict())
    return followed


def _renew(rows: "QuerySet[Assessment]") -> int:
    """Write what the register says now on sheets that nobody has scored; how many it said something else of."""
    other = Q()
    for name in carrying.NOW:
        other |= ~Q(**{name: F(f"household__{name}")})
    stale = list(rows.filter(other).select_related("household"))
    for row in stale:
        row.version += 1
        for name in carrying.NOW:
            setattr(row, name, getattr(row.household, name))
    Assessment.objects.bulk_update(stale, [*carrying.NOW, "version"], batch_size=carrying.BATCH)
    return len(stale)


def _mark(rows: "QuerySet[Assessment]", why: Move) -> int:
    keys = list(rows.order_by().values_list("pk", flat=True))
    mine = Assessment.objects.filter(pk__in=keys, standing="", gone="")
    return mine.update(gone=why.value, move=why.value, version=F("version") + 1)


def newcomers(review: CommuneReview) -> list[tuple[Household, carrying.Begun]]:
    """Households of the commune that have to be in the list and are not, with what they begin with in it.

    They stand on a list by their last class (moved in, or granted since), or split off a household of the list.
    """
    here = Assessment.objects.in_force().filter(review=review).values("household")
    rows = Household.objects.standing().filter(place__in=lineage.grounds(review)).exclude(pk__in=here)
    due = Q(standing__in=carrying.LISTED)
    if review.round.previous is not None:
        since = review.round.previous.review_on
        split = Event.objects.filter(kind=Event.Kind.SPLIT_FROM, on__gt=since, other__in=here)
        due |= Q(pk__in=split.values("household"))
    wanted = list(rows.filter(due).order_by("pk"))
    begun = carrying.beginnings(review, [household.pk for household in wanted])
    return [(household, begun[household.pk]) for household in wanted]
