"""The review list of a commune to take along: a workbook that is filled in and sent back as scores, and paper."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from chungtay.law import causes, deprivations
from chungtay.reviews import pages, report_papers, score_lists
from chungtay.reviews.assessments import Assessment
from chungtay.reviews.rounds import CommuneReview
from chungtay.sheets.exporting import COUNT, Head, xlsx

TICKED = "x"
WIDTHS = {"code": 16, "name": 30, "hamlet": 24, "income": 16}
ON_PAPER = ("Mã hộ", "Chủ hộ", "Ấp, khu phố", "Số nhân khẩu", "Loại kỳ trước", "Điểm B1", "Điểm B2", "Loại kỳ này")
TO_FILL = (
    "Điền điểm B1, B2 (hoặc thu nhập và các thiếu hụt), đánh x vào thiếu hụt và nguyên nhân, rồi gửi lại cả tệp ở "
    "“Nhập điểm từ bảng tính”."
)


def workbook(rows: "QuerySet[Assessment]", review: CommuneReview, commune: str) -> Iterator[bytes]:
    """The households of `rows` under the headings that the upload of scores reads, with what was scored so far."""
    columns = score_lists.columns(review.round.review_on)
    heads = [Head(one.label, WIDTHS.get(one.name, 12), COUNT if one.name == "income" else 0) for one in columns]
    heads += [Head("Loại kỳ trước", 24), Head("Loại kỳ này", 24)]
    over = [f"Danh sách hộ rà soát - {review.round.title}, {commune}", TO_FILL]
    names = [one.name for one in columns]
    return xlsx(heads, _lines(rows, names), sheet="Danh sách rà soát", above=over)


def _lines(rows: "QuerySet[Assessment]", names: list[str]) -> Iterator[tuple[Any, ...]]:
    for row in _in_order(rows).iterator(chunk_size=2000):
        told: dict[str, Any] = {
            "code": row.household.code, "name": row.household.head_name, "hamlet": row.hamlet,
            "persons": row.persons or None, "b1": row.b1, "b2": _b2(row), "income": row.income_total,
            "area": next(iter(score_lists.AREAS.get(row.area, ())), None),
        }  # fmt: skip
        lacking = deprivations.unmask(row.lacking) if row.lacking else ()
        told |= {score_lists.LACK + one: TICKED for one in lacking}
        told |= {score_lists.CAUSE + one: TICKED for one in causes.unmask(row.causes)}
        yield (*(told.get(name) for name in names), pages.CLASSES.get(row.before, ""), _now(row))


def _b2(row: Assessment) -> int | None:
    """B2; 0 beside an income says that nothing is lacking, as the upload reads it."""
    return 0 if row.b2 is None and row.income_total is not None and row.lacking == 0 else row.b2


def paper(rows: "QuerySet[Assessment]", review: CommuneReview, commune: str, *, on: date) -> bytes:
    """The same households on paper, with room for the points of those that have none.

    Raises Refused for a list that is too long to be read on paper.
    """
    told = [
        [
            row.household.code, row.household.head_name, row.hamlet, str(row.persons or ""),
            pages.CLASSES.get(row.before, ""), _points(row.b1), _points(row.b2), _now(row),
        ]
        for row in _in_order(rows)[: report_papers.ON_PAPER + 1]
    ]  # fmt: skip
    about = f"{review.round.title}, {commune}"
    state = f"Ngày {on:%d/%m/%Y}: {len(told)} hộ. {review.words.label}."
    return report_papers.names_pdf("Danh sách hộ rà soát", about, ON_PAPER, told, on=on, state=state)


def _in_order(rows: "QuerySet[Assessment]") -> "QuerySet[Assessment]":
    return rows.select_related("household").order_by("hamlet", "household__head_folded", "id")


def _points(told: int | None) -> str:
    return "" if told is None else str(told)


def _now(row: Assessment) -> str:
    return pages.MOVED[row.gone] if row.gone else pages.CLASSES.get(row.standing, "")
