"""Where the figures of a chart stand: the pure function of charts.js, held to its promise over many random charts."""

import random
from itertools import pairwise
from typing import Any

import pytest

from tests.journeys.person import ROOT

pytestmark = pytest.mark.browser
BOUNDS = {"left": 0.0, "top": 0.0, "right": 330.0, "bottom": 260.0}
Box = dict[str, float]


@pytest.fixture
def place(chromium: Any) -> Any:
    """`chartLabels.place` in an empty page."""
    page = chromium.new_page()
    page.add_script_tag(content=(ROOT / "static/src/js/charts.js").read_text())
    yield lambda *told: page.evaluate("(told) => chartLabels.place(...told)", list(told))
    page.close()


def label(x: float, y: float, *, width: float = 40, height: float = 16, way: int = -1) -> dict[str, float]:
    return {"x": x, "y": y, "width": width, "height": height, "way": way}


def samples(line: list[list[float]]) -> list[tuple[float, float]]:
    """Points of a line, half a pixel apart."""
    found = []
    for (ax, ay), (bx, by) in pairwise(line):
        steps = int(2 * max(abs(bx - ax), abs(by - ay))) + 1
        found += [(ax + (bx - ax) * n / steps, ay + (by - ay) * n / steps) for n in range(steps + 1)]
    return found


def holds(box: Box, x: float, y: float) -> bool:
    return box["left"] <= x <= box["right"] and box["top"] <= y <= box["bottom"]


def apart(a: Box, b: Box) -> bool:
    return a["right"] <= b["left"] or b["right"] <= a["left"] or a["bottom"] <= b["top"] or b["bottom"] <= a["top"]


def scene(seed: int) -> tuple[list[Any], list[Any], list[Any]]:
    """Up to four lines over six years, with figures at their points, as a goal's page has them."""
    chance = random.Random(seed)
    years = [25 + n * chance.choice((36, 44, 50)) for n in range(6)]
    lines = [[[x, chance.uniform(20, 250)] for x in years] for _ in range(chance.randint(1, 4))]
    if chance.random() < 0.5:  # lines that all but lie upon each other
        lines = [[[x, min(255, y + n * 3)] for x, y in lines[0]] for n in range(len(lines))]
    points = [{"x": x, "y": y, "r": 5.5} for x, y in lines[0]]
    way = chance.choice((-1, 1))
    labels = [label(x, y, width=chance.uniform(18, 70), way=way) for x, y in lines[0]]
    labels += [label(*line[-1]) for line in lines[1:]]
    return labels, lines, points


def test_no_figure_touches_a_line_a_point_another_figure_or_the_edge(place: Any) -> None:
    placed = 0
    for seed in range(300):
        labels, lines, points = scene(seed)
        boxes = place(labels, lines, points, BOUNDS)
        assert len(boxes) == len(labels)
        there = [box for box in boxes if box is not None]
        placed += len(there)
        for n, box in enumerate(there):
            assert all(box[name] >= 0 for name in box), seed
            assert all(box[name] <= BOUNDS[name] for name in ("right", "bottom")), seed
            assert not any(holds(box, x, y) for line in lines for x, y in samples(line)), seed
            assert not any(holds(box, point["x"], point["y"]) for point in points), seed
            assert all(apart(box, other) for other in there[n + 1 :]), seed
    assert placed > 1200


def test_a_figure_alone_stands_right_above_its_point_or_below_if_it_prefers(place: Any) -> None:
    for way, top in ((-1, 100 - 9 - 16), (1, 100 + 9)):
        [box] = place([label(150, 100, way=way)], [], [{"x": 150, "y": 100, "r": 5}], BOUNDS)
        assert (box["left"], box["top"], box["right"] - box["left"]) == (130, top, 40)


def test_a_figure_keeps_near_its_point_and_the_first_one_chooses_first(place: Any) -> None:
    one, other = place([label(150, 100), label(152, 100)], [], [], BOUNDS)
    assert (one["left"], one["top"]) == (130, 75)
    assert apart(one, other)
    assert abs((other["top"] + other["bottom"]) / 2 - 100) < 50


def test_a_figure_that_finds_no_place_is_left_to_the_table(place: Any) -> None:
    crowd = [[[0, y], [330, y]] for y in range(0, 260, 8)]
    assert place([label(150, 100)], crowd, [], BOUNDS) == [None]
    assert place([label(150, 100, width=400)], [], [], BOUNDS) == [None]


def test_a_steep_line_drives_the_figure_to_its_free_side(place: Any) -> None:
    line = [[100.0, 250.0], [150.0, 100.0], [200.0, 10.0]]
    [box] = place([label(150, 100, way=1)], [line], [{"x": 150, "y": 100, "r": 5}], BOUNDS)
    assert box["left"] > 150
    assert not any(holds(box, x, y) for x, y in samples(line))
