"""Outlines as the paths of a drawing: a flat map of a few communes, computed here so that the page needs no script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from chungtay.places.tables import rings

WIDTH = 1000  # of the drawing, in its own units
TALLEST = 900
MARGIN = 12
Point = Sequence[float]


@dataclass(frozen=True)
class Shape:
    """One unit on the map: `d` is the path of its outline; `is_here` marks the unit that the page is about."""

    key: str
    name: str
    d: str
    is_here: bool


@dataclass(frozen=True)
class Drawing:
    """A map with north up; a degree of longitude is shortened as at the middle latitude."""

    width: int
    height: int
    shapes: list[Shape]


def draw(outlines: Iterable[tuple[str, str, dict[str, Any]]], here: str = "") -> Drawing | None:
    """The map of (key, name, geometry), the unit `here` on top; None when there is no outline at all."""
    parts = [(key, name, rings(geometry)) for key, name, geometry in outlines]
    points = [point for _, _, all_rings in parts for ring in all_rings for point in ring]
    if not points:
        return None
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = cos(radians((south + north) / 2))
    scale = min(WIDTH / max((east - west) * squeeze, 1e-6), TALLEST / max(north - south, 1e-6))

    def at(point: Point) -> str:
        x = MARGIN + (point[0] - west) * squeeze * scale
        y = MARGIN + (north - point[1]) * scale
        return f"{x:.1f} {y:.1f}"

    shapes = [
        Shape(key, name, " ".join(f"M{'L'.join(map(at, ring[:-1]))}Z" for ring in all_rings), key == here)
        for key, name, all_rings in parts
    ]
    return Drawing(
        width=round((east - west) * squeeze * scale) + 2 * MARGIN,
        height=round((north - south) * scale) + 2 * MARGIN,
        shapes=sorted(shapes, key=lambda shape: shape.is_here),
    )
