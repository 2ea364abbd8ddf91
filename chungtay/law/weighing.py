"""Weighing: the points of a nominee by the scale and the weights of the Council's guidance (KH IV.2.2.a)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

HUNDRED = 100


def points(weights: Mapping[str, int], scores: Mapping[str, int], *, scale: int) -> Fraction | None:
    """Points out of a hundred: each criterion's score on the scale, by its weight. None while one has no score.

    Raises ValueError for weights that sum to nothing, or a score off the scale.
    """
    total = sum(weights.values())
    if total <= 0 or min(weights.values()) < 0 or scale < 1:
        raise ValueError("weights are not negative and sum to more than nothing, on a scale of at least 1")
    if any(not 0 <= score <= scale for score in scores.values()):
        raise ValueError(f"a score lies between 0 and {scale}")
    if any(weight and criterion not in scores for criterion, weight in weights.items()):
        return None
    reached = sum(weight * scores[criterion] for criterion, weight in weights.items() if weight)
    return Fraction(HUNDRED * reached, scale * total)
