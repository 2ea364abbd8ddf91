"""The nouns of this room, for whoever imports them: gifts with their shares, and what is reckoned with them."""

from chungtay.contributions.gifts import (
    BENEFICIARIES,
    DONG,
    ENDED,
    OPEN,
    Contribution,
    ContributionQuerySet,
    Correction,
    Project,
    Share,
    State,
)
from chungtay.contributions.papers import Paper
from chungtay.contributions.reckoned import AwardCase, Claim, CountingChoice, Sameness, Threshold

__all__ = [
    "BENEFICIARIES", "DONG", "ENDED", "OPEN", "AwardCase", "Claim", "Contribution", "ContributionQuerySet",
    "Correction", "CountingChoice", "Paper", "Project", "Sameness", "Share", "State", "Threshold",
]  # fmt: skip
