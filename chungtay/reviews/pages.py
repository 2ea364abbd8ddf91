"""How reviews look on a page: classes, moves, steps and households in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from chungtay.households.models import STANDINGS
from chungtay.law.points import NOT_LOADED
from chungtay.law.population import NEWLY_ESCAPED_MONTHS, Move
from chungtay.law.poverty import Class
from chungtay.law.reviewing import STEPS, Stage
from chungtay.records import journal
from chungtay.reviews.assessments import MOVES, Assessment
from chungtay.reviews.carrying import LISTED
from chungtay.reviews.rounds import CommuneReview

TONES = {Class.NEAR_POOR.value: "info"} | {one.value: "wait" for one in Class if one.is_poor}
CLASSES, MOVED = dict(STANDINGS), dict(MOVES)
SHORT = {
    Class.INCOME_POOR.value: "nghèo thu nhập", Class.SERVICE_POOR.value: "nghèo thiếu hụt", Class.POOR.value: "nghèo",
    Class.NEAR_POOR.value: "cận nghèo", Class.AVERAGE.value: "trung bình", Class.ABOVE.value: "trên trung bình",
    Class.OUTSIDE.value: "không nghèo",
}  # fmt: skip
SENTENCES = {f"review_{name}": rows[0].done for name, rows in STEPS.items()} | {
    "review_totals": "đã ghi tổng số hộ của xã",
    "correct_totals": "đã điều chỉnh tổng số của xã sau khóa",
    "follow_register": "đã cập nhật danh sách theo sổ hộ",
    "drop_from_review": "đã bỏ một hộ khỏi danh sách",
}
ORDER = (
    Stage.LISTING, Stage.SCORING, Stage.MEETING, Stage.AGREED, Stage.POSTED, Stage.SENT, Stage.CHECKED,
    Stage.RECOGNISED, Stage.APPROVED, Stage.LOCKED,
)  # fmt: skip
POINTS_NOT_LOADED = NOT_LOADED


def steps(review: CommuneReview) -> list[dict[str, str]]:
    """Where the review is, stage by stage."""
    at = ORDER.index(review.now) if review.now in ORDER else -1
    here = "back" if review.returned_why else "now"
    return [
        {
            "label": stage.words(district=review.has_district).label,
            "when": f"{review.stage_since:%d/%m/%Y}" if n == at else "",
            "state": "done" if n < at or (stage.is_final and n == at) else here if n == at else "todo",
        }
        for n, stage in enumerate(ORDER)
    ]  # fmt: skip


def badge(row: Assessment) -> tuple[str, str]:
    """(tone, words) of a household's class in a review, or of what it still needs."""
    if row.gone:
        return "neutral", MOVED[row.gone]
    if not row.standing:
        return "neutral", "chưa chấm điểm"
    return TONES.get(row.standing, "ok"), SHORT[row.standing]


def origin_of(row: Assessment) -> str:
    """Where the household of a sheet came from, in words: one carried along need not have been on last year's list."""
    round = row.review.round
    if row.origin != Assessment.Origin.CARRIED or row.before in LISTED:
        return row.get_origin_display()
    earlier = Assessment.objects.in_force().filter(review__round=round.previous_id, household=row.household_id)
    if not round.compares and round.previous_id and earlier.filter(standing__in=LISTED).exists():
        return row.get_origin_display()
    months = NEWLY_ESCAPED_MONTHS.on(round.review_on).value
    return f"Hộ mới thoát nghèo trong {months} tháng, không có trong danh sách năm trước"


def household_rows(rows: Iterable[Assessment], *, tail: str = "") -> list[dict[str, Any]]:
    """Rows of a list of households, each with its class and how it moved."""
    found = []
    for row in rows:
        tone, label = badge(row)
        said = [row.hamlet, f"{row.persons} người" if row.persons else ""]
        said.append(f"kỳ trước {SHORT[row.before]}" if row.before else MOVED.get(row.came, ""))
        if row.move and not row.gone and row.move not in (Move.STAYS, row.came):
            said.append(MOVED[row.move])
        found.append({
            "title": row.household.head_name, "code": row.household.code, "badge_tone": tone, "badge_label": label,
            "href": reverse("reviews:assessment", args=[row.pk]) + tail, "meta": " · ".join(one for one in said if one),
        })  # fmt: skip
    return found


def why(because: Mapping[str, Any]) -> dict[str, Any] | None:
    """A kept classification for the page: sentences, what they rest on, what was assumed; None where none was kept."""
    if not because:
        return None
    return {
        "lines": because["lines"], "sources": because["sources"], "assumed": because["assumed"],
        "standard": because["standard"], "tone": TONES.get(because["class"], "ok"), "label": CLASSES[because["class"]],
    }  # fmt: skip


def acts(rows: Iterable[Any]) -> list[dict[str, str]]:
    """Journal entries of a review for the timeline, newest first."""
    return [
        {
            "who": act.actor, "desk": "" if act.actor_key == "system" else act.desk, "when": f"{act.on:%d/%m/%Y}",
            "sentence": SENTENCES.get(act.act, act.act),
        }
        for act in rows
    ]  # fmt: skip


def history_of(review: CommuneReview) -> list[dict[str, str]]:
    """What was done to a commune's review, newest first."""
    return acts(reversed(list(journal.of(review))))


def told_households(rows: "QuerySet[Assessment]") -> "QuerySet[Assessment]":
    """With what a row of a list says of its household."""
    return rows.select_related("household")
