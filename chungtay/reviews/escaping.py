"""Hộ mới thoát nghèo của một đợt: which of its households came above the near-poor line within the law's months."""

from django.db.models import Exists, OuterRef, Q

from chungtay.law.population import Move
from chungtay.law.poverty import Class
from chungtay.reviews import lineage
from chungtay.reviews.assessments import Application, Assessment
from chungtay.reviews.rounds import Round

LISTED = [standing.value for standing in Class if standing.is_listed]
ABOVE = [move.value for move in Move if move.starts_newly_escaped]


def newly_escaped(round: Round) -> Q:
    """The assessments of the round whose household is newly escaped on the day of the province's decision.

    It left by this round, by an earlier one that was decided within the months, or by a request granted within them,
    and no list has held it since. Before the decision the review's day counts. A household that a request let go
    before the months began is not made newly escaped by the round that took note of it.
    """
    day = round.approved_on or round.review_on
    since = lineage.escaped_since(day)
    same = Q(household=OuterRef("household"), review__round__place=round.place_id, replaced=False)
    until_now = Q(review__round__year__lte=round.year)
    back = Assessment.objects.filter(
        until_now, household=OuterRef("household"), replaced=False, standing__in=LISTED,
        review__round__year__gt=OuterRef("review__round__year"),
    )  # fmt: skip
    noted = Application.objects.filter(
        household=OuterRef("household"), state=Application.State.GRANTED, move__in=ABOVE, decided_on__lt=since,
        decided_on__gt=OuterRef("review__round__previous__review_on"),
    )  # fmt: skip
    earlier = Assessment.objects.filter(
        same, move__in=ABOVE, review__round__year__lt=round.year, review__round__approved_on__gte=since,
        review__round__locked_on__isnull=False,
    ).filter(~Exists(back), ~Exists(noted))  # fmt: skip
    back_since = Assessment.objects.filter(
        until_now, household=OuterRef("household"), replaced=False, standing__in=LISTED,
        review__round__review_on__gt=OuterRef("decided_on"),
    )  # fmt: skip
    asked = Application.objects.filter(
        household=OuterRef("household"), state=Application.State.GRANTED, move__in=ABOVE, decided_on__gte=since,
        decided_on__lte=day,
    ).filter(~Exists(back_since))  # fmt: skip
    return Q(gone="") & ~Q(standing__in=LISTED) & (Q(move__in=ABOVE) | Q(Exists(earlier)) | Q(Exists(asked)))
