"""What a locked round leaves behind: the class of each household, and the rows of figures."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F, Q, QuerySet

from chungtay.households.models import Household
from chungtay.law.poverty import Class
from chungtay.reviews.assessments import Assessment
from chungtay.reviews.carrying import ABOVE, LISTED
from chungtay.reviews.figures import Figures
from chungtay.reviews.rounds import Round
from chungtay.reviews.summing import Summed

BATCH = 500


def settle(round: Round, *, escaped_on: date) -> None:
    """Give the households of the round their class of its review day, and the day on which they escaped.

    One statement a class. What a decision of a later day said of a household (regular review) stays.
    """
    told = Assessment.objects.in_force().filter(review__round=round).exclude(standing="").order_by()
    for standing in Class:
        mine = _older(told.filter(standing=standing.value), round.review_on)
        mine.update(standing=standing.value, standing_since=round.review_on, version=F("version") + 1)
    settled = Household.objects.filter(standing_since=round.review_on)
    fresh = settled.filter(escaped_on__isnull=True)  # a request that was granted since gave its own day
    fresh.filter(pk__in=told.filter(move__in=ABOVE).values("household")).update(escaped_on=escaped_on)
    settled.filter(pk__in=told.filter(standing__in=LISTED).values("household")).update(escaped_on=None)


def _older(rows: "QuerySet[Assessment]", day: date) -> "QuerySet[Household]":
    """The households of these rows whose class is not of a later day."""
    return Household.objects.filter(Q(standing_since__isnull=True) | Q(standing_since__lte=day)).filter(
        pk__in=rows.values("household")
    )


def write_figures(summed: Sequence[Summed]) -> None:
    """The rows of figures, a statement for a batch of communes."""
    Figures.objects.bulk_create([one.figures for one in summed], batch_size=BATCH)
