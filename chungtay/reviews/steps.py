"""A commune's review from step to step: list, scoring, meetings, posting, sending, check, recognition, sending back."""

from datetime import date

from django.db import transaction

from chungtay.accounts.models import Seat
from chungtay.law import reviewing
from chungtay.law.procedure import Desk
from chungtay.law.refusals import Reasons, Refused
from chungtay.reviews import closing, listing, meetings, moving, peoples, summing
from chungtay.reviews.assessments import Assessment
from chungtay.reviews.moving import take
from chungtay.reviews.rights import CLAUSE, NO_WORDS, steps_open
from chungtay.reviews.rounds import CommuneReview, Complaint

NAMED = 10
"""How many households one refusal names before it says how many more there are."""


@transaction.atomic
def close_list(review: CommuneReview, *, by: Seat, on: date, version: int | None = None) -> CommuneReview:
    """Chốt danh sách. Refused while a household stands on a list by its class and is not in this one."""
    found = Reasons()
    forgotten = [household for household, _ in listing.newcomers(review)]
    for household in forgotten[:NAMED]:
        found.add(f"Hộ {household.code} ({household.head_name}, {household.hamlet}) chưa có trong danh sách rà soát.")
    if len(forgotten) > NAMED:
        found.add(f"Còn {len(forgotten) - NAMED} hộ nữa chưa có trong danh sách; bấm “Cập nhật theo sổ hộ”.")
    _if_open(review, "list", by, found)
    return take(review, "list", by=by, on=on, version=version)


@transaction.atomic
def close_scoring(review: CommuneReview, *, by: Seat, on: date, version: int | None = None) -> CommuneReview:
    """Chấm điểm xong. Refused with everything that is missing, all at once."""
    _if_open(review, "score", by, missing(review))
    peoples.freeze(Assessment.objects.in_force().filter(review=review))
    return take(review, "score", by=by, on=on, version=version)


def missing(review: CommuneReview) -> Reasons:
    """What scoring still lacks: households without a class, where register and list do not agree, totals."""
    found = Reasons()
    rows = Assessment.objects.in_force().filter(review=review, standing="", gone="")
    told = list(rows.select_related("household").order_by("hamlet", "id")[: NAMED + 1])
    for row in told[:NAMED]:
        found.add(f"Hộ {row.household.code} ({row.household.head_name}, {row.hamlet}) chưa chấm điểm.")
    if len(told) > NAMED:
        found.add(f"Còn {rows.order_by().count() - NAMED} hộ nữa chưa chấm điểm.")
    for household, _ in listing.newcomers(review)[:NAMED]:
        found.add(f"Hộ {household.code} ({household.head_name}) đang trong diện nhưng chưa có trong danh sách rà soát.")
    found.extend(closing.faults_of_register([review]))
    if review.households_all is None:
        found.add("Chưa ghi tổng số hộ, nhân khẩu, hộ dân tộc thiểu số của xã.", clause=CLAUSE)
    return found


@transaction.atomic
def close_meetings(review: CommuneReview, *, by: Seat, on: date, version: int | None = None) -> CommuneReview:
    """Họp dân đã thống nhất. Refused until the last meeting of every hamlet agreed on the list as it stands."""
    found = Reasons()
    for hamlet in meetings.hamlets(review):
        if hamlet.missing:
            found.add(f"{hamlet.name}: {hamlet.missing}.", clause=CLAUSE)
    _if_open(review, "agree", by, found)
    return take(review, "agree", by=by, on=on, version=version)


@transaction.atomic
def score_again(review: CommuneReview, *, by: Seat, on: date, version: int | None = None) -> CommuneReview:
    """Họp dân chưa thống nhất: back to scoring. Refused while every hamlet that met agreed."""
    against = [one.name for one in meetings.hamlets(review) if one.meeting is not None and not one.meeting.agreed]
    found = Reasons()
    if not against:
        found.add("Chưa có ấp, khu phố nào họp mà không thống nhất.", clause=CLAUSE)
    _if_open(review, "disagree", by, found)
    return take(review, "disagree", by=by, on=on, version=version, body={"hamlets": against})


@transaction.atomic
def post(review: CommuneReview, *, by: Seat, on: date, version: int | None = None) -> CommuneReview:
    """Niêm yết công khai: from today for the law's working days. Raises NoRule where the holidays are not known."""
    ends = reviewing.posting_ends(on)
    body = {"until": ends.day, "working_days": ends.working_days}
    return take(review, "post", by=by, on=on, version=version, body=body, posted_on=on, posting_ends=ends.day)


@transaction.atomic
def send(review: CommuneReview, *, by: Seat, on: date, version: int | None = None) -> CommuneReview:
    """Gửi huyện hoặc tỉnh kiểm tra, once posting has ended, every complaint is answered, and the figures can be."""
    found = Reasons()
    if review.posting_ends is not None and on <= review.posting_ends:
        found.add(f"Còn niêm yết đến hết ngày {review.posting_ends:%d/%m/%Y}.", clause=CLAUSE)
    unanswered = Complaint.objects.filter(review=review, answered_on__isnull=True).order_by().count()
    if unanswered:
        found.add(f"Còn {unanswered} khiếu nại chưa trả lời.", clause=CLAUSE)
    [summed] = summing.sum_up(review.round, [review], as_of=review.round.review_on, source="")
    for fault in summed.faults:
        found.add(fault)
    found.extend(closing.faults_of_register([review]))
    _if_open(review, "send", by, found)
    take(review, "send", by=by, on=on, version=version, returned_why="")
    above = review.place.on(review.round.review_on).parent_id
    if above is not None:
        told = (f"{review.place}: đã gửi kết quả rà soát {review.round.year}.", moving.address(review))
        moving.tell(Desk.DISTRICT if review.has_district else Desk.LABOUR, {above: told}, on=on)
    return review


@transaction.atomic
def check(review: CommuneReview, *, by: Seat, on: date, note: str = "", version: int | None = None) -> CommuneReview:
    """Kiểm tra đạt, with the remark of the district, or of the province where there is none."""
    take(review, "check", by=by, on=on, version=version, checked_note=note.strip()[:500])
    who = "huyện" if review.has_district else "tỉnh"
    _tell_commune(review, f"{who} đã kiểm tra, chờ xã ký công nhận", on=on)
    return review


@transaction.atomic
def send_back(review: CommuneReview, *, by: Seat, on: date, why: str, version: int | None = None) -> CommuneReview:
    """Trả lại để chấm lại, with the reason: by whoever checks, or by the Department of Labour after recognition."""
    if not why.strip():
        raise Refused.because(NO_WORDS, clause=CLAUSE, field="why")
    said = why.strip()[:500]
    take(
        review, "send_back", by=by, on=on, version=version, personal={"why": said}, returned_why=said, checked_note="",
        posted_on=None, posting_ends=None, recognised_on=None,
    )  # fmt: skip
    _tell_commune(review, "bị trả lại để chấm điểm lại", on=on)
    return review


@transaction.atomic
def recognise(review: CommuneReview, *, by: Seat, on: date, version: int | None = None) -> CommuneReview:
    """Xã ký công nhận danh sách hộ nghèo, hộ cận nghèo."""
    take(review, "recognise", by=by, on=on, version=version, recognised_on=on)
    return review


def _if_open(review: CommuneReview, name: str, by: Seat, found: Reasons) -> None:
    """What is missing is told only to whoever could take the step; to others the table says who may, and when."""
    if name in steps_open(review, by):
        found.raise_if_any()


def _tell_commune(review: CommuneReview, what: str, *, on: date) -> None:
    told = (f"{review.round.title}: {what}.", moving.address(review))
    moving.tell(Desk.COMMUNE, {review.place_id: told}, on=on)
