"""The reviews of the walked province: a locked round and an open one, with an address of each kind."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from chungtay.law.reviewing import Stage
from chungtay.reviews import regular
from chungtay.reviews.models import Complaint, Meeting
from tests.make import TODAY, Province
from tests.reviews.doing import bring, open_round, points, review_of, row_of, score
from tests.reviews.people import POOR, SIBLING, locked, row

COMMUNES = frozenset({"commune", "commune_b", "commune_c"})
HOUSEHOLDS = COMMUNES | {"district", "district_c", "labour"}
FIGURES = HOUSEHOLDS | {"front", "chair", "board", "auditor"}
OF_A, OWN = frozenset({"commune", "district", "labour"}), frozenset({"commune"})
FIGURES_OF_A = OF_A | {"front", "chair", "board", "auditor"}
LABOUR, CHAIR = frozenset({"labour"}), frozenset({"chair"})


def populate(p: Province, things: dict[str, Any]) -> dict[str, Any]:
    """Last year's list of both communes, this year's round with commune A at scoring, a request, a complaint."""
    home, canary, other = things["home"], things["canary_home"], things["other_home"]
    first = locked(p, 2019, [row(home, POOR), row(canary, POOR)])
    second = open_round(p)
    review = bring(p, review_of(second, p), Stage.SCORING)
    sibling = review_of(second, p, SIBLING)
    scored = score(p, review, home.pk, points(100, 20))
    meeting = Meeting.objects.create(
        review=review, hamlet=home.hamlet, held_on=date(2020, 10, 5), present=10, agree=9, disagree=1, agreed=True,
        said="9 trong 10 người dự họp đồng ý", seen=1, minutes=p.file(),
    )  # fmt: skip
    complaint = Complaint.objects.create(
        review=review, area_path=review.area_path, household=home, who="Danh Út", text="Sai", received_on=TODAY
    )
    home.refresh_from_db()
    other.refresh_from_db()
    refused = regular.ask(home, "leave", reason="Đã có việc làm", by=p.seats["commune"], on=TODAY)
    regular.refuse(refused, why="Điểm B1 chưa vượt mức", by=p.seats["commune"], on=TODAY, version=refused.version)
    return {
        "review_round": second, "locked_round": first, "review": review, "assessment": scored,
        "locked_review": review_of(first, p),
        "old_assessment": row_of(review_of(first, p), home), "review_meeting": meeting, "review_complaint": complaint,
        "refused_request": refused,
        "review_request": regular.ask(other, "enter", reason="Mất mùa", by=p.seats["commune"], on=TODAY),
        "canary_review": sibling, "canary_assessment": row_of(sibling, canary),
    }  # fmt: skip


def pk(thing: str, name: str = "pk", **more: Any) -> Callable[[Any], dict[str, Any]]:
    return lambda world: {name: world[thing].pk, **more}


def plain(world: Any) -> dict[str, Any]:
    return {}


def rows(row: Callable[..., Any]) -> tuple[Any, ...]:
    """One row for each address of the reviews; `row` makes it."""
    return (
        row("reviews:rounds", "read", plain, FIGURES),
        row("reviews:open_round", "form", plain, LABOUR),
        row("reviews:point_sheets", "form", plain, LABOUR),
        row("reviews:borrow_points", "form", plain, LABOUR),
        row("reviews:round", "read", pk("review_round"), FIGURES, why="open"),
        row("reviews:round", "read", pk("locked_round"), FIGURES, why="locked"),
        row("reviews:approve", "form", pk("review_round"), CHAIR),
        row("reviews:lock", "form", pk("review_round"), LABOUR),
        row("reviews:report", "read", pk("review_round", form="ket-qua"), FIGURES, why="open"),
        row("reviews:report", "read", pk("locked_round", form="bien-dong-ngheo"), FIGURES, why="locked"),
        row("reviews:behind", "read", pk("locked_round"), HOUSEHOLDS, query=lambda w: "?cot=hien-co"),
        row("reviews:commune", "read", pk("review"), FIGURES_OF_A),
        row("reviews:totals", "act", pk("review"), OWN),
        row("reviews:households", "read", pk("review"), OF_A),
        row("reviews:add", "form", pk("review"), OWN),
        row("reviews:follow", "act", pk("review"), OWN),
        row("reviews:step", "act", lambda w: {"pk": w["review"].pk, "name": "score"}, OF_A),
        row("reviews:meetings", "form", pk("review"), OF_A),
        row("reviews:complaints", "form", pk("review"), OF_A),
        row("reviews:posting", "read", pk("review"), OF_A),
        row("reviews:minutes", "read", pk("review_meeting"), OF_A),
        row("reviews:answer", "form", pk("review_complaint"), OWN),
        row("reviews:add_omitted", "form", pk("review_complaint"), OWN),
        row("reviews:assessment", "form", pk("assessment"), OF_A),
        row("reviews:gone", "act", pk("assessment"), OWN),
        row("reviews:drop", "act", pk("assessment"), OWN),
        row("reviews:correct", "form", pk("old_assessment"), LABOUR),
        row("reviews:correct_gone", "form", pk("old_assessment"), LABOUR),
        row("reviews:correct_totals", "form", pk("locked_review"), LABOUR),
        row("reviews:forgotten", "read", pk("locked_review"), LABOUR),
        row(
            "reviews:add_forgotten",
            "form",
            lambda w: {"pk": w["locked_review"].pk, "household": w["other_home"].pk},
            LABOUR,
        ),
        row("reviews:of_household", "read", pk("home"), OF_A),
        row("reviews:requests", "read", plain, HOUSEHOLDS),
        row("reviews:ask", "form", pk("other_home", "household"), OWN),
        row("reviews:request", "read", pk("review_request"), OF_A),
        row("reviews:request_paper", "read", pk("review_request"), OWN),
        row("reviews:request_answer", "read", pk("refused_request"), OWN),
        row("reviews:grant", "act", pk("review_request"), OWN),
        row("reviews:refuse", "act", pk("review_request"), OWN),
        row("reviews:carry", "act", pk("review_request"), OWN),
    )


def canary_addresses(world: Any) -> Iterator[str]:
    """Every page of the reviews where the household of commune B might show."""
    review, assessment = world["canary_review"], world["canary_assessment"]
    yield from (
        f"/ra-soat/xa/{review.pk}/{tail}" for tail in ("", "ho/", "them-ho/", "hop-dan/", "khieu-nai/", "niem-yet/")
    )
    yield from (f"/ra-soat/phieu/{assessment.pk}/", f"/ra-soat/phieu/{assessment.pk}/dieu-chinh/")
    yield f"/ra-soat/phieu/{assessment.pk}/dieu-chinh/khong-con/"
    locked_at = f"/ra-soat/xa/{world['locked_review'].pk}/"
    yield from (f"{locked_at}bo-sung/{assessment.household_id}/", f"{locked_at}bo-sung/?q=huynh")
    yield f"/ra-soat/ho/{assessment.household_id}/"
    at = f"/ra-soat/dot/{world['locked_round'].pk}/ho/?cot=hien-co"
    yield from (at, f"{at}&dang=xlsx")
