"""On Spark, from a Parquet file to the answer: of each household what the law says, as on DuckDB.

Left out of every run but the one that asks for it by its mark, since it needs PySpark and Java: see CONTRIBUTING.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.utils.module_loading import import_string
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.households import movement, population
from chungtay.law.poverty import Basis, Class
from tests.households import movements
from tests.households.populations import DAYS, ENGINE, Row, by_the_law, either_facts, every_border, on_either, table

pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("default:::pyspark")]
NUMBERS = count()


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The product's engine with a folder for its files. Fails where PySpark or Java is not there."""
    engine = import_string("chungtay.households.spark.Engine")()
    engine.session.conf.set("spark.sql.shuffle.partitions", "2")
    yield engine, tmp_path_factory.mktemp("spark")
    engine.session.stop()


def written(frame: Any, folder: Path) -> Path:
    """The rows of DuckDB as a Parquet file."""
    to = folder / f"{next(NUMBERS)}.parquet"
    frame.to_native().write_parquet(str(to))
    return to


def on_spark(spark: Any, rows: list[Row], by: population.Ladder) -> list[Class | None]:
    """What the expression says of each row."""
    engine, folder = spark
    numbered = [row | {"household_id": number} for number, row in enumerate(rows)]
    frame = engine.read([written(table(numbered), folder)])
    found = population.classified(frame, by).select("household_id", "class")
    return [said and Class(said) for _, said in sorted(engine.rows(found))]


@pytest.mark.parametrize(("basis", "day"), [(basis, day) for basis in Basis for day in DAYS[basis]])
def test_on_every_border_spark_says_what_the_law_says(spark: Any, basis: Basis, day: date) -> None:
    rows = list(every_border(basis, day))
    assert on_spark(spark, rows, population.ladder(basis, on=day)) == [by_the_law(row, basis, day) for row in rows]


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_spark_says_what_the_law_says_of_any_household(spark: Any, data: st.DataObject) -> None:
    day = data.draw(st.sampled_from(DAYS[Basis.INCOME]))
    rows = data.draw(st.lists(either_facts(day), min_size=1, max_size=40))
    assert on_spark(spark, rows, population.either(on=day)) == [on_either(row, day) for row in rows]


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_spark_tells_the_movement_that_the_law_counts(spark: Any, data: st.DataObject) -> None:
    engine, folder = spark
    some = data.draw(st.lists(movements.households(), min_size=1, max_size=40))
    before, after = (engine.read([written(frame, folder)]) for frame in movements.years(some))
    found = movement.tables(engine.rows(movement.moved(before, after, movements.WAS, movements.NOW)))
    assert movements.only_moving(found) == movements.only_moving(movements.by_the_law(some))


def test_spark_counts_communes_as_duckdb_does_and_a_number_that_does_not_fit_is_an_error(spark: Any) -> None:
    engine, folder = spark
    day = date(2020, 12, 31)
    borders = enumerate(every_border(Basis.INCOME, day))
    rows = [row | {"commune_code": at % 3, "household_id": at, "minority": at % 2 == 0} for at, row in borders]
    by = population.ladder(Basis.INCOME, on=day)
    theirs = population.counts(engine.rows(population.counted(engine.read([written(table(rows), folder)]), by)))
    assert theirs == population.counts(ENGINE.rows(population.counted(table(rows), by)))
    too_big = engine.read([written(table([rows[0] | {"members": 2**62}]), folder)])
    with pytest.raises(ArithmeticError):
        engine.rows(population.counted(too_big, by))
