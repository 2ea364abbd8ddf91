"""PySpark, where one machine is not enough: the same tables and expressions on a cluster.

An optional extra (`requirements/spark.txt`, and Java 17 or newer); nothing else imports this module. The session is
the one that `spark-submit` or the environment configures, local if there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import narwhals as nw
from pyspark.errors import AnalysisException, ArithmeticException
from pyspark.sql import SparkSession

from chungtay.households.columns import Frame


class Engine:
    """One session. In ANSI mode, so that a number that does not fit is an error, as on DuckDB."""

    name = "Spark"

    def __init__(self) -> None:
        self.session = (
            SparkSession.builder.appName("chungtay")
            .config("spark.sql.ansi.enabled", "true")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "Asia/Ho_Chi_Minh")
            .getOrCreate()
        )

    def read(self, files: Sequence[Path]) -> Frame:
        """The rows of the files as one table; columns are matched by name. Raises OSError for what is no Parquet."""
        try:
            return nw.from_native(self.session.read.option("mergeSchema", "true").parquet(*map(str, files)))
        except AnalysisException as why:
            raise OSError(str(why)) from None

    def rows(self, frame: Frame) -> list[tuple[Any, ...]]:
        """Every row. Raises ArithmeticError where a number does not fit."""
        try:
            return [tuple(row) for row in frame.to_native().collect()]
        except ArithmeticException as why:
            raise ArithmeticError(str(why)) from None
