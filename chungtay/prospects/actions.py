"""What is done here: having a province counted, taking on to help. Nothing here proposes anybody."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from chungtay.accounts.models import Seat
from chungtay.law.refusals import Conflict, Reasons, Refused
from chungtay.movements.models import Movement, Round
from chungtay.prospects import jobs, rights
from chungtay.prospects.models import Help, Survey
from chungtay.prospects.watching import Notice
from chungtay.records import journal, walls

LEAST = 10
RUNNING = "Máy đang tính đợt này rồi. Chờ tính xong rồi xem kết quả."


@transaction.atomic
def count_province(round: Round, movement: Movement, *, by: Seat, on: date) -> Survey:
    """Tính cả tỉnh: have every party of the province reckoned for the round, in the background.

    Raises Refused for another desk, Conflict while the same round is being counted.
    """
    if by.kind not in rights.COUNTERS:
        raise Refused.because(f"Việc tính cả tỉnh không phải của {by.kind.label}.", clause="KH III.5")
    with walls.everything(jobs.WHY):
        total = jobs.parties_of(movement.place, on).count()
    try:
        with transaction.atomic():
            survey = Survey.objects.create(
                round=round, place=movement.place, on=min(on, round.closes), asked_on=on, by=by, total=total
            )
    except IntegrityError:
        raise Conflict.because(RUNNING) from None
    jobs.count_later(survey)
    journal.record("count_province", by=by, on=on, noun=survey, body={"round": round.pk})
    return survey


@transaction.atomic
def take_on(notice: Notice, text: str, *, by: Seat, on: date) -> Help:
    """Tiếp nhận giúp đỡ: the desk has seen the notice and says what it will do. Several desks may, one after another.

    Raises Refused for another desk, outside its area, or with words that say nothing.
    """
    reasons, said = Reasons(), " ".join(text.split())
    if by.kind not in rights.HELPERS:
        reasons.add(f"Việc giúp sau khen do xã, huyện, Mặt trận, Sở Lao động nhận, không phải {by.kind.label}.")
    elif not by.scope(on).covers(notice.area_path):
        reasons.add("Nơi này ở ngoài địa bàn của bàn làm việc này.")
    if len(said) < LEAST:
        reasons.add("Ghi việc sẽ làm: ai làm gì, khi nào.", field="text")
    reasons.raise_if_any()
    _, name, desk, _ = by.journal_identity()
    made = Help.objects.create(
        award_id=notice.award, cause=notice.cause, about=notice.about, text=said, by=name, desk=desk, on=on,
        area_path=notice.area_path,
    )  # fmt: skip
    body = {"award": notice.award, "cause": notice.cause, "about": notice.about}
    journal.record("take_on_help", by=by, on=on, noun=made, body=body, personal={"text": said})
    return made
