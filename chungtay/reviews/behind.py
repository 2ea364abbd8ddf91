"""The households behind one figure of a report, and how many of the figure's own they are."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from chungtay.accounts.models import Seat
from chungtay.places.scope import Span
from chungtay.reviews.assessments import Assessment
from chungtay.reviews.columns import Column
from chungtay.reviews.extent import Extent
from chungtay.reviews.figures import Figures
from chungtay.reviews.reports import figures_for, in_words, value
from chungtay.reviews.rounds import CommuneReview, Round


@dataclass(frozen=True)
class Behind:
    """Danh sách hộ đứng sau một con số: the rows, how many they are, and how that goes with the figure (a sentence).

    `nobody`: why there is none, in a few words.
    """

    rows: "QuerySet[Assessment]"
    count: int
    said: str
    nobody: str


def behind(column: Column, round: Round, extent: Extent, seat: Seat, on: date, *, is_figure: bool) -> Behind:
    """The households of the extent behind the column, in the seat's area.

    `is_figure`: it stands in a report, so that an open round's list holds the communes whose figures the report adds
    up; other lists hold whatever is scored so far. The figure may count households that are only known as totals of
    their communes: how many these are is said.
    """
    rows = Assessment.objects.visible_to(seat, on).in_force().filter(review__round=round)
    if extent.path:
        span = Span.under(extent.path)
        rows = rows.filter(area_path__gte=span.lower, area_path__lt=span.upper)
    if is_figure and not round.is_locked:
        rows = rows.filter(review__in=extent.counted if extent.done or column.is_early else ())
    shown = column.households(rows, round)
    told = shown.order_by().aggregate(households=Count("pk"), persons=Sum(column.sums or "persons"))
    count, persons = told["households"], told["persons"] or 0
    figures = figures_for(round, seat, extent, on) if round.is_locked or column.is_early else []
    figure = value(column, figures, extent)
    unit, known = ("nhân khẩu", persons) if column.sums else ("hộ", count)
    nobody = "Chưa chấm điểm xong" if extent.coverage else "Không có hộ nào"
    said = f"Danh sách có {in_words(count)} hộ{f', {in_words(persons)} nhân khẩu' if column.sums else ''}"
    if isinstance(figure, int) and figure != known:
        said = f"Con số trên biểu: {in_words(figure)} {unit}. {said}"
        if figure > known:
            nobody = "Chưa nạp từng hộ"
            said += f"; {in_words(figure - known)} {unit}{_of_whom(round, figures)} chỉ có trong số tổng của xã"
            said += ", chưa nạp từng hộ"
    elif figure is None and (unlisted := only_counted(round, figures)):
        said += f"; {unlisted} xã chỉ có số tổng, chưa nạp từng hộ nên không có trong danh sách"
    return Behind(shown, count, f"{said}.", nobody)


def _of_whom(round: Round, figures: list[Figures]) -> str:
    unlisted = only_counted(round, figures)
    return f" của {unlisted} xã" if unlisted else ""


def only_counted(round: Round, figures: list[Figures]) -> int:
    """How many of these communes count poor or near-poor households and name none. One query."""
    places = [row.place_id for row in figures if row.poor or row.near_poor or row.newly_escaped or row.flows]
    if not places:
        return 0
    named = Assessment.objects.in_force().filter(review=OuterRef("pk"))
    return CommuneReview.objects.filter(round=round, place__in=places).filter(~Exists(named)).order_by().count()
