"""Add every household of the demo's province, and ten years of figures, to a database that `province.py` has filled.

`python benchmarks/households.py` prints one line of JSON: how many households, people, assessments and rows of figures.
"""

import json
from datetime import date

import django

django.setup()

from django.db import connection  # noqa: E402

from chungtay.desk.demo.poverty import WRITTEN, Register  # noqa: E402
from chungtay.households.models import Household, Member  # noqa: E402
from chungtay.records.journal import System  # noqa: E402
from chungtay.reviews.models import Assessment, Figures, Round  # noqa: E402

EARLIER = (2011, 2012, 2013, 2014)
"""Years before the demo's own, whose figures are those of 2015: as many rows, which is all that counts here."""


def main() -> None:
    """Write the rounds of 2015 to 2020 household by household, then the figures of four years more."""
    register = Register(by=System("benchmark"), one_by_one=None)
    for year, day in WRITTEN.items():
        register.write(day, year=year)
    first = list(Figures.objects.filter(year=min(WRITTEN)))
    for year in EARLIER:
        round = Round.objects.create(
            place=first[0].round.place, area_path=first[0].round.area_path, year=year, title=f"{year}",
            opens=date(year, 9, 1), closes=date(year, 10, 31), review_on=date(year, 12, 31), opened_on=date(year, 9, 1),
            approved_on=date(year + 1, 1, 6), decision="-", locked_on=date(year + 1, 1, 6), is_demo=True,
        )  # fmt: skip
        for row in first:
            row.pk, row.round, row.year, row.as_of = None, round, year, round.review_on
        Figures.objects.bulk_create(first)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    counted = {model.__name__: model._default_manager.count() for model in (Household, Member, Assessment, Figures)}
    print(json.dumps(counted), flush=True)


if __name__ == "__main__":
    main()
