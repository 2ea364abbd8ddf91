"""The nouns of this room, for whoever imports them: units with their lives, and what is known of them."""

from chungtay.places.facts import Boundary, Coverage, Difficulty, Island
from chungtay.places.kinds import Kind, Level
from chungtay.places.units import DIGITS, NoPlaceThen, Place, PlaceQuerySet, PlaceVersion, Succession, alive

__all__ = [
    "DIGITS",
    "Boundary",
    "Coverage",
    "Difficulty",
    "Island",
    "Kind",
    "Level",
    "NoPlaceThen",
    "Place",
    "PlaceQuerySet",
    "PlaceVersion",
    "Succession",
    "alive",
]
