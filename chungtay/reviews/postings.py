"""Bản niêm yết: the commune's list as it is posted, from when to when, and where to complain about it."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from chungtay.law import reviewing
from chungtay.parties import areas
from chungtay.reviews import pages, report_papers
from chungtay.reviews.assessments import Assessment
from chungtay.reviews.columns import LEFT, LISTED
from chungtay.reviews.rounds import CommuneReview, Round

TITLE = "Niêm yết danh sách hộ nghèo, hộ cận nghèo, hộ thoát nghèo, hộ thoát cận nghèo"
NOT_POSTED = "Chưa niêm yết: bấm “Niêm yết” rồi in lại để có ngày bắt đầu và ngày hết niêm yết."


def names(
    rows: "QuerySet[Assessment]", round: Round, *, with_commune: bool
) -> tuple[tuple[str, ...], list[list[str]]]:  # fmt: skip
    """Headings, and what a list on paper tells of each household: never a score. One line more than is printed."""
    found = rows.select_related("household", "review").order_by("area_path", "hamlet", "household__head_folded", "id")
    places = round.communes.order_by().values_list("place", flat=True) if with_commune else []
    communes = areas.names_on(places, round.review_on)
    where = ("Xã, phường, thị trấn",) if with_commune else ()
    told = [
        [
            row.household.code, row.household.head_name, *([communes.get(row.review.place_id, "")] if where else []),
            row.hamlet, str(row.persons or row.persons_before), pages.CLASSES.get(row.before, ""),
            pages.CLASSES.get(row.standing, pages.MOVED.get(row.gone, "")),
        ]
        for row in found[: report_papers.ON_PAPER + 1]
    ]  # fmt: skip
    return ("Mã hộ", "Chủ hộ", *where, "Ấp, khu phố", "Số nhân khẩu", "Loại kỳ trước", "Loại kỳ này"), told


def pdf(review: CommuneReview, commune: str, *, on: date) -> bytes:
    """The households on a list and those that left one, by hamlet; a draft as long as it is not posted.

    Raises Refused for letters that cannot be printed.
    """
    every = Assessment.objects.in_force().filter(review=review)
    rows = LISTED.households(every, review.round) | LEFT.households(every, review.round)
    heads, told = names(rows, review.round, with_commune=False)
    about = f"{review.round.title}, {commune}"
    lines, note = said(review, commune)
    state = f"Danh sách có {len(told)} hộ."
    return report_papers.names_pdf(
        TITLE, about, heads, told, on=on, state=state, lines=lines, note=note, is_draft=review.posted_on is None
    )


def said(review: CommuneReview, commune: str) -> tuple[Sequence[str], str]:
    """From when to when it is posted and where to complain, and what was assumed about that."""
    if review.posted_on is None or review.posting_ends is None:
        return [NOT_POSTED], ""
    due = reviewing.posting_ends(review.posted_on)
    committee = f"Ủy ban nhân dân {commune[:1].lower()}{commune[1:]}"
    last = f"{review.posting_ends:%d/%m/%Y}"
    return [
        f"Niêm yết từ ngày {review.posted_on:%d/%m/%Y} đến hết ngày {last} ({due.working_days} ngày làm việc, "
        f"{due.source.title}).",
        f"Ai không đồng ý thì gửi khiếu nại đến {committee} chậm nhất ngày {last}; {committee} phúc tra hộ bị khiếu "
        "nại và trả lời.",
    ], " ".join(due.assumed)  # fmt: skip
