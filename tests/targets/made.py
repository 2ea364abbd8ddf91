"""Locked rounds of the small province: figures of its three communes, year by year."""

from datetime import date
from typing import Any

from chungtay.reviews.models import Figures, Round
from tests.make import Province

COMMUNES = ("kg-30847", "kg-30850", "kg-30985")


def locked(province: Province, year: int) -> Round:
    """The round of that year, approved and locked."""
    place = province.places["kg"]
    found = Round.objects.filter(place=place, year=year).first()
    return found or Round.objects.create(
        place=place, area_path=place.path_on(date(2018, 1, 1)), year=year, title=f"Rà soát {year}",
        opens=date(year, 9, 1), closes=date(year, 10, 31), review_on=date(year, 12, 31), opened_on=date(year, 9, 1),
        approved_on=date(year + 1, 1, 6), decision="24/QĐ-UBND", locked_on=date(year + 1, 1, 6),
    )  # fmt: skip


def figures(province: Province, key: str, year: int, **told: Any) -> Figures:
    """The figures of one commune and year: `figures(province, "kg-30847", 2016, poor=10, households_all=200)`."""
    place = province.places[key]
    values: dict[str, Any] = {
        "households_all": 1000, "persons_all": 4000, "minority_all": 200, "poor": 0, "near_poor": 0,
        "as_of": date(year, 12, 31), "source": f"Quyết định phê duyệt {year}",
    }  # fmt: skip
    return Figures.objects.create(
        round=locked(province, year), place=place, area_path=place.path_on(date(2018, 1, 1)), year=year,
        **(values | told),
    )  # fmt: skip


def fall(province: Province) -> None:
    """2015 to 2019, falling from 10% to 6% in every commune; the list of 2015 melts from 100 to 60 a commune."""
    for year in range(2015, 2020):
        for key in COMMUNES:
            gone = 10 * (year - 2015)
            figures(
                province, key, year, poor=100 - gone, income_poor=70 - gone, service_poor=30, near_poor=50,
                minority_poor=40 - gone, minority_near_poor=5, of_first_income_poor=70 - gone,
                of_first_service_poor=30, poor_persons=400, near_poor_persons=200, newly_escaped=gone,
            )  # fmt: skip
