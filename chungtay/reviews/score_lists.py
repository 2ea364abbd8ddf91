"""Điểm rà soát của xã: the scores of a commune's review from a workbook, onto the households of its list."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from chungtay.accounts.models import Seat
from chungtay.law import causes, deprivations
from chungtay.law.poverty import Area
from chungtay.law.procedure import Desk
from chungtay.law.refusals import Refused
from chungtay.law.reviewing import Stage
from chungtay.records.names import fold
from chungtay.reviews import pages, scoring
from chungtay.reviews.assessments import Assessment
from chungtay.reviews.rounds import CommuneReview
from chungtay.reviews.scoring import Found
from chungtay.sheets import kinds
from chungtay.sheets.layouts import ALREADY, Accepted, Answer, Check, Column, Flaw, Layout, Staged, Writer
from chungtay.sheets.registry import SheetList

NAME = "diem-ra-soat"
WHICH, AGAIN = "household", "again"
STOOD = ":"
"""Between the key of the household that was chosen and its class when it was: another class since asks anew."""
YES = "yes"
LACK, CAUSE = "lack_", "cause_"
LACKS = ("Thiếu hụt", "Thiếu")
AREAS = {
    Area.RURAL.value: ("Nông thôn", "NT"), Area.URBAN.value: ("Thành thị", "TT"),
}  # fmt: skip
OFFERED = 6
SAID = ("persons", "area", "basis", "b1", "b2", "income_total", "lacking", "causes", "standing")
"""What a row of the file decides of an assessment: where all of it stands already, the row tells nothing new."""
NOT_NOW = "Xã chưa ở bước chấm điểm (hoặc đã chấm xong): hãy chốt danh sách rà soát trước khi nhập điểm."
FIELDS = {"income_total": "income", "lacking": "b2", "area": "area", "causes": ""}


@dataclass
class Listed:
    """The households of the reviews that are being scored, by code, and by the head's name as it is searched."""

    by_code: dict[str, Assessment]
    by_name: dict[str, list[Assessment]]
    by_key: dict[str, Assessment]


def reviews_of(seat: Seat, on: date) -> list[CommuneReview]:
    """The reviews of the seat's area whose households may be scored now."""
    rows = CommuneReview.objects.visible_to(seat, on).filter(stage=Stage.SCORING.value)
    return list(rows.select_related("round__previous", "place").order_by("pk"))


def listed(reviews: Sequence[CommuneReview]) -> Listed:
    """Who stands on the lists of these reviews and is still there. One query."""
    rows = Assessment.objects.in_force().filter(review__in=reviews, gone="").select_related("household")
    found, known = Listed({}, {}, {}), {review.pk: review for review in reviews}
    for row in rows.order_by("pk"):
        row.review = known[row.review_id]
        found.by_code[row.household.code] = found.by_key[str(row.pk)] = row
        found.by_name.setdefault(row.household.head_folded, []).append(row)
    return found


def layout(seat: Seat, on: date) -> Layout:
    """Code, or name and hamlet; points or income; a column for each indicator and each cause."""
    reviews = reviews_of(seat, on)
    day = reviews[0].round.review_on if reviews else on
    return Layout(NAME, "Điểm rà soát của xã", columns(day), unique=("code",), check=checker(reviews))


def columns(day: date) -> tuple[Column, ...]:
    """The columns of scores by the standard of that day: what is read from a workbook, and what one to fill in has."""
    lacking = [
        Column(LACK + one.indicator.id, (one.indicator.label.capitalize(), f"Thiếu hụt {one.indicator.label}"),
               kinds.tick(LACKS))
        for one in deprivations.definitions(on=day)
    ]  # fmt: skip
    why = [
        Column(CAUSE + one.id, (one.label.capitalize(), f"Nguyên nhân: {one.label}"), kinds.tick())
        for one in causes.CAUSES.values()
    ]
    return (
        Column("code", ("Mã hộ", "Mã số hộ"), kinds.text(20)),
        Column("name", ("Chủ hộ", "Họ và tên chủ hộ", "Họ tên chủ hộ", "Họ và tên"), kinds.text()),
        Column("hamlet", ("Ấp, khu phố", "Ấp", "Khu phố", "Thôn", "Khóm"), kinds.text(120)),
        Column("persons", ("Số nhân khẩu", "Số khẩu", "Nhân khẩu"), kinds.integer(1, 60)),
        Column("b1", ("Điểm B1", "B1", "Tổng điểm B1"), kinds.integer(0, 1000)),
        Column("b2", ("Điểm B2", "B2", "Tổng điểm B2"), kinds.integer(0, 200)),
        Column("income", ("Thu nhập cả hộ (đồng/tháng)", "Thu nhập cả hộ một tháng", "Thu nhập cả hộ"), kinds.dong()),
        Column("area", ("Khu vực", "Nông thôn, thành thị"), kinds.choice(AREAS)),
        *lacking,
        *why,
    )


def found_of(values: Mapping[str, Any], row: Assessment) -> Found:
    """What a row of the file says of a household. B2 follows from the ticked indicators where it is not written."""
    ticked = frozenset(name.removeprefix(LACK) for name, told in values.items() if name.startswith(LACK) and told)
    why = frozenset(name.removeprefix(CAUSE) for name, told in values.items() if name.startswith(CAUSE) and told)
    b2, income = values["b2"], values["income"]
    lacking = ticked or (frozenset() if b2 == 0 else None)
    if b2 is None and ticked and income is None:
        b2 = deprivations.POINTS.on(row.review.round.review_on).value * len(ticked)
    return Found(
        persons=values["persons"] or row.persons, b1=values["b1"], b2=b2, income_total=income, lacking=lacking,
        causes=why, area=values["area"] or "",
    )  # fmt: skip


def checker(reviews: Sequence[CommuneReview]) -> Check:
    """Codes that are not on the list, households that the name only may mean, scores that cannot be."""

    def check(rows: Sequence[Staged]) -> Iterable[tuple[Staged, Flaw]]:
        if not reviews:
            yield from ((row, Flaw("", NOT_NOW)) for row in rows)
            return
        known = listed(reviews)
        for row in rows:
            yield from ((row, flaw) for flaw in _flaws(row.values, known))

    return check


def _flaws(values: Mapping[str, Any], known: Listed) -> Iterator[Flaw]:
    code, name = values["code"], values["name"]
    if not code and not name:
        yield Flaw("code", "Cần ghi mã hộ, hoặc tên chủ hộ và ấp.")
        return
    if code and code not in known.by_code:
        yield Flaw("code", f"Danh sách rà soát của xã không có hộ mang mã “{code}”.")
        return
    if not code:
        alike = _alike(values, known)
        if not alike:
            yield Flaw("name", f"Danh sách rà soát của xã không có chủ hộ nào tên “{name}”.")
            return
        if all(_is_scored_so(values, row) for row in alike):
            yield ALREADY
            return
        yield Flaw("", f"Không ghi mã hộ: “{name}” là hộ nào trong danh sách?", is_doubtful=True, ask=WHICH,
                   answers=tuple(_answer(row) for row in alike))  # fmt: skip
    row = known.by_code[code] if code else alike[0]
    if code and _is_scored_so(values, row):
        yield ALREADY
        return
    yield from _about_scores(values, row)
    if code and row.standing:
        said = f"Hộ {row.household.code} đã chấm “{pages.SHORT[row.standing]}”: thay bằng dòng này?"
        yield Flaw("", said, is_doubtful=True, ask=AGAIN, answers=(Answer(YES, "Thay điểm đã chấm bằng dòng này"),))


def _is_scored_so(values: Mapping[str, Any], row: Assessment) -> bool:
    """Whether the household is scored already just as this row of the file says."""
    if not row.standing:
        return False
    found, on = found_of(values, row), row.review.round.review_on
    try:
        classified = scoring.classify(row.area or found.area, found, on=on)
    except Refused:
        return False
    told = scoring.values(row, found, classified, on=on, earlier={})
    return all(getattr(row, name) == told[name] for name in SAID)


def _alike(values: Mapping[str, Any], known: Listed) -> list[Assessment]:
    """The households of that name; those of that hamlet first, and only those where there are any."""
    rows = known.by_name.get(fold(values["name"]), [])
    here = [row for row in rows if fold(row.hamlet) == fold(values["hamlet"] or "")]
    return (here or rows)[:OFFERED]


def _answer(row: Assessment) -> Answer:
    home = row.household
    scored = f", đã chấm {pages.SHORT[row.standing]}" if row.standing else ""
    label = f"Hộ {home.code}: {home.head_name}, {row.hamlet}, {row.persons} người{scored}"
    return Answer(f"{row.pk}{STOOD}{row.standing}", label, reverse("reviews:assessment", args=[row.pk]))


def _about_scores(values: Mapping[str, Any], row: Assessment) -> Iterator[Flaw]:
    """What the law says against these values, at their columns."""
    found = found_of(values, row)
    try:
        scoring.classify(row.area or found.area, found, on=row.review.round.review_on)
    except Refused as refused:
        for reason in refused.reasons:
            name = FIELDS.get(reason.field, reason.field)
            yield Flaw(name if name in values else "", reason.text)


def settle(row: Staged, answers: Mapping[str, str]) -> Iterable[Flaw]:
    """After a person's look: the household that was chosen is still there to be scored, and the values are possible."""
    key, _, _ = answers.get(WHICH, "").partition(STOOD)
    chosen = Assessment.objects.in_force().filter(review__stage=Stage.SCORING.value, gone="")
    chosen = chosen.select_related("review__round", "household")
    found = chosen.filter(pk=int(key)).first() if key else chosen.filter(household__code=row.values["code"]).first()
    if found is None:
        yield Flaw("code", "Hộ này không còn trong danh sách đang chấm điểm.")
        return
    yield from _about_scores(row.values, found)


def writer(seat: Seat, on: date) -> Writer:
    """Scores the households of the rows, in one batch for each review; none that was scored meanwhile."""

    def write(rows: Sequence[Accepted]) -> Mapping[int, str]:
        known = listed(reviews_of(seat, on))
        lost: dict[int, str] = {}
        wanted: dict[int, tuple[Assessment, int, Found]] = {}
        for one in rows:
            key, _, stood = one.answers.get(WHICH, "").partition(STOOD)
            row = known.by_key.get(key) if key else known.by_code.get(one.values["code"] or "")
            if row is None:
                lost[one.key] = "Hộ này không còn trong danh sách đang chấm điểm."
            elif row.standing and row.standing != stood and AGAIN not in one.answers:
                if _is_scored_so(one.values, row):
                    continue
                lost[one.key] = f"Hộ {row.household.code} vừa được chấm “{pages.SHORT[row.standing]}”; xem lại rồi nạp."
            elif row.pk in wanted:
                lost[one.key] = f"Hộ {row.household.code} đã có một dòng khác trong tệp."
            else:
                wanted[row.pk] = (row, one.key, found_of(one.values, row))
        for review in {row.review_id: row.review for row, _, _ in wanted.values()}.values():
            mine = {row.pk: (key, found) for row, key, found in wanted.values() if row.review_id == review.pk}
            faults = scoring.score_many(review, {pk: found for pk, (_, found) in mine.items()}, by=seat, on=on)
            lost |= {mine[pk][0]: why for pk, why in faults.items()}
        return lost

    return write


SCORES = SheetList(
    NAME, "Điểm rà soát của xã", frozenset({Desk.COMMUNE}), layout, writer, settle,
    "Mỗi dòng một hộ trong danh sách rà soát đang chấm: mã hộ (hoặc chủ hộ và ấp), điểm B1, B2 hoặc thu nhập.",
)  # fmt: skip
