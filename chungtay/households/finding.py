"""Finding households: by the head's name as people type it, by code, by what the register knows of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, Value
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import GreaterThan

from chungtay.households.models import STANDINGS, HouseholdQuerySet
from chungtay.law.poverty import STANDARD, Area, Basis, Class, rule
from chungtay.law.refusals import NoRule
from chungtay.records.names import fold

GROUPS = (
    ("minority", "Dân tộc thiểu số"),
    ("no_labour", "Không có khả năng lao động"),
    ("merit", "Có người có công"),
)
POOR, NONE = "poor_all", "none"


def classes_on(day: date) -> frozenset[Class]:
    """The classes that a household may have by the standard in force on that day; none where no standard covers it."""
    try:
        rungs = [rung for area in Area for basis in Basis for rung in rule(area, basis, on=day).rungs]
    except NoRule:
        return frozenset()
    return frozenset(rung.outcome for rung in rungs)


def choices(on: date) -> list[tuple[str, str]]:
    """The classes to narrow the register by: those of every standard up to that day."""
    known = {one for version in STANDARD.versions if version.since <= on for one in classes_on(version.since)}
    told = [(key, label[:1].upper() + label[1:]) for key, label in STANDINGS if key in known]
    return [(POOR, "Hộ nghèo (tất cả)"), *told, (NONE, "Chưa rà soát")]


def matching(rows: HouseholdQuerySet, text: str) -> HouseholdQuerySet:
    """Households with this beginning of a code, or whose head's name has a word beginning with each word of `text`."""
    typed = text.strip().replace(" ", "")
    if typed.replace("-", "").isdigit():
        return rows.filter(code__startswith=typed)
    name, words = Concat(Value(" "), F("head_folded")), fold(text).split()
    if not words:
        return rows.none()
    for word in words:
        rows = rows.filter(GreaterThan(StrIndex(name, Value(f" {word}")), 0))
    return rows


@dataclass(frozen=True)
class Asked:
    """What a list of households is narrowed to; empty where nothing was asked."""

    text: str = ""
    standing: str = ""
    group: str = ""
    place: str = ""
    hamlet: str = ""
    gone: bool = False

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Asked":
        return cls(
            text=query.get("q", "").strip(), standing=query.get("loai", ""), group=query.get("nhom", ""),
            place=query.get("xa", ""), hamlet=query.get("ap", "").strip(), gone=query.get("ra") == "1",
        )  # fmt: skip

    @property
    def any(self) -> bool:
        """Whether anything was asked at all."""
        return self != Asked()

    def narrow(self, rows: HouseholdQuerySet) -> HouseholdQuerySet:
        """The rows that answer; a filter that says nonsense is left out."""
        rows = rows.filter(closed_on__isnull=not self.gone)
        if self.text:
            rows = matching(rows, self.text)
        if self.standing == POOR:
            rows = rows.filter(standing__in=[one.value for one in Class if one.is_poor])
        elif self.standing == NONE or self.standing in [one.value for one in Class]:
            rows = rows.filter(standing="" if self.standing == NONE else self.standing)
        if self.group in dict(GROUPS):
            rows = rows.filter(Q(**{self.group: True}))
        if self.place.isdecimal() and len(self.place) < 10:
            rows = rows.filter(place_id=int(self.place))
        if self.hamlet:
            rows = rows.filter(hamlet=self.hamlet)
        return rows
