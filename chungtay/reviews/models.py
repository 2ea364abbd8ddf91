"""The nouns of this room, for whoever imports them."""

from chungtay.reviews.assessments import Application, ApplicationQuerySet, Assessment, AssessmentQuerySet
from chungtay.reviews.figures import Figures, FiguresQuerySet
from chungtay.reviews.rounds import (
    CommuneReview,
    CommuneReviewQuerySet,
    Complaint,
    ComplaintQuerySet,
    Meeting,
    Round,
    RoundQuerySet,
)
from chungtay.reviews.sheets import PointSheet

__all__ = [
    "Application",
    "ApplicationQuerySet",
    "Assessment",
    "AssessmentQuerySet",
    "CommuneReview",
    "CommuneReviewQuerySet",
    "Complaint",
    "ComplaintQuerySet",
    "Figures",
    "FiguresQuerySet",
    "Meeting",
    "PointSheet",
    "Round",
    "RoundQuerySet",
]
