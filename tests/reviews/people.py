"""Households for the tests of reviews, and the rounds that they went through."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from chungtay.households.models import Household
from chungtay.places.models import Place
from chungtay.records.journal import System
from chungtay.reviews.bulk import Opening, Row, Totals, write_round
from chungtay.reviews.models import Round
from tests.make import TODAY, Province

OWN, SIBLING, FOREIGN = "kg-30847", "kg-30850", "kg-30985"
HAMLET = "Ấp Hòa Tiến"
BORN = date(2015, 1, 1)
POOR, SERVICE, NEAR, OUTSIDE = (100, 20), (130, 30), (130, 20), (160, 0)
"""B1 and B2 that make a rural household income-poor, service-poor, near-poor, and none of them."""


def household(province: Province, commune: str = OWN, **more: Any) -> Household:
    """One more household of that commune in the register."""
    return households(province, 1, commune, **more)[0]


def households(province: Province, count: int, commune: str = OWN, **more: Any) -> list[Household]:
    """So many households of that commune in the register."""
    place, begun = province.places[commune], Household.objects.count()
    told = {"hamlet": HAMLET, "persons": 4, "opened_on": BORN, **more}
    rows = [
        Household(code=f"{commune[-5:]}-{begun + n:05d}", place=place, **{"head_name": f"Danh Văn {begun + n}", **told})
        for n in range(count)
    ]
    for row in rows:
        row.fill_derived(TODAY)
    return Household.objects.bulk_create(rows)


def row(one: Household, scores: tuple[int, int] | None, **more: Any) -> Row:
    """A prepared row: the household where it lives, with these points (None: it says why it is gone)."""
    told = {"place": one.place_id, "hamlet": one.hamlet, "persons": one.persons, **more}
    if scores is not None:
        told |= {"b1": scores[0], "b2": scores[1]}
    return Row(household=one.pk, **told)


def opening(province: Province, year: int, *, previous: Round | None = None, **more: Any) -> Opening:
    """The round of that year: reviewed on its last working days, decided in January."""
    told = {
        "title": f"Rà soát hộ nghèo, hộ cận nghèo năm {year}",
        "opens": date(year, 9, 1),
        "closes": date(year, 12, 15),
        "review_on": date(year, 12, 1),
        "decision": f"24/QĐ-UBND năm {year + 1}",
        "approved_on": date(year + 1, 1, 6),
        "locked_on": date(year + 1, 1, 8),
        **more,
    }
    return Opening(place=province.places["kg"], year=year, previous=previous, **told)


def locked(
    province: Province, year: int, rows: Iterable[Row], *, previous: Round | None = None, size: int = 1000, **more: Any
) -> Round:
    """A locked round of the three communes with these rows; each commune has `size` households."""
    totals = {province.places[key].pk: Totals(size, size * 4, size // 5) for key in (OWN, SIBLING, FOREIGN)}
    return write_round(
        opening(province, year, previous=previous, **more), rows, totals, by=System("test"),
        on=date(year + 1, 1, 8), source=f"Quyết định 24/QĐ-UBND năm {year + 1}",
    )  # fmt: skip


def place(province: Province, key: str) -> Place:
    return province.places[key]
