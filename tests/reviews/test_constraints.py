"""The database itself refuses rows that cannot be: every constraint of the room is broken once, and holds."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import F

from chungtay.reviews.models import (
    Application,
    Assessment,
    CommuneReview,
    Complaint,
    Figures,
    Meeting,
    PointSheet,
    Round,
)
from tests.make import Province
from tests.reviews.doing import open_round, review_of
from tests.reviews.people import POOR, household, locked, row

pytestmark = pytest.mark.django_db
DAY = date(2020, 10, 1)
ALL = {
    constraint.name
    for model in apps.get_app_config("reviews").get_models()
    for constraint in model._meta.constraints
}  # fmt: skip
Break = Callable[[Province], Any]


def copy(one: models.Model, **changes: Any) -> Any:
    """The same row again as a new one, with these values."""
    told = {field.name: getattr(one, field.name) for field in one._meta.concrete_fields if not field.primary_key}
    return type(one)._default_manager.create(**{**told, **changes})


def a_round(province: Province) -> Round:
    return open_round(province)


def a_review(province: Province) -> CommuneReview:
    return review_of(open_round(province), province)


def an_assessment(province: Province) -> Assessment:
    locked(province, 2019, [row(household(province), POOR)])
    return Assessment.objects.get()


def an_application(province: Province, **more: Any) -> Application:
    one = household(province)
    told = {
        "household": one, "area_path": one.area_path, "kind": "enter", "reason": "x", "received_on": DAY,
        "due_on": DAY, "due_source": "x", **more,
    }  # fmt: skip
    return Application.objects.create(**told)


def a_meeting(province: Province, **more: Any) -> Meeting:
    told = {"hamlet": "Ấp", "held_on": DAY, "present": 10, "agree": 9, "disagree": 1, "agreed": True, "said": "x",
            "seen": 1, **more}  # fmt: skip
    return Meeting.objects.create(review=a_review(province), **told)


def a_complaint(province: Province, **more: Any) -> Complaint:
    review = a_review(province)
    told = {"area_path": review.area_path, "who": "x", "text": "x", "received_on": DAY, **more}
    return Complaint.objects.create(review=review, **told)


def a_sheet(**more: Any) -> PointSheet:
    told = {"region": "urban", "edition": "1", "text": "x", "items": [], "since": DAY, "loaded_on": DAY, **more}
    return PointSheet.objects.create(**told)


def change(make: Callable[[Province], models.Model], **changes: Any) -> Break:
    def act(province: Province) -> None:
        one = make(province)
        type(one)._default_manager.filter(pk=one.pk).update(**changes)

    return act


def again(make: Callable[[Province], models.Model], **changes: Any) -> Break:
    return lambda province: copy(make(province), **changes)


def figures(province: Province) -> Figures:
    an_assessment(province)
    return Figures.objects.order_by("pk")[0]


BREAKS: dict[str, Break] = {
    "one_review_a_year": again(a_round),
    "review_closes_after_it_opens": again(a_round, year=2030, closes=date(2000, 1, 1)),
    "review_approved_by_decision": change(a_round, approved_on=DAY),
    "locked_after_approval": change(a_round, approved_on=DAY, decision="x", locked_on=DAY - timedelta(days=1)),
    "one_review_a_commune": again(a_review),
    "review_stage_known": change(a_review, stage="asleep"),
    "posting_ends_after": change(a_review, posted_on=DAY, posting_ends=DAY - timedelta(days=1)),
    "minority_within_all": change(a_review, households_all=5, minority_all=6),
    "voices_were_present": lambda province: a_meeting(province, agree=10),
    "somebody_was_present": lambda province: a_meeting(province, present=0, agree=0, disagree=0),
    "answer_says_what": lambda province: a_complaint(province, answered_on=DAY),
    "class_after_comes_with_answer": lambda province: a_complaint(province, classed_after="outside"),
    "one_assessment_a_household": again(an_assessment),
    "assessed_class_known": change(an_assessment, standing="rich"),
    "gone_has_no_class": change(an_assessment, gone="died"),
    "came_was_not_there": change(an_assessment, came="split", before="poor"),
    "class_says_for_which_area": change(an_assessment, area=""),
    "class_says_by_what": change(an_assessment, basis=""),
    "b2_is_possible": change(an_assessment, b2=210),
    "correction_says_why": change(an_assessment, corrects=F("pk")),
    "one_request_at_a_time": again(an_application),
    "request_decided_on_a_day": lambda province: an_application(province, state="granted"),
    "refusal_gives_its_reason": lambda province: an_application(province, state="refused", decided_on=DAY),
    "one_row_of_figures_in_force": again(figures),
    "figures_replaced_on_if_replaced": change(figures, replaced_on=DAY),
    "poor_within_all": again(figures, replaced=True, poor=99_999),
    "one_point_sheet_an_edition": lambda province: [a_sheet(), a_sheet()],
    "point_sheet_names_its_text": lambda province: a_sheet(text=""),
    "point_sheet_region_known": lambda province: a_sheet(region="moon"),
}


def test_every_constraint_of_the_room_is_tried() -> None:
    assert set(BREAKS) == ALL


@pytest.mark.parametrize("name", BREAKS)
def test_the_database_refuses_what_cannot_be(province: Province, name: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BREAKS[name](province)
    said = str(refused.value)
    assert name in said or "UNIQUE constraint failed" in said


@pytest.mark.parametrize("change_one", [{"said": "khác"}, {"agreed": False}, {"present": 99}])
def test_minutes_of_a_meeting_are_never_changed(province: Province, change_one: dict[str, Any]) -> None:
    one = a_meeting(province)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Meeting.objects.filter(pk=one.pk).update(**change_one)


def test_figures_in_force_are_replaced_and_never_changed(province: Province) -> None:
    one = figures(province)
    Figures.objects.filter(pk=one.pk).update(replaced=True)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Figures.objects.filter(pk=one.pk).update(poor=0)


def test_a_rounds_days_are_never_changed(province: Province) -> None:
    one = a_round(province)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Round.objects.filter(pk=one.pk).update(review_on=DAY)
