"""Opening the yearly round: its days, the standard that counts, a review for every commune, and whom it begins with."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from chungtay.accounts.models import Seat
from chungtay.law import reviewing
from chungtay.law.poverty import STANDARD
from chungtay.law.procedure import Desk
from chungtay.law.refusals import Conflict, NoRule, Reason, Reasons, Refused
from chungtay.law.reviewing import Stage
from chungtay.places.models import Place
from chungtay.records import journal
from chungtay.reviews import carrying, moving, peoples, rights
from chungtay.reviews.assessments import Assessment
from chungtay.reviews.rounds import CommuneReview, Round


@dataclass(frozen=True)
class Days:
    """What the Department of Labour sets for a round."""

    year: int
    title: str
    opens: date
    closes: date
    review_on: date


@transaction.atomic
def open_round(province: Place, days: Days, *, by: Seat, on: date, is_demo: bool = False) -> Round:
    """Mở đợt rà soát: every commune of `review_on` gets its review, last year's listed households are carried.

    The round before is the last locked one of the province. Raises `Refused` with every reason.
    """
    step = reviewing.step("open", desk=by.kind, stage=Stage.PLANNED)
    if not by.scope(on).covers(province.path_on(on)):
        raise Refused.because("Tỉnh này ở ngoài địa bàn của bàn làm việc này.", clause=rights.CLAUSE)
    last = Round.objects.filter(place=province).order_by("-year").first()
    faults_of(days, last).raise_if_any()
    try:
        with transaction.atomic():
            round = Round.objects.create(
                place=province, area_path=province.path_on(days.review_on), year=days.year, title=days.title.strip(),
                opens=days.opens, closes=days.closes, review_on=days.review_on, previous=last, opened_on=on,
                is_demo=is_demo,
            )  # fmt: skip
    except IntegrityError as twice:
        raise Conflict([Reason("Người khác vừa mở đợt rà soát của năm này.", rights.CLAUSE, "year")]) from twice
    made = CommuneReview.objects.bulk_create(
        CommuneReview(
            round=round, place=place, area_path=place.path_on(days.review_on), stage=step.to_stage.value,
            stage_since=on, is_demo=is_demo,
        )
        for place in Place.objects.communes(days.review_on)
        if place.path_on(days.review_on).startswith(round.area_path)
    )  # fmt: skip
    carried = carrying.carry(round, {review.place_id: review for review in made})
    peoples.freeze(Assessment.objects.filter(review__in=CommuneReview.objects.filter(round=round)))
    told = f"{round.title}: đã mở, chờ xã lập danh sách."
    moving.tell(Desk.COMMUNE, {review.place_id: (told, moving.address(review)) for review in made}, on=on)
    journal.record(
        "open_round", by=by, on=on, noun=round,
        body={"year": days.year, "review_on": days.review_on, "communes": len(made), "carried": carried},
    )  # fmt: skip
    return round


def faults_of(days: Days, last: Round | None) -> Reasons:
    """Everything that stands against a round with these days after `last`."""
    found = Reasons()
    if not days.title.strip():
        found.add("Cần ghi tên đợt.", field="title")
    if days.closes < days.opens:
        found.add("Ngày kết thúc không thể trước ngày bắt đầu.", field="closes")
    try:
        STANDARD.on(days.review_on)
    except NoRule as silent:
        found.add(silent.reasons[0].text, field="review_on")
    if last is None:
        return found
    if not last.is_locked:
        found.add(f"“{last.title}” chưa khóa số liệu.", field="year")
    if days.year <= last.year:
        found.add(f"Đã có đợt rà soát năm {last.year}.", field="year")
    if days.review_on <= last.review_on:
        found.add(f"Ngày tính chuẩn phải sau ngày của đợt trước ({last.review_on:%d/%m/%Y}).", field="review_on")
    return found
