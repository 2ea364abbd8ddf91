"""Points by the Council's scale and weights."""

from __future__ import annotations

from fractions import Fraction

import pytest

from chungtay.law.weighing import points

pytestmark = pytest.mark.clause("KH IV.2.2.a")


def test_points_are_scores_by_weight_out_of_a_hundred() -> None:
    assert points({"a.1": 1, "a.2": 3}, {"a.1": 10, "a.2": 0}, scale=10) == 25
    assert points({"a.1": 1, "a.2": 2}, {"a.1": 5, "a.2": 5}, scale=10) == 50
    assert points({"a.1": 1, "a.2": 1, "a.3": 1}, {"a.1": 1, "a.2": 0, "a.3": 0}, scale=1) == Fraction(100, 3)


def test_nothing_is_told_while_a_weighed_criterion_has_no_score() -> None:
    assert points({"a.1": 1, "a.2": 3}, {"a.1": 10}, scale=10) is None
    assert points({"a.1": 1, "a.2": 0}, {"a.1": 10}, scale=10) == 100


@pytest.mark.parametrize(
    ("weights", "scores", "scale"),
    [({"a.1": 0}, {}, 10), ({"a.1": 1}, {"a.1": 11}, 10), ({"a.1": 1}, {"a.1": -1}, 10), ({"a.1": 2, "b": -1}, {}, 10),
     ({"a.1": 1}, {}, 0)],
)  # fmt: skip
def test_impossible_scales_weights_and_scores_fail_loudly(
    weights: dict[str, int], scores: dict[str, int], scale: int
) -> None:
    with pytest.raises(ValueError, match=r"weights|score"):
        points(weights, scores, scale=scale)
